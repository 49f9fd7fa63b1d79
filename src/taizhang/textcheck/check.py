"""A text checked: its figures, its relations, their verdicts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from taizhang.kernel.text import Text
from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.cleaning import Clean, clean
from taizhang.textcheck.model import Found, Relation, RelationKind, Verdict
from taizhang.textcheck.reading import Reading, read
from taizhang.textcheck.refusals import TextRefused
from taizhang.textcheck.relations import averages, changes, counts, placing, ratios, repeats, shared, sums, tables, totals

LONGEST = 2_000_000  # characters; the longest yearbook has fewer


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands in the text as read, with the words it is said by."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Checked:
    """text: as read. relations: in the order of the text."""

    text: str
    cleaned: Clean
    reading: Reading
    relations: tuple[Relation, ...]

    def of(self, verdict: Verdict) -> list[Relation]:
        return [r for r in self.relations if r.verdict is verdict]

    @property
    def is_consistent(self) -> bool:
        return not self.of(Verdict.INCONSISTENT)

    def place(self, quantity: Quantity, *, words: bool = False) -> Place:
        """words: with what is said before it in its clause."""
        start = quantity.start
        if words:
            start = _with_lead(self.cleaned.text, quantity)
        a, b = self.cleaned.back(start, quantity.end)
        return Place(a, b, self.text[a:b])

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        return {
            "relations": [self._relation(r, language) for r in self.relations],
            "figures": [self._figure(q) for q in self.reading.quantities if q.sort is not Sort.QUOTIENT],
        }

    def _relation(self, relation: Relation, language: str) -> dict[str, Any]:
        place = self.place(relation.stated, words=True)
        return {
            "kind": relation.kind.value,
            "quote": place.quote,
            "start": place.start,
            "end": place.end,
            "stated": self.place(relation.stated).quote,
            "recomputed": relation.recomputed,
            "verdict": relation.verdict.value,
            "operands": [self._operand(o) for o in relation.operands],
            "message": relation.message.in_language(language),
            "arithmetic": relation.arithmetic,
            "cause": relation.cause.in_language(language) if relation.cause else None,
        }

    def _operand(self, quantity: Quantity) -> dict[str, Any]:
        place = self.place(quantity)
        return {"text": place.quote, "start": place.start, "end": place.end}

    def _figure(self, quantity: Quantity) -> dict[str, Any]:
        place = self.place(quantity)
        return {
            "text": place.quote,
            "start": place.start,
            "end": place.end,
            "value": None if quantity.sort is Sort.MASKED else plain(quantity),
            "unit": quantity.unit,
            "sort": quantity.sort.value,
            "about": quantity.about,
            "words": (quantity.label or quantity.lead)[-40:],
            "period": quantity.period,
        }


def plain(quantity: Quantity) -> str:
    """The value in decimals, without a scale: 892000, 95.2."""
    value = quantity.value
    if value.denominator == 1:
        return str(value.numerator)
    digits = 0
    while (value * 10**digits).denominator != 1 and digits < 6:
        digits += 1
    whole = round(value * 10**digits)
    return f"{whole // 10**digits}.{whole % 10**digits:0{digits}d}"


def _with_lead(text: str, quantity: Quantity) -> int:
    at = quantity.start
    while at > 0 and quantity.start - at < 40 and text[at - 1] not in "，；：。、！？\n（）":
        at -= 1
    if text[at : quantity.start] in ("", "的", "）的") and text[at - 1 : at] == "）":  # 完成任务（10000人）的95.2%
        opened = text.rfind("（", max(0, at - 60), at)
        if opened > 0:
            at = opened
            while at > 0 and quantity.start - at < 90 and text[at - 1] not in "，；：。、！？\n（）":
                at -= 1
    return at


def check(text: str) -> Checked:
    """Raises TextRefused: too long, or no Chinese to read."""
    must_be_chinese(text)
    cleaned = clean(text)
    reading = read(cleaned.text)
    found = Found()
    rows = tables.tables_of(reading)
    for sentence in reading.sentences:
        if not sentence.quantities:
            continue
        changes.find(sentence, found, reading.quantities)
        ratios.find(sentence, found, reading.quantities)
        if tables.is_row(sentence):
            continue
        averages.find(sentence, found, reading.quantities)
        sums.find(sentence, found, reading.quantities)
        totals.find(sentence, found)
        counts.find(sentence, found)
    counts.find_marks(cleaned.text, reading.sentences, found)
    tables.find(rows, found)
    context = list(placing.in_context(reading))
    repeats.find(context, found)
    shared.find(context, found)
    return Checked(text, cleaned, reading, tuple(_chosen(found.relations)))


def _chosen(relations: Iterable[Relation]) -> list[Relation]:
    """One relation of a kind for a number and what it is held against; of two readings of one number the one that is certain."""
    best: dict[tuple[RelationKind, int], list[Relation]] = {}
    for relation in relations:
        known = best.setdefault((relation.kind, relation.stated.start), [])
        if any({o.start for o in k.operands} == {o.start for o in relation.operands} for k in known):
            continue
        if relation.kind in (RelationKind.SUM, RelationKind.RATIO, RelationKind.COUNT) and known:
            if _rank(relation) < _rank(known[0]):
                known[:] = [relation]
            continue
        known.append(relation)
    return sorted((r for known in best.values() for r in known), key=lambda r: (r.stated.start, r.kind.value))


def _rank(relation: Relation) -> tuple[int, int]:
    order = (Verdict.CONSISTENT, Verdict.ROUNDING, Verdict.INCONSISTENT, Verdict.UNTESTABLE)
    return order.index(relation.verdict), -relation.tie


def must_be_chinese(text: str) -> None:
    if not text.strip():
        raise TextRefused(
            Text("没有文字可核对。请粘贴总结正文或选择文件。", "There is no text to check. Paste the summary or choose a file.")
        )
    if len(text) > LONGEST:
        raise TextRefused(
            Text(
                f"文字超过{LONGEST // 10_000}万字，不像一份总结。请分段核对。",
                f"More than {LONGEST} characters: no summary. Check it in parts.",
            )
        )
    sample = text[:200_000]
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in sample)
    letters = sum(c.isalpha() for c in sample)
    if chinese < 4 or chinese * 4 < letters:
        raise TextRefused(
            Text("这份文字不是中文，或编码不对成了乱码；本功能只核对中文总结。请确认文件和编码后重试。",
                 "This is no Chinese text, or its encoding was misread; only Chinese summaries can be checked.")
        )  # fmt: skip
