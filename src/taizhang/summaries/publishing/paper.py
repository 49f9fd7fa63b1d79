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

from taizhang.kernel.text import Text
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


def rebound_bytes(rebound: Rebound, language: str = "zh") -> bytes:
    """language: of the legend and the comments. The text stays in Chinese, as the old document is: it is nobody's to translate."""
    docx = _page()
    _run(docx.add_paragraph(), _legend(rebound).in_language(language), KAI)
    for paragraph in rebound.paragraphs:
        written = docx.add_paragraph()
        indent_two(written)
        for sentence in paragraph:
            _sentence(docx, written, sentence, language)
    return _saved(docx)


def _legend(rebound: Rebound) -> Text:
    bound, left_open, read = (rebound.count(state) for state in (State.BOUND, State.OPEN, State.READ))
    zh = (
        f"旧稿换数：{rebound.old.name.zh}→{rebound.new.name.zh}。绿底为新时段的数字和日期，已换数{bound}句；"
        f"黄底待核{left_open}句，原因见批注；灰底无数字{read}句，请确认是否仍适用。"
    )
    en = (
        f"An old document with new figures: {rebound.old.name.en} to {rebound.new.name.en}. Green: figures and days of the new period, "
        f"sentences: {bound}. Yellow: to be settled, sentences: {left_open}; the reason stands in the comment. Grey: no number in it, "
        f"sentences: {read}; see whether they still hold."
    )
    if rows := rebound.tables_left_out:
        zh, en = f"{zh}旧稿的表{rows}行未带入。", f"{en} Rows of tables left out: {rows}."
    return Text(zh, en)


def _sentence(docx: Docx, paragraph: DocxParagraph, sentence: ReboundSentence, language: str) -> None:
    ground = _GROUND.get(sentence.state)
    for run in sentence.runs:
        written = _run(paragraph, run.text)
        if isinstance(run, Open):
            written.font.highlight_color = WD_COLOR_INDEX.YELLOW
            reason = Text(f"待核：{run.reason.zh}", f"To be settled: {run.reason.en}").in_language(language)
            docx.add_comment(written, reason, author=AUTHOR, initials=AUTHOR)
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
