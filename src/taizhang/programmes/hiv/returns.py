"""艾滋病防治报表: counts only; nobody is named in a return."""

from taizhang.kernel.reporting import flow, form
from taizhang.kernel.sources import Source

SOURCE = Source("艾滋病防治条例", "监测检测，咨询服务")

FORM = form(
    "hiv", "艾滋病防治报表", "HIV/AIDS control", SOURCE,
    flow("found", "发现病人和感染者", "Patients and infected persons found", "人"),
    flow("counselled", "接待自愿咨询", "Voluntary counselling", "人"),
    flow("tested", "检测人数", "Persons tested", "人"),
    rows={
        "entertainment": ("娱乐场所服务人员", "Staff of entertainment venues"),
        "preoperative": ("术前", "Before surgery"),
    },
)
