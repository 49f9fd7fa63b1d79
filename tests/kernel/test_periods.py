"""Periods and cut-offs: what a text means, its neighbours, and the days on each boundary."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.kernel.periods import Period, PeriodError, add_months, age_in_years, months_between

days = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-06", "2026-06-01", "2026-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026Q2", "2026-04-01", "2026-06-30"),
        ("2026H1", "2026-01-01", "2026-06-30"),
        ("2026h2", "2026-07-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2013-01..2013-10", "2013-01-01", "2013-10-31"),
        ("2026-01-01..2026-06-20", "2026-01-01", "2026-06-20"),
        ("2026W23", "2026-06-01", "2026-06-07"),
        ("2026W01", "2025-12-29", "2026-01-04"),
        ("2026年上半年", "2026-01-01", "2026-06-30"),
        ("2026年下半年", "2026-07-01", "2026-12-31"),
        ("2026年1-10月", "2026-01-01", "2026-10-31"),
        ("2026年1月至10月", "2026-01-01", "2026-10-31"),
        ("2026年1—10月份", "2026-01-01", "2026-10-31"),
        ("2026年第二季度", "2026-04-01", "2026-06-30"),
        ("2026年2季度", "2026-04-01", "2026-06-30"),
        ("2026年6月", "2026-06-01", "2026-06-30"),
        ("2026年", "2026-01-01", "2026-12-31"),
        ("2026年度", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_is_read_from_its_forms(text, start, end):
    period = Period.parse(text)
    assert (period.start.isoformat(), period.end.isoformat(), period.cutoff) == (start, end, period.end)


def test_a_cut_off_is_written_behind_at():
    period = Period.parse("2026H1@2026-06-20")
    assert (period.end, period.cutoff, str(period)) == (date(2026, 6, 30), date(2026, 6, 20), "2026H1@2026-06-20")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-13",
        "2026-00",
        "2026Q5",
        "2026W60",
        "2026-02-30..2026-03-01",
        "2026-06..2026-01",
        "2026H1@2026-07-01",
        "2026年13月",
    ],
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(PeriodError):
        Period.parse(text)


def test_the_refusal_quotes_the_text_and_lists_the_forms():
    with pytest.raises(PeriodError, match=r"“half of it”不是时段。可写 2026-06、2026Q2"):
        Period.parse("half of it")
    with pytest.raises(PeriodError, match="止日2026-01-31早于起日2026-06-01"):
        Period.parse("2026-06..2026-01")
    with pytest.raises(PeriodError, match="截至日2026-07-01不在时段"):
        Period.parse("2026H1@2026-07-01")


@given(days, st.integers(0, 800), st.data())
def test_any_period_is_read_back_from_its_text(start, length, data):
    end = min(start + timedelta(days=length), date(2099, 12, 31))
    cutoff = data.draw(st.dates(start, end))
    period = Period(start, end, cutoff)
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("text", "previous", "last_year"),
    [
        ("2026-03", "2026-02", "2025-03"),
        ("2024-02", "2024-01", "2023-02"),
        ("2025-02", "2025-01", "2024-02"),
        ("2026Q1", "2025Q4", "2025Q1"),
        ("2026H1", "2025H2", "2025H1"),
        ("2026", "2025", "2025"),
        ("2026-01..2026-10", "2025-03..2025-12", "2025-01..2025-10"),
        ("2026W23", "2026W22", "2025W23"),
        ("2026H1@2026-05-31", "2025H2@2025-11-30", "2025H1@2025-05-31"),
        ("2024-02@2024-02-29", "2024-01", "2023-02"),
        ("2026-03@2026-03-30", "2026-02@2026-02-28", "2025-03@2025-03-30"),
        ("2026-01-11..2026-01-20", "2026-01-01..2026-01-10", "2025-01-11..2025-01-20"),
    ],
)
def test_neighbours(text, previous, last_year):
    period = Period.parse(text)
    assert str(period.previous()) == str(Period.parse(previous))
    assert str(period.same_period_last_year()) == str(Period.parse(last_year))


@given(days, st.integers(0, 800))
def test_the_previous_period_ends_the_day_before(start, length):
    period = Period(start, start + timedelta(days=length))
    assert period.previous().end == period.start - timedelta(days=1)


def test_time_progress_counts_whole_months_as_twelfths():
    assert Period.parse("2026H1").time_progress == Fraction(1, 2)
    assert Period.parse("2026").time_progress == 1
    assert Period.parse("2026H1@2026-01-10").time_progress == Fraction(10, 365)


def test_a_running_period_is_cut_off_at_the_day_it_is_looked_at():
    period = Period.parse("2026H1")
    assert period.known_on(date(2026, 3, 5)).cutoff == date(2026, 3, 5)
    assert period.known_on(date(2026, 7, 5)) == period


def test_names_are_those_of_a_document():
    assert Period.parse("2026H1").name.zh == "2026年上半年"
    assert Period.parse("2013-01..2013-10").name.zh == "2013年1–10月"
    assert Period.parse("2026-01-01..2026-06-20").name.zh == "2026年1月1日至2026年6月20日"
    assert Period.parse("2026Q2").name.en == "quarter 2 of 2026"


def test_a_birthday_on_29_february_is_1_march():
    born = date(1960, 2, 29)
    assert [age_in_years(born, day) for day in (date(2025, 2, 28), date(2025, 3, 1), date(2024, 2, 28), date(2024, 2, 29))] == [
        64,
        65,
        63,
        64,
    ]


@given(days, st.integers(0, 400))
def test_months_between_is_the_inverse_of_adding_months(first, months):
    last = add_months(first, months)
    assert months_between(first, last) >= months
    assert add_months(first, months_between(first, last)) <= last
