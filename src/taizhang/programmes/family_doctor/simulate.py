"""How the synthetic county lives with family doctor contracts: priority groups sign for a year at a time, others for three; most of what is
agreed is given, some of it late, and what is not has its reason."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from taizhang.kernel.periods import add_months
from taizhang.kernel.registry import registry
from taizhang.programmes.family_doctor import rules
from taizhang.programmes.family_doctor.records import ITEMS_AT_MOST
from taizhang.programmes.family_doctor.returns import GROUPS
from taizhang.simulation.people import Person
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, of, per_10k
from taizhang.simulation.run import Row, VillageLife

TARGETS = {"family_doctor.coverage": Rate(50), "family_doctor.key_coverage": Rate(85)}

# Of the returns only the group that no record of the ledger tells.
_GROUPS: Month = {("people", "disabled"): per_10k(120, 160), ("contracted", "disabled"): of("people", 0.78, 0.92)}

_TEAMS = 3  # a township hospital
_SIGNS = {True: 0.89, False: 0.33}  # of priority groups, of others
_RENEWS = 0.95
_YEAR, _THREE_YEARS = 12, 36
_HISTORY_MONTHS = 26  # long enough for last year's figures; a third year would only be rows
_CHRONIC, _OLD, _CHILD, _OTHER = ("2", "3", "4"), ("1", "2", "5"), ("1", "5"), ("5", "6")
_PACKAGE = {_CHRONIC: "3", _OLD: "2", _CHILD: "6", _OTHER: "1"}


def live(life: VillageLife) -> Iterator[Row]:
    """Contracts of the village's people, and what was given under them."""
    window = registry.parameters["family_doctor.renewal_days"]
    for person in life.people:
        last = person.last_day(life.end)
        begin = max(person.first_day, add_months(life.end, -_HISTORY_MONTHS))
        items = _items(person, last)
        key = items is not _OTHER
        if last < begin or life.random.random() > _SIGNS[key]:
            continue
        contracts: list[dict[str, Any]] = []
        visits: list[dict[str, Any]] = []
        day = begin + timedelta(days=life.random.randrange(10, 150))
        while day <= last:
            contract = _contract(life, person, day, items, _YEAR if key else _THREE_YEARS)
            visits += _visits(life, person, contract, min(last, contract["ends_on"]), key)
            contracts.append(contract)
            if life.random.random() > _RENEWS:
                break
            # Mostly in the last days of the old one, from the day after its end on.
            day = contract["ends_on"] + timedelta(days=life.random.choice((1, 1, 1, 2, 6, 15)))
        if last < life.end and contracts and contracts[-1]["ends_on"] > last:
            contracts[-1] |= {"terminated_on": last, "terminate_reason": "1" if person.died_on == last else "2"}
        given = [(visit["visited_on"], rules.codes(visit["items_done"])) for visit in visits]
        for place, contract in enumerate(contracts):
            yield "family_doctor.Contract", contract | _derived(contract, contracts, place, given, window.at(contract["signed_on"]))
        for visit in visits:
            yield "family_doctor.ContractService", visit


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """The teams of the township hospitals, and the return of the group that only returns know."""
    since = date(start.year, 1, 5)
    for town in places.townships:
        for number in range(1, _TEAMS + 1):
            yield "family_doctor.Team", {
                "id": town.index * 100 + number, "organisation_id": town.code, "recorded_by": f"t{town.code[6:]}", "formed_on": since,
                "name": f"{town.name.zh}第{number}家庭医生团队", "leader": f"{number}组组长", "members": 4 + number, "nurses": 1,
                "public_health": 1, "village_doctors": 1 + number,
            }  # fmt: skip
    yield from Reporting(GROUPS, places, random).monthly(_GROUPS, start, end, by_township=True)


def _items(person: Person, day: date) -> Sequence[str]:
    """What a person's contract agrees, by the group they belong to."""
    age = person.age_on(day)
    if any(name in person.conditions for name in ("hypertension", "diabetes")):
        return _CHRONIC
    return _OLD if age >= 65 else _CHILD if age <= 6 else _OTHER


def _contract(life: VillageLife, person: Person, day: date, items: Sequence[str], months: int) -> dict[str, Any]:
    clinic = person.clinic_on(day)
    diabetic = items is _CHRONIC and "hypertension" not in person.conditions
    return {
        "id": life.key("family_doctor.Contract"), "resident_id": person.id, "organisation_id": clinic,
        "recorded_by": f"v{life.village.code[6:]}", "signed_on": day, "starts_on": day,
        "ends_on": add_months(day, months) - timedelta(days=1),
        "team": f"{life.village.township.name.zh}第{1 + life.village.index % _TEAMS}家庭医生团队", "key_groups": _group(person, items),
        "package": "4" if diabetic else _PACKAGE[tuple(items)], "items": ",".join(items), "terminated_on": None, "terminate_reason": None,
    }  # fmt: skip


def _group(person: Person, items: Sequence[str]) -> str:
    codes = {"2"} if "hypertension" in person.conditions else set()
    codes |= {"3"} if "diabetes" in person.conditions else set()
    codes |= {"1"} if items is _OLD else {"5"} if items is _CHILD else set()
    return ",".join(sorted(codes)) or "0"


def _visits(life: VillageLife, person: Person, contract: dict[str, Any], last: date, key: bool) -> Iterator[dict[str, Any]]:
    """Visits of one contract: the agreed services one after the other, at the pace they fall due; a few are missed."""
    random: Random = life.random
    items = rules.codes(contract["items"])
    term = (contract["ends_on"] - contract["starts_on"]).days + 1
    used: set[date] = set()
    for number, item in enumerate(items):
        due = int(term * (number + 1) / len(items))
        late = random.random() > 0.35 + 0.63 * life.village.diligence
        ahead = random.randrange(5, 70 if key else 300)
        day = contract["starts_on"] + timedelta(days=max(1, due - ahead if not late else min(term - 2, due + ahead)))
        if day > last or day in used:
            continue
        used.add(day)
        missed = random.random() < 0.035
        yield {
            "id": life.key("family_doctor.ContractService"), "resident_id": person.id, "organisation_id": person.clinic_on(day),
            "recorded_by": f"v{life.village.code[6:]}", "visited_on": day, "way": random.choices("123", (45, 40, 15))[0],
            "items_done": None if missed else item, "items_missed": item if missed else None,
            "missed_reason": random.choices("123469", (55, 10, 8, 15, 10, 2))[0] if missed else None,
            "done_count": 0 if missed else 1, "missed_count": 1 if missed else 0,
        }  # fmt: skip


def _derived(
    contract: dict[str, Any], all_of_them: list[dict[str, Any]], place: int, given: list[tuple[date, tuple[str, ...]]], window: int | None
) -> dict[str, Any]:
    """What the stored contract derives, by the same rules."""
    items = rules.codes(contract["items"])
    found = rules.fulfilment(items, contract["starts_on"], contract["ends_on"], given)
    following = all_of_them[place + 1] if place + 1 < len(all_of_them) else None
    before = all_of_them[place - 1] if place else None
    renewed = following is not None and rules.renews(contract["ends_on"], following["signed_on"], window)
    days = {f"done_{n}_on": found.days[n - 1] if n <= len(found.days) else None for n in range(1, ITEMS_AT_MOST + 1)}
    return {
        "items_agreed": len(items), "items_left": ",".join(found.left), **days, "fulfilled_on": found.fulfilled_on,
        "next_due_on": None if contract["terminated_on"] else found.next_due_on,
        "renewal": before is not None and rules.renews(before["ends_on"], contract["signed_on"], window),
        "renewed_on": following["signed_on"] if following is not None and renewed else None,
    }  # fmt: skip
