"""严重精神障碍患者管理报表: counts only; nobody is named in a return."""

from taizhang.kernel.reporting import flow, form, stock
from taizhang.kernel.sources import Source

SOURCE = Source("国家基本公共卫生服务规范（第三版）", "严重精神障碍患者管理服务规范")

FORM = form(
    "mental_illness", "严重精神障碍患者管理报表", "Management of severe mental illness", SOURCE,
    stock("managed", "管理患者", "Patients under management", "人"),
    flow("visits", "面对面随访", "Face-to-face follow-ups", "人次"),
)
