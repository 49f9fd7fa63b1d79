"""The yearly assessment of the elderly: scores, the next due day, and that the part-year form is the annual rule on 31 December."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.county import recording
from taizhang.county.recording import RecordRefused
from taizhang.kernel.duties import Person, Urgency
from taizhang.kernel.engines.reference import ReferenceEngine
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.programmes.elderly import indicators, rules
from taizhang.programmes.elderly.duties import YEARLY
from taizhang.programmes.elderly.models import Assessment, Feedback
from taizhang.programmes.elderly.records import ASSESSMENT
from taizhang.programmes.health_records.records import EXAMINATION, HEALTH_RECORD
from taizhang.worklist.models import DueItem

from .lives import called, silent

TODAY = date(2026, 6, 30)
CLINIC = "990101101201"


def assessment(resident: Any, on: date, **facts: Any) -> Assessment:
    scores = {"eating": 0, "grooming": 1, "dressing": 0, "toileting": 1, "moving": 5}
    return Assessment(resident=resident, organisation_id=CLINIC, assessed_on=on, **{**scores, **facts})


def test_an_assessment_is_scored_and_sets_the_next(county: Any) -> None:
    resident = county.resident()
    first = recording.save(assessment(resident, date(2024, 2, 29)), actor="doctor", day=TODAY)
    assert (first.self_care_score, first.next_due_on, first.due_reason, first.answered_on) == (7, date(2025, 2, 28), "yearly", None)
    recording.save(assessment(resident, date(2025, 3, 4), moving=None), actor="doctor", day=TODAY)
    first.refresh_from_db()
    assert first.answered_on == date(2025, 3, 4)
    assert Assessment.objects.get(assessed_on=date(2025, 3, 4)).self_care_score is None


def test_the_results_are_owed_until_they_are_told(county: Any) -> None:
    resident = county.resident()
    made = recording.save(assessment(resident, date(2026, 6, 1)), actor="doctor", day=TODAY)
    owed = DueItem.objects.filter(duty="elderly.feedback").values_list("due_on", "reason_zh")
    assert list(owed.all()) == [(date(2026, 7, 1), "2026年6月1日体检评估，结果尚未反馈，应于2026年7月1日前告知本人或家属")]
    feedback = Feedback(resident=resident, organisation_id=CLINIC, told_on=date(2026, 6, 9), way="2", abnormal=False)
    recording.save(feedback, actor="doctor", day=TODAY)
    made.refresh_from_db()
    assert (made.told_on, made.feedback_on, list(owed.all())) == (date(2026, 6, 9), None, [])
    made.feedback_on = date(2026, 6, 5)
    assert recording.save(made, actor="doctor", day=TODAY).told_on == date(2026, 6, 5)


def test_before_the_rule_was_in_force_nothing_is_due(county: Any) -> None:
    stored = recording.save(assessment(county.resident(moved_in=date(2010, 1, 1)), date(2016, 5, 1)), actor="doctor", day=TODAY)
    assert (stored.next_due_on, stored.due_reason) == (None, "")


@given(st.dates(date(2018, 1, 1), date(2040, 12, 31)))
def test_the_next_assessment_falls_due_in_the_next_year(day: date) -> None:
    due = rules.next_due(day, 12).on
    assert due is not None
    assert due.year == day.year + 1
    assert 364 <= (due - day).days <= 366


def test_a_score_the_form_does_not_have_is_refused(county: Any) -> None:
    with pytest.raises(RecordRefused) as caught:
        recording.save(assessment(county.resident(), date(2026, 3, 1), toileting=3), actor="doctor", day=TODAY)
    assert str(caught.value) == "记录未保存：如厕评分3不在评估表所列分值（0、1、5、10）之中。请按评估表重填。"
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("score", "level"), [(None, ""), (0, "1"), (3, "1"), (4, "2"), (8, "2"), (9, "3"), (18, "3"), (19, "4"), (37, "4")]
)
def test_the_self_care_level_follows_the_form(score: int | None, level: str) -> None:
    engine = ReferenceEngine({}, registry.parameters)
    assert engine.value(rules.SELF_CARE_LEVEL, Period(TODAY, TODAY), row={"self_care_score": score}) == level


# -- the part-year form ----------------------------------------------------------------------------------------------------------------

_days = st.dates(date(2023, 1, 1), date(2026, 12, 31))
_histories = st.fixed_dictionaries(
    {
        "birth": st.dates(date(1930, 1, 1), date(1963, 12, 31)),
        "opened": st.none() | _days,
        "assessments": st.lists(st.tuples(_days, st.booleans(), st.none() | st.integers(0, 37)), max_size=5),
        "examinations": st.lists(st.tuples(_days, st.booleans(), st.booleans()), max_size=5),
    }
)


def _lines(history: dict[str, Any], period: Period) -> list[dict[str, Any]]:
    def rows(contract: Any, *values: dict[str, Any]) -> list[dict[str, Any]]:
        blank = {column.name: None for column in contract.all_columns}
        return [{**blank, "id": key, "resident": 1, "organisation": CLINIC, **each} for key, each in enumerate(values, 1)]

    tables = {
        "resident": [{"id": 1, "resident": 1, "sex": "1", "birth_date": history["birth"], "registration": "1", "died_on": None}],
        "residency": [{"id": 1, "resident": 1, "organisation": CLINIC, "started_on": history["birth"], "ended_on": None}],
        "health_record": rows(HEALTH_RECORD, *([{"opened_on": history["opened"]}] if history["opened"] else [])),
        "elderly_assessment": rows(
            ASSESSMENT,
            *({"assessed_on": on, "guidance_given": guided, "self_care_score": score} for on, guided, score in history["assessments"]),
        ),
        "examination": rows(
            EXAMINATION, *({"examined_on": on, "complete": full, "tests_complete": tests} for on, full, tests in history["examinations"])
        ),
    }
    wanted = [indicators.MANAGEMENT, indicators.MANAGEMENT_BY_PACE, indicators.OVERDUE, indicators.MANAGED]
    return ReferenceEngine(tables, registry.parameters).members(indicators.ELDERS, wanted, period)


@given(_histories)
def test_by_pace_is_the_annual_rule_on_the_last_day_of_the_year(history: dict[str, Any]) -> None:
    for line in _lines(history, Period.of_year(2026)):
        assert line["elderly.management_by_pace.n"] == line["elderly.management.n"]
        assert line["elderly.management_by_pace.d"] == line["elderly.management.d"]


@given(_histories, st.integers(0, 364))
def test_whoever_has_the_whole_service_is_never_behind(history: dict[str, Any], days: int) -> None:
    """At every cut-off: managed implies on pace; overdue is exactly the rest; and every elder is in the denominator."""
    for line in _lines(history, Period.of_year(2026).at(date(2026, 1, 1) + timedelta(days=days))):
        assert line["elderly.management_by_pace.n"] or not line["elderly.managed.n"]
        assert line["elderly.overdue.n"] is not line["elderly.management_by_pace.n"]
        assert line["elderly.management_by_pace.d"]


@pytest.mark.parametrize(
    ("day", "year", "said"),
    [
        (date(2020, 1, 1), 2020, "65岁及以上，尚未做过健康状况评估，应于2020年内完成"),
        (date(2020, 12, 31), 2020, "65岁及以上，尚未做过健康状况评估，应于2020年内完成"),
        (date(2021, 1, 1), 2021, "65岁及以上，2020年以来尚未做过健康状况评估，应于2021年内完成"),
        (date(2026, 6, 30), 2026, "65岁及以上，2020年以来尚未做过健康状况评估，应于2026年内完成"),
    ],
)
def test_who_was_never_assessed_owes_the_present_year_and_no_past_one(day: date, year: int, said: str) -> None:
    history: dict[str, list[dict[str, Any]]] = {"elderly_assessment": [], "residency": [{"started_on": date(2010, 1, 1)}]}
    owed = list(YEARLY.due(Person(1, date(1955, 7, 1), "1"), history, day + timedelta(days=400)))
    open_now = [item for item in owed if item.opens_on <= day and (item.closes_on is None or day <= item.closes_on)]
    assert [(item.due_on, item.reason.zh) for item in open_now] == [(date(year, 12, 31), said)]
    assert date(year + 1, 1, 1) in [item.opens_on for item in owed]  # the next year stands in the outlook, and opens on its first day


def test_the_results_of_every_years_assessment_are_told_within_thirty_days() -> None:
    elder, told = Person(1, date(1955, 7, 1), "1"), registry.duties["elderly.feedback"]
    rows: list[dict[str, Any]] = []
    lived = {"elderly_assessment": rows}
    silent(told, elder, lived, date(2026, 1, 1), date(2026, 12, 31))
    for assessed, due_on, told_on in (
        (date(2026, 3, 2), date(2026, 4, 1), date(2026, 4, 1)),  # on the last day in time
        (date(2027, 1, 31), date(2027, 3, 2), date(2027, 3, 3)),  # a day late
        (date(2028, 1, 31), date(2028, 3, 1), None),  # never: the next year's results take its place
        (date(2029, 3, 1), date(2029, 3, 31), date(2029, 3, 1)),  # on the same day
    ):
        rows.append({"assessed_on": assessed, "told_on": None})
        assert called(told, elder, lived, assessed, due_on).urgency == Urgency.YEARLY
        rows[-1]["told_on"] = told_on
        if told_on is not None:
            silent(told, elder, lived, told_on, told_on + timedelta(days=1), told_on + timedelta(days=300))
