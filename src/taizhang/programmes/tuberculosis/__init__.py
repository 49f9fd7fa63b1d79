"""肺结核防治."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(
    code="tuberculosis", name=Text("肺结核防治", "Tuberculosis control"), order=310, row=9, led_by=("cdc",), sensitive=True
)
