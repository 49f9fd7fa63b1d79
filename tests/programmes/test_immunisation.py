"""The schedule: what is due when, which dose counts, catch-up and what holds a dose back; a child lived through its years; the lines that
rates stand on, kept with the records."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.county import recording
from taizhang.county.recording import RecordRefused
from taizhang.kernel.duties import Person, Urgency
from taizhang.kernel.periods import add_months
from taizhang.kernel.registry import registry
from taizhang.programmes.immunisation import duties, rules
from taizhang.programmes.immunisation import vaccines as v
from taizhang.programmes.immunisation.models import Certificate, ColdChainReading, DoseDue, HealthState, StockMovement, Vaccination
from taizhang.programmes.immunisation.schedule.plan import (
    COUNTS,
    Given,
    Plan,
    Restriction,
    missing_at_entry,
    owed,
    plan_of,
)
from taizhang.programmes.immunisation.schedule.tables import edition_on, editions

from .lives import called, silent
from .test_record_checks import _hits

CLINIC = "990101101201"
TODAY = date(2026, 6, 30)
DAY = timedelta(days=1)


def slots(plan: Plan) -> dict[str, Any]:
    return {slot.code: slot for slot in plan.slots}


def live(birth: date, sex: str, since: date, until: date, delay: int = 0, limits: tuple[Restriction, ...] = ()) -> list[Given]:
    """A child taken to the clinic whenever something may be given, `delay` days later each time."""
    given: list[Given] = []
    day = since
    while day <= until:
        while ready := [s for s in owed(plan_of(birth, sex, given, limits), day) if _far_from_live(s.vaccine, day, given)]:
            given.append(Given(ready[0].vaccine, day))
        waiting = [s.can_on for s in plan_of(birth, sex, given, limits).slots if s.can_on is not None and s.can_on > day]
        day = max(min(waiting) + timedelta(days=delay), day + DAY) if waiting else until + DAY
    return given


def _far_from_live(vaccine: str, day: date, given: list[Given]) -> bool:
    return vaccine not in v.LIVE_INJECTED or all(
        g.vaccine not in v.LIVE_INJECTED or g.on == day or day - g.on >= timedelta(28) for g in given
    )


# -- the schedule in force ---------------------------------------------------------------------------------------------


def test_each_edition_changes_what_its_document_says() -> None:
    assert [e.since for e in editions()] == [date(2021, 3, 1), date(2025, 1, 1), date(2025, 11, 10), date(2026, 6, 17)]
    assert [rule.months for rule in edition_on(date(2024, 12, 31)).doses["dtap"].values()] == [3, 4, 5, 18, 72]
    assert [rule.months for rule in edition_on(date(2025, 1, 1)).doses["dtap"].values()] == [2, 4, 6, 18, 72]
    assert edition_on(date(2024, 12, 31)).doses["dtap"][5].vaccine == v.DT
    assert edition_on(date(2025, 1, 1)).doses["dtap"][5].vaccine == v.DTAP
    assert "hpv" not in edition_on(date(2025, 11, 9)).doses
    assert edition_on(date(2026, 6, 16)).doses["mena"][2].before == 18
    assert edition_on(date(2026, 6, 17)).doses["mena"][2].before == 24


@pytest.mark.parametrize(
    ("birth", "due"),
    [
        (date(2024, 9, 30), date(2024, 12, 30)),  # three months old before the change
        (date(2024, 10, 1), date(2025, 1, 1)),  # three months on the day of it
        (date(2024, 10, 20), date(2025, 1, 1)),  # two months old already: asked for at once
        (date(2024, 11, 1), date(2025, 1, 1)),
        (date(2024, 11, 2), date(2025, 1, 2)),  # two months old after it
    ],
)
def test_the_first_dtap_dose_across_the_change_of_2025(birth: date, due: date) -> None:
    assert slots(plan_of(birth, "1", []))["dtap_1"].due_on == due


def test_the_dose_at_six_years_across_the_change() -> None:
    doses = [Given(v.DTAP, day) for day in (date(2019, 4, 1), date(2019, 5, 1), date(2019, 6, 1), date(2020, 7, 1))]
    assert slots(plan_of(date(2019, 1, 1), "1", doses))["dtap_5"].vaccine == v.DTAP
    older = [Given(v.DTAP, day) for day in (date(2018, 3, 31), date(2018, 4, 30), date(2018, 5, 31), date(2019, 6, 30))]
    assert slots(plan_of(date(2017, 12, 31), "1", older))["dtap_5"].vaccine == v.DT


@pytest.mark.parametrize(
    ("birth", "sex", "asked"), [(date(2011, 11, 9), "2", False), (date(2011, 11, 10), "2", True), (date(2012, 1, 1), "1", False)]
)
def test_hpv_is_for_girls_of_the_cohort(birth: date, sex: str, asked: bool) -> None:
    assert ("hpv_1" in slots(plan_of(birth, sex, []))) is asked


def test_the_last_day_in_time_is_the_one_before_the_age() -> None:
    plan = slots(plan_of(date(2026, 1, 31), "1", []))
    assert plan["mmr_1"].due_on == date(2026, 9, 30)
    assert plan["mmr_1"].in_time_until == date(2027, 1, 30)
    assert plan["hepb_1"].in_time_until == date(2026, 2, 1)
    assert slots(plan_of(date(2025, 6, 1), "1", []))["mena_2"].in_time_until == date(2027, 5, 31)  # widened in 2026
    assert slots(plan_of(date(2024, 6, 1), "1", []))["mena_2"].in_time_until == date(2025, 11, 30)  # had run out before


# -- properties --------------------------------------------------------------------------------------------------------

_births = st.dates(date(2012, 1, 1), date(2026, 6, 1))


@settings(max_examples=15, deadline=None)
@given(_births, st.sampled_from("12"), st.integers(0, 40), st.integers(0, 4000))
def test_what_is_offered_always_counts(birth: date, sex: str, delay: int, late: int) -> None:
    """No dose is offered before its age or distance: whatever the child's history, a dose given on a day it is owed counts."""
    given = live(birth, sex, birth + timedelta(days=late), birth + timedelta(days=365 * 17), delay)
    assert all(verdict == COUNTS for _, verdict in plan_of(birth, sex, given).judged)


@settings(max_examples=10, deadline=None)
@given(st.dates(date(2021, 3, 1), date(2026, 6, 1)), st.sampled_from("12"))
def test_a_child_who_comes_on_time_is_complete_and_in_time(birth: date, sex: str) -> None:
    plan = plan_of(birth, sex, live(birth, sex, birth, add_months(birth, 15 * 12)))
    assert all(slot.in_time for slot in plan.slots)
    assert len(plan.slots) == (24 if sex == "2" else 22)


@settings(max_examples=10, deadline=None)
@given(_births, st.sampled_from("12"), st.integers(0, 15 * 365))
def test_catching_up_finishes(birth: date, sex: str, late: int) -> None:
    """However late a child begins, two and a half years on nothing is owed that is not waiting for its age."""
    begun = max(birth + timedelta(days=late), date(2025, 11, 10))
    given = live(birth, sex, begun, add_months(begun, 66))
    assert not owed(plan_of(birth, sex, given), add_months(begun, 66))


@settings(max_examples=40, deadline=None)
@given(
    st.dates(date(2021, 3, 1), date(2026, 1, 1)),
    st.lists(st.tuples(st.sampled_from(sorted(v.VACCINES)), st.integers(0, 2600)), max_size=14),
)
def test_a_history_however_strange_is_judged(birth: date, doses: list[tuple[str, int]]) -> None:
    """Counted doses keep their minimum distance, a series is never restarted, and the plan names every dose once."""
    given = [Given(vaccine, birth + timedelta(days=n)) for vaccine, n in sorted(doses, key=lambda d: d[1])]
    plan = plan_of(birth, "1", given)
    assert len({slot.code for slot in plan.slots}) == len(plan.slots)
    for series in v.SERIES:
        found = [slot.given_on for slot in plan.slots if slot.series == series]
        counted = [day for day in found if day is not None]
        assert found[: len(counted)] == counted  # dose 2 never without dose 1
        assert counted == sorted(counted)
    assert all(slot.can_on is None or slot.given_on is None for slot in plan.slots)


# -- catch-up and what holds back --------------------------------------------------------------------------------------


def test_bcg_is_given_no_more_from_four_years_on() -> None:
    slot = slots(plan_of(date(2022, 6, 1), "1", []))["bcg_1"]
    assert slot in owed(plan_of(date(2022, 6, 1), "1", []), date(2026, 5, 31))
    assert slot not in owed(plan_of(date(2022, 6, 1), "1", []), date(2026, 6, 1))


def test_group_a_is_given_no_more_from_two_years_on() -> None:
    plan = plan_of(date(2024, 6, 1), "1", [])
    assert "mena_1" in {s.code for s in owed(plan, date(2026, 5, 31))}
    assert "mena_1" not in {s.code for s in owed(plan, date(2026, 6, 1))}


def test_from_seven_years_on_dtap_is_made_up_with_dt() -> None:
    plan = slots(plan_of(date(2018, 6, 1), "1", [Given(v.DTAP, date(2018, 9, 1))]))
    assert plan["dtap_2"].vaccine == v.DTAP
    late = slots(plan_of(date(2018, 6, 1), "1", [Given(v.DTAP, date(2018, 9, 1)), Given(v.DT, date(2025, 7, 1))]))
    assert (late["dtap_3"].can_on, late["dtap_3"].vaccine) == (date(2026, 1, 1), v.DT)
    assert late["dtap_4"].can_on is None


def test_the_killed_je_vaccine_has_four_doses() -> None:
    first = [Given(v.JE_KILLED, date(2026, 2, 1))]
    plan = slots(plan_of(date(2025, 6, 1), "1", first))
    assert [code for code in plan if code.startswith("je")] == ["je_1", "je_2", "je_3", "je_4"]
    assert plan["je_2"].can_on == date(2026, 2, 8)


def test_immunoglobulin_defers_injected_live_vaccines_three_months() -> None:
    limit = rules.restriction_of("6", date(2026, 2, 1), None, None, None)
    plan = slots(plan_of(date(2025, 6, 10), "1", [], [limit]))
    assert plan["mmr_1"].due_on == date(2026, 2, 10)
    assert plan["mmr_1"].can_on == date(2026, 5, 2)
    assert plan["dtap_1"].can_on == date(2025, 8, 10)


def test_hiv_gives_the_killed_polio_vaccine_for_the_live_one() -> None:
    limit = rules.restriction_of("4", date(2026, 2, 1), None, None, None)
    doses = [Given(v.IPV, date(2026, 3, 10)), Given(v.IPV, date(2026, 4, 10))]
    plan = slots(plan_of(date(2026, 1, 10), "1", doses, [limit]))
    assert (plan["polio_3"].vaccine, plan["polio_3"].exempt) == (v.IPV, "")
    assert (plan["je_1"].can_on, plan["je_1"].exempt) == (None, "1")


def test_school_entry_names_what_is_missing() -> None:
    birth = date(2020, 9, 1)
    given = [g for g in live(birth, "1", birth, date(2026, 8, 31)) if g.vaccine != v.MMR]
    plan = plan_of(birth, "1", given)
    assert [s.code for s in missing_at_entry(plan, date(2026, 8, 31))] == ["mmr_1", "mmr_2"]
    assert [s.code for s in missing_at_entry(plan, date(2026, 9, 1))] == ["dtap_5", "mmr_1", "mmr_2", "menac_2"]
    limit = Restriction(frozenset({v.MMR}), "1", date(2021, 1, 1), None)
    assert not missing_at_entry(plan_of(birth, "1", given, [limit]), date(2026, 8, 31))


# -- duties ------------------------------------------------------------------------------------------------------------


def _items(birth: date, until: date, *, sex: str = "1", given: list[Given] | None = None, card: bool = True) -> dict[str, Any]:
    history = {
        "vaccination": [{"vaccine": g.vaccine, "given_on": g.on} for g in given or []],
        "vaccination_restriction": [],
        "vaccination_certificate": [{"issued_on": birth}] if card else [],
        "residency": [{"started_on": birth}],
    }
    return {item.item.partition("-")[0]: item for item in duties.DOSES.due(Person(1, birth, sex), history, until)}


def test_a_newborn_is_owed_hepatitis_b_and_bcg_and_is_told_why() -> None:
    items = _items(date(2026, 6, 29), TODAY)
    assert set(items) == {"hepb_1", "bcg_1"}
    assert items["hepb_1"].reason.zh == "乙肝疫苗第一剂（乙肝疫苗）2026年6月29日起应种，应于2026年6月30日前完成"
    assert items["bcg_1"].due_on == date(2026, 9, 28)


def test_a_child_is_called_from_birth_to_six_years() -> None:
    """Lived through its years: whenever it is called it comes, and is never called twice for a dose."""
    birth = date(2019, 9, 1)
    given: list[Given] = []
    seen: list[str] = []
    day = birth
    while day < add_months(birth, 83):
        for code in sorted(c for c, i in _items(birth, day, given=given).items() if i.opens_on <= day):
            slot = slots(plan_of(birth, "1", given))[code]
            if slot.can_on is not None and slot.can_on <= day:
                given.append(Given(slot.vaccine, day))
                seen.append(code)
        day += timedelta(days=7)
    assert len(seen) == len(set(seen)) == 22
    assert not _items(birth, add_months(birth, 83), given=given)


def test_an_older_child_without_a_card_is_called_for_hpv_only() -> None:
    assert set(_items(date(2013, 1, 1), TODAY, sex="2", card=False)) == {"hpv_1"}
    assert "mmr_1" in _items(date(2013, 1, 1), TODAY, sex="2", card=True)


def test_a_certificate_is_due_a_month_after_birth() -> None:
    history = {"vaccination_certificate": [], "residency": [{"started_on": date(2026, 5, 31)}]}
    (item,) = duties.CERTIFICATES.due(Person(1, date(2026, 5, 31), "1"), history, TODAY)
    assert (item.opens_on, item.due_on) == (date(2026, 5, 31), date(2026, 6, 30))
    assert not list(duties.CERTIFICATES.due(Person(1, date(2026, 5, 31), "1"), history | {"vaccination_certificate": [{}]}, TODAY))


# -- records -----------------------------------------------------------------------------------------------------------


def test_the_doses_due_follow_the_records(county: Any) -> None:
    child = county.resident(birth=date(2026, 1, 10), moved_in=date(2026, 1, 10))
    assert DoseDue.objects.filter(resident=child).count() == 22
    first = recording.save(
        Vaccination(resident=child, organisation_id=CLINIC, given_on=date(2026, 1, 11), vaccine=v.HEPB, lot="A1"), actor="doctor", day=TODAY
    )
    assert (first.dose_number, first.verdict) == (1, COUNTS)
    assert DoseDue.objects.get(resident=child, slot="hepb_1").given_on == date(2026, 1, 11)
    recording.remove(first, actor="doctor", day=TODAY)
    assert DoseDue.objects.get(resident=child, slot="hepb_1").given_on is None


def test_a_dose_entered_later_makes_the_one_after_it_the_second(county: Any) -> None:
    child = county.resident(birth=date(2026, 1, 10), moved_in=date(2026, 1, 10))
    late = Vaccination(resident=child, organisation_id=CLINIC, given_on=date(2026, 2, 12), vaccine=v.HEPB, lot="B2")
    assert recording.save(late, actor="doctor", day=TODAY).dose_number == 1
    recording.save(
        Vaccination(resident=child, organisation_id=CLINIC, given_on=date(2026, 1, 10), vaccine=v.HEPB), actor="doctor", day=TODAY
    )
    late.refresh_from_db()
    assert (late.dose_number, late.verdict) == (2, COUNTS)


def test_a_deferral_is_seen_in_the_doses_due(county: Any) -> None:
    child = county.resident(birth=date(2025, 9, 10), moved_in=date(2025, 9, 10))
    state = HealthState(resident=child, organisation_id=CLINIC, asked_on=date(2026, 5, 1), state="6", started_on=date(2026, 5, 1))
    recording.save(state, actor="doctor", day=TODAY)
    line = DoseDue.objects.get(resident=child, slot="mmr_1")
    assert (line.exempt, line.exempt_until) == ("2", date(2026, 8, 1))
    assert not DoseDue.objects.get(resident=child, slot="dtap_1").exempt


def test_an_older_child_has_lines_only_with_a_card(county: Any) -> None:
    child = county.resident(birth=date(2016, 1, 10), moved_in=date(2020, 1, 1))
    assert not DoseDue.objects.filter(resident=child).exists()
    recording.save(Certificate(resident=child, organisation_id=CLINIC, issued_on=date(2020, 2, 1)), actor="doctor", day=TODAY)
    assert DoseDue.objects.filter(resident=child).count() == 22


def test_an_expired_vaccine_is_refused(county: Any) -> None:
    child = county.resident(birth=date(2026, 1, 10), moved_in=date(2026, 1, 10))
    dose = Vaccination(resident=child, organisation_id=CLINIC, given_on=date(2026, 3, 10), vaccine=v.DTAP, expires_on=date(2026, 3, 9))
    with pytest.raises(RecordRefused) as caught:
        recording.save(dose, actor="doctor", day=TODAY)
    assert "接种日期2026-03-10时疫苗已过有效期（2026-03-09）" in str(caught.value)


def test_stock_is_counted_by_lot(county: Any) -> None:
    def move(day: int, lot: str, movement: str, doses: int, **more: Any) -> StockMovement:
        row = StockMovement(
            organisation_id=CLINIC, moved_on=date(2026, 3, day), vaccine=v.DTAP, lot=lot, movement=movement, doses=doses, **more
        )
        return recording.save(row, actor="township", day=TODAY)

    move(1, "A", "1", 50, transport_record=True)
    move(1, "B", "1", 20, transport_record=True)
    assert move(2, "A", "2", 30).on_hand == 20
    assert (move(3, "A", "5", 19).difference, move(3, "B", "5", 20).difference) == (-1, 0)


def test_a_warm_refrigerator_is_told_at_once() -> None:
    from taizhang.kernel.engines.reference import ReferenceEngine
    from taizhang.kernel.periods import Period

    engine = ReferenceEngine({}, registry.parameters)
    (notice,) = registry.notices["cold_chain_reading"]
    told = [engine.value(notice.when, Period(TODAY, TODAY), row={"temperature": t}) for t in (19, 20, 80, 81)]
    assert told == [True, False, False, True]
    assert ColdChainReading.CONTRACT.table == notice.table


# -- checks: what each finds, and the nearest that it leaves alone ----------------------------------------------------

MARCH = date(2026, 3, 10)
_EVENT = {"happened_on": MARCH, "found_on": MARCH, "reported_on": MARCH, "urgent": False, "investigated_on": MARCH, "case_form_on": MARCH}
_SCHOOL = {"term_started_on": MARCH, "to_catch_up": 1}
CHECKED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "invalid_dose": ({"vaccination": [{"given_on": MARCH, "verdict": "3"}]}, {"vaccination": [{"given_on": MARCH, "verdict": "1"}]}),
    "vaccinated_after_death": (
        {"resident": [{"died_on": date(2026, 3, 9)}], "vaccination": [{"given_on": MARCH}]},
        {"resident": [{"died_on": MARCH}], "vaccination": [{"given_on": MARCH}]},
    ),
    "without_lot": ({"vaccination": [{"given_on": MARCH, "lot": ""}]}, {"vaccination": [{"given_on": MARCH, "lot": "A1"}]}),
    "stock_differs": (
        {"vaccine_stock": [{"moved_on": MARCH, "movement": "5", "difference": -1}]},
        {"vaccine_stock": [{"moved_on": MARCH, "movement": "5", "difference": 0}]},
    ),
    "stock_below_nought": (
        {"vaccine_stock": [{"moved_on": MARCH, "movement": "2", "on_hand": -1}]},
        {"vaccine_stock": [{"moved_on": MARCH, "movement": "2", "on_hand": 0}]},
    ),
    "warm_arrival": (
        {"vaccine_stock": [{"moved_on": MARCH, "movement": "1", "arrival_temperature": 81}]},
        {"vaccine_stock": [{"moved_on": MARCH, "movement": "1", "arrival_temperature": 80}]},
    ),
    "cold_chain_out_of_range": (
        {"cold_chain_reading": [{"read_on": MARCH, "temperature": 19}]},
        {"cold_chain_reading": [{"read_on": MARCH, "temperature": 20}]},
    ),
    "adverse_event_late": (
        {"vaccination_adverse_event": [_EVENT | {"report_hours": 49}]},
        {"vaccination_adverse_event": [_EVENT | {"report_hours": 48}]},
    ),
    "school_check_late": (
        {"school_certificate_check": [_SCHOOL]},
        {"school_certificate_check": [_SCHOOL | {"rechecked_on": MARCH}]},
    ),
}


@pytest.mark.parametrize("code", CHECKED)
def test_a_check_finds_its_case_and_leaves_the_next_alone(code: str) -> None:
    found, left = CHECKED[code]
    assert _hits(f"immunisation.{code}", found) == 1
    assert _hits(f"immunisation.{code}", left) == 0


def test_every_check_is_shown() -> None:
    assert {code for code in registry.checks if code.startswith("immunisation.")} == {f"immunisation.{code}" for code in CHECKED}


@pytest.mark.parametrize(
    ("urgent", "due_on", "urgency"), [(False, date(2026, 5, 4), Urgency.EARLY), (True, date(2026, 5, 2), Urgency.DANGER)]
)
def test_an_adverse_event_is_owed_its_report_until_it_is_sent(urgent: bool, due_on: date, urgency: Urgency) -> None:
    """Within 48 hours of finding it, two days; a death or a cluster within two hours, on the same day."""
    duty, child = registry.duties["immunisation.adverse_event"], Person(1, date(2025, 1, 1), "1")
    event: dict[str, Any] = {"id": 7, "found_on": date(2026, 5, 2), "urgent": urgent, "vaccine": "07", "reported_on": None}
    lived = {"vaccination_adverse_event": [event]}
    item = called(duty, child, lived, date(2026, 5, 2), due_on)
    assert (item.urgency, item.item, "麻腮风疫苗" in item.reason.zh) == (urgency, "7", True)
    event["reported_on"] = date(2026, 5, 3)
    silent(duty, child, lived, date(2026, 5, 2), date(2026, 5, 3), date(2027, 1, 1))
