"""The form units report on where health records are kept elsewhere."""

from taizhang.kernel.forms import Form, FormElement, Kind, PartOf
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text

HEALTH_RECORDS = Form(
    code="health_records",
    name=Text("居民健康档案报表", "Return on health records"),
    elements=(
        FormElement("residents", Text("辖区内常住居民数", "Residents of the area"), "人", Kind.STOCK),
        FormElement("total", Text("期末居民健康档案数", "Health records at the end of the period"), "份", Kind.STOCK),
        FormElement("opened", Text("本期新增居民健康档案数", "Health records opened in the period"), "份"),
    ),
    checks=(PartOf("total", "residents"), PartOf("opened", "total")),
    source=Source("国家基本公共卫生服务规范（第三版）", "居民健康档案管理服务规范 五、工作指标"),
)
