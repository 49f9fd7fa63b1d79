"""孕产妇健康管理与妇幼健康."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(
    code="maternal", name=Text("孕产妇健康管理与妇幼健康", "Maternal and child health"), order=400, row=6, led_by=("mch",)
)
