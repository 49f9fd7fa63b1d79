"""办公室工作."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="office", name=Text("办公室工作", "Office work"), order=1000, row=29)
