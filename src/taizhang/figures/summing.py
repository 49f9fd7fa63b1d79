"""Sums by organisation and category: what they are, and the one SELECT that DuckDB, PostgreSQL and Spark all run to make them."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import add, sub
from typing import Any

import pyarrow as arrow

from taizhang.kernel.engines.dialects import DUCKDB, Dialect
from taizhang.kernel.indicators import Indicator, Population
from taizhang.kernel.query import nodes

Vector = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The sums of one category: its organisations in the order of codes, and each column's numbers in the same order."""

    organisations: list[str]
    numbers: list["array[int]"]

    def vector(self, organisation: str) -> Vector | None:
        place = bisect_left(self.organisations, organisation)
        if place == len(self.organisations) or self.organisations[place] != organisation:
            return None
        return tuple(column[place] for column in self.numbers)

    def differing(self, since: Mapping[str, Vector]) -> "Part":
        """This with other vectors of some organisations; one without members goes."""
        organisations, numbers = self.organisations, [column[:] for column in self.numbers]
        for organisation, vector in since.items():
            place = bisect_left(organisations, organisation)
            is_there = place < len(organisations) and organisations[place] == organisation
            if is_there and vector[0]:
                for column, number in zip(numbers, vector, strict=True):
                    column[place] = number
            elif is_there or vector[0]:
                organisations = list(organisations) if organisations is self.organisations else organisations
                for column, number in zip((organisations, *numbers), (organisation, *vector), strict=True):
                    column.pop(place) if is_there else column.insert(place, number)
        return Part(organisations, numbers)


class Sums:
    """Sums by (organisation, category); category "" is the total. `columns` names the places of a vector: "members", then the
    membership's counted columns. They lie column by column; `rows` is made for whoever goes through all of them."""

    def __init__(self, columns: tuple[str, ...], parts: Mapping[str, Part]) -> None:
        self.columns = columns
        self.parts = dict(parts)
        self.since: dict[tuple[str, str], Vector] = {}  # of a later version's: the rows that are other than the whole membership's
        self.position = {name: place for place, name in enumerate(columns)}
        self.zero: Vector = (0,) * len(columns)
        self.size = (sum(len(part.organisations) for part in self.parts.values()) + 1) * (len(columns) + 1)

    @classmethod
    def of_rows(cls, columns: tuple[str, ...], rows: Mapping[tuple[str, str], Vector]) -> "Sums":
        made = cls(columns, _parts_of(rows, len(columns)))
        made.__dict__["rows"] = dict(rows)
        return made

    @classmethod
    def of_table(cls, columns: tuple[str, ...], table: arrow.Table) -> "Sums":
        """From a table of organisation, category and a whole number a column, in any order of rows."""
        named = table.rename_columns(["organisation", "category", *columns])
        named = named.sort_by([("category", "ascending"), ("organisation", "ascending")]).combine_chunks()
        organisations, categories = _texts(named.column(0)), _texts(named.column(1))
        numbers = [_numbers(column) for column in named.columns[2:]]
        parts, first = {}, 0
        for category, run in groupby(categories):
            end = first + sum(1 for _ in run)
            parts[category] = Part(organisations[first:end], [column[first:end] for column in numbers])
            first = end
        return cls(columns, parts)

    @cached_property
    def rows(self) -> dict[tuple[str, str], Vector]:
        return {
            (organisation, category): vector
            for category, part in self.parts.items()
            for organisation, vector in zip(part.organisations, zip(*part.numbers, strict=True), strict=True)
        }

    @cached_property
    def organisations(self) -> list[str]:
        return sorted({organisation for part in self.parts.values() for organisation in part.organisations})

    @cached_property
    def categories(self) -> list[str]:
        return sorted(category for category in self.parts if category)

    def vector(self, organisation: str, category: str = "") -> Vector | None:
        part = self.parts.get(category)
        return None if part is None else part.vector(organisation)

    def differing(self, since: Mapping[tuple[str, str], Vector]) -> "Sums":
        """These with other rows in some places; nobody is left where a row has no members. Columns are copied as they lie and the rest is
        shared: at a province's size a version changes some ten rows of eighty thousand."""
        by_category: dict[str, dict[str, Vector]] = {}
        for (organisation, category), vector in since.items():
            by_category.setdefault(category, {})[organisation] = vector
        parts = dict(self.parts)
        for category, vectors in by_category.items():
            made_of = parts.get(category) or Part([], [array("q") for _ in self.columns])
            parts[category] = made_of.differing(vectors)
            if not parts[category].organisations:
                del parts[category]
        made = Sums(self.columns, parts)
        made.since = dict(since)
        return made

    def over(self, organisations: list[str], category: str = "") -> Vector:
        """The sum over organisations as they stand in the membership."""
        total = self.zero
        for organisation in organisations:
            row = self.vector(organisation, category)
            if row is not None:
                total = tuple(map(add, total, row))
        return total


def _parts_of(rows: Mapping[tuple[str, str], Vector], columns: int) -> dict[str, Part]:
    by_category: dict[str, list[str]] = {}
    for organisation, category in sorted(rows):
        by_category.setdefault(category, []).append(organisation)
    parts = {}
    for category, organisations in by_category.items():
        vectors = [rows[organisation, category] for organisation in organisations]
        parts[category] = Part(organisations, [array("q", (vector[place] for vector in vectors)) for place in range(columns)])
    return parts


def _texts(column: arrow.ChunkedArray) -> list[str]:
    """Each text one object, however often it stands."""
    encoded = column.combine_chunks().dictionary_encode()
    known: list[str] = encoded.dictionary.to_pylist()
    return [known[place] for place in encoded.indices.to_pylist()]


def _numbers(column: arrow.ChunkedArray) -> "array[int]":
    found = array("q")
    for chunk in column.cast(arrow.int64()).chunks:
        found.frombytes(memoryview(chunk.buffers()[1])[chunk.offset * 8 : (chunk.offset + len(chunk)) * 8])
    return found


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
    return Sums.of_rows(columns_of(indicators), {(line[0], line[1]): tuple(line[2:]) for line in lines})


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
                since[key] = tuple(map(step, since.get(key) or whole.vector(*key) or whole.zero, vector))
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
