"""中医药健康管理."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="traditional_medicine", name=Text("中医药健康管理", "Chinese medicine"), order=292, row=10)
