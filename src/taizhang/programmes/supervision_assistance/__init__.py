"""卫生监督协管."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(
    code="supervision_assistance", name=Text("卫生监督协管", "Supervision assistance"), order=299, row=14, led_by=("inspection",)
)
