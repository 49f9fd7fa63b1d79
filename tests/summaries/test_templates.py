"""Reading summary.md: the syntax, and every fault named with its place."""

import re
from importlib import import_module

import pytest

from taizhang.config import settings
from taizhang.kernel.registry import Registry
from taizhang.summaries import templates
from taizhang.summaries.templates import Optional, Placeholder, TemplateError

from . import sample


def faults_of(text: str) -> list[str]:
    with pytest.raises(TemplateError) as caught:
        templates.read("records", "records/summary.md", text)
    return caught.value.faults


def test_a_sentence_is_read_with_its_placeholders_and_their_places() -> None:
    template = templates.read(
        "records",
        "records/summary.md",
        "# 头 | Head\n**zero** 截至{cutoff}共{records.total@sex:1:wan}份[，占{records.active}]。\n"
        "> By {cutoff} {records.total@sex:1:wan}[, {records.active}].\n",
    )
    sentence = template.paragraphs[0].sentences[0]
    assert sentence.kind == "zero"
    cutoff, total = sentence.zh[1], sentence.zh[3]
    assert isinstance(cutoff, Placeholder)
    assert (cutoff.kind, cutoff.line, cutoff.column) == ("free", 2, 3)
    assert isinstance(total, Placeholder)
    assert (total.name, total.category, total.filter) == ("records.total", "sex:1", "wan")
    assert isinstance(sentence.zh[5], Optional)


def test_a_digit_outside_a_placeholder_is_refused() -> None:
    assert faults_of("# 头 | Head\n为65岁及以上老年人{records.total}人。\n> {records.total} of sixty-five.\n") == [
        "records/summary.md 第2行：模板里写了数字“6”（…为65岁及以上老年人…）。数字应来自指标、参数或时段。"
    ]
    assert faults_of("# 第３头 | Head\n共{records.total}人。\n> {records.total}.\n")  # a full-width digit is a digit


def test_the_english_twin_must_be_there_and_hold_the_same_figures() -> None:
    assert "没有英文" in faults_of("# 头 | Head\n共{records.total}份。\n")[0]
    found = faults_of("# 头 | Head\n共{records.total}份。\n> {records.opened} were opened.\n")
    assert found == [
        "records/summary.md 第3行：英文缺{records.total}，中文有。两种文字的数字应相同。",
        "records/summary.md 第3行：英文多出{records.opened}，中文没有。两种文字的数字应相同。",
    ]


def test_two_comparisons_in_one_sentence_are_refused() -> None:
    line = "共{records.total}份{records.total:growth}，建档率{records.coverage}{records.coverage:points}。"
    assert "一个句子最多一处比较" in faults_of(f"# 头 | Head\n{line}\n> {line}\n")[0]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("共{records.total份。", "没有配对的“}”"),
        ("共{records.total}份[，占{records.active}。", "“[”没有配对"),
        ("共{records.total}份]。", "“]”没有配对"),
        ("共{records.total:much}份。", "不是已有的写法"),
        ("比例{parameter:elders.old|upward}，共{records.total}份。", "不是已有的写法，可用：from_to"),
        ("**often** 共{records.total}份。", "没有“**often**”这种句子"),
        ("共{records.total}份[，很好]。", "不会消失"),
        ("共{records.total:none}份。", "只能用在“**zero**”"),
        ("**zero** 没有病例。", "应有它所依据的数字"),
    ],
)
def test_a_slip_of_the_pen_is_named_with_its_cure(line: str, fault: str) -> None:
    found = faults_of(f"# 头 | Head\n{line}\n> {line}\n")
    assert any(fault in f and "第2行" in f for f in found), found


def test_all_unknown_names_of_all_templates_are_listed_at_once() -> None:
    read = [
        templates.read(
            "records",
            "records/summary.md",
            "# 头 | Head\n{records.totl}份，{records.total@north}份。\n> {records.totl} {records.total@north}\n",
        ),
        templates.read(
            "elders",
            "elders/summary.md",
            "# 头 | Head\n\n{parameter:elders.old}岁，{name:elder}，{area}。\n> {parameter:elders.old} {name:elder}\n",
        ),
    ]
    found = templates.unknown_names(read, sample.registry())
    assert [f for f in found if "第2行" in f] == [
        "records/summary.md 第2行第1列：{records.totl} 没有这个指标。",
        "records/summary.md 第2行第17列：{records.total@north} 指标没有“north”这一分组。",
    ]
    assert "elders/summary.md 第3行第1列：{parameter:elders.old} 没有这个参数。" in found
    assert any("{name:elder} 没有这项业务。" in f for f in found)


def test_loading_stops_with_the_faults_of_every_file(tmp_path) -> None:
    from dataclasses import replace

    known = sample.registry()
    for code, text in (("records", "# 头\n"), ("elders", "# 头 | Head\n{elders.none}。\n> {elders.none}.\n")):
        (tmp_path / code).mkdir()
        (tmp_path / code / "summary.md").write_text(text, encoding="utf-8")
        known.programmes[code] = replace(known.programmes[code], folder=tmp_path / code)
    with pytest.raises(TemplateError) as caught:
        templates.load(known)
    assert "records/summary.md 第1行" in str(caught.value)
    assert "{elders.none} 没有这个指标" in str(caught.value)


@pytest.fixture(scope="module")
def declared() -> Registry:
    known = Registry()
    known.load([*settings.DECLARING, *settings.PROGRAMMES])
    return known


def test_every_template_of_the_system_reads_and_names_what_exists(declared: Registry) -> None:
    assert len(templates.load(declared)) > 10


def test_no_digit_stands_in_any_template_outside_a_placeholder() -> None:
    for package in settings.PROGRAMMES:
        from pathlib import Path

        path = Path(import_module(package).__file__ or "").parent / "summary.md"
        assert path.is_file(), f"{package} has no summary.md"
        outside = re.sub(r"\{[^}]*\}", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"\d", outside), f"{path} holds a digit outside a placeholder"


def test_a_sentence_that_cannot_do_without_a_withheld_figure_is_left_out_and_its_neighbours_stand() -> None:
    from taizhang.kernel.registry import registry
    from taizhang.summaries.build import silenced
    from taizhang.summaries.templates import load

    template = next(t for t in load(registry) if t.programme == "maternal")
    quiet = {"maternal.high_risk", "maternal.high_risk_rate", "maternal.high_risk_now"}
    left = silenced(template, quiet)
    asked, still = ([p.name for p in t.placeholders()] for t in (template, left))
    assert quiet <= set(asked)
    assert set(still) == set(asked) - {"maternal.high_risk", "maternal.high_risk_rate"}  # the third stands in an optional clause
    assert [p.head for p in left.paragraphs] == [p.head for p in template.paragraphs]
    assert silenced(template, set()) is template
