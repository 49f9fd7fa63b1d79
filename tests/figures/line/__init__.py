"""A line of work of its own for the tests of figures: home visits, with every kind of indicator and one form."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="line", name=Text("入户走访", "Home visits"), order=1, row=0)
