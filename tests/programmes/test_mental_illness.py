"""Severe mental illness: a patient lived through two years, who may see it, checks, and that the simulated county breaks no rule."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist

from taizhang.county import recording
from taizhang.county.models import Staff
from taizhang.county.recording import RecordRefused
from taizhang.county.scopes import may_see_persons_of
from taizhang.kernel.duties import DueItem, Person, Urgency
from taizhang.kernel.engines.rows import compile_row
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.programmes.mental_illness import duties, simulate
from taizhang.programmes.mental_illness.models import Case, FollowUp
from taizhang.programmes.mental_illness.records import CASE, FOLLOW_UP
from taizhang.programmes.mental_illness.visits import Assessed, next_due
from taizhang.simulation.people import people_of
from taizhang.simulation.places import lay_out
from taizhang.simulation.run import VillageLife

TODAY = date(2026, 6, 30)
CLINIC = "990101101201"
ANYBODY = Person(1, date(1970, 5, 1), "1")
WELL = {
    "risk": "0", "symptom_level": "1", "insight": "1", "self_care": "1", "housework": "1", "productive_work": "9", "learning": "2",
    "social_contact": "2", "effect": "2",
}  # fmt: skip
STATES: dict[str, dict[str, str]] = {"well": {}, "fair": {"risk": "1", "effect": "3"}, "bad": {"risk": "4", "effect": "4"}}


def _history(enrolled: date, visits: list[tuple[date, str]], **case: Any) -> dict[str, list[dict[str, Any]]]:
    """What the duties read, derived by the model itself. A visit is a day and a state, or "missed"."""
    made = [
        FollowUp(visited_on=on, way="2", outcome="2") if state == "missed" else FollowUp(visited_on=on, way="2", **WELL | STATES[state])
        for on, state in visits
    ]
    FollowUp.derive(made)
    rows = [{c.name: getattr(visit, c.source, None) for c in FOLLOW_UP.columns} for visit in made]
    opened = {c.name: None for c in CASE.columns} | {"enrolled_on": enrolled, "consent": "1", "closed_on": None} | case
    return {CASE.table: [opened], FOLLOW_UP.table: rows, "examination": []}


def _item(history: dict[str, list[dict[str, Any]]]) -> DueItem | None:
    return next(iter(duties.VISIT.due(ANYBODY, history, date(2030, 1, 1))), None)


# -- lived through ------------------------------------------------------------------------------------------------------------------


def test_two_years_of_a_patient() -> None:
    """Registered, stable, a relapse with risk 4, adjusted, still not stable, settled: each visit on its due day asks for the next."""
    visits: list[tuple[date, str]] = []
    told = []
    for state in ("well", "well", "bad", "fair", "fair", "fair", "well", "well"):
        item = _item(_history(date(2024, 1, 31), visits))
        assert item is not None
        told.append((item.due_on, item.urgency))
        visits.append((item.due_on, state))
    item = _item(_history(date(2024, 1, 31), visits))
    assert item is not None
    assert told == [
        (date(2024, 4, 30), Urgency.ROUTINE),  # three months after the registration, in a shorter month
        (date(2024, 7, 30), Urgency.ROUTINE),
        (date(2024, 10, 30), Urgency.ROUTINE),
        (date(2024, 11, 13), Urgency.DANGER),  # unstable: two weeks
        (date(2024, 11, 27), Urgency.EARLY),  # fairly stable for the first time: two weeks
        (date(2024, 12, 27), Urgency.EARLY),  # still: a psychiatrist, one month
        (date(2025, 1, 27), Urgency.EARLY),
        (date(2025, 4, 27), Urgency.ROUTINE),  # stable again
    ]
    assert item.due_on == date(2025, 7, 27)
    assert item.reason.zh == "上次病情稳定，应于7月27日前随访并评估危险性"


def test_the_reason_names_the_risk() -> None:
    item = _item(_history(date(2026, 1, 1), [(date(2026, 3, 1), "bad")]))
    assert item is not None
    assert item.reason.zh == "上次病情不稳定（危险性4级），应于3月15日前随访"
    assert item.reason.en == "Last time unstable (risk 4); visit by 2026-03-15"
    assert item.opens_on == date(2026, 3, 2)


def test_a_visit_in_vain_moves_nothing() -> None:
    item = _item(_history(date(2026, 1, 1), [(date(2026, 3, 1), "bad"), (date(2026, 3, 10), "missed")]))
    assert item is not None
    assert (item.due_on, item.urgency) == (date(2026, 3, 15), Urgency.DANGER)


def test_nothing_is_owed_to_a_closed_case_and_no_examination_without_consent() -> None:
    closed = _history(date(2026, 1, 1), [(date(2026, 3, 1), "bad")], closed_on=date(2026, 3, 5))
    assert _item(closed) is None
    refused = _history(date(2026, 1, 1), [], consent="0")
    assert list(duties.EXAMINATION_A_YEAR.due(ANYBODY, refused, date(2027, 1, 1))) == []
    agreed = _history(date(2026, 1, 1), [])
    (item,) = duties.EXAMINATION_A_YEAR.due(ANYBODY, agreed, date(2027, 1, 1))
    assert (item.opens_on, item.due_on) == (date(2026, 1, 1), date(2026, 12, 31))


def test_before_any_assessment_nothing_follows() -> None:
    assert next_due([Assessed(TODAY, "0", False)], routine_months=3, early_days=14, specialist_months=1) is None


# -- stored -------------------------------------------------------------------------------------------------------------------------


def test_a_visit_is_classed_when_it_is_saved_and_the_next_answers_it(county: Any) -> None:
    resident = county.resident()
    first = recording.save(
        FollowUp(resident=resident, organisation_id=CLINIC, visited_on=date(2026, 3, 1), way="2", **WELL | {"risk": "3"}),
        actor="doctor", day=TODAY,
    )  # fmt: skip
    assert (first.visit_class, first.next_due_on, first.due_reason) == ("1", date(2026, 3, 15), "two_weeks_unstable")
    recording.save(
        FollowUp(resident=resident, organisation_id=CLINIC, visited_on=date(2026, 3, 12), way="2", **WELL), actor="doctor", day=TODAY
    )
    first.refresh_from_db()
    assert first.answered_on == date(2026, 3, 12)


def test_high_risk_cannot_be_talked_down(county: Any) -> None:
    visit = FollowUp(
        resident=county.resident(), organisation_id=CLINIC, visited_on=date(2026, 3, 1), way="2", doctor_class="3", override_reason="1",
        **WELL | {"risk": "3"},
    )  # fmt: skip
    with pytest.raises(RecordRefused) as caught:
        recording.save(visit, actor="doctor", day=TODAY)
    assert "危险性评估3级的为病情不稳定，不能改判" in str(caught.value)
    with pytest.raises(ObjectDoesNotExist):
        FollowUp.objects.get()


# -- who may see it -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("treats", "active", "sees"),
    [("", True, False), ("tuberculosis", True, False), ("mental_illness", True, True), ("hiv,mental_illness", True, True),
     ("mental_illness", False, False)],
)  # fmt: skip
def test_only_who_treats_them_sees_these_persons(treats: str, active: bool, sees: bool) -> None:
    assert may_see_persons_of(Staff(treats=treats, is_active=active), registry.programmes["mental_illness"]) is sees


@pytest.mark.parametrize("code", ["mental_illness", "tuberculosis"])
def test_nothing_of_a_sensitive_line_is_declared_open(code: str) -> None:
    own = [i for siblings in registry.indicators.values() for i in siblings if i.programme == code and i.population is not None]
    assert own
    assert registry.programmes[code].sensitive
    assert all(i.population is not None and i.population.sensitive for i in own)
    assert all(contract.sensitive for contract in registry.contracts.values() if contract.model.startswith(f"{code}."))
    assert all(check.population.sensitive for check in registry.checks.values() if check.code.startswith(f"{code}."))


def test_no_psychiatric_answer_is_shared_with_an_open_form() -> None:
    """Else an antipsychotic would stand on a form that everybody at the clinic may open."""
    own = {column.element.name for column in registry.registers["mental_illness_follow_ups"].columns if column.element}
    others = {
        column.element.name
        for register in registry.registers.values()
        if register.programme not in ("mental_illness", "tuberculosis")
        for column in register.columns
        if column.element
    }
    assert own & others <= {"visited_on", "way_of_visit", "visit_outcome", "doctor"}


# -- the simulated county -------------------------------------------------------------------------------------------------------------


def lived(module: Any, *, end: date = TODAY, villages: int = 12) -> Iterator[tuple[str, dict[str, Any]]]:
    """Rows of a line of work in some villages of a county."""
    places = lay_out(20_000, 7)
    start = date(end.year - 3, end.month, 28)
    for village in places.villages[:villages]:
        people = people_of(village, places, start, end, 7)
        yield from module.live(VillageLife(village, people, start, end, Random(f"7/{village.code}"), {}))


def broken(rows: list[tuple[str, dict[str, Any]]]) -> set[str]:
    """The entry rules that some simulated row does not meet."""
    found = set()
    rules = {table: [(r.name, compile_row(r.holds, registry.parameters)) for r in every] for table, every in registry.entry_rules.items()}
    for name, row in rows:
        contract = apps.get_model(name).CONTRACT
        values = {column.name: row.get(column.source) for column in contract.all_columns}
        day = row[apps.get_model(name).DAY]
        found |= {rule for rule, holds in rules[contract.table] if holds(values, Period(day, day), {}) is False}
    return found


def test_the_simulated_patients_keep_to_the_rules() -> None:
    rows = list(lived(simulate))
    visits = [row for name, row in rows if name == FOLLOW_UP.model]
    assert len(visits) > 200
    assert broken(rows) == set()
    assert all(row["visited_on"] <= TODAY for row in visits)
    assert {row["visit_class"] for row in visits} == {"0", "1", "2", "3"}
    cases = [row for name, row in rows if name == CASE.model]
    assert {row["consent"] for row in cases} <= {"0", "1"}
    assert all(row["closed_on"] is None or row["closed_on"] <= TODAY + timedelta(days=1) for row in cases)
    assert issubclass(Case, recording.Record)
