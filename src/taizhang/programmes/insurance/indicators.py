"""Figures of the rural cooperative insurance as reported."""

from taizhang.kernel.reporting import HIGHER, LOWER, NEITHER, reported, reported_rate
from taizhang.programmes.insurance.returns import CLAIMS, FORM, SCHEME

INPATIENT_SHARE = reported(
    FORM,
    "inpatient_share",
    better=HIGHER,
    why=(
        "报销比例直接决定参合农民的住院负担，国家有刚性指标。",
        "The share decides what members pay for a stay in hospital; the state sets a floor.",
    ),
)

MEMBERS = reported(
    SCHEME,
    "members",
    prefix="insurance",
    better=HIGHER,
    name=("参合人数", "Members of the insurance"),
    why=("参合是享受保障的前提。", "Only members are protected."),
)
HOUSEHOLDS = reported(
    SCHEME,
    "households",
    prefix="insurance",
    better=HIGHER,
    name=("参合户数", "Households of members"),
    why=("以户参合，一户不落。", "Households join as one, none left out."),
)
COVERAGE = reported_rate(
    SCHEME,
    "members",
    "eligible",
    code="coverage",
    prefix="insurance",
    better=HIGHER,
    name=("参合率", "Members, of those eligible"),
    why=("参合率反映制度覆盖面，国家有刚性要求。", "How far the scheme reaches; the state sets a floor."),
)
FUND = reported(
    SCHEME,
    "fund",
    prefix="insurance",
    better=NEITHER,
    name=("新农合统筹基金总额", "Fund of the year"),
    why=("基金总额决定全年补偿能力。", "The fund decides what can be paid over the year."),
)
SPENT = reported(
    SCHEME,
    "spent",
    prefix="insurance",
    better=NEITHER,
    name=("新农合基金支出", "Paid out of the fund"),
    why=("支出要与时间进度对照，防止超支和过度结余。", "Set against time gone, it warns of running out and of hoarding."),
)
PER_HEAD = reported_rate(
    SCHEME,
    "fund",
    "members",
    code="per_head",
    unit="元/人",
    prefix="insurance",
    better=HIGHER,
    name=("人均筹资额", "Fund per member"),
    why=("人均筹资决定保障水平。", "What is raised per head decides how far it protects."),
)
FUND_USE = reported_rate(
    SCHEME,
    "spent",
    "fund",
    code="fund_use",
    prefix="insurance",
    better=NEITHER,
    name=("新农合基金使用率", "Share of the year's fund paid out"),
    why=("使用率与时间进度对照，是基金运行的警戒线。", "Against the time gone it is the alarm line of the fund."),
)
CATASTROPHIC = reported(
    SCHEME,
    "catastrophic",
    prefix="insurance",
    better=NEITHER,
    name=("大病保险补偿人次", "Payments of the catastrophic layer"),
    why=("大病保险是防止因病致贫的第二道防线。", "The second line against being ruined by illness."),
)
CATASTROPHIC_PAID = reported(
    SCHEME,
    "catastrophic_paid",
    prefix="insurance",
    better=NEITHER,
    name=("大病保险补偿金额", "Paid by the catastrophic layer"),
    why=("反映大病患者减负的实际力度。", "What those gravely ill were in fact spared."),
)
INSTITUTIONS_INSPECTED = reported(
    SCHEME,
    "inspected",
    code="institutions_inspected",
    prefix="insurance",
    better=HIGHER,
    name=("检查新农合定点医疗机构", "Contracted institutions inspected"),
    why=("检查守住群众的救命钱。", "Inspection guards the money people live by."),
)
RECOVERED = reported(
    SCHEME,
    "recovered",
    prefix="insurance",
    better=NEITHER,
    name=("追回违规基金", "Money recovered"),
    why=("违规使用的基金须全部追回。", "What was used against the rules has to come back."),
)
OUTPATIENT = reported(
    CLAIMS,
    "outpatient",
    by_row=True,
    prefix="insurance",
    better=NEITHER,
    name=("门诊补偿人次", "Outpatient payments"),
    why=("反映门诊统筹惠及多少人次。", "How often outpatients profited."),
)
OUTPATIENT_PAID = reported(
    CLAIMS,
    "outpatient_paid",
    by_row=True,
    prefix="insurance",
    better=NEITHER,
    name=("门诊补偿金额", "Paid for outpatients"),
    why=("门诊补偿引导小病在基层就诊。", "It draws small complaints to the grass roots."),
)
INPATIENT = reported(
    CLAIMS,
    "inpatient",
    by_row=True,
    prefix="insurance",
    better=NEITHER,
    name=("住院补偿人次", "Inpatient payments"),
    why=("反映住院保障惠及多少人次。", "How many stays were paid for."),
)
INPATIENT_PAID = reported(
    CLAIMS,
    "inpatient_paid",
    by_row=True,
    prefix="insurance",
    better=NEITHER,
    name=("住院补偿金额", "Paid for stays"),
    why=("住院补偿是基金支出的大头。", "It takes most of the fund."),
)
ACTUAL_SHARE = reported_rate(
    CLAIMS,
    "inpatient_paid",
    "inpatient_cost",
    code="actual_share",
    by_row=True,
    prefix="insurance",
    better=HIGHER,
    name=("住院实际补偿比", "Share of the cost of stays paid"),
    why=("实际补偿比是群众真正感受到的保障水平。", "It is the protection people in fact feel."),
)
MEAN_COST = reported_rate(
    CLAIMS,
    "inpatient_cost",
    "inpatient",
    code="mean_cost",
    unit="元/人次",
    by_row=True,
    prefix="insurance",
    better=LOWER,
    name=("次均住院费用", "Mean cost of a stay"),
    why=("次均费用上涨会抵消报销比例的提高。", "Where cost rises, a higher share brings no relief."),
)
