"""疟疾防治."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="malaria", name=Text("疟疾防治", "Malaria control"), order=320, row=9, led_by=("cdc",))
