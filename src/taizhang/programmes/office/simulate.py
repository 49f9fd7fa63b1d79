"""How the synthetic county reports its office work."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.office.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, about, of
from taizhang.simulation.run import Row

_MONTH: Month = {
    ("received", ""): about(110, 190),
    ("issued", ""): about(18, 36),
    ("meetings", ""): about(4, 9),
    ("followed", ""): about(8, 18),
    ("done", ""): of("followed", 0.86, 1),
    ("disclosed", ""): about(20, 44),
    ("proposals", ""): about(0, 2.4),
    ("answered", ""): of("proposals", 1, 1),
    ("checks", ""): about(1, 4),
    ("leaks", ""): about(0, 0),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month from the county."""
    return Reporting(FORM, places, random).monthly(_MONTH, start, end, by_township=False)
