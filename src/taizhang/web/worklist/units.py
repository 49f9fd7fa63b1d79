"""What institutions themselves owe, beside what is owed to persons: reports on emergencies, patrols. Read from the records they have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q
from django.urls import reverse

from taizhang.county.models import Staff
from taizhang.county.organisations import OrganisationTree
from taizhang.county.reach import records_for
from taizhang.kernel.duties import WHENEVER, UnitDuty
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.worklist.listed import Line

MOST = 20  # of a duty; who owes more is told that there are more


@dataclass(slots=True)
class Owing:
    """One thing owed by an institution. url: the record that owes it; doing: where doing it is written down."""

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


def _owing(duty: UnitDuty, staff: Staff, tree: OrganisationTree, day: date) -> Iterator[Owing]:
    register, programme = registry.registers[duty.register], registry.programmes[duty.programme]
    rows = records_for(staff, register, "write", tree, day).filter(**duty.where, **{f"{duty.done}__isnull": True})
    if duty.due_on:
        rows = rows.order_by(F(duty.due_on).asc(nulls_last=True), "pk")
        if duty.ahead is not None:
            rows = rows.filter(Q(**{f"{duty.due_on}__lte": day + timedelta(days=duty.ahead)}))
    for record in rows[: MOST + 1]:
        due_on: date | None = getattr(record, duty.due_on) if duty.due_on else None
        late = max(0, (day - due_on).days) if due_on else 0
        url = reverse("register-record", args=[register.code, record.pk])
        yield Owing(
            line=Line(duty.name, programme.name, duty.reason(vars(record)), due_on, late, int(duty.urgency)),
            place=tree.names.get(record.organisation_id, Text(record.organisation_id, record.organisation_id)),
            url=url,
            doing=reverse("register-new", args=[register.code]) if duty.anew else url,
        )
