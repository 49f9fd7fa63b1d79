"""Entering returns and moving them from state to state, against the real database."""

from datetime import date

import pytest

from taizhang.county.models import Change
from taizhang.kernel.periods import Period
from taizhang.returns.checks import CellEntry
from taizhang.returns.entry import EntryResult, enter
from taizhang.returns.models import Return, ReturnCell, State
from taizhang.returns.states import ReturnRefused, accept, send_back, submit

from .forms import AREA, BUREAU, make_bureau

HALF = Period.parse("2026H1")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bureau(db: None) -> None:
    make_bureau()


def put(*cells: CellEntry, period: Period = HALF, **more: object) -> EntryResult:
    return enter(AREA, BUREAU, period, cells, "tester", **more)  # type: ignore[arg-type]


def stored() -> dict[tuple[str, str], int]:
    return {(c.element, c.category): c.value for c in ReturnCell.objects.all()}


def test_a_new_return_is_submitted_with_its_cells() -> None:
    result = put(CellEntry("visits", 120), CellEntry("income", 305510, "inner", 10, "约", "估计"))
    assert (result.added, result.changed, result.unchanged, result.refused) == (2, 0, 0, ())
    report = Return.objects.get()
    assert (report.state, report.as_of, report.submitted_by) == (State.SUBMITTED, date(2026, 6, 30), "tester")
    cell = ReturnCell.objects.get(element="income")
    assert (cell.form, cell.organisation_id, cell.period_start, cell.period_end, cell.as_of, cell.state) == (
        "test_area", BUREAU, date(2026, 1, 1), date(2026, 6, 30), date(2026, 6, 30), "submitted",
    )
    assert (cell.value, cell.precision, cell.qualifier, cell.note, cell.category) == (305510, 10, "约", "估计", "inner")


def test_the_same_values_again_change_nothing() -> None:
    put(CellEntry("visits", 120))
    before = Change.objects.count()
    result = put(CellEntry("visits", 120))
    assert (result.added, result.changed, result.unchanged) == (0, 0, 1)
    assert Change.objects.count() == before


def test_another_value_is_refused_unless_it_corrects() -> None:
    put(CellEntry("visits", 120))
    refused = put(CellEntry("visits", 121), CellEntry("beds", 5))
    assert (refused.added, refused.changed) == (1, 0)
    assert refused.refused[0].message.zh == (
        "《试用报表》：门诊人次121人次与已上报的120人次不同。确为更正的，请选择“更正”（--correct）后重新导入。"
    )
    assert stored() == {("visits", ""): 120, ("beds", ""): 5}
    corrected = put(CellEntry("visits", 121), correct=True)
    assert (corrected.changed, stored()["visits", ""]) == (1, 121)


def test_a_place_given_twice_with_different_values_is_refused_the_second_time() -> None:
    result = put(CellEntry("visits", 1), CellEntry("visits", 2), CellEntry("visits", 1))
    assert (result.added, result.unchanged, len(result.refused)) == (1, 1, 1)
    assert "请只保留一处" in result.refused[0].message.zh
    assert stored() == {("visits", ""): 1}


def test_a_part_above_its_whole_is_set_aside_and_the_rest_goes_in() -> None:
    result = put(CellEntry("visits", 10), CellEntry("first_visits", 11), CellEntry("beds", 3))
    assert (result.added, [f.element for f in result.refused]) == (2, ["first_visits"])
    assert stored() == {("visits", ""): 10, ("beds", ""): 3}


def test_a_whole_below_a_part_already_there_is_set_aside() -> None:
    put(CellEntry("first_visits", 11))
    result = put(CellEntry("visits", 10))
    assert (result.added, len(result.refused)) == (0, 1)


def test_a_trial_run_writes_nothing() -> None:
    result = put(CellEntry("visits", 10), dry_run=True)
    assert (result.added, Return.objects.count(), ReturnCell.objects.count()) == (1, 0, 0)


def test_an_unknown_organisation_is_refused() -> None:
    with pytest.raises(ReturnRefused, match="没有代码为“999999”的机构，请核对机构代码或先登记该机构。"):
        enter(AREA, "999999", HALF, [CellEntry("visits", 1)], "tester")


def test_a_period_that_partly_overlaps_is_refused_whole() -> None:
    put(CellEntry("visits", 1), period=Period.parse("2026Q1"))
    with pytest.raises(ReturnRefused, match="部分重叠"):
        put(CellEntry("visits", 1), period=Period.parse("2026-03..2026-04"))
    assert Return.objects.count() == 1


def test_another_as_of_day_needs_a_correction_and_reaches_every_cell() -> None:
    put(CellEntry("visits", 1), CellEntry("beds", 1), as_of=date(2026, 5, 31))
    with pytest.raises(ReturnRefused, match="已按截至2026-05-31上报"):
        put(CellEntry("visits", 2))
    put(CellEntry("visits", 2), correct=True)
    assert set(ReturnCell.objects.values_list("as_of", flat=True)) == {date(2026, 6, 30)}


# -- states ------------------------------------------------------------------------------------------------------------------------


def test_a_draft_is_checked_submitted_returned_and_accepted() -> None:
    report = put(CellEntry("visits", 10), state=State.DRAFT).report
    assert report is not None
    assert report.state == State.DRAFT
    submit(report, AREA, "clerk")
    send_back(report, "reviewer", "请核对门诊人次")
    assert (report.note, set(ReturnCell.objects.values_list("state", flat=True))) == ("请核对门诊人次", {"returned"})
    submit(report, AREA, "clerk")
    accept(report, "reviewer")
    assert set(ReturnCell.objects.values_list("state", flat=True)) == {"accepted"}
    actors = list(Change.objects.filter(table="returns_return", operation="U").order_by("id").values_list("actor", flat=True))
    assert actors == ["clerk", "reviewer", "clerk", "reviewer"]


def test_an_accepted_return_cannot_be_changed_even_as_a_correction() -> None:
    report = put(CellEntry("visits", 10)).report
    assert report is not None
    accept(report, "reviewer")
    with pytest.raises(ReturnRefused, match="已审核，不能修改；请先由审核单位退回，再更正。"):
        put(CellEntry("visits", 11), correct=True)
    assert put(CellEntry("visits", 10)).unchanged == 1


def test_entering_a_returned_report_again_submits_it() -> None:
    report = put(CellEntry("visits", 10)).report
    assert report is not None
    send_back(report, "reviewer", "请补报床位")
    put(CellEntry("visits", 10), CellEntry("beds", 3))
    assert set(ReturnCell.objects.values_list("state", flat=True)) == {"submitted"}


def test_an_empty_return_cannot_be_submitted() -> None:
    report = Return.objects.create(
        form=AREA.code, organisation_id=BUREAU, period_start=HALF.start, period_end=HALF.end, as_of=HALF.end
    )
    with pytest.raises(ReturnRefused, match="《试用报表》还没有填任何数，请填报后再上报；确无发生的请填0。"):
        submit(report, AREA, "clerk")


def test_a_step_that_does_not_follow_is_refused() -> None:
    report = put(CellEntry("visits", 10), state=State.DRAFT).report
    assert report is not None
    with pytest.raises(ReturnRefused, match="报表现为“草稿”，不能改为“已审核”；可改为：已上报。"):
        accept(report, "reviewer")


def test_sending_back_needs_a_reason() -> None:
    report = put(CellEntry("visits", 10)).report
    assert report is not None
    with pytest.raises(ReturnRefused, match="退回报表须写明原因。"):
        send_back(report, "reviewer", " ")


def test_what_was_entered_is_what_the_contract_of_the_ledger_reads() -> None:
    from taizhang.returns.records import RETURN_CELL

    put(CellEntry("visits", 10))
    row = ReturnCell.objects.values(*(column.source for column in RETURN_CELL.all_columns)).get()
    assert row["value"] == 10
