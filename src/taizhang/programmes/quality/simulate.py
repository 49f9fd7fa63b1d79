"""How the synthetic county reports its quality of care."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.quality.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, about, of, per_10k
from taizhang.simulation.run import Row

TARGETS = {"quality.sound_rate": Rate(95)}

_MONTH: Month = {
    ("specialties", ""): about(6, 12),
    ("pathways", ""): about(28, 60),
    ("pathway_cases", ""): per_10k(9, 15),
    ("pathway_completed", ""): of("pathway_cases", 0.88, 0.96),
    ("prescriptions", ""): about(1600, 2400),
    ("sound", ""): of("prescriptions", 0.94, 0.985),
    ("antibiotic", ""): of("prescriptions", 0.12, 0.2),
    ("wards", ""): about(30, 44),
    ("nursing_wards", ""): of("wards", 1, 1),
    ("inspected", ""): about(2, 8),
    ("accidents", ""): about(0, 0),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month from the county."""
    return Reporting(FORM, places, random).monthly(_MONTH, start, end, by_township=False)
