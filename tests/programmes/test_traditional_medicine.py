"""Chinese medicine: nine constitutions from 33 answers, and guidance of small children at six ages."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.county import recording
from taizhang.county.recording import RecordRefused
from taizhang.kernel.duties import Person
from taizhang.kernel.periods import add_months
from taizhang.programmes.traditional_medicine import duties, rules
from taizhang.programmes.traditional_medicine.models import ChildGuidance, Constitution
from taizhang.programmes.traditional_medicine.questions import BALANCED, BIASED, FIELDS, QUESTIONS, TYPES

CLINIC = "990101101201"
TODAY = date(2026, 6, 30)
DAY = date(2026, 3, 10)

answers = st.lists(st.integers(1, 5), min_size=33, max_size=33).map(lambda values: dict(zip(FIELDS, values, strict=True)))


def test_the_form_has_33_questions_and_each_type_those_of_the_table() -> None:
    assert len(QUESTIONS) == len(FIELDS) == 33
    assert [len(numbers) for _, numbers in TYPES.values()] == [4] * 8 + [5]
    asked = {number for code in BIASED for number in TYPES[code][1]}
    assert asked == set(range(2, 34))  # every question but the first stands in a biased type


@given(answers)
def test_scores_and_verdicts_are_those_of_a_plain_reading_of_the_table(given_answers: dict[str, int]) -> None:
    found = rules.judge({"assessed_on": DAY, **given_answers})
    highest = 0
    for code in BIASED:
        score = sum(given_answers[f"q{number}"] for number in TYPES[code][1])
        highest = max(highest, score)
        assert found[f"{code}_score"] == score
        assert found[code] == ("1" if score >= 11 else "2" if score >= 9 else "3")
    balanced = given_answers["q1"] + sum(6 - given_answers[f"q{number}"] for number in (2, 4, 5, 13))
    assert found["balanced_score"] == balanced
    assert found[BALANCED] == ("3" if balanced < 17 or highest > 10 else "1" if highest <= 8 else "2")
    assert found["complete"]


@given(answers, st.sampled_from(FIELDS))
def test_with_an_answer_missing_nothing_is_told(given_answers: dict[str, int], missing: str) -> None:
    found = rules.judge({"assessed_on": DAY, **given_answers, missing: None})
    assert all(found[code] is None for code in TYPES)
    assert (found["complete"], found["main"]) == (False, None)


def test_an_assessment_is_judged_when_it_is_saved(county: Any) -> None:
    values = dict.fromkeys(FIELDS, 1) | {"q1": 3, "q11": 3, "q12": 3, "q13": 3, "q29": 2}
    stored = recording.save(
        Constitution(resident=county.resident(), organisation_id=CLINIC, assessed_on=DAY, **values), actor="doctor", day=TODAY
    )
    assert (stored.yang_deficient_score, stored.yang_deficient, stored.balanced, stored.main) == (11, "1", "3", "2")
    assert stored.next_on == date(2027, 3, 10)
    values["q33"] = 6
    with pytest.raises(RecordRefused, match="超出合理范围"):
        recording.save(
            Constitution(resident=county.resident(name="李试样"), organisation_id=CLINIC, assessed_on=DAY, **values),
            actor="doctor",
            day=TODAY,
        )


@pytest.mark.parametrize("answered", [0, 1, 32])
def test_an_assessment_without_all_33_answers_is_refused_at_each_that_is_missing(county: Any, answered: int) -> None:
    values = dict.fromkeys(FIELDS[:answered], 2)
    with pytest.raises(RecordRefused) as caught:
        recording.save(
            Constitution(resident=county.resident(), organisation_id=CLINIC, assessed_on=DAY, **values), actor="doctor", day=TODAY
        )
    assert [fault.field for fault in caught.value.faults] == list(FIELDS[answered:])
    assert "第33题未答，33题须全答" in caught.value.faults[-1].message.zh
    assert not Constitution.objects.exists()


def test_guidance_without_a_service_is_refused_and_the_age_is_told(county: Any) -> None:
    child = county.resident(birth=date(2025, 6, 1), moved_in=date(2025, 6, 1))
    with pytest.raises(RecordRefused):
        recording.save(ChildGuidance(resident=child, organisation_id=CLINIC, visited_on=date(2026, 6, 2)), actor="doctor", day=TODAY)
    stored = recording.save(
        ChildGuidance(resident=child, organisation_id=CLINIC, visited_on=date(2026, 6, 2), service="1,2,3"), actor="doctor", day=TODAY
    )
    assert (stored.stage, stored.next_on) == ("12", date(2026, 12, 1))


def test_a_child_that_comes_when_called_is_guided_at_six_ages() -> None:
    birth = date(2024, 8, 31)
    done: list[dict[str, Any]] = []
    ages = []
    for passed in range((add_months(birth, 48) - birth).days):
        day = birth + timedelta(days=passed)
        history = {"child_medicine": done, "residency": [{"started_on": birth}]}
        for item in duties.GUIDANCE.due(Person(1, birth, "1"), history, day):
            if item.closes_on is None or day <= item.closes_on:
                assert item.opens_on <= day <= item.due_on
                done.append({"visited_on": day})
                ages.append(item.item)
    assert ages == ["6", "12", "18", "24", "30", "36"]


def test_a_constitution_is_owed_once_a_year_from_the_year_of_65() -> None:
    person = Person(1, date(1961, 12, 31), "1")
    history: dict[str, list[dict[str, Any]]] = {"constitution": [], "residency": [{"started_on": date(2010, 1, 1)}]}
    assert not list(duties.CONSTITUTION_A_YEAR.due(person, history, date(2025, 12, 31)))
    (item,) = duties.CONSTITUTION_A_YEAR.due(person, history, date(2026, 1, 1))
    assert (item.opens_on, item.due_on) == (date(2026, 1, 1), date(2026, 12, 31))
    history["constitution"].append({"assessed_on": date(2026, 3, 10), "complete": True})
    assert not list(duties.CONSTITUTION_A_YEAR.due(person, history, date(2027, 2, 7)))
    (item,) = duties.CONSTITUTION_A_YEAR.due(person, history, date(2027, 2, 8))
    assert (item.opens_on, item.due_on) == (date(2027, 2, 8), date(2027, 3, 10))


def test_an_assessment_that_told_nothing_does_not_do_what_is_owed() -> None:
    history = {"constitution": [{"assessed_on": date(2026, 3, 10), "complete": False}], "residency": [{"started_on": date(2010, 1, 1)}]}
    (item,) = duties.CONSTITUTION_A_YEAR.due(Person(1, date(1961, 5, 1), "1"), history, date(2026, 6, 30))
    assert item.reason.zh == "65岁及以上，尚未做过中医体质辨识，应于2026年内完成"
