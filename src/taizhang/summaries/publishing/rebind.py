"""旧稿换数: an earlier period's document with this period's figures. Nothing is silently kept.

Every number of the old text becomes one of three: a figure of the new period, a day of the new period, or 待核 with the reason. A sentence
that Taizhang published is known number by number; one typed by hand is matched against the old period's figures (known.py). Words that
claim something without a number (全部, 未发生, 位居) are 待核 too, and a sentence without either is handed on as "read it": deeds of last
year are not deeds of this one. Numbering and names with a digit in them (一是, 2型) stay.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from taizhang.config import home
from taizhang.figures import compute
from taizhang.figures.model import Figure
from taizhang.kernel.periods import Period, day_zh
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import Registry, registry
from taizhang.kernel.text import Text
from taizhang.summaries import wording
from taizhang.summaries.document import FigureSpan, Words
from taizhang.summaries.numbers import Number, Sort, numbers
from taizhang.summaries.publishing import reading
from taizhang.summaries.publishing.frozen import FrozenFigure
from taizhang.summaries.publishing.known import PARTS, Origin, Surroundings, Unknown, origin_of, said_again
from taizhang.summaries.publishing.models import Publication
from taizhang.summaries.publishing.publish import frozen_figures, prose_of
from taizhang.summaries.publishing.wordfile import read_word
from taizhang.summaries.render import merge

LARGEST_TEXT = 400_000  # characters; a year's summary has 12,000


class RebindError(Refusal, ValueError):
    """An old document that cannot be taken; `text` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.zh)
        self.text = text


@dataclass(frozen=True, slots=True)
class Redated:
    """A day or period of the new document in place of the old one's."""

    text: str
    was: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """A number of the rules (65岁), at its value in force on the new cut-off."""

    text: str
    parameter: str


@dataclass(frozen=True, slots=True)
class Open:
    """待核: a number or claim of the old document that a person must settle. It stands as it was, marked."""

    text: str
    reason: Text


Run = Words | FigureSpan | Redated | Ruled | Open


class State(StrEnum):
    BOUND = "bound"  # every number is the new period's
    OPEN = "open"  # at least one is 待核
    READ = "read"  # no number: is it still so?

    @property
    def label(self) -> Text:
        return _STATES[self]


_STATES = {
    State.BOUND: Text("已换数", "new figures"),
    State.OPEN: Text("待核", "to be settled"),
    State.READ: Text("无数字，请确认是否仍适用", "no number: is it still so?"),
}


@dataclass(frozen=True, slots=True)
class ReboundSentence:
    was: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def state(self) -> State:
        if any(isinstance(r, Open) for r in self.runs):
            return State.OPEN
        return State.BOUND if any(not isinstance(r, Words) for r in self.runs) else State.READ

    @property
    def reasons(self) -> tuple[Text, ...]:
        return tuple(dict.fromkeys(r.reason for r in self.runs if isinstance(r, Open)))

    @property
    def spans(self) -> list[FigureSpan]:
        return [r for r in self.runs if isinstance(r, FigureSpan)]


@dataclass(frozen=True, slots=True)
class Rebound:
    """paragraphs: of sentences, in the order of the old document; its first is the title where the old one had it."""

    organisation: str
    old: Period
    new: Period
    paragraphs: tuple[tuple[ReboundSentence, ...], ...]
    tables_left_out: int = 0

    def sentences(self) -> Iterator[ReboundSentence]:
        for paragraph in self.paragraphs:
            yield from paragraph

    def count(self, state: State) -> int:
        return sum(s.state is state for s in self.sentences())


def rebind(source: "Path | str | Publication", old: Period, new: Period, organisation: str, *, version: int | None = None) -> Rebound:
    """The old document (a .docx, its text, or a publication) with the figures of `new`. Sentences that stand in a publication of the old
    period are taken from it. Raises RebindError, WordFileRefused, FigureError and LedgerError."""
    if new.start <= old.start:
        raise RebindError(
            Text(
                f"新时段（{new.name.zh}）应晚于旧稿时段（{old.name.zh}）。请核对两个时段是否写反。",
                f"The new period ({new.name.en}) must come after the old one ({old.name.en}). Are they the wrong way round?",
            )
        )
    day = home.current().working_day()
    new = new.known_on(day)
    rows = 0
    if isinstance(source, Publication):
        prose = prose_of(source)
        lines = [prose.title, *("".join(r.text for r in b.runs) for b in prose.blocks)]
        rows = len(prose.rows)
    elif isinstance(source, Path):
        found = read_word(source)
        lines, rows = list(found.paragraphs), len(found.rows)
    else:
        lines = source.splitlines()
    if sum(map(len, lines)) > LARGEST_TEXT:
        zh = f"旧稿超过{LARGEST_TEXT}字，不像一份总结。请只交正文。"
        raise RebindError(Text(zh, "The old text is too long for a summary. Give its text only."))
    publications = Publication.objects.filter(
        organisation=organisation, period_start=old.start, period_end=old.end, cutoff=old.cutoff
    ).order_by("-id")
    if isinstance(source, Publication):
        publications = Publication.objects.filter(pk=source.pk)
    published: dict[str, list[Placed]] = {}
    for publication in publications:
        for sentence, placed in published_numbers(publication):
            published.setdefault(sentence, placed)
    before = compute.figures(old, organisation, version=version, day=day)
    now = compute.figures(new, organisation, version=version, day=day)
    return rebind_lines(lines, old, new, organisation, before, now, published=published, known=registry, tables=rows)


def read_old(file: Path) -> "Path | str":
    """A file of text gives its text, anything else is taken for a Word file. Raises RebindError."""
    if not file.is_file() or file.suffix.lower() not in (".txt", ".md", ""):
        return file
    content = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RebindError(Text(f"{file.name} 不是文本文件。请交 .docx 或 UTF-8 文本。", f"{file.name} is no text. Give a .docx or UTF-8 text."))


@dataclass(frozen=True, slots=True)
class Placed:
    """A number of a published sentence: where, of which figure, which part."""

    start: int
    end: int
    figure: FrozenFigure
    part: str


def published_numbers(publication: Publication) -> Iterator[tuple[str, list[Placed]]]:
    """The sentences of a publication as printed, and the figures of their numbers."""
    figures, prose = frozen_figures(publication), prose_of(publication)
    for block in prose.blocks:
        text, spans = "", []
        for run in block.runs:
            written = reading.normal(run.text)
            if run.figures:
                spans.append(Placed(len(text), len(text) + len(written), figures[run.figures[0] - 1], run.part))
            text += written
        place = 0
        for sentence in reading.sentences_of(text):
            start = text.index(sentence, place)
            place = start + len(sentence)
            yield (
                sentence,
                [Placed(s.start - start, s.end - start, s.figure, s.part) for s in spans if start <= s.start and s.end <= place],
            )


def rebind_lines(
    lines: Iterable[str],
    old: Period,
    new: Period,
    organisation: str,
    before: Sequence[Figure],
    now: Sequence[Figure],
    *,
    published: Mapping[str, list[Placed]] | None = None,
    known: Registry = registry,
    tables: int = 0,
) -> Rebound:
    """The same without a database: it takes both periods' figures of the organisation."""
    own_before = [f for f in before if f.organisation == organisation]
    binder = _Binder(old, new, organisation, own_before, {(f.code, f.category): f for f in now if f.organisation == organisation}, known)
    paragraphs = []
    for line in lines:
        text = reading.visible(line).strip()
        said = ""
        sentences = []
        for sentence in reading.sentences_of(text):
            said += sentence
            sentences.append(binder.sentence(sentence, said, (published or {}).get(reading.normal(sentence))))
        if sentences:
            paragraphs.append(tuple(sentences))
    if not paragraphs:
        raise RebindError(Text("旧稿里没有文字。请核对是否选错文件。", "The old document holds no text. Check that it is the right file."))
    return Rebound(organisation, old, new, tuple(paragraphs), tables)


_CLAIMS = re.compile(
    r"持平|超额|提前完成|显著|明显|大幅|全部|均已|均为|未发生|未出现|无一例?|翻[一两]?番"
    r"|首位|首次|率先|位居|名列|居全[国省市县]|全[国省市]第[一二三四五六七八九十]|[高低]于全[国省市]"
)
_TITLES = re.compile(r"《[^》]*》")  # documents of then: neither their year nor their name is this period's
_KEPT_NAMES = re.compile(r"\d+型|12320|12345|12356|120|[A-Za-z]+[-/]?\d+[A-Za-z\d]*")
_RISES = {
    "提高": "下降", "上升": "下降", "增长": "下降", "增加": "减少", "上涨": "下降", "快于": "慢于", "快": "慢", "多": "少", "高": "低",
    "下降": "提高", "减少": "增加", "降低": "提高", "慢于": "快于", "慢": "快", "少": "多", "低": "高", "回落": "上升",
}  # fmt: skip
_DIRECTION = re.compile("|".join(sorted(_RISES, key=len, reverse=True)))
_NEAR = 8


class _Binder:
    def __init__(
        self, old: Period, new: Period, organisation: str, before: Sequence[Figure], now: Mapping[tuple[str, str], Figure], known: Registry
    ) -> None:
        self.old, self.new, self.organisation = old, new, organisation
        self.before, self.now, self.known = before, now, known
        self._by_key = {(f.code, f.category): f for f in before}
        self._days = _days(old, new)
        self._phrases = re.compile("|".join(re.escape(p) + _TASK for p in sorted(self._days, key=len, reverse=True)))

    def sentence(self, text: str, paragraph: str, placed: Sequence[Placed] | None) -> ReboundSentence:
        """One sentence, run by run, from left to right. It is read as `normal` has it, and written as it stood."""
        read, paragraph = reading.normal(text), reading.normal(paragraph)
        titles = [m.span() for m in _TITLES.finditer(read)]
        found = [n for n in numbers(read) if not any(s < n.end and n.start < e for s, e in titles)]
        # A day of the old period, and not the end of another one: 6月底, but not in 2024年6月底.
        within = [(n.start, n.end) for n in found if n.sort is Sort.DAY]
        days = [m.span() for m in self._phrases.finditer(read) if not any(s <= m.start() < e for s, e in titles)]
        days = [(s, e) for s, e in days if not any(a <= s and e <= b and (a, b) != (s, e) for a, b in within)]
        found = [n for n in found if not any(s < n.end and n.start < e for s, e in days)]
        in_words = [(n.start, n.unit_end) for n in found if n.sort is Sort.WORD]
        found = [n for n in found if n.sort is not Sort.WORD]
        if placed is not None:  # what prints as a word (无) is no number to the reader
            read_already = [*titles, *((n.start, n.end) for n in found)]
            words = [p for p in placed if not any(s < p.end and p.start < e for s, e in read_already)]
            found += [Number(p.start, p.end, p.end, read[p.start : p.end], None, "", Sort.QUANTITY) for p in words]
        taken = [*days, *titles, *((n.start, n.end) for n in found)]
        claims: list[tuple[int, int]] = []
        for start, end in (*in_words, *(m.span() for m in _CLAIMS.finditer(read))):
            if not any(s < end and start < e for s, e in (*taken, *claims)):
                claims.append((start, end))
        runs: list[Run] = []
        place = 0
        items: list[tuple[int, int, Number | str]] = [(n.start, n.end, n) for n in found]
        items += [(s, e, "day") for s, e in days] + [(s, e, "claim") for s, e in claims] + [(s, e, "title") for s, e in titles]
        for start, end, item in sorted(items, key=lambda i: (i[0], i[1])):
            runs.append(Words(text[place:start]))
            written = text[start:end]
            if item == "day":
                runs.append(Redated(self._days[read[start:end]], written))
            elif isinstance(item, Number):
                here = next((p for p in placed or () if p.start < end and start < p.end), None)
                runs.append(self._number(item, read, paragraph, here, placed is not None, runs))
            elif item == "title":
                runs.append(Open(written, Text("旧时段的文件名称，请换成本期的文件", "a document of the old period: name this one's")))
            else:
                runs.append(Open(written, Text("断言词，请核对新时段是否仍然如此", "a claim: is it still so in the new period?")))
            place = end
        runs.append(Words(text[place:]))
        return ReboundSentence(text, merge(runs))

    def _number(self, number: Number, text: str, paragraph: str, placed: Placed | None, is_ours: bool, runs: list[Run]) -> Run:
        if number.sort is Sort.ORDINAL and not number.text.strip().startswith("第"):
            return Words(number.text)
        if number.sort is Sort.MARK and _KEPT_NAMES.fullmatch(number.text):
            return Words(number.text)
        if number.sort is not Sort.QUANTITY:
            return Open(number.text, _NO_QUANTITY[number.sort])
        if number.unit == "岁" and placed is None:
            return self._ruled(number)
        if placed is not None:
            origin = self._origin(placed)
        elif is_ours:
            origin = Unknown(Text("印发时也不是台账数字（手填或规定数）", "no figure when published either (typed, or of the rules)"))
        else:
            origin = origin_of(number, _around(number, text, paragraph), self.before)
        if isinstance(origin, Unknown):
            return Open(number.text, origin.reason)
        if number.value is None:
            return Open(number.text, Text(f"原为“{origin.name.zh}”的文字表述，请按新数改写", f"{origin.name.en} in words: word it anew"))
        said = said_again(number, origin, self.now)
        if isinstance(said, Unknown):
            return Open(number.text, said.reason)
        if said.turned and not _turn(runs):
            return Open(number.text, Text("升降方向与旧稿相反，请改写", "the direction has turned: word it anew"))
        figure = self.now[origin.key]
        if origin.part == "target" and figure.on_pace != origin.figure.on_pace:
            return Open(number.text, Text("是否达到目标与旧稿不同，请改写", "whether the target is met has changed: word it anew"))
        how = Text(f"旧稿为{number.text}", f"the old document had {number.text}")
        return FigureSpan(said.text, origin.part, (figure,), how)

    def _origin(self, placed: Placed) -> Origin | Unknown:
        figure = placed.figure
        if placed.part not in PARTS or (placed.part == "growth" and figure.is_rate):
            return Unknown(Text("由几个数字比较得出，新稿会重新起草", "drawn from several figures; the new document drafts it anew"))
        found = self._by_key.get((figure.code, figure.category))
        if figure.organisation != self.organisation or found is None:
            return Unknown(Text(f"旧时段现已没有“{figure.name}”的数字", f"{figure.name_en} of the old period is no longer there"))
        return Origin(found, placed.part)

    def _ruled(self, number: Number) -> Run:
        """65岁: where all rules of that age agree on their value today."""
        assert number.value is not None
        same = [p for p in self.known.parameters.values() if p.unit == "岁" and p.at(self.old.cutoff) == number.value]
        today = {p.at(self.new.cutoff) for p in same}
        if len(today) == 1 and None not in today:
            return Ruled(str(today.pop()), same[0].name)
        return Open(number.text, Text("年龄界限，请按现行规定核对", "an age limit: check it against the rules in force"))


_NO_QUANTITY = {
    Sort.DAY: Text("日期不是旧稿时段的日期，请核对", "a day that is not of the old period"),
    Sort.ORDINAL: Text("序次或位次，请核对", "an order or a rank"),
    Sort.MARK: Text("文号或编号，请换成新的文件", "the number of a document: name the new one"),
}
_TASK = r"(?!任务|目标|计划|的?任务)"  # 全年任务 is the year's task, whatever the period


def _days(old: Period, new: Period) -> dict[str, str]:
    """What the old document calls its period and days, and the new one's words for the same."""

    def words(period: Period) -> list[str]:
        year, last = period.year, period.cutoff
        day = wording.day_words(last, year).zh
        due = wording.due_day(period)
        return [
            wording.full_period(period).zh,
            f"{year}年{day}",
            day_zh(last),
            f"{last.month}月{last.day}日",
            day,
            wording.period_words(period).zh,
            f"{period.start.month}—{last.month}月",
            wording.plan_heading(period).zh.removesuffix("工作打算").removesuffix("工作计划"),
            wording.day_words(due, year).zh,
            f"{year + 1}年工作打算",
            f"{year}年度",
            f"{year}年",
        ]

    found: dict[str, str] = {}
    for was, is_ in zip(words(old), words(new), strict=True):
        found.setdefault(reading.normal(was), is_)
    return found


def _around(number: Number, text: str, paragraph: str) -> Surroundings:
    start = max((text.rfind(mark, 0, number.start) for mark in "，。；、："), default=-1) + 1
    ends = [i for mark in "，。；）" if (i := text.find(mark, number.end)) >= 0]
    # A list (A、B分别为x、y) names its indicators before the numbers: its clause begins at the last comma.
    if "分别" in text[: number.start]:
        start = max(text.rfind(mark, 0, number.start) for mark in "，。；") + 1
    return Surroundings(text[start : min(ends, default=len(text))], text, paragraph)


def _turn(runs: list[Run]) -> bool:
    """Turn the word of direction just before a number: 提高 becomes 下降. False where there is none."""
    if not runs or not isinstance(runs[-1], Words):
        return False
    text = runs[-1].text
    found = [m for m in _DIRECTION.finditer(text) if len(text) - m.end() <= _NEAR]
    if not found:
        return False
    last = found[-1]
    runs[-1] = Words(text[: last.start()] + _RISES[last[0]] + text[last.end() :])
    return True
