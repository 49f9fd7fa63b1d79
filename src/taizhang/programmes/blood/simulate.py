"""How the synthetic county reports its blood donation and use."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.blood.returns import CLINICAL, FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, PerTenThousand, Reporting, about, of, per_10k
from taizhang.simulation.run import Row

TARGETS = {"blood.donations": PerTenThousand(108)}

_FORM: Month = {
    ("donations", ""): per_10k(7, 12),
    ("street", ""): of("donations", 0.55, 0.75),
    ("group", ""): of("donations", 0.18, 0.24),
    ("platelets", ""): of("donations", 0.02, 0.05),
    ("volume", ""): of("donations", 15, 18),
    ("campaigns", ""): about(1, 4),
}
_CLINICAL: Month = {
    ("used", ""): per_10k(95, 150),
    ("components", ""): of("used", 0.985, 1),
    ("autologous", ""): of("used", 0.01, 0.04),
    ("units_inspected", ""): about(0, 3),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Returns a month: the station's and the hospitals', handed in by the county."""
    yield from Reporting(FORM, places, random).monthly(_FORM, start, end, by_township=False)
    yield from Reporting(CLINICAL, places, random).monthly(_CLINICAL, start, end, by_township=False)
