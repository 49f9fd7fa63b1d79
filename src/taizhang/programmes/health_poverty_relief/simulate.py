"""How the synthetic county reports its health poverty relief."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.health_poverty_relief.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, of, per_10k
from taizhang.simulation.run import Row

_MONTH: Month = {
    ("people", ""): per_10k(480, 560),
    ("insured", ""): of("people", 1, 1),
    ("ill", "serious"): per_10k(10, 14),
    ("ill", "chronic"): per_10k(60, 80),
    ("ill", "grave"): per_10k(3, 6),
    ("treated", "serious"): of("ill", 0.985, 1),
    ("treated", "chronic"): of("ill", 0.985, 1),
    ("treated", "grave"): of("ill", 1, 1),
    ("settled", ""): per_10k(14, 22),
    ("pay_later", ""): per_10k(4, 8),
    ("relieved", ""): per_10k(400, 700),
    ("at_risk", ""): per_10k(0.2, 1.2),
    ("helped", ""): of("at_risk", 1, 1),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month from the county."""
    return Reporting(FORM, places, random).monthly(_MONTH, start, end, by_township=False)
