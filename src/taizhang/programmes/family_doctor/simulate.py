"""How the synthetic county reports its family doctor contracts."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.family_doctor.returns import FORM, GROUPS
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, about, of, per_10k
from taizhang.simulation.run import Row

TARGETS = {"family_doctor.coverage": Rate(50), "family_doctor.key_coverage": Rate(85)}

_FORM: Month = {
    ("teams", ""): about(3, 6),
    ("residents", ""): per_10k(10000, 10000),
    ("contracted", ""): of("residents", 0.42, 0.52),
    ("key_people", ""): of("residents", 0.3, 0.3),
    ("key_contracted", ""): of("key_people", 0.78, 0.88),
    ("services", ""): of("contracted", 0.12, 0.2),
    ("renewed", ""): of("contracted", 0.01, 0.05),
}
_GROUPS: Month = {
    ("people", "elderly"): per_10k(1600, 1700),
    ("contracted", "elderly"): of("people", 0.82, 0.92),
    ("people", "hypertension"): per_10k(880, 960),
    ("contracted", "hypertension"): of("people", 0.84, 0.94),
    ("people", "diabetes"): per_10k(270, 310),
    ("contracted", "diabetes"): of("people", 0.84, 0.94),
    ("people", "disabled"): per_10k(120, 160),
    ("contracted", "disabled"): of("people", 0.78, 0.92),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Returns a month from every township and from the county."""
    yield from Reporting(FORM, places, random).monthly(_FORM, start, end, by_township=True)
    yield from Reporting(GROUPS, places, random).monthly(_GROUPS, start, end, by_township=True)
