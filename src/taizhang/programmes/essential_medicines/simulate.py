"""How the synthetic county reports its essential medicines."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.essential_medicines.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, about, of, per_10k
from taizhang.simulation.run import Row

TARGETS = {"essential_medicines.delivery_rate": Rate(90)}

_MONTH: Month = {
    ("purchased", ""): per_10k(280, 360),
    ("delivered", ""): of("purchased", 0.82, 0.97),
    ("stocked", ""): of("delivered", 0.95, 1.0),
    ("national_items", ""): about(307, 307),
    ("provincial_items", ""): about(177, 177),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month, from the county."""
    return Reporting(FORM, places, random, 7000000).monthly(_MONTH, start, end, by_township=False)
