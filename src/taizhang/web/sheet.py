"""A document on screen as it would be printed: every number a link to its figure, typed ones marked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from taizhang.kernel.text import Text
from taizhang.summaries.document import Document, FigureSpan, Run, Sentence, Typed
from taizhang.summaries.layout import Block, blocks
from taizhang.web.shown import Shown

NOBODY = Text("手填，尚无着落", "typed; nothing answers for it yet")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, or a number with the page it opens and how it was made. typed: "open" or "bound" for a number that somebody typed."""

    text: str
    url: str = ""
    how: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands in a line of the page: a heading (style part, section, item), or a sentence with its English twin."""

    style: str
    pieces: list[Piece]
    english: str = ""


@dataclass(frozen=True, slots=True)
class SheetParagraph:
    kind: str
    passages: list[Passage]


def paragraphs(document: Document, language: str) -> list[SheetParagraph]:
    """The whole document in Chinese; what is said of its numbers in the reader's language."""
    return [SheetParagraph(block.kind, list(_passages(block, language))) for block in blocks(document, "zh")]


def sentences(said: Iterable[Sentence], language: str) -> list[Passage]:
    """Some of its sentences."""
    return [Passage("sentence", [_piece(run, language) for run in each.zh], each.text("en")) for each in said]


def _passages(block: Block, language: str) -> Iterator[Passage]:
    """A block's headings, and its sentences whole: the segments of the body follow the sentences run by run."""
    waiting = list(block.sentences)
    segments = list(block.segments)
    while segments:
        if segments[0].style != "body":
            head = segments.pop(0)
            yield Passage(head.style, [_piece(head.run, language)])
            continue
        sentence = waiting.pop(0)
        count = len(sentence.zh)
        pieces = [_piece(segment.run, language) for segment in segments[:count]]
        del segments[:count]
        yield Passage("sentence", pieces, sentence.text("en"))


def _piece(run: Run, language: str) -> Piece:
    if isinstance(run, Typed):
        return Piece(run.text, how=(run.bound or NOBODY).in_language(language), typed="open" if run.bound is None else "bound")
    if not isinstance(run, FigureSpan):
        return Piece(run.text)
    figure = run.figure
    how = (run.how or figure.indicator.name).in_language(language)
    return Piece(run.text, Shown(figure, language).url, how)


def place_table(document: Document, language: str) -> dict[str, object] | None:
    """附表 by place."""
    table = document.place_table
    if table is None:
        return None
    columns = [(name.in_language(language), unit) for name, unit in zip(table.columns, table.units, strict=True)]
    rows = [(name.in_language(language), [Shown(f, language) if f else None for f in cells]) for name, cells in table.rows]
    return {"title": table.title.in_language(language), "columns": columns, "rows": rows}
