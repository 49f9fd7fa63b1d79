"""Writing the worklist: for some residents within the transaction that touched them, or for everybody a portion at a time.

Both ways are one computation over rows read by table, never a query or an ORM object a person: a million residents are some forty
portions. What opens within HORIZON days stands in the list, so that a coming-of-age or a new day needs no pass of its own; every
STEP days the whole list is made anew and the horizon moves on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Q

from taizhang.config import home
from taizhang.county.models import Residency, Resident
from taizhang.county.recording import StoredRecord
from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.duties import Duty, Person, Urgency
from taizhang.kernel.periods import add_months
from taizhang.kernel.registry import registry
from taizhang.worklist.models import DueItem, Horizon

HORIZON = timedelta(days=400)
STEP = timedelta(days=30)
PORTION = 20_000  # residents a transaction while everybody's list is made anew
_QUERY = 900
# What stands with the resident, not with a line of work: everybody has rows there, and a change there concerns every duty.
_COUNTY_TABLES = ("resident", "residency")

_Rows = dict[str, dict[int, list[dict[str, Any]]]]  # by table, then by resident, in time order
_Item = tuple[Any, ...]
_COLUMNS = (
    "resident_id", "organisation_id", "programme", "duty", "item", "opens_on", "due_on", "closes_on", "urgency", "reason_zh", "reason_en"
)  # fmt: skip


def follow_write(residents: Collection[int], table: str) -> None:
    """What county.touched tells: these residents' rows of this table were written. Runs in the writer's transaction."""
    concerned = [d for d in registry.duties.values() if table in _COUNTY_TABLES or table in d.reads]
    if concerned:
        refresh(residents, duties=concerned)


def refresh(residents: Collection[int], *, duties: Sequence[Duty] | None = None, day: date | None = None) -> None:
    """Work out anew what is owed to these residents by `duties` (all, unless given)."""
    on = day or home.current().working_day()
    asked = list(registry.duties.values()) if duties is None else duties
    everyone = sorted(set(residents))
    with transaction.atomic():
        for start in range(0, len(everyone), _QUERY):
            chunk = everyone[start : start + _QUERY]
            DueItem.objects.filter(resident_id__in=chunk, duty__in=[d.code for d in asked]).delete()
            _write(asked, Q(resident_id__in=chunk), on)


def rebuild(day: date | None = None) -> int:
    """Make everybody's list anew as of `day`, a portion a transaction, so that nobody waits long to write; how many items there are."""
    on = day or home.current().working_day()
    duties = list(registry.duties.values())
    last, count = 0, 0
    while True:
        upper = Resident.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[PORTION - 1 : PORTION].first()
        portion = Q(resident_id__gt=last) if upper is None else Q(resident_id__gt=last, resident_id__lte=upper)
        with transaction.atomic():
            if connection.features.has_select_for_update:  # a visit saved meanwhile is either read here or written after
                own = Q(pk__gt=last) if upper is None else Q(pk__gt=last, pk__lte=upper)
                list(Resident.objects.select_for_update().filter(own).order_by("pk").values_list("pk", flat=True))
            DueItem.objects.filter(portion).delete()
            count += _write(duties, portion, on)
        if upper is None:
            break
        last = upper
    Horizon.objects.update_or_create(pk=1, defaults={"day": on, "until": on + HORIZON, "duties": _signature()})
    return count


def roll(day: date) -> bool:
    """Bring the list to `day`; whether it had to be made anew: it never was, the horizon has come nearer, or a duty is new or gone."""
    known = Horizon.objects.filter(pk=1).first()
    if known is not None and known.duties == _signature() and abs(day + HORIZON - known.until) < STEP:
        return False
    rebuild(day)
    return True


def _signature() -> str:
    return hashlib.sha256("\n".join([*sorted(registry.duties), *Urgency.__members__]).encode()).hexdigest()


# -- one portion -------------------------------------------------------------------------------------------------------


def _write(duties: Sequence[Duty], people: Q, day: date) -> int:
    """Work out and store the items of the residents that `people` selects by resident_id; none of them has any left."""
    living = _living(people, day)
    tables = sorted({table for duty in duties for table in duty.reads})
    rows: _Rows = {table: _history(registry.contracts[table], people) for table in tables} if living else {}
    items = list(_items(duties, living, rows, day + HORIZON))
    if items:
        names = ", ".join(connection.ops.quote_name(column) for column in _COLUMNS)
        places = ", ".join(["%s"] * len(_COLUMNS))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {connection.ops.quote_name(DueItem._meta.db_table)} ({names}) VALUES ({places})", items)
    return len(items)


def _living(people: Q, day: date) -> dict[int, tuple[Person, str]]:
    """Those who live here on `day`, each with the organisation that manages them."""
    current = Residency.objects.filter(people, started_on__lte=day, resident__died_on__isnull=True)
    current = current.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day)).order_by("started_on")
    rows = current.values_list("resident_id", "organisation_id", "resident__birth_date", "resident__sex")
    return {resident: (Person(resident, birth, sex), organisation) for resident, organisation, birth, sex in rows.iterator(10_000)}


def _history(contract: RecordContract, people: Q) -> dict[int, list[dict[str, Any]]]:
    """The rows of a ledger table as the database holds them now, by resident, in time order."""
    model = apps.get_model(contract.model)
    names = [column.name for column in contract.all_columns]
    sources = [column.source for column in contract.all_columns]
    selected: models.QuerySet[Any] = model._default_manager.filter(people if contract.table != "resident" else _own(people))
    rows = selected.order_by(*_time(model)).values_list(*sources)
    found: dict[int, list[dict[str, Any]]] = {}
    for values in rows.iterator(10_000):
        row = dict(zip(names, values, strict=True))
        found.setdefault(row["resident"], []).append(row)
    return found


def history_of(resident: int, tables: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """One resident's rows of ledger tables as the database holds them now, in time order: what a duty looks at. A query a table."""
    return {table: _history(registry.contracts[table], Q(resident_id=resident)).get(resident, []) for table in tables}


def _own(people: Q) -> Q:
    """The same condition on the residents' own table, where the column is `id`."""
    return Q(*[(str(name).replace("resident_id", "pk"), value) for name, value in people.children])


def _time(model: type[models.Model]) -> tuple[str, ...]:
    if issubclass(model, StoredRecord):
        return (model.DAY, "pk")
    return ("started_on", "pk") if model is Residency else ("pk",)


def _items(duties: Sequence[Duty], living: Mapping[int, tuple[Person, str]], rows: _Rows, until: date) -> Iterator[_Item]:
    asked = [(duty, [t for t in duty.reads if t not in _COUNTY_TABLES], _births(duty, until)) for duty in duties]
    nothing: tuple[Any, ...] = ()
    for resident, (person, organisation) in living.items():
        history = None
        for duty, own, births in asked:
            if not (births is not None and births[0] < person.birth_date <= births[1]) and not _any(rows, own, resident):
                continue
            if history is None:
                history = {table: found.get(resident, nothing) for table, found in rows.items()}
            for due in duty.due(person, history, until):
                yield (
                    resident, organisation, duty.programme, duty.code, due.item, due.opens_on, due.due_on, due.closes_on,
                    int(due.urgency), due.reason.zh[:200], due.reason.en[:240],
                )  # fmt: skip


def _births(duty: Duty, until: date) -> tuple[date, date] | None:
    """Born after the first day and by the second: of the duty's ages at any time from a year before the horizon's begin to its end."""
    if duty.ages is None:
        return None
    youngest, oldest = duty.ages
    return add_months(until - HORIZON, -12 * min(oldest + 2, 300)), add_months(until, -12 * youngest)


def _any(rows: _Rows, tables: Iterable[str], resident: int) -> bool:
    return any(resident in rows[table] for table in tables)
