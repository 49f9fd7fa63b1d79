"""The same on PostgreSQL, where numbers are drawn before commits and writers do not wait for one another."""

import threading

import pytest
from django.db import connection, connections, transaction

from taizhang.county.models import Change, Organisation, Resident
from taizhang.ledger import consumer, rebuild, verify
from taizhang.ledger.models import Kind

from .conftest import latest, people, person, stored, two_clinics
from .test_consumer import assert_delta_holds_what_the_version_names, assert_no_change_twice, wait_until

pytestmark = pytest.mark.postgresql


@pytest.fixture
def places(on_postgresql: None, empty_folder: None) -> list[Organisation]:
    assert connection.vendor == "postgresql"
    return two_clinics()


def in_thread(work) -> threading.Thread:
    """Run on a connection of its own."""

    def run():
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_writes_arrive_and_every_version_reads(places, rows):
    people(20)
    consumer.sync()
    assert rows("resident") == stored()
    before = stored()
    Resident.objects.filter(sex="1").update(registration="2")
    Resident.objects.filter(sex="2").first().delete()
    Resident.objects.bulk_create([person(90)])
    version = consumer.sync()
    assert version is not None
    assert version.kind == Kind.CHANGES
    assert rows("resident") == stored()
    assert rows("resident", 1) == before
    consumer.fold(force=True)
    assert rows("resident") == stored()
    rebuild()
    assert rows("resident") == stored()
    report = verify()
    assert report.agrees, report.text.zh


def test_change_whose_number_is_older_than_what_was_taken_is_not_lost(places, rows):
    people(1)
    consumer.sync()
    written, may_commit = threading.Event(), threading.Event()

    def long_import():
        with transaction.atomic():
            people(5)
            written.set()
            assert may_commit.wait(20)

    importing = in_thread(long_import)
    assert written.wait(20)
    people(1)  # its change has a higher number and is committed first
    assert consumer.sync() is not None
    taken = latest()
    may_commit.set()
    importing.join()
    waiting = Change.objects.filter(taken__isnull=True, table="county_resident")
    assert waiting.count() == 5
    assert waiting.order_by("id").last().id < Change.objects.filter(taken=taken).order_by("id").last().id
    consumer.sync()
    assert rows("resident") == stored()
    assert len(rows("resident")) == 7


def test_many_writers_and_two_consumers(places, rows):
    people(10)
    consumer.sync()
    stop = threading.Event()

    def consume():
        while not stop.is_set():
            consumer.sync()

    def work():
        for number in range(15):
            made = people(3)
            Resident.objects.filter(id__in=[made[0].id, made[1].id]).update(registration=str(number % 9))
            made[2].delete()
            with transaction.atomic():
                people(2)
                transaction.set_rollback(number % 2 == 0)

    consumers = [in_thread(consume) for _ in range(2)]
    writers = [in_thread(work) for _ in range(3)]
    for thread in writers:
        thread.join()
    stop.set()
    for thread in consumers:
        thread.join()
    consumer.sync()
    wait_until(lambda: not Change.objects.filter(taken__isnull=True).exists(), 2)
    assert rows("resident") == stored()
    assert_no_change_twice()
    assert_delta_holds_what_the_version_names()
    assert verify().agrees
