"""What became of a file: the counts, and the workbook of rows that were sent back with the reason beside each."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format

from taizhang.config import home
from taizhang.exchange.reading import FileRefused
from taizhang.kernel.text import Text

# The headings that a workbook of reasons puts before the original columns. A corrected copy is imported as it is: they are passed over.
REASON_HEADINGS = ("原工作表", "原行号", "退回的列", "退回的值", "原因和改法", "Reason and cure")
_ROWS_A_SHEET = 1_000_000  # Excel ends at 1,048,576
_SHOWN = 20
ROWS = Text("行", "rows")


@dataclass(frozen=True, slots=True)
class CellFault:
    """One thing wrong with a row: the column's heading, what was written there, and what is wrong and what to do."""

    column: str
    value: str
    message: Text


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file as it was read."""

    sheet: str
    number: int
    cells: Sequence[str]


@dataclass(slots=True)
class ImportReport:
    """Counts of rows (of cells, for a return in the wide form). accepted: newly written; late: of these, those of
    days whose figures have been given out (补录). reasons_file: the workbook of refused rows;
    answer_file: what the import hands back, such as first passwords. first_faults: a few of the reasons, for a page."""

    dry_run: bool = False
    read: int = 0
    accepted: int = 0
    late: int = 0
    unchanged: int = 0
    corrected: int = 0
    refused: int = 0
    counted: Text = ROWS
    reasons_file: Path | None = None
    answer_file: Path | None = None
    first_faults: list[tuple[Row, tuple[CellFault, ...]]] = field(default_factory=list)

    @property
    def text(self) -> Text:
        """读取128行：导入126行，未变0行，更正0行，退回2行。"""
        unit = self.counted
        said = "可导入" if self.dry_run else "导入"
        zh = (
            f"读取{self.read}{unit.zh}：{said}{self.accepted}{unit.zh}，未变{self.unchanged}{unit.zh}，"
            f"更正{self.corrected}{unit.zh}，退回{self.refused}{unit.zh}。"
        )
        en = (
            f"{self.read} {unit.en} read: {self.accepted} {'would be imported' if self.dry_run else 'imported'}, "
            f"{self.unchanged} unchanged, {self.corrected} corrected, {self.refused} refused."
        )
        if self.late:
            zh = f"{zh}导入的行中有{self.late}{unit.zh}属于数字已经上报的日期，记为补录。"
            en = f"{en} {self.late} of those imported are of days whose figures have been handed in: late entries."
        if self.dry_run:
            zh, en = f"{zh}本次只检查，没有写入。", f"{en} Only checked, nothing was written."
        if self.answer_file:
            zh, en = (
                f"{zh}首次密码见 {self.answer_file}，发给本人后请删除。",
                f"{en} First passwords: {self.answer_file}; delete it once handed out.",
            )
        return Text(zh, en)


class Reasons:
    """The workbook of refused rows, written as they come, so that a hundred thousand cost no memory. Nothing is made until the first.

    One line a refused row: where it stood, each column and value at fault, the reasons, then the row as it was.
    """

    def __init__(self, source: Path, day: date, headings: dict[str, Sequence[str]], report: ImportReport) -> None:
        self._source, self._day, self._headings, self._report = source, day, headings, report
        self._book: xlsxwriter.Workbook | None = None
        self._sheet: xlsxwriter.worksheet.Worksheet | None = None
        self._wrapped: Format | None = None  # several reasons stand below one another
        self._sheet_of, self._line, self._sheets = "", 0, 0

    def add(self, row: Row, faults: Sequence[CellFault]) -> None:
        self._report.refused += 1
        if len(self._report.first_faults) < _SHOWN:
            self._report.first_faults.append((row, tuple(faults)))
        if self._sheet is None or row.sheet != self._sheet_of or self._line > _ROWS_A_SHEET:
            self._begin(row.sheet)
        assert self._sheet is not None
        several = len(faults) > 1
        marks = [f"{place}. " if several else "" for place in range(1, len(faults) + 1)]
        told = [
            row.sheet,
            row.number,
            "\n".join(fault.column for fault in faults),
            "\n".join(fault.value for fault in faults),
            "\n".join(mark + fault.message.zh for mark, fault in zip(marks, faults, strict=True)),
            "\n".join(mark + fault.message.en for mark, fault in zip(marks, faults, strict=True)),
        ]
        for place, value in enumerate([*told, *row.cells]):
            if value != "":
                self._sheet.write(self._line, place, value, self._wrapped if place < len(told) else None)
        self._line += 1

    def close(self) -> None:
        if self._book is not None:
            self._book.close()

    def discard(self) -> None:
        """Remove what was written."""
        self.close()
        if self._report.reasons_file is not None:
            self._report.reasons_file.unlink(missing_ok=True)

    def _begin(self, sheet: str) -> None:
        if self._book is None:
            self._report.reasons_file = new_file(f"{self._source.stem}_{self._day:%Y%m%d}_退回")
            self._book = workbook(self._report.reasons_file)
            self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._sheets += 1
        self._sheet = self._book.add_worksheet(f"退回{self._sheets}" if self._sheets > 1 else "退回的行")
        self._sheet_of, self._line = sheet, 1
        bold = self._book.add_format({"bold": True})
        self._sheet.set_column(2, 3, 18)
        self._sheet.set_column(4, 5, 60)
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)  # printed, the reason stands on the page of its row
        for place, heading in enumerate([*REASON_HEADINGS, *self._headings.get(sheet, ())]):
            self._sheet.write_string(0, place, heading, bold)


def workbook(path: Path) -> xlsxwriter.Workbook:
    """A workbook that is written row by row and takes every text as a text: never as a formula, a link or a number."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(str(path), options)


def new_file(stem: str) -> Path:
    """A new, still empty file in home/imports that only its owner reads, for it holds what files about people hold."""
    folder = home.current().path / "imports"
    folder.mkdir(exist_ok=True, mode=0o700)
    for number in range(1, 10_000):
        path = folder / (f"{stem}.xlsx" if number == 1 else f"{stem}-{number}.xlsx")
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            return path
    raise FileRefused(Text(f"{folder} 里同名文件过多。请清理后重试。", f"Too many files of this name in {folder}. Clear it."))
