"""卫生监督."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="supervision", name=Text("卫生监督", "Health supervision"), order=600, row=15, led_by=("inspection",))
