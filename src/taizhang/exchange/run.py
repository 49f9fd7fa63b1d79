"""What every kind of import shares: who imports what, the counting, and the setting aside of refused rows."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from taizhang.county.models import Staff
from taizhang.exchange.columns import Column, Heading, read_heading
from taizhang.exchange.reading import FileRefused, Sheet
from taizhang.exchange.report import CellFault, ImportReport, Reasons, Row
from taizhang.exchange.values import formula_message, is_formula
from taizhang.kernel.text import Text

# Rows checked at a time: bounds the memory, and is large enough that a batch's few queries do not count.
BATCH = 5_000
NOTES_SHEET = "填写说明"  # a sheet of explanations in what the system exports; never read
Progress = Callable[[int, int], None]
ItemT = TypeVar("ItemT")


@dataclass(slots=True)
class Run:
    """One import of one file. day: the day it happens; nothing may be dated after it."""

    path: Path
    sheets: list[Sheet]
    actor: Staff | str
    day: date
    dry_run: bool
    correct: bool
    progress: Progress | None
    report: ImportReport
    reasons: Reasons = field(init=False)
    _headings: dict[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reasons = Reasons(self.path, self.day, self._headings, self.report)

    def table(self, columns: Sequence[Column], what: Text) -> tuple[Heading, Iterator[Row]]:
        """The one table of the file. A second sheet that holds something is refused: it would be lost in silence."""
        held = self.data_sheets()
        if len(held) > 1:
            names = "、".join(sheet.name for sheet in held)
            raise FileRefused(
                Text(
                    f"{self.path.name} 有{len(held)}个有内容的工作表（{names}），不知道该导入哪一个。请只留一个后重新导入。",
                    f"{self.path.name} has {len(held)} sheets with content ({names}). Keep the one to be imported.",
                )
            )
        return self.sheet(held[0], columns, what)

    def data_sheets(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.name != NOTES_SHEET]

    def sheet(self, sheet: Sheet, columns: Sequence[Column], what: Text) -> tuple[Heading, Iterator[Row]]:
        heading, rows = read_heading(sheet, columns, what=what)
        self._headings[sheet.name] = heading.cells
        total = max(sheet.total - heading.row, 0)

        def told() -> Iterator[Row]:
            done = 0
            for number, cells in rows:
                yield Row(sheet.name, number, cells)
                done += 1
                if self.progress is not None and done % 500 == 0:
                    self.progress(done, max(total, done))
            if self.progress is not None:
                self.progress(done, done)

        return heading, told()

    def refuse(self, row: Row, faults: Sequence[CellFault]) -> None:
        self.reasons.add(row, faults)


def batches(items: Iterable[ItemT], size: int) -> Iterator[list[ItemT]]:
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, size)):
        yield batch


def formula_faults(heading: Heading, row: Row) -> list[CellFault]:
    """A fault for each cell of the row that holds a formula under a heading that is read."""
    return [
        CellFault(heading.cells[place], row.cells[place], formula_message(row.cells[place]))
        for place in heading.places.values()
        if place < len(row.cells) and is_formula(row.cells[place])
    ]


def empty_faults(heading: Heading, row: Row, columns: Iterable[Column]) -> list[CellFault]:
    """A fault for each column that must be filled and is not."""
    return [
        CellFault(heading.label(column.field), "", Text(f"{column.label.zh}未填。请补填。", f"{column.label.en} is missing. Fill it in."))
        for column in columns
        if column.required and not heading.value(row.cells, column.field)
    ]
