"""The published sentences and blocks as plain data: runs of text, and which published figures stand behind each number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from taizhang.summaries.document import Document, FigureSpan, Run, Sentence, Typed
from taizhang.summaries.layout import blocks
from taizhang.summaries.publishing.frozen import Key, key_of
from taizhang.summaries.tables import by_rate

_RATE_PARTS = ("numerator", "denominator", "value", "last_year", "points")  # as tables.RATE_COLUMNS


@dataclass(frozen=True, slots=True)
class FrozenRun:
    """figures: numbers of the published figures behind this number; empty for words. part: as in document.FigureSpan. typed: a number
    somebody typed; answered_by says what answers for it."""

    text: str
    part: str = ""
    figures: tuple[int, ...] = ()
    typed: bool = False
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class FrozenSentence:
    zh: tuple[FrozenRun, ...]
    en: tuple[FrozenRun, ...]
    origin: str

    def runs(self, language: str) -> tuple[FrozenRun, ...]:
        return self.zh if language == "zh" else self.en

    def text(self, language: str = "zh") -> str:
        return "".join(run.text for run in self.runs(language))


@dataclass(frozen=True, slots=True)
class FrozenBlock:
    """A paragraph as printed, headings and ordinals included. cells: of a table, its rows one after another."""

    kind: str
    runs: tuple[FrozenRun, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """title, sentences, and all that stands on paper in the document's own language: blocks, then the rows of its table by place and of
    the tables of what each of its rates is made of."""

    title: str
    language: str
    sentences: tuple[FrozenSentence, ...]
    blocks: tuple[FrozenBlock, ...]
    rows: tuple[tuple[FrozenRun, ...], ...]


def freeze_prose(document: Document, numbers: Mapping[Key, int]) -> Prose:
    """numbers: of each figure in the list of published figures."""

    def run(of: Run) -> FrozenRun:
        if isinstance(of, FigureSpan):
            return FrozenRun(of.text, of.part, tuple(numbers[key_of(f)] for f in of.figures))
        if isinstance(of, Typed):
            return FrozenRun(of.text, typed=True, answered_by=of.bound.zh if of.bound else "")
        return FrozenRun(of.text)

    def sentence(of: Sentence) -> FrozenSentence:
        return FrozenSentence(tuple(map(run, of.zh)), tuple(map(run, of.en)), of.origin)

    rows: list[tuple[FrozenRun, ...]] = []
    if document.place_table is not None:
        for name, figures in document.place_table.rows:
            cells = [FrozenRun(name.in_language(document.language))]
            for figure, unit in zip(figures, document.place_table.units, strict=True):
                text = "—" if figure is None else figure.printed.removesuffix(unit)
                cells.append(FrozenRun(text, "value", (numbers[key_of(figure)],)) if figure is not None else FrozenRun(text))
            rows.append(tuple(cells))
        for _, _, lines in by_rate(document.place_table):
            for name, behind, said in lines:
                cells = [FrozenRun(name.in_language(document.language))]
                for text, part in zip(said, _RATE_PARTS, strict=True):
                    said_of = (numbers[key_of(behind)],) if behind is not None and text != "—" else ()
                    cells.append(FrozenRun(text, part if said_of else "", said_of))
                rows.append(tuple(cells))
    return Prose(
        title=document.title.in_language(document.language),
        language=document.language,
        sentences=tuple(sentence(s) for s in document.sentences()),
        blocks=tuple(FrozenBlock(b.kind, tuple(run(s.run) for s in b.segments)) for b in blocks(document)),
        rows=tuple(rows),
    )


def as_json(prose: Prose) -> dict[str, Any]:
    return {
        "title": prose.title,
        "language": prose.language,
        "sentences": [{"zh": [_run(r) for r in s.zh], "en": [_run(r) for r in s.en], "origin": s.origin} for s in prose.sentences],
        "blocks": [{"kind": b.kind, "runs": [_run(r) for r in b.runs]} for b in prose.blocks],
        "rows": [[_run(r) for r in row] for row in prose.rows],
    }


def thaw_prose(stored: Mapping[str, Any]) -> Prose:
    return Prose(
        title=stored["title"],
        language=stored["language"],
        sentences=tuple(
            FrozenSentence(tuple(map(_thawed, s["zh"])), tuple(map(_thawed, s["en"])), s["origin"]) for s in stored["sentences"]
        ),
        blocks=tuple(FrozenBlock(b["kind"], tuple(map(_thawed, b["runs"]))) for b in stored["blocks"]),
        rows=tuple(tuple(map(_thawed, row)) for row in stored["rows"]),
    )


def _run(run: FrozenRun) -> dict[str, Any]:
    found: dict[str, Any] = {"text": run.text}
    if run.figures:
        found |= {"part": run.part, "figures": list(run.figures)}
    if run.typed:
        found |= {"typed": True, "answered_by": run.answered_by}
    return found


def _thawed(stored: Mapping[str, Any]) -> FrozenRun:
    return FrozenRun(
        stored["text"], stored.get("part", ""), tuple(stored.get("figures", ())), stored.get("typed", False), stored.get("answered_by", "")
    )
