"""镇村一体化管理."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(
    code="integrated_management", name=Text("镇村一体化管理", "Integrated township-village management"),
    order=710, row=21,
)
