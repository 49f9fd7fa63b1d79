"""Screening for the managed diseases: what is owed to one person through the years, and what each case declares for the examination."""

from datetime import date
from typing import Any

import pytest

from taizhang.kernel.duties import WHENEVER, DueItem, Duty, Person, Urgency
from taizhang.kernel.registry import registry
from taizhang.programmes.hypertension.rules import SCREENING_RULES

MAN = Person(resident=1, birth_date=date(1986, 5, 10), sex="1")
FAR = date(2029, 12, 31)


def _history(duty: Duty, **rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    return {table: rows.get(table, []) for table in duty.reads}


def _screened(*measured: tuple[date, int] | tuple[date, int, str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for on, systolic, *result in measured:
        row = {"screened_on": on, "systolic": systolic or None, "diastolic": 80 if systolic else None}
        rows.append(row | {"referral_result": result[0] if result else None})
    derived = SCREENING_RULES.derive(rows, birth_date=MAN.birth_date, sex=MAN.sex, parameters=registry.parameters)
    return [row | more for row, more in zip(rows, derived, strict=True)]


def _owed(*measured: Any, case: list[dict[str, Any]] | None = None, examined: list[dict[str, Any]] | None = None) -> DueItem | None:
    duty = registry.duties["hypertension.screening"]
    rows = {"hypertension_screening": _screened(*measured), "hypertension_case": case or [], "examination": examined or []}
    found = list(duty.due(MAN, _history(duty, **rows), FAR))
    assert len(found) <= 1
    return found[0] if found else None


def test_a_man_lives_from_his_first_measurement_to_his_enrolment() -> None:
    first = _owed()
    assert first is not None
    assert (first.opens_on, first.due_on) == (date(2021, 5, 10), WHENEVER)  # the day he is 35

    lived: list[Any] = [(date(2026, 3, 1), 120)]
    after_normal = _owed(*lived)
    assert after_normal is not None
    assert (after_normal.opens_on, after_normal.due_on) == (date(2027, 1, 1), WHENEVER)  # once in each calendar year

    lived.append((date(2027, 2, 1), 134))
    high_risk = _owed(*lived)
    assert high_risk is not None
    assert (high_risk.opens_on, high_risk.due_on, high_risk.urgency) == (date(2027, 7, 18), date(2027, 8, 1), Urgency.IN_PASSING)
    assert "血压高值" in high_risk.reason.zh

    lived.append((date(2027, 8, 1), 144))
    again = _owed(*lived)
    assert again is not None
    assert (again.due_on, again.urgency) == (date(2027, 8, 29), Urgency.EARLY)
    assert again.reason.zh == "8月1日血压144/80，升高，应于8月29日前非同日复测"

    lived += [(date(2027, 8, 9), 150), (date(2027, 8, 16), 148)]
    referred = _owed(*lived)
    assert referred is not None
    assert (referred.due_on, referred.urgency) == (date(2027, 8, 30), Urgency.DANGER)

    lived.append((date(2027, 8, 25), 0, "1"))
    assert _owed(*lived) is None  # confirmed: nothing is screened any more, he is to be enrolled
    enrolment = registry.duties["hypertension.enrolment"]
    rows = {"hypertension_screening": _screened(*lived)}
    (owed,) = enrolment.due(MAN, _history(enrolment, **rows), FAR)
    assert (owed.opens_on, owed.due_on) == (date(2027, 8, 25), date(2027, 9, 8))
    assert not list(
        enrolment.due(MAN, _history(enrolment, **rows, hypertension_case=[{"enrolled_on": date(2027, 9, 1), "closed_on": None}]), FAR)
    )


def test_a_patient_under_management_is_not_screened() -> None:
    assert _owed((date(2026, 3, 1), 134), case=[{"enrolled_on": date(2026, 4, 1), "closed_on": None}]) is None


def test_a_pressure_measured_at_the_examination_is_this_years_measurement() -> None:
    owed = _owed(examined=[{"examined_on": date(2026, 4, 20), "systolic": 118}])
    assert owed is not None
    assert owed.opens_on == date(2027, 1, 1)


@pytest.mark.parametrize(("again_on", "result"), [(date(2026, 3, 28), "4"), (date(2026, 3, 29), "4"), (date(2026, 3, 30), "3")])
def test_only_raised_pressures_within_the_days_given_add_up(again_on: date, result: str) -> None:
    """Raised on 1 and 1 March + 28 days count together; a day later the count begins anew."""
    *_, last = _screened((date(2026, 2, 20), 150), (date(2026, 3, 1), 150), (again_on, 150))
    assert last["result"] == result


def test_a_call_without_a_measurement_leaves_the_duty_as_it_stood() -> None:
    before, after = _screened((date(2026, 2, 20), 150), (date(2026, 2, 25), 0))
    assert (after["next_due_on"], after["due_reason"]) == (before["next_due_on"], "remeasure")
    assert before["answered_on"] is None


@pytest.mark.parametrize(("disease", "who"), [("hypertension", "高血压患者"), ("diabetes", "糖尿病患者"), ("copd", "慢阻肺患者")])
def test_every_managed_patient_is_owed_the_examination_by_declaration(disease: str, who: str) -> None:
    duty = registry.duties["health_records.examination"]
    assert f"{disease}_case" in duty.reads
    case = [{"enrolled_on": date(2026, 4, 1), "closed_on": None}]
    (owed,) = duty.due(MAN, _history(duty, **{f"{disease}_case": case}), date(2026, 12, 31))
    assert (owed.opens_on, owed.due_on) == (date(2026, 4, 1), date(2026, 12, 31))
    assert owed.reason.zh.startswith(who)
