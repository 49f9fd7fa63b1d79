"""How the synthetic county lives with hypertension."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from taizhang.programmes.chronic import simulation as chronic
from taizhang.programmes.chronic.simulation import SimulatedDisease, SimulatedScreening, attitude
from taizhang.programmes.hypertension.records import HYPERTENSION
from taizhang.programmes.hypertension.rules import RULES, SCREENING_RULES
from taizhang.simulation.bodies import body_of, habits
from taizhang.simulation.people import Person
from taizhang.simulation.reporting import PerTenThousand, Rate
from taizhang.simulation.run import Row, VillageLife

TARGETS = {"hypertension.standard_by_pace": Rate(88), "hypertension.managed": PerTenThousand(1_250)}


def _measure(random: Random, person: Person, day: date, keeping: float, within: bool) -> dict[str, Any]:
    body = body_of(person)
    systolic, diastolic = body.pressure(random, within)
    return {
        "systolic": systolic,
        "diastolic": diastolic,
        "heart_rate": random.randint(62, 92),
        "weight": body.weight(random, day),
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


def _screen(random: Random, person: Person, day: date, ill: bool) -> dict[str, Any]:
    body = body_of(person)
    systolic = random.randint(144, 172) if ill else int(min(139 if random.random() < 0.97 else 152, max(96, random.gauss(123, 9))))
    return {
        "systolic": systolic,
        "diastolic": min(89, systolic - 30) if not ill else 92,
        "height": body.tall(random),
        "weight": body.weight(random, day),
        "waist": body.waist(random, day),
        "family_hypertension": random.random() < 0.12,
        "salt": random.choices("123", (0.4, 0.52, 0.08))[0],
        "drinking": 20 if person.sex == "1" and random.random() < 0.06 else 0,
    }


_SCREENING = SimulatedScreening(HYPERTENSION, SCREENING_RULES, age=35, share=0.5, measure=_screen)
