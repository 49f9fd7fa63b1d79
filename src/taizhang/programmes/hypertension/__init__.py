"""高血压患者健康管理."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(
    code="hypertension", name=Text("高血压患者健康管理", "Health management of hypertension patients"), order=270, row=7, led_by=("cdc",)
)
