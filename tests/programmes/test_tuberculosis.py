"""Tuberculosis: a patient from the referral to the closing, what is owed on which day, and that the simulated county breaks no rule."""

from datetime import date, timedelta
from typing import Any

import pytest

from taizhang.county import recording
from taizhang.county.models import Staff
from taizhang.county.scopes import may_see_persons_of
from taizhang.kernel.duties import Duty, Person, Urgency
from taizhang.kernel.registry import registry
from taizhang.programmes.tuberculosis import duties, simulate
from taizhang.programmes.tuberculosis.models import Case, FirstVisit, FollowUp
from taizhang.programmes.tuberculosis.records import CASE, FIRST_VISIT, FOLLOW_UP, REFERRAL

from .test_mental_illness import broken, lived
from .test_record_checks import _hits

TODAY = date(2026, 6, 30)
CLINIC = "990101101201"
ANYBODY = Person(1, date(1970, 5, 1), "1")
NOTIFIED = date(2026, 1, 10)
Rows = list[dict[str, Any]]


def _rows(contract: Any, *values: dict[str, Any]) -> Rows:
    return [{column.name: None for column in contract.columns} | each for each in values]


def _visits(model: Any, *values: dict[str, Any]) -> Rows:
    made = [model(way="2", **each) for each in values]
    model.derive(made)
    return [{c.name: getattr(visit, c.source, None) for c in model.CONTRACT.columns} for visit in made]


def _history(*, case: dict[str, Any] | None = None, first: Any = (), visits: Any = (), referrals: Any = ()) -> dict[str, Rows]:
    opened = {"notified_on": NOTIFIED, "patient_type": "1", "treatment_started_on": date(2026, 1, 8), **(case or {})}
    return {
        CASE.table: _rows(CASE, opened),
        FIRST_VISIT.table: _visits(FirstVisit, *first),
        FOLLOW_UP.table: _visits(FollowUp, *visits),
        REFERRAL.table: _rows(REFERRAL, *referrals),
    }


def _due(duty: Duty, history: dict[str, Rows], until: date = date(2027, 1, 1)) -> list[tuple[date, date, Urgency]]:
    return [(item.opens_on, item.due_on, item.urgency) for item in duty.due(ANYBODY, history, until)]


def _reason(duty: Duty, history: dict[str, Rows]) -> str:
    (item,) = duty.due(ANYBODY, history, date(2027, 1, 1))
    return item.reason.zh


MET = {"visited_on": date(2026, 1, 12), "outcome": "1", "supervisor": "2"}


def test_a_course_under_family_supervision() -> None:
    """Every ten days in the intensive phase, then every month, two weeks after a reaction; each visit on its due day asks for the next."""
    visits: list[dict[str, Any]] = []
    due_days = []
    for phase, reaction in (("1", "1"), ("1", "1"), ("1", "2"), ("1", "1"), ("2", "1"), ("2", "1")):
        ((_, due_on, _),) = _due(duties.VISIT, _history(first=[MET], visits=visits))
        due_days.append(due_on)
        visits.append(
            {"visited_on": due_on, "outcome": "1", "supervisor": "2", "phase": phase, "doses_missed": 0, "adverse_reaction": reaction}
        )
    assert due_days == [
        date(2026, 1, 22), date(2026, 2, 1), date(2026, 2, 11),  # ten days each
        date(2026, 2, 25),  # two weeks after the reaction
        date(2026, 3, 7),  # ten days
        date(2026, 4, 7),  # the continuation phase: a month
    ]  # fmt: skip


def test_a_doctor_visits_every_month_and_a_reaction_is_a_danger() -> None:
    first = [MET | {"supervisor": "1"}]
    assert _due(duties.VISIT, _history(first=first)) == [(date(2026, 2, 5), date(2026, 2, 12), Urgency.ROUTINE)]
    ill = {"visited_on": date(2026, 2, 12), "outcome": "1", "supervisor": "1", "phase": "1", "doses_missed": 0, "adverse_reaction": "2"}
    assert _due(duties.VISIT, _history(first=first, visits=[ill])) == [(date(2026, 2, 13), date(2026, 2, 26), Urgency.DANGER)]


def test_the_first_visit_is_owed_within_72_hours_until_the_patient_is_met() -> None:
    assert _due(duties.FIRST, _history()) == [(NOTIFIED, date(2026, 1, 13), Urgency.DANGER)]
    assert _reason(duties.FIRST, _history()) == "2026年1月10日接到通知单，72小时内（1月13日前）第一次入户随访"
    in_vain = [{"visited_on": date(2026, 1, day), "outcome": "2"} for day in (11, 12)]
    assert _reason(duties.FIRST, _history(first=in_vain[:1])).startswith("2026年1月10日接到通知单")
    assert _reason(duties.FIRST, _history(first=in_vain)) == "已2次未访到，应立即向上级专业机构报告并继续追访"
    told = [in_vain[0], in_vain[1] | {"told_above_on": date(2026, 1, 12)}]
    assert _reason(duties.FIRST, _history(first=told)).startswith("2026年1月10日接到通知单")
    assert _due(duties.FIRST, _history(first=[*told, MET | {"visited_on": date(2026, 1, 20)}])) == []


def test_no_visit_is_owed_before_the_first_one_and_none_after_the_end() -> None:
    assert _due(duties.VISIT, _history()) == []
    stopped = {"stopped_on": date(2026, 2, 1), "stop_reason": "3"}
    history = _history(case=stopped, first=[MET])
    assert [_due(duty, history) for duty in (duties.FIRST, duties.VISIT, duties.CLOSE)] == [[], [], []]


@pytest.mark.parametrize(("kind", "over"), [("1", date(2026, 7, 8)), ("2", date(2026, 9, 8))])
def test_the_case_is_closed_when_the_course_is_over(kind: str, over: date) -> None:
    history = _history(case={"patient_type": kind})
    assert _due(duties.CLOSE, history, over - timedelta(days=1)) == []
    assert _due(duties.CLOSE, history, over) == [(over, over + timedelta(days=14), Urgency.ROUTINE)]
    assert _due(duties.CLOSE, _history(case={"patient_type": kind, "resistance": "1"})) == []


def test_a_referral_is_followed_up_within_a_week_unless_the_person_arrived() -> None:
    open_, traced, arrived = {"referred_on": NOTIFIED}, {"traced_on": NOTIFIED}, {"arrived_on": NOTIFIED}
    assert _due(duties.TRACING, _history(referrals=[open_])) == [(NOTIFIED, date(2026, 1, 17), Urgency.EARLY)]
    assert _due(duties.TRACING, _history(referrals=[open_ | traced, open_ | arrived])) == []


def test_the_share_of_doses_is_worked_out_and_rounded(county: Any) -> None:
    case = recording.save(
        Case(
            resident=county.resident(), organisation_id=CLINIC, notified_on=date(2025, 11, 10), patient_type="1",
            stopped_on=date(2026, 5, 20), stop_reason="1", doses_due=180, doses_taken=161,
        ),
        actor="doctor", day=TODAY,
    )  # fmt: skip
    assert case.adherence_percent == 894  # 89.44 %


def test_only_who_treats_them_sees_these_persons() -> None:
    programme = registry.programmes["tuberculosis"]
    assert [may_see_persons_of(Staff(treats=treats, is_active=True), programme) for treats in ("", "mental_illness", "tuberculosis")] == [
        False, False, True,
    ]  # fmt: skip


def test_the_simulated_patients_keep_to_the_rules() -> None:
    rows = list(lived(simulate, villages=30))
    assert {name for name, _ in rows} == {REFERRAL.model, CASE.model, FIRST_VISIT.model, FOLLOW_UP.model}
    assert broken(rows) == set()
    models = {REFERRAL.model: "referred_on", CASE.model: "notified_on", FIRST_VISIT.model: "visited_on", FOLLOW_UP.model: "visited_on"}
    assert all(row[models[name]] <= TODAY for name, row in rows)
    assert all(row["stopped_on"] is None or row["stopped_on"] <= TODAY for name, row in rows if name == CASE.model)


# -- checks -------------------------------------------------------------------------------------------------------------------------

MARCH, NEXT_DAY = date(2026, 3, 10), date(2026, 3, 11)
_PATIENT = {"birth_date": date(1950, 5, 1)}
_NOTICE = [{"notified_on": date(2026, 3, 1), "patient_type": "1"}]
_VAIN = [{"visited_on": date(2026, 3, day), "outcome": "2"} for day in (2, 3)]
_ENDED = [{"notified_on": date(2025, 9, 1), "patient_type": "1", "stopped_on": MARCH, "stop_reason": "1"}]
_SEEN = {"visited_on": MARCH, "way": "1", "outcome": "1"}
_ILL_CASE = [{"enrolled_on": date(2025, 1, 1), "consent": "1"}]
_ILL = "mental_illness_follow_up"
# check -> what it finds, and the nearest that it leaves alone
SITUATIONS: dict[str, tuple[dict[str, Rows], dict[str, Rows]]] = {
    "tuberculosis.visit_after_death": (
        {"resident": [_PATIENT | {"died_on": date(2026, 3, 9)}], FOLLOW_UP.table: [_SEEN]},
        {"resident": [_PATIENT | {"died_on": MARCH}], FOLLOW_UP.table: [_SEEN]},
    ),
    "tuberculosis.not_met_and_not_told": (
        {CASE.table: _NOTICE, FIRST_VISIT.table: _VAIN},
        {CASE.table: _NOTICE, FIRST_VISIT.table: [_VAIN[0], _VAIN[1] | {"told_above_on": date(2026, 3, 3)}]},
    ),
    "tuberculosis.closed_without_visit": (
        {CASE.table: _ENDED, FOLLOW_UP.table: [_SEEN | {"outcome": "2"}]},
        {CASE.table: _ENDED, FOLLOW_UP.table: [_SEEN]},
    ),
    "mental_illness.visit_after_death": (
        {"resident": [_PATIENT | {"died_on": date(2026, 3, 9)}], _ILL: [_SEEN]},
        {"resident": [_PATIENT | {"died_on": MARCH}], _ILL: [_SEEN]},
    ),
    "mental_illness.only_by_telephone": (
        {"mental_illness_case": _ILL_CASE, _ILL: [_SEEN | {"way": "3"}, _SEEN | {"way": "3", "visited_on": NEXT_DAY}]},
        {"mental_illness_case": _ILL_CASE, _ILL: [_SEEN | {"way": "3"}, _SEEN | {"visited_on": NEXT_DAY}]},
    ),
    "mental_illness.recorded_late": ({_ILL: [_SEEN | {"late": True}]}, {_ILL: [_SEEN | {"late": False}]}),
    "mental_illness.high_risk_not_referred": (
        {_ILL: [_SEEN | {"risk": "3", "referred": "1", "hospitalisation": "0"}]},
        {_ILL: [_SEEN | {"risk": "3", "referred": "1", "hospitalisation": "1"}]},
    ),
    "mental_illness.harm_with_low_risk": (
        {_ILL: [_SEEN | {"risk": "0", "incidents_trouble": 1}]},
        {_ILL: [_SEEN | {"risk": "1", "incidents_trouble": 1}]},
    ),
}


@pytest.mark.parametrize("code", SITUATIONS)
def test_a_check_finds_its_case_and_leaves_the_next_alone(code: str) -> None:
    found, left = SITUATIONS[code]
    assert _hits(code, found) == 1
    assert _hits(code, left) == 0


def test_every_check_is_shown() -> None:
    assert {code for code in registry.checks if code.split(".")[0] in ("tuberculosis", "mental_illness")} == set(SITUATIONS)
