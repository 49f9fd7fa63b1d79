"""Two unlike engines must agree before a figure is believed: random queries on random tables."""

from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from taizhang.kernel.engines import compiler, duck
from taizhang.kernel.engines.compiler import membership_sql
from taizhang.kernel.engines.dialects import DIALECTS
from taizhang.kernel.engines.reference import ReferenceEngine
from taizhang.kernel.engines.rows import compile_row
from taizhang.kernel.indicators import residents_where
from taizhang.kernel.query import nodes
from taizhang.kernel.query.words import cutoff, larger_of, months_between, person, records, smaller_of
from taizhang.kernel.text import Text

from . import generated
from .small import indicator

# Without shrinking: the query that failed is printed, and minutes of shrinking tell little more.
GENERATIVE = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
_SQL_TYPES = {"int": "BIGINT", "date": "DATE", "bool": "BOOLEAN", "code": "VARCHAR"}


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as opened:
        opened.execute("SET threads = 1")
        yield opened


def fill(connection: duckdb.DuckDBPyConnection, tables: dict[str, list[dict[str, Any]]]) -> None:
    for contract in generated.CONTRACTS:
        names = [c.name for c in contract.all_columns]
        columns = ", ".join(f"{c.name} {_SQL_TYPES[c.type]}" for c in contract.all_columns)
        connection.execute(f"CREATE OR REPLACE TABLE {contract.table} ({columns})")
        rows = [[row[name] for name in names] for row in tables[contract.table]]
        if rows:
            line = f"({', '.join('?' * len(names))})"
            values = [value for row in rows for value in row]
            connection.execute(f"INSERT INTO {contract.table} VALUES {', '.join([line] * len(rows))}", values)


@settings(GENERATIVE, max_examples=50)
@given(tables=generated.tables(), query=generated.queries(), period=st.sampled_from(generated.PERIODS))
def test_duckdb_and_the_reference_give_the_same_membership(connection, tables, query, period):
    population, indicators = query
    fill(connection, tables)
    expected = ReferenceEngine(tables, generated.PARAMETERS).members(population, indicators, period)
    event(f"members: {'none' if not expected else 'some'}")
    assert duck.members(connection, population, indicators, period, generated.PARAMETERS) == expected


@settings(GENERATIVE, max_examples=15)
@given(tables=generated.tables(), query=generated.queries(), period=st.sampled_from(generated.PERIODS), half=st.booleans())
def test_what_was_gathered_before_gives_the_same_membership(connection, tables, query, period, half):
    """All that is asked of a resident's rows, or every other column of it: then a pick of which a column is lacking is made as ever."""
    population, indicators = query
    fill(connection, tables)
    known = {row["resident"] for row in tables["resident"]}
    there = {name: [row for row in rows if row.get("resident") in known] for name, rows in tables.items()}
    fill(connection, there)
    columns = tuple(sorted(compiler.person_columns(population, indicators), key=repr))[:: 2 if half else 1]
    connection.execute("CREATE OR REPLACE TABLE gathered AS " + compiler.gathered_sql(columns, period, generated.PARAMETERS))
    sql = membership_sql(population, indicators, period, generated.PARAMETERS, gathered=compiler.Gathered("gathered", columns))
    event(f"read from it: {'gathered' in sql}")
    cursor = connection.execute(f"SELECT * FROM ({sql}) ORDER BY member")
    names = [column[0] for column in cursor.description]
    made = [dict(zip(names, line, strict=True)) for line in cursor.fetchall()]
    assert made == ReferenceEngine(there, generated.PARAMETERS).members(population, indicators, period)


@settings(GENERATIVE, max_examples=10)
@given(tables=generated.tables(), period=st.sampled_from(generated.PERIODS))
def test_rows_in_any_of_several_tables_are_asked_for_once(connection, tables, period):
    people, exams, visits = person(generated.RESIDENT), records(generated.EXAM), records(generated.VISIT)
    seen = visits.where(visits.day <= cutoff).exist() | exams.where(exams.ok).exist() | (people.sex == "1")
    population = residents_where("seen", Text("见过", "Seen"), ~seen | people.local, organisation=people.sex)
    last = visits.last_by("day")
    months = smaller_of(months_between(larger_of(last.day, people.born), cutoff), last.n)
    numbers = (seen, months, smaller_of(months + people.height, months))
    asked = [indicator(number, population=population, code=f"I{place}") for place, number in enumerate(numbers)]
    fill(connection, tables)
    sql = membership_sql(population, asked, period, {})
    assert (sql.count(" UNION ALL "), sql.count("EXTRACT(MONTH")) == (1, 1)
    assert duck.members(connection, population, asked, period, {}) == ReferenceEngine(tables).members(population, asked, period)


def test_a_table_that_is_counted_besides_is_read_once():
    people, exams, visits = person(generated.RESIDENT), records(generated.EXAM), records(generated.VISIT)
    population = residents_where("seen", Text("见过", "Seen"), visits.exist() | exams.exist(), organisation=people.sex)
    sql = membership_sql(population, [indicator(visits.count(), population=population)], generated.PERIODS[0], {})
    assert sql.count('FROM "visit"') == 1
    assert "UNION" not in sql


@settings(GENERATIVE, max_examples=30)
@given(tables=generated.tables(), query=generated.queries_about_nobody(), period=st.sampled_from(generated.PERIODS))
def test_records_about_nobody_are_members_too_without_a_resident(connection, tables, query, period):
    population, indicators = query
    fill(connection, tables)
    expected = ReferenceEngine(tables, generated.PARAMETERS).members(population, indicators, period)
    event(f"members: {'none' if not expected else 'some'}")
    assert all(member["resident"] is None for member in expected)
    assert duck.members(connection, population, indicators, period, generated.PARAMETERS) == expected


@settings(GENERATIVE, max_examples=15)
@given(tables=generated.tables(), query=generated.queries(), period=st.sampled_from(generated.PERIODS), changed=st.sets(st.integers(1, 6)))
def test_evaluating_only_changed_residents_gives_their_part_of_the_membership(connection, tables, query, period, changed):
    population, indicators = query
    fill(connection, tables)
    connection.execute("CREATE OR REPLACE TABLE changed_resident (resident BIGINT)")
    for resident in changed:
        connection.execute("INSERT INTO changed_resident VALUES (?)", [resident])
    whole = ReferenceEngine(tables, generated.PARAMETERS).members(population, indicators, period)
    part = duck.members(connection, population, indicators, period, generated.PARAMETERS, only_residents=True)
    assert part == [member for member in whole if member["resident"] in changed]


@settings(GENERATIVE, max_examples=50)
@given(data=st.data(), tables=generated.tables(), period=st.sampled_from(generated.PERIODS))
def test_a_compiled_row_rule_gives_what_the_reference_gives(data, tables, period):
    scope = generated.Scope(generated.VISIT, False)
    tree = data.draw(_value_of_a_row(scope))
    rule = compile_row(tree, generated.PARAMETERS)
    engine = ReferenceEngine({}, generated.PARAMETERS)
    for row in tables["visit"]:
        assert rule(row, period, {}) == engine.value(tree, period, row=row)


@st.composite
def _value_of_a_row(draw, scope):
    return generated.value(draw, draw(st.sampled_from(("bool", "int", "date", "code"))), scope, 3)


@settings(GENERATIVE, max_examples=6)
@given(query=generated.queries(), period=st.sampled_from(generated.PERIODS), dialect=st.sampled_from(DIALECTS))
def test_compiling_is_deterministic_in_every_dialect(query, period, dialect):
    population, indicators = query
    first = membership_sql(population, indicators, period, generated.PARAMETERS, dialect)
    compiler._compiled.cache_clear()
    assert membership_sql(population, indicators, period, generated.PARAMETERS, dialect) == first


def test_every_node_has_a_strategy():
    """A node without one would be a node on which the engines were never compared."""

    bases = (nodes.Node, nodes.Rows, nodes.Value)
    declared = {kind for kind in vars(nodes).values() if isinstance(kind, type) and issubclass(kind, nodes.Node) and kind not in bases}
    assert set(generated.BUILDERS) == declared
