"""How the synthetic county reports its health hotline."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.hotline.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, of, per_10k
from taizhang.simulation.run import Row

TARGETS = {"hotline.in_time_rate": Rate(98), "hotline.satisfied_rate": Rate(95)}

_MONTH: Month = {
    ("calls", ""): per_10k(2, 6),
    ("advice", ""): of("calls", 0.55, 0.7),
    ("complaints", ""): of("calls", 0.1, 0.2),
    ("suggestions", ""): of("calls", 0.02, 0.06),
    ("handled_in_time", ""): of("calls", 0.97, 1),
    ("revisited", ""): of("calls", 0.6, 0.9),
    ("satisfied", ""): of("revisited", 0.92, 1),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month from the county."""
    return Reporting(FORM, places, random).monthly(_MONTH, start, end, by_township=False)
