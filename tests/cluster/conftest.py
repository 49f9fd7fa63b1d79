"""One simulated county of all lines of work, its shared ledger, a cluster and a PostgreSQL: made once for the room."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cluster.spark import cluster
from servers import start_postgresql
from taizhang.figures.engines import Engine
from taizhang.figures.engines.postgresql import PostgreSQL
from taizhang.figures.engines.spark import Spark
from taizhang.kernel.registry import registry

UNTIL = "2026-06-30"
RESIDENTS = 600


def taizhang(*arguments: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command as a user gives it, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "taizhang.cli.main", *arguments, "--home", str(home)],
        env={**os.environ, "TAIZHANG_HOME": str(home), **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


# What the county does after its first ledger version: so that tables have changes beside their bases.
CHANGES = """
import django
django.setup()
from taizhang.county.changes import acting_as
from taizhang.ledger.consumer import sync
from taizhang.programmes.hypertension.models import FollowUp
with acting_as("tests"):
    some = list(FollowUp.objects.order_by("pk").values_list("pk", flat=True)[:60])
    FollowUp.objects.filter(pk__in=some[:40]).update(systolic=171)
    FollowUp.objects.filter(pk__in=some[40:]).delete()
sync()
"""


@pytest.fixture(scope="session")
def county_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("county") / "home"
    made = taizhang("simulate", "--population", str(RESIDENTS), "--until", UNTIL, home=home)
    assert made.returncode == 0, made.stderr[-4000:]
    changed = subprocess.run(
        [sys.executable, "-c", CHANGES], env={**os.environ, "TAIZHANG_HOME": str(home)}, capture_output=True, text=True, check=False
    )
    assert changed.returncode == 0, changed.stderr[-4000:]
    return home


@pytest.fixture(scope="session")
def shared_county(county_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared") / "990101"
    done = taizhang("cluster", "share", str(folder), home=county_home)
    assert done.returncode == 0, done.stderr[-4000:]
    registry.take_county_values(county_home / "parameters")
    return folder


@pytest.fixture(scope="session")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with cluster(tmp_path_factory.mktemp("spark")) as address:
        yield address


@pytest.fixture(scope="session")
def spark(master: str) -> Iterator[Spark]:
    found = Spark(master)
    yield found
    found.stop()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Engine]:
    server, reached = start_postgresql("create database engine")
    yield PostgreSQL(f"host={reached['HOST']} port={reached['PORT']} user=postgres dbname=engine")
    server.cleanup()
