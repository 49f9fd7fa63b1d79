"""Somebody is lived through years under every duty that comes again: each visit on its day asks for the next, and for nothing else."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from taizhang.county.models import Resident
from taizhang.county.recording import StoredRecord
from taizhang.kernel.duties import DueItem, Person, Urgency
from taizhang.kernel.periods import add_months
from taizhang.kernel.registry import registry

from .lives import OUTLOOK, rows_of

# Where a life under each duty stands: a test of this folder. A duty that comes new must be lived through too.
LIVED = {
    "test_lives": (
        "health_records.examination", "hypertension.visit", "diabetes.visit", "copd.visit", "elderly.assessment",
        "traditional_medicine.constitution",
    ),
    "test_a_child_that_comes_when_called_is_seen_thirteen_times_and_never_late": (
        "children.infant_check", "children.toddler_check", "children.preschool_check",
    ),
    "test_a_child_that_comes_when_called_is_guided_at_six_ages": ("traditional_medicine.guidance",),
    "test_a_child_is_called_from_birth_to_six_years": ("immunisation.dose",),
    "test_a_mother_is_owed_each_visit_in_its_weeks_until_she_has_had_it": (
        "maternal.antenatal", "maternal.postnatal", "maternal.final_check", "maternal.outcome",
    ),
    "test_a_woman_at_high_risk_is_owed_a_visit_every_fortnight_and_every_week_when_red": ("maternal.risk",),
    "test_an_infected_woman_is_owed_treatment_a_visit_every_fortnight_and_her_child_its_medicine": ("maternal.infection",),
    "test_two_years_of_a_patient": ("mental_illness.visit",),
    "test_nothing_is_owed_to_a_closed_case_and_no_examination_without_consent": ("mental_illness.examination",),
    "test_a_course_under_family_supervision": ("tuberculosis.visit",),
    "test_the_first_visit_is_owed_within_72_hours_until_the_patient_is_met": ("tuberculosis.first_visit",),
    "test_the_case_is_closed_when_the_course_is_over": ("tuberculosis.closing",),
    "test_a_referral_is_followed_up_within_a_week_unless_the_person_arrived": ("tuberculosis.tracing",),
    "test_a_man_lives_from_his_first_measurement_to_his_enrolment": ("hypertension.screening", "hypertension.enrolment"),
    "test_a_man_lives_through_screening_for_diabetes_to_his_enrolment_and_a_corrected_diagnosis": (
        "diabetes.screening", "diabetes.enrolment",
    ),
    "test_a_woman_lives_through_the_questionnaires_for_copd_to_her_enrolment": ("copd.screening", "copd.enrolment"),
    "test_a_life_through_two_contracts": ("family_doctor.service", "family_doctor.renewal"),
    "test_a_patient_grows_old_before_she_signs_and_is_asked_to_sign_only_once": ("family_doctor.signing",),
    "test_the_results_of_every_years_assessment_are_told_within_thirty_days": ("elderly.feedback",),
}  # fmt: skip
# Owed once, and why: no year brings these again, only another event of the same kind.
ONCE = {
    "health_records.record": "建档：一人一份，建全为止",
    "children.newborn_visit": "出生：一人一次",
    "children.referral": "每次转诊一次：追问到有结果为止",
    "immunisation.certificate": "入托入学查验后补种：每次查验一次",
    "immunisation.adverse_event": "每起疑似异常反应报告一次",
    "infectious_disease.card": "每次诊断一张报告卡",
    "infectious_disease.correction": "每张疑似病例卡订正一次",
}


def test_every_duty_is_lived_through() -> None:
    lived = {duty for duties in LIVED.values() for duty in duties}
    assert sorted([*lived, *ONCE]) == sorted(registry.duties)
    written = set(re.findall(r"^def (test_\w+)", "".join(p.read_text("utf-8") for p in Path(__file__).parent.glob("test_*.py")), re.M))
    assert set(LIVED) - written <= {"test_lives"}


def live(duty: str, person: Person, since: date, days: int, done: Callable[[date], StoredRecord], **others: list[Any]) -> list[DueItem]:
    """What was done by somebody who comes on the first day on which something is owed, day after day."""
    declared, made, came = registry.duties[duty], list[StoredRecord](), list[DueItem]()
    table = type(done(since)).CONTRACT.table
    history: Mapping[str, list[Any]] = {name: [] for name in declared.reads} | {"residency": [{"started_on": since}]} | others
    for passed in range(days):
        day = since + timedelta(days=passed)
        history = {**history, table: rows_of(made)} if len(made) != len(history[table]) else history
        owed = [
            item
            for item in declared.due(person, history, day + OUTLOOK)
            if item.opens_on <= day and (item.closes_on is None or day <= item.closes_on)
        ]
        assert len(owed) <= 1, day
        if owed:
            assert day <= owed[0].due_on
            made.append(done(day))
            came += owed
    return came


PATIENT = Resident(pk=1, name="甲", sex="1", birth_date=date(1970, 5, 1))
WELL: dict[str, dict[str, Any]] = {
    "hypertension": {"systolic": 130, "diastolic": 80},
    "diabetes": {"fasting_glucose": 61, "systolic": 130, "diastolic": 80},
    "copd": {"symptom_change": "1", "mmrc": "1", "cat": 8, "exacerbations_since": 0, "oxygen_saturation": 97, "danger_signs": False},
}
ILL: dict[str, dict[str, Any]] = {
    "hypertension": {"systolic": 152, "diastolic": 80},
    "diabetes": {"fasting_glucose": 85, "systolic": 130, "diastolic": 80},
    "copd": {"symptom_change": "2", "mmrc": "3", "cat": 22, "exacerbations_since": 1, "oxygen_saturation": 95, "danger_signs": False},
}


def _visit(disease: str, facts: Mapping[str, Any]) -> Callable[[date], StoredRecord]:
    model: type[Any] = apps.get_model(disease, "FollowUp")
    return lambda day: model(resident=PATIENT, visited_on=day, way="2", outcome="1", adherence="1", adverse_reaction="1", **facts)


def _case(disease: str, enrolled: date) -> list[dict[str, Any]]:
    contract = registry.contracts[f"{disease}_case"]
    return [{c.name: None for c in contract.columns} | {"enrolled_on": enrolled, "closed_on": None}]


@pytest.mark.parametrize("disease", list(WELL))
def test_three_years_of_a_patient_who_is_well(disease: str) -> None:
    """Seen as soon as the list calls: never late, and never fewer than four times a year."""
    start = date(2025, 1, 31)  # the rules for COPD begin in September 2024
    came = live(
        f"{disease}.visit", Person(1, PATIENT.birth_date, "1"), start, 3 * 366, _visit(disease, WELL[disease]),
        **{f"{disease}_case": _case(disease, start)},
    )  # fmt: skip
    assert {item.urgency for item in came} == {Urgency.ROUTINE}
    assert 12 <= len(came) <= 18


@pytest.mark.parametrize("disease", list(WELL))
def test_a_patient_who_is_not_well_is_seen_again_in_two_weeks_and_then_after_the_referral(disease: str) -> None:
    start, duty = date(2025, 1, 31), registry.duties[f"{disease}.visit"]
    made: list[StoredRecord] = []
    told = []
    for facts in (WELL, ILL, ILL, WELL, WELL):
        history = {f"{disease}_case": _case(disease, start), f"{disease}_follow_up": rows_of(made)}
        (item,) = duty.due(Person(1, PATIENT.birth_date, "1"), history, date(2030, 1, 1))
        told.append((item.due_on, item.urgency))
        made.append(_visit(disease, facts[disease])(item.due_on))
    first, second = add_months(start, 3), add_months(add_months(start, 3), 3)
    two = timedelta(days=14)
    assert told == [
        (first, Urgency.ROUTINE),
        (second, Urgency.ROUTINE),
        (second + two, Urgency.EARLY),  # not controlled for the first time
        (second + 2 * two, Urgency.DANGER),  # twice running: referred, and the result asked after
        (add_months(second + 2 * two, 3), Urgency.ROUTINE),
    ]


@pytest.mark.parametrize(
    ("duty", "label", "day", "facts"),
    [
        ("elderly.assessment", "elderly.Assessment", "assessed_on", {}),
        ("traditional_medicine.constitution", "traditional_medicine.Constitution", "assessed_on", {f"q{n}": 2 for n in range(1, 34)}),
        ("health_records.examination", "health_records.Examination", "examined_on", {}),
    ],
)
def test_an_elder_is_called_once_in_each_year_from_the_year_of_65(duty: str, label: str, day: str, facts: dict[str, Any]) -> None:
    model: type[Any] = apps.get_model(label)
    elder = Resident(pk=1, name="甲", sex="1", birth_date=date(1957, 7, 15))
    came = live(duty, Person(1, elder.birth_date, "1"), date(2020, 3, 1), 6 * 366, lambda on: model(resident=elder, **{day: on}, **facts))
    assert [item.opens_on for item in came][:1] == [date(2022, 1, 1)]
    assert len({item.due_on.year for item in came}) == len(came)  # never twice for one year
    assert [item.due_on.year for item in came] == [2022, 2023, 2024, 2025, 2026][: len(came)]
    assert len(came) >= 4
