"""The plain reference evaluation: slow, obvious, and the judge of every other engine.

It reads tables as lists of dicts and walks the tree anew for every resident. It shares no code with the compiler, except that the
compiler asks it for values that are fixed for the whole run (days of the period, parameters).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from taizhang.kernel.indicators import Indicator, Population
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period, add_months, age_in_years, months_between
from taizhang.kernel.query import nodes

Scalar = int | str | bool | date | None
Row = Mapping[str, Any]


class ReferenceEngine:
    """Evaluates over `tables`: the name of a ledger table -> its rows, each a dict with id, resident and the columns."""

    def __init__(self, tables: Mapping[str, Sequence[Row]] | None = None, parameters: Mapping[str, Parameter] | None = None) -> None:
        self.tables = tables or {}
        self.parameters = parameters or {}
        self._by_resident: dict[str, dict[int, list[Row]]] = {}

    # -- values --------------------------------------------------------------------------------------------------------

    def value(self, node: nodes.Value, period: Period, *, resident: int | None = None, row: Row | None = None) -> Scalar:
        """The value for one resident, or for one row (a form not yet saved is a row as well). None is a missing value."""
        match node:
            case nodes.RowColumn(_, name):
                if row is None:
                    raise nodes.QueryError(f"{node.of.table}.{name} is asked for without a row. Pass the row.")
                return row.get(name)
            case nodes.PersonColumn(of, name):
                chosen = self.person_row(of, period, resident)
                return None if chosen is None else chosen.get(name)
            case nodes.Count(rows):
                return len(self.rows(rows, period, resident))
            case nodes.Sum(rows, summand):
                values = [self.value(summand, period, resident=resident, row=each) for each in self.rows(rows, period, resident)]
                return sum(v for v in values if isinstance(v, int))
            case nodes.Literal_(literal):
                return literal
            case nodes.ParameterValue(name):
                return parameter_value(self.parameters, name, period)
            case nodes.PeriodDay(which):
                return getattr(period, which)  # type: ignore[no-any-return]
            case nodes.And(parts):
                return kleene_and([self.value(part, period, resident=resident, row=row) for part in parts])
            case nodes.Or(parts):
                return kleene_or([self.value(part, period, resident=resident, row=row) for part in parts])
            case nodes.Not(part):
                return self.value(part, period, resident=resident, row=row) is not True
            case nodes.IsMissing(part):
                return self.value(part, period, resident=resident, row=row) is None
            case nodes.OneOf(part, values):
                found = self.value(part, period, resident=resident, row=row)
                return None if found is None else found in values
            case nodes.Choose(cases, otherwise):
                for condition, chosen_value in cases:
                    if self.value(condition, period, resident=resident, row=row) is True:
                        return self.value(chosen_value, period, resident=resident, row=row)
                return self.value(otherwise, period, resident=resident, row=row)
            case nodes.Named(part):
                return self.value(part, period, resident=resident, row=row)
            case nodes.Compare(operator, left, right) | nodes.Arithmetic(operator, left, right):
                pair = (self.value(left, period, resident=resident, row=row), self.value(right, period, resident=resident, row=row))
                return OPERATORS[operator](*pair) if None not in pair else None
            case nodes.Shift(day, count, unit):
                pair = (self.value(day, period, resident=resident, row=row), self.value(count, period, resident=resident, row=row))
                return shift(*pair, unit) if None not in pair else None  # type: ignore[arg-type]
            case nodes.Elapsed(unit, first, last):
                pair = (self.value(first, period, resident=resident, row=row), self.value(last, period, resident=resident, row=row))
                return elapsed(unit, *pair) if None not in pair else None  # type: ignore[arg-type]
        raise nodes.QueryError(f"The reference engine does not know {type(node).__name__}.")

    # -- rows ----------------------------------------------------------------------------------------------------------

    def rows(self, node: nodes.Rows, period: Period, resident: int | None) -> list[Row]:
        """The resident's rows, or with resident None all rows of the table."""
        if isinstance(node, nodes.Where):
            return [r for r in self.rows(node.rows, period, resident) if self.value(node.condition, period, row=r) is True]
        if resident is None:
            return list(self.tables.get(node.contract.table, ()))
        return self._index(node.contract.table).get(resident, [])

    def person_row(self, of: nodes.Pick | nodes.Records, period: Period, resident: int | None) -> Row | None:
        """The one row a resident has: of a table with one row each, or the first in the pick's order."""
        if resident is None:
            raise nodes.QueryError(f"{of.contract.table} is a fact about a resident, and no resident was given.")
        if isinstance(of, nodes.Records):
            found = self.rows(of, period, resident)
            return found[0] if found else None
        return first_in_order(self.rows(of.rows, period, resident), of.order)

    def _index(self, table: str) -> dict[int, list[Row]]:
        if table not in self._by_resident:
            index: dict[int, list[Row]] = {}
            for row in self.tables.get(table, ()):
                index.setdefault(row["resident"], []).append(row)
            self._by_resident[table] = index
        return self._by_resident[table]

    # -- membership ----------------------------------------------------------------------------------------------------

    def members(self, population: Population, indicators: Sequence[Indicator], period: Period) -> list[dict[str, Any]]:
        """One line a member, as the membership file has it, sorted by member."""
        found = []
        if population.rows is not None:
            for row in self.rows(population.rows, period, None):
                found.append(self._member(population, indicators, period, row["id"], row.get("resident"), row))
        else:
            assert population.condition is not None
            for row in self.tables.get("resident", ()):
                if self.value(population.condition, period, resident=row["resident"]) is True:
                    found.append(self._member(population, indicators, period, row["resident"], row["resident"], None))
        return sorted((m for m in found if m["organisation"] is not None), key=lambda m: m["member"])

    def _member(
        self, population: Population, indicators: Sequence[Indicator], period: Period, member: int, resident: int | None, row: Row | None
    ) -> dict[str, Any]:
        line: dict[str, Any] = {
            "member": member,
            "resident": resident,
            "organisation": self.value(population.organisation, period, resident=resident, row=row),
        }
        for breakdown in population.breakdowns:
            line[breakdown.name] = self.value(breakdown.value, period, resident=resident, row=row)
        for indicator in indicators:
            for suffix, node in (("n", indicator.numerator), ("d", indicator.denominator)):
                if isinstance(node, nodes.Value):
                    value = self.value(node, period, resident=resident, row=row)
                    line[f"{indicator.code}.{suffix}"] = value is True if node.type == "bool" else value or 0
        return line


# -- what the words mean ---------------------------------------------------------------------------------------------------


def parameter_value(parameters: Mapping[str, Parameter], name: str, period: Period) -> int | None:
    """The parameter at the cut-off; None where no rule is in force. A name that no file declares raises QueryError."""
    if name not in parameters:
        raise nodes.QueryError(f"There is no parameter {name!r}. Declare it in a parameters/*.yaml file or correct the name.")
    return parameters[name].at(period.cutoff)


def kleene_and(values: Sequence[Scalar]) -> bool | None:
    """Not met if any part is not met; else missing if any part is missing."""
    if any(v is False for v in values):
        return False
    return None if any(v is None for v in values) else True


def kleene_or(values: Sequence[Scalar]) -> bool | None:
    if any(v is True for v in values):
        return True
    return None if any(v is None for v in values) else False


def first_in_order(rows: Sequence[Row], order: Sequence[nodes.OrderBy]) -> Row | None:
    """The first row; missing values last in either direction, equal rows parted by the key, largest first."""
    ordered = sorted(rows, key=lambda r: r["id"], reverse=True)
    for step in reversed(order):  # stable sorts, from the last step to the first; reverse=True keeps equal rows in their order too
        column = step.column
        present = sorted((r for r in ordered if r.get(column) is not None), key=itemgetter(column), reverse=step.descending)
        ordered = present + [r for r in ordered if r.get(column) is None]
    return ordered[0] if ordered else None


def shift(day: date, count: int, unit: str) -> date:
    return day + timedelta(days=count) if unit == "day" else add_months(day, count * (12 if unit == "year" else 1))


def elapsed(unit: str, first: date, last: date) -> int:
    if unit == "day":
        return (last - first).days
    return months_between(first, last) if unit == "month" else age_in_years(first, last)


OPERATORS: dict[str, Any] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "//": lambda a, b: a // b if b else None,
    "min": min,
    "max": max,
}
