"""The shape of a visit's form: which inputs several registers come to when columns of the same element are one input.

A register is one sheet of the form, or one for every due item where its duty says so (three vaccines of one day); what a duty asks anew for
each item is an input of that sheet alone, everything else one input of all sheets.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models

from taizhang.county.models import Staff
from taizhang.county.reach import is_about_residents, may_open
from taizhang.county.recording import Record, StoredRecord
from taizhang.kernel.duties import Opening, Repeated
from taizhang.kernel.elements import Element, ElementType
from taizhang.kernel.registers import Asking, Register, RegisterColumn
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text

_RANK = {Asking.MEASURED: 0, Asking.CARRIED: 1, Asking.ON_DEMAND: 2}
# A list of more answers than the digits of a keyboard is chosen from a menu.
MOST_CHOICES = 9
GENERAL = Text("本次随访", "This visit")
OTHER = Text("其他", "Other")
WAY_OF_LIFE = Text("生活方式和用药", "Way of life and medicines")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One record that the form may make. item: which of several due ones; name: what it is. several: the register has more sheets."""

    register: Register
    item: str
    name: Text
    several: bool = False

    @property
    def key(self) -> str:
        """As the page sends it back: vaccinations:dtap_3-05."""
        return f"{self.register.code}:{self.item}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer is stored: a field of a sheet's record."""

    sheet: Sheet
    column: RegisterColumn
    field: models.Field[Any, Any]

    @property
    def register(self) -> Register:
        return self.sheet.register


@dataclass(slots=True)
class Ask:
    """One input. asking: as the most demanding of its places has it. section: the heading of its first place that has one. item: what it is
    asked of, where the form asks it once for each of several; preset: what that item, or the event that made it due, says it is."""

    name: str
    element: Element
    asking: Asking
    section: Text
    required: bool
    places: list[Place] = field(default_factory=list)
    item: Text | None = None
    preset: Any = None

    @property
    def default(self) -> Any:
        """What the input says before anything is typed, which makes no record: the preset, else what the record takes by itself; None for
        nothing."""
        if self.preset is not None:
            return self.preset
        first = self.places[0].field
        value = first.get_default() if first.has_default() else None
        return None if value == "" else value

    @property
    def most(self) -> int:
        """The longest text that all its places hold."""
        return min([p.field.max_length or 200 for p in self.places], default=200)

    def of(self, sheet: Sheet) -> Place | None:
        return next((place for place in self.places if place.sheet == sheet), None)


@dataclass(frozen=True)
class Shape:
    """sheets: short forms first. asks: in the order of the forms."""

    sheets: tuple[Sheet, ...]
    asks: tuple[Ask, ...]

    @cached_property
    def registers(self) -> tuple[Register, ...]:
        return tuple({sheet.register.code: sheet.register for sheet in self.sheets}.values())

    @cached_property
    def by_name(self) -> dict[str, Ask]:
        return {ask.name: ask for ask in self.asks}

    def of(self, sheet: Sheet) -> list[tuple[Ask, Place]]:
        """The inputs that fill a sheet's record, with where."""
        return [(ask, place) for ask in self.asks if (place := ask.of(sheet)) is not None]

    def ask_for(self, sheet: Sheet, column: str) -> Ask | None:
        """The input behind a field or ledger column of a sheet's record; None for what the page fills itself."""
        return next((ask for ask, place in self.of(sheet) if column in (place.column.field, place.field.attname)), None)


def model_of(register: Register) -> type[Record]:
    model = apps.get_model(register.model)
    assert issubclass(model, Record)
    return model


def is_one_a_person(register: Register) -> bool:
    """A file that each person has once: a visit adds to it, where others write one more record."""
    return register.natural_key == ("resident",)


def open_to(staff: Staff, register: Register) -> bool:
    """Whether `staff` may write persons' records of this register: it is about persons, and not kept for others."""
    return is_about_residents(register) and may_open(staff, register)


def choices(staff: Staff) -> list[Register]:
    """Every register that a visit may fill for `staff`, those that some duty is written down in first."""
    owed = {duty.register for duty in registry.duties.values()}
    found = [r for r in registry.registers.values() if open_to(staff, r) and any(_is_asked(c) for c in r.columns)]
    return sorted(found, key=lambda r: (r.code not in owed, _order(r)))


def _is_asked(column: RegisterColumn) -> bool:
    return column.asking in (Asking.MEASURED, Asking.CARRIED)


def _order(register: Register) -> int:
    programme = registry.programmes.get(register.programme)
    return programme.order if programme else 9_999


def repeated_of(register: Register) -> Repeated | None:
    """How the form of this register is repeated for what is due, where some duty says so."""
    return next((d.repeated for d in registry.duties.values() if d.register == register.code and d.repeated is not None), None)


def shape_of(
    registers: Iterable[Register], items: Mapping[str, Collection[str]] | None = None, openings: Mapping[str, Opening] | None = None
) -> Shape:
    """The form of these registers. items: of those whose form is repeated, for what. openings: by register, how the form of what an event
    made due opens. The day of the visit is asked once, at the top, and stands in no list here; the day of an event that is known is an
    input of its own."""
    chosen = sorted(registers, key=lambda r: (is_one_a_person(r), _size(r)))
    asks: dict[str, Ask] = {}
    every: list[Sheet] = []
    for register in chosen:
        model: type[StoredRecord] = model_of(register)
        repeated = repeated_of(register)
        sheets = _sheets(register, repeated, (items or {}).get(register.code, ()))
        every += sheets
        known_values = openings[register.code].values if openings and register.code in openings else {}
        for column in register.columns:
            if column.asking is Asking.NEVER or (column.field == model.DAY and column.field not in known_values):
                continue
            element = column.element or _plain(register, column)
            stored = model._meta.get_field(column.field)
            for sheet in sheets:
                place = Place(sheet, column, stored)  # type: ignore[arg-type]
                if repeated is not None and sheet.item and column.field in repeated.each:
                    asks[f"{element.name}--{sheet.item}"] = _of_item(element, place, repeated)
                elif (known := asks.get(element.name)) is None:
                    asks[element.name] = Ask(f"v-{element.name}", element, column.asking, _heading(column), column.required, [place])
                else:
                    known.asking = min(known.asking, column.asking, key=_RANK.__getitem__)
                    known.required = known.required or column.required
                    known.places.append(place)
                if (value := known_values.get(column.field)) not in (None, ""):
                    asks[element.name].preset, asks[element.name].asking = value, Asking.MEASURED
    return Shape(tuple(every), tuple(asks.values()))


def _sheets(register: Register, repeated: Repeated | None, items: Collection[str]) -> list[Sheet]:
    named = [item for item in dict.fromkeys(items) if item] if repeated is not None else []
    if repeated is None or not named:
        return [Sheet(register, "", register.name)]
    return [Sheet(register, item, repeated.name(item), len(named) > 1) for item in named]


def _of_item(element: Element, place: Place, repeated: Repeated) -> Ask:
    """An input of one sheet alone, under the sheet's name. What the item says is shown at once, not offered to be carried over."""
    sheet, column = place.sheet, place.column
    preset = repeated.presets(sheet.item).get(column.field)
    asking = Asking.MEASURED if preset is not None else Asking.ON_DEMAND if column.asking is Asking.CARRIED else column.asking
    name = f"v-{element.name}--{sheet.item}"
    return Ask(name, element, asking, sheet.name, column.required, [place], item=sheet.name, preset=preset)


def _heading(column: RegisterColumn) -> Text:
    usual = {Asking.MEASURED: GENERAL, Asking.CARRIED: WAY_OF_LIFE}
    return column.section or usual.get(column.asking, OTHER)


def _size(register: Register) -> int:
    """Short forms first: the examination stands below the visit it shares its pressure with."""
    return sum(_is_asked(c) for c in register.columns)


def _plain(register: Register, column: RegisterColumn) -> Element:
    kind = ElementType.DATE if column.kind == "date" else ElementType.TEXT
    return Element(name=f"{register.code}-{column.field}", label=column.label, type=kind)


def sections_of(asks: Sequence[Ask]) -> list[tuple[Text, list[Ask]]]:
    """The inputs under their headings, in the order in which headings first appear."""
    found: dict[Text, list[Ask]] = {}
    for ask in asks:
        found.setdefault(ask.section, []).append(ask)
    return list(found.items())
