"""医疗机构与床位."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="institutions", name=Text("医疗机构与床位", "Medical institutions and beds"), order=700, row=20)
