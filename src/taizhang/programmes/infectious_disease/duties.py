"""What is owed after an infectious disease was registered: its report card, in two hours or in twenty-four."""

from collections.abc import Iterator
from datetime import date, timedelta

from taizhang.kernel.duties import DueItem, Duty, History, Person, Urgency
from taizhang.kernel.periods import day_zh
from taizhang.kernel.text import Text
from taizhang.programmes.infectious_disease.diseases import BY_CODE
from taizhang.programmes.infectious_disease.elements import NOT_REPORTED
from taizhang.programmes.infectious_disease.records import SUSPICION
from taizhang.programmes.infectious_disease.rules import moment

URGENT = timedelta(hours=2)


def _card_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    for entry in history[SUSPICION.table]:
        if entry["outcome"] != NOT_REPORTED or entry["diagnosed_on"] > until:
            continue
        diagnosed = moment(entry["diagnosed_on"], entry["diagnosed_hour"], entry["diagnosed_minute"])
        if diagnosed is None:
            continue
        allowed = timedelta(minutes=entry["limit_minutes"])
        by = diagnosed + allowed
        name = BY_CODE[entry["disease"]].name
        hours = allowed // timedelta(hours=1)
        yield DueItem(
            opens_on=entry["diagnosed_on"],
            due_on=entry["due_on"],
            reason=Text(
                f"{day_zh(diagnosed.date())}登记{name.zh}，{hours}小时内报告，应于{day_zh(by.date())}{by:%H:%M}前网络报告",
                f"{name.en} registered on {diagnosed:%Y-%m-%d}: report within {hours} hours, by {by:%Y-%m-%d %H:%M}",
            ),
            urgency=Urgency.DANGER if allowed <= URGENT else Urgency.EARLY,
            item=f"{entry['id']}",
        )


CARD = Duty(
    code="infectious_disease.card",
    name=Text("填报传染病报告卡", "Report card of an infectious disease"),
    register="infection_cards",
    reads=(SUSPICION.table,),
    due=_card_due,
)
