"""A clean ledger folder a test, and a few people to write about."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import connection

from taizhang.county.models import Division, Organisation, Resident
from taizhang.ledger import layout, reader, signals, versions

NAMED = "钱某甲"  # planted: must never be found in a ledger file


@pytest.fixture
def empty_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty ledger folder, and no room above that listens."""
    monkeypatch.setattr(signals, "_subscribers", [])
    shutil.rmtree(layout.folder(), ignore_errors=True)
    yield
    shutil.rmtree(layout.folder(), ignore_errors=True)


@pytest.fixture
def ledger(transactional_db: None, empty_folder: None) -> None:
    """An empty ledger beside the test's database. Its consumer opens connections of its own, so nothing may sit in a transaction."""


@pytest.fixture
def clinics(ledger: None) -> list[Organisation]:
    """A county with two village clinics."""
    return two_clinics()


def two_clinics() -> list[Organisation]:
    """In whichever database the test is on."""
    county = Division.objects.create(code="990101", name="样例县", level="county")
    return [
        Organisation.objects.create(
            code=f"99010110120{n}", name=f"样例村{n}卫生室", name_en=f"Clinic {n}", kind="village_clinic", division=county
        )
        for n in (1, 2)
    ]


def person(number: int, **fields: object) -> Resident:
    """A resident, not yet saved."""
    return Resident(
        **{"name": NAMED, "initials": "QMJ", "sex": str(1 + number % 2), "birth_date": date(1950 + number % 60, 1, 1), **fields},
    )


def people(count: int) -> list[Resident]:
    return Resident.objects.bulk_create(person(number) for number in range(count))


@pytest.fixture
def rows() -> Callable[..., list[tuple[object, ...]]]:
    """Rows of a ledger table at a version, by key."""

    def read(table: str, number: int | None = None, columns: str = "*") -> list[tuple[object, ...]]:
        with reader.connect(number) as opened:
            return opened.execute(f'SELECT {columns} FROM "{table}" ORDER BY id').fetchall()

    return read


def stored(table: str = "county_resident", columns: str = "id, id, sex, birth_date, registration, died_on") -> list[tuple[object, ...]]:
    """The same rows as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} ORDER BY id")
        return [tuple(row) for row in cursor.fetchall()]


def latest() -> int:
    return versions.latest_or_error().number
