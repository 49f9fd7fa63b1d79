"""How the synthetic county reports its services to children."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.children.returns import FORM, MANAGEMENT
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, of, per_10k
from taizhang.simulation.run import Row

TARGETS = {"children.management_rate": Rate(90)}

_MONTH: Month = {
    ("basic_care", ""): per_10k(95, 150),
}
_MANAGEMENT: Month = {
    ("under_seven", ""): per_10k(560, 560),
    ("under_seven_managed", ""): of("under_seven", 0.91, 0.96),
    ("under_three", ""): of("under_seven", 0.38, 0.38),
    ("under_three_managed", ""): of("under_three", 0.9, 0.95),
    ("vision_checked", ""): of("under_seven", 0.89, 0.95),
    ("newborns_visited", ""): per_10k(5, 7),
    ("anaemic", ""): per_10k(0.3, 1.2),
    ("stunted", ""): per_10k(0, 0.3),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Returns a month, from every township and from the county."""
    yield from Reporting(FORM, places, random).monthly(_MONTH, start, end, by_township=True)
    yield from Reporting(MANAGEMENT, places, random).monthly(_MANAGEMENT, start, end, by_township=True)
