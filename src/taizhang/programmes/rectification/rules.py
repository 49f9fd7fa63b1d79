"""Rules over one problem: its state, whether it has come back, when somebody is reminded. No Django, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from taizhang.kernel.periods import add_months
from taizhang.kernel.query.words import Expression, records
from taizhang.kernel.rules import EntryRule
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.rectification.records import PROBLEM

REGISTER = Source("台账登记口径说明", "《问题整改》", verified=True)

FOUND, ASSIGNED, MENDING, MENDED, VERIFIED, CLOSED, RETURNED = "1234567"
STATES = {
    FOUND: Text("发现", "Found"),
    ASSIGNED: Text("交办", "Assigned"),
    MENDING: Text("整改中", "Being mended"),
    MENDED: Text("已整改", "Mended"),
    VERIFIED: Text("复核", "Verified"),
    CLOSED: Text("销号", "Struck off"),
    RETURNED: Text("退回", "Returned"),
}


@dataclass(frozen=True, slots=True)
class Dates:
    """The days that decide a problem's state."""

    assigned_on: date | None = None
    started_on: date | None = None
    mended_on: date | None = None
    verified_on: date | None = None
    closed_on: date | None = None
    returned_on: date | None = None


def state_of(on: Dates) -> str:
    """How far a problem has come. Returned is one sent back after its mending was found wanting, until it is mended anew."""
    if on.closed_on:
        return CLOSED
    if on.verified_on:
        return VERIFIED
    if on.mended_on:
        return MENDED
    if on.returned_on:
        return RETURNED
    if on.started_on:
        return MENDING
    return ASSIGNED if on.assigned_on else FOUND


def is_repeated(found_on: date, earlier: Iterable[date], months: int | None) -> bool:
    """Whether the unit had a problem under the same clause within so many months before. No rule in force: nothing repeats."""
    return months is not None and any(day <= found_on <= add_months(day, months) for day in earlier)


def reminder(due_on: date, today: date, days_before: Iterable[int]) -> int | None:
    """Of the days before the deadline on which its owner is reminded (7, 3, 0), the one that today is; negative once it is past, by so
    many days, when the owner's superior is told. None for a day on which nobody is."""
    left = (due_on - today).days
    return left if left < 0 or left in set(days_before) else None


_problem = records(PROBLEM)


def _rule(name: str, holds: Expression, zh: str, en: str, *fields: str) -> EntryRule:
    return EntryRule(name=f"problem.{name}", table=PROBLEM.table, holds=holds.node, refusal=Text(zh, en), fields=fields, source=REGISTER)


def _after(later: str, earlier: str, zh: tuple[str, str], en: tuple[str, str]) -> EntryRule:
    """A step that needs the one before it, and no earlier day."""
    day, before = getattr(_problem, later), getattr(_problem, earlier)
    return _rule(
        f"{later}_after_{earlier}",
        day.is_missing | (before.is_present & (day >= before)),
        f"{zh[0]}（{{{later}}}）不能没有{zh[1]}，也不能早于{zh[1]}（{{{earlier}}}）。请核对日期。",
        f"{en[0]} ({{{later}}}) needs {en[1]} ({{{earlier}}}) and cannot come before it. Check both days.",
        later,
    )


ENTRY_RULES = (
    _after("assigned_on", "found_on", ("交办日期", "发现日期"), ("The day it was assigned", "the day it was found")),
    _after("due_on", "found_on", ("整改期限", "发现日期"), ("The deadline", "the day it was found")),
    _after("mended_on", "found_on", ("整改完成日期", "发现日期"), ("The day it was mended", "the day it was found")),
    _after("verified_on", "mended_on", ("复核日期", "整改完成日期"), ("The day it was verified", "the day it was mended")),
    _after("closed_on", "verified_on", ("销号日期", "复核日期"), ("The day it was struck off", "the day it was verified")),
)
