"""Figures of public-health emergencies and of the checks for missed cases; to the minute and the day, as the records derive it."""

from functools import partial

from taizhang.kernel.indicators import Attribution, Better, Breakdown, Indicator, Population, TimeBase
from taizhang.kernel.query.words import Expression, RowSet, always, choose, cutoff, records
from taizhang.kernel.reporting import RATE_PLACES
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.infectious_disease import event_elements as v
from taizhang.programmes.infectious_disease.event_rules import EVENT_CONTENT, EVENT_TIMES, MISSED_CHECKING
from taizhang.programmes.infectious_disease.records import EVENT_REPORT, MISSED_CHECK
from taizhang.programmes.infectious_disease.rules import SPECIFICATION

EVENT_TARGETS = Source(SPECIFICATION, "传染病及突发公共卫生事件报告和处理服务规范 四、工作指标")

_reports, _checks = records(EVENT_REPORT), records(MISSED_CHECK)


def _rows(name: str, zh: str, en: str, rows: RowSet, *breakdowns: Breakdown) -> Population:
    return Population(
        name=name, label=Text(zh, en), attribution=Attribution.SERVED_BY, rows=rows.node, organisation=rows.organisation.node,
        breakdowns=breakdowns,
    )  # fmt: skip


_BY_GRADE = Breakdown("event_grade", v.GRADE.label, _reports.grade.node, v.GRADE.codes)
_BY_CATEGORY = Breakdown("event_category", v.CATEGORY.label, _reports.category.node, v.CATEGORY.codes)
EVENTS = _rows(
    "emergencies", "时段内接到报告的突发公共卫生事件", "Emergencies learnt of in the period",
    _reports.where(_reports.received_on.in_period & (_reports.stage == v.INITIAL)), _BY_GRADE, _BY_CATEGORY,
)  # fmt: skip
EVENTS_REPORTED = _rows(
    "emergencies_reported", "时段内网络报告的突发公共卫生事件（初步报告）", "Emergencies reported in the period (first reports)",
    _reports.where(_reports.reported_on.in_period & (_reports.stage == v.INITIAL)), _BY_GRADE, _BY_CATEGORY,
)  # fmt: skip
FOLLOWING = _rows(
    "emergency_reports_due", "时段内应完成的进程、结案报告", "Reports in progress and closing reports due in the period",
    _reports.where(_reports.next_due_on.in_period),
    Breakdown("event_next_stage", v.NEXT_STAGE.label, _reports.next_stage.node, v.NEXT_STAGE.codes),
)  # fmt: skip
CHECKS = _rows(
    "missed_case_checks", "时段内的传染病漏报调查", "Checks for missed cases in the period",
    _checks.where(_checks.checked_on.in_period),
    Breakdown("missed_looked_at", v.LOOKED_AT.label, _checks.looked_at.node, v.LOOKED_AT.codes),
)  # fmt: skip

_is_reported: Expression = (_reports.reported_on <= cutoff).named(
    "截止日前已网络报告", "reported by the cut-off", unmet=Text("接到报告后没有网络报告", "learnt of and not reported"), source=EVENT_TIMES
)
_in_time: Expression = (_reports.took_minutes <= _reports.limit_minutes).named(
    "接到报告至网络报告不超过2小时（按分钟）", "reported within two hours, to the minute",
    unmet=Text("超过2小时的报告时限", "later than two hours"), source=EVENT_TIMES,
)  # fmt: skip
_came: Expression = (_reports.answered_on <= _reports.next_due_on).named(
    "在期限内报告", "reported by its day", unmet=Text("期限内没有进程（结案）报告", "no report by its day"), source=EVENT_TIMES
)

_event = partial(
    Indicator, unit="起", counting_unit="起", attribution=Attribution.SERVED_BY, time_base=TimeBase.FLOW, source=EVENT_TARGETS,
    better=Better.NEITHER, population=EVENTS,
)  # fmt: skip
_rate = partial(
    Indicator, unit="%", counting_unit="起", places=RATE_PLACES, attribution=Attribution.SERVED_BY, time_base=TimeBase.FLOW,
    source=EVENT_TARGETS, better=Better.HIGHER, denominator=always.node,
)  # fmt: skip


def _stated(column: Expression) -> Expression:
    """What each report states, nought where it states nothing."""
    return choose((column.is_present, column), otherwise=0)


EVENT_INDICATORS = (
    _event(
        code="infectious_disease.events", name=Text("突发公共卫生事件相关信息数", "Emergencies learnt of"), numerator=always.node,
        why=Text("接到多少、报告多少，先要有数。", "How many were learnt of has to be known before asking how many were reported."),
    ),
    _event(
        code="infectious_disease.events_reported", name=Text("已网络报告的突发公共卫生事件相关信息数", "Of these, reported"),
        numerator=_is_reported.node, better=Better.HIGHER, why=Text("每一起都要报告，不得瞒报、缓报。", "Every one is to be reported."),
    ),
    _event(
        code="infectious_disease.event_cases", name=Text("突发公共卫生事件初步报告的病例数", "Cases in first reports"), unit="例",
        counting_unit="例", numerator=_stated(_reports.total_cases).node, source=EVENT_CONTENT,
        why=Text("首报时的病例数反映发现早晚。", "How many had fallen ill by the first report tells how early it was seen."),
    ),
    _rate(
        code="infectious_disease.event_report_rate", name=Text("突发公共卫生事件信息报告率", "Emergencies reported, of those learnt of"),
        population=EVENTS, numerator=_is_reported.node,
        why=Text("接到报告而没有网络报告的就是漏报。", "One that was learnt of and not reported was missed."),
    ),
    _rate(
        code="infectious_disease.event_timely_rate", name=Text("突发公共卫生事件信息报告及时率", "Emergencies reported in time"),
        population=EVENTS_REPORTED, numerator=_in_time.node,
        why=Text(
            "规范的工作指标“突发公共卫生事件相关信息报告率”即及时报告数占报告数，按分钟判定。",
            "The specification's own measure: reports in time, of all reports; judged to the minute.",
        ),
    ),
    _rate(
        code="infectious_disease.event_followed_rate", name=Text("突发公共卫生事件进程、结案报告按期率", "Later reports made in time"),
        population=FOLLOWING, numerator=_came.node, counting_unit="次", time_base=TimeBase.MATURED, source=EVENT_TIMES,
        denominator=(_reports.next_due_on <= cutoff).named("期限已满", "its day has come").node,
        why=Text("重大事件按日进程报告、终止后两周内结案，处置才有头有尾。", "Reported on daily, and closed within two weeks."),
    ),
    _rate(
        code="infectious_disease.event_complete_rate", name=Text("突发公共卫生事件信息报告卡完整率", "Cards of emergencies complete"),
        population=EVENTS_REPORTED, source=EVENT_CONTENT,
        numerator=_reports.complete.named(
            "应填项目齐全", "nothing lacks", unmet=Text("有应填项目未填", "an item lacks"), source=EVENT_CONTENT
        ).node,
        why=Text("地点、人数、症状、措施齐全，上级才能判断。", "Place, numbers, symptoms and measures are what others judge by."),
    ),
    Indicator(
        code="infectious_disease.missed_found", name=Text("漏报调查查出应报告病例数", "Cases to be reported, by checks"), unit="例",
        counting_unit="例", attribution=Attribution.SERVED_BY, time_base=TimeBase.FLOW, source=MISSED_CHECKING, better=Better.NEITHER,
        population=CHECKS, numerator=_stated(_checks.found).node,
        why=Text("漏报率的分母，反映调查的份量。", "What the rate of missed cases stands on."),
    ),
    Indicator(
        code="infectious_disease.missed_by_check", name=Text("漏报调查查出漏报病例数", "Missed cases found by checks"), unit="例",
        counting_unit="例", attribution=Attribution.SERVED_BY, time_base=TimeBase.FLOW, source=MISSED_CHECKING, better=Better.LOWER,
        population=CHECKS, numerator=_stated(_checks.missed).node,
        why=Text("查出的每一例都要补报。", "Each one found is to be reported after all."),
    ),
    Indicator(
        code="infectious_disease.missed_rate", name=Text("传染病漏报率（漏报调查）", "Cases missed, by checks"), unit="%",
        counting_unit="例", places=RATE_PLACES, attribution=Attribution.SERVED_BY, time_base=TimeBase.FLOW, source=MISSED_CHECKING,
        better=Better.LOWER,
        population=CHECKS, numerator=_stated(_checks.missed).node, denominator=_stated(_checks.found).node,
        why=Text("门诊日志、检验登记里有而没有报卡的，占应报告的比例。", "Of the cases in the logs, the share without a card."),
    ),
)  # fmt: skip
EVENT_POPULATIONS = (EVENTS, EVENTS_REPORTED, FOLLOWING, CHECKS)
