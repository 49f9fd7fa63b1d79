"""What returns say of an indicator, at one ledger version: the cells of its return_cell view, asked through returns.evaluate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from taizhang.county.organisations import OrganisationTree
from taizhang.figures.model import Missing
from taizhang.figures.placing import Placing, Reporting
from taizhang.kernel.forms import Form, Kind, Scope
from taizhang.kernel.indicators import Cell, Indicator, Reported, Status
from taizhang.kernel.periods import Period, add_months
from taizhang.kernel.text import Text
from taizhang.returns.evaluate import CellIndex, Finding, ReportedValue, categories_of, reported_parts

if TYPE_CHECKING:
    import duckdb

_COLUMNS = (
    "id", "report", "form", "organisation", "period_start", "period_end", "as_of", "state", "element", "category", "value", "precision",
    "qualifier",
)


_MOST_ABOVE = 2_000


@dataclass(frozen=True, slots=True)
class Answer:
    """A number of the returns for a place in the tree; None where nobody has reported it. qualifier: the word reported with it (余)."""

    value: int | None
    places: int
    status: Status
    by: tuple[str, ...]
    cells: tuple[int, ...]
    missing: tuple[Missing, ...]
    findings: tuple[Finding, ...]
    qualifier: str


@dataclass(frozen=True, slots=True)
class Answers:
    """Numerator and denominator, or a rate without counts."""

    numerator: Answer | None
    denominator: Answer | None
    rate: Answer | None


class ReportedCells:
    """The cells of one ledger version."""

    def __init__(self, rows: list[dict[str, Any]], forms: Mapping[str, Form]) -> None:
        self.forms = forms
        self.rows = {row["id"]: row for row in rows}
        self.organisations = frozenset(row["organisation"] for row in rows)
        self._index = CellIndex(rows)
        self._spans: dict[tuple[str, str], dict[str, tuple[date, date]]] = {}
        # By tree, which is kept beside so that no other takes its identity, and form and element.
        self._above: dict[tuple[int, tuple[tuple[str, str], ...]], tuple[OrganisationTree, frozenset[str]]] = {}
        for row in rows:
            known = self._spans.setdefault((row["form"], row["element"]), {})
            first, last = known.get(row["organisation"], (row["period_start"], row["period_end"]))
            known[row["organisation"]] = (min(first, row["period_start"]), max(last, row["period_end"]))

    def categories(self, indicator: Indicator) -> list[tuple[str, Text]]:
        """The rows of its form that anyone reported, without the total."""
        return [] if indicator.reported is None else categories_of(self._index, indicator.reported, self.forms)

    def places(self, indicator: Indicator, period: Period, placing: Placing) -> frozenset[str]:
        """Places at or below which anyone has a return for it about the period's year or the one before. Elsewhere nobody reported, and
        nobody is expected to: most places of most forms, so that asking there is saved."""
        reported = indicator.reported
        assert reported is not None
        found: set[str] = set()
        since = add_months(period.year_start, -13)
        for cell in (reported.numerator, reported.rate):
            if cell is not None:
                for organisation, (first, last) in self._spans.get((cell.form, cell.element), {}).items():
                    if first <= period.year_end and last >= since:
                        found.update(placing.tree.path(placing.node_of(organisation)))
        return frozenset(found)

    def answers(self, indicator: Indicator, node: str, period: Period, placing: Placing, category: str = "") -> Answers:
        reported = indicator.reported
        assert reported is not None
        closed = [c for c in self.organisations if c not in placing.tree and c in placing.trees.on(period.start)]
        tree = Reporting(placing, closed, self._within(reported, placing))
        units = [node]
        first = reported.numerator or reported.rate
        if first is not None and self._adds_up_by_area(first):
            units += [c for c in closed if placing.node_of(c) == node]
        parts = [reported_parts(self._index, reported, unit, period, self.forms, tree=tree, category=category) for unit in units]

        def joined(cell: Cell | None, values: list[ReportedValue | None]) -> Answer | None:
            return None if cell is None else self._joined(cell, [v for v in values if v is not None], placing)

        return Answers(
            numerator=joined(reported.numerator, [p.numerator for p in parts]),
            denominator=joined(reported.denominator if isinstance(reported.denominator, Cell) else None, [p.denominator for p in parts]),
            rate=joined(reported.rate, [p.rate for p in parts]),
        )

    def _within(self, reported: Reported, placing: Placing) -> frozenset[str]:
        """Who ever filed the cells that are asked for, and all above them in the tree."""
        cells = (reported.numerator, reported.denominator, reported.rate)
        asked = tuple((cell.form, cell.element) for cell in cells if isinstance(cell, Cell))
        tree, found = self._above.get((id(placing.tree), asked), (None, frozenset()))
        if tree is not placing.tree:
            filed = {organisation for each in asked for organisation in self._spans.get(each, {})}
            found = frozenset(filed.union(*(placing.tree.path(placing.node_of(organisation)) for organisation in filed)))
            if len(self._above) >= _MOST_ABOVE:
                self._above.clear()
            self._above[id(placing.tree), asked] = (placing.tree, found)
        return found

    def _adds_up_by_area(self, cell: Cell) -> bool:
        form = self.forms[cell.form]
        return form.scope is Scope.AREA and form.element(cell.element).kind is not Kind.RATE

    def _joined(self, cell: Cell, values: list[ReportedValue], placing: Placing) -> Answer:
        """A place's own answer, with those of the units that have since become part of it."""
        form = self.forms[cell.form]
        what = Text(f"《{form.name.zh}》{form.element(cell.element).name.zh}", f"{form.name.en}, {form.element(cell.element).name.en}")
        given = [v for v in values if v.value is not None]
        lacking = dict.fromkeys(code for v in values for code in v.missing)
        status = given[0].status if given else Status.NOT_REPORTED
        if given and (lacking or any(v.status is Status.PARTIAL for v in given)):
            status = Status.PARTIAL
        return Answer(
            value=sum(v.value for v in given if v.value is not None) if given else None,
            places=form.element(cell.element).places,
            status=status,
            by=tuple(dict.fromkeys(r for v in given for r in v.reporters)),
            cells=tuple(sorted({c for v in given for c in v.cells})),
            missing=tuple(Missing(code, placing.name(code), what) for code in lacking),
            findings=tuple(f for v in values for f in v.findings),
            qualifier=given[0].qualifier if len(given) == 1 else "",
        )


def read_cells(connection: "duckdb.DuckDBPyConnection", forms: Mapping[str, Form]) -> ReportedCells:
    lines = connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM return_cell ORDER BY id").fetchall()
    return ReportedCells([dict(zip(_COLUMNS, line, strict=True)) for line in lines], forms)
