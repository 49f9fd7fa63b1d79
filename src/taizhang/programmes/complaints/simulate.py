"""How the synthetic county reports the complaints it had."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.complaints.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, of, per_10k
from taizhang.simulation.run import Row

TARGETS = {"complaints.closing_rate": Rate(95)}

_MONTH: Month = {
    ("received", ""): per_10k(0, 2.4),
    ("closed", ""): of("received", 0.8, 1),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month, from every township and from the county."""
    return Reporting(FORM, places, random).monthly(_MONTH, start, end, by_township=True)
