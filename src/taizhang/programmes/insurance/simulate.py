"""How the synthetic county reports its rural cooperative insurance."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.insurance.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, about
from taizhang.simulation.run import Row

_MONTH: Month = {
    ("inpatient_share", ""): about(7350, 7700),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """The share reimbursed over the year so far."""
    return Reporting(FORM, places, random, 16_000_000).cumulative(_MONTH, start, end)
