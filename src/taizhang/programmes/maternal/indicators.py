"""Indicators of maternal and child health.

What records can count is counted from them, and from the return where a unit only reports. Part-year figures take everybody in the
period; the matured form beside them takes those only for whom the time of the visit or test is over at the cut-off. Rates that a bureau
publishes without counts (of children, in SURVEY) are printed, never rolled up.

A rate over live births counts twins twice below the line, as the specification has it.
"""

from dataclasses import replace
from functools import partial
from typing import Any

from taizhang.kernel.indicators import Indicator, Population, TimeBase
from taizhang.kernel.query.words import Expression, always
from taizhang.kernel.reporting import HIGHER, LOWER, NEITHER, RATE_PLACES, reported, reported_rate
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.maternal import populations as who
from taizhang.programmes.maternal.returns import FOLIC_ACID, SERVICES, SUBSIDY, SURVEY, TRANSMISSION, VITAL
from taizhang.programmes.maternal.rules import CARE, CONTENT, HIGH_RISK, SCREENING, TARGETS
from taizhang.programmes.maternal.rules import SURVEY as YEARLY_REPORT
from taizhang.programmes.maternal.rules import TRANSMISSION as PREVENTION

POPULATIONS = who.ALL


def _also_counted(
    of: Indicator,
    population: Population,
    numerator: Expression,
    denominator: Expression | None = None,
    *,
    source: Source | None = None,
    unit: str = "",
) -> Indicator:
    """An indicator of a return that records count as well. unit: what its numerator counts, where the return has a rate alone."""
    return replace(
        of,
        population=population,
        numerator=numerator.node,
        denominator=denominator.node if denominator is not None else None,
        attribution=population.attribution,
        source=source or of.source,
        counting_unit=unit or of.counting_unit,
    )


def _count(
    code: str,
    zh: str,
    en: str,
    why: tuple[str, str],
    population: Population,
    numerator: Expression = always,
    *,
    source: Source = YEARLY_REPORT,
    better: Any = NEITHER,
    base: TimeBase = TimeBase.FLOW,
    unit: str = "人",
) -> Indicator:
    return Indicator(
        code=f"maternal.{code}",
        name=Text(zh, en),
        unit=unit,
        counting_unit=unit,
        time_base=base,
        attribution=population.attribution,
        better=better,
        source=source,
        why=Text(*why),
        population=population,
        numerator=numerator.node,
    )


def _rate_of(
    code: str,
    zh: str,
    en: str,
    why: tuple[str, str],
    population: Population,
    numerator: Expression,
    denominator: Expression = always,
    *,
    source: Source = YEARLY_REPORT,
    better: Any = HIGHER,
    base: TimeBase = TimeBase.FLOW,
    unit: str = "%",
) -> Indicator:
    counted = _count(code, zh, en, why, population, numerator, source=source, better=better, base=base)
    return replace(counted, unit=unit, places=RATE_PLACES, denominator=denominator.node)


def _matured(of: Indicator, over: Expression, *, per_live_birth: bool = True) -> Indicator:
    """The same rate of those only for whom the time is over: code and name say so."""
    assert of.population is not None
    assert of.numerator is not None
    return replace(
        of,
        code=f"{of.code}_matured",
        name=Text(f"{of.name.zh}（期限已满者）", f"{of.name.en} (time over)"),
        time_base=TimeBase.MATURED,
        numerator=(Expression(of.numerator) & over).node,
        denominator=(who.live_where(over) if per_live_birth else over).node,
        reported=None,
        why=Text("只看期限已满的，尚未到期的不算没做。", "Only those whose time is over: what is not yet due is not counted as missed."),
        attribution=of.population.attribution,
    )


# -- services -------------------------------------------------------------------------------------------------------------------------

_service = partial(reported, SERVICES, better=HIGHER)
SERVICES_GIVEN = _also_counted(
    _service("services", why=("孕产妇从建册到产后接受的全部保健服务。", "All services mothers receive, from registration to after birth.")),
    who.SERVED,
    who.services,
)
ANTENATAL = _also_counted(
    _service(
        "antenatal",
        name=("孕产妇产前检查", "Antenatal checks"),
        why=("产前检查发现高危妊娠，保障母婴安全。", "Antenatal checks find risky pregnancies in time."),
    ),
    who.SERVED,
    who.antenatal_checks,
)
POSTNATAL = _also_counted(
    _service(
        "postnatal",
        name=("孕产妇产后访视", "Postnatal visits"),
        why=("产后访视及早发现母婴异常。", "Postnatal visits find trouble of mother and child early."),
    ),
    who.SERVED,
    who.postnatal_visits,
)

# -- from registration to the visit after birth -------------------------------------------------------------------------------------------

_rate = partial(reported, SURVEY, better=HIGHER, prefix="maternal")
BOOKLET_RATE = _also_counted(
    _rate("booklet_rate", why=("建册是孕产妇管理的起点。", "Registration is where the care of a mother begins.")),
    who.DELIVERIES,
    who.registered,
    who.live,
    source=TARGETS,
    unit="人",
)
EARLY_CHECK_RATE = _also_counted(
    _rate(
        "early_check_rate",
        name=("早孕建册率", "Early registration"),
        why=(
            "孕13周之前建册并首次产检，可及早识别妊娠风险。",
            "Registration and check before week 13 show the risks of a pregnancy in time.",
        ),
    ),
    who.DELIVERIES,
    who.early,
    who.live,
    source=TARGETS,
    unit="人",
)
ANTENATAL_RATE = _also_counted(
    _rate("antenatal_rate", why=("反映产前检查是否按规范次数完成。", "Whether antenatal checks reach the prescribed number.")),
    who.DELIVERIES,
    who.enough_checks,
    who.live,
    source=TARGETS,
    unit="人",
)
POSTNATAL_VISIT_RATE = _also_counted(
    _rate("postnatal_visit_rate", why=("产后是母婴风险较高的时期，须上门访视。", "After birth both are at risk and are to be visited.")),
    who.DELIVERIES,
    who.visited,
    who.live,
    source=TARGETS,
    unit="人",
)
POSTNATAL_VISIT_MATURED = _matured(POSTNATAL_VISIT_RATE, who.visit_over)
WEEK_VISIT_RATE = _rate_of(
    "week_visit_rate",
    "出院7天内产后访视率",
    "Visited within a week of leaving hospital",
    ("规范要求出院后1周内上门，越早越能发现产褥期问题。", "The specification asks for the visit within a week of leaving hospital."),
    who.DELIVERIES,
    who.visited_in_week,
    who.live,
    source=CONTENT,
)
WEEK_VISIT_MATURED = _matured(WEEK_VISIT_RATE, who.week_over)
FINAL_CHECK_RATE = _rate_of(
    "final_check_rate",
    "产后42天健康检查率",
    "Checked at 42 days",
    ("产后42天检查判断产妇是否恢复，是孕产期管理的收尾。", "The 42-day check tells whether the mother has recovered and closes her care."),
    who.DELIVERIES,
    who.checked,
    who.live,
    source=CONTENT,
)
FINAL_CHECK_MATURED = _matured(FINAL_CHECK_RATE, who.check_over)

REGISTERED = _count(
    "registered",
    "新建册孕妇数",
    "Women registered",
    ("反映当前孕情和建册进度。", "How many pregnancies there are and come under care."),
    who.REGISTRATIONS,
    source=TARGETS,
)
REGISTERED_EARLY = _rate_of(
    "registered_early",
    "新建册孕妇中孕13周前建册比例",
    "Registered before week 13, of those registered",
    ("不必等到分娩就能看出早孕建册做得如何。", "Shows early registration months before the births do."),
    who.REGISTRATIONS,
    who.early_now,
    source=TARGETS,
)
PREGNANT = _count(
    "pregnant",
    "在孕妇女数",
    "Women pregnant",
    ("当前应管理的孕妇。", "Who is under care now."),
    who.PREGNANT,
    base=TimeBase.STOCK,
    source=CARE,
)
ANTENATAL_BY_PACE = _rate_of(
    "antenatal_by_pace",
    "在孕妇女按进度产前随访率",
    "Antenatal visits done as due",
    ("到期的随访都做了才算跟上，尚未到期的不算漏。", "All visits due by now are done; what is not yet due is not missed."),
    who.PREGNANT,
    who.on_schedule,
    base=TimeBase.DUE_TO_DATE,
    source=CONTENT,
)
ANTENATAL_OVERDUE = _count(
    "antenatal_overdue",
    "产前随访逾期的孕妇数",
    "Women whose antenatal visit is overdue",
    ("这些孕妇应尽快约来检查，是村医的催访名单。", "These women should be called in soon."),
    who.PREGNANT,
    (~who.on_schedule).named("产前随访逾期", "overdue", source=CONTENT),
    better=LOWER,
    base=TimeBase.STOCK,
    source=CONTENT,
)
HIGH_RISK_NOW = _count(
    "high_risk_now",
    "在管高危孕妇数",
    "Pregnant women at high risk",
    ("橙、红、紫孕妇须一人一案、专人管理。", "Each is owed a file and a doctor of her own."),
    who.PREGNANT,
    who.high_risk_now,
    base=TimeBase.STOCK,
    source=HIGH_RISK,
)

# -- subsidies and folic acid ------------------------------------------------------------------------------------------------------------

_subsidy = partial(reported, SUBSIDY, prefix="maternal")
SUBSIDISED = _subsidy(
    "subsidised",
    code="subsidised",
    name=("补助住院分娩农村孕产妇", "Rural mothers subsidised for hospital delivery"),
    better=HIGHER,
    why=("住院分娩补助降低孕产妇和新生儿死亡。", "Subsidised hospital delivery lowers deaths of mothers and newborns."),
)
SUBSIDISED_ELSEWHERE = _subsidy(
    "elsewhere",
    code="subsidised_elsewhere",
    name=("外地住院分娩补助孕产妇", "Mothers subsidised for delivery elsewhere"),
    better=NEITHER,
    why=("外地分娩同样享受补助，反映政策落实到人。", "Delivery elsewhere is subsidised too: the policy follows the person."),
)
SUBSIDY_PAID = _subsidy(
    "paid",
    code="subsidy_paid",
    name=("住院分娩补助资金", "Subsidies paid for hospital delivery"),
    better=NEITHER,
    why=("项目资金须足额及时到人。", "The money has to reach mothers in full and in time."),
)

_folic_acid = partial(reported, FOLIC_ACID, prefix="maternal", better=HIGHER)
FOLIC_ACID_WOMEN = _also_counted(
    _folic_acid(
        "women",
        code="folic_acid_women",
        why=("孕前和孕早期增补叶酸可预防神经管缺陷。", "Folic acid before and in early pregnancy prevents neural tube defects."),
    ),
    who.FOLIC_WOMEN,
    always,
)
FOLIC_ACID_BOTTLES = _also_counted(
    _folic_acid(
        "bottles",
        code="folic_acid_bottles",
        why=("发放量与人数对照，可看出是否足量服用。", "Set against the women, it shows whether the supply suffices."),
    ),
    who.FOLIC_WOMEN,
    who.bottles,
)
FOLIC_ACID_REGULAR = _rate_of(
    "folic_acid_regular",
    "叶酸规范服用率",
    "Folic acid taken regularly",
    ("领了还要按时吃，才能预防缺陷。", "Given is not taken: it protects only if taken."),
    who.FOLIC_WOMEN,
    who.takes_regularly,
    source=FOLIC_ACID.source,
)
PREMARITAL_CHECKS = _count(
    "premarital_checks",
    "婚前医学检查人数",
    "Premarital checks",
    ("婚检是出生缺陷的第一道防线。", "The first defence against birth defects."),
    who.PREMARITAL_CHECKS,
    better=HIGHER,
)
PRECONCEPTION_CHECKS = _count(
    "preconception_checks",
    "孕前优生健康检查人数",
    "Pre-pregnancy checks",
    ("孕前发现风险，比孕后处理更有效。", "A risk found before pregnancy is best mended."),
    who.PRECONCEPTION_CHECKS,
    better=HIGHER,
)
PRECONCEPTION_RISK = _rate_of(
    "preconception_risk",
    "孕前高风险比例",
    "Pre-pregnancy checks at high risk",
    ("检出的高风险人群须逐一咨询指导。", "Each at high risk is owed advice."),
    who.PRECONCEPTION_CHECKS,
    who.preconception_risk,
    better=NEITHER,
)

# -- mother-to-child transmission ----------------------------------------------------------------------------------------------------------

_transmission = partial(reported, TRANSMISSION, prefix="maternal")
TESTED = _also_counted(
    _transmission(
        "tested",
        code="transmission_tested",
        name=("接受艾滋病、梅毒、乙肝检测的孕产妇", "Mothers tested for HIV, syphilis and hepatitis B"),
        better=HIGHER,
        why=("检测是阻断母婴传播的第一步。", "Testing is the first step in stopping transmission to the child."),
    ),
    who.TESTED,
    always,
)
SYPHILIS = _also_counted(
    _transmission(
        "syphilis",
        code="transmission_syphilis",
        name=("孕产妇梅毒阳性", "Mothers found syphilis positive"),
        better=LOWER,
        why=("阳性者须及时干预，防止先天梅毒。", "Those positive are treated at once to prevent congenital syphilis."),
    ),
    who.TESTED_POSITIVE,
    (who.pregnancies.syphilis == "2").named("梅毒阳性", "syphilis positive", source=PREVENTION),
)
HIV = _also_counted(
    _transmission(
        "hiv",
        code="transmission_hiv",
        name=("孕产妇HIV阳性", "Mothers found HIV positive"),
        better=LOWER,
        why=("阳性者须用药阻断并随访所生婴儿。", "Those positive receive drugs, and their infants are followed."),
    ),
    who.TESTED_POSITIVE,
    (who.pregnancies.hiv == "2").named("HIV阳性", "HIV positive", source=PREVENTION),
)
HIV_DELIVERED = _also_counted(
    _transmission(
        "hiv_delivered",
        code="transmission_hiv_delivered",
        name=("HIV阳性孕产妇已分娩", "HIV positive mothers delivered"),
        better=NEITHER,
        why=("已分娩者的婴儿须纳入随访。", "Their infants enter follow-up."),
    ),
    who.DELIVERED_POSITIVE,
    (who.deliveries.hiv == "2").named("HIV阳性", "HIV positive", source=PREVENTION),
)
HEPATITIS_B = _also_counted(
    _transmission(
        "hepatitis_b",
        code="transmission_hepatitis_b",
        name=("孕产妇乙肝表面抗原阳性", "Mothers found hepatitis B surface antigen positive"),
        better=LOWER,
        why=("其新生儿须在出生后及时注射乙肝免疫球蛋白。", "Their newborns need hepatitis B immunoglobulin soon after birth."),
    ),
    who.TESTED_POSITIVE,
    (who.pregnancies.hbsag == "2").named("乙肝表面抗原阳性", "hepatitis B positive", source=PREVENTION),
)
TEST_RATE = _rate_of(
    "transmission_test_rate",
    "孕产妇艾滋病、梅毒、乙肝检测率",
    "Mothers tested for HIV, syphilis and hepatitis B, rate",
    ("三项都检测了才算，漏一个就可能漏掉一个孩子。", "All three: whoever is missed may cost a child its health."),
    who.DELIVERIES,
    who.tested,
    source=PREVENTION,
)
EARLY_TEST_RATE = _rate_of(
    "transmission_early_rate",
    "孕早期艾滋病、梅毒、乙肝检测率",
    "Tested in early pregnancy",
    ("越早发现，阻断越有效。", "The earlier it is found, the better the child is protected."),
    who.DELIVERIES,
    who.tested_early,
    source=PREVENTION,
)
IMMUNOGLOBULIN_RATE = _rate_of(
    "immunoglobulin_rate",
    "乙肝暴露儿童24小时内免疫球蛋白注射率",
    "Exposed newborns given immunoglobulin within 24 hours",
    ("超过24小时阻断效果明显下降。", "After 24 hours it protects much less."),
    who.BIRTHS,
    who.exposed & who.protected,
    who.exposed,
    source=PREVENTION,
)

# -- births and deaths ---------------------------------------------------------------------------------------------------------------------

MOTHERS = _count(
    "mothers",
    "产妇数",
    "Mothers who gave birth",
    ("妊娠满28周分娩或有活产的妇女，一胎多婴计一人。", "Who gave birth from week 28 or to a live child; twins make one."),
    who.DELIVERIES,
)
LIVE_BIRTHS = _also_counted(
    reported(
        VITAL,
        "live_births",
        prefix="maternal",
        better=NEITHER,
        name=("活产数", "Live births"),
        why=("活产数是妇幼健康各项率的分母。", "The rates of maternal and child health stand on live births."),
    ),
    who.DELIVERIES,
    who.live,
)
MATERNAL_DEATHS = _also_counted(
    reported(
        VITAL,
        "maternal_deaths",
        prefix="maternal",
        better=LOWER,
        name=("孕产妇死亡人数", "Maternal deaths"),
        why=("死亡一例，评审一例，改进一例。", "Each death is reviewed, and something is mended."),
    ),
    who.IN_PERIOD.mothers,
    who.IN_PERIOD.maternal,
)
INFANT_DEATHS = _also_counted(
    reported(
        VITAL,
        "infant_deaths",
        prefix="maternal",
        better=LOWER,
        name=("婴儿死亡人数", "Infant deaths"),
        why=("婴儿死亡反映妇幼健康的综合水平。", "Infant deaths tell how mothers and children fare."),
    ),
    who.IN_PERIOD.children,
    who.IN_PERIOD.infant,
)
HOSPITAL_DELIVERY_RATE = _also_counted(
    reported_rate(
        VITAL,
        "hospital_births",
        "live_births",
        code="hospital_delivery_rate",
        prefix="maternal",
        better=HIGHER,
        name=("住院分娩率", "Births in hospital"),
        why=("住院分娩是保障母婴安全最有效的措施。", "Birth in hospital is what keeps both safest."),
    ),
    who.DELIVERIES,
    who.live_where(who.in_hospital),
    who.live,
)
CAESAREAN_RATE = _rate_of(
    "caesarean_rate",
    "剖宫产率",
    "Births by caesarean",
    ("过高提示指征掌握不严。", "A high share suggests that it is done without need."),
    who.DELIVERIES,
    who.live_where(who.caesarean),
    who.live,
    better=NEITHER,
)

_mortality = partial(reported_rate, VITAL, denominator="live_births", prefix="maternal", better=LOWER)


def _of_year(of: Indicator, span: who.Span) -> Indicator:
    """The same rate from 1 October to the cut-off: on 30 September the yearly report's."""
    numerators = {
        "maternal.maternal_mortality": span.maternal,
        "maternal.newborn_mortality": span.newborn,
        "maternal.infant_mortality": span.infant,
        "maternal.under_five_mortality": span.under_five,
    }
    mothers = of.code == "maternal.maternal_mortality"
    return replace(
        of,
        code=f"{of.code}_year",
        name=Text(f"{of.name.zh}（妇幼统计年度）", f"{of.name.en}, reporting year"),
        time_base=TimeBase.STOCK,
        population=span.mothers if mothers else span.children,
        numerator=numerators[of.code].node,
        denominator=(span.live_births if mothers else span.born).node,
        reported=None,
        source=YEARLY_REPORT,
        why=Text(
            "妇幼年报按上年10月1日至当年9月30日统计，截止日前为进度数。",
            "The yearly report runs from 1 October to 30 September; before its end this is the part.",
        ),
    )


MATERNAL_MORTALITY = _also_counted(
    _mortality(
        "maternal_deaths",
        code="maternal_mortality",
        unit="1/10万",
        name=("孕产妇死亡率", "Maternal mortality"),
        why=(
            "国际通用的妇幼健康核心指标；县级例数少，须与例数同看。",
            "The core measure everywhere; in a county it has to be read with its few cases.",
        ),
    ),
    who.IN_PERIOD.mothers,
    who.IN_PERIOD.maternal,
    who.IN_PERIOD.live_births,
)
NEWBORN_MORTALITY = _also_counted(
    _mortality(
        "newborn_deaths",
        code="newborn_mortality",
        unit="‰",
        name=("新生儿死亡率", "Newborn mortality"),
        why=("新生儿死亡占婴儿死亡的大半。", "Most infants who die are newborn."),
    ),
    who.IN_PERIOD.children,
    who.IN_PERIOD.newborn,
    who.IN_PERIOD.born,
)
INFANT_MORTALITY = _also_counted(
    _mortality(
        "infant_deaths",
        code="infant_mortality",
        unit="‰",
        name=("婴儿死亡率", "Infant mortality"),
        why=("国际通用的健康核心指标。", "A core measure of health everywhere."),
    ),
    who.IN_PERIOD.children,
    who.IN_PERIOD.infant,
    who.IN_PERIOD.born,
)
UNDER_FIVE_MORTALITY = _also_counted(
    _mortality(
        "under_five_deaths",
        code="under_five_mortality",
        unit="‰",
        name=("五岁以下儿童死亡率", "Mortality under five"),
        why=("反映儿童生存保障水平。", "How well children's lives are protected."),
    ),
    who.IN_PERIOD.children,
    who.IN_PERIOD.under_five,
    who.IN_PERIOD.born,
)
MORTALITY_OF_YEAR = tuple(
    _of_year(rate, who.IN_REPORTING_YEAR) for rate in (MATERNAL_MORTALITY, NEWBORN_MORTALITY, INFANT_MORTALITY, UNDER_FIVE_MORTALITY)
)

MANAGED_RATE = _also_counted(
    reported_rate(
        VITAL,
        "managed",
        "live_births",
        code="managed_rate",
        prefix="maternal",
        better=HIGHER,
        name=("孕产妇系统管理率", "Mothers systematically managed"),
        why=("从早孕建册到产后访视全程管理的比例。", "Those cared for from registration to the visit after birth."),
    ),
    who.DELIVERIES,
    who.managed,
    who.live,
)
MANAGED_MATURED = _matured(MANAGED_RATE, who.visit_over)
HIGH_RISK_MOTHERS = _also_counted(
    reported(
        VITAL,
        "high_risk",
        prefix="maternal",
        better=NEITHER,
        name=("高危孕产妇", "Mothers at high risk"),
        why=("高危管理是防止死亡的关键。", "Deaths are prevented among those at risk."),
    ),
    who.DELIVERIES,
    who.high_risk,
)
HIGH_RISK_RATE = _also_counted(
    reported_rate(
        VITAL,
        "high_risk_managed",
        "high_risk",
        code="high_risk_rate",
        prefix="maternal",
        better=HIGHER,
        name=("高危孕产妇专案管理率", "Mothers at high risk under special management"),
        why=("高危孕产妇须一人一案。", "Each is owed a file of her own."),
    ),
    who.DELIVERIES,
    who.high_risk & who.special,
    who.high_risk,
)
HIGH_RISK_HOSPITAL = _rate_of(
    "high_risk_hospital_rate",
    "高危产妇住院分娩率",
    "Mothers at high risk, born in hospital",
    ("高危产妇必须住院分娩。", "They must give birth in hospital."),
    who.DELIVERIES,
    who.high_risk & who.in_hospital,
    who.high_risk,
)
SCREENING_RATE = _also_counted(
    reported_rate(
        VITAL,
        "screened",
        "live_births",
        code="screening_rate",
        prefix="maternal",
        better=HIGHER,
        name=("新生儿疾病筛查率", "Newborns screened for disease"),
        why=("早筛早治，避免终身残疾。", "Found early, a lifelong disability is spared."),
    ),
    who.BIRTHS,
    who.screened,
    always,
)
SCREENING_MATURED = replace(_matured(SCREENING_RATE, who.screening_over, per_live_birth=False), source=SCREENING)
HEARING_RATE = _also_counted(
    reported_rate(
        VITAL,
        "hearing",
        "live_births",
        code="hearing_rate",
        prefix="maternal",
        better=HIGHER,
        name=("新生儿听力筛查率", "Newborns screened for hearing"),
        why=("早发现听力障碍，早干预。", "Found early, helped early."),
    ),
    who.BIRTHS,
    who.hearing_screened,
    always,
)
LOW_WEIGHT_RATE = _rate_of(
    "low_weight_rate",
    "低出生体重发生率",
    "Low birth weight",
    ("低出生体重儿死亡和患病风险高，应增加访视。", "These infants are at risk and are visited more often."),
    who.BIRTHS,
    who.low_weight,
    better=LOWER,
)
PRETERM_RATE = _rate_of(
    "preterm_rate",
    "早产率",
    "Born before term",
    ("早产是新生儿死亡的首要原因。", "The first cause of newborn deaths."),
    who.BIRTHS,
    who.preterm,
    better=LOWER,
)
DEFECTS = _count(
    "defects",
    "出生缺陷儿数",
    "Children with birth defects",
    ("每例都要登记并随访。", "Each is registered and followed."),
    who.BIRTHS,
    who.defective,
    better=LOWER,
)

# Of children, published without counts; newborns visited are a figure of the children's line.
BREASTFEEDING_RATE = _rate("breastfeeding_rate", why=("母乳喂养降低婴儿患病和死亡。", "Breastfeeding lowers illness and death of infants."))
