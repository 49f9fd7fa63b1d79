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
from taizhang.county.reach import records_for
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


def left_of_units(staff: Staff, register: Register, tree: OrganisationTree, day: date) -> tuple[int, int]:
    """How much the institutions within the reader's write scope still owe on `day` by a register, and how much of that is overdue."""
    left = late = 0
    for duty in registry.unit_duties.values():
        if duty.register == register.code:
            overdue = Q(**{f"{duty.due_on}__lt": day}) if duty.due_on else Q(pk__in=())
            counted = _owed(duty, staff, tree, day).order_by().aggregate(n=Count("pk"), late=Count("pk", filter=overdue))
            left, late = left + counted["n"], late + counted["late"]
    return left, late


def _owed(duty: UnitDuty, staff: Staff, tree: OrganisationTree, day: date) -> QuerySet[StoredRecord]:
    """The records by which it is owed on `day`."""
    rows = records_for(staff, registry.registers[duty.register], "write", tree, day)
    rows = rows.filter(**duty.where, **{f"{duty.done}__isnull": True})
    if duty.due_on and duty.ahead is not None:
        rows = rows.filter(Q(**{f"{duty.due_on}__lte": day + timedelta(days=duty.ahead)}))
    return rows


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
