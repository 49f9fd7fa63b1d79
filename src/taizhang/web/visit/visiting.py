"""A visit at hand: the person's records of the chosen registers, the last answers, and the records that what was typed makes.

Foreseeing and saving build the same records; classes, notices and faults come from their models alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models, transaction

from taizhang.county.changes import acting_as
from taizhang.county.foreseeing import Told, derive, faults_of, notices_of
from taizhang.county.models import Resident, Staff
from taizhang.county.recording import Fault, Record, RecordRefused, StoredRecord, save, written_late
from taizhang.kernel.duties import Opening
from taizhang.kernel.elements import Element, ElementType
from taizhang.kernel.registers import Asking, Register
from taizhang.kernel.text import Text
from taizhang.web.units import unit_in, with_unit
from taizhang.web.visit.shape import Ask, Shape, Sheet, is_one_a_person, model_of
from taizhang.web.visit.typed import DAY, Typed
from taizhang.worklist.models import Draft, DueItem, Visit


@dataclass(frozen=True, slots=True)
class Last:
    """The last answer to an input, and the day it was given."""

    value: Any
    on: date


@dataclass(slots=True)
class Foreseen:
    """What saving one sheet's record would come to. record: None where nothing of its own was filled in, so that nothing is saved."""

    sheet: Sheet
    record: Record | None
    faults: list[tuple[str, Text]]  # the input, and what is wrong
    lacking: list[tuple[Ask, Text]]  # asked for and still empty, and what is wrong with that
    told: list[Told]


class Refused(Exception):
    """Nothing was saved; the faults stand at their inputs."""


class AlreadySaved(Exception):
    """This very form was saved before."""


@dataclass
class Visiting:
    """One person's visit by one member of staff. organisation: who renders the service. owed: what is due to the person, the most urgent
    first. openings: by register, how the form opens of what an event made due."""

    staff: Staff
    resident: Resident
    organisation: str
    shape: Shape
    today: date
    owed: Sequence[DueItem] = ()
    openings: Mapping[str, Opening] = field(default_factory=dict)

    @cached_property
    def histories(self) -> dict[str, list[Record]]:
        """The person's records by register, in time order: one query a register."""
        found = {}
        for register in self.shape.registers:
            model = model_of(register)
            found[register.code] = list(model._default_manager.filter(resident=self.resident).order_by(model.DAY, "pk"))
        return found

    def stored(self, register: Register) -> Record | None:
        """The record to be added to: the file, where a person has one only; that which is due to be filled in."""
        history = self.histories[register.code]
        if register.code in self.openings and (due := self.openings[register.code].record) is not None:
            return next((record for record in history if record.pk == due), None)
        return history[-1] if history and is_one_a_person(register) else None

    @cached_property
    def lasts(self) -> dict[str, Last]:
        """The last answer to each input, from whichever register it was written in."""
        found: dict[str, Last] = {}
        for ask in self.shape.asks:
            if ask.item is not None:  # the last one's lot and site were another vaccine's
                continue
            for place in ask.places:
                for record in reversed(self.histories[place.register.code]):
                    value = getattr(record, place.field.attname)
                    if value is None or value == "":
                        continue
                    on = getattr(record, record.DAY)
                    if ask.name not in found or on > found[ask.name].on:
                        found[ask.name] = Last(value, on)
                    break
        return found

    @cached_property
    def carried(self) -> list[tuple[Ask, Last]]:
        """The answers that one tap carries over."""
        asks = [ask for ask in self.shape.asks if ask.asking is Asking.CARRIED]
        return [(ask, self.lasts[ask.name]) for ask in asks if ask.name in self.lasts]

    # -- what others have written meanwhile ----------------------------------------------------------------------------

    @cached_property
    def seen(self) -> str:
        """The person's records as this form saw them."""
        return json.dumps({code: _mark(history) for code, history in self.histories.items()}, separators=(",", ":"))

    def seen_with(self, earlier: str) -> str:
        """The same, but for registers that an earlier state of this form had seen: as it saw them."""
        marks = json.loads(self.seen)
        try:
            before = json.loads(earlier)
        except (ValueError, RecursionError):
            return self.seen
        kept = {code: mark for code, mark in before.items() if code in marks} if isinstance(before, dict) else {}
        return json.dumps({**marks, **kept}, separators=(",", ":"))

    def changed_since(self, seen: str) -> list[tuple[Register, Record | None]]:
        """The registers whose records are other than the form had seen, each with its latest record."""
        try:
            before = json.loads(seen)
        except (ValueError, RecursionError):
            before = {}
        if not isinstance(before, Mapping):
            before = {}
        found = []
        for register in self.shape.registers:
            history = self.histories[register.code]
            if register.code in before and before[register.code] != _mark(history):
                found.append((register, history[-1] if history else None))
        return found

    # -- records -------------------------------------------------------------------------------------------------------

    def record_of(self, sheet: Sheet, typed: Typed) -> Record | None:
        """The record that was typed, or None where nothing was: then none is saved."""
        register = sheet.register
        model, stored = model_of(register), self.stored(register)
        if typed.day is None or not self._is_begun(sheet, typed, stored):
            return None
        record = copy(stored) if stored is not None else model(resident=self.resident, organisation_id=self.organisation)
        if stored is None:
            setattr(record, model.DAY, typed.day)
            for column in register.columns:
                if column.kind == "staff" and column.element is not None:
                    setattr(record, column.field, self.staff.name)
        kept = []
        for ask, place in self.shape.of(sheet):
            value = typed.values.get(ask.name)
            if value is None and typed.carry and ask.asking is Asking.CARRIED and ask.name in self.lasts and not typed.text(ask.name):
                value = self.lasts[ask.name].value
                kept.append(place.field.name)
            if value is None:
                value = place.field.get_default() if place.field.has_default() else None
            if value is None and place.field.name == model.DAY:
                continue  # emptied: the day of the visit
            setattr(record, place.field.attname, "" if value is None and not place.field.null else value)
        record.carried = ",".join(kept)[:600]
        return record

    def _is_begun(self, sheet: Sheet, typed: Typed, stored: Record | None) -> bool:
        """Whether this sheet was filled in: a file was changed; else something that no other form asks for, or an answer that this one
        cannot do without. A shared pressure alone makes no examination, and of several vaccines each needs something of its own."""
        if stored is not None:
            return any(_differs(typed.values.get(ask.name), getattr(stored, place.field.attname)) for ask, place in self.shape.of(sheet))
        for ask, place in self.shape.of(sheet):
            said = ask.name in typed.values and typed.values[ask.name] != ask.default
            if said and (len(ask.places) == 1 or (not sheet.several and (len(self.shape.sheets) == 1 or place.column.required))):
                return True
            if ask.name in typed.faults and len(ask.places) == 1:
                return True
        return False

    def foresee(self, typed: Typed) -> list[Foreseen]:
        """Each sheet's record with class, notices and faults, nothing written."""
        found = []
        for sheet in self.shape.sheets:
            record = self.record_of(sheet, typed)
            if record is None:
                found.append(Foreseen(sheet, None, [], [], []))
                continue
            record.resident = self.resident
            faults, lacking = self._sorted(sheet, faults_of(record, day=self.today), typed)
            told: list[Told] = []
            if not faults and not lacking:  # rules may count on what a record cannot be without
                record.late = record.late or (record.pk is None and written_late(record, day=self.today))
                derive(record, self.histories[sheet.register.code], self.resident)
                told = notices_of(record)
            found.append(Foreseen(sheet, record, faults, lacking, told))
        return found

    def _sorted(self, sheet: Sheet, faults: Sequence[Fault], typed: Typed) -> tuple[list[tuple[str, Text]], list[tuple[Ask, Text]]]:
        """Faults at their inputs, apart from what has only not been filled in yet."""
        wrong: list[tuple[str, Text]] = []
        lacking: dict[str, tuple[Ask, Text]] = {}
        for fault in faults:
            ask = self.shape.ask_for(sheet, fault.field)
            if ask is not None and ask.name not in typed.values and ask.name not in typed.faults:
                lacking.setdefault(ask.name, (ask, fault.message))
            elif ask is None or ask.name not in typed.faults:
                wrong.append((ask.name if ask else DAY, fault.message))
        return wrong, list(lacking.values())

    # -- saving --------------------------------------------------------------------------------------------------------

    def save(self, typed: Typed, token: UUID) -> list[tuple[Register, Record]]:
        """Write every record and the receipt, or nothing. Raises Refused, with the faults put at their inputs, and AlreadySaved."""
        written: list[tuple[Register, Record]] = []
        with acting_as(self.staff), transaction.atomic():
            if Visit.objects.select_for_update().filter(pk=token).exists():
                raise AlreadySaved
            records = [(s, record) for s in self.shape.sheets if (record := self.record_of(s, typed)) is not None]
            for sheet, record in _referenced_first(records):
                _link(record, [each for _, each in written])
                try:
                    save(record, actor=self.staff, day=self.today)
                except RecordRefused as refusal:
                    for fault in refusal.faults:
                        ask = self.shape.ask_for(sheet, fault.field)
                        typed.fault(ask.name if ask else DAY, fault.message)
                written.append((sheet.register, record))
            if typed.faults:
                raise Refused
            Visit.objects.create(
                token=token, staff=self.staff, resident=self.resident, day=typed.day or self.today,
                records=[[register.code, record.pk] for register, record in written],
            )  # fmt: skip
            Draft.objects.filter(staff=self.staff, resident=self.resident).delete()
        return written


def _mark(history: Sequence[StoredRecord]) -> str:
    """What tells whether a person's records of a kind are still the same."""
    fields = [f.attname for f in history[0]._meta.concrete_fields] if history else []
    states = repr([[getattr(record, name) for name in fields] for record in history])
    return f"{len(history)}-{hashlib.sha256(states.encode()).hexdigest()[:12]}"


def _differs(typed: Any, stored: Any) -> bool:
    return (None if typed == "" else typed) != (None if stored == "" else stored)


def _links(record: StoredRecord) -> list[models.ForeignKey[Any, Any]]:
    """Foreign keys of a record to another line's record: an assessment's examination."""
    found = [f for f in record._meta.concrete_fields if isinstance(f, models.ForeignKey)]
    return [f for f in found if isinstance(f.related_model, type) and issubclass(f.related_model, StoredRecord)]


def _referenced_first(records: Sequence[tuple[Sheet, Record]]) -> list[tuple[Sheet, Record]]:
    return sorted(records, key=lambda each: bool(_links(each[1])))


def _link(record: StoredRecord, written: Sequence[StoredRecord]) -> None:
    for link in _links(record):
        other = next((each for each in written if isinstance(each, link.related_model) and each.pk), None)  # type: ignore[arg-type]
        if other is not None and getattr(record, link.attname) is None:
            setattr(record, link.attname, other.pk)


def unit_of(element: Element, language: str) -> str:
    """The unit as a page writes it after a number; in English only one that needs no translation."""
    return unit_in(element.unit, language) if language == "zh" or element.unit.isascii() else ""


def shown(value: Any, ask: Ask, language: str) -> str:
    """A stored value as a reader sees it, with its unit."""
    if isinstance(value, date):
        return value.isoformat()
    text = ask.element.show(value, language)
    return with_unit(text, unit_of(ask.element, language)) if ask.element.type is ElementType.NUMBER and text else text
