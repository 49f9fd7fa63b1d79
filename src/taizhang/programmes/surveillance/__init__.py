"""传染病监测与疫情报告."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(
    code="surveillance",
    name=Text("传染病监测与疫情报告", "Surveillance of infectious diseases"),
    order=300,
    row=11,
    led_by=("cdc",),
    epidemic=True,
)
