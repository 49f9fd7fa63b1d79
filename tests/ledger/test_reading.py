"""Reading versions: older ones stay as they were, connections see the ledger's folder only, subscribers learn what changed."""

import re
import threading
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from django.db import connection

import taizhang
from taizhang.county.models import PopulationCount, Residency, Resident
from taizhang.ledger import changed, consumer, layout, reader, rebuild, signals, versions
from taizhang.ledger.layout import LedgerError
from taizhang.ledger.models import LedgerVersion

from .conftest import latest, people, stored


def test_older_versions_still_give_their_rows_after_changes_folds_and_rebuilds(clinics, rows):
    people(12)
    consumer.sync()
    seen = {latest(): stored()}
    for step in range(4):
        Resident.objects.filter(sex=str(1 + step % 2)).update(registration=str(step))
        people(2)
        Resident.objects.first().delete()
        consumer.sync()
        seen[latest()] = stored()
        if step == 1:
            consumer.fold(force=True)
            seen[latest()] = stored()
        if step == 2:
            rebuild()
            seen[latest()] = stored()
    assert len(seen) == 7
    for number, expected in seen.items():
        assert rows("resident", number) == expected, number


def test_version_that_is_not_there(ledger):
    with pytest.raises(LedgerError, match="先运行 taizhang sync"):
        reader.connect()
    with pytest.raises(LedgerError, match="第7版"):
        reader.connect(7)


def test_empty_tables_have_their_columns_and_types(ledger):
    consumer.sync()
    with reader.connect() as opened:
        described = opened.execute('DESCRIBE "residency"').fetchall()
    assert [(row[0], row[1]) for row in described] == [
        ("id", "BIGINT"),
        ("resident", "BIGINT"),
        ("organisation", "VARCHAR"),
        ("started_on", "DATE"),
        ("ended_on", "DATE"),
    ]


@pytest.mark.parametrize(
    "forbidden",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY (SELECT 1) TO '{outside}/out.csv'",
        "ATTACH '{outside}/other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "SELECT * FROM read_parquet('{ledger}/../home.json')",
    ],
)
def test_connection_is_closed_to_all_but_the_ledger(clinics, tmp_path, forbidden):
    people(2)
    consumer.sync()
    with reader.connect() as opened, pytest.raises(duckdb.Error):
        opened.execute(forbidden.format(outside=tmp_path, ledger=layout.folder()))


def test_connection_may_write_membership_inside_the_ledger(clinics):
    people(2)
    consumer.sync()
    target = layout.folder() / "membership" / "1.parquet"
    target.parent.mkdir(exist_ok=True)
    with reader.connect() as opened:
        opened.execute(f"COPY (SELECT id FROM resident) TO '{target}'")
        assert opened.execute(f"SELECT count(*) FROM read_parquet('{target}')").fetchone() == (2,)


def test_many_readers_while_the_consumer_writes(clinics):
    people(10)
    consumer.sync()
    version = versions.latest()
    counts, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            with reader.connect(version) as opened:
                counts.append(opened.execute("SELECT count(*) FROM resident").fetchone()[0])
        connection.close()

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        people(3)
        consumer.sync()
        consumer.fold(force=True)
    stop.set()
    for thread in threads:
        thread.join()
    assert set(counts) == {10}


def test_rows_of_one_resident(clinics):
    first, second = people(2)
    Residency.objects.create(resident=first, organisation=clinics[0], started_on=date(2020, 1, 1), ended_on=date(2021, 1, 1))
    Residency.objects.create(resident=first, organisation=clinics[1], started_on=date(2021, 1, 2))
    Residency.objects.create(resident=second, organisation=clinics[1], started_on=date(2020, 1, 1))
    consumer.sync()
    with reader.connect() as opened:
        found = reader.rows_of_resident(opened, first.id, ["resident", "residency", "population_count"])
    assert [row["organisation"] for row in found["residency"]] == [clinics[0].code, clinics[1].code]
    assert found["resident"][0]["birth_date"] == first.birth_date
    assert found["population_count"] == []


def test_changed_residents_holds_those_a_row_moved_from_to_or_was_deleted_of(clinics):
    a, b, c, d, e = people(5)
    moved = Residency.objects.create(resident=a, organisation=clinics[0], started_on=date(2020, 1, 1))
    gone = Residency.objects.create(resident=c, organisation=clinics[0], started_on=date(2020, 1, 1))
    consumer.sync()
    start = latest()
    Residency.objects.filter(pk=moved.pk).update(resident=b)
    consumer.sync()
    gone.delete()
    PopulationCount.objects.create(series="resident", organisation=clinics[0], as_of=date(2025, 12, 31), value=1, source="统计局")
    consumer.sync()
    consumer.fold(force=True)
    Resident.objects.filter(pk=d.pk).update(sex="9")
    consumer.sync()
    assert changed.residents(start, start + 1) == [a.id, b.id]
    assert changed.residents(start + 1, start + 2) == [c.id]
    assert changed.residents(start, latest()) == [a.id, b.id, c.id, d.id]
    assert changed.tables(start, latest()) == {"resident", "residency", "population_count"}
    assert changed.residents(latest(), latest()) == []
    rebuild()
    assert changed.residents(start, latest()) is None
    assert e.id not in changed.residents(start, latest() - 1)


def test_subscribers_hear_of_each_version_and_one_that_fails_stops_nobody(clinics, caplog):
    heard: list[signals.Announcement] = []

    secret = "a value that no log may hold"

    def failing(announcement):
        raise ValueError(secret)

    signals.on_new_version(failing)
    signals.on_new_version(heard.append)
    try:
        someone = people(2)[1]
        consumer.sync()
        Resident.objects.filter(pk=someone.pk).update(sex="9")
        consumer.sync()
    finally:
        signals.forget(failing)
        signals.forget(heard.append)
    assert [(one.number, one.previous, one.residents) for one in heard] == [(1, None, None), (2, 1, [someone.id])]
    assert heard[1].tables == {"resident"}
    assert secret not in caplog.text
    assert "failing failed with ValueError" in caplog.text


def test_files_of_the_last_90_days_and_of_pinned_versions_are_kept(clinics, rows):
    day = date(2026, 6, 30)
    people(5)
    contents = {}
    for number in range(1, 5):
        if number > 1:
            Resident.objects.filter(sex="1").update(registration=str(number))
            consumer.sync()
            consumer.fold(force=True)
        else:
            consumer.sync()
        contents[latest()] = stored()
    numbers = list(contents)
    ages = dict(zip(numbers, (200, 150, 120, 10), strict=True))
    for version in LedgerVersion.objects.all():
        age = ages.get(version.number, 150)
        LedgerVersion.objects.filter(pk=version.pk).update(created_at=f"{day - timedelta(days=age)} 08:00:00+08:00")
    versions.pin(numbers[1], "2026年半年总结")
    (layout.folder() / "resident" / "base" / "part-of-a-killed-pass.parquet").touch()
    assert versions.retention(day) > 0
    kept = list(LedgerVersion.objects.order_by("number").values_list("number", flat=True))
    assert kept == [numbers[1], numbers[3]]
    for number in kept:
        assert rows("resident", number) == contents[number]
    named = {file["path"] for version in LedgerVersion.objects.all() for part in version.files["resident"].values() for file in part}
    on_disk = {
        path.relative_to(layout.folder()).as_posix()
        for path in (layout.folder() / "resident").rglob("*.parquet")
        if "_delta_log" not in str(path)
    }
    assert on_disk == named
    Resident.objects.first().delete()
    consumer.sync()
    assert rows("resident") == stored()
    assert versions.retention(day) == 0


def test_no_source_uses_the_arrow_doors_of_the_delta_library():
    """They abort the process at exit in about half of the runs; DuckDB reads lists of files instead."""
    doors = re.compile(r"to_pyarrow_(table|dataset)|to_pandas|pyarrow\.dataset|delta_scan")
    source = Path(taizhang.__file__).parent
    assert [str(path) for path in source.rglob("*.py") if doors.search(path.read_text(encoding="utf-8"))] == []
