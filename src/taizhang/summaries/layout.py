"""The order of a summary's paragraphs and their ordinals (一、 （一） 一是): the one layout that pages and Word files share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taizhang.summaries.document import Document, Paragraph, Run, Sentence, Words
from taizhang.summaries.wording import lowered

_DIGITS = "零一二三四五六七八九"
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh", "Twelfth")


@dataclass(frozen=True, slots=True)
class Segment:
    """style: "part" (一、), "section" (（一）), "item" (一是…) or "body"."""

    style: str
    run: Run


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as it stands on the page. kind: "part" for a heading alone in its line, else "text". sentences: those in it, in
    order, for a page that sets the English under each."""

    kind: str
    segments: tuple[Segment, ...]
    sentences: tuple[Sentence, ...] = ()

    @property
    def text(self) -> str:
        return "".join(s.run.text for s in self.segments)


def chinese_number(number: int) -> str:
    """一, 十, 十一, 二十三: ordinals of headings, 1 to 99."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def blocks(document: Document, language: str | None = None) -> Iterator[Block]:
    """The paragraphs under the title, in `language` (the document's own unless said otherwise)."""
    language = language or document.language
    if document.layout == "flat":
        yield from _flat(document, language)
        return
    yield _text((), [document.opening], language)
    for number, part in enumerate(document.parts, start=1):
        heading = part.heading.in_language(language)
        yield Block(
            "part", (Segment("part", Words(f"{chinese_number(number)}、{heading}" if language == "zh" else f"{number}. {heading}")),)
        )
        for index, section in enumerate(part.sections, start=1):
            head = _section_head(index, section.heading.in_language(language), language)
            yield _text((head,), section.paragraphs, language, numbered=section.numbered)
        headed = 0  # a paragraph without a head has no ordinal
        for paragraph in part.paragraphs:
            headed += paragraph.head is not None
            head = (_section_head(headed, paragraph.head.in_language(language), language),) if paragraph.head else ()
            yield _text(head, [Paragraph(None, paragraph.sentences)], language)


def _flat(document: Document, language: str) -> Iterator[Block]:
    """一、 and 1. in place of 一、（一）一是: the chapters stand at the first level, a paragraph of a chapter is counted 1, 2, 3."""
    yield _text((), [document.opening], language)
    headed = [
        entry
        for part in document.parts
        for entry in ([(s.heading, s.paragraphs) for s in part.sections] + ([(part.heading, part.paragraphs)] if part.paragraphs else []))
    ]
    for number, (heading, paragraphs) in enumerate(headed, start=1):
        text = heading.in_language(language)
        yield Block("part", (Segment("part", Words(f"{chinese_number(number)}、{text}" if language == "zh" else f"{number}. {text}")),))
        index = 0
        for paragraph in paragraphs:
            index += paragraph.head is not None
            count = f"{index}." if len(paragraphs) > 1 and paragraph.head is not None else ""
            head = f"{paragraph.head.in_language(language)}{'。' if language == 'zh' else '. '}" if paragraph.head else ""
            gap = " " if language == "en" and count else ""
            lead = (Segment("item", Words(f"{count}{gap}{head}")),) if count or head else ()
            yield _text(lead, [Paragraph(None, paragraph.sentences)], language)


def _section_head(index: int, heading: str, language: str) -> Segment:
    return Segment(
        "section",
        Words(f"（{chinese_number(index)}）{heading}。" if language == "zh" else f"({index}) {heading[:1].upper()}{heading[1:]}. "),
    )


def _text(head: tuple[Segment, ...], paragraphs: Sequence[Paragraph], language: str, *, numbered: bool = False) -> Block:
    segments = list(head)
    sentences: list[Sentence] = []
    index = 0  # a paragraph without a head has no ordinal
    for paragraph in paragraphs:
        index += paragraph.head is not None
        if segments and language == "en" and not segments[-1].run.text.endswith(" "):
            segments.append(Segment("body", Words(" ")))
        if paragraph.head is not None:
            segments.append(Segment("item", Words(_item_head(index, paragraph.head.in_language(language), language, numbered))))
        for sentence in paragraph.sentences:
            segments.extend(Segment("body", run) for run in sentence.runs(language))
            sentences.append(sentence)
    return Block("text", tuple(segments), tuple(sentences))


def _item_head(index: int, head: str, language: str, numbered: bool) -> str:
    if language == "zh":
        return f"{chinese_number(index)}是{head}。" if numbered else f"{head}。"
    ordinal = f"{_ORDINALS[index - 1]}, " if numbered and index <= len(_ORDINALS) else ""
    return f"{ordinal}{lowered(head) if ordinal else head}. "
