"""A record's one road, walked with follow-ups of hypertension patients, on both databases where storing matters."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taizhang.county import recording
from taizhang.county.fields import element_field, element_of
from taizhang.county.models import Change, Organisation, PeriodLock, Resident
from taizhang.county.recording import RecordRefused
from taizhang.kernel import elements

TODAY = date(2026, 6, 30)


def visit(resident: Any, **facts: Any) -> Any:
    model = apps.get_model("hypertension", "FollowUp")
    values = {"visited_on": date(2026, 3, 1), "way": "1", "systolic": 130, "diastolic": 80, "organisation_id": "990101101201"}
    return model(resident=resident, **{**values, **facts})


def refusal(record: Any, day: date = TODAY) -> RecordRefused:
    with pytest.raises(RecordRefused) as caught:
        recording.save(record, actor="doctor", day=day)
    assert not type(record).objects.exists()
    return caught.value


@pytest.fixture
def patient(either_database: str, make_county: Any) -> Any:
    return make_county().resident()


def test_saving_derives_the_whole_history_and_writes_only_what_changed(patient: Any) -> None:
    first = recording.save(visit(patient), actor="doctor", day=TODAY)
    assert first.recorded_by == "doctor"
    assert first.next_due_on == date(2026, 6, 1)
    third = recording.save(visit(patient, visited_on=date(2026, 5, 30)), actor="doctor", day=TODAY)
    Change.objects.all().delete()

    recording.save(visit(patient, visited_on=date(2026, 4, 20)), actor="neighbour", day=TODAY)

    first.refresh_from_db()
    assert first.answered_on == date(2026, 4, 20)
    written = [(c.operation, c.row) for c in Change.objects.filter(table="hypertension_followup")]
    assert ("U", first.pk) in written
    assert ("U", third.pk) not in written
    assert len(written) == 2, "the new visit is written once, with its derived columns"


def test_correcting_and_removing_derive_anew(patient: Any) -> None:
    first = recording.save(visit(patient), actor="doctor", day=TODAY)
    second = recording.save(visit(patient, visited_on=date(2026, 5, 1)), actor="doctor", day=TODAY)
    second.visited_on = date(2026, 5, 9)
    recording.save(second, actor="doctor", day=TODAY)
    first.refresh_from_db()
    assert first.answered_on == date(2026, 5, 9)
    recording.remove(second, actor="doctor", day=TODAY)
    first.refresh_from_db()
    assert first.answered_on is None


def test_many_are_stored_as_if_saved_one_by_one(either_database: str, make_county: Any) -> None:
    county = make_county()
    patients = [county.resident(f"样人{n}") for n in range(4)]
    model = apps.get_model("hypertension", "FollowUp")
    days = [date(2026, 1, 5) + timedelta(days=40 * n) for n in range(4)]
    pressures = [130, 170, 150, 130]
    for person in patients[:2]:
        for day, systolic in zip(days, pressures, strict=True):
            recording.save(visit(person, visited_on=day, systolic=systolic), actor="doctor", day=TODAY)
    common = {"way": "1", "diastolic": 80, "organisation_id": "990101101201"}
    for part in (slice(0, 2), slice(2, 4)):  # the second batch changes what the first derived
        rows = [
            {"resident_id": person.pk, "visited_on": day, "systolic": systolic, **common}
            for person in patients[2:]
            for day, systolic in zip(days[part], pressures[part], strict=True)
        ]
        assert recording.apply_many(model, rows, actor="import") == 4
    derived = ("visited_on", "visit_class", "next_due_on", "due_reason", "answered_on", "rule", "age_at_visit")
    histories = [list(model.objects.filter(resident=p).order_by("visited_on").values_list(*derived)) for p in patients]
    assert histories[0] == histories[1] == histories[2] == histories[3]
    assert histories[0][0][4] == days[1]
    assert set(model.objects.filter(resident=patients[3]).values_list("recorded_by", flat=True)) == {"import"}


@pytest.mark.django_db
def test_storing_many_asks_no_more_for_more(county: Any) -> None:
    people = [county.resident(f"样人{n}") for n in range(12)]
    model = apps.get_model("hypertension", "FollowUp")

    def queries(count: int, day: date) -> int:
        rows = [{"resident_id": p.pk, "visited_on": day, "way": "2", "organisation_id": "990101"} for p in people[:count]]
        with CaptureQueriesContext(connection) as seen:
            assert recording.check_many(model, rows, day=TODAY)
            recording.apply_many(model, rows, actor="import")
        return len(seen)

    few, many = queries(2, date(2026, 1, 1)), queries(12, date(2026, 1, 2))
    assert many <= few  # PostgreSQL has been told by then who acts


def test_what_is_refused_says_what_and_what_to_do(patient: Any) -> None:
    cases = {
        "systolic": (visit(patient, systolic=400), "收缩压400mmHg超出合理范围"),
        "way": (visit(patient, way="7"), "随访方式没有“7”这一项，可填：1 门诊"),
        "visited_on": (visit(patient, visited_on=date(1954, 1, 1)), "早于出生日期1955-03-01。请核对日期或居民"),
        "organisation": (visit(patient, organisation_id="990101999"), "没有代码为990101999的机构"),
    }
    for field, (record, message) in cases.items():
        error = refusal(record)
        assert error.faults[0].field == field
        assert message in str(error)
        assert str(error).startswith("记录未保存：")
        assert error.text.en.startswith("The record was not saved: ")


def test_several_faults_are_told_at_once(patient: Any) -> None:
    error = refusal(visit(patient, systolic=400, visited_on=date(2026, 7, 1), organisation_id=None))
    assert {fault.field for fault in error.faults} == {"systolic", "visited_on", "organisation"}
    assert "服务机构未填。请补填" in str(error)
    assert "2026-07-01晚于今天（2026-06-30）" in str(error)


def test_an_entry_rule_refuses_with_the_record_s_values(patient: Any) -> None:
    error = refusal(visit(patient, systolic=80, diastolic=90))
    assert "舒张压90应低于收缩压80" in str(error)
    assert "Diastolic pressure 90 must be below systolic 80" in error.faults[0].message.en
    assert (error.faults[0].field, error.faults[0].value) == ("systolic", "80")


def test_nothing_happens_after_death(patient: Any) -> None:
    Resident.objects.filter(pk=patient.pk).update(died_on=date(2026, 2, 28))
    assert "晚于死亡日期2026-02-28" in str(refusal(visit(patient)))
    recording.save(visit(patient, visited_on=date(2026, 2, 28)), actor="doctor", day=TODAY)


def test_an_organisation_not_open_on_the_day_is_refused(patient: Any) -> None:
    clinic = Organisation.objects.filter(pk="990101101201")
    clinic.update(opened_on=date(2026, 3, 2))
    assert "尚未成立（2026-03-02）" in str(refusal(visit(patient)))
    clinic.update(opened_on=None, closed_on=date(2026, 2, 1))
    assert "已撤销（2026-02-01）。请改填其业务并入的机构" in str(refusal(visit(patient)))


def test_a_second_record_of_the_day_is_refused(patient: Any) -> None:
    recording.save(visit(patient), actor="doctor", day=TODAY)
    with pytest.raises(RecordRefused, match="2026-03-01已有一条高血压患者随访记录"):
        recording.save(visit(patient), actor="doctor", day=TODAY)


def test_a_locked_period_takes_no_record_and_keeps_its_own(patient: Any) -> None:
    kept = recording.save(visit(patient), actor="doctor", day=TODAY)
    PeriodLock.objects.create(organisation_id="990101101", start=date(2026, 1, 1), end=date(2026, 3, 31), reason="一季度报表已核定")
    with pytest.raises(RecordRefused, match="2026-01-01至2026-03-31）已锁定：一季度报表已核定。需要更正请先由系统管理员解锁"):
        recording.save(visit(patient, visited_on=date(2026, 3, 31)), actor="doctor", day=TODAY)
    recording.save(visit(patient, visited_on=date(2026, 4, 1)), actor="doctor", day=TODAY)
    recording.save(visit(patient, visited_on=date(2026, 3, 30), organisation_id="990101102201"), actor="doctor", day=TODAY)
    kept.systolic = 150
    with pytest.raises(RecordRefused) as refused:
        recording.save(kept, actor="doctor", day=TODAY)
    assert str(refused.value).count("已锁定") == 1  # where nothing moves it is said once
    kept.visited_on = date(2026, 4, 2)
    with pytest.raises(RecordRefused, match="原记录（2026-03-01）所在时段"):
        recording.save(kept, actor="doctor", day=TODAY)
    with pytest.raises(RecordRefused, match="原记录"):
        recording.remove(kept, actor="doctor", day=TODAY)


def test_an_unknown_resident_is_a_fault_not_a_crash(county: Any) -> None:
    model = apps.get_model("hypertension", "FollowUp")
    faults = recording.check(model, {"resident": 10**9, "visited_on": date(2026, 1, 1), "way": "2", "organisation": "990101"}, day=TODAY)
    assert [(fault.field, fault.message.zh) for fault in faults] == [("resident", "没有这位居民。请先登记居民，或核对证件号。")]


@pytest.mark.parametrize(
    ("element", "kind"),
    [
        (elements.number("n", "数", "Number", "mmol/L", "0", "30", places=1), "IntegerField"),
        (elements.coded("c", "项", "Item", {"1": ("甲", "A")}), "CharField"),
        (elements.coded("s", "多项", "Items", {"1": ("甲", "A")}, several=True), "CharField"),
        (elements.yes_no("y", "是否", "Whether"), "BooleanField"),
        (elements.day("d", "日期", "Day"), "DateField"),
    ],
)
def test_an_element_s_field_is_null_while_nothing_is_written(element: elements.Element, kind: str) -> None:
    field = element_field(element)
    assert field.get_internal_type() == kind
    assert field.null
    assert field.verbose_name == element.label.zh
    assert element_of(field) is element
    assert not element_field(element, required=True).blank


def test_free_text_is_empty_instead_of_null() -> None:
    field = element_field(elements.words("t", "备注", "Note"))
    assert not field.null
    assert field.get_default() == ""
