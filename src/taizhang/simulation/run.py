"""Running the synthetic county: village by village, each with random streams of its own, so that villages can be made in any order
or process and one line of work's change leaves the others' lives as they were."""

import importlib
import importlib.util
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from types import ModuleType
from typing import Any

from taizhang.county.identity import RecordNumber
from taizhang.simulation.people import Person, people_of
from taizhang.simulation.places import Places, Village

HISTORY_YEARS = 3

# A stored row: the Django model's label, and its values by column name.
Row = tuple[str, dict[str, Any]]


@dataclass
class VillageLife:
    """What a line of work's `simulate.live` is given: one village, its people, the days, a random stream and record keys.

    live(life) yields rows (model label, values by column), the keys from `life.key(model)`. notes: what one line of work leaves for
    the later ones of the same village, such as who had an examination on which day.
    """

    village: Village
    people: list[Person]
    start: date
    end: date
    random: Random
    notes: dict[str, Any]
    _last_key: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def key(self, model: str) -> int:
        """A record key, unique over the county and independent of other villages."""
        self._last_key[model] += 1
        return (self.village.index + 1) * 1_000_000 + self._last_key[model]


def first_day(end: date) -> date:
    """Three years of history: from the day after the same day three years before."""
    return date(end.year - HISTORY_YEARS, end.month, min(end.day, 28))


def life_modules(packages: Iterable[str]) -> list[tuple[str, ModuleType]]:
    """The lines of work that say how the county lives them: (folder name, its simulate module)."""
    found = []
    for package in packages:
        if importlib.util.find_spec(f"{package}.simulate"):
            found.append((package.rsplit(".", 1)[1], importlib.import_module(f"{package}.simulate")))
    return found


def village_rows(
    village: Village, places: Places, end: date, seed: int, modules: list[tuple[str, ModuleType]], seal: Callable[[Person], dict[str, Any]]
) -> Iterator[Row]:
    """All rows of one village. `seal` gives the columns that hold a person's identity in the form they are stored in."""
    start = first_day(end)
    people = people_of(village, places, start, end, seed)
    notes: dict[str, Any] = {}
    for name, module in modules:
        if hasattr(module, "live"):
            yield from module.live(VillageLife(village, people, start, end, Random(f"{seed}/{village.code}/{name}"), notes))
    yield from _county_rows(village, people, seal, notes.get("record_numbers", {}))


def _county_rows(
    village: Village, people: list[Person], seal: Callable[[Person], dict[str, Any]], record_numbers: dict[int, str]
) -> Iterator[Row]:
    households: set[int] = set()
    base = (village.index + 1) * 10_000
    residency = (village.index + 1) * 1_000_000
    for person in people:
        if person.household not in households:
            households.add(person.household)
            number = f"{village.code}{person.household:05}"
            yield (
                "county.Household",
                {
                    "id": base + person.household,
                    "division_id": village.code,
                    "number": number,
                    "address": f"{village.township.name.zh}{village.name.zh}{1 + person.household % 12}组{person.household}号",
                },
            )
        yield (
            "county.Resident",
            {
                "id": person.id,
                "sex": person.sex,
                "birth_date": person.birth_date,
                "household_id": base + person.household,
                "relation": person.relation,
                "registration": person.registration,
                "died_on": person.died_on,
                "record_number": record_numbers.get(person.id),
                **seal(person),
            },
        )
        for place, started, ended in person.residencies:
            residency += 1
            yield (
                "county.Residency",
                {
                    "id": residency,
                    "resident_id": person.id,
                    "organisation_id": place.code,
                    "started_on": started,
                    "ended_on": ended,
                },
            )
    if record_numbers:
        yield "county.RecordNumberSeries", {"prefix": RecordNumber.compose(village.code, 1).prefix, "last": len(record_numbers)}
