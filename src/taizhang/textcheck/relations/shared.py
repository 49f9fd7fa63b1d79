"""Rates that share a denominator: maternal, infant and neonatal deaths imply one number of live births, all incidences one population."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from taizhang.kernel.text import Text
from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.model import Found, Relation, RelationKind, Verdict
from taizhang.textcheck.reading import Sentence
from taizhang.textcheck.relations.placing import OUTSIDE, Placed, year_of
from taizhang.textcheck.verdicts import cause_of, number, of, over
from taizhang.textcheck.words import rate_core


@dataclass(frozen=True, slots=True)
class _Implied:
    """What a rate and its count say of the denominator, or what the text says of it outright (rate None)."""

    low: Fraction
    high: Fraction | None
    rate: Quantity | None
    count: Quantity
    sentence: Sentence
    of: str = ""  # 建档, 发病 …: those registered and those who fall ill may be counted of different residents


_BIRTHS = re.compile(r"孕产妇死亡|婴儿死亡|新生儿死亡|[5五]岁以下儿童死亡|婴幼儿死亡|新生儿破伤风")
_LIVE = re.compile(r"活产")
_PEOPLE_RATE = re.compile(r"建档|发病|患病|粗死亡|出生|就诊")
_POPULATION = re.compile(r"(?P<kind>常住|户籍|农业|农村|城镇|流动|服务|辖区|总|乡村)?(?:总)?人口")


def find(context: Sequence[Placed], found: Found) -> None:
    years = {year_of(p.quantity.period) for p in context if p.quantity.sort is Sort.RATE and year_of(p.quantity.period)}
    if len(years) > 1:  # each year has births and people of its own
        for year in sorted(years):
            find([p for p in context if year_of(p.quantity.period) == year], found)
        return
    births_of: dict[str, list[_Implied]] = {}
    people: list[_Implied] = []
    nested: dict[str, Placed] = {}
    for place, placed in enumerate(context):
        quantity = placed.quantity
        births = births_of.setdefault(_whose(placed), [])
        if placed.plan or placed.scope or quantity.flags & {"aim", "target", "year-base", "step-base", "from", "up", "down"}:
            continue
        if re.search(r"去年|上年|同期", quantity.period):
            continue
        if (
            quantity.is_count
            and _LIVE.search(f"{quantity.lead}{quantity.tail[:6]}")
            and quantity.unit in ("人", "名", "例", "个", "")
            and not re.search(r"其中|死亡", quantity.lead)
        ):
            births.append(_Implied(*of(quantity), None, quantity, placed.sentence))
        elif (
            quantity.is_count
            and (match := _POPULATION.search(f"{quantity.lead[-8:]}{quantity.unit}{quantity.tail[:5]}"))
            and quantity.unit in ("人", "人口", "", "口")
            and quantity.value >= 1000
        ):
            if match["kind"] in (None, "常住", "总", "辖区", "服务") and not re.search(
                r"占|其中|出生|死亡|岁|贫困|参合|参保|脱贫|受益|饮水|低保|农|饮用", quantity.lead + quantity.tail[:6]
            ):
                people.append(_Implied(*of(quantity), None, quantity, placed.sentence))
        elif quantity.sort is Sort.RATE:
            words = f"{quantity.label}{quantity.lead}"
            core = rate_core(quantity) or ""
            if core == "死亡" and place and context[place - 1].sentence is placed.sentence:  # 婴儿死亡24例，死亡率4.80‰
                words = f"{context[place - 1].quantity.lead}率"
            group = (
                births
                if _BIRTHS.search(words) and core.endswith("死亡")
                else people
                if _PEOPLE_RATE.search(core) and not re.search(r"早孕|建册|患者管理|人群|老年|儿童|产妇|抗|精神", words)
                else None
            )
            if group is births and not _whose(placed):
                nested.setdefault(_nest(quantity.label or words), placed)
            if group is None or any(r.stated is quantity and r.kind is RelationKind.RATIO and r.operands for r in found.relations):
                continue
            count = _count_of(quantity, core, words, context, place)
            if count is not None:
                interval = over(of(count), of(quantity), quantity.per)
                if interval is not None:
                    group.append(_Implied(*interval, quantity, count, placed.sentence, "" if group is births else core[-2:]))
    for births in births_of.values():
        _judge_group(births, Text("活产数", "live births"), found)
    _judge_group(people, Text("人口数", "population"), found)
    _judge_nested(nested, found)


_WHOSE = re.compile(r"非户籍|户籍|流动人口|流动|外来|外地|本地|城区|城市|农村|城镇")


def _whose(placed: Placed) -> str:
    """Of which people a rate is: those registered, those passing through; "" for all."""
    before = placed.sentence.text[: placed.quantity.start - placed.sentence.start]
    said = _WHOSE.findall(re.split("；", before)[-1])
    return said[-1] if said else ""


def _nest(words: str) -> str:
    for name in ("新生儿死亡", "婴儿死亡", "5岁以下儿童死亡", "五岁以下儿童死亡", "孕产妇死亡"):
        if name in words:
            return name.replace("五岁", "5岁")
    return ""


def _count_of(rate: Quantity, core: str, named: str, context: Sequence[Placed], place: int) -> Quantity | None:
    """The count a rate is of: the nearest before in its sentence (or the one before) with the rate's own words."""
    words = re.sub(r"率.*", "", core)[-4:]
    for placed in reversed(context[max(0, place - 6) : place]):
        if placed.sentence is not context[place].sentence and placed.sentence is not context[place].sentence.before:
            break
        count = placed.quantity
        if not count.is_count or count.flags & OUTSIDE or count.unit not in ("人", "名", "例", "份", "个", "", "户"):
            continue
        said = f"{count.label}{count.lead or count.clause[-16:]}{count.tail[:8]}"
        subject = _nest(rate.label or named)
        if subject:
            if subject[:2] in said.replace("五岁", "5岁") and "死亡" in said:
                return count
            continue
        if ("新增" in rate.lead and "新增" not in said) or ("新增" in said and "新增" not in rate.lead):
            continue
        if (
            words[-2:] in said
            or ("建档" in core and "档案" in said)
            or ("就诊" in core and "接诊" in said)
            or ("发病" in core and (re.search(r"报告|病例|发病", said) or rate.gap == f"，{rate.lead}"))
        ):
            return count
        break
    return None


def _judge_group(group: Sequence[_Implied], name: Text, found: Found) -> None:
    implied = [g for g in group if g.rate is not None]
    if not implied or len(group) < 2:
        return
    # What the text says outright is the measure; else what most agree on.
    told = [g for g in group if g.rate is None]
    wide = (
        Fraction(1, 20) if name.zh == "人口数" else Fraction(0)
    )  # residents and the registered, of this year and the last: within so much

    def meets(a: _Implied, b: _Implied) -> bool:
        if a.of and b.of and a.of != b.of:
            return True
        return (a.high is None or b.low <= a.high * (1 + wide)) and (b.high is None or a.low <= b.high * (1 + wide))

    scores = {id(a): sum(meets(a, b) for b in group if b is not a) for a in group}
    best = max(scores.values())
    blamed: list[_Implied] = []
    for one in implied:
        assert one.rate is not None
        others = [g for g in group if g is not one]
        foes = [g for g in others if not meets(one, g)]
        middle = one.count.value * one.rate.per / one.rate.value if one.rate.value else Fraction(0)
        fitting = [g for g in others if meets(one, g)]
        operands = (one.count, *(q for g in others[:4] for q in ((g.rate, g.count) if g.rate is not None else (g.count,))))
        wrong = bool(foes) and (
            not any(meets(one, g) for g in told) if told else scores[id(one)] < best or (best * 2 < len(group) - 1 and one is implied[-1])
        )
        if not wrong and (fitting or not foes):
            text = f"{one.count.text}÷{one.rate.text}≈{number(middle, 0)}"
            found.add(Relation(
                RelationKind.SHARED, one.rate, operands, Verdict.CONSISTENT, "",
                Text((f"{one.rate.text}与{one.count.text}推出的{name.zh}约{number(middle, 0)}，"
f"与文中其他数相容"), (f"{one.rate.text} with {one.count.text} implies about {number(middle, 0)} "
f"{name.en}, which fits the others")),
                text, None, 2,
            ), takes=False)  # fmt: skip
        elif wrong and not any(meets(one, g) for g in blamed):  # the same other denominator is named once
            blamed.append(one)
            foe = next((g for g in foes if g.rate is None), foes[0])
            against = (
                foe.count.text
                if foe.rate is None
                else f"{foe.count.text}÷{foe.rate.text}≈{number(foe.count.value * foe.rate.per / foe.rate.value, 0)}"
            )
            right = one.count.value * one.rate.per / ((foe.low + (foe.high or foe.low)) / 2)
            found.add(Relation(
                RelationKind.SHARED, one.rate, operands, Verdict.INCONSISTENT, f"{number(right, max(one.rate.places, 1))}{one.rate.unit}",
                Text(
                    (f"{one.count.text}÷{one.rate.text}推出{name.zh}约{number(middle, 0)}，"
f"而文中另有{against}：两者不是同一个{name.zh}。请核对率、例数，或写明各用什么口径。"),
                    (f"{one.count.text} at {one.rate.text} implies about {number(middle, 0)} "
f"{name.en}, but elsewhere it is {against}. Check rate and count, or "
f"name the two bases."),
                ),
                f"{one.count.text}÷{one.rate.text}≈{number(middle, 0)}≠{against}", cause_of(one.rate, right), 4,
            ), takes=False)  # fmt: skip


def _judge_nested(nested: dict[str, Placed], found: Found) -> None:
    """A child that dies in its first month also dies in its first year: the rates cannot fall in that order."""
    order = [nested[n] for n in ("新生儿死亡", "婴儿死亡", "5岁以下儿童死亡") if n in nested]
    for inner, outer in itertools.pairwise(order):
        one, two = inner.quantity, outer.quantity
        if one.per != two.per:
            continue
        good = two.high is None or one.low <= two.high
        later = max(one, two, key=lambda q: q.start)
        verdict = Verdict.CONSISTENT if good else Verdict.INCONSISTENT
        zh = (
            f"{inner.name or '新生儿死亡率'}{one.text}"
            + ("不高于" if good else "高于")
            + f"{outer.name or '婴儿死亡率'}{two.text}"
            + ("" if good else "：前者的死亡包含在后者之中，率不能更高。请核对。")
        )
        en = f"{one.text} " + ("is within" if good else "exceeds") + f" {two.text}, whose deaths include its own"
        found.add(
            Relation(
                RelationKind.SHARED,
                later,
                (one if later is two else two,),
                verdict,
                "",
                Text(zh, en),
                f"{one.text}{'≤' if good else '>'}{two.text}",
                None,
                3,
            ),
            takes=False,
        )
