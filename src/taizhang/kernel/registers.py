"""Registers: a list of records as data, from which pages are built and files are read and written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from taizhang.kernel.duties import Person
from taizhang.kernel.elements import Element
from taizhang.kernel.text import Text


class Asking(StrEnum):
    """How a visit's form asks for a column."""

    MEASURED = "measured"  # at each visit, and never prefilled
    CARRIED = "carried"  # at each visit; the last answer is offered and kept as carried 沿用
    ON_DEMAND = "on_demand"  # folded away until it is wanted
    NEVER = "never"  # the page fills it: who, where, by whom


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A column of a register. `field` is the model's field. element: what is asked, where it is an element. For columns that
    are no element, `kind` says how a file's text becomes a value: resident, organisation, date, text, staff. asking: how a visit's form
    asks for it; section: the heading it stands under there and on paper (体征, 生活方式指导)."""

    field: str
    label: Text
    element: Element | None = None
    kind: str = "element"
    required: bool = False
    in_list: bool = False
    asking: Asking = Asking.ON_DEMAND
    section: Text | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart of one person. curves: what the person is seen against, by name (−2SD, M, +2SD ...), from the lowest to the
    highest, each (x, value) from left to right; points: the person's own, with the day of each."""

    curves: Mapping[str, Sequence[tuple[Decimal, Decimal]]]
    points: Sequence[tuple[date, Decimal, Decimal]]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that a person's page draws: growth against the standard. axis, unit: what x and the values are in. note: what the curves are,
    as a reader is told. draw(person, rows) gives
    None where there is nothing to draw; rows: the person's records, in time order, of every register that declares this chart, by field."""

    name: Text
    axis: Text
    unit: str
    note: Text
    draw: Callable[[Person, Sequence[Mapping[str, Any]]], Drawn | None]


@dataclass(frozen=True, slots=True)
class Register:
    """A register of one stored record. code: the KIND of `taizhang import`. natural_key: the fields by which a row of a file is
    recognised as a record already there; equal values then change nothing, other values are refused unless the import corrects.
    outcome: the derived fields that a form shows while it is typed (the class, the next due date and why). filters: columns a list is
    narrowed by, beside the organisation. day_sheet: many people have it on one day (体检日), so that it is also entered as a sheet, a row a
    person. judged: the derived fields that a list shows after its columns. on_request: a long form that a visit names in one line, and
    that opens when it is asked for (33 questions on the constitution). charts: what a person's page draws of it, beside the courses of its
    numbers. sensitive_for: the line of work whose staff alone may open it, though its own line is open; the registry takes it from the
    table's contract."""

    code: str
    name: Text
    model: str
    columns: tuple[RegisterColumn, ...]
    natural_key: tuple[str, ...]
    table: str = ""  # the ledger table, where it has one
    order: tuple[str, ...] = ("-id",)
    outcome: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    day_sheet: bool = False
    judged: tuple[str, ...] = ()
    on_request: bool = False
    charts: tuple[Chart, ...] = ()
    sensitive_for: str = ""
    programme: str = ""

    def column(self, field: str) -> RegisterColumn:
        for column in self.columns:
            if column.field == field:
                return column
        raise KeyError(f"Register {self.code} has no column {field!r}.")
