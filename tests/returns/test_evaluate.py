"""What returns say about a period: exact, tiled, as of a day, rolled up; and what they do not say."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from taizhang.kernel.forms import Form
from taizhang.kernel.indicators import Cell, Reported, Status
from taizhang.kernel.periods import Period
from taizhang.returns.evaluate import CellIndex, ReportedValue, categories_of, reported_parts, reported_value, tile

from .forms import AREA, BUREAU, EAST, OWN, PROJECTS, VILLAGE, WEST, Tree, cell


def ask(
    rows: list[dict[str, Any]], period: str, element: str = "visits", *, form: Form = AREA, organisation: str = BUREAU, **more: Any
) -> ReportedValue:
    category = more.pop("category", "")
    return reported_value(rows, Cell(form.code, element, category), organisation, Period.parse(period), form, **more)


# -- a flow over one organisation ---------------------------------------------------------------------------------------------


def test_the_exact_cell_is_the_value() -> None:
    found = ask([cell(7, "2026H1", 120), cell(8, "2026Q1", 60)], "2026H1")
    assert (found.value, found.status, found.cells, found.reporters) == (120, Status.OK, (7,), (BUREAU,))


def test_disjoint_cells_that_tile_the_period_add_up() -> None:
    found = ask([cell(1, "2026Q1", 50), cell(2, "2026-04", 10), cell(3, "2026-05..2026-06", 25)], "2026H1")
    assert (found.value, found.status, found.cells) == (85, Status.OK, (1, 2, 3))


def test_a_gap_of_one_day_is_not_reported() -> None:
    found = ask([cell(1, "2026-01-01..2026-03-30", 50), cell(2, "2026Q2", 10)], "2026H1")
    assert (found.value, found.status, found.cells) == (None, Status.NOT_REPORTED, ())


def test_an_overlap_of_one_day_is_not_reported() -> None:
    found = ask([cell(1, "2026-01-01..2026-04-01", 50), cell(2, "2026Q2", 10)], "2026H1")
    assert found.status is Status.NOT_REPORTED


def test_a_longer_return_says_nothing_of_a_part_of_it() -> None:
    assert ask([cell(1, "2026", 100)], "2026H1").status is Status.NOT_REPORTED


def test_a_whole_that_differs_from_its_parts_is_a_finding() -> None:
    found = ask([cell(1, "2026H1", 100), cell(2, "2026Q1", 50), cell(3, "2026Q2", 49)], "2026H1")
    assert (found.value, found.status) == (100, Status.OK)
    assert [f.code for f in found.findings] == ["periods_differ"]
    assert found.findings[0].cells == (1, 2, 3)
    assert found.findings[0].text.zh == "《试用报表》门诊人次：2026年上半年报100人次，其间分期报表合计99人次，请核对后更正其中一处。"


def test_a_contradiction_within_a_part_is_found_too() -> None:
    months = [cell(10 + n, f"2026-{n:02}", 10) for n in (1, 2, 3)]
    found = ask([cell(1, "2026H1", 81), cell(2, "2026Q1", 31), cell(3, "2026Q2", 50), *months], "2026H1")
    assert [f.cells for f in found.findings] == [(2, 11, 12, 13)]


def test_equal_wholes_and_parts_are_no_finding() -> None:
    assert ask([cell(1, "2026H1", 99), cell(2, "2026Q1", 50), cell(3, "2026Q2", 49)], "2026H1").findings == ()


def test_drafts_and_returned_reports_do_not_count() -> None:
    rows = [cell(1, "2026Q1", 5, state="draft"), cell(2, "2026Q2", 6, state="returned"), cell(3, "2026Q3", 7, state="accepted")]
    assert [ask(rows, q).value for q in ("2026Q1", "2026Q2", "2026Q3")] == [None, None, 7]


def test_a_return_known_part_of_the_way_covers_only_that_part() -> None:
    rows = [cell(1, "2026H1", 40, as_of="2026-05-31")]
    assert ask(rows, "2026H1").status is Status.NOT_REPORTED
    assert ask(rows, "2026H1@2026-05-31").value == 40
    assert ask(rows, "2026-01..2026-05").value == 40


def test_a_zero_that_was_reported_is_a_zero_and_silence_is_none() -> None:
    assert ask([cell(1, "2026Q1", 0)], "2026Q1").is_confirmed_zero
    silent = ask([cell(1, "2026Q1", 0)], "2026Q2")
    assert (silent.value, silent.is_confirmed_zero, silent.missing) == (None, False, (BUREAU,))


def test_the_word_a_number_was_published_with_goes_with_it_alone() -> None:
    rows = [cell(1, "2026Q1", 800, qualifier="余"), cell(2, "2026Q2", 100)]
    assert ask(rows, "2026Q1").qualifier == "余"
    assert ask(rows, "2026H1").qualifier == ""


# -- the other kinds ------------------------------------------------------------------------------------------------------------


def test_a_stock_is_that_of_the_last_day() -> None:
    rows = [cell(1, "2026Q1", 30, "beds"), cell(2, "2026Q2", 33, "beds")]
    assert [ask(rows, p, "beds").value for p in ("2026Q1", "2026H1", "2026-06", "2026-01..2026-05")] == [30, 33, 33, None]


def test_a_stock_is_the_latest_known_by_the_cut_off() -> None:
    rows = [cell(1, "2026H1", 30, "beds", as_of="2026-05-31"), cell(2, "2026-06", 33, "beds")]
    assert ask(rows, "2026H1@2026-06-20", "beds").value == 30
    assert ask(rows, "2026H1", "beds").value == 33


def test_two_stocks_of_one_day_that_differ_are_a_finding() -> None:
    found = ask([cell(1, "2026H1", 30, "beds"), cell(2, "2026Q2", 31, "beds")], "2026H1", "beds")
    assert (found.value, [f.code for f in found.findings]) == (30, ["same_days"])


def test_a_rate_without_counts_is_of_its_exact_period_and_organisation() -> None:
    rows = [cell(1, "2026Q1", 9325, "satisfaction"), cell(2, "2026Q2", 9400, "satisfaction")]
    exact = ask(rows, "2026Q1", "satisfaction", tree=Tree())
    assert (exact.value, exact.places, exact.status) == (9325, 2, Status.RATE_ONLY)
    assert ask(rows, "2026H1", "satisfaction").status is Status.NOT_REPORTED
    below = [cell(1, "2026Q1", 9325, "satisfaction", organisation=EAST)]
    assert ask(below, "2026Q1", "satisfaction", tree=Tree()).value is None


def test_a_plan_is_the_years_whatever_the_period() -> None:
    rows = [cell(1, "2026", 500, "task"), cell(2, "2025", 400, "task"), cell(3, "2026Q1", 9, "task")]
    assert [ask(rows, p, "task").value for p in ("2026Q1", "2026-01..2026-10", "2025H2")] == [500, 500, 400]


# -- rows -----------------------------------------------------------------------------------------------------------------------


def test_the_total_is_the_total_row_else_the_sum_of_rows() -> None:
    rows = [cell(1, "2026Q1", 4, category="inner"), cell(2, "2026Q1", 6, category="outer")]
    assert ask(rows, "2026Q1", sum_rows=True).value == 10
    assert ask([*rows, cell(3, "2026Q1", 10, category="total")], "2026Q1", sum_rows=True).cells == (3,)


def test_a_total_row_that_is_not_the_sum_is_a_finding() -> None:
    rows = [cell(1, "2026Q1", 4, category="inner"), cell(2, "2026Q1", 6, category="outer"), cell(3, "2026Q1", 11, category="total")]
    found = ask(rows, "2026Q1", sum_rows=True)
    assert found.value == 11
    assert found.findings[0].text.zh == "《试用报表》门诊人次：合计11人次与各行之和10人次不等，请核对后更正其中一处。"


def test_a_total_that_lacks_a_row_is_partial_and_says_which() -> None:
    rows = [cell(1, "2026Q1", 4, category="inner"), cell(2, "2025Q1", 6, category="outer")]
    found = ask(rows, "2026Q1", sum_rows=True)
    assert (found.value, found.status) == (4, Status.PARTIAL)
    assert "外科" in found.findings[0].text.zh


def test_rows_named_by_the_reporter_are_its_categories() -> None:
    rows = [cell(n, "2026Q1", n, "income", form=PROJECTS.code, category=name) for n, name in ((1, "东院"), (2, "西院"))]
    reported = Reported(numerator=Cell(PROJECTS.code, "income"), by_category=True)
    index = CellIndex(rows)
    assert [code for code, _ in categories_of(index, reported, {PROJECTS.code: PROJECTS})] == ["东院", "西院"]
    forms = {PROJECTS.code: PROJECTS}
    parts = reported_parts(index, reported, BUREAU, Period.parse("2026Q1"), forms)
    assert parts.numerator is not None
    assert (parts.numerator.value, parts.numerator.places, parts.status) == (3, 2, Status.OK)
    one = reported_parts(index, reported, BUREAU, Period.parse("2026Q1"), forms, category="西院")
    assert one.numerator is not None
    assert one.numerator.value == 2


# -- over organisations -----------------------------------------------------------------------------------------------------------


def test_own_returns_add_up_over_all_below() -> None:
    rows = [cell(n, "2026Q1", n, form=OWN.code, organisation=o) for n, o in ((1, BUREAU), (2, EAST), (3, VILLAGE), (4, WEST))]
    assert ask(rows, "2026Q1", form=OWN, tree=Tree()).value == 10
    assert ask(rows, "2026Q1", form=OWN, organisation=EAST, tree=Tree()).value == 5


def test_whoever_reported_within_the_year_and_is_silent_is_named() -> None:
    rows = [cell(1, "2026Q1", 5, form=OWN.code, organisation=EAST), cell(2, "2025Q4", 5, form=OWN.code, organisation=WEST)]
    found = ask(rows, "2026Q1", form=OWN, tree=Tree())
    assert (found.value, found.status, found.missing, found.reporters) == (5, Status.PARTIAL, (WEST,), (EAST,))


def test_whoever_stopped_reporting_over_a_year_ago_is_expected_no_more() -> None:
    rows = [cell(1, "2026Q1", 5, form=OWN.code, organisation=EAST), cell(2, "2024Q1", 5, form=OWN.code, organisation=WEST)]
    assert ask(rows, "2026Q1", form=OWN, tree=Tree()).status is Status.OK


def test_the_expected_units_may_be_told() -> None:
    rows = [cell(1, "2026Q1", 0, form=OWN.code, organisation=EAST)]
    found = ask(rows, "2026Q1", form=OWN, tree=Tree(), expected=(EAST, WEST, VILLAGE))
    assert (found.value, set(found.missing), found.is_confirmed_zero) == (0, {WEST, VILLAGE}, False)


def test_an_area_return_is_the_figure_of_its_level_and_a_difference_below_is_listed() -> None:
    rows = [cell(1, "2026Q1", 100), cell(2, "2026Q1", 60, organisation=EAST), cell(3, "2026Q1", 30, organisation=WEST)]
    found = ask(rows, "2026Q1", tree=Tree())
    assert (found.value, found.cells, [f.code for f in found.findings]) == (100, (1,), ["area_differs"])
    assert found.findings[0].text.zh == "《试用报表》门诊人次：本级报100人次，下级合计90人次，相差10人次，请核对。"
    assert ask(rows, "2026Q1", organisation=EAST, tree=Tree()).value == 60


def test_where_the_level_filed_no_area_return_the_areas_below_add_up_without_doubling() -> None:
    rows = [cell(1, "2026Q1", 60, organisation=EAST), cell(2, "2026Q1", 55, organisation=VILLAGE), cell(3, "2026Q1", 30, organisation=WEST)]
    found = ask(rows, "2026Q1", tree=Tree())
    assert (found.value, found.status, found.reporters) == (90, Status.OK, (EAST, WEST))


def test_an_area_of_which_one_township_is_silent_is_partial() -> None:
    rows = [cell(1, "2026Q1", 60, organisation=EAST), cell(2, "2025Q4", 30, organisation=WEST)]
    found = ask(rows, "2026Q1", tree=Tree())
    assert (found.value, found.status, found.missing) == (60, Status.PARTIAL, (WEST,))


# -- tiling, as a property --------------------------------------------------------------------------------------------------------

FIRST = date(2026, 1, 1)


def _all_tilings(spans: list[tuple[int, int]], start: int, end: int) -> list[list[tuple[int, int]]]:
    """Every way to cover start..end, found the plain way."""
    if start > end:
        return [[]]
    return [[span, *rest] for span in spans if span[0] == start and span[1] <= end for rest in _all_tilings(spans, span[1] + 1, end)]


_SPAN = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: (min(pair), max(pair)))


@given(st.sets(_SPAN, max_size=12), st.integers(0, 3), st.integers(5, 9))
def test_tiling_is_exact_and_has_the_fewest_pieces(spans: set[tuple[int, int]], start: int, end: int) -> None:
    days = [FIRST + timedelta(days=n) for n in range(10)]
    found = tile([(days[a], days[b]) for a, b in spans], days[start], days[end])
    possible = _all_tilings(sorted(spans), start, end)
    if found is None:
        assert possible == []
        return
    assert found[0][0] == days[start]
    assert found[-1][1] == days[end]
    assert all(after[0] - before[1] == timedelta(days=1) for before, after in pairwise(found))
    assert len(found) == min(len(tiling) for tiling in possible)


@given(st.sets(_SPAN, max_size=8), st.randoms(use_true_random=False))
def test_the_value_does_not_depend_on_the_order_of_cells(spans: set[tuple[int, int]], random: Any) -> None:
    rows = [
        cell(n, f"{FIRST + timedelta(days=a)}..{FIRST + timedelta(days=b)}", 2**n) for n, (a, b) in enumerate(sorted(spans))
    ]
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert ask(rows, "2026-01-01..2026-01-10") == ask(shuffled, "2026-01-01..2026-01-10")
