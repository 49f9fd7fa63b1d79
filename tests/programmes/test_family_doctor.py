"""Family doctor contracts: a person through two contracts, what is due under them, and what the worklist says."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.county import recording
from taizhang.county.recording import RecordRefused
from taizhang.kernel.duties import WHENEVER, Person
from taizhang.kernel.periods import add_months
from taizhang.programmes.family_doctor import duties, rules
from taizhang.programmes.family_doctor.models import Contract, ContractService

from .lives import called, silent

TODAY = date(2027, 6, 30)
CLINIC = "990101101201"


def contract(resident: Any, start: date, items: str = "1,2,5", **facts: Any) -> Contract:
    end = add_months(start, 12) - timedelta(days=1)
    values = {"signed_on": start, "starts_on": start, "ends_on": end, "package": "2", "items": items, **facts}
    return Contract(resident=resident, organisation_id=CLINIC, **values)


def service(resident: Any, on: date, **facts: Any) -> ContractService:
    return ContractService(resident=resident, organisation_id=CLINIC, visited_on=on, way="1", **facts)


def test_a_life_through_two_contracts(county: Any) -> None:
    resident = county.resident()
    first = recording.save(contract(resident, date(2025, 1, 1)), actor="doctor", day=TODAY)
    assert (first.next_due_on, first.items_left, first.renewal) == (date(2025, 4, 30), "1,2,5", False)
    for day, done, due in (
        (date(2025, 3, 1), "5", date(2025, 8, 31)),
        (date(2025, 9, 5), "1,5", date(2025, 12, 31)),
        (date(2025, 12, 31), "2", None),
    ):
        recording.save(service(resident, day, items_done=done), actor="doctor", day=TODAY)
        first.refresh_from_db()
        assert first.next_due_on == due
    assert (first.fulfilled_on, first.items_left, first.done_2_on) == (date(2025, 12, 31), "", date(2025, 9, 5))
    second = recording.save(contract(resident, date(2026, 1, 30)), actor="doctor", day=TODAY)
    first.refresh_from_db()
    assert (second.renewal, first.renewed_on) == (True, date(2026, 1, 30))  # the thirtieth day after its end


def test_a_contract_a_day_too_late_is_no_renewal(county: Any) -> None:
    resident = county.resident()
    first = recording.save(contract(resident, date(2025, 1, 1)), actor="doctor", day=TODAY)
    second = recording.save(contract(resident, date(2026, 1, 31)), actor="doctor", day=TODAY)
    first.refresh_from_db()
    assert (second.renewal, first.renewed_on) == (False, None)


def test_a_service_missed_needs_its_reason(county: Any) -> None:
    resident = county.resident()
    with pytest.raises(RecordRefused, match="须填未履约原因"):
        recording.save(service(resident, date(2026, 3, 1), items_missed="2"), actor="doctor", day=TODAY)
    kept = recording.save(service(resident, date(2026, 3, 1), items_missed="2", missed_reason="1"), actor="doctor", day=TODAY)
    assert (kept.done_count, kept.missed_count) == (0, 1)


# -- the worklist ------------------------------------------------------------------------------------------------------------------

OLD = Person(resident=1, birth_date=date(1950, 5, 1), sex="2")
YOUNG = Person(resident=1, birth_date=date(1990, 5, 1), sex="2")
EMPTY: dict[str, list[dict[str, Any]]] = {"family_contract": [], "hypertension_case": [], "diabetes_case": []}


def row(**facts: Any) -> dict[str, Any]:
    return {
        "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "terminated_on": None, "next_due_on": date(2026, 4, 30),
        "items_left": "1,2", **facts,
    }  # fmt: skip


@pytest.mark.parametrize(("today", "shown"), [(date(2026, 3, 30), False), (date(2026, 3, 31), True), (date(2026, 4, 1), True)])
def test_the_next_service_is_shown_a_month_ahead(today: date, shown: bool) -> None:
    found = list(duties.NEXT_SERVICE.due(OLD, {**EMPTY, "family_contract": [row()]}, today))
    assert bool(found) is shown
    if found:
        assert (found[0].due_on, found[0].closes_on) == (date(2026, 4, 30), date(2026, 12, 31))
        assert found[0].reason.zh.startswith("签约约定的健康档案建立与更新、健康体检与健康评估尚未履约")


@pytest.mark.parametrize(("today", "shown"), [(date(2026, 11, 30), False), (date(2026, 12, 1), True)])
def test_the_renewal_is_shown_a_month_ahead(today: date, shown: bool) -> None:
    assert bool(list(duties.RENEWAL.due(OLD, {**EMPTY, "family_contract": [row()]}, today))) is shown
    assert not list(duties.RENEWAL.due(OLD, {**EMPTY, "family_contract": [row(terminated_on=date(2026, 5, 1))]}, today))


def test_priority_groups_without_a_contract_are_offered_one() -> None:
    day = date(2026, 6, 30)
    (old,) = duties.SIGNING.due(OLD, EMPTY, day)
    assert old.due_on == WHENEVER
    assert old.reason.zh.startswith("65岁及以上老年人，尚未签约")
    assert not list(duties.SIGNING.due(YOUNG, EMPTY, day))
    sick = {**EMPTY, "hypertension_case": [{"enrolled_on": date(2025, 1, 1), "closed_on": None}]}
    (patient,) = duties.SIGNING.due(YOUNG, sick, day)
    assert patient.reason.zh.startswith("高血压患者，尚未签约")
    assert not list(duties.SIGNING.due(OLD, {**EMPTY, "family_contract": [row()]}, day))


@settings(deadline=None)  # the first example compiles the rules
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 36), st.integers(1, 8), st.data())
def test_what_is_due_next_moves_on_and_never_past_the_end(start: date, months: int, items: int, data: Any) -> None:
    end = add_months(start, months) - timedelta(days=1)
    agreed = [str(n) for n in range(1, items + 1)]
    days = data.draw(st.lists(st.dates(start, end), max_size=items))
    given_ = [(day, (agreed[place],)) for place, day in enumerate(days)]
    found = rules.fulfilment(agreed, start, end, given_)
    before = rules.fulfilment(agreed, start, end, given_[:-1])
    assert len(found.days) + len(found.left) == items
    if found.next_due_on is None:
        assert found.fulfilled_on == max(days)
    else:
        assert start <= found.next_due_on <= end
        assert before.next_due_on is not None
        assert before.next_due_on <= found.next_due_on


def test_a_patient_grows_old_before_she_signs_and_is_asked_to_sign_only_once() -> None:
    """Asked for while she is of a priority group and has never had a contract. After the first, what comes again is its renewal; when she
    ended it herself, nothing."""
    she, signing, renewal = Person(1, date(1961, 5, 10), "2"), duties.SIGNING, duties.RENEWAL
    cases: list[dict[str, Any]] = []
    contracts: list[dict[str, Any]] = []
    lived = {"hypertension_case": cases, "family_contract": contracts}

    silent(signing, she, lived, date(2024, 2, 29), date(2024, 3, 1))
    cases.append({"enrolled_on": date(2024, 3, 1), "closed_on": None})
    assert called(signing, she, lived, date(2024, 3, 1)).reason.zh.startswith("高血压患者，尚未签约")
    cases[0]["closed_on"] = date(2025, 6, 1)  # a patient no longer: not asked until she is 65
    assert called(signing, she, lived, date(2026, 5, 10)).reason.zh.startswith("65岁及以上老年人，尚未签约")
    lived["diabetes_case"] = [{"enrolled_on": date(2026, 8, 1), "closed_on": None}]
    item = called(signing, she, lived, date(2026, 5, 10))  # one call, whatever makes it
    assert item.due_on == WHENEVER

    contracts.append(row(starts_on=date(2026, 6, 1), ends_on=date(2027, 5, 31), next_due_on=None, items_left=""))
    silent(signing, she, lived, date(2026, 6, 1), date(2026, 6, 2), date(2027, 5, 31), date(2027, 6, 1), date(2035, 1, 1))
    called(renewal, she, lived, date(2027, 5, 1), date(2027, 5, 31))
    contracts.append(row(starts_on=date(2027, 6, 1), ends_on=date(2028, 5, 31), next_due_on=None, items_left=""))
    called(renewal, she, lived, date(2028, 5, 1), date(2028, 5, 31))
    contracts[-1]["terminated_on"] = date(2027, 12, 1)
    for duty in (signing, renewal):
        silent(duty, she, lived, date(2027, 12, 1), date(2027, 12, 2), date(2028, 6, 1), date(2035, 1, 1))
