"""How the synthetic county lives a chronic disease: enrolment, visits in time, late or left out, values that follow the patient.

Classes and due dates are not invented here: the disease's own rules derive them from the visits.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from taizhang.kernel.registry import registry
from taizhang.programmes.chronic.disease import ManagedDisease
from taizhang.programmes.chronic.visits import FollowUpRules
from taizhang.simulation.people import Person
from taizhang.simulation.run import Row, VillageLife

# Values measured at one visit, for a patient who keeps to the treatment well (1.0) or badly (0.0).
Measure = Callable[[Random, Person, float, bool], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class SimulatedDisease:
    """control: the share of visits within target of a well-kept patient. measure: the values a visit shows."""

    disease: ManagedDisease
    rules: FollowUpRules
    control: float
    measure: Measure


def habits(random: Random, person: Person, *, smokers: float, drinkers: float) -> dict[str, Any]:
    """Way of life as a visit finds it. smokers, drinkers: their share among men; no woman of the county smokes or drinks."""
    return {
        "smoking": random.choice((5, 10, 20)) if person.sex == "1" and random.random() < smokers else 0,
        "drinking": random.choice((10, 20)) if person.sex == "1" and random.random() < drinkers else 0,
        "exercise_times": random.choice((0, 3, 5, 7)),
        "exercise_minutes": random.choice((20, 30, 40)),
    }


def attitude(random: Random, keeping: float) -> dict[str, Any]:
    """心理调整 and 遵医行为 of a patient who keeps to the treatment so well."""
    return {
        "psychological": "1" if random.random() < 0.8 else "2",
        "compliance": "1" if random.random() < 0.5 + 0.4 * keeping else "2",
    }


def live(simulated: SimulatedDisease, life: VillageLife) -> Iterator[Row]:
    """Cases and follow-ups of every patient of the village who was found."""
    for person in life.people:
        diagnosed = person.conditions.get(simulated.disease.code)
        last = person.last_day(life.end)
        if diagnosed is None or last < person.first_day:
            continue
        # Found with some delay; one in twenty-five is known to the hospital and not yet to the village.
        enrolled = max(diagnosed, person.first_day) + timedelta(days=life.random.randrange(2, 40))
        if enrolled > last or life.random.random() < 0.04:
            continue
        gone = last < life.end
        yield (
            simulated.disease.case.model,
            {
                "id": life.key(simulated.disease.case.model),
                "resident_id": person.id,
                "organisation_id": person.clinic_on(enrolled),
                "recorded_by": ACCOUNT.format(life.village.code[6:]),
                "diagnosed_on": diagnosed,
                "enrolled_on": enrolled,
                "closed_on": last + timedelta(days=1) if gone else None,
                "close_reason": ("1" if person.died_on else "2") if gone else "",
            },
        )
        visits = list(_visits(simulated, life, person, max(enrolled, life.start), last))
        derived = simulated.rules.derive(visits, birth_date=person.birth_date, parameters=registry.parameters)
        for visit, conclusions in zip(visits, derived, strict=True):
            yield simulated.disease.follow_up.model, visit | conclusions


ACCOUNT = "v{}"


def _visits(simulated: SimulatedDisease, life: VillageLife, person: Person, first: date, last: date) -> Iterator[dict[str, Any]]:
    """A patient's visits: in time as far as doctor and patient keep to it. Some slip by weeks, some are left out."""
    random = life.random
    keeping = min(0.99, max(0.1, random.gauss(life.village.diligence, 0.12)))
    control = simulated.control * (0.55 + 0.45 * keeping) if random.random() < 0.9 else 0.3
    day = first + timedelta(days=random.randrange(0, 80))
    while day <= last:
        reached = random.random() < 0.993
        within = random.random() < control
        telephone = random.random() < 0.07
        row: dict[str, Any] = {
            "id": life.key(simulated.disease.follow_up.model),
            "resident_id": person.id,
            "organisation_id": person.clinic_on(day),
            "recorded_by": ACCOUNT.format(life.village.code[6:]),
            "late": random.random() < 0.02,
            "visited_on": day,
            "way": "3" if telephone else ("1" if random.random() < 0.62 else "2"),
            "outcome": "1" if reached else "2",
        }
        if reached:
            row |= {
                "adherence": "1" if random.random() < 0.6 + 0.35 * keeping else ("2" if random.random() < 0.8 else "3"),
                "adverse_reaction": "2" if random.random() < 0.01 else "1",
                "new_complication": random.random() < 0.004,
                "danger_signs": False,
                **simulated.measure(random, person, keeping, within),
            }
        yield row
        day += timedelta(days=_gap(random, keeping, within))


def _gap(random: Random, keeping: float, within: bool) -> int:
    """Days to the next visit: about three months when all is well, two weeks when not, and whatever slips."""
    if not within and random.random() < 0.35 + 0.5 * keeping:
        return random.randint(10, 15)
    if random.random() < keeping:
        return random.randint(78, 91)
    return random.randint(92, 130) if random.random() < 0.75 else random.randint(150, 230)
