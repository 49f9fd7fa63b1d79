"""How the synthetic county lives with hypertension."""

from collections.abc import Iterator
from random import Random
from typing import Any

from taizhang.programmes.chronic import simulation as chronic
from taizhang.programmes.chronic.simulation import SimulatedDisease, SimulatedScreening, attitude, habits
from taizhang.programmes.hypertension.records import HYPERTENSION
from taizhang.programmes.hypertension.rules import RULES, SCREENING_RULES
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
        **habits(random, person, smokers=0.4, drinkers=0.25),
        "salt": random.choices("123", (0.4, 0.45, 0.15))[0],
        **attitude(random, keeping),
        "medicine_1_name": "苯磺酸氨氯地平片",
        "medicine_1_times": 1,
        "medicine_1_dose": 500,
    }


_DISEASE = SimulatedDisease(HYPERTENSION, RULES, control=0.86, measure=_measure)


def live(life: VillageLife) -> Iterator[Row]:
    """Cases and visits of the village's hypertension patients."""
    yield from chronic.live(_DISEASE, life)
    yield from chronic.live_screening(_SCREENING, life)


def _screen(random: Random, person: Person, ill: bool) -> dict[str, Any]:
    systolic = random.randint(144, 172) if ill else int(min(139 if random.random() < 0.97 else 152, max(96, random.gauss(123, 9))))
    return {
        "systolic": systolic,
        "diastolic": min(89, systolic - 30) if not ill else 92,
        "height": (height := int(random.gauss(1650 if person.sex == "1" else 1540, 50))),
        "weight": int(height * height / 1_000_000 * random.gauss(23.0, 2.4) * 10),
        "waist": int(random.gauss(820, 60)),
        "family_hypertension": random.random() < 0.12,
        "salt": random.choices("123", (0.4, 0.52, 0.08))[0],
        "drinking": 20 if person.sex == "1" and random.random() < 0.06 else 0,
    }


_SCREENING = SimulatedScreening(HYPERTENSION, SCREENING_RULES, age=35, share=0.5, measure=_screen)
