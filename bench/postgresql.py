"""The compared indicators by Debian's PostgreSQL over the same rows: SQL written by hand for it (bench/handwritten/postgresql), sums equal
to ours.

    python -m bench.postgresql HOME FOLDER load       a server's data in FOLDER, the rows copied, indexed and analysed
    python -m bench.postgresql HOME FOLDER measure    the numbers, from the server started on FOLDER
    python -m bench.postgresql HOME ADDRESS both      the two on a server that runs already, for a test

Copied are the tables that these queries read, and of these the columns: rows a third as wide as the service's own, in PostgreSQL's favour.
Each table has an index by resident and one by its first date. A server does not run as root: it is then run as the user postgres.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.counting import HANDWRITTEN, populations_of
from bench.homes import DAY, PERIOD, enter

WRITTEN = HANDWRITTEN / "postgresql"
LAPS = 1
SETTINGS = {
    "shared_buffers": "2GB", "work_mem": "256MB", "maintenance_work_mem": "1GB", "effective_cache_size": "12GB", "random_page_cost": "1.1",
    "max_parallel_workers": "4", "max_parallel_workers_per_gather": "2", "max_parallel_maintenance_workers": "2", "max_wal_size": "16GB",
    "wal_level": "minimal", "max_wal_senders": "0", "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off",
}  # fmt: skip
_TYPES = {"int": "bigint", "date": "date", "bool": "boolean", "code": "text"}
_LOADED = "loaded"  # a file: the copy is whole


class NoServer(RuntimeError):
    """Debian's PostgreSQL is not installed, or there is no user to run it as."""


def main(home: Path, where: str, step: str) -> dict[str, Any]:
    enter(home)
    from taizhang.figures.compute import Board
    from taizhang.kernel.periods import Period

    board = Board(Period.parse(PERIOD), day=DAY)
    written = [population for population in populations_of(board) if (WRITTEN / f"{population.name}.sql").exists()]
    queries = {population.name: (WRITTEN / f"{population.name}.sql").read_text(encoding="utf-8") for population in written}
    if step == "both":
        return {**load(board, queries, where), **measure(board, written, queries, where)}
    folder = Path(where)
    if step == "measure":
        with server(folder) as address:
            return measure(board, written, queries, address)
    if (folder / _LOADED).exists():
        return dict(json.loads((folder / _LOADED).read_text(encoding="utf-8")))
    shutil.rmtree(folder, ignore_errors=True)  # a copy that was broken off
    with server(folder) as address:
        facts = load(board, queries, address)
    (folder / _LOADED).write_text(json.dumps(facts), encoding="utf-8")
    return facts


def load(board: Any, queries: dict[str, str], address: str) -> dict[str, Any]:
    """Copy what the queries read, index and analyse it."""
    import psycopg

    began = time.perf_counter()
    rows = 0
    with psycopg.connect(address, autocommit=True) as connection:
        for contract, names in _read_by(queries.values()):
            rows += _copy(connection, board, contract, names)
            first = next((c.name for c in contract.columns if c.type == "date" and c.name in names), None)
            for name in filter(None, ("resident", first)):
                connection.execute(f'CREATE INDEX ON "{contract.table}" ("{name}")')
            connection.execute(f'VACUUM (ANALYZE) "{contract.table}"')
        connection.execute((WRITTEN / "common.sql").read_text(encoding="utf-8"))
        connection.execute("CHECKPOINT")
        size = connection.execute("SELECT pg_database_size(current_database())").fetchall()[0][0]
    return {"rows": rows, "bytes": size, "load_seconds": round(time.perf_counter() - began, 1)}


def measure(board: Any, written: list[Any], queries: dict[str, str], address: str) -> dict[str, Any]:
    """Seconds of all queries, one after the other: the first time, and the median of the laps after. Equal to ours, or it ends."""
    import psycopg

    expected = {population.name: board.now.laid(population).sums for population in written}
    laps: list[dict[str, float]] = []
    with psycopg.connect(address, autocommit=True) as connection:
        version = connection.execute("SHOW server_version").fetchall()[0][0]
        for turn in range(1 + LAPS):
            lap: dict[str, float] = {}
            for name, text in queries.items():
                began = time.perf_counter()
                answer = connection.execute(text)
                lines = answer.fetchall()
                lap[name] = time.perf_counter() - began
                if turn == 0:
                    _must_be_ours(name, expected[name], [column.name for column in answer.description or ()][2:], lines)
            laps.append(lap)
    return {
        "version": version.partition(" ")[0],
        "populations": len(queries),
        "first_seconds": round(sum(laps[0].values()), 2),
        "seconds": round(statistics.median(sum(lap.values()) for lap in laps[1:]), 2),
        "parts": {name: round(statistics.median(lap[name] for lap in laps[1:]), 2) for name in queries},
    }


def _must_be_ours(name: str, ours: Any, columns: list[str], lines: list[Any]) -> None:
    theirs = {(line[0], line[1]): dict(zip(columns, map(int, line[2:]), strict=True)) for line in lines}
    for key, vector in ours.rows.items():
        if vector[0] and theirs.pop(key, None) != dict(zip(ours.columns, vector, strict=True)):
            raise AssertionError(f"{name} {key}: ours {vector}, not PostgreSQL's")
    if theirs:
        raise AssertionError(f"{name}: PostgreSQL has {min(theirs)}, we do not")


def _read_by(queries: Iterable[str]) -> list[tuple[Any, list[str]]]:
    """Contracts that the queries name, each with those of its columns that they name, and its keys."""
    from taizhang.kernel.registry import registry

    words = {word for text in queries for word in re.findall(r"\w+", text)}
    return [
        (contract, [c.name for c in contract.all_columns if c.name in words or c.name in ("id", "resident")])
        for contract in registry.contracts.values()
        if contract.about_residents and contract.table in words
    ]


def _copy(connection: Any, board: Any, contract: Any, names: list[str]) -> int:
    """The table's rows by COPY. Through a file in the ledger's folder, the one place its reader may write to."""
    shape = ", ".join(f'"{c.name}" {_TYPES[c.type]}' for c in contract.all_columns if c.name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    passing = board.ledger.folder / f".bench-{contract.table}.csv"
    source = board.ledger.connect()
    try:
        source.execute(f"COPY (SELECT {listed} FROM \"{contract.table}\") TO '{passing}' (FORMAT csv, HEADER false)")
        with connection.transaction():
            connection.execute(f'CREATE TABLE "{contract.table}" ({shape})')  # in the transaction of its COPY: no log is written
            with passing.open("rb") as stream, connection.cursor() as cursor:
                with cursor.copy(f'COPY "{contract.table}" ({listed}) FROM STDIN (FORMAT csv, FREEZE)') as copying:
                    while block := stream.read(1 << 20):
                        copying.write(block)
                return int(cursor.rowcount)
    finally:
        source.close()
        passing.unlink(missing_ok=True)


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A server on this folder, reached by a socket in it only; made where there is none, stopped afterwards."""
    data, where = folder / "data", programs()
    if not (data / "PG_VERSION").exists():
        folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        _as_its_user(where / "initdb", "-D", data, "-A", "trust", "-U", "bench", "-E", "UTF8", "--locale=C", "--no-sync")
    given = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    options = " ".join(["-k", str(folder), "-c", "listen_addresses=''", *given])
    _as_its_user(where / "pg_ctl", "-D", data, "-w", "-t", "120", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"host={folder} dbname=postgres user=bench"
    finally:
        _as_its_user(where / "pg_ctl", "-D", data, "-w", "-m", "fast", "stop")


def programs() -> Path:
    """The folder of Debian's server programs, PostgreSQL 15 if it is there. Raises NoServer."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda file: file.parts[-3] != "15")
    if not found:
        raise NoServer("PostgreSQL's server is not installed: apt-get install postgresql-15")
    return found[0].parent


def _as_its_user(*words: object) -> None:
    command = [str(word) for word in words]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    done = subprocess.run(command, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise NoServer(f"{' '.join(command)}: {done.stdout.strip()}")


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])))
