"""Sums by organisation and category: what they are, and the one SELECT that DuckDB, PostgreSQL and Spark all run to make them."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from operator import add, sub
from typing import Any

from taizhang.kernel.engines.dialects import DUCKDB, Dialect
from taizhang.kernel.indicators import Indicator, Population
from taizhang.kernel.query import nodes

Vector = tuple[int, ...]


class Sums:
    """Sums by (organisation, category); category "" is the total. `columns` names the places of a vector: "members", then the
    membership's counted columns."""

    def __init__(self, columns: tuple[str, ...], rows: Mapping[tuple[str, str], Vector]) -> None:
        self.columns = columns
        self.rows = dict(rows)
        self.since: dict[tuple[str, str], Vector] = {}  # of a later version's: the rows that are other than the whole membership's
        self.position = {name: place for place, name in enumerate(columns)}
        self.zero: Vector = (0,) * len(columns)
        self.organisations = sorted({organisation for organisation, _ in self.rows})
        self.categories = sorted({category for _, category in self.rows if category})
        self.size = (len(self.rows) + 1) * (len(columns) + 1)

    def differing(self, since: Mapping[tuple[str, str], Vector]) -> "Sums":
        """These with other rows in some places; nobody is left where a row has no members. What is equal is shared, not copied: at a
        province's size a version changes some ten rows of eighty thousand."""
        made = copy(self)
        made.since = dict(since)
        made.rows = {**self.rows, **since}
        gone = [key for key, vector in since.items() if not vector[0]]
        for key in gone:
            del made.rows[key]
        if gone or any(key not in self.rows for key in since):
            made.organisations = sorted({organisation for organisation, _ in made.rows})
            made.categories = sorted({category for _, category in made.rows if category})
        made.size = (len(since) + 1) * (len(self.columns) + 1) + len(made.rows) // 8
        return made

    def over(self, organisations: list[str], category: str = "") -> Vector:
        """The sum over organisations as they stand in the membership."""
        total = self.zero
        for organisation in organisations:
            row = self.rows.get((organisation, category))
            if row is not None:
                total = tuple(map(add, total, row))
        return total


def sums_sql(population: Population, indicators: Sequence[Indicator], relation: str, dialect: Dialect = DUCKDB) -> str:
    """A line for each organisation and, for each breakdown, each of its categories: organisation, category, members, then a sum for each
    counted column. `relation` is what holds the membership's columns: a table, a file, or a subquery in parentheses."""
    breakdowns = [dialect.named(b.name) for b in population.breakdowns]
    measures = ["count(*)"]
    for name, node in _counted(indicators):
        column = dialect.named(name)
        measures.append(f"count(*) FILTER (WHERE {column})" if node.type == "bool" else f"CAST(coalesce(sum({column}), 0) AS BIGINT)")
    labels = "".join(
        f" WHEN grouping({column}) = 0 THEN '{b.name}:' || coalesce({column}, '')"
        for b, column in zip(population.breakdowns, breakdowns, strict=True)
    )
    category = f"CASE{labels} ELSE '' END" if breakdowns else "''"
    sets = ", ".join(["(organisation)", *(f"(organisation, {column})" for column in breakdowns)])
    return f"SELECT organisation, {category}, {', '.join(measures)} FROM {relation} AS members GROUP BY GROUPING SETS ({sets})"


def sums_of(indicators: Sequence[Indicator], lines: Iterable[Sequence[Any]]) -> Sums:
    """From the lines that `sums_sql` gives."""
    return Sums(columns_of(indicators), {(line[0], line[1]): tuple(line[2:]) for line in lines})


def moved(
    population: Population,
    indicators: Sequence[Indicator],
    whole: Sums,
    now: Sums,
    away: Iterable[Mapping[str, Any]],
    come: Iterable[Mapping[str, Any]],
) -> dict[tuple[str, str], Vector]:
    """The rows that are other than the `whole` membership's once some members' lines are taken `away` from `now` and others have `come`."""
    since = dict(now.since)
    names = [name for name, _ in _counted(indicators)]
    for lines, step in ((away, sub), (come, add)):
        for line in lines:
            vector = (1, *(int(line[name] or 0) for name in names))
            for category in ("", *(f"{b.name}:{line[b.name] or ''}" for b in population.breakdowns)):
                key = (line["organisation"], category)
                since[key] = tuple(map(step, since.get(key) or whole.rows.get(key, whole.zero), vector))
    return since


def columns_of(indicators: Sequence[Indicator]) -> tuple[str, ...]:
    """The places of a vector over these indicators."""
    return ("members", *(name for name, _ in _counted(indicators)))


def _counted(indicators: Sequence[Indicator]) -> list[tuple[str, nodes.Value]]:
    """The counted columns of a membership in their order, each with what it counts."""
    return [
        (f"{indicator.code}.{suffix}", node)
        for indicator in indicators
        for suffix, node in (("n", indicator.numerator), ("d", indicator.denominator))
        if isinstance(node, nodes.Value)
    ]
