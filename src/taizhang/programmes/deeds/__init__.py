"""工作纪实."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="deeds", name=Text("工作纪实", "Deeds"), order=1010, row=32)
