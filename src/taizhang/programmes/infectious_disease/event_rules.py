"""Rules of reporting public-health emergencies: the first report within two hours of learning of it, the reports in progress, the closing
report, and what each report has to say. No Django, no clock.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from taizhang.kernel.query.words import Expression, records
from taizhang.kernel.rules import EntryRule, Notice
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.infectious_disease import event_elements as e
from taizhang.programmes.infectious_disease.records import EVENT_REPORT, MISSED_CHECK
from taizhang.programmes.infectious_disease.timing import Moment, day_of_limit, in_force, minutes_between, moment, not_before

EVENT_DOCUMENT = "国家突发公共卫生事件相关信息报告管理工作规范（试行）"
EVENT_TIMES = Source(EVENT_DOCUMENT, "报告时限和程序")
EVENT_CONTENT = Source(EVENT_DOCUMENT, "报告内容")
EVENT_CARD = Source(EVENT_DOCUMENT, "附表 突发公共卫生事件相关信息报告卡")
MISSED_CHECKING = Source("传染病信息报告管理规范（2026年版）", "漏报检查")


def _received(row: Mapping[str, Any]) -> Moment:
    return row["received_on"], row["received_hour"], row["received_minute"]


def _reported(row: Mapping[str, Any]) -> Moment:
    return row["reported_on"], row["reported_hour"], row["reported_minute"]


def _order(row: Mapping[str, Any]) -> tuple[str, date, int, int, int]:
    """Within an event: first report, reports in progress, closing report; in progress by day, then hour, minute and number."""
    return row["stage"], row["reported_on"] or row["filled_on"], row["reported_hour"] or 0, row["reported_minute"] or 0, row["number"] or 0


def judge_event_reports(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The derived columns of one institution's report cards, in the order given. Cards of one name are one event."""
    events: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        events.setdefault(row["name"].strip(), []).append(row)
    for reports in events.values():
        reports.sort(key=_order)
    return [_judged(row, events[row["name"].strip()]) for row in rows]


def _judged(row: Mapping[str, Any], event: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    first = row["stage"] == e.INITIAL
    limit = in_force("event_minutes", row["received_on"]) if first else None
    place = next(number for number, each in enumerate(event) if each is row)
    stage, due_on, answered_on = _next_report(row, event[place + 1 :])
    lacking = lacking_of_event(row)
    return {
        "limit_minutes": limit,
        "due_on": day_of_limit(moment(*_received(row)), limit),
        "took_minutes": minutes_between(_received(row), _reported(row)) if first else None,
        "next_stage": stage,
        "next_due_on": due_on,
        "answered_on": answered_on,
        "lacking": ",".join(lacking) or None,
        "complete": not lacking,
    }


def _next_report(row: Mapping[str, Any], later: Sequence[Mapping[str, Any]]) -> tuple[str | None, date | None, date | None]:
    """What is due after a report, by when, and when it came: the closing report within so many days of the end; before that a report a day
    while the event is graded as serious or most serious. Of lesser grades the document sets no day while the event lasts: the closing
    report is open, and any later report answers."""
    if row["stage"] == e.CLOSING or row["reported_on"] is None:
        return None, None, None
    if row["ended_on"] is not None:
        days = in_force("event_closing_days", row["ended_on"])
        if days is None:
            return None, None, None
        came = next((each["reported_on"] for each in later if each["stage"] == e.CLOSING and each["reported_on"]), None)
        return e.CLOSING, row["ended_on"] + timedelta(days=days), came
    days = in_force("event_progress_days", row["reported_on"])
    came = next((each["reported_on"] for each in later if each["reported_on"]), None)
    if row["grade"] not in e.DAILY_GRADES:
        return e.CLOSING, None, came
    if days is None:
        return None, None, None
    return e.PROCESS, row["reported_on"] + timedelta(days=days), came


def lacking_of_event(row: Mapping[str, Any]) -> list[str]:
    """What the document wants a report of its stage to say and this one does not, as codes of LACKING."""
    conditions = (
        ("1", row["occurred_on"] is None),
        ("2", not row["place"]),
        ("3", not row["spread"]),
        ("4", row["total_cases"] is None),
        ("5", not row["symptoms"] and not row["signs"]),
        ("6", not row["diagnosis"]),
        ("7", not row["measures"]),
        ("8", not row["information"]),
        ("9", not row["phone"]),
        ("10", row["setting"] == e.AT_SCHOOL and not row["school_kind"]),
        ("11", row["stage"] == e.PROCESS and not row["trend"]),
        ("12", row["stage"] == e.CLOSING and not row["final_diagnosis"]),
    )
    return [code for code, lacks in conditions if lacks]


# -- what a record must meet ---------------------------------------------------------------------------------------------------------

_report, _check = records(EVENT_REPORT), records(MISSED_CHECK)


def _rule(table: str, name: str, holds: Expression, zh: str, en: str, *fields: str, source: Source = EVENT_CARD) -> EntryRule:
    return EntryRule(name=f"{table}.{name}", table=table, holds=holds.node, refusal=Text(zh, en), fields=fields, source=source)


def _at_most(less: Expression, more: Expression) -> Expression:
    return less.is_missing | more.is_missing | (less <= more)


EVENT_RULES = (
    _rule(
        EVENT_REPORT.table, "report_timed",
        _report.reported_on.is_missing | (_report.reported_hour.is_present & _report.reported_minute.is_present),
        "填了网络报告日期，还应填几时几分；及时与否按分钟判定。", "A report needs its hour and minute too: it is judged to the minute.",
        "reported_hour", "reported_minute",
    ),
    _rule(
        EVENT_REPORT.table, "reported_after_learning", not_before(_report, "reported", "received"),
        "网络报告时间早于接到报告时间；请核对日期、时、分。", "Reported before it was learnt of. Check day, hour and minute.",
        "reported_hour", "received_hour",
    ),
    _rule(
        EVENT_REPORT.table, "learnt_after_it_happened", _report.occurred_on.is_missing | (_report.occurred_on <= _report.received_on),
        "事件发生日期{occurred_on}晚于接到报告日期{received_on}；请核对。",
        "It happened on {occurred_on}, after it was learnt of ({received_on}).",
        "occurred_on", "received_on",
    ),
    _rule(
        EVENT_REPORT.table, "deaths_within_cases", _at_most(_report.total_deaths, _report.total_cases),
        "累计死亡{total_deaths}例多于累计病例{total_cases}例；请核对。", "{total_deaths} deaths of {total_cases} cases. Check both.",
        "total_deaths", "total_cases",
    ),
    _rule(
        EVENT_REPORT.table, "new_within_total",
        _at_most(_report.new_cases, _report.total_cases) & _at_most(_report.new_deaths, _report.total_deaths),
        "新报告的病例（死亡）数多于累计数；请核对。", "More new cases or deaths than there are so far. Check them.",
        "new_cases", "new_deaths",
    ),
    _rule(
        EVENT_REPORT.table, "onsets_in_order", _at_most(_report.first_onset_on, _report.last_onset_on),
        "首例发病日期{first_onset_on}晚于末例发病日期{last_onset_on}；请核对。",
        "The first onset {first_onset_on} is after the last {last_onset_on}.",
        "first_onset_on", "last_onset_on",
    ),
    _rule(
        EVENT_REPORT.table, "ended_after_learning", _at_most(_report.received_on, _report.ended_on),
        "事件终止日期{ended_on}早于接到报告日期{received_on}；请核对。", "Ended on {ended_on}, before it was learnt of on {received_on}.",
        "ended_on", "received_on",
    ),
    _rule(
        EVENT_REPORT.table, "closed_when_ended", (_report.stage != e.CLOSING) | _report.ended_on.is_present,
        "结案报告须填确认事件终止日期。", "A closing report says when the event was confirmed as ended.", "ended_on", source=EVENT_CONTENT,
    ),
    _rule(
        MISSED_CHECK.table, "reported_within_found", _at_most(_check.already, _check.found),
        "已报告{already}例多于应报告{found}例；请核对。", "{already} reported of {found} that had to be. Check both.",
        "already", "found", source=MISSED_CHECKING,
    ),
    _rule(
        MISSED_CHECK.table, "late_within_reported", _at_most(_check.late_found, _check.already),
        "迟报{late_found}例多于已报告{already}例；请核对。", "{late_found} late of {already} reported. Check both.",
        "late_found", "already", source=MISSED_CHECKING,
    ),
    _rule(
        MISSED_CHECK.table, "span_in_order", _check.covers_from <= _check.covers_to,
        "查阅期间的起日{covers_from}晚于止日{covers_to}；请核对。", "The span begins on {covers_from}, after its end {covers_to}.",
        "covers_from", "covers_to", source=MISSED_CHECKING,
    ),
)  # fmt: skip

EVENT_NOTICES = (
    Notice(
        "event_report.two_hours", EVENT_REPORT.table, ((_report.stage == e.INITIAL) & _report.reported_on.is_missing).node,
        Text(
            "须在接到报告后2小时内网络报告，并立即电话报告县疾控中心和卫生健康局；报告后补填几时几分。",
            "To be reported within two hours of learning of it, and by telephone at once to the county CDC and the bureau.",
        ),
        urgent=True, source=EVENT_TIMES,
    ),
    Notice(
        "event_report.late", EVENT_REPORT.table, (_report.took_minutes > _report.limit_minutes).node,
        Text(
            "接到报告至网络报告用时{took_minutes}分钟，超过时限{limit_minutes}分钟。",
            "Reported after {took_minutes} minutes; {limit_minutes} are allowed.",
        ),
        source=EVENT_TIMES,
    ),
    Notice(
        "event_report.progress_due", EVENT_REPORT.table, ((_report.next_stage == e.PROCESS) & _report.answered_on.is_missing).node,
        Text("重大及以上事件须按日进程报告，下一次应于{next_due_on}前报告。", "A report a day: the next is due by {next_due_on}."),
        urgent=True, source=EVENT_TIMES,
    ),
    Notice(
        "event_report.closing_due", EVENT_REPORT.table,
        ((_report.next_stage == e.CLOSING) & _report.next_due_on.is_present & _report.answered_on.is_missing).node,
        Text("事件已终止，结案报告应于{next_due_on}前报告。", "The event is over: its closing report is due by {next_due_on}."),
        source=EVENT_TIMES,
    ),
    Notice(
        "event_report.incomplete", EVENT_REPORT.table, (~_report.complete).node,
        Text("报告卡还有应填项目未填，见“报告卡尚缺项目”。", "The card still lacks items; see what is lacking."), source=EVENT_CONTENT,
    ),
    Notice(
        "missed_check.missed", MISSED_CHECK.table, (_check.missed > 0).node,
        Text("查出漏报{missed}例，请逐例补报，并填补报完成日期。", "{missed} were missed: report each, and say when that was done."),
        urgent=True, source=MISSED_CHECKING,
    ),
)  # fmt: skip
