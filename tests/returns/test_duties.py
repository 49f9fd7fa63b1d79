"""Who owes which return, until when, and what the rates come to. Pure functions but for the last."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from conftest import SmallCounty
from taizhang.county.models import PeriodLock
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.returns.checks import CellEntry
from taizhang.returns.duties import Duty, Filed, Regularity, deadline, duties, periods_ending, read_filed, regularities, standing
from taizhang.returns.entry import enter
from taizhang.returns.states import ReturnRefused

from .forms import AREA

TODAY = date(2026, 6, 30)


def filed(period: str, *, unit: str = "A", state: str = "accepted", on: date | None = None, number: int = 0) -> Filed:
    days = Period.parse(period)
    return Filed(number, "f", unit, days.start, days.end, state, "clerk", on or days.end + timedelta(days=1))


def owed(*known: Filed, start: str = "2026-05", end: str = "2026-05", day: date = TODAY) -> list[Duty]:
    return duties(known, Period.parse(start).start, Period.parse(end).end, day, registry.parameters)


def test_a_monthly_return_closes_on_the_fifth_and_a_yearly_one_on_the_twentieth() -> None:
    assert deadline(Period.parse("2026-05"), registry.parameters) == date(2026, 6, 5)
    assert deadline(Period.parse("2026-01..2026-05"), registry.parameters) == date(2026, 6, 5)
    assert deadline(Period.parse("2026Q1"), registry.parameters) == date(2026, 4, 10)
    assert deadline(Period.parse("2026H1"), registry.parameters) == date(2026, 7, 15)
    assert deadline(Period.parse("2025"), registry.parameters) == date(2026, 1, 20)
    assert deadline(Period.parse("2026W23"), registry.parameters) == date(2026, 6, 9)


def test_who_reported_last_month_owes_this_one() -> None:
    (duty,) = owed(filed("2026-04"))
    assert (duty.organisation, duty.period, duty.reported, duty.overdue) == ("A", Period.parse("2026-05"), False, True)


def test_a_silence_of_more_than_a_year_has_ended_the_duty() -> None:
    assert owed(filed("2025-03")) == []
    assert len(owed(filed("2025-04"))) == 1


def test_a_unit_owes_nothing_for_days_before_its_first_return() -> None:
    assert [str(d.period) for d in owed(filed("2026-04"), start="2026-01", end="2026-05")] == ["2026-04", "2026-05"]


def test_what_is_not_over_is_not_owed() -> None:
    assert owed(filed("2026-05"), start="2026-06", end="2026-06", day=date(2026, 6, 29)) == []


def test_cumulative_returns_are_one_kind_and_ask_for_no_quarter_or_half_of_their_own() -> None:
    known = [filed(f"2026-01..2026-{n:02}") for n in range(2, 6)] + [filed("2026-01")]
    assert regularities([(f.start, f.end) for f in known]) == {Regularity.CUMULATIVE}
    assert [str(d.period) for d in owed(*known, start="2026-06", end="2026-06")] == ["2026H1"]


@pytest.mark.parametrize(
    ("regularity", "expected"),
    [
        (Regularity.MONTH, ["2026-02", "2026-03", "2026-04"]),
        (Regularity.QUARTER, ["2026Q1"]),
        (Regularity.CUMULATIVE, ["2026-01..2026-02", "2026Q1", "2026-01..2026-04"]),
        (Regularity.HALF, []),
    ],
)
def test_periods_that_end_in_february_to_april(regularity: Regularity, expected: list[str]) -> None:
    assert [str(p) for p in periods_ending(regularity, date(2026, 2, 1), date(2026, 4, 30))] == expected


def test_weeks_end_on_sundays() -> None:
    assert [str(p) for p in periods_ending(Regularity.WEEK, date(2026, 6, 7), date(2026, 6, 14))] == ["2026W23", "2026W24"]


@pytest.mark.parametrize(("on", "late"), [(date(2026, 6, 5), False), (date(2026, 6, 6), True)])
def test_late_is_after_the_closing_day(on: date, late: bool) -> None:
    (duty,) = owed(filed("2026-05", on=on))
    assert (duty.late, duty.on_time) == (late, not late)


def test_rates_are_of_what_is_due_and_what_may_still_come_counts_in_neither() -> None:
    last = [filed("2026-05", unit=u) for u in "ABCD"]
    june = [
        filed("2026-06", unit="A", on=date(2026, 7, 3)),
        filed("2026-06", unit="B", on=date(2026, 7, 9)),
        filed("2026-06", unit="C", state="returned"),
    ]
    in_time = standing(owed(*last, *june, start="2026-06", end="2026-06", day=date(2026, 7, 5)))
    assert (in_time.due, in_time.reported, in_time.waiting) == (2, 2, 2)
    after = standing(owed(*last, *june, start="2026-06", end="2026-06", day=date(2026, 7, 10)))
    assert (after.due, after.reported, after.on_time, after.late, after.waiting) == (4, 2, 1, 1, 0)
    assert (after.reporting_rate, after.on_time_rate) == (Decimal("50.00"), Decimal("25.00"))


def test_over_nothing_there_is_no_rate() -> None:
    assert standing([]).reporting_rate is None


def test_a_return_whose_day_nobody_noted_is_in_and_neither_in_time_nor_late() -> None:
    known = Filed(1, "f", "A", date(2026, 5, 1), date(2026, 5, 31), "accepted", "", None)
    (duty,) = owed(known)
    assert (duty.reported, duty.on_time, duty.late, duty.undated) == (True, False, False, True)


# -- with the database -------------------------------------------------------------------------------------------------


def test_the_day_of_the_first_handing_in_decides(county: SmallCounty) -> None:
    may, unit = Period.parse("2026-05"), county.townships[0]
    enter(AREA, unit, may, [CellEntry("visits", 5)], "clerk", day=date(2026, 6, 4))
    enter(AREA, unit, may, [CellEntry("visits", 6)], "clerk", correct=True, day=date(2026, 6, 20))
    (found,) = read_filed([unit], may.start, may.end)
    assert (found.state, found.submitted_on, found.submitted_by) == ("submitted", date(2026, 6, 4), "clerk")
    assert read_filed([county.townships[1]], may.start, may.end) == []


def test_a_lock_of_the_county_holds_for_the_unit_below_and_not_the_other_way(county: SmallCounty) -> None:
    may = Period.parse("2026-05")
    lock = PeriodLock.objects.create(organisation_id=county.clinics[0], start=may.start, end=may.end, reason="试")
    township = county.townships[0]
    enter(AREA, township, may, [CellEntry("visits", 5)], "clerk", day=TODAY)
    lock.organisation_id = county.root
    lock.save()
    with pytest.raises(ReturnRefused, match="已锁定"):
        enter(AREA, township, may, [CellEntry("beds", 5)], "clerk", day=TODAY)
