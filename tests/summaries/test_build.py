"""The whole document from hand-made figures: frame, zero rule, missing list, drafts, order."""

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from taizhang.figures.model import Figure, FigureError
from taizhang.kernel.indicators import Status
from taizhang.kernel.periods import Period
from taizhang.kernel.text import Text
from taizhang.summaries import layout, templates, wording
from taizhang.summaries.build import compose
from taizhang.summaries.document import Document

from . import sample
from .sample import figure, with_status


def composed(figures: Sequence[Figure], below: Sequence[Figure] = ()) -> Document:
    return compose(figures, below, sample.read_templates(), sample.registry())


def exchanged(*changed: Figure) -> list[Figure]:
    """The sample's figures with some put in another's place."""
    places = {(f.code, f.category): f for f in changed}
    return [places.get((f.code, f.category), f) for f in sample.figures()]


def without(code: str) -> list[Figure]:
    return [f for f in sample.figures() if f.code != code]


def text_of(document: Document, language: str = "zh") -> str:
    return "\n".join(b.text for b in layout.blocks(document, language))


@pytest.fixture(scope="module")
def document() -> Document:
    return composed(sample.figures(), sample.below())


def test_the_frame_is_title_opening_work_problems_and_next_steps(document: Document) -> None:
    assert document.title.zh == "甲县卫生健康局2026年上半年工作总结和下半年工作打算"
    assert [p.heading.zh for p in document.parts] == ["主要工作开展情况", "存在的主要问题", "下半年工作打算"]
    assert [s.heading.zh for s in document.parts[0].sections] == [
        "基本公共卫生服务扎实推进",
        "疾病预防控制稳步开展",
        "基本药物制度有序推进",
        "认真办理群众投诉",
    ]


def test_half_a_page_as_the_style_has_it(document: Document) -> None:
    text = text_of(document)
    assert (
        "（一）基本公共卫生服务扎实推进。一是用好健康档案。截至6月底，全县累计建立居民电子健康档案43.98万份，建档率90.46%，比去年同期提高1.15个百分点；"
        "上半年新增8642份，比去年同期增长8.01%，近一年有服务记录的档案占61.10%。二是做好老年人健康管理。"
        "上半年为26274名65岁及以上老年人完成健康体检，完成全年任务的54.86%（快于时间进度4.86个百分点）。三是管好慢性病患者。"
    ) in text


def test_every_number_of_the_text_is_a_span_with_its_figure(document: Document) -> None:
    for sentence in document.sentences():
        words = "".join(r.text for r in sentence.zh if not hasattr(r, "figures"))
        left = re.sub(r"\d{4}年|\d+月\d+日|\d+月|65岁", "", words)  # the period and a parameter are no figures
        assert not re.search(r"\d", left), left
    assert all(span.figures for span in document.spans())


def test_each_sentence_has_its_english_twin_with_as_many_numbers(document: Document) -> None:
    for sentence in document.sentences():
        assert len(sentence.spans("zh")) == len(sentence.spans("en")) > 0 or sentence.origin == "opening"
        assert sorted(s.figure.code for s in sentence.spans("zh")) == sorted(s.figure.code for s in sentence.spans("en"))
        assert sentence.text("en")[0].isupper() or sentence.text("en")[0].isdigit()
        assert not re.search("[\u4e00-\u9fff]", sentence.text("en")), sentence.text("en")


def test_equal_figures_in_any_order_give_an_equal_document(document: Document) -> None:
    figures, below, templates = sample.figures(), sample.below(), sample.read_templates()
    for seed in range(5):
        shuffle = random.Random(seed).shuffle
        for order in (figures, below, templates):
            shuffle(order)
        assert compose(figures, below, templates, sample.registry()) == document


# -- what is missing ----------------------------------------------------------------------------------------------------------------


def test_a_zero_is_said_only_where_every_unit_has_reported_zero() -> None:
    assert "疟疾病例0例" in text_of(composed(sample.figures()))
    unsure = composed(exchanged(figure("malaria.cases", 0, status=Status.PARTIAL, missing=("乙", "丙"))))
    assert "疟疾" not in text_of(unsure)
    [item] = unsure.missing
    assert item.element.zh == "疟疾病例数"
    assert item.status is Status.PARTIAL
    assert [m.name.zh for m in item.owed_by] == ["乙镇卫生院", "丙镇卫生院"]
    assert item.sentence.zh == "上半年，全县报告疟疾病例＿＿例。"


def test_cases_are_told_by_the_other_sentence() -> None:
    text = text_of(composed(exchanged(figure("malaria.cases", 12, last=(10, None)))))
    assert "报告疟疾病例12例，比去年同期（10例）上升20.00%，均已规范处置。" in text


def test_a_missing_figure_takes_its_sentence_to_the_missing_list() -> None:
    lacking = figure("elders.examined", None, status=Status.NOT_REPORTED, missing=("乙",))
    document = composed(exchanged(lacking))
    assert "老年人" not in text_of(document).partition("二、")[0]
    [item] = document.missing
    assert (item.section.zh, item.element.zh, item.status) == ("做好老年人健康管理", "老年人健康体检人数", Status.NOT_REPORTED)
    assert item.sentence.zh == "上半年为＿＿名65岁及以上老年人完成健康体检。"
    assert item.origin == "elders/summary.md:3"


def test_a_figure_that_nobody_computed_is_missing_too() -> None:
    assert [i.element.zh for i in composed(without("elders.examined")).missing] == ["老年人健康体检人数"]


def test_a_nought_in_an_ordinary_sentence_is_not_paraded_but_listed() -> None:
    document = composed(exchanged(figure("elders.examined", 0, target="47894")))
    assert "0名" not in text_of(document)
    assert [i.element.zh for i in document.missing] == ["老年人健康体检人数（本期为零，未写入正文）"]


def test_an_optional_clause_vanishes_alone() -> None:
    document = composed(without("records.active"))
    assert "上半年新增8642份，比去年同期增长8.01%。" in text_of(document)
    assert document.missing == ()


def test_a_semicolon_before_a_sentence_left_out_becomes_a_full_stop() -> None:
    assert "比去年同期提高1.15个百分点。二是做好老年人健康管理。" in text_of(composed(without("records.opened")))


def test_a_sum_of_some_units_says_so_and_stands_on_the_missing_list() -> None:
    document = composed(exchanged(figure("elders.examined", 20000, status=Status.PARTIAL, missing=("乙",))))
    assert "完成健康体检（应报3个单位，按已报的2个统计）。" in text_of(document)
    assert [i.element.zh for i in document.missing] == ["老年人健康体检人数"]


def test_all_of_them_is_said_in_words_and_not_by_100_00_percent() -> None:
    assert "办结率100%，全部办结。" in text_of(composed(sample.figures()))
    some = text_of(composed(exchanged(figure("complaints.received", 8), figure("complaints.closing", 7, 8))))
    assert "受理投诉8件，办结率87.50%。" in some
    assert "全部办结" not in some


def test_parts_beyond_their_whole_are_not_printed() -> None:
    document = composed(exchanged(figure("tuberculosis.found", 70, category="new")))
    assert "肺结核" not in text_of(document)
    assert any("各部分之和不大于合计" in i.element.zh for i in document.missing)


def test_a_parameter_without_a_rule_in_force_is_missing() -> None:
    late = Period.parse("2031H1")
    document = composed([figure(f.code, f.numerator, f.denominator, category=f.category, period=late) for f in sample.figures()])
    assert ("老年人年龄", Status.NO_RULE) in [(i.element.zh, i.status) for i in document.missing]


def _with_age(*values: tuple[date, int | None]) -> Document:
    """The document of one template that tells how the age of the elderly changed."""
    known = sample.registry()
    known.parameters = {sample.AGE.name: replace(sample.AGE, values=values)}
    text = (
        "# 头 | Head\n体检{elders.examined}人。\n> {elders.examined} were examined.\n"
        "老年人年龄{parameter:elders.age|from_to}。\n> The age was {parameter:elders.age|from_to}.\n"
        "# 又头 | Head again\n年龄界线{parameter:elders.age|from_to}。\n> The limit was {parameter:elders.age|from_to}.\n"
    )
    return compose(sample.figures(), (), [templates.read("elders", "elders/summary.md", text)], known)


def test_a_parameter_is_told_from_and_to_in_the_year_of_its_change_alone() -> None:
    changed = _with_age((date(2009, 1, 1), 65), (date(2026, 1, 1), 60))
    assert "老年人年龄由65岁调整到60岁。" in text_of(changed)
    assert "The age was lowered from 65 to 60." in text_of(changed, "en")
    assert "年龄界线" not in text_of(changed)  # a paragraph of parameters alone is nobody's work
    for values in (((date(2009, 1, 1), 65),), ((date(2009, 1, 1), 65), (date(2025, 1, 1), 60)), ()):
        unchanged = _with_age(*values)
        assert "老年人年龄" not in text_of(unchanged)
        assert not [i for i in unchanged.missing if i.origin.startswith("elders")]  # nobody owes a change


def test_all_of_none_is_neither_said_nor_missing() -> None:
    nobody = with_status(figure("complaints.closing", 0, 0), Status.NOBODY_ELIGIBLE)
    document = composed(exchanged(figure("complaints.received", 0), nobody))
    assert "投诉" not in text_of(document)
    assert not [i for i in document.missing if i.origin.startswith("complaints")]


def test_no_figures_at_all_is_refused() -> None:
    with pytest.raises(FigureError, match="没有任何指标"):
        composed([])


# -- drafts ------------------------------------------------------------------------------------------------------------------------


def opening(*changed: Figure) -> str:
    return "".join(s.text() for s in composed(exchanged(*changed)).opening.sentences)


def test_half_the_task_is_claimed_only_where_every_target_bears_it() -> None:
    done = figure("pressure.by_pace", 33500, 41370, target="80")
    assert "2项年度任务全部达到或快于进度要求，实现时间过半、任务过半。" in opening(done)
    assert "任务过半" not in opening()
    assert "2项年度任务中有1项达到或快于进度要求，各项工作总体平稳。" in opening()
    slow = figure("elders.examined", 20000, target="47894")
    assert "2项年度任务均慢于进度要求，各项工作需要加快。" in opening(slow)


def test_without_targets_nothing_is_judged() -> None:
    untasked = (figure("pressure.by_pace", 32186, 41370), figure("elders.examined", 26274))
    assert "年度任务中" not in opening(*untasked)
    assert composed(exchanged(*untasked)).missing[0].element.zh == "年度任务（未录入，进度和差距无从判断）"


def test_the_opening_names_two_to_four_headline_figures(document: Document) -> None:
    headline = document.opening.sentences[-1]
    assert headline.text() == "截至6月底，全县居民健康档案建档率90.46%、高血压患者按进度规范管理率77.80%、基本药物配送率84.24%。"
    assert 2 <= len(headline.spans()) <= 4


def problems(document: Document) -> str:
    return "".join(s.text() for p in document.parts[1].paragraphs for s in p.sentences)


def test_units_that_lag_are_counted_and_never_named(document: Document) -> None:
    assert "距80%的年度目标差2.20个百分点；6个单位中有4个未达到目标，最高与最低单位相差20.00个百分点。未达到要求的有9184人。" in problems(
        document
    )
    assert "镇卫生院" not in text_of(document)


def test_three_to_seven_problems_each_with_a_plan_item(document: Document) -> None:
    assert 3 <= len(document.parts[1].paragraphs) <= 7
    assert len(document.parts[1].paragraphs) == len(document.parts[2].paragraphs)
    steps = "".join(s.text() for p in document.parts[2].paragraphs for s in p.sentences)
    assert "9月底前，逐单位核对清单，补齐未达到要求的9184人，高血压患者按进度规范管理率提高到80%以上。" in steps


def test_a_count_behind_time_is_a_problem_with_the_goal_of_the_next_date() -> None:
    text = text_of(composed(exchanged(figure("elders.examined", 20000, target="47894"))))
    assert "老年人健康体检人数为20000人，完成全年任务的41.76%，慢于时间进度8.24个百分点。" in text
    assert "9月底前完成全年任务47894人的75%以上。" in text


def test_a_rate_over_a_handful_of_people_is_not_held_against_the_others() -> None:
    few = (figure("pressure.by_pace", 0, 2, organisation=("990101109", Text("某镇卫生院", "hospital"))),)
    assert "6个单位中有4个未达到目标，最高与最低单位相差20.00个百分点" in problems(composed(sample.figures(), [*sample.below(), *few]))


def test_the_goal_for_a_wide_distance_is_half_of_it_in_whole_points(document: Document) -> None:
    assert "最高与最低单位的差距缩小到15个百分点以内" in text_of(document)


def test_what_is_overdue_is_a_problem_and_the_plan_names_the_same_number() -> None:
    template = sample.templates.read(
        "pressure", "pressure/summary.md", "# 头 | Head\n尚有{pressure.overdue}人逾期。\n> {pressure.overdue} overdue.\n"
    )
    units = [figure("pressure.overdue", n, organisation=(f"99010110{n}", Text("某镇卫生院", "hospital"))) for n in (0, 1, 5)]
    document = compose([figure("pressure.overdue", 6)], units, [template], sample.registry())
    assert problems(document) == "截至6月底，全县高血压随访逾期人数为6人，涉及2个单位。"
    assert "9月底前消化现有的6人" in text_of(document)


def test_units_that_have_not_reported_are_a_problem() -> None:
    document = composed(exchanged(figure("malaria.cases", 4, status=Status.PARTIAL, missing=("乙", "丙"))))
    assert "仍有2个单位未报全所需数据，涉及1项数字。" in problems(document)


def test_sensitive_lines_are_never_laid_out_by_unit() -> None:
    from dataclasses import replace

    known = sample.registry()
    known.programmes["pressure"] = replace(known.programmes["pressure"], sensitive=True)
    document = compose(sample.figures(), sample.below(), sample.read_templates(), known)
    assert document.place_table is not None
    assert "高血压患者按进度规范管理率" not in [c.zh for c in document.place_table.columns]
    assert "个未达到目标" not in text_of(document)


# -- every kind of period ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "title", "words", "due"),
    [
        ("2026-06", "2026年6月工作小结和7月工作计划", "6月", (2026, 7, 31)),
        ("2026-12", "2026年12月工作小结和1月工作计划", "12月", (2027, 1, 31)),
        ("2026Q2", "2026年第二季度工作小结", "二季度", (2026, 9, 30)),
        ("2026H1", "2026年上半年工作总结和下半年工作打算", "上半年", (2026, 9, 30)),
        ("2026H2", "2026年下半年工作总结和2027年工作打算", "下半年", (2027, 3, 31)),
        ("2013-01..2013-10", "2013年1—10月工作总结", "1—10月", (2013, 12, 31)),
        ("2026", "2026年工作总结和2027年工作打算", "全年", (2027, 3, 31)),
        ("2026@2026-09-20", "2026年工作总结和2027年工作打算", "今年以来", (2026, 12, 31)),
    ],
)
def test_title_and_words_follow_the_kind_of_period(period: str, title: str, words: str, due: tuple[int, int, int]) -> None:
    made = Period.parse(period)
    assert wording.title(Text("甲局", "Bureau"), made).zh == f"甲局{title}"
    assert wording.period_words(made).zh == words
    day = wording.due_day(made)
    assert (day.year, day.month, day.day) == due
    document = composed([figure(f.code, f.numerator, f.denominator, category=f.category, period=made) for f in sample.figures()])
    assert len(document.spans()) > 10


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("甲县卫生健康局", "全县"),
        ("样例市卫生局", "全市"),
        ("甲市乙区卫生健康局", "全区"),
        ("乙镇卫生院", "全镇"),
        ("丙乡中心卫生院", "全乡"),
        ("丁村卫生室", "全村"),
        ("戊街道社区卫生服务中心", "全街道"),
        ("己自治县疾病预防控制中心", "全县"),
        ("第一医院", "全辖区"),
    ],
)
def test_the_area_follows_the_organisation_whatever_it_is(name: str, area: str) -> None:
    assert wording.area_words(name).zh == area


def test_ordinals() -> None:
    assert [layout.chinese_number(n) for n in (1, 10, 11, 19, 20, 23)] == ["一", "十", "十一", "十九", "二十", "二十三"]
