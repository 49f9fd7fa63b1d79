"""The Word files: page of GB/T 9704, clean and review copy, the same bytes for the same document."""

import zipfile
from pathlib import Path

import pytest
from docx.api import Document as OpenDocx
from docx.oxml.ns import qn

from taizhang.summaries import word
from taizhang.summaries.build import compose
from taizhang.summaries.document import Document

from . import sample


def made(**changes: str) -> Document:
    figures = [f for f in sample.figures() if f.code != "elders.examined"]
    return compose(figures, sample.below(), sample.read_templates(), sample.registry(), **changes)


@pytest.fixture(scope="module")
def document() -> Document:
    return made()


@pytest.fixture(scope="module")
def copies(document: Document, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("word")
    return (
        word.write(document, folder / "clean.docx", known=sample.registry()),
        word.write(document, folder / "review.docx", review=True, known=sample.registry()),
    )


def test_the_page_holds_22_lines_of_28_characters(copies: tuple[Path, Path]) -> None:
    docx = OpenDocx(str(copies[0]))
    section = docx.sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(s.mm) for s in sides if s is not None] == [210, 297, 37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("linesAndChars", "579")
    line, size = docx.styles["Normal"].paragraph_format.line_spacing, docx.styles["Normal"].font.size
    assert 225 / 25.4 * 72 // line.pt == 22
    tighter = int(docx.styles["Normal"].element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 156 / 25.4 * 72 // (size.pt + tighter) == 28
    assert size.pt == 16


def fonts(docx: "word.Docx") -> dict[str, str]:
    return {run.text: run._r.rPr.rFonts.get(qn("w:eastAsia")) for p in docx.paragraphs for run in p.runs if run.text}


def test_fonts_are_named_for_east_asian_text(copies: tuple[Path, Path]) -> None:
    named = fonts(OpenDocx(str(copies[0])))
    assert named["甲县卫生健康局"] == "方正小标宋简体"
    assert named["一、主要工作开展情况"] == "黑体"
    assert named["（一）基本公共卫生服务扎实推进。"] == "楷体_GB2312"
    assert named["90.46%"] == "仿宋_GB2312"


def test_each_font_of_the_standard_has_an_alternative(copies: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(copies[0]) as package:
        table = package.read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/></w:font>' in table


def test_page_numbers_stand_outside_odd_right_even_left(copies: tuple[Path, Path]) -> None:
    docx = OpenDocx(str(copies[0]))
    assert docx.settings.odd_and_even_pages_header_footer
    odd, even = docx.sections[0].footer.paragraphs[0], docx.sections[0].even_page_footer.paragraphs[0]
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert (odd.alignment, even.alignment) == (2, 0)
    assert odd.runs[0].font.size.pt == 14
    assert odd.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "宋体"


def test_the_review_copy_has_a_comment_on_every_number_and_the_clean_copy_none(copies: tuple[Path, Path], document: Document) -> None:
    clean, review = (OpenDocx(str(path)) for path in copies)
    assert len(list(clean.comments)) == 0
    assert len(list(review.comments)) == len(document.spans()) > 20
    marked = [
        r.text
        for p in review.paragraphs
        for r in p.runs
        if r._r.getprevious() is not None and r._r.getprevious().tag == qn("w:commentRangeStart")
    ]
    assert marked == [s.text for s in document.spans()]


def test_a_comment_holds_the_dossier_of_its_number(copies: tuple[Path, Path]) -> None:
    text = next(c.text for c in OpenDocx(str(copies[1])).comments if "pressure.by_pace" in c.text and "本处数字" not in c.text)
    for line in (
        "指标：高血压患者按进度规范管理率（pressure.by_pace）",
        "分子：32186",
        "分母：41370",
        "数据来源：报表",
        "截至2026-06-30",
        "台账版本：7；定义指纹 0123456789ab",
    ):
        assert line in text
    assert "口径：报表：《示例报表》分子数 ÷ 《示例报表》分母数" in text


def test_a_number_drawn_from_several_figures_lists_them(copies: tuple[Path, Path]) -> None:
    comments = [c.text for c in OpenDocx(str(copies[1])).comments]
    assert any("本处数字：低于年度目标" in c and "所依据的数字：丁镇卫生院 79.00%" in c for c in comments)


def test_only_the_review_copy_has_the_annexes(copies: tuple[Path, Path], document: Document) -> None:
    clean, review = (OpenDocx(str(path)) for path in copies)
    assert [p.text for p in clean.paragraphs if "附" in p.text] == ["附表"]
    assert {"附表", "校核附件一", "校核附件二"} <= {p.text for p in review.paragraphs}
    places, *_, figures, missing = review.tables
    assert [c.text for c in places.rows[0].cells] == ["单位名称", "居民健康档案建档率", "健康档案动态使用率", "高血压患者按进度规范管理率"]
    assert [c.text for c in places.rows[1].cells] == ["全县", "90.46", "61.10", "77.80"]
    assert len(figures.rows) == 1 + len(document.figures)
    assert [c.text for c in missing.rows[1].cells][2:4] == ["上半年为＿＿名65岁及以上老年人完成健康体检。", "老年人健康体检人数"]


def test_tables_have_three_rules_and_repeat_their_header(copies: tuple[Path, Path]) -> None:
    for table in OpenDocx(str(copies[1])).tables:
        borders = table._tbl.tblPr.find(qn("w:tblBorders"))
        assert [b.tag for b in borders] == [qn("w:top"), qn("w:bottom")]
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_equal_documents_give_equal_bytes(document: Document) -> None:
    known = sample.registry()
    for review in (False, True):
        assert word.to_bytes(made(), review=review, known=known) == word.to_bytes(document, review=review, known=known)


def test_the_file_says_nothing_of_when_and_where_it_was_written(copies: tuple[Path, Path]) -> None:
    for path in copies:
        with zipfile.ZipFile(path) as package:
            assert {e.date_time for e in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert b"2026-06-30T00:00:00Z" in package.read("docProps/core.xml")


def test_the_english_copy_is_english(tmp_path: Path) -> None:
    english = made(language="en")
    docx = OpenDocx(str(word.write(english, tmp_path / "en.docx", review=True, known=sample.registry())))
    text = "\n".join(p.text for p in docx.paragraphs)
    assert "1. Work done" in text
    assert "First, health records put to use." in text
    assert len(list(docx.comments)) == len(english.spans("en"))


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("甲局2026年工作总结", ["甲局2026年工作总结"]),
        ("甲县卫生健康局2026年上半年工作总结和下半年工作打算", ["甲县卫生健康局", "2026年上半年工作总结和下半年工作打算"]),
        ("甲县卫生健康局2026年下半年工作总结和2027年工作打算", ["甲县卫生健康局", "2026年下半年工作总结和2027年工作打算"]),
    ],
)
def test_a_long_title_breaks_between_words(title: str, lines: list[str]) -> None:
    assert word.title_lines(title, "甲县卫生健康局" if "甲县" in title else "甲局") == lines
