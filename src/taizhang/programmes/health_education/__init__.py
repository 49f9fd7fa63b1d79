"""健康教育."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="health_education", name=Text("健康教育", "Health education"), order=220, row=3)
