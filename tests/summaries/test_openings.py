"""What opens every chapter: one template, said in each chapter that has something to tell."""

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

from taizhang.figures.model import Figure
from taizhang.kernel.indicators import Status
from taizhang.kernel.registry import registry
from taizhang.summaries import layout, templates
from taizhang.summaries.build import compose
from taizhang.summaries.document import Document
from taizhang.summaries.templates import TemplateError

from . import sample
from .sample import figure

# The sample's own indicators stand for documents, rounds of supervision and problems.
EACH = """
# 压实责任抓落实 | Responsibility pressed home
**clauses** [印发{records.opened@chapter:titles}{opened}份][督导{rounds}轮覆盖{units}家]
> [documents issued: {records.opened@chapter:titles}{opened}][rounds: {rounds}, {units} units]
**clauses** [发现问题{malaria.cases@chapter}个][整改率{complaints.closing@chapter}]
> [problems found: {malaria.cases@chapter}][mended: {complaints.closing@chapter}]
"""
for _short, _code in {"opened": "records.opened", "rounds": "elders.examined", "units": "pressure.managed"}.items():
    EACH = EACH.replace(f"{{{_short}}}", f"{{{_code}@chapter}}")


def composed(*own: Figure, below: Sequence[Figure] = ()) -> Document:
    each = replace(templates.read("complaints", "complaints/each_chapter.md", EACH), each_chapter=True)
    return compose([*sample.figures(), *own], below, [*sample.read_templates(), each], sample.registry())


def sections(document: Document) -> dict[str, list[str]]:
    """Each section's paragraphs as text, with their heads."""
    return {
        s.heading.zh: [f"{p.head.zh if p.head else ''}|{''.join(t.text() for t in p.sentences)}" for p in s.paragraphs]
        for s in document.parts[0].sections
    }


def documents(count: int, *names: str, chapter: int = 2) -> Figure:
    return replace(figure("records.opened", count, category=f"chapter:{chapter}"), names=names)


def test_a_chapter_opens_with_its_own_deeds_and_its_own_head() -> None:
    said = sections(
        composed(
            documents(2, "甲方案", "乙通知"),
            figure("elders.examined", 2, category="chapter:2"),
            figure("pressure.managed", 44, category="chapter:2"),
            documents(1, "丙办法", chapter=3),
            figure("malaria.cases", 8, category="chapter:3"),
            figure("complaints.closing", 7, 8, category="chapter:3"),
        )
    )
    assert said["基本公共卫生服务扎实推进"][0] == "压实责任抓落实|印发《甲方案》《乙通知》等文件2份，督导2轮覆盖44家。"
    assert said["疾病预防控制稳步开展"][0] == "落实责任抓防控|印发《丙办法》1份。发现问题8个，整改率87.50%。"
    assert said["基本药物制度有序推进"][0].startswith("|上半年，网上集中采购")  # no deeds: as it was


def test_kinds_without_deeds_are_silent_and_a_chapter_without_any_says_nothing_and_misses_nothing() -> None:
    document = composed(documents(0, chapter=3), figure("elders.examined", 0, category="chapter:3"))
    assert sections(document) == sections(composed())
    assert document.missing == composed().missing
    alone = composed(documents(0), figure("elders.examined", 3, category="chapter:2"), figure("pressure.managed", 9, category="chapter:2"))
    assert sections(alone)["基本公共卫生服务扎实推进"][0] == "压实责任抓落实|督导3轮覆盖9家。"


def test_a_clause_is_silent_where_one_of_its_figures_is_unknown() -> None:
    unsure = figure("pressure.managed", None, status=Status.NOT_REPORTED, category="chapter:2")
    said = sections(composed(documents(1), figure("elders.examined", 3, category="chapter:2"), unsure))
    assert said["基本公共卫生服务扎实推进"][0] == "压实责任抓落实|印发文件1份。"


def test_a_chapter_with_nothing_but_deeds_stands_under_its_slogan() -> None:
    assert sections(composed(documents(3, "甲", chapter=8)))["爱国卫生运动深入开展"] == ["|印发《甲》等文件3份。"]


def test_an_opening_makes_a_lone_paragraph_the_second_of_two() -> None:
    text = "\n".join(b.text for b in layout.blocks(composed(documents(3, "甲", chapter=5)), "zh"))
    assert "有序推进。一是规范管理抓落实。印发《甲》等文件3份。二是基本药物制度有序推进。上半年，网上集中采购" in text


def test_every_number_of_an_opening_is_a_span_and_stands_in_both_languages() -> None:
    document = composed(documents(2, "甲", "乙"), figure("malaria.cases", 8, category="chapter:2"))
    opened = document.parts[0].sections[0].paragraphs[0]
    assert [[s.text for s in sentence.spans()] for sentence in opened.sentences] == [["2"], ["8"]]
    assert [sentence.text("en") for sentence in opened.sentences] == ["Documents issued: 2. ", "Problems found: 8."]
    assert {s.figure.category for s in document.spans() if s.figure.code == "records.opened"} == {"chapter:2", ""}


def test_names_of_other_things_are_joined_with_commas() -> None:
    name, count = "{complaints.received:names}", "{complaints.received}"
    template = templates.read("complaints", "x", f"# 头 | Head\n新获{name}{count}项。\n> {name}{count} won.\n")
    named = replace(figure("complaints.received", 3), names=("甲", "乙", "丙"))
    document = compose([named], [], [template], sample.registry())
    assert "新获甲、乙、丙等3项。" in "".join(s.text() for s in document.sentences())


# -- the files -------------------------------------------------------------------------------------------------------------------


def faults(line: str, twin: str) -> list[str]:
    with pytest.raises(TemplateError) as caught:
        templates.read("deeds", "deeds/each_chapter.md", f"# 头 | Head\n{line}\n> {twin}\n")
    return caught.value.faults


def test_a_sentence_of_clauses_holds_nothing_else() -> None:
    assert faults("**clauses** 共[{a.b}份]", "[{a.b}]") == [
        "deeds/each_chapter.md 第2行：“**clauses**”的句子只由方括号里的分句组成，分句之外不写别的。"
    ]


def test_clauses_of_the_two_languages_go_in_pairs() -> None:
    assert faults("**clauses** [{a.b}份][{c.d}次]", "[{c.d}][{a.b}]") == [
        "deeds/each_chapter.md 第2行：中英文的分句应一一对应，每一句里的数字相同。"
    ]


def test_only_an_indicator_that_is_split_by_chapter_may_stand_in_each() -> None:
    text = "# 头 | Head\n{deeds.documents@chapter}、{deeds.in_time@chapter}。\n> {deeds.documents@chapter}, {deeds.in_time@chapter}.\n"
    each = replace(templates.read("deeds", "deeds/each_chapter.md", text), each_chapter=True)
    assert templates.unknown_names([each], registry) == [
        "deeds/each_chapter.md 第2行第27列：{deeds.in_time@chapter} 指标不按篇章分组。",
        "deeds/each_chapter.md 第3行第28列：{deeds.in_time@chapter} 指标不按篇章分组。",
    ]


def test_the_files_of_the_lines_of_work_can_be_read_and_name_what_there_is() -> None:
    found = []
    for package in settings.PROGRAMMES:
        path = Path(import_module(package).__file__ or "").parent / "each_chapter.md"
        if path.is_file():
            code = package.rpartition(".")[2]
            found.append(replace(templates.read(code, f"{code}/each_chapter.md", path.read_text(encoding="utf-8")), each_chapter=True))
    assert {t.programme for t in found} == {"deeds", "rectification"}
    assert templates.unknown_names(found, registry) == []
