"""Files as people send them, CSV and Excel, brought to rows of text with the row number that Excel shows.

Nothing is guessed in silence: a file in another encoding, one that is no workbook, or one with a password is refused with what to do.
A cell that holds a formula is given as its formula ("=SUM(B2:B9)"), never as the value that was stored with it, which may be stale, and
an error value as its sign ("#N/A"); whoever reads cells refuses them by that, as it refuses the same texts in a CSV.
"""

import codecs
import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text

LARGEST_FILE = 200 * 2**20
_LARGEST_UNPACKED = 2 * 2**30  # a workbook of a few kilobytes can unpack to anything
_MOST_FORMULAS = 50_000
_MOST_COLUMNS = 1_000
_BLOCK = 2**20
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SAVE_AS_UTF8 = Text("请用Excel打开，另存为“CSV UTF-8（逗号分隔）”或“Excel 工作簿（xlsx）”后重新导入。", "Save it as CSV UTF-8 or as xlsx.")
_SAVE_AS_XLSX = Text("请在Excel中打开并另存为“Excel 工作簿（xlsx）”后重新导入。", "Open it in Excel and save it as an xlsx workbook.")


class FileRefused(Refusal, ValueError):
    """A file that is refused as a whole, before any of its rows; `text` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.zh)
        self.text = text


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or a CSV. total: rows of the sheet, the heading included. rows() reads anew each time it is called: pairs
    of row number (from 1, as Excel counts) and the texts of its cells; empty rows are left out."""

    name: str
    total: int
    _source: Any = field(repr=False)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        for number, cells in self._source():
            if any(cells):
                yield number, cells


def open_file(path: Path) -> list[Sheet]:
    """The sheets of the file that hold anything, hidden ones included. Raises FileRefused."""
    if not path.is_file():
        raise FileRefused(Text(f"没有文件 {path}。请核对文件名和所在目录。", f"There is no file {path}. Check name and folder."))
    size = path.stat().st_size
    if size == 0:
        raise FileRefused(Text(f"{path.name} 是空文件。请重新保存后导入。", f"{path.name} is empty. Save it again."))
    if size > LARGEST_FILE:
        limit = LARGEST_FILE // 2**20
        raise FileRefused(Text(f"{path.name} 超过{limit}MB。请分成几个文件导入。", f"{path.name} exceeds {limit} MB. Split it."))
    with path.open("rb") as stream:
        magic = stream.read(8)
    if magic.startswith((_ZIP, _OLD_EXCEL)):
        sheets = _workbook(path, zipped=magic.startswith(_ZIP))
    elif path.suffix.lower() in (".xlsx", ".xls", ".xlsm", ".et"):
        raise FileRefused(
            Text(
                f"{path.name} 不是Excel工作簿，只是扩展名为{path.suffix}（可能是网页或改名的文件）。{_SAVE_AS_XLSX.zh}",
                f"{path.name} is no Excel workbook, whatever its name says. {_SAVE_AS_XLSX.en}",
            )
        )
    else:
        sheets = [_csv(path)]
    held = [sheet for sheet in sheets if next(sheet.rows(), None) is not None]
    if not held:
        raise FileRefused(
            Text(f"{path.name} 里没有内容。请核对是否选错文件。", f"{path.name} holds nothing. Check that it is the right file.")
        )
    return held


# -- CSV ---------------------------------------------------------------------------------------------------------------


def _csv(path: Path) -> Sheet:
    encoding, lines = _encoding(path)
    with path.open(encoding=encoding, newline="") as stream:
        first = stream.readline()
    delimiter = max(",\t;", key=first.count)

    def rows() -> Iterator[tuple[int, list[str]]]:
        with path.open(encoding=encoding, newline="") as opened:
            reader = csv.reader(opened, delimiter=delimiter)
            # A quoted cell may hold line ends; the row number is the one that Excel shows, not the line of the file.
            number = 0
            while True:
                number += 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    raise FileRefused(
                        Text(
                            f"{path.name} 第{number}行无法读取（{error}）：多半是双引号没有成对。请改正后重新导入。",
                            f"{path.name}, row {number} cannot be read ({error}): probably an unpaired quotation mark.",
                        )
                    ) from None
                yield number, [cell.strip() for cell in cells]

    return Sheet(path.stem, lines, rows)


def _encoding(path: Path) -> tuple[str, int]:
    """The encoding that reads the whole file, and its number of lines. UTF-8 is tried first: GB 18030 gives some reading to most
    bytes, UTF-8 to hardly any but its own."""
    with path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in start:
        raise _unreadable(path)
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        lines, odd, last = 0, 0, ""
        try:
            with path.open("rb") as stream:
                while block := stream.read(_BLOCK):
                    last = decoder.decode(block)
                    lines += last.count("\n")
                    odd += len(_NOT_TEXT.findall(last))
                last += decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        if odd:
            break
        return encoding, lines + (not last.endswith("\n"))
    raise _unreadable(path)


# Control characters, characters for private use and the mark of a lost character: no table of a health bureau holds them.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")


def _unreadable(path: Path) -> FileRefused:
    return FileRefused(
        Text(
            f"{path.name} 的编码不是UTF-8，也不是GB18030，或不是表格文件。{_SAVE_AS_UTF8.zh}",
            f"{path.name} is in neither UTF-8 nor GB 18030, or is no table at all. {_SAVE_AS_UTF8.en}",
        )
    )


# -- Excel -------------------------------------------------------------------------------------------------------------


def _workbook(path: Path, *, zipped: bool) -> list[Sheet]:
    formulas = _formulas(path) if zipped else {}
    try:
        book = CalamineWorkbook.from_path(str(path))
        return [_excel_sheet(book.get_sheet_by_name(name), formulas.get(name, {})) for name in book.sheet_names]
    except PasswordError:
        raise FileRefused(
            Text(f"{path.name} 设有密码。请取消密码后重新导入。", f"{path.name} is protected by a password. Remove it.")
        ) from None
    except (CalamineError, OSError) as error:
        raise FileRefused(
            Text(f"{path.name} 无法作为Excel工作簿打开（{error}）。{_SAVE_AS_XLSX.zh}", f"{path.name} cannot be opened. {_SAVE_AS_XLSX.en}")
        ) from None


def _excel_sheet(sheet: CalamineSheet, formulas: dict[tuple[int, int], str]) -> Sheet:
    left = sheet.start[1] if sheet.start else 0
    if sheet.width > _MOST_COLUMNS:
        raise FileRefused(
            Text(
                f"工作表“{sheet.name}”有{sheet.width}列。请删去多余的空列后重新导入。",
                f"Sheet {sheet.name!r} has {sheet.width} columns. Delete those not needed.",
            )
        )
    of_row: dict[int, dict[int, str]] = {}
    for (row, column), text in formulas.items():
        of_row.setdefault(row, {})[column] = text

    def rows() -> Iterator[tuple[int, list[str]]]:
        for number, values in enumerate(sheet.iter_rows(), start=1):
            cells = [""] * left + [_text(value) for value in values]
            for column, text in of_row.get(number, {}).items():
                if column >= len(cells):
                    cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = text
            yield number, cells

    return Sheet(sheet.name, sheet.total_height, rows)


def _text(value: Any) -> str:
    """A cell as a person reads it. Excel keeps 15 digits of a number; more than that it has lost already."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FORMULA = re.compile(rb"""<(?:\w+:)?f[\s>/]|\st=["']e["']""")


def _formulas(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """The formulas and error values (#N/A, which the reading library leaves empty) of each sheet, by row number and column from 0. Sheets
    without any, nearly all, cost one search through their text."""
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
            if "xl/workbook.xml" not in names:
                raise FileRefused(
                    Text(f"{path.name} 不是Excel工作簿。{_SAVE_AS_XLSX.zh}", f"{path.name} is no Excel workbook. {_SAVE_AS_XLSX.en}")
                )
            if sum(entry.file_size for entry in packed.infolist()) > _LARGEST_UNPACKED:
                raise FileRefused(
                    Text(f"{path.name} 解压后过大。请分成几个文件导入。", f"{path.name} is too large once unpacked. Split it.")
                )
            return {
                sheet: _formulas_of(packed, part, path) for sheet, part in _parts(packed).items() if part in names and _has(packed, part)
            }
    except (zipfile.BadZipFile, ElementTree.ParseError, EOFError, KeyError) as error:
        raise FileRefused(
            Text(f"{path.name} 已损坏，打不开。{_SAVE_AS_XLSX.zh}", f"{path.name} is damaged ({error}). {_SAVE_AS_XLSX.en}")
        ) from None


def _parts(packed: zipfile.ZipFile) -> dict[str, str]:
    """Where in the package each sheet lies."""
    targets = {
        relation.get("Id"): relation.get("Target", "") for relation in ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    }
    parts = {}
    for sheet in ElementTree.fromstring(packed.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        parts[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
    return parts


def _has(packed: zipfile.ZipFile, part: str) -> bool:
    with packed.open(part) as stream:
        tail = b""
        while block := stream.read(_BLOCK):
            if _FORMULA.search(tail + block):
                return True
            tail = block[-16:]
    return False


def _formulas_of(packed: zipfile.ZipFile, part: str, path: Path) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    with packed.open(part) as stream:
        for _, element in ElementTree.iterparse(stream):
            if element.tag == f"{_MAIN}c":
                formula, value = element.find(f"{_MAIN}f"), element.find(f"{_MAIN}v")
                text = "" if formula is None else f"={formula.text or '…'}"
                if not text and element.get("t") == "e" and value is not None:
                    text = value.text or ""
                if text and (place := re.fullmatch(r"([A-Z]{1,3})(\d+)", element.get("r", ""))):
                    found[int(place[2]), column_number(place[1])] = text
                    if len(found) > _MOST_FORMULAS:
                        raise FileRefused(
                            Text(
                                f"{path.name} 的公式超过{_MOST_FORMULAS}个。请全选、复制、选择性粘贴为“数值”后重新导入。",
                                f"{path.name} holds more than {_MOST_FORMULAS} formulas. Paste it as values first.",
                            )
                        )
            elif element.tag == f"{_MAIN}row":
                element.clear()
    return found


def column_number(letters: str) -> int:
    """A -> 0, Z -> 25, AA -> 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def column_letters(number: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
