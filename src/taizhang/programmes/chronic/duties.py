"""What is owed to every patient under management: the next visit, as the last judged one says, else counted from enrolment."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from taizhang.kernel.duties import DueItem, Duty, History, Person, Urgency
from taizhang.kernel.periods import add_months, day_zh
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.disease import ManagedDisease
from taizhang.programmes.chronic.visits import NOT_ASSESSED, REFERRAL, ROUTINE, TWO_WEEKS_ADVERSE, TWO_WEEKS_UNCONTROLLED

# A routine visit is announced so many days ahead; no document states it.
AHEAD = timedelta(days=14)

# What the last visit measured, as the doctor says it: "血压158/96"; None where nothing was.
Measured = Callable[[Mapping[str, Any]], Text | None]

_REASONS = {
    ROUTINE: Text("上次{measured}，控制满意，应于{day}前随访", "Last time {measured}, controlled; visit by {day}"),
    TWO_WEEKS_UNCONTROLLED: Text(
        "上次{measured}，首次控制不满意，应于{day}前复查", "Last time {measured}, not controlled for the first time; see again by {day}"
    ),
    TWO_WEEKS_ADVERSE: Text("上次出现药物不良反应，应于{day}前复查", "Last time an adverse drug reaction; see again by {day}"),
    REFERRAL: Text("上次{measured}，已建议转诊，应于{day}前了解转诊结果", "Last time {measured}, referred; follow the referral by {day}"),
}
_URGENCY = {REFERRAL: Urgency.DANGER, TWO_WEEKS_UNCONTROLLED: Urgency.EARLY, TWO_WEEKS_ADVERSE: Urgency.EARLY}
_UNMEASURED = Text("随访", "visited")


def visit_duty(disease: ManagedDisease, name: Text, *, measured: Measured) -> Duty:
    """The duty to visit the disease's patients."""
    case_table, visit_table = disease.case.table, disease.follow_up.table

    def due(person: Person, history: History, until: date) -> Iterator[DueItem]:
        case = open_case(history, case_table)
        if case is None:
            return
        item = _after_visits(history[visit_table], case["enrolled_on"], measured) or _first(disease, case["enrolled_on"])
        if item is not None and item.opens_on <= until:
            yield item

    return Duty(code=disease.named("visit"), name=name, register=f"{disease.code}_follow_ups", reads=(case_table, visit_table), due=due)


def open_case(history: History, table: str) -> Mapping[str, Any] | None:
    """The case that has not been closed, the latest if there are several."""
    return next((case for case in reversed(history[table]) if case["closed_on"] is None), None)


def by_day(day: date, after: date) -> dict[str, str]:
    """A day as reasons name it, by language: 6月14日, 14 June; with its year where it is not that of the day it follows."""
    if day.year != after.year:
        return {"zh": day_zh(day), "en": day.isoformat()}
    return {"zh": day_zh(day).partition("年")[2], "en": f"{day.day} {day:%B}"}


def said(wording: Text, **filled: Mapping[str, str] | Text) -> Text:
    """A reason with its names filled in, each in its language."""

    def of(language: str) -> dict[str, str]:
        return {n: v.in_language(language) if isinstance(v, Text) else v[language] for n, v in filled.items()}

    return Text(wording.zh.format(**of("zh")), wording.en.format(**of("en")))


def _after_visits(visits: Any, enrolled_on: date, measured: Measured) -> DueItem | None:
    """As the last visit under this case that a due day followed from says. A visit at which nobody was reached carries on the day that
    stood; the values told are those of the last one that was judged."""
    under = [visit for visit in visits if visit["next_due_on"] is not None and visit["visited_on"] >= enrolled_on]
    if not under:
        return None
    last = under[-1]
    judged = next((v for v in reversed(under) if v["visit_class"] != NOT_ASSESSED or v["danger_signs"] or measured(v)), last)
    due_on, reason = last["next_due_on"], last["due_reason"]
    opens = due_on - AHEAD if reason == ROUTINE else judged["visited_on"] + timedelta(days=1)
    day = by_day(due_on, judged["visited_on"])
    words = said(_REASONS.get(reason, _REASONS[ROUTINE]), measured=measured(judged) or _UNMEASURED, day=day)
    return DueItem(opens_on=min(opens, due_on), due_on=due_on, reason=words, urgency=_URGENCY.get(reason, Urgency.ROUTINE))


def _first(disease: ManagedDisease, enrolled_on: date) -> DueItem | None:
    months = registry.parameters[disease.named("routine_months")].at(enrolled_on)
    if months is None:  # enrolled before any rule was in force: by the first one
        months = next((value for _, value in registry.parameters[disease.named("routine_months")].values if value is not None), None)
    if months is None:
        return None
    due_on = add_months(enrolled_on, months)
    wording = Text("{enrolled}纳入管理后尚未随访，应于{day}前随访", "Not visited since the enrolment on {enrolled}; visit by {day}")
    enrolled = {"zh": day_zh(enrolled_on), "en": enrolled_on.isoformat()}
    reason = said(wording, enrolled=enrolled, day=by_day(due_on, enrolled_on))
    return DueItem(opens_on=enrolled_on, due_on=due_on, reason=reason)
