"""严重精神障碍患者管理报表: counts only; nobody is named in a return."""

from taizhang.kernel.reporting import flow, form, stock
from taizhang.kernel.sources import Source

SOURCE = Source("国家基本公共卫生服务规范（第三版）", "严重精神障碍患者管理服务规范")

FORM = form(
    "mental_illness", "严重精神障碍患者管理报表", "Management of severe mental illness", SOURCE,
    stock("managed", "管理患者", "Patients under management", "人"),
    flow("visits", "面对面随访", "Face-to-face follow-ups", "人次"),
    stock("registered", "登记在册患者", "Patients registered", "人"),
    stock("standard", "规范管理患者", "Managed to standard", "人"),
    stock("stable", "病情稳定和基本稳定患者", "Stable or fairly stable", "人"),
    stock("treated", "应服药患者", "Patients with medicines ordered", "人"),
    stock("regular", "规律服药患者", "Taking medicines regularly", "人"),
    flow("met", "面访患者", "Patients met face to face", "人"),
    parts=(
        ("managed", "registered"), ("standard", "registered"), ("stable", "managed"), ("treated", "managed"), ("regular", "treated"),
        ("met", "registered"),
    ),
)  # fmt: skip
