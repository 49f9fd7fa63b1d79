"""What an event made due, from the worklist to its form: what is known of the event stands in it, and once it is saved nothing is owed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from conftest import SmallCounty
from taizhang.county.models import Resident, Staff
from taizhang.county.recording import save
from taizhang.programmes.immunisation.models import AdverseEvent
from taizhang.programmes.infectious_disease.models import EventReport, MissedCheck, ReportCard, Suspicion
from taizhang.programmes.supervision_assistance.models import Clue, Patrol
from taizhang.programmes.tuberculosis.models import Case, Referral
from taizhang.worklist.models import DueItem

from .visiting import DAY, address, filled, page_of, send

pytestmark = pytest.mark.django_db
YESTERDAY = DAY - timedelta(days=1)


# -- of the institution itself ---------------------------------------------------------------------------------------------------


@pytest.fixture
def office(client: Client, county: SmallCounty) -> Client:
    client.force_login(county.staff("township"))
    return client


def doing(client: Client) -> list[str]:
    """Where the buttons 填报 of the institution's own duties lead."""
    return page_of(client.get(reverse("worklist"))).xpath("//ul[contains(@class, 'owing')]/li/a[contains(@class, 'btn')]/@href")


def form_at(client: Client, url: str) -> dict[str, Any]:
    """The form as a browser would send it, just opened."""
    answer = client.get(url)
    assert answer.status_code == 200
    sent: dict[str, Any] = {}
    for name, value in page_of(answer).xpath("//form[contains(@class, 'entry-sheet')]")[0].form_values():
        if value != "on":  # what lxml takes the empty answer of a radio button for
            sent.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in sent.items()}


def save_at(client: Client, url: str, sent: dict[str, Any]) -> None:
    answer = client.post(url, sent)
    faults = [" ".join(each.text_content().split()) for each in page_of(answer).find_class("problem")] if answer.content else []
    assert (answer.status_code, faults) == (302, [])


def test_each_report_on_an_emergency_opens_with_the_event_and_answers_it(office: Client, county: SmallCounty) -> None:
    event: dict[str, Any] = {
        "name": "某校流感", "category": "1", "grade": "2", "received_on": YESTERDAY, "received_hour": 9, "received_minute": 5,
        "place": "某小学", "setting": "1", "school_kind": "2", "spread": "一个年级", "phone": "0990-1234567",
    }  # fmt: skip
    save(EventReport(organisation_id=county.townships[0], stage="1", number=1, filled_on=YESTERDAY, **event), actor="t", day=DAY)
    shown = {name: f"{value}" for name, value in event.items()} | {"organisation": county.townships[0]}
    sent_at = {"filled_on": f"{DAY}", "reported_on": f"{DAY}", "reported_hour": "10", "reported_minute": "0"}

    (url,) = doing(office)  # the first report: the card that was begun
    form = form_at(office, url)
    assert {name: form[name] for name in shown} == shown
    assert (form["stage"], form["number"]) == ("1", "1")
    save_at(office, url, form | sent_at)
    for number in (1, 2):  # a serious event: a report a day, each a card of its own
        (url,) = doing(office)
        form = form_at(office, url)
        assert {name: form[name] for name in shown} == shown
        assert (form["stage"], form["number"], form.get("filled_on", ""), form.get("reported_on", "")) == ("2", f"{number}", "", "")
        ended = {"ended_on": f"{DAY}"} if number == 2 else {}
        save_at(office, url, form | sent_at | ended | {"reported_hour": f"{10 + number}"})
    (url,) = doing(office)
    form = form_at(office, url)
    assert (form["stage"], form["number"], form["ended_on"], form["name"]) == ("3", "1", f"{DAY}", "某校流感")
    save_at(office, url, form | sent_at | {"reported_hour": "13", "final_diagnosis": "流行性感冒"})
    assert doing(office) == []
    assert EventReport.objects.filter(name="某校流感").count() == 4


def test_a_patrol_opens_with_its_place_and_what_is_filled_in_later_opens_with_its_record(office: Client, county: SmallCounty) -> None:
    at = {"organisation_id": county.townships[0]}
    save(
        Patrol(patrolled_on=date(2026, 3, 31), domain="3", place="某小学", address="某村1号", content="查看", note="上次备注", **at),
        actor="t", day=DAY,
    )  # fmt: skip
    (url,) = doing(office)
    form = form_at(office, url)
    assert (form["organisation"], form["domain"], form["place"], form["address"]) == (county.townships[0], "3", "某小学", "某村1号")
    assert [form.get(name, "") for name in ("patrolled_on", "content", "note")] == ["", "", ""]  # what is seen is seen anew
    save_at(office, url, form | {"patrolled_on": f"{DAY}", "content": "查看"})
    assert doing(office) == []

    save(Clue(found_on=YESTERDAY, kind="1", content="食物中毒线索", **at), actor="t", day=DAY)
    (url,) = doing(office)
    form = form_at(office, url)
    assert (form["found_on"], form["content"]) == (f"{YESTERDAY}", "食物中毒线索")
    save_at(office, url, form | {"reported_on": f"{DAY}", "reported_to": "1"})
    check = {"check_kind": "1", "looked_at": "1", "covers_from": date(2026, 1, 1), "covers_to": DAY, "looked_through": 90}
    save(MissedCheck(checked_on=YESTERDAY, found=5, already=3, **check, **at), actor="t", day=DAY)
    (url,) = doing(office)
    save_at(office, url, form_at(office, url) | {"mended_on": f"{DAY}"})
    assert doing(office) == []


def test_a_form_that_follows_another_institutions_record_is_unknown(client: Client, county: SmallCounty) -> None:
    event = {"name": "某校流感", "stage": "1", "number": 1, "category": "1", "grade": "2", "received_on": YESTERDAY}
    times = {"received_hour": 9, "received_minute": 0, "reported_hour": 10, "reported_minute": 0, "reported_on": YESTERDAY}
    made = save(EventReport(organisation_id=county.townships[0], filled_on=YESTERDAY, **event, **times), actor="t", day=DAY)
    after = {"duty": "infectious_disease.event_progress", "after": f"{made.pk}"}
    url = reverse("register-new", args=["event_reports"])
    wrong: tuple[dict[str, str], ...] = (
        after | {"after": "x"}, after | {"after": "999999"}, after | {"duty": "supervision_assistance.patrol"}, after | {"duty": "none"},
    )  # fmt: skip
    client.force_login(county.staff("township"))
    assert [client.get(url, sent).status_code for sent in (after, *wrong)] == [200, 404, 404, 404, 404]
    client.force_login(county.staff("township2"))
    assert [client.get(url, sent).status_code for sent in ({}, after)] == [200, 404]


# -- of a person -------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def person(county: SmallCounty) -> Resident:
    return county.resident("顾样甲", birth=date(2000, 3, 1), phone="13900001234")


def owed(person: Resident) -> set[str]:
    visits = DueItem.objects.filter(resident=person).open_on(DAY).visits()
    return set(visits.values_list("duty", flat=True))


def test_a_report_card_opens_with_what_the_register_of_diseases_says(doctor: Client, county: SmallCounty, person: Resident) -> None:
    registered = {"disease": "influenza", "case_class": "1", "onset_on": YESTERDAY - timedelta(days=2)}
    at = {"resident": person, "organisation_id": county.clinics[0]}
    save(Suspicion(diagnosed_on=YESTERDAY, diagnosed_hour=16, diagnosed_minute=20, **registered, **at), actor="t", day=DAY)
    assert owed(person) == {"infectious_disease.card"}
    form = filled(doctor, person, {})
    known = {
        "v-notifiable_disease": [registered["disease"]], "v-infection_case_class": ["1"],
        "v-infection_onset_on": [f"{registered['onset_on']}"],
        "v-infection_diagnosed_on": [f"{YESTERDAY}"], "v-infection_diagnosed_hour": ["16"], "v-infection_diagnosed_minute": ["20"],
    }  # fmt: skip
    assert {name: form.get(name) for name in known} == known
    typed = {"v-infection_filled_on": f"{DAY}", "v-infection_reported_on": f"{DAY}", "v-infection_reported_hour": "9"}
    answer = send(doctor, person, form | typed | {"v-infection_reported_minute": "0"})
    assert answer.status_code == 302, page_of(answer).text_content()
    card = ReportCard.objects.get(resident=person)
    assert (card.diagnosed_on, card.diagnosed_hour, card.disease, card.reported_on) == (YESTERDAY, 16, registered["disease"], DAY)
    assert owed(person) == set()


def test_nothing_typed_on_a_form_that_an_event_filled_in_is_no_record(doctor: Client, county: SmallCounty, person: Resident) -> None:
    at = {"resident": person, "organisation_id": county.clinics[0]}
    found = {"happened_on": YESTERDAY, "dose_on": YESTERDAY, "vaccine": "25", "found_on": YESTERDAY}
    event = save(AdverseEvent(symptoms="1", **found, **at), actor="t", day=DAY)
    assert owed(person) == {"immunisation.adverse_event"}
    assert send(doctor, person, filled(doctor, person, {})).status_code == 422
    form = filled(doctor, person, {})
    assert form["v-adverse_symptoms"] == ["1"]
    answer = send(doctor, person, form | {"v-adverse_reported_on": f"{DAY}", "v-adverse_report_hours": "20"})
    assert answer.status_code == 302, page_of(answer).text_content()
    event.refresh_from_db()
    assert (AdverseEvent.objects.count(), event.happened_on, event.reported_on, event.report_hours) == (1, YESTERDAY, DAY, 20)
    assert owed(person) == set()


def test_a_traced_referral_and_a_closed_case_are_the_ones_that_were_open(doctor: Client, county: SmallCounty, person: Resident) -> None:
    Staff.objects.filter(username="doctor").update(treats="tuberculosis")
    at = {"resident": person, "organisation_id": county.clinics[0]}
    save(Referral(referred_on=YESTERDAY, suspicious="1", referred_to="县疾控中心", **at), actor="t", day=DAY)
    assert owed(person) == {"tuberculosis.tracing"}
    form = filled(doctor, person, {})
    assert form["v-tb_referred_to"] == ["县疾控中心"]
    answer = send(doctor, person, form | {"v-tb_traced_on": f"{DAY}", "v-tb_arrived_on": f"{DAY}"})
    assert answer.status_code == 302, page_of(answer).text_content()
    referral = Referral.objects.get()
    assert (referral.referred_on, referral.suspicious, referral.arrived_on) == (YESTERDAY, "1", DAY)
    assert owed(person) == set()

    begun = date(2025, 12, 20)
    save(Case(notified_on=begun, patient_type="1", sputum="1", treatment_started_on=begun, **at), actor="t", day=DAY)
    assert "tuberculosis.closing" in owed(person)
    form = filled(doctor, person, {}, "tuberculosis_cases")
    answer = send(doctor, person, form | {"v-tb_stopped_on": f"{DAY}", "v-tb_stop_reason": "3"})
    assert answer.status_code == 302, page_of(answer).text_content()
    case = Case.objects.get()
    assert (case.notified_on, case.stopped_on) == (begun, DAY)
    assert "tuberculosis.closing" not in owed(person)
    assert doctor.get(address(person)).status_code == 200
