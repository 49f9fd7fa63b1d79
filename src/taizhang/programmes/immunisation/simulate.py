"""How the synthetic county reports its immunisation."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.immunisation.returns import ADVERSE, CERTIFICATES, DOSES, SCHOOLS
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, about, of, per_10k
from taizhang.simulation.run import Row

TARGETS = {"immunisation.rate": Rate(95), "immunisation.certificate_rate": Rate(98)}

_DOSES: Month = {
    ("due", "hepatitis_b"): per_10k(18, 24),
    ("given", "hepatitis_b"): of("due", 0.96, 1),
    ("due", "bcg"): per_10k(6, 8),
    ("given", "bcg"): of("due", 0.97, 1),
    ("due", "polio"): per_10k(24, 32),
    ("given", "polio"): of("due", 0.95, 0.99),
    ("due", "dtap"): per_10k(30, 38),
    ("given", "dtap"): of("due", 0.94, 0.99),
    ("due", "mmr"): per_10k(13, 18),
    ("given", "mmr"): of("due", 0.95, 1),
    ("due", "encephalitis"): per_10k(13, 18),
    ("given", "encephalitis"): of("due", 0.95, 1),
    ("due", "meningitis"): per_10k(26, 32),
    ("given", "meningitis"): of("due", 0.94, 0.99),
    ("due", "hepatitis_a"): per_10k(6, 9),
    ("given", "hepatitis_a"): of("due", 0.95, 1),
}
_CERTIFICATES: Month = {
    ("children", ""): per_10k(6, 8),
    ("certified", ""): of("children", 0.97, 1),
    ("voluntary", ""): per_10k(25, 60),
}
_SCHOOLS: Month = {
    ("schools", ""): per_10k(6, 8),
    ("schools_checked", ""): of("schools", 1, 1),
    ("children_checked", ""): of("schools", 24, 40),
    ("to_catch_up", ""): of("children_checked", 0.01, 0.04),
    ("caught_up", ""): of("to_catch_up", 0.9, 1),
}
_ADVERSE: Month = {
    ("events", ""): per_10k(0.3, 1.2),
    ("investigated", ""): of("events", 1, 1),
    ("severe", ""): about(0, 0),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Doses and certificates from every township, school checks and adverse events from the county."""
    yield from Reporting(DOSES, places, random).monthly(_DOSES, start, end, by_township=True)
    yield from Reporting(CERTIFICATES, places, random).monthly(_CERTIFICATES, start, end, by_township=True)
    yield from _in_september(Reporting(SCHOOLS, places, random).monthly(_SCHOOLS, start, end, by_township=False))
    yield from Reporting(ADVERSE, places, random).monthly(_ADVERSE, start, end, by_township=False)


def _in_september(rows: Iterator[Row]) -> Iterator[Row]:
    """Schools check when the school year begins; the other months report nought."""
    for model, row in rows:
        yield model, {**row, "value": 0} if "value" in row and row["period_start"].month != 9 else row
