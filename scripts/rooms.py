"""Run the tests, each room of tests/ in a process and a home of its own, one more at a time than there are cores (a room waits for files, a
browser, a child): all rooms on SQLite and, of those, the rooms with SQL or triggers of their own on PostgreSQL, the long ones first. The
largest room is parted among several processes, by its files.

A room's tests share one home and its ledger, and several make a county once for all of them; in one process a room would find what
another left. Tables are made once, not once a room: every room begins with a copy of a SQLite file that has them, and of a database in one
PostgreSQL that all share. What a room prints is shown when it ends; the last line sums up all of them. Arguments are passed to pytest;
one that is a path runs that path alone, on SQLite, or on PostgreSQL where TAIZHANG_TEST_POSTGRESQL is set.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APART = {"cluster", "bundle"}  # make test-cluster, with an environment of its own; make test-bundle, of the archive
NO_TESTS = 5  # pytest's status when nothing was collected, as when -k leaves a room empty
# With triggers, locks, transactions or statements that the two databases could read differently. The others ask through these.
TWICE = ("county", "ledger", "worklist", "returns", "figures", "exchange", "desk", "publishing")  # upkeep has its own
POSTGRESQL = "TAIZHANG_TEST_POSTGRESQL"

PARTED = {"web": 3}  # in how many processes: alone it would take longer than all others together
# In the order of how long they run, on whichever database; then the others, each within half a minute, the largest first. What begins last
# decides for how long the other core waits.
FIRST = (
    "web", "bench", "upkeep", "ledger", "county", "exchange", "publishing", "figures", "faults", "cli", "docs", "programmes", "worklist",
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """What one process is given: its paths, under a name, and the environment it runs with."""

    name: str
    paths: tuple[str, ...]
    environment: dict[str, str]


def rooms() -> list[tuple[str, tuple[str, ...]]]:
    """Names and paths of what runs in one process each, the largest first."""
    found = [folder for folder in (ROOT / "tests").iterdir() if folder.name not in APART and any(folder.glob("test_*.py"))]
    found.sort(key=_size, reverse=True)
    every = []
    for path in (*found, *sorted((ROOT / "tests").glob("test_*.py"))):
        name, parts = str(path.relative_to(ROOT)), PARTED.get(path.name, 1)
        files = [str(file.relative_to(ROOT)) for file in sorted(path.rglob("test_*.py"), key=_size, reverse=True)]
        if parts == 1:
            every.append((name, (name,)))
        else:
            every += [(f"{name}, part {place + 1} of {parts}", tuple(files[place::parts])) for place in range(parts)]
    return every


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else sum(file.stat().st_size for file in path.rglob("*.py"))


def planned(paths: list[str]) -> list[Run]:
    if paths:
        return [Run(path, (path,), {}) for path in paths]
    every = [Run(name, each, {}) for name, each in rooms()]
    if os.environ.get(POSTGRESQL):
        return sorted(every, key=_turn)
    every += [Run(f"{run.name} on PostgreSQL", run.paths, {POSTGRESQL: "1"}) for run in every if Path(run.name).name in TWICE]
    return sorted(every, key=_turn)


def _turn(this: Run) -> int:
    """The place of a run's room among those that begin first."""
    room = Path(this.paths[0]).relative_to("tests").parts[0]
    return FIRST.index(room) if room in FIRST else len(FIRST)


@contextmanager
def templates() -> Iterator[dict[str, str]]:
    """A SQLite file and a database in PostgreSQL with all tables: what tests/conftest.py copies. Where they cannot be made the
    environment names none, every room migrates for itself, and the tests tell what is wrong."""
    with tempfile.TemporaryDirectory(prefix="taizhang-templates-") as folder:
        tables = Path(folder) / "tables"
        server = _server()
        try:
            # As a new home gets them; that migrations come to the same is a test of its own.
            making = "import django; django.setup(); from taizhang.county.tables import make_tables; make_tables()"
            common = {**os.environ, "DJANGO_SETTINGS_MODULE": "taizhang.config.settings", "PYTHONPATH": str(ROOT / "src")}
            common.pop("TAIZHANG_DATABASE_URL", None)
            places = [("sqlite", common | {"TAIZHANG_HOME": str(tables)})]
            if server:
                socket_folder, port = server[1:]
                url = f"postgresql://postgres@/taizhang_template?host={socket_folder}&port={port}"
                places.append(("postgresql", common | {"TAIZHANG_HOME": str(tables / "postgresql"), "TAIZHANG_DATABASE_URL": url}))
            (tables / "postgresql").mkdir(parents=True)
            started = {name: subprocess.Popen([sys.executable, "-c", making], cwd=ROOT, env=environment) for name, environment in places}
            made = {name for name, child in started.items() if child.wait() == 0}
            found = {}
            if "sqlite" in made:
                found["TAIZHANG_TEST_TEMPLATE"] = str(tables / "taizhang.sqlite3")
            if server and "postgresql" in made:
                found["TAIZHANG_TEST_SERVER"] = f"{server[1]}|{server[2]}"
            yield found
        finally:
            if server:
                server[0].cleanup()


def _server():  # type: ignore[no-untyped-def]
    """The PostgreSQL that all rooms share, with an empty database for the template; None where the package is not installed."""
    sys.path.insert(0, str(ROOT / "tests"))
    try:
        from servers import start_postgresql
    except ImportError:
        return None
    server, reached = start_postgresql("create database taizhang_template")
    return server, reached["HOST"], reached["PORT"]


def run(this: Run, options: list[str], environment: dict[str, str]) -> tuple[int, dict[str, int]]:
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", *this.paths, *options]
    own = {**os.environ, **environment, **this.environment}
    done = subprocess.run(command, cwd=ROOT, env=own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(f"{this.name}: {time.monotonic() - began:.0f} s\n{done.stdout}", flush=True)
    closing = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""
    counted = {kind: int(number) for number, kind in re.findall(r"(\d+) (passed|failed|error|skipped)", closing)}
    return (0 if done.returncode == NO_TESTS else done.returncode), counted


def main(arguments: list[str]) -> int:
    paths = [argument for argument in arguments if (ROOT / argument.partition("::")[0]).exists()]
    options = [argument for argument in arguments if argument not in paths]
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # some hundred processes import the same modules: compiled once, not by each
    began = time.monotonic()
    with templates() as environment, ThreadPoolExecutor(max_workers=1 + (os.cpu_count() or 1)) as pool:
        ended = list(pool.map(lambda one: run(one, options, environment), planned(paths)))
    total = {kind: sum(counted.get(kind, 0) for _, counted in ended) for kind in ("passed", "failed", "error", "skipped")}
    took = f"{time.monotonic() - began:.0f} s"
    print(f"{total['passed']} passed, {total['failed'] + total['error']} failed, {total['skipped']} skipped in {took}")
    return max(status for status, _ in ended)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
