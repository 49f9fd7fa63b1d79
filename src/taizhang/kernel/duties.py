"""Duties 应做: what a line of work owes a person, by when and why, as pure functions over the person's records.

A duty knows no day of its own: it says from when something can be done and the last day on which it is in time; whether that is overdue is
asked with a day. Rooms above keep what it yields (the worklist) and write it anew in the transaction that changes a record it reads.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any

from taizhang.kernel.text import Text

# The due day of what no document sets a day for: it is done when one next meets the person, and is never overdue; unless it is
# urgent, it is done in passing.
WHENEVER = date(9999, 12, 31)


class Urgency(IntEnum):
    """The order of a worklist, before the days. The first four are visits that one sets out for; the others have lists of their own, or
    a few patients due this week would stand among hundreds."""

    DANGER = 1  # a danger or a referral to be followed
    EARLY = 2  # an early visit that the last one asked for
    WINDOW = 3  # done at its age or week, or not at all: a newborn's visit, a dose, an antenatal check
    ROUTINE = 4
    YEARLY = 5  # 年度: once a year and at length, on a day made for it (体检日), and what belongs to that; not on a visit
    IN_PASSING = 6  # 顺带: when one meets the person for something else, or in a drive; it may have a day by which it is in time


@dataclass(frozen=True, slots=True)
class Person:
    """What a duty may know of a resident beside the records."""

    resident: int
    birth_date: date
    sex: str  # GB/T 2261.1
    died_on: date | None = None


# A person's rows by ledger table, each list in time order; every table the duty reads is there, if need be empty.
History = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """One thing to be done. opens_on: the first day on which it can be done. due_on: the last day on which it is in time. reason: why, as
    the worklist tells it. item: which of several (a vaccine's dose, the week of an antenatal visit). closes_on: the last day on which it
    can still be done, where that ever passes (the check at three months, once the sixth has come); after it, it is owed no more."""

    opens_on: date
    due_on: date
    reason: Text
    urgency: Urgency = Urgency.ROUTINE
    item: str = ""
    closes_on: date | None = None

    def __post_init__(self) -> None:
        if self.due_on == WHENEVER and self.urgency not in (Urgency.DANGER, Urgency.EARLY, Urgency.IN_PASSING):
            raise ValueError(f"“{self.reason.zh}”没有截止日，只能是紧急或顺带（Urgency.IN_PASSING）。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """How a visit's form asks a register once for every due item of a duty: three vaccines of one day are three records of one form.

    name(item): what the item is, in a heading. each: the fields asked anew for every item; all others are asked once and hold for all.
    presets(item): what the item itself says, by field, offered in the form and open to change; {} for an item it does not know.
    """

    name: Callable[[str], Text]
    each: tuple[str, ...]
    presets: Callable[[str], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How the form opens in which a due item is written down, so that what is known of the event is not typed again.

    record: the key of the stored record that doing it fills in (the referral that is traced, the case that is closed); None where doing it
    is a record of its own. values: what that new record already says, by field, its day among them; offered and open to change.
    """

    record: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What is owed to a person again and again.

    code: "hypertension.visit". register: the register in which doing it is written down; its form is the visit's. reads: the ledger tables
    that `due` looks at. due(person, history, until) yields what is owed and opens no later than `until`. ages: from and to which age in
    whole years, both inclusive, somebody is owed it whom no record says so (the elderly, children); None where only a record does.
    repeated: where one visit may do several of its items, how the register's form is repeated for them. opening(history, item): where an
    event made it due, how the form opens; the empty one where the event is no longer there.
    """

    code: str
    name: Text
    register: str
    reads: tuple[str, ...]
    due: Callable[[Person, History, date], Iterable[DueItem]]
    ages: tuple[int, int] | None = None
    repeated: Repeated | None = None
    opening: Callable[[History, str], Opening] | None = None
    programme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDuty:
    """What an institution owes because of a record about nobody that it has written: the next report on an emergency, the cases that a
    check found missed. The record itself says so, by its fields; no list of it is kept.

    code, name, register: as of a Duty. where: the values of fields by which a record owes it. done: the field that is filled once it has
    been done. due_on: the field that holds the last day in time, "" or empty where no document sets one. ahead: so many days before that
    day it is shown; None, as soon as it is owed. reason(record): why, from the record's fields. following(record): where doing it is a
    record of its own (the next report), what that one already says, by field; None where doing it fills in this record.
    """

    code: str
    name: Text
    register: str
    where: Mapping[str, Any]
    done: str
    due_on: str
    reason: Callable[[Mapping[str, Any]], Text]
    ahead: int | None = None
    urgency: Urgency = Urgency.DANGER
    following: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
    programme: str = ""


def years_owed(since: date, until: date) -> Iterator[tuple[date, date]]:
    """Of what is done once in a calendar year and has never been done, owed from `since` on: the first and the last day of each year that
    an outlook to `until` shows (it looks some four hundred days ahead). A year that has passed cannot be made good; the present is owed."""
    for year in range(max(since.year, until.year - 2), until.year + 1):
        yield max(since, date(year, 1, 1)), date(year, 12, 31)
