"""How the synthetic county reports its community health services."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.community_health.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, about, of
from taizhang.simulation.run import Row

_MONTH: Month = {
    ("stations", ""): about(6, 9),
    ("staff", ""): of("stations", 2.1, 3),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month, from the county."""
    return Reporting(FORM, places, random).monthly(_MONTH, start, end, by_township=False)
