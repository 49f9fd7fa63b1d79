"""The worklist against a naive recomputation, person by person; what changes it, and when."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from taizhang.county.models import Residency, Resident
from taizhang.county.moving import move, record_death, withdraw_death
from taizhang.county.recording import RecordRefused, remove, save
from taizhang.kernel.duties import Person
from taizhang.kernel.registry import registry
from taizhang.programmes.diabetes.models import Case as DiabetesCase
from taizhang.programmes.elderly.models import Assessment
from taizhang.programmes.health_records.models import Examination, HealthRecord
from taizhang.programmes.hypertension.models import Case, FollowUp
from taizhang.worklist import listing
from taizhang.worklist.models import DueItem, Horizon

DAY = date(2026, 6, 30)
UNTIL = DAY + listing.HORIZON


def naive() -> list[tuple[Any, ...]]:
    """What every duty yields for every resident, asked one by one through the models."""
    found = []
    for resident in Resident.objects.filter(died_on=None):
        home = Residency.objects.filter(resident=resident, started_on__lte=DAY).exclude(ended_on__lt=DAY).order_by("-started_on").first()
        if home is None:
            continue
        person = Person(resident.pk, resident.birth_date, resident.sex)
        for duty in registry.duties.values():
            history = {}
            for table in duty.reads:
                contract = registry.contracts[table]
                model: Any = apps.get_model(contract.model)
                day = getattr(model, "DAY", "started_on")
                rows = model.objects.filter(resident=resident).order_by(day, "pk")
                history[table] = [{c.name: getattr(row, c.source) for c in contract.all_columns} for row in rows]
            for item in duty.due(person, history, UNTIL):
                found.append((resident.pk, home.organisation_id, duty.code, item.item, item.opens_on, item.due_on, item.reason.zh))
    return sorted(found)


def listed() -> list[tuple[Any, ...]]:
    return sorted(DueItem.objects.values_list("resident_id", "organisation_id", "duty", "item", "opens_on", "due_on", "reason_zh"))


def items(resident: Resident, duty: str) -> list[DueItem]:
    return list(DueItem.objects.filter(resident=resident, duty=duty))


def visit(resident: Resident, clinic: str, day: date, systolic: int = 130, diastolic: int = 80, **facts: Any) -> FollowUp:
    return save(
        FollowUp(
            resident=resident, organisation_id=clinic, visited_on=day, way="1", outcome="1", systolic=systolic, diastolic=diastolic, **facts
        ),
        actor="tests",
        day=DAY,
    )  # fmt: skip


def enrol(resident: Resident, clinic: str, day: date = date(2026, 1, 5), model: Any = Case, **facts: Any) -> Any:
    return save(model(resident=resident, organisation_id=clinic, enrolled_on=day, diagnosed_on=day, **facts), actor="tests", day=DAY)


@pytest.mark.parametrize("seed", range(4))
def test_the_list_is_what_a_naive_recomputation_gives_for_random_lives(county: Any, seed: int) -> None:
    random = Random(seed)
    for n in range(14):
        birth = DAY - timedelta(days=random.randrange(30, 95 * 365))
        person = county.resident(f"顾样{n}", clinic=n % 3, birth=birth, moved_in=max(birth, date(2019, 1, 1)))
        clinic = county.clinics[n % 3]

        def some(most: int) -> list[date]:
            first = max(date(2023, 1, 1), birth)  # noqa: B023 - called at once
            return sorted({first + (DAY - first) * random.random() for _ in range(random.randrange(most))})

        for model in (Case, DiabetesCase):
            for day in some(3)[:1]:
                closed = {"closed_on": DAY, "close_reason": "4"} if random.random() < 0.3 else {}
                enrol(person, clinic, day, model, **closed)
        for day in some(5):
            upper = random.choice((120, 145, 155, 185))
            if random.random() < 0.2:
                lost = FollowUp(resident=person, organisation_id=clinic, visited_on=day, way="2", outcome="2")
                save(lost, actor="tests", day=DAY)
            else:
                visit(person, clinic, day, upper, upper - 50, adverse_reaction=random.choice("112"))
        for day in some(3):
            save(Examination(resident=person, organisation_id=clinic, examined_on=day), actor="tests", day=DAY)
        for day in some(3):
            save(Assessment(resident=person, organisation_id=clinic, assessed_on=day), actor="tests", day=DAY)
        for day in some(3)[:1]:
            save(HealthRecord(resident=person, organisation_id=clinic, opened_on=day), actor="tests", day=DAY)
        if random.random() < 0.2:
            move(person, random.choice((None, county.clinics[(n + 1) % 3])), DAY, actor="tests", day=DAY)
        if random.random() < 0.1:
            record_death(person, DAY, actor="tests", day=DAY)
    expected = naive()
    assert len({duty for _, _, duty, *_ in expected}) >= 4
    assert listed() == expected  # as the writes left it
    listing.rebuild(DAY)
    assert listed() == expected


def test_everybody_in_portions_is_everybody(county: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(7):
        enrol(county.resident(f"顾样{n}"), county.clinics[0])
    expected = listed()
    DueItem.objects.all().delete()
    monkeypatch.setattr(listing, "PORTION", 3)
    assert listing.rebuild(DAY) == len(expected)
    assert listed() == expected


# -- a visit moves what is due -----------------------------------------------------------------------------------------


def test_a_patient_without_a_visit_is_due_three_months_after_the_enrolment(county: Any) -> None:
    person = county.resident()
    enrol(person, county.clinics[0])
    (item,) = items(person, "hypertension.visit")
    assert (item.due_on, item.urgency, item.organisation_id) == (date(2026, 4, 5), 4, county.clinics[0])
    assert item.reason_zh == "2026年1月5日纳入管理后尚未随访，应于4月5日前随访"


@pytest.mark.parametrize(
    ("pressure", "due_on", "urgency", "reason"),
    [
        ((132, 80), date(2026, 8, 31), 4, "上次血压132/80，控制满意，应于8月31日前随访"),
        ((158, 96), date(2026, 6, 14), 2, "上次血压158/96，首次控制不满意，应于6月14日前复查"),
        ((184, 96), date(2026, 6, 14), 1, "上次血压184/96，已建议转诊，应于6月14日前了解转诊结果"),
    ],
)
def test_a_visit_says_when_and_why_the_next_is_due(county: Any, pressure: tuple[int, int], due_on: date, urgency: int, reason: str) -> None:
    person = county.resident()
    enrol(person, county.clinics[0])
    visit(person, county.clinics[0], date(2026, 5, 31), *pressure)
    (item,) = items(person, "hypertension.visit")
    assert (item.due_on, item.urgency, item.reason_zh) == (due_on, urgency, reason)


def test_a_visit_that_is_rolled_back_leaves_the_list_as_it_was(county: Any) -> None:
    person = county.resident()
    enrol(person, county.clinics[0])
    before = listed()
    with transaction.atomic():
        visit(person, county.clinics[0], date(2026, 6, 1))
        assert listed() != before  # in the visit's own transaction
        transaction.set_rollback(True)
    assert listed() == before
    with pytest.raises(RecordRefused):
        visit(person, county.clinics[0], date(2026, 6, 1), 80, 130)
    assert listed() == before


def test_a_visit_taken_back_brings_the_item_back(county: Any) -> None:
    person = county.resident()
    enrol(person, county.clinics[0])
    before = listed()
    made = visit(person, county.clinics[0], date(2026, 6, 1))
    assert listed() != before
    remove(made, actor="tests", day=DAY)
    assert listed() == before


def test_a_closed_case_owes_no_visit(county: Any) -> None:
    person = county.resident(birth=date(1980, 3, 1))
    case = enrol(person, county.clinics[0])
    case.closed_on, case.close_reason = date(2026, 6, 1), "4"
    save(case, actor="tests", day=DAY)
    assert not DueItem.objects.filter(resident=person, duty="hypertension.visit").exists()


# -- coming, moving, dying ---------------------------------------------------------------------------------------------


def test_who_moves_is_on_the_new_place_s_list_and_who_leaves_or_dies_on_none(county: Any) -> None:
    person = county.resident()
    enrol(person, county.clinics[0])
    assert {i.organisation_id for i in DueItem.objects.all()} == {county.clinics[0]}
    move(person, county.clinics[1], date(2026, 6, 29), actor="tests", day=DAY)
    assert {i.organisation_id for i in DueItem.objects.all()} == {county.clinics[1]}
    record_death(person, DAY, actor="tests", day=DAY)
    assert not DueItem.objects.exists()
    withdraw_death(person, actor="tests", day=DAY)
    assert items(person, "hypertension.visit")
    move(person, None, DAY, actor="tests", day=DAY)
    assert not DueItem.objects.exists()


def test_imported_residents_are_on_the_list(county: Any, tmp_path: Any) -> None:
    from taizhang.exchange.importing import import_file

    file = tmp_path / "people.csv"
    file.write_text("姓名,性别,出生日期,机构,迁入日期\n顾样新,1,1950-01-01,990101101201,2020-01-01\n", encoding="utf-8")
    assert import_file("residents", file, actor="tests", day=DAY).accepted == 1
    owed = {"health_records.record", "health_records.examination", "elderly.assessment", "traditional_medicine.constitution"}
    assert owed <= {i.duty for i in DueItem.objects.all()}


@pytest.mark.parametrize(("birth", "owed"), [(date(1961, 12, 31), True), (date(1962, 1, 1), False)])
def test_the_year_s_service_begins_with_the_year_in_which_somebody_turns_65(county: Any, birth: date, owed: bool) -> None:
    person = county.resident(birth=birth)
    open_now = DueItem.objects.filter(resident=person, opens_on__lte=DAY)
    assert open_now.filter(duty="elderly.assessment").exists() is owed
    assert open_now.filter(duty="health_records.examination").exists() is owed
    # Who comes of age next year stands in the list already, to open on its first day.
    ahead = items(person, "elderly.assessment")[0]
    assert ahead.opens_on == date(birth.year + 65, 1, 1)


def test_one_examination_serves_old_age_and_both_diseases(county: Any) -> None:
    person = county.resident(birth=date(1950, 3, 1))
    enrol(person, county.clinics[0], date(2025, 2, 1))
    enrol(person, county.clinics[0], date(2025, 2, 1), DiabetesCase)
    save(Examination(resident=person, organisation_id=county.clinics[0], examined_on=date(2025, 7, 20)), actor="tests", day=DAY)
    (item,) = items(person, "health_records.examination")
    assert item.reason_zh == "65岁及以上、高血压患者、糖尿病患者，上次体检2025年7月20日，应于2026年7月20日前体检"
    assert (item.opens_on, item.due_on) == (date(2026, 6, 20), date(2026, 7, 20))


# -- the horizon -------------------------------------------------------------------------------------------------------


def test_the_list_is_made_anew_when_it_never_was_and_when_the_horizon_has_come_nearer(county: Any) -> None:
    county.resident()
    DueItem.objects.all().delete()
    assert listing.roll(DAY)
    assert DueItem.objects.exists()
    assert not listing.roll(DAY + timedelta(days=29))
    assert listing.roll(DAY + timedelta(days=30))
    assert Horizon.objects.get().until == DAY + timedelta(days=30) + listing.HORIZON


def test_a_duty_that_is_new_has_the_list_made_anew(county: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    listing.rebuild(DAY)
    assert not listing.roll(DAY)
    duty = registry.duties["hypertension.visit"]
    monkeypatch.setitem(registry.duties, "hypertension.another", duty)
    assert listing.roll(DAY)


def test_the_number_of_queries_does_not_grow_with_the_residents(county: Any, django_assert_max_num_queries: Any) -> None:
    for n in range(40):
        enrol(county.resident(f"顾样{n}"), county.clinics[0])
    with django_assert_max_num_queries(90):  # a few a table that a duty reads
        listing.rebuild(DAY)


def test_both_databases_keep_the_same_list(either_database: str, make_county: Any) -> None:
    county = make_county()
    person = county.resident()
    enrol(person, county.clinics[0])
    visit(person, county.clinics[0], date(2026, 6, 1), 158, 96)
    expected = listed()
    assert expected == naive()
    listing.rebuild(DAY)
    assert listed() == expected
