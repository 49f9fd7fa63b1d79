"""Why 口径解释: why one resident is counted in a figure or not, by the reference engine over the ledger's rows of that resident."""

from datetime import date
from typing import TYPE_CHECKING

from taizhang.config import home
from taizhang.figures.compute import facts_of
from taizhang.figures.model import FigureError
from taizhang.figures.source import ledger_at
from taizhang.kernel.engines.reference import ReferenceEngine
from taizhang.kernel.explain import Explanation, explain
from taizhang.kernel.indicators import Indicator
from taizhang.kernel.periods import Period
from taizhang.kernel.query import nodes
from taizhang.kernel.registry import registry
from taizhang.ledger import reader

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
    connection = ledger.connect()
    try:
        tables = reader.rows_of_resident(connection, resident_id, tables_of(indicator))
    finally:
        connection.close()
    if not tables["resident"]:
        raise FigureError(f"台账第{ledger.number}版没有这位居民。新登记的居民在 taizhang sync 后可查。")
    return explain(indicator, ReferenceEngine(tables, registry.parameters), resident_id, period)


def tables_of(indicator: Indicator) -> list[str]:
    """Ledger tables that the definition looks at."""
    population = indicator.population
    assert population is not None
    trees = [population.condition, population.rows, population.organisation, indicator.numerator, indicator.denominator]
    trees += [b.value for b in population.breakdowns]
    found = {"resident"}
    for tree in trees:
        if isinstance(tree, nodes.Node):
            found |= {node.contract.table for node in nodes.walk(tree) if isinstance(node, nodes.Rows)}
    return sorted(found)
