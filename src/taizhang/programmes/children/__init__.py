"""儿童健康管理."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="children", name=Text("儿童健康管理", "Health management of children"), order=410, row=5, led_by=("mch",))
