"""How the synthetic county reports its services to children."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.children.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, per_10k
from taizhang.simulation.run import Row

_MONTH: Month = {
    ("basic_care", ""): per_10k(95, 150),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month, from every township and from the county."""
    return Reporting(FORM, places, random, 2000000).monthly(_MONTH, start, end, by_township=True)
