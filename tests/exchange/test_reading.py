"""What is refused before a row is read, and what reads as the same table."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from taizhang.exchange import reading
from taizhang.exchange.columns import Column, read_heading
from taizhang.exchange.reading import FileRefused, column_letters, column_number, open_file
from taizhang.exchange.values import formula_message, read_day
from taizhang.kernel.text import Text

COLUMNS = (
    Column("number", Text("档案编号", "Record number"), required=True),
    Column("day", Text("随访日期", "Date of the visit"), required=True),
    Column("weight", Text("体重（kg）", "Weight (kg)"), unit="kg"),
    Column("place", Text("随访地点", "Place of the visit")),
)
TABLE = [["档案编号", "随访日期", "体重"], ["99010110120100001", "2026-06-01", "60.5"]]
WHAT = Text("随访登记", "visits")


def table(path: Path) -> list[tuple[int, list[str]]]:
    return list(open_file(path)[0].rows())


def read_whole(path: Path) -> None:
    for sheet in open_file(path):
        list(read_heading(sheet, COLUMNS, what=WHAT)[1])


def refusal(path: Path) -> str:
    with pytest.raises(FileRefused) as caught:
        read_whole(path)
    assert caught.value.text.en
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_of_chinese_csv_read_the_same(csv_file: Callable[..., Path], encoding: str) -> None:
    assert table(csv_file(TABLE, encoding=encoding)) == [(1, TABLE[0]), (2, TABLE[1])]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_another_encoding_is_refused_with_the_cure(csv_file: Callable[..., Path], encoding: str) -> None:
    message = refusal(csv_file(TABLE, encoding=encoding))
    assert "编码不是UTF-8，也不是GB18030" in message
    assert "另存为“CSV UTF-8（逗号分隔）”" in message


def test_an_encoding_that_reads_as_nonsense_shows_in_the_heading(csv_file: Callable[..., Path]) -> None:
    message = refusal(csv_file([["檔案編號", "隨訪日期"], ["1", "2"]], encoding="big5"))
    assert "没有一个认识的列名，应有：档案编号、随访日期" in message or "编码不是UTF-8" in message


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "随访.xlsx"
    path.write_text("<html><table></table></html>", encoding="utf-8")
    assert "不是Excel工作簿，只是扩展名为.xlsx" in refusal(path)
    path.write_bytes(b"PK\x03\x04 and then nothing of a package")
    assert "已损坏" in refusal(path)
    path = tmp_path / "扫描件.csv"
    path.write_bytes(b"%PDF-1.7\n\x00\x01\x02 binary")
    assert "或不是表格文件" in refusal(path)


def test_empty_missing_and_large_files_are_refused(tmp_path: Path, csv_file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "没有文件" in refusal(tmp_path / "没有.csv")
    empty = tmp_path / "空.csv"
    empty.touch()
    assert "是空文件" in refusal(empty)
    blank = csv_file([["", ""], ["", ""]])
    assert "里没有内容" in refusal(blank)
    monkeypatch.setattr(reading, "LARGEST_FILE", 10)
    assert "超过0MB。请分成几个文件导入" in refusal(csv_file(TABLE))


def test_a_workbook_reads_as_the_csv_does_with_the_row_numbers_of_excel(tmp_path: Path) -> None:
    path = tmp_path / "随访.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for place, heading in enumerate(TABLE[0]):
            sheet.write(2, place, heading)
        sheet.write_string(4, 0, TABLE[1][0])
        sheet.write_datetime(4, 1, date(2026, 6, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_number(4, 2, 60.5)
        sheet.write_number(5, 2, 0.1 + 0.2)
    assert table(path) == [(3, TABLE[0]), (5, TABLE[1]), (6, ["", "", "0.3"])]


def test_a_formula_is_shown_as_one_whatever_value_was_stored_with_it(tmp_path: Path) -> None:
    path = tmp_path / "随访.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, TABLE[0])
        sheet.write_row(1, 0, TABLE[1][:2])
        sheet.write_formula(1, 2, "=60+0.5", None, 60.5)
    assert table(path)[1] == (2, [*TABLE[1][:2], "=60+0.5"])


def test_an_error_value_is_not_taken_for_an_empty_cell(tmp_path: Path) -> None:
    path = tmp_path / "随访.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, TABLE[0])
        sheet.write_row(1, 0, [*TABLE[1][:2], 60.5])
    # As Excel stores what was pasted as a value.
    stored = b'<c r="C2"><v>60.5</v></c>'
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    assert stored in parts["xl/worksheets/sheet1.xml"]
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content.replace(stored, b'<c r="C2" t="e"><v>#N/A</v></c>'))
    assert table(path)[1] == (2, [*TABLE[1][:2], "#N/A"])
    assert "错误值#N/A。请填写实际的内容" in str(formula_message("#N/A"))


def test_missing_renamed_and_doubled_columns_are_all_named_at_once(csv_file: Callable[..., Path]) -> None:
    message = refusal(csv_file([["档案编号", "随访日", "体重", "体重（kg）", "血型"], ["1", "2", "3", "4", "5"]]))
    assert "缺少列“随访日期”，请补上" in message
    assert "B列“随访日”不认识，是否应为“随访日期”？请改正列名" in message
    assert "C列“体重”与D列“体重（kg）”是同一列，请只留一列" in message
    assert "E列“血型”不认识，请删去该列" in message
    assert "没有写入任何行" in message


def test_a_heading_in_another_unit_is_refused(csv_file: Callable[..., Path]) -> None:
    message = refusal(csv_file([["档案编号", "随访日期", "体重（斤）"], ["1", "2026-06-01", "121"]]))
    assert "C列“体重（斤）”的单位应为“kg”，请换算数值并改正列名" in message


def test_a_value_under_no_heading_is_refused(csv_file: Callable[..., Path]) -> None:
    message = refusal(csv_file([[*TABLE[0], ""], [*TABLE[1], "见附页"]]))
    assert "第2行D列有内容“见附页”，但该列没有列名" in message


def test_headings_may_be_wide_spaced_marked_or_english_and_stand_below_a_title(csv_file: Callable[..., Path]) -> None:
    path = csv_file([["六月随访登记表", "", ""], ["档案 编号*", "Date of the visit", "体重（ＫＧ）"], TABLE[1]])
    heading, rows = read_heading(open_file(path)[0], COLUMNS, what=WHAT)
    assert heading.places == {"number": 0, "day": 1, "weight": 2}
    assert list(rows) == [(3, TABLE[1])]


@pytest.mark.parametrize("text", ["2026-06-01", "2026/6/1", "2026.6.1", "2026年6月1日", "20260601", "46174", "2026-06-01 00:00:00"])
def test_days_are_read_as_people_write_them(text: str) -> None:
    assert read_day(text) == date(2026, 6, 1)


def test_a_day_that_is_none_says_so() -> None:
    assert "这一天不存在" in str(read_day("2026年2月30日"))
    assert "不是日期" in str(read_day("六月初"))


def test_columns_are_lettered_as_in_excel() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_number(column_letters(n)) == n for n in range(2_000))
