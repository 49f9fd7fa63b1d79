"""What is owed in tuberculosis: following up a referral, the first home visit, visits during treatment, the closing of the case."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from taizhang.kernel.duties import DueItem, Duty, History, Opening, Person, Urgency
from taizhang.kernel.periods import add_months, day_zh
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.duties import by_day, said
from taizhang.programmes.elements import NOT_REACHED, REACHED
from taizhang.programmes.tuberculosis.elements import RETREATED
from taizhang.programmes.tuberculosis.records import CASE, FIRST_VISIT, FOLLOW_UP, REFERRAL
from taizhang.programmes.tuberculosis.visits import DUE_REASONS, FAMILY_CONTINUATION, MEDICAL
from taizhang.programmes.tuberculosis.visits import REFERRAL as AFTER_REFERRAL

# A monthly visit is announced so many days ahead; no document states it.
AHEAD = timedelta(days=7)
_MONTHLY = (MEDICAL, FAMILY_CONTINUATION)
_RESISTANT = "1"


def _in_force(name: str, day: date) -> int:
    """The number in force on a day; before any rule was in force, the first one."""
    values = registry.parameters[f"tuberculosis.{name}"]
    return values.at(day) or next(value for _, value in values.values if value is not None)


def _named(day: date) -> dict[str, str]:
    return {"zh": day_zh(day), "en": day.isoformat()}


def open_case(history: History) -> Mapping[str, Any] | None:
    """The case whose treatment has not stopped, the latest if there are several."""
    return next((case for case in reversed(history[CASE.table]) if case["stopped_on"] is None), None)


def _under(history: History, table: str, case: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [visit for visit in history[table] if visit["visited_on"] >= case["notified_on"]]


def _tracing_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    """Everybody referred who has neither arrived nor been asked since."""
    for referral in history[REFERRAL.table]:
        referred = referral["referred_on"]
        if referral["traced_on"] is not None or referral["arrived_on"] is not None or referred > until:
            continue
        due_on = referred + timedelta(days=_in_force("tracing_days", referred))
        reason = said(
            Text("{on}推介转诊，应于{day}前电话随访是否就诊", "Referred on {on}; ask by telephone by {day} whether the hospital was seen"),
            on=_named(referred),
            day=by_day(due_on, referred),
        )
        yield DueItem(opens_on=referred, due_on=due_on, reason=reason, urgency=Urgency.EARLY, item=referred.isoformat())


def _traced_referral(history: History, item: str) -> Opening:
    return Opening(record=next((line["id"] for line in history[REFERRAL.table] if line["referred_on"].isoformat() == item), None))


def _first_visit_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    case = open_case(history)
    if case is None or case["notified_on"] > until:
        return
    attempts = _under(history, FIRST_VISIT.table, case)
    if any(visit["outcome"] == REACHED for visit in attempts):
        return
    notified = case["notified_on"]
    due_on = notified + timedelta(days=_in_force("first_visit_days", notified))
    in_vain = sum(visit["outcome"] == NOT_REACHED for visit in attempts)
    told = any(visit["told_above_on"] for visit in attempts)
    if in_vain >= _in_force("attempts", notified) and not told:
        wording = Text(
            "已{times}次未访到，应立即向上级专业机构报告并继续追访", "Not met {times} times: tell the level above at once and go on trying"
        )
    else:
        wording = Text("{on}接到通知单，72小时内（{day}前）第一次入户随访", "Notice of {on}: first home visit within 72 hours, by {day}")
    reason = said(wording, times=Text(str(in_vain), str(in_vain)), on=_named(notified), day=by_day(due_on, notified))
    yield DueItem(opens_on=notified, due_on=due_on, reason=reason, urgency=Urgency.DANGER)


def _visit_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    """As the last visit says that a due day followed from, the first home visit included."""
    case = open_case(history)
    if case is None:
        return
    visits = [*_under(history, FIRST_VISIT.table, case), *_under(history, FOLLOW_UP.table, case)]
    under = sorted((visit for visit in visits if visit["next_due_on"] is not None), key=lambda visit: visit["visited_on"])
    if not under:
        return
    last = under[-1]
    due_on, code = last["next_due_on"], last["due_reason"]
    opens = due_on - AHEAD if code in _MONTHLY else last["visited_on"] + timedelta(days=1)
    if min(opens, due_on) > until:
        return
    reason = said(Text("{why}，应于{day}前随访", "{why}; visit by {day}"), why=DUE_REASONS[code], day=by_day(due_on, last["visited_on"]))
    urgency = Urgency.DANGER if code == AFTER_REFERRAL else Urgency.ROUTINE if code in _MONTHLY else Urgency.EARLY
    yield DueItem(opens_on=min(opens, due_on), due_on=due_on, reason=reason, urgency=urgency)


def _closing_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    """When the course is over. Treatment of a resistant disease has no length that a document states."""
    case = open_case(history)
    if case is None or case["treatment_started_on"] is None or case["resistance"] == _RESISTANT:
        return
    started = case["treatment_started_on"]
    course = "course_months_again" if case["patient_type"] == RETREATED else "course_months_new"
    over = add_months(started, _in_force(course, started))
    if over > until:
        return
    due_on = over + timedelta(days=14)
    reason = said(
        Text("{on}开始治疗，{day}满疗程，应作结案评估", "Treatment began on {on} and ends on {day}: assess and close the case"),
        on=_named(started),
        day=by_day(over, started),
    )
    yield DueItem(opens_on=over, due_on=due_on, reason=reason)


def _closed_case(history: History, item: str) -> Opening:
    case = open_case(history)
    return Opening(record=case["id"] if case is not None else None)


TRACING = Duty(
    code="tuberculosis.tracing",
    name=Text("肺结核转诊追踪", "Following up a tuberculosis referral"),
    register="tuberculosis_referrals",
    reads=(REFERRAL.table,),
    due=_tracing_due,
    opening=_traced_referral,
)
FIRST = Duty(
    code="tuberculosis.first_visit",
    name=Text("肺结核第一次入户随访", "First home visit in tuberculosis"),
    register="tuberculosis_first_visits",
    reads=(CASE.table, FIRST_VISIT.table),
    due=_first_visit_due,
)
VISIT = Duty(
    code="tuberculosis.visit",
    name=Text("肺结核随访", "Tuberculosis visit"),
    register="tuberculosis_follow_ups",
    reads=(CASE.table, FIRST_VISIT.table, FOLLOW_UP.table),
    due=_visit_due,
)
CLOSE = Duty(
    code="tuberculosis.closing",
    name=Text("肺结核结案评估", "Closing a tuberculosis case"),
    register="tuberculosis_cases",
    reads=(CASE.table,),
    due=_closing_due,
    opening=_closed_case,
)
