"""健康扶贫."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="health_poverty_relief", name=Text("健康扶贫", "Health poverty relief"), order=150, row=27)
