"""投诉举报."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="complaints", name=Text("投诉举报", "Complaints"), order=900, row=26)
