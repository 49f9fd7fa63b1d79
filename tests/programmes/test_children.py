"""Children's health: scores against the published standards, the windows of the checks, what is owed over a childhood, and referral."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.county import recording
from taizhang.county.foreseeing import notices_of
from taizhang.county.recording import RecordRefused
from taizhang.kernel.duties import DueItem, Person
from taizhang.kernel.periods import add_months
from taizhang.kernel.registry import registry
from taizhang.programmes.children import duties, growth, rules
from taizhang.programmes.children.growth import Measure
from taizhang.programmes.children.models import InfantCheck, NewbornVisit, ReferralFollowed, ToddlerCheck
from taizhang.programmes.children.records import CHECKS, INFANT

BIRTH = date(2024, 1, 1)
CLINIC = "990101101201"
TODAY = date(2026, 6, 30)


def scored(sex: str, days: int, **measured: Any) -> growth.Scores:
    return growth.scores(sex, BIRTH, BIRTH + timedelta(days=days), **{"weight": None, "length": None, **measured})


# -- scores -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sex", "days", "weight", "length", "expected"),
    # The examples that the WHO prints with its own package anthro: zwei, zlen, zwfl, zbmi.
    [
        ("1", 1001, 1800, 1200, (220, 731, -239, -301)),
        ("2", 1000, 1500, 800, (95, -350, 413, 466)),
        ("1", 1010, 1000, 1000, (-276, 162, -519, -561)),
        ("1", 1000, 1500, 1000, (69, 170, -29, -58)),
    ],
)
def test_scores_are_those_the_who_prints(sex: str, days: int, weight: int, length: int, expected: tuple[int, ...]) -> None:
    found = scored(sex, days, weight=weight, length=length)
    assert (found.weight, found.length, found.weight_length, found.bmi) == expected


@pytest.mark.parametrize(
    ("measure", "sex", "index", "deviations"),
    # The published tables of deviations: -3, -2, -1, 0, 1, 2, 3.
    [
        ("weight_by_day", "1", 365, "6.926 7.741 8.644 9.646 10.755 11.983 13.341"),
        ("weight_by_day", "2", 0, "2.033 2.395 2.794 3.232 3.711 4.230 4.793"),
        ("length_by_day", "2", 730, "76.725 79.950 83.175 86.401 89.626 92.851 96.077"),
        ("length_by_day", "2", 731, "76.049 79.276 82.503 85.730 88.957 92.184 95.411"),
        ("length_by_day", "1", 1096, "84.968 88.675 92.382 96.089 99.796 103.503 107.210"),
        ("weight_by_length", "1", 600, "4.713 5.094 5.518 5.991 6.520 7.115 7.785"),
        ("weight_by_height", "2", 1005, "11.854 12.889 14.053 15.369 16.861 18.561 20.507"),
    ],
)
def test_deviations_are_those_of_the_published_tables(measure: str, sex: str, index: int, deviations: str) -> None:
    lms = growth.table(measure)[sex, index]
    for place, printed in enumerate(deviations.split()):
        assert abs(lms.value_at(Decimal(place - 3)) - Decimal(printed)) <= Decimal("0.002")


def test_a_median_is_nought_and_the_standards_end_somewhere() -> None:
    assert scored("1", 0, weight=335, head=345).head == 3
    assert scored("1", 365, head=461).head == 3  # the median is 46.06 cm
    assert scored("1", growth.LAST_DAY, weight=1850, length=1105).weight_length is not None
    after = scored("1", growth.LAST_DAY + 1, weight=1850, length=1105, head=500)
    assert (after.weight_length, after.head) == (None, None)
    assert after.bmi is not None
    assert scored("9", 100, weight=600) == growth.Scores()
    assert scored("1", 100) == growth.Scores()


def test_growth_of_a_child_born_early_is_counted_from_term_to_two_years() -> None:
    early = scored("1", 180, weight=600, birth_weeks=32)
    assert early.weight == scored("1", 180 - 56, weight=600).weight
    assert scored("1", 180, weight=600, birth_weeks=37).weight == scored("1", 180, weight=600).weight
    assert scored("1", 800, weight=1000, birth_weeks=32).weight == scored("1", 800, weight=1000).weight
    assert scored("1", 30, weight=300, birth_weeks=32) == growth.Scores()  # not yet at term


@given(st.sampled_from("12"), st.integers(0, 2500), st.integers(100, 3000), st.integers(1, 50))
def test_a_heavier_child_never_scores_lower(sex: str, days: int, weight: int, more: int) -> None:
    light, heavy = scored(sex, days, weight=weight).weight, scored(sex, days, weight=weight + more).weight
    assert light is not None
    assert heavy is not None
    assert heavy >= light


@pytest.mark.parametrize("measure", list(Measure))
@pytest.mark.parametrize("sex", ["1", "2"])
def test_the_curves_of_the_chart_lie_above_each_other(measure: Measure, sex: str) -> None:
    drawn = growth.chart(measure, sex, BIRTH, [(date(2025, 1, 1), Decimal("9.65"))])
    lines = [dict(drawn.curves[deviation]) for deviation in (-3, -2, -1, 0, 1, 2, 3)]
    assert len({frozenset(line) for line in lines}) == 1
    for lower, upper in pairwise(lines):
        assert all(lower[month] < upper[month] for month in lower)
    assert drawn.points == ((Decimal("12.02"), Decimal("9.65")),)


def test_the_chart_of_a_child_born_early_counts_from_term_to_two_years_as_its_scores_do() -> None:
    measured = [(BIRTH + timedelta(days=days), Decimal(days)) for days in (30, 55, 56, 365, 730, 731)]
    drawn = growth.chart(Measure.WEIGHT, "1", BIRTH, measured, birth_weeks=32)  # eight weeks, 56 days, early
    assert [int(value) for _, value in drawn.points][:2] == [56, 365]
    ages = {int(value): age for age, value in drawn.points}
    assert (ages[56], ages[365]) == (Decimal("0.00"), Decimal("10.15"))
    whole = growth.chart(Measure.WEIGHT, "1", BIRTH, measured, birth_weeks=37)
    assert len(whole.points) == 6
    assert ages[731] == {int(value): age for age, value in whole.points}[731]


# -- windows ------------------------------------------------------------------------------------------------------------------------


@given(st.dates(date(2015, 1, 1), date(2035, 12, 31)))
def test_the_windows_follow_each_other_without_gap_to_the_seventh_birthday(birth: date) -> None:
    windows = rules.windows(birth)
    assert [w.months for w in windows] == list(rules.ALL_STAGES)
    assert windows[0].opens == birth + timedelta(days=28)
    assert windows[-1].closes == add_months(birth, 84) - timedelta(days=1)
    for one, following in pairwise(windows):
        assert one.opens <= one.due <= one.closes == following.opens - timedelta(days=1)
        assert rules.stage_on(birth, one.closes) == one.months
        assert rules.stage_on(birth, following.opens) == following.months
    assert rules.stage_on(birth, windows[0].opens - timedelta(days=1)) is None
    assert rules.stage_on(birth, windows[-1].closes + timedelta(days=1)) is None


# -- what is owed ----------------------------------------------------------------------------------------------------------------------

_DUTIES = (duties.NEWBORN_VISIT, duties.INFANT_CHECK, duties.TODDLER_CHECK, duties.PRESCHOOL_CHECK, duties.REFERRAL_FOLLOWED)


def owed(history: dict[str, list[dict[str, Any]]], day: date, birth: date = BIRTH) -> Iterator[tuple[str, DueItem]]:
    complete = {table: [] for duty in _DUTIES for table in duty.reads} | {"residency": [{"started_on": birth}]} | history
    for duty in _DUTIES:
        for item in duty.due(Person(1, birth, "1"), complete, day):
            if item.opens_on <= day and (item.closes_on is None or day <= item.closes_on):
                yield duty.register, item


def visit(on: date, **facts: Any) -> dict[str, Any]:
    return {"visited_on": on, "referral_advised": "1", "high_risk": False, **facts}


@pytest.mark.parametrize("birth", [date(2024, 1, 1), date(2024, 1, 31), date(2024, 2, 29)])
def test_a_child_that_comes_when_called_is_seen_thirteen_times_and_never_late(birth: date) -> None:
    """Lived day by day to the seventh birthday: whatever is open is done on the day it opens."""
    history: dict[str, list[dict[str, Any]]] = {}
    tables = {
        "newborn_visits": "newborn_visit", "infant_checks": "infant_check", "toddler_checks": "toddler_check",
        "preschool_checks": "preschool_check",
    }  # fmt: skip
    done: list[str] = []
    for passed in range((add_months(birth, 96) - birth).days):
        day = birth + timedelta(days=passed)
        open_items = list(owed(history, day, birth))
        assert len(open_items) <= 1
        for register, item in open_items:
            assert item.opens_on <= day <= item.due_on
            history.setdefault(tables[register], []).append(visit(day))
            done.append(item.item or "newborn")
    assert done == ["newborn", *(str(months) for months in rules.ALL_STAGES)]


def test_a_child_that_never_comes_owes_one_check_at_a_time() -> None:
    """A check that was missed is not asked for when the next can be made."""
    months_owed = []
    for passed in range((add_months(BIRTH, 85) - BIRTH).days):
        items = list(owed({}, BIRTH + timedelta(days=passed)))
        assert len(items) <= 1
        months_owed += [item.item for _, item in items if not months_owed or months_owed[-1] != item.item]
    assert months_owed == ["", *(str(months) for months in rules.ALL_STAGES)]


def test_what_was_due_before_the_child_came_is_not_owed() -> None:
    came = {"residency": [{"started_on": date(2025, 3, 1)}]}
    assert [item.item for _, item in owed(came, date(2025, 3, 1))] == ["12"]


def test_a_newborn_at_high_risk_is_visited_again() -> None:
    first = {"newborn_visit": [visit(BIRTH + timedelta(days=5), high_risk=True)]}
    (register, item), *rest = owed(first, BIRTH + timedelta(days=6))
    assert (register, item.item, item.due_on, rest) == ("newborn_visits", "high_risk", BIRTH + timedelta(days=12), [])
    assert not list(owed({"newborn_visit": [*first["newborn_visit"], visit(BIRTH + timedelta(days=10))]}, BIRTH + timedelta(days=11)))


def test_a_referral_is_asked_after_until_the_child_was_seen() -> None:
    day = BIRTH + timedelta(days=400)
    referred = {"toddler_check": [visit(day, referral_advised="2")]}

    def asked(on: date, **more: Any) -> list[tuple[date, str]]:
        return [(i.due_on, i.reason.zh) for register, i in owed({**referred, **more}, on) if register == "child_referrals"]

    assert asked(day) == []
    (due, reason), *_ = asked(day + timedelta(days=1))
    assert (due, reason) == (day + timedelta(days=14), "2025年2月4日建议转诊，应于2025年2月18日前追踪结果")
    again = {"followed_on": day + timedelta(days=10), "attended": "2"}
    assert asked(day + timedelta(days=11), child_referral=[again])[0][0] == day + timedelta(days=24)
    assert asked(day + timedelta(days=90), child_referral=[again, {"followed_on": day + timedelta(days=20), "attended": "1"}]) == []


# -- records --------------------------------------------------------------------------------------------------------------------------


def test_a_check_is_judged_when_it_is_saved_and_says_what_to_do(county: Any) -> None:
    child = county.resident(birth=date(2025, 5, 20), moved_in=date(2025, 5, 20))
    stored = recording.save(
        ToddlerCheck(
            resident=child, organisation_id=CLINIC, visited_on=date(2026, 5, 21), weight=760, length=705, haemoglobin=85, hearing="1",
            warning_signs="12-4",
        ),
        actor="doctor", day=TODAY,
    )  # fmt: skip
    assert (stored.stage, stored.age_months, stored.body, stored.anaemia) == ("12", 12, "2,4", "2")
    assert (stored.weight_level, stored.length_level, stored.next_check_on) == ("3", "3", date(2026, 11, 20))
    told = [each.notice.name.partition(".")[2] for each in notices_of(stored)]
    assert told == ["severe_anaemia", "malnourished", "delayed"]


def test_a_check_takes_the_weeks_at_birth_from_the_newborn_s_visit_unless_it_states_them(county: Any) -> None:
    born = date(2026, 1, 5)
    child = county.resident(birth=born, moved_in=born)
    facts: dict[str, Any] = {"resident": child, "organisation_id": CLINIC, "weight": 560, "length": 580}
    check = recording.save(InfantCheck(visited_on=date(2026, 4, 5), **facts), actor="doctor", day=TODAY)
    as_full_term = check.weight_z
    visit = NewbornVisit(resident=child, organisation_id=CLINIC, visited_on=date(2026, 1, 9), birth_weeks=33)
    recording.save(visit, actor="doctor", day=TODAY)
    check.refresh_from_db()
    corrected = scored(child.sex, 90, weight=560, length=580, birth_weeks=33)
    assert (check.birth_weeks, check.weight_z, check.length_z) == (None, corrected.weight, corrected.length)
    assert corrected.weight != as_full_term
    check.birth_weeks = 40
    assert recording.save(check, actor="doctor", day=TODAY).weight_z == as_full_term


def test_a_check_on_the_wrong_form_says_so(county: Any) -> None:
    child = county.resident(birth=date(2025, 5, 20), moved_in=date(2025, 5, 20))
    stored = recording.save(
        InfantCheck(resident=child, organisation_id=CLINIC, visited_on=date(2026, 5, 21)), actor="doctor", day=TODAY
    )  # fmt: skip
    assert stored.stage is None
    assert [each.notice.name for each in notices_of(stored)] == ["infant_check.other_form"]


def test_a_newborn_is_visited_after_the_discharge(county: Any) -> None:
    child = county.resident(birth=date(2026, 5, 20), moved_in=date(2026, 5, 20))
    with pytest.raises(RecordRefused) as caught:
        recording.save(
            NewbornVisit(resident=child, organisation_id=CLINIC, visited_on=date(2026, 5, 22), discharged_on=date(2026, 5, 23)),
            actor="doctor", day=TODAY,
        )  # fmt: skip
    assert str(caught.value) == "记录未保存：出院日期2026-05-23晚于访视日期2026-05-22：家庭访视在出院之后，请核对。"
    assert not NewbornVisit.objects.exists()


def test_a_referral_that_was_followed_asks_for_its_finding(county: Any) -> None:
    child = county.resident(birth=date(2025, 5, 20), moved_in=date(2025, 5, 20))
    with pytest.raises(RecordRefused, match="改正就诊情况"):
        recording.save(
            ReferralFollowed(resident=child, organisation_id=CLINIC, followed_on=date(2026, 6, 1), attended="2", found="1"),
            actor="doctor",
            day=TODAY,
        )
    stored = recording.save(
        ReferralFollowed(resident=child, organisation_id=CLINIC, followed_on=date(2026, 6, 1), attended="1"), actor="doctor", day=TODAY
    )
    assert [each.notice.name for each in notices_of(stored)] == ["child_referral.seen_without_result"]


def test_the_forms_share_their_ages() -> None:
    assert {contract.table for contract in CHECKS} == set(rules.STAGES)
    assert rules.FORM_OF[8] == INFANT.table
    for duty in _DUTIES:
        assert registry.duties[duty.code].register in registry.registers
