"""How the synthetic county lives with type 2 diabetes."""

from collections.abc import Iterator
from random import Random
from typing import Any

from taizhang.programmes import chronic_simulation
from taizhang.programmes.chronic_simulation import SimulatedDisease
from taizhang.programmes.diabetes.rules import RULES
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
        "foot_pulse": "1" if random.random() < 0.96 else "2",
        "smoking": random.choice((5, 10, 20)) if person.sex == "1" and random.random() < 0.35 else 0,
        "drinking": random.choice((10, 20)) if person.sex == "1" and random.random() < 0.2 else 0,
        "exercise_times": random.choice((0, 3, 5, 7)),
        "exercise_minutes": random.choice((20, 30, 40)),
        "staple_food": random.choice((200, 250, 300, 350)),
        "psychological": "1" if random.random() < 0.8 else "2",
        "compliance": "1" if random.random() < 0.5 + 0.4 * keeping else "2",
        "hypoglycaemia": "1" if random.random() < 0.96 else "2",
        "medicine_1_name": "盐酸二甲双胍片",
        "medicine_1_times": 3,
        "medicine_1_dose": 50000,
    }


_DISEASE = SimulatedDisease(condition="diabetes", app="diabetes", rules=RULES, control=0.80, measure=_measure)


def live(life: VillageLife) -> Iterator[Row]:
    """Cases and visits of the village's patients with type 2 diabetes."""
    return chronic_simulation.live(_DISEASE, life)
