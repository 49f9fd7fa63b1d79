"""Figures of HIV/AIDS control as reported: counts without persons."""

from taizhang.kernel.reporting import HIGHER, LOWER, NEITHER, reported, reported_rate
from taizhang.programmes.hiv.returns import BLOCKING, FORM

FOUND = reported(
    FORM,
    "found",
    better=NEITHER,
    name=("发现艾滋病病人和感染者", "AIDS patients and HIV infected persons found"),
    why=("及早发现，及早治疗，减少传播。", "Found early, treated early, passed on less."),
)
COUNSELLED = reported(
    FORM,
    "counselled",
    better=HIGHER,
    name=("接待艾滋病自愿咨询", "Voluntary HIV counselling"),
    why=("自愿咨询检测是主动发现的窗口。", "Voluntary counselling is where people come of their own accord."),
)
TESTED = reported(
    FORM,
    "tested",
    by_row=True,
    better=HIGHER,
    name=("艾滋病检测人数", "Persons tested for HIV"),
    why=("扩大检测才能掌握疫情底数。", "Only wider testing shows the true extent."),
)

MOTHERS_TESTED_RATE = reported_rate(
    BLOCKING,
    "tested",
    "mothers",
    code="mothers_tested_rate",
    prefix="hiv",
    better=HIGHER,
    name=("孕产妇艾滋病检测率", "Mothers tested for HIV"),
    why=("检测是母婴阻断的第一步。", "Testing is the first step."),
)
MOTHERS_EARLY_RATE = reported_rate(
    BLOCKING,
    "tested_early",
    "tested",
    code="mothers_early_rate",
    prefix="hiv",
    better=HIGHER,
    name=("孕早期艾滋病检测率", "Mothers tested in early pregnancy, of those tested"),
    why=("检测越早，阻断效果越好。", "The earlier the test, the better it works."),
)
MOTHERS_INFECTED = reported(
    BLOCKING,
    "infected",
    code="mothers_infected",
    prefix="hiv",
    better=LOWER,
    name=("感染艾滋病的孕产妇", "Mothers infected with HIV"),
    why=("感染孕产妇须及时用药。", "They need drugs at once."),
)
MOTHERS_TREATED_RATE = reported_rate(
    BLOCKING,
    "treated",
    "infected",
    code="mothers_treated_rate",
    prefix="hiv",
    better=HIGHER,
    name=("感染孕产妇治疗率", "Infected mothers treated"),
    why=("用药阻断可使传播率降到很低。", "Drugs bring transmission very low."),
)
INFANTS_TREATED_RATE = reported_rate(
    BLOCKING,
    "infants_treated",
    "infants",
    code="infants_treated_rate",
    prefix="hiv",
    better=HIGHER,
    name=("婴儿预防用药率", "Infants given drugs, of those born to infected mothers"),
    why=("婴儿出生后须尽早预防用药。", "Infants need drugs as soon as born."),
)
