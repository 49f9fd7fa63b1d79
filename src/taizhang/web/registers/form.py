"""The form of a record, from the same columns as the file: what is asked, what was typed, and what is wrong with it, at each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.http import QueryDict

from taizhang.county.recording import Fault, StoredRecord
from taizhang.exchange.registers import parse_element
from taizhang.exchange.values import Known, People, Places, read_day
from taizhang.kernel.elements import Element, ElementType
from taizhang.kernel.registers import RegisterColumn
from taizhang.kernel.text import Text
from taizhang.web.registers.asking import Opened, label_of
from taizhang.web.registers.listing import YES_NO
from taizhang.web.registers.showing import GENERAL, by_section
from taizhang.web.units import unit_in

_MOST_RADIOS = 5
_MOST_PLACES = 60  # beyond it an organisation is typed, by code or name
_LONG = 200  # characters, beyond which a text gets lines to stand on
_KINDS = {ElementType.NUMBER: "number", ElementType.DATE: "date", ElementType.CODES: "boxes", ElementType.YES_NO: "radios"}


@dataclass(slots=True)
class Input:
    """A question of the form. kind: number, date, radios, select, boxes, text, lines, place, person. typed: what stands in it."""

    name: str
    label: Text
    kind: str
    typed: list[str]
    required: bool = False
    choices: Sequence[tuple[str, Text]] = ()
    unit: str = ""
    hint: Text | None = None
    longest: int | None = None
    faults: list[Text] = field(default_factory=list)

    @property
    def value(self) -> str:
        return self.typed[0] if self.typed else ""

    @property
    def described_by(self) -> str:
        return " ".join(f"{mark}-{self.name}" for mark, there in (("hint", self.hint), ("fault", self.faults)) if there)


@dataclass(slots=True)
class Form:
    """The inputs by section; `general`: what is wrong with no field in particular."""

    sections: list[tuple[Text, list[Input]]]
    general: list[Text] = field(default_factory=list)

    @property
    def inputs(self) -> list[Input]:
        return [asked for _, inputs in self.sections for asked in inputs]

    @property
    def faulty(self) -> list[Input]:
        return [asked for asked in self.inputs if asked.faults]

    @property
    def is_sound(self) -> bool:
        return not self.general and not self.faulty

    def point_at(self, asked: Opened, faults: Sequence[Fault]) -> None:
        """Put what the record's own checks found beside the fields; what has no field here stands above the form."""
        by_name = {one.name: one for one in self.inputs}
        by_ledger = {column.name: column.source for column in asked.model.CONTRACT.all_columns}
        for fault in faults:
            name = fault.field if fault.field in by_name else by_ledger.get(fault.field, fault.field)
            if name in by_name:
                by_name[name].faults.append(fault.message)
            else:
                self.general.append(fault.message)


def form_of(asked: Opened, typed: Mapping[str, list[str]], *, new: bool) -> Form:
    """The form with what was typed. Who a record is about is asked of a new one only."""
    made = []
    for heading, columns in by_section(asked.register.columns):
        inputs = [_input(asked, column, typed.get(column.field, [])) for column in columns if new or column.kind != "resident"]
        if inputs:
            made.append((heading, inputs))
    return Form(made or [(GENERAL, [])])


def _input(asked: Opened, column: RegisterColumn, typed: list[str]) -> Input:
    stored: models.Field[Any, Any] = asked.model._meta.get_field(column.field)  # type: ignore[assignment]
    label = label_of(asked.register, asked.model, column.field)
    made = Input(column.field, label, "text", typed, column.required, longest=stored.max_length)
    element = column.element
    if column.kind == "resident":
        made.kind = "person"
    elif column.kind == "organisation":
        _places(asked, made)
    elif element is None:
        made.kind = "date" if column.kind == "date" else "text"
    elif element.type is ElementType.TEXT:
        made.kind = "lines" if (stored.max_length or 0) > _LONG else "text"
    else:
        made.longest = None
        made.kind = _KINDS.get(element.type, "radios")
        made.unit = unit_in(element.unit, asked.language) if element.unit else ""
        made.choices = YES_NO if element.type is ElementType.YES_NO else element.codes
        if element.type is ElementType.CODE and len(element.codes) > _MOST_RADIOS:
            made.kind = "select"
        made.hint = _range(element)
    return made


def _places(asked: Opened, made: Input) -> None:
    codes = list(asked.writable)
    if made.value and made.value not in codes and len(codes) < _MOST_PLACES:
        codes.append(made.value)
    if len(codes) <= _MOST_PLACES:
        made.kind = "select"
        made.choices = [(code, asked.tree.name(code) if code in asked.tree else Text(code, code)) for code in codes]
    else:
        made.kind = "place"
        made.hint = Text("机构代码或名称", "code or name of the organisation")


def organisation_input(asked: Opened, typed: list[str]) -> Input:
    """A question for an organisation where the reader may write, by itself."""
    made = Input("organisation", Text("新的责任机构（不改就不填）", "New organisation (leave empty to keep)"), "text", typed)
    _places(asked, made)
    return made


def _range(element: Element) -> Text | None:
    if element.type is not ElementType.NUMBER or element.low is None or element.high is None:
        return None
    return Text(f"{element.low}–{element.high}", f"{element.low} to {element.high}")


# -- what stands in it -------------------------------------------------------------------------------------------------


def typed_in(asked: Opened, posted: QueryDict) -> dict[str, list[str]]:
    """What was typed, as it was typed."""
    return {column.field: [text for text in posted.getlist(column.field) if text != ""] for column in asked.register.columns}


def typed_of(asked: Opened, record: StoredRecord) -> dict[str, list[str]]:
    """A stored record as its form shows it."""
    return typed_from(asked, vars(record))


def typed_from(asked: Opened, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Values by column of the model as the form shows them; of what is not among them, nothing."""
    found = {}
    for column in asked.register.columns:
        stored: models.Field[Any, Any] = asked.model._meta.get_field(column.field)  # type: ignore[assignment]
        if stored.attname in values:
            found[column.field] = _written(column.element, values[stored.attname])
    return found


def typed_new(asked: Opened) -> dict[str, list[str]]:
    """A new record: the reader's own organisation where it writes, and what is assumed unless something else is said."""
    found = {}
    for column in asked.register.columns:
        stored: models.Field[Any, Any] = asked.model._meta.get_field(column.field)  # type: ignore[assignment]
        found[column.field] = _written(column.element, stored.get_default()) if stored.has_default() else []
    own = asked.tree.present(asked.staff.organisation_id)
    if own in asked.writable and own is not None:
        found["organisation"] = [own]
    return found


def _written(element: Element | None, value: Any) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, bool):
        return ["1" if value else "0"]
    if isinstance(value, date):
        return [value.isoformat()]
    if element is not None and element.type is ElementType.CODES:
        return str(value).split(",")
    if element is not None and element.type is ElementType.NUMBER:
        return [element.show(value)]
    return [str(value)]


# -- what it comes to --------------------------------------------------------------------------------------------------


def read(asked: Opened, form: Form, record: StoredRecord | None) -> dict[str, Any]:
    """The values by column of the model; what cannot be read is put beside its field. record: the stored one, which stays where it is
    even if that is not the reader's to write."""
    values: dict[str, Any] = {}
    for one in form.inputs:
        column = asked.register.column(one.name)
        stored: models.Field[Any, Any] = asked.model._meta.get_field(one.name)  # type: ignore[assignment]
        value = _value(asked, column, stored, one, record)
        if isinstance(value, Text):
            one.faults.append(value)
        else:
            values[stored.attname] = value
    return values


def _value(asked: Opened, column: RegisterColumn, stored: models.Field[Any, Any], one: Input, record: StoredRecord | None) -> Any:
    written = ",".join(one.typed) if one.kind == "boxes" else one.value.strip()
    if not is_storable(written):
        return Text("含有无法保存的字符。请删去后重填。", "It holds a sign that cannot be stored. Remove it.")
    if not written:
        return stored.get_default()  # nothing for a day, a number or a person; "" for a text
    if column.kind == "resident":
        found = People(asked.staff, asked.day).find([written])[written]
        return found.id if isinstance(found, Known) else found
    if column.kind == "organisation":
        if record is not None and written == record.organisation_id:
            return written
        return _place(asked, written)
    element = column.element
    if column.kind == "date" or (element is not None and element.type is ElementType.DATE):
        return read_day(written)
    value = written if element is None else parse_element(element, written)
    if isinstance(value, str) and stored.max_length is not None and len(value) > stored.max_length:
        return Text(f"有{len(value)}个字，最多{stored.max_length}个。请缩短。", f"Longer than {stored.max_length} characters. Shorten it.")
    return value


def is_storable(text: str) -> bool:
    """Whether both databases can hold a text: no zero sign, no half of a pair of surrogates."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _place(asked: Opened, written: str) -> str | Text:
    """The code of an organisation for which the reader may write."""
    places = Places.read(asked.staff, asked.day)
    return Places(places.by_code, places.by_name, frozenset(asked.writable)).find(written)
