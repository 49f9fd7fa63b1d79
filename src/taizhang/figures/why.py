"""Why 口径解释: why one resident is counted in a figure or not, by the reference engine over the ledger's rows of that resident."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Model

from taizhang.config import home
from taizhang.figures.compute import facts_of
from taizhang.figures.membership import KEYS, listed
from taizhang.figures.membership import tables_of as tables_of_population
from taizhang.figures.model import FigureError
from taizhang.figures.source import ledger_at
from taizhang.kernel.engines.reference import ReferenceEngine, Row, Scalar
from taizhang.kernel.explain import Explanation, Judgement, explain, judge
from taizhang.kernel.indicators import Indicator
from taizhang.kernel.kept import Kept
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period
from taizhang.kernel.query import nodes
from taizhang.kernel.registry import registry
from taizhang.ledger import reader
from taizhang.ledger.layout import contract_of, dicts_of_records
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


def why_now(
    indicators: Collection[Indicator],
    resident_id: int,
    period: Period,
    *,
    day: date | None = None,
    at_hand: Mapping[str, Sequence[Model]] | None = None,
) -> dict[str, Judgement]:
    """What why() comes to for one resident, by code, for those of many indicators that count the resident (in the denominator, where there
    is one). Of the records as they stand in the database at this moment: a figure shows the same as soon as the ledger has them, and the
    ledger, which is laid out by day, would be searched from end to end for one resident. at_hand: by ledger table all of the resident's
    records, where the caller has read them."""
    period = period.known_on(day or home.current().working_day())
    asked = [(i, tables) for i in indicators if (tables := _tables_about_residents(i)) is not None]
    names = {"resident"}.union(*(tables for _, tables in asked))
    given = {name: at_hand[name] for name in names & at_hand.keys()} if at_hand else {}
    tables = {name: dicts_of_records(contract_of(name), sorted(records, key=_key)) for name, records in given.items()}
    tables |= Snapshot(connection).of_resident(resident_id, sorted(names - tables.keys()))
    engine = _OneResident(tables, registry.parameters)
    judged = ((indicator.code, judge(indicator, engine, resident_id, period)) for indicator, _ in asked)
    return {code: found for code, found in judged if found is not None}


def _key(record: Model) -> int:
    return record.pk  # type: ignore[no-any-return]


class _OneResident(ReferenceEngine):
    """Of one resident and one period: what many definitions ask is found once, and of a condition no more than decides it."""

    def __init__(self, tables: Mapping[str, Sequence[Row]], parameters: Mapping[str, Parameter]) -> None:
        super().__init__(tables, parameters)
        self._found: dict[tuple[int, int], tuple[Any, object, object]] = {}  # holds what its keys name, so that no name is given twice

    def value(self, node: nodes.Value, period: Period, *, resident: int | None = None, row: Row | None = None) -> Scalar:
        if not isinstance(node, _KEPT):
            return super().value(node, period, resident=resident, row=row)
        key = (id(node), id(row))
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = (self._value(node, period, resident, row), node, row)
        return found[0]  # type: ignore[no-any-return]

    def _value(self, node: nodes.Value, period: Period, resident: int | None, row: Row | None) -> Scalar:
        if not isinstance(node, nodes.And | nodes.Or):
            return super().value(node, period, resident=resident, row=row)
        decides, missing = isinstance(node, nodes.Or), False  # as kleene_and and kleene_or have it
        for part in node.parts:
            each = self.value(part, period, resident=resident, row=row)
            if each is decides:
                return decides
            missing = missing or each is None
        return None if missing else not decides

    def rows(self, node: nodes.Rows, period: Period, resident: int | None) -> list[Row]:
        key = (id(node), 0)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = (super().rows(node, period, resident), node, None)
        return found[0]  # type: ignore[no-any-return]


_KEPT = (nodes.Named, nodes.Count, nodes.PersonColumn, nodes.And, nodes.Or)
_tables: Kept[tuple[str, ...]] = Kept()


def tables_of(indicator: Indicator) -> tuple[str, ...]:
    """Ledger tables that the definition looks at, by name."""
    population = indicator.population
    assert population is not None
    return _tables.of(indicator, lambda: tuple(sorted(tables_of_population(population, (indicator,)))))


def _tables_about_residents(indicator: Indicator) -> tuple[str, ...] | None:
    """None where the definition also looks at records about nobody, or at none."""
    if indicator.population is None or not all(contract_of(name).about_residents for name in tables_of(indicator)):
        return None
    return tables_of(indicator)
