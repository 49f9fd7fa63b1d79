"""卫生热线."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="hotline", name=Text("卫生热线", "Health hotline"), order=950, row=26)
