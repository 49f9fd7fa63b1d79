"""建设项目."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="construction", name=Text("建设项目", "Construction projects"), order=730, row=23)
