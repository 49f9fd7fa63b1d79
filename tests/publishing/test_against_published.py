"""An edited Word file of ours, given to the checker: what was changed since it went out."""

from datetime import date
from pathlib import Path

import docx as word_files

from taizhang.kernel.periods import Period
from taizhang.summaries.publishing.handback import against_published
from taizhang.summaries.publishing.publish import publish

H1 = Period.parse("2026H1")


def test_an_edited_file_is_held_against_what_was_published(work, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    made = publish(work.document(), "办公室", day=date(2026, 7, 6))
    docx = word_files.Document(str(made.folder / "clean.docx"))
    for paragraph in docx.paragraphs:
        if "66.67%" in paragraph.text:
            paragraph.text = paragraph.text.replace("66.67%", "76.67%")
    edited = tmp_path / "改.docx"
    docx.save(str(edited))
    found = against_published(edited, "990101", H1)
    assert found is not None
    assert {(c.our_number, c.their_number) for c in found.changes} == {("66.67%", "76.67%")}
    same = against_published(made.folder / "clean.docx", "990101", H1)
    assert same is not None
    assert same.is_clean
    docx = word_files.Document()  # another text is not held against it
    docx.add_paragraph("全县植树造林工作总结。今年共植树1000亩。")
    docx.save(str(tmp_path / "b.docx"))
    (tmp_path / "c.txt").write_text("今年共植树1000亩。", "utf-8")
    assert against_published(tmp_path / "b.docx", "990101", H1) is None
    assert against_published(tmp_path / "c.txt", "990101", H1) is None
    assert against_published(tmp_path / "b.docx", "990101", Period.parse("2025H1")) is None
