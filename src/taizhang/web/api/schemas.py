"""The shapes of registers in the interface, from their columns: each with type, unit, range and code list, in both languages.

A number travels as people read it (7.0 mmol/L), a date as 2026-06-30, an answer as its code.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db import models
from ninja import Schema
from pydantic import Field, PlainSerializer, create_model

from taizhang.county.fields import element_of
from taizhang.county.reach import model_of
from taizhang.county.recording import Record, StoredRecord
from taizhang.kernel.elements import Element, ElementType
from taizhang.kernel.registers import Register, RegisterColumn
from taizhang.kernel.text import Text
from taizhang.web.registers.asking import label_of
from taizhang.web.registers.listing import Facet, Narrowing

LARGEST = 2**53 - 1  # the largest whole number that every reader of JSON takes exactly
Key = Annotated[int, Field(ge=1, le=LARGEST)]
Plain = Annotated[Decimal, PlainSerializer(float, return_type=float)]  # the number's few digits survive: 7.1 leaves as 7.1
_TYPES: dict[ElementType, Any] = {ElementType.DATE: date, ElementType.YES_NO: bool, ElementType.TEXT: str}


def _told(element: Element | None, label: Text) -> dict[str, Any]:
    """What the schema says of a field beside its type."""
    extra: dict[str, Any] = {}
    if element is not None:
        if element.unit:
            extra["x-unit"] = element.unit
        if element.type is ElementType.NUMBER:
            extra["x-decimal-places"] = element.places
        if element.standard:
            extra["x-standard"] = element.standard
        if element.codes:
            extra["x-codes"] = {code: {"zh": wording.zh, "en": wording.en} for code, wording in element.codes}
    return {"title": label.zh, "description": label.en, "json_schema_extra": extra}


def _as_written(element: Element | None, stored: models.Field) -> tuple[Any, dict[str, Any]]:  # type: ignore[type-arg]
    """Type and limits of a value that is sent in."""
    if element is None:
        return str, {"max_length": stored.max_length or 200}
    if element.type is ElementType.NUMBER:
        limits = {name: float(limit) for name, limit in (("ge", element.low), ("le", element.high)) if limit is not None}
        return Plain if element.places else int, limits
    codes = tuple(code for code, _ in element.codes)
    if element.type is ElementType.CODE:
        return Literal[codes], {}
    if element.type is ElementType.CODES:
        return list[Literal[codes]], {"max_length": len(codes)}  # type: ignore[valid-type]
    if element.type is ElementType.TEXT:
        return str, {"max_length": stored.max_length or 200}
    return _TYPES[element.type], {}


def _as_read(element: Element | None, stored: models.Field) -> Any:  # type: ignore[type-arg]
    """Type of a value that goes out: what is stored already is told even if it would be refused today."""
    if element is not None:
        if element.type is ElementType.NUMBER:
            return Plain if element.places else int
        return list[str] if element.type is ElementType.CODES else _TYPES.get(element.type, str)
    if isinstance(stored, models.DateField):
        return date
    if isinstance(stored, models.BooleanField):
        return bool
    return int if isinstance(stored, models.IntegerField) else str


def _name(register: Register, end: str) -> str:
    return "".join(part.capitalize() for part in register.code.split("_")) + end


def written_model(register: Register) -> type[Schema]:
    """What is sent in: every column of the form; what is left out is not filled in."""
    model = model_of(register)
    fields: dict[str, Any] = {}
    for column in register.columns:
        stored: models.Field = model._meta.get_field(column.field)  # type: ignore[type-arg,assignment]
        label = label_of(register, model, column.field)
        if column.kind == "resident":
            fields["resident"] = (Key, Field(title=label.zh, description="number of the resident, as people search gives it"))
        elif column.kind == "organisation":
            fields["organisation"] = (str, Field(max_length=24, **_told(None, label)))
        else:
            kind, limits = _as_written(column.element, stored)
            told = {**_told(column.element, label), **limits}
            fields[column.field] = (kind, Field(**told)) if column.required else (kind | None, Field(default=None, **told))
    return create_model(_name(register, "Written"), __base__=Schema, __doc__=f"{register.name.zh} · {register.name.en}", **fields)


def read_model(register: Register) -> type[Schema]:
    """What goes out: the columns, what the rules made of them, and by whom and when it was written. version: for If-Match."""
    model = model_of(register)
    fields: dict[str, Any] = {"id": (int, ...), "version": (str, Field(description="for If-Match; the list leaves it empty", default=""))}
    for column in register.columns:
        stored: models.Field = model._meta.get_field(column.field)  # type: ignore[type-arg,assignment]
        label = label_of(register, model, column.field)
        if column.kind == "resident":
            fields["resident"] = (int, Field(title="居民", description="number of the resident"))
        elif column.kind == "organisation":
            fields["organisation"] = (str, Field(**_told(None, label)))
        else:
            fields[column.field] = (_as_read(column.element, stored) | None, Field(default=None, **_told(column.element, label)))
    for name in register.outcome:
        if name not in fields:
            stored = model._meta.get_field(name)  # type: ignore[assignment]
            told = _told(element_of(stored), label_of(register, model, name))
            fields[name] = (_as_read(element_of(stored), stored) | None, Field(default=None, **told))
    fields |= {"recorded_by": (str, ""), "recorded_at": (datetime, ...), "late": (bool, False), "carried": (list[str], [])}
    return create_model(_name(register, "Read"), __base__=Schema, __doc__=f"{register.name.zh} · {register.name.en}", **fields)


def page_model(register: Register, read: type[Schema]) -> type[Schema]:
    """A page of a list. after, before: the cursors of the pages beside it, empty where there is none."""
    return create_model(
        _name(register, "Page"),
        __base__=Schema,
        rows=(list[read], ...),
        after=(str, ""),
        before=(str, ""),  # type: ignore[valid-type]
    )


def filter_model(register: Register, facets: list[Facet]) -> type[Schema]:
    """What a list is asked for."""
    fields: dict[str, Any] = {
        "organisation": (
            str | None,
            Field(default=None, max_length=24, title="机构（含下级）", description="an organisation, with all below it"),
        ),
        "after": (str | None, Field(default=None, max_length=500, title="下一页的位置", description="cursor: the page after it")),
        "before": (str | None, Field(default=None, max_length=500, title="上一页的位置", description="cursor: the page before it")),
        "limit": (int, Field(default=50, ge=1, le=200, title="每页条数", description="rows a page")),
    }
    if issubclass(model_of(register), Record):
        fields["resident"] = (Key | None, Field(default=None, title="居民（编号）", description="the records of one person"))
    for facet in facets:
        told = {"title": facet.label.zh, "description": facet.label.en}
        if facet.narrowing is Narrowing.CHOICE:
            kind: Any = list[Literal[tuple(code for code, _ in facet.choices)]]  # type: ignore[misc]
            codes = {code: {"zh": label.zh, "en": label.en} for code, label in facet.choices}
            fields[facet.field] = (kind, Field(default=[], json_schema_extra={"x-codes": codes}, **told))
        elif facet.narrowing is Narrowing.WORDS:
            fields[facet.field] = (str | None, Field(default=None, max_length=40, **told))
        else:
            of: Any = date if facet.narrowing is Narrowing.DAYS else Decimal
            for name in facet.names:
                fields[name] = (of | None, Field(default=None, **told))
    return create_model(_name(register, "Filters"), __base__=Schema, **fields)


# -- values ------------------------------------------------------------------------------------------------------------


def typed(column: RegisterColumn, value: Any) -> list[str]:
    """A value that was sent in, as a form would hold it: one reader for both."""
    if value is None:
        return []
    if isinstance(value, bool):
        return ["1" if value else "0"]
    if isinstance(value, Decimal):
        return [f"{value:f}"]
    if isinstance(value, list):
        return [str(one) for one in value]
    return [value.isoformat() if isinstance(value, date) else str(value)]


def told(register: Register, record: StoredRecord, version: str = "") -> dict[str, Any]:
    """A stored record as it goes out."""
    found: dict[str, Any] = {"id": record.pk, "version": version}
    for name in dict.fromkeys((*(column.field for column in register.columns), *register.outcome)):
        stored: models.Field = record._meta.get_field(name)  # type: ignore[type-arg,assignment]
        found[name] = _value(element_of(stored), getattr(record, stored.attname))
    return found | {
        "recorded_by": record.recorded_by,
        "recorded_at": record.recorded_at,
        "late": record.late,
        "carried": [name for name in record.carried.split(",") if name],
    }


def _value(element: Element | None, value: Any) -> Any:
    if element is None or value is None:
        return value
    if element.type is ElementType.NUMBER:
        return Decimal(value).scaleb(-element.places) if element.places else value
    if element.type is ElementType.CODES:
        return [code for code in str(value).split(",") if code]
    return value
