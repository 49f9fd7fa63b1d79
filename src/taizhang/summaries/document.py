"""The document model: what a summary is before it becomes a page or a Word file.

A number in it is never text alone. It is a FigureSpan that carries the figures it was made from, so that a page can link it and
Word can comment it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.figures.model import Figure, Missing
from taizhang.kernel.indicators import Status
from taizhang.kernel.periods import Period
from taizhang.kernel.text import Text


@dataclass(frozen=True, slots=True)
class FigureSpan:
    """A number as printed, with what stands behind it.

    part: "value", "numerator", "denominator", "last_year", "points", "growth", "completion", "pace", "target", "gap", "units",
    "spread", "reported", "reference" (said by a bulletin) or "check" (what became of earlier steps). figures: the first is the figure
    itself; a number drawn from several (units below a target, the widest distance) names them all. how: the way from those figures to
    this number, where it is not the printed value itself.
    """

    text: str
    part: str
    figures: tuple[Figure, ...]
    how: Text | None = None

    @property
    def figure(self) -> Figure:
        return self.figures[0]


@dataclass(frozen=True, slots=True)
class Words:
    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """手填: a number that somebody typed. bound: what answers for it (a deed, a file, a signature); None while nothing does."""

    text: str
    bound: Text | None = None


Run = Words | FigureSpan | Typed


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in Chinese and its English twin. Both hold the same numbers. origin: the file and line it was made from, or the
    kind of phrase that drafted it."""

    zh: tuple[Run, ...]
    en: tuple[Run, ...]
    origin: str = ""

    def runs(self, language: str) -> tuple[Run, ...]:
        return self.zh if language == "zh" else self.en

    def text(self, language: str = "zh") -> str:
        return "".join(run.text for run in self.runs(language))

    def spans(self, language: str = "zh") -> list[FigureSpan]:
        return [run for run in self.runs(language) if isinstance(run, FigureSpan)]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences under a run-in head, if any. The head has no full stop and no ordinal (一是): layout adds both. programme: the line of
    work that speaks, where one does."""

    head: Text | None
    sentences: tuple[Sentence, ...]
    programme: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """（一）: a heading and its paragraphs. `numbered`: its paragraphs are counted out as 一是, 二是. chapter: Chapter.hundred."""

    heading: Text
    paragraphs: tuple[Paragraph, ...]
    numbered: bool = False
    chapter: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """一、: a heading, then either sections or paragraphs of its own."""

    heading: Text
    sections: tuple[Section, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingItem:
    """缺数清单: a sentence that could not be said (or only in part), the element it lacks, why, and who owes it. code: the indicator it
    lacks, as a template writes it (code or code@category)."""

    section: Text
    sentence: Text
    element: Text
    status: Status
    owed_by: tuple[Missing, ...]
    origin: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """附表: some indicators by place. rows: the place and one figure for each column, or None."""

    title: Text
    columns: tuple[Text, ...]
    units: tuple[str, ...]
    rows: tuple[tuple[Text, tuple[Figure | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A work summary. figures: every figure of the period, and every category that is reported or said, for the annex of the review
    copy. How many numbers stand in the text is len(spans()). layout: "nested" (一、（一）一是) or "flat" (一、1.)."""

    title: Text
    organisation: str
    organisation_name: Text
    period: Period
    opening: Paragraph
    parts: tuple[Part, ...]
    place_table: PlaceTable | None
    figures: tuple[Figure, ...]
    missing: tuple[MissingItem, ...]
    ledger_version: int
    language: str = "zh"
    layout: str = "nested"

    def paragraphs(self) -> Iterator[Paragraph]:
        yield self.opening
        for part in self.parts:
            yield from part.paragraphs
            for section in part.sections:
                yield from section.paragraphs

    def sentences(self) -> Iterator[Sentence]:
        for paragraph in self.paragraphs():
            yield from paragraph.sentences

    def spans(self, language: str = "zh") -> list[FigureSpan]:
        """Every number in the text, in reading order."""
        return [span for sentence in self.sentences() for span in sentence.spans(language)]
