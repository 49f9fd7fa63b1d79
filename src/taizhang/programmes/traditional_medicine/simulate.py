"""How the synthetic county gives Chinese medicine: a constitution with most yearly examinations, guidance at the ages."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from taizhang.kernel.periods import add_months
from taizhang.programmes.traditional_medicine import rules
from taizhang.programmes.traditional_medicine.questions import FIELDS, TYPES
from taizhang.programmes.traditional_medicine.returns import SERVICES
from taizhang.simulation.people import Person
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, about, of, per_10k
from taizhang.simulation.run import Row, VillageLife

TARGETS = {"traditional_medicine.elderly_rate": Rate(74), "traditional_medicine.children_rate": Rate(84)}

_SERVICES: Month = {
    ("all_visits", ""): per_10k(1400, 1900),
    ("visits", ""): of("all_visits", 0.28, 0.36),
}
SENIOR = 65
_LEANING = tuple(code for code in TYPES if code != "balanced")


def live(life: VillageLife) -> Iterator[Row]:
    """Constitutions of the old, on the day of their examination, and guidance of small children."""
    examinations: dict[int, list[tuple[int, date]]] = life.notes.get("examinations", {})
    for person in life.people:
        for _, day in examinations.get(person.id, []):
            if day.year - person.birth_date.year >= SENIOR and life.random.random() < 0.88 + 0.1 * life.village.diligence:
                yield "traditional_medicine.Constitution", _constitution(life, person, day)
        if rules.windows(person.birth_date)[-1][3] >= life.start:
            yield from _guided(life, person)


def _constitution(life: VillageLife, person: Person, day: date) -> dict[str, Any]:
    row: dict[str, Any] = {"assessed_on": day, **_answers(life.random)}
    row |= rules.judge(row)
    row["guidance"] = "1,2,3,4" if life.random.random() < 0.985 else None
    return _stored(life, person, "traditional_medicine.Constitution", day, row)


def _answers(random: Random) -> dict[str, int]:
    """Most are well; some lean to one constitution."""
    answers = {name: 1 if random.random() < 0.72 else 2 for name in FIELDS}
    answers["q1"] = random.choices((3, 4, 5), (20, 50, 30))[0]
    if random.random() < 0.48:
        for number in TYPES[random.choice(_LEANING)][1]:
            answers[f"q{number}"] = random.choices((2, 3, 4), (25, 50, 25))[0]
    return answers


def _guided(life: VillageLife, person: Person) -> Iterator[Row]:
    random = life.random
    since, last = max(life.start, person.first_day), person.last_day(life.end)
    for months, opens, _, closes in rules.windows(person.birth_date):
        if opens > last or closes < since or random.random() > 0.86 + 0.12 * life.village.diligence:
            continue
        day = add_months(person.birth_date, months) + timedelta(days=random.randint(-5, 12))
        if since <= day <= min(last, closes):
            following = next((m for m, start, _, _ in rules.windows(person.birth_date) if start > day), None)
            row = {
                "visited_on": day,
                "stage": str(months),
                "service": f"1,2,{rules.TAUGHT[months]}",
                "next_on": add_months(person.birth_date, following) if following else None,
            }
            yield "traditional_medicine.ChildGuidance", _stored(life, person, "traditional_medicine.ChildGuidance", day, row)


def _stored(life: VillageLife, person: Person, model: str, day: date, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": life.key(model),
        "resident_id": person.id,
        "organisation_id": person.clinic_on(day),
        "recorded_by": f"v{life.village.code[6:]}",
        **row,
    }


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Services of the grass roots from the county, with as many institutions as are laid out; health management stands in records."""
    counts: Month = {
        ("institutions", ""): about(len(places.townships), len(places.townships)),
        ("halls", ""): of("institutions", 1, 1),
        ("village_clinics", ""): about(len(places.villages), len(places.villages)),
        ("village_clinics_able", ""): of("village_clinics", 0.84, 0.92),
    }
    yield from Reporting(SERVICES, places, random).monthly({**counts, **_SERVICES}, start, end, by_township=False)
