"""Reading one version: a DuckDB connection that can see the ledger's folder and nothing else, with a view per table.

Every process opens its own; files of a version never change, so any number may read while the consumer writes.
"""

import uuid
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import duckdb

from taizhang.kernel.contracts import RecordContract
from taizhang.ledger import layout, versions
from taizhang.ledger.models import LedgerVersion


def hardened(*folders: Path) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB that fetches no extension and touches no file outside the folders (default: the ledger's; it spills into the
    first). Not locked yet: `lock` does."""
    roots = folders or (layout.folder().resolve(),)
    root = roots[0]
    connection = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    # A directory of its own: two processes that spill into one overwrite each other.
    connection.execute(f"SET temp_directory = {text(root / 'tmp' / uuid.uuid4().hex)}")
    connection.execute(f"SET allowed_directories = [{', '.join(text(f'{each}/') for each in roots)}]")
    connection.execute("SET enable_external_access = false")
    return connection


def lock(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """From here on no setting can be changed back."""
    connection.execute("SET lock_configuration = true")
    return connection


def connect(version: LedgerVersion | int | None = None, tables: Collection[str] | None = None) -> duckdb.DuckDBPyConnection:
    """A connection with a view per contract table, or for these `tables` alone: its present state at that version (default: the latest).
    Raises LedgerError."""
    named = version if isinstance(version, LedgerVersion) else versions.latest_or_error() if version is None else versions.at(version)
    connection = hardened()
    files = named.files
    for table, contract in layout.contracts().items():
        if tables is not None and table not in tables:
            continue
        parts = files.get(table, {"base": [], "changes": []})
        base, changes = ([entry["path"] for entry in parts[part]] for part in layout.PARTS)
        same = named.delta.get(table, [0, 0, layout.fingerprint(contract)])[2] == layout.fingerprint(contract)
        connection.execute(f'CREATE VIEW "{table}" AS {present_state(connection, contract, base, changes, same_columns=same)}')
    return lock(connection)


def present_state(
    connection: duckdb.DuckDBPyConnection, contract: RecordContract, base: list[str], changes: list[str], *, same_columns: bool = True
) -> str:
    """SQL of a table's present state: base rows whose key has no change, and the latest change of each key that is not gone."""
    selects = []
    if base:
        untouched = f"WHERE id NOT IN (SELECT id FROM {parquet(changes)})" if changes else ""
        selects.append(f"SELECT {_columns(connection, contract, base, same_columns)} FROM {parquet(base)} {untouched}")
    if changes:
        columns = _columns(connection, contract, changes, same_columns)
        selects.append(f"SELECT {columns} FROM ({latest_changes(changes)}) WHERE NOT {layout.DELETED}")
    if not selects:
        empty = ", ".join(f'NULL::{layout.DUCK[column.type]} AS "{column.name}"' for column in contract.all_columns)
        return f"SELECT {empty} WHERE false"
    return " UNION ALL ".join(selects)


def latest_changes(changes: list[str]) -> str:
    """SQL of the last change of each key. One pass takes a key once, so the version decides; the sequence says which change it was."""
    last = f"row_number() OVER (PARTITION BY id ORDER BY {layout.VERSION} DESC, {layout.SEQUENCE} DESC) = 1"
    return f"SELECT * FROM {parquet(changes)} QUALIFY {last}"


def _columns(connection: duckdb.DuckDBPyConnection, contract: RecordContract, files: list[str], same: bool) -> str:
    """The contract's columns. Files of an older shape: what they lack is missing."""
    if same:
        return ", ".join(f'"{column.name}"' for column in contract.all_columns)
    there = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {parquet(files)}").fetchall()}
    sources = {column.name: f'"{column.name}"' if column.name in there else "NULL" for column in contract.all_columns}
    return ", ".join(
        f'TRY_CAST({sources[column.name]} AS {layout.DUCK[column.type]}) AS "{column.name}"' for column in contract.all_columns
    )


def parquet(paths: Iterable[str]) -> str:
    """SQL of the rows of files named relative to the ledger's folder, or in full."""
    root = layout.folder().resolve()
    return f"read_parquet([{', '.join(text(root / path) for path in paths)}])"


def text(value: str | Path) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def rows_of_resident(connection: duckdb.DuckDBPyConnection, resident: int, tables: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """One resident's rows of each table, by key. Tables that are not about residents give none. Where somebody stands at all is asked first
    and at once: of fifty tables most have nobody, and each asked by itself costs as much as one with rows."""
    found: dict[str, list[dict[str, Any]]] = {table: [] for table in tables}
    asked = [table for table in found if layout.contract_of(table).about_residents]
    if len(asked) > 1:
        each = " UNION ALL ".join(f'SELECT {text(table)} FROM "{table}" WHERE resident = $1' for table in asked)
        there = {line[0] for line in connection.execute(each, [resident]).fetchall()}
        asked = [table for table in asked if table in there]
    for table in asked:
        cursor = connection.execute(f'SELECT * FROM "{table}" WHERE resident = ? ORDER BY id', [resident])
        names = [column[0] for column in cursor.description or ()]
        found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found
