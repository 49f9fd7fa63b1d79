"""The form units report on where the records of hypertension patients are kept elsewhere."""

from taizhang.kernel.forms import Form, FormElement, Kind, PartOf
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text

MANAGEMENT = Form(
    code="hypertension_management",
    name=Text("高血压患者健康管理报表", "Return on the management of hypertension patients"),
    elements=(
        FormElement("managed", Text("管理高血压患者", "Hypertension patients under management"), "人", Kind.STOCK),
        FormElement("enrolled", Text("新纳入管理高血压患者", "Newly enrolled"), "人"),
        FormElement("visits", Text("高血压患者随访人次", "Visits made"), "人次"),
        FormElement("standard", Text("规范管理高血压患者", "Managed to standard"), "人", Kind.STOCK),
        FormElement("controlled", Text("血压控制达标患者", "Blood pressure controlled"), "人", Kind.STOCK),
    ),
    checks=(PartOf("standard", "managed"), PartOf("controlled", "managed"), PartOf("enrolled", "managed")),
    source=Source("国家基本公共卫生服务规范（第三版）", "高血压患者健康管理服务规范 五、工作指标"),
)
