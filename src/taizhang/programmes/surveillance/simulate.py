"""How the synthetic county reports its surveillance of infectious diseases."""

from collections.abc import Iterable, Iterator
from datetime import date
from random import Random

from taizhang.programmes.surveillance.returns import CLASSES, DISEASES, OUTBREAKS, QUALITY
from taizhang.simulation.places import Places
from taizhang.simulation.reporting import Month, Rate, Reporting, about, first_key, of, per_10k
from taizhang.simulation.run import Row

TARGETS = {"surveillance.timely_rate": Rate(98)}

_CLASS_A = ("plague", "cholera")
_CLASS_C = ("influenza", "hand_foot_mouth", "infectious_diarrhoea", "mumps", "other_c")
_CASES = {
    "hepatitis_b": per_10k(0.5, 1.2),
    "hepatitis_other": per_10k(0.1, 0.3),
    "tuberculosis": per_10k(0.5, 1.1),
    "syphilis": per_10k(0.3, 0.8),
    "gonorrhoea": per_10k(0, 0.1),
    "dysentery": per_10k(0.05, 0.2),
    "brucellosis": per_10k(0, 0.08),
    "pertussis": per_10k(0, 0.3),
    "scarlet_fever": per_10k(0, 0.1),
    "influenza": per_10k(1, 4),
    "hand_foot_mouth": per_10k(1, 4),
    "infectious_diarrhoea": per_10k(0.5, 1.4),
    "mumps": per_10k(0.1, 0.4),
}
_DISEASES: Month = {
    (element, row.code): _CASES.get(row.code, about(0, 0)) if element == "cases" else about(0, 0)
    for element in ("cases", "deaths")
    for row in DISEASES.categories
}
_QUALITY: Month = {
    ("cards", ""): per_10k(6, 12),
    ("timely", ""): of("cards", 0.97, 1),
    ("reviewed", ""): of("cards", 0.985, 1),
    ("institutions_checked", ""): about(2, 6),
    ("cases_checked", ""): about(40, 90),
    ("missed", ""): of("cases_checked", 0, 0.02),
}
_OUTBREAKS: Month = {
    ("found", "schools"): about(0, 1.3),
    ("found", "villages"): about(0, 0.55),
    ("found", "others"): about(0, 0),
    ("ended", "schools"): of("found", 1, 1),
    ("ended", "villages"): of("found", 1, 1),
    ("ended", "others"): of("found", 1, 1),
    ("cases", "schools"): of("found", 6, 14),
    ("cases", "villages"): of("found", 5, 9),
    ("cases", "others"): of("found", 5, 9),
}


def report(places: Places, start: date, end: date, random: Random) -> Iterator[Row]:
    """Returns a month, from the county's centre for disease control; the classes are the sums of their diseases."""
    diseases = list(Reporting(DISEASES, places, random).monthly(_DISEASES, start, end, by_township=False))
    yield from diseases
    yield from _by_class(diseases)
    yield from Reporting(QUALITY, places, random).monthly(_QUALITY, start, end, by_township=False)
    yield from Reporting(OUTBREAKS, places, random).monthly(_OUTBREAKS, start, end, by_township=False)


def _by_class(diseases: Iterable[Row]) -> Iterator[Row]:
    """The returns by class that belong to the returns by disease."""
    sums: dict[tuple[int, str, str], Row] = {}
    further = first_key(CLASSES) - first_key(DISEASES)
    for model, row in diseases:
        if model == "returns.Return":
            yield model, {**row, "id": row["id"] + further, "form": CLASSES.code}
            continue
        if model == "returns.ReturnStep":  # two a return
            yield model, {**row, "id": row["id"] + 2 * further, "report_id": row["report_id"] + further}
            continue
        disease = row["category"]
        of_class = "class_a" if disease in _CLASS_A else "class_c" if disease in _CLASS_C else "class_b"
        for category in (of_class, CLASSES.total):
            report_id = row["report_id"] + further
            number = len([1 for known, _, _ in sums if known == report_id])
            own = {"id": report_id * 100 + number, "report_id": report_id, "form": CLASSES.code, "category": category, "value": 0}
            _, cell = sums.setdefault((report_id, row["element"], category), (model, {**row, **own}))
            cell["value"] += row["value"]
    yield from sums.values()
