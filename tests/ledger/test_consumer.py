"""Changes reach the ledger, whatever way they were written."""

import shutil
import threading
import time
from contextlib import nullcontext
from datetime import date

import pytest
from django.db import connection, transaction

from taizhang.county.models import Change, Organisation, PopulationCount, Residency, Resident
from taizhang.ledger import changed, consumer, layout, rebuild, snapshot, verify, versions
from taizhang.ledger.models import Kind, LedgerFile, LedgerVersion
from taizhang.ledger.tables import Conflict, Handle

from .conftest import NAMED, latest, people, person, stored


def test_first_sync_builds_every_table_and_takes_the_queue(clinics, rows):
    people(30)
    assert Change.objects.filter(taken__isnull=True).count() >= 30
    version = consumer.sync()
    assert version is not None
    assert version.tables == sorted(layout.contracts())
    assert rows("resident") == stored()
    assert LedgerVersion.objects.get(number=1).kind == Kind.REBUILD
    assert not Change.objects.filter(taken__isnull=True).exists()
    assert consumer.sync() is None


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda: Resident.objects.bulk_create([person(1), person(2)]), id="bulk_create"),
        pytest.param(lambda: Resident.objects.filter(sex="1").update(registration="2"), id="update"),
        pytest.param(
            lambda: Resident.objects.bulk_update([Resident(id=r.id, sex="9") for r in Resident.objects.all()], ["sex"]), id="bulk_update"
        ),
        pytest.param(lambda: Resident.objects.filter(sex="2").delete(), id="delete"),
        pytest.param(
            lambda: connection.cursor().execute("UPDATE county_resident SET died_on = '2026-05-01' WHERE sex = '1'"), id="raw SQL"
        ),
        pytest.param(lambda: (Resident.objects.all().delete(), people(4)), id="all gone and new ones"),
    ],
)
def test_bulk_writes_arrive(clinics, rows, write):
    people(20)
    consumer.sync()
    write()
    version = consumer.sync()
    assert version is not None
    assert version.kind == Kind.CHANGES
    assert rows("resident") == stored()


def test_rolled_back_block_leaves_nothing(clinics, rows):
    people(5)
    consumer.sync()
    with transaction.atomic():
        Resident.objects.all().delete()
        transaction.set_rollback(True)
    assert consumer.sync() is None
    assert rows("resident") == stored()
    assert len(rows("resident")) == 5


def test_row_written_and_deleted_between_two_passes_is_not_there(clinics, rows):
    people(3)
    consumer.sync()
    brief = people(1)[0]
    Resident.objects.filter(pk=brief.pk).delete()
    consumer.sync()
    assert rows("resident") == stored()


def test_values_arrive_in_their_types_and_an_empty_text_is_missing(clinics, rows):
    someone = people(1)[0]
    Residency.objects.create(resident=someone, organisation=clinics[0], started_on=date(2020, 2, 29))
    PopulationCount.objects.create(series="", organisation=clinics[1], as_of=date(2025, 12, 31), value=5_000_000_000, source="统计局")
    consumer.sync()
    assert rows("residency", columns="resident, organisation, started_on, ended_on") == [
        (someone.id, clinics[0].code, date(2020, 2, 29), None)
    ]
    assert rows("population_count", columns="series, organisation, as_of, value") == [
        (None, clinics[1].code, date(2025, 12, 31), 5_000_000_000)
    ]


def test_history_of_tables_outside_the_ledger_is_taken_without_a_new_version(clinics):
    consumer.sync()
    before = latest()
    Organisation.objects.filter(code=clinics[0].code).update(name="改名卫生室")
    assert Change.objects.filter(taken__isnull=True).exists()
    assert consumer.sync() is None
    assert not Change.objects.filter(taken__isnull=True).exists()
    assert latest() == before


def test_many_changes_go_in_several_passes(clinics, rows, monkeypatch):
    monkeypatch.setattr(consumer, "BATCH", 7)
    consumer.sync()
    people(30)
    version = consumer.sync()
    assert version is not None
    assert version.number > 3
    assert rows("resident") == stored()


def test_rebuild_gives_the_same_rows_and_a_new_base(clinics, rows):
    people(20)
    consumer.sync()
    Resident.objects.filter(sex="1").update(sex="9")
    Resident.objects.filter(sex="2").first().delete()
    consumer.sync()
    before, number = rows("resident"), latest()
    version = rebuild()
    assert version.kind == Kind.REBUILD
    assert rows("resident") == before == stored()
    assert version.files["resident"]["changes"] == []
    assert rows("resident", number) == before


def test_lost_table_is_built_anew(clinics, rows):
    people(10)
    consumer.sync()
    shutil.rmtree(layout.folder() / "resident")
    assert consumer.sync() is not None
    assert rows("resident") == stored()


def test_fold_changes_files_and_no_contents(clinics, rows, monkeypatch):
    people(10)
    consumer.sync()
    Resident.objects.filter(sex="1").update(sex="9")
    consumer.sync()
    before, number = rows("resident"), latest()
    Resident.objects.first().delete()
    consumer.sync()
    assert consumer.fold() is None  # too few to be worth it
    folded = consumer.fold(force=True)
    assert folded is not None
    assert folded.kind == Kind.FOLD
    assert len(folded.files["resident"]["base"]) == 1
    assert folded.files["resident"]["changes"] == []
    assert rows("resident") == stored()
    assert rows("resident", number) == before
    assert changed.residents(number + 1, folded.number) == []
    Resident.objects.filter(sex="9").update(sex="1")
    consumer.sync()
    assert rows("resident") == stored()
    monkeypatch.setattr(consumer, "FOLD_FILES", 1)
    for number in range(3):
        Resident.objects.bulk_create([person(number)])
        consumer.sync()
    merged = consumer.fold()
    assert merged is not None
    assert len(merged.files["resident"]["changes"]) == 1
    assert merged.files["resident"]["base"] == folded.files["resident"]["base"]
    assert rows("resident") == stored()
    Resident.objects.first().delete()
    consumer.sync()
    assert rows("resident") == stored()
    assert verify().agrees


@pytest.mark.parametrize("locked", [True, False], ids=["one waits for the other", "as if on two machines without a lock"])
def test_two_consumers_at_once(clinics, rows, monkeypatch, locked):
    if not locked:  # then the Delta transactions and the version's number are what refuses the slower one
        layout.folder().mkdir(exist_ok=True)  # the lock's file would make it
        monkeypatch.setattr(snapshot, "consumer_lock", nullcontext)
        monkeypatch.setattr(snapshot, "advisory_lock", nullcontext)
        monkeypatch.setattr(consumer, "ATTEMPTS", 1000)
    people(5)
    consumer.sync()
    stop, faults = threading.Event(), []

    def consume():
        try:
            while not stop.is_set():
                consumer.sync()
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    consumers = [threading.Thread(target=consume) for _ in range(2)]
    for thread in consumers:
        thread.start()
    for number in range(30):
        people(3)
        Resident.objects.filter(id=Resident.objects.first().id).delete()
        Resident.objects.filter(sex=str(1 + number % 2)).update(registration=str(1 + number % 3))
    stop.set()
    for thread in consumers:
        thread.join()
    consumer.sync()
    assert faults == []
    assert rows("resident") == stored()
    assert_no_change_twice()


def test_handle_opened_before_another_consumer_wrote_is_refused(clinics):
    people(2)
    consumer.sync()
    contract = layout.contract_of("resident")
    slow, quick = Handle.open(contract, "changes"), Handle.open(contract, "changes")
    batch = layout.changes_batch(contract, layout.batch_of_rows(contract, []), 2, {1: 1})
    quick.append(batch)
    with pytest.raises(Conflict):
        slow.append(batch)


def test_changes_taken_by_another_are_not_published_again(clinics):
    people(2)
    consumer.sync()
    people(2)
    waiting = list(Change.objects.filter(taken__isnull=True).values_list("id", flat=True))
    Change.objects.filter(id=waiting[0]).update(taken=1)
    draft = consumer.Draft.after(versions.latest(), Kind.CHANGES)
    draft.taken = waiting
    with pytest.raises(Conflict):
        consumer.publish(draft)
    assert latest() == 1
    assert Change.objects.filter(taken__isnull=True).count() == len(waiting) - 1


@pytest.mark.sqlite_file
def test_looking_at_the_queue_reads_what_waits_and_not_the_history(clinics):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {snapshot.waiting_tables_sql(10)}")
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert "change_waiting" in plan
    assert "change_row" not in plan


def test_synchronising_inside_a_transaction_is_refused(clinics):
    with transaction.atomic(), pytest.raises(RuntimeError, match="outside of transactions"):
        consumer.sync()


def test_change_arrives_within_two_seconds_while_running(clinics):
    people(50)
    stop = threading.Event()

    def run():
        consumer.run_forever(stop)
        connection.close()

    running = threading.Thread(target=run)
    running.start()
    try:
        wait_until(lambda: versions.latest() is not None, 10)
        for _ in range(3):
            people(1)
            started = time.monotonic()
            wait_until(lambda: not Change.objects.filter(taken__isnull=True).exists(), 2)
            assert time.monotonic() - started < 2
    finally:
        stop.set()
        running.join()


def test_no_name_and_no_identity_in_any_file(clinics):
    someone = people(3)[0]
    consumer.sync()
    Resident.objects.filter(pk=someone.pk).update(phone="99912345678", identity_tail="9921", record_number="99010110120100001")
    consumer.sync()
    consumer.fold(force=True)
    files = [path for path in layout.folder().rglob("*") if path.is_file()]
    assert any(path.suffix == ".parquet" for path in files)
    for path in files:
        contents = path.read_bytes()
        for planted in (NAMED, "QMJ", "99912345678", "99010110120100001"):
            assert planted.encode() not in contents, path
    personal = {"name", "initials", "phone", "identity_hash", "identity_cipher", "identity_tail", "record_number", "address"}
    for contract in layout.contracts().values():
        titles = {contract.named_by}  # what a record about nobody goes by, such as a document's title or a team's name
        assert not personal & {column.source for column in contract.all_columns} - titles, contract.table


def assert_no_change_twice():
    """No key's change was appended twice to what versions name."""
    from taizhang.ledger import reader

    paths = list(LedgerFile.objects.filter(table="resident", part="changes").values_list("path", flat=True))
    with reader.hardened() as opened:
        doubled = opened.execute(f"SELECT id, _sequence FROM {reader.parquet(paths)} GROUP BY ALL HAVING count(*) > 1").fetchall()
    assert doubled == []


def assert_delta_holds_what_the_version_names():
    """What killed passes left behind has been taken back: another reader of the Delta tables would see the same files."""
    for table, parts in versions.latest_or_error().files.items():
        for part in layout.PARTS:
            named = {file["path"].rsplit("/", 1)[-1] for file in parts[part]}
            assert Handle.open(layout.contract_of(table), part).names == named, (table, part)


def wait_until(condition, seconds):
    """Look again and again, at most so long."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.02)
