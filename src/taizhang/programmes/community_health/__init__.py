"""社区卫生服务."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="community_health", name=Text("社区卫生服务", "Community health services"), order=720, row=20)
