"""Named populations at a ledger version: the denominators that no record holds (resident population of the statistics bureau ...)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from taizhang.figures.model import Missing
from taizhang.figures.placing import Placing
from taizhang.kernel.indicators import Series
from taizhang.kernel.text import Text

if TYPE_CHECKING:
    import duckdb

NAMES = {
    "resident_population": Text("常住人口数", "Resident population"),
    "registered_population": Text("户籍人口数", "Registered population"),
}


@dataclass(frozen=True, slots=True)
class PopulationCount:
    series: str
    organisation: str
    as_of: date
    value: int


@dataclass(frozen=True, slots=True)
class Known:
    """A population: how many, or who has not given theirs."""

    value: int | None
    missing: tuple[Missing, ...] = ()


class Populations:
    """The counts of one ledger version, asked for a day over a tree."""

    def __init__(self, counts: Iterable[PopulationCount]) -> None:
        self._counts: dict[tuple[str, str], list[PopulationCount]] = {}
        self.all = sorted(counts, key=lambda c: c.as_of)
        for count in self.all:
            self._counts.setdefault((count.series, count.organisation), []).append(count)
        self.organisations = frozenset(organisation for _, organisation in self._counts)

    def latest(self, series: str, organisation: str, day: date) -> PopulationCount | None:
        """The organisation's own count: the latest as of a day not after `day`."""
        given = [c for c in self._counts.get((series, organisation), ()) if c.as_of <= day]
        return given[-1] if given else None

    def over(self, series: Series, node: str, day: date, placing: Placing) -> Known:
        """The population of a place in the tree: its own count; without one, the sum of its children's, where all of one kind that
        any of them has have one. What was merged into the place later than the count is added."""
        own = self.latest(series.name, node, day)
        if own is not None:
            merged = (self.latest(series.name, code, day) for code in placing.merged_into(node, self.organisations, after=own.as_of))
            return Known(own.value + sum(count.value for count in merged if count is not None))
        below = {child: self.over(series, child, day, placing) for child in placing.tree.children(node)}
        given = [known.value for known in below.values() if known.value is not None]
        kinds = {placing.tree.kind(child) for child, known in below.items() if known.value is not None}
        lacking = [m for child, known in below.items() if known.value is None and placing.tree.kind(child) in kinds for m in known.missing]
        if not given:
            return Known(None, (missing_count(series, node, placing),))
        return Known(None, tuple(lacking)) if lacking else Known(sum(given))


def missing_count(series: Series, node: str, placing: Placing) -> Missing:
    return Missing(node, placing.tree.name(node), NAMES.get(series.name, Text(series.name, series.name)))


def read_populations(connection: "duckdb.DuckDBPyConnection") -> Populations:
    lines = connection.execute("SELECT series, organisation, as_of, value FROM population_count ORDER BY ALL").fetchall()
    return Populations(PopulationCount(*line) for line in lines)
