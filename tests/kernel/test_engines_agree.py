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
from taizhang.kernel.query import nodes

from . import generated

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
