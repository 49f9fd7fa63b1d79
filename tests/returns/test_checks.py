"""Cross-checks of a return and the reading of one line of a file: each refusal with its words."""

from datetime import date

import pytest

from taizhang.kernel.periods import Period
from taizhang.returns.checks import CellEntry, CellFault, check_days, cross_check
from taizhang.returns.entry import parse_cell

from .forms import AREA, PROJECTS


def test_a_part_above_its_whole_is_refused_in_its_row() -> None:
    cells = [CellEntry("visits", 10, "inner"), CellEntry("first_visits", 11, "inner"), CellEntry("first_visits", 99, "outer")]
    (fault,) = cross_check(AREA, cells)
    assert (fault.element, fault.category, fault.column, fault.value) == ("first_visits", "inner", "value", "11")
    assert fault.message.zh == "《试用报表》“内科”行：初诊人次11人次大于门诊人次10人次。部分不能大于整体，请核对这两格。"
    assert fault.message.en.startswith("Test form, row Medicine: First visits 11人次 is more than Visits 10人次.")


def test_a_part_equal_to_its_whole_passes() -> None:
    assert cross_check(AREA, [CellEntry("visits", 10), CellEntry("first_visits", 10)]) == []


def test_rounding_may_explain_a_part_above_its_whole() -> None:
    assert cross_check(AREA, [CellEntry("visits", 10_000, precision=1000), CellEntry("first_visits", 10_400)]) == []
    assert len(cross_check(AREA, [CellEntry("visits", 10_000, precision=1000), CellEntry("first_visits", 10_501)])) == 1


def test_a_total_row_that_is_not_the_sum_is_refused() -> None:
    cells = [CellEntry("income", 150, "inner"), CellEntry("income", 250, "outer"), CellEntry("income", 401, "total")]
    (fault,) = cross_check(AREA, cells)
    assert fault.message.zh == "《试用报表》“合计”行：业务收入合计4.01万元不等于各行之和4.00万元。请改正合计或漏填、错填的行。"


def test_a_total_row_is_compared_once_all_rows_are_there() -> None:
    assert cross_check(AREA, [CellEntry("income", 150, "inner"), CellEntry("income", 401, "total")]) == []


@pytest.mark.parametrize(
    ("period", "other", "refused"),
    [("2026Q1", "2026H1", False), ("2026", "2026-01..2026-10", False), ("2026Q1", "2026Q2", False), ("2026Q1", "2026-03..2026-04", True)],
)
def test_periods_may_lie_inside_each_other_but_not_overlap(period: str, other: str, refused: bool) -> None:
    days, others = Period.parse(period), Period.parse(other)
    faults = check_days(AREA, days, days.end, [(others.start, others.end)])
    assert bool(faults) is refused
    if refused:
        assert faults[0].message.zh == (
            "《试用报表》2026年第一季度与已有的2026年3–4月报表部分重叠，重叠的日子会计两次，请改用不重叠的报告期。"
        )


def test_the_as_of_day_lies_in_the_period() -> None:
    (fault,) = check_days(AREA, Period.parse("2026Q1"), date(2026, 4, 1), [])
    assert fault.column == "as_of"
    assert fault.message.zh == "《试用报表》的截至日2026-04-01不在报告期2026-01-01至2026-03-31内，请改为报告期内的日期。"


# -- one line of a file -----------------------------------------------------------------------------------------------------------


def test_a_line_is_read_by_names_or_codes_in_the_elements_scale() -> None:
    by_name = parse_cell(AREA, element="业务收入", category="内科", value="3055.1", unit="万元", precision="0.1", note="约")
    assert by_name == CellEntry("income", 305510, "inner", 10, "约", "")
    assert parse_cell(AREA, element="income", category="inner", value="3055.10") == CellEntry("income", 305510, "inner")


def test_a_note_that_is_no_qualifier_stays_a_note() -> None:
    assert parse_cell(AREA, element="visits", value="3", note="由合计反推") == CellEntry("visits", 3, note="由合计反推")


def test_an_open_form_takes_the_rows_it_is_given() -> None:
    assert parse_cell(PROJECTS, element="beds", category="门诊楼", value="3") == CellEntry("beds", 3, "门诊楼")


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ({"element": "门诊量", "value": "1"}, "element", "《试用报表》没有“门诊量”这一指标项，可填：门诊人次、初诊人次"),
        ({"element": "visits", "category": "儿科", "value": "1"}, "category", "《试用报表》没有“儿科”这一行，可填：内科、外科、合计。"),
        ({"element": "income", "unit": "元", "value": "1"}, "unit", "《试用报表》业务收入的单位是“万元”，现为“元”，请换算后重填。"),
        ({"element": "visits", "value": "很多"}, "value", "《试用报表》门诊人次应填数字，现为“很多”，请改正。"),
        ({"element": "visits", "value": "=1+1"}, "value", "《试用报表》门诊人次应填数字，现为“=1+1”，请改正。"),
        ({"element": "visits", "value": "NaN"}, "value", "《试用报表》门诊人次的数值“NaN”过大或不是数，请核对。"),
        ({"element": "visits", "value": "1E99999"}, "value", "《试用报表》门诊人次的数值“1E99999”过大或不是数，请核对。"),
        ({"element": "visits", "value": "-3"}, "value", "《试用报表》门诊人次不能为负数，现为-3，请核对。"),
        ({"element": "visits", "value": "1.5"}, "value", "《试用报表》门诊人次应填整数，现为1.5，请核对后重填。"),
        ({"element": "visits", "value": "1", "precision": "千"}, "precision", "《试用报表》门诊人次的精度应填数字，现为“千”，请改正。"),
    ],
)
def test_a_line_that_cannot_be_read_says_where_and_what_to_do(line: dict[str, str], column: str, words: str) -> None:
    fault = parse_cell(AREA, **line)
    assert isinstance(fault, CellFault)
    assert fault.column == column
    assert fault.message.zh.startswith(words)
