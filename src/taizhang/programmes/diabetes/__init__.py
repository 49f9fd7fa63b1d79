"""2型糖尿病患者健康管理."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(
    code="diabetes", name=Text("2型糖尿病患者健康管理", "Health management of type 2 diabetes patients"), order=280, row=7, led_by=("cdc",)
)
