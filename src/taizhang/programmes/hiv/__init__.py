"""艾滋病防治."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="hiv", name=Text("艾滋病防治", "HIV/AIDS control"), order=330, row=9, led_by=("cdc",), sensitive=True)
