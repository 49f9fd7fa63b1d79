"""What is owed to patients with severe mental illness: the next visit, and the yearly examination with consent."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from taizhang.kernel.duties import DueItem, Duty, History, Person, Urgency
from taizhang.kernel.periods import add_months, day_zh
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.duties import by_day, open_case, said
from taizhang.programmes.health_records.records import EXAMINATION
from taizhang.programmes.mental_illness.elements import AGREED, CLASSES, NOT_ASSESSED
from taizhang.programmes.mental_illness.records import CASE, FOLLOW_UP
from taizhang.programmes.mental_illness.rules import HIGH_RISK
from taizhang.programmes.mental_illness.visits import MONTH_FAIRLY, ROUTINE, TWO_WEEKS_FAIRLY, TWO_WEEKS_UNSTABLE

# A routine visit or examination is announced so many days ahead; no document states it.
AHEAD_VISIT, AHEAD_EXAMINATION = timedelta(days=14), timedelta(days=30)

_REASONS = {
    ROUTINE: Text("上次病情{state}，应于{day}前随访并评估危险性", "Last time {state}; visit and assess the risk by {day}"),
    TWO_WEEKS_UNSTABLE: Text("上次病情不稳定（危险性{risk}级），应于{day}前随访", "Last time unstable (risk {risk}); visit by {day}"),
    TWO_WEEKS_FAIRLY: Text("上次病情基本稳定，调整治疗后应于{day}前随访", "Last time fairly stable and treatment changed; visit by {day}"),
    MONTH_FAIRLY: Text("处理后仍未达到稳定，请专科医师指导，应于{day}前随访", "Still not stable: ask a psychiatrist, and visit by {day}"),
}


def _visit_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    case = open_case(history, CASE.table)
    if case is None:
        return
    item = _after_visits(history[FOLLOW_UP.table], case["enrolled_on"]) or _first(case["enrolled_on"])
    if item is not None and item.opens_on <= until:
        yield item


def _after_visits(visits: Any, enrolled_on: date) -> DueItem | None:
    under = [visit for visit in visits if visit["next_due_on"] is not None and visit["visited_on"] >= enrolled_on]
    if not under:
        return None
    due_on, reason = under[-1]["next_due_on"], under[-1]["due_reason"]
    judged = next((visit for visit in reversed(under) if visit["visit_class"] != NOT_ASSESSED), under[-1])
    risk = str(judged["risk"] or "")
    words = said(
        _REASONS[reason],
        state=_in_a_sentence(CLASSES[judged["visit_class"]]),
        risk=Text(risk, risk),
        day=by_day(due_on, judged["visited_on"]),
    )
    opens = due_on - AHEAD_VISIT if reason == ROUTINE else judged["visited_on"] + timedelta(days=1)
    return DueItem(opens_on=min(opens, due_on), due_on=due_on, reason=words, urgency=_urgency(judged, reason))


def _in_a_sentence(state: Text) -> Text:
    return Text(state.zh, state.en.lower())


def _urgency(judged: Mapping[str, Any], reason: str) -> Urgency:
    if reason == TWO_WEEKS_UNSTABLE or judged["risk"] in HIGH_RISK:
        return Urgency.DANGER
    return Urgency.ROUTINE if reason == ROUTINE else Urgency.EARLY


def _first(enrolled_on: date) -> DueItem | None:
    months = _in_force("routine_months", enrolled_on)
    if months is None:
        return None
    due_on = add_months(enrolled_on, months)
    reason = said(
        Text("{enrolled}建档后尚未随访，应于{day}前随访", "Not visited since the registration on {enrolled}; visit by {day}"),
        enrolled={"zh": day_zh(enrolled_on), "en": enrolled_on.isoformat()},
        day=by_day(due_on, enrolled_on),
    )
    return DueItem(opens_on=enrolled_on, due_on=due_on, reason=reason)


def _examination_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    """Once a year, for who agreed to be managed; twelve months after the last one, else within the year of registration."""
    case = open_case(history, CASE.table)
    if case is None or case["consent"] != AGREED:
        return
    last = history[EXAMINATION.table][-1]["examined_on"] if history[EXAMINATION.table] else None
    if last is None:
        opens, due_on = case["enrolled_on"], date(case["enrolled_on"].year, 12, 31)
        reason = Text("在管患者尚未体检，征得同意后安排", "Under management and not yet examined; arrange it with consent")
    else:
        due_on = add_months(last, 12)
        opens = max(date(last.year + 1, 1, 1), due_on - AHEAD_EXAMINATION)
        reason = said(
            Text(
                "上次体检{last}，应于{day}前体检（病情许可并征得同意）",
                "Examined on {last}; due by {day}, if the patient is well enough and agrees",
            ),
            last={"zh": day_zh(last), "en": last.isoformat()},
            day=by_day(due_on, last),
        )
    if opens <= until:
        yield DueItem(opens_on=min(opens, due_on), due_on=due_on, reason=reason, urgency=Urgency.YEARLY)


def _in_force(name: str, day: date) -> int | None:
    """The number in force on a day; who was enrolled before any rule was in force goes by the first one."""
    values = registry.parameters[f"mental_illness.{name}"]
    return values.at(day) or next((value for _, value in values.values if value is not None), None)


VISIT = Duty(
    code="mental_illness.visit",
    name=Text("严重精神障碍患者随访", "Visit to a patient with severe mental illness"),
    register="mental_illness_follow_ups",
    reads=(CASE.table, FOLLOW_UP.table),
    due=_visit_due,
)

EXAMINATION_A_YEAR = Duty(
    code="mental_illness.examination",
    name=Text("严重精神障碍患者健康体检", "Yearly examination in severe mental illness"),
    register="examinations",
    reads=(CASE.table, EXAMINATION.table),
    due=_examination_due,
)
