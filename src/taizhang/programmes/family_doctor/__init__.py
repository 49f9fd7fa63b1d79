"""家庭医生签约服务."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="family_doctor", name=Text("家庭医生签约服务", "Family doctor contracts"), order=296, row=24)
