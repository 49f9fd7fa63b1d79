"""What opens every chapter 压实责任抓落实: the deeds and the problems of its lines of work, said once for all chapters.

A folder's each_chapter.md holds the sentences; the category @chapter in them stands for the chapter at hand. What a chapter has nothing to
tell of stays unsaid and is missed by nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from taizhang.figures.model import Figure
from taizhang.figures.trace import Naming
from taizhang.summaries import phrases, render
from taizhang.summaries.chapters import Chapter
from taizhang.summaries.document import Paragraph, Sentence
from taizhang.summaries.templates import CHAPTER, Optional, Piece, Placeholder, Template, TemplateParagraph

_LISTS = {"titles": phrases.TITLES, "names": phrases.NAMES}


def opening(templates: Iterable[Template], chapter: Chapter, context: render.Context) -> Paragraph | None:
    """The paragraph that opens a chapter; None where there is nothing to tell."""
    said: list[Sentence] = []
    for template in templates:
        for source in template.paragraphs:
            rendered = render.paragraph(template, _in_chapter(source, chapter), context)
            if rendered.paragraph is not None:
                said.extend(rendered.paragraph.sentences)
    return Paragraph(chapter.opening, tuple(render.close(said))) if said else None


def _in_chapter(source: TemplateParagraph, chapter: Chapter) -> TemplateParagraph:
    sentences = (replace(s, zh=_placed(s.zh, chapter), en=_placed(s.en, chapter)) for s in source.sentences)
    return replace(source, sentences=tuple(sentences))


def _placed(pieces: tuple[Piece, ...], chapter: Chapter) -> tuple[Piece, ...]:
    placed: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Optional):
            piece = Optional(_placed(piece.pieces, chapter))
        elif isinstance(piece, Placeholder) and piece.category == CHAPTER:
            piece = replace(piece, category=f"{CHAPTER}:{chapter.hundred}")
        placed.append(piece)
    return tuple(placed)


def with_names(figures: Sequence[Figure], templates: Iterable[Template], naming: Naming) -> list[Figure]:
    """The figures, those that a template asks the names of with the names of the first records they count."""
    asked: dict[tuple[str, str], int] = {}
    for placeholder in (p for template in templates for p in template.placeholders()):
        if placeholder.filter in _LISTS:
            key = (placeholder.name, placeholder.category)
            asked[key] = max(asked.get(key, 0), _LISTS[placeholder.filter])
    named = []
    for figure in figures:
        category = CHAPTER if figure.category.startswith(f"{CHAPTER}:") else figure.category
        limit = asked.get((figure.code, category), 0)
        named.append(replace(figure, names=naming.names(figure, limit)) if limit and figure.numerator else figure)
    return named
