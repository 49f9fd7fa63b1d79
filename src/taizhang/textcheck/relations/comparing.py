"""What a growth or a fall is measured against: the present value, its bases, and the name that the comparison is called by."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.model import RelationKind
from taizhang.textcheck.reading import SAME_PERIOD, STEP_BEFORE, STEP_PERIOD, YEAR_BEFORE, Sentence
from taizhang.textcheck.words import same_unit, words_of


@dataclass(frozen=True, slots=True)
class Base:
    """What is compared with. name: year, step, or "" where the words do not say."""

    quantity: Quantity
    name: str


# 是上年的3倍, 下降到上年的80%: no base by itself.
_SHARE_OF_BASE = re.compile(r"(?:是|为|相当于|达到?|到)(?:[去上]年(?:同[期月季])?|上月|上季度|同期)的?$")
_SPANS = {"年", "个月", "月"}  # 两年增长了3倍


def alike(one: Quantity, other: Quantity) -> bool:
    if one.sort is Sort.RATE and other.sort is Sort.RATE:
        return one.per == other.per
    return same_unit(one, other) or (one.sort is other.sort and (not one.unit or not other.unit))


def called(quantity: Quantity, sentence: Sentence, place: int) -> str:
    """year for 同比 and the like, step for 环比: the nearest such word before the number, in its clause or one before."""
    words = sentence.text[: quantity.start - sentence.start]
    words = re.split(r"[；]", words)[-1]
    year = max((m.end() for m in re.finditer(r"同比|(?:比|较|与)(?:去年|上年|前年|同期|上一年)", words)), default=-1)
    step = max((m.end() for m in re.finditer(r"环比|(?:比|较|与)上(?:个?月|季度|一季度|周|期)", words)), default=-1)
    if "同比" in quantity.clause or (SAME_PERIOD.search(quantity.clause) and not STEP_PERIOD.search(quantity.clause)):
        return "year"
    if "环比" in quantity.clause or STEP_PERIOD.search(quantity.clause):
        return "step"
    return "" if year == step == -1 else "year" if year > step else "step"


def compared(
    quantity: Quantity, place: int, sentence: Sentence, everything: Sequence[Quantity] | None = None
) -> tuple[list[Base], Quantity | None, RelationKind, list[Quantity]]:
    """The bases, the present value, the kind of relation, and differences in counts already given (增加134人，增长12.2%)."""
    bases: list[Base] = []
    current: Quantity | None = None
    kind = RelationKind.GROWTH
    differences: list[Quantity] = []
    before = sentence.quantities[:place]
    later = [q for q in sentence.quantities[place + 1 : place + 6] if "；" not in sentence.between(quantity, q)]
    for other in reversed(before):
        gap = sentence.text[other.end - sentence.start : quantity.start - sentence.start]
        if "；" in gap and (current is not None or any("from" in b.quantity.flags for b in bases)):
            break
        if not other.is_testable or other.sort is Sort.TIMES or (other.sort is Sort.RATE and _SHARE_OF_BASE.search(other.lead)):
            continue
        if other.flags & {"year-base", "step-base", "from"}:
            name = "year" if "year-base" in other.flags else "step" if "step-base" in other.flags else ""
            if "from" in other.flags:
                follower = before[before.index(other) + 1] if before.index(other) + 1 < len(before) else None
                if follower is not None and follower in differences and quantity.sort is Sort.RATE:
                    bases.append(Base(other, name))  # 由9600人次下降了960人次，降幅10%
                    break
                if follower is None or not follower.flags & {"to", "to-up", "to-down"}:
                    continue
                if current is None or current is follower:
                    kind = RelationKind.CHANGE
            if current is None or alike(other, current):
                bases.append(Base(other, name))
            if "from" in other.flags and bases:
                break
        elif other.flags & {"up", "down"}:
            if current is None and _may_differ(other, quantity):
                differences.append(other)
            elif current is not None:
                break  # what is said before it was compared already
        elif (
            current is None
            and bases
            and _is_part(other, sentence)
            and any(_may_be_current(q, quantity) and alike(q, bases[0].quantity) and not _is_part(q, sentence) for q in before)
        ):
            continue  # what is compared is the whole
        elif current is None and re.search(r"[，；。]无[\u4e00-\u9fff]{1,8}，", gap):
            break  # 发病3301例…；无死亡，较上月同期（1例）下降100%: what is compared is none at all
        elif current is None and _may_be_current(other, quantity) and (not bases or alike(other, bases[0].quantity)):
            current = other
        elif (current is not None and (bases or differences)) or (current is not None and len(before) - before.index(other) > 6):
            break
    if current is not None and bases:
        current = _of_the_same_name(bases[0].quantity, current, before)
    if current is None and bases and everything is not None:
        current = _named_before(bases[0].quantity, sentence, everything)
    if current is None:
        current, bases, kind = _told_after(before, later, bases, kind)
    if current is not None and "from" not in {f for b in bases for f in b.quantity.flags}:
        current, bases = _by_periods(current, before, bases)
    if current is not None:
        bases = [b for b in bases if alike(b.quantity, current)]
        if not bases:
            for other in later:  # 增长12.2%（去年同期1100人）
                if other.flags & {"year-base", "step-base"} and alike(other, current):
                    bases.append(Base(other, "year" if "year-base" in other.flags else "step"))
                elif bases or not other.flags & {"up", "down"}:
                    break
        if later and later[0].flags & {"year-base", "step-base"} and later[0].gap.startswith("（") and alike(later[0], current):
            if all(b.quantity is not later[0] for b in bases):  # 同比减少2起（去年同月16起）
                bases.append(Base(later[0], "year" if "year-base" in later[0].flags else "step"))
        if bases and all(b.quantity.start > current.start for b in bases) is False and kind is RelationKind.GROWTH:
            bases = [b for b in bases if b.quantity.start > current.start] or bases
    return bases, current, kind, [d for d in differences if current is None or alike(d, current) or d.sort is current.sort]


def _told_after(
    before: Sequence[Quantity], later: Sequence[Quantity], bases: list[Base], kind: RelationKind
) -> tuple[Quantity | None, list[Base], RelationKind]:
    """The present value said after the change: 翻了一番，由120万元增至240万元; 由46.2下降了6.8，下降到39.4; 比上年12所增加3所，达到15所."""
    arrives = {"to", "to-up", "to-down"}
    if not later:
        return None, bases, kind
    if len(later) > 1 and "from" in later[0].flags and later[1].flags & arrives and alike(later[0], later[1]):
        return later[1], [Base(later[0], "")], RelationKind.CHANGE
    if (by_year := _two_years(later)) is not None:
        return by_year[1], [Base(by_year[0], "")], RelationKind.GROWTH
    if not later[0].flags & arrives:
        return None, bases, kind
    if bases and alike(bases[0].quantity, later[0]):
        return later[0], bases, kind
    if before and "from" in before[-1].flags and alike(before[-1], later[0]):
        return later[0], [Base(before[-1], "")], RelationKind.CHANGE
    return None, bases, kind


def _two_years(later: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """比2021年翻一番，2021年为460万元，2023年为920万元: the earlier and the later of two that touch."""
    if len(later) < 2 or not later[0].is_count or not alike(later[0], later[1]):
        return None
    moments = [_moment(q.period) if q.period in q.gap else None for q in later[:2]]
    if moments[0] is None or moments[1] is None or moments[0][0] <= 0 or moments[1][0] <= 0 or moments[0][0] == moments[1][0]:
        return None
    return (later[0], later[1]) if moments[0][0] < moments[1][0] else (later[1], later[0])


def _of_the_same_name(base: Quantity, current: Quantity, before: Sequence[Quantity]) -> Quantity:
    """培训师资180人、全员培训2260人；去年培训师资150人: what the base is called says which of the two is compared."""
    name = re.sub(rf"^(?:其中|而)?(?:{YEAR_BEFORE}|{STEP_BEFORE})的?|(?:为|是|达|共|有)+$", "", base.lead)
    if len(name) < 2 or base.lead.startswith(("比", "较", "与", "由", "从")) or name in words_of(current):
        return current
    outside = {"year-base", "step-base", "up", "down"}
    named = [q for q in before if q is not base and name in words_of(q) and alike(q, base) and not q.flags & outside]
    return named[-1] if named else current


def _named_before(base: Quantity, sentence: Sentence, everything: Sequence[Quantity]) -> Quantity | None:
    """补偿资金较去年同期的7874万元增长10%: the present value is the 补偿资金 that was told before."""
    name = re.split(r"比|较|与", base.lead)[0]
    name = re.sub(r"^(?:全[县市区院]|总)", "", name)
    if len(name) < 3:
        return None
    for other in reversed(everything[max(0, base.number - 12) : base.number]):
        if name in words_of(other) and alike(other, base) and not other.flags & {"up", "down", "year-base", "step-base", "from", "aim"}:
            return other
    return None


_MONTH = re.compile(
    r"(?P<before>去年|上年)?(?:今年|本年)?(?:(?P<year>(?:19|20)\d{2})年)?(?:(?P<month>\d{1,2})月|第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年)?"
)


def _moment(period: str) -> tuple[int, str, int] | None:
    """(year, kind of stretch, its number), the year 0 where none is named and -1 for the year before; None for no period."""
    match = _MONTH.match(period)
    if match is None or not match[0]:
        return None
    year = -1 if match["before"] else int(match["year"]) if match["year"] else 0
    if match["month"]:
        return year, "month", int(match["month"])
    if match["quarter"]:
        return year, "quarter", "一二三四".find(match["quarter"]) + 1 or int(match["quarter"])
    if match["half"]:
        return year, "half", 1 if match["half"] == "上" else 2
    return (year, "year", 0) if year else None


def _relation_of(period: str, other: str) -> str:
    """What `other` is to `period`: year (the same stretch a year before), step (the stretch before), "" for neither."""
    here, there = _moment(period), _moment(other)
    if here is None or there is None or here[1] != there[1]:
        return ""
    both = (there[0] > 0) == (here[0] > 0)
    years = there[0] - here[0] if both else there[0] if there[0] < 0 else 0
    if years == -1 and here[2] == there[2]:
        return "year"
    last = {"month": 12, "quarter": 4, "half": 2, "year": 0}[here[1]]
    if (here[2] - there[2] == 1 and years == 0) or (here[2] == 1 and there[2] == last and years == -1):
        return "step"
    return ""


def _by_periods(current: Quantity, before: Sequence[Quantity], known: list[Base]) -> tuple[Quantity, list[Base]]:
    """3月份12600人次，2月份10500人次，上年3月11250人次: the first is compared, the others are what it is compared with."""
    matching = [q for q in before if alike(q, current) and not q.flags & {"up", "down"}]
    for first in matching:
        bases = [Base(q, name) for q in matching if q is not first and (name := _relation_of(first.period, q.period)) and "；" not in q.gap]
        if bases:
            return first, bases
    return current, known


def _is_part(quantity: Quantity, sentence: Sentence) -> bool:
    """Whether it stands in a list that 其中 begins, in this part of the sentence."""
    words = sentence.text[: quantity.start - sentence.start]
    return "其中" in re.split("；", words)[-1]


def _may_be_current(other: Quantity, quantity: Quantity) -> bool:
    if other.unit in _SPANS and quantity.unit not in _SPANS:
        return False
    if quantity.sort is Sort.POINTS:
        return other.sort is Sort.RATE
    if quantity.sort in (Sort.COUNT, Sort.MONEY):
        return same_unit(other, quantity)
    return other.is_count or other.sort is Sort.RATE


def _may_differ(other: Quantity, quantity: Quantity) -> bool:
    """A difference in counts said before the rate it makes."""
    return (
        quantity.sort in (Sort.RATE, Sort.TIMES)
        and other.is_count
        and bool(other.flags & quantity.flags & {"up", "down"} or not quantity.flags & {"up", "down"})
    )
