"""旧稿换数: nothing of the old period is silently kept. Both periods' figures are made by hand."""

import io
import re
from dataclasses import replace

import docx as word_files
import pytest

from summaries import sample
from taizhang.kernel.periods import Period
from taizhang.summaries.build import compose
from taizhang.summaries.document import FigureSpan, Words
from taizhang.summaries.publishing import paper, reading
from taizhang.summaries.publishing.frozen import freeze
from taizhang.summaries.publishing.rebind import Open, Placed, RebindError, Rebound, ReboundSentence, Redated, Ruled, State, rebind_lines

KNOWN = sample.registry()
OLD, NEW = Period.parse("2026H1"), Period.parse("2027H1")
BEFORE = sample.figures()
NOW = [
    sample.figure("records.total", 445210, period=NEW),
    sample.figure("records.coverage", 445210, 486900, last=(439800, 486200), period=NEW),
    sample.figure("records.opened", 7311, last=(8642, None), period=NEW),
    sample.figure("records.active", 280000, 445210, period=NEW),
    sample.figure("elders.examined", 24100, target="48000", period=NEW),
    sample.figure("pressure.managed", 42001, period=NEW),
    sample.figure("pressure.by_pace", 33000, 42001, target="80", period=NEW),
    sample.figure("pressure.controlled", 28000, 42001, last=(27914, 41370), period=NEW),
    sample.figure("tuberculosis.found", 55, period=NEW),
    sample.figure("tuberculosis.found", 38, category="new", period=NEW),
    sample.figure("tuberculosis.found", 17, category="old", period=NEW),
    sample.figure("complaints.received", None, period=NEW, status=sample.Status.NOT_REPORTED),
]


def bound(text: str, **more) -> Rebound:  # type: ignore[no-untyped-def]
    return rebind_lines(text.splitlines(), OLD, NEW, "990101", BEFORE, NOW, known=KNOWN, **more)


def only(text: str, **more) -> ReboundSentence:  # type: ignore[no-untyped-def]
    (sentence,) = bound(text, **more).sentences()
    return sentence


def reason(text: str) -> str:
    (found,) = only(text).reasons
    return found.zh


def test_a_typed_sentence_takes_the_new_figures_in_its_own_style() -> None:
    found = only("截至6月底，全县累计建立居民电子健康档案43.98万份，居民健康档案建档率90.5%，比去年同期提高1.15个百分点。")
    assert found.state is State.BOUND
    assert found.text == "截至6月底，全县累计建立居民电子健康档案44.52万份，居民健康档案建档率91.4%，比去年同期提高0.98个百分点。"
    assert [(s.figure.code, s.part, s.figure.period) for s in found.spans] == [
        ("records.total", "value", NEW), ("records.coverage", "value", NEW), ("records.coverage", "points", NEW),
    ]  # fmt: skip


def test_a_direction_that_turned_turns_its_word() -> None:
    found = only("2026年上半年新增居民健康档案8642份，比去年同期增长8.01%。")
    assert found.text == "2027年上半年新增居民健康档案7311份，比去年同期下降15.40%。"
    assert [r.was for r in found.runs if isinstance(r, Redated)] == ["2026年上半年"]


def test_a_list_of_sisters_and_a_completion() -> None:
    text = "为26,274名65岁及以上老年人完成健康体检，完成全年任务的54.86%，快于时间进度4.86个百分点。"
    found = only(text)
    assert found.text == "为24,100名65岁及以上老年人完成健康体检，完成全年任务的50.21%，快于时间进度0.21个百分点。"
    assert any(isinstance(r, Ruled) for r in found.runs)
    parts = only("共发现肺结核病人60例，其中新发41例、复治19例。")
    assert parts.text == "共发现肺结核病人55例，其中新发38例、复治17例。"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("新建村卫生室17家。", "没有相同的数字"),
        ("高血压患者血压达标率68.47%。", "旧时段台账数是67.47%"),
        ("培训人员60人。", "句中没有写明这个指标"),
        ("居民健康档案建档率90%。", "旧时段台账数是90.46%"),
        ("受理投诉件数5件。", "未报"),
        ("发现疟疾病例数0例。", "新时段没有"),
        ("2024年6月底已经完成。", "日期不是旧稿时段"),
        ("3月5日召开推进会。", "日期不是旧稿时段"),
        ("印发甲卫发〔2026〕12号文件。", "文号"),
        ("完成第二轮督导。", "序次"),
        ("居民电子健康档案近44万份。", "约数"),
        ("各项任务全部完成。", "断言词"),
        ("就诊人数与去年同期持平。", "断言词"),
        ("印发《甲县2026年工作方案》。", "文件名称"),
        ("肺结核治愈7例，达到年度目标。", "没有相同的数字"),
        ("未发生甲类传染病疫情。", "断言词"),
        ("召开会议三次。", "没有相同的数字"),
    ],
)
def test_what_is_not_known_is_marked_with_the_reason(text: str, why: str) -> None:
    found = only(text)
    assert found.state is State.OPEN
    assert found.text == text
    assert why in reason(text)


def test_a_number_that_two_figures_share_is_not_guessed() -> None:
    twin = [*BEFORE, replace(sample.figure("complaints.received", 60), status=sample.Status.OK)]
    found = rebind_lines(["发现肺结核病人数、受理投诉件数共60件。"], OLD, NEW, "990101", twin, NOW, known=KNOWN)
    (sentence,) = found.sentences()
    assert sentence.state is State.OPEN


def test_words_without_a_number_are_handed_on_to_be_read() -> None:
    found = bound("甲县卫生健康局2026年上半年工作总结和下半年工作打算\n一、主要工作开展情况\n一是强化组织领导。推进2型糖尿病管理。")
    assert [s.state for s in found.sentences()] == [State.BOUND, State.READ, State.READ, State.READ]
    assert next(found.sentences()).text == "甲县卫生健康局2027年上半年工作总结和下半年工作打算"


def test_what_full_and_met_meant_is_not_carried_over() -> None:
    full = [*BEFORE[:-1], sample.figure("complaints.closing", 5, 5)]
    now = [*NOW, sample.figure("complaints.closing", 2, 3, period=NEW)]
    (found,) = rebind_lines(["投诉办结率100%。"], OLD, NEW, "990101", full, now, known=KNOWN).sentences()
    assert found.text == "投诉办结率66.67%。"
    met = [sample.figure("pressure.by_pace", 34000, 41370, target="80")]
    short = [sample.figure("pressure.by_pace", 30000, 42001, target="80", period=NEW)]
    text = "高血压患者按进度规范管理率82.19%，达到年度目标（80%）。"
    (found,) = rebind_lines([text], OLD, NEW, "990101", met, short, known=KNOWN).sentences()
    assert [r.zh for r in found.reasons] == ["是否达到目标与旧稿不同，请改写"]
    assert found.text.startswith("高血压患者按进度规范管理率71.43%")
    none = [sample.figure("records.opened", 0, period=NEW)]
    (found,) = rebind_lines(["新增居民健康档案8642份。"], OLD, NEW, "990101", BEFORE, none, known=KNOWN).sentences()
    assert "为零" in found.reasons[0].zh


def test_a_longer_period_takes_its_own_words() -> None:
    ten = Period.parse("2026-01..2026-10")
    now = [replace(f, period=ten) for f in NOW]
    text = "截至6月底，上半年新增居民健康档案8642份，全年任务不变。"
    (found,) = rebind_lines([text], OLD, ten, "990101", BEFORE, now, known=KNOWN).sentences()
    assert found.text == "截至10月底，1—10月新增居民健康档案7311份，全年任务不变。"


def test_every_number_of_the_old_document_is_new_or_marked() -> None:
    document = compose(BEFORE, sample.below(), sample.read_templates(), KNOWN)
    text = "\n".join("".join(s.text() for s in p.sentences) for p in document.paragraphs())
    typed = "2026年3月印发文件2份，召开会议3次，督导2轮，覆盖22家；“规范”率７７.８０％，1.2万人次，H7N9，三分之一。"
    found = bound(f"{text}\n{typed}")
    loose = [r.text for s in found.sentences() for r in s.runs if isinstance(r, Words) and re.search(r"\d", r.text)]
    assert loose == ["人次，H7N9，"]  # a name
    said = [r for s in found.sentences() for r in s.runs if isinstance(r, FigureSpan)]
    assert len(said) > 8
    assert all(f.period == NEW for r in said for f in r.figures)
    assert all(r.reason.zh and r.reason.en for s in found.sentences() for r in s.runs if isinstance(r, Open))
    assert found.count(State.OPEN) > 3


def test_a_published_sentence_is_known_number_by_number() -> None:
    active = next(f for f in BEFORE if f.code == "records.active")
    coverage = next(f for f in BEFORE if f.code == "records.coverage")
    text = "用得上的占61.10%，差9.54个百分点，另有18人。"
    placed = [
        Placed(text.index("61.10%"), text.index("61.10%") + 6, freeze(active, KNOWN), "value"),
        Placed(text.index("9.54"), text.index("9.54") + 8, freeze(coverage, KNOWN), "gap"),
    ]
    found = only(text, published={reading.normal(text): placed})
    assert found.text == "用得上的占62.89%，差9.54个百分点，另有18人。"
    assert [r.text for r in found.runs if isinstance(r, Open)] == ["9.54", "18"]
    ruled = "居民健康档案建档率由90.46%提高到95%。"  # published as words: no figure then, and no guess now
    assert [r.text for r in only(ruled, published={reading.normal(ruled): []}).runs if isinstance(r, Open)] == ["90.46%", "95%"]
    assert only(text).text == text  # without the publication, no name of the indicator: nothing is guessed


def test_the_word_file_shows_what_is_new_and_what_is_open() -> None:
    found = bound("新增居民健康档案8642份，新建村卫生室17家。\n强化组织领导。")
    docx = word_files.Document(io.BytesIO(paper.rebound_bytes(found)))
    runs = [r for p in docx.paragraphs for r in p.runs]
    assert {r.text: str(r.font.highlight_color) for r in runs if r.font.highlight_color} == {
        "7311": "BRIGHT_GREEN (4)", "17": "YELLOW (7)", "强化组织领导。": "GRAY_25 (16)",
    }  # fmt: skip
    assert ["待核：" in c.text for c in docx.comments] == [True]


def test_an_empty_old_document_is_refused() -> None:
    with pytest.raises(RebindError, match="没有文字"):
        bound("\n \n")
