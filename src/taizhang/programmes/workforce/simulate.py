"""How the synthetic county reports its recruiting and training."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.workforce.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, about, of
from taizhang.simulation.run import Row

_MONTH: Month = {
    ("recruited", "medical"): about(0, 5),
    ("recruited", "nursing"): about(0, 6),
    ("recruited", "other"): about(0, 1.4),
    ("recruited", "postgraduate"): about(0, 1.2),
    ("courses", ""): about(0.3, 1.4),
    ("trained", ""): of("courses", 35, 58),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month, from the county."""
    return Reporting(FORM, places, random).monthly(_MONTH, start, end, by_township=False)
