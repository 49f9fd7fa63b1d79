"""What is owed to children: the newborn's home visit, the check of each age, and following a referral.

A check is made at its age or not at all: once the next one can be made, the one before it was missed and is not owed.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.duties import DueItem, Duty, History, Person, Urgency
from taizhang.kernel.periods import day_zh
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.programmes.children.records import CHECKS, INFANT, NEWBORN, PRESCHOOL, REFERRAL, TODDLER
from taizhang.programmes.children.rules import STAGES, stage_name, windows

_VISITS = (NEWBORN, *CHECKS)
_PAST = timedelta(days=730)  # what closed so long before the end of the outlook no list shows: it looks some 400 days ahead


def _number(name: str) -> int:
    return next(value for _, value in reversed(registry.parameters[f"children.{name}"].values) if value is not None)


def _came(history: History) -> date:
    """The day from which the child has lived here: what was due before was owed elsewhere."""
    return max((line["started_on"] for line in history["residency"][-1:]), default=date.min)


def _newborn_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    birth, visits = person.birth_date, history[NEWBORN.table]
    closes = windows(birth)[0].opens - timedelta(days=1)
    if birth > until or closes < max(_came(history), until - _PAST):
        return
    if not visits:
        due = birth + timedelta(days=_number("assumed_stay_days") + _number("newborn_visit_days"))
        reason = Text(
            f"{day_zh(birth)}出生，新生儿出院后7天内应家庭访视，最迟{day_zh(due)}",
            f"Born on {birth}; visit within 7 days of discharge, by {due}",
        )
        yield DueItem(opens_on=birth, due_on=min(due, closes), reason=reason, urgency=Urgency.WINDOW, closes_on=closes)
    elif len(visits) == 1 and visits[0]["high_risk"]:
        seen = visits[0]["visited_on"]
        due = min(seen + timedelta(days=_number("newborn_visit_days")), closes)
        if seen < due and seen <= until:
            reason = Text(
                f"高危新生儿，{day_zh(seen)}已访视，应增加访视，于{day_zh(due)}前再访视一次",
                f"A newborn at high risk, visited on {seen}; visit once more by {due}",
            )
            yield DueItem(
                opens_on=seen + timedelta(days=1), due_on=due, reason=reason, urgency=Urgency.EARLY, item="high_risk", closes_on=closes
            )


def _check_due(contract: RecordContract) -> Callable[[Person, History, date], Iterator[DueItem]]:
    stages = STAGES[contract.table]

    def due(person: Person, history: History, until: date) -> Iterator[DueItem]:
        came = _came(history)
        days = [visit["visited_on"] for table in CHECKS for visit in history[table.table]]
        last = max(days, default=None)
        for window in windows(person.birth_date):
            if window.months not in stages or window.opens > until or window.closes < max(came, until - _PAST):
                continue
            if last is not None and last >= window.opens:  # done, or seen later on
                continue
            name = stage_name(window.months)
            before = (
                Text("尚未检查过", "not checked before") if last is None else Text(f"上次检查{day_zh(last)}", f"last checked on {last}")
            )
            reason = Text(
                f"{name.zh}健康检查，{before.zh}，应于{day_zh(window.due)}前完成", f"Check at {name.en}, {before.en}; due by {window.due}"
            )
            yield DueItem(
                opens_on=window.opens, due_on=window.due, reason=reason, urgency=Urgency.WINDOW, item=str(window.months),
                closes_on=window.closes,
            )  # fmt: skip

    return due


def _referral_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    """The latest referral of which nothing is written since that day; a child that was not seen is to be asked after again."""
    advised = sorted(visit["visited_on"] for table in _VISITS for visit in history[table.table] if visit["referral_advised"] == "2")
    if not advised:
        return
    since = advised[-1]
    followed = [line for line in history[REFERRAL.table] if line["followed_on"] >= since]
    if followed and followed[-1]["attended"] == "1":
        return
    asked = followed[-1]["followed_on"] if followed else since
    due = asked + timedelta(days=_number("referral_days"))
    if asked < until:
        if followed:
            reason = Text(
                f"{day_zh(since)}建议转诊，上次追踪时未就诊，应于{day_zh(due)}前再追踪",
                f"Referred on {since}, not seen when last asked; ask again by {due}",
            )
        else:
            reason = Text(f"{day_zh(since)}建议转诊，应于{day_zh(due)}前追踪结果", f"Referred on {since}; follow the result by {due}")
        yield DueItem(opens_on=asked + timedelta(days=1), due_on=due, reason=reason, urgency=Urgency.DANGER)


def _check(code: str, name: Text, register: str, contract: RecordContract, ages: tuple[int, int]) -> Duty:
    reads = (*(each.table for each in CHECKS), "residency")
    return Duty(code=code, name=name, register=register, reads=reads, due=_check_due(contract), ages=ages)


NEWBORN_VISIT = Duty(
    code="children.newborn_visit",
    name=Text("新生儿家庭访视", "Home visit to the newborn"),
    register="newborn_visits",
    reads=(NEWBORN.table, "residency"),
    due=_newborn_due,
    ages=(0, 0),
)
INFANT_CHECK = _check("children.infant_check", Text("1～8月龄健康检查", "Check at 1 to 8 months"), "infant_checks", INFANT, (0, 1))
TODDLER_CHECK = _check("children.toddler_check", Text("12～30月龄健康检查", "Check at 12 to 30 months"), "toddler_checks", TODDLER, (0, 3))
PRESCHOOL_CHECK = _check("children.preschool_check", Text("3～6岁健康检查", "Check at 3 to 6 years"), "preschool_checks", PRESCHOOL, (2, 7))

REFERRAL_FOLLOWED = Duty(
    code="children.referral",
    name=Text("儿童转诊追踪", "Following a referral"),
    register="child_referrals",
    reads=(*(each.table for each in _VISITS), REFERRAL.table),
    due=_referral_due,
)
