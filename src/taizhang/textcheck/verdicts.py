"""Interval arithmetic over printed numbers, and the usual causes of a wrong one. Exact: Fractions only."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from taizhang.kernel.arithmetic import round_half_away
from taizhang.kernel.text import Text
from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.model import Verdict

Interval = tuple[Fraction, Fraction | None]


def of(quantity: Quantity) -> Interval:
    return quantity.low, quantity.high


def plus(values: Sequence[Interval]) -> Interval:
    high: Fraction | None = Fraction(0)
    for _, each in values:
        high = None if high is None or each is None else high + each
    return sum((low for low, _ in values), Fraction(0)), high


def minus(one: Interval, other: Interval) -> Interval:
    """May be below nought; other's upper end open: no lower end can be told, so the printed values decide."""
    low = one[0] - (other[1] if other[1] is not None else other[0] * 2)
    return low, None if one[1] is None else one[1] - other[0]


def over(one: Interval, other: Interval, per: int | Fraction = 1) -> Interval | None:
    if other[0] <= 0:
        return None
    low = one[0] * per / other[1] if other[1] else Fraction(0)
    return low, None if one[1] is None else one[1] * per / other[0]


def judged(stated: Quantity, right: Interval, at: Fraction | None = None) -> Verdict:
    """A printed number against what it ought to be. consistent: rounding to its digits, or its 余, allows it. rounding: off by less than a
    unit of its last digit (cut off, rounded up, rounded twice). at: the value from the numbers as printed."""
    low, high = right
    top = stated.high
    half = stated.step / 2
    if _meet((stated.low, top), right):
        return Verdict.CONSISTENT
    if low == high and abs(stated.value - low) <= half:
        return Verdict.CONSISTENT
    if stated.about:
        return Verdict.INCONSISTENT
    if stated.step < 1 or stated.sort in (Sort.RATE, Sort.POINTS, Sort.TIMES) or not stated.is_exact:
        middle = at if at is not None else low if high is None else (low + high) / 2
        cut_off = stated.step < 1 or stated.value <= middle  # a whole number is cut off, never rounded up from 10.01
        if abs(stated.value - middle) < stated.step and cut_off:
            return Verdict.ROUNDING
    return Verdict.INCONSISTENT


def _meet(one: Interval, other: Interval) -> bool:
    return (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1])


def printed(value: Fraction, like: Quantity, *, more: int = 0) -> str:
    """A value as the quantity would print it: in its scale, with its sign."""
    scale, word = _scale_of(like)
    places = max(0, _places(like, scale)) + more
    if more == 0 and places == 0 and like.sort in (Sort.COUNT, Sort.MONEY) and (value / scale).denominator != 1:
        places = 2
    text = format(round_half_away(value / scale, min(places, 10)), "f")
    if more and "." in text:
        text = text.rstrip("0").rstrip(".")
    sign = "" if like.sort in (Sort.COUNT, Sort.MONEY) and not word and not like.unit else like.unit
    if like.sort is Sort.TIMES and like.unit == "番":
        sign = "倍"
    return f"{text}{word}{sign}"


def number(value: Fraction, places: int = 4) -> str:
    """A plain number with as many decimals as it needs, at most `places`."""
    text = format(round_half_away(value, places), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scale_of(like: Quantity) -> tuple[Fraction, str]:
    for scale, word in ((100_000_000, "亿"), (10_000, "万")):
        if word in like.text and like.sort in (Sort.COUNT, Sort.MONEY) and like.value:
            return Fraction(scale), word
    return Fraction(1), ""


def _places(like: Quantity, scale: Fraction) -> int:
    return len(like.digits.partition(".")[2])


# -- the usual causes ----------------------------------------------------------------------------------------------------------


def cause_of(stated: Quantity, right: Fraction) -> Text | None:
    """Why a number that ought to be `right` reads otherwise, where it can be seen from its digits."""
    if right <= 0 or stated.value <= 0:
        return None
    tolerance = stated.step
    for factor, zh, en in ((10, "十倍", "ten"), (100, "百倍", "a hundred"), (1000, "千倍", "a thousand"), (10_000, "万倍", "ten thousand")):
        if abs(stated.value * factor - right) <= tolerance * factor / 2 or abs(stated.value / factor - right) <= max(
            tolerance / factor / 2, right / 2000
        ):
            return Text(
                f"差{zh}，小数点或单位（万、%）可能写错", f"off by a factor of {en}: a decimal point or a unit (万, %) may be wrong"
            )
    digits, wanted = _digits(stated.value, stated), _digits(right, stated)
    if digits != wanted and len(digits) == len(wanted):
        if sorted(digits) == sorted(wanted) and any(_swapped(digits, i) == wanted for i in range(len(digits) - 1)):
            return Text("相邻两位数字颠倒", "two neighbouring digits are swapped")
        if len(digits) > 2 and sum(a != b for a, b in zip(digits, wanted, strict=True)) == 1:
            return Text("有一位数字不同，可能是录入错误", "one digit differs; perhaps a slip of the key")
    return None


def _digits(value: Fraction, like: Quantity) -> str:
    return str(int(round_half_away(value / like.step, 0)))


def _swapped(digits: str, place: int) -> str:
    return digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]


def near_miss(stated: Fraction, right: Fraction) -> bool:
    """Whether a sum that does not come out looks like a slip of one that ought to: one digit other, or two swapped."""
    if not stated or not right:
        return False
    one, other = str(int(stated)), str(int(right))
    if len(one) != len(other):
        return False
    if sum(a != b for a, b in zip(one, other, strict=True)) == 1 and len(one) > 2:
        return True
    return sorted(one) == sorted(other) and any(_swapped(one, i) == other for i in range(len(one) - 1))


def rising(values: Sequence[Fraction]) -> bool:
    return all(a < b for a, b in pairwise(values))


def far_within(right: Fraction, stated: Fraction) -> bool:
    """Whether a number could be the other, mistaken. What is half as much again has more likely been paired with the wrong counts."""
    return stated > 0 and Fraction(2, 3) <= right / stated <= Fraction(3, 2)
