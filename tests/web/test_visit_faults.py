"""A visit's form sent wrongly, twice, or over what another wrote; typed work is kept."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from conftest import SmallCounty
from taizhang.county.locks import lock_period, unlock_period
from taizhang.county.models import PeriodLock
from taizhang.county.recording import save
from taizhang.kernel.registry import registry
from taizhang.programmes.diabetes.models import FollowUp as DiabetesVisit
from taizhang.programmes.health_records.models import Medication
from taizhang.programmes.hypertension.models import FollowUp
from taizhang.returns.models import Return, State
from taizhang.worklist.models import Draft, Visit

from .visiting import BOTH, DAY, DM, HTN, address, filled, page_of, patient, send


def test_a_faulty_form_comes_back_with_the_fault_at_its_input_and_the_typed_work(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    answer = send(doctor, person, filled(doctor, person, BOTH | {"v-weight": "六十", "v-systolic": "70"}))
    assert answer.status_code == 422
    page = page_of(answer)
    assert "体重应填数字，现为“六十”" in page.get_element_by_id("v-weight-fault").text_content()
    assert page.get_element_by_id("v-weight").get("value") == "六十"
    assert "舒张压84应低于收缩压70" in page.get_element_by_id("v-systolic-fault").text_content()
    assert page.xpath("//*[@name='carry']")[0].get("checked") is not None
    assert not FollowUp.objects.filter(visited_on=DAY).exists()
    # One line of work's fault keeps back the other's record too: all or nothing.
    assert not DiabetesVisit.objects.filter(visited_on=DAY).exists()


@pytest.mark.parametrize("missing", ["v-systolic", "v-way_of_visit", "v-fasting_glucose"])
def test_what_is_missing_is_named_at_its_input(doctor: Client, county: SmallCounty, missing: str) -> None:
    person = patient(county)
    sent = filled(doctor, person, BOTH | {"v-other_symptoms": "无"})
    del sent[missing]
    answer = send(doctor, person, sent)
    assert answer.status_code == 422
    assert page_of(answer).get_element_by_id(f"{missing}-fault").text_content().strip()
    assert FollowUp.objects.count() == 1


def test_a_form_sent_twice_writes_once(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    sent = filled(doctor, person, BOTH)
    first, second = send(doctor, person, sent), send(doctor, person, sent)
    assert first["Location"] == second["Location"]
    assert FollowUp.objects.filter(visited_on=DAY).count() == Visit.objects.count() == 1


def test_a_form_left_open_while_another_wrote_shows_what_changed_and_keeps_the_typed_work(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    sent = filled(doctor, person, BOTH)
    facts = {"resident": person, "organisation_id": county.townships[0], "way": "1", "outcome": "1"}
    save(FollowUp(visited_on=date(2026, 6, 28), systolic=151, diastolic=91, **facts), actor="township", day=DAY)
    answer = send(doctor, person, sent)
    assert answer.status_code == 422
    words = page_of(answer).find_class("changed")[0].text_content()
    assert "收缩压 151" in words
    assert "township" in words
    assert "糖尿病" not in words
    form = page_of(answer).get_element_by_id("visit")
    again: dict[str, Any] = {}
    for name, value in form.form_values():
        again.setdefault(name, []).append(value)
    assert again["v-systolic"] == ["136"]
    assert send(doctor, person, again).status_code == 302  # looked over, and sent again


def test_a_second_visit_of_a_day_is_refused_with_what_to_do(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    send(doctor, person, filled(doctor, person, BOTH))
    answer = send(doctor, person, filled(doctor, person, BOTH, HTN))
    assert answer.status_code == 422
    assert "请改在原记录上更正" in page_of(answer).get_element_by_id("day-fault").text_content()


def test_a_locked_period_is_told_at_the_day(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    PeriodLock.objects.create(organisation_id=county.root, start=date(2026, 6, 1), end=DAY, reason="上半年数字已上报")
    answer = send(doctor, person, filled(doctor, person, BOTH))
    assert answer.status_code == 422
    assert "已锁定：上半年数字已上报" in page_of(answer).get_element_by_id("day-fault").text_content()
    assert page_of(answer).get_element_by_id("v-systolic").get("value") == "136"


def test_a_day_whose_figures_were_handed_in_or_opened_again_is_kept_as_a_late_entry(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    form = next(form.code for form in registry.forms.values() if form.programme == "hypertension")
    span = {"period_start": date(2026, 5, 1), "period_end": date(2026, 5, 31), "as_of": date(2026, 5, 31)}
    Return.objects.create(form=form, organisation_id=county.townships[0], state=State.SUBMITTED, **span)
    sent = filled(doctor, person, BOTH | {"day": "2026-05-20"})
    assert "记为补录" in doctor.post(reverse("visit-foresee", args=[person.pk]), sent).content.decode()
    answer = send(doctor, person, sent)
    assert answer.status_code == 302
    assert "记为补录" in doctor.get(answer["Location"]).content.decode()
    assert FollowUp.objects.get(visited_on=date(2026, 5, 20)).late
    assert not DiabetesVisit.objects.get(visited_on=date(2026, 5, 20)).late  # of diabetes nothing has been handed in
    send(doctor, person, filled(doctor, person, BOTH | {"day": "2026-06-10"}, HTN, DM))
    assert not FollowUp.objects.get(visited_on=date(2026, 6, 10)).late
    lock = lock_period(county.root, date(2026, 4, 1), date(2026, 4, 30), "4月数字已上报", county.staff("bureau"))
    unlock_period(lock, "漏录", county.staff("bureau"))
    send(doctor, person, filled(doctor, person, BOTH | {"day": "2026-04-10"}, DM))
    assert DiabetesVisit.objects.get(visited_on=date(2026, 4, 10)).late


def test_a_text_that_is_required_is_refused_empty_at_its_field(doctor: Client, county: SmallCounty) -> None:
    person = county.resident(birth=date(1980, 1, 1))
    answer = send(doctor, person, filled(doctor, person, {"v-medicine_dose": "5mg"}, "medications"))
    assert answer.status_code == 422
    assert "药物名称未填" in page_of(answer).get_element_by_id("v-medicine_name-fault").text_content()
    assert not Medication.objects.exists()


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE county_resident; --",
        "\x00\x01\u202e",
        "1e999999",
        "9" * 4000,
        "{{ 7|add:7 }}",
        "１３６",
        "𝟙𝟛𝟞",
    ],
)
def test_hostile_strings_are_refused_or_kept_as_text(doctor: Client, county: SmallCounty, hostile: str) -> None:
    person = patient(county, both=False)
    sent = filled(doctor, person, {"v-way_of_visit": "1", "v-systolic": hostile, "v-diastolic": "80", "v-other_symptoms": hostile})
    for answer in (doctor.post(reverse("visit-foresee", args=[person.pk]), sent), send(doctor, person, sent)):
        assert answer.status_code in (200, 302, 422)
        assert "<script>alert" not in answer.content.decode()
    stored = FollowUp.objects.filter(visited_on=DAY).first()
    assert (stored is not None) is (hostile == "１３６")  # digits of full width are digits
    if stored is None:
        strange = {"v-way_of_visit": hostile, "v-hypertension_symptoms": [hostile], "day": hostile, "token": hostile, "seen": hostile}
        assert send(doctor, person, {**sent, **strange, "r": [HTN, hostile]}).status_code in (302, 422)
    assert not FollowUp.objects.filter(visited_on=DAY).exclude(systolic=136).exists()


def test_a_draft_survives_a_closed_browser_and_is_its_writer_s_own(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    sent = filled(doctor, person, {"v-systolic": "141", "v-hypertension_symptoms": ["2", "4"]})
    doctor.post(reverse("visit-foresee", args=[person.pk]), sent)
    page = page_of(doctor.get(address(person)))
    assert page.get_element_by_id("v-systolic").get("value") == "141"
    assert [e.get("value") for e in page.xpath("//*[@name='v-hypertension_symptoms'][@checked]")] == ["2", "4"]
    assert "已恢复" in page.text_content()
    colleague = Client()
    colleague.force_login(county.staff("township"))
    assert "141" not in colleague.get(address(person)).content.decode()
    doctor.post(reverse("visit-discard", args=[person.pk]))
    assert not page_of(doctor.get(address(person))).get_element_by_id("v-systolic").get("value")


def test_looking_at_a_form_leaves_no_draft(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    doctor.post(reverse("visit-foresee", args=[person.pk]), filled(doctor, person, {}))
    assert not Draft.objects.exists()


def test_a_draft_tells_what_changed_since_it_was_begun(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    doctor.post(reverse("visit-foresee", args=[person.pk]), filled(doctor, person, BOTH))
    facts = {"resident": person, "organisation_id": county.townships[0], "way": "1", "outcome": "1"}
    save(FollowUp(visited_on=date(2026, 6, 28), systolic=151, diastolic=91, **facts), actor="township", day=DAY)
    answer = send(doctor, person, filled(doctor, person, {}))
    assert answer.status_code == 422
    assert page_of(answer).find_class("changed")


def test_an_expired_session_keeps_what_was_typed(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    sent = filled(doctor, person, BOTH)
    doctor.logout()
    panel = doctor.post(reverse("visit-foresee", args=[person.pk]), sent)
    assert "登录已过期" in panel.content.decode()
    answer = send(doctor, person, sent)
    assert answer["Location"].startswith(reverse("sign-in"))
    staff = county.staff("doctor")
    staff.set_password("a long enough phrase")
    staff.save()
    back = doctor.post(answer["Location"], {"username": "doctor", "password": "a long enough phrase"})
    page = page_of(doctor.get(back["Location"]))
    assert page.get_element_by_id("v-systolic").get("value") == "136"
    assert "已重新登录" in page.text_content()
    assert not FollowUp.objects.filter(visited_on=DAY).exists()
    form: dict[str, Any] = {}
    for name, value in page.get_element_by_id("visit").form_values():
        form.setdefault(name, []).append(value)
    assert send(doctor, person, form).status_code == 302


def test_what_was_typed_comes_back_to_nobody_outside_the_scope(client: Client, county: SmallCounty) -> None:
    person = patient(county)
    sent = {"r": HTN, **BOTH}
    send(client, person, sent)
    client.force_login(county.staff("neighbour"))
    assert client.get(address(person)).status_code == 404
