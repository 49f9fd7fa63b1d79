"""How the synthetic county reports its work against HIV/AIDS."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.hiv.returns import BLOCKING, FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, about, of, per_10k
from taizhang.simulation.run import Row

_MONTH: Month = {
    ("found", ""): about(0, 2),
    ("counselled", ""): about(18, 40),
    ("tested", "entertainment"): about(30, 70),
    ("tested", "preoperative"): about(140, 240),
}
_BLOCKING: Month = {
    ("mothers", ""): per_10k(5.5, 8),
    ("tested", ""): of("mothers", 1, 1),
    ("tested_early", ""): of("tested", 0.86, 0.94),
    ("infected", ""): about(0, 0),
    ("treated", ""): about(0, 0),
    ("infants", ""): about(0, 0),
    ("infants_treated", ""): about(0, 0),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Returns a month, from the county."""
    yield from Reporting(FORM, places, random).monthly(_MONTH, start, end, by_township=False)
    yield from Reporting(BLOCKING, places, random).monthly(_BLOCKING, start, end, by_township=False)
