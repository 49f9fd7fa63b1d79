"""Random tables and random queries over them, for tests in which two unlike engines must agree.

BUILDERS has one entry for every class of node; a test fails when a new node has none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from taizhang.kernel.contracts import Column, ColumnType, RecordContract
from taizhang.kernel.indicators import Attribution, Better, Breakdown, Indicator, Population, TimeBase
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period
from taizhang.kernel.query import nodes
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text

SOURCE = Source("测试规范", "第一条")


def _columns(*pairs: tuple[str, ColumnType]) -> tuple[Column, ...]:
    return tuple(Column(name, type_, Text(name, name)) for name, type_ in pairs)


RESIDENT = RecordContract(
    "resident",
    Text("居民", "Resident"),
    "t.Resident",
    _columns(("born", "date"), ("sex", "code"), ("height", "int"), ("local", "bool")),
    one_row_per_resident=True,
)
CARD = RecordContract(
    "card",
    Text("卡", "Card"),
    "t.Card",
    _columns(("opened", "date"), ("kind", "code"), ("points", "int"), ("open", "bool")),
    one_row_per_resident=True,
)
VISIT = RecordContract(
    "visit",
    Text("随访", "Visit"),
    "t.Visit",
    _columns(("day", "date"), ("next_day", "date"), ("way", "code"), ("n", "int"), ("ok", "bool")),
)
EXAM = RecordContract(
    "exam", Text("体检", "Examination"), "t.Exam", _columns(("day", "date"), ("place", "code"), ("n", "int"), ("ok", "bool"))
)
DEED = RecordContract(
    "deed",
    Text("纪实", "Deed"),
    "t.Deed",
    _columns(("day", "date"), ("kind", "code"), ("n", "int"), ("ok", "bool")),
    about_residents=False,
)
CONTRACTS = (RESIDENT, CARD, VISIT, EXAM, DEED)
ONE_ROW, MANY_ROWS = (RESIDENT, CARD), (VISIT, EXAM)

# Month ends, leap days and the day after: where two engines part if they part at all.
DAYS = tuple(
    date.fromisoformat(day)
    for day in (
        "1960-02-29", "1961-02-28", "1991-03-01", "2023-12-31", "2024-01-01", "2024-01-31", "2024-02-28", "2024-02-29", "2024-03-01",
        "2024-03-31",
        "2025-02-28", "2025-03-01", "2025-12-31", "2026-01-01", "2026-04-30", "2026-05-31", "2026-06-29", "2026-06-30", "2026-07-01",
    )
)  # fmt: skip
PERIODS = tuple(Period.parse(text) for text in ("2024-02", "2026H1", "2026Q2@2026-05-31", "2024", "2023-12-31..2024-02-29", "2026W23"))
PARAMETERS = {
    p.name: p
    for p in (
        Parameter("always_four", Text("四", "four"), "次", SOURCE, ((date(1900, 1, 1), 4),)),
        Parameter("since_2026", Text("二", "two"), "次", SOURCE, ((date(2026, 1, 1), 2),)),
        Parameter("repealed", Text("废", "gone"), "次", SOURCE, ((date(1900, 1, 1), 3), (date(2025, 1, 1), None))),
    )
}

_literals: dict[ColumnType, st.SearchStrategy[Any]] = {
    "int": st.integers(-3, 12),
    "date": st.sampled_from(DAYS),
    "bool": st.booleans(),
    "code": st.sampled_from(("a", "b", "c")),
}


@dataclass(frozen=True)
class Scope:
    """What a value may look at: the rows of a table, and whether the person as well."""

    rows: RecordContract | None
    person: bool


Draw = Callable[[st.SearchStrategy[Any]], Any]
Builder = Callable[[Draw, ColumnType, Scope, int], nodes.Node | None]


def _column_of(draw: Draw, contract: RecordContract, type_: ColumnType) -> str:
    return str(draw(st.sampled_from([c.name for c in contract.columns if c.type == type_])))


def _records(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node:
    return nodes.Records(draw(st.sampled_from(MANY_ROWS)))


def _where(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node:
    inner = rows(draw, depth - 1)
    return nodes.Where(inner, value(draw, "bool", Scope(inner.contract, False), depth - 1))


def _order(draw: Draw, contract: RecordContract) -> tuple[nodes.OrderBy, ...]:
    names = draw(
        st.lists(st.sampled_from([c.name for c in contract.columns if c.type in ("date", "int")]), min_size=1, max_size=2, unique=True)
    )
    return tuple(nodes.OrderBy(name, draw(st.booleans())) for name in names)


def _pick(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node:
    found = rows(draw, max(depth - 1, 1))
    return nodes.Pick(found, _order(draw, found.contract))


def _row_column(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node | None:
    return nodes.RowColumn(scope.rows, _column_of(draw, scope.rows, type_)) if scope.rows else None


def _person_column(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node | None:
    if not scope.person:
        return None
    if draw(st.booleans()):
        contract = draw(st.sampled_from(ONE_ROW))
        return nodes.PersonColumn(nodes.Records(contract), _column_of(draw, contract, type_))
    pick = _pick(draw, type_, scope, depth)
    assert isinstance(pick, nodes.Pick)
    return nodes.PersonColumn(pick, _column_of(draw, pick.contract, type_))


def _count(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node | None:
    return nodes.Count(rows(draw, max(depth - 1, 1))) if scope.person and type_ == "int" else None


def _sum(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node | None:
    if not scope.person or type_ != "int":
        return None
    found = rows(draw, max(depth - 1, 1))
    return nodes.Sum(found, value(draw, "int", Scope(found.contract, False), 1))


def _literal(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node:
    return nodes.Literal_(draw(_literals[type_]))


def _parameter(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node | None:
    return nodes.ParameterValue(draw(st.sampled_from(sorted(PARAMETERS)))) if type_ == "int" else None


def _period_day(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node | None:
    return nodes.PeriodDay(draw(st.sampled_from(("start", "end", "cutoff", "year_start", "year_end")))) if type_ == "date" else None


def _compare(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node | None:
    if type_ != "bool":
        return None
    compared = draw(st.sampled_from(("int", "int", "date", "date", "code", "bool")))
    operators = ("==", "!=", "<", "<=", ">", ">=") if compared in ("int", "date") else ("==", "!=")
    return nodes.Compare(draw(st.sampled_from(operators)), value(draw, compared, scope, depth - 1), value(draw, compared, scope, depth - 1))


def _parts(draw: Draw, scope: Scope, depth: int) -> tuple[nodes.Value, ...]:
    return tuple(value(draw, "bool", scope, depth - 1) for _ in range(draw(st.integers(1, 3))))


def _and(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node | None:
    return nodes.And(_parts(draw, scope, depth)) if type_ == "bool" else None


def _or(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node | None:
    return nodes.Or(_parts(draw, scope, depth)) if type_ == "bool" else None


def _not(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node | None:
    return nodes.Not(value(draw, "bool", scope, depth - 1)) if type_ == "bool" else None


def _is_missing(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node | None:
    of = draw(st.sampled_from(("int", "date", "bool", "code")))
    return nodes.IsMissing(value(draw, of, scope, depth - 1)) if type_ == "bool" else None


def _one_of(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node | None:
    if type_ != "bool":
        return None
    of = draw(st.sampled_from(("int", "code")))
    return nodes.OneOf(value(draw, of, scope, depth - 1), tuple(draw(st.lists(_literals[of], min_size=1, max_size=3))))


def _arithmetic(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node | None:
    if type_ not in ("int", "date"):
        return None
    operator = draw(st.sampled_from(("+", "-", "*", "//", "min", "max") if type_ == "int" else ("min", "max")))
    return nodes.Arithmetic(operator, value(draw, type_, scope, depth - 1), value(draw, type_, scope, depth - 1))


def _shift(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node | None:
    if type_ != "date":
        return None
    unit = draw(st.sampled_from(("day", "month", "year")))
    count = value(draw, "int", scope if unit == "day" else Scope(None, False), 0)
    return nodes.Shift(value(draw, "date", scope, depth - 1), count, unit)


def _elapsed(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node | None:
    if type_ != "int":
        return None
    return nodes.Elapsed(
        draw(st.sampled_from(("day", "month", "year"))), value(draw, "date", scope, depth - 1), value(draw, "date", scope, depth - 1)
    )


def _choose(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node:
    cases = tuple((value(draw, "bool", scope, depth - 1), value(draw, type_, scope, depth - 1)) for _ in range(draw(st.integers(1, 2))))
    return nodes.Choose(cases, value(draw, type_, scope, depth - 1))


def _named(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Node:
    return nodes.Named(value(draw, type_, scope, depth - 1), Text("名", "name"))


BUILDERS: dict[type[nodes.Node], Builder] = {
    nodes.Records: _records,
    nodes.Where: _where,
    nodes.Pick: _pick,
    nodes.RowColumn: _row_column,
    nodes.PersonColumn: _person_column,
    nodes.Count: _count,
    nodes.Sum: _sum,
    nodes.Literal_: _literal,
    nodes.ParameterValue: _parameter,
    nodes.PeriodDay: _period_day,
    nodes.Compare: _compare,
    nodes.And: _and,
    nodes.Or: _or,
    nodes.Not: _not,
    nodes.IsMissing: _is_missing,
    nodes.OneOf: _one_of,
    nodes.Arithmetic: _arithmetic,
    nodes.Shift: _shift,
    nodes.Elapsed: _elapsed,
    nodes.Choose: _choose,
    nodes.Named: _named,
}
_EVERY_TYPE = (nodes.Choose, nodes.Named, nodes.PersonColumn, nodes.PersonColumn, nodes.RowColumn, nodes.RowColumn)
_COMPOUND: dict[ColumnType, tuple[type[nodes.Node], ...]] = {
    "bool": (nodes.Compare, nodes.Compare, nodes.Compare, nodes.And, nodes.Or, nodes.Not, nodes.IsMissing, nodes.OneOf, *_EVERY_TYPE),
    "int": (nodes.Arithmetic, nodes.Arithmetic, nodes.Elapsed, nodes.Elapsed, nodes.Count, nodes.Sum, nodes.Sum, *_EVERY_TYPE),
    "date": (nodes.Shift, nodes.Shift, nodes.Arithmetic, *_EVERY_TYPE),
    "code": _EVERY_TYPE,
}
_LEAVES: dict[ColumnType, tuple[type[nodes.Node], ...]] = {
    "bool": (nodes.Literal_,),
    "int": (nodes.Literal_, nodes.ParameterValue, nodes.Count),
    "date": (nodes.Literal_, nodes.PeriodDay, nodes.PeriodDay),
    "code": (nodes.Literal_,),
}


def rows(draw: Draw, depth: int) -> nodes.Rows:
    built = BUILDERS[nodes.Where if depth > 0 and draw(st.integers(0, 2)) else nodes.Records](draw, "int", Scope(None, False), depth)
    assert isinstance(built, nodes.Rows)
    return built


def value(draw: Draw, type_: ColumnType, scope: Scope, depth: int) -> nodes.Value:
    """A random value of a type; columns more often than literals, so that queries depend on the data."""
    columns = (nodes.RowColumn,) * 3 if scope.rows else (nodes.PersonColumn,) * 3 if scope.person else ()
    kinds = _COMPOUND[type_] if depth > 0 else (*_LEAVES[type_], *columns)
    built = BUILDERS[draw(st.sampled_from(kinds))](draw, type_, scope, depth)
    if built is None:  # not possible in this scope
        built = BUILDERS[draw(st.sampled_from(columns or _LEAVES[type_]))](draw, type_, scope, depth)
    return built if isinstance(built, nodes.Value) else nodes.Literal_(draw(_literals[type_]))


@st.composite
def tables(draw: Draw) -> dict[str, list[dict[str, Any]]]:
    """Up to six residents; any cell of a record may be missing, and equal days are frequent."""
    people = list(range(1, draw(st.integers(2, 6)) + 1))
    found: dict[str, list[dict[str, Any]]] = {}
    for contract in CONTRACTS:
        if contract is RESIDENT:
            owners = people
        elif contract.one_row_per_resident:
            owners = [p for p in people if draw(st.booleans())]
        else:
            owners = draw(st.lists(st.sampled_from(people), min_size=4, max_size=12))
        cells = st.fixed_dictionaries(
            {c.name: st.none() | _literals[c.type] | _literals[c.type] | _literals[c.type] for c in contract.columns}
        )
        if not contract.about_residents:
            found[contract.table] = [{"id": key, **draw(cells)} for key, _ in enumerate(owners, 1)]
            continue
        numbered = ((owner if contract is RESIDENT else key, owner) for key, owner in enumerate(owners, 1))
        found[contract.table] = [{"id": key, "resident": owner, **draw(cells)} for key, owner in numbered]
    return found


def _indicator(draw: Draw, number: int, population: Population, scope: Scope) -> Indicator:
    numerator = value(draw, draw(st.sampled_from(("bool", "bool", "int"))), scope, 3)
    denominator = value(draw, draw(st.sampled_from(("bool", "bool", "int"))), scope, 2) if draw(st.booleans()) else None
    return Indicator(
        code=f"I{number}", name=Text("指标", "Indicator"), unit="%" if denominator else "人", counting_unit="人", time_base=TimeBase.FLOW,
        attribution=population.attribution, better=Better.NEITHER, source=SOURCE, why=Text("测试", "Test"), population=population,
        numerator=numerator, denominator=denominator,
    )  # fmt: skip


@st.composite
def queries(draw: Draw) -> tuple[Population, list[Indicator]]:
    """A population of residents or of rows, with two to four indicators."""
    over_rows = draw(st.booleans())
    base = rows(draw, 2) if over_rows else None
    scope = Scope(base.contract if base else None, True)
    # Everyone, attributed, every other time: a random condition keeps few, and figures of nobody say nothing about the engines.
    condition = nodes.Literal_(True) if draw(st.booleans()) else value(draw, "bool", scope, 3)
    organisation = nodes.Literal_("a") if draw(st.booleans()) else value(draw, "code", scope, 1)
    group = value(draw, draw(st.sampled_from(("code", "int", "date", "bool"))), scope, 2)
    population = Population(
        name="population", label=Text("人群", "Population"), attribution=Attribution.SERVED_BY if over_rows else Attribution.MANAGED_BY,
        organisation=organisation, rows=base, condition=None if over_rows else condition,
        breakdowns=(Breakdown("group", Text("组", "Group"), group, ()),),
    )  # fmt: skip
    return population, [_indicator(draw, number, population, scope) for number in range(draw(st.integers(2, 4)))]


@st.composite
def queries_about_nobody(draw: Draw) -> tuple[Population, list[Indicator]]:
    """A population of records that are about no resident, with two to four indicators over their own columns."""
    scope = Scope(DEED, False)
    base: nodes.Rows = nodes.Records(DEED)
    if draw(st.booleans()):
        base = nodes.Where(base, value(draw, "bool", scope, 2))
    population = Population(
        name="population", label=Text("记录", "Records"), attribution=Attribution.SERVED_BY, rows=base,
        organisation=nodes.Literal_("a") if draw(st.booleans()) else value(draw, "code", scope, 1),
        breakdowns=(Breakdown("group", Text("组", "Group"), value(draw, "code", scope, 2), ()),),
    )  # fmt: skip
    return population, [_indicator(draw, number, population, scope) for number in range(draw(st.integers(2, 4)))]
