"""How the synthetic county reports its health supervision."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.supervision.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, about, of
from taizhang.simulation.run import Row

_MONTH: Month = {
    ("employers_checked", "occupational"): about(4, 12),
    ("employers_with_problems", "occupational"): of("employers_checked", 0.2, 0.6),
    ("entry_examinations", "occupational"): about(120, 320),
    ("health_certificates", "occupational"): of("entry_examinations", 0.5, 0.8),
    ("units_checked", "radiation"): about(1, 5),
    ("institutions_patrolled", "medical"): about(12, 30),
    ("opinions", "medical"): of("institutions_patrolled", 0.5, 1.1),
    ("cases_filed", "medical"): of("institutions_patrolled", 0.05, 0.3),
    ("licences_verified", "medical"): about(2, 9),
    ("adverts", "medical"): about(0, 1.4),
    ("complaints", "medical"): about(0, 2),
    ("consulted", "publicity"): about(60, 180),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month, from the county."""
    return Reporting(FORM, places, random, 8000000).monthly(_MONTH, start, end, by_township=False)
