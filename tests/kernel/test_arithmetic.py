"""Figures are divided and rounded in one place, half away from zero."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.kernel.arithmetic import growth, in_ten_thousands, points, rate, round_half_away


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-2.5"), 0, "-3"),
        (5, 2, "5.00"),
        (0, 1, "0.0"),
    ],
)
def test_a_half_goes_away_from_zero(value, places, printed):
    assert str(round_half_away(value, places)) == printed


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**9), st.integers(0, 4))
def test_rounding_is_never_off_by_more_than_half_a_last_place(numerator, denominator, places):
    exact = Fraction(numerator, denominator)
    assert abs(Fraction(round_half_away(exact, places)) - exact) <= Fraction(1, 2 * 10**places)


def test_rates_by_unit():
    assert str(rate(13, 12, "%", 2)) == "108.33"
    assert str(rate(1, 3, "‰", 2)) == "333.33"
    assert str(rate(7, 54000, "1/10万", 2)) == "12.96"
    assert str(rate(10, 4, "人次/次", 1)) == "2.5"
    assert rate(1, 0, "%", 2) is None


def test_points_are_the_difference_of_what_is_printed():
    before, now = rate(2, 3, "%", 1), rate(1, 3, "%", 1)
    assert points(now, before) == Decimal("-33.4")


@pytest.mark.parametrize(("above", "below"), [(Decimal("-0.125"), Decimal("3.7")), (7, Decimal("-0.3")), (Decimal(0), Fraction(2, 3))])
def test_printed_numbers_and_fractions_divide_as_the_exact_numbers_they_are(above, below):
    exact = Fraction(above) / Fraction(below)
    assert rate(above, below, "%", 2) == round_half_away(exact * 100, 2)
    assert growth(above, below) == round_half_away((exact - 1) * 100, 2)


def test_growth_over_nothing_is_not_said():
    assert growth(5, 0) is None
    assert str(growth(110, 100)) == "10.00"
    assert str(growth(1, 3)) == "-66.67"


def test_ten_thousands():
    assert str(in_ten_thousands(123456)) == "12.35"
