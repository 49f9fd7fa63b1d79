"""Populations 人口口径: named, dated, sourced series that rates are taken over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from taizhang.county.changes import acting_as
from taizhang.county.models import Organisation, PopulationCount, Staff
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text

SERIES = {
    "resident_population": Text("常住人口", "Resident population"),
    "registered_population": Text("户籍人口", "Registered population"),
    "live_births": Text("活产数", "Live births"),
}


class PopulationError(Refusal, ValueError):
    """A population count that cannot be taken; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Count:
    """One value to be set: so many persons of a series, for an organisation's whole area, as of a day, as a source states."""

    series: str
    organisation: str
    as_of: date
    value: int
    source: str


def value_of(series: str, organisation: str, day: date) -> PopulationCount | None:
    """The count that holds on `day`: the latest one not after it. A year-end count thus holds through the next year, until the new
    one is entered; the figure names its day and source. None where there is none yet."""
    held = PopulationCount.objects.filter(series=series, organisation_id=organisation, as_of__lte=day)
    return held.order_by("-as_of").first()


def values_of(series: str, day: date) -> dict[str, PopulationCount]:
    """value_of for every organisation at once. One query."""
    held = PopulationCount.objects.filter(series=series, as_of__lte=day).order_by("as_of")
    return {count.organisation_id: count for count in held}


def set_counts(counts: Iterable[Count], *, actor: Staff | str) -> int:
    """Enter counts, replacing those of the same series, organisation and day; how many. All or nothing.

    Raises PopulationError with all faults.
    """
    wanted = list(counts)
    known = set(Organisation.objects.filter(pk__in={count.organisation for count in wanted}).values_list("pk", flat=True))
    if faults := [fault for count in wanted if (fault := _fault(count, known))]:
        raise PopulationError("；".join(faults))
    rows = [
        PopulationCount(series=c.series, organisation_id=c.organisation, as_of=c.as_of, value=c.value, source=c.source.strip())
        for c in wanted
    ]
    with acting_as(actor), transaction.atomic():
        PopulationCount.objects.bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["series", "organisation", "as_of"],
            update_fields=["value", "source"],
        )
    return len(rows)


def _fault(count: Count, known: set[str]) -> str:
    where = f"{count.organisation} {count.as_of} {count.series}"
    if count.series not in SERIES:
        return f"{where}：没有这个人口口径，可用：{'、'.join(f'{code} {name.zh}' for code, name in SERIES.items())}"
    if count.organisation not in known:
        return f"{where}：没有这个机构，请核对机构代码"
    if count.value < 0:
        return f"{where}：人数不能为负（{count.value}）"
    return "" if count.source.strip() else f"{where}：未写来源，请注明统计局公报或登记部门"
