"""入托入学查验 of one child: what its certificate lacks on the day, and that a dose given afterwards is seen in the check."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from conftest import SmallCounty
from taizhang.county.recording import RecordRefused, save
from taizhang.kernel.periods import add_months
from taizhang.programmes.immunisation.entry import CAUGHT_UP, COMPLETE, TO_CATCH_UP, entry_of
from taizhang.programmes.immunisation.models import EntryCheck, HealthState, Vaccination
from taizhang.programmes.immunisation.schedule.plan import Given, plan_of

BORN = date(2023, 5, 10)


def doses(*, without: str = "") -> list[Given]:
    """Every dose of the schedule on the day it falls due, up to three years of age, but for one."""
    given: list[Given] = []
    while True:
        open_ = [slot for slot in plan_of(BORN, "1", given).slots if slot.can_on is not None and slot.code != without]
        open_ = [slot for slot in open_ if slot.can_on <= add_months(BORN, 36) and slot.series != "hpv"]
        if not open_:
            return given
        first = min(open_, key=lambda slot: (slot.can_on, slot.code))
        given.append(Given(first.vaccine, max(first.can_on, first.due_on)))
        given.sort(key=lambda dose: dose.on)


def test_a_child_with_every_dose_of_its_age_is_complete_and_one_dose_less_is_named() -> None:
    day = date(2026, 9, 10)
    complete = entry_of(plan_of(BORN, "1", doses()), day)
    assert (complete.missing, complete.result, complete.caught_up_on) == ((), COMPLETE, None)
    lacking = entry_of(plan_of(BORN, "1", doses(without="mmr_2")), day)
    assert (lacking.missing, lacking.result) == (("mmr_2",), TO_CATCH_UP)


@pytest.mark.parametrize(("days", "missing"), [(-1, False), (0, True), (1, True)])
def test_a_dose_is_lacking_from_the_day_on_which_it_falls_due(days: int, missing: bool) -> None:
    plan = plan_of(BORN, "1", doses(without="mmr_2"))
    due = next(slot.due_on for slot in plan.slots if slot.code == "mmr_2")
    assert ("mmr_2" in entry_of(plan, due + timedelta(days=days)).missing) is missing


@pytest.mark.django_db
def test_the_check_sees_the_dose_that_is_given_after_it(county: SmallCounty) -> None:
    child = county.resident(birth=BORN, moved_in=BORN)
    place: dict[str, Any] = {"resident": child, "organisation_id": county.clinics[0]}
    today = date(2026, 10, 30)
    for dose in doses(without="mmr_2"):
        save(Vaccination(vaccine=dose.vaccine, given_on=dose.on, **place), actor="tests", day=today)
    check = EntryCheck(checked_on=date(2026, 9, 10), school="青山镇中心幼儿园", kind="1", certificate="1", **place)
    save(check, actor="tests", day=today)
    assert (check.missing, check.result, check.caught_up_on) == ("mmr_2", TO_CATCH_UP, None)
    late = save(Vaccination(vaccine="07", given_on=date(2026, 9, 20), **place), actor="tests", day=today)
    check.refresh_from_db()
    assert (check.missing, check.result, check.caught_up_on) == ("mmr_2", CAUGHT_UP, late.given_on)


@pytest.mark.django_db
def test_a_dose_held_back_for_good_is_not_lacking_and_the_school_must_be_named(county: SmallCounty) -> None:
    child = county.resident(birth=BORN, moved_in=BORN)
    place: dict[str, Any] = {"resident": child, "organisation_id": county.clinics[0]}
    today = date(2026, 10, 30)
    for dose in doses(without="mmr_2"):
        save(Vaccination(vaccine=dose.vaccine, given_on=dose.on, **place), actor="tests", day=today)
    held = HealthState(asked_on=date(2024, 1, 5), started_on=date(2024, 1, 5), state="9", vaccines="07", conclusion="1", **place)
    save(held, actor="tests", day=today)
    check = EntryCheck(checked_on=date(2026, 9, 10), school="青山镇中心幼儿园", kind="1", certificate="1", **place)
    save(check, actor="tests", day=today)
    assert (check.missing, check.result) == (None, COMPLETE)
    with pytest.raises(RecordRefused, match="学校或托幼机构未填"):
        save(EntryCheck(checked_on=date(2026, 9, 11), kind="1", certificate="1", **place), actor="tests", day=today)


@pytest.mark.django_db
def test_the_list_of_a_school_names_each_child_s_missing_doses(county: SmallCounty, client: Client) -> None:
    today = date(2026, 6, 30)
    for name, school in (("顾样甲", "青山镇中心幼儿园"), ("顾样乙", "白水乡第1小学")):
        child = county.resident(name, birth=date(2022, 5, 10), moved_in=date(2022, 5, 10))
        place = {"resident": child, "organisation_id": county.clinics[0]}
        save(EntryCheck(checked_on=date(2026, 3, 10), school=school, kind="1", certificate="1", **place), actor="tests", day=today)
    client.force_login(county.staff("doctor"))
    page = client.get("/registers/school_entry_checks/?school=中心幼儿园&result=2").content.decode()
    assert "青山镇中心幼儿园" in page
    assert "白水乡第1小学" not in page
    assert "麻腮风疫苗第二剂" in page
    assert client.get("/registers/school_entry_checks/?missing=bcg_1&school=%00%27--").status_code == 200
    strange = client.get("/registers/school_entry_checks/?result=9").content.decode()
    assert "没有“9”这一项" in strange
