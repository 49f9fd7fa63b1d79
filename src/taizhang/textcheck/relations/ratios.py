"""Rates from their two counts, and shares 占.

Any two counts of one sort near a rate that give it, give it: then it is consistent. That none do is a fault only where the words say which
two they ought to be: 应种…实种…, 发现…已整改…整改率, 其中…占….
"""

import re
from collections.abc import Iterable, Sequence

from taizhang.kernel.text import Text
from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.model import Found, Relation, RelationKind, Verdict
from taizhang.textcheck.reading import Sentence
from taizhang.textcheck.relations.completions import COMPLETES, completion
from taizhang.textcheck.relations.pairing import STRONG, Pair, counts_near, named_whole, pairs_of, quotient, runs_of
from taizhang.textcheck.relations.telling import make
from taizhang.textcheck.verdicts import cause_of, far_within, judged, number, of, over
from taizhang.textcheck.words import rate_core, same_unit, says, words_of

_SHARE = re.compile(r"占(?P<of>[^，。；占]*?)的?(?:比例|比重|比率|比|百分比)?(?:分别)?(?:仅|均|约)?(?:为|达到|达|到|的|是)*$")


def find(sentence: Sentence, found: Found, everything: Sequence[Quantity]) -> None:
    runs = runs_of(sentence)
    for quantity in sentence.quantities:
        if quantity.start in found.taken or quantity.flags & {"year-base", "step-base"}:
            continue
        if quantity.sort is Sort.RATE and not quantity.flags & {"up", "down", "from"}:
            _rate(quantity, sentence, runs, found, everything)


def _rate(quantity: Quantity, sentence: Sentence, runs: dict[int, list[Quantity]], found: Found, everything: Sequence[Quantity]) -> None:
    core = rate_core(quantity)
    clause = quantity.clause
    counts = counts_near(quantity, sentence, runs)
    completes = bool(COMPLETES.search(clause)) or (
        core is not None
        and (core.endswith("完成") or re.search("^(?:任务|计划|目标)(?:完结|办结|落实)", core))
        and (not core.endswith("完成") or core in ("完成", "任务完成", "计划完成", "目标完成") or any("target" in c.flags for c in counts))
    )
    share = (
        None if completes else _SHARE.search(clause) or (_SHARE.search(re.split("分别", quantity.subject)[0]) if quantity.series else None)
    )
    if "aim" in quantity.flags and not completes and not share:
        return
    if (written := _written_out(quantity, sentence)) is not None:
        found.add(written)
        return
    if completes:
        found.add(completion(quantity, counts, sentence))
        return
    of_what = share["of"] if share else None
    if of_what == "" and (said := _AMONG.findall(sentence.text[: quantity.start - sentence.start])):
        of_what = said[-1]  # 医疗收入中，门诊收入5376万元，占42%
    if core is None and share is None and "paren" not in quantity.flags:
        in_words = quantity.digits == "" and quantity.sort is Sort.RATE and re.fullmatch(r"[，、]?", quantity.gap)
        if not in_words:
            return
        of_what = ""
    if of_what is not None and (named := named_whole(quantity, of_what, counts, sentence, everything)) is not None:
        counts = (
            [*(c for c in counts if c is not named), named]
            if named.start > quantity.start
            else [named, *(c for c in counts if c is not named)]
        )
    pairs = pairs_of(quantity, core, of_what, counts, sentence)
    relation = _best(quantity, pairs, _name(quantity, core, share is not None))
    if relation is not None and relation.verdict is Verdict.INCONSISTENT and _spoken_for(relation, found):
        relation = None
    if relation is None or relation.verdict is Verdict.INCONSISTENT:
        if share is None or re.fullmatch(r"总?数?的?", share["of"]):
            relation = _as_before(quantity, core, share is not None, sentence, found) or relation
    if relation is None and core:
        relation = _of_unlike(quantity, core, counts, sentence)
    if relation is None and share:
        relation = _of_distant(quantity, sentence, everything)
    if relation is None and core:
        relation = _of_everybody(quantity, core, counts, sentence, everything)
    if relation is not None:
        found.add(relation)
    elif core:
        found.add(_untestable(quantity, core))


def _spoken_for(relation: Relation, found: Found) -> bool:
    """持有效许可证1407家，持证率97.03%，从业人员健康证持证率98.2%: the counts have their rate already, the other is of others."""
    return any(
        r.kind is RelationKind.RATIO and r.verdict is Verdict.CONSISTENT and r.operands == relation.operands for r in found.relations[-12:]
    )


_AMONG = re.compile(r"(?:^|[，；])(?:在|全部|所有)?([\u4e00-\u9fff]{2,10})(?<!其)中，")


def _of_unlike(quantity: Quantity, core: str, counts: Sequence[Quantity], sentence: Sentence) -> Relation | None:
    """布放鼠夹6000夹次，捕获72只，捕获率1.2%: two counts of unlike units; it may agree, that it does not is no fault."""
    if len(quantity.digits.replace(".", "")) < 2:
        return None
    own = [c for c in counts if sentence.start <= c.start and c.is_testable and c.sort is Sort.COUNT]
    for top in reversed(own):
        if not says(core, words_of(top)):
            continue
        for bottom in reversed([c for c in own if c.start < top.start]):
            right = over(of(top), of(bottom), quantity.per)
            if right is not None and judged(quantity, right) is Verdict.CONSISTENT:
                return _relation(quantity, Pair(top, bottom, 1), Verdict.CONSISTENT, f"{core}率")
    if (
        len(own) > 1
        and own[-2].value
        and own[-1].start < quantity.start
        and says(core, own[-1].lead)
        and own[-2].number == own[-1].number - 1
    ):
        swapped = cause_of(quantity, quotient(own[-1], own[-2], quantity.per))
        if swapped is not None and "颠倒" in swapped.zh and len(quantity.digits) > 1:
            return _relation(quantity, Pair(own[-1], own[-2], STRONG), Verdict.INCONSISTENT, f"{core}率")
    return None


def _as_before(quantity: Quantity, core: str | None, share: bool, sentence: Sentence, found: Found) -> Relation | None:
    """乙类1246例，发病率144.18/10万；丙类3616例，发病率418.42/10万: of the whole that the rate before it, called the same, was of."""
    earlier = [
        r
        for r in found.relations[-12:]
        if r.kind is RelationKind.RATIO
        and r.verdict is Verdict.CONSISTENT
        and len(r.operands) == 2
        and sentence.start <= r.stated.start < quantity.start
        and r.stated.per == quantity.per
        and (bool(_SHARE.search(r.stated.clause)) if share else rate_core(r.stated) == core)
    ]
    tops = [q for q in sentence.quantities if q.is_count and q.is_testable and q.start < quantity.start]
    if not earlier or not tops:
        return None
    last = earlier[-1]
    top, whole = tops[-1], last.operands[1]
    if top.start < last.stated.end or not same_unit(top, last.operands[0]) or top.start == whole.start or top.value > whole.value:
        return None
    right = over(of(top), of(whole), quantity.per)
    if right is None or quantity.run > 1 or "其中" in sentence.text[last.stated.end - sentence.start : quantity.start - sentence.start]:
        return None
    verdict = judged(quantity, right, quotient(top, whole, quantity.per))
    relation = _relation(quantity, Pair(top, whole, STRONG), verdict, _name(quantity, core, share))
    if verdict is Verdict.INCONSISTENT and relation.cause is None and not far_within(quotient(top, whole, quantity.per), quantity.value):
        return None
    return relation


def _of_distant(quantity: Quantity, sentence: Sentence, everything: Sequence[Quantity]) -> Relation | None:
    """呼吸道传染病2906例，占总数的59.77%, the 4862 told paragraphs before: it may agree; that it does not is no fault."""
    if len(quantity.digits.replace(".", "")) < 3:
        return None
    tops = [q for q in sentence.quantities if q.is_count and q.is_testable and q.start < quantity.start]
    if not tops:
        return None
    for whole in reversed(everything[max(0, quantity.number - 40) : tops[-1].number]):
        if whole.is_testable and same_unit(whole, tops[-1]) and not whole.flags & {"up", "down", "year-base", "step-base", "from", "aim"}:
            right = over(of(tops[-1]), of(whole), quantity.per)
            if right is not None and judged(quantity, right) is Verdict.CONSISTENT:
                return _relation(quantity, Pair(tops[-1], whole, 1), Verdict.CONSISTENT, "占比")
    return None


_EVERYBODY = re.compile(r"(?:常住|总|户籍|服务|辖区)人口(?:数|总数)?|活产(?:婴儿)?数?")


def _of_everybody(
    quantity: Quantity, core: str, counts: Sequence[Quantity], sentence: Sentence, everything: Sequence[Quantity]
) -> Relation | None:
    """Of the population or the live births told elsewhere: it may agree; that it does not is no fault."""
    if len(quantity.digits.replace(".", "")) < (2 if re.search("建档|签约|参[合保]", core) else 3):
        return None
    tops = [c for c in counts if sentence.start <= c.start < quantity.start and says(core, words_of(c)) and c.is_testable][-2:]
    wholes = [
        q
        for q in everything[max(0, quantity.number - 300) : quantity.number]
        if q.sort is Sort.COUNT and q.is_testable and q.unit in ("人", "例", "名", "个", "") and _EVERYBODY.search(q.lead[-8:])
        and not q.flags & {"up", "down", "from", "year-base", "step-base", "aim"}
    ][-3:]  # fmt: skip
    for top in reversed(tops):
        for whole in reversed(wholes):
            right = over(of(top), of(whole), quantity.per)
            if top is not whole and right is not None and judged(quantity, right) is Verdict.CONSISTENT:
                return _relation(quantity, Pair(top, whole, 1), Verdict.CONSISTENT, f"{core}率")
    return None


def _name(quantity: Quantity, core: str | None, share: bool) -> str:
    return "占比" if share or not core else f"{core}率"


def _best(quantity: Quantity, pairs: Sequence[Pair], name: str) -> Relation | None:
    """The tied pair decides; without one, a pair that gives the rate."""
    strong = [p for p in pairs if p.tie >= STRONG]
    best = min(strong, key=lambda p: (-p.tie, -p.top.start), default=None)
    expected = best is not None and (best.tie >= STRONG + 4 or ("应" in best.bottom.lead and "实" in best.top.lead))
    tried = [best] if best is not None and expected else pairs if len(quantity.digits.replace(".", "")) > 2 or quantity.about else pairs[:4]
    fitting: list[tuple[Verdict, Pair]] = []
    for pair in tried:
        right = over(of(pair.top), of(pair.bottom), quantity.per)
        if right is None:
            continue
        verdict = judged(quantity, right)
        if verdict is Verdict.CONSISTENT:
            return _relation(quantity, pair, verdict, name)
        if verdict is Verdict.ROUNDING:
            fitting.append((verdict, pair))
    if fitting:
        return _relation(quantity, fitting[0][1], fitting[0][0], name)
    if best is None or len([p for p in strong if p.tie == best.tie and p.bottom is not best.bottom and p.top is best.top]) > 1:
        return None
    relation = _relation(quantity, best, Verdict.INCONSISTENT, name, others=pairs)
    plausible = far_within(quotient(best.top, best.bottom, quantity.per), quantity.value)
    if quantity.digits and not expected and relation.cause is None and not plausible:
        return None
    return relation


def _relation(quantity: Quantity, pair: Pair, verdict: Verdict, name: str, others: Iterable[Pair] = ()) -> Relation:
    right = quotient(pair.top, pair.bottom, quantity.per)
    return make(
        RelationKind.RATIO, quantity, (pair.top, pair.bottom), verdict, right,
        f"{pair.top.text}÷{pair.bottom.text}", name,
        cause=_other_denominator(quantity, pair, others) if verdict is Verdict.INCONSISTENT else None, tie=pair.tie,
    )  # fmt: skip


def _other_denominator(quantity: Quantity, pair: Pair, others: Iterable[Pair]) -> Text | None:
    for other in others:
        if other.top is pair.top and other.bottom is not pair.bottom:
            right = over(of(other.top), of(other.bottom), quantity.per)
            if right is not None and judged(quantity, right) is Verdict.CONSISTENT:
                return Text(f"像是用{other.bottom.text}作了分母", f"it looks as if {other.bottom.text} had been the denominator")
    right_share = over(of(pair.bottom), of(pair.top), quantity.per)
    if right_share is not None and judged(quantity, right_share) is Verdict.CONSISTENT:
        return Text("像是分子分母颠倒", "numerator and denominator seem to be exchanged")
    return None


def _untestable(quantity: Quantity, core: str) -> Relation:
    return Relation(
        RelationKind.RATIO, quantity, (), Verdict.UNTESTABLE, "",
        Text(f"文中没有“{core}率”的分子和分母，无法核对", f"the text does not give the counts of this rate ({core}率)"),
    )  # fmt: skip


def _written_out(quantity: Quantity, sentence: Sentence) -> Relation | None:
    """95.2%（952/1000）, or the quotient before the rate."""
    quantities = sentence.quantities
    place = quantities.index(quantity)
    for other in (*quantities[place + 1 : place + 2], *quantities[max(0, place - 1) : place]):
        if other.sort is Sort.QUOTIENT and other.bottom:
            between = sentence.text[min(quantity.end, other.end) - sentence.start : max(quantity.start, other.start) - sentence.start]
            if not re.fullmatch(r"[（，即为:：达]*[\u4e00-\u9fff]{0,10}[（：:]?", between):
                continue
            right = other.top * quantity.per / other.bottom
            return make(
                RelationKind.RATIO,
                quantity,
                (other,),
                judged(quantity, (right, right)),
                right,
                f"{number(other.top)}÷{number(other.bottom)}",
                "率",
                tie=9,
            )
    return None
