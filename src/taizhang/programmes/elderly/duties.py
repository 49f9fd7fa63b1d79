"""What is owed to people of 65 and over: an assessment a year, from the year in which they reach the age; and its results, told in time."""

from collections.abc import Iterator
from datetime import date, timedelta

from taizhang.kernel.duties import DueItem, Duty, History, Person, Urgency, years_owed
from taizhang.kernel.periods import day_zh
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.programmes.elderly.records import ASSESSMENT

AHEAD = timedelta(days=30)


def served_from(birth: date) -> date:
    """The first day of the year in which somebody reaches the age: the year's service is theirs already."""
    age = next(value for _, value in reversed(registry.parameters["elderly.age"].values) if value is not None)
    return date(birth.year + age, 1, 1)


def _due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    since = max([served_from(person.birth_date), *(line["started_on"] for line in history["residency"][-1:])])
    last = history[ASSESSMENT.table][-1] if history[ASSESSMENT.table] else None
    if last is None:
        for opens, due_on in years_owed(since, until):
            missed = since.year < due_on.year
            reason = Text(
                f"65岁及以上，{f'{since.year}年以来' if missed else ''}尚未做过健康状况评估，应于{due_on.year}年内完成",
                f"65 or over and never assessed{f' since {since.year}' if missed else ''}; due within {due_on.year}",
            )
            if opens <= until:
                yield DueItem(opens_on=opens, due_on=due_on, closes_on=due_on, reason=reason, urgency=Urgency.YEARLY)
    elif last["next_due_on"] is not None:
        due_on = last["next_due_on"]
        opens = max(date(last["assessed_on"].year + 1, 1, 1), due_on - AHEAD)
        reason = Text(
            f"上次评估{day_zh(last['assessed_on'])}，每年一次，应于{day_zh(due_on)}前评估",
            f"Assessed on {last['assessed_on']}, once a year; due by {due_on}",
        )
        if opens <= until:
            yield DueItem(opens_on=min(opens, due_on), due_on=due_on, reason=reason, urgency=Urgency.YEARLY)


YEARLY = Duty(
    code="elderly.assessment",
    name=Text("老年人健康状况评估", "Yearly assessment of the elderly"),
    register="elderly_assessments",
    reads=(ASSESSMENT.table, "residency"),
    due=_due,
    ages=(64, 150),
)


def _feedback_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    """The results of the last assessment, within the days of the parameter; owed until they are told or the next assessment comes."""
    last = history[ASSESSMENT.table][-1] if history[ASSESSMENT.table] else None
    if last is None or last["told_on"] is not None or last["assessed_on"] > until:
        return
    days = registry.parameters["elderly.feedback_days"].at(last["assessed_on"])
    if days is None:
        return
    due_on = last["assessed_on"] + timedelta(days=days)
    yield DueItem(
        opens_on=last["assessed_on"],
        due_on=due_on,
        reason=Text(
            f"{day_zh(last['assessed_on'])}体检评估，结果尚未反馈，应于{day_zh(due_on)}前告知本人或家属",
            f"Assessed on {last['assessed_on']}; the results are to be told by {due_on}",
        ),
        urgency=Urgency.YEARLY,
    )


FEEDBACK = Duty(
    code="elderly.feedback",
    name=Text("反馈老年人体检结果", "Telling the results to the elderly"),
    register="elderly_feedbacks",
    reads=(ASSESSMENT.table,),
    due=_feedback_due,
)
