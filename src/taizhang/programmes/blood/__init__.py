"""无偿献血."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="blood", name=Text("无偿献血", "Voluntary blood donation"), order=580, row=28)
