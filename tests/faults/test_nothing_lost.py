"""Faults at random moments while visits are saved, listed and imported: afterwards database and ledger agree row for row.

TAIZHANG_FAULTS says how many on each database (`make test-faults`: a hundred); the seed is printed, and TAIZHANG_SEED repeats it.
"""

import os
import random
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from servers import start_postgresql

from .place import HERE, RECORDS, County, fill_disk, kill

FAULTS = int(os.environ.get("TAIZHANG_FAULTS", "2"))
SEED = int(os.environ.get("TAIZHANG_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def county(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[County]:
    if request.param == "sqlite":
        made = County(tmp_path / "home", None)
        yield made
        made.end()
        return
    server, reached = start_postgresql("create database county", durable=True)  # its own: it is made to fall over
    made = County(tmp_path / "home", f"postgresql://postgres@/county?host={reached['HOST']}&port={reached['PORT']}")
    yield made
    made.end()
    server.cleanup()


def the_site_is_killed(county: County, chance: random.Random, folder: Path) -> None:
    assert county.site is not None
    kill(county.site)


def the_consumer_is_killed(county: County, chance: random.Random, folder: Path) -> None:
    assert county.consumer is not None
    kill(county.consumer)


def an_import_is_killed(county: County, chance: random.Random, folder: Path) -> None:
    """Whatever it had stored when it was killed, the same file again completes it."""
    file = folder / f"{chance.randrange(10**9)}.csv"
    wanted = county.file(file, 60)
    importing = county.start("-m", "taizhang.cli.main", "import", RECORDS, file)
    time.sleep(chance.uniform(0, 5))
    kill(importing)
    again = county.ended("-m", "taizhang.cli.main", "import", RECORDS, file)  # refuses the days that a patient has another visit of
    stored = {(who, str(day)) for who, day in county.query("SELECT resident_id, visited_on FROM hypertension_followup")}
    assert {(who, day.isoformat()) for who, _, day in wanted} <= stored, again.stdout + again.stderr


def two_consumers_run_at_once(county: County, chance: random.Random, folder: Path) -> None:
    second = county.start("-m", "taizhang.ledger")
    time.sleep(chance.uniform(2, 5))
    kill(second)


def the_disk_is_full(county: County, chance: random.Random, folder: Path) -> None:
    assert county.site is not None
    assert county.consumer is not None
    for process in (county.site, county.consumer):
        fill_disk(process, True)
    time.sleep(chance.uniform(0.5, 2))
    for process in (county.site, county.consumer):
        fill_disk(process, False)


def the_clock_jumps(county: County, chance: random.Random, folder: Path) -> None:
    """The consumer goes on, a year and more earlier or later."""
    assert county.consumer is not None
    kill(county.consumer)
    county.consumer = county.start(HERE / "late_clock.py", chance.choice([-400, -1, 400]))
    time.sleep(chance.uniform(2, 5))
    kill(county.consumer)


def the_database_restarts(county: County, chance: random.Random, folder: Path) -> None:
    """One of PostgreSQL's own processes is killed: it ends all transactions at hand, recovers from its log and goes on."""
    import psycopg

    assert county.database is not None
    with psycopg.connect(county.database) as opened:
        row = opened.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()").fetchone()
        own = opened.execute("SELECT pg_backend_pid()").fetchone()
    assert own is not None
    killed = row[0] if row else own[0]
    subprocess.run(["kill", "-9", str(killed)], check=False)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if not Path(f"/proc/{killed}").exists():  # until the server has seen it, it answers as if nothing had happened
                county.query("SELECT 1")
                return
        except psycopg.OperationalError:
            pass
        time.sleep(0.1)
    raise AssertionError("PostgreSQL does not come back")


ANYWHERE = [
    the_site_is_killed, the_consumer_is_killed, an_import_is_killed, two_consumers_run_at_once, the_disk_is_full, the_clock_jumps,
]  # fmt: skip


def test_nothing_is_lost_and_nothing_doubled(county: County, tmp_path: Path) -> None:
    print(f"TAIZHANG_SEED={SEED} TAIZHANG_FAULTS={FAULTS} on {'PostgreSQL' if county.database else 'SQLite'}")
    began, chance, made = time.monotonic(), random.Random(SEED), Counter[str]()
    kinds = ANYWHERE + ([the_database_restarts] if county.database else [])
    for number in range(FAULTS):
        fault = kinds[number] if number < len(kinds) <= FAULTS else chance.choice(kinds)  # each once, where there are enough
        county.run()
        over = threading.Event()
        writers = [threading.Thread(target=county.write_until, args=(over,)) for _ in range(2)]
        for writer in writers:
            writer.start()
        try:
            time.sleep(chance.uniform(0.1, 2))
            fault(county, chance, tmp_path)
            time.sleep(chance.uniform(0, 0.5))
        finally:
            over.set()
            for writer in writers:
                writer.join()
        county.assert_nothing_is_lost(f"fault {number}, {fault.__name__}, seed {SEED}")
        made[fault.__name__] += 1
        print(f"{number + 1}: {fault.__name__}, {len(county.acknowledged)} saved, {time.monotonic() - began:.0f} s", flush=True)
    print(*(f"{times} x {name}" for name, times in sorted(made.items())), sep=", ")
    assert len(county.acknowledged) > FAULTS
