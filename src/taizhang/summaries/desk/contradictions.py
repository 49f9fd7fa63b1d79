"""Numbers of one document that cannot both be true: one quantity with two values, a part above its whole, a share that does not follow from
its two counts. Each is named with its place and what to do."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from taizhang.kernel.text import Text
from taizhang.summaries.desk.quantities import Sort, find
from taizhang.summaries.document import Document, FigureSpan, Sentence, Typed

LONG_LABEL = 4  # characters; a shorter name (培训, 印发文件) means another thing in another section
_STOPS = "。；;！!？?\n"
_BREAKS = _STOPS + "，,、：:（）()《》“”"
# What stands between the name of a quantity and its number, and what goes before the name.
_VERBS = re.compile(
    r"(?:分别)?(?:提高|上升|下降|增长|增加|扩大)?(?:达到了|达到|达|为|是|共有|共|有|约|近|超过|累计达|累计|到|已|了|计|至)*$"
)
_BEFORE = re.compile(
    r"^(?:截至[^，]*?[日底]|今年以来|今年|全年|上半年|下半年|本月|本季度|目前|其中|全县|全市|全区|我县|我市|我局|全镇|累计|共|已|先后|现有|现)+"
)
_OTHER = re.compile(
    r"去年|上年|同期|上月|目标|任务|比|较|提高|增长|下降|减少|增加|上升|差|距|至少|不低于|计划|力争|确保|以上|以内|分别|由|从"
)
_DEEDS = (
    "发现",
    "查处",
    "整改",
    "已",
    "派出",
    "收到",
    "受理",
    "举行",
    "建成",
    "新增",
    "累计",
    "印发",
    "召开",
    "举办",
    "组织",
    "开展",
    "培训",
    "督导",
    "参加",
    "发放",
    "下发",
    "检查",
    "出动",
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """place: where it stands; what: which numbers; cure."""

    place: str
    message: Text


@dataclass(frozen=True, slots=True)
class _Said:
    """A number as said: its name in the sentence, unit, value, and where."""

    name: str
    unit: str
    value: Decimal
    text: str
    typed: bool
    place: str
    start: int
    sort: Sort


def contradictions(document: Document) -> list[Contradiction]:
    """Of everything a reader sees in Chinese. A contradiction between two figures is none of the desk's: at least one number is typed."""
    found: list[Contradiction] = []
    said: list[_Said] = []
    for place, sentence in _placed(document):
        numbers = _numbers(sentence, place)
        found.extend(_within(numbers, sentence.text(), place))
        said.extend(numbers)
    found.extend(_between(said))
    return list(dict.fromkeys(found))


def _placed(document: Document) -> Iterable[tuple[str, Sentence]]:
    for sentence in document.opening.sentences:
        yield "开头", sentence
    for part in document.parts:
        for section in part.sections:
            for paragraph in section.paragraphs:
                for sentence in paragraph.sentences:
                    yield section.heading.zh, sentence
        for paragraph in part.paragraphs:
            for sentence in paragraph.sentences:
                yield part.heading.zh, sentence


def _numbers(sentence: Sentence, place: str) -> list[_Said]:
    text = sentence.text()
    spans: list[tuple[int, int, bool]] = []
    at = 0
    for run in sentence.zh:
        if isinstance(run, FigureSpan | Typed):
            spans.append((at, at + len(run.text), isinstance(run, Typed)))
        at += len(run.text)
    found = []
    for q in find(text):
        holder = next((s for s in spans if s[0] < q.end and q.start < s[1]), None)
        if q.value is None or q.sort in (Sort.POINTS, Sort.REFERENCE):
            continue
        typed = holder is None or holder[2]
        found.append(_Said(_name(text, q.start), q.unit, q.value, q.text, typed, place, q.start, q.sort))
    return found


def _name(text: str, start: int) -> str:
    """The words of the clause before a number, without the verb that leads to it; empty where they speak of another time or aim."""
    at = start
    while at > 0 and text[at - 1] not in _BREAKS:
        at -= 1
    clause = text[at:start]
    clause = re.split(r"[\d%‰]", clause)[-1]
    if _OTHER.search(clause):
        return ""
    return _BEFORE.sub("", _VERBS.sub("", clause)).strip()


def _within(numbers: Sequence[_Said], text: str, place: str) -> Iterable[Contradiction]:
    """One sentence: a rate above the whole, a part above its whole, a share that does not follow."""
    for each in numbers:
        if each.typed and each.sort is Sort.RATE and each.unit == "%" and each.value > 100 and not _OTHER.search(each.name):
            if each.name.endswith("率") or "占" in text[max(0, each.start - 4) : each.start]:
                yield Contradiction(place, Text(
                    f"{place}：“{each.name}{each.text}”超过100%，部分不能大于总体。请核对分子和分母。",
                    f"{place}: “{each.name}{each.text}” is above 100 %; a part cannot exceed its whole. Check both counts.",
                ))  # fmt: skip
    for clause_start, whole, parts in _wholes(numbers, text):
        for part in parts:
            if part.value > whole.value and (part.typed or whole.typed):
                yield Contradiction(place, Text(
                    f"{place}：“{_shown(text, clause_start)}”中部分{part.text}大于总数{whole.text}。请核对这两个数。",
                    f"{place}: in “{_shown(text, clause_start)}” the part {part.text} exceeds the whole {whole.text}. Check both.",
                ))  # fmt: skip
    for first, second, share in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if not (first.typed or second.typed or share.typed) or not first.unit or first.unit != second.unit:
            continue
        if first.sort is not Sort.COUNT or second.sort is not Sort.COUNT or share.unit != "%" or not share.name.endswith("率"):
            continue
        if any(c in _STOPS for c in text[first.start : share.start]) or not 0 < second.value <= first.value:
            continue
        printed = second.value * 100 / first.value
        step = Decimal(1).scaleb(share.value.as_tuple().exponent)  # type: ignore[arg-type]
        if abs(printed - share.value) > step:
            yield Contradiction(place, Text(
                f"{place}：{first.text}中的{second.text}是{printed:.2f}%，文中“{share.name}{share.text}”与之不符。请核对三个数。",
                f"{place}: {second.text} of {first.text} is {printed:.2f} %, which “{share.name}{share.text}” is not. Check the three.",
            ))  # fmt: skip


def _wholes(numbers: Sequence[_Said], text: str) -> Iterable[tuple[int, _Said, list[_Said]]]:
    """(where, whole, parts): 共a，其中b、c; 应检a，实检b."""
    for match in re.finditer("其中", text):
        end = min((i for i in (text.find(c, match.start()) for c in _STOPS) if i >= 0), default=len(text))
        begin = max(text.rfind(c, 0, match.start()) for c in _STOPS) + 1
        before = [n for n in numbers if begin <= n.start < match.start() and n.sort is Sort.COUNT]
        if before:
            whole = before[-1]
            yield begin, whole, [n for n in numbers if match.start() < n.start < end and n.sort is Sort.COUNT and n.unit == whole.unit]
    for one, other in pairwise(numbers):
        if one.name.startswith("应") and other.name.startswith("实") and one.unit == other.unit:
            yield max(text.rfind(c, 0, one.start) for c in _BREAKS) + 1, one, [other]


def _between(said: Sequence[_Said]) -> Iterable[Contradiction]:
    """One name, one unit, two values."""
    first: dict[tuple[str, str, str], _Said] = {}
    for each in said:
        if len(each.name) < 2 or not each.unit:
            continue
        local = len(each.name) < LONG_LABEL or each.name.startswith(_DEEDS)
        earlier = first.setdefault((each.name, each.unit, each.place if local else ""), each)
        if earlier.value != each.value and (earlier.typed or each.typed):
            where = each.place if each.place == earlier.place else f"{earlier.place}、{each.place}"
            yield Contradiction(each.place, Text(
                f"{where}：“{each.name}”一处为{earlier.text}，一处为{each.text}。请改为同一个数，或写明各指什么。",
                f"{where}: “{each.name}” is {earlier.text} in one place and {each.text} in another. Make them one, or say what each is.",
            ))  # fmt: skip


def _shown(text: str, start: int) -> str:
    return text[start : start + 30] + ("…" if len(text) > start + 30 else "")
