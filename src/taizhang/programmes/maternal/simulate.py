"""How the synthetic county reports its services to mothers."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.maternal.returns import FOLIC_ACID, SERVICES, SUBSIDY, SURVEY, TRANSMISSION, VITAL
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, about, of, per_10k
from taizhang.simulation.run import Row

TARGETS = {"maternal.managed_rate": Rate(92), "maternal.screening_rate": Rate(98)}

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
_VITAL: Month = {
    ("live_births", ""): per_10k(5, 7.5),
    ("hospital_births", ""): of("live_births", 1, 1),
    ("maternal_deaths", ""): about(0, 0),
    ("newborn_deaths", ""): of("live_births", 0, 0.004),
    ("infant_deaths", ""): of("live_births", 0.0045, 0.006),
    ("under_five_deaths", ""): of("live_births", 0.0065, 0.008),
    ("managed", ""): of("live_births", 0.93, 0.98),
    ("high_risk", ""): of("live_births", 0.22, 0.3),
    ("high_risk_managed", ""): of("high_risk", 1, 1),
    ("screened", ""): of("live_births", 0.985, 1),
    ("hearing", ""): of("live_births", 0.98, 1),
    ("defects", ""): of("live_births", 0.005, 0.015),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Services from every township, the rest from the county; rates over the year so far, without counts."""
    yield from Reporting(SERVICES, places, random).monthly(_SERVICES, start, end, by_township=True)
    yield from Reporting(SURVEY, places, random).cumulative(_RATES, start, end)
    yield from Reporting(SUBSIDY, places, random).monthly(_SUBSIDY, start, end, by_township=False)
    yield from Reporting(FOLIC_ACID, places, random).monthly(_FOLIC_ACID, start, end, by_township=True)
    yield from Reporting(TRANSMISSION, places, random).monthly(_TRANSMISSION, start, end, by_township=False)
    yield from Reporting(VITAL, places, random).monthly(_VITAL, start, end, by_township=False)
