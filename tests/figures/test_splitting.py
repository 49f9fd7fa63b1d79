"""Largest remainder: the parts are whole, sum to the task, and none is a whole one off its exact share."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from taizhang.figures.splitting import largest_remainder


def test_of_two_equal_remainders_the_heavier_unit_takes_the_odd_one() -> None:
    assert largest_remainder(100, {"A": 1, "B": 2}) == {"A": 33, "B": 67}
    assert largest_remainder(1, {"A": 1, "B": 1}) == {"A": 1, "B": 0}  # equal in all: the first code


def test_without_people_there_is_nothing_to_split_by() -> None:
    assert largest_remainder(10, {}) == {} == largest_remainder(10, {"A": 0})


@given(st.integers(0, 10**9), st.dictionaries(st.text("ABCDEF", min_size=1, max_size=3), st.integers(0, 10**7), min_size=1))
def test_the_parts_sum_to_the_task(total: int, weights: dict[str, int]) -> None:
    parts = largest_remainder(total, weights)
    whole = sum(weights.values())
    if not whole:
        assert parts == {}
        return
    assert sum(parts.values()) == total
    assert all(abs(parts[code] - Fraction(total * weight, whole)) < 1 for code, weight in weights.items())
