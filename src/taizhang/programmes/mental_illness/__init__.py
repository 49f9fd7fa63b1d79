"""严重精神障碍患者管理."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(
    code="mental_illness",
    name=Text("严重精神障碍患者管理", "Management of severe mental illness"),
    order=290,
    row=8,
    led_by=("cdc",),
    sensitive=True,
)
