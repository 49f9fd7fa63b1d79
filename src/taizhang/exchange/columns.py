"""The heading of a file brought onto the columns an import knows: by field name, Chinese or English label, with or without the unit.

A heading that is missing, unknown or given twice refuses the file, all of them named at once: rows read under a wrong heading would be
wrong rows, and a column that is passed over would be lost in silence.
"""

import difflib
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from taizhang.exchange.reading import FileRefused, Sheet, column_letters
from taizhang.exchange.report import REASON_HEADINGS
from taizhang.kernel.text import Text

_TITLE_ROWS = 10  # a heading may stand below a title


@dataclass(frozen=True, slots=True)
class Column:
    """A column an import knows. names: other headings it goes by, beside its field name and its label. unit: what its numbers are
    counted in; a heading that states another one is refused."""

    field: str
    label: Text
    required: bool = False
    names: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """Where each known column stands. row: its row number. places: column from 0, by field. cells: the headings as written."""

    row: int
    places: dict[str, int]
    cells: tuple[str, ...]

    def label(self, field: str) -> str:
        """The heading of a column as the file writes it; an empty text where the file lacks it."""
        place = self.places.get(field)
        return "" if place is None else self.cells[place]

    def value(self, cells: Sequence[str], field: str) -> str:
        place = self.places.get(field)
        return cells[place] if place is not None and place < len(cells) else ""


def plain(written: str) -> str:
    """A heading without what varies: width of characters, spaces, case, a mark of duty, what stands in brackets at its end."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", written)).strip("*：:").lower()
    return re.sub(r"\([^()]*\)\*?$", "", text) or text


_IGNORED = frozenset({"序号", "编号", "no.", "no", *map(plain, REASON_HEADINGS)})


def read_heading(sheet: Sheet, columns: Sequence[Column], *, what: Text) -> tuple[Heading, Iterator[tuple[int, list[str]]]]:
    """The heading of a sheet and the rows below it. what: what the file should be, for the message. Raises FileRefused."""
    known = _names(columns)
    rows = sheet.rows()
    top = list(itertools.islice(rows, _TITLE_ROWS))
    best = max(range(len(top)), key=lambda place: (len({_of(known, cell) for cell in top[place][1]} - {None}), -place))
    number, cells = top[best]
    heading = Heading(number, _places(cells, known, columns, sheet, what), tuple(cells))
    below = itertools.chain(top[best + 1 :], rows)
    return heading, _within(below, heading, sheet)


def recognised(sheet: Sheet, columns: Sequence[Column]) -> set[str]:
    """Fields of the columns that some row at the top of the sheet names: how a form of a file is told from another."""
    known = _names(columns)
    fields = [{found for cell in cells if (found := _of(known, cell))} for _, cells in itertools.islice(sheet.rows(), _TITLE_ROWS)]
    return max(fields, key=len, default=set())


def _names(columns: Iterable[Column]) -> dict[str, str]:
    """Field by plain heading. The full label goes first: two labels may differ in their brackets only."""
    known: dict[str, str] = {}
    every = list(columns)
    for way in (_full, plain):
        for column in every:
            for name in (column.field, column.label.zh, column.label.en, *column.names):
                known.setdefault(way(name), column.field)
    return known


def _full(written: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", written)).strip("*：:").lower()


def _of(known: dict[str, str], cell: str) -> str | None:
    if not cell:
        return None
    return known.get(_full(cell)) or known.get(plain(cell))


def _places(cells: Sequence[str], known: dict[str, str], columns: Sequence[Column], sheet: Sheet, what: Text) -> dict[str, int]:
    labels = {column.field: column.label for column in columns}
    places: dict[str, int] = {}
    unknown: list[int] = []
    twice: list[tuple[int, int]] = []
    for place, cell in enumerate(cells):
        field = _of(known, cell)
        if field is None:
            if cell and plain(cell) not in _IGNORED:
                unknown.append(place)
        elif field in places:
            twice.append((places[field], place))
        else:
            places[field] = place
    missing = [column.field for column in columns if column.required and column.field not in places]
    units = [(place, c.unit) for c in columns if (place := places.get(c.field)) is not None and _other_unit(cells[place], c.unit, known)]
    zh, en = [], []
    if not places:
        needed = "、".join(labels[column.field].zh for column in columns if column.required)
        zh.append(f"没有一个认识的列名，应有：{needed}；列名若是乱码，请另存为CSV UTF-8")
        en.append(f"no heading is known; it needs {', '.join(labels[c.field].en for c in columns if c.required)}")
    else:
        free = [field for field in labels if field not in places]
        for field in missing:
            zh.append(f"缺少列“{labels[field].zh}”，请补上")
            en.append(f"the column {labels[field].en!r} is missing; add it")
        for place in unknown:
            near_zh, near_en = _nearest(cells[place], free, labels)
            zh.append(f"{column_letters(place)}列“{cells[place]}”不认识，{near_zh}")
            en.append(f"column {column_letters(place)} {cells[place]!r} is unknown; {near_en}")
        for place, unit in units:
            zh.append(f"{column_letters(place)}列“{cells[place]}”的单位应为“{unit}”，请换算数值并改正列名")
            en.append(f"column {column_letters(place)} {cells[place]!r} must be in {unit}; convert it")
        for first, second in twice:
            one, other = column_letters(first), column_letters(second)
            zh.append(f"{one}列“{cells[first]}”与{other}列“{cells[second]}”是同一列，请只留一列")
            en.append(f"columns {one} and {other} ({cells[second]!r}) are the same column; keep one")
    if zh:
        raise FileRefused(
            Text(
                f"“{sheet.name}”不能作为{what.zh}导入，没有写入任何行：{'；'.join(zh)}。",
                f"{sheet.name!r} cannot be imported as {what.en}; no row was written: {'; '.join(en)}.",
            )
        )
    return places


def _other_unit(heading: str, unit: str, known: dict[str, str]) -> bool:
    stated = re.search(r"\(([^()]*)\)\*?$", _full(heading))
    return bool(unit and stated and _full(heading) not in known and stated[1] not in (_full(unit), "必填", "选填"))


def _nearest(written: str, free: Sequence[str], labels: dict[str, Text]) -> tuple[str, str]:
    names = {plain(name): field for field in free for name in (labels[field].zh, field, labels[field].en)}
    near = difflib.get_close_matches(plain(written), names, n=1, cutoff=0.4)
    if not near:
        return "请删去该列，或改为认识的列名", "delete it, or give it a known heading"
    label = labels[names[near[0]]]
    return f"是否应为“{label.zh}”？请改正列名", f"did you mean {label.en!r}?"


def _within(rows: Iterator[tuple[int, list[str]]], heading: Heading, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """The rows, refusing the file at a value that stands under no heading: nobody can know what it says."""
    headed = {place for place, cell in enumerate(heading.cells) if cell}
    width = len(heading.cells)
    for number, cells in rows:
        if len(cells) > width or len(headed) < width:
            for place, cell in enumerate(cells):
                if cell and place not in headed:
                    where = column_letters(place)
                    raise FileRefused(
                        Text(
                            f"“{sheet.name}”第{number}行{where}列有内容“{cell}”，但该列没有列名。请补上列名，或删去该列；没有写入任何行。",
                            f"{sheet.name!r}, row {number}: column {where} holds {cell!r} under no heading. Head it or delete it.",
                        )
                    )
        yield number, cells
