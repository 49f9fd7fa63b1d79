"""One visit, one form: what it asks, foresees and writes; by keyboard alone in a browser."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from conftest import SmallCounty
from taizhang.county.models import Staff
from taizhang.county.recording import save
from taizhang.kernel.text import Text
from taizhang.programmes.diabetes.models import FollowUp as DiabetesVisit
from taizhang.programmes.elderly.models import Assessment
from taizhang.programmes.health_records.models import Examination, HealthRecord
from taizhang.programmes.hypertension.models import FollowUp
from taizhang.programmes.immunisation.models import Vaccination
from taizhang.worklist.models import Draft, DueItem

from .test_browser import ARGUMENTS, CHROMIUM, NEEDS_CHROMIUM, SHOTS
from .visiting import BOTH, CJK, DAY, DM, DOSES, ELDERLY, EXAM, HTN, RECORD, address, filled, page_of, patient, send


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
    assert page.get_element_by_id("v-systolic-last").text_content().split() == ["上次", "132", "mmHg", "2026-03-20"]
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
    assert set(sent["r"]) == {EXAM, ELDERLY}  # the year's; the long constitution, and the record, are a tap away
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


@pytest.mark.browser
@NEEDS_CHROMIUM
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
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": width, "height": 844}, locale="zh-CN")
        page.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(live_server.url + reverse("worklist"))
        expect(page.locator("#id_username")).to_be_focused()  # the browser gives it the focus after the page has loaded
        page.keyboard.type("doctor")
        page.keyboard.press("Tab")
        page.keyboard.type("a long enough phrase")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("今日待办")
        page.screenshot(path=SHOTS / f"worklist-{width}.png", full_page=True)
        page.get_by_role("link", name="随访 顾").first.focus()
        with page.expect_navigation():  # until it has loaded: a key pressed before the page's script runs answers nothing
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
