"""The phrase kit: each kind with its condition, the pencil rule, and the English twin."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from taizhang.kernel.indicators import Status
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.summaries import phrases
from taizhang.summaries.phrases import Bilingual, Verdict

from .sample import figure, with_status


def said(both: Bilingual | None) -> str:
    assert both is not None
    return "".join(r.text for r in both[0])


def english(both: Bilingual | None) -> str:
    assert both is not None
    return "".join(r.text for r in both[1])


def test_points_are_the_difference_of_the_two_printed_rates() -> None:
    # Unrounded: 90.4566 - 89.3143 = 1.1423, which would print 1.14 beside 90.46 and 89.31.
    both = phrases.points(figure("records.coverage", 439800, 486200, last=(431120, 482700)))
    assert said(both) == "，比去年同期提高1.15个百分点"
    assert english(both) == ", 1.15 percentage points above the same period last year"


def test_points_fall_stay_and_vanish() -> None:
    assert said(phrases.points(figure("records.coverage", 800, 1000, last=(810, 1000)))) == "，比去年同期下降1.00个百分点"
    assert said(phrases.points(figure("records.coverage", 800, 1000, last=(1600, 2000)))) == "，与去年同期持平"
    assert phrases.points(figure("records.coverage", 800, 1000)) is None
    now = figure("records.coverage", 800, 1000, last=(810, 1000))
    assert now.last_year is not None
    assert phrases.points(replace(now, last_year=replace(now.last_year, status=Status.PARTIAL))) is None
    assert phrases.points(with_status(now, Status.PARTIAL)) is None


def test_growth_comes_from_exact_counts_and_a_small_base_stands_beside_it() -> None:
    assert said(phrases.growth(figure("records.opened", 8642, last=(8001, None)))) == "，比去年同期增长8.01%"
    assert said(phrases.growth(figure("records.opened", 450, last=(600, None)))) == "，比去年同期（600份）下降25.00%"
    assert said(phrases.growth(figure("records.opened", 1100, last=(999, None)))).startswith("，比去年同期（999份）增长")
    assert "（" not in said(phrases.growth(figure("records.opened", 1100, last=(1000, None))))


def test_over_a_base_of_nought_two_counts_stand_and_no_percent() -> None:
    assert said(phrases.growth(figure("malaria.cases", 3, last=(0, None)))) == "，去年同期为0例"
    assert "%" not in said(phrases.growth(figure("malaria.cases", 3, last=(2, None))))
    assert english(phrases.growth(figure("malaria.cases", 3, last=(0, None)))) == ", against 0 a year before"


def test_relative_growth_of_a_rate_is_never_printed() -> None:
    assert phrases.growth(figure("records.coverage", 800, 1000, last=(700, 1000))) is None


def test_more_cases_of_a_disease_rise_they_do_not_grow() -> None:
    assert "上升" in said(phrases.growth(figure("malaria.cases", 12, last=(10, None))))


def test_month_compares_with_the_month_before_and_only_in_a_short_period() -> None:
    june = Period.parse("2026-06")
    assert said(phrases.month(figure("malaria.cases", 12, before=15, period=june))) == "，比上月少3例"
    assert phrases.month(figure("malaria.cases", 12, before=15)) is None


@pytest.mark.parametrize(
    ("done", "printed"),
    [
        (26274, "，完成全年任务的54.86%（快于时间进度4.86个百分点）"),
        (22000, "，完成全年任务的45.93%（慢于时间进度4.07个百分点）"),
        (24700, "，完成全年任务的51.57%"),  # less than two points from the time gone: no bracket
    ],
)
def test_completion_names_the_pace_only_when_it_is_worth_saying(done: int, printed: str) -> None:
    assert said(phrases.completion(figure("elders.examined", done, target="47894"))) == printed


def test_completion_of_a_rate_is_its_distance_from_the_target() -> None:
    assert said(phrases.completion(figure("pressure.by_pace", 778, 1000, target="80"))) == "，距80%的年度目标差2.20个百分点"
    assert said(phrases.completion(figure("pressure.by_pace", 800, 1000, target="80"))) == "，达到年度目标（80%）"
    assert phrases.completion(figure("pressure.by_pace", 778, 1000)) is None


def test_at_the_years_end_no_pace_is_named() -> None:
    assert (
        said(phrases.completion(figure("elders.examined", 50000, target="47894", period=Period.parse("2026")))) == "，完成全年任务的104.40%"
    )


def test_all_of_it_prints_100_percent_without_decimals() -> None:
    assert phrases.value(figure("complaints.closing", 5, 5))[0].text == "100%"
    assert phrases.value(figure("complaints.closing", 19999, 20000))[0].text == "100.00%"  # rounded up, and not all of it


def test_counts_in_wan_and_money() -> None:
    assert [r.text for r in phrases.in_wan(figure("records.total", 439800))] == ["43.98万", "439,800"]
    assert [r.text for r in phrases.in_wan(figure("records.total", 9999))] == ["9999", "9,999"]
    assert [r.text for r in phrases.in_wanyuan(figure("medicines.bought", 305510))] == ["3055.1万元", "30,551,000 yuan"]
    assert phrases.in_wanyuan(figure("medicines.bought", 2760000))[0].text == "2.76亿元"
    assert phrases.plain(Decimal("80.00")) == "80"


def test_zero_needs_every_unit() -> None:
    zero, nonzero = phrases.CONDITIONS["zero"][1], phrases.CONDITIONS["nonzero"][1]
    assert zero([figure("malaria.cases", 0)]) is Verdict.SAY
    assert zero([figure("malaria.cases", 0, status=Status.PARTIAL, missing=("乙",))]) is Verdict.MISSING
    assert zero([figure("malaria.cases", 1)]) is Verdict.SKIP
    assert nonzero([figure("malaria.cases", 0)]) is Verdict.SKIP
    assert nonzero([figure("malaria.cases", 1, status=Status.PARTIAL, missing=("乙",))]) is Verdict.SAY


def test_full_and_its_opposite_leave_no_third() -> None:
    full, notfull = phrases.CONDITIONS["full"][1], phrases.CONDITIONS["notfull"][1]
    for made in (
        figure("complaints.closing", 5, 5),
        figure("complaints.closing", 4, 5),
        figure("complaints.closing", 5, 5, status=Status.PARTIAL, missing=("乙",)),
    ):
        assert {full([made]), notfull([made])} == {Verdict.SAY, Verdict.SKIP}
    assert full([figure("complaints.closing", 5, 5)]) is Verdict.SAY


def test_parts_are_not_more_than_the_whole() -> None:
    parts = phrases.CONDITIONS["parts"][1]
    assert parts([figure("tuberculosis.found", 60), figure("tuberculosis.found", 41, category="new")]) is Verdict.SAY
    assert parts([figure("tuberculosis.found", 40), figure("tuberculosis.found", 41, category="new")]) is Verdict.MISSING


def test_every_phrase_has_the_same_figures_in_both_languages() -> None:
    from taizhang.summaries import drafted

    words = {"unit", "units", "verb", "name", "area", "period", "cutoff", "due", "before", "list", "organisation"}
    for module in (phrases, drafted):
        for name, phrase in vars(module).items():
            if isinstance(phrase, phrases.Phrase):
                zh, en = (set(re.findall(r"\{(\w+)\}", w)) - words for w in (phrase.wording.zh, phrase.wording.en))
                assert zh == en, name
                assert not re.search(r"\d", phrase.wording.zh), f"{name} types a number"


@pytest.mark.parametrize(("word", "zh", "en"), [("余", "800余", "about 800"), ("约", "约800", "about 800"), ("", "800", "800")])
def test_the_word_reported_with_a_count_is_printed_with_it(word: str, zh: str, en: str) -> None:
    printed = phrases.value(replace(figure("records.opened", 800), qualifier=word))
    assert (printed[0].text, printed[1].text) == (zh, en)


def _share(unit: str, *values: tuple[int, int | None]) -> Parameter:
    return Parameter("scheme.rate", Text("补偿比例", "share"), unit, Source("方案"), tuple((date(y, 1, 1), v) for y, v in values))


def test_a_parameter_that_changed_within_the_year_is_said_from_and_to() -> None:
    raised = phrases.from_to(_share("%", (2024, 85), (2026, 90)), date(2026, 6, 30))
    assert (said(raised), english(raised)) == ("由85%提高到90%", "raised from 85% to 90%")
    lowered = phrases.from_to(_share("元", (2024, 500), (2026, 400)), date(2026, 12, 31))
    assert (said(lowered), english(lowered)) == ("由500元调整到400元", "lowered from 500 yuan to 400 yuan")


@pytest.mark.parametrize(
    ("values", "day"),
    [
        (((2024, 85), (2026, 90)), date(2025, 12, 31)),  # not yet
        (((2024, 85), (2026, 90)), date(2027, 1, 1)),  # last year's change
        (((2026, 90),), date(2026, 6, 30)),  # there was no rule before
        (((2024, 85), (2026, None)), date(2026, 6, 30)),  # there is none any more
        ((), date(2026, 6, 30)),
    ],
)
def test_a_parameter_that_did_not_change_has_no_from_and_to(values: tuple[tuple[int, int | None], ...], day: date) -> None:
    assert phrases.from_to(_share("%", *values), day) is None
