"""免疫规划."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="immunisation", name=Text("免疫规划", "Immunisation"), order=230, row=4, led_by=("cdc",))
