"""Every write leaves its change, whichever way it was written, on both databases."""

import contextlib
import sqlite3
from collections.abc import Callable
from datetime import date

import pytest
from django.core.checks import run_checks
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from taizhang.config.home import current
from taizhang.county import changes
from taizhang.county.changes import acting_as, history
from taizhang.county.models import AuditEntry, Change, Division, Organisation, Resident, Staff


def residents(count: int) -> list[Resident]:
    return [Resident(name=f"样人{n}", initials="yr", sex="1", birth_date=date(1950, 1, 1)) for n in range(count)]


def seen(model: type = Resident) -> list[tuple[str, int, str]]:
    """Operation, row and actor of every change of the model, in order; and forget them."""
    rows = Change.objects.filter(table=model._meta.db_table).order_by("id")
    found = [(change.operation, change.row, change.actor) for change in rows]
    Change.objects.all().delete()
    return found


def test_every_way_of_writing_is_seen(either_database: str) -> None:
    with acting_as("doctor"):
        one, two = Resident.objects.bulk_create(residents(2))
        assert seen() == [("I", one.pk, "doctor"), ("I", two.pk, "doctor")]

        one.phone = two.phone = "1"
        Resident.objects.bulk_update([one, two], ["phone"])
        assert sorted(seen()) == [("U", one.pk, "doctor"), ("U", two.pk, "doctor")]

        Resident.objects.filter(pk=one.pk).update(phone="2")
        assert seen() == [("U", one.pk, "doctor")]

        two.phone = "3"
        Resident.objects.bulk_create([two], update_conflicts=True, unique_fields=["id"], update_fields=["phone"])
        assert seen() == [("U", two.pk, "doctor")]

        with connection.cursor() as cursor:
            cursor.execute("update county_resident set phone = '4' where id = %s", [one.pk])
        assert seen() == [("U", one.pk, "doctor")]

        with connection.cursor() as cursor:
            cursor.execute("delete from county_resident where id = %s", [one.pk])
        Resident.objects.all().delete()
        assert seen() == [("D", one.pk, "doctor"), ("D", two.pk, "doctor")]


def test_nothing_is_seen_of_a_write_that_changed_nothing_or_was_rolled_back(either_database: str) -> None:
    one = Resident.objects.bulk_create(residents(1))[0]
    seen()
    Resident.objects.update(name=one.name, died_on=None)
    assert seen() == []

    def fail() -> None:
        with transaction.atomic():
            Resident.objects.update(name="别名")
            Resident.objects.bulk_create(residents(3))
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail()
    assert seen() == []


def test_old_values_and_text_keys_are_kept(either_database: str, make_county: Callable[[], object]) -> None:
    make_county()
    Change.objects.all().delete()
    with acting_as("bureau"):
        Organisation.objects.filter(pk="990101101").update(name="青山中心卫生院")
    change = Change.objects.get()
    assert (change.row, change.key, change.operation) == (0, "990101101", "U")
    assert change.old is not None
    assert change.old["name"] == "青山镇卫生院"


def test_history_tells_a_row_s_whole_life(either_database: str) -> None:
    with acting_as("doctor"):
        one = Resident.objects.create(name="样人", initials="yr", sex="1", birth_date=date(1950, 1, 1), identity_cipher=b"\x01\xfe")
    with acting_as("township"):
        Resident.objects.filter(pk=one.pk).update(birth_date=date(1951, 2, 3), identity_cipher=b"\x02")
        pk = one.pk
        one.delete()
    made, corrected, ended = history(Resident, pk)
    assert [v.actor for v in (made, corrected, ended)] == ["doctor", "township", "township"]
    assert made.before is None
    assert made.after is not None
    assert made.after["birth_date"] == date(1950, 1, 1)
    assert made.after["identity_cipher"] == b"\x01\xfe"
    assert set(corrected.changed) == {"birth_date", "identity_cipher"}
    assert ended.after is None
    assert made.at <= corrected.at <= ended.at
    assert made.at.tzinfo is not None


def test_history_of_a_row_with_a_text_key_ends_in_its_present_values(db: None) -> None:
    Division.objects.create(code="990101", name="样例县", level="county")
    Division.objects.filter(pk="990101").update(name="样例市")
    assert [v.after["name"] for v in history(Division, "990101") if v.after] == ["样例县", "样例市"]


def test_a_password_is_never_copied_and_a_sign_in_is_no_change(either_database: str, make_county: Callable[[], object]) -> None:
    make_county()
    Change.objects.all().delete()
    Staff.objects.filter(username="doctor").update(last_login="2026-06-30T00:00:00Z")
    assert not Change.objects.exists()
    Staff.objects.filter(username="doctor").update(password="secret-hash")
    Staff.objects.filter(username="doctor").update(phone="1")
    assert [c.operation for c in Change.objects.all()] == ["U", "U"]
    assert all("password" not in (c.old or {}) for c in Change.objects.all())


def test_the_actor_is_put_back_and_may_be_nested(either_database: str) -> None:
    with acting_as("township"):
        with acting_as("doctor"):
            Resident.objects.bulk_create(residents(1))
        Resident.objects.bulk_create(residents(1))
    Resident.objects.bulk_create(residents(1))
    assert [actor for _, _, actor in seen()] == ["doctor", "township", "system"]


@pytest.mark.postgresql
def test_who_acts_is_told_again_after_what_told_it_was_rolled_back(on_postgresql: None) -> None:
    def rolled_back(who: str) -> None:
        with contextlib.suppress(RuntimeError), transaction.atomic(), acting_as(who):
            Resident.objects.bulk_create(residents(1))
            raise RuntimeError

    with acting_as("township"):
        Resident.objects.bulk_create(residents(1))
    rolled_back("doctor")
    with acting_as("doctor"):
        Resident.objects.bulk_create(residents(1))
    with transaction.atomic():
        rolled_back("bureau")
        with acting_as("bureau"):
            Resident.objects.bulk_create(residents(1))
    with transaction.atomic(), acting_as("doctor"):
        assert Resident.objects.count() == 3
        Resident.objects.filter(sex="1").update(phone="1")
    assert [actor for _, _, actor in seen()] == ["township", "doctor", "bureau", "doctor", "doctor", "doctor"]


@pytest.mark.postgresql
def test_who_acts_is_told_again_where_a_transaction_was_begun_by_no_block(on_postgresql: None) -> None:
    one = Resident.objects.bulk_create(residents(1))[0]
    transaction.set_autocommit(False)
    try:
        with acting_as("doctor"):
            Resident.objects.filter(pk=one.pk).update(phone="1")
        transaction.rollback()
    finally:
        transaction.set_autocommit(True)
    with acting_as("doctor"):
        Resident.objects.filter(pk=one.pk).update(phone="2")
    assert [actor for _, _, actor in seen()] == ["system", "doctor"]


@pytest.mark.postgresql
def test_statements_that_begin_otherwise_are_taken_for_writing(on_postgresql: None) -> None:
    one = Resident.objects.bulk_create(residents(1))[0]
    with acting_as("doctor"), connection.cursor() as cursor:
        cursor.execute("")
        cursor.execute("/* by hand */ update county_resident set phone = '1' where id = %s", [one.pk])
    with acting_as("township"), connection.cursor() as cursor:
        cursor.execute("with one as (select %s as id) update county_resident r set phone = '2' from one where one.id = r.id", [one.pk])
    assert [actor for _, _, actor in seen()] == ["system", "doctor", "township"]


@pytest.mark.postgresql
def test_reading_and_writing_what_no_trigger_sees_tells_nobody(on_postgresql: None) -> None:
    with CaptureQueriesContext(connection) as queries, acting_as("doctor"):
        assert not Resident.objects.exists()
        AuditEntry.objects.create(action="list_people")
    assert not any("set_config" in query["sql"] for query in queries)


@pytest.mark.postgresql
def test_the_actor_survives_a_failed_block(on_postgresql: None) -> None:
    def fail() -> None:
        with transaction.atomic(), acting_as("doctor"), connection.cursor() as cursor:
            cursor.execute("select * from nowhere")

    with acting_as("township"):
        with pytest.raises(ProgrammingError):
            fail()
        Resident.objects.bulk_create(residents(1))
    assert [actor for _, _, actor in seen()] == ["township"]


def test_a_missing_trigger_is_named_and_comes_back(either_database: str) -> None:
    assert changes.missing_triggers(connection) == []
    name = next(t.name for t in changes.triggers(connection.vendor) if t.table == "county_resident" and "_d_" in t.name)
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"' + (" ON county_resident" if either_database == "postgresql" else ""))
    assert changes.missing_triggers(connection) == ["county_resident (DELETE)"]
    warned = [message for message in run_checks(databases=["default"], tags=["database"]) if message.id == "taizhang.W001"]
    assert "county_resident (DELETE)" in warned[0].msg
    assert "migrate" in str(warned[0].hint)
    changes.install_triggers(connection)
    assert changes.missing_triggers(connection) == []


def test_a_trigger_of_an_older_shape_is_replaced(either_database: str) -> None:
    older = next(t for t in changes.triggers(connection.vendor) if t.table == "county_resident" and "_i_" in t.name)
    stale = older.name[:-8] + "00000000"
    with connection.cursor() as cursor:
        for statement in older.statements:
            cursor.execute(statement.replace(older.name, stale))
    changes.install_triggers(connection)
    Resident.objects.bulk_create(residents(1))
    assert len(seen()) == 1


@pytest.mark.sqlite_file
@pytest.mark.django_db(transaction=True)
def test_a_program_that_goes_round_django_is_refused() -> None:
    with sqlite3.connect(current().path / "test.sqlite3") as raw, pytest.raises(sqlite3.OperationalError, match="taizhang_actor"):
        raw.execute("insert into county_division (code, name, level) values ('990101', 'x', 'county')")
    raw.close()


def test_every_contract_s_table_is_captured() -> None:
    from taizhang.kernel.registry import registry

    captured = {model._meta.label for model in changes.captured_models()}
    assert {contract.model for contract in registry.contracts.values()} <= captured
