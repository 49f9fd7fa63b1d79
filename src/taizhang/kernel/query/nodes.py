"""The nodes of the query model. They carry meaning only; engines spell it, words.py makes them pleasant to write.

Two things are part of every node's type and are checked when it is built, so that a wrong query cannot exist:

- what it yields: int, date, bool or code;
- whether it has one value a resident, or one a row of a record table ("many"). Many must be counted, summed or picked
  before it meets a person.

A missing value follows one rule on every engine: a comparison or sum with something missing is missing; and a condition that is
missing counts as not met. `IsMissing` is the only way to ask.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal, TypeVar

from taizhang.kernel.contracts import ColumnType, RecordContract
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text

NodeT = TypeVar("NodeT", bound="Node")


class QueryError(TypeError):
    """A query that means nothing: types that do not meet, or many rows where one value is needed."""


class Node:
    """Base of all nodes. Equality and hash are by meaning (class and fields)."""

    # Found once: a node never changes, and trees are walked often. No field of the node, so no part of its meaning.
    __slots__ = ("_children",)
    _children: tuple["Node", ...]

    def children(self) -> tuple["Node", ...]:
        """The nodes this one is built from, in order."""
        try:
            return self._children
        except AttributeError:
            found: list[Node] = []
            for name in field_names(type(self)):
                _collect(getattr(self, name), found)
            object.__setattr__(self, "_children", tuple(found))
            return self._children


_fields_by_kind: dict[type, tuple[str, ...]] = {}  # `fields` is slow, and trees are walked often


def field_names(kind: type) -> tuple[str, ...]:
    """The fields of a kind of node, in order."""
    if kind not in _fields_by_kind:
        _fields_by_kind[kind] = tuple(field.name for field in fields(kind))
    return _fields_by_kind[kind]


def _collect(value: Any, found: list[Node]) -> None:
    if isinstance(value, Node):
        found.append(value)
    elif isinstance(value, tuple):
        for part in value:
            _collect(part, found)


# -- rows: many per resident ---------------------------------------------------------------------------------------------


class Rows(Node):
    """Several rows of one record table for each resident."""

    __slots__ = ()

    @property
    def contract(self) -> RecordContract:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Records(Rows):
    """All records of a table."""

    of: RecordContract

    @property
    def contract(self) -> RecordContract:
        return self.of


@dataclass(frozen=True, slots=True)
class Where(Rows):
    """The rows of `rows` for which `condition` (over columns of the same row, the period and parameters) is met."""

    rows: Rows
    condition: "Value"

    def __post_init__(self) -> None:
        _require(self.condition, "bool", "a condition on rows")
        strange = [n for n in walk(self.condition) if isinstance(n, RowColumn) and n.of.table != self.rows.contract.table]
        if strange:
            other = strange[0].of.table
            raise QueryError(f"A condition on {self.rows.contract.table} uses a column of {other}. Count or pick that table first.")
        if any(isinstance(n, (PersonColumn, Count, Sum)) for n in walk(self.condition)):
            table = self.rows.contract.table
            raise QueryError(f"A condition on the rows of {table} cannot look at the person. Put that part outside the count.")

    @property
    def contract(self) -> RecordContract:
        return self.rows.contract


@dataclass(frozen=True, slots=True)
class OrderBy:
    """One step of an order: a column of the rows, smallest first unless `descending`. Missing values come last either way."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Pick(Node):
    """One row a resident: the first of `rows` in `order`. Equal rows are parted by the key, largest first, so two runs never differ."""

    rows: Rows
    order: tuple[OrderBy, ...]

    def __post_init__(self) -> None:
        _require_residents(self.rows.contract, "Picking a row of")
        if not self.order:
            raise QueryError(f"Picking a row of {self.rows.contract.table} needs an order. Say by which column.")
        for step in self.order:
            self.rows.contract.column(step.column)

    @property
    def contract(self) -> RecordContract:
        return self.rows.contract


# -- values ------------------------------------------------------------------------------------------------------------


class Value(Node):
    """Something with a type: one a resident, or one a row."""

    __slots__ = ("_table",)
    _table: str | None

    @property
    def type(self) -> ColumnType:
        raise NotImplementedError

    @property
    def table(self) -> str | None:
        """The record table whose rows this value belongs to, or None where it has one value a resident."""
        try:
            return self._table
        except AttributeError:
            tables = {t for t in (row_table(child) for child in self.children()) if t}
            if len(tables) > 1:
                names = " and ".join(sorted(tables))
                raise QueryError(f"One value cannot be taken from the rows of {names} at once. Count or pick one of them.") from None
            object.__setattr__(self, "_table", tables.pop() if tables else None)
            return self._table


def row_table(node: Node) -> str | None:
    """The table a node's value is a row of; counting, summing and picking end the reach of a row."""
    return node.table if isinstance(node, Value) else None


@dataclass(frozen=True, slots=True)
class RowColumn(Value):
    """A column of the row at hand."""

    of: RecordContract
    name: str

    def __post_init__(self) -> None:
        self.of.column(self.name)

    @property
    def type(self) -> ColumnType:
        return self.of.column(self.name).type

    @property
    def table(self) -> str | None:
        return self.of.table


@dataclass(frozen=True, slots=True)
class PersonColumn(Value):
    """A column of the one row a resident has: of a picked row, or of a table with one row a resident."""

    of: Pick | Records
    name: str

    def __post_init__(self) -> None:
        if isinstance(self.of, Records) and not self.of.contract.one_row_per_resident:
            raise QueryError(f"{self.of.contract.table} has many rows a resident. Pick one (last, first) before using {self.name!r}.")
        self.of.contract.column(self.name)

    @property
    def type(self) -> ColumnType:
        return self.of.contract.column(self.name).type

    @property
    def table(self) -> str | None:
        return None


@dataclass(frozen=True, slots=True)
class Count(Value):
    """How many rows a resident has; none is 0."""

    rows: Rows

    def __post_init__(self) -> None:
        _require_residents(self.rows.contract, "Counting")

    @property
    def type(self) -> ColumnType:
        return "int"

    @property
    def table(self) -> str | None:
        return None


@dataclass(frozen=True, slots=True)
class Sum(Value):
    """The sum of a whole number over a resident's rows; no rows, or all missing, is 0."""

    rows: Rows
    value: Value

    def __post_init__(self) -> None:
        _require_residents(self.rows.contract, "Summing over")
        _require(self.value, "int", "a sum")
        if any(isinstance(n, (PersonColumn, Count, Sum)) for n in walk(self.value)):
            raise QueryError(f"A sum over the rows of {self.rows.contract.table} cannot look at the person. Put that part outside the sum.")
        if self.value.table not in (None, self.rows.contract.table):
            raise QueryError(f"A sum over {self.rows.contract.table} uses a column of {self.value.table}.")

    @property
    def type(self) -> ColumnType:
        return "int"

    @property
    def table(self) -> str | None:
        return None


@dataclass(frozen=True, slots=True)
class Literal_(Value):  # noqa: N801 - typing has the name without the underscore
    """A fixed value written in the definition. Numbers stated by a document are parameters instead."""

    value: int | str | bool | date

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Literal_) and (self.type, self.value) == (other.type, other.value)  # to Python True == 1

    def __hash__(self) -> int:
        return hash((self.type, self.value))

    @property
    def type(self) -> ColumnType:
        return type_of(self.value)


@dataclass(frozen=True, slots=True)
class ParameterValue(Value):
    """A dated parameter, at its value in force on the cut-off."""

    name: str

    @property
    def type(self) -> ColumnType:
        return "int"


PeriodDayName = Literal["start", "end", "cutoff", "year_start", "year_end"]


@dataclass(frozen=True, slots=True)
class PeriodDay(Value):
    """A day of the period a run is for: its start, end or cut-off, or the first or last day of the cut-off's year."""

    which: PeriodDayName

    @property
    def type(self) -> ColumnType:
        return "date"


@dataclass(frozen=True, slots=True)
class Compare(Value):
    """left OP right, both of one type. Order is defined for numbers and dates; codes are only equal or not."""

    operator: Literal["==", "!=", "<", "<=", ">", ">="]
    left: Value
    right: Value

    def __post_init__(self) -> None:
        if self.left.type != self.right.type:
            raise QueryError(f"{self.left.type} cannot be compared with {self.right.type} ({self.operator}).")
        if self.operator not in ("==", "!=") and self.left.type not in ("int", "date"):
            raise QueryError(f"A {self.left.type} has no order; only == and != are possible.")
        self.table  # noqa: B018 - refuses two tables at once

    @property
    def type(self) -> ColumnType:
        return "bool"


@dataclass(frozen=True, slots=True)
class And(Value):
    parts: tuple[Value, ...]

    def __post_init__(self) -> None:
        for part in self.parts:
            _require(part, "bool", "'and'")
        self.table  # noqa: B018

    @property
    def type(self) -> ColumnType:
        return "bool"


@dataclass(frozen=True, slots=True)
class Or(Value):
    parts: tuple[Value, ...]

    def __post_init__(self) -> None:
        for part in self.parts:
            _require(part, "bool", "'or'")
        self.table  # noqa: B018

    @property
    def type(self) -> ColumnType:
        return "bool"


@dataclass(frozen=True, slots=True)
class Not(Value):
    """True where the condition is not met, a missing one included."""

    part: Value

    def __post_init__(self) -> None:
        _require(self.part, "bool", "'not'")

    @property
    def type(self) -> ColumnType:
        return "bool"


@dataclass(frozen=True, slots=True)
class IsMissing(Value):
    """True where there is no value: nothing was written, or no row was there to pick."""

    value: Value

    @property
    def type(self) -> ColumnType:
        return "bool"


@dataclass(frozen=True, slots=True)
class OneOf(Value):
    """True where the value is one of `values`."""

    value: Value
    values: tuple[int | str, ...]

    def __post_init__(self) -> None:
        if not self.values or any(type_of(v) != self.value.type for v in self.values):
            raise QueryError(f"'one of' needs values of type {self.value.type}; got {self.values!r}.")

    @property
    def type(self) -> ColumnType:
        return "bool"


@dataclass(frozen=True, slots=True)
class Arithmetic(Value):
    """Whole-number arithmetic. // rounds towards minus infinity and is missing for a divisor of 0; min and max are missing when
    either side is."""

    operator: Literal["+", "-", "*", "//", "min", "max"]
    left: Value
    right: Value

    def __post_init__(self) -> None:
        dates = self.operator in ("min", "max") and self.left.type == self.right.type == "date"
        if not dates:
            _require(self.left, "int", f"'{self.operator}'")
            _require(self.right, "int", f"'{self.operator}'")
        self.table  # noqa: B018

    @property
    def type(self) -> ColumnType:
        return self.left.type


@dataclass(frozen=True, slots=True)
class Shift(Value):
    """A day moved by a number of days, months or years; a day the target month lacks becomes its last day."""

    day: Value
    count: Value
    unit: Literal["day", "month", "year"]

    def __post_init__(self) -> None:
        _require(self.day, "date", "a shift")
        _require(self.count, "int", "a shift's count")
        if self.unit != "day" and not _is_fixed(self.count):
            raise QueryError(
                "A shift by months or years takes a number fixed for the run (a literal or a parameter); shift by days instead."
            )

    @property
    def type(self) -> ColumnType:
        return "date"


@dataclass(frozen=True, slots=True)
class Elapsed(Value):
    """Whole days, complete months or complete years from `first` to `last`; a year turns on the birthday (29 February: 1 March)."""

    unit: Literal["day", "month", "year"]
    first: Value
    last: Value

    def __post_init__(self) -> None:
        _require(self.first, "date", "a span of time")
        _require(self.last, "date", "a span of time")

    @property
    def type(self) -> ColumnType:
        return "int"


@dataclass(frozen=True, slots=True)
class Choose(Value):
    """The value beside the first condition that is met, else `otherwise`. A classification is one of these."""

    cases: tuple[tuple[Value, Value], ...]
    otherwise: Value

    def __post_init__(self) -> None:
        for condition, value in self.cases:
            _require(condition, "bool", "a case")
            _require(value, self.otherwise.type, "a case's value")

    @property
    def type(self) -> ColumnType:
        return self.otherwise.type


@dataclass(frozen=True, slots=True)
class Named(Value):
    """A value under the name people use for it, with what would still mend it and the clause that asks for it.

    Naming does not change the meaning: engines and the fingerprint look through it. `unmet` tells in a villager's words what
    is missing when the condition does not hold; {have}, {need}, {lack} are filled where the value compares two numbers.
    """

    value: Value
    label: Text
    unmet: Text | None = None
    source: Source | None = None

    @property
    def type(self) -> ColumnType:
        return self.value.type


# -- helpers ----------------------------------------------------------------------------------------------------------


def type_of(value: int | str | bool | date) -> ColumnType:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int"
    return "date" if isinstance(value, date) else "code"


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, each before its children."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children()))


def _require_residents(contract: RecordContract, what: str) -> None:
    if not contract.about_residents:
        raise QueryError(f"{what} {contract.table} gives nothing about a resident: its rows belong to no one.")


def _is_fixed(value: Value) -> bool:
    return all(isinstance(n, (Literal_, ParameterValue, Arithmetic, Named)) for n in walk(value))


def _require(value: Value, wanted: ColumnType, where: str) -> None:
    if not isinstance(value, Value):
        raise QueryError(f"{where} needs a value of type {wanted}; got {type(value).__name__}.")
    if value.type != wanted:
        raise QueryError(f"{where} needs a value of type {wanted}; got {value.type}.")
