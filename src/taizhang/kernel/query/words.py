"""The words definitions are written in. Each builds nodes of nodes.py; nothing is computed here.

    visits = records(FOLLOW_UP)
    face_to_face = visits.where(visits.visited_on.in_period & visits.way.is_in("1", "2"))
    last_visit = visits.where(visits.visited_on <= cutoff).last_by("visited_on")
    enough = face_to_face.count() >= parameter("hypertension.visits_per_year")

`records(...)` gives rows, whose columns are values of a row. `person(...)` gives the one row of a table with one row a resident,
whose columns are facts about the person; so do `.last_by(...)` and `.first_by(...)`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.query import nodes
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text

Operand: TypeAlias = "Expression | int | str | bool | date"


class Expression:
    """A value under construction. Use & | ~ for and, or, not; == != < <= > >= to compare; + - * // on whole numbers."""

    __slots__ = ("node",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, node: nodes.Value) -> None:
        self.node = node

    def __bool__(self) -> bool:
        raise nodes.QueryError("A condition of a definition has no truth of its own. Use & | ~ instead of and, or, not.")

    def _compare(self, operator: Literal["==", "!=", "<", "<=", ">", ">="], other: Operand) -> Expression:
        return Expression(nodes.Compare(operator, self.node, node_of(other)))

    def __eq__(self, other: Operand) -> Expression:  # type: ignore[override]
        return self._compare("==", other)

    def __ne__(self, other: Operand) -> Expression:  # type: ignore[override]
        return self._compare("!=", other)

    def __lt__(self, other: Operand) -> Expression:
        return self._compare("<", other)

    def __le__(self, other: Operand) -> Expression:
        return self._compare("<=", other)

    def __gt__(self, other: Operand) -> Expression:
        return self._compare(">", other)

    def __ge__(self, other: Operand) -> Expression:
        return self._compare(">=", other)

    def __and__(self, other: Expression) -> Expression:
        return all_of(self, other)

    def __or__(self, other: Expression) -> Expression:
        return any_of(self, other)

    def __invert__(self) -> Expression:
        return Expression(nodes.Not(self.node))

    def _arithmetic(self, operator: Literal["+", "-", "*", "//"], other: Operand) -> Expression:
        return Expression(nodes.Arithmetic(operator, self.node, node_of(other)))

    def __add__(self, other: Operand) -> Expression:
        return self._arithmetic("+", other)

    def __sub__(self, other: Operand) -> Expression:
        return self._arithmetic("-", other)

    def __mul__(self, other: Operand) -> Expression:
        return self._arithmetic("*", other)

    def __floordiv__(self, other: Operand) -> Expression:
        return self._arithmetic("//", other)

    def is_in(self, *values: int | str) -> Expression:
        return Expression(nodes.OneOf(self.node, tuple(values)))

    @property
    def is_missing(self) -> Expression:
        return Expression(nodes.IsMissing(self.node))

    @property
    def is_present(self) -> Expression:
        return ~self.is_missing

    @property
    def in_period(self) -> Expression:
        """A day from the period's start to its cut-off, both inclusive."""
        return (self >= period_start) & (self <= cutoff)

    @property
    def in_year(self) -> Expression:
        """A day from 1 January of the cut-off's year to the cut-off, both inclusive."""
        return (self >= year_start) & (self <= cutoff)

    def plus(self, count: Operand, unit: Literal["day", "month", "year"]) -> Expression:
        """This day moved on by `count` days, months or years."""
        return Expression(nodes.Shift(self.node, node_of(count), unit))

    def minus(self, count: Operand, unit: Literal["day", "month", "year"]) -> Expression:
        return Expression(nodes.Shift(self.node, nodes.Arithmetic("-", nodes.Literal_(0), node_of(count)), unit))

    def age_on(self, day: Expression) -> Expression:
        """Full years from this day (a birth date) to `day`."""
        return years_between(self, day)

    def named(self, zh: str, en: str, *, unmet: Text | None = None, source: Source | None = None) -> Expression:
        """This value under the name people use for it; the formula prints the name, the explanation says what is unmet."""
        return Expression(nodes.Named(self.node, Text(zh, en), unmet, source))


class RowSet:
    """Rows of a record table. A column is an attribute (`rows.visited_on`)."""

    __slots__ = ("node",)

    def __init__(self, node: nodes.Rows) -> None:
        self.node = node

    def __getattr__(self, column: str) -> Expression:
        if column.startswith("__"):
            raise AttributeError(column)
        return Expression(nodes.RowColumn(self.node.contract, column))

    def where(self, condition: Expression) -> RowSet:
        return RowSet(nodes.Where(self.node, condition.node))

    def count(self) -> Expression:
        return Expression(nodes.Count(self.node))

    def exist(self) -> Expression:
        """Whether a resident has any such row."""
        return self.count() >= 1

    def total(self, value: Expression) -> Expression:
        """The sum of a whole number over a resident's rows."""
        return Expression(nodes.Sum(self.node, value.node))

    def last_by(self, *columns: str) -> PersonRow:
        """The latest row by these columns; ties are parted by the key, the newest first."""
        return PersonRow(nodes.Pick(self.node, tuple(nodes.OrderBy(c, descending=True) for c in columns)))

    def first_by(self, *columns: str) -> PersonRow:
        """The earliest row by these columns."""
        return PersonRow(nodes.Pick(self.node, tuple(nodes.OrderBy(c) for c in columns)))


class PersonRow:
    """The one row a resident has. A column is an attribute and a fact about the person."""

    __slots__ = ("node",)

    def __init__(self, node: nodes.Pick | nodes.Records) -> None:
        self.node = node

    def __getattr__(self, column: str) -> Expression:
        if column.startswith("__"):
            raise AttributeError(column)
        return Expression(nodes.PersonColumn(self.node, column))

    @property
    def exists(self) -> Expression:
        """Whether the resident has such a row at all."""
        return Expression(nodes.Not(nodes.IsMissing(nodes.PersonColumn(self.node, "id"))))


def records(contract: RecordContract) -> RowSet:
    """All rows of a record table."""
    return RowSet(nodes.Records(contract))


def person(contract: RecordContract) -> PersonRow:
    """The one row of a table that has one row a resident."""
    return PersonRow(nodes.Records(contract))


def parameter(name: str) -> Expression:
    """The dated parameter of this name, at its value in force on the cut-off."""
    return Expression(nodes.ParameterValue(name))


def all_of(*conditions: Expression) -> Expression:
    """All conditions hold. Nested 'and's are one flat list, so that an explanation names each condition once."""
    parts: list[nodes.Value] = []
    for condition in conditions:
        parts.extend(condition.node.parts if isinstance(condition.node, nodes.And) else (condition.node,))
    return Expression(nodes.And(tuple(parts)))


def any_of(*conditions: Expression) -> Expression:
    """At least one condition holds."""
    parts: list[nodes.Value] = []
    for condition in conditions:
        parts.extend(condition.node.parts if isinstance(condition.node, nodes.Or) else (condition.node,))
    return Expression(nodes.Or(tuple(parts)))


def choose(*cases: tuple[Expression, Operand], otherwise: Operand) -> Expression:
    """The value beside the first condition that holds."""
    return Expression(nodes.Choose(tuple((c.node, node_of(v)) for c, v in cases), node_of(otherwise)))


def smaller_of(left: Operand, right: Operand) -> Expression:
    return Expression(nodes.Arithmetic("min", node_of(left), node_of(right)))


def larger_of(left: Operand, right: Operand) -> Expression:
    return Expression(nodes.Arithmetic("max", node_of(left), node_of(right)))


def days_between(first: Operand, last: Operand) -> Expression:
    return Expression(nodes.Elapsed("day", node_of(first), node_of(last)))


def months_between(first: Operand, last: Operand) -> Expression:
    """Complete months."""
    return Expression(nodes.Elapsed("month", node_of(first), node_of(last)))


def years_between(first: Operand, last: Operand) -> Expression:
    """Full years."""
    return Expression(nodes.Elapsed("year", node_of(first), node_of(last)))


def literal(value: int | str | bool | date) -> Expression:
    return Expression(nodes.Literal_(value))


def node_of(operand: Operand) -> nodes.Value:
    return operand.node if isinstance(operand, Expression) else nodes.Literal_(operand)


period_start = Expression(nodes.PeriodDay("start"))
period_end = Expression(nodes.PeriodDay("end"))
cutoff = Expression(nodes.PeriodDay("cutoff"))
year_start = Expression(nodes.PeriodDay("year_start"))
year_end = Expression(nodes.PeriodDay("year_end"))
always = literal(True)
