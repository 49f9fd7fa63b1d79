"""How the synthetic county reports its rural cooperative insurance."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.insurance.returns import CLAIMS, FORM, SCHEME
from taizhang.simulation.places import COUNTY_NAME, Places
from taizhang.simulation.reporting import Month, Rate, Reporting, about, of, per_10k
from taizhang.simulation.run import Row

TARGETS = {"insurance.coverage": Rate(98)}

# What the county's scheme lays down, by level of institution.
_DOCUMENT = {"document": f"{COUNTY_NAME.zh}新型农村合作医疗统筹补偿方案", "verified": True}
PARAMETERS = {
    f"insurance.{name}": {"source": dict(_DOCUMENT), "values": {date(year, 1, 1): value for year, value in values.items()}}
    for name, values in {
        "township_rate": {2023: 80, 2025: 85, 2026: 90},
        "county_rate": {2023: 70, 2025: 73, 2026: 75},
        "beyond_rate": {2023: 55, 2026: 60},
        "township_deductible": {2023: 100},
        "county_deductible": {2023: 500, 2026: 400},
        "beyond_deductible": {2023: 1000},
        "outpatient_rate": {2023: 50},
        "outpatient_cap": {2023: 150, 2025: 180, 2026: 200},
        "inpatient_cap": {2023: 15, 2026: 18},
        "catastrophic_threshold": {2023: 12_000},
    }.items()
}

_SHARE: Month = {
    ("inpatient_share", ""): about(7350, 7700),
}
_SCHEME: Month = {
    ("eligible", ""): per_10k(8200, 8200),
    ("members", ""): of("eligible", 0.985, 0.995),
    ("households", ""): of("members", 0.28, 0.3),
    ("fund", ""): of("members", 55_000, 55_000),
    ("spent", ""): of("fund", 0.07, 0.085),
    ("catastrophic", ""): per_10k(2, 4),
    ("catastrophic_paid", ""): of("catastrophic", 450_000, 700_000),
    ("inspected", ""): about(2, 8),
    ("recovered", ""): about(0, 6_000_000),
}
_CLAIMS: Month = {
    ("outpatient", "village"): per_10k(500, 720),
    ("outpatient", "township"): per_10k(180, 260),
    ("outpatient", "county"): per_10k(30, 60),
    ("outpatient_paid", "village"): of("outpatient", 1400, 2000),
    ("outpatient_paid", "township"): of("outpatient", 3000, 4000),
    ("outpatient_paid", "county"): of("outpatient", 9000, 14_000),
    ("inpatient", "township"): per_10k(14, 20),
    ("inpatient", "county"): per_10k(32, 42),
    ("inpatient", "beyond"): per_10k(8, 12),
    ("inpatient_cost", "township"): of("inpatient", 180_000, 240_000),
    ("inpatient_cost", "county"): of("inpatient", 520_000, 660_000),
    ("inpatient_cost", "beyond"): of("inpatient", 1_600_000, 2_100_000),
    ("inpatient_covered", "township"): of("inpatient_cost", 0.92, 0.96),
    ("inpatient_covered", "county"): of("inpatient_cost", 0.86, 0.9),
    ("inpatient_covered", "beyond"): of("inpatient_cost", 0.76, 0.82),
    ("inpatient_paid", "township"): of("inpatient_covered", 0.88, 0.92),
    ("inpatient_paid", "county"): of("inpatient_covered", 0.76, 0.8),
    ("inpatient_paid", "beyond"): of("inpatient_covered", 0.62, 0.68),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """The share reimbursed over the year so far; members, fund and payments by the month, from the county."""
    yield from Reporting(FORM, places, random).cumulative(_SHARE, start, end)
    yield from Reporting(SCHEME, places, random).monthly(_SCHEME, start, end, by_township=False)
    yield from Reporting(CLAIMS, places, random).monthly(_CLAIMS, start, end, by_township=False)
