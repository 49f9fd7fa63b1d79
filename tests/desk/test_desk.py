"""The desk over a real ledger: kinds, sections, human text, typed numbers, missing figures, steps, approval and what follows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from taizhang.kernel.periods import Period
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text
from taizhang.summaries import layout, word
from taizhang.summaries.desk import drafts, human, missing, plan, references, sections
from taizhang.summaries.desk.assemble import Assembled, assemble
from taizhang.summaries.desk.errors import DeskError
from taizhang.summaries.desk.models import BindingKind, Bulletin, Choice, Draft, DraftState, HumanText, WorkState
from taizhang.summaries.document import FigureSpan, Typed
from taizhang.summaries.templates import TemplateError

from .conftest import ROOT, WEST

HALF, JUNE = Period.parse("2026H1"), Period.parse("2026-06")
SERVICES, COMPLAINTS = "2", "9"


@pytest.fixture
def half(bureau: Any) -> Draft:
    return drafts.open_draft(ROOT, "half", HALF, by=bureau)


def text_of(made: Assembled, language: str = "zh") -> str:
    return "\n".join(b.text for b in layout.blocks(made.document, language))


def settled(draft: Draft, by: Any) -> Draft:
    """All that is missing left out."""
    missing.decide(draft, assemble(draft).lacks, Choice.LEAVE_OUT, by=by)
    return draft


# -- kinds ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "period", "programme", "title", "parts"),
    [
        ("month", "2026-05", "", "2026年5月工作小结和下月工作打算", ["主要工作开展情况"]),
        ("quarter", "2026Q2", "", "2026年第二季度工作小结", ["主要工作开展情况"]),
        ("half", "2026H1", "", "2026年上半年工作总结和下半年工作打算", ["主要工作开展情况", "存在的主要问题", "下半年工作打算"]),
        ("months", "2026-01..2026-06", "", "2026年上半年工作总结", ["主要工作开展情况", "存在的主要问题", "下半年工作打算"]),
        ("special", "2026H1", "health_education", "2026年上半年健康教育情况报告", ["基本情况", "存在的问题", "工作建议"]),
    ],
)
def test_each_kind_has_its_title_and_parts(bureau: Any, kind: str, period: str, programme: str, title: str, parts: list[str]) -> None:
    made = assemble(drafts.open_draft(ROOT, kind, Period.parse(period), by=bureau, programme=programme)).document
    assert made.title.zh == "样例县卫生健康局" + title
    assert [p.heading.zh for p in made.parts] == parts


def test_a_digest_keeps_the_headline_sentences(bureau: Any) -> None:
    text = text_of(assemble(drafts.open_draft(ROOT, "quarter", Period.parse("2026Q2"), by=bureau)))
    assert "二季度，全县印发健康教育资料300份" in text
    assert "讲座" not in text


def test_a_special_report_speaks_of_one_line_only(bureau: Any) -> None:
    text = text_of(assemble(drafts.open_draft(ROOT, "special", HALF, by=bureau, programme="health_education")))
    assert text.startswith("现将全县2026年上半年健康教育情况报告如下。")
    assert "投诉" not in text


@pytest.mark.parametrize(
    ("kind", "period", "said"),
    [
        ("half", "2026Q1", "时段应是上半年或下半年"),
        ("month", "2026H1", "应是一个整月"),
        ("weekly", "2026W20", "没有“weekly”这种文种"),
        ("special", "2026H1", "须指明一项业务"),
    ],
)
def test_a_kind_refuses_what_it_is_not_of(bureau: Any, kind: str, period: str, said: str) -> None:
    with pytest.raises(DeskError, match=said):
        drafts.open_draft(ROOT, kind, Period.parse(period), by=bureau)
    assert not Draft.objects.exists()


def test_overlapping_periods_are_refused_with_the_other_draft(bureau: Any, half: Draft) -> None:
    with pytest.raises(DeskError, match=f"已有工作稿（编号{half.pk}）"):
        drafts.open_draft(ROOT, "half", HALF, by=bureau)
    first = drafts.open_draft(ROOT, "special", HALF, by=bureau, programme="complaints")
    with pytest.raises(DeskError, match=f"与工作稿{first.pk}的时段2026年上半年重叠"):
        drafts.open_draft(ROOT, "special", Period.parse("2026Q2"), by=bureau, programme="complaints")
    for last in (5, 6):  # months one to N grow by nature
        drafts.open_draft(ROOT, "months", Period.months(2026, 1, last), by=bureau)


# -- sections --------------------------------------------------------------------------------------------------------------------------


def test_the_bureau_s_own_order_and_headings(bureau: Any, half: Draft) -> None:
    sections.set_order(ROOT, [(COMPLAINTS, "回应群众关切", "Answering the public"), (SERVICES, "", "")], by=bureau)
    made = assemble(half).document.parts[0].sections
    assert [s.heading.zh for s in made] == ["回应群众关切", "抓实健康教育"]
    with pytest.raises(DeskError, match="写了两次"):
        sections.set_order(ROOT, [(SERVICES, "", ""), (SERVICES, "", "")], by=bureau)
    with pytest.raises(DeskError, match="没有章节“77”"):
        sections.set_order(ROOT, [("77", "", "")], by=bureau)


def test_a_section_with_its_own_cutoff_says_so(bureau: Any, half: Draft) -> None:
    sections.assign(half, SERVICES, bureau, by=bureau, cutoff=date(2026, 5, 31))
    text = text_of(assemble(half))
    assert "本节数据截至5月底。1月1日至5月底，全县印发健康教育资料500份" in text
    assert "上半年，全县受理投诉举报42件" in text
    with pytest.raises(Refusal, match="不在时段"):
        sections.assign(half, COMPLAINTS, bureau, by=bureau, cutoff=date(2026, 8, 1))


def test_steps_of_a_section(bureau: Any, half: Draft) -> None:
    work = sections.assign(half, SERVICES, bureau, by=bureau, deadline=date(2026, 7, 5))
    with pytest.raises(DeskError, match="现为未开始，不能改为已采用"):
        sections.step(work, WorkState.ACCEPTED, by=bureau)
    sections.step(work, WorkState.HANDED_IN, by=bureau)
    with pytest.raises(DeskError, match="须写明原因"):
        sections.step(work, WorkState.RETURNED, by=bureau)
    sections.step(work, WorkState.RETURNED, by=bureau, reason="缺效果")
    assert "退回" in sections.not_ready(half)[0].zh
    sections.step(work, WorkState.HANDED_IN, by=bureau)
    sections.step(work, WorkState.ACCEPTED, by=bureau)
    assert sections.not_ready(half) == []
    assert [(s.state, s.reason, s.by) for s in work.steps.order_by("id")][1] == ("returned", "缺效果", "bureau")


def test_a_section_whose_owner_is_gone_is_named_with_the_cure(office: Any, bureau: Any, half: Draft) -> None:
    owner = office.staff("township")
    work = sections.assign(half, SERVICES, owner, by=bureau)
    owner.is_active = False
    owner.save()
    work.refresh_from_db()
    with pytest.raises(DeskError, match=r"责任人样员township（township）的账号已停用。请把这一节改派"):
        sections.step(work, WorkState.HANDED_IN, by=bureau)
    with pytest.raises(DeskError, match="已停用"):
        sections.assign(half, COMPLAINTS, owner, by=bureau)
    assert any("改派" in t.zh for t in assemble(half).open_points())


# -- human text ---------------------------------------------------------------------------------------------------------------------------


def write(text: str, by: Any, section: str = SERVICES, period: Period = HALF, **more: Any) -> HumanText:
    return human.write(ROOT, section, period, text, by=by, **{"head": Text("压实责任", "Responsibility"), **more})


def test_a_paragraph_stands_in_its_section_with_figures_and_typed_numbers(bureau: Any, half: Draft) -> None:
    write("召开推进会3次。举办讲座{health_education.lectures}次{health_education.lectures:completion}。", bureau)
    made = assemble(half)
    section = made.document.parts[0].sections[0]
    assert [p.head.zh for p in section.paragraphs] == ["压实责任", "抓实健康教育"]
    assert "一是压实责任。召开推进会3次。举办讲座6次，完成全年任务的6.00%" in text_of(made)
    runs = [r for s in section.paragraphs[0].sentences for r in s.zh]
    assert [r.text for r in runs if isinstance(r, Typed)] == ["3次"]
    assert next(r.figure.code for r in runs if isinstance(r, FigureSpan)) == "health_education.lectures"
    assert (made.typed, len(made.unbound)) == (1, 1)


def test_a_chapter_that_has_only_human_text_stands_too(bureau: Any, half: Draft) -> None:
    write("坚持预防为主。", bureau, section="8", head=None)
    assert "爱国卫生运动深入开展。坚持预防为主。" in text_of(assemble(half))


def test_last_year_s_paragraph_is_offered_beside(bureau: Any, half: Draft) -> None:
    old = write("去年的话。", bureau, period=Period.parse("2025H1"))
    new = write("今年的话。", bureau)
    assert human.beside(ROOT, SERVICES, HALF) == ([new], [old])


def test_unknown_names_are_refused_with_their_place(bureau: Any) -> None:
    with pytest.raises(TemplateError, match=r"“基本公共卫生服务扎实推进”第1段 第2行：\{health_education.nothing\} 没有这个指标"):
        write("第一句。\n{health_education.nothing}次。", bureau)
    with pytest.raises(TemplateError, match="没有配对"):
        write("举办{health_education.lectures次。", bureau)
    with pytest.raises(TemplateError, match="英文与中文的数字不同"):
        write("举办{health_education.lectures}次。", bureau, text_en="Six lectures.")
    assert not HumanText.objects.exists()


def test_a_sentence_whose_figure_is_missing_is_left_out_and_listed(bureau: Any, half: Draft) -> None:
    write("参合率{insurance.coverage}。宣传到村到户。", bureau)
    made = assemble(half)
    assert "压实责任。宣传到村到户。" in text_of(made)
    assert any(i.origin.startswith("“基本公共卫生服务扎实推进”第1段") for i in made.document.missing)


def test_typed_numbers_are_bound_to_a_figure_a_source_or_a_signature(bureau: Any, half: Draft) -> None:
    paragraph = write("举办讲座6次，召开推进会3次，慰问老人二十名。", bureau)
    paragraph = human.bind_to_figure(paragraph, "6次", "health_education.lectures", by=bureau)
    assert paragraph.text.startswith("举办讲座{health_education.lectures}次，")
    assert human.bind_to_source(paragraph, "3次", "会议签到表.xlsx", by=bureau).kind == BindingKind.SOURCE
    assert [q.text for _, q in human.unbound([paragraph])] == ["二十名"]
    human.sign(paragraph, "二十名", by=bureau)
    made = assemble(half)
    assert (made.typed, len(made.unbound)) == (2, 0)
    assert "手填：来源：会议签到表.xlsx（bureau）" in word_comments(made)
    with pytest.raises(Refusal, match="在这一段里没有"):
        human.sign(paragraph, "9次", by=bureau)
    with pytest.raises(DeskError, match="没有编号为99的工作纪实"):
        human.bind_to_source(paragraph, "3次", "deed:99", by=bureau)


def word_comments(made: Assembled) -> str:
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(word.to_bytes(made.document, review=True))).read("word/comments.xml").decode()


def test_an_edit_keeps_what_answers_for_numbers_that_stay(bureau: Any) -> None:
    paragraph = write("召开推进会3次，慰问老人二十名。", bureau)
    human.sign(paragraph, "3次", by=bureau)
    human.sign(paragraph, "二十名", by=bureau)
    changed = write("县里召开推进会3次，慰问老人三十名。", bureau)
    assert [(n.quantity.text, n.binding is not None) for n in human.typed(changed)] == [("3次", True), ("三十名", False)]


def test_a_rank_comes_from_a_bulletin_only(bureau: Any, half: Draft) -> None:
    paragraph = write("讲座开展次数居全市第二位。", bureau)
    with pytest.raises(DeskError, match="只能出自上级通报"):
        human.sign(paragraph, "居全市第二位", by=bureau)
    assert any("只能出自上级通报" in t.zh for t in assemble(half).open_points())
    references.enter(ROOT, "health_education.lectures", HALF, "全市", document="上半年通报", day=date(2026, 7, 9), by=bureau, rank=2, of=9)
    write("举办讲座{health_education.lectures}次{health_education.lectures:reference}。", bureau)
    assert "举办讲座6次，居全市第2位。" in text_of(assemble(half))


def test_contradictory_numbers_are_named_and_keep_the_draft_from_approval(bureau: Any, half: Draft) -> None:
    paragraph = write("参加培训120人，其中村医130人。", bureau)
    human.sign(paragraph, "120人", by=bureau)
    human.sign(paragraph, "130人", by=bureau)
    settled(half, bureau)
    with pytest.raises(DeskError, match="部分130人大于总数120人。请核对"):
        drafts.approve(half, bureau)


# -- missing figures ------------------------------------------------------------------------------------------------------------------


def lack_of(draft: Draft, code: str) -> missing.Lack:
    return next(lack for lack in assemble(draft).lacks if lack.code == code)


def test_a_missing_figure_waits_prints_with_coverage_or_is_left_out(bureau: Any, half: Draft) -> None:
    lack = lack_of(half, "complaints.received")
    assert (lack.choice, lack.coverage.zh) == (Choice.WAIT, "3家中2家已报")
    assert [c.text.zh for c in lack.calls] == ["白水乡卫生院：样员township2 0000-0002"]
    assert WEST in lack.calls[0].organisation
    missing.decide(half, [lack], Choice.COVERAGE, by=bureau)
    made = assemble(half)
    assert "受理投诉举报42件，办结36件，办结率85.71%（应报3个单位，按已报的2个统计）" in text_of(made)
    assert "complaints.received" not in {each.code for each in made.waiting}
    missing.decide(half, [lack], Choice.LEAVE_OUT, by=bureau)
    assert "受理投诉举报" not in text_of(assemble(half))


def test_nothing_reported_has_no_coverage(bureau: Any, half: Draft) -> None:
    with pytest.raises(DeskError, match="没有可以注明覆盖面的数"):
        missing.decide(half, [lack_of(half, "insurance.coverage")], Choice.COVERAGE, by=bureau)


# -- approval, steps, and the next document ------------------------------------------------------------


def test_approval_is_refused_with_every_reason(bureau: Any, half: Draft) -> None:
    sections.assign(half, SERVICES, bureau, by=bureau)
    write("召开推进会3次。", bureau)
    with pytest.raises(DeskError) as refused:
        drafts.approve(half, bureau)
    reasons = "\n".join(r.zh for r in refused.value.reasons)
    for said in ("未开始", "缺数还在等待补报", "手填数1个，其中1个没有来源：基本公共卫生服务扎实推进“3次”"):
        assert said in reasons
    half.refresh_from_db()
    assert half.state == DraftState.DRAFTING


def test_the_approver_may_let_typed_numbers_stand_and_then_nothing_changes_any_more(bureau: Any, half: Draft) -> None:
    paragraph = write("召开推进会3次。", bureau)
    drafts.approve(settled(half, bureau), bureau, accept_unbound=True)
    assert (half.state, half.accepted_unbound, half.approved_by) == (DraftState.APPROVED, 1, "bureau")
    assert half.ledger_version
    for change in (
        lambda: write("改了。", bureau),
        lambda: human.sign(paragraph, "3次", by=bureau),
        lambda: sections.assign(half, SERVICES, bureau, by=bureau),
        lambda: plan.set_item(half, 1, by=bureau, lead="某科"),
    ):
        with pytest.raises(DeskError, match="已审定"):
            change()
    drafts.reopen(half, bureau, "补充内容")
    write("改了。", bureau)


def test_steps_are_drafted_edited_and_printed(bureau: Any, half: Draft) -> None:
    first, *_ = plan.draft_items(half, assemble(half).document, by=bureau)
    assert (first.indicator, first.target, first.due_on) == ("health_education.lectures", Decimal(75), date(2026, 9, 30))
    plan.set_item(half, 1, by=bureau, lead="基层卫生健康科")
    own = plan.set_item(
        half, by=bureau, head=Text("培训村医", "Train doctors"), measure=Text("举办培训2期", "two courses"), due_on=date(2026, 8, 31)
    )
    text = text_of(assemble(half))
    assert "由基层卫生健康科牵头，按月调度，9月底前完成全年任务100次的75%以上。" in text
    assert "培训村医。8月底前，举办培训2期。" in text
    with pytest.raises(DeskError, match="措施须一并改写"):
        plan.set_item(half, 1, by=bureau, target=Decimal(60))
    with pytest.raises(DeskError, match="须同时填写"):
        plan.set_item(half, own.number, by=bureau, indicator="health_education.lectures")
    plan.set_item(
        half, 1, by=bureau, measure=Text("逐乡镇排定讲座", "set dates"), indicator="health_education.lectures", target=Decimal(60)
    )
    made = assemble(half)
    assert "9月底前，由基层卫生健康科牵头，逐乡镇排定讲座，举办健康知识讲座达到60次以上。" in text_of(made)
    assert [s.part for s in made.document.parts[-1].paragraphs[0].sentences[0].spans()] == ["target"]


def test_published_steps_open_the_next_document_with_their_results(bureau: Any, day: date) -> None:
    may = drafts.open_draft(ROOT, "month", Period.parse("2026-05"), by=bureau)
    steps = (("讲座", date(2026, 6, 30), "6"), ("更多讲座", date(2026, 6, 30), "60"), ("年底讲座", date(2026, 12, 31), "80"))
    for head, due, target in steps:
        plan.set_item(
            may, by=bureau, head=Text(head, head), measure=Text("排定讲座", "set dates"), due_on=due,
            indicator="health_education.lectures", target=Decimal(target),
        )  # fmt: skip
    plan.set_item(may, by=bureau, head=Text("修订制度", "Rules"), measure=Text("修订制度", "mend rules"), due_on=date(2026, 6, 15))
    drafts.approve(settled(may, bureau), bureau)
    before = assemble(drafts.open_draft(ROOT, "month", JUNE, by=bureau))
    assert before.results == ()
    publication = drafts.publish(may, bureau, day)
    assert (Draft.objects.get(pk=may.pk).state, publication.draft_id) == (DraftState.PUBLISHED, may.pk)
    june = assemble(Draft.objects.get(kind="month", period_start=JUNE.start))
    assert [r.outcome.value for r in june.results] == ["done", "not_done", "not_due", "not_measurable"]
    sentence = next(s for s in june.document.opening.sentences if s.origin == "check")
    assert sentence.text() == "上期部署的4项工作中，已完成1项、未完成1项、尚未到期1项、没有量化指标1项。"
    assert all(span.figures for span in (*sentence.spans("zh"), *sentence.spans("en")))
    assert sentence.spans()[1].figure.value == Decimal(6)


def test_a_bulletin_table_enters_whole_or_not_at_all(bureau: Any, tmp_path: Any) -> None:
    header = ",".join(references.COLUMNS)
    good = "health_education.lectures,2026H1,全市,2,9,,上半年通报,市卫发〔2026〕9号,2026-07-09"
    file = tmp_path / "bulletins.csv"
    file.write_text(f"{header}\n{good}\nno.such,2026H1,全市,2,9,,通报,,2026-07-09\n", encoding="utf-8")
    with pytest.raises(DeskError, match=r"第3行：没有指标“no\.such”"):
        references.enter_table(ROOT, file, by=bureau)
    assert not Bulletin.objects.exists()
    file.write_text(f"{header}\n{good}\n", encoding="utf-8")
    assert references.enter_table(ROOT, file, by=bureau) == 1


def test_a_file_that_cannot_be_written_whole_leaves_the_old_one(bureau: Any, half: Draft, tmp_path: Any) -> None:
    made = assemble(half).document
    path = word.write(made, tmp_path / "half.docx")
    whole = path.read_bytes()
    with pytest.raises(AttributeError):
        word.write(replace(made, title=None), path)  # type: ignore[arg-type]
    assert path.read_bytes() == whole
    assert [p.name for p in tmp_path.iterdir()] == ["half.docx"]
