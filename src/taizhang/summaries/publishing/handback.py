"""交回核对: an edited Word file against the publication it came from.

Every number that differs is listed with its sentence, ours and theirs; sentences that are gone, new ones, and numbers that somebody typed
into them. Two sentences are the same one when their words are, whatever stands where the numbers stood; a sentence that was moved is
found again. How a number is written (9,184 or 9184, 43.98万 or 439800) and how a file was repaired change nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import Path

from taizhang.kernel.periods import Period
from taizhang.kernel.text import Text
from taizhang.summaries.numbers import Number, Sort, numbers, same_amount
from taizhang.summaries.publishing import reading
from taizhang.summaries.publishing.frozen import FrozenFigure
from taizhang.summaries.publishing.models import Publication
from taizhang.summaries.publishing.prose import FrozenRun, Prose
from taizhang.summaries.publishing.publish import frozen_figures, prose_of
from taizhang.summaries.publishing.wordfile import WordText, read_word

ALIKE = 0.6  # of the words of two sentences, from which on they are one sentence edited
_HOLE = "\0"
_AMOUNTS = (Sort.QUANTITY, Sort.WORD)


class Change(StrEnum):
    FIGURE = "figure"  # a frozen figure reads otherwise
    LOST = "lost"  # a frozen figure was taken out of a sentence that stands
    TYPED = "typed"  # a number that no figure answers for was put in
    OTHER = "other"  # a day, an age, a number of a document: no figure, and changed

    @property
    def label(self) -> Text:
        return _LABELS[self]


_LABELS = {
    Change.FIGURE: Text("数字被改", "figure changed"),
    Change.LOST: Text("数字被删", "figure taken out"),
    Change.TYPED: Text("手填", "typed by hand"),
    Change.OTHER: Text("日期或其他数被改", "a day or other number changed"),
}


@dataclass(frozen=True, slots=True)
class NumberChange:
    """sentence: theirs as it stands in the file; ours: the published one ("" for a new sentence). figure: the frozen figure behind our
    number, where one is."""

    kind: Change
    sentence: str
    ours: str
    our_number: str
    their_number: str
    figure: FrozenFigure | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """unchanged: sentences of which every number stands. rewritten: those whose words were edited (their numbers are in changes)."""

    publication: Publication
    changes: tuple[NumberChange, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    rewritten: tuple[tuple[str, str], ...]
    unchanged: int

    @property
    def is_clean(self) -> bool:
        return not (self.changes or self.removed or self.added)


@dataclass(frozen=True, slots=True)
class _Token:
    """A number, or one character of the words. figure: the frozen figure behind it, on our side."""

    key: str
    text: str
    number: Number | None = None
    figure: FrozenFigure | None = None


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    tokens: tuple[_Token, ...]

    @property
    def keys(self) -> list[str]:
        return [t.key for t in self.tokens]


def against_published(file: Path, organisation: str, period: Period) -> Comparison | None:
    """An edited Word file of ours against the latest publication of its organisation and period; None where nothing was published, or the
    file is another text. Raises WordFileRefused."""
    publication = Publication.objects.filter(
        organisation=organisation, period_start=period.start, period_end=period.end
    ).order_by("-pk").first()  # fmt: skip
    if publication is None or file.suffix.lower() != ".docx":
        return None
    found = compare(file, publication)
    ours = found.unchanged + len(found.rewritten)
    return found if ours * 2 >= len(found.removed) else None


def compare(file: Path, publication: Publication) -> Comparison:
    """Raises WordFileRefused (no .docx, damaged) and PublishingError."""
    return compare_text(read_word(file), prose_of(publication), frozen_figures(publication), publication)


def compare_text(theirs: WordText, prose: Prose, figures: Sequence[FrozenFigure], publication: Publication) -> Comparison:
    title = "".join(reading.normal(prose.title).split())
    ours = [s for block in prose.blocks for s in _our_sentences(block.runs, figures)]
    lines = list(theirs.paragraphs)
    while lines and (head := "".join(reading.normal(lines[0]).split())) and head in title:
        lines.pop(0)  # the title, in one line or two
    lines, annexed = _before_annexes(lines)
    found = [_their_sentence(s) for line in lines for s in reading.sentences_of(reading.normal(line))]
    pairs, removed, added = _paired(ours, found)
    changes: list[NumberChange] = []
    rewritten: list[tuple[str, str]] = []
    unchanged = 0
    for one, other in pairs:
        here = _changes(one, other)
        changes += here
        if _words(one) != _words(other):
            rewritten.append((one.text, other.text))
        elif not here:
            unchanged += 1
    for sentence in added:
        changes += [NumberChange(Change.TYPED, sentence.text, "", "", t.text) for t in sentence.tokens if _is_quantity(t)]
    changes += _table(theirs.rows, prose.rows, figures, review=annexed)
    return Comparison(
        publication, tuple(changes), tuple(s.text for s in removed), tuple(s.text for s in added), tuple(rewritten), unchanged
    )


_ANNEXES = {"附表", "Table", "校核附件一", "Reviewannex1", "Review annex 1"}


def _before_annexes(lines: list[str]) -> tuple[list[str], bool]:
    """The text proper; what stands under 附表 and the annexes of a review copy are tables, which are compared as such."""
    for place, line in enumerate(lines):
        if line.strip() in _ANNEXES:
            return lines[:place], any(other.strip().startswith(("校核附件", "Review annex")) for other in lines[place:])
    return lines, False


# -- sentences as tokens -------------------------------------------------------------------------------------------------------


def _our_sentences(runs: Iterable[FrozenRun], figures: Sequence[FrozenFigure]) -> list[_Sentence]:
    """A block's sentences, each number that stands on a figure with it."""
    text, spans = "", []
    for run in runs:
        written = reading.normal(run.text)
        if run.figures:
            spans.append((len(text), len(text) + len(written), figures[run.figures[0] - 1]))
        text += written
    found, place = [], 0
    for sentence in reading.sentences_of(text):
        start = text.index(sentence, place)
        place = start + len(sentence)
        own = [(s - start, e - start, f) for s, e, f in spans if start <= s and e <= place]
        found.append(_sentence(sentence, own))
    return found


def _their_sentence(text: str) -> _Sentence:
    return _sentence(text, [])


def _sentence(text: str, spans: Sequence[tuple[int, int, FrozenFigure]]) -> _Sentence:
    tokens: list[_Token] = []
    place = 0
    for number in numbers(text):
        tokens += _characters(text, place, number.start, spans)
        behind = next((f for s, e, f in spans if s < number.end and number.start < e), None)
        tokens.append(_Token(_HOLE, number.text, number, behind))
        place = number.end
    tokens += _characters(text, place, len(text), spans)
    return _Sentence(text, tuple(tokens))


def _characters(text: str, start: int, end: int, spans: Sequence[tuple[int, int, FrozenFigure]]) -> list[_Token]:
    """Words, without the spaces between them; a figure that prints as a word (无) is behind its characters."""
    return [
        _Token(text[i], text[i], None, next((f for s, e, f in spans if s <= i < e and not any(c.isdigit() for c in text[s:e])), None))
        for i in range(start, end)
        if not text[i].isspace()
    ]


def _words(sentence: _Sentence) -> str:
    return "".join(t.key for t in sentence.tokens if t.key not in ",;.，；。、")


def _is_quantity(token: _Token) -> bool:
    return token.number is not None and token.number.sort in _AMOUNTS


def _paired(ours: list[_Sentence], theirs: list[_Sentence]) -> tuple[list[tuple[_Sentence, _Sentence]], list[_Sentence], list[_Sentence]]:
    """First those of the same words in their order, then the rest by likeness, wherever they stand."""
    matcher = SequenceMatcher(None, [_words(s) for s in ours], [_words(s) for s in theirs], autojunk=False)
    one_to_other = {a + i: b + i for a, b, n in matcher.get_matching_blocks() for i in range(n)}
    left = [i for i in range(len(ours)) if i not in one_to_other]
    used = set(one_to_other.values())
    free = [j for j in range(len(theirs)) if j not in used]
    likely = []
    for i in left:
        for j in free:
            alike = SequenceMatcher(None, ours[i].keys, theirs[j].keys, autojunk=False)
            if alike.real_quick_ratio() >= ALIKE and alike.quick_ratio() >= ALIKE and (ratio := alike.ratio()) >= ALIKE:
                likely.append((-ratio, i, j))
    for _, i, j in sorted(likely):
        if i not in one_to_other and j not in used:
            one_to_other[i] = j
            used.add(j)
    pairs = [(ours[i], theirs[j]) for i, j in sorted(one_to_other.items())]
    removed = [s for i, s in enumerate(ours) if i not in one_to_other]
    return pairs, removed, [s for j, s in enumerate(theirs) if j not in used]


def _changes(ours: _Sentence, theirs: _Sentence) -> list[NumberChange]:
    found: list[NumberChange] = []

    def add(kind: Change, our: str, their: str, figure: FrozenFigure | None = None) -> None:
        found.append(NumberChange(kind, theirs.text, ours.text, our, their, figure))

    matcher = SequenceMatcher(None, ours.keys, theirs.keys, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            both = list(zip(ours.tokens[a:b], theirs.tokens[c:d], strict=True))
        else:
            # What was rewritten: its numbers one by one, in order; those too many were put in or taken out.
            mine = [t for t in ours.tokens[a:b] if t.number is not None or t.figure is not None]
            other = [t for t in theirs.tokens[c:d] if t.number is not None]
            both = list(zip(mine, other, strict=False))
            for token in mine[len(both) :]:  # what was no figure went with its words
                if token.figure is not None:
                    add(Change.LOST, token.text, "", token.figure)
            for token in other[len(both) :]:
                add(Change.TYPED if _is_quantity(token) else Change.OTHER, "", token.text)
        for one, same in both:
            if same.number is None or (one.number is not None and same_amount(one.number, same.number)):
                continue
            if one.figure is not None:
                add(Change.FIGURE, one.text, same.text, one.figure)
            else:
                add(Change.OTHER, one.text, same.text)
    return found


# -- the table by place --------------------------------------------------------------------------------------------------------


def _table(
    theirs: Sequence[Sequence[str]], ours: Sequence[Sequence[FrozenRun]], figures: Sequence[FrozenFigure], *, review: bool
) -> list[NumberChange]:
    """Rows are held together by the name of their unit. review: the file has annexes, whose rows are nobody's to compare."""
    found: list[NumberChange] = []
    by_name: dict[str, list[Sequence[str]]] = {}
    for row in theirs:
        by_name.setdefault(_cell(row[0]), []).append(row)
    names = {_cell(row[0].text) for row in ours if row}
    given_to = _same_rows(ours, by_name)
    for number, row in enumerate(ours):
        cells, given = row[1:], given_to.get(number)
        line = " ".join(run.text for run in row)
        if given is None:
            found += [NumberChange(Change.LOST, "", line, run.text, "", figures[run.figures[0] - 1]) for run in cells if run.figures]
            continue
        for run, other in zip(cells, given[1:], strict=True):
            if not _same_cell(run.text, other):
                figure = figures[run.figures[0] - 1] if run.figures else None
                kind = Change.FIGURE if figure is not None else Change.TYPED
                found.append(NumberChange(kind, " ".join(given), line, run.text, _cell(other), figure))
    if ours and not review:
        for row in theirs:
            if _cell(row[0]) not in names:
                found += [NumberChange(Change.TYPED, " ".join(row), "", "", cell) for cell in row[1:] if _holds_a_quantity(cell)]
    return found


def _same_rows(ours: Sequence[Sequence[FrozenRun]], by_name: dict[str, list[Sequence[str]]]) -> dict[int, Sequence[str]]:
    """Which of their rows is which of ours: a unit stands in several tables, so those of most equal cells first, then in their order."""
    likely = []
    for number, row in enumerate(ours):
        same = [r for r in by_name.get(_cell(row[0].text), []) if len(r) == len(row)]
        mine = [n for n, other in enumerate(ours) if len(other) == len(row) and _cell(other[0].text) == _cell(row[0].text)]
        for place, other in enumerate(same):
            equal = sum(_same_cell(run.text, cell) for run, cell in zip(row[1:], other[1:], strict=True))
            likely.append((-equal, abs(mine.index(number) - place), number, id(other), other))
    found: dict[int, Sequence[str]] = {}
    taken: set[int] = set()
    for *_, number, identity, other in sorted(likely, key=lambda each: each[:4]):
        if number not in found and identity not in taken:
            found[number] = other
            taken.add(identity)
    return found


def _holds_a_quantity(cell: str) -> bool:
    """A number, and not a heading with a digit in a name (2型糖尿病)."""
    return any(n.sort in _AMOUNTS for n in numbers(_cell(cell)))


def _cell(text: str) -> str:
    return "".join(reading.normal(text).split())


def _same_cell(ours: str, theirs: str) -> bool:
    one, other = numbers(_cell(ours)), numbers(_cell(theirs))
    if len(one) == len(other) == 1 and one[0].value is not None and other[0].value is not None:
        return one[0].value == other[0].value
    return _cell(ours) == _cell(theirs)
