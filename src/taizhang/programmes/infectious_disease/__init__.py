"""传染病报告和处理: the register of suspicions and diagnoses, the report cards, the cards of public-health emergencies, the checks for
missed cases; the surveillance line counts by returns."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(
    code="infectious_disease", name=Text("传染病报告和处理", "Reporting of infectious diseases"), order=301, row=11, led_by=("cdc",),
)  # fmt: skip
