"""The table of a return as it stands on paper: what is typed in each place, what is stored, what stood there before."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import QueryDict

from taizhang.county.scopes import treats_all
from taizhang.figures.compute import Board
from taizhang.figures.present import grouped
from taizhang.kernel.forms import Category, Form, FormElement
from taizhang.kernel.indicators import Cell, Indicator
from taizhang.kernel.parameters import as_decimal
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.returns.checks import CellEntry, CellFault
from taizhang.returns.entry import parse_cell
from taizhang.returns.evaluate import COUNTED_STATES
from taizhang.returns.models import ReturnCell
from taizhang.web.returns.asked import Sheet
from taizhang.web.units import unit_in

FROM_RECORDS = "来自记录"
WHOLE = Text("本表合计（不分行）", "the form as a whole")
NOTHING = Text("（空）", "(empty)")
_SPARE_ROWS = 3
_MOST_ROWS = 200
Place = tuple[str, str]


@dataclass(slots=True)
class Column:
    """An element over the rows. part_of: the element it is a part of."""

    element: FormElement
    name: str
    unit: str
    part_of: str = ""


@dataclass(slots=True)
class Box:
    """One place of the table. written: what the input holds; stored: what another has stored there meanwhile; suggested: what the
    records come to."""

    name: str
    column: Column
    category: str
    label: str
    written: str = ""
    note: str = ""
    qualifier: str = ""
    previous: str = ""
    last_year: str = ""
    stored: str = ""
    suggested: str = ""
    fault: str = ""
    is_total: bool = False

    @property
    def element(self) -> FormElement:
        return self.column.element

    @property
    def taken_note(self) -> str:
        """What a cell says of itself whose number was taken from the records."""
        return FROM_RECORDS


@dataclass(slots=True)
class Line:
    """A row. key: the name of the field that says which row it is; open: whoever reports names it."""

    number: int
    category: str
    name: str
    boxes: list[Box]
    is_total: bool = False
    open: bool = False


@dataclass(slots=True)
class Grid:
    """upright: a form without rows stands upright, an element a line."""

    columns: list[Column]
    lines: list[Line]
    upright: bool
    has_previous: bool = False
    previous_name: str = ""
    last_year_name: str = ""
    faults: list[tuple[Box | None, str]] = field(default_factory=list)

    def box(self, place: Place) -> Box | None:
        return next((b for line in self.lines for b in line.boxes if (b.element.code, b.category) == place), None)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a page sent: the texts by row and element, the rows, the cells they come to, and what is wrong with them."""

    rows: list[str]
    texts: dict[tuple[int, str], str]
    notes: dict[tuple[int, str], str]
    cells: dict[Place, CellEntry]
    faults: list[CellFault]


def read(form: Form, post: QueryDict) -> Typed:
    """The table as it was sent. Digits of full width, separators of thousands and blanks are taken as Excel and people write them."""
    rows = _rows_sent(form, post)
    texts: dict[tuple[int, str], str] = {}
    notes: dict[tuple[int, str], str] = {}
    cells: dict[Place, CellEntry] = {}
    faults: list[CellFault] = []
    named: dict[str, int] = {}
    for number, category in enumerate(rows):
        filled = False
        for element in form.elements:
            written = post.get(f"c-{number}-{element.code}", "").strip()[:40]
            if not written:
                continue
            filled = True
            texts[number, element.code] = written
            note = FROM_RECORDS if post.get(f"n-{number}-{element.code}") == FROM_RECORDS else ""
            notes[number, element.code] = note
            if form.open_categories and category == "" and number:
                continue
            entry = parse_cell(form, element=element.code, value=plain(written), category=category, note=note)
            if isinstance(entry, CellFault):
                faults.append(CellFault(element.code, category, "value", written, entry.message))
            else:
                cells.setdefault(entry.place, entry)
        if form.open_categories and number:
            faults += _open_row_faults(form, category, filled, named, number)
    return Typed(rows, texts, notes, cells, faults)


def _rows_sent(form: Form, post: QueryDict) -> list[str]:
    if not form.open_categories:
        return [row.code for row in rows_of(form)]
    sent: list[str] = []
    while len(sent) < _MOST_ROWS and f"row-{len(sent)}" in post:
        sent.append(post[f"row-{len(sent)}"].strip()[:60])
    return sent or [""]


def _open_row_faults(form: Form, category: str, filled: bool, named: dict[str, int], number: int) -> list[CellFault]:
    if not category:
        where = Text(f"第{number}行填了数但没有写名称，请补填名称或清空该行。", f"Row {number} has numbers and no name; name or empty it.")
        return [CellFault("", "", "category", "", where)] if filled else []
    first = named.setdefault(category, number)
    if first == number:
        return []
    twice = Text(
        f"“{category}”在第{first}行和第{number}行出现两次，请合并。", f"{category!r} stands in rows {first} and {number}; join them."
    )
    return [CellFault("", category, "category", category, twice)]


def plain(written: str) -> str:
    """A number without what people put around it."""
    return unicodedata.normalize("NFKC", written).replace(",", "").replace(" ", "").replace("、", "")


def rows_of(form: Form) -> list[Category]:
    """The rows of the paper, the total last; and the form's own row, where figures read it or the form has no other."""
    own = Category("", WHOLE)
    if not form.categories:
        return [own]
    rows = [c for c in form.categories if c.code != form.total]
    total = [c for c in form.categories if c.code == form.total and form.total]
    return [*rows, *total] if total or not _reads_own_row(form) else [*rows, own]


def _reads_own_row(form: Form) -> bool:
    return any(
        cell.form == form.code and not cell.category and not reported.by_category
        for dated in registry.indicators.values()
        for indicator in dated
        if (reported := indicator.reported) is not None
        for cell in (reported.numerator, reported.denominator, reported.rate)
        if isinstance(cell, Cell)
    )


def build(of: Sheet, stored: Iterable[CellEntry], typed: Typed | None = None) -> Grid:
    """The table to show: as typed where a page was sent, else as stored. One query for what stood there before."""
    form, language = of.form, of.language
    held = {entry.place: entry for entry in stored}
    rows = _rows_to_show(form, held, typed)
    parts = {check.part: form.element(check.whole).name.in_language(language) for check in form.checks}
    columns = [Column(e, e.name.in_language(language), unit_in(e.unit, language), parts.get(e.code, "")) for e in form.elements]
    before, then = previous_of(of.period), of.period.same_period_last_year()
    earlier = _earlier(of, before, then)
    grid = Grid(
        columns, [], upright=not form.categories and not form.open_categories,
        has_previous=bool(earlier), previous_name=before.name.in_language(language), last_year_name=then.name.in_language(language),
    )  # fmt: skip
    for number, row in enumerate(rows):
        line = Line(
            number, row.code, row.name.in_language(language), [], bool(form.total) and row.code == form.total,
            form.open_categories and number > 0,
        )  # fmt: skip
        for column in columns:
            element = column.element
            label = column.name if grid.upright else f"{line.name} {column.name}"
            box = Box(f"{number}-{element.code}", column, row.code, label, is_total=line.is_total)
            entry = held.get((element.code, row.code))
            if typed is not None:
                box.written = typed.texts.get((number, element.code), "")
                box.note = typed.notes.get((number, element.code), "")
            elif entry is not None:
                box.written = bare(entry.value, element)
                box.note, box.qualifier = entry.note, entry.qualifier
            box.previous = earlier.get((before.start, before.end, element.code, row.code), "")
            box.last_year = earlier.get((then.start, then.end, element.code, row.code), "")
            line.boxes.append(box)
        grid.lines.append(line)
    return grid


def _rows_to_show(form: Form, held: Mapping[Place, CellEntry], typed: Typed | None) -> list[Category]:
    if not form.open_categories:
        rows = rows_of(form)
        if any(not category for _, category in held) and all(row.code for row in rows):
            rows = [*rows, Category("", WHOLE)]
        return rows
    names = typed.rows[1:] if typed is not None else sorted({category for _, category in held} - {""}) + [""] * _SPARE_ROWS
    return [Category("", WHOLE), *(Category(name, Text(name or "—", name or "—")) for name in names)]


def previous_of(period: Period) -> Period:
    """The period before: of January to October, January to September; of any other its neighbour."""
    if period.kind == "months" and period.start.month == 1:
        return Period.months(period.start.year, 1, period.end.month - 1)
    return period.previous()


def _earlier(of: Sheet, *periods: Period) -> dict[tuple[object, object, str, str], str]:
    rows = ReturnCell.objects.filter(
        form=of.form.code, organisation_id=of.organisation, state__in=COUNTED_STATES,
        period_start__in=[p.start for p in periods], period_end__in=[p.end for p in periods],
    )  # fmt: skip
    known = {element.code: element for element in of.form.elements}
    return {
        (c.period_start, c.period_end, c.element, c.category): grouped(
            as_decimal(c.value, known[c.element].places), known[c.element].unit, of.language
        )
        for c in rows
        if c.element in known
    }


def bare(value: int, element: FormElement) -> str:
    """A stored number as an input holds it."""
    return f"{as_decimal(value, element.places):f}"


def mark(grid: Grid, faults: Sequence[CellFault], language: str) -> None:
    """Put the faults at their places and in the list above the table."""
    for fault in faults:
        box = grid.box(fault.place) if fault.element else None
        message = fault.message.in_language(language)
        if box is not None:
            box.fault = message
        grid.faults.append((box, message))


def mark_stored(grid: Grid, typed: Mapping[Place, CellEntry], stored: Mapping[Place, CellEntry], language: str) -> None:
    """Beside each place that differs, what another has stored there."""
    for line in grid.lines:
        for box in line.boxes:
            place = (box.element.code, box.category)
            mine, theirs = typed.get(place), stored.get(place)
            if (mine.value if mine else None) != (theirs.value if theirs else None):
                box.stored = bare(theirs.value, box.element) if theirs else NOTHING.in_language(language)


def totals(form: Form, cells: Mapping[Place, CellEntry]) -> dict[str, Decimal | None]:
    """The sum of the rows of each element, for the form's total row; None while no row is filled."""
    rows = [c.code for c in form.categories if c.code != form.total]
    found: dict[str, Decimal | None] = {}
    for element in form.elements:
        given = [cells[element.code, row].value for row in rows if (element.code, row) in cells]
        found[element.code] = as_decimal(sum(given), element.places) if given else None
    return found


def suggest(grid: Grid, of: Sheet) -> list[Box]:
    """Put what the records come to beside its places; the boxes that have any."""
    found = []
    for suggestion in suggestions(of):
        box = grid.box(suggestion.place)
        if box is not None:
            box.suggested = suggestion.value
            found.append(box)
    return found


# -- what the records say ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A number counted from records, for a place of the table, and the figure it is the numerator of."""

    place: Place
    value: str
    indicator: Indicator


def indicators_behind(form: Form, period: Period) -> list[Indicator]:
    """Indicators in force that count by name what a place of the form reports."""
    found = []
    for indicator in registry.indicators_on(period.cutoff):
        cell = indicator.reported.numerator if indicator.reported is not None else None
        if indicator.population is not None and cell is not None and cell.form == form.code:
            found.append(indicator)
    return found


def suggestions(of: Sheet) -> list[Suggestion]:
    """What the records of the unit and those below it come to, at the latest ledger version; of records kept for few, only to those."""
    wanted = [i for i in indicators_behind(of.form, of.period) if treats_all(of.ask.staff, registry.rights_for(i))]
    if not wanted:
        return []
    board = Board(of.period, day=of.ask.day)
    found: dict[Place, Suggestion] = {}
    for indicator in wanted:
        assert indicator.reported is not None
        assert indicator.reported.numerator is not None
        counted = board.now.recorded(indicator, of.organisation)
        if counted.numerator is None:
            continue
        cell = indicator.reported.numerator
        element = of.form.element(cell.element)
        value = Decimal(counted.numerator).scaleb(-counted.places)
        if value == value.quantize(Decimal(1).scaleb(-element.places)):
            written = f"{value.quantize(Decimal(1).scaleb(-element.places)):f}"
            found.setdefault((cell.element, cell.category), Suggestion((cell.element, cell.category), written, indicator))
    return list(found.values())
