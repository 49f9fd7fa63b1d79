"""Copies by resident: the same rows as the base has, whoever is asked for and wherever a batch ends."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from taizhang.ledger import by_resident, layout, reader
from taizhang.ledger.by_resident import Copies

FOLDER = "visit/base"


@pytest.fixture
def connection(empty_folder: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[duckdb.DuckDBPyConnection]:
    monkeypatch.setattr(by_resident, "BATCH", 3)
    (layout.folder() / FOLDER).mkdir(parents=True)
    with reader.hardened() as opened:
        yield opened


def base(name: str, residents: list[int | None]) -> str:
    """A file of visits that lie in the order they came in."""
    ways = [f"way {n}" for n in range(len(residents))]
    columns = {"id": pa.int64(), "resident": pa.int64(), "way": pa.string()}
    rows = pa.table([range(len(residents)), residents, ways], schema=pa.schema(columns))
    parquet.write_table(rows, layout.folder() / FOLDER / name)
    return f"{FOLDER}/{name}"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=some.lists(some.one_of(some.integers(1, 9), some.none()), max_size=30),
    second=some.lists(some.integers(5, 14), max_size=12),
    asked=some.sets(some.integers(0, 15)),
)
def test_the_rows_of_whoever_is_asked_for(
    connection: duckdb.DuckDBPyConnection, first: list[int | None], second: list[int], asked: set[int]
) -> None:
    name = abs(hash((tuple(first), tuple(second))))
    copies = Copies("visit", [base(f"{name}-a.parquet", first), base(f"{name}-b.parquet", second)], connection)
    expected = [(f"way {n}", resident) for rows in (first, second) for n, resident in enumerate(rows) if resident in asked]
    found = copies.rows(sorted(asked), ["way", "resident"])
    assert found.column_names == ["way", "resident"]
    assert sorted(zip(*(column.to_pylist() for column in found.columns), strict=True)) == sorted(expected)


def test_copies_go_with_their_base(connection: duckdb.DuckDBPyConnection) -> None:
    Copies("visit", [base("old.parquet", [1, 2])], connection)
    copies = Copies("visit", [base("new.parquet", [2, 3])], connection)
    assert {file.stem for file in (layout.folder() / "by-resident" / "visit").iterdir()} == {"new"}
    assert copies.rows([2], ["id"]).column("id").to_pylist() == [0]
