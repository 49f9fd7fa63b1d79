"""Formula, fingerprint and explanation: three readings of one tree."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from taizhang.kernel.engines.reference import ReferenceEngine
from taizhang.kernel.explain import explain
from taizhang.kernel.indicators import RESIDENT_POPULATION, Better, Cell, Reported
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period
from taizhang.kernel.query import nodes
from taizhang.kernel.query.fingerprint import fingerprint
from taizhang.kernel.query.formula import definition, formula
from taizhang.kernel.query.walking import without_names
from taizhang.kernel.query.words import always, choose, cutoff, days_between, parameter, smaller_of, year_start
from taizhang.kernel.text import Text

from .small import PARAMETERS, SOURCE, indicator, people, resident, table, visits, visits_made

DAY = date(2026, 6, 30)
PERIOD = Period.parse("2026H1")

this_year = visits.where(visits.day.in_year & visits.way.is_in("1", "2"))
last = visits.where(visits.day <= cutoff).last_by("day")
enough = (this_year.count() >= parameter("visits_a_year")).named(
    "年内面对面随访次数足够",
    "enough face-to-face visits",
    unmet=Text(
        "面对面随访：本年{have}次，应有{need}次，再随访{lack}次即可",
        "face-to-face visits: {have} this year, {need} due, {lack} more will do",
    ),
    source=SOURCE,
)
low_sugar = (last.sugar < 70).named(
    "最近一次血糖达标",
    "sugar within target",
    unmet=Text("最近一次血糖{have}，应低于{need}", "last sugar {have}, to be below {need}"),
    source=SOURCE,
)
old = (resident.birth_date.age_on(cutoff) >= 65).named("65岁及以上", "65 and over")

FORMULAS = [
    (
        this_year.count() >= parameter("visits_a_year"),
        "随访（随访日期在本年内且不晚于截止日 且 随访方式为“1”或“2”）次数 ≥ 每年随访次数（4次）",
    ),
    (resident.birth_date.age_on(cutoff) >= 65, "截止日时的周岁年龄 ≥ 65"),
    (last.sugar < 70, "最近一次随访（随访日期不晚于截止日）的血糖 < 7.0"),
    (last.exists & ~old, "有随访（随访日期不晚于截止日） 且 不满足（65岁及以上）"),
    (visits.exist() | (resident.sex == "1") & old, "有随访 或 （性别为“1” 且 65岁及以上）"),
    (resident.sex.is_missing, "没有性别"),
    (last.day.plus(14, "day") >= cutoff, "最近一次随访（随访日期不晚于截止日）的随访日期后14天不早于截止日"),
    (cutoff.minus(parameter("visits_a_year"), "month") < year_start, "截止日前推每年随访次数（4个月）早于本年1月1日"),
    (smaller_of(visits.count(), days_between(year_start, cutoff)), "随访次数与（本年1月1日至截止日的天数）中较小者"),
    (choose((old, 2), otherwise=1), "65岁及以上时取2；其余取1"),
    (visits.total(visits.sugar) // 3 - 1, "（随访的血糖合计 ÷ 3（取整）） − 1"),
    (visits.first_by("sugar").way == "1", "血糖最小的随访的随访方式为“1”"),
]


@pytest.mark.parametrize(("expression", "words"), FORMULAS, ids=[words for _, words in FORMULAS])
def test_the_formula_reads_as_an_official_would_write_it(expression, words):
    assert formula(expression.node, PARAMETERS, DAY).zh == words


def test_the_formula_has_its_english_twin():
    assert formula((this_year.count() >= parameter("visits_a_year")).node, PARAMETERS, DAY).en == (
        'number of Visit (Day of visit in the year, up to the cut-off and Way is "1" or "2") ≥ Visits a year (4)'
    )
    for expression, _ in FORMULAS:
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in formula(expression.node, PARAMETERS, DAY).en)


def test_a_row_picked_twice_is_described_once():
    text = formula(((last.sugar < 70) & (last.way == "1")).node)
    assert text.zh == "最近一次随访（随访日期不晚于截止日）的血糖 < 7.0 且 该次随访的随访方式为“1”"
    assert text.en == 'Sugar of the latest Visit (Day of visit is not later than the cut-off) < 7.0 and Way of that Visit is "1"'


def test_the_formula_of_an_indicator():
    assert formula(indicator(enough & low_sugar, old)).zh == (
        "全体居民中“年内面对面随访次数足够 且 最近一次血糖达标”的人数 ÷ 全体居民中“65岁及以上”的人数 × 100%"
    )
    assert formula(indicator(always)).zh == "全体居民人数"
    assert formula(indicator(visits.count(), counting_unit="人次")).zh == "全体居民的“随访次数”之和"
    assert (
        formula(replace(indicator(always, unit="1/10万"), denominator=RESIDENT_POPULATION)).zh == "全体居民人数 ÷ 常住人口数 × 100000/10万"
    )
    returned = replace(
        indicator(always),
        population=None,
        numerator=None,
        unit="%",
        reported=Reported(numerator=Cell("f", "a"), denominator=Cell("f", "b", "c")),
    )
    assert formula(returned).zh == "报表f.a ÷ 报表f.b.c × 100%"


def test_a_parameter_without_rule_says_so():
    assert formula(parameter("visits_a_year").node, PARAMETERS, date(2030, 1, 1)).zh == "每年随访次数（无现行规定）"
    assert formula(parameter("visits_a_year").node, PARAMETERS).zh == "每年随访次数"


def test_every_name_is_explained_with_its_clause():
    listed = definition(indicator(enough, old), PARAMETERS, DAY)
    assert [(label.zh, source) for label, _, source in listed] == [
        ("全体居民", None),
        ("年内面对面随访次数足够", SOURCE),
        ("65岁及以上", None),
    ]
    assert listed[1][1].zh == "随访（随访日期在本年内且不晚于截止日 且 随访方式为“1”或“2”）次数 ≥ 每年随访次数（4次）"


# -- fingerprint -----------------------------------------------------------------------------------------------------------


def test_a_fingerprint_is_of_the_meaning_not_of_the_names():
    assert fingerprint(enough.node, PARAMETERS, DAY) == fingerprint(without_names(enough.node), PARAMETERS, DAY)
    assert fingerprint(indicator(enough, old), PARAMETERS, DAY) == fingerprint(
        indicator(enough, old, name=Text("别名", "Other")), PARAMETERS, DAY
    )


def test_another_meaning_has_another_fingerprint():
    variants = [
        indicator(enough, old),
        indicator(enough),
        indicator(enough & old),
        indicator(enough, old, people(old)),
        indicator(this_year.count() > parameter("visits_a_year"), old),
        indicator(visits.where(visits.day.in_year & visits.way.is_in("1", "3")).count() >= parameter("visits_a_year"), old),
        indicator(enough, old, unit="‰"),
    ]
    assert len({fingerprint(v, PARAMETERS, DAY) for v in variants}) == len(variants)
    assert fingerprint(always.node, {}, DAY) != fingerprint(nodes.Literal_(1), {}, DAY)
    assert fingerprint(nodes.Literal_("2026-06-30"), {}, DAY) != fingerprint(nodes.Literal_(DAY), {}, DAY)


def test_a_changed_parameter_changes_the_fingerprint_from_its_day_on():
    assert fingerprint(enough.node, PARAMETERS, date(2029, 12, 31)) == fingerprint(enough.node, PARAMETERS, DAY)
    assert fingerprint(enough.node, PARAMETERS, date(2030, 1, 1)) != fingerprint(enough.node, PARAMETERS, DAY)


def test_a_fingerprint_is_the_same_in_another_process_and_stays_what_it_was():
    program = f"from {__name__} import *; print(fingerprint(indicator(enough & low_sugar, old), PARAMETERS, DAY))"
    outputs = set()
    for seed in ("1", "2"):
        surroundings = {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=surroundings)
        outputs.add(done.stdout)
    assert outputs == {fingerprint(indicator(enough & low_sugar, old), PARAMETERS, DAY) + "\n"}
    assert fingerprint((visits.count() >= 1).node, {}, DAY) == "b6187589878f"


# -- explanation -----------------------------------------------------------------------------------------------------------

TABLES = {
    "resident": table("""
        id | resident | birth_date | sex | clinic
        1  | 1        | 1950-01-01 | 1   | A
        2  | 2        | 1990-01-01 | 1   | A
        3  | 3        | 1950-01-01 | 1   | -
        4  | 4        | 1950-01-01 | 2   | A
    """),
    "visit": table("""
        id | resident | day        | way | sugar | clinic
        1  | 1        | 2026-03-01 | 1   | 71    | A
        2  | 4        | 2026-01-01 | 1   | 60    | A
        3  | 4        | 2026-02-01 | 1   | 60    | A
        4  | 4        | 2026-03-01 | 1   | 60    | A
        5  | 4        | 2026-04-01 | 2   | 69    | A
    """),
}


@pytest.fixture
def engine():
    return ReferenceEngine(TABLES, PARAMETERS)


def test_in_the_gap_with_what_would_still_mend_it(engine):
    found = explain(indicator(enough & low_sugar, old), engine, 1, PERIOD)
    assert (found.in_population, found.counted_in_denominator, found.counted) == (True, True, False)
    assert found.conclusion.zh == "计入分母但未计入分子（差距）"
    assert [text.zh for text in found.mend] == ["面对面随访：本年1次，应有4次，再随访3次即可", "最近一次血糖7.1，应低于7.0"]
    assert found.mend[0].en == "face-to-face visits: 1 this year, 4 due, 3 more will do"
    numerator = [s for s in found.sentences if s.part == "numerator"]
    assert numerator[0].text.zh == "年内面对面随访次数足够：不符合（随访次数为1，要求≥4）"
    assert numerator[0].source == SOURCE


def test_counted(engine):
    found = explain(indicator(enough & low_sugar, old), engine, 4, PERIOD)
    assert (found.conclusion.zh, found.counted, found.mend) == ("计入分子", True, [])
    assert [s.text.zh for s in found.sentences if s.part == "numerator"] == [
        "年内面对面随访次数足够：符合（随访次数为4，要求≥4）",
        "最近一次血糖达标：符合（最近一次随访的血糖为6.9，要求<7.0）",
    ]


def test_out_of_scope(engine):
    assert explain(indicator(enough, old), engine, 2, PERIOD).conclusion.zh == "不在统计范围"
    found = explain(indicator(enough, old, people(old)), engine, 2, PERIOD)
    assert (found.in_population, found.conclusion.zh, found.mend) == (False, "不在统计范围", [])
    assert found.sentences[0].text.zh == "65岁及以上：不符合（实际为36，要求≥65）"
    homeless = explain(indicator(enough), engine, 3, PERIOD)
    assert (homeless.in_population, homeless.sentences[-1].text.zh) == (False, "没有归属机构，不计入任何机构")


def test_a_missing_number_is_never_put_into_a_sentence(engine):
    found = explain(indicator(low_sugar), engine, 2, PERIOD)
    assert [text.zh for text in found.mend] == ["最近一次血糖达标：最近一次随访的血糖为无，要求<7.0"]


def test_days_are_shown_as_days(engine):
    recent = (last.day >= cutoff.minus(90, "day")).named(
        "近90天有随访", "visited in 90 days", unmet=Text("最近随访于{have}，晚了{lack}天", "last visit {have}, {lack} days too early")
    )
    found = explain(indicator(recent), engine, 1, PERIOD)
    assert [text.zh for text in found.mend] == ["最近随访于2026年3月1日，晚了31天"]
    assert [text.en for text in found.mend] == ["last visit 2026-03-01, 31 days too early"]


def test_where_less_is_better_the_mend_is_to_get_out(engine):
    found = explain(indicator(~enough.named("未按时随访", "visit overdue"), better=Better.LOWER), engine, 1, PERIOD)
    assert found.counted
    assert found.mend[0].zh.startswith("处理后即不再计入：")


def test_without_a_rule_nothing_can_be_judged(engine):
    found = explain(indicator(enough), engine, 4, Period.parse("2030"))
    assert not found.counted
    assert found.sentences[-1].text.zh == "每年随访次数：截止日无现行规定，无法判定"


def test_records_are_explained_one_by_one(engine):
    made = visits_made(visits.day.in_period)
    found = explain(indicator(visits.sugar < 70, population=made), engine, 4, PERIOD)
    assert [(s.member, s.met) for s in found.sentences] == [(2, True), (3, True), (4, True), (5, True)]
    nothing = explain(indicator(visits.sugar < 70, population=made), engine, 2, PERIOD)
    assert (nothing.conclusion.zh, nothing.sentences[0].text.zh) == ("不在统计范围", "时段内没有应统计的记录")


def test_returns_count_no_one_by_name(engine):
    returned = replace(indicator(always), population=None, numerator=None, reported=Reported(numerator=Cell("f", "a")))
    with pytest.raises(nodes.QueryError, match="只来自报表，没有逐人记录，不能解释到人"):
        explain(returned, engine, 1, PERIOD)


@pytest.mark.parametrize(
    ("unit", "number", "zh"), [("0.1 mmol/L", 70, "7.0mmol/L"), ("0.01SD", -200, "-2.00SD"), ("0.01kg", 250, "2.50kg")]
)
def test_a_parameter_in_units_of_its_last_place_is_printed_as_people_read_it(unit: str, number: int, zh: str) -> None:
    limit = Parameter("limit", Text("界值", "limit"), unit, SOURCE, ((date(2017, 1, 1), number),))
    assert formula((last.sugar < parameter("limit")).node, {"limit": limit}, DAY).zh.endswith(f"界值（{zh}）")
    elsewhere = formula((resident.sex.is_present & (this_year.count() >= parameter("limit"))).node, {"limit": limit}, DAY)
    assert f"界值（{zh}）" in elsewhere.zh  # beside a number without decimals as well
