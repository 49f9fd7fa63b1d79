"""The first words of sentences 1—10月，…… and 截至10月底，……: said where a reader needs them, and not forty times alike.

A template opens every sentence of its own with the period or the cut-off, because it cannot know what stands before it. Read aloud, a
section says its time once; what follows goes on within it, and says it in other words when it has to be said again. Only sentences
whose time is already said lose it: after a count of the period a standing count always names its day, and the other way round.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from taizhang.kernel.periods import Period
from taizhang.kernel.text import Text
from taizhang.summaries import wording
from taizhang.summaries.document import Document, Paragraph, Run, Sentence, Words

_FLOW, _STOCK = "flow", "stock"


def varied(document: Document, own_cutoffs: Mapping[int, Period] | None = None) -> Document:
    """The document with the time of its sentences said as an office says it. own_cutoffs: the period of the chapters that have their own
    cut-off."""
    other = own_cutoffs or {}
    parts = []
    for part in document.parts:
        sections = []
        for section in part.sections:
            period, own = other.get(section.chapter, document.period), section.chapter in other
            sections.append(replace(section, paragraphs=_varied(section.paragraphs, period, own=own)))
        parts.append(replace(part, sections=tuple(sections), paragraphs=_varied(part.paragraphs, document.period)))
    return replace(document, parts=tuple(parts))


def times(period: Period, *, own: bool = False) -> tuple[Text, ...]:
    """What the period is called: by its name, and by another where it has one."""
    if own:
        return (wording.span_of_days(period),)
    kind, last = period.kind, period.cutoff != period.end
    whole = {
        "year": Text("一年来", "over the year"),
        "quarter": Text("本季度", "in the quarter"),
        "month": Text("当月", "in the month"),
        "months": Text("今年以来", "the year so far"),
    }
    another = None if last or (kind == "months" and period.start != period.year_start) else whole.get(kind)
    said = wording.period_words(period)
    return (said, another) if another is not None else (said,)


@dataclass
class _Time:
    """What has been said so far in a section: the time a reader has in mind, whether it went unsaid last, and how often it was said."""

    mind: str = ""
    unsaid: bool = False
    said: int = 0


def _varied(read: Sequence[Paragraph], period: Period, *, own: bool = False) -> tuple[Paragraph, ...]:
    flows = [f"{t.zh}，" for t in times(period, own=own)]
    day = wording.day_words(period.cutoff, period.year).zh
    openers = {_FLOW: flows, _STOCK: [f"截至{day}，", f"到{day}，"]}
    bare = {_FLOW: flows[0][:-1], _STOCK: f"截至{day}"}
    time = _Time()
    paragraphs = []
    for paragraph in read:
        told = []
        for sentence in paragraph.sentences:
            if sentence.origin.startswith("human"):
                time = _Time(said=time.said)  # people may speak of any time
                told.append(sentence)
                continue
            told.append(_told(sentence, openers, bare, time))
        paragraphs.append(replace(paragraph, sentences=tuple(told)))
    return tuple(paragraphs)


def _told(sentence: Sentence, openers: Mapping[str, Sequence[str]], bare: Mapping[str, str], time: _Time) -> Sentence:
    first = sentence.zh[0] if sentence.zh else None
    if not isinstance(first, Words):
        return sentence
    found = next((of for of, words in openers.items() if first.text.startswith(words[0])), None)
    if found is None:
        _note(sentence.zh, bare, time)
        return sentence
    kept = first.text.removeprefix(openers[found][0])
    if time.mind == found and not time.unsaid and kept:
        time.unsaid = True
        opener = ""
    else:
        opener = openers[found][time.said % len(openers[found])]
        time.said, time.unsaid = time.said + 1, False
    time.mind = found
    _note((Words(kept), *sentence.zh[1:]), bare, time)
    return replace(sentence, zh=(Words(opener + kept), *sentence.zh[1:]))


def _note(runs: Iterable[Run], bare: Mapping[str, str], time: _Time) -> None:
    """The last time said within a sentence is the one a reader has in mind for the next."""
    for run in runs:
        said = [(run.text.rfind(words), of) for of, words in bare.items() if isinstance(run, Words) and words in run.text]
        if said:
            time.mind, time.unsaid = max(said)[1], False
