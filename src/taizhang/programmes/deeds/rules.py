"""Rules over one deed: its state, how soon it was registered, and what an entry must hold. No Django, no clock."""

from datetime import date, timedelta

from taizhang.kernel.query.words import Expression, RowSet, choose, records
from taizhang.kernel.rules import EntryRule
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.deeds.elements import SUPERVISION, TRAINING
from taizhang.programmes.deeds.records import DEED

REGISTER = Source("台账登记口径说明", "《工作纪实》", verified=True)

REGISTERED, CHECKED, USED = "1", "2", "3"
STATES = {
    REGISTERED: Text("登记", "Registered"),
    CHECKED: Text("审核", "Checked"),
    USED: Text("入稿", "In a summary"),
}
_SATURDAY = 5


def state_of(checked_on: date | None, used_on: date | None) -> str:
    """How far a deed has come."""
    if used_on is not None:
        return USED
    return CHECKED if checked_on is not None else REGISTERED


def working_days_between(first: date, last: date) -> int:
    """Mondays to Fridays after `first` up to and including `last`; public holidays are counted as working days."""
    whole, rest = divmod(max(0, (last - first).days), 7)
    return whole * 5 + sum((first + timedelta(days=n)).weekday() < _SATURDAY for n in range(1, rest + 1))


def last_day(deed: RowSet) -> Expression:
    """The day a deed was done: the last of a span."""
    return choose((deed.ended_on.is_missing, deed.held_on), otherwise=deed.ended_on).named("办结日期", "day it was done")


_deed = records(DEED)


def _rule(name: str, holds: Expression, zh: str, en: str, *fields: str) -> EntryRule:
    return EntryRule(name=f"deed.{name}", table=DEED.table, holds=holds.node, refusal=Text(zh, en), fields=fields, source=REGISTER)


ENTRY_RULES = (
    _rule(
        "ends_after_it_begins",
        _deed.ended_on.is_missing | (_deed.ended_on >= _deed.held_on),
        "结束日期{ended_on}早于开始日期{held_on}。请核对。",
        "It ends on {ended_on}, before it begins on {held_on}. Check both days.",
        "ended_on",
    ),
    _rule(
        "registered_after_it_was_done",
        _deed.registered_on >= last_day(_deed),
        "登记日期{registered_on}早于工作完成之日。办完后再登记，或核对日期。",
        "Registered on {registered_on}, before it was done. Register it afterwards, or check the days.",
        "registered_on",
    ),
    _rule(
        "checked_after_it_was_registered",
        _deed.checked_on.is_missing | (_deed.checked_on >= _deed.registered_on),
        "审核日期{checked_on}早于登记日期{registered_on}。请核对。",
        "Checked on {checked_on}, before it was registered on {registered_on}. Check both days.",
        "checked_on",
    ),
    _rule(
        "used_after_it_was_checked",
        _deed.used_on.is_missing | (_deed.checked_on.is_present & (_deed.used_on >= _deed.checked_on)),
        "未经审核的工作纪实不能入稿（入稿{used_on}，审核{checked_on}）。请先审核。",
        "A deed goes into a summary (on {used_on}) only after it was checked ({checked_on}). Check it first.",
        "used_on",
    ),
    _rule(
        "training_has_participants",
        (_deed.kind != TRAINING) | (_deed.persons >= 1) & _deed.persons.is_present,
        "培训须填参加人次，现为{persons}。请补填。",
        "A training needs the number of its participants; it is {persons}. Fill it in.",
        "persons",
    ),
    _rule(
        "supervision_has_units",
        (_deed.kind != SUPERVISION) | (_deed.units >= 1) & _deed.units.is_present,
        "督导须填覆盖单位数，现为{units}。请补填。",
        "A round of supervision needs the number of units covered; it is {units}. Fill it in.",
        "units",
    ),
    _rule(
        "units_within_those_due",
        _deed.units_of.is_missing | (_deed.units <= _deed.units_of),
        "覆盖单位{units}家，多于应覆盖的{units_of}家。请核对。",
        "It covers {units} units, more than the {units_of} there are. Check both.",
        "units",
    ),
)
