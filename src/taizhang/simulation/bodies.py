"""What stays a person's own from one measurement to the next: build, blood pressure, way of life. Values drawn afresh at each visit would
make every course a zigzag that nobody's life draws.

Lengths in mm, weight in 0.1 kg, pressures in mmHg, glucose in 0.1 mmol/L: as the records hold them.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import sin, tau
from random import Random
from typing import Any

from taizhang.simulation.people import Person

_YEAR = 365.25
_TURN = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Body:
    """One grown-up. mass: body mass index of 2020; drift: its change in a year; phase: where in its slow swing the weight then was.
    rest, raised: systolic pressure under control and out of it; sugar, high: the same of fasting glucose. bent: from 0 to 1, how little
    it takes to smoke, to drink, to sit."""

    height: int
    mass: float
    drift: float
    phase: float
    broad: float
    rest: float
    raised: float
    lower: float
    sugar: float
    high: float
    bent: tuple[float, float, float]

    def weight(self, random: Random, day: date) -> int:
        """Within a pound or two of the person's own."""
        return round(self.height * self.height / 1_000_000 * self._mass(day) * 10 + random.gauss(0, 4))

    def waist(self, random: Random, day: date) -> int:
        return round(30 * self._mass(day) + self.broad + random.gauss(0, 8))

    def tall(self, random: Random) -> int:
        """The height as one examination reads it."""
        return self.height + random.randint(-4, 4)

    def pressure(self, random: Random, within: bool) -> tuple[int, int]:
        """Systolic and diastolic: under 140/90, or not; now and then so high that it cannot wait."""
        if within:
            upper = int(min(139, max(100, random.gauss(self.rest, 3.5))))
            return upper, int(min(89, max(56, random.gauss(self.lower, 2.5)), upper - 15))
        upper = int(max(141, random.gauss(self.raised, 4.5))) + (36 if random.random() < 0.002 else 0)
        return upper, int(min(129, max(56, random.gauss(self.lower + 10, 3.5)), upper - 15))

    def glucose(self, random: Random, within: bool) -> int:
        """Under 7.0, or not."""
        if within:
            return int(min(69, max(45, random.gauss(self.sugar, 2.5))))
        return int(min(160, max(70, random.gauss(self.high, 5))))

    def _mass(self, day: date) -> float:
        years = (day - _TURN).days / _YEAR
        return self.mass + self.drift * years + 0.25 * sin(tau * (years / 2.3 + self.phase))


def body_of(person: Person) -> Body:
    """The same for every line of work and every day, and independent of anybody else's."""
    return _body(person.id, person.sex)


@lru_cache(maxsize=4096)  # a village at a time
def _body(key: int, sex: str) -> Body:
    random = Random(f"body/{key}")
    man = sex == "1"
    rest = min(137.0, max(112.0, random.gauss(128, 5)))
    return Body(
        height=int(min(1850, max(1400, random.gauss(1655 if man else 1545, 52)))),
        mass=min(33.0, max(17.5, random.gauss(23.7, 2.6))),
        drift=random.gauss(0, 0.12),
        phase=random.random(),
        broad=random.gauss(140 if man else 110, 25),
        rest=rest,
        raised=max(145.0, rest + random.gauss(21, 5)),
        lower=min(86.0, max(66.0, random.gauss(79, 4))),
        sugar=min(67.0, max(50.0, random.gauss(60, 3.5))),
        high=min(140.0, max(74.0, random.gauss(86, 10))),
        bent=(random.random(), random.random(), random.random()),
    )


def habits(random: Random, person: Person, *, smokers: float, drinkers: float) -> dict[str, Any]:
    """Way of life as a visit finds it. smokers, drinkers: their share among men; no woman of the county smokes or drinks."""
    smoking, drinking, sitting = body_of(person).bent
    man = person.sex == "1"
    return {
        "smoking": (5, 10, 20)[int(smoking * 997) % 3] if man and smoking < smokers else 0,
        "drinking": (10, 20)[int(drinking * 997) % 2] if man and drinking < drinkers else 0,
        "exercise_times": (7, 5, 3, 0)[min(3, int((sitting * 0.8 + random.random() * 0.2) * 4))],
        "exercise_minutes": (40, 30, 20)[min(2, int((sitting * 0.8 + random.random() * 0.2) * 3))],
    }


def born(person: Person) -> tuple[int, int]:
    """Completed weeks at birth, and weight then in 0.01 kg: one birth, whoever writes it down."""
    random = Random(f"born/{person.id}")
    weeks = random.choices((35, 36, 37, 38, 39, 40, 41), (2, 3, 8, 22, 36, 24, 5))[0]
    return weeks, max(150, int(random.gauss(330 - 14 * max(0, 39 - weeks), 34)))
