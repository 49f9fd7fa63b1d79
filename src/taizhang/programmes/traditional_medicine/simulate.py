"""How the synthetic county reports its services of Chinese medicine."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.traditional_medicine.returns import FORM, SERVICES
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, about, of, per_10k
from taizhang.simulation.run import Row

TARGETS = {"traditional_medicine.elderly_rate": Rate(74), "traditional_medicine.children_rate": Rate(84)}

_MANAGED: Month = {
    ("elderly", ""): per_10k(1650, 1650),
    ("elderly_served", ""): of("elderly", 0.68, 0.8),
    ("children", ""): per_10k(210, 210),
    ("children_served", ""): of("children", 0.8, 0.9),
}
_SERVICES: Month = {
    ("all_visits", ""): per_10k(1400, 1900),
    ("visits", ""): of("all_visits", 0.28, 0.36),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Health management from every township, services from the county, with as many institutions as are laid out."""
    counts: Month = {
        ("institutions", ""): about(len(places.townships), len(places.townships)),
        ("halls", ""): of("institutions", 1, 1),
        ("village_clinics", ""): about(len(places.villages), len(places.villages)),
        ("village_clinics_able", ""): of("village_clinics", 0.84, 0.92),
    }
    yield from Reporting(FORM, places, random).monthly(_MANAGED, start, end, by_township=True)
    yield from Reporting(SERVICES, places, random).monthly({**counts, **_SERVICES}, start, end, by_township=False)
