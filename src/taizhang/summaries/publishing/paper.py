"""Word files of this room: the note 更正说明, and an old document with new figures, marked.

In the latter every new figure and day has a green ground, what is 待核 a yellow one and a comment with the reason, and a sentence without
any number a grey one. Nobody can print it as it is and think it finished.
"""

import io

from docx import api as docx_api
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.shared import Pt
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run as DocxRun

from taizhang.summaries.document import Words
from taizhang.summaries.ooxml import FANG, KAI, TITLE, indent_two, set_fonts, set_page, stamped
from taizhang.summaries.publishing.correct import Note
from taizhang.summaries.publishing.rebind import Open, Rebound, ReboundSentence, State
from taizhang.summaries.word import AUTHOR

_GROUND = {State.READ: WD_COLOR_INDEX.GRAY_25}


def note_bytes(note: Note, language: str = "zh") -> bytes:
    docx = _page()
    _title(docx, note.title.in_language(language))
    for number, text in enumerate(note.paragraphs):
        paragraph = docx.add_paragraph()
        if number == len(note.paragraphs) - 1:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        else:
            indent_two(paragraph)
        _run(paragraph, text.in_language(language))
    return _saved(docx)


def rebound_bytes(rebound: Rebound) -> bytes:
    """In Chinese, as the old document is; its text is nobody's to translate."""
    docx = _page()
    counts = {state: rebound.count(state) for state in State}
    legend = (
        f"旧稿换数：{rebound.old.name.zh}→{rebound.new.name.zh}。绿底为新时段的数字和日期，已换数{counts[State.BOUND]}句；"
        f"黄底待核{counts[State.OPEN]}句，原因见批注；灰底无数字{counts[State.READ]}句，请确认是否仍适用。"
    )
    if rebound.tables_left_out:
        legend += f"旧稿的表{rebound.tables_left_out}行未带入。"
    _run(docx.add_paragraph(), legend, KAI)
    for paragraph in rebound.paragraphs:
        written = docx.add_paragraph()
        indent_two(written)
        for sentence in paragraph:
            _sentence(docx, written, sentence)
    return _saved(docx)


def _sentence(docx: Docx, paragraph: DocxParagraph, sentence: ReboundSentence) -> None:
    ground = _GROUND.get(sentence.state)
    for run in sentence.runs:
        written = _run(paragraph, run.text)
        if isinstance(run, Open):
            written.font.highlight_color = WD_COLOR_INDEX.YELLOW
            docx.add_comment(written, f"待核：{run.reason.zh}", author=AUTHOR, initials=AUTHOR)
        elif not isinstance(run, Words):
            written.font.highlight_color = WD_COLOR_INDEX.BRIGHT_GREEN
        elif ground is not None:
            written.font.highlight_color = ground


def _page() -> Docx:
    docx = docx_api.Document()
    set_page(docx)
    docx.core_properties.author = docx.core_properties.last_modified_by = AUTHOR
    docx.core_properties.comments = ""
    return docx


def _title(docx: Docx, text: str) -> None:
    paragraph = docx.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(34)
    _run(paragraph, text, TITLE, Pt(22))
    docx.add_paragraph()


def _run(paragraph: DocxParagraph, text: str, font: str = FANG, size: Pt | None = None) -> DocxRun:
    run = paragraph.add_run(text)
    if size is not None:
        run.font.size = size
    set_fonts(run._r.get_or_add_rPr(), font)
    return run


def _saved(docx: Docx) -> bytes:
    stream = io.BytesIO()
    docx.save(stream)
    return stamped(stream.getvalue())
