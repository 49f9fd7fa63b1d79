"""How the synthetic county reports its care for severe mental illness."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.mental_illness.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, per_10k
from taizhang.simulation.run import Row

_MONTH: Month = {
    ("managed", ""): per_10k(40, 50),
    ("visits", ""): per_10k(13, 18),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month, from every township and from the county."""
    return Reporting(FORM, places, random).monthly(_MONTH, start, end, by_township=True)
