"""How the synthetic county reports its malaria control."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.malaria.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, about, of, per_10k
from taizhang.simulation.run import Row

_MONTH: Month = {
    ("due", "former_patients"): about(0, 1),
    ("treated", "former_patients"): of("due", 1, 1),
    ("due", "families"): about(0, 2),
    ("treated", "families"): of("due", 1, 1.2),
    ("blood_tests", ""): per_10k(90, 150),
    ("positive", ""): about(0, 0),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month, from the county."""
    return Reporting(FORM, places, random).monthly(_MONTH, start, end, by_township=False)
