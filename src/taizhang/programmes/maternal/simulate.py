"""How the synthetic county reports its services to mothers."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.maternal.returns import FOLIC_ACID, SERVICES, SUBSIDY, SURVEY, TRANSMISSION
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, about, of, per_10k
from taizhang.simulation.run import Row

_SERVICES: Month = {
    ("services", ""): per_10k(45, 70),
    ("antenatal", ""): of("services", 0.45, 0.6),
    ("postnatal", ""): of("services", 0.2, 0.3),
}
_RATES: Month = {
    ("booklet_rate", ""): about(9400, 9850),
    ("early_check_rate", ""): about(8900, 9500),
    ("antenatal_rate", ""): about(9100, 9700),
    ("postnatal_visit_rate", ""): about(9200, 9700),
    ("newborn_visit_rate", ""): about(9200, 9750),
    ("breastfeeding_rate", ""): about(8600, 9300),
    ("under_three_rate", ""): about(8900, 9500),
}
_SUBSIDY: Month = {
    ("subsidised", ""): per_10k(4.5, 7.5),
    ("elsewhere", ""): of("subsidised", 0.05, 0.15),
    ("paid", ""): of("subsidised", 3.0, 3.4),
}
_FOLIC_ACID: Month = {
    ("women", ""): per_10k(6, 11),
    ("bottles", ""): of("women", 4.5, 6),
}
_TRANSMISSION: Month = {
    ("tested", ""): per_10k(5.5, 8.5),
    ("syphilis", ""): of("tested", 0, 0.02),
    ("hiv", ""): about(0, 0.6),
    ("hiv_delivered", ""): of("hiv", 0, 1),
    ("hepatitis_b", ""): of("tested", 0.04, 0.07),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Services from every township, the rest from the county; rates over the year so far, without counts."""
    yield from Reporting(SERVICES, places, random, 20_000_000).monthly(_SERVICES, start, end, by_township=True)
    yield from Reporting(SURVEY, places, random, 21_000_000).cumulative(_RATES, start, end)
    yield from Reporting(SUBSIDY, places, random, 22_000_000).monthly(_SUBSIDY, start, end, by_township=False)
    yield from Reporting(FOLIC_ACID, places, random, 23_000_000).monthly(_FOLIC_ACID, start, end, by_township=True)
    yield from Reporting(TRANSMISSION, places, random, 24_000_000).monthly(_TRANSMISSION, start, end, by_township=False)
