"""Figures of health poverty relief as reported: counts without persons."""

from taizhang.kernel.reporting import HIGHER, LOWER, NEITHER, reported, reported_rate
from taizhang.programmes.health_poverty_relief.returns import FORM

PEOPLE = reported(
    FORM,
    "people",
    better=NEITHER,
    name=("脱贫人口和监测对象", "People lifted out of poverty or watched"),
    why=("底数清，帮扶才能落到人头。", "Help reaches people only where the list is right."),
)
INSURED = reported(
    FORM,
    "insured",
    better=HIGHER,
    name=("脱贫人口和监测对象参保", "Insured among those lifted out of poverty"),
    why=("应保尽保是防止因病返贫的第一道防线。", "Insurance is the first defence against falling back."),
)
INSURED_RATE = reported_rate(
    FORM,
    "insured",
    "people",
    code="insured_rate",
    better=HIGHER,
    name=("脱贫人口参保率", "Insured, of those lifted out of poverty"),
    why=("参保不漏一人。", "Nobody may be left without insurance."),
)
ILL = reported(
    FORM,
    "ill",
    by_row=True,
    better=NEITHER,
    name=("脱贫人口患病人数", "People ill among those lifted out of poverty"),
    why=("分类掌握，才能分类救治。", "Treatment by kind needs a list by kind."),
)
TREATED = reported(
    FORM,
    "treated",
    by_row=True,
    better=HIGHER,
    name=("脱贫人口已落实救治人数", "People treated among those lifted out of poverty"),
    why=("救治一人，脱困一家。", "One treated is one household kept afloat."),
)
TREATED_RATE = reported_rate(
    FORM,
    "treated",
    "ill",
    code="treated_rate",
    by_row=True,
    better=HIGHER,
    name=("分类救治落实率", "People treated, of those ill"),
    why=("未落实的须逐人查明原因。", "For each not treated the reason has to be found."),
)
SETTLED = reported(
    FORM,
    "settled",
    better=HIGHER,
    name=("一站式结算人次", "One-stop settlements"),
    why=("一站式结算减少群众垫资跑腿。", "One-stop settlement saves people advances and errands."),
)
PAY_LATER = reported(
    FORM,
    "pay_later",
    better=HIGHER,
    name=("先诊疗后付费人次", "Treated before paying"),
    why=("先诊疗后付费保证看得起病。", "Nobody is kept from care for want of cash."),
)
RELIEVED = reported(
    FORM,
    "relieved",
    better=NEITHER,
    name=("减免和救助资金", "Costs relieved"),
    why=("资金须足额落实到人。", "The money has to reach people in full."),
)
AT_RISK = reported(
    FORM,
    "at_risk",
    better=LOWER,
    name=("因病返贫致贫风险户", "Households at risk through illness"),
    why=("早发现、早干预、早帮扶。", "Found early, helped early."),
)
HELPED_RATE = reported_rate(
    FORM,
    "helped",
    "at_risk",
    code="helped_rate",
    better=HIGHER,
    name=("风险户帮扶落实率", "Households helped, of those at risk"),
    why=("风险户要户户有帮扶。", "Every household at risk is owed help."),
)
