"""National forms on paper: the declarations against the registers, and what stands in the boxes."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from .conftest import CLINIC, FAR_CLINIC, Town

# Columns that no national form has a line for, each with its reason.
WHO = "who and where stand in the head of the form"
NOT_ON_PAPER: dict[str, dict[str, str]] = {
    "*": {"resident": WHO, "organisation": WHO},
    "health_records": {
        "electronic": "a form on paper is none",
        "closed_on": "stands on the cover of the record",
        "close_reason": "stands on the cover of the record",
    },
    "hypertension_follow_ups": {
        "outcome": "nobody reached: then there is no form",
        "lost_reason": "nobody reached: then there is no form",
        "new_complication": "decides the class, which is printed",
        "danger_signs": "decides the referral, which is printed",
        "referral_result": "known after the form is filled; the national form has no line for it",
    },
    "diabetes_follow_ups": {
        "outcome": "nobody reached: then there is no form",
        "lost_reason": "nobody reached: then there is no form",
        "new_complication": "decides the class, which is printed",
        "danger_signs": "decides the referral, which is printed",
        "referral_result": "known after the form is filled; the national form has no line for it",
    },
    "copd_follow_ups": {
        "outcome": "nobody reached: then there is no form",
        "lost_reason": "nobody reached: then there is no form",
        "new_complication": "decides the class, which is printed",
        "danger_signs": "decides the referral, which is printed",
        "referral_result": "known after the form is filled; the form has no line for it",
    },
    "infant_checks": {"birth_weeks": "corrects the age of the preterm; printed on the newborn's visit"},
    "toddler_checks": {"birth_weeks": "corrects the age of the preterm; printed on the newborn's visit"},
    "preschool_checks": {"birth_weeks": "corrects the age of the preterm; printed on the newborn's visit"},
    "infection_cards": {
        "outbreak": "decides the time limit, no line of the card",
        "reviewer": "the reporting unit's own review, no line of the card",
        "void_on": "a card that was struck out is not printed",
        "void_reason": "a card that was struck out is not printed",
    },
    "assistance_patrols": {
        "address": "the place's register, no line of the patrol form",
        "ceased": "the place's register, no line of the patrol form",
        "chlorine": "stands in what was found, which is printed",
        "problem_found": "what was found is printed in words",
    },
    "assistance_clues": {
        "source": "how the office knew, no line of the report form",
        "reported_to": "what became of it, no line of the report form",
        "result": "what became of it, no line of the report form",
    },
    "elderly_assessments": {
        "exercise_frequency": "printed on the examination form of the year",
        "diet": "printed on the examination form of the year",
        "smoking_status": "printed on the examination form of the year",
        "drinking_frequency": "printed on the examination form of the year",
        "guidance_given": "the county's list of feedback, no national form",
        "guidance_topics": "the county's list of feedback, no national form",
        "feedback_on": "the county's list of feedback, no national form",
        "feedback_way": "the county's list of feedback, no national form",
        "note": "the county's list of feedback, no national form",
    },
}


def _papers() -> Any:
    from taizhang.kernel.registry import registry

    return registry.papers.values()


def test_every_national_form_of_these_lines_of_work_is_declared() -> None:
    assert {paper.register for paper in _papers()} >= {
        "health_records", "examinations", "hypertension_follow_ups", "diabetes_follow_ups", "elderly_assessments",
    }  # fmt: skip


def test_every_field_of_a_form_is_a_field_of_its_register_and_stands_there_once() -> None:
    from taizhang.county.models import Resident
    from taizhang.county.reach import model_of
    from taizhang.kernel.paper import OF_RESIDENT, PaperRow
    from taizhang.kernel.registry import registry

    for paper in _papers():
        register = registry.registers[paper.register]
        derived = {stored.name for stored in model_of(register)._meta.concrete_fields if not stored.editable}
        known = {column.field for column in register.columns} | {*register.outcome} | derived
        assert set(paper.fields) <= known, paper.code
        assert len(paper.fields) == len(set(paper.fields)), paper.code
        for other, name in paper.borrowed:
            model_of(registry.registers[other])._meta.get_field(name)
        for section in paper.sections:
            for row in section.rows:
                if isinstance(row, PaperRow):
                    own = [field.removeprefix(OF_RESIDENT) for field in row.fields if field.startswith(OF_RESIDENT)]
                    assert all(hasattr(Resident, name) or name == "identity_number" for name in own), row.label.zh


def test_the_wording_of_a_line_names_its_fields_in_both_languages() -> None:
    import re

    from taizhang.kernel.paper import PaperRow

    for paper in _papers():
        for section in paper.sections:
            for row in section.rows:
                if isinstance(row, PaperRow) and row.wording is not None:
                    for words in (row.wording.zh, row.wording.en):
                        assert sorted(re.findall(r"\{([a-z0-9_.]+)\}", words)) == sorted(row.fields), row.label.zh


def test_every_column_of_a_register_stands_on_paper_or_has_a_reason_not_to() -> None:
    from taizhang.kernel.registry import registry

    borrowed = {each for paper in _papers() for each in paper.borrowed}
    for paper in _papers():
        register = registry.registers[paper.register]
        printed = set(paper.fields) | {field for other, field in borrowed if other == register.code}
        excused = NOT_ON_PAPER["*"] | NOT_ON_PAPER.get(register.code, {})
        left = {column.field for column in register.columns} - printed - set(excused)
        assert not left, f"{paper.code}: {sorted(left)}"


@pytest.fixture
def visits(town: Town) -> Any:
    """Six visits of one person in a year: more than a sheet holds. The fifth has little filled in."""
    from taizhang.county import recording
    from taizhang.programmes.hypertension.models import FollowUp

    person = town.patients[CLINIC][1]
    made = []
    for month in range(1, 7):
        values = (
            {"systolic": 130 + month, "diastolic": 80, "symptoms": "2,6", "weight": 650}
            if month != 5
            else {"systolic": 199, "diastolic": 90}
        )
        visit = FollowUp(resident=person, organisation_id=CLINIC, visited_on=date(2026, month, 8), way="2", outcome="1", **values)
        made.append(recording.save(visit, actor="tests", day=date(2026, 7, 1)))
    return made


def test_visits_stand_side_by_side_with_the_chosen_numbers_in_the_boxes(visits: Any, enter_as: Any) -> None:
    page = enter_as("doctor").get(reverse("paper", args=["hypertension_follow_ups", visits[1].pk])).content.decode()
    assert [f"{131 + n}</span>/" in page for n in range(4)] == [True] * 4  # the four of its sheet
    assert "199" not in page  # the fifth stands on the next
    assert "2026年2月8日" in page
    assert page.count('<i class="box">6</i>') >= 4  # 心悸胸闷 of each visit
    assert "高血压患者随访服务记录表" in page


def test_a_second_sheet_has_empty_columns_and_empty_boxes(visits: Any, enter_as: Any) -> None:
    page = enter_as("doctor").get(reverse("paper", args=["hypertension_follow_ups", visits[4].pk])).content.decode()
    assert "199" in page
    assert ">131<" not in page
    assert '<i class="box"></i>' in page  # nothing chosen
    assert 'class="ink gap"' in page


def test_the_boxes_of_the_head_hold_the_end_of_the_record_number(visits: Any, enter_as: Any, town: Town) -> None:
    from taizhang.county.models import Resident

    Resident.objects.filter(pk=visits[0].resident_id).update(record_number="99010110120100042")
    page = enter_as("doctor").get(reverse("paper", args=["hypertension_follow_ups", visits[0].pk])).content.decode()
    head = page[page.index("leaf-head") : page.index("</header>", page.index("leaf-head"))]
    assert "".join(digit for digit in head.split('<i class="box">')[1:] for digit in digit[:1]) == "20100042"


def test_printing_one_is_opening_the_person(visits: Any, enter_as: Any) -> None:
    from taizhang.county.models import AuditEntry

    enter_as("doctor").get(reverse("paper", args=["hypertension_follow_ups", visits[0].pk]))
    last = AuditEntry.objects.latest("pk")
    assert (last.action, last.resident) == ("open_person", visits[0].resident_id)


def test_a_day_prints_all_of_the_readers_places_and_is_written_down(visits: Any, enter_as: Any) -> None:
    from taizhang.county.models import AuditEntry

    answer = enter_as("doctor").get(reverse("paper-day", args=["hypertension_follow_ups", "2026-03-08"]))
    assert answer.content.decode().count('<article class="leaf') == 1
    last = AuditEntry.objects.latest("pk")
    assert (last.action, last.detail["count"], last.resident) == ("export", 1, None)


def test_queries_of_a_days_print_do_not_grow_with_sheets(town: Town, enter_as: Any, django_assert_max_num_queries: Any) -> None:
    from taizhang.programmes.health_records.models import Examination

    day = date(2026, 5, 6)
    for person in town.patients[CLINIC]:
        Examination.objects.create(resident=person, organisation_id=CLINIC, examined_on=day)
    client = enter_as("doctor")
    with django_assert_max_num_queries(20):
        page = client.get(reverse("paper-day", args=["examinations", day.isoformat()])).content.decode()
    assert page.count('<article class="leaf') == len(town.patients[CLINIC])


def test_paper_of_others_persons_of_unknown_forms_and_of_no_day_is_not_found(visits: Any, enter_as: Any, town: Town) -> None:
    from taizhang.programmes.hypertension.models import FollowUp

    far = FollowUp.objects.create(resident=town.patients[FAR_CLINIC][0], organisation_id=FAR_CLINIC, visited_on=date(2026, 3, 8), way="1")
    client = enter_as("doctor")
    for address in (
        reverse("paper", args=["hypertension_follow_ups", far.pk]),
        reverse("paper", args=["hypertension_follow_ups", 10**9]),
        reverse("paper", args=["hypertension_cases", visits[0].pk]),
        reverse("paper", args=["no_such", visits[0].pk]),
        reverse("paper-day", args=["hypertension_follow_ups", "2026-02-31"]),
    ):
        assert client.get(address).status_code == 404, address


def test_the_form_of_a_record_about_nobody_prints_under_its_institution(enter_as: Any, town: Town) -> None:
    from taizhang.county import recording
    from taizhang.programmes.supervision_assistance.models import Patrol

    patrol = Patrol(
        organisation_id=CLINIC, patrolled_on=date(2026, 3, 8), domain="3", place="样例小学", content="饮用水、食堂", problem_found=False
    )
    made = recording.save(patrol, actor="tests", day=date(2026, 7, 1))
    address = reverse("paper", args=["assistance_patrols", made.pk])
    assert address in enter_as("doctor").get(reverse("register-record", args=["assistance_patrols", made.pk])).content.decode()
    page = enter_as("doctor").get(address)
    assert page.status_code == 200
    assert all(words in page.content.decode() for words in ("单位：", "样例小学", "饮用水、食堂"))
    assert "姓名：" not in page.content.decode()
    made.organisation_id = FAR_CLINIC
    made.save()
    assert enter_as("doctor").get(address).status_code == 404
    assert enter_as("doctor").get(reverse("paper-day", args=["assistance_patrols", "2026-03-08"])).status_code == 404
