"""The work summary on screen: the document as it would be printed, every number a link to its figure; what it lacks; and both files."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from taizhang.county import audit
from taizhang.kernel.text import Text
from taizhang.summaries.build import build
from taizhang.summaries.document import Document, FigureSpan, Run, Sentence
from taizhang.summaries.layout import Block, blocks
from taizhang.summaries.word import to_bytes
from taizhang.web.asking import Asked, asked, chooser
from taizhang.web.shown import Shown

COPIES = {"clean": Text("清稿", "clean copy"), "review": Text("校核稿", "review copy")}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, or a number with the page it opens and how it was made."""

    text: str
    url: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands in a line of the page: a heading (style part, section, item), or a sentence with its English twin."""

    style: str
    pieces: list[Piece]
    english: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: str
    passages: list[Passage]


def summary(request: HttpRequest, organisation: str) -> HttpResponse:
    ask = asked(request, organisation)
    document = build(ask.period, ask.organisation, day=ask.day)
    english = request.GET.get("english", "1") != "0"
    facts = {
        "ask": ask,
        "chooser": chooser(ask),
        "document": document,
        "paragraphs": [Paragraph(block.kind, list(_passages(block, ask.language))) for block in blocks(document, "zh")],
        "numbers": len(document.spans()),
        "english": english,
        "other": urlencode({"period": str(ask.period), "english": "0" if english else "1"}),
        "table": _table(document, ask),
        "copies": [(code, name, f"{reverse('summary-file', args=[ask.organisation, code])}?{ask.query}") for code, name in COPIES.items()],
    }
    return render(request, "web/summary.html", facts)


def download(request: HttpRequest, organisation: str, copy: str) -> HttpResponse:
    """The Word file, built now; one audit line."""
    ask = asked(request, organisation)
    if copy not in COPIES:
        raise Http404
    document = build(ask.period, ask.organisation, day=ask.day)
    contents = to_bytes(document, review=copy == "review")
    name = f"{document.title.zh}（{COPIES[copy].zh}）.docx"
    detail = {"file": copy, "organisation": ask.organisation, "period": str(ask.period), "ledger_version": document.ledger_version}
    audit.record(ask.staff, audit.EXPORT, detail=detail)
    response = HttpResponse(contents, content_type=_WORD)
    response["Content-Disposition"] = f"attachment; filename=\"summary-{copy}.docx\"; filename*=UTF-8''{quote(name)}"
    return response


def _passages(block: Block, language: str) -> Iterator[Passage]:
    """A block's headings, and its sentences whole: the segments of the body follow the sentences run by run."""
    waiting = list(block.sentences)
    segments = list(block.segments)
    while segments:
        if segments[0].style != "body":
            head = segments.pop(0)
            yield Passage(head.style, [_piece(head.run, language)])
            continue
        sentence: Sentence = waiting.pop(0)
        count = len(sentence.zh)
        pieces = [_piece(segment.run, language) for segment in segments[:count]]
        del segments[:count]
        yield Passage("sentence", pieces, sentence.text("en"))


def _piece(run: Run, language: str) -> Piece:
    if not isinstance(run, FigureSpan):
        return Piece(run.text)
    figure = run.figure
    how = (run.how or figure.indicator.name).in_language(language)
    return Piece(run.text, Shown(figure, language).url, how)


def _table(document: Document, ask: Asked) -> dict[str, object] | None:
    table = document.place_table
    if table is None:
        return None
    columns = [(name.in_language(ask.language), unit) for name, unit in zip(table.columns, table.units, strict=True)]
    rows = [(name.in_language(ask.language), [Shown(f, ask.language) if f else None for f in cells]) for name, cells in table.rows]
    return {"title": table.title.in_language(ask.language), "columns": columns, "rows": rows}
