"""A day on which many people have one thing done (体检日): who is on the sheet, what its columns are, and how a row becomes a record.

Generic over a register that says day_sheet: its columns are those that a visit measures, one heading of the form at a time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import QuerySet

from taizhang.county import recording
from taizhang.county.foreseeing import Told, derive, faults_of, notices_of
from taizhang.county.models import Residency, Resident
from taizhang.county.people import describe, residents_for
from taizhang.county.reach import is_about_residents, may_open, model_of
from taizhang.county.recording import Fault, Record, RecordRefused
from taizhang.exchange.registers import parse_element
from taizhang.exchange.values import read_day
from taizhang.kernel.elements import ElementType
from taizhang.kernel.registers import Asking, Register, RegisterColumn
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.people.asking import Reader
from taizhang.web.registers.asking import Opened, label_of
from taizhang.web.registers.showing import Shown, by_section, worded
from taizhang.web.units import unit_in
from taizhang.worklist.models import DueItem

PAGE = 30
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，、", "0123456789.,,")
CHANGED = Text(
    "您打开表格之后，有人改过这一行（{what}）。您填的还在；确认以您的为准，再存一次。",
    "Somebody changed this row after you opened the sheet ({what}). Yours is still here; save once more to let it stand.",
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet. hint: the range, or what the numbers stand for."""

    field: str
    label: str
    unit: str
    hint: str
    coded: bool


@dataclass(slots=True)
class Row:
    """A person on the sheet with what is typed, in the order of the columns. version: of what was stored when it was shown."""

    resident: Resident
    shown: Mapping[str, object]
    place: str
    cells: list[tuple[Column, str, bool]]  # column, what stands in it, whether it is at fault
    version: str
    outcome: list[Shown] = field(default_factory=list)
    notices: list[Told] = field(default_factory=list)
    faults: list[tuple[str, Text]] = field(default_factory=list)  # label, what is wrong
    saved: bool = False
    stored: bool = False


@dataclass(frozen=True)
class DaySheet:
    """The sheet of a register on a day."""

    asks: Reader
    register: Register
    day: date
    section: int

    @classmethod
    def of(cls, asks: Reader, code: str, day: str, section: str) -> DaySheet | None:
        """None for a register that has no such sheet, or is not the reader's."""
        register = registry.registers.get(code)
        if register is None or not register.day_sheet or not is_about_residents(register) or not may_open(asks.staff, register):
            return None
        read = read_day(day) if day else asks.day
        on = read if isinstance(read, date) and read <= asks.day else asks.day
        made = cls(asks, register, on, 0)
        number = int(section) if section.isascii() and section.isdigit() and len(section) < 3 else made.first
        return cls(asks, register, on, number if number < len(made.sections) else 0)

    # -- columns -------------------------------------------------------------------------------------------------------

    @cached_property
    def model(self) -> type[Record]:
        model = model_of(self.register)
        assert issubclass(model, Record)
        return model

    @cached_property
    def measured(self) -> list[RegisterColumn]:
        found = [c for c in self.register.columns if c.asking is Asking.MEASURED and c.element is not None and c.field != self.model.DAY]
        return [c for c in found if c.kind == "element"]

    @cached_property
    def sections(self) -> list[Text]:
        return [heading for heading, _ in by_section(self.measured)]

    @property
    def first(self) -> int:
        """The heading a sheet opens with: the first under which something is measured."""
        groups = by_section(self.measured)
        numbers = (n for n, (_, asked) in enumerate(groups) if any(c.element and c.element.type is ElementType.NUMBER for c in asked))
        return next(numbers, 0)

    @cached_property
    def columns(self) -> list[Column]:
        """Of the chosen heading."""
        if not self.measured:
            return []
        return [self._column(column) for column in by_section(self.measured)[self.section][1]]

    def _column(self, column: RegisterColumn) -> Column:
        element, language = column.element, self.asks.language
        assert element is not None
        if element.type is ElementType.NUMBER:
            hint = f"{element.low}–{element.high}" if element.low is not None else ""
        elif element.type is ElementType.YES_NO:
            hint = Text("1 是 0 否", "1 yes 0 no").in_language(language)
        else:
            hint = " ".join(f"{code} {words.in_language(language)}" for code, words in element.codes)
        unit = unit_in(element.unit, language) if element.unit else ""
        coded = element.type in (ElementType.CODE, ElementType.CODES, ElementType.YES_NO)
        return Column(column.field, column.label.in_language(language), unit, hint, coded)

    # -- who -----------------------------------------------------------------------------------------------------------

    def people(self, place: str, added: Sequence[int]) -> QuerySet[Resident]:
        """Those who are due at the place, those who have it on the day, and those put on the sheet by hand, by where they live."""
        places = [code for code in self.asks.tree.descendants(place) if code in self.asks.writable]
        duties = [duty.code for duty in registry.duties.values() if duty.register == self.register.code]
        due = DueItem.objects.open_on(self.asks.day).filter(duty__in=duties, organisation__in=places).values("resident_id")
        living = Residency.objects.filter(organisation__in=places, started_on__lte=self.asks.day).exclude(ended_on__lt=self.asks.day)
        done = self.model._default_manager.filter(**{self.model.DAY: self.day}, resident_id__in=living.values("resident_id"))
        chosen = models.Q(pk__in=due) | models.Q(pk__in=done.values("resident_id")) | models.Q(pk__in=list(added))
        return residents_for(self.asks.staff, "write", self.asks.day).filter(chosen).order_by("household__number", "pk")

    def rows(self, residents: Sequence[Resident], typed: Mapping[int, Mapping[str, str]] | None = None) -> list[Row]:
        """Three queries however many there are."""
        keys = [resident.pk for resident in residents]
        stored = {r.resident_id: r for r in self.model._default_manager.filter(**{self.model.DAY: self.day}, resident_id__in=keys)}  # type: ignore[attr-defined]
        managing = self.asks.managing(keys)
        return [
            self._row(resident, stored.get(resident.pk), managing.get(resident.pk), (typed or {}).get(resident.pk))
            for resident in residents
        ]

    def _row(self, resident: Resident, record: Record | None, place: str | None, typed: Mapping[str, str] | None) -> Row:
        texts = typed if typed is not None else self.texts(record)
        cells = [(column, texts.get(column.field, ""), False) for column in self.columns]
        made = Row(
            resident, describe(resident, self.asks.day), self.asks.name(place), cells, self.version(record), stored=record is not None
        )
        if record is not None:
            made.outcome = self._outcome(record)
        return made

    # -- what stands there ---------------------------------------------------------------------------------------------

    def texts(self, record: Record | None) -> dict[str, str]:
        """The record's values as they are typed."""
        if record is None:
            return {}
        found = {}
        for column in self.columns:
            value = getattr(record, column.field)
            element = self.register.column(column.field).element
            assert element is not None
            if isinstance(value, bool):
                found[column.field] = "1" if value else "0"
            elif value not in (None, ""):
                found[column.field] = element.show(value) if element.type is ElementType.NUMBER else str(value)
        return found

    def version(self, record: Record | None) -> str:
        return hashlib.sha256(repr(sorted(self.texts(record).items())).encode()).hexdigest()[:16]

    def stored(self, resident: int) -> Record | None:
        return self.model._default_manager.filter(**{self.model.DAY: self.day}, resident_id=resident).first()

    def _outcome(self, record: Record) -> list[Shown]:
        opened = Opened(self.asks.staff, self.register, self.asks.day, self.asks.tree, self.asks.language)
        found = [Shown(label_of(self.register, opened.model, n), worded(opened, n, getattr(record, n))) for n in self.register.outcome]
        return [each for each in found if each.text]

    # -- a row becomes a record ----------------------------------------------------------------------------------------

    def take(self, resident: Resident, typed: Mapping[str, str], version: str, *, save: bool) -> Row:
        """What a row comes to; saved unless something is wrong. typed: by column, all of the heading's. version: what the row was shown
        with, None-like "" to write without asking."""
        record = self.stored(resident.pk)
        place = self.asks.managing([resident.pk]).get(resident.pk)
        row = self._row(resident, record, place, typed)
        same = self.texts(record) == {name: text for name, text in typed.items() if text}
        if save and same:
            row.saved = row.stored
            return row
        if save and version and version != self.version(record):
            before = self.texts(record)
            what = [c.label for c in self.columns if before.get(c.field, "") != typed.get(c.field, "")]
            row.faults.append(("", Text(CHANGED.zh.format(what="、".join(what)), CHANGED.en.format(what=", ".join(what)))))
            return row
        fresh = record or self.new_record(resident.pk, place)
        self._fill(fresh, typed, row)
        if row.faults:
            return row
        self._foresee(fresh, resident, row)
        if save and not row.faults:
            try:
                recording.save(fresh, actor=self.asks.staff, day=self.asks.day)
            except RecordRefused as refused:
                self._point_at(row, refused.faults)
            else:
                row.saved = row.stored = True
                row.version = self.version(fresh)
        return row

    def _fill(self, record: Record, typed: Mapping[str, str], row: Row) -> None:
        for place, (column, _, _) in enumerate(row.cells):
            written = typed.get(column.field, "").strip().translate(_FULL_WIDTH)
            stored: models.Field[Any, Any] = self.model._meta.get_field(column.field)  # type: ignore[assignment]
            value = self.value(column.field, written) if written else (None if stored.null else "")
            if isinstance(value, Text):
                row.cells[place] = (column, typed.get(column.field, ""), True)
                row.faults.append((column.label, value))
            else:
                setattr(record, stored.attname, value)

    def value(self, name: str, written: str) -> Any:
        """The stored value of what stands in a cell, or what is wrong with it. Several answers are parted by a comma, a space or nothing
        where every code is one digit."""
        element = self.register.column(name).element
        assert element is not None
        if "\0" in written:
            return Text("含有无法保存的字符。请删去后重填。", "It holds a sign that cannot be stored. Remove it.")
        if element.type is ElementType.DATE:
            return read_day(written)
        if element.type is ElementType.CODES:
            written = re.sub(r"[\s/]+", ",", written)
        value = parse_element(element, written)
        stored: models.Field[Any, Any] = self.model._meta.get_field(name)  # type: ignore[assignment]
        if isinstance(value, str) and stored.max_length is not None and len(value) > stored.max_length:
            limit = stored.max_length
            return Text(f"有{len(value)}个字，最多{limit}个。请缩短。", f"Longer than {limit} characters. Shorten it.")
        return value

    def _foresee(self, record: Record, resident: Resident, row: Row) -> None:
        """What the rules make of it: the outcome, what is to be told at once, what would refuse it."""
        others = list(self.model._default_manager.filter(resident_id=resident.pk).exclude(pk=record.pk or 0))
        self._point_at(row, faults_of(record, day=self.asks.day))
        if not row.faults:
            derive(record, others, resident)
            row.outcome = self._outcome(record)
            row.notices = notices_of(record)

    def _point_at(self, row: Row, faults: Sequence[Fault]) -> None:
        by_ledger = {column.name: column.source for column in self.model.CONTRACT.all_columns}
        for fault in faults:
            name = by_ledger.get(fault.field, fault.field)
            label = ""
            for place, (column, text, _) in enumerate(row.cells):
                if column.field == name:
                    row.cells[place] = (column, text, True)
                    label = column.label
            row.faults.append((label, fault.message))

    def new_record(self, resident: int, managing: str | None = None) -> Record:
        """An empty record of the day. managing: who manages the person, where that has been looked up."""
        place = self._organisation(managing or self.asks.managing([resident]).get(resident))
        return self.model(resident_id=resident, organisation_id=place, **{self.model.DAY: self.day})

    def _organisation(self, managing: str | None) -> str | None:
        """Who examines: the reader's own organisation where it manages people or stands above those that do."""
        own = self.asks.tree.present(self.asks.staff.organisation_id)
        return own if own in self.asks.writable and own != self.asks.tree.root else managing
