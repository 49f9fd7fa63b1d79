"""Tables by place 附表 as a workbook: a sheet a line of work, a row an organisation, and for each rate its counts, last year and change.

Numbers are numbers: a reader can sum, sort and chart them. What is not known is an empty cell, never a nought.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from taizhang.figures.model import Figure
from taizhang.kernel.indicators import DataSource
from taizhang.kernel.parameters import as_decimal
from taizhang.kernel.registry import Registry
from taizhang.kernel.text import Text
from taizhang.summaries.document import PlaceTable

RATE_COLUMNS = (
    Text("分子", "Numerator"),
    Text("分母", "Denominator"),
    Text("率", "Rate"),
    Text("去年同期", "Last year"),
    Text("增减", "Change"),
)
COUNT_COLUMNS = (Text("本期", "Value"), Text("去年同期", "Last year"), Text("增减（%）", "Change (%)"))
_UNIT = Text("单位名称", "Unit")
_FORBIDDEN = r"[]:*?/\'"
_A4 = 9


def write(own: Iterable[Figure], below: Iterable[Figure], known: Registry, path: Path, *, language: str = "zh") -> int:
    """Write the tables of an organisation's figures and those of the units directly under it; how many sheets. The organisation itself
    stands first. Sensitive lines have its row only: a small cell names people."""
    own = [f for f in own if f.is_total]
    units = [f for f in below if f.is_total]
    lines = sorted({f.indicator.programme for f in own if f.value is not None}, key=lambda code: (known.programmes[code].order, code))
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        writer = _Writer(book, language)
        for code in lines:
            line = known.programmes[code]
            columns = [f for f in own if f.indicator.programme == code and f.value is not None]
            members = [f for f in units if f.indicator.programme == code and not known.rights_for(f.indicator)]
            writer.sheet(line.name, columns, members)
        if not lines:
            book.add_worksheet().write_string(0, 0, Text("没有可列的数字。", "There is no figure to list.").in_language(language))
    return len(lines)


def cells(figure: Figure | None) -> list[Decimal | None]:
    """What the columns of a figure hold: for a rate RATE_COLUMNS, for anything else COUNT_COLUMNS; None where it is not known."""
    if figure is None:
        return []
    last = figure.last_year.value if figure.last_year is not None else None
    change = figure.change_last_year.value if figure.change_last_year is not None else None
    if not figure.indicator.is_rate:
        return [figure.value, last, change]
    counts = [None if n is None else as_decimal(n, figure.places) for n in (figure.numerator, figure.denominator)]
    return [*counts, figure.value, last, change]


def by_rate(table: PlaceTable) -> list[tuple[Text, str, list[tuple[Text, Figure | None, tuple[str, ...]]]]]:
    """What the rates of a table by place are made of, as it prints: for each, its name, its unit, and a row of RATE_COLUMNS a place."""
    found = []
    for place, (column, unit) in enumerate(zip(table.columns, table.units, strict=True)):
        figures = [(name, row[place]) for name, row in table.rows]
        if any(f is not None and f.numerator is not None for _, f in figures):
            found.append((column, unit, [(name, figure, _printed_cells(figure)) for name, figure in figures]))
    return found


def _printed_cells(figure: Figure | None) -> tuple[str, ...]:
    *known, change = cells(figure) or [None] * len(RATE_COLUMNS)
    return (*("—" if value is None else f"{value:f}" for value in known), "—" if change is None else signed(change))


def signed(change: Decimal) -> str:
    """+1.15, -0.20, 0.00."""
    return f"{change:+f}" if change else f"{abs(change):f}"


def columns_of(figure: Figure) -> tuple[Text, ...]:
    return RATE_COLUMNS if figure.indicator.is_rate else COUNT_COLUMNS


def _says_something(figure: Figure) -> bool:
    """Whether the figure gives its unit a row. A hospital without a single record has no share in the line; a reported nought is a fact."""
    return figure.value is not None and (figure.source is not DataSource.RECORDED or figure.value != 0)


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, language: str) -> None:
        self.book, self.language = book, language
        edge = {"border": 1, "font_size": 10, "valign": "vcenter"}
        self.head = book.add_format({**edge, "bold": True, "align": "center", "text_wrap": True})
        self.name = book.add_format(edge)
        self.numbers: dict[int, Any] = {}
        self.edge = edge
        self.taken: set[str] = set()

    def sheet(self, name: Text, columns: Sequence[Figure], below: Sequence[Figure]) -> None:
        """Two lines of heading (the indicator over its columns), then a row an organisation."""
        sheet = self.book.add_worksheet(self._name(name.in_language(self.language)))
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.repeat_rows(0, 1)
        sheet.freeze_panes(2, 1)
        sheet.set_column(0, 0, 26)
        sheet.merge_range(0, 0, 1, 0, _UNIT.in_language(self.language), self.head)
        place = 1
        for figure in columns:
            parts = columns_of(figure)
            title = f"{figure.indicator.name.in_language(self.language)}（{figure.indicator.unit}）"
            sheet.merge_range(0, place, 0, place + len(parts) - 1, title, self.head)
            for offset, part in enumerate(parts):
                sheet.write_string(1, place + offset, part.in_language(self.language), self.head)
            place += len(parts)
        sheet.set_column(1, place - 1, 12)
        by_place = {(f.organisation, f.code): f for f in below}
        names = {f.organisation: f.organisation_name for f in below if _says_something(f)}
        first = columns[0]
        rows: list[tuple[Text, list[Figure | None]]] = [(first.organisation_name, list(columns))]
        rows += [(names[code], [by_place.get((code, f.code)) for f in columns]) for code in sorted(names)]
        for line, (unit, figures) in enumerate(rows, start=2):
            sheet.write_string(line, 0, unit.in_language(self.language), self.name)
            place = 1
            for asked, figure in zip(columns, figures, strict=True):
                width = len(columns_of(asked))
                for offset, value in enumerate(cells(figure) or [None] * width):
                    self._put(sheet, line, place + offset, value)
                place += width

    def _put(self, sheet: Any, line: int, place: int, value: Decimal | None) -> None:
        if value is None:
            sheet.write_blank(line, place, None, self.name)
            return
        places = max(0, -int(value.as_tuple().exponent))
        if places not in self.numbers:
            pattern = "0" + ("." + "0" * places if places else "")
            self.numbers[places] = self.book.add_format({**self.edge, "num_format": pattern})
        sheet.write_number(line, place, value, self.numbers[places])

    def _name(self, title: str) -> str:
        """A sheet's name: at most 31 characters, none that Excel refuses, each once."""
        clean = "".join(c for c in title if c not in _FORBIDDEN)[:28]
        name = next(n for n in (clean, *(f"{clean}{k}" for k in range(2, 1000))) if n.lower() not in self.taken)
        self.taken.add(name.lower())
        return name
