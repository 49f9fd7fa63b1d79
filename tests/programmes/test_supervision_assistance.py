"""Supervision assistance: a place patrolled through two years, information and its report."""

from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.county import recording
from taizhang.county.recording import RecordRefused
from taizhang.programmes.supervision_assistance import elements as e
from taizhang.programmes.supervision_assistance import rules, simulate
from taizhang.programmes.supervision_assistance.models import Clue, Patrol
from taizhang.simulation.places import lay_out

TODAY = date(2026, 12, 31)
CLINIC = "990101101201"


def patrol(on: date, place: str = "村水厂", **facts: Any) -> Patrol:
    return Patrol(organisation_id=CLINIC, patrolled_on=on, domain=e.WATER, place=place, content="余氯", **facts)


def test_a_place_through_two_years(county: Any) -> None:
    days = [date(2025, 2, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 3, 31)]
    for day in days:
        recording.save(patrol(day), actor="doctor", day=TODAY)
    recording.save(patrol(date(2025, 3, 1), "小学自备井"), actor="doctor", day=TODAY)
    kept = Patrol.objects.filter(place="村水厂").order_by("patrolled_on")
    assert [p.next_due_on for p in kept] == [date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31), date(2026, 6, 30)]
    assert [p.answered_on for p in kept] == [*days[1:], None]
    assert Patrol.objects.get(place="小学自备井").answered_on is None


def test_a_place_closed_down_is_due_no_more(county: Any) -> None:
    assert recording.save(patrol(date(2026, 2, 1), ceased=True), actor="doctor", day=TODAY).next_due_on is None


@given(st.dates(date(2012, 1, 1), date(2040, 12, 31)))
def test_the_next_patrol_is_due_by_the_end_of_the_next_quarter(day: date) -> None:
    due = rules.next_patrol(day, False, 3).on
    assert due is not None
    assert ((due.year * 12 + due.month) - (day.year * 12 + day.month)) in (3, 4, 5)
    assert due.month % 3 == 0
    assert due.replace(day=28) <= due


@pytest.mark.parametrize(("reported", "days"), [(date(2026, 3, 2), 0), (date(2026, 3, 3), 1), (None, None)])
def test_how_soon_it_was_reported_is_derived(county: Any, reported: date | None, days: int | None) -> None:
    clue = Clue(organisation_id=CLINIC, found_on=date(2026, 3, 2), kind=e.PRACTICE, content="游医", reported_on=reported)
    assert recording.save(clue, actor="doctor", day=TODAY).reported_in == days


def test_a_report_before_the_finding_is_refused(county: Any) -> None:
    clue = Clue(organisation_id=CLINIC, found_on=date(2026, 3, 2), kind=e.PRACTICE, content="游医", reported_on=date(2026, 3, 1))
    with pytest.raises(RecordRefused) as caught:
        recording.save(clue, actor="doctor", day=TODAY)
    assert str(caught.value) == "记录未保存：报告时间2026-03-01早于发现时间2026-03-02。请核对。"


def test_the_synthetic_county_stores_what_is_derived() -> None:
    end = date(2026, 11, 20)
    rows = [row for model, row in simulate.report(lay_out(2_000, 3), date(2025, 11, 20), end, Random(1)) if model.endswith("Patrol")]
    assert rows
    assert all(row["patrolled_on"] <= end for row in rows)
    keys = [(row["organisation_id"], row["patrolled_on"], row["domain"], row["place"]) for row in rows]
    assert len(keys) == len(set(keys))
    fields = {name: [row[name] for row in rows] for name in ("next_due_on", "answered_on")}
    for unit in {row["organisation_id"] for row in rows}:
        history = [Patrol(**row) for row in rows if row["organisation_id"] == unit]
        history.sort(key=lambda p: p.patrolled_on)
        Patrol.derive(history)
        for record in history:
            place = next(n for n, row in enumerate(rows) if row["id"] == record.id)
            assert (record.next_due_on, record.answered_on) == (fields["next_due_on"][place], fields["answered_on"][place])
