"""Filling a return, and its steps, as a page does it: drafts, stale pages, locks, who came late."""

from datetime import date

import pytest

from taizhang.county.models import Change, PeriodLock
from taizhang.kernel.periods import Period
from taizhang.returns.checks import CellEntry
from taizhang.returns.entry import enter
from taizhang.returns.filling import StaleReturn, keep, stamp_of
from taizhang.returns.models import Action, Return, ReturnCell, ReturnStep, State
from taizhang.returns.states import ReturnRefused, accept, entries_of, move, send_back, submit

from .forms import AREA, BUREAU, make_bureau

MAY = Period.parse("2026-05")
TODAY = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _bureau(db: None) -> None:
    make_bureau()


def kept(*cells: CellEntry, seen: str | None = None) -> Return | None:
    report = Return.objects.first()
    now = stamp_of(report.state, entries_of(report)) if report else stamp_of("", ())
    return keep(AREA, BUREAU, MAY, cells, "clerk", seen=now if seen is None else seen, day=TODAY)


def stored() -> dict[tuple[str, str], int]:
    return {(c.element, c.category): c.value for c in ReturnCell.objects.all()}


def test_a_draft_is_kept_though_a_check_fails_and_is_not_handed_in() -> None:
    report = kept(CellEntry("visits", 10), CellEntry("first_visits", 11))
    assert report is not None
    assert stored() == {("visits", ""): 10, ("first_visits", ""): 11}
    with pytest.raises(ReturnRefused, match="有1处不符，未上报"):
        submit(report, AREA, "clerk", day=TODAY)
    assert Return.objects.get().state == "draft"


def test_a_place_that_is_emptied_is_gone() -> None:
    kept(CellEntry("visits", 10), CellEntry("beds", 3))
    kept(CellEntry("visits", 12))
    assert stored() == {("visits", ""): 12}


def test_an_empty_table_makes_no_return() -> None:
    assert kept() is None
    assert not Return.objects.exists()


def test_the_same_table_again_writes_nothing() -> None:
    kept(CellEntry("visits", 10))
    before = Change.objects.count()
    kept(CellEntry("visits", 10), seen="a page opened before it was kept")
    assert Change.objects.count() == before


def test_a_page_opened_before_another_changed_it_writes_nothing_and_is_told_what_is_stored() -> None:
    opened = stamp_of("", ())
    kept(CellEntry("visits", 10))
    with pytest.raises(StaleReturn, match="已被他人修改，本次没有写入") as told:
        kept(CellEntry("visits", 99), seen=opened)
    assert stored() == {("visits", ""): 10}
    assert told.value.stored["visits", ""].value == 10
    kept(CellEntry("visits", 99), seen=told.value.stamp)  # seen, and meant
    assert stored() == {("visits", ""): 99}


def test_what_was_handed_in_is_changed_only_after_it_was_sent_back() -> None:
    report = kept(CellEntry("visits", 10))
    assert report is not None
    submit(report, AREA, "clerk", day=TODAY)
    with pytest.raises(ReturnRefused, match="正在等待审核，不能修改"):
        kept(CellEntry("visits", 11))
    accept(report, "reviewer", day=TODAY)
    with pytest.raises(ReturnRefused, match="已审核并锁定，不能修改"):
        kept(CellEntry("visits", 11))
    send_back(report, "reviewer", "门诊人次漏了村卫生室", day=TODAY)
    kept(CellEntry("visits", 11))
    assert stored() == {("visits", ""): 11}


def test_every_step_is_noted_with_who_when_and_why() -> None:
    report = kept(CellEntry("visits", 10))
    assert report is not None
    submit(report, AREA, "clerk", day=date(2026, 6, 3))
    send_back(report, "reviewer", "请核对", day=date(2026, 6, 4))
    submit(report, AREA, "clerk", day=date(2026, 6, 5))
    accept(report, "reviewer", day=date(2026, 6, 6))
    send_back(report, "reviewer", "补报了一家诊所", day=date(2026, 6, 20))
    assert list(ReturnStep.objects.order_by("id").values_list("action", "taken_on", "actor", "reason")) == [
        (Action.SUBMITTED, date(2026, 6, 3), "clerk", ""),
        (Action.RETURNED, date(2026, 6, 4), "reviewer", "请核对"),
        (Action.SUBMITTED, date(2026, 6, 5), "clerk", ""),
        (Action.ACCEPTED, date(2026, 6, 6), "reviewer", ""),
        (Action.REOPENED, date(2026, 6, 20), "reviewer", "补报了一家诊所"),
    ]


def test_of_two_who_act_on_one_return_the_second_is_told_how_it_stands() -> None:
    report = kept(CellEntry("visits", 10))
    assert report is not None
    submit(report, AREA, "clerk", day=TODAY)
    other = Return.objects.get()
    accept(report, "reviewer", day=TODAY)
    with pytest.raises(ReturnRefused, match="报表现为“已审核”，不能改为“已审核”"):
        move(other, State.ACCEPTED, "second", day=TODAY)
    assert ReturnStep.objects.filter(action=Action.ACCEPTED).count() == 1


def test_in_locked_days_nothing_is_entered_handed_in_or_sent_back() -> None:
    report = kept(CellEntry("visits", 10))
    assert report is not None
    PeriodLock.objects.create(organisation_id=BUREAU, start=date(2026, 5, 1), end=date(2026, 5, 31), reason="半年总结已定稿")
    told = "2026-05-01至2026-05-31已锁定：半年总结已定稿。锁定期内的报表不能填报、上报或退回，需要更正请先由系统管理员解锁。"
    for act in (
        lambda: kept(CellEntry("visits", 11)),
        lambda: submit(report, AREA, "clerk", day=TODAY),
        lambda: enter(AREA, BUREAU, MAY, [CellEntry("visits", 12)], "clerk", correct=True, day=TODAY),
    ):
        with pytest.raises(ReturnRefused) as refusal:
            act()
        assert refusal.value.message.zh == told
    assert stored() == {("visits", ""): 10}
    enter(AREA, BUREAU, Period.parse("2026-06"), [CellEntry("visits", 5)], "clerk", day=TODAY)  # the days after are open


def test_a_period_that_is_still_running_is_reported_as_of_the_day() -> None:
    half = Period.parse("2026H1")
    cells = [CellEntry("visits", 10)]
    for day, as_of in ((date(2026, 6, 20), date(2026, 6, 20)), (date(2026, 7, 2), date(2026, 6, 30))):
        report = keep(AREA, BUREAU, half, cells, "clerk", seen=stamp_of("", ()), day=day)
        assert report is not None
        assert report.as_of == as_of
        assert set(ReturnCell.objects.values_list("as_of", flat=True)) == {as_of}
