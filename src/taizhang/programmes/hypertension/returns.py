"""The form units report on where the records of hypertension patients are kept elsewhere."""

from taizhang.kernel.text import Text
from taizhang.programmes.chronic.returns import management_form
from taizhang.programmes.hypertension.records import HYPERTENSION

MANAGEMENT = management_form(
    HYPERTENSION,
    Text("高血压患者健康管理报表", "Return on the management of hypertension patients"),
    managed=Text("管理高血压患者", "Hypertension patients under management"),
    enrolled=Text("新纳入管理高血压患者", "Newly enrolled"),
    visits=Text("高血压患者随访人次", "Visits made"),
    standard=Text("规范管理高血压患者", "Managed to standard"),
    controlled=Text("血压控制达标患者", "Blood pressure controlled"),
)
