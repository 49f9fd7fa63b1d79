"""How the synthetic county reports its health education."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.health_education.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, PerTenThousand, Reporting, of, per_10k
from taizhang.simulation.run import Row

TARGETS = {"health_education.lectures": PerTenThousand(68), "health_education.boards": PerTenThousand(80)}

_MONTH: Month = {
    ("materials", ""): per_10k(350, 700),
    ("boards", ""): per_10k(5, 9),
    ("consultations", ""): per_10k(0.8, 1.6),
    ("consulted", ""): of("consultations", 60, 160),
    ("lectures", ""): per_10k(4, 8),
    ("attended", ""): of("lectures", 22, 38),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month, from every township and from the county."""
    return Reporting(FORM, places, random).monthly(_MONTH, start, end, by_township=True)
