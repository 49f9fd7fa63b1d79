"""The shape of a visit's form: which inputs several registers come to when columns of the same element are one input."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models

from taizhang.county.models import Staff
from taizhang.county.recording import Record, StoredRecord
from taizhang.county.scopes import may_see_persons_of
from taizhang.kernel.elements import Element, ElementType
from taizhang.kernel.registers import Asking, Register, RegisterColumn
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text

_RANK = {Asking.MEASURED: 0, Asking.CARRIED: 1, Asking.ON_DEMAND: 2}
# A list of more answers than the digits of a keyboard is chosen from a menu.
MOST_CHOICES = 9
GENERAL = Text("本次随访", "This visit")
OTHER = Text("其他", "Other")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer is stored: a field of a register's record."""

    register: Register
    column: RegisterColumn
    field: models.Field[Any, Any]


@dataclass(slots=True)
class Ask:
    """One input. asking: as the most demanding of its places has it. section: the heading of its first place that has one."""

    name: str
    element: Element
    asking: Asking
    section: Text
    required: bool
    places: list[Place] = field(default_factory=list)

    @property
    def default(self) -> Any:
        """What the record takes where nothing is said; None where that is nothing."""
        first = self.places[0].field
        value = first.get_default() if first.has_default() else None
        return None if value == "" else value

    @property
    def most(self) -> int:
        """The longest text that all its places hold."""
        return min([p.field.max_length or 200 for p in self.places], default=200)

    def of(self, register: Register) -> Place | None:
        return next((place for place in self.places if place.register.code == register.code), None)


@dataclass(frozen=True)
class Shape:
    """registers: in the order of their lines of work. asks: in the order of the forms."""

    registers: tuple[Register, ...]
    asks: tuple[Ask, ...]

    @cached_property
    def by_name(self) -> dict[str, Ask]:
        return {ask.name: ask for ask in self.asks}

    def of(self, register: Register) -> list[tuple[Ask, Place]]:
        """The inputs that fill a register's record, with where."""
        return [(ask, place) for ask in self.asks if (place := ask.of(register)) is not None]

    def ask_for(self, register: Register, column: str) -> Ask | None:
        """The input behind a field or ledger column of a register's record; None for what the page fills itself."""
        return next((ask for ask, place in self.of(register) if column in (place.column.field, place.field.attname)), None)


def model_of(register: Register) -> type[Record]:
    model = apps.get_model(register.model)
    assert issubclass(model, Record)
    return model


def is_one_a_person(register: Register) -> bool:
    """A file that each person has once: a visit adds to it, where others write one more record."""
    return register.natural_key == ("resident",)


def open_to(staff: Staff, register: Register) -> bool:
    """Whether `staff` may write persons' records of this register: it is about persons, and no sensitive line of others."""
    model: type[models.Model] = apps.get_model(register.model)
    programme = registry.programmes.get(register.programme)
    return issubclass(model, Record) and (programme is None or may_see_persons_of(staff, programme))


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


def shape_of(registers: Iterable[Register]) -> Shape:
    """The form of these registers. The day of the visit is asked once, at the top, and stands in no list here."""
    chosen = tuple(sorted(registers, key=lambda r: (is_one_a_person(r), _size(r))))
    asks: dict[str, Ask] = {}
    for register in chosen:
        model: type[StoredRecord] = model_of(register)
        for column in register.columns:
            if column.asking is Asking.NEVER or column.field == model.DAY:
                continue
            element = column.element or _plain(register, column)
            place = Place(register, column, model._meta.get_field(column.field))  # type: ignore[arg-type]
            known = asks.get(element.name)
            if known is None:
                section = column.section or (GENERAL if column.asking is Asking.MEASURED else OTHER)
                asks[element.name] = Ask(f"v-{element.name}", element, column.asking, section, column.required, [place])
            else:
                known.asking = min(known.asking, column.asking, key=_RANK.__getitem__)
                known.required = known.required or column.required
                known.places.append(place)
    return Shape(chosen, tuple(asks.values()))


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
