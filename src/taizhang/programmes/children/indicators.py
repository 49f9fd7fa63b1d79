"""Indicators of children's health management, from records where there are any, from returns elsewhere.

Whom: residents below the age who live here on the cut-off, under the organisation that manages them. What is asked of a child is dated from
its birth: each check has a window, and a check that is not yet due is asked of nobody. So the rates by pace and of systematic management
can be read on any day, and on the last day of a year are the yearly ones. Twelve months up to the cut-off are the calendar year on 31
December, and the year of the maternal and child statistics on 30 September.
"""

from taizhang.county.records import RESIDENCY
from taizhang.county.vocabulary import BY_SEX, age_on_cutoff, lives_here, managing_organisation, resident
from taizhang.kernel.indicators import Attribution, Better, Breakdown, Cell, Indicator, Population, Reported, TimeBase, residents_where
from taizhang.kernel.query import nodes
from taizhang.kernel.query.words import Expression, RowSet, all_of, always, any_of, choose, cutoff, parameter, records, year_end
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.children import rules
from taizhang.programmes.children.records import CHECKS, INFANT, NEWBORN, PRESCHOOL, REFERRAL, TODDLER
from taizhang.programmes.children.rules import ALL_STAGES, FORM_OF, PROBLEMS, SPECIFICATION, STAGES

SERVED = Source(SPECIFICATION, "0～6岁儿童健康管理服务规范 一、服务对象")
TARGETS = Source(SPECIFICATION, "0～6岁儿童健康管理服务规范 五、工作指标")
PACE = Source(SPECIFICATION, "0～6岁儿童健康管理服务规范 二、服务内容（随访月龄），按进度口径由本系统明确")
ANNUAL_REPORT = Source("全国妇幼卫生调查制度", "7岁以下儿童保健和健康情况年报 指标解释")

RETURN, MANAGEMENT_RETURN, RATES_RETURN = "children", "child_management", "maternal_child_rates"

_newborn, _infant, _toddler, _preschool = records(NEWBORN), records(INFANT), records(TODDLER), records(PRESCHOOL)
_checks = {contract.table: records(contract) for contract in CHECKS}
_visits = (_newborn, *_checks.values())
_birth = resident.birth_date

# -- populations -----------------------------------------------------------------------------------------------------------------

BY_YEARS = Breakdown(
    name="years",
    label=Text("年龄（岁）", "Age in years"),
    value=choose(*((age_on_cutoff <= years, str(years)) for years in range(6)), otherwise="6").node,
    categories=tuple((str(years), Text(f"{years}岁", f"{years}")) for years in range(7)),
)


def _below(name: str, age: str, zh: str, en: str) -> Population:
    of_age = (age_on_cutoff < parameter(f"children.{age}")).named(zh, en, source=SERVED)
    return residents_where(name, Text(zh, en), lives_here & of_age, organisation=managing_organisation, breakdowns=(BY_SEX, BY_YEARS))


CHILDREN = _below("children_managed", "managed_under_years", "0～6岁常住儿童", "Resident children of 0 to 6")
SMALL = _below("children_systematic", "systematic_under_years", "3岁以下常住儿童", "Resident children under three")
UNDER_FIVE = _below("children_under_five", "growth_under_years", "5岁以下常住儿童", "Resident children under five")

BORN = residents_where(
    "newborns",
    Text("时段内出生的常住儿童", "Residents born in the period"),
    lives_here
    & _birth.in_period.named("时段内出生", "born in the period", unmet=Text("不是时段内出生", "not born in the period"), source=TARGETS),
    organisation=managing_organisation,
    breakdowns=(BY_SEX,),
)


def _services(rows: RowSet, name: str, zh: str, en: str) -> Population:
    return Population(
        name=name, label=Text(zh, en), attribution=Attribution.SERVED_BY, rows=rows.where(rows.visited_on.in_period).node,
        organisation=rows.organisation.node, breakdowns=(BY_SEX,),
    )  # fmt: skip


NEWBORN_SERVICES = _services(_newborn, "newborn_services", "新生儿家庭访视", "Home visits to newborns")
INFANT_SERVICES = _services(_infant, "infant_services", "1～8月龄健康检查", "Checks at 1 to 8 months")
TODDLER_SERVICES = _services(_toddler, "toddler_services", "12～30月龄健康检查", "Checks at 12 to 30 months")
PRESCHOOL_SERVICES = _services(_preschool, "preschool_services", "3～6岁健康检查", "Checks at 3 to 6 years")

# -- the year's duty ----------------------------------------------------------------------------------------------------------------

_managed_this_year = any_of(*(rows.where(rows.visited_on.in_year).exist() for rows in _visits)).named(
    "本年已接受一次及以上随访",
    "seen at least once this year",
    unmet=Text("本年还没有访视或健康检查，做一次即可", "neither visited nor checked this year; once will mend it"),
    source=TARGETS,
)

_residencies = records(RESIDENCY)
_came = _residencies.where(
    (_residencies.started_on <= cutoff) & (_residencies.ended_on.is_missing | (_residencies.ended_on >= cutoff))
).last_by("started_on")


def _due_on(months: int) -> Expression:
    """The last day on which the check of this age is in time."""
    late = "late_days_infant" if months < 12 else "late_days"
    return _birth.plus(months, "month").plus(parameter(f"children.{late}"), "day")


def _owed_here(months: int) -> Expression:
    """The child came to live here before the age was reached; what was due earlier was owed elsewhere."""
    return _birth.plus(months, "month") >= _came.started_on


def _done(months: int) -> Expression:
    rows = _checks[FORM_OF[months]]
    return rows.where((rows.stage == str(months)) & (rows.visited_on <= cutoff)).exist()


def _due_this_year(months: int) -> Expression:
    return _due_on(months).in_year & _owed_here(months)


_nothing_due = (~any_of(cutoff >= year_end, *(_due_this_year(months) & ~_done(months) for months in ALL_STAGES))).named(
    "截止日前本年没有到期未做的检查", "no check due this year by the cut-off and not made", source=PACE
)
_by_pace = (_nothing_due | _managed_this_year).named(
    "本年已接受随访（或尚未到期）",
    "seen this year (or not yet due)",
    unmet=Text("本年的健康检查已到期而没有做", "the year's check is due and was not made"),
    source=PACE,
)

_systematic = all_of(
    *(
        (
            ~((_due_on(months) <= cutoff) & (_due_on(months) > cutoff.minus(12, "month")) & _owed_here(months)) | _done(months)
        ).named(
            f"{rules.stage_name(months).zh}检查已做（或近12个月内未到期）",
            f"checked at {rules.stage_name(months).en} (or not due in the last 12 months)",
            unmet=Text(f"{rules.stage_name(months).zh}检查已到期而没有做", f"the check at {rules.stage_name(months).en} was missed"),
            source=ANNUAL_REPORT,
        )
        for months in (*STAGES[INFANT.table], *STAGES[TODDLER.table])
    )
)  # fmt: skip

_overdue = any_of(
    *(
        (_due_on(months) < cutoff) & (cutoff < _birth.plus(following, "month").minus(parameter(early), "day"))
        & _owed_here(months) & ~_done(months)
        for months, following, early in (
            (m, f, "children.early_days_infant" if f < 12 else "children.early_days")
            for m, f in zip(ALL_STAGES, (*ALL_STAGES[1:], 84), strict=True)
        )
    )
).named("健康检查已过期，尚可补做", "a check is overdue and can still be made",
    unmet=Text("没有过期未做的健康检查，或已过补做的年龄", "no check is overdue, or it is too late to make it"), source=PACE,
)  # fmt: skip

# -- newborns --------------------------------------------------------------------------------------------------------------------------

_newborn_days = parameter("children.newborn_days")
_visited_at_home = _newborn.where((_newborn.visited_on <= cutoff) & (_newborn.age_days < _newborn_days))
_newborn_visited = _visited_at_home.exist().named(
    "出生28天内接受过家庭访视",
    "visited at home within 28 days of birth",
    unmet=Text("出生28天内没有家庭访视记录", "no home visit within 28 days of birth"),
    source=TARGETS,
)
_visited_in_time = (
    _visited_at_home.where(
        _newborn.discharged_on.is_present
        & (_newborn.visited_on <= _newborn.discharged_on.plus(parameter("children.newborn_visit_days"), "day"))
    )
    .exist()
    .named(
        "出院后7天内接受家庭访视",
        "visited at home within 7 days of discharge",
        unmet=Text("出院后7天内没有家庭访视（或没有填出院日期）", "no home visit within 7 days of discharge (or no day of discharge)"),
        source=TARGETS,
    )
)
_newborn_matured = (_birth.plus(_newborn_days, "day") <= cutoff).named("截止日已满28天", "28 days old by the cut-off", source=TARGETS)

# -- what checks find ---------------------------------------------------------------------------------------------------------------


def _in_period(condition: str) -> Expression:
    """Some check in the period for which rules.<condition> holds."""
    rule = getattr(rules, condition)
    return any_of(*(rows.where(rows.visited_on.in_period & rule(rows)).exist() for rows in _checks.values()))


_measured = _in_period("measured").named(
    "时段内体格检查有评价", "measured in the period", unmet=Text("时段内没有体重和身长（身高）都测的检查", "not measured in the period"),
    source=ANNUAL_REPORT
)  # fmt: skip
_blood_taken = any_of(
    *(rows.where(rows.visited_on.in_period & rules.anaemia_of(rows).is_in("0", "1", "2", "3")).exist() for rows in _checks.values())
).named(
    "时段内测过血红蛋白",
    "haemoglobin measured in the period",
    unmet=Text("时段内没有测过血红蛋白", "haemoglobin not measured in the period"),
    source=ANNUAL_REPORT,
)
_anaemic = _in_period("anaemic").named(
    "时段内检出贫血",
    "found anaemic in the period",
    unmet=Text("时段内没有检出贫血", "not found anaemic in the period"),
    source=rules.ANAEMIA,
)
_delayed = _in_period("delayed").named(
    "时段内有发育预警征象",
    "warning signs in the period",
    unmet=Text("时段内没有发育预警征象", "no warning signs in the period"),
    source=PROBLEMS,
)
_checked = any_of(*(rows.where(rows.visited_on.in_period & rows.warning_signs.is_present).exist() for rows in _checks.values())).named(
    "时段内作过发育评估",
    "development assessed in the period",
    unmet=Text("时段内没有作过发育评估", "development not assessed in the period"),
    source=PROBLEMS,
)

_eyes_checked = any_of(
    *(rows.where(rows.visited_on.in_year & rows.eyes.is_present).exist() for rows in _visits),
    _preschool.where(_preschool.visited_on.in_year & _preschool.vision_left.is_present & _preschool.vision_right.is_present).exist(),
).named(
    "本年已作眼保健或视力检查",
    "eyes checked this year",
    unmet=Text("本年没有眼睛或视力检查记录", "no record of the eyes or of vision this year"),
    source=ANNUAL_REPORT,
)

# -- referral -----------------------------------------------------------------------------------------------------------------------

_results = records(REFERRAL)


def _last_referral(*more: Expression) -> Expression:
    """Somebody advised a referral in the period."""
    return any_of(*(rows.where(all_of(rows.visited_on.in_period, rules.referred(rows), *more)).exist() for rows in _visits))


_referred = _last_referral().named(
    "时段内建议转诊", "referred in the period", unmet=Text("时段内没有建议转诊", "no referral advised in the period"), source=PROBLEMS
)
_followed = (
    _results.where(_results.followed_on.in_period & (_results.attended == "1"))
    .exist()
    .named(
        "转诊后已就诊并记录结果",
        "seen after the referral, with the result",
        unmet=Text("转诊后没有就诊结果记录，追踪一次即可", "no result of the referral; asking after it will mend it"),
        source=PROBLEMS,
    )
)
_referral_matured = any_of(
    *(
        rows.where(
            rows.visited_on.in_period & rules.referred(rows) & (rows.visited_on.plus(parameter("children.referral_days"), "day") <= cutoff)
        ).exist()
        for rows in _visits
    )
).named(
    "转诊已满追踪时限",
    "the time to follow the referral is over",
    unmet=Text("还没到追踪转诊的时限", "the time to follow the referral is not over"),
    source=PROBLEMS,
)

# -- indicators -------------------------------------------------------------------------------------------------------------------------


def _indicator(
    code: str, zh: str, en: str, *, why: tuple[str, str], base: TimeBase, better: Better, source: Source, population: Population,
    numerator: Expression, denominator: Expression | None = None, reported: Reported | None = None, unit: str = "人",
) -> Indicator:  # fmt: skip
    rate = denominator is not None
    return Indicator(
        code=f"children.{code}", name=Text(zh, en), unit="%" if rate else unit, counting_unit=unit, places=2 if rate else 0, time_base=base,
        attribution=population.attribution, better=better, source=source, why=Text(*why), population=population,
        numerator=numerator.node, denominator=denominator.node if denominator is not None else None, reported=reported,
    )  # fmt: skip


def _cell(element: str, form: str = MANAGEMENT_RETURN) -> Cell:
    return Cell(form, element)


_count_in_period: nodes.Value = sum(
    (rows.where(rows.visited_on.in_period).count() for rows in _visits[1:]), _newborn.where(_newborn.visited_on.in_period).count()
).node

BASIC_CARE = _indicator(
    "basic_care", "6岁以下儿童基本保健服务", "Basic health services given to children under 6",
    why=("儿童按月龄免费接受访视和体检，早发现生长发育问题。", "Free visits and checks by age find troubles of growth early."),
    base=TimeBase.FLOW, better=Better.HIGHER, source=rules.CHAPTER, population=CHILDREN, numerator=Expression(_count_in_period),
    unit="人次", reported=Reported(numerator=_cell("basic_care", RETURN)),
)  # fmt: skip
UNDER_SEVEN = _indicator(
    "under_seven", "0～6岁儿童数", "Resident children of 0 to 6",
    why=("儿童健康管理的应服务人数。", "How many children the service is owed to."),
    base=TimeBase.STOCK, better=Better.NEITHER, source=SERVED, population=CHILDREN, numerator=always,
    reported=Reported(numerator=_cell("under_seven")),
)  # fmt: skip
UNDER_SEVEN_MANAGED = _indicator(
    "under_seven_managed", "七岁以下儿童健康管理人数", "Children under seven managed",
    why=("每年至少一次免费健康检查。", "At least one free check a year."),
    base=TimeBase.STOCK, better=Better.HIGHER, source=TARGETS, population=CHILDREN, numerator=_managed_this_year,
    reported=Reported(numerator=_cell("under_seven_managed")),
)  # fmt: skip
UNDER_THREE_MANAGED = _indicator(
    "under_three_managed", "三岁以下儿童系统管理人数", "Children under three systematically managed",
    why=("婴幼儿按月龄接受系统检查。", "Small children are seen at the ages prescribed."),
    base=TimeBase.STOCK, better=Better.HIGHER, source=ANNUAL_REPORT, population=SMALL, numerator=_systematic,
    reported=Reported(numerator=_cell("under_three_managed")),
)  # fmt: skip
MANAGEMENT_RATE = _indicator(
    "management_rate", "七岁以下儿童健康管理率", "Children under seven managed, of all",
    why=("规划规定的儿童健康核心指标。", "A core measure of children's health plans."),
    base=TimeBase.STOCK, better=Better.HIGHER, source=TARGETS, population=CHILDREN, numerator=_managed_this_year, denominator=always,
    reported=Reported(numerator=_cell("under_seven_managed"), denominator=_cell("under_seven")),
)  # fmt: skip
MANAGEMENT_BY_PACE = _indicator(
    "management_by_pace", "七岁以下儿童按进度健康管理率", "Children under seven managed, by pace",
    why=(
        "年中就能看出谁落在后面：本年的检查到期未做的才算缺口，到12月31日与健康管理率相同。",
        "Shows in mid-year who lags: only a check that is due and was not made is a gap; on 31 December it equals the rate.",
    ),
    base=TimeBase.DUE_TO_DATE, better=Better.HIGHER, source=PACE, population=CHILDREN, numerator=_by_pace, denominator=always,
)  # fmt: skip
SYSTEMATIC_RATE = _indicator(
    "systematic_rate", "三岁以下儿童系统管理率", "Children under three systematically managed, of all",
    why=(
        "反映婴幼儿系统管理水平；截止日前12个月内到期的检查都做了才算。",
        "How well small children are seen to: every check due in the last twelve months.",
    ),
    base=TimeBase.STOCK, better=Better.HIGHER, source=ANNUAL_REPORT, population=SMALL, numerator=_systematic, denominator=always,
    reported=Reported(numerator=_cell("under_three_managed"), denominator=_cell("under_three")),
)  # fmt: skip
OVERDUE = _indicator(
    "overdue", "健康检查过期未做的儿童数", "Children whose check is overdue",
    why=(
        "到了月龄还没有来的孩子，尽快约来还可以补做，是村医的预约名单。",
        "Children to be called in while the check can still be made: the village doctor's list.",
    ),
    base=TimeBase.STOCK, better=Better.LOWER, source=PACE, population=CHILDREN, numerator=_overdue,
)  # fmt: skip
VISION_RATE = _indicator(
    "vision_rate", "眼保健和视力检查覆盖率", "Children whose eyes were checked",
    why=("近视防控要从学龄前抓起。", "Short sight has to be met before school age."),
    base=TimeBase.STOCK, better=Better.HIGHER, source=ANNUAL_REPORT, population=CHILDREN, numerator=_eyes_checked, denominator=always,
    reported=Reported(numerator=_cell("vision_checked"), denominator=_cell("under_seven")),
)  # fmt: skip

BORN_IN_PERIOD = _indicator(
    "newborns", "出生的常住儿童数", "Residents born",
    why=("新生儿访视的应服务人数；与活产数核对可发现漏登。", "How many newborns there are to visit; live births show who is missing."),
    base=TimeBase.FLOW, better=Better.NEITHER, source=TARGETS, population=BORN, numerator=always,
)  # fmt: skip
NEWBORNS_VISITED = _indicator(
    "newborns_visited", "新生儿访视人数", "Newborns visited",
    why=("出院后一周内上门访视。", "A home visit within a week of discharge."),
    base=TimeBase.FLOW, better=Better.HIGHER, source=TARGETS, population=BORN, numerator=_newborn_visited,
    reported=Reported(numerator=_cell("newborns_visited")),
)  # fmt: skip
NEWBORN_VISIT_RATE = _indicator(
    "newborn_visit_rate", "新生儿访视率", "Newborns visited, of those born",
    why=("规范规定的工作指标；不满28天的也在分母中，年中偏低属正常。", "An indicator of the specification; under 28 days counts too."),
    base=TimeBase.FLOW, better=Better.HIGHER, source=TARGETS, population=BORN, numerator=_newborn_visited, denominator=always,
    reported=Reported(rate=_cell("newborn_visit_rate", RATES_RETURN)),
)  # fmt: skip
NEWBORN_VISIT_MATURED = _indicator(
    "newborn_visit_matured", "新生儿访视率（已满28天者）", "Newborns visited, of those past 28 days",
    why=("只看访视期限已满的新生儿，未满28天的不作评价，可与上年同口径比较。", "Only those whose time is over are judged."),
    base=TimeBase.MATURED, better=Better.HIGHER, source=TARGETS, population=BORN, numerator=_newborn_matured & _newborn_visited,
    denominator=_newborn_matured,
)  # fmt: skip
NEWBORN_IN_TIME = _indicator(
    "newborn_in_time", "新生儿出院后7天内访视率", "Newborns visited within 7 days of discharge",
    why=("规范要求出院后一周内上门，晚了就错过黄疸和喂养问题。", "The visit is due within a week; a late one misses jaundice and feeding."),
    base=TimeBase.MATURED, better=Better.HIGHER, source=TARGETS, population=BORN, numerator=_newborn_matured & _visited_in_time,
    denominator=_newborn_matured,
)  # fmt: skip


def _prevalence(code: str, zh: str, en: str, condition: Expression, of: Expression, why: tuple[str, str], source: Source) -> Indicator:
    return _indicator(
        code, zh, en, why=why, base=TimeBase.FLOW, better=Better.LOWER, source=source, population=UNDER_FIVE, numerator=of & condition,
        denominator=of,
    )  # fmt: skip


def _found(condition: str, zh: str, en: str) -> Expression:
    return _in_period(condition).named(
        f"时段内检出{zh}",
        f"found {en} in the period",
        unmet=Text(f"时段内没有检出{zh}", f"not found {en} in the period"),
        source=rules.GROWTH,
    )


EXAMINED = _indicator(
    "examined", "体格检查有评价的5岁以下儿童数", "Children under five measured",
    why=("患病率的分母：时段内测了体重和身长（身高）的儿童。", "The denominator of the prevalences: children measured in the period."),
    base=TimeBase.FLOW, better=Better.HIGHER, source=ANNUAL_REPORT, population=UNDER_FIVE, numerator=_measured,
)  # fmt: skip
UNDERWEIGHT = _prevalence(
    "underweight", "5岁以下儿童低体重患病率", "Children under five underweight", _found("underweight", "低体重", "underweight"), _measured,
    ("营养不良的首要指标。", "The first measure of malnutrition."), ANNUAL_REPORT,
)  # fmt: skip
STUNTED = _prevalence(
    "stunted", "5岁以下儿童生长迟缓率", "Children under five stunted", _found("stunted", "生长迟缓", "stunted"), _measured,
    ("反映长期营养和照护，健康儿童行动的核心指标。", "Long-term nutrition and care; a core measure for children."), ANNUAL_REPORT,
)  # fmt: skip
WASTED = _prevalence(
    "wasted", "5岁以下儿童消瘦率", "Children under five wasted", _found("wasted", "消瘦", "wasted"), _measured,
    ("反映近期营养不良，需要马上处理。", "Recent malnutrition, to be met at once."), ANNUAL_REPORT,
)  # fmt: skip
OBESE = _prevalence(
    "obese", "5岁以下儿童肥胖率", "Children under five obese", _found("obese", "肥胖", "obese"), _measured,
    ("肥胖防控要从学龄前抓起。", "Obesity has to be met before school age."), ANNUAL_REPORT,
)  # fmt: skip
ANAEMIA = _prevalence(
    "anaemia", "5岁以下儿童贫血患病率", "Children under five anaemic", _anaemic, _blood_taken,
    ("缺铁影响智力发育，辅食和补铁可以改正。", "Lack of iron harms development; feeding and iron mend it."), ANNUAL_REPORT,
)  # fmt: skip
ANAEMIC = _indicator(
    "anaemic", "检出贫血的儿童数", "Children found anaemic",
    why=("检出的贫血儿童要专案管理、复查到纠正。", "Each is to be managed and tested until it is mended."),
    base=TimeBase.FLOW, better=Better.NEITHER, source=rules.ANAEMIA, population=CHILDREN, numerator=_anaemic,
    reported=Reported(numerator=_cell("anaemic")),
)  # fmt: skip
STUNTED_FOUND = _indicator(
    "stunted_found", "检出生长迟缓的儿童数", "Children found stunted",
    why=("检出的要分析原因、指导喂养并追踪。", "Each needs its cause, guidance and following."),
    base=TimeBase.FLOW, better=Better.NEITHER, source=rules.GROWTH, population=CHILDREN,
    numerator=_found("stunted", "生长迟缓", "stunted"), reported=Reported(numerator=_cell("stunted")),
)  # fmt: skip
DELAYED = _indicator(
    "delayed", "有发育预警征象的儿童比例", "Children with warning signs of development",
    why=("早发现发育偏异，早转诊早干预；长期为零应怀疑没有认真问。", "Found early, treated early; a lasting nought suggests nobody asked."),
    base=TimeBase.FLOW, better=Better.NEITHER, source=PROBLEMS, population=CHILDREN, numerator=_checked & _delayed, denominator=_checked,
)  # fmt: skip
REFERRED = _indicator(
    "referred", "建议转诊的儿童数", "Children referred",
    why=("转诊之后要追踪结果，这是追踪的应做人数。", "How many referrals there are to follow."),
    base=TimeBase.FLOW, better=Better.NEITHER, source=PROBLEMS, population=CHILDREN, numerator=_referred,
)  # fmt: skip
REFERRAL_FOLLOWED = _indicator(
    "referral_followed", "儿童转诊追踪率", "Referrals of children followed",
    why=("转诊不是终点，没有结果的转诊等于没有转。", "A referral without a result is no referral."),
    base=TimeBase.FLOW, better=Better.HIGHER, source=PROBLEMS, population=CHILDREN, numerator=_referred & _followed, denominator=_referred,
)  # fmt: skip
REFERRAL_MATURED = _indicator(
    "referral_matured", "儿童转诊追踪率（已满期限者）", "Referrals of children followed, of those whose time is over",
    why=("只看已满追踪时限的转诊，刚转出的不作评价。", "Only referrals whose time to be followed is over."),
    base=TimeBase.MATURED, better=Better.HIGHER, source=PROBLEMS, population=CHILDREN, numerator=_referral_matured & _followed,
    denominator=_referral_matured,
)  # fmt: skip


def _contacts(code: str, zh: str, en: str, population: Population) -> Indicator:
    return _indicator(
        code, zh, en, why=("反映服务工作量，每次服务计一人次，归做服务的机构。", "The work done, by who did it: each visit is one."),
        base=TimeBase.FLOW, better=Better.NEITHER, source=rules.CONTENT, population=population, numerator=always, unit="人次",
    )  # fmt: skip


NEWBORN_CONTACTS = _contacts("newborn_services", "新生儿家庭访视人次", "Home visits to newborns", NEWBORN_SERVICES)
INFANT_CONTACTS = _contacts("infant_services", "1～8月龄健康检查人次", "Checks at 1 to 8 months", INFANT_SERVICES)
TODDLER_CONTACTS = _contacts("toddler_services", "12～30月龄健康检查人次", "Checks at 12 to 30 months", TODDLER_SERVICES)
PRESCHOOL_CONTACTS = _contacts("preschool_services", "3～6岁健康检查人次", "Checks at 3 to 6 years", PRESCHOOL_SERVICES)
