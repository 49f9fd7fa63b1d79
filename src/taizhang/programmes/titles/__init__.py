"""创建评审."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="titles", name=Text("创建评审", "Titles and reviews"), order=1020, row=32)
