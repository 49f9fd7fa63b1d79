"""What saving a record would come to, without writing: its faults, what is derived, and what is to be told at once.

The same checks, derivation and notices as county.recording's, so that a form that shows them while it is typed can never say otherwise.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from taizhang.county import recording
from taizhang.county.models import Resident
from taizhang.county.recording import Fault, StoredRecord
from taizhang.kernel.engines.rows import compile_row
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.rules import Notice
from taizhang.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Told:
    """A notice with the record's values filled in."""

    notice: Notice
    text: Text


def faults_of(record: StoredRecord, *, day: date) -> list[Fault]:
    """Everything for which recording.save would refuse the record."""
    model = type(record)
    found = recording.check(model, {f.attname: getattr(record, f.attname) for f in model._meta.concrete_fields}, day=day)
    stored = model._default_manager.filter(pk=record.pk).first() if record.pk else None
    if stored is not None:
        found += recording.frozen_many(model, [(stored.organisation_id, getattr(stored, stored.DAY))], day=day)[0]
    return found or recording.doubled(record)


def derive(record: StoredRecord, others: Sequence[StoredRecord], resident: Resident) -> None:
    """Fill the record's derived fields from the person's stored ones. others: the person's records of this kind; they stay as they are."""
    model = type(record)
    history = [copy(other) for other in others if other.pk != record.pk] + [record]
    history.sort(key=lambda r: (getattr(r, model.DAY), r.pk is None, r.pk or 0))
    beside = recording.beside_of(model, [resident.pk] if resident.pk else []).get(resident.pk, {})
    for each in history:
        each.resident = resident  # type: ignore[attr-defined]
        each.beside = beside
    model.derive(history)


def notices_of(record: StoredRecord) -> list[Told]:
    """What is to be told of a record with its derived fields; the urgent first."""
    contract = record.CONTRACT
    day = getattr(record, record.DAY)
    declared = registry.notices.get(contract.table, [])
    if not declared or not isinstance(day, date) or isinstance(day, datetime):
        return []
    row = {column.name: getattr(record, column.source) for column in contract.all_columns}
    period = Period(day, day)
    people = {"resident": _person(record)}
    found = [n for n in declared if compile_row(n.when, registry.parameters)(row, period, people) is True]
    told = [Told(notice, recording.filled(notice.text, contract, row)) for notice in found]
    return sorted(told, key=lambda each: not each.notice.urgent)


def _person(record: StoredRecord) -> dict[str, object]:
    resident: Resident | None = getattr(record, "resident", None)
    if resident is None:
        return {}
    return {"id": resident.pk, "resident": resident.pk, "sex": resident.sex, "birth_date": resident.birth_date, "died_on": resident.died_on}
