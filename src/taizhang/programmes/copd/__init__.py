"""慢性阻塞性肺疾病患者健康服务, among the national services since September 2024."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="copd", name=Text("慢阻肺患者健康服务", "Health services for COPD patients"), order=285, row=7, led_by=("cdc",))
