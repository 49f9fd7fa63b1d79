"""The text given back as a Word file, with a comment at each spot that wants a look.

Of a Word file its own: nothing in it changes but the comments. Of any other text a plain document of its lines.
"""

import copy
import io
from collections.abc import Iterable, Sequence

from docx import api as docx_api
from docx.document import Document as Docx
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from taizhang.kernel.text import Text
from taizhang.textcheck.check import Checked
from taizhang.textcheck.files import Form, Source, W, pieces
from taizhang.textcheck.model import Relation, Verdict
from taizhang.textcheck.refusals import TextRefused

AUTHOR = Text("台账核对", "Taizhang check")
COMMENTED = (Verdict.INCONSISTENT, Verdict.ROUNDING)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def with_comments(
    content: bytes | None, source: Source, checked: Checked, *, language: str = "zh", notes: Sequence[tuple[int, int, str]] = ()
) -> bytes:
    """content: the bytes that source was read from, for a Word file. notes: further comments, (start, end, words) in the text as read.
    Raises TextRefused: a Word file that can be read but not written again."""
    spots = [*(_spot(checked, r, language) for r in checked.relations if r.verdict in COMMENTED), *notes]
    if source.form is Form.WORD and content is not None:
        try:
            docx = docx_api.Document(io.BytesIO(content))
            _comment_in(docx, source, spots, language)
        except (KeyError, ValueError, AttributeError, etree.XMLSyntaxError) as error:
            raise TextRefused(
                Text(
                    f"这个Word文件不能写入批注（{type(error).__name__}）。请在Word中另存为新的 .docx 后重试。",
                    f"No comments can be written into this Word file ({type(error).__name__}). Save it as a new .docx.",
                )
            ) from None
    else:
        docx = _plain(source.text, spots, language)
    stream = io.BytesIO()
    docx.save(stream)
    return stream.getvalue()


def _spot(checked: Checked, relation: Relation, language: str) -> tuple[int, int, str]:
    place = checked.place(relation.stated)
    label = relation.verdict.label.in_language(language)
    words = f"【{label}】{relation.message.in_language(language)}" if language == "zh" else f"[{label}] {relation.message.en}"
    return place.start, place.end, words


def _comment(docx: Docx, first: Run, last: Run, words: str, language: str) -> None:
    author = AUTHOR.in_language(language)
    docx.add_comment([first, last], words, author=author, initials=author[:2])


# -- into the file itself ------------------------------------------------------------------------------------------------------


def _comment_in(docx: Docx, source: Source, spots: Iterable[tuple[int, int, str]], language: str) -> None:
    paragraphs = list(docx.element.body.getparent().iter(f"{W}p"))
    # From the last to the first, so that a run cut in two moves nothing before it.
    for start, end, words in sorted(spots, reverse=True):
        for (begin, stop), element in zip(source.paragraphs, paragraphs, strict=False):
            if begin <= start < stop:
                runs = _runs_over(element, start - begin, min(end, stop) - begin)
                if runs:
                    _comment(docx, Run(runs[0], Paragraph(element, docx)), Run(runs[-1], Paragraph(element, docx)), words, language)
                break


def _runs_over(paragraph: etree._Element, start: int, end: int) -> list[etree._Element]:
    """The runs that hold these characters and no others, cut out where they must be."""
    found: list[etree._Element] = []
    at = 0
    for element, text in list(pieces(paragraph)):
        begin, at = at, at + len(text)
        if at <= start or begin >= end or element.tag != f"{W}t":
            continue
        run = element.getparent()
        if run is None or run.tag != f"{W}r":
            continue
        if len(run.findall(f"{W}t")) == 1 and all(child.tag in (f"{W}t", f"{W}rPr") for child in run):
            run = _cut(run, element, max(0, start - begin), min(len(text), end - begin))
        found.append(run)
    return found


def _cut(run: etree._Element, element: etree._Element, start: int, end: int) -> etree._Element:
    """The run of characters start to end; what stands before and after in runs of their own, alike in look."""
    text = element.text or ""
    if start > 0:
        before = copy.deepcopy(run)
        _write(before, text[:start])
        run.addprevious(before)
    if end < len(text):
        after = copy.deepcopy(run)
        _write(after, text[end:])
        run.addnext(after)
    _write(run, text[start:end])
    return run


def _write(run: etree._Element, text: str) -> None:
    element = run.find(f"{W}t")
    assert element is not None
    element.text = text
    element.set(_SPACE, "preserve")


# -- a plain document ----------------------------------------------------------------------------------------------------------


def _plain(text: str, spots: Iterable[tuple[int, int, str]], language: str) -> Docx:
    docx = docx_api.Document()
    waiting = sorted(spots)
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        here = [s for s in waiting if at <= s[0] < end]
        if line.strip():
            paragraph = docx.add_paragraph()
            _fill(docx, paragraph, line, at, here, language)
        at = end + 1
    return docx


def _fill(docx: Docx, paragraph: Paragraph, line: str, offset: int, spots: Sequence[tuple[int, int, str]], language: str) -> None:
    at = 0
    for start, end in dict.fromkeys((s, e) for s, e, _ in spots):
        begin, stop = start - offset, min(end - offset, len(line))
        if begin < at:
            continue
        if begin > at:
            paragraph.add_run(_shown(line[at:begin]))
        run = paragraph.add_run(_shown(line[begin:stop]))
        for words in (w for s, e, w in spots if (s, e) == (start, end)):
            _comment(docx, run, run, words, language)
        at = stop
    if at < len(line):
        paragraph.add_run(_shown(line[at:]))


def _shown(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(c for c in text if c == "\t" or (ord(c) >= 32 and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff"))
