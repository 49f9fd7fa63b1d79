"""新型农村合作医疗."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(
    code="insurance", name=Text("新型农村合作医疗", "Rural cooperative medical insurance"), order=110, row=17, led_by=("insurance",)
)
