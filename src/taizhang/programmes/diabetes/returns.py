"""The form units report on where the records of patients with type 2 diabetes are kept elsewhere."""

from taizhang.kernel.text import Text
from taizhang.programmes.chronic.returns import management_form
from taizhang.programmes.diabetes.records import DIABETES

MANAGEMENT = management_form(
    DIABETES,
    Text("2型糖尿病患者健康管理报表", "Return on the management of patients with type 2 diabetes"),
    managed=Text("管理2型糖尿病患者", "Patients with type 2 diabetes under management"),
    enrolled=Text("新纳入管理2型糖尿病患者", "Newly enrolled"),
    visits=Text("2型糖尿病患者随访人次", "Visits made"),
    standard=Text("规范管理2型糖尿病患者", "Managed to standard"),
    controlled=Text("血糖控制达标患者", "Glucose controlled"),
)
