"""爱国卫生运动."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="patriotic_health", name=Text("爱国卫生运动", "Patriotic health campaign"), order=800, row=25)
