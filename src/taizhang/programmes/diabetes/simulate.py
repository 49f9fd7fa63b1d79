"""How the synthetic county lives with type 2 diabetes."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from taizhang.programmes.chronic import simulation as chronic
from taizhang.programmes.chronic.simulation import SimulatedDisease, SimulatedScreening, attitude
from taizhang.programmes.diabetes.records import DIABETES
from taizhang.programmes.diabetes.rules import RULES, SCREENING_RULES
from taizhang.simulation.bodies import body_of, habits
from taizhang.simulation.people import Person
from taizhang.simulation.reporting import PerTenThousand, Rate
from taizhang.simulation.run import Row, VillageLife

TARGETS = {"diabetes.standard_by_pace": Rate(88), "diabetes.managed": PerTenThousand(460)}


def _measure(random: Random, person: Person, day: date, keeping: float, within: bool) -> dict[str, Any]:
    body = body_of(person)
    systolic, diastolic = body.pressure(random, random.random() < 0.8)
    return {
        "fasting_glucose": body.glucose(random, within),
        "systolic": systolic,
        "diastolic": diastolic,
        "weight": body.weight(random, day),
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


def _screen(random: Random, person: Person, day: date, ill: bool) -> dict[str, Any]:
    body = body_of(person)
    return {
        "fasting_glucose": random.randint(72, 110) if ill else int(min(69 if random.random() < 0.99 else 75, max(42, random.gauss(54, 5)))),
        "height": body.tall(random),
        "weight": body.weight(random, day),
        "waist": body.waist(random, day),
        "family_diabetes": random.random() < 0.1,
        "gestational_diabetes": person.sex == "2" and random.random() < 0.02,
        "raised_pressure": "hypertension" in person.conditions,
        "raised_lipids": random.random() < 0.12,
        "sedentary": random.random() < 0.15,
    }


_SCREENING = SimulatedScreening(DIABETES, SCREENING_RULES, age=40, share=0.22, measure=_screen)
