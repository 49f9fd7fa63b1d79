"""Tokens → quantities, by a grammar. A quantity is an interval of exact numbers: what the printed digits and words leave open.

89.2万份 is between 891500 and 892500; 800余 from 800 up to 900; 近800 from 700 to 800; 95.2% between 95.15 and 95.25; 952人 is 952.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cache

import cn2an
from lark import Lark, Tree
from lark import Token as LarkToken
from lark.lexer import Lexer

from taizhang.textcheck.tokens import Kind, Token, scan

GRAMMAR = """
start: (quantity | masked | word)*
quantity: ABOUT? amount (TO amount)?
amount: (NUMBER | CHINESE) MORE? SCALE? MORE? (SIGN | POINTS)? UNIT? BOUND?
      | (HUNDREDTH | FRACTION) BOUND?
      | DOUBLED
      | QUOTIENT
masked: MASK MORE? SCALE? MORE? (SIGN | POINTS)? UNIT? BOUND?
word: TEXT | DAY | NAME | STOP | PAUSE | SIGN | POINTS

%declare NUMBER CHINESE HUNDREDTH FRACTION DOUBLED QUOTIENT SCALE MORE ABOUT BOUND TO SIGN POINTS UNIT DAY MASK NAME STOP PAUSE TEXT
"""


class Sort(StrEnum):
    COUNT = "count"
    RATE = "rate"  # %, ‰, per 10,000, per 100,000, and 三分之一, 三成
    POINTS = "points"
    MONEY = "money"
    TIMES = "times"  # 倍, 翻一番
    QUOTIENT = "quotient"  # 952/1000
    MASKED = "masked"


@dataclass(slots=True, eq=False)
class Quantity:
    """A quantity as printed. value: in single units, money in yuan, a rate in its own sign (95.2% is 95.2, per=100). low, high: what it
    may be; high None: anything above. step: one unit of the last digit. start..end: in the clean text, with unit and about-words;
    number_start..number_end: the digits with 万 or their sign."""

    start: int
    end: int
    number_start: int
    number_end: int
    text: str
    sort: Sort
    unit: str
    value: Fraction
    low: Fraction
    high: Fraction | None
    step: Fraction
    per: int = 1
    about: str = ""
    digits: str = ""
    top: Fraction = Fraction(0)  # of a quotient: its two numbers
    bottom: Fraction = Fraction(0)
    # Filled by reading.py:
    gap: str = ""
    lead: str = ""
    clause: str = ""
    tail: str = ""
    depth: int = 0
    number: int = 0
    series: "tuple[int, int, int] | None" = None  # (series, place in it, its length) of values given one by one 分别
    label: str = ""
    chain: int = 0  # the first of the numbers that list marks join it to
    run: int = 1  # how many numbers stand in its list with nothing between
    shares_lead: bool = False  # the words before are those of the number before it in a list
    period: str = ""
    subject: str = ""
    flags: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_exact(self) -> bool:
        return self.low == self.high == self.value

    @property
    def is_count(self) -> bool:
        return self.sort in (Sort.COUNT, Sort.MONEY)

    @property
    def is_testable(self) -> bool:
        return self.sort is not Sort.MASKED

    @property
    def places(self) -> int:
        places, step = 0, self.step
        while step < 1 and places < 12:
            step, places = step * 10, places + 1
        return places


@dataclass(frozen=True, slots=True)
class Scanned:
    """A text's quantities, and its other tokens that have a meaning (days, stops)."""

    quantities: list[Quantity]
    days: list[Token]


_ALL = {"百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_YUAN: dict[str, int | Fraction] = {"元": 1, "千元": 1000, "万元": 10_000, "亿元": 100_000_000, "角": Fraction(1, 10)}
_PER = {"%": 100, "‰": 1000, "/万": 10_000, "/10万": 100_000, "/十万": 100_000, "/千": 1000}
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


class _Given(Lexer):
    """For the parser: tokens that scan() has made already."""

    def __init__(self, configuration: object) -> None:
        pass

    def lex(self, data: Iterable[Token]) -> Iterator[LarkToken]:
        for token in data:
            yield LarkToken(token.kind.value, token.text, start_pos=token.start, end_pos=token.end)


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", lexer=_Given, maybe_placeholders=False)


_NUMBERS = (Kind.NUMBER, Kind.CHINESE, Kind.HUNDREDTH, Kind.FRACTION)


def _ranges_closed(tokens: list[Token]) -> list[Token]:
    """至 joins two numbers only where the second is one: in 95%至2023年底 it is a word."""
    return [
        Token(Kind.TEXT, t.text, t.start) if t.kind is Kind.TO and (after is None or after.kind not in _NUMBERS) else t
        for t, after in itertools.zip_longest(tokens, tokens[1:])
    ]


def quantities_of(text: str) -> Scanned:
    tokens = _ranges_closed(list(scan(text)))
    tree = _parser().parse(tokens)  # type: ignore[arg-type]
    found: list[Quantity] = []
    for node in tree.children:
        if isinstance(node, Tree):
            if node.data == "quantity":
                if (made := _quantity(node, text)) is not None:
                    found.append(made)
            elif node.data == "masked":
                found.append(_masked(node, text))
    return Scanned(found, [t for t in tokens if t.kind is Kind.DAY])


def _parts(node: Tree[LarkToken]) -> list[LarkToken]:
    return [t for t in node.children if isinstance(t, LarkToken)]


def _masked(node: Tree[LarkToken], text: str) -> Quantity:
    parts = _parts(node)
    start, end = parts[0].start_pos or 0, parts[-1].end_pos or 0
    unit = next((str(t) for t in parts if t.type in ("UNIT", "SIGN")), "")
    return Quantity(start, end, start, end, text[start:end], Sort.MASKED, unit, Fraction(0), Fraction(0), None, Fraction(1))


def _quantity(node: Tree[LarkToken], text: str) -> Quantity | None:
    about = next((str(t) for t in _parts(node)), "") if isinstance(node.children[0], LarkToken) else ""
    amounts = [child for child in node.children if isinstance(child, Tree)]
    made = _amount(amounts[-1], text, about)
    if made is None:
        return None
    first = node.children[0]
    start = (first if isinstance(first, LarkToken) else _parts(amounts[0])[0]).start_pos or 0
    if len(amounts) == 2:
        other = _amount(amounts[0], text, "")
        if other is None:
            return None
        scale = (
            Fraction(1) if other.sort is not Sort.COUNT or other.unit else Fraction(made.value, _bare(made)) if _bare(made) else Fraction(1)
        )
        made.low = min(other.value * (scale if made.sort in (Sort.COUNT, Sort.MONEY) else 1), made.value)
        made.about = "范围"
    made.start, made.text = start, text[start : made.end]
    return made


def _bare(quantity: Quantity) -> Fraction:
    return Fraction(quantity.digits) if quantity.digits.replace(".", "", 1).isdigit() else Fraction(0)


def _amount(node: Tree[LarkToken], text: str, about: str) -> Quantity | None:
    parts = _parts(node)
    head, rest = parts[0], parts[1:]
    start, end = head.start_pos or 0, parts[-1].end_pos or 0
    bound = next((str(t) for t in rest if t.type == "BOUND"), "")
    if head.type == "QUOTIENT":
        one, other = str(head).split("/")
        zero = Fraction(0)
        return Quantity(
            start, end, start, end, str(head), Sort.QUOTIENT, "", zero, zero, zero, Fraction(1), top=Fraction(one), bottom=Fraction(other)
        )
    if head.type == "DOUBLED":
        value = Fraction(_doubled(str(head)))
        return Quantity(start, end, start, end, str(head), Sort.TIMES, "番", value, value, value, Fraction(1, 10), about=about)
    if head.type == "FRACTION":
        return _fraction(str(head), start, end, about or bound)
    per, unit, sort = 1, "", Sort.COUNT
    scale, more, written = Fraction(1), "", str(head)
    if head.type == "HUNDREDTH":
        kind, written = written.split("分之")
        per = {"百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000}.get(kind, 100)
        unit, sort = {100: "%", 1000: "‰"}.get(per, f"/{per}"), Sort.RATE
    value = _read(written)
    if value is None:
        return None
    number_end = head.end_pos or 0
    for token in rest:
        if token.type == "SCALE":
            scale *= _ALL[str(token)]
            number_end = token.end_pos or 0
        elif token.type == "MORE":
            more = str(token)
        elif token.type == "SIGN":
            sort, unit, per = Sort.RATE, str(token), _PER[str(token)]
            number_end = token.end_pos or 0
        elif token.type == "POINTS":
            sort, unit, per = Sort.POINTS, str(token), 1000 if "千" in token else 100
        elif token.type == "UNIT":
            unit = unit or str(token)
    if unit in _YUAN:
        scale, sort, unit = scale * _YUAN[unit], Sort.MONEY, "元"
    elif unit == "倍":
        sort = Sort.TIMES
    places = len(written.partition(".")[2]) if head.type in ("NUMBER", "HUNDREDTH") and "." in written else 0
    step = scale / 10**places
    value *= scale
    exact = sort is Sort.COUNT and step == 1 and head.type != "HUNDREDTH"
    low: Fraction = value if exact else value - step / 2
    high: Fraction | None = value if exact else value + step / 2
    word = about or more or bound
    if word:
        low, high = _loosened(word, value, step, low, high)
        if about and bound:
            low, high = _loosened(bound, value, step, low, high)
    return Quantity(start, end, start, number_end, text[start:end], sort, unit, value, low, high, step, per, word, written)


def _loosened(word: str, value: Fraction, step: Fraction, low: Fraction, high: Fraction | None) -> tuple[Fraction, Fraction | None]:
    """What a word leaves open beside the digits: a unit of the last digit that is no nought."""
    place = step
    while value and (value / (place * 10)).denominator == 1 and place * 10 <= value:
        place *= 10
    if word in ("余", "多", "几"):
        return value, value + place
    if word in ("近", "将近", "接近", "不足", "不到"):
        return value - place, value
    if word in ("约", "约为", "大约", "左右", "上下"):
        return value - place, value + place
    if word in ("以下", "以内", "之内", "不超过"):
        return Fraction(0), value
    return value, None  # 以上, 超过, 突破, 逾, 至少, 不少于, 之多


def _read(written: str) -> Fraction | None:
    if written[0].isdigit():
        return Fraction(written)
    try:
        return Fraction(str(cn2an.cn2an(f"一{written}" if written[0] in "百千万" else written, "smart")))
    except (ValueError, TypeError, KeyError):
        return None


def _doubled(written: str) -> int | Fraction:
    inner = written.removeprefix("翻").removeprefix("了").removesuffix("番")
    return _DIGITS.get(inner) or Fraction(inner)


def _fraction(written: str, start: int, end: int, about: str) -> Quantity:
    if written == "一倍":
        one = Fraction(1)
        return Quantity(
            start, end, start, end, written, Sort.TIMES, "倍", one, one - Fraction(1, 20), one + Fraction(1, 20), Fraction(1, 10)
        )
    if "分之" in written:
        bottom, top = written.split("分之")
        value, wide = Fraction(_DIGITS.get(top, 1), _DIGITS.get(bottom) or int(_read(bottom) or 1)) * 100, Fraction(2)
    elif "成" in written:
        fine = written[2:3]
        value = Fraction(_DIGITS[written[0]] * 10 + (5 if fine == "半" else _DIGITS.get(fine, 0)))
        wide = Fraction(1, 2) if fine in _DIGITS else Fraction(5)
    else:
        value, wide = Fraction(50), Fraction(3)
    low, high = value - wide, value + wide
    if written.endswith("多") or about in ("超过", "逾", "突破", "以上"):
        low, high = value, value + 2 * wide
    elif about in ("近", "不足", "不到", "将近", "接近"):
        low, high = value - 2 * wide, value
    return Quantity(start, end, start, end, written, Sort.RATE, "%", value, low, high, 2 * wide, 100, about or "约")
