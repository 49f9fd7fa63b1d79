"""Tables of a page as an Excel file: one sheet a table, numbers as numbers, shown as they are printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import HttpResponse

from taizhang.exchange.report import workbook
from taizhang.web.summary import attached

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Table:
    """name: of the sheet. title stands above the headings. A Decimal keeps the places it is printed with."""

    name: str
    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def book(tables: Sequence[Table]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        with workbook(path) as written:
            bold = written.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
            head = written.add_format({"bold": True, "font_size": 13})
            places = {n: written.add_format({"num_format": f"0.{'0' * n}" if n else "0"}) for n in range(5)}
            for table in tables:
                sheet = written.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", table.name)[:31])
                sheet.set_column(0, 0, 34)
                sheet.set_column(1, max(1, len(table.headings) - 1), 14)
                sheet.write_string(0, 0, table.title, head)
                for column, heading in enumerate(table.headings):
                    sheet.write_string(1, column, heading, bold)
                sheet.freeze_panes(2, 1)
                for line, row in enumerate(table.rows, start=2):
                    for column, value in enumerate(row):
                        if isinstance(value, str):
                            sheet.write_string(line, column, value)
                        elif value is not None:
                            sheet.write_number(line, column, value, places[_places(value)])
        return path.read_bytes()


def _places(value: int | Decimal) -> int:
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return min(4, max(0, -exponent)) if isinstance(exponent, int) else 0


def answer(tables: Sequence[Table], name: str, plain: str) -> HttpResponse:
    return attached(book(tables), f"{name}.xlsx", f"{plain}.xlsx", KIND)
