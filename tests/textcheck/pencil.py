"""An official's pencil: the labels of the labelled set worked out anew, with exact fractions and nothing of the checker's own code.

Operands are written as the text prints them (`43.98万`, `500余`, `97、7`), so each is a span of values: a printed decimal may have been
rounded, 余 opens the span upwards, 近 downwards. What the operands are to each other depends on the kind:

| kind | stated | operands |
|---|---|---|
| ratio | the rate | part, whole |
| sum | the whole | its parts, all of them |
| part | the part (or the shorter period) | the whole (or the longer period) |
| growth | relative change | now, before |
| change | absolute change, or with one operand the later level | now, before; or the earlier level |
| completion | the rate | done, task |
| average | the mean | total, number |
| count | the announced number | the items, in the text's words |
| repeat | the later mention | the earlier mention |
| shared-denominator | the last rate | count, rate with its unit, count, rate, … |
"""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

KINDS = ("ratio", "sum", "part", "growth", "completion", "average", "count", "repeat", "shared-denominator", "change")
CONSISTENT, ROUNDING, INCONSISTENT, UNTESTABLE = VERDICTS = ("consistent", "rounding", "inconsistent", "untestable")

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_FALL = ("下降", "减少", "降低", "降幅", "降至", "降到", "回落", "缩短", "压缩", "少", "减", "下跌", "降", "低")
_RISE = ("增长", "增加", "提高", "上升", "提升", "升高", "增至", "增幅", "扩大", "多", "增", "升", "高", "翻")
_RATE_UNITS = (("/10万", 10**5), ("/十万", 10**5), ("/10萬", 10**5), ("个百分点", 100), ("%", 100), ("‰", 1000))


@dataclass(frozen=True)
class Amount:
    """A printed number: its face value, the value of its last printed place, and the span it may stand for."""

    face: Fraction
    place: Fraction
    low: Fraction
    high: Fraction
    loose: bool  # 余, 近, 约, 以上: the writer says himself that it is not exact


def _chinese(words: str) -> int:
    total = section = digit = 0
    for sign in words:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _SMALL:
            section += (digit or 1) * _SMALL[sign]
            digit = 0
        else:
            section += digit
            total = (total + section) * _LARGE[sign] if total < _LARGE[sign] else total + section * _LARGE[sign]
            section = digit = 0
    return total + section + digit


def amount(printed: str) -> Amount:
    """The number as printed, without its unit; ValueError when it is none (a mask)."""
    plain = re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", printed))
    plain = re.sub(r"(?<=\d)[、。](?=\d)", ".", plain)
    number = None
    below, above, about = "近" in plain, bool(re.search("[余多逾超]|以上", plain)), "约" in plain
    plain = re.sub("近|余|多|逾|超过|超|以上|约", "", plain)
    if fraction := re.fullmatch("([一二三四五六七八九十]+)分之([一二三四五六七八九十]+)", plain):
        face, place = Fraction(_chinese(fraction[2]), _chinese(fraction[1])), Fraction(1, 20)
    elif plain in ("一半", "半数"):
        face, place = Fraction(1, 2), Fraction(1, 20)
    elif doubled := re.fullmatch("([一两二三])番", plain):
        face, place = Fraction(2 ** _chinese(doubled[1]) - 1), Fraction(1, 20)
    elif tenths := re.fullmatch("([一二两三四五六七八九])成", plain):
        face, place = Fraction(_chinese(tenths[1]), 10), Fraction(1, 10)
    elif number := re.fullmatch(r"(\d+)(?:\.(\d+))?([百千]?[万萬亿億]?)", plain):
        unit = 1
        for sign in number[3]:
            unit *= _SMALL.get(sign) or _LARGE[sign]
        decimals = number[2] or ""
        place = Fraction(unit, 10 ** len(decimals))
        face = int(number[1] + decimals) * place
    elif plain and all(sign in _DIGITS or sign in _SMALL or sign in _LARGE for sign in plain):
        face, place = Fraction(_chinese(plain)), Fraction(1)
    else:
        raise ValueError(f"not a number: {printed!r}")
    half = place / 2 if number and number[2] else Fraction(0)
    low, high = face - half, face + half
    if below or above or about:
        step = place
        while face and face % (step * 10) == 0:
            step *= 10
        low, high = (face * Fraction(9, 10) if below else face), (face + step if above else face)
        if about:
            low, high = face * Fraction(19, 20), face * Fraction(21, 20)
        if re.search("逾|超|以上", printed):
            high = face * Fraction(5, 4)
    return Amount(face, place, low, high, below or above or about)


def _around(stated: str, quote: str) -> tuple[str, str]:
    """The quote before and after the stated number, which is not to be found inside a longer one."""
    found = [*re.finditer(rf"(?<![\d.]){re.escape(stated)}(?!\d)", quote)][-1]
    return quote[: found.start()], quote[found.end() :]


def _scale(stated: str, quote: str) -> int:
    after = unicodedata.normalize("NFKC", _around(stated, quote)[1]).lstrip()
    return next((scale for unit, scale in _RATE_UNITS if after.startswith(unit)), 1)


def falls(stated: str, quote: str) -> bool:
    """Whether the words nearest before the number speak of a fall."""
    before = _around(stated, quote)[0]
    return max((before.rfind(word) for word in _FALL), default=-1) > max(before.rfind(word) for word in _RISE)


def _compare(stated: Amount, exact: Fraction, low: Fraction, high: Fraction, loose: bool) -> set[str]:
    """What may be said of a printed result: `exact` follows from the printed operands, `low` to `high` from all they may stand for."""
    half = stated.place / 2
    if stated.loose:
        return {CONSISTENT} if stated.low <= high and low <= stated.high else {INCONSISTENT}
    if abs(stated.face - exact) <= half:
        return {CONSISTENT}
    if stated.face - half <= high and low <= stated.face + half:
        return {CONSISTENT} if loose else {CONSISTENT, ROUNDING}
    return {ROUNDING} if abs(stated.face - exact) < stated.place and stated.place != 1 else {INCONSISTENT}


def verdicts(kind: str, stated: str, operands: list[str], quote: str) -> set[str]:
    """The verdicts that plain recomputation allows for a relation that can be tested."""
    if kind == "count":
        return {CONSISTENT if amount(stated).face == len(operands) else INCONSISTENT}
    if kind == "shared-denominator":
        return _one_denominator(operands)
    value, given = amount(stated), [amount(operand) for operand in operands]
    loose = any(operand.loose for operand in given)
    if kind == "part":
        return {CONSISTENT if value.low <= given[0].high else INCONSISTENT}
    if kind == "repeat":
        return {CONSISTENT if value.low <= given[0].high and given[0].low <= value.high else INCONSISTENT}
    if kind == "sum":
        low, high = sum((o.low for o in given), Fraction(0)), sum((o.high for o in given), Fraction(0))
        return _compare(value, sum((o.face for o in given), Fraction(0)), low, high, loose)
    first = given[0]
    if kind == "change" and len(given) == 1:
        down = any(word in quote for word in _FALL)
        return {CONSISTENT if (value.face < first.face) == down else INCONSISTENT}
    second, scale = given[1], _scale(stated, quote)
    if kind in ("ratio", "completion", "average"):
        if kind == "average":
            scale = next((n for word, n in (("每十万", 10**5), ("每万", 10**4), ("每千", 1000), ("每百", 100)) if word in quote), 1)
        low, high = scale * first.low / second.high, scale * first.high / second.low
        return _compare(value, scale * first.face / second.face, low, high, loose)
    sign = -1 if falls(stated, quote) else 1
    rates = kind == "change" and scale == 100 and "个百分点" not in _around(stated, quote)[1][:5]
    if kind == "change" and not rates:
        spans = (first.face - second.face, first.low - second.high, first.high - second.low)
        scale = 1
    else:
        less = 0 if re.search(r"[是为达]\S{0,8}$", _around(stated, quote)[0]) and "倍" in quote else 1
        spans = (first.face / second.face - less, first.low / second.high - less, first.high / second.low - less)
    exact, one, other = (sign * scale * span for span in spans)
    return _compare(value, exact, min(one, other), max(one, other), loose)


def _one_denominator(operands: list[str]) -> set[str]:
    spans = []
    for count, rate in zip(operands[::2], operands[1::2], strict=True):
        unit, scale = next((unit, scale) for unit, scale in _RATE_UNITS if unicodedata.normalize("NFKC", rate).endswith(unit))
        rated, counted = amount(unicodedata.normalize("NFKC", rate).removesuffix(unit)), amount(count)
        half = rated.place / 2
        spans.append((scale * counted.low / (rated.face + half), scale * counted.high / (rated.face - half)))
    return {CONSISTENT if max(low for low, _ in spans) <= min(high for _, high in spans) else INCONSISTENT}
