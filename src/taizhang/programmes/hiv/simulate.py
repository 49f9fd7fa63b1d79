"""How the synthetic county reports its work against HIV/AIDS."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.hiv.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, about
from taizhang.simulation.run import Row

_MONTH: Month = {
    ("found", ""): about(0, 2),
    ("counselled", ""): about(18, 40),
    ("tested", "entertainment"): about(30, 70),
    ("tested", "preoperative"): about(140, 240),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month, from the county."""
    return Reporting(FORM, places, random, 6000000).monthly(_MONTH, start, end, by_township=False)
