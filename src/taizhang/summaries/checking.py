"""A text held against the ledger: its figures matched to indicators by name and value; and our own documents before they go out.

A figure of a text is ours when its value is, to the digits written, its unit fits, and the words around it name the indicator (by its
name, or by the words our own templates say it with); the fewer digits, the more of the name. It differs when its clause names an
indicator all but in full, and the value is another.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from taizhang.config import home
from taizhang.figures import compute
from taizhang.figures.model import Figure
from taizhang.kernel.arithmetic import round_half_away
from taizhang.kernel.indicators import Status
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.summaries import templates
from taizhang.summaries.document import Document
from taizhang.summaries.layout import blocks
from taizhang.summaries.numbers import YUAN
from taizhang.summaries.publishing.known import amount, sign_of
from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.check import Checked, check
from taizhang.textcheck.model import Relation, Verdict

_PARTS = ("value", "numerator", "denominator", "completion", "target", "last_year", "points", "growth")
_CUES = {
    "completion": re.compile(r"任务|完成|目标|计划"),
    "target": re.compile(r"任务|目标|计划|应"),
    "last_year": re.compile(r"去年|上年|同期|由"),
    "points": re.compile(r"提高|下降|上升|同期|去年|上年"),
    "growth": re.compile(r"增长|下降|减少|增加|同期|去年|上年"),
}
_USABLE = (Status.OK, Status.RATE_ONLY, Status.PARTIAL)
_NEEDED = {1: Fraction(1, 2), 2: Fraction(2, 5), 3: Fraction(3, 10)}
_ENOUGH = Fraction(1, 5)  # of the name, for a number of four digits and more
_FULLY = Fraction(4, 5)


@dataclass(frozen=True, slots=True)
class Match:
    """A figure of the text and ours. part: what of the figure it is (value, numerator …). agrees: the values are the same, as written.
    trace: the command that shows whom or what our figure counts."""

    quantity: Quantity
    figure: Figure
    part: str
    agrees: bool
    ours: str

    @property
    def name(self) -> Text:
        name, category = self.figure.indicator.name, self.figure.category_name
        return Text(f"{name.zh}（{category.zh}）", f"{name.en} ({category.en})") if category else name

    @property
    def trace(self) -> str:
        category = f" --category {self.figure.category}" if self.figure.category else ""
        return f"taizhang trace {self.figure.code} --period {self.figure.period} --org {self.figure.organisation}{category}"

    @property
    def message(self) -> Text:
        if self.agrees:
            return Text(f"与台账“{self.name.zh}”{self.ours}一致", f"agrees with our {self.name.en}, {self.ours}")
        return Text(
            f"台账“{self.name.zh}”是{self.ours}，文中写{self.quantity.text}。请核对。",
            f"our {self.name.en} is {self.ours}, the text says {self.quantity.text}. Check it.",
        )


def against_ledger(checked: Checked, organisation: str, period: Period, *, version: int | None = None) -> list[Match]:
    """Every figure of the text that is one of ours, in the order of the text. Raises LedgerError and OrganisationError."""
    day = home.current().working_day()
    figures = compute.figures(period, organisation, version=version, day=day)
    if "上半年" in checked.text and period.start.month == 1 and period.end.month > 6:
        half = Period.months(period.start.year, 1, 6)
        figures = [*figures, *compute.figures(half, organisation, version=version, day=day)]
    return matches(checked, figures)


def matches(checked: Checked, figures: Iterable[Figure]) -> list[Match]:
    usable = [f for f in figures if f.value is not None and f.status in _USABLE]
    amounts = [(f, part, found, sign_of(f, part)) for f in usable for part in _PARTS if (found := amount(f, part)) is not None]
    names = {(f.code, f.category): _names(f) for f in usable}
    paragraphs: dict[int, str] = {}
    for sentence in checked.reading.sentences:
        paragraphs[sentence.paragraph] = paragraphs.get(sentence.paragraph, "") + sentence.text
    made: list[Match] = []
    left: list[Quantity] = []
    for sentence in checked.reading.sentences:
        for quantity in sentence.quantities:
            if not quantity.is_testable or quantity.sort is Sort.QUOTIENT or ("aim" in quantity.flags and "target" not in quantity.flags):
                continue
            best = _best(quantity, amounts, names, sentence.text, paragraphs[sentence.paragraph])
            if best is None:
                left.append(quantity)
                continue
            figure, part, value = best
            made.append(Match(quantity, figure, part, True, _printed(value, figure, part)))
    for quantity in left:
        other = _named(quantity, amounts, names)
        if other is not None:
            made.append(other)
    return sorted(made, key=lambda m: m.quantity.start)


def _best(
    quantity: Quantity,
    amounts: Sequence[tuple[Figure, str, Fraction, str]],
    names: dict[tuple[str, str], list[str]],
    sentence: str,
    paragraph: str,
) -> tuple[Figure, str, Fraction] | None:
    digits = len(re.sub(r"\D", "", quantity.digits).strip("0"))
    needed = _NEEDED.get(max(1, digits), _ENOUGH)
    clause = f"{quantity.label}{quantity.clause}{quantity.text}{quantity.tail}"
    scored: list[tuple[Fraction, int, Figure, str, Fraction]] = []
    for order, (figure, part, value, sign) in enumerate(amounts):
        if not _equal(quantity, value, sign):
            continue
        cue = _CUES.get(part)
        if cue is not None and not cue.search(quantity.clause):
            continue
        score = _score(names[figure.code, figure.category], clause, sentence, paragraph, digits)
        if figure.category_name is not None:
            named = _share(figure.category_name.zh, sentence)
            if named < Fraction(1, 2):
                continue
            score += Fraction(1, 10) * named
        scored.append((score + (Fraction(1, 20) if part == "value" else 0), -order, figure, part, value))
    if not scored:
        return None
    best = max(scored)
    return (best[2], best[3], best[4]) if best[0] >= needed else None


def _score(names: Sequence[str], clause: str, sentence: str, paragraph: str, digits: int) -> Fraction:
    best = Fraction(0)
    for name in names:
        one, two = _share(name, clause), _share(name, sentence)
        score = max(one, Fraction(4, 5) * two)
        if digits >= 3:
            score = max(score, Fraction(1, 2) * _share(name, paragraph))
        best = max(best, score)
    return best


def _equal(quantity: Quantity, value: Fraction, sign: str) -> bool:
    if not _unit_fits(quantity, sign):
        return False
    if sign in YUAN:
        value = value * YUAN[sign]
    value = abs(value)
    if quantity.sort is Sort.RATE and quantity.is_testable and not quantity.about and "." not in quantity.digits:
        return value == quantity.value  # a whole percent says too little to be a rounded one
    return quantity.low <= value and (quantity.high is None or value <= quantity.high) and (value > 0 or quantity.value == 0)


_PEOPLE = {"人", "名", "例", "位", "个", "", "人次", "口"}
_PLACES = {"家", "个", "所", "处", "间", ""}
_TIMES = {"次", "期", "场", "批", "轮", "期次", "场次", ""}
_CASES = {"件", "起", "宗", "个", "份", "项", "条", "例", "家", ""}


def _unit_fits(quantity: Quantity, sign: str) -> bool:
    if quantity.sort is Sort.POINTS:
        return sign.endswith("分点")
    if quantity.sort is Sort.RATE:
        return sign == quantity.unit or (sign in ("1/10万", "/10万") and quantity.per == 100_000)
    if quantity.sort is Sort.MONEY:
        return sign in YUAN
    if quantity.sort is Sort.TIMES or sign in ("%", "‰") or sign in YUAN or sign.endswith("分点"):
        return False
    one, two = quantity.unit.replace("公斤", "斤") if quantity.unit == sign else quantity.unit, sign.split("/")[0]
    if one in ("平", "平米"):
        one = "平方米"
    return one == two or any(one in group and two in group for group in (_PEOPLE, _PLACES, _TIMES, _CASES))


_GENERAL = re.compile(r"[县市区]|人数|数$|情况|[的了]")


@cache
def _synonyms() -> dict[tuple[str, str], tuple[str, ...]]:
    """The words our own templates say a figure with: those of its clause before and after it."""
    found: dict[tuple[str, str], list[str]] = {}
    for template in templates.load(registry):
        for paragraph in template.paragraphs:
            for sentence in paragraph.sentences:
                _collect(sentence.zh, found)
    return {key: tuple(dict.fromkeys(words)) for key, words in found.items()}


def _collect(pieces: Sequence[templates.Piece], found: dict[tuple[str, str], list[str]]) -> None:
    before = ""
    for place, piece in enumerate(pieces):
        if isinstance(piece, templates.Optional):
            _collect(piece.pieces, found)
        elif isinstance(piece, str):
            before = re.split(r"[，；。]", piece)[-1]
        elif piece.kind == "figure" and piece.filter in ("", "wan", "wanyuan"):
            follows = pieces[place + 1] if place + 1 < len(pieces) else ""
            after = re.split(r"[，；。、]", follows)[0] if isinstance(follows, str) else ""
            words = re.sub(r"分别|累计|其中|[和及、共为达]", "", before) + after
            if len(words) >= 4:
                found.setdefault((piece.name, piece.category), []).append(words)


def _names(figure: Figure) -> list[str]:
    name = figure.indicator.name.zh
    category = figure.category_name.zh if figure.category_name else ""
    made = [_GENERAL.sub("", name) or name, *(_synonyms().get((figure.code, figure.category), ()))]
    if category:
        made.append(f"{category}{name}")
    else:
        made += _synonyms().get((figure.code, ""), ())
    return list(dict.fromkeys(made))


def _share(name: str, text: str) -> Fraction:
    """The share of a name's pairs of characters that stand in a text."""
    pairs = {name[i : i + 2] for i in range(len(name) - 1)} or {name}
    return Fraction(sum(pair in text for pair in pairs), len(pairs))


_NOT_OURS = {"up", "down", "from", "year-base", "step-base", "aim", "target"}


def _named(
    quantity: Quantity, amounts: Sequence[tuple[Figure, str, Fraction, str]], names: dict[tuple[str, str], list[str]]
) -> Match | None:
    """A figure that the clause names all but in full, with another value. Only counts and rates that the clause states outright."""
    if quantity.flags & _NOT_OURS or quantity.about or "其中" in quantity.lead or quantity.value < 2:
        return None
    said = f"{quantity.label}{quantity.lead[-12:]}{quantity.tail}"  # what stands farther off is another's name
    best: tuple[Fraction, int, Figure, Fraction] | None = None
    for order, (figure, part, value, sign) in enumerate(amounts):
        if part != "value" or not _unit_fits(quantity, sign):
            continue
        name = figure.indicator.name.zh
        category = figure.category_name.zh if figure.category_name else ""
        if category and category not in said:
            continue
        if len(name) < 4 and not category:
            continue
        score = max(
            (_share(n, said) for n in {_GENERAL.sub("", name) or name, name, *([category] if category and len(category) >= 3 else [])}),
            default=Fraction(0),
        )
        if score >= _FULLY and (best is None or (score, -order) > best[:2]):
            best = (score, -order, figure, value)
    if best is None:
        return None
    return Match(quantity, best[2], "value", False, _printed(best[3], best[2], "value"))


def _printed(value: Fraction, figure: Figure, part: str) -> str:
    if part == "value":
        return f"{figure.printed}" if figure.indicator.is_rate else f"{figure.printed}{figure.indicator.unit}"
    places = 2 if value.denominator != 1 else 0
    return f"{_plain(round_half_away(value, places))}{sign_of(figure, part)}"


def _plain(value: Decimal) -> str:
    return format(value, "f")


# -- our own documents ---------------------------------------------------------------------------------------------------------


def text_of(document: Document) -> str:
    """A document as it reads, in Chinese."""
    return "\n".join([document.title.zh, *(block.text for block in blocks(document, "zh"))])


def contradictions_of(document: Document) -> Iterator[tuple[str, Relation]]:
    """What does not add up in a document of ours: the words, and the relation."""
    checked = check(text_of(document))
    for relation in checked.of(Verdict.INCONSISTENT):
        yield checked.place(relation.stated, words=True).quote, relation
