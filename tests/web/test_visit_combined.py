"""Visits that serve several lines of work at once, saved by the form as the page gives it: every record written, nothing asked twice."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from conftest import SmallCounty
from taizhang.county.models import Resident, Staff
from taizhang.county.recording import save
from taizhang.kernel.duties import Urgency
from taizhang.programmes.children.models import InfantCheck
from taizhang.programmes.copd.models import Case as CopdCase
from taizhang.programmes.copd.models import FollowUp as CopdVisit
from taizhang.programmes.diabetes.models import Case as DiabetesCase
from taizhang.programmes.diabetes.models import FollowUp as DiabetesVisit
from taizhang.programmes.health_records.models import Examination
from taizhang.programmes.hypertension.models import Case, FollowUp
from taizhang.programmes.immunisation.models import Vaccination
from taizhang.programmes.maternal.models import AntenatalVisit, Pregnancy
from taizhang.programmes.mental_illness.models import Case as MentalCase
from taizhang.programmes.mental_illness.models import FollowUp as MentalVisit
from taizhang.programmes.traditional_medicine.models import ChildGuidance, Constitution
from taizhang.simulation.load import simulate_database
from taizhang.worklist import listing
from taizhang.worklist.models import DueItem

from .visiting import BOTH, DAY, DOSES, address, filled, page_of, patient, send

CONSTITUTION, MIND = "constitutions", "mental_illness_follow_ups"


def asked(page: Any) -> list[str]:
    """The inputs that stand open, without what is folded away; none of them, and none that is folded, stands there twice, nor do two ask
    the same in words (but for a vaccine's lot, which is asked for each dose)."""
    every = [each.get("data-input") for each in page.xpath("//*[@data-input]")]
    assert len(every) == len(set(every))
    wordings = labels(page)
    assert len(wordings) == len(set(wordings))
    return [
        each.get("data-input")
        for each in page.xpath("//*[@data-input]")
        if not any(above.tag == "details" and above.get("open") is None for above in each.iterancestors())
    ]


def labels(page: Any) -> list[str]:
    """What is asked, in words; without what is asked for each of several doses."""
    found = []
    for each in page.xpath("//*[@data-input][not(contains(@data-input, '--'))]"):
        head = each.xpath(".//label|.//legend")
        found.append(" ".join(head[0].text_content().split()) if head else each.get("data-input"))
    return found


def waiting(page: Any) -> list[str]:
    """The forms that are due and wait to be opened."""
    return list(page.xpath("//*[contains(@class, 'waiting')]//button/@value"))


def registers(page: Any) -> set[str]:
    return set(page.xpath("//form[@id='visit']//input[@name='r']/@value"))


@pytest.mark.django_db
def test_in_a_county_with_every_line_of_work_an_elder_with_both_diseases_is_asked_at_most_14_things(client: Client) -> None:
    simulate_database(population=1500, seed=3, end=DAY, packages=settings.PROGRAMMES, progress=lambda done, total: None)
    both = set(Case.objects.filter(closed_on=None).values_list("resident", flat=True))
    both &= set(DiabetesCase.objects.filter(closed_on=None).values_list("resident", flat=True))
    listing.refresh(Resident.objects.filter(pk__in=both, birth_date__lte=date(1961, 12, 31)).values_list("pk", flat=True), day=DAY)
    client.force_login(Staff.objects.filter(role="township_office").first())
    seen: dict[str, int] = {}
    visits = DueItem.objects.open_on(DAY).visits()
    for resident in sorted(set(visits.filter(duty="hypertension.visit").values_list("resident", flat=True))):
        if set(visits.filter(resident=resident).values_list("duty", flat=True)) != {"hypertension.visit", "diabetes.visit"}:
            continue
        page = page_of(client.get(f"/visit/{resident}/"))
        assert len(asked(page)) <= 14
        for code in waiting(page):
            seen[code] = seen.get(code, 0) + 1
    assert seen[CONSTITUTION] >= 1
    assert seen["examinations"] >= 1


def test_a_long_form_opens_when_it_is_asked_for_and_is_written_only_when_filled(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    Constitution.objects.all().delete()
    listing.refresh([person.pk], day=DAY)
    page = page_of(doctor.get(address(person)))
    assert len(asked(page)) == 14
    assert waiting(page)[0] == CONSTITUTION
    assert "34项" in page.find_class("waiting")[0].text_content()
    opened = page_of(send(doctor, person, filled(doctor, person, BOTH | {"toggle": CONSTITUTION})))
    assert len(asked(opened)) == 14 + 34
    assert opened.get_element_by_id("opened") is not None
    assert opened.get_element_by_id("v-systolic").get("value") == "136"
    # Opened and left empty, it writes nothing.
    sent = filled(doctor, person, BOTH, "hypertension_follow_ups", "diabetes_follow_ups", CONSTITUTION)
    assert send(doctor, person, sent).status_code == 302
    assert not Constitution.objects.exists()
    assert FollowUp.objects.filter(visited_on=DAY).count() == 1


def test_an_elder_of_80_with_four_diseases_and_the_constitution_in_one_form(doctor: Client, county: SmallCounty) -> None:
    person = patient(county)
    Resident.objects.filter(pk=person.pk).update(birth_date=date(1946, 3, 1))
    save(
        CopdCase(resident=person, organisation_id=county.clinics[0], enrolled_on=date(2025, 5, 1), diagnosed_on=date(2025, 5, 1)),
        actor="t",
        day=DAY,
    )
    since = dict.fromkeys(("enrolled_on", "consented_on"), date(2025, 5, 1))
    mind = MentalCase(resident=person, organisation_id=county.clinics[0], consent="1", diagnosis="1", **since)
    save(mind, actor="t", day=DAY)
    Staff.objects.filter(username="doctor").update(treats="mental_illness")
    Constitution.objects.all().delete()
    listing.refresh([person.pk], day=DAY)
    page = page_of(doctor.get(address(person)))
    assert registers(page) == {"hypertension_follow_ups", "diabetes_follow_ups", "copd_follow_ups", MIND}
    inputs = asked(page)
    assert [inputs.count(name) for name in ("v-way_of_visit", "v-weight", "v-adherence", "v-adverse_reaction")] == [1, 1, 1, 1]
    questions = {name: "3" for name in asked(page_of(doctor.get(address(person, CONSTITUTION)))) if name.startswith("v-constitution_q")}
    assert len(questions) == 33
    breath = {"v-copd_symptoms": ["1"], "v-symptom_change": "1", "v-cat": "8", "v-mmrc": "1", "v-exacerbations_since": "0"}
    assert set(breath) <= set(inputs)
    fine = ("symptom_level", "insight", "self_care", "housework", "work", "learning", "social_contact", "effect")
    calm = {f"v-psychiatric_{name}": "1" for name in fine} | {"v-psychiatric_risk": "0"}
    assert set(calm) <= set(inputs)
    sent = filled(doctor, person, BOTH | breath | calm | questions, *sorted(registers(page)), CONSTITUTION)
    answer = send(doctor, person, sent)
    assert answer.status_code == 302, [e.text_content() for e in page_of(answer).find_class("fault") if e.text_content().strip()]
    pressure, glucose, lungs = FollowUp.objects.get(visited_on=DAY), DiabetesVisit.objects.get(visited_on=DAY), CopdVisit.objects.get()
    assert pressure.weight == glucose.weight == 615
    assert (pressure.adherence, glucose.adherence, lungs.visited_on, lungs.next_due_on is not None) == ("1", "1", DAY, True)
    assert Constitution.objects.get().main
    assert (MentalVisit.objects.get().visited_on, MentalVisit.objects.get().visit_class) == (DAY, "3")
    done = doctor.get(answer["Location"])
    assert len(done.context["saved"]) == 5
    assert not DueItem.objects.open_on(DAY).visits().filter(resident=person).exists()


def test_a_pregnant_woman_with_diabetes(doctor: Client, county: SmallCounty) -> None:
    woman = county.resident("顾样丁", birth=date(1996, 4, 1), sex="2")
    place = {"resident": woman, "organisation_id": county.clinics[0]}
    save(DiabetesCase(enrolled_on=date(2025, 5, 1), diagnosed_on=date(2025, 5, 1), **place), actor="tests", day=DAY)
    save(Pregnancy(registered_on=date(2026, 3, 20), last_period_on=date(2026, 1, 20), **place), actor="tests", day=DAY)
    page = page_of(doctor.get(address(woman)))
    assert {"antenatal_visits", "diabetes_follow_ups"} <= registers(page)
    inputs = asked(page)
    assert [inputs.count(name) for name in ("v-systolic", "v-diastolic", "v-weight")] == [1, 1, 1]  # both forms have them
    typed = {
        "v-way_of_visit": "1", "v-diabetes_symptoms": ["1"], "v-systolic": "118", "v-diastolic": "72", "v-weight": "63",
        "v-foot_pulse": "1", "v-fasting_glucose": "5.6", "v-adherence": "1", "v-adverse_reaction": "1", "v-hypoglycaemia": "1",
        "v-fundal_height": "20", "v-fetal_heart": "142", "v-haemoglobin": "112", "v-antenatal_class": "1",
    }  # fmt: skip
    answer = send(doctor, woman, filled(doctor, woman, typed, "antenatal_visits", "diabetes_follow_ups"))
    assert answer.status_code == 302, [e.text_content() for e in page_of(answer).find_class("fault") if e.text_content().strip()]
    antenatal, diabetes = AntenatalVisit.objects.get(), DiabetesVisit.objects.get()
    assert (antenatal.systolic, antenatal.weight, antenatal.fetal_heart) == (118, 630, 142)
    assert (diabetes.systolic, diabetes.weight, diabetes.fasting_glucose) == (118, 630, 56)


def test_a_child_due_for_three_vaccines_gets_three_doses_of_one_form_each_with_its_lot(doctor: Client, county: SmallCounty) -> None:
    child = county.resident(birth=date(2025, 12, 10), moved_in=date(2025, 12, 10))
    for vaccine in ("01", "02"):
        given = {"resident": child, "organisation_id": county.clinics[0], "given_on": date(2025, 12, 10), "vaccine": vaccine}
        save(Vaccination(**given), actor="tests", day=DAY)
    page = page_of(doctor.get(address(child, DOSES)))
    items = [key.partition(":")[2] for key in page.xpath("//form[@id='visit']//input[@name='i']/@value")][:3]
    assert len(items) == 3
    inputs = asked(page)
    assert inputs.count("v-vaccination_informed") == inputs.count("v-observed_minutes") == 1
    lots = {f"v-vaccine_lot--{item}": f"2026010{n}" for n, item in enumerate(items, 1)}
    lots |= {f"v-vaccine_expires_on--{item}": "2027-12-31" for item in items}
    shared = {"v-vaccination_informed": "1", "v-vaccination_checked": "1", "v-observed_minutes": "30"}
    answer = send(doctor, child, filled(doctor, child, lots | {n: v for n, v in shared.items() if n in inputs}, DOSES))
    assert answer.status_code == 302
    saved = Vaccination.objects.filter(given_on=DAY)
    assert sorted(saved.values_list("vaccine", "lot")) == sorted((item.partition("-")[2], f"2026010{n}") for n, item in enumerate(items, 1))
    assert set(saved.values_list("observed_minutes", "informed", "expires_on", "fee")) == {(30, True, date(2027, 12, 31), "1")}
    assert all(saved.values_list("dose_number", flat=True))


def test_a_baby_s_check_vaccines_and_guidance_in_one_form(doctor: Client, county: SmallCounty) -> None:
    baby = county.resident(birth=date(2025, 12, 20), moved_in=date(2025, 12, 20))
    page = page_of(doctor.get(address(baby)))
    assert {DOSES, "infant_checks", "child_medicines"} <= registers(page)
    inputs = asked(page)
    item = page.xpath("//form[@id='visit']//input[@name='i']/@value")[0].partition(":")[2]
    typed = {
        "v-child_weight": "7.9", "v-child_length": "68.0", "v-head_circumference": "43.2", "v-haemoglobin": "118",
        f"v-vaccine_lot--{item}": "202601A",
        "v-child_medicine_service": ["1", "2", "3"],
    }  # fmt: skip
    assert set(typed) <= set(inputs), sorted(set(typed) - set(inputs))
    answer = send(doctor, baby, filled(doctor, baby, typed))
    assert answer.status_code == 302, [e.text_content() for e in page_of(answer).find_class("fault") if e.text_content().strip()]
    check, dose, guidance = InfantCheck.objects.get(), Vaccination.objects.get(), ChildGuidance.objects.get()
    assert (check.visited_on, guidance.visited_on, dose.given_on, dose.lot) == (DAY, DAY, DAY, "202601A")
    assert (check.weight_z is not None, check.stage, guidance.stage) == (True, "6", "6")
    left = DueItem.objects.open_on(DAY).filter(resident=baby, urgency__lte=Urgency.WINDOW)
    assert not left.filter(duty__in=["children.infant_check", "traditional_medicine.guidance"]).exists()
    assert not Examination.objects.exists()
