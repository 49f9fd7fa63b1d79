"""The worklist's pages and one visit, one form: what they show to whom, what they write, and what becomes of typed work."""

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from conftest import SmallCounty
from taizhang.county.models import AuditEntry, Household, PeriodLock, Resident, Staff
from taizhang.county.recording import save
from taizhang.kernel.text import Text
from taizhang.programmes.diabetes.models import Case as DiabetesCase
from taizhang.programmes.diabetes.models import FollowUp as DiabetesVisit
from taizhang.programmes.elderly.models import Assessment
from taizhang.programmes.health_records.models import Examination, HealthRecord
from taizhang.programmes.hypertension.models import Case, FollowUp
from taizhang.programmes.immunisation.models import Vaccination
from taizhang.programmes.traditional_medicine.models import Constitution
from taizhang.worklist.models import Draft, DueItem, Visit

DAY = date(2026, 6, 30)
CJK = re.compile(r"[\u3400-\u9fff]+")
HTN, DM, EXAM, ELDERLY, RECORD, DOSES = (
    "hypertension_follow_ups", "diabetes_follow_ups", "examinations", "elderly_assessments", "health_records", "vaccinations",
)  # fmt: skip
# A visit to somebody with both diseases, as it is typed.
BOTH = {
    "v-way_of_visit": "2", "v-hypertension_symptoms": ["1"], "v-diabetes_symptoms": ["1"], "v-systolic": "136", "v-diastolic": "84",
    "v-weight": "61.5", "v-heart_rate": "72", "v-foot_pulse": "1", "v-fasting_glucose": "6.4", "v-adherence": "1",
    "v-adverse_reaction": "1", "v-hypoglycaemia": "1", "carry": "1",
}  # fmt: skip


def patient(county: SmallCounty, name: str = "顾样甲", clinic: int = 0, *, both: bool = True, **facts: Any) -> Resident:
    """Seventy years old, with hypertension (and diabetes), visited in March and examined this year."""
    person: Resident = county.resident(name, clinic=clinic, birth=date(1956, 3, 1), phone="13900001234", **facts)
    place = county.clinics[clinic]
    day = date(2025, 5, 1)
    for model in (Case, DiabetesCase) if both else (Case,):
        save(model(resident=person, organisation_id=place, enrolled_on=day, diagnosed_on=day), actor="tests", day=DAY)
    common = {"resident": person, "organisation_id": place, "visited_on": date(2026, 3, 20), "way": "2", "outcome": "1", "smoking": 5}
    save(FollowUp(systolic=132, diastolic=80, salt="2", medicine_1_name="氨氯地平", **common), actor="tests", day=DAY)
    if both:
        save(DiabetesVisit(fasting_glucose=61, systolic=132, diastolic=80, staple_food=300, **common), actor="tests", day=DAY)
    save(Examination(resident=person, organisation_id=place, examined_on=date(2026, 3, 2)), actor="tests", day=DAY)
    for model in (Assessment, Constitution):
        save(model(resident=person, organisation_id=place, assessed_on=date(2026, 3, 2)), actor="tests", day=DAY)
    return person


@pytest.fixture
def doctor(client: Client, county: SmallCounty) -> Client:
    client.force_login(county.staff("doctor"))
    return client


def page_of(answer: Any) -> Any:
    return lxml.html.fromstring(answer.content.decode())


def address(person: Resident, *registers: str) -> str:
    return reverse("visit", args=[person.pk]) + ("?" + "&".join(f"r={r}" for r in registers) if registers else "")


def filled(client: Client, person: Resident, values: dict[str, Any], *registers: str) -> dict[str, Any]:
    """The form as a browser sends it: hidden inputs as the page has them, everything preset, and what is typed over it."""
    form = page_of(client.get(address(person, *registers))).get_element_by_id("visit")
    sent: dict[str, Any] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent | values


def send(client: Client, person: Resident, sent: dict[str, Any]) -> Any:
    return client.post(reverse("visit", args=[person.pk]), sent)


# -- the list ----------------------------------------------------------------------------------------------------------


def test_the_list_shows_who_is_due_and_why_with_names_and_telephones_masked(doctor: Client, county: SmallCounty) -> None:
    household = Household.objects.create(division_id=county.clinics[0], number="1", address="青山镇河湾村3组12号")
    patient(county, household=household)
    page = doctor.get(reverse("worklist")).content.decode()
    assert "顾**" in page
    assert "139****1234" in page
    assert "顾样甲" not in page
    assert "13900001234" not in page
    assert "3组12号" in page
    assert "上次血压132/80，控制满意，应于6月20日前随访" in page
    assert "上次空腹血糖6.1，控制满意，应于6月20日前随访" in page
    assert "逾期10天" in page
    (line,) = AuditEntry.objects.filter(action="list_people")
    assert line.detail == {"filter": {"worklist": "2026-06-30"}, "count": 1}


def test_a_telephone_number_is_opened_for_a_line_in_the_audit_trail(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    answer = doctor.post(reverse("call", args=[person.pk]), headers={"HX-Request": "true"})
    assert "13900001234" in answer.content.decode()
    assert AuditEntry.objects.get(action="open_person").resident == person.pk


def test_the_route_is_in_full_in_the_order_one_walks_and_is_an_export(doctor: Client, county: SmallCounty) -> None:
    for name, place in (("顾样甲", "10组2号"), ("顾样乙", "2组11号"), ("顾样丙", "2组3号")):
        household = Household.objects.create(division_id=county.clinics[0], number=name, address=f"青山镇河湾村{place}")
        patient(county, name, household=household)
    page = doctor.get(reverse("route")).content.decode()
    assert page.index("顾样丙") < page.index("顾样乙") < page.index("顾样甲")
    assert AuditEntry.objects.get(action="export").detail["count"] == 3
    only = doctor.get(reverse("route") + "?group=2").content.decode()
    assert "顾样丙" in only
    assert "顾样甲" not in only


@pytest.mark.parametrize(
    ("username", "seen"),
    [("doctor", {"甲"}), ("neighbour", {"乙"}), ("township", {"甲", "乙"}), ("township2", {"丙"}), ("bureau", None)],
)
def test_each_post_sees_its_own_people_only(client: Client, county: SmallCounty, username: str, seen: set[str] | None) -> None:
    people = {name: patient(county, f"顾样{name}", place) for place, name in enumerate("甲乙丙")}
    client.force_login(county.staff(username))
    for name, person in people.items():
        mine = seen is not None and name in seen
        token = uuid4()
        for answer in (
            client.get(address(person)),
            client.post(reverse("visit-foresee", args=[person.pk]), {"r": HTN}),
            client.post(reverse("call", args=[person.pk])),
        ):
            assert answer.status_code == (200 if mine else 404), (username, name)
        assert client.post(reverse("visit-discard", args=[person.pk])).status_code == (302 if mine else 404)
        assert client.get(reverse("visit-done", args=[person.pk, token])).status_code == 404
        if not mine:
            assert client.post(address(person), {"r": HTN, **BOTH}).status_code == 404
    for name in ("worklist", "route", "day-end"):
        assert client.get(reverse(name)).status_code == (404 if seen is None else 200)
    if seen is not None:
        page = client.get(reverse("route")).content.decode()
        assert {name for name in people if f"顾样{name}" in page} == seen
    assert FollowUp.objects.count() == 3


def test_the_urgent_come_first_then_those_overdue_longest_and_pages_follow_each_other(
    doctor: Client, county: SmallCounty, monkeypatch: pytest.MonkeyPatch
) -> None:
    from taizhang.web.worklist import views

    monkeypatch.setattr(views, "PAGE", 2)
    names = "甲乙丙丁戊"
    people = {name: patient(county, f"顾样{name}", both=False) for name in names}
    for name, day, upper in (("戊", date(2026, 6, 10), 190), ("丁", date(2026, 6, 14), 150), ("丙", date(2026, 3, 10), 130)):
        facts = {"organisation_id": county.clinics[0], "way": "2", "outcome": "1", "systolic": upper, "diastolic": 80}
        if day.month == 3:
            FollowUp.objects.filter(resident=people[name]).delete()
        save(FollowUp(resident=people[name], visited_on=day, **facts), actor="tests", day=DAY)
    seen, query = [], ""
    while True:
        page = page_of(doctor.get(reverse("worklist") + query))
        seen += [int(a.get("href").split("/")[2]) for a in page.find_class("visit-link")]
        following = page.xpath("//a[@rel='next']")
        if not following:
            break
        query = following[0].get("href")
    assert seen == [people[name].pk for name in "戊丁丙甲乙"]


@pytest.mark.parametrize("query", ["?after=9.99999999.1", "?after=x", "?group=%27%3B--", "?village=990101102201", "?programme=<b>"])
def test_a_strange_filter_shows_a_list_all_the_same(doctor: Client, county: SmallCounty, query: str) -> None:
    patient(county)
    assert doctor.get(reverse("worklist") + query).status_code == 200


def test_a_sensitive_line_is_on_the_list_of_those_who_treat_only(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    DueItem.objects.filter(resident=person).update(programme="hiv", reason_zh="隐秘之事")
    assert "隐秘之事" not in doctor.get(reverse("worklist")).content.decode()
    Staff.objects.filter(username="doctor").update(treats="hiv")
    assert "隐秘之事" in doctor.get(reverse("worklist")).content.decode()


def test_queries_do_not_grow_with_the_list(doctor: Client, county: SmallCounty) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(name: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            doctor.get(reverse(name))
        return len(captured)

    patient(county)
    few = {name: count(name) for name in ("worklist", "route", "day-end")}
    for n in range(12):
        patient(county, f"顾样{n}")
    assert {name: count(name) for name in few} == few


def test_the_day_s_end_counts_what_was_done_and_what_is_left(doctor: Client, county: SmallCounty) -> None:
    person, other = patient(county), patient(county, "顾样乙")
    assert send(doctor, person, filled(doctor, person, BOTH)).status_code == 302
    answer = doctor.get(reverse("day-end"))
    assert answer.context["totals"] == {"today": 2, "month": 2, "left": 2, "late": 2}
    assert other.name not in answer.content.decode()


# -- the form ----------------------------------------------------------------------------------------------------------


def test_a_routine_visit_of_a_70_year_old_with_both_diseases_asks_at_most_14_things(doctor: Client, county: SmallCounty) -> None:
    page = page_of(doctor.get(address(patient(county))))
    open_ = [each for each in page.xpath("//*[@data-input]") if not any(above.tag == "details" for above in each.iterancestors())]
    inputs = [each.get("data-input") for each in open_]
    assert len(inputs) == len(set(inputs)) == 14
    assert set(inputs) == {"day", *BOTH}
    # Nothing is asked twice, folded or not: the two forms share their pressure, weight, medicines and way of life.
    every = [each.get("data-input") for each in page.xpath("//*[@data-input]")]
    assert len(every) == len(set(every))


def test_what_is_measured_is_never_prefilled_and_the_last_value_stands_beside(doctor: Client, county: SmallCounty) -> None:
    page = page_of(doctor.get(address(patient(county))))
    for name in BOTH:
        for each in page.xpath(f"//*[@name='{name}']"):
            assert each.get("type") in ("radio", "checkbox") or not each.get("value"), name
            assert each.get("checked") is None, name
    assert page.get_element_by_id("v-systolic-last").text_content().split() == ["上次", "132mmHg", "2026-03-20"]
    assert "氨氯地平" in page.find_class("carry-said")[0].text_content()


def test_one_form_writes_every_line_of_work_s_record_and_moves_what_is_due(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    answer = send(doctor, person, filled(doctor, person, BOTH))
    assert answer.status_code == 302
    pressure, glucose = FollowUp.objects.get(visited_on=DAY), DiabetesVisit.objects.get(visited_on=DAY)
    assert (pressure.systolic, pressure.diastolic, pressure.weight, pressure.visit_class) == (136, 84, 615, "1")
    assert (glucose.systolic, glucose.fasting_glucose, glucose.foot_pulse, glucose.organisation_id) == (136, 64, "1", county.clinics[0])
    assert (pressure.doctor, pressure.recorded_by, pressure.outcome) == ("样员doctor", "doctor", "1")
    # Carried answers are stored as carried.
    assert (pressure.salt, pressure.smoking, pressure.medicine_1_name) == ("2", 5, "氨氯地平")
    assert set(pressure.carried.split(",")) == {"salt", "smoking", "medicine_1_name"}
    assert set(glucose.carried.split(",")) == {"staple_food", "smoking", "medicine_1_name"}
    due = {i.duty: i.due_on for i in DueItem.objects.filter(resident=person)}
    assert due["hypertension.visit"] == due["diabetes.visit"] == date(2026, 9, 30)
    done = doctor.get(answer["Location"]).content.decode()
    assert "控制满意" in done
    assert "2026-09-30" in done
    assert not Draft.objects.exists()


def test_an_answer_that_has_changed_is_not_carried(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    send(doctor, person, filled(doctor, person, BOTH | {"v-smoking": "0"}))
    visit = FollowUp.objects.get(visited_on=DAY)
    assert visit.smoking == 0
    assert "smoking" not in visit.carried.split(",")
    sent = filled(doctor, person, {**BOTH, "day": "2026-06-29"}, HTN)
    del sent["carry"]
    send(doctor, person, sent)
    assert FollowUp.objects.get(visited_on=date(2026, 6, 29)).salt is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, ["控制满意", "2026-09-30", "病情稳定，按期随访"]),
        ({"v-systolic": "158"}, ["控制不满意", "2026-07-14", "第一次控制不满意：询问服药情况"]),
        ({"v-systolic": "186"}, ["血压186/84mmHg达到危急值：处理后紧急转诊", "2026-07-14"]),
        ({"v-adverse_reaction": "2"}, ["不良反应", "出现药物不良反应：调整用药"]),
        ({"v-systolic": "80", "v-diastolic": "95"}, ["舒张压95应低于收缩压80"]),
        ({"v-systolic": "1360"}, ["收缩压1360mmHg超出合理范围60–280mmHg"]),
        ({"v-systolic": "", "v-diastolic": ""}, ["还要填：", "收缩压"]),
        ({"day": "2026-07-01"}, ["晚于今天（2026-06-30）"]),
    ],
)
@pytest.mark.parametrize("way", ["typing", "without scripts"])
def test_class_notice_and_next_visit_are_told_before_anything_is_saved(
    doctor: Client, county: SmallCounty, typed: dict[str, str], expected: list[str], way: str
) -> None:
    person = patient(county, both=False)
    sent = filled(doctor, person, {k: v for k, v in BOTH.items() if k not in ("v-foot_pulse", "v-fasting_glucose")} | typed)
    typing = reverse("visit-foresee", args=[person.pk])
    answer = doctor.post(typing, sent) if way == "typing" else send(doctor, person, sent | {"try": "1"})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert not [words for words in expected if words not in page]
    assert FollowUp.objects.count() == 1


def test_a_form_of_which_only_what_it_shares_was_filled_in_writes_no_record(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    sent = filled(doctor, person, BOTH, HTN, DM, EXAM)
    foreseen = doctor.post(reverse("visit-foresee", args=[person.pk]), sent).content.decode()
    assert "没有填，不会保存：健康体检" in foreseen
    send(doctor, person, sent)
    assert (FollowUp.objects.filter(visited_on=DAY).count(), Examination.objects.count()) == (1, 1)


def test_an_examination_and_an_assessment_of_one_day_are_linked_and_share_what_both_ask(doctor: Client, county: SmallCounty) -> None:
    person = county.resident(birth=date(1950, 1, 1))
    typed = {
        "v-temperature": "36.5", "v-systolic": "130", "v-diastolic": "80", "v-exercise_frequency": "1", "v-eating": "0", "v-grooming": "0",
        "v-dressing": "0", "v-toileting": "0", "v-moving": "0",
    }  # fmt: skip
    sent = filled(doctor, person, typed)
    assert set(sent["r"]) == {EXAM, ELDERLY, "constitutions"}  # due this year; the record, due when next met, is a tap away
    assert send(doctor, person, sent).status_code == 302
    examination, assessment = Examination.objects.get(), Assessment.objects.get()
    assert assessment.examination_id == examination.pk
    assert (examination.exercise_frequency, assessment.exercise_frequency, assessment.self_care_score) == ("1", "1", 0)


def test_a_file_that_each_person_has_once_is_added_to(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    stored = HealthRecord(
        resident=person, organisation_id=county.clinics[0], opened_on=date(2020, 1, 1), blood_type="2", contact_name="顾某", electronic=True
    )
    save(stored, actor="tests", day=DAY)
    sent = filled(doctor, person, {"v-contact_phone": "13800000000"}, RECORD)
    assert (sent["v-blood_type"], sent["v-contact_name"]) == (["2"], ["顾某"])
    assert send(doctor, person, sent).status_code == 302
    stored.refresh_from_db()
    assert (stored.contact_phone, stored.blood_type, stored.opened_on) == ("13800000000", "2", date(2020, 1, 1))
    again = send(doctor, person, filled(doctor, person, {}, RECORD))
    assert again.status_code == 422
    assert "还没有填写任何内容" in again.content.decode()


def test_a_form_is_added_and_taken_out_with_what_was_typed_kept(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    save(
        HealthRecord(resident=person, organisation_id=county.clinics[0], opened_on=date(2020, 1, 1), contact_name="顾某"),
        actor="t",
        day=DAY,
    )
    sent = filled(doctor, person, BOTH)
    page = page_of(send(doctor, person, sent | {"toggle": RECORD}))
    form = page.get_element_by_id("visit")
    assert {v for k, v in form.form_values() if k == "r"} == {HTN, DM, RECORD}
    assert dict(form.form_values())["v-systolic"] == "136"
    assert dict(form.form_values())["v-contact_name"] == "顾某"  # what stands in the file is not lost by adding its form
    page = page_of(send(doctor, person, sent | {"toggle": DM}))
    assert [v for k, v in page.get_element_by_id("visit").form_values() if k == "r"] == [HTN]


def test_a_child_due_for_three_vaccines_is_asked_once_and_saved_at_once(doctor: Client, county: SmallCounty) -> None:
    child = county.resident(birth=date(2025, 12, 10), moved_in=date(2025, 12, 10))
    given = {"resident": child, "organisation_id": county.clinics[0]}
    for vaccine, on in (("01", date(2025, 12, 10)), ("02", date(2025, 12, 10))):
        save(Vaccination(given_on=on, vaccine=vaccine, **given), actor="tests", day=DAY)
    page = page_of(doctor.get(address(child, DOSES)))
    items = [key.partition(":")[2] for key in page.xpath("//form[@id='visit']//input[@name='i']/@value")]
    assert len(items) > 2
    asked = [each.get("data-input") for each in page.xpath("//*[@data-input]")]
    assert len(asked) == len(set(asked))
    assert asked.count("v-vaccination_informed") == asked.count("v-observed_minutes") == 1
    first, second, *others = items
    own = {f"v-vaccine_lot--{item}": f"L{place}" for place, item in enumerate((first, second))}
    answer = send(doctor, child, filled(doctor, child, own | {"v-vaccination_informed": "1"}, DOSES))
    assert answer.status_code == 302
    saved = Vaccination.objects.filter(given_on=DAY).values_list("vaccine", "lot", "fee", "informed")
    assert sorted(saved) == sorted((item.partition("-")[2], f"L{n}", "1", True) for n, item in enumerate((first, second)))
    assert {due.item for due in DueItem.objects.open_on(DAY).filter(resident=child, duty="immunisation.dose")} >= set(others)


def test_a_fault_in_one_of_several_vaccines_keeps_back_all_and_stands_at_its_own_input(doctor: Client, county: SmallCounty) -> None:
    child = county.resident(birth=date(2026, 2, 10), moved_in=date(2026, 2, 10))
    page = page_of(doctor.get(address(child, DOSES)))
    first, second = [key.partition(":")[2] for key in page.xpath("//input[@name='i']/@value")][:2]
    own = {f"v-vaccine_lot--{first}": "L1", f"v-vaccine_lot--{second}": "L2", f"v-vaccine_expires_on--{second}": "2026-01-01"}
    answer = send(doctor, child, filled(doctor, child, own, DOSES))
    assert answer.status_code == 422
    assert "有效期" in page_of(answer).get_element_by_id(f"v-vaccine_expires_on--{second}-fault").text_content()
    assert not page_of(answer).get_element_by_id(f"v-vaccine_expires_on--{first}-fault").text_content().strip()
    assert not Vaccination.objects.exists()


def test_a_code_of_one_digit_is_its_own_key(doctor: Client, county: SmallCounty) -> None:
    from taizhang.web.visit.pieces import _digits

    words = Text("无", "none")
    assert _digits([("0", words), ("1", words), ("2", words)]) == ["0", "1", "2"]
    assert _digits([("1", words), ("99", words), ("3", words)]) == ["1", "2", "3"]
    assert _digits([("0", words), ("99", words), ("1", words), ("2", words)]) == ["0", "", "1", "2"]
    page = page_of(doctor.get(address(patient(county))))
    keys = page.xpath("//form[@id='visit']//input[@data-digit and string-length(@value)=1 and @name!='carry']")
    assert keys
    assert all(each.get("data-digit") == each.get("value") for each in keys)


@pytest.mark.parametrize(
    "registers",
    [
        (HTN, DM, "copd_follow_ups", EXAM, ELDERLY),
        ("antenatal_visits", DM),
        (DOSES, "infant_checks"),
    ],
    ids=["an elder with several conditions", "a pregnant woman with diabetes", "a child's check and vaccines"],
)
def test_nothing_is_asked_twice(doctor: Client, county: SmallCounty, registers: tuple[str, ...]) -> None:
    birth = date(2025, 12, 10) if DOSES in registers else date(1946, 1, 1) if EXAM in registers else date(1996, 1, 1)
    person = county.resident(birth=birth, moved_in=max(birth, date(2020, 1, 1)))
    page = page_of(doctor.get(address(person, *registers)))
    sent = [v for k, v in page.get_element_by_id("visit").form_values() if k == "r"]
    assert set(sent) == set(registers)
    asked = [each.get("data-input") for each in page.xpath("//*[@data-input]")]
    assert len(asked) == len(set(asked))
    assert len(asked) > 15


# -- bad input ---------------------------------------------------------------------------------------------------------


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


# -- typed work is kept ------------------------------------------------------------------------------------------------


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


# -- both languages, and a browser -------------------------------------------------------------------------------------


def test_english_pages_hold_no_chinese_but_what_is_marked_as_such(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    Staff.objects.filter(username="doctor").update(name="Doctor")
    doctor.get(reverse("language", args=["en"]))
    every = address(person, HTN, DM, EXAM, ELDERLY, RECORD)
    Draft.objects.all().delete()
    for at in (reverse("worklist"), reverse("day-end"), reverse("route"), every):
        page = doctor.get(at).content.decode().replace(">账<", "><").replace("氨氯地平", "")
        page = re.sub(r'<(\w+)[^>]* lang="zh-CN"[^>]*>.*?</\1>', "", page, flags=re.S)
        assert not CJK.findall(page), (at, CJK.findall(page)[:8])


def test_the_number_of_queries_of_a_visit_does_not_grow_with_the_history(doctor: Client, county: SmallCounty) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            doctor.get(address(person, HTN, DM))
        return len(captured)

    person = patient(county)
    few = count()
    for month in (1, 2, 4, 5):
        facts = {"way": "1", "outcome": "1", "systolic": 130, "diastolic": 80, "organisation_id": county.clinics[0]}
        save(FollowUp(resident=person, visited_on=date(2026, month, 5), **facts), actor="tests", day=DAY)
    assert count() == few


CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
SHOTS = Path(__file__).parents[2] / "build" / "screenshots"


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: run scripts/browser.sh, or apt-get install chromium")
@pytest.mark.parametrize("width", [1280, 390])
def test_a_visit_by_keyboard_alone(transactional_db: None, make_county: Any, live_server: Any, width: int) -> None:
    from playwright.sync_api import expect, sync_playwright

    county = make_county()
    patient(county)
    staff = county.staff("doctor")
    staff.set_password("a long enough phrase")
    staff.save()
    SHOTS.mkdir(parents=True, exist_ok=True)
    troubles: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--no-first-run"])
        page = browser.new_page(viewport={"width": width, "height": 844}, locale="zh-CN")
        page.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(live_server.url + reverse("worklist"))
        page.keyboard.type("doctor")
        page.keyboard.press("Tab")
        page.keyboard.type("a long enough phrase")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("今日待办")
        page.screenshot(path=SHOTS / f"worklist-{width}.png", full_page=True)
        page.get_by_role("link", name="随访 顾").first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("顾样甲")
        expect(page.locator("[name=v-way_of_visit]").first).to_be_focused()  # the first question has the focus
        keys = page.keyboard
        keys.press("2")  # at home
        for _ in range(2):  # no symptoms, of either disease
            keys.press("1")
            keys.press("Enter")
        for value in ("186", "84", "61.5", "72"):
            keys.type(value)
            keys.press("Enter")
        keys.press("1")  # the foot's pulse
        keys.type("6.4")
        keys.press("Enter")
        for _ in range(3):  # medicines taken, no reaction, no hypoglycaemia
            keys.press("1")
        keys.press("1")  # carried over
        expect(page.locator("#outcome")).to_contain_text("血压186/84mmHg达到危急值")
        expect(page.locator("#outcome")).to_contain_text("草稿已存")
        page.screenshot(path=SHOTS / f"visit-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        keys.press("Enter")
        expect(page.locator("#save")).to_be_focused()
        keys.press("Enter")
        expect(page).to_have_url(re.compile("/done/"))
        page.screenshot(path=SHOTS / f"visit-done-{width}.png", full_page=True)
        browser.close()
    assert not troubles
    visit = FollowUp.objects.get(visited_on=DAY)
    assert (visit.systolic, visit.weight, visit.due_reason, visit.salt) == (186, 615, "referral", "2")
    assert DiabetesVisit.objects.get(visited_on=DAY).fasting_glucose == 64
