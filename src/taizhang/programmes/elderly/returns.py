"""The form units report on where the records of the elderly are kept elsewhere."""

from taizhang.kernel.forms import Form, FormElement
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text

ELDERLY_MANAGEMENT = Form(
    code="elderly_management",
    name=Text("老年人健康管理报表", "Return on the health management of the elderly"),
    elements=(FormElement("served", Text("接受健康管理的老年人", "Elders given health management"), "人次"),),
    source=Source("国家基本公共卫生服务规范（第三版）", "老年人健康管理服务规范 五、工作指标"),
)
