"""问题整改."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="rectification", name=Text("问题整改", "Rectification of problems"), order=910, row=32)
