"""A patient, and a visit as a browser sends it: what tests of visits share."""

import re
from datetime import date
from typing import Any

import lxml.html
from django.test import Client
from django.urls import reverse

from conftest import SmallCounty
from taizhang.county.models import Resident
from taizhang.county.recording import save
from taizhang.programmes.diabetes.models import Case as DiabetesCase
from taizhang.programmes.diabetes.models import FollowUp as DiabetesVisit
from taizhang.programmes.elderly.models import Assessment
from taizhang.programmes.health_records.models import Examination
from taizhang.programmes.hypertension.models import Case, FollowUp
from taizhang.programmes.traditional_medicine.models import Constitution
from taizhang.programmes.traditional_medicine.questions import FIELDS

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
    assessed: dict[str, Any] = {"resident": person, "organisation_id": place, "assessed_on": date(2026, 3, 2)}
    save(Assessment(feedback_on=date(2026, 3, 2), **assessed), actor="tests", day=DAY)
    save(Constitution(**assessed, **dict.fromkeys(FIELDS, 2)), actor="tests", day=DAY)
    return person


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
