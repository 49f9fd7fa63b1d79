"""How the synthetic county lives with COPD: old smokers and old cooks, breathless in winter."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from taizhang.programmes.chronic import simulation as chronic
from taizhang.programmes.chronic.simulation import SimulatedDisease, SimulatedScreening, attitude
from taizhang.programmes.copd.records import CASE, COPD
from taizhang.programmes.copd.rules import RULES, SCREENING_RULES
from taizhang.simulation.bodies import body_of, habits
from taizhang.simulation.people import Person
from taizhang.simulation.reporting import PerTenThousand, Rate
from taizhang.simulation.run import Row, VillageLife

TARGETS = {"copd.standard_by_pace": Rate(85), "copd.managed": PerTenThousand(110)}

# Known patients by age and sex: many more have it than have been told.
_KNOWN = {"1": ((40, 0.0), (60, 0.012), (70, 0.05), (130, 0.075)), "2": ((40, 0.0), (60, 0.004), (70, 0.014), (130, 0.025))}


def live(life: VillageLife) -> Iterator[Row]:
    """Patients, visits and questionnaires of the village."""
    for person in life.people:
        share = next(s for limit, s in _KNOWN[person.sex] if person.age_on(person.last_day(life.end)) < limit)
        if life.random.random() < share:
            person.conditions[COPD.code] = life.end - timedelta(days=life.random.randrange(30, 1500))
    for model, row in chronic.live(_DISEASE, life):
        yield model, row | (_lungs(life.random) if model == CASE.model else {})
    yield from chronic.live_screening(_SCREENING, life)


def _lungs(random: Random) -> dict[str, Any]:
    return {"fev1_fvc": random.randint(420, 690), "fev1_predicted": random.randint(280, 850)}


def _measure(random: Random, person: Person, day: date, keeping: float, within: bool) -> dict[str, Any]:
    worse = random.random() < 0.8
    times = 0 if within or (worse and random.random() > 0.35) else 1
    year = times + random.choices((0, 1, 2), (72, 21, 7))[0]
    return {
        "symptoms": random.choice(("2,3", "2,4", "4", "2")),
        "symptom_change": random.choice("12") if within else ("3" if worse else "2"),
        "exacerbations_since": times,
        "exacerbations": year,
        "admissions": 1 if year and random.random() < 0.3 else 0,
        "mmrc": random.choices("01234", (8, 40, 34, 14, 4))[0],
        "cat": random.randint(5, 21) if within else random.randint(12, 30),
        "oxygen_saturation": random.randint(93, 98) if within else random.randint(90, 96),
        "weight": body_of(person).weight(random, day),
        **habits(random, person, smokers=0.38, drinkers=0.2),
        **attitude(random, keeping),
        "inhaler": random.choices("123", (60, 18, 22))[0],
        "flu_vaccine": random.random() < 0.25,
        "medicine_1_name": "噻托溴铵粉吸入剂",
        "medicine_1_times": 1,
        **(_lungs(random) if random.random() < 0.28 else {}),
    }


def _ask(random: Random, person: Person, day: date, ill: bool) -> dict[str, Any]:
    smokes = person.sex == "1" and random.random() < (0.9 if ill else 0.45)
    body = body_of(person)
    return {
        "height": body.tall(random),
        "weight": body.weight(random, day),
        "smoking": 20 if smokes else 0,
        "smoking_years": random.randint(10, 40) if smokes else 0,
        "often_coughs": ill or random.random() < 0.06,
        "breathlessness": "3" if ill else random.choices("123", (93, 6, 1))[0],
        "smoky_fuel": random.random() < 0.2,
        "family_lungs": random.random() < 0.05,
    }


_DISEASE = SimulatedDisease(COPD, RULES, control=0.84, measure=_measure)
_SCREENING = SimulatedScreening(COPD, SCREENING_RULES, age=40, share=0.25, measure=_ask, since=date(2024, 9, 13))
