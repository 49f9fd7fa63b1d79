"""Figures of reporting: 报告率 of the register, 及时率 of the cards, what was missed; to the minute, as the records derive it."""

from functools import partial

from taizhang.county.vocabulary import BY_SEX
from taizhang.kernel.indicators import Attribution, Better, Breakdown, Indicator, Population, TimeBase
from taizhang.kernel.query.words import Expression, RowSet, always, cutoff, period_end, period_start, records
from taizhang.kernel.reporting import RATE_PLACES
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.infectious_disease import elements as e
from taizhang.programmes.infectious_disease import event_indicators as events
from taizhang.programmes.infectious_disease.records import CARD, SUSPICION
from taizhang.programmes.infectious_disease.rules import CARD_FORM, REGULATION, SPECIFICATION

TARGETS = Source(SPECIFICATION, "传染病及突发公共卫生事件报告和处理服务规范 四、工作指标")
MISSED = Source("传染病信息报告管理规范（2026年版）", "漏报检查")

_entries, _cards = records(SUSPICION), records(CARD)


def _by_class(rows: RowSet) -> Breakdown:
    classes = tuple((code, name) for code, name in e.DISEASE_CLASS.codes)
    return Breakdown("notifiable_class", Text("传染病类别", "Class"), rows.disease_class.node, classes)


def _rows(name: str, zh: str, en: str, rows: RowSet) -> Population:
    return Population(
        name=name, label=Text(zh, en), attribution=Attribution.SERVED_BY, rows=rows.node, organisation=rows.organisation.node,
        breakdowns=(BY_SEX, _by_class(rows)),
    )  # fmt: skip


REGISTERED = _rows(
    "infection_cases", "时段内登记的应报告传染病病例", "Cases to be reported, registered in the period",
    _entries.where(_entries.diagnosed_on.in_period & _entries.owed),
)  # fmt: skip
MATURED = _rows(
    "infection_cases_due", "报告时限在时段内届满的传染病病例", "Cases whose time to report runs out in the period",
    _entries.where(_entries.owed & (_entries.due_on >= period_start) & (_entries.due_on <= period_end)),
)  # fmt: skip
CARDS = _rows(
    "infection_cards", "时段内网络报告的传染病病例（初次报告，未作废）", "Cases reported in the period (first cards, not void)",
    _cards.where(_cards.reported_on.in_period & (
    _cards.card_kind == e.FIRST_CARD) & _cards.void_on.is_missing & _cards.disease_class.is_present),
)  # fmt: skip

CORRECTIONS = _rows(
    "infection_corrections", "时段内网络报告的疑似病例订正", "Corrections of suspected cases in the period",
    _cards.where(_cards.reported_on.in_period & _cards.resolves & _cards.limit_minutes.is_present),
)  # fmt: skip

_is_reported: Expression = (_entries.card_on <= cutoff).named(
    "截止日前已网络报告", "reported by the cut-off", unmet=Text("登记后没有对应的传染病报告卡", "no card answers the entry"), source=TARGETS
)
_in_time: Expression = (_cards.took_minutes <= _cards.limit_minutes).named(
    "诊断至网络报告不超过时限（按分钟）", "reported within the limit, to the minute",
    unmet=Text("超过2小时或24小时的报告时限", "later than its two or twenty-four hours"), source=REGULATION,
)  # fmt: skip
_reviewed: Expression = (_cards.review_took <= _cards.review_limit).named(
    "报告至审核不超过时限（按分钟）", "reviewed within the limit, to the minute",
    unmet=Text("超过时限未审核或审核超时", "not reviewed, or too late"), source=REGULATION,
)  # fmt: skip

_count = partial(
    Indicator,
    unit="例",
    counting_unit="例",
    attribution=Attribution.SERVED_BY,
    time_base=TimeBase.FLOW,
    source=TARGETS,
    better=Better.NEITHER,
)
_rate = partial(
    Indicator, unit="%", counting_unit="例", places=RATE_PLACES, attribution=Attribution.SERVED_BY, time_base=TimeBase.FLOW, source=TARGETS,
    better=Better.HIGHER, denominator=always.node,
)  # fmt: skip

REGISTERED_CASES = _count(
    code="infectious_disease.registered", name=Text("登记传染病病例数", "Cases registered"), population=REGISTERED, numerator=always.node,
    why=Text("登记是发现漏报的依据，是报告率的分母。", "The register shows what was missed; the rate stands on it."),
)  # fmt: skip
REPORTED_CASES = _count(
    code="infectious_disease.reported", name=Text("登记病例中已网络报告的例数", "Of these, reported"), population=REGISTERED,
    numerator=_is_reported.node, better=Better.HIGHER, why=Text("登记的每一例都要报告。", "Every case registered is to be reported."),
)  # fmt: skip
REPORT_RATE = _rate(
    code="infectious_disease.report_rate", name=Text("传染病疫情报告率", "Cases reported, of those registered"), population=REGISTERED,
    numerator=_is_reported.node,
    why=Text("规范规定的工作指标；截止日当天登记、时限未满的也在分母中。",
    "An indicator of the specification; who was registered hours ago is counted too."),
)  # fmt: skip
REPORT_RATE_MATURED = _rate(
    code="infectious_disease.report_rate_matured", name=Text("传染病疫情报告率（时限已满）",
    "Cases reported, of those whose time has run out"),
    population=MATURED, numerator=_is_reported.node, denominator=(_entries.due_on <= cutoff).named("报告时限已满",
    "its time has run out").node,
    time_base=TimeBase.MATURED, why=Text("只评价时限已满的病例，未到时限的不算缺口。", "Only cases whose time has run out are judged."),
)  # fmt: skip
MISSED_CASES = _count(
    code="infectious_disease.missed", name=Text("漏报传染病病例数", "Cases missed"), population=MATURED, better=Better.LOWER, source=MISSED,
    numerator=((_entries.due_on <= cutoff) & ~(_entries.card_on.is_present & (_entries.card_on <= cutoff))).named(
        "时限已满仍未报告", "not reported though its time has run out", unmet=Text("已报告", "reported"), source=MISSED,
    ).node,
    why=Text("漏报使疫情失去处置时机。", "A case that is missed spreads."),
)  # fmt: skip
CARDS_REPORTED = _count(
    code="infectious_disease.cards", name=Text("网络报告传染病病例数", "Cases reported by card"), population=CARDS, numerator=always.node,
    why=Text("及时率的分母。", "What timeliness stands on."),
)  # fmt: skip
TIMELY = _count(
    code="infectious_disease.timely", name=Text("报告及时的传染病病例数", "Cases reported in time"), population=CARDS,
    numerator=_in_time.node,
    better=Better.HIGHER, why=Text("报得快才控得住。", "What is reported soon can be contained."),
)  # fmt: skip
TIMELY_RATE = _rate(
    code="infectious_disease.timely_rate", name=Text("传染病疫情报告及时率", "Cases reported in time"), population=CARDS,
    numerator=_in_time.node, why=Text("规范规定的工作指标，按诊断至报告的分钟数判定。",
    "An indicator of the specification, judged to the minute."),
)  # fmt: skip
REVIEW_RATE = _rate(
    code="infectious_disease.review_rate", name=Text("传染病报告卡及时审核率", "Cards reviewed in time"), population=CARDS,
    numerator=_reviewed.node, denominator=(_cards.review_due_on <= cutoff).named("审核时限已满", "its time of review has run out").node,
    time_base=TimeBase.MATURED, source=REGULATION, why=Text("未经审核的卡片不进入疫情统计。",
    "A card that is not reviewed is in no statistics."),
)  # fmt: skip
COMPLETE_RATE = _rate(
    code="infectious_disease.complete_rate", name=Text("传染病报告卡填写完整率", "Cards complete"), population=CARDS, source=CARD_FORM,
    numerator=_cards.complete.named("应填项目齐全", "nothing lacks", unmet=Text("有应填项目未填", "an item lacks"), source=CARD_FORM).node,
    why=Text("住址、电话、学校填全了才能追踪传染来源。", "The source is traced by address, phone and school."),
)  # fmt: skip
DOUBLED_RATE = _rate(
    code="infectious_disease.doubled_rate", name=Text("传染病报告卡重卡率", "Cards of an illness that had one"), population=CARDS,
    source=CARD_FORM, better=Better.LOWER,
    numerator=_cards.doubled.named("同一病例已有报告卡", "a second card", unmet=Text("不是重卡", "not doubled"), source=CARD_FORM).node,
    why=Text("重卡虚增发病数。", "Second cards inflate the count of cases."),
)  # fmt: skip
CORRECTION_RATE = _rate(
    code="infectious_disease.correction_rate", name=Text("疑似病例及时订正率", "Suspected cases settled and corrected in time"),
    population=CORRECTIONS, numerator=_in_time.node, source=REGULATION,
    why=Text("确诊或排除后24小时内订正，疫情数字才真实。", "Corrected within a day of being settled, or the numbers are wrong."),
)  # fmt: skip

# -- emergencies, and checks for missed cases: event_indicators.py -------------------------------------------------------------------

EVENT_POPULATIONS = events.EVENT_POPULATIONS
EVENT_INDICATORS = events.EVENT_INDICATORS
