"""How the synthetic county reports its hygiene campaigns."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.patriotic_health.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, per_10k
from taizhang.simulation.run import Row

_MONTH: Month = {
    ("rubbish", ""): per_10k(9, 22),
    ("public_places", ""): per_10k(6, 14),
    ("posters", ""): per_10k(20, 60),
    ("building_sites", ""): per_10k(4, 10),
    ("rivers", ""): per_10k(5, 15),
    ("premises", ""): per_10k(4, 9),
    ("bait", ""): per_10k(20, 60),
    ("insecticide", ""): per_10k(0.5, 2),
    ("cockroach", ""): per_10k(0.2, 1),
    ("talks", ""): per_10k(60, 140),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month, from every township and from the county."""
    return Reporting(FORM, places, random).monthly(_MONTH, start, end, by_township=True)
