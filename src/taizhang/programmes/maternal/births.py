"""Indicators of births, of the deaths of mothers and children, of high risk and of the newborn's screening.

A rate that a bureau publishes without counts (in SURVEY) is printed, never rolled up.
"""

from dataclasses import replace
from functools import partial

from taizhang.kernel.indicators import Indicator, TimeBase
from taizhang.kernel.query.words import always
from taizhang.kernel.reporting import HIGHER, LOWER, NEITHER, reported, reported_rate
from taizhang.kernel.text import Text
from taizhang.programmes.maternal import populations as who
from taizhang.programmes.maternal.making import also_counted, count, matured, rate_of
from taizhang.programmes.maternal.returns import SURVEY, VITAL
from taizhang.programmes.maternal.rules import SCREENING
from taizhang.programmes.maternal.rules import SURVEY as YEARLY_REPORT

MOTHERS = count(
    "mothers",
    "产妇数",
    "Mothers who gave birth",
    ("妊娠满28周分娩或有活产的妇女，一胎多婴计一人。", "Who gave birth from week 28 or to a live child; twins make one."),
    who.DELIVERIES,
)
LIVE_BIRTHS = also_counted(
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
MATERNAL_DEATHS = also_counted(
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
INFANT_DEATHS = also_counted(
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
HOSPITAL_DELIVERY_RATE = also_counted(
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
CAESAREAN_RATE = rate_of(
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


MATERNAL_MORTALITY = also_counted(
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
NEWBORN_MORTALITY = also_counted(
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
INFANT_MORTALITY = also_counted(
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
UNDER_FIVE_MORTALITY = also_counted(
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

MANAGED_RATE = also_counted(
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
MANAGED_MATURED = matured(MANAGED_RATE, who.visit_over)
HIGH_RISK_MOTHERS = also_counted(
    reported(
        VITAL,
        "high_risk",
        prefix="maternal",
        better=NEITHER,
        name=("高危孕产妇", "Mothers at high risk"),
        why=("高危管理是防止死亡的关键。", "Deaths are prevented among those at risk."),
    ),
    who.GAVE_BIRTH,
    who.high_risk,
)
HIGH_RISK_RATE = also_counted(
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
    who.GAVE_BIRTH,
    who.high_risk & who.special,
    who.high_risk,
)
HIGH_RISK_HOSPITAL = rate_of(
    "high_risk_hospital_rate",
    "高危产妇住院分娩率",
    "Mothers at high risk, born in hospital",
    ("高危产妇必须住院分娩。", "They must give birth in hospital."),
    who.GAVE_BIRTH,
    who.high_risk_in_hospital,
    who.high_risk,
)
SCREENING_RATE = also_counted(
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
SCREENING_MATURED = replace(matured(SCREENING_RATE, who.screening_over, per_live_birth=False), source=SCREENING)
HEARING_RATE = also_counted(
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
LOW_WEIGHT_RATE = rate_of(
    "low_weight_rate",
    "低出生体重发生率",
    "Low birth weight",
    ("低出生体重儿死亡和患病风险高，应增加访视。", "These infants are at risk and are visited more often."),
    who.BIRTHS,
    who.low_weight,
    better=LOWER,
)
PRETERM_RATE = rate_of(
    "preterm_rate",
    "早产率",
    "Born before term",
    ("早产是新生儿死亡的首要原因。", "The first cause of newborn deaths."),
    who.BIRTHS,
    who.preterm,
    better=LOWER,
)
DEFECTS = count(
    "defects",
    "出生缺陷儿数",
    "Children with birth defects",
    ("每例都要登记并随访。", "Each is registered and followed."),
    who.BIRTHS,
    who.defective,
    better=LOWER,
)

# Of children, published without counts; newborns visited are a figure of the children's line.
BREASTFEEDING_RATE = reported(
    SURVEY,
    "breastfeeding_rate",
    better=HIGHER,
    prefix="maternal",
    why=("母乳喂养降低婴儿患病和死亡。", "Breastfeeding lowers illness and death of infants."),
)

ALL = (
    MOTHERS,
    LIVE_BIRTHS,
    MATERNAL_DEATHS,
    INFANT_DEATHS,
    HOSPITAL_DELIVERY_RATE,
    CAESAREAN_RATE,
    MATERNAL_MORTALITY,
    NEWBORN_MORTALITY,
    INFANT_MORTALITY,
    UNDER_FIVE_MORTALITY,
    *MORTALITY_OF_YEAR,
    MANAGED_RATE,
    MANAGED_MATURED,
    HIGH_RISK_MOTHERS,
    HIGH_RISK_RATE,
    HIGH_RISK_HOSPITAL,
    SCREENING_RATE,
    SCREENING_MATURED,
    HEARING_RATE,
    LOW_WEIGHT_RATE,
    PRETERM_RATE,
    DEFECTS,
    BREASTFEEDING_RATE,
)
