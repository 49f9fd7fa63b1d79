"""How the synthetic county reports its integrated township-village management."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.integrated_management.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, about
from taizhang.simulation.run import Row

_MONTH: Month = {
    ("rate", ""): about(8300, 9300),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """How many clinics and hospitals there are, as laid out; the share under integrated management over the year so far."""
    counts: Month = {
        ("village_clinics", ""): about(len(places.villages), len(places.villages)),
        ("township_hospitals", ""): about(len(places.townships), len(places.townships)),
    }
    return Reporting(FORM, places, random).cumulative({**counts, **_MONTH}, start, end)
