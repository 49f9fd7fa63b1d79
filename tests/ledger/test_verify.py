"""verify names what does not agree; writing without a database; the consumer as a child process."""

import sqlite3
from datetime import date

import pyarrow as pa
import pytest
from django.db import connection

from taizhang.config.home import Home
from taizhang.county.changes import install_triggers, triggers
from taizhang.county.models import Resident
from taizhang.ledger import changed, consumer, layout, process, reader, verify, writer
from taizhang.ledger.layout import LedgerError
from taizhang.ledger.models import Kind, LedgerFile

from .conftest import latest, people
from .test_consumer import wait_until


def behind_the_triggers(sql: str) -> None:
    """A write that no trigger sees, as after a restore by hand."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute("DELETE FROM county_change WHERE taken IS NULL")


def test_agreement(clinics):
    people(10)
    consumer.sync()
    Resident.objects.filter(sex="1").update(registration="2")
    report = verify()
    assert report.agrees
    assert report.waiting == 5
    assert report.text.zh == "台账第1版与数据库一致，待取变更5条"
    assert report.tables[0].text.zh == "居民（resident）：5行，一致"
    consumer.sync()
    assert verify().agrees
    assert verify().waiting == 0


def test_planted_disagreements_are_named_without_values(clinics):
    _, second, third = people(3)
    consumer.sync()
    behind_the_triggers(f"UPDATE county_resident SET birth_date = '1931-07-07' WHERE id = {second.id}")
    behind_the_triggers(f"DELETE FROM county_resident WHERE id = {third.id}")
    report = verify()
    assert not report.agrees
    table = next(table for table in report.tables if table.table == "resident")
    assert (table.only_database, table.only_ledger, table.different) == (0, 1, 1)
    assert table.keys == (second.id, third.id)
    assert table.columns == ("birth_date",)
    assert "仅台账有1行，内容不同1行" in table.text.zh
    assert f"记录序号如{second.id}、{third.id}；不同的列：birth_date" in table.text.zh
    assert "1931" not in str(report)
    consumer.rebuild()
    assert verify().agrees


def test_missing_trigger_is_named_and_a_rebuild_mends_it(clinics, rows):
    consumer.sync()
    try:
        with connection.cursor() as cursor:
            (name,) = (t.name for t in triggers(connection.vendor) if t.table == "county_resident" and "_i_" in t.name)
            cursor.execute(f'DROP TRIGGER "{name}"' + (' ON "county_resident"' if connection.vendor == "postgresql" else ""))
        people(2)
        report = verify()
        assert not report.agrees
        assert report.missing_triggers == ("county_resident (INSERT)",)
        assert "缺少变更触发器：county_resident (INSERT)" in report.text.zh
        assert report.tables[0].only_database == 2
        consumer.rebuild()
        assert verify().agrees
        assert len(rows("resident")) == 2
    finally:
        install_triggers(connection)


def test_altered_and_missing_files_are_named(clinics):
    people(3)
    consumer.sync()
    paths = list(LedgerFile.objects.values_list("path", flat=True))
    assert paths
    (layout.folder() / paths[0]).write_bytes(b"PAR1")
    report = verify()
    assert report.damaged_files == (paths[0],)
    assert f"文件缺失或被改动：{paths[0]}" in report.text.zh
    (layout.folder() / paths[0]).unlink()
    assert verify().damaged_files == (paths[0],)


def test_ledger_written_directly(ledger, rows):
    contract = layout.contract_of("resident")
    dictionaries = [
        {"id": n, "resident": n, "sex": "1", "birth_date": date(1960, 1, 1 + n % 28), "registration": "1"} for n in range(1, 101)
    ]
    batch = layout.batch_of_dicts(contract, [{**row, "id": row["id"] + 100, "resident": row["id"] + 100} for row in dictionaries])
    assert isinstance(batch, pa.RecordBatch)
    assert writer.write_base("resident", iter([dictionaries, batch])) == 200
    version = writer.publish_first_version()
    assert (version.number, version.kind) == (1, Kind.DIRECT)
    assert len(rows("resident")) == 200
    assert rows("residency") == []
    with reader.connect() as opened:
        dates = opened.execute(f"SELECT birth_date FROM {reader.parquet([version.files['resident']['base'][0]['path']])}").fetchall()
    assert dates == sorted(dates)
    report = verify()
    assert report.agrees
    assert not report.compared
    with pytest.raises(LedgerError, match="已有版本"):
        writer.write_base("resident", [])
    with pytest.raises(LedgerError, match="没有表 nothing"):
        writer.write_base("nothing", [])


@pytest.mark.sqlite_file  # copies the file as a home of its own
def test_child_process_brings_changes_and_ends_with_its_parent(clinics, tmp_path, settings):
    """serve and demo start it; here it works on a home of its own, a copy of the test's database."""
    people(3)
    home = Home(tmp_path / "home")
    home.create(kind="simulated", organisation="990101")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(home.database)])
    settings.HOME = home
    child = process.start()
    other = sqlite3.connect(home.database, timeout=20, isolation_level=None)
    try:
        other.create_function("taizhang_actor", 0, lambda: "test")
        versions_made = "SELECT coalesce(max(number), 0) FROM ledger_ledgerversion"
        wait_until(lambda: other.execute(versions_made).fetchone()[0] == 1, 30)
        other.execute("UPDATE county_resident SET sex = '9'")
        wait_until(lambda: other.execute("SELECT count(*) FROM county_change WHERE taken IS NULL").fetchone()[0] == 0, 2)
        assert other.execute(versions_made).fetchone()[0] == 2
    finally:
        other.close()
        process.stop(child)
    assert child.returncode == 0


def test_a_table_whose_columns_changed_is_built_anew_and_old_versions_still_read(clinics, rows, monkeypatch):
    from dataclasses import replace

    from taizhang.kernel.contracts import Column
    from taizhang.kernel.registry import registry
    from taizhang.kernel.text import Text

    people(4)
    consumer.sync()
    old = registry.contracts["resident"]
    relation = Column("relation", "code", Text("与户主关系", "Relation"))
    monkeypatch.setitem(registry.contracts, "resident", replace(old, columns=(*old.columns, relation)))
    Resident.objects.all().update(relation="02")
    consumer.sync()
    assert rows("resident", columns="relation") == [("02",)] * 4
    assert rows("resident", 1, columns="relation") == [(None,)] * 4
    Resident.objects.all().update(relation="03")
    consumer.sync()
    assert rows("resident", columns="relation") == [("03",)] * 4
    assert changed.residents(1, latest()) is None
