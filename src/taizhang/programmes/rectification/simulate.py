"""How the synthetic county reports the problems it mended."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.rectification.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, about, of
from taizhang.simulation.run import Row

TARGETS = {"rectification.rate": Rate(90)}

_MONTH: Month = {
    ("found", ""): about(8, 26),
    ("mended", ""): of("found", 0.8, 0.98),
    ("discussants", ""): about(40, 160),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month, from the county."""
    return Reporting(FORM, places, random, 13000000).monthly(_MONTH, start, end, by_township=False)
