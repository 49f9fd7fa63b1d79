"""Figures of surveillance as reported: counts without persons. Suspected cases and carriers are not counted."""

from taizhang.kernel.indicators import RESIDENT_POPULATION
from taizhang.kernel.reporting import HIGHER, LOWER, NEITHER, reported, reported_rate
from taizhang.programmes.surveillance.returns import CLASSES, DISEASES, OUTBREAKS, QUALITY

CASES = reported(
    CLASSES,
    "cases",
    by_row=True,
    better=LOWER,
    name=("法定传染病发病数", "Cases of notifiable diseases"),
    why=("发病数是判断疫情形势和安排防控力量的依据。", "Cases tell how an epidemic stands and where forces are needed."),
)
DEATHS = reported(
    CLASSES,
    "deaths",
    by_row=True,
    better=LOWER,
    name=("法定传染病死亡数", "Deaths from notifiable diseases"),
    why=("死亡数反映疫情的严重程度和救治水平。", "Deaths tell how grave an epidemic is and how well the ill are treated."),
)
INCIDENCE = reported_rate(
    CLASSES,
    "cases",
    RESIDENT_POPULATION,
    code="incidence",
    unit="1/10万",
    row="total",
    better=LOWER,
    name=("法定传染病报告发病率", "Incidence of notifiable diseases"),
    why=("按常住人口计算，各地、各年之间才可比较。", "Only per head of population can places and years be compared."),
)
DISEASE_CASES = reported(
    DISEASES,
    "cases",
    code="disease_cases",
    by_row=True,
    prefix="surveillance",
    better=LOWER,
    name=("传染病分病种发病数", "Cases by disease"),
    why=("分病种才能看出当前防控的重点。", "Only by disease is it seen where control is needed now."),
)
DISEASE_DEATHS = reported(
    DISEASES,
    "deaths",
    code="disease_deaths",
    by_row=True,
    prefix="surveillance",
    better=LOWER,
    name=("传染病分病种死亡数", "Deaths by disease"),
    why=("逐例调查死亡，查找报告和救治的薄弱环节。", "Each death is inquired into, for what failed in reporting or treatment."),
)
CARDS = reported(
    QUALITY,
    "cards",
    prefix="surveillance",
    better=NEITHER,
    name=("报告传染病卡片", "Report cards of infectious diseases"),
    why=("报告卡是疫情监测的原始依据。", "Report cards are what surveillance rests on."),
)
INSTITUTIONS_CHECKED = reported(
    QUALITY,
    "institutions_checked",
    prefix="surveillance",
    better=HIGHER,
    name=("开展传染病漏报检查机构", "Institutions checked for under-reporting"),
    why=("定期检查才能防止瞒报、漏报、迟报。", "Regular checks prevent reports that are late, missing or withheld."),
)
CASES_CHECKED = reported(
    QUALITY,
    "cases_checked",
    prefix="surveillance",
    better=HIGHER,
    name=("漏报检查登记病例", "Registered cases checked for under-reporting"),
    why=("抽查病例数决定漏报率是否可信。", "How many cases were checked decides whether the rate can be believed."),
)
MISSED = reported(
    QUALITY,
    "missed",
    prefix="surveillance",
    better=LOWER,
    name=("检查发现漏报病例", "Cases found not reported"),
    why=("漏报一例，就可能放过一起暴发。", "One case not reported may let an outbreak pass."),
)
TIMELY_RATE = reported_rate(
    QUALITY,
    "timely",
    "cards",
    code="timely_rate",
    prefix="surveillance",
    better=HIGHER,
    name=("传染病报告及时率", "Cards reported in time"),
    why=("及时报告是早发现、早处置的前提。", "Reports in time are the condition of acting in time."),
)
REVIEW_RATE = reported_rate(
    QUALITY,
    "reviewed",
    "cards",
    code="review_rate",
    prefix="surveillance",
    better=HIGHER,
    name=("传染病卡片及时审核率", "Cards reviewed in time"),
    why=("未经审核的报告不能作为疫情依据。", "A report not reviewed is no ground for action."),
)
MISSED_RATE = reported_rate(
    QUALITY,
    "missed",
    "cases_checked",
    code="missed_rate",
    prefix="surveillance",
    better=LOWER,
    name=("传染病漏报率", "Cases not reported, of those checked"),
    why=("漏报率直接反映医疗机构报告质量。", "It shows outright how well institutions report."),
)
OUTBREAKS_COUNT = reported(
    OUTBREAKS,
    "found",
    code="outbreaks",
    by_row=True,
    prefix="surveillance",
    better=LOWER,
    name=("报告聚集性和暴发疫情", "Clusters and outbreaks reported"),
    why=("聚集性疫情处置不力就会扩散。", "A cluster badly handled spreads."),
)
OUTBREAKS_ENDED = reported(
    OUTBREAKS,
    "ended",
    code="outbreaks_ended",
    by_row=True,
    prefix="surveillance",
    better=HIGHER,
    name=("已终止的聚集性和暴发疫情", "Clusters and outbreaks ended"),
    why=("终止是处置到位的标志。", "That it has ended shows that it was handled."),
)
OUTBREAK_CASES = reported(
    OUTBREAKS,
    "cases",
    code="outbreak_cases",
    by_row=True,
    prefix="surveillance",
    better=LOWER,
    name=("聚集性和暴发疫情涉及病例", "Cases in clusters and outbreaks"),
    why=("涉及病例数反映发现早晚和处置快慢。", "Their number tells how early it was found and how fast it was handled."),
)
OUTBREAKS_ENDED_RATE = reported_rate(
    OUTBREAKS,
    "ended",
    "found",
    code="outbreaks_ended_rate",
    by_row=True,
    prefix="surveillance",
    better=HIGHER,
    name=("聚集性和暴发疫情终止率", "Outbreaks ended, of those reported"),
    why=("尚未终止的须逐起跟踪。", "Those not ended are followed one by one."),
)
