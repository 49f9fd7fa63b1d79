"""医疗质量与护理."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="quality", name=Text("医疗质量与护理", "Quality of care and nursing"), order=560, row=20)
