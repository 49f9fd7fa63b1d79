"""Which figure of the old period a number was, and how the new period's figure is said in its place.

A number typed by hand is taken for a figure only when three things agree: its value, to the digits written; its unit; and the indicator's
name in the words around it. The fewer digits a number has, the more of the name must be there: every county has five of something. What a
comparison says (百分点, 任务, 进度, 去年同期) needs its word in the same clause.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from taizhang.figures.model import Figure
from taizhang.kernel.arithmetic import growth, rate, round_half_away
from taizhang.kernel.indicators import Status
from taizhang.kernel.text import Text
from taizhang.summaries.numbers import SCALES, YUAN, Number

PARTS = ("value", "numerator", "denominator", "last_year", "points", "growth", "completion", "pace", "target")
_CUES = {
    "last_year": r"去年|上年|同期|由",
    "points": r"去年|上年|同期|提高|下降|上升",
    "growth": r"去年|上年|同期|增长|下降|减少|增加",
    "completion": r"任务|完成|目标|计划",
    "pace": r"进度",
    "target": r"任务|目标|控制在|计划",
}
_PEOPLE = {"人", "名", "例", "位", "个", ""}
_USABLE = (Status.OK, Status.RATE_ONLY)
_VALUE_FIRST = Fraction(15, 100)
_STRONG, _MIDDLE = 4, 3  # significant digits


# How much of the name a number needs around it, and how far the next likely figure must be, by its digits.
_WANTED = {
    "strong": (Fraction(1, 4), Fraction(8, 100)),
    "middle": (Fraction(7, 20), Fraction(15, 100)),
    "weak": (Fraction(1, 2), Fraction(30, 100)),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """What a number was: a part of a figure."""

    figure: Figure
    part: str

    @property
    def key(self) -> tuple[str, str]:
        return (self.figure.code, self.figure.category)

    @property
    def name(self) -> Text:
        name, category = self.figure.indicator.name, self.figure.category_name
        return Text(f"{name.zh}（{category.zh}）", f"{name.en} ({category.en})") if category else name


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why a number was not taken for any figure."""

    reason: Text


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words a number stands in: its clause, its sentence, its paragraph up to it."""

    clause: str
    sentence: str
    paragraph: str


def origin_of(number: Number, around: Surroundings, figures: Iterable[Figure]) -> Origin | Unknown:
    """The figure a typed number was, or why none is taken."""
    if number.about:
        return Unknown(Text("约数，不能确定是哪个数字", "a rough number; which figure it was cannot be told"))
    equal = [o for f in figures for o in _parts(f) if _equals(number, o) and _cued(o, around)]
    if not equal:
        return Unknown(_nearest(number, around, figures))
    digits = len(re.sub(r"\D", "", number.text).strip("0"))
    needed, apart = _WANTED["strong" if digits >= _STRONG else "middle" if digits >= _MIDDLE else "weak"]
    scored = sorted(((_nearness(o, around, digits), n, o) for n, o in enumerate(equal)), key=lambda s: (-s[0], s[1]))
    best, _, chosen = scored[0]
    if best < needed:
        named = "、".join(dict.fromkeys(o.name.zh for _, _, o in scored[:3]))
        return Unknown(
            Text(
                f"数值与“{named}”相同，但句中没有写明这个指标",
                f"equal to {', '.join(dict.fromkeys(o.name.en for _, _, o in scored[:3]))}, but the sentence does not name it",
            )
        )
    rivals = [o for score, _, o in scored[1:] if o.key != chosen.key and best - score < apart]
    if digits < _MIDDLE:  # a chapter's 100% and the whole county's are the same to the eye
        rivals += [o for o in equal if o.figure.code == chosen.figure.code and o.key != chosen.key and o.part == chosen.part]
    if rivals:
        either = list({o.name.zh: o.name for o in (chosen, *rivals)}.values())[:4]
        named = "、".join(n.zh for n in either)
        return Unknown(Text(f"可能是{named}中的一个，不能确定", f"may be any of {', '.join(n.en for n in either)}"))
    return chosen


def _parts(figure: Figure) -> Iterator[Origin]:
    for part in PARTS:
        if amount(figure, part) is not None:
            yield Origin(figure, part)


def amount(figure: Figure, part: str) -> Fraction | None:
    """The exact amount of a part, signed where it is a difference; None where the figure has none."""
    if figure.value is None or figure.status not in (*_USABLE, Status.PARTIAL):
        return None
    scaled = {"numerator": figure.numerator, "denominator": figure.denominator}
    if part == "value":
        return Fraction(figure.value) if figure.indicator.is_rate or figure.numerator is None else _whole(figure.numerator, figure.places)
    if part in scaled:
        return _whole(scaled[part], figure.places) if figure.indicator.is_rate else None
    if part == "last_year":
        reading = figure.last_year
        return Fraction(reading.value) if reading is not None and reading.value is not None and reading.status in _USABLE else None
    if part in ("points", "growth"):
        change = figure.change_last_year
        if change is not None and (change.unit == "%") == (part == "growth"):
            return Fraction(change.value)
        last = figure.last_year
        if part == "growth" and not figure.indicator.is_rate and last is not None and last.value:
            grown = growth(Fraction(figure.value), Fraction(last.value))
            return None if grown is None else Fraction(grown)
        return None
    if part == "completion":
        return None if figure.completion is None else Fraction(figure.completion)
    if part == "pace":
        return None if figure.pace is None else Fraction(figure.pace)
    return Fraction(figure.target.value) if part == "target" and figure.target is not None else None


def _whole(scaled: int | None, places: int) -> Fraction | None:
    return None if scaled is None else Fraction(scaled, 10**places)


def sign_of(figure: Figure, part: str) -> str:
    """% or ‰ of a part, 个百分点 of a difference, else the unit it is counted in."""
    unit = figure.indicator.unit
    if part in ("points", "pace"):
        return "个千分点" if unit == "‰" and part == "points" else "个百分点"
    if part in ("growth", "completion"):
        return "%"
    if part in ("numerator", "denominator"):
        return figure.indicator.counting_unit
    return unit


def _equals(number: Number, origin: Origin) -> bool:
    found = amount(origin.figure, origin.part)
    sign = sign_of(origin.figure, origin.part)
    if found is None or number.value is None or not _unit_fits(number.unit, sign):
        return False
    found = abs(found)
    if number.unit in YUAN and sign in YUAN:
        found *= Fraction(YUAN[sign], YUAN[number.unit])
    places = number.places
    if not places and (number.is_rate or number.is_points):
        places = origin.figure.indicator.places or 2  # a whole percent says too little to be a rounded one: only 85.00% is 85%
    exact = _exact_rate(origin, places) if origin.part == "value" and origin.figure.indicator.is_rate else None
    return (exact if exact is not None else round_half_away(found / number.scale, places) * number.scale) == number.value


def _exact_rate(origin: Origin, places: int) -> Decimal | None:
    """From the counts: what is rounded twice may differ in its last digit."""
    figure = origin.figure
    if figure.numerator is None or not figure.denominator:
        return None
    return rate(figure.numerator, figure.denominator, figure.indicator.unit, places)


def _unit_fits(written: str, sign: str) -> bool:
    if written.endswith("分点") or sign.endswith("分点"):
        return written.removeprefix("个") == sign.removeprefix("个")
    if written in ("%", "‰") or sign in ("%", "‰"):
        return written == sign
    if written in YUAN or sign in YUAN:
        return written in YUAN and sign in YUAN
    return written == sign or written == "" or (written in _PEOPLE and sign in _PEOPLE)


def _cued(origin: Origin, around: Surroundings) -> bool:
    cue = _CUES.get(origin.part)
    return cue is None or re.search(cue, around.clause) is not None


def _nearness(origin: Origin, around: Surroundings, digits: int) -> Fraction:
    """How much of the indicator's name stands around the number: most in its clause, less in its sentence, least before it in the
    paragraph; for a number of few digits only its clause counts. The category must be in the sentence by its own name."""
    figure = origin.figure
    if figure.category_name is not None and figure.category_name.zh not in around.sentence:
        return Fraction(0)
    name = figure.indicator.name.zh
    clause, sentence, paragraph = (_share(name, text) for text in (around.clause, around.sentence, around.paragraph))
    score = clause
    names_category = figure.category_name is not None and figure.category_name.zh in around.clause
    if digits >= _MIDDLE or origin.part in _CUES or names_category:
        score = max(Fraction(3, 5) * clause + Fraction(2, 5) * sentence, Fraction(3, 4) * sentence)
    if digits >= _STRONG:
        score = max(score, Fraction(1, 2) * paragraph)
    if names_category:
        score += Fraction(1, 10)
    return score + (_VALUE_FIRST if origin.part == "value" or origin.part in _CUES else 0)


def _share(name: str, text: str) -> Fraction:
    """The share of a name's pairs of characters that stand in a text."""
    pairs = {name[i : i + 2] for i in range(len(name) - 1)} or {name}
    return Fraction(sum(pair in text for pair in pairs), len(pairs))


def _nearest(number: Number, around: Surroundings, figures: Iterable[Figure]) -> Text:
    """The sentence names an indicator whose old value was another: say so, for it may be a mistake of then."""
    named = [
        (_share(f.indicator.name.zh, around.clause), f)
        for f in figures
        if f.is_total and f.value is not None and _unit_fits(number.unit, f.indicator.unit)
    ]
    best = max(named, key=lambda n: n[0], default=None)
    if best is not None and best[0] >= Fraction(3, 4):
        figure = best[1]
        return Text(
            f"句中写的像是“{figure.indicator.name.zh}”，但旧时段台账数是{figure.printed}，与文中不一致",
            f"the sentence seems to name {figure.indicator.name.en}, but its old figure is {figure.printed}",
        )
    return Text("旧时段的台账中没有相同的数字", "no figure of the old period is equal to it")


# -- saying the new figure -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """The new number in the old one's style. turned: the sign of a difference is not that of the old one."""

    text: str
    turned: bool


def said_again(number: Number, origin: Origin, now: Mapping[tuple[str, str], Figure]) -> Said | Unknown:
    """The same part of the same figure in the new period, written as the old number was: in 万, with as many decimals."""
    figure = now.get(origin.key)
    if figure is None:
        return Unknown(Text(f"新时段没有“{origin.name.zh}”", f"the new period has no {origin.name.en}"))
    if figure.status not in _USABLE or figure.value is None:
        status = figure.status.label
        return Unknown(Text(f"新时段的“{origin.name.zh}”{status.zh}", f"{origin.name.en} in the new period: {status.en}"))
    found, before = amount(figure, origin.part), amount(origin.figure, origin.part)
    if found is None or before is None:
        what = _PART_NAMES.get(origin.part, Text("数", "number"))
        return Unknown(Text(f"新时段的“{origin.name.zh}”没有{what.zh}", f"{origin.name.en} has no {what.en} in the new period"))
    if origin.part in ("points", "growth", "pace") and found == 0:
        return Unknown(Text("新时段与比较期持平，请改写", "no difference in the new period: word it anew"))
    if figure.qualifier:
        return Unknown(Text("新时段报的是约数，请核对写法", "the new period reports a rough number"))
    if found == 0 and before != 0 and not figure.indicator.is_rate:
        return Unknown(Text("新时段为零，请按零的写法改写", "nought in the new period: word it as a nought"))
    turned = (found < 0) != (before < 0)
    return Said(_written(number, figure, origin.part, abs(found)), turned)


_PART_NAMES = {
    "last_year": Text("去年同期数", "last year's value"),
    "points": Text("同比", "comparison with last year"),
    "growth": Text("同比", "comparison with last year"),
    "completion": Text("完成率", "completion"),
    "pace": Text("进度比较", "pace"),
    "target": Text("年度任务", "target"),
    "numerator": Text("分子", "numerator"),
    "denominator": Text("分母", "denominator"),
}


def _written(number: Number, figure: Figure, part: str, found: Fraction) -> str:
    sign = sign_of(figure, part)
    if number.unit in YUAN and sign in YUAN:
        found *= Fraction(YUAN[sign], YUAN[number.unit])
    if number.is_rate:
        # All of it is said as 100%, with no decimals to copy from.
        places = figure.indicator.places if number.value == 100 and not number.places else number.places
        exact = None
        if part == "value" and figure.numerator is not None and figure.denominator:
            if figure.numerator == figure.denominator and sign == "%":
                return "100%"
            exact = rate(figure.numerator, figure.denominator, sign, places)
        return f"{exact if exact is not None else round_half_away(found, places)}{sign}"
    if number.scale > 1:
        scale = next(word for word, factor in SCALES.items() if factor == number.scale)
        return f"{round_half_away(found / number.scale, number.places)}{scale}"
    written = round_half_away(found, number.places)
    if Fraction(written) != found:  # a whole number has come to have decimals: they are not cut off
        written = round_half_away(found, figure.places if part in ("value", "numerator", "denominator") else 2)
    return f"{written:,}" if "," in number.text else f"{written:f}"
