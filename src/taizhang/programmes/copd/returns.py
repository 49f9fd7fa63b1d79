"""The form units report on where the records of COPD patients are kept elsewhere."""

from taizhang.kernel.text import Text
from taizhang.programmes.chronic.returns import management_form
from taizhang.programmes.copd.records import COPD

MANAGEMENT = management_form(
    COPD,
    Text("慢阻肺患者健康服务报表", "Return on the services for COPD patients"),
    managed=Text("管理慢阻肺患者", "COPD patients under management"),
    enrolled=Text("新纳入管理慢阻肺患者", "Newly enrolled"),
    visits=Text("慢阻肺患者随访人次", "Visits made"),
    standard=Text("规范管理慢阻肺患者", "Managed to standard"),
    controlled=Text("病情稳定患者", "Stable"),
)
