"""Simulated homes to measure on, made once a size and kept below build/bench; and the child processes that measure."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BUILD = Path(os.environ.get("TAIZHANG_BENCH") or ROOT / "build" / "bench")  # a city takes some 20 GB
DAY = date(2026, 6, 30)  # the last day of the half-year measured; bench/handwritten states it too
PERIOD = "2026H1"
SEED = 1
IMPORTED = 100_000  # rows of the file
DATABASE_SIZE = 100_000  # residents of the largest county that is simulated into a database


@dataclass(frozen=True)
class Ran:
    """One child process: what it said last, how long it took (seconds, wall clock) and its peak memory (MB)."""

    answer: dict[str, Any]
    seconds: float
    peak_mb: int


def run(*arguments: object, environment: Mapping[str, str] | None = None) -> Ran:
    """Run a Python child to its end. Its last line of output, if it is JSON, is its answer. Raises RuntimeError where it fails.

    Its database is the file in its home, unless `environment` names another: a simulated county has no place in the service's."""
    given = {name: value for name, value in os.environ.items() if name != "TAIZHANG_DATABASE_URL"}
    given |= {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))), "PYTHONDONTWRITEBYTECODE": "1", **(environment or {})}
    began = time.perf_counter()
    child = subprocess.Popen([sys.executable, *map(str, arguments)], cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    with child.stdout as stream:
        said = stream.read().strip().splitlines()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(map(str, arguments))} ended with {child.returncode}")
    try:
        answer = json.loads(said[-1]) if said else {}
    except json.JSONDecodeError:
        answer = {}
    return Ran(answer, time.perf_counter() - began, usage.ru_maxrss // 1024)


def simulated(size: int, *, ledger_only: bool) -> tuple[Path, dict[str, Any]]:
    """A home of so many residents, and how long it took to make. One that an interrupted run left unfinished, or that other code made, is
    made anew."""
    folder = BUILD / f"{'ledger' if ledger_only else 'database'}-{size}"
    made = folder / "bench.json"
    facts = json.loads(made.read_text(encoding="utf-8")) if made.exists() else {}
    if facts.get("code") != code():
        shutil.rmtree(folder, ignore_errors=True)
        options = ["--population", size, "--seed", SEED, "--until", DAY, "--home", folder, *(["--ledger-only"] if ledger_only else [])]
        ran = run("-m", "bench.cli", "simulate", *options)
        run("-m", "bench.cli", "sync", "--home", folder)  # what stands in the database all the same: populations and returns
        facts = {"residents": size, "seconds": round(ran.seconds, 2), "per_second": round(size / ran.seconds), "peak_mb": ran.peak_mb}
        made.write_text(json.dumps({**facts, "code": code()}), encoding="utf-8")
    return folder, facts


def standing(size: int) -> Path:
    """A home of so many residents in the database that is there already, whatever code made it (whoever enters it brings its tables up to
    date); made where there is none. For what asks the site: a large county takes long to make."""
    folder = BUILD / f"database-{size}"
    return folder if (folder / "bench.json").exists() else simulated(size, ledger_only=False)[0]


def code() -> str:
    """Of what decides how a simulated home looks: the simulation, the tables and how the ledger writes them."""
    source = ROOT / "src" / "taizhang"
    digest = hashlib.sha256()
    for pattern in ("simulation/*.py", "**/simulate.py", "**/simulation.py", "**/records.py", "**/migrations/*.py", "ledger/tables.py"):
        for file in sorted(source.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def copied(home: Path) -> Iterator[Path]:
    """A copy of a home, for what changes it."""
    copy = home.with_name(f"{home.name}-copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(home, copy)
    try:
        yield copy
    finally:
        shutil.rmtree(copy, ignore_errors=True)


@contextmanager
def linked(home: Path) -> Iterator[Path]:
    """The same for a large one: the ledger's data files, which never change once they are there, are linked and not copied."""
    copy = home.with_name(f"{home.name}-copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(home, copy, copy_function=_placed)
    try:
        yield copy
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def _placed(source: str, target: str) -> str:
    if Path(source).suffix in (".parquet", ".sums"):
        os.link(source, target)
        return target
    return shutil.copy2(source, target)


def enter(home: Path) -> None:
    """Make a home this process's own: from here on Django and the registry are ready."""
    os.environ["TAIZHANG_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.config.settings")
    import django

    django.setup()


def percentiles(seconds: list[float]) -> dict[str, float]:
    """p50 and p95 in milliseconds (the nearest rank) of a list of runs."""
    ranked = sorted(seconds)

    def at(share: float) -> float:
        return round(ranked[min(len(ranked) - 1, max(0, -(-int(len(ranked) * share * 100) // 100) - 1))] * 1000, 1)

    return {"runs": len(ranked), "p50_ms": at(0.50), "p95_ms": at(0.95), "max_ms": round(ranked[-1] * 1000, 1)}
