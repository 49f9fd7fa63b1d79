"""The assessment table: scores by hand, the shipped table, the county's own, and one filled from records."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from settlement.conftest import CLINIC, Place
from taizhang.config import home
from taizhang.figures.compute import Board
from taizhang.figures.targets import set_target
from taizhang.kernel.indicators import Better, Status
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.settlement.assessment import Item, Scoring, assess, definition_of, points_for, read_definition, score_of
from taizhang.settlement.errors import SettlementError
from taizhang.settlement.excel import assessment_book

NAME = Text("高血压患者健康管理", "Hypertension")


def item(scoring: Scoring, points: str = "6", target: str = "60", deduct: str = "0") -> Item:
    return Item(NAME, "hypertension.controlled", Decimal(points), Decimal(target), scoring, Decimal(deduct))


@pytest.mark.parametrize(
    ("value", "score"),
    [
        (Fraction(60), "6.00"),  # at the target
        (Fraction(6001, 100), "6.00"),
        (Fraction(5999, 100), "6.00"),  # 5.999 rounds up; no line is drawn there
        (Fraction(30), "3.00"),
        (Fraction(0), "0.00"),
        (Fraction(100, 3), "3.33"),
        (Fraction(100), "6.00"),  # never more than its points
    ],
)
def test_a_share_is_in_proportion(value: Fraction, score: str) -> None:
    assert points_for(item(Scoring.SHARE), value, Decimal(60), Better.HIGHER) == Decimal(score)


def test_a_half_hundredth_goes_up() -> None:
    assert points_for(item(Scoring.SHARE, points="1"), Fraction(1, 8) * 60 / 100 * 1, Decimal(60), Better.HIGHER) == Decimal("0.00")
    assert points_for(item(Scoring.SHARE, points="0.01"), Fraction(30), Decimal(60), Better.HIGHER) == Decimal("0.01")


@pytest.mark.parametrize(("value", "score"), [(Fraction(60), "6.00"), (Fraction(5999, 100), "0.00")])
def test_a_threshold_is_all_or_nothing(value: Fraction, score: str) -> None:
    assert points_for(item(Scoring.THRESHOLD), value, Decimal(60), Better.HIGHER) == Decimal(score)


@pytest.mark.parametrize(
    ("value", "score"),
    [
        (Fraction(60), "6.00"),
        (Fraction(5901, 100), "6.00"),  # 0.99 short: not a whole unit
        (Fraction(59), "5.50"),
        (Fraction(5801, 100), "5.50"),
        (Fraction(58), "5.00"),
        (Fraction(48), "0.00"),
        (Fraction(10), "0.00"),  # never below nought
    ],
)
def test_steps_count_whole_units(value: Fraction, score: str) -> None:
    assert points_for(item(Scoring.STEP, deduct="0.5"), value, Decimal(60), Better.HIGHER) == Decimal(score)


def test_where_lower_is_better_above_the_target_loses() -> None:
    assert points_for(item(Scoring.SHARE, target="10"), Fraction(10), Decimal(10), Better.LOWER) == Decimal("6.00")
    assert points_for(item(Scoring.SHARE, target="10"), Fraction(20), Decimal(10), Better.LOWER) == Decimal("3.00")
    assert points_for(item(Scoring.STEP, target="10", deduct="2"), Fraction(12), Decimal(10), Better.LOWER) == Decimal("2.00")


# -- definitions -----------------------------------------------------------------------------------------------------------------


def test_the_shipped_table_has_a_hundred_points_over_indicators_that_exist() -> None:
    shipped = definition_of()
    assert sum(each.points for each in shipped.items) == 100
    assert not shipped.own
    packages = {each.package.zh for each in shipped.items}
    assert len(packages) == 14  # the twelve packages, the two chronic diseases apart; and COPD


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(
        """
own:
  name: {zh: 表, en: Table}
  source: {document: 文件}
  from: 2026
  items:
    - {package: {zh: 甲, en: A}, indicator: no.such, points: 5, target: 90, scoring: share}
    - {package: {zh: 甲, en: A}, indicator: hypertension.controlled, points: 0, target: 90, scoring: guess}
""",
        encoding="utf-8",
    )
    with pytest.raises(SettlementError) as told:
        read_definition(file)
    for words in ("no.such", "guess", "第2项：points 应大于0", "own.yaml"):
        assert words in str(told.value)


def test_a_table_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(SettlementError, match="basic_public_health"):
        definition_of("no_such_table")


# -- filled ----------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def own_table() -> Any:
    """The county's own table of two lines."""
    folder = home.current().path / "assessment"
    folder.mkdir(exist_ok=True)
    file = folder / "basic_public_health.yaml"
    file.write_text(
        """
basic_public_health:
  name: {zh: 样例县考核表, en: Table of the county}
  source: {document: 样例县考核方案, verified: true}
  from: 2026
  items:
    - {package: {zh: 高血压, en: Hypertension}, indicator: hypertension.controlled, points: 7, target: 60, scoring: share}
    - {package: {zh: 高血压, en: Hypertension}, indicator: hypertension.standard, part_year: hypertension.standard_by_pace, points: 3,
       target: 60, scoring: share}
    - {package: {zh: 糖尿病, en: Diabetes}, indicator: diabetes.controlled, points: 5, target: 40, scoring: share}
""",
        encoding="utf-8",
    )
    yield
    file.unlink()


def test_a_table_filled_from_records(place: Place, own_table: None) -> None:
    people = [place.patient(f"样{n}") for n in "甲乙丙"]
    place.visit(people[0], date(2026, 3, 3))
    for person in people[1:]:
        place.visit(person, date(2026, 3, 3), systolic=172)
    place.sync()
    filled = assess("990101", 2026)
    controlled, standard, diabetes = filled.lines
    assert (controlled.figure.numerator, controlled.figure.denominator) == (1, 3)
    # One of three is 33.33…%; of a target of 60%, by hand: 7 × (1/3) / (60/100) = 3.888… → 3.89 (from the printed 33.33% it is 3.89 too).
    assert controlled.score == Decimal("3.89")
    assert standard.figure.indicator.code == "hypertension.standard_by_pace"  # 30 June: the annual rate is not due
    assert "年中" in str(standard.remark)
    assert diabetes.score == 0
    assert "未报" in str(diabetes.remark)  # no record of it is kept in the county
    assert (filled.definition.own, filled.points) == (True, 15)
    clinic = assess(CLINIC, 2026)
    assert (clinic.lines[0].figure.numerator, clinic.organisation_name.zh) == (1, "河湾村卫生室")
    nobody = assess("990101102", 2026)
    assert nobody.lines[0].score is None  # nobody eligible: left out, and not counted among the points
    assert nobody.assessable < nobody.points


def test_the_county_s_yearly_target_stands_for_the_table_s(place: Place, own_table: None) -> None:
    place.visit(place.patient("样甲"), date(2026, 3, 3))
    place.visit(place.patient("样乙"), date(2026, 3, 3), systolic=172)
    place.sync()
    assert assess("990101", 2026).lines[0].score == Decimal("5.83")  # 50 of 60: 7 × 5/6
    set_target("hypertension.controlled", "990101", 2026, Decimal(50), "样例县任务书", actor="tests")
    filled = assess("990101", 2026)
    assert (filled.lines[0].target, filled.lines[0].score) == (50, Decimal("7.00"))
    assert filled.lines[0].target_source == "样例县任务书"


def test_the_workbook_says_what_the_table_says(place: Place, own_table: None) -> None:
    place.visit(place.patient("样甲"), date(2026, 3, 3))
    place.sync()
    filled = assess("990101", 2026)
    rows = CalamineWorkbook.from_filelike(BytesIO(assessment_book(filled))).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "2026年度样例县考核表"
    assert "截至：2026-06-30" in rows[1][0]
    assert rows[2] == ["项目", "指标", "分值", "目标值", "计分办法", "分子", "分母", "完成值", "得分", "备注"]
    assert rows[3][:9] == ["高血压", "管理人群血压控制率", 7.0, "≥60%", "按比例得分，达到标准得满分", 1.0, 1.0, "100.00%", 7.0]
    totals = {row[3]: row[8] for row in rows[6:9]}
    assert (totals["得分合计"], totals["参评分值"]) == (float(filled.score), float(filled.assessable))


def test_before_its_first_year_there_is_no_table(place: Place, own_table: None) -> None:
    with pytest.raises(SettlementError, match="2026年起"):
        assess("990101", 2025)


def test_what_has_no_value_is_left_out_and_silence_earns_nothing(place: Place) -> None:
    place.visit(place.patient("样甲"), date(2026, 3, 3))
    place.sync()
    made = Board(Period.of_year(2026)).figure(registry.indicators["hypertension.controlled"][-1], "990101")
    for status in (Status.NOBODY_ELIGIBLE, Status.NOT_YET_DUE, Status.NO_RULE, Status.NOT_REPORTED):
        figure = replace(made, status=status, value=None, numerator=None)
        found, remark = score_of(item(Scoring.SHARE), figure, Decimal(60))
        assert found == (Decimal("0.00") if status is Status.NOT_REPORTED else None), status
        assert remark is not None


def test_every_line_of_the_shipped_table_counts_records() -> None:
    """Each of the services keeps records: none of its figures is taken from what units report."""
    for line in definition_of().items:
        for code in filter(None, (line.indicator, line.part_year)):
            assert registry.indicators[code][-1].population is not None, code
