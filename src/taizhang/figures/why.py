"""Why 口径解释: why one resident is counted in a figure or not, by the reference engine over the ledger's rows of that resident."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from taizhang.config import home
from taizhang.figures.compute import facts_of
from taizhang.figures.membership import KEYS, listed
from taizhang.figures.membership import tables_of as tables_of_population
from taizhang.figures.model import FigureError
from taizhang.figures.source import ledger_at
from taizhang.kernel.engines.reference import ReferenceEngine
from taizhang.kernel.explain import Explanation, explain
from taizhang.kernel.indicators import Indicator
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.ledger import reader
from taizhang.ledger.layout import contract_of

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
    connection = ledger.connect()
    try:
        for name in names:
            if not contract_of(name).about_residents:
                continue
            wanted = f'SELECT * FROM "{name}" WHERE resident IN ({KEYS}) ORDER BY id'
            cursor = connection.execute(wanted, [listed(sorted(residents))])
            columns = [column[0] for column in cursor.description or ()]
            for line in cursor.fetchall():
                row = dict(zip(columns, line, strict=True))
                rows[row["resident"]][name].append(row)
    finally:
        connection.close()
    return {
        key: explain(indicator, ReferenceEngine(tables, registry.parameters), key, period)
        for key, tables in rows.items()
        if tables["resident"]
    }


def why_every(
    indicators: Collection[Indicator], resident_id: int, period: Period, *, version: "int | Ledger | None" = None, day: date | None = None
) -> dict[str, Explanation]:
    """why() of one resident for many indicators by one reading of the ledger, by code; those that count no residents are left out.
    Empty for a resident that the ledger does not have."""
    period = period.known_on(day or home.current().working_day())
    asked = [i for i in indicators if i.population is not None and all(contract_of(name).about_residents for name in tables_of(i))]
    ledger = facts_of(ledger_at(version) if version is None or isinstance(version, int) else version).ledger
    names = sorted({"resident", *(name for indicator in asked for name in tables_of(indicator))})
    connection = ledger.connect()
    try:
        tables = reader.rows_of_resident(connection, resident_id, names)
    finally:
        connection.close()
    if not tables["resident"]:
        return {}
    engine = ReferenceEngine(tables, registry.parameters)
    return {indicator.code: explain(indicator, engine, resident_id, period) for indicator in asked}


def tables_of(indicator: Indicator) -> list[str]:
    """Ledger tables that the definition looks at."""
    assert indicator.population is not None
    return sorted(tables_of_population(indicator.population, (indicator,)))
