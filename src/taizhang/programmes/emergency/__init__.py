"""卫生应急."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="emergency", name=Text("卫生应急", "Emergency response"), order=350, row=13)
