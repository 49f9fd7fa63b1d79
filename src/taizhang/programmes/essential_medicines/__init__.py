"""基本药物制度."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="essential_medicines", name=Text("基本药物制度", "Essential medicines"), order=500, row=19)
