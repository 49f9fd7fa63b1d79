"""Monthly ledger 月度台账 of a line of work: a workbook to be printed, signed and bound, one sheet a register and a form.

Its rows are the records of the line dated in the month, and for what is reported the month's cells by unit; the line's figures stand on
the last sheet. Names are masked, unless somebody entitled to them asks for them.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from taizhang.county import audit
from taizhang.county.identity import mask_identity, mask_name
from taizhang.county.models import Resident, Staff
from taizhang.county.organisations import OrganisationTree, tree_on
from taizhang.county.people import residents_for
from taizhang.county.reach import may_open, model_of
from taizhang.county.recording import Record, StoredRecord
from taizhang.county.scopes import may_see_persons_of
from taizhang.exchange.exporting import number_of, shown
from taizhang.exchange.report import workbook
from taizhang.figures import compute
from taizhang.figures.model import NOTHING, Figure
from taizhang.kernel.elements import ElementType
from taizhang.kernel.forms import Form, FormElement
from taizhang.kernel.parameters import as_decimal
from taizhang.kernel.periods import Period, add_months, day_zh
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registers import Register, RegisterColumn
from taizhang.kernel.registry import Programme, registry
from taizhang.returns.models import ReturnCell, State

CLOSING_DAY = "monthly_book.closing_day"
LINE = "line"  # the field by which a record of a register common to all lines says to which it belongs
_CHUNK = 2_000
_A4 = 9
_FEWEST = 6  # columns of a sheet, so that its title has room
_MOST_BOXES = 9  # of a form on one sheet; a wider form goes on under 续, for nobody can read it shrunk to one page
_ORDINAL, _WORD, _LONG = 6, 14, 30  # widths of columns, in figures; a Chinese character takes two
_UNIT, _PERSON, _NUMBER, _DAY = 22, 28, 15, 12
_LINE = 14.5  # points a line of a row
_FIGURES = ("指标", "单位", "本月", "分子", "分母", "去年同期", "增减")
_COUNTED = (State.SUBMITTED, State.ACCEPTED)


class BookRefused(Refusal, ValueError):
    """A monthly ledger that cannot be written; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Book:
    """What was written. closing_day: when the month's entries end; None where no rule is in force."""

    path: Path
    rows: int
    figures: int
    closing_day: date | None


def closing_day(month: Period) -> date | None:
    """结账日: the day of the month by which its entries are closed; a day that a short month lacks is its last. None where no rule is in
    force."""
    parameter = registry.parameters.get(CLOSING_DAY)
    number = parameter.at(month.start) if parameter else None
    return None if number is None else min(month.start + timedelta(days=number - 1), _last_day(month))


def write_book(
    programme: str, month: Period, organisation: str, path: Path, *, day: date, reader: Staff | None = None, names: bool = False
) -> Book:  # fmt: skip
    """Write the book of a line of work for a month, of an organisation and those below it, and leave one audit line.

    day: the home's working day; the figures of a month still running are cut off there. reader: who asks, None for an operator at the
    machine itself. names: print the names of the residents whom `reader` may view; all others stay masked. Raises BookRefused,
    OrganisationError, and what figures raise.
    """
    line = _line(programme)
    if month.start != month.start.replace(day=1) or month.end != _last_day(month):
        raise BookRefused(f"月度台账一次一个月，“{month}”不是一个月。请写作2026-06。")
    if month.start > day:
        raise BookRefused(f"{month.name.zh}还没有开始，没有台账可写。请选{day:%Y-%m}或更早的月份。")
    if names and reader is None:
        raise BookRefused("打印姓名须写明经办人（--by 账号），以便核对权限并留下记录。")
    if names and reader is not None and not may_see_persons_of(reader, line):
        raise BookRefused(f"账号“{reader.username}”无权看{line.name.zh}的个人信息，只能打印遮盖姓名的台账。")
    tree = tree_on(month.end)
    below = tree.descendants(organisation)
    seen = frozenset(residents_for(reader, "view", day).values_list("pk", flat=True)) if names and reader is not None else frozenset()
    codes = [i.code for i in registry.indicators_on(min(month.end, day)) if i.programme == programme]
    found = compute.figures(month, organisation, indicators=codes, with_categories=False, day=day) if codes else []
    said = [figure for figure in found if figure.value is not None]
    closed = closing_day(month)
    count = 0
    with workbook(path) as book:
        paper = _Paper(book, line, month, tree.name(organisation).zh, closed, reader.name if names and reader is not None else "")
        for sheet in _sheets(line, month, below, tree, seen, reader):
            written = paper.sheet(sheet)
            count += 0 if sheet.continued else written
        paper.figures(said)
    audit.record(
        reader, audit.EXPORT, detail={"monthly_book": programme, "month": str(month), "count": count, "names": names, "file": path.name}
    )
    return Book(path, count, len(said), closed)


def _line(code: str) -> Programme:
    line = registry.programmes.get(code) or next((p for p in registry.programmes.values() if p.name.zh == code), None)
    if line is None:
        raise BookRefused(f"没有业务“{code}”。可写：{'、'.join(f'{p.code}（{p.name.zh}）' for p in registry.programmes.values())}。")
    return line


def _last_day(month: Period) -> date:
    return add_months(month.start.replace(day=1), 1) - timedelta(days=1)


# -- what stands in it -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sheet:
    """columns: heading and width. about_people: its rows are about residents. continued: it holds further boxes of the rows before it."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[list[Any]]
    about_people: bool = False
    continued: bool = False


def _sheets(
    line: Programme, month: Period, below: Sequence[str], tree: OrganisationTree, seen: Collection[int], reader: Staff | None
) -> Iterator[_Sheet]:  # fmt: skip
    """The sheets of a line: its own registers (sensitive ones only with names, for those who may see the persons), its forms, then what
    registers common to all lines hold of it, where they hold any."""
    registers = list(registry.registers.values())
    has_records = False
    for register in (r for r in registers if r.programme == line.code):
        about_people = issubclass(model_of(register), Record)
        if about_people and registry.rights_for(register) and not (seen and reader is not None and may_open(reader, register)):
            continue
        has_records = True
        columns = _columns(register)
        yield _Sheet(register.name.zh, _headed(columns), _records(columns, _dated(register, month, below), tree, seen), about_people)
    for form in (f for f in registry.forms.values() if f.programme == line.code):
        rows = list(_cells(form, month, below, tree))
        if rows or not has_records:  # a line that keeps records owes no return beside them
            yield from _form_sheets(form, rows)
    for register in (r for r in registers if r.programme != line.code and any(c.field == LINE for c in r.columns)):
        rows = _dated(register, month, below).filter(**{LINE: line.code})
        if rows.exists():
            columns = _columns(register)
            yield _Sheet(register.name.zh, _headed(columns), _records(columns, rows, tree, seen))


def _form_sheets(form: Form, rows: Sequence[list[Any]]) -> Iterator[_Sheet]:
    """A form on as many sheets as its boxes need; a unit that filled none of a further sheet's boxes has no row there."""
    lead = [("填报单位", _UNIT), *([("分组", _WORD)] if form.categories or form.open_categories else [])]
    boxes = [(_asked(e), _NUMBER) for e in form.elements]
    sheets = -(-len(boxes) // _MOST_BOXES)
    each = -(-len(boxes) // sheets) if sheets else 0
    for number in range(sheets):
        first, last = len(lead) + number * each, len(lead) + (number + 1) * each
        part = [[*row[: len(lead)], *row[first:last]] for row in rows if sheets == 1 or any(v is not None for v in row[first:last])]
        title = form.name.zh if not number else f"{form.name.zh}续{number}"
        yield _Sheet(title, [*lead, *boxes[number * each : (number + 1) * each]], part, continued=number > 0)


def _headed(columns: Sequence[RegisterColumn]) -> list[tuple[str, int]]:
    return [(c.label.zh, _width_of(c)) for c in columns]


def _width_of(column: RegisterColumn) -> int:
    if column.kind in ("resident", "organisation"):
        return _PERSON if column.kind == "resident" else _UNIT
    kind = column.element.type if column.element is not None else ElementType.TEXT
    return {ElementType.DATE: _DAY, ElementType.NUMBER: _NUMBER, ElementType.TEXT: _LONG}.get(kind, _WORD)


def _columns(register: Register) -> list[RegisterColumn]:
    return [c for c in register.columns if c.in_list]


def _dated(register: Register, month: Period, below: Sequence[str]) -> QuerySet[Any]:
    """The register's records of these organisations that are dated in the month, in the order of days."""
    model: type[StoredRecord] = model_of(register)
    rows = model.objects.filter(**{f"{model.DAY}__range": (month.start, month.end)}, organisation__in=below)
    return rows.select_related(*(["resident"] if issubclass(model, Record) else [])).order_by(model.DAY, "pk")


def _records(columns: Sequence[RegisterColumn], rows: QuerySet[Any], tree: OrganisationTree, seen: Collection[int]) -> Iterator[list[Any]]:
    for record in rows.iterator(chunk_size=_CHUNK):
        yield [_value(record, column, tree, seen) for column in columns]


def _value(record: Any, column: RegisterColumn, tree: OrganisationTree, seen: Collection[int]) -> Any:
    if column.kind == "resident":
        return _person(record.resident, record.resident_id in seen)
    if column.kind == "organisation":
        return tree.name(record.organisation_id).zh
    value = getattr(record, column.field)
    if isinstance(value, date) or column.element is None:
        return value
    return column.element.show(value) if isinstance(value, str) and value else shown(column.element, value)


def _person(resident: Resident, named: bool) -> str:
    number = number_of(resident)
    return f"{resident.name} {number}" if named else f"{mask_name(resident.name)} {mask_identity(number)}"


def _asked(element: FormElement) -> str:
    return f"{element.name.zh}（{element.unit}）" if element.unit else element.name.zh


def _cells(form: Form, month: Period, below: Sequence[str], tree: OrganisationTree) -> Iterator[list[Any]]:
    """The month's reported cells, a line a unit and category. A box left empty stays empty: nothing reported is no zero."""
    cells = ReturnCell.objects.filter(
        form=form.code, organisation__in=below, state__in=_COUNTED, period_start__gte=month.start, period_end__lte=month.end
    ).order_by("organisation_id", "period_start", "id")
    rows: dict[tuple[str, date, str], dict[str, Decimal]] = {}
    for cell in cells:
        row = rows.setdefault((cell.organisation_id, cell.period_start, cell.category), {})
        row[cell.element] = as_decimal(cell.value, form.element(cell.element).places)
    known = {c.code: c.name.zh for c in form.categories}
    for (organisation, _, category), row in rows.items():
        group = [known.get(category, category)] if known or form.open_categories else []
        yield [tree.name(organisation).zh, *group, *(row.get(e.code) for e in form.elements)]


# -- how it stands on paper ------------------------------------------------------------------------------------------------------


class _Paper:
    """The sheets of one book: A4 across, the heading repeated on every page, the pages numbered, signatures at the foot."""

    def __init__(self, book: Any, line: Programme, month: Period, unit: str, closed: date | None, named_for: str) -> None:
        self.book, self.line = book, line
        self.title = f"{line.name.zh}月度台账"
        until = f"　　结账日：{day_zh(closed)}" if closed else "　　结账日：未规定"
        self.under = f"单位：{unit}　　月份：{month.name.zh}{until}"
        self.note = f"含姓名，经{named_for}授权打印，用后归档。" if named_for else "姓名已遮盖。"
        bordered = {"border": 1, "font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        self.head = book.add_format({**bordered, "bold": True, "align": "center", "text_wrap": True})
        self.cell = book.add_format({**bordered, "text_wrap": True})
        self.number = book.add_format({**bordered, "align": "right"})
        self.ordinal = book.add_format({**bordered, "align": "center"})
        self.day = book.add_format({**bordered, "num_format": "yyyy-mm-dd", "align": "center"})
        self.big = book.add_format({"bold": True, "font_name": "宋体", "font_size": 16, "align": "center", "valign": "vcenter"})
        self.plain = book.add_format({"font_name": "宋体", "font_size": 10})
        self.names: set[str] = set()

    def sheet(self, made: _Sheet) -> int:
        """One register or form; how many rows."""
        columns = [("序号", _ORDINAL), *made.columns]
        sheet = self._begin(made.title, columns)
        count = 0
        for count, values in enumerate(made.rows, start=1):
            self._row(sheet, 2 + count, [count, *values], columns)
        line = 3 + count
        total = f"合计{count}条。{self.note if made.about_people else ''}" if count else "本月没有记录。"
        sheet.write_string(line, 0, total, self.plain)
        self._sign(sheet, line + 1)
        return count

    def figures(self, figures: Sequence[Figure]) -> None:
        """本月数字: the line's figures, as numbers."""
        columns = [(name, 44 if not place else _NUMBER) for place, name in enumerate(_FIGURES)]
        sheet = self._begin("本月数字", columns)
        for line, figure in enumerate(figures, start=3):
            self._row(sheet, line, _told(figure), columns)
        end = 3 + len(figures)
        if not figures:
            sheet.write_string(end, 0, "本月没有可算的数字。", self.plain)
        self._sign(sheet, end + 1)

    def _begin(self, title: str, columns: Sequence[tuple[str, int]]) -> Any:
        sheet = self.book.add_worksheet(self._name(title))
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 2)
        sheet.set_footer("&C第 &P 页　共 &N 页")
        for place, (_, width) in enumerate(columns):
            sheet.set_column(place, place, width)
        if len(columns) < _FEWEST:
            sheet.set_column(len(columns), _FEWEST - 1, _NUMBER)
        sheet.set_row(0, 28)
        sheet.set_row(2, _LINE * max(_lines(name, width) for name, width in columns) + 4)
        sheet.merge_range(0, 0, 0, max(len(columns), _FEWEST) - 1, f"{self.title}（{title}）", self.big)
        sheet.write_string(1, 0, self.under, self.plain)
        for place, (name, _) in enumerate(columns):
            sheet.write_string(2, place, name, self.head)
        return sheet

    def _name(self, title: str) -> str:
        """A sheet's name: at most 31 characters, none that Excel refuses, each once."""
        clean = "".join(c for c in title if c not in r"[]:*?/\'")[:28] or "台账"
        name = next(n for n in (clean, *(f"{clean}{k}" for k in range(2, 1000))) if n.lower() not in self.names)
        self.names.add(name.lower())
        return name

    def _row(self, sheet: Any, line: int, values: Sequence[Any], columns: Sequence[tuple[str, int]]) -> None:
        # A row's height is set here: only Excel finds it by itself, and a book is printed from other programs too.
        high = max(_lines(str(value or ""), width) for value, (_, width) in zip(values, columns, strict=True))
        sheet.set_row(line, _LINE * high + 2)
        for place, value in enumerate(values):
            if value is None or value == "":
                sheet.write_blank(line, place, None, self.cell)
            elif not place and isinstance(value, int):
                sheet.write_number(line, place, value, self.ordinal)
            elif isinstance(value, date):
                sheet.write_datetime(line, place, value, self.day)
            elif isinstance(value, (int, Decimal)) and not isinstance(value, bool):
                sheet.write_number(line, place, value, self.number)
            else:
                sheet.write_string(line, place, str(value), self.cell)

    def _sign(self, sheet: Any, line: int) -> None:
        sheet.write_string(line, 0, "制表：　　　　　　　　审核：　　　　　　　　日期：　　　　年　　月　　日", self.plain)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column."""
    return max(1, -(-sum(1 if ord(c) < 256 else 2 for c in text) // max(1, width - 1)))


def _told(figure: Figure) -> list[Any]:
    rate = figure.indicator.is_rate
    counts = (figure.numerator, figure.denominator) if rate else (None, None)
    last, change = figure.last_year, figure.change_last_year
    return [
        figure.indicator.name.zh,
        figure.indicator.unit,
        figure.value,
        *(None if n is None else as_decimal(n, figure.places) for n in counts),
        last.value if last is not None and last.value is not None else NOTHING,
        f"{change.value:{'+' if change.value else ''}}{change.unit}" if change is not None else NOTHING,
    ]
