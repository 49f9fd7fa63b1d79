"""Records as pages show them: cells of a list, fields by section, and the life of a record in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone

from taizhang.county.changes import Version, history
from taizhang.county.fields import element_of
from taizhang.county.models import Resident, Staff
from taizhang.county.people import describe
from taizhang.county.recording import Record, StoredRecord
from taizhang.kernel.elements import ElementType
from taizhang.kernel.registers import RegisterColumn
from taizhang.kernel.text import Text
from taizhang.web.registers.asking import COMMON, Opened, address_or_none, label_of
from taizhang.web.units import unit_in, with_unit

GENERAL = Text("基本情况", "General")
PROCESSES = {
    "simulation": Text("模拟程序", "the simulation"),
    "system": Text("系统", "the system"),
    "import": Text("导入程序", "an import"),
}


def worded(asked: Opened, name: str, value: Any, *, unit: bool = True) -> str:
    """A stored value as a reader sees it; "" for none."""
    if value is None or value == "":
        return ""
    stored: models.Field[Any, Any] = asked.model._meta.get_field(name)  # type: ignore[assignment]
    element = element_of(stored)
    if isinstance(stored, models.ForeignKey):
        return _named(asked, stored, value)
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if element is not None:
        shown = element.show(value, asked.language)
        # 支 counts teams and cigarettes; in English what is counted stands in the label.
        told = "" if asked.language == "en" and element.unit == "支" else unit_in(element.unit, asked.language)
        return with_unit(shown, told) if unit and shown else shown
    if isinstance(value, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}[asked.language][value]
    return str(dict(stored.flatchoices).get(value, value))


def _named(asked: Opened, stored: models.ForeignKey[Any, Any], value: Any) -> str:
    if stored.name == "organisation":
        place = asked.tree.present(value)
        return asked.tree.name(place).in_language(asked.language) if place == value and place else str(value)
    return str(value)


# -- lists -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a row under a column. number: set to the right."""

    text: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A record in a list. person: masked, None for a record about nobody; person_url: "" until pages of people exist. late: 补录."""

    pk: int
    person: dict[str, Any] | None
    person_url: str
    cells: list[Cell]
    late: bool


def heading(asked: Opened, column: RegisterColumn) -> tuple[str, str]:
    """The column's heading and its unit."""
    label = COMMON["resident"] if column.kind == "resident" else column.label
    unit = column.element.unit if column.element else ""
    return label.in_language(asked.language), unit_in(unit, asked.language) if unit else ""


def is_number(column: RegisterColumn) -> bool:
    return column.element is not None and column.element.type is ElementType.NUMBER


def lines(asked: Opened, rows: Sequence[StoredRecord], columns: Sequence[RegisterColumn]) -> list[Line]:
    """The rows of a list. One query for all persons."""
    people: dict[int, Resident] = {}
    if asked.about_residents:
        people = Resident.objects.in_bulk({row.resident_id for row in rows})  # type: ignore[attr-defined]
    return [_line(asked, row, columns, people) for row in rows]


def _line(asked: Opened, row: StoredRecord, columns: Sequence[RegisterColumn], people: dict[int, Resident]) -> Line:
    person = people.get(row.resident_id) if isinstance(row, Record) else None  # type: ignore[attr-defined]
    cells = [
        Cell(worded(asked, column.field, _value(row, column.field), unit=False), is_number(column))
        for column in columns
        if column.kind != "resident"
    ]
    masked = dict(describe(person, asked.day)) if person else None
    return Line(row.pk, masked, address_or_none("person", person.pk) if person else "", cells, row.late)


def _value(row: StoredRecord, name: str) -> Any:
    stored: models.Field[Any, Any] = row._meta.get_field(name)  # type: ignore[assignment]
    return getattr(row, stored.attname)


# -- one record --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A field of a record, worded; empty where nothing was filled in. carried: taken over from the record before 沿用."""

    label: Text
    text: str
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    heading: Text
    fields: list[Shown]

    @property
    def filled(self) -> list[Shown]:
        return [shown for shown in self.fields if shown.text]

    @property
    def empty(self) -> list[Shown]:
        return [shown for shown in self.fields if not shown.text]


def by_section(columns: Iterable[RegisterColumn]) -> list[tuple[Text, list[RegisterColumn]]]:
    """Columns under their headings, in the order of the form; those without one under the first."""
    found: dict[Text, list[RegisterColumn]] = {}
    for column in columns:
        found.setdefault(column.section or GENERAL, []).append(column)
    return list(found.items())


def sections(asked: Opened, record: StoredRecord) -> list[Section]:
    carried = set(record.carried.split(","))
    return [
        Section(
            heading,
            [
                Shown(column.label, worded(asked, column.field, _value(record, column.field)), column.field in carried)
                for column in columns
                if column.kind != "resident"
            ],
        )
        for heading, columns in by_section(asked.register.columns)
    ]


def outcome(asked: Opened, record: StoredRecord) -> list[Shown]:
    """What the rules made of it."""
    return [
        Shown(label_of(asked.register, asked.model, name), worded(asked, name, _value(record, name))) for name in asked.register.outcome
    ]


# -- its life ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    label: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something done to a record. derived: only what the rules make of it has changed, as another record was written."""

    change: int
    operation: str
    who: str
    at: datetime
    differences: list[Difference]
    derived: bool


def life(asked: Opened, pk: int) -> list[Step]:
    """What was done to a record, the latest first. Four queries, however long its life."""
    versions = history(asked.model, pk)
    names = dict(Staff.objects.filter(username__in={v.actor for v in versions}).values_list("username", "name"))
    return [_step(asked, version, names) for version in reversed(versions)]


def _step(asked: Opened, version: Version, names: dict[str, str]) -> Step:
    written = {asked.model._meta.get_field(c.field).attname: c.field for c in asked.register.columns}  # type: ignore[union-attr]
    derived = {asked.model._meta.get_field(name).attname: name for name in asked.register.outcome}  # type: ignore[union-attr]
    known = written | derived
    differences = []
    if version.operation == "U":
        assert version.before is not None
        assert version.after is not None
        differences = [
            Difference(
                label_of(asked.register, asked.model, known[name]),
                worded(asked, known[name], version.before.get(name)),
                worded(asked, known[name], version.after.get(name)),
            )
            for name in version.changed
            if name in known and known[name] != "resident"
        ]
    who = names.get(version.actor) or (
        PROCESSES[version.actor].in_language(asked.language) if version.actor in PROCESSES else version.actor
    )
    return Step(
        version.change, version.operation, who, version.at, differences,
        version.operation == "U" and not any(name in written for name in version.changed),
    )  # fmt: skip
