"""A national form laid out: what stands in each cell, from the form's declaration and the records it prints. Knows no page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from taizhang.county.fields import element_of
from taizhang.county.identity import RecordNumber
from taizhang.county.models import Resident
from taizhang.county.people import SEXES
from taizhang.county.reach import model_of
from taizhang.county.recording import StoredRecord
from taizhang.kernel.elements import Element, ElementType
from taizhang.kernel.paper import OF_RESIDENT, PaperForm, PaperLines, PaperRow, PaperScale
from taizhang.kernel.periods import day_zh
from taizhang.kernel.registry import registry
from taizhang.web.units import unit_in

_LISTED = 16  # beyond so many answers the form has room for the words only
_IN_CELL = 4  # of forms with records side by side: more answers stand beside the heading, once for all
_MOST_BOXES = 10
_NAMES = re.compile(r"\{([a-z0-9_.]+)\}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a cell. kind: text (of the form), value (written in), choice (answers with numbers, and boxes for the chosen), break."""

    kind: str
    text: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    boxes: tuple[str, ...] = ()


BREAK = Piece("break")


@dataclass(frozen=True, slots=True)
class CellLine:
    """A line within a cell. single: its one box stands at the right edge; of several each follows its answers."""

    pieces: list[Piece]

    @property
    def single(self) -> bool:
        return sum(piece.kind == "choice" for piece in self.pieces) == 1


Cell = list[CellLine]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the form. heading: the section's label where it begins there, over `span` lines. answers: printed beside the label, where
    the cells have room for boxes only. table: headings and rows, where the line holds a list."""

    label: str
    cells: list[Cell]
    answers: str = ""
    heading: str = ""
    span: int = 0
    table: tuple[list[str], list[list[str]]] | None = None
    bare: bool = False  # without a heading column: the label spans it


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """A line of an assessment: what each level looks like with its score, and what was given."""

    label: str
    levels: list[tuple[str, int, bool]]
    given: str


@dataclass(frozen=True, slots=True)
class Block:
    """Lines in one table: plain ones, or scales under the headings of their levels."""

    lines: list[Line] = field(default_factory=list)
    scales: list[ScaleLine] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)
    heading: str = ""
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person's form, or an institution's. columns: how many records side by side, the empty ones included. place: the institution's
    name, where the form is about no person."""

    form: PaperForm
    name: str
    number: tuple[str, str]  # □□□-□□□□□: the boxes of both parts
    place: str
    columns: int
    blocks: list[Block]

    @property
    def blank(self) -> int:
        return self.form.side_by_side - self.columns


@dataclass(frozen=True)
class Printed:
    """What a sheet is printed from. others: of other registers, the person's records in time order; none where the reader may not see them.
    identity: the document's number in full. resident: None for a record about nobody, which stands under the name of its place."""

    form: PaperForm
    resident: Resident | None
    identity: str
    records: Sequence[StoredRecord]
    others: Mapping[str, Sequence[StoredRecord]]
    language: str
    place: str = ""

    # -- values --------------------------------------------------------------------------------------------------------

    def sheet(self) -> Sheet:
        blocks: list[Block] = []
        for section in self.form.sections:
            heading = section.label.in_language(self.language) if section.label else ""
            scales = [row for row in section.rows if isinstance(row, PaperScale)]
            if scales:
                levels = [level.in_language(self.language) for level in section.levels]
                blocks.append(
                    Block(scales=[self._scale(row) for row in scales], levels=levels, heading=heading, starts_page=section.starts_page)
                )
                continue
            plain = [row for row in section.rows if not isinstance(row, PaperScale)]
            lines = [self._line(row, heading if place == 0 else "", len(plain), not heading) for place, row in enumerate(plain)]
            if not blocks or blocks[-1].scales or section.starts_page:
                blocks.append(Block(starts_page=section.starts_page))
            blocks[-1].lines.extend(lines)
        name = self.resident.name if self.resident else ""
        return Sheet(self.form, name, self._number(), self.place, len(self._columns()), blocks)

    def _number(self) -> tuple[str, str]:
        number = self.resident.record_number if self.resident else None
        short = RecordNumber.parse(number).short if number else ""
        village, _, serial = short.partition("-")
        return village or "   ", serial or "     "

    def _columns(self) -> list[StoredRecord | None]:
        empty = max(0, self.form.side_by_side - len(self.records))
        return [*self.records, *([None] * empty)]

    def _line(self, row: PaperRow | PaperLines, heading: str, span: int, bare: bool) -> Line:
        label = row.label.in_language(self.language)
        if isinstance(row, PaperLines):
            table = self._table(row)
            if row.inline:
                return Line(label, [[_inline(table)]], heading=heading, span=span, bare=bare)
            return Line(label, [], heading=heading, span=span, table=table, bare=bare)
        answers = ""
        listed = self.form.side_by_side > 1 and self._aside(row)
        if listed is not None and listed is not False:
            answers = " ".join(f"{number} {words}" for number, words in self._answers(listed, row))
        cells = [self._cell(row, record, boxes_only=bool(answers)) for record in self._columns()]
        return Line(label, cells, answers, heading, span, bare=bare)

    def _aside(self, row: PaperRow) -> Element | None:
        """The element of a row whose answers are too many for a narrow cell."""
        element = self._element(row, row.fields[0]) if len(row.fields) == 1 and row.wording is None else None
        return element if element is not None and _IN_CELL < len(element.codes) <= _LISTED else None

    def _cell(self, row: PaperRow, record: StoredRecord | None, *, boxes_only: bool) -> Cell:
        lines: list[list[Piece]] = [[]]
        for piece in self._filled(row, record, boxes_only=boxes_only):
            if piece is BREAK:
                lines.append([])
            else:
                lines[-1].append(piece)
        return [CellLine(pieces) for pieces in lines]

    def _filled(self, row: PaperRow, record: StoredRecord | None, *, boxes_only: bool) -> list[Piece]:
        if row.register and row.register not in self.others and row.instead:
            element = self._element(PaperRow(row.label, ()), row.instead)
            return [Piece("value", "" if record is None else self._shown(element, getattr(record, row.instead)))]
        if row.register:
            record = self._borrowed(row.register)
        if row.wording is None:
            cell: list[Piece] = []
            for name in row.fields:
                element = self._element(row, name)
                if len(row.fields) > 1 and element is not None:
                    cell.append(Piece("text", element.label.in_language(self.language) + " "))
                cell += self._pieces(row, name, record, boxes_only=boxes_only, unit=True)
                cell.append(BREAK)
            return cell[:-1]
        cell = []
        for place, part in enumerate(row.wording.in_language(self.language).split("\n")):
            if place:
                cell.append(BREAK)
            last = 0
            for match in _NAMES.finditer(part):
                if match.start() > last:
                    cell.append(Piece("text", part[last : match.start()]))
                cell += self._pieces(row, match[1], record, boxes_only=False, unit=False)
                last = match.end()
            if last < len(part):
                cell.append(Piece("text", part[last:]))
        return cell

    def _pieces(self, row: PaperRow, name: str, record: StoredRecord | None, *, boxes_only: bool, unit: bool) -> list[Piece]:
        if name.startswith(OF_RESIDENT):
            return [self._of_resident(name.removeprefix(OF_RESIDENT))]
        element = self._element(row, name)
        value = None if record is None else getattr(record, name)
        if element is None or element.type in (ElementType.TEXT, ElementType.NUMBER, ElementType.DATE):
            shown = self._shown(element, value)
            if unit and element is not None and element.unit and self.form.side_by_side == 1:
                return [Piece("value", shown), Piece("text", f" {unit_in(element.unit, self.language)}")]
            return [Piece("value", shown)]
        if len(element.codes) > _LISTED and element.type is ElementType.CODE:
            return [Piece("value", self._shown(element, value))]
        answers = self._answers(element, row)
        chosen = self._chosen(element, row, value)
        room = min(max(len(element.codes) - 1, 1), _MOST_BOXES) if element.type is ElementType.CODES else 1
        boxes = [*chosen, *([""] * (room - len(chosen)))]
        return [Piece("choice", "", () if boxes_only else tuple(answers), tuple(boxes))]

    def _answers(self, element: Element, row: PaperRow) -> list[tuple[str, str]]:
        if element.type is ElementType.YES_NO:
            order = row.no_yes[::-1] if row.yes_first else row.no_yes
            return [(str(place), words.in_language(self.language)) for place, words in enumerate(order, 1)]
        return [(_number_of(element, code), words.in_language(self.language)) for code, words in element.codes if code not in row.unprinted]

    def _chosen(self, element: Element, row: PaperRow, value: Any) -> list[str]:
        if value is None or value == "":
            return []
        if element.type is ElementType.YES_NO:
            return ["1" if bool(value) == row.yes_first else "2"]
        known = {code for code, _ in element.codes}
        return [_number_of(element, code) for code in str(value).split(",") if code in known and code not in row.unprinted]

    def _element(self, row: PaperRow, name: str) -> Element | None:
        if name.startswith(OF_RESIDENT):
            return None
        register = registry.registers.get(row.register or self.form.register)
        if register is None:
            return None
        stored: models.Field[Any, Any] = model_of(register)._meta.get_field(name)  # type: ignore[assignment]
        return element_of(stored)

    def _shown(self, element: Element | None, value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, date):
            return day_zh(value) if self.language == "zh" else value.isoformat()
        return element.show(value, self.language) if element is not None else str(value)

    def _of_resident(self, name: str) -> Piece:
        person = self.resident
        if person is None:
            return Piece("value")
        if name == "sex":
            answers = tuple((code, SEXES[code].in_language(self.language)) for code in ("1", "2", "9", "0"))
            return Piece("choice", "", answers, (person.sex,))
        if name == "identity_number":
            return Piece("value", self.identity)
        return Piece("value", self._shown(None, getattr(person, name)))

    # -- other registers -----------------------------------------------------------------------------------------------

    @property
    def _day(self) -> date:
        latest = self.records[-1]
        return getattr(latest, latest.DAY)  # type: ignore[no-any-return]

    def _borrowed(self, register: str) -> StoredRecord | None:
        """The other register's record of the same year that lies nearest to this one."""
        near = [r for r in self.others.get(register, ()) if getattr(r, r.DAY).year == self._day.year]
        return min(near, key=lambda r: abs((getattr(r, r.DAY) - self._day).days), default=None)

    def _table(self, row: PaperLines) -> tuple[list[str], list[list[str]]]:
        register = registry.registers[row.register]
        model = model_of(register)
        elements = [element_of(model._meta.get_field(name)) for name in row.fields]  # type: ignore[arg-type]
        found = []
        for record in self.others.get(row.register, ()):
            day = getattr(record, record.DAY)
            if row.only is not None and getattr(record, row.only[0]) != row.only[1]:
                continue
            if (row.kept_up or day <= self._day) and (row.months is None or (self._day - day).days <= row.months * 31):
                found.append([self._shown(e, getattr(record, name)) for e, name in zip(elements, row.fields, strict=True)])
        found += [[""] * len(row.fields) for _ in range(row.most - len(found))]
        return [e.label.in_language(self.language) if e else name for e, name in zip(elements, row.fields, strict=True)], found

    def _scale(self, row: PaperScale) -> ScaleLine:
        given = getattr(self.records[-1], row.field)
        firsts: set[int] = set()
        levels = []
        for words, score in row.levels:
            levels.append((words.in_language(self.language), score, given == score and score not in firsts))
            firsts.add(score)
        return ScaleLine(row.label.in_language(self.language), levels, "" if given is None else str(given))


def _inline(table: tuple[list[str], list[list[str]]]) -> CellLine:
    """Rows one after the other: 名称 ____ 时间 ____ ／ 名称 ____ 时间 ____."""
    pieces: list[Piece] = []
    for place, row in enumerate(table[1]):
        if place:
            pieces.append(Piece("text", " ／ "))
        for name, value in zip(table[0], row, strict=True):
            pieces += [Piece("text", f"{name} "), Piece("value", value), Piece("text", "　")]
    return CellLine(pieces)


def _number_of(element: Element, code: str) -> str:
    """The number the form prints before an answer: the code, where codes are the form's small numbers, else the place in the list."""
    codes = [each for each, _ in element.codes]
    if all(each.isdigit() and int(each) < 40 for each in codes):
        return str(int(code))
    return str(codes.index(code) + 1)
