"""How the synthetic county reports its building."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.construction.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Draw, Reporting, about, of
from taizhang.simulation.run import Row

# Planned area, investment, spent and finished by project; money in hundreds of yuan.
_PROJECTS = (
    ("县人民医院传染病楼", 14_200, 680_000, 0.62, 0.55),
    ("云岭镇卫生院门诊楼", 3_100, 92_000, 0.9, 0.85),
    ("县妇幼保健院儿童保健中心", 5_400, 210_000, 0.4, 0.3),
)


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Where each project stands, month by month of the last year."""
    month: dict[tuple[str, str], Draw] = {}
    for name, area, investment, paid, finished in _PROJECTS:
        month |= {
            ("area", name): about(area, area),
            ("investment", name): about(investment, investment),
            ("paid", name): of("investment", paid - 0.02, paid),
            ("area_finished", name): of("area", finished - 0.02, finished),
        }
    return Reporting(FORM, places, random).monthly(month, end.replace(month=1, day=1), end, by_township=False)
