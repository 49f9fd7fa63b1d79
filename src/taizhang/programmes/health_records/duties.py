"""What is owed to residents by their health record: to have one, complete; and the yearly examination, one for whatever makes it due."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from taizhang.kernel.duties import WHENEVER, DueItem, Duty, History, Person, Urgency, years_owed
from taizhang.kernel.periods import add_months, day_zh
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.programmes.health_records.records import EXAMINATION, HEALTH_RECORD

AHEAD = timedelta(days=30)

_ELDERS = Text("65岁及以上", "65 or over")
CODE = "health_records.examination"


@cache
def _patients() -> tuple[tuple[str, Text], ...]:
    """The tables of cases under which people are examined every year, and what these people are called: as the lines of work declare."""
    return tuple(registry.owing(CODE).items())


def _examination_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    """Once in each calendar year and twelve months after the last, for people of 65 and over and for patients under management."""
    age = next(value for _, value in reversed(registry.parameters["elderly.age"].values) if value is not None)
    causes = [(date(person.birth_date.year + age, 1, 1), _ELDERS)]
    causes += [(case["enrolled_on"], who) for table, who in _patients() for case in history[table] if case["closed_on"] is None]
    causes = [(since, who) for since, who in causes if since <= until]
    if not causes:
        return
    since = max([min(day for day, _ in causes), *(line["started_on"] for line in history["residency"][-1:])])
    who = Text("、".join(w.zh for _, w in causes), ", ".join(w.en for _, w in causes))
    last = history[EXAMINATION.table][-1]["examined_on"] if history[EXAMINATION.table] else None
    if last is None:
        for opens, due_on in years_owed(since, until):
            missed = since.year < due_on.year
            reason = Text(
                f"{who.zh}，{f'{since.year}年以来' if missed else ''}尚未体检，应于{due_on.year}年内完成",
                f"{who.en}, not yet examined{f' since {since.year}' if missed else ''}; due within {due_on.year}",
            )
            if opens <= until:
                yield DueItem(opens_on=opens, due_on=due_on, closes_on=due_on, reason=reason, urgency=Urgency.YEARLY)
    else:
        due_on = add_months(last, 12)
        opens = max(date(last.year + 1, 1, 1), due_on - AHEAD)
        reason = Text(
            f"{who.zh}，上次体检{day_zh(last)}，应于{day_zh(due_on)}前体检",
            f"{who.en}, examined on {last}; due by {due_on}",
        )
        if opens <= until:
            yield DueItem(opens_on=min(opens, due_on), due_on=due_on, reason=reason, urgency=Urgency.YEARLY)


def _record_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    record = history[HEALTH_RECORD.table][-1] if history[HEALTH_RECORD.table] else None
    if record is None:
        since = max([person.birth_date, *(line["started_on"] for line in history["residency"][-1:])])
        reason = Text("尚未建立健康档案，见面时建档", "No health record yet; open one when meeting the person")
        yield DueItem(opens_on=since, due_on=WHENEVER, reason=reason, urgency=Urgency.IN_PASSING)
    elif record["closed_on"] is None and not record["complete"]:
        reason = Text("健康档案个人基本信息有缺项，见面时补全", "The health record lacks personal information; fill it in when meeting")
        yield DueItem(opens_on=record["opened_on"], due_on=WHENEVER, reason=reason, urgency=Urgency.IN_PASSING)


EXAMINATION_A_YEAR = Duty(
    code=CODE,
    name=Text("年度健康体检", "Yearly health examination"),
    register="examinations",
    reads=(EXAMINATION.table, "residency"),
    due=_examination_due,
    ages=(64, 150),
)

RECORD = Duty(
    code="health_records.record",
    name=Text("建档与补全", "Opening and completing the record"),
    register="health_records",
    reads=(HEALTH_RECORD.table, "residency"),
    due=_record_due,
    ages=(0, 150),
)
