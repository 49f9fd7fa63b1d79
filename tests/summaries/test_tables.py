"""The tables by place: as Excel, and behind the clean copy."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx.api import Document as OpenDocx
from python_calamine import CalamineWorkbook

from taizhang.kernel.indicators import Status
from taizhang.summaries import tables, word
from taizhang.summaries.build import compose

from . import sample


def written(path: Path, language: str = "zh", **changes: Any) -> dict[str, list[list[Any]]]:
    tables.write(changes.get("own", sample.figures()), changes.get("below", sample.below()), sample.registry(), path, language=language)
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_line_of_work_has_a_sheet_with_organisations_as_rows_and_numbers_as_numbers(tmp_path: Path) -> None:
    rows = written(tmp_path / "附表.xlsx")["居民健康档案管理"]
    first = rows[0].index("居民健康档案建档率（%）")
    assert rows[1][first : first + 5] == ["分子", "分母", "率", "去年同期", "增减"]
    assert rows[2][0] == "甲县卫生健康局"
    assert rows[2][first : first + 5] == [439800.0, 486200.0, 90.46, 89.31, 1.15]
    assert [row[0] for row in rows[3:]] == [f"{name}镇卫生院" for name in "乙丙丁戊己庚"]
    assert rows[3][first : first + 3] == [950.0, 1000.0, 95.0]
    assert rows[3][first + 3 : first + 5] == ["", ""]  # not known is empty, not nought


def test_a_count_has_its_value_last_year_and_change(tmp_path: Path) -> None:
    rows = written(tmp_path / "附表.xlsx")["居民健康档案管理"]
    place = next(i for i, cell in enumerate(rows[0]) if str(cell).endswith("（份）") and rows[2][i] == 8642.0)
    assert rows[1][place : place + 3] == ["本期", "去年同期", "增减（%）"]
    assert rows[2][place + 1] == 8001.0


def test_a_sensitive_line_and_a_line_without_figures(tmp_path: Path) -> None:
    known = sample.registry()
    sensitive = {code for code, line in known.programmes.items() if line.sensitive}
    book = written(tmp_path / "附表.xlsx")
    for code in sensitive & {f.indicator.programme for f in sample.figures()}:
        assert len(book[known.programmes[code].name.zh]) == 3
    nothing = [sample.with_status(f, Status.NOT_REPORTED, value=None) for f in sample.figures()]
    assert list(written(tmp_path / "空.xlsx", own=nothing, below=[]).values()) == [[["没有可列的数字。"]]]


def test_a_unit_without_a_record_has_no_row_and_a_reported_nought_has_one(tmp_path: Path) -> None:
    unit = ("990101109", sample.Text("辛医院", "Hospital Xin"))
    reported = sample.figure("records.opened", 0, organisation=unit)
    assert "辛医院" in [row[0] for row in written(tmp_path / "报.xlsx", below=[reported])["居民健康档案管理"]]
    recorded = sample.with_status(reported, Status.OK, source=tables.DataSource.RECORDED)
    assert "辛医院" not in [row[0] for row in written(tmp_path / "录.xlsx", below=[recorded])["居民健康档案管理"]]


def test_the_english_workbook_has_english_headings(tmp_path: Path) -> None:
    for rows in written(tmp_path / "tables.xlsx", "en").values():
        assert rows[0][0] == "Unit"
        assert set(rows[1][1:]) <= {t.en for t in (*tables.RATE_COLUMNS, *tables.COUNT_COLUMNS)}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_behind_the_text_each_rate_of_the_table_stands_with_its_counts(tmp_path: Path, language: str) -> None:
    own = [f for f in sample.figures() if f.code != "elders.examined"]
    document = compose(own, sample.below(), sample.read_templates(), sample.registry(), language=language)
    assert document.place_table is not None
    docx = OpenDocx(str(word.write(document, tmp_path / "清稿.docx", known=sample.registry())))
    assert len(docx.tables) == 1 + len(document.place_table.columns)
    by_head = [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.tables]
    column = next(i for i, name in enumerate(document.place_table.columns) if name.zh == "居民健康档案建档率")
    detail = by_head[1 + column]
    assert detail[0][1:] == [c.in_language(language) for c in tables.RATE_COLUMNS]
    assert detail[1][1:] == ["439800", "486200", "90.46", "89.31", "+1.15"]
    assert detail[2][3:] == ["95.00", "—", "—"]
    assert by_head[0][1][1 + column] == "90.46"


def test_a_change_has_its_sign_and_no_change_none() -> None:
    assert [tables.signed(Decimal(text)) for text in ("1.15", "-0.20", "0.00")] == ["+1.15", "-0.20", "0.00"]


def test_cells_of_a_figure_that_is_not_there() -> None:
    assert tables.cells(None) == []
    assert tables.cells(sample.figure("medicines.delivery", 257350, 305510))[2] == Decimal("84.24")
