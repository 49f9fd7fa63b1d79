"""How the synthetic county reports its essential medicines."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.essential_medicines.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Draw, Month, Rate, Reporting, about, of, per_10k
from taizhang.simulation.run import Row

COMMUNITY_CENTRES = 3
TARGETS = {"essential_medicines.delivery_rate": Rate(90)}

_MONTH: Month = {
    ("purchased", ""): per_10k(280, 360),
    ("delivered", ""): of("purchased", 0.82, 0.97),
    ("stocked", ""): of("delivered", 0.95, 1.0),
    ("national_items", ""): about(307, 307),
    ("provincial_items", ""): about(177, 177),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month, from the county. Every hospital and clinic carries the scheme."""
    units = {"township_hospital": len(places.townships), "village_clinic": len(places.villages), "community_centre": COMMUNITY_CENTRES}
    institutions: dict[tuple[str, str], Draw] = {}
    for kind, number in units.items():
        institutions |= {("institutions_due", kind): about(number, number), ("institutions", kind): about(number, number)}
    return Reporting(FORM, places, random).monthly({**_MONTH, **institutions}, start, end, by_township=False)
