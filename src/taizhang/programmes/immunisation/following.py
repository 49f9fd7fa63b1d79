"""Doses due 应种剂次, kept in step with a child's records in the transaction that writes one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from taizhang.config import home
from taizhang.county.models import Resident
from taizhang.kernel.periods import add_months
from taizhang.programmes.immunisation.models import Certificate, DoseDue, HealthState, Vaccination
from taizhang.programmes.immunisation.schedule.plan import Given, Plan, Restriction, Slot, plan_of
from taizhang.programmes.immunisation.vaccines import HPV

_TABLES = {"resident", "residency", "vaccination", "vaccination_certificate", "vaccination_restriction"}
MANAGED_MONTHS = 84  # children of 0 to 6
_QUERY = 900
COLUMNS = ("series", "due_on", "in_time_until", "counted_until", "given_on", "exempt", "exempt_from", "exempt_until")


def follow_write(residents: Collection[int], table: str) -> None:
    """What county.touched tells. Runs in the writer's transaction."""
    if table in _TABLES:
        refresh(residents)


def refresh(residents: Collection[int]) -> None:
    """Work out anew the doses due of those residents who are children; only lines that differ are written."""
    day = home.current().working_day()
    everyone = sorted(set(residents))
    for start in range(0, len(everyone), _QUERY):
        chunk = everyone[start : start + _QUERY]
        young = Resident.objects.filter(pk__in=chunk, birth_date__gt=add_months(day, -18 * 12))
        children = {pk: (birth, sex) for pk, birth, sex in young.values_list("pk", "birth_date", "sex")}
        stored: dict[int, dict[str, DoseDue]] = defaultdict(dict)
        for line in DoseDue.objects.filter(resident_id__in=chunk):
            stored[line.resident_id][line.slot] = line
        wanted = _wanted(children, day)
        fresh: list[DoseDue] = []
        changed: list[DoseDue] = []
        gone: list[int] = []
        for resident in chunk:
            there, lines = stored[resident], wanted.get(resident, {})
            gone += [line.pk for slot, line in there.items() if slot not in lines]
            for slot, values in lines.items():
                if slot not in there:
                    fresh.append(DoseDue(resident_id=resident, slot=slot, **values))
                elif any(getattr(there[slot], name) != value for name, value in values.items()):
                    for name, value in values.items():
                        setattr(there[slot], name, value)
                    changed.append(there[slot])
        if gone:
            DoseDue.objects.filter(pk__in=gone).delete()
        DoseDue.objects.bulk_create(fresh)
        if changed:
            DoseDue.objects.bulk_update(changed, COLUMNS)


def _wanted(children: Mapping[int, tuple[date, str]], day: date) -> dict[int, dict[str, dict[str, Any]]]:
    given: dict[int, list[Given]] = defaultdict(list)
    for resident, vaccine, on in (
        Vaccination.objects.filter(resident_id__in=children).order_by("given_on", "pk").values_list("resident_id", "vaccine", "given_on")
    ):
        given[resident].append(Given(vaccine, on))
    limits: dict[int, list[Restriction]] = defaultdict(list)
    for state in HealthState.objects.filter(resident_id__in=children):
        limits[state.resident_id].append(restriction(vars(state)))
    carded = set(Certificate.objects.filter(resident_id__in=children).values_list("resident_id", flat=True))
    found: dict[int, dict[str, dict[str, Any]]] = {}
    for resident, (birth, sex) in children.items():
        plan = plan_of(birth, sex, given[resident], limits[resident])
        known = resident in carded or add_months(birth, MANAGED_MONTHS) > day or any(g.vaccine != HPV for g in given[resident])
        found[resident] = lines_of(plan, birth, known=known)
    return found


def restriction(row: Mapping[str, Any]) -> Restriction:
    """A stored state of health, as the schedule looks at it."""
    return Restriction(frozenset(filter(None, (row["concerned"] or "").split(","))), row["kind"], row["started_on"], row["ends_on"])


def lines_of(plan: Plan, birth: date, *, known: bool) -> dict[str, dict[str, Any]]:
    """The lines of a child, by dose. known: its vaccinations are kept here; of an older child without a card only what the programme began
    to offer at that age is (HPV)."""
    return {slot.code: _line(slot, birth) for slot in _kept(plan.slots, known)}


def _kept(slots: Iterable[Slot], known: bool) -> Iterable[Slot]:
    return slots if known else (slot for slot in slots if slot.series == "hpv")


def _line(slot: Slot, birth: date) -> dict[str, Any]:
    of_age = add_months(birth, MANAGED_MONTHS) if slot.series != "hpv" else slot.lapses_on
    return {
        "series": slot.series, "due_on": slot.due_on, "in_time_until": slot.in_time_until, "counted_until": min(of_age, slot.lapses_on),
        "given_on": slot.given_on, "exempt": slot.exempt, "exempt_from": slot.exempt_from, "exempt_until": slot.exempt_until,
    }  # fmt: skip
