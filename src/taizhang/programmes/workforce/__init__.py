"""卫生人才队伍."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="workforce", name=Text("卫生人才队伍", "Health workforce"), order=740, row=22)
