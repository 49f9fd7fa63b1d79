"""Why 口径解释: why one resident is counted in a figure or not, by the reference engine over the ledger's rows of that resident."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection

from taizhang.config import home
from taizhang.figures.compute import facts_of
from taizhang.figures.membership import KEYS, listed
from taizhang.figures.membership import tables_of as tables_of_population
from taizhang.figures.model import FigureError
from taizhang.figures.source import ledger_at
from taizhang.kernel.engines.reference import ReferenceEngine, Row, Scalar
from taizhang.kernel.explain import Explanation, concerns, explain
from taizhang.kernel.indicators import Indicator
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period
from taizhang.kernel.query import nodes
from taizhang.kernel.registry import registry
from taizhang.ledger import reader
from taizhang.ledger.layout import contract_of
from taizhang.ledger.snapshot import Snapshot

if TYPE_CHECKING:
    from taizhang.figures.source import Ledger


def why(
    indicator_code: str, resident_id: int, period: Period, *, version: "int | Ledger | None" = None, day: date | None = None
) -> Explanation:
    """Whether and why the resident is counted in the indicator's denominator and numerator, and what would still mend it.

    Raises FigureError for an indicator that has no persons behind it or no rule in force, and for a resident that the ledger
    does not have.
    """
    period = period.known_on(day or home.current().working_day())
    indicator = registry.indicator(indicator_code, period.cutoff)
    if indicator is None:
        raise FigureError(f"指标“{indicator_code}”在{period.cutoff}没有现行规定。请换一个时段。")
    if indicator.population is None:
        raise FigureError(f"“{indicator.name.zh}”来自报表，背后没有个人名单。请用 taizhang trace 查看报表单元格。")
    ledger = facts_of(ledger_at(version) if version is None or isinstance(version, int) else version).ledger
    opened = ledger.connect()
    try:
        tables = reader.rows_of_resident(opened, resident_id, tables_of(indicator))
    finally:
        opened.close()
    if not tables["resident"]:
        raise FigureError(f"台账第{ledger.number}版没有这位居民。新登记的居民在 taizhang sync 后可查。")
    return explain(indicator, ReferenceEngine(tables, registry.parameters), resident_id, period)


def why_each(
    indicator_code: str, residents: Collection[int], period: Period, *, version: "int | Ledger | None" = None, day: date | None = None
) -> dict[int, Explanation]:
    """why() of many residents by one reading of the ledger; those it does not have are left out. The caller keeps their number small."""
    period = period.known_on(day or home.current().working_day())
    indicator = registry.indicator(indicator_code, period.cutoff)
    if indicator is None or indicator.population is None or not residents:
        return {}
    ledger = facts_of(ledger_at(version) if version is None or isinstance(version, int) else version).ledger
    names = tables_of(indicator)
    rows: dict[int, dict[str, list[dict[str, Any]]]] = {key: {name: [] for name in names} for key in residents}
    opened = ledger.connect()
    try:
        for name in names:
            if not contract_of(name).about_residents:
                continue
            wanted = f'SELECT * FROM "{name}" WHERE resident IN ({KEYS}) ORDER BY id'
            cursor = opened.execute(wanted, [listed(sorted(residents))])
            columns = [column[0] for column in cursor.description or ()]
            for line in cursor.fetchall():
                row = dict(zip(columns, line, strict=True))
                rows[row["resident"]][name].append(row)
    finally:
        opened.close()
    return {
        key: explain(indicator, ReferenceEngine(tables, registry.parameters), key, period)
        for key, tables in rows.items()
        if tables["resident"]
    }


def why_now(indicators: Collection[Indicator], resident_id: int, period: Period, *, day: date | None = None) -> dict[str, Explanation]:
    """why() of one resident, by code, for those of many indicators that count the resident (in the denominator, where there is one). Of the
    records as they stand in the database at this moment: a figure shows the same as soon as the ledger has them, and the ledger, which is
    laid out by day, would be searched from end to end for one resident."""
    period = period.known_on(day or home.current().working_day())
    asked = [i for i in indicators if i.population is not None and all(contract_of(name).about_residents for name in tables_of(i))]
    names = sorted({"resident", *(name for indicator in asked for name in tables_of(indicator))})
    engine = _OneResident(Snapshot(connection).of_resident(resident_id, names), registry.parameters)
    return {i.code: explain(i, engine, resident_id, period) for i in asked if concerns(i, engine, resident_id, period)}


class _OneResident(ReferenceEngine):
    """Of one resident and one period: what many definitions ask is found once."""

    def __init__(self, tables: Mapping[str, Sequence[Row]], parameters: Mapping[str, Parameter]) -> None:
        super().__init__(tables, parameters)
        self._found: dict[tuple[int, int], tuple[Any, object, object]] = {}  # holds what its keys name, so that no name is given twice

    def value(self, node: nodes.Value, period: Period, *, resident: int | None = None, row: Row | None = None) -> Scalar:
        if not isinstance(node, nodes.Named | nodes.Count | nodes.PersonColumn):
            return super().value(node, period, resident=resident, row=row)
        key = (id(node), id(row))
        if key not in self._found:
            self._found[key] = (super().value(node, period, resident=resident, row=row), node, row)
        return self._found[key][0]  # type: ignore[no-any-return]

    def rows(self, node: nodes.Rows, period: Period, resident: int | None) -> list[Row]:
        key = (id(node), 0)
        if key not in self._found:
            self._found[key] = (super().rows(node, period, resident), node, None)
        return self._found[key][0]  # type: ignore[no-any-return]


def tables_of(indicator: Indicator) -> list[str]:
    """Ledger tables that the definition looks at."""
    assert indicator.population is not None
    return sorted(tables_of_population(indicator.population, (indicator,)))
