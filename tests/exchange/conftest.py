"""Files as people send them, and their import into the small county."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from taizhang.exchange.importing import ImportReport, import_file


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    def write(rows: Sequence[Sequence[Any]], name: str = "送来的文件.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream).writerows(rows)
        return path

    return write


@pytest.fixture
def xlsx_file(tmp_path: Path) -> Callable[..., Path]:
    def write(sheets: dict[str, Sequence[Sequence[Any]]], name: str = "送来的文件.xlsx") -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path)) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for line, cells in enumerate(rows):
                    sheet.write_row(line, 0, cells)
        return path

    return write


@pytest.fixture
def bring(county: Any) -> Callable[..., ImportReport]:
    """Import a file into the small county on its day."""

    def run(kind: str, path: Path, **options: Any) -> ImportReport:
        return import_file(kind, path, **{"actor": "tests", "day": county.day, **options})

    return run


def reasons(report: ImportReport) -> list[dict[str, str]]:
    """The refused rows of a report as its workbook tells them, by heading."""
    assert report.reasons_file is not None
    rows = CalamineWorkbook.from_path(str(report.reasons_file)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [{str(heading): str(cell) for heading, cell in zip(rows[0], row, strict=True)} for row in rows[1:]]


def numbers(report: ImportReport) -> tuple[int, int, int, int, int]:
    return report.read, report.accepted, report.unchanged, report.corrected, report.refused
