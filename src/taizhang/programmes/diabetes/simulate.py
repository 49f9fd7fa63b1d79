"""How the synthetic county lives with type 2 diabetes."""

from collections.abc import Iterator
from random import Random
from typing import Any

from taizhang.programmes.chronic import simulation as chronic
from taizhang.programmes.chronic.simulation import SimulatedDisease, SimulatedScreening, attitude, habits
from taizhang.programmes.diabetes.records import DIABETES
from taizhang.programmes.diabetes.rules import RULES, SCREENING_RULES
from taizhang.simulation.people import Person
from taizhang.simulation.reporting import PerTenThousand, Rate
from taizhang.simulation.run import Row, VillageLife

TARGETS = {"diabetes.standard_by_pace": Rate(88), "diabetes.managed": PerTenThousand(460)}


def _measure(random: Random, person: Person, keeping: float, within: bool) -> dict[str, Any]:
    glucose = random.gauss(61, 4) if within else random.gauss(88, 13)
    return {
        "fasting_glucose": int(min(69, max(45, glucose))) if within else int(min(160, max(70, glucose))),
        "systolic": int(min(170, max(100, random.gauss(131, 10)))),
        "diastolic": int(min(99, max(56, random.gauss(80, 6)))),
        "weight": int(random.gauss(67 if person.sex == "1" else 60, 8) * 10),
        "foot_pulse": "1" if random.random() < 0.96 else "21",
        **habits(random, person, smokers=0.35, drinkers=0.2),
        "staple_food": random.choice((200, 250, 300, 350)),
        **attitude(random, keeping),
        "hypoglycaemia": "1" if random.random() < 0.96 else "2",
        "medicine_1_name": "盐酸二甲双胍片",
        "medicine_1_times": 3,
        "medicine_1_dose": 50000,
    }


_DISEASE = SimulatedDisease(DIABETES, RULES, control=0.80, measure=_measure)


def live(life: VillageLife) -> Iterator[Row]:
    """Cases and visits of the village's patients with type 2 diabetes."""
    yield from chronic.live(_DISEASE, life)
    yield from chronic.live_screening(_SCREENING, life)


def _screen(random: Random, person: Person, ill: bool) -> dict[str, Any]:
    return {
        "fasting_glucose": random.randint(72, 110) if ill else int(min(69 if random.random() < 0.99 else 75, max(42, random.gauss(54, 5)))),
        "height": (height := int(random.gauss(1650 if person.sex == "1" else 1540, 50))),
        "weight": int(height * height / 1_000_000 * random.gauss(24.0, 2.4) * 10),
        "waist": int(random.gauss(840, 60)),
        "family_diabetes": random.random() < 0.1,
        "gestational_diabetes": person.sex == "2" and random.random() < 0.02,
        "raised_pressure": "hypertension" in person.conditions,
        "raised_lipids": random.random() < 0.12,
        "sedentary": random.random() < 0.15,
    }


_SCREENING = SimulatedScreening(DIABETES, SCREENING_RULES, age=40, share=0.22, measure=_screen)
