"""What is owed by Chinese medicine: the constitution of people of 65 and over once a year, and guidance to parents at six ages."""

from collections.abc import Iterator
from datetime import date, timedelta

from taizhang.kernel.duties import DueItem, Duty, History, Person, Urgency, years_owed
from taizhang.kernel.periods import add_months, day_zh
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.programmes.traditional_medicine.records import CHILD_GUIDANCE, CONSTITUTION
from taizhang.programmes.traditional_medicine.rules import TAUGHT, windows

AHEAD = timedelta(days=30)
_PAST = timedelta(days=730)  # what closed so long before the end of the outlook no list shows: it looks some 400 days ahead
_TAUGHT = {
    "3": Text("传授摩腹、捏脊", "teach rubbing the belly and pinching the spine"),
    "4": Text("传授按揉迎香、足三里", "teach pressing yingxiang and zusanli"),
    "5": Text("传授按揉四神聪", "teach pressing sishencong"),
}


def _came(history: History) -> date:
    return max((line["started_on"] for line in history["residency"][-1:]), default=date.min)


def _constitution_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    age = next(value for _, value in reversed(registry.parameters["elderly.age"].values) if value is not None)
    since = max(date(person.birth_date.year + age, 1, 1), _came(history))
    done = [each for each in history[CONSTITUTION.table] if each["complete"]]
    if not done:
        for opens, due in years_owed(since, until):
            missed = since.year < due.year
            reason = Text(
                f"65岁及以上，{f'{since.year}年以来' if missed else ''}尚未做过中医体质辨识，应于{due.year}年内完成",
                f"65 or over, constitution never assessed{f' since {since.year}' if missed else ''}; due within {due.year}",
            )
            if opens <= until:
                yield DueItem(opens_on=opens, due_on=due, closes_on=due, reason=reason, urgency=Urgency.YEARLY)
    else:
        last = done[-1]["assessed_on"]
        due = add_months(last, 12)
        opens = max(date(last.year + 1, 1, 1), due - AHEAD)
        reason = Text(
            f"上次中医体质辨识{day_zh(last)}，每年一次，应于{day_zh(due)}前完成",
            f"Constitution assessed on {last}, once a year; due by {due}",
        )
        if opens <= until:
            yield DueItem(opens_on=min(opens, due), due_on=due, reason=reason, urgency=Urgency.YEARLY)


def _guidance_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    came = _came(history)
    last = max((line["visited_on"] for line in history[CHILD_GUIDANCE.table]), default=date.min)
    for months, opens, due, closes in windows(person.birth_date):
        if opens <= until and closes >= max(came, until - _PAST) and last < opens:
            taught = _TAUGHT[TAUGHT[months]]
            reason = Text(f"{months}月龄中医药指导：{taught.zh}，应于{day_zh(due)}前完成", f"At {months} months: {taught.en}; due by {due}")
            yield DueItem(opens_on=opens, due_on=due, reason=reason, urgency=Urgency.WINDOW, item=str(months), closes_on=closes)


CONSTITUTION_A_YEAR = Duty(
    code="traditional_medicine.constitution",
    name=Text("老年人中医体质辨识", "Constitution of the elderly"),
    register="constitutions",
    reads=(CONSTITUTION.table, "residency"),
    due=_constitution_due,
    ages=(64, 150),
)
GUIDANCE = Duty(
    code="traditional_medicine.guidance",
    name=Text("儿童中医药指导", "Guidance of small children"),
    register="child_medicines",
    reads=(CHILD_GUIDANCE.table, "residency"),
    due=_guidance_due,
    ages=(0, 3),
)
