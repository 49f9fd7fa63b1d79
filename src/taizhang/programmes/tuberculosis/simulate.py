"""How the synthetic county reports its tuberculosis control."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.tuberculosis.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, per_10k
from taizhang.simulation.run import Row

_ROWS = ("new_smear_positive", "retreated_smear_positive", "smear_negative")
_MONTH: Month = {
    ("suspects", ""): per_10k(2.6, 3.8),
    ("population", ""): per_10k(10_420, 10_420),
    ("found", "new_smear_positive"): per_10k(0.2, 0.4),
    ("found", "retreated_smear_positive"): per_10k(0.02, 0.08),
    ("found", "smear_negative"): per_10k(0.3, 0.5),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month from the county, and the year's task by kind of patient."""
    reporting = Reporting(FORM, places, random)
    yield from reporting.monthly(_MONTH, start, end, by_township=False)
    residents = sum(village.size for village in places.villages)
    shares = dict(zip(_ROWS, (3.4, 0.6, 4.6), strict=True))
    task = {("task", row): max(1, round(residents / 10_000 * share)) for row, share in shares.items()}
    task[("task", FORM.total)] = sum(task.values())
    yield from reporting.yearly(dict.fromkeys(range(start.year, end.year + 1), task))
