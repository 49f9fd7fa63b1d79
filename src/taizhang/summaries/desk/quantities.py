"""Numbers typed into human text: what claims a quantity and must be answered for, each with the key it is known by.

Days, numbers of documents, numbering and set phrases claim none. A rank typed by hand (居全市第三位) and a comparison with a mean of city,
province or nation are found too, because only a bulletin may say them.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from taizhang.kernel.refusals import Refusal
from taizhang.summaries import numbers
from taizhang.summaries.numbers import YUAN, Number

NEAR = 4  # characters of its clause on either side that make a number's key


class QuantityError(Refusal, ValueError):
    """A typed number that is not there, or cannot be bound as asked."""


class Sort(StrEnum):
    COUNT = "count"
    RATE = "rate"
    POINTS = "points"  # percentage points: a difference, never a level
    REFERENCE = "reference"  # what only a bulletin may say


@dataclass(frozen=True, slots=True)
class Quantity:
    """A typed number. text: as typed, with its unit; start and end: where. value: exact, in single units (3.5万元 is 35000). key: the
    number with the words around it."""

    text: str
    start: int
    end: int
    value: Decimal | None
    unit: str
    sort: Sort
    key: str

    @property
    def number(self) -> str:
        """The number without its unit word, where a placeholder would stand; % stays with it."""
        return self.text.removesuffix(self.unit) if self.sort is Sort.COUNT else self.text


_PLACEHOLDER = re.compile(r"\{[^}]*\}")
_REFERENCE = re.compile(
    r"(?:居|列|排名?|位[居列])[^，。；、]{0,6}第(?:\d+|[零〇一二两三四五六七八九十百千万亿]+)[位名]?"
    r"|[高低]于(?:全国|全省|全市|省|市|国家)平均(?:水平|值)?"
)
_SPAN_OF_TIME = ("年", "月", "周")  # 三年行动, 五年来
_PLACE_FIRST = re.compile(r"[^，。；、]*以")  # 放在第一位以…


def find(text: str) -> list[Quantity]:
    """Every typed quantity, in order."""
    shown = _PLACEHOLDER.sub(lambda m: "\0" * len(m[0]), text)
    found = [Quantity(m[0], *m.span(), None, "", Sort.REFERENCE, "") for m in _REFERENCE.finditer(shown)]
    references = [(q.start, q.end) for q in found]
    for number in numbers.numbers(shown):
        if _claims(number, shown) and not any(s < number.end and number.start < e for s, e in references):
            found.append(_quantity(number, shown))
    return _keyed(sorted(found, key=lambda q: q.start), text)


def _claims(number: Number, text: str) -> bool:
    if number.sort is numbers.Sort.ORDINAL:
        return number.text.endswith(("位", "名")) and not _PLACE_FIRST.match(text, number.end)
    if number.sort is numbers.Sort.QUANTITY:
        return number.unit not in _SPAN_OF_TIME or number.text[0].isdigit()
    return number.sort is numbers.Sort.WORD


def _quantity(number: Number, text: str) -> Quantity:
    sort = Sort.RATE if number.is_rate else Sort.POINTS if number.is_points else Sort.COUNT
    value, unit = number.value, number.unit
    if value is not None and unit in YUAN:
        value, unit = value * YUAN[unit], "元"
    return Quantity(text[number.start : number.unit_end], number.start, number.unit_end, value, unit, sort, "")


def _keyed(found: list[Quantity], text: str) -> list[Quantity]:
    """Keys are the number and what stands around it, counted where they repeat."""
    seen: dict[str, int] = {}
    keyed = []
    for q in found:
        before = re.split(r"[，。；、：\s]", text[max(0, q.start - NEAR) : q.start])[-1]
        after = re.split(r"[，。；、：\s]", text[q.end : q.end + NEAR])[0]
        base = f"{before}[{q.text}]{after}"
        seen[base] = seen.get(base, 0) + 1
        keyed.append(replace(q, key=base if seen[base] == 1 else f"{base}#{seen[base]}"))
    return keyed
