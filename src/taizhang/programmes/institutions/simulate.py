"""How the synthetic county reports its institutions, beds and workload."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taizhang.programmes.institutions.returns import FORM
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Reporting, about, of, per_10k
from taizhang.simulation.run import Row

_MONTH: Month = {
    ("institutions", "hospital"): about(2, 2),
    ("institutions", "chinese_medicine"): about(1, 1),
    ("institutions", "mother_child"): about(1, 1),
    ("beds", "hospital"): per_10k(28, 28),
    ("beds", "chinese_medicine"): per_10k(9, 9),
    ("beds", "mother_child"): per_10k(4, 4),
    ("beds", "township_hospital"): per_10k(14, 14),
    ("visits", "hospital"): per_10k(620, 760),
    ("visits", "chinese_medicine"): per_10k(240, 320),
    ("visits", "mother_child"): per_10k(110, 150),
    ("visits", "township_hospital"): per_10k(520, 700),
    ("visits", "village_clinic"): per_10k(900, 1300),
    ("visits", "private_clinic"): per_10k(260, 380),
    ("discharges", "hospital"): of("beds", 2.9, 3.4),
    ("discharges", "chinese_medicine"): of("beds", 2.4, 2.9),
    ("discharges", "mother_child"): of("beds", 2.6, 3.2),
    ("discharges", "township_hospital"): of("beds", 1.8, 2.4),
    ("bed_days_open", "hospital"): of("beds", 30, 30.6),
    ("bed_days_open", "chinese_medicine"): of("beds", 30, 30.6),
    ("bed_days_open", "mother_child"): of("beds", 30, 30.6),
    ("bed_days_open", "township_hospital"): of("beds", 30, 30.6),
    ("bed_days_used", "hospital"): of("bed_days_open", 0.8, 0.92),
    ("bed_days_used", "chinese_medicine"): of("bed_days_open", 0.74, 0.86),
    ("bed_days_used", "mother_child"): of("bed_days_open", 0.6, 0.72),
    ("bed_days_used", "township_hospital"): of("bed_days_open", 0.48, 0.62),
    ("stay_days", "hospital"): of("discharges", 7.6, 8.6),
    ("stay_days", "chinese_medicine"): of("discharges", 8.2, 9.2),
    ("stay_days", "mother_child"): of("discharges", 5.2, 6.2),
    ("stay_days", "township_hospital"): of("discharges", 6.0, 7.2),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """A return a month from the county, of all its institutions by kind."""
    counts: Month = {
        ("institutions", "township_hospital"): about(len(places.townships), len(places.townships)),
        ("institutions", "village_clinic"): about(len(places.villages), len(places.villages)),
    }
    return Reporting(FORM, places, random).monthly({**counts, **_MONTH}, start, end, by_township=False)
