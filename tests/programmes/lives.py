"""A life of records without a database: what the ledger would hold of them, and what is open on the worklist on a day."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from taizhang.county.recording import StoredRecord
from taizhang.kernel.duties import WHENEVER, DueItem, Duty, Person

OUTLOOK = timedelta(days=400)
DAY = timedelta(days=1)


def rows_of(records: Sequence[StoredRecord]) -> list[dict[str, Any]]:
    """What the ledger holds of one person's records, derived together."""
    if records:
        type(records[0]).derive(list(records))
    return [{column.name: getattr(each, column.source, None) for column in each.CONTRACT.columns} for each in records]


def open_on(duty: Duty, person: Person, history: Mapping[str, Sequence[Mapping[str, Any]]], day: date) -> list[DueItem]:
    """What the worklist shows of a duty on a day."""
    known = {table: history.get(table, ()) for table in duty.reads}
    found = duty.due(person, known, day + OUTLOOK)
    return [item for item in found if item.opens_on <= day and (item.closes_on is None or day <= item.closes_on)]


def called(duty: Duty, person: Person, history: Mapping[str, Sequence[Mapping[str, Any]]], opens: date, due_on: date = WHENEVER) -> DueItem:
    """The one thing owed, which stands on the list from `opens`, not a day sooner, and is late from the day after `due_on`, on which it
    is still owed."""
    assert open_on(duty, person, history, opens - DAY) == []
    days = [opens, opens + DAY] + ([] if due_on == WHENEVER else [due_on - DAY, due_on, due_on + DAY])
    shown = [open_on(duty, person, history, day) for day in days if day >= opens]
    (item,) = shown[0]
    assert (item.opens_on, item.due_on) == (opens, due_on)
    assert shown == [[item]] * len(shown)
    return item


def silent(duty: Duty, person: Person, history: Mapping[str, Sequence[Mapping[str, Any]]], *days: date) -> None:
    """Nothing is owed on any of these days."""
    assert [open_on(duty, person, history, day) for day in days] == [[] for _ in days]
