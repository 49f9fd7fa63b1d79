"""Health education: a year of one clinic, what counts towards its minimum, and that the synthetic county stores what the rules derive."""

from datetime import date
from random import Random
from typing import Any

import pytest

from taizhang.county import recording
from taizhang.county.recording import RecordRefused
from taizhang.programmes.health_education import elements as e
from taizhang.programmes.health_education import rules, simulate
from taizhang.programmes.health_education.models import Activity, Plan
from taizhang.simulation.places import lay_out

TODAY = date(2026, 12, 31)
CLINIC = "990101101201"


def activity(kind: str, on: date, theme: str = "高血压防治", **facts: Any) -> Activity:
    needed = {"attended": 30, "materials": 30, "minutes": 60, "board_number": 1}
    return Activity(organisation_id=CLINIC, kind=kind, held_on=on, theme=theme, place="村卫生室", **{**needed, **facts})


def plan(kind: str, year: int = 2026) -> Plan:
    made = recording.save(
        Plan(organisation_id=CLINIC, made_on=date(year, 1, 8), year=year, tier=e.VILLAGE, kind=kind, planned=6), actor="doctor", day=TODAY
    )
    assert isinstance(made, Plan)
    return made


def test_a_year_of_lectures_fills_the_plan_day_by_day(county: Any) -> None:
    lectures = plan(e.LECTURE)
    boards = plan(e.BOARD)
    days = [date(2026, month, 12) for month in (2, 4, 6, 8, 10, 12)]
    for done, day in enumerate(days, 1):
        recording.save(activity(e.LECTURE, day), actor="doctor", day=TODAY)
        lectures.refresh_from_db()
        assert (lectures.counted_times, getattr(lectures, f"done_{done}_on")) == (done, day)
        assert lectures.done_12_on is None
    boards.refresh_from_db()
    assert boards.counted_times == 0


def test_a_lecture_that_is_deleted_leaves_the_plan(county: Any) -> None:
    lectures = plan(e.LECTURE)
    first = recording.save(activity(e.LECTURE, date(2026, 2, 12)), actor="doctor", day=TODAY)
    recording.save(activity(e.LECTURE, date(2026, 4, 12)), actor="doctor", day=TODAY)
    recording.remove(first, actor="doctor", day=TODAY)
    lectures.refresh_from_db()
    assert (lectures.counted_times, lectures.done_1_on, lectures.done_2_on) == (1, date(2026, 4, 12), None)


def test_material_counts_by_title_and_again_next_year(county: Any) -> None:
    this, next_ = plan(e.PRINTED, 2025), plan(e.PRINTED, 2026)
    for day, theme in ((date(2025, 3, 1), "甲"), (date(2025, 12, 31), "甲"), (date(2026, 1, 1), "甲"), (date(2026, 2, 1), "乙")):
        recording.save(activity(e.PRINTED, day, theme), actor="doctor", day=TODAY)
    this.refresh_from_db()
    next_.refresh_from_db()
    assert (this.counted_times, this.done_1_on) == (1, date(2025, 3, 1))
    assert (next_.counted_times, next_.done_1_on, next_.done_2_on) == (2, date(2026, 1, 1), date(2026, 2, 1))
    assert list(Activity.objects.order_by("held_on").values_list("first_of_title", flat=True)) == [True, False, True, True]


def test_a_lecture_without_listeners_is_refused(county: Any) -> None:
    with pytest.raises(RecordRefused) as caught:
        recording.save(activity(e.LECTURE, date(2026, 2, 12), attended=0), actor="doctor", day=TODAY)
    assert str(caught.value) == "记录未保存：讲座、咨询和个体化健康教育须填接受健康教育人数。请按签到表补填。"


def test_the_synthetic_county_stores_what_is_derived() -> None:
    end = date(2026, 11, 20)
    rows = list(simulate.report(lay_out(2_000, 3), date(2025, 11, 20), end, Random(1)))
    activities = [row for model, row in rows if model == "health_education.Activity"]
    assert activities
    assert all(row["held_on"] <= end for row in activities)
    keys = [(row["organisation_id"], row["held_on"], row["kind"], row["theme"], row["place"]) for row in activities]
    assert len(keys) == len(set(keys))
    plans = [row for model, row in rows if model == "health_education.Plan"]
    for row in plans:
        own = [a for a in activities if a["organisation_id"] == row["organisation_id"]]
        days = rules.counted_days(row["kind"], row["year"], [rules.Held(a["kind"], a["held_on"], a["theme"]) for a in own])
        assert row["counted_times"] == len(days)
        assert row["done_1_on"] == (days[0] if days else None)
