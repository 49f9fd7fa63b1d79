"""kill -9 at any point of a pass: nothing lost, nothing doubled."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection, transaction

from taizhang.county.models import Change, PopulationCount, Resident
from taizhang.ledger import consumer, verify

from .conftest import people, stored
from .test_consumer import assert_delta_holds_what_the_version_names, assert_no_change_twice, wait_until

KILLS = 20


class Worker:
    """The process of worker.py."""

    def __init__(self) -> None:
        worker = os.path.join(os.path.dirname(__file__), "worker.py")
        environment = {**os.environ, "TAIZHANG_HOME": str(settings.HOME.path), "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        self.process = subprocess.Popen(
            [sys.executable, worker, str(connection.settings_dict["NAME"])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )

    def say(self, line: str) -> str:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def heard(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def close(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


# Its worker writes the SQLite file; test_postgresql.py tries the consumer of PostgreSQL.
pytestmark = pytest.mark.sqlite_file


@pytest.fixture
def worker(clinics) -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


def write(chance: random.Random, clinics) -> None:
    """One write of some kind."""
    residents = list(Resident.objects.values_list("id", flat=True))
    kind = chance.randrange(5)
    with transaction.atomic():
        if kind == 0 or len(residents) < 5:
            people(chance.randrange(1, 8))
        elif kind == 1:
            Resident.objects.filter(id__in=chance.sample(residents, 3)).update(registration=str(chance.randrange(9)))
        elif kind == 2:
            Resident.objects.filter(id=chance.choice(residents)).delete()
        elif kind == 3:
            Resident.objects.filter(sex=str(1 + chance.randrange(2))).update(sex=str(1 + chance.randrange(2)))
        else:
            PopulationCount.objects.update_or_create(
                series="resident",
                organisation=clinics[0],
                as_of="2025-12-31",
                defaults={"value": chance.randrange(10**6), "source": "统计局"},
            )


def test_killed_at_random(worker, clinics, rows):
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    people(20)
    consumer.sync()
    for _ in range(KILLS):
        child = int(worker.say("run"))
        end = time.monotonic() + chance.uniform(0.02, 0.25)
        while time.monotonic() < end:
            write(chance, clinics)
        os.kill(child, signal.SIGKILL)
        assert worker.say("killed") == "gone"
    consumer.sync()
    assert rows("resident") == stored()
    assert not Change.objects.filter(taken__isnull=True).exists()
    assert_no_change_twice()
    report = verify()
    assert report.agrees, report.text.zh


POINTS = [
    "before the first append",
    "between two tables",
    "after an append",
    "before publishing",
    "inside publishing",
    "after marking, before the commit",
    "after publishing",
    "in a fold, after the new base",
    "in a rebuild, after the first table",
]


def test_killed_at_each_point(worker, clinics, rows):
    people(20)
    consumer.sync()
    chance = random.Random(1)
    for point in POINTS:
        people(2)
        Resident.objects.filter(sex="1").update(registration=str(chance.randrange(9)))
        PopulationCount.objects.create(
            series=point, organisation=clinics[0], as_of="2025-12-31", value=chance.randrange(10**6), source="统计局"
        )
        if "fold" in point:
            consumer.sync()
        worker.say(f"die {point}")
        assert worker.heard() == str(int(signal.SIGKILL)), point
        assert verify().agrees, point  # what is published agrees, what waits is set aside
        Resident.objects.first().delete()
        PopulationCount.objects.update(value=chance.randrange(10**6))
        consumer.sync()
        if "rebuild" in point:
            consumer.rebuild()
        assert_delta_holds_what_the_version_names()
        assert rows("resident") == stored(), point
        assert rows("population_count", columns="series, value") == stored("county_populationcount", "series, value"), point
    assert verify().agrees
    assert_no_change_twice()
    wait_until(lambda: not Change.objects.filter(taken__isnull=True).exists(), 1)
