"""How the synthetic county reports its health supervision."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.supervision.returns import FORM, SPECIALTIES
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, about, of
from taizhang.simulation.run import Row

TARGETS = {"supervision.coverage": Rate(90)}

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
# Units under inspection.
_UNITS = {
    "public_places": 180,
    "drinking_water": 14,
    "schools": 28,
    "medical": 96,
    "infectious": 96,
    "occupational": 40,
    "radiation": 12,
    "tableware": 4,
    "blood": 2,
    "maternal": 6,
}
_FIRM = ("public_places", "drinking_water", "medical", "infectious", "occupational")  # the specialties in which cases are filed
_SPECIALTIES: Month = {
    key: draw
    for row, size in _UNITS.items()
    for key, draw in {
        ("units", row): about(size, size),
        ("covered", row): of("units", 0.88, 1),
        ("visits", row): of("units", 0.12, 0.3),
        ("passed", row): of("visits", 0.9, 1),
        ("filed", row): of("visits", 0.02, 0.2) if row in _FIRM else about(0, 0),
        ("closed", row): of("filed", 0.8, 1),
        ("fined", row): of("closed", 18, 46),
    }.items()
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Returns a month, from the county's inspection institute."""
    yield from Reporting(FORM, places, random).monthly(_MONTH, start, end, by_township=False)
    yield from Reporting(SPECIALTIES, places, random).monthly(_SPECIALTIES, start, end, by_township=False)
