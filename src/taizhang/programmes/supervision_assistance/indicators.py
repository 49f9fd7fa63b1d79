"""Figures of supervision assistance: information found and reported, patrols held, whether each place is patrolled often enough.

A patrol sets when its place is next due. Of those that fell due in the period (matured), the rate says how many were patrolled by then; a
place whose day has not come is not yet due.
"""

from taizhang.kernel.indicators import Attribution, Better, Breakdown, Indicator, Population, TimeBase
from taizhang.kernel.query.words import Expression, always, cutoff, parameter, period_start, records
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.supervision_assistance import elements as e
from taizhang.programmes.supervision_assistance.records import CLUE, PATROL
from taizhang.programmes.supervision_assistance.rules import CONTENT, FREQUENCY, TARGETS

_patrol, _clue = records(PATROL), records(CLUE)

BY_DOMAIN = Breakdown("domain", e.PATROL_DOMAIN.label, _patrol.domain.node, e.PATROL_DOMAIN.codes)
BY_CLUE_KIND = Breakdown("kind", e.CLUE_KIND.label, _clue.kind.node, e.CLUE_KIND.codes)

CLUES = Population(
    name="assistance_clues",
    label=Text("时段内发现的事件或线索", "Events and clues found in the period"),
    attribution=Attribution.SERVED_BY,
    rows=_clue.where(_clue.found_on.in_period).node,
    organisation=_clue.organisation.node,
    breakdowns=(BY_CLUE_KIND,),
)
PATROLS = Population(
    name="assistance_patrols",
    label=Text("时段内的巡查", "Patrols of the period"),
    attribution=Attribution.SERVED_BY,
    rows=_patrol.where(_patrol.patrolled_on.in_period).node,
    organisation=_patrol.organisation.node,
)
# Each place as its patrols left it: the next one due in the period or later.
PLACES = Population(
    name="assistance_places",
    label=Text("有下次应巡查日期的对象", "Places with a patrol due"),
    attribution=Attribution.SERVED_BY,
    rows=_patrol.where((_patrol.patrolled_on <= cutoff) & (_patrol.next_due_on >= period_start)).node,
    organisation=_patrol.organisation.node,
    breakdowns=(BY_DOMAIN,),
)
KNOWN_PLACES = Population(
    name="assistance_known_places",
    label=Text("截止日在册的协管对象", "Places known at the cut-off"),
    attribution=Attribution.SERVED_BY,
    rows=_patrol.where(
        (_patrol.patrolled_on <= cutoff) & ~_patrol.ceased & (_patrol.answered_on.is_missing | (_patrol.answered_on > cutoff))
    ).node,
    organisation=_patrol.organisation.node,
    breakdowns=(BY_DOMAIN,),
)


def _indicator(
    code: str, name: tuple[str, str], unit: str, base: TimeBase, of: Population, counted: Expression, why: tuple[str, str], *,
    counting: str = "", over: Expression | None = None, source: Source = TARGETS, better: Better = Better.HIGHER,
) -> Indicator:  # fmt: skip
    return Indicator(
        code=f"supervision_assistance.{code}", name=Text(*name), unit=unit, counting_unit=counting or unit, time_base=base,
        attribution=Attribution.SERVED_BY, better=better, source=source, why=Text(*why), population=of, numerator=counted.node,
        denominator=over.node if over is not None else None, places=2 if over is not None else 0,
    )  # fmt: skip


# -- information ---------------------------------------------------------------------------------------------------------------------------

_reported = (_clue.reported_on <= cutoff).named(
    "截止日前已报告",
    "reported by the cut-off",
    unmet=Text("还没有报告，立即报告卫生监督机构并补填报告时间即可", "not reported yet; reporting it and filling in the day will mend it"),
    source=TARGETS,
)
_in_time = (_reported & (_clue.reported_in <= parameter("supervision_assistance.report_days"))).named(
    "在时限内报告", "reported in time", unmet=Text("超过时限才报告或没有报告", "reported late, or not at all"), source=CONTENT
)
FOUND = _indicator(
    "found", ("发现事件或线索", "Events and clues found"), "次", TimeBase.FLOW, CLUES, always,
    ("协管员是最靠近群众的眼睛，发现多少先要有数。", "Assistants are the eyes nearest to people; what they see is to be known."),
    better=Better.NEITHER,
)  # fmt: skip
REPORTED_CLUES = _indicator(
    "reported", ("报告事件或线索", "Events and clues reported"), "次", TimeBase.FLOW, CLUES, _reported,
    ("发现了就要报告，瞒报、漏报会误事。", "What is found is to be reported; what is kept back does harm."),
)  # fmt: skip
REPORTING = _indicator(
    "reporting", ("卫生监督协管信息报告率", "Information reported"), "%", TimeBase.FLOW, CLUES, _reported,
    ("国家规范的工作指标：报告的事件或线索次数占发现的事件或线索次数。", "The national measure: of what was found, the share reported."),
    counting="次", over=always,
)  # fmt: skip
TIMELINESS = _indicator(
    "timeliness", ("卫生监督协管信息及时报告率", "Information reported in time"), "%", TimeBase.FLOW, CLUES, _in_time,
    ("当日报告，监督机构才来得及处置。", "Only what is reported the same day can be dealt with in time."),
    counting="次", over=always, source=CONTENT,
)  # fmt: skip

# -- patrols -------------------------------------------------------------------------------------------------------------------------------

PATROLLED = _indicator(
    "patrols", ("协助开展实地巡查", "Patrols"), "次", TimeBase.FLOW, PATROLS, always,
    ("国家规范的工作指标：协助开展各类实地巡查的次数。", "The national measure: how often places were patrolled."),
)  # fmt: skip


def _patrols(code: str, domain: str, zh: str, en: str, why: tuple[str, str]) -> Indicator:
    label = next(label for code, label in e.PATROL_DOMAIN.codes if code == domain)
    own = (_patrol.domain == domain).named(
        f"巡查类别为{label.zh}",
        f"a patrol of the kind: {label.en}",
        unmet=Text(f"巡查的是其他方面，不是{label.zh}", f"a patrol of another kind, not {label.en}"),
        source=TARGETS,
    )
    return _indicator(f"{code}_patrols", (zh, en), "次", TimeBase.FLOW, PATROLS, own, why)


FOOD_PATROLS = _patrols(
    "food", e.FOOD, "食源性疾病相关巡查", "Patrols on foodborne disease",
    ("聚餐、食堂出事往往先在乡村露头。", "Trouble with meals shows first in villages."),
)  # fmt: skip
WATER_PATROLS = _patrols(
    "water", e.WATER, "饮用水卫生安全巡查", "Patrols on drinking water",
    ("农村集中供水、学校供水的隐患靠巡查发现。", "Hazards of rural and school water are found by looking."),
)  # fmt: skip
SCHOOL_PATROLS = _patrols(
    "school", e.SCHOOL, "学校卫生巡查", "Patrols on school health",
    ("学校人群密集，卫生设施和传染病防控要常看。", "Schools are crowded; their hygiene needs to be looked at often."),
)  # fmt: skip
PRACTICE_PATROLS = _patrols(
    "practice", e.PRACTICE, "非法行医和非法采供血巡查", "Patrols on illegal practice",
    ("游医、非法采供血直接危及生命。", "Unlicensed healers and the illegal taking of blood endanger lives."),
)  # fmt: skip
FAMILY_PLANNING_PATROLS = _patrols(
    "family_planning", e.FAMILY_PLANNING, "计划生育技术服务机构巡查", "Patrols of family planning services",
    ("计划生育技术服务机构要依法执业。", "Family planning services must work within the law."),
)  # fmt: skip
_problem_found = _patrol.problem_found.named(
    "巡查发现问题", "a problem was found", unmet=Text("这次巡查没有发现问题", "this patrol found no problem"), source=CONTENT
)
PROBLEMS = _indicator(
    "problems", ("巡查发现问题", "Patrols that found a problem"), "次", TimeBase.FLOW, PATROLS, _problem_found,
    ("从不发现问题的巡查，多半没有认真看。", "Patrols that never find anything were hardly made with care."),
    source=CONTENT, better=Better.NEITHER,
)  # fmt: skip
PLACES_KNOWN = _indicator(
    "places", ("在册协管对象", "Places under patrol"), "个", TimeBase.STOCK, KNOWN_PLACES, always,
    ("协管对象底数清，才谈得上巡查到位。", "Who patrols must know what there is to patrol."), source=CONTENT, better=Better.NEITHER,
)  # fmt: skip
_fell_due = _patrol.next_due_on.in_period.named(
    "应巡查日期在时段内到期",
    "fell due in the period",
    unmet=Text("时段内没有到期的巡查", "no patrol fell due in the period"),
    source=FREQUENCY,
)
_patrolled_in_time = (_patrol.answered_on <= _patrol.next_due_on).named(
    "到期前已再次巡查",
    "patrolled again by then",
    unmet=Text("到期没有再次巡查", "not patrolled again by then"),
    source=FREQUENCY,
)
ON_TIME = _indicator(
    "patrolled_on_time", ("协管对象按期巡查率", "Places patrolled on time"), "%", TimeBase.MATURED, PLACES, _fell_due & _patrolled_in_time,
    ("每个对象每季度至少巡查一次；没有到期的不计。", "Each place at least once a quarter; those whose day has not come are not yet due."),
    counting="次", over=_fell_due, source=FREQUENCY,
)  # fmt: skip
OVERDUE = _indicator(
    "overdue", ("逾期未巡查的协管对象", "Places whose patrol is overdue"), "个", TimeBase.STOCK, KNOWN_PLACES,
    (_patrol.next_due_on < cutoff).named("应巡查日期已过", "the day has passed", source=FREQUENCY),
    ("这些对象就是下一轮巡查的名单。", "These places are the list of the next round."), source=FREQUENCY, better=Better.LOWER,
)  # fmt: skip
