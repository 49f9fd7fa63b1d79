"""Figures of Chinese medicine: health management from records where there are any, services at the grass roots from returns.

The elderly: residents who live here on the cut-off and reach 65 in its year; served is who has a complete constitution and guidance in the
year. Children: those who were of an age of the guidance in the year by the cut-off; served is who had it at each such age that is over.
"""

from taizhang.county.records import RESIDENCY
from taizhang.county.vocabulary import BY_AGE, BY_SEX, age_in_year, lives_here, managing_organisation, resident
from taizhang.kernel.indicators import Attribution, Better, Cell, Indicator, Population, Reported, TimeBase, residents_where
from taizhang.kernel.query.words import Expression, all_of, always, any_of, cutoff, parameter, records, year_end
from taizhang.kernel.reporting import HIGHER, reported, reported_rate
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.traditional_medicine.records import CHILD_GUIDANCE, CONSTITUTION
from taizhang.programmes.traditional_medicine.returns import FORM, SERVICES
from taizhang.programmes.traditional_medicine.rules import CHILDREN as OF_CHILDREN
from taizhang.programmes.traditional_medicine.rules import ELDERLY as OF_ELDERLY
from taizhang.programmes.traditional_medicine.rules import SPECIFICATION, STAGES, STANDARD

ELDERLY_TARGET = Source(SPECIFICATION, "中医药健康管理服务规范 老年人中医药健康管理服务 五、工作指标")
CHILDREN_TARGET = Source(SPECIFICATION, "中医药健康管理服务规范 0～36个月儿童中医药健康管理服务 五、工作指标")
PACE = Source(SPECIFICATION, "中医药健康管理服务规范 二、服务内容，按进度口径由本系统明确")

_assessments, _guidances = records(CONSTITUTION), records(CHILD_GUIDANCE)
_birth = resident.birth_date

# -- the elderly -------------------------------------------------------------------------------------------------------------------

ELDERS = residents_where(
    "medicine_elders",
    Text("65岁及以上常住居民（中医药）", "Residents of 65 and over, Chinese medicine"),
    lives_here
    & (age_in_year >= parameter("elderly.age")).named("本年内达到服务年龄", "reaches the age within the year", source=OF_ELDERLY),
    organisation=managing_organisation,
    breakdowns=(BY_SEX, BY_AGE),
)
_counts = _assessments.complete & _assessments.guidance.is_present
_elder_served = (
    _assessments.where(_assessments.assessed_on.in_year & _counts)
    .exist()
    .named(
        "本年已作体质辨识和保健指导",
        "constitution and guidance this year",
        unmet=Text(
            "本年没有答全33题的体质辨识和保健指导，做一次即可", "no complete constitution with guidance this year; once will mend it"
        ),
        source=OF_ELDERLY,
    )
)
_recent = _assessments.where((_assessments.assessed_on > cutoff.minus(12, "month")) & (_assessments.assessed_on <= cutoff)).exist()
_ever = _assessments.where(_assessments.assessed_on <= cutoff).exist()
_not_yet_due = ((cutoff < year_end) & (~_ever | _recent)).named("截止日尚未到期", "not yet due at the cut-off", source=PACE)

ASSESSMENTS = Population(
    name="constitutions",
    label=Text("老年人体质辨识服务", "Constitutions assessed"),
    attribution=Attribution.SERVED_BY,
    rows=_assessments.where(_assessments.assessed_on.in_period).node,
    organisation=_assessments.organisation.node,
    breakdowns=(BY_SEX,),
)
_last = _assessments.where(_assessments.assessed_on.in_period & _assessments.complete).last_by("assessed_on")
ASSESSED = residents_where(
    "constitution_assessed",
    Text("时段内完成体质辨识的65岁及以上常住居民", "Residents of 65 and over with a constitution in the period"),
    lives_here
    & (age_in_year >= parameter("elderly.age"))
    & _last.exists.named(
        "时段内完成体质辨识",
        "constitution in the period",
        unmet=Text("时段内没有做过体质辨识", "no assessment of the constitution in the period"),
        source=OF_ELDERLY,
    ),
    organisation=managing_organisation,
    breakdowns=(BY_SEX, BY_AGE),
)

# -- small children ----------------------------------------------------------------------------------------------------------------

_residencies = records(RESIDENCY)
_came = _residencies.where(
    (_residencies.started_on <= cutoff) & (_residencies.ended_on.is_missing | (_residencies.ended_on >= cutoff))
).last_by("started_on")


def _reached(months: int) -> Expression:
    """The child came to this age in the year by the cut-off, and lived here by then."""
    return _birth.plus(months, "month").in_year & (_birth.plus(months, "month") >= _came.started_on)


def _window_over(months: int) -> Expression:
    return _birth.plus(months, "month").plus(parameter("traditional_medicine.late_days"), "day") <= cutoff


def _had(months: int) -> Expression:
    return _guidances.where((_guidances.stage == str(months)) & (_guidances.visited_on <= cutoff)).exist()


CHILDREN = residents_where(
    "medicine_children",
    Text("本年到指导月龄的0～36个月儿童", "Small children of an age of the guidance this year"),
    lives_here
    & any_of(*(_reached(months) for months in STAGES)).named(
        "本年到达指导月龄",
        "of an age of the guidance this year",
        unmet=Text("本年没有到该做中医药指导的月龄", "reached no age of the guidance this year"),
        source=OF_CHILDREN,
    ),
    organisation=managing_organisation,
    breakdowns=(BY_SEX,),
)


def _stages_done(*, only_over: bool) -> Expression:
    """The guidance of each age reached in the year was given; only_over: of those whose time is over."""
    return all_of(
        *(
            (~(_reached(months) & _window_over(months) if only_over else _reached(months)) | _had(months)).named(
                f"{months}月龄已指导（或本年未到）",
                f"guided at {months} months (or not reached)",
                unmet=Text(f"{months}月龄没有中医药指导记录", f"no guidance at {months} months"),
                source=OF_CHILDREN,
            )
            for months in STAGES
        )
    )


_child_served = _stages_done(only_over=False)
_child_by_pace = _stages_done(only_over=True)

GUIDANCES = Population(
    name="child_medicines",
    label=Text("儿童中医药健康管理服务", "Guidance of small children"),
    attribution=Attribution.SERVED_BY,
    rows=_guidances.where(_guidances.visited_on.in_period).node,
    organisation=_guidances.organisation.node,
    breakdowns=(BY_SEX,),
)

# -- indicators of health management -------------------------------------------------------------------------------------------------


def _indicator(
    code: str, zh: str, en: str, *, why: tuple[str, str], base: TimeBase, better: Better, source: Source, population: Population,
    numerator: Expression, denominator: Expression | None = None, reported: Reported | None = None, unit: str = "人",
) -> Indicator:  # fmt: skip
    rate = denominator is not None
    return Indicator(
        code=f"traditional_medicine.{code}", name=Text(zh, en), unit="%" if rate else unit, counting_unit=unit, places=2 if rate else 0,
        time_base=base, attribution=population.attribution, better=better, source=source, why=Text(*why), population=population,
        numerator=numerator.node, denominator=denominator.node if denominator is not None else None, reported=reported,
    )  # fmt: skip


def _cell(element: str) -> Cell:
    return Cell(FORM.code, element)


ELDERLY_SERVED = _indicator(
    "elderly_served", "老年人中医药健康管理人数", "Elderly people managed by Chinese medicine",
    why=("体质辨识和保健指导每年一次，免费提供。", "A yearly assessment of constitution, with advice, free of charge."),
    base=TimeBase.STOCK, better=Better.HIGHER, source=ELDERLY_TARGET, population=ELDERS, numerator=_elder_served,
    reported=Reported(numerator=_cell("elderly_served")),
)  # fmt: skip
CHILDREN_SERVED = _indicator(
    "children_served", "儿童中医药健康管理人数", "Children managed by Chinese medicine",
    why=("按月龄向家长传授中医保健方法。", "Parents are taught methods of care by the child's age."),
    base=TimeBase.STOCK, better=Better.HIGHER, source=CHILDREN_TARGET, population=CHILDREN, numerator=_child_served,
    reported=Reported(numerator=_cell("children_served")),
)  # fmt: skip
ELDERLY_RATE = _indicator(
    "elderly_rate", "老年人中医药健康管理率", "Elderly people managed by Chinese medicine, of all",
    why=("规范规定的工作指标。", "An indicator of the specification."),
    base=TimeBase.STOCK, better=Better.HIGHER, source=ELDERLY_TARGET, population=ELDERS, numerator=_elder_served, denominator=always,
    reported=Reported(numerator=_cell("elderly_served"), denominator=_cell("elderly")),
)  # fmt: skip
ELDERLY_BY_PACE = _indicator(
    "elderly_by_pace", "老年人按进度中医药健康管理率", "Elderly people managed by Chinese medicine, by pace",
    why=(
        "上次体质辨识满12个月未做的才算缺口；到12月31日与管理率相同。",
        "Only who has gone twelve months without is a gap; on 31 December it equals the rate.",
    ),
    base=TimeBase.DUE_TO_DATE, better=Better.HIGHER, source=PACE, population=ELDERS,
    numerator=(_not_yet_due | _elder_served).named(
        "本年已作体质辨识和保健指导（或尚未到期）", "constitution this year (or not yet due)",
        unmet=Text("上次体质辨识已满12个月而本年没有做", "twelve months since the last, and none this year"), source=PACE,
    ),
    denominator=always,
)  # fmt: skip
CHILDREN_RATE = _indicator(
    "children_rate", "儿童中医药健康管理服务率", "Children managed by Chinese medicine, of those due",
    why=("规范规定的工作指标；刚到月龄的也在分母中。", "An indicator of the specification; who has just come of age counts too."),
    base=TimeBase.STOCK, better=Better.HIGHER, source=CHILDREN_TARGET, population=CHILDREN, numerator=_child_served, denominator=always,
    reported=Reported(numerator=_cell("children_served"), denominator=_cell("children")),
)  # fmt: skip
CHILDREN_BY_PACE = _indicator(
    "children_by_pace", "儿童按进度中医药健康管理服务率", "Children managed by Chinese medicine, by pace",
    why=("指导期限已满而没有做的才算缺口，刚到月龄的不作评价。", "Only an age whose time is over and was missed is a gap."),
    base=TimeBase.DUE_TO_DATE, better=Better.HIGHER, source=PACE, population=CHILDREN, numerator=_child_by_pace, denominator=always,
)  # fmt: skip
BALANCED_SHARE = _indicator(
    "balanced", "平和质老年人比例", "Elderly people of a balanced constitution",
    why=("体质构成是安排中医药保健指导的依据。", "The constitutions say what guidance is needed."),
    base=TimeBase.LAST, better=Better.NEITHER, source=STANDARD, population=ASSESSED,
    numerator=_last.balanced.is_in("1", "2").named(
        "最近一次为平和质（是或基本是）", "balanced at the last assessment",
        unmet=Text("最近一次为偏颇体质", "biased at the last assessment"), source=STANDARD,
    ),
    denominator=always,
)  # fmt: skip
CONSTITUTION_SERVICES = _indicator(
    "constitutions", "老年人体质辨识人次", "Constitutions assessed",
    why=("反映服务工作量，每次辨识计一人次。", "The work done: each assessment is one."),
    base=TimeBase.FLOW, better=Better.NEITHER, source=OF_ELDERLY, population=ASSESSMENTS, numerator=always, unit="人次",
)  # fmt: skip
GUIDANCE_SERVICES = _indicator(
    "guidances", "儿童中医药指导人次", "Guidance of small children",
    why=("反映服务工作量，每次指导计一人次。", "The work done: each guidance is one."),
    base=TimeBase.FLOW, better=Better.NEITHER, source=OF_CHILDREN, population=GUIDANCES, numerator=always, unit="人次",
)  # fmt: skip

# -- services at the grass roots, as reported ------------------------------------------------------------------------------------------

HALLS = reported(
    SERVICES,
    "halls",
    prefix="traditional_medicine",
    better=HIGHER,
    name=("设置中医馆的基层机构", "Institutions with a hall of Chinese medicine"),
    why=("中医馆使群众就近看上中医。", "A hall brings Chinese medicine near to people."),
)
HALL_COVERAGE = reported_rate(
    SERVICES,
    "halls",
    "institutions",
    code="hall_coverage",
    prefix="traditional_medicine",
    better=HIGHER,
    name=("基层机构中医馆覆盖率", "Institutions with a hall of Chinese medicine, of all"),
    why=("中医馆要实现全覆盖。", "Every institution is to have one."),
)
VILLAGE_COVERAGE = reported_rate(
    SERVICES,
    "village_clinics_able",
    "village_clinics",
    code="village_coverage",
    prefix="traditional_medicine",
    better=HIGHER,
    name=("村卫生室中医药服务覆盖率", "Village clinics able to give Chinese medicine"),
    why=("中医药服务要延伸到村。", "Chinese medicine is to reach the village."),
)
VISITS = reported(
    SERVICES,
    "visits",
    prefix="traditional_medicine",
    better=HIGHER,
    name=("基层中医诊疗人次", "Visits for Chinese medicine at the grass roots"),
    why=("反映群众对中医药的接受程度。", "How far people take it up."),
)
VISIT_SHARE = reported_rate(
    SERVICES,
    "visits",
    "all_visits",
    code="visit_share",
    prefix="traditional_medicine",
    better=HIGHER,
    name=("基层中医诊疗量占比", "Visits for Chinese medicine, of all"),
    why=("占比反映中医药服务能力。", "The share shows what Chinese medicine can do there."),
)
