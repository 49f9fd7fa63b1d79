"""改派: the responsible organisation or doctor of many records at once, as after a clinic has merged or a doctor has left.

One UPDATE over the records that may be changed; the triggers note every row of it. Records in a locked period stay as they are, and so do
those dated before the new organisation opened or after it closed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from taizhang.county import audit
from taizhang.county.changes import acting_as
from taizhang.county.models import Organisation, PeriodLock, Staff
from taizhang.county.organisations import OrganisationTree
from taizhang.county.recording import Record
from taizhang.county.touched import touched
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text

MOST = 20_000  # records at once


class ReassignmentRefused(Refusal, ValueError):
    """Records that are not moved; `text` says why."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.zh)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a reassignment comes to. chosen: how many records were asked for; moved: those that would change; same: those that have it
    so already; locked: in a locked period; outside: dated when the new organisation was not open. sources: those moved, by organisation."""

    chosen: int
    moved: int
    same: int
    locked: int
    outside: int
    sources: tuple[tuple[str, int], ...]


def foresee(rows: QuerySet[Any], change: Mapping[str, str], tree: OrganisationTree) -> Foreseen:
    """Before it is done. rows: records about residents that the actor may write. change: organisation_id, and the field of the doctor."""
    model = rows.model
    asked = rows.order_by()
    chosen = asked[: MOST + 1].count()
    if chosen > MOST:
        raise ReassignmentRefused(
            Text(f"一次最多改派{MOST}条。请再加筛选条件，分批改派。", f"At most {MOST} records at once. Narrow the list.")
        )
    differing = asked.exclude(Q(**change))
    frozen = _frozen(model, change.get("organisation_id"), tree)
    outside = _outside(model, change.get("organisation_id"))
    locked = differing.filter(frozen).count() if frozen else 0
    beyond = differing.filter(outside & ~frozen if frozen else outside).count() if outside else 0
    free = _free(differing, frozen, outside)
    sources = tuple(free.values_list("organisation_id").annotate(rows=Count("pk")).order_by("organisation_id"))
    moved = sum(count for _, count in sources)
    return Foreseen(chosen, moved, chosen - moved - locked - beyond, locked, beyond, sources)


def reassign(
    rows: QuerySet[Any], change: Mapping[str, str], tree: OrganisationTree, *, register: str, actor: Staff, reason: str, expected: int
) -> int:
    """Do it; how many records changed. expected: how many the actor was told; another number is refused, for somebody has written
    meanwhile. Leaves one audit line with the change, the count and the reason."""
    model = rows.model
    if not issubclass(model, Record):
        raise TypeError(f"{model.__name__} is about nobody: its organisation is who did it, not who is responsible")
    with acting_as(actor), transaction.atomic():
        free = _free(
            rows.order_by().exclude(Q(**change)),
            _frozen(model, change.get("organisation_id"), tree),
            _outside(model, change.get("organisation_id")),
        )
        residents = dict(free.values_list("pk", "resident_id"))
        if len(residents) != expected:
            raise ReassignmentRefused(
                Text(
                    f"预览之后记录有了变动：原为{expected}条，现为{len(residents)}条。请核对后重新确认。",
                    f"The records have changed since the preview: {expected} then, {len(residents)} now. Look again.",
                )
            )
        # Not by the keys just read: a thousand of them would be a thousand bound values. The transaction holds the same rows still.
        changed = model._default_manager.filter(pk__in=free.values("pk")).update(**change)
        touched(set(residents.values()), model.CONTRACT.table)
        audit.record(actor, audit.REASSIGN, detail={"register": register, "to": dict(change), "count": changed, "reason": reason[:120]})
    return changed


def _free(rows: QuerySet[Any], frozen: Q, outside: Q) -> QuerySet[Any]:
    barred = frozen | outside
    return rows.exclude(barred) if barred else rows


def _frozen(model: type[Record], target: str | None, tree: OrganisationTree) -> Q:
    """Records in a locked period of their organisation, or that would come into one of the new organisation."""
    condition = Q()
    for lock in model.locks():
        days = _days(model, lock)
        place = tree.present(lock.organisation_id)
        below = {lock.organisation_id, *(tree.descendants(place) if place else ())}
        condition |= days if target in below else days & Q(organisation__in=below)
    return condition


def _days(model: type[Record], lock: PeriodLock) -> Q:
    return Q(**{f"{model.DAY}__gte": lock.start, f"{model.DAY}__lte": lock.end})


def _outside(model: type[Record], target: str | None) -> Q:
    condition = Q()
    place = Organisation.objects.filter(pk=target).first() if target else None
    limits: tuple[tuple[date | None, str], ...] = ((place.opened_on, "lt"), (place.closed_on, "gt")) if place else ()
    for day, beyond in limits:
        if day is not None:
            condition |= Q(**{f"{model.DAY}__{beyond}": day})
    return condition
