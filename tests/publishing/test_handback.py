"""An edited Word file against what was published. Figures made by hand; real .docx files, edited as people and programs edit them."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx as word_files
import pytest

from summaries import sample
from taizhang.summaries import word
from taizhang.summaries.build import compose
from taizhang.summaries.publishing.frozen import freeze, key_of
from taizhang.summaries.publishing.handback import Change, Comparison, compare_text
from taizhang.summaries.publishing.models import Publication
from taizhang.summaries.publishing.prose import as_json, freeze_prose, thaw_prose
from taizhang.summaries.publishing.publish import all_figures
from taizhang.summaries.publishing.wordfile import WordFileRefused, read_word, read_word_bytes

KNOWN = sample.registry()
DOCUMENT = compose(sample.figures(), sample.below(), sample.read_templates(), KNOWN)
FIGURES = all_figures(DOCUMENT)
FROZEN = [freeze(f, KNOWN) for f in FIGURES]
PROSE = thaw_prose(as_json(freeze_prose(DOCUMENT, {key_of(f): n for n, f in enumerate(FIGURES, start=1)})))


def edited(change: Callable[[str], str | None] | None = None, *, review: bool = False) -> bytes:
    """The published file, each paragraph changed in its text; None deletes it."""
    docx = word_files.Document(io.BytesIO(word.to_bytes(DOCUMENT, review=review, known=KNOWN)))
    for paragraph in docx.paragraphs:
        if change is not None and paragraph.text:
            text = change(paragraph.text)
            if text is None:
                paragraph._p.getparent().remove(paragraph._p)
            elif text != paragraph.text:
                paragraph.text = text
    stream = io.BytesIO()
    docx.save(stream)
    return stream.getvalue()


def against(content: bytes) -> Comparison:
    return compare_text(read_word_bytes(content, "改.docx"), PROSE, FROZEN, Publication(pk=1))


def changes(found: Comparison) -> list[tuple[Change, str, str, str]]:
    return [(c.kind, c.our_number, c.their_number, c.figure.code if c.figure else "") for c in found.changes]


@pytest.mark.parametrize("review", [False, True])
def test_an_unchanged_file_is_clean(review: bool) -> None:
    found = against(edited(review=review))
    assert (found.is_clean, found.rewritten) == (True, ())
    assert found.unchanged > 20


def test_a_changed_figure_is_listed_with_ours_and_theirs() -> None:
    found = against(edited(lambda t: t.replace("90.46%", "95.46%").replace("26274", "26,274").replace("43.98万", "439800")))
    assert set(changes(found)) == {(Change.FIGURE, "90.46%", "95.46%", "records.coverage")}
    assert len(found.changes) == 2  # it stands in the opening and in its section
    assert "建档率95.46%" in found.changes[0].sentence
    assert "建档率90.46%" in found.changes[0].ours


def test_a_figure_made_round_in_chinese_numerals_is_listed() -> None:
    found = against(edited(lambda t: t.replace("41370人", "四万余人")))
    assert changes(found) == [(Change.FIGURE, "41370", "四万", "pressure.managed")]


def test_numbers_typed_in_and_taken_out() -> None:
    found = against(
        edited(lambda t: t.replace("完成健康体检", "完成健康体检，覆盖率达93.5%").replace("，近一年有服务记录的档案占61.10%", ""))
    )
    assert (Change.TYPED, "", "93.5%", "") in changes(found)
    assert (Change.LOST, "61.10%", "", "records.active") in changes(found)
    assert len(found.changes) == 2
    assert len(found.rewritten) == 2


def test_sentences_gone_new_and_moved() -> None:
    gone = "上半年，全县受理投诉5件"
    moved = next(s for s in PROSE.sentences if "疟疾" in s.text()).text()

    def change(text: str) -> str | None:
        text = re.sub(rf"{gone}[^。]*。", "新建村卫生室17家，投入320万元。", text)
        return text.replace(moved, "") + (moved if "居民电子健康档案" in text and text.startswith("（一）") else "")

    found = against(edited(change))
    assert [gone in s for s in found.removed] == [True]
    assert list(found.added) == ["新建村卫生室17家，投入320万元。"]
    assert [(c.kind, c.their_number) for c in found.changes] == [(Change.TYPED, "17"), (Change.TYPED, "320")]


def test_days_and_ages_that_were_changed_are_told_from_figures() -> None:
    found = against(edited(lambda t: t.replace("65岁", "60岁")))
    assert changes(found) == [(Change.OTHER, "65", "60", "")]


def test_the_table_by_place_is_compared_cell_by_cell() -> None:
    docx = word_files.Document(io.BytesIO(word.to_bytes(DOCUMENT, known=KNOWN)))
    cell = docx.tables[0].rows[2].cells[1]
    ours = cell.text
    cell.text = "99.99"
    stream = io.BytesIO()
    docx.save(stream)
    (change,) = against(stream.getvalue()).changes
    assert (change.kind, change.our_number, change.their_number) == (Change.FIGURE, ours, "99.99")
    assert change.figure.organisation != DOCUMENT.organisation


def test_the_tables_of_what_rates_are_made_of_are_compared_too() -> None:
    docx = word_files.Document(io.BytesIO(word.to_bytes(DOCUMENT, known=KNOWN)))
    assert len(docx.tables) > 2, "a table by place, and one for each of its rates"
    cell = docx.tables[2].rows[2].cells[1]
    ours = cell.text
    cell.text = str(int(ours) + 1)
    stream = io.BytesIO()
    docx.save(stream)
    (change,) = against(stream.getvalue()).changes
    assert (change.kind, change.our_number, change.their_number) == (Change.FIGURE, ours, str(int(ours) + 1))
    assert change.figure.name == docx.paragraphs[-1].text.partition("（")[0] or change.figure.organisation != DOCUMENT.organisation


def test_a_row_gone_from_one_table_is_not_taken_for_the_row_of_another() -> None:
    docx = word_files.Document(io.BytesIO(word.to_bytes(DOCUMENT, known=KNOWN)))
    row = docx.tables[1].rows[2]
    ours = [c.text for c in row.cells[1:]]
    row._tr.getparent().remove(row._tr)
    stream = io.BytesIO()
    docx.save(stream)
    found = against(stream.getvalue()).changes
    assert [(c.kind, c.our_number, c.their_number) for c in found] == [(Change.LOST, text, "") for text in ours if text != "—"]


def repaired(content: bytes) -> bytes:
    """As Word leaves a file that it repaired and an editor went through: every character a run of its own, tracked changes, a main part of
    another name, full-width digits, no comments."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for entry in source.infolist():
            part = source.read(entry).decode() if entry.filename.endswith((".xml", ".rels")) else source.read(entry)
            name = entry.filename
            if name == "word/document.xml":
                name = "word/document2.xml"
                part = re.sub(r"<w:commentRange(?:Start|End)[^>]*/>", "", part)
                part = part.replace("90.46%", "９０.４６％").replace("(", "（")
                part = re.sub(r"<w:t(?: [^>]*)?>([^<]{2,})</w:t>", _letters, part)
                part = part.replace("<w:body>", "<w:body><w:p><w:del><w:r><w:delText>删去了999人。</w:delText></w:r></w:del></w:p>", 1)
            elif isinstance(part, str):
                part = part.replace("word/document.xml", "word/document2.xml")
            target.writestr(name, part)
    return stream.getvalue()


def _letters(match: re.Match[str]) -> str:
    return '</w:r><w:proofErr w:type="spellStart"/><w:r>'.join(f'<w:t xml:space="preserve">{c}</w:t>' for c in match[1])


def test_a_file_that_word_repaired_is_the_same_file() -> None:
    found = against(repaired(edited()))
    assert (found.is_clean, found.rewritten) == (True, ())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xd0\xcf\x11\xe0 old", "旧版 .doc"),
        (b"{\\rtf1 x}", "RTF文件"),
        (b"plain text", "不是Word文档"),
        (b"PK\x03\x04 broken", "已损坏"),
    ],
    ids=["old", "rtf", "text", "broken"],
)
def test_what_is_no_docx_is_refused_with_the_cure(content: bytes, message: str) -> None:
    with pytest.raises(WordFileRefused, match=message) as refused:
        read_word_bytes(content, "改.docx")
    assert "docx" in refused.value.text.en
    assert "另存为" in refused.value.text.zh


def test_damaged_hostile_and_foreign_archives_are_refused(tmp_path: Path) -> None:
    whole = edited()
    with pytest.raises(WordFileRefused, match="已损坏"):
        read_word_bytes(whole[: len(whole) // 2], "改.docx")

    def archive(files: dict[str, str]) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for name, text in files.items():
                target.writestr(name, text)
        return stream.getvalue()

    with pytest.raises(WordFileRefused, match="没有Word正文"):
        read_word_bytes(archive({"xl/workbook.xml": "<x/>"}), "表.docx")
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    for bad in (entity, "<w", "<a>" + " " * (90 * 2**20) + "</a>"):
        with pytest.raises(WordFileRefused, match=r"已损坏|解开后过大"):
            read_word_bytes(archive({"word/document.xml": bad}), "改.docx")
    outside = '<Relationships><Relationship Type="x/officeDocument" Target="https://example.org/a" TargetMode="External"/></Relationships>'
    with pytest.raises(WordFileRefused, match="没有Word正文"):
        read_word_bytes(archive({"_rels/.rels": outside}), "改.docx")
    with pytest.raises(WordFileRefused, match="没有文件"):
        read_word(tmp_path / "没有.docx")
    (tmp_path / "空.docx").touch()
    with pytest.raises(WordFileRefused, match="空文件"):
        read_word(tmp_path / "空.docx")
