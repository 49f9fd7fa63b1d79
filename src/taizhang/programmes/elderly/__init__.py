"""老年人健康管理."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="elderly", name=Text("老年人健康管理", "Health management of the elderly"), order=260, row=7)
