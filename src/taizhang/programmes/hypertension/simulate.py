"""How the synthetic county lives with hypertension."""

from collections.abc import Iterator
from random import Random
from typing import Any

from taizhang.programmes import chronic_simulation
from taizhang.programmes.chronic_simulation import SimulatedDisease
from taizhang.programmes.hypertension.rules import RULES
from taizhang.simulation.people import Person
from taizhang.simulation.reporting import PerTenThousand, Rate
from taizhang.simulation.run import Row, VillageLife

TARGETS = {"hypertension.standard_by_pace": Rate(88), "hypertension.managed": PerTenThousand(1_250)}


def _measure(random: Random, person: Person, keeping: float, within: bool) -> dict[str, Any]:
    systolic = random.gauss(130, 5.5) if within else random.gauss(152, 8)
    diastolic = random.gauss(80, 4.5) if within else random.gauss(93, 6)
    limit = 139 if within else 240
    upper = int(min(limit, max(100, systolic)))
    return {
        "systolic": upper if within else max(upper, 141),
        "diastolic": int(min(89 if within else 129, max(56, diastolic), upper - 15)),
        "heart_rate": random.randint(62, 92),
        "weight": int(random.gauss(66 if person.sex == "1" else 58, 8) * 10),
        "smoking": random.choice((5, 10, 20)) if person.sex == "1" and random.random() < 0.4 else 0,
        "drinking": random.choice((10, 20)) if person.sex == "1" and random.random() < 0.25 else 0,
        "exercise_times": random.choice((0, 3, 5, 7)),
        "exercise_minutes": random.choice((20, 30, 40)),
        "salt": random.choices("123", (0.4, 0.45, 0.15))[0],
        "psychological": "1" if random.random() < 0.8 else "2",
        "compliance": "1" if random.random() < 0.5 + 0.4 * keeping else "2",
        "medicine_1_name": "苯磺酸氨氯地平片",
        "medicine_1_times": 1,
        "medicine_1_dose": 500,
    }


_DISEASE = SimulatedDisease(condition="hypertension", app="hypertension", rules=RULES, control=0.86, measure=_measure)


def live(life: VillageLife) -> Iterator[Row]:
    """Cases and visits of the village's hypertension patients."""
    return chronic_simulation.live(_DISEASE, life)
