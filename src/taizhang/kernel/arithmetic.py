"""Arithmetic: the one place where figures are divided and rounded.

Engines return whole numbers; here they become Decimals, once. Half away from zero, as a bureau's reader rounds with a pencil.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_FACTORS = {"%": 100, "‰": 1000, "1/10万": 100000}


def round_half_away(value: Fraction | Decimal | int, places: int) -> Decimal:
    """`value` with `places` decimals, a half going away from zero: 0.125 -> 0.13, -0.125 -> -0.13."""
    return _quotient(*value.as_integer_ratio(), places)


def _quotient(above: int, below: int, places: int) -> Decimal:
    """In whole numbers: a board divides some thousand times, and putting a fraction into its lowest terms changes nothing."""
    whole, rest = divmod(abs(above) * 10**places, abs(below))
    if 2 * rest >= abs(below):
        whole += 1
    return Decimal(whole if (above >= 0) is (below > 0) else -whole).scaleb(-places)


def rate(numerator: int | Fraction | Decimal, denominator: int | Fraction | Decimal, unit: str, places: int) -> Decimal | None:
    """numerator / denominator in the unit (%, ‰, 1/10万, or a plain quotient such as 人次/次); None over a denominator of 0."""
    if denominator == 0:
        return None
    (above, parts), (below, of_parts) = numerator.as_integer_ratio(), denominator.as_integer_ratio()
    return _quotient(above * of_parts * _FACTORS.get(unit, 1), parts * below, places)


def points(printed: Decimal, printed_before: Decimal) -> Decimal:
    """百分点: the difference of the two rates as printed, so that a reader with a pencil gets the same."""
    return printed - printed_before


def growth(value: int | Fraction | Decimal, before: int | Fraction | Decimal, places: int = 2) -> Decimal | None:
    """Relative change of a count in percent, from exact counts; None over a base of 0, where two counts are printed instead."""
    if before == 0:
        return None
    (now, parts), (base, of_parts) = value.as_integer_ratio(), before.as_integer_ratio()
    return _quotient((now * of_parts - base * parts) * 100, parts * base, places)


def in_ten_thousands(value: int, places: int = 2) -> Decimal:
    """A count in 万, rounded."""
    return round_half_away(Fraction(value, 10_000), places)


def quantize(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
