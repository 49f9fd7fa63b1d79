"""What institutions themselves owe, beside what is owed to persons: reports on emergencies, patrols. Read from the records they have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from taizhang.county.models import Staff
from taizhang.county.organisations import OrganisationTree
from taizhang.county.reach import model_of, records_for
from taizhang.county.recording import StoredRecord
from taizhang.kernel.duties import WHENEVER, UnitDuty
from taizhang.kernel.registers import Register
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.worklist.listed import Line

MOST = 20  # of a duty; who owes more is told that there are more


@dataclass(slots=True)
class Owing:
    """One thing owed by an institution. url: the record that owes it; doing: the form in which doing it is written down, with what is
    known of the event already filled in."""

    line: Line
    place: Text
    url: str
    doing: str


def owed_by_units(staff: Staff, tree: OrganisationTree, day: date) -> tuple[list[Owing], bool]:
    """What the institutions within the reader's write scope owe on `day`, the most urgent first, of each urgency the longest
    overdue; and whether there is more than is listed. A few queries a duty, whatever there is."""
    found: list[Owing] = []
    more = False
    for duty in registry.unit_duties.values():
        owing = list(_owing(duty, staff, tree, day))
        more = more or len(owing) > MOST
        found += owing[:MOST]
    found.sort(key=lambda each: (each.line.urgency, each.line.late <= 0, each.line.due_on or WHENEVER))
    return found, more


def tallies_of_units(staff: Staff, tree: OrganisationTree, day: date) -> list[tuple[Register, dict[str, int | None]]]:
    """By register, what the institutions within the reader's write scope have done on `day` and in the month up to it, and what they still
    owe, as the day's end shows it. It concerns no one person. A query a register."""
    found = []
    for register in sorted({registry.registers[duty.register] for duty in registry.unit_duties.values()}, key=_place):
        duties = [duty for duty in registry.unit_duties.values() if duty.register == register.code]
        on = model_of(register).DAY
        counts = {"today": Q(**{on: day}), "month": Q(**{f"{on}__gte": day.replace(day=1), f"{on}__lte": day})}
        for place, duty in enumerate(duties):
            counts[f"left{place}"] = _owes(duty, day)
            counts[f"late{place}"] = _owes(duty, day) & (Q(**{f"{duty.due_on}__lt": day}) if duty.due_on else Q(pk__in=()))
        rows = records_for(staff, register, "write", tree, day).order_by()
        counted = rows.aggregate(**{name: Count("pk", filter=condition) for name, condition in counts.items()})
        left, late = (sum(counted[f"{what}{place}"] for place in range(len(duties))) for what in ("left", "late"))
        found.append((register, {"today": counted["today"], "month": counted["month"], "people": None, "left": left, "late": late}))
    return found


def _place(register: Register) -> tuple[int, str]:
    programme = registry.programmes.get(register.programme)
    return programme.order if programme else 9_999, register.code


def _owed(duty: UnitDuty, staff: Staff, tree: OrganisationTree, day: date) -> QuerySet[StoredRecord]:
    """The records by which it is owed on `day`."""
    return records_for(staff, registry.registers[duty.register], "write", tree, day).filter(_owes(duty, day))


def _owes(duty: UnitDuty, day: date) -> Q:
    """The condition that a record owes it on `day`."""
    owes = Q(**duty.where, **{f"{duty.done}__isnull": True})
    if duty.due_on and duty.ahead is not None:
        owes &= Q(**{f"{duty.due_on}__lte": day + timedelta(days=duty.ahead)})
    return owes


def _owing(duty: UnitDuty, staff: Staff, tree: OrganisationTree, day: date) -> Iterator[Owing]:
    register, programme = registry.registers[duty.register], registry.programmes[duty.programme]
    rows = _owed(duty, staff, tree, day)
    if duty.due_on:
        rows = rows.order_by(F(duty.due_on).asc(nulls_last=True), "pk")
    for record in rows[: MOST + 1]:
        due_on: date | None = getattr(record, duty.due_on) if duty.due_on else None
        late = max(0, (day - due_on).days) if due_on else 0
        yield Owing(
            line=Line(duty.name, programme.name, duty.reason(vars(record)), due_on, late, int(duty.urgency)),
            place=tree.names.get(record.organisation_id, Text(record.organisation_id, record.organisation_id)),
            url=reverse("register-record", args=[register.code, record.pk]),
            doing=reverse("register-edit", args=[register.code, record.pk])
            if duty.following is None
            else f"{reverse('register-new', args=[register.code])}?{urlencode({'duty': duty.code, 'after': record.pk})}",
        )
