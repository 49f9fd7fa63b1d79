"""Splitting a yearly task 任务分解: a county's count over its units by population, so that the parts sum to the whole to the last one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q

from taizhang.county.models import Residency
from taizhang.county.organisations import OrganisationTree
from taizhang.county.populations import values_of

REGISTERED = "registered"  # the residents on record here, beside the named population series


def largest_remainder(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """`total` in proportion to the weights, in whole numbers that sum to it: each its whole part, and one more for those that lost most by
    that (of equals the heavier, then the first code). Empty where no weight is above nought."""
    whole = sum(weights.values())
    if whole <= 0:
        return {}
    exact = {code: Fraction(total * weight, whole) for code, weight in weights.items()}
    parts = {code: int(share) for code, share in exact.items()}
    left = total - sum(parts.values())
    for code in sorted(exact, key=lambda c: (parts[c] - exact[c], -weights[c], c))[:left]:
        parts[code] += 1
    return parts


def population_of(units: Sequence[str], basis: str, day: date, tree: OrganisationTree) -> dict[str, int]:
    """How many people each unit stands for: the count of a named series that holds on `day`, else the sum of the units below it; or the
    residents on record. A unit of which nothing is known is not among them."""
    if basis == REGISTERED:
        here = Residency.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day), started_on__lte=day)
        current = here.filter(resident__died_on__isnull=True)
        counts: dict[str, int] = dict(current.values_list("organisation").annotate(n=Count("id")).values_list("organisation", "n"))
        found = {unit: sum(counts.get(code, 0) for code in tree.descendants(unit)) for unit in units}
        return {unit: count for unit, count in found.items() if count}
    held = {code: count.value for code, count in values_of(basis, day).items()}
    return {unit: count for unit in units if (count := _over(unit, held, tree)) is not None}


def _over(unit: str, held: Mapping[str, int], tree: OrganisationTree) -> int | None:
    if unit in held:
        return held[unit]
    below = [count for child in tree.children(unit) if (count := _over(child, held, tree)) is not None]
    return sum(below) if below else None


def units_to_split(organisation: str, weights: Collection[str], tree: OrganisationTree) -> tuple[str, ...]:
    """The units directly below that have people: a county's hospital has no task by population."""
    return tuple(code for code in tree.children(organisation) if code in weights)
