"""艾滋病防治报表 and 艾滋病母婴阻断报表: counts only; nobody is named in a return."""

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
BLOCKING = form(
    "hiv_mother_to_child", "艾滋病母婴阻断报表", "Prevention of HIV from mother to child", SOURCE,
    flow("mothers", "孕产妇", "Mothers", "人"),
    flow("tested", "接受检测孕产妇", "Mothers tested", "人"),
    flow("tested_early", "孕早期检测孕产妇", "Mothers tested in early pregnancy", "人"),
    flow("infected", "感染孕产妇", "Infected mothers", "人"),
    flow("treated", "接受治疗感染孕产妇", "Infected mothers treated", "人"),
    flow("infants", "感染孕产妇所生婴儿", "Infants of infected mothers", "人"),
    flow("infants_treated", "预防用药婴儿", "Infants given drugs", "人"),
    parts=(
        ("tested", "mothers"),
        ("tested_early", "tested"),
        ("infected", "tested"),
        ("treated", "infected"),
        ("infants_treated", "infants"),
    ),
)
