"""Table-like lines (内科｜48210｜2640): what a column's head says of its numbers, and the sums told at the foot or the top of a column.

cleaning.py marks the cells of such lines with ｜; a line is a sentence of its own.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.cleaning import CELL
from taizhang.textcheck.model import Found, RelationKind, Verdict
from taizhang.textcheck.reading import Reading, Sentence
from taizhang.textcheck.relations.sums import sum_verdict
from taizhang.textcheck.relations.telling import make
from taizhang.textcheck.verdicts import near_miss

_TOTAL = re.compile(r"(?:[\u4e00-\u9fff]{0,8}(?:合计|总计|小计|共计)|总数|合\s?计|全[县市区镇乡院]|总量)(?:数|[:：])?")
_HARD = re.compile(r"合计|总计|小计|共计|总数")
_NO_SUM = re.compile(r"率|平均|均|占比|比[例重值]?$|名次|排名|序号|得分|分数|年龄|天数|标准|单价")
_YEAR = re.compile(r"((?:19|20)\d{2})年?")
_BEFORE = re.compile(r"上年|去年|同期|上期|前年")
_PERIOD = re.compile(r"(?:(?:19|20)\d{2}年?|本年度?|今年|本期|上年度?|去年|上年同期|去年同期|同期|上期)[\u4e00-\u9fff]{0,3}")
_IN_BRACKETS = re.compile(r"（([^（）]{1,6})）")
_UNIT_SAID = re.compile(r"单位：([\u4e00-\u9fff%‰]{1,3})")
_PER = {"%": 100, "‰": 1000}


@dataclass(frozen=True, slots=True)
class Row:
    sentence: Sentence
    cells: tuple[str, ...]
    columns: dict[int, Quantity]  # of the cells that hold one quantity

    @property
    def label(self) -> str:
        return self.cells[0].strip()


@dataclass(frozen=True, slots=True)
class Table:
    """head: the names of the columns, () where the first line has numbers already."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]


def is_row(sentence: Sentence) -> bool:
    return CELL in sentence.text


def tables_of(reading: Reading) -> list[Table]:
    """Every table, its quantities named by the head of their column and the first cell of their row."""
    made: list[Table] = []
    lines: list[Row] = []
    unit = ""
    for sentence in [*reading.sentences, None]:
        if sentence is not None and is_row(sentence):
            if lines and len(lines[-1].cells) != len(_cells(sentence)):
                made += _table(lines, unit)
                lines = []
            lines.append(_row(sentence))
        else:
            made += _table(lines, unit)
            lines = []
            unit = said[1] if sentence is not None and (said := _UNIT_SAID.search(sentence.text)) else ""
    return made


def _cells(sentence: Sentence) -> tuple[str, ...]:
    return tuple(sentence.text.strip("\n。").split(CELL))


def _row(sentence: Sentence) -> Row:
    by: dict[int, list[Quantity]] = {}
    for quantity in sentence.quantities:
        by.setdefault(sentence.text[: quantity.start - sentence.start].count(CELL), []).append(quantity)
    return Row(sentence, _cells(sentence), {column: found[0] for column, found in by.items() if len(found) == 1})


def _table(lines: Sequence[Row], unit: str) -> Iterable[Table]:
    if len(lines) < 2:
        return
    head: tuple[str, ...] = ()
    rows = [*lines]
    if not rows[0].columns or all(_PERIOD.fullmatch(c.strip()) for c in rows[0].cells[1:]):
        head = rows.pop(0).cells
    table = Table(head, tuple(rows))
    if head:
        _name(table, unit)
    yield table


def _name(table: Table, said: str) -> None:
    """said: the unit named above the table (单位：万元)."""
    years = [int(m[1]) for c in table.head if (m := _YEAR.match(c.strip()))]
    for row in table.rows:
        for column, quantity in row.columns.items():
            if not column or row.cells[column].strip() != quantity.text:
                continue
            head = table.head[column].strip()
            unit = _IN_BRACKETS.search(head) or _IN_BRACKETS.search(row.label)
            if _PERIOD.fullmatch(head):
                quantity.lead = quantity.clause = _IN_BRACKETS.sub("", row.label)
                quantity.period = head
                year = _YEAR.match(head)
                if _BEFORE.search(head) or (year and years and int(year[1]) < max(years)):
                    quantity.flags = frozenset({"year-base"})
                else:
                    quantity.flags = frozenset()
            else:
                quantity.lead = quantity.clause = _IN_BRACKETS.sub("", head)
                quantity.flags = frozenset()
            _take_unit(quantity, unit[1] if unit else said, quantity.lead)


def _take_unit(quantity: Quantity, unit: str, name: str) -> None:
    """What the head says the bare number is: 接种率（%）."""
    if quantity.sort is not Sort.COUNT or quantity.unit:
        return
    if not unit and re.search(r"率$|占比$", name) and "." in quantity.digits:
        unit = "%"
    if unit in _PER:
        quantity.sort, quantity.unit, quantity.per = Sort.RATE, unit, _PER[unit]
        quantity.low, quantity.high = quantity.value - quantity.step / 2, quantity.value + quantity.step / 2
    elif unit in ("万元", "亿元", "元"):
        scale = {"万元": 10_000, "亿元": 100_000_000, "元": 1}[unit]
        quantity.sort, quantity.unit = Sort.MONEY, "元"
        quantity.value, quantity.step = quantity.value * scale, quantity.step * scale
        quantity.low, quantity.high = quantity.value - quantity.step / 2, quantity.value + quantity.step / 2
    elif unit:
        quantity.unit = unit


# -- sums of columns -----------------------------------------------------------------------------------------------------------


def find(tables: Sequence[Table], found: Found) -> None:
    for table in tables:
        totals = [i for i, row in enumerate(table.rows) if _TOTAL.fullmatch(row.label)]
        for place in totals:
            if place == len(table.rows) - 1 or place + 1 in totals or table.rows[place].label.endswith("小计"):
                start = max((t + 1 for t in totals if t < place and table.rows[t].label.endswith("小计")), default=0)
                parts = [r for i, r in enumerate(table.rows[start:place], start) if i not in totals]
            elif place == 0:
                parts = [r for i, r in enumerate(table.rows) if i not in totals]
            else:
                continue
            if len(parts) >= 2:
                _sum(table, table.rows[place], parts, found)


def _sum(table: Table, total: Row, parts: Sequence[Row], found: Found) -> None:
    """A total at the foot must be the sum of its lines; at the top, or with parts of lines among them, some may be told twice."""
    certain = total is not table.rows[0] and not any(re.match(r"[#＃]|其中|[\u4e00-\u9fff]*[总合小]计", r.label) for r in parts)
    judged: list[tuple[Quantity, list[Quantity], Fraction, Verdict]] = []
    for column, whole in total.columns.items():
        own = [r.columns[column] for r in parts if column in r.columns]
        name = table.head[column] if column < len(table.head) else whole.lead
        if len(own) != len(parts) or not whole.is_count or _NO_SUM.search(_IN_BRACKETS.sub("", name).strip()) or not column:
            continue
        if any(q.sort is not whole.sort or q.unit != whole.unit for q in own):
            continue
        value = sum((q.value for q in own), Fraction(0))
        judged.append((whole, own, value, sum_verdict(whole, own, value)))
    good = sum(v is not Verdict.INCONSISTENT for *_, v in judged)
    for whole, own, value, verdict in judged:
        close = near_miss(whole.value, value) or abs(whole.value - value) * 5 <= whole.value
        if verdict is Verdict.INCONSISTENT and not certain:
            continue
        if verdict is Verdict.INCONSISTENT and not ((_HARD.search(total.label) and close) or (good and near_miss(whole.value, value))):
            continue
        found.add(make(RelationKind.SUM, whole, own, verdict, value, "＋".join(q.text for q in own), "合计", tie=5), takes=False)


# -- growth told in words, of numbers in a table ----------------------------------------------------------------------------------


def of_two_years(name: str, everything: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """This year's and last year's number of a row of this name."""
    same = [q for q in everything if q.period and _PERIOD.fullmatch(q.period) and q.lead == name and q.is_count]
    now = [q for q in same if "year-base" not in q.flags]
    before = [q for q in same if "year-base" in q.flags]
    return (now[-1], before[-1]) if len(now) == len(before) == 1 else None
