"""Running compiled text on an open DuckDB connection whose relations carry the ledger tables' names."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from taizhang.kernel.engines.compiler import membership_sql
from taizhang.kernel.engines.dialects import DUCKDB
from taizhang.kernel.indicators import Indicator, Population
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period


def members(
    connection: duckdb.DuckDBPyConnection,
    population: Population,
    indicators: Sequence[Indicator],
    period: Period,
    parameters: Mapping[str, Parameter],
    *,
    only_residents: bool = False,
) -> list[dict[str, Any]]:
    """The members as ReferenceEngine.members gives them, sorted by member."""
    sql = membership_sql(population, indicators, period, parameters, DUCKDB, only_residents)
    cursor = connection.execute(f"SELECT * FROM ({sql}) ORDER BY member")
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, line, strict=True)) for line in cursor.fetchall()]


def copy_membership(connection: duckdb.DuckDBPyConnection, sql: str, path: Path) -> None:
    """Write the membership as one Parquet file, sorted by organisation, then resident, so that one organisation's members lie together.

    The connection must be allowed to write to `path`.
    """
    target = str(path).replace("'", "''")
    connection.execute(
        f"COPY (SELECT * FROM ({sql}) ORDER BY organisation, resident, member) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
    )
