"""How the synthetic county reports its work against HIV/AIDS. Mothers and their tests are counted from the records of maternal health, so
that no return tells another number of them."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.hiv.returns import BLOCKING, FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, about
from taizhang.simulation.run import Row

_MONTH: Month = {
    ("found", ""): about(0, 2),
    ("counselled", ""): about(18, 40),
    ("tested", "entertainment"): about(30, 70),
    ("tested", "preoperative"): about(140, 240),
}
_BLOCKING: Month = {
    ("infected", ""): about(0, 0),
    ("treated", ""): about(0, 0),
    ("infants", ""): about(0, 0),
    ("infants_treated", ""): about(0, 0),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Returns a month, from the county."""
    yield from Reporting(FORM, places, random).monthly(_MONTH, start, end, by_township=False)
    yield from Reporting(BLOCKING, places, random).monthly(_BLOCKING, start, end, by_township=False)
