"""Rates from their two counts, shares 占, completion of a task, averages.

Any two counts of one sort near a rate that give it, give it: then it is consistent. That none do is a fault only where the words say which
two they ought to be: 应种…实种…, 发现…已整改…整改率, 其中…占….
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from taizhang.kernel.text import Text
from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.model import Found, Relation, RelationKind, Verdict
from taizhang.textcheck.reading import Sentence
from taizhang.textcheck.verdicts import cause_of, judged, number, of, over, printed
from taizhang.textcheck.words import rate_core, same_unit, says, words_of

STRONG = 4
REACH = 8  # counts looked back at
_SHARE = re.compile(r"占(?P<of>[^，。；占]*?)的?(?:比例|比重|比率|比|百分比)?(?:分别)?(?:仅|均|约)?(?:为|达到|达|到|的|是)*$")
_COMPLETES = re.compile(
    r"(?:完成|占|达到?|为|实现)[^，。；]*?(?:任务|目标|计划|指标|预算)[^，"
    r"。；]{0,16}?的?(?:比例)?(?:分别)?(?:为|达|的|:)*$|任务(?:数|量)?的$"
)
_WHOLE = re.compile(r"(?<!公)共(?![同性建享])|总|全[部县市区镇院]|合计|应|现有|登记|在册|辖区|累计|受访|抽[查检样取]|调查|随机|评查|编制")
_QUALIFIED = (
    "及时",
    "规范",
    "合格",
    "全程",
    "有效",
    "首针",
    "首次",
    "按时",
    "按期",
    "早孕",
    "系统",
    "控制",
    "达标",
    "重点",
    "新",
    "自愿",
    "优秀",
    "一次",
    "复",
    "强化",
    "免费",
    "主动",
    "完整",
    "续",
    "动态",
    "活动",
    "城区",
    "农村",
)
# Things of one dimension shut each other out: what is said of one disease is no share of another.
_TOPICS = tuple(
    re.compile(words)
    for words in (
        "高血压|糖尿病|精神|结核|艾滋|梅毒|麻疹|疟疾|手足口|狂犬|脑卒中|冠心病|肿瘤|涂阳|涂阴|痢疾|流感|肺炎",
        "老年人|老人|孕产妇|孕妇|产妇|新生儿|婴儿|儿童|学生|妇女",
        "卡介|脊灰|百白破|甲肝|流脑|乙脑|麻疹|麻腮风|水痘|乙肝疫苗|狂犬疫苗",
        "医疗机构|学校|公共场所|饮用水|放射|餐饮|食品|水样|病历|处方",
        "门诊|住院|急诊|手术",
        "医(?=[生师])|护(?=[士师])|药师|村医",
    )
)
_OVER_ALL = ("死亡", "发病", "患病", "就诊", "出生", "增长", "自然")


def find(sentence: Sentence, found: Found, everything: Sequence[Quantity]) -> None:
    runs = _runs(sentence)
    for quantity in sentence.quantities:
        if quantity.start in found.taken or quantity.flags & {"year-base", "step-base"}:
            continue
        if quantity.sort is Sort.RATE and not quantity.flags & {"up", "down", "from", "to", "to-up", "to-down"}:
            _rate(quantity, sentence, runs, found, everything)


# -- rates ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pair:
    top: Quantity
    bottom: Quantity
    tie: int


def _rate(quantity: Quantity, sentence: Sentence, runs: dict[int, list[Quantity]], found: Found, everything: Sequence[Quantity]) -> None:
    core = rate_core(quantity)
    clause = quantity.clause
    counts = _counts(quantity, sentence, runs)
    completes = bool(_COMPLETES.search(clause)) or (
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
        found.add(_completion(quantity, counts, sentence))
        return
    of_what = share["of"] if share else None
    if core is None and share is None and "paren" not in quantity.flags:
        in_words = quantity.digits == "" and quantity.sort is Sort.RATE and re.fullmatch(r"[，、]?", quantity.gap)
        if not in_words:
            return
        of_what = ""
    if of_what is not None and (named := _named_whole(quantity, of_what, counts, sentence, everything)) is not None:
        counts = (
            [*(c for c in counts if c is not named), named]
            if named.start > quantity.start
            else [named, *(c for c in counts if c is not named)]
        )
    pairs = _pairs(quantity, core, of_what, counts, sentence)
    relation = _best(quantity, pairs, _name(quantity, core, share is not None))
    if relation is not None and relation.verdict is Verdict.INCONSISTENT and _spoken_for(relation, found):
        relation = None
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
                return _relation(quantity, _Pair(top, whole, 1), Verdict.CONSISTENT, f"{core}率")
    return None


def _named_whole(
    quantity: Quantity, of_what: str, counts: Sequence[Quantity], sentence: Sentence, everything: Sequence[Quantity]
) -> Quantity | None:
    """占出院患者的15%: the count of that name, wherever it was said before."""
    name = _bare(of_what)
    if len(name) < 3:
        return None
    for other in reversed(everything[max(0, quantity.number - 40) : quantity.number]):
        if (
            other.start < sentence.start
            and other.is_count
            and (other.lead.endswith(name) or other.tail.startswith(name))
            and not other.flags & {"up", "down", "year-base", "step-base", "from"}
        ):
            return other
    return None


def _bare(of_what: str) -> str:
    return re.sub(r"^(?:全[县市区院镇]|我[县市区院]|总|其|了|全部|所有)|总?数$|总?人数$|的$", "", of_what)


def _name(quantity: Quantity, core: str | None, share: bool) -> str:
    return "占比" if share or not core else f"{core}率"


def _runs(sentence: Sentence) -> dict[int, list[Quantity]]:
    """The lists of quantities with nothing but a list mark between, by the start of each of their members."""
    found: dict[int, list[Quantity]] = {}
    quantities = sentence.quantities
    place = 0
    while place < len(quantities):
        run = quantities[place : place + quantities[place].run]
        found.update((q.start, run) for q in run)
        place += len(run)
    return found


def _counts(quantity: Quantity, sentence: Sentence, runs: dict[int, list[Quantity]]) -> list[Quantity]:
    """Counts that the rate may be of, the nearest last. Of a series, the one in the rate's place."""
    usable = [q for q in sentence.quantities if q.is_count and not q.flags & {"up", "down", "year-base", "step-base"}]
    before = [q for q in usable if q.start < quantity.start]
    after = [
        q
        for q in usable
        if q.start > quantity.start and not re.search(r"[；]", sentence.text[quantity.end - sentence.start : q.start - sentence.start])
    ][:2]
    if len(before) < 2 and sentence.before is not None:
        earlier = [q for q in sentence.before.quantities if q.is_count and not q.flags & {"up", "down", "year-base", "step-base"}]
        before = earlier[-4:] + before
    own = runs.get(quantity.start, [quantity])
    if len(own) > 1:
        place = own.index(quantity)
        # Counts in lists as long as that of the rates go place by place; single ones serve all.
        before = [
            q for q in before if len(r := runs.get(q.start, [q])) == 1 or (len(r) == len(own) and r.index(q) == place) or len(r) != len(own)
        ]
        return before[-REACH:]
    return [*before[-REACH:], *after]


def _same_sort(top: Quantity, bottom: Quantity, core: str | None) -> bool:
    if same_unit(top, bottom):
        return True
    if core and re.search(r"档案|建档|签约|电子", core) and {top.unit, bottom.unit} <= {"份", "人", "户", "名"}:
        return "户" not in (top.unit, bottom.unit)
    if core and re.search(r"死亡|发病|患病", core) and top.unit in ("例", "人", "名", "") and bottom.unit in ("人", "名", "个", "例"):
        return True
    return _loosely(top, bottom)


def _loosely(top: Quantity, bottom: Quantity) -> bool:
    """People discharged and discharges: a hospital's rates are of both. It may agree; that it does not is no fault."""
    return top.sort is bottom.sort is Sort.COUNT and top.unit in ("人", "例", "名") and bottom.unit in ("人次", "人份", "例次", "份")


Topics = tuple[frozenset[str], ...]


def _topics(words: str) -> Topics:
    return tuple(frozenset(pattern.findall(words)) for pattern in _TOPICS)


def _apart(one: Topics, other: Topics) -> bool:
    return any(a and b and not a & b for a, b in zip(one, other, strict=True))


def _pairs(quantity: Quantity, core: str | None, of_what: str | None, counts: Sequence[Quantity], sentence: Sentence) -> list[_Pair]:
    found = []
    usable = [c for c in counts if c.is_testable and "aim" not in c.flags and "from" not in c.flags and c.unit not in _TIME]
    if re.search(r"全部|均已|全都", sentence.text[: quantity.start - sentence.start]) and quantity.value == quantity.per:
        return []  # all of them: nothing to divide
    before = [c for c in usable if c.start < quantity.start]
    own = _topics(f"{quantity.label}{quantity.lead}" if core is not None else "")
    for top in usable:
        for bottom in usable:
            if top is bottom or not _same_sort(top, bottom, core) or bottom.value <= 0:
                continue
            if _siblings(top, bottom):
                continue
            tops, bottoms = _topics(words_of(top)), _topics(words_of(bottom))
            if _apart(tops, bottoms) or (_apart(own, tops) and _apart(own, bottoms)) or (_apart(own, tops) and not any(bottoms)):
                continue
            if quantity.per == 100 and top.value > bottom.value * 3:
                continue
            found.append(_Pair(top, bottom, _tie(quantity, core, of_what, top, bottom, before, sentence)))
    return sorted(found, key=lambda p: -p.tie)


_TIME = {"周", "天", "日", "年", "小时", "分钟", "岁", "个月", "月", "分"}


def _siblings(top: Quantity, bottom: Quantity) -> bool:
    """4家乡镇卫生院、22个村卫生室: neither is part of the other."""
    return top.chain == bottom.chain and not re.search(r"应|实|已|其中|完成", top.lead + bottom.lead)


def _tie(
    quantity: Quantity,
    core: str | None,
    of_what: str | None,
    top: Quantity,
    bottom: Quantity,
    before: Sequence[Quantity],
    sentence: Sentence,
) -> int:
    if _loosely(top, bottom):
        return 1
    alike = [c for c in before if _same_sort(c, bottom, core)]
    last = alike[-1] if alike else None
    neighbours = top in alike and bottom in alike and alike.index(top) == alike.index(bottom) + 1
    here = top.start >= sentence.start
    tie = (1 if top is last else 0) + (1 if neighbours else 0)
    if of_what is not None:
        inside = [
            c
            for c in before
            if re.search(r"占[^，；]*$", sentence.text[: max(0, c.start - sentence.start)])
            and "占" in quantity.clause
            and c.start > quantity.start - len(quantity.clause)
        ]
        if inside:  # 占全区145个行政村的40%
            outside = [c for c in alike if c.start < inside[-1].start]
            return STRONG + 1 if bottom is inside[-1] and outside and top is outside[-1] else 0
        if top.start < bottom.start < quantity.start and "其中" not in sentence.text:
            tie -= 1
        if not here or (quantity.depth and top is not last):
            tie -= 2
        if (
            bottom.start >= sentence.start and "其中" in sentence.text[bottom.end - sentence.start : max(0, top.start - sentence.start)]
        ) or (top.start > bottom.start >= sentence.start and re.search(r"其中|中，|当中", sentence.between(bottom, top))):
            tie += 2
        if _WHOLE.search(bottom.lead) or bottom.lead.endswith("有"):
            tie += 2
        if of_what:
            name = _bare(of_what)
            if name and name in words_of(bottom):
                tie += 2
                if len(name) >= 4 and name not in words_of(top) and top is last and len(bottom.lead) <= len(name) + 4:
                    return STRONG + 4  # the words say what it is a share of
            elif name and name not in ("总", "比", "全部"):
                tie = min(tie, STRONG - 1)
        if top.value > bottom.value:
            tie -= 3
        own = re.split("占", quantity.lead)[0] if "占" in quantity.lead else ""
        if len(own) >= 2 and own[-2:] not in words_of(top):
            return min(tie, STRONG - 1)  # 有服务记录的档案占61.10%: its count was not told
        return tie
    if core is None:  # in brackets behind a count
        if (
            "paren" in quantity.flags
            and top is last
            and ("其中" in top.lead or "其中" in sentence.text[: top.start - sentence.start])
            and neighbours
        ):
            tie += 2
        return min(tie, STRONG) if top.value <= bottom.value else 0
    said = says(core, top.lead + top.label) or says(core, top.tail)
    ought = re.search(r"(?<![响供反适相])应(?!急|用|对|聘|届|诊|答)(.)", bottom.lead)
    if ought and (re.search(r"实|已", top.lead) or (top.start < bottom.start and "应" not in top.lead and says(core, top.lead))):
        fits = ought[1] in core or says(core, top.lead) or core in ("完成", "任务完成")
        tie += 3 if fits else 0
    if said:
        tie += 2
    if top.start > bottom.start:
        tie += 1
    if top.value > bottom.value and "应" not in bottom.lead:
        tie -= 3
    words = words_of(top)
    if any(q in core and q not in words for q in _QUALIFIED):
        tie = min(tie, STRONG - 1)
    if ("新增" in core or "新增" in top.lead) and not re.search(r"应|任务|计划|目标|新增", bottom.lead):
        tie = min(tie, STRONG - 1)  # what came new is seldom a share of what stands
    if re.search(r"建档|档案", core) and bottom.unit == "份":
        tie = min(tie, STRONG - 1)  # of people, not of records
    if bottom.start < sentence.start and "应" not in bottom.lead:
        tie = min(tie, STRONG - 1)
    if quantity.run > 1 and (top.run != quantity.run or bottom.run not in (1, quantity.run)):
        tie = min(tie, STRONG - 1)  # of a list of rates, only lists of counts as long say which is whose
    if top.start < sentence.start and sentence.quantities and sentence.quantities[0] is not quantity:
        tie = min(tie, STRONG - 1)
    if "；" in sentence.text[max(top.end, bottom.end, sentence.start) - sentence.start : quantity.start - sentence.start]:
        tie = min(tie, STRONG - 1)  # another matter has begun
    if "活产" in words_of(bottom) and core.endswith("死亡") and top is last:
        return STRONG + 1
    name = re.sub(r"^(?:其中|共|已|累计|应|实)+|(?:患者|人数|数)$", "", bottom.lead)
    if len(name) >= 4 and name in quantity.lead and name not in top.lead and re.search("人群|者中|中", quantity.lead):
        return STRONG + 4  # the rate says what it is of
    if core.startswith(_OVER_ALL) or "未" in top.lead or "不" in top.lead:
        tie = min(tie, STRONG - 1)
    return tie


def _quotient(top: Quantity, bottom: Quantity, per: int) -> Fraction:
    return top.value * per / bottom.value


def _best(quantity: Quantity, pairs: Sequence[_Pair], name: str) -> Relation | None:
    """The tied pair decides; without one, a pair that gives the rate."""
    strong = [p for p in pairs if p.tie >= STRONG]
    best = strong[0] if strong else None
    expected = best is not None and (best.tie >= STRONG + 4 or ("应" in best.bottom.lead and "实" in best.top.lead))
    tried = [best] if best is not None and expected else pairs if len(quantity.digits.replace(".", "")) > 2 or quantity.about else pairs[:4]
    fitting: list[tuple[Verdict, _Pair]] = []
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
    plausible = far_within(_quotient(best.top, best.bottom, quantity.per), quantity.value)
    if quantity.digits and not expected and relation.cause is None and not plausible:
        return None
    return relation


def far_within(right: Fraction, stated: Fraction) -> bool:
    """Whether a number could be the other, mistaken. What is half as much again has more likely been paired with the wrong counts."""
    return stated > 0 and Fraction(2, 3) <= right / stated <= Fraction(3, 2)


def _relation(quantity: Quantity, pair: _Pair, verdict: Verdict, name: str, others: Iterable[_Pair] = ()) -> Relation:
    right = _quotient(pair.top, pair.bottom, quantity.per)
    return make(
        RelationKind.RATIO, quantity, (pair.top, pair.bottom), verdict, right,
        f"{pair.top.text}÷{pair.bottom.text}", name,
        cause=_other_denominator(quantity, pair, others) if verdict is Verdict.INCONSISTENT else None, tie=pair.tie,
    )  # fmt: skip


def _other_denominator(quantity: Quantity, pair: _Pair, others: Iterable[_Pair]) -> Text | None:
    for other in others:
        if other.top is pair.top and other.bottom is not pair.bottom:
            right = over(of(other.top), of(other.bottom), quantity.per)
            if right is not None and judged(quantity, right) is Verdict.CONSISTENT:
                return Text(f"像是用{other.bottom.text}作了分母", f"it looks as if {other.bottom.text} had been the denominator")
    right_share = over(of(pair.bottom), of(pair.top), quantity.per)
    if right_share is not None and judged(quantity, right_share) is Verdict.CONSISTENT:
        return Text("像是分子分母颠倒", "numerator and denominator seem to be exchanged")
    return None


def make(
    kind: RelationKind, stated: Quantity, operands: Sequence[Quantity], verdict: Verdict, right: Fraction, sum_text: str, name: str, *,
    cause: Text | None = None, tie: int = 0,
) -> Relation:  # fmt: skip
    """A relation told in words: what was reckoned, what stands there."""
    exact = number(right)
    shown = printed(right, stated)
    sign = stated.unit if stated.sort in (Sort.RATE, Sort.POINTS) else ""
    large = stated.sort is Sort.MONEY or (stated.value >= 10_000 and stated.sort is Sort.COUNT)
    arithmetic = f"{sum_text}＝{printed(right, stated, more=2) if large else exact + sign}"
    if verdict is Verdict.INCONSISTENT and cause is None:
        cause = cause_of(stated, right)
    written = stated.text
    if verdict is Verdict.CONSISTENT:
        message = Text(f"{name}{written}与{arithmetic}相符", f"{written} agrees with {arithmetic}")
    elif verdict is Verdict.ROUNDING:
        message = Text(
            f"{name}{written}与{arithmetic}只差在舍入，按四舍五入应为{shown}",
            f"{written} is off by rounding only: {arithmetic}, rounded {shown}",
        )
    else:
        why, because = (f"（{cause.zh}）", f" ({cause.en})") if cause else ("", "")
        message = Text(
            f"{name}{written}与文中的数不符：{arithmetic}，应为{shown}{why}。请核对这几个数。",
            f"{written} does not follow from the text: {arithmetic}, so it ought to be {shown}{because}. Check these numbers.",
        )
    return Relation(kind, stated, tuple(operands), verdict, shown, message, arithmetic, cause, tie)


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


# -- completion ----------------------------------------------------------------------------------------------------------------


def _completion(quantity: Quantity, counts: Sequence[Quantity], sentence: Sentence) -> Relation | None:
    targets = [c for c in counts if "target" in c.flags and c.is_testable]
    done = [c for c in counts if "target" not in c.flags and "from" not in c.flags and c.is_testable]
    pairs = [
        _Pair(d, t, (3 if min(d.start, t.start) >= sentence.start else 2) + (1 if d is done[-1] or re.search(r"完成|实", d.lead) else 0))
        for t in targets for d in done if same_unit(d, t) and not _apart(_topics(words_of(d)), _topics(words_of(t)))
    ]  # fmt: skip
    for d in done:  # 应检1000人，实检952人，完成率
        for t in done:
            if d is not t and same_unit(d, t) and re.search(r"应|计划|需", t.lead) and not targets:
                pairs.append(_Pair(d, t, 4))
    pairs.sort(key=lambda p: (-p.tie, -p.top.start))
    if not targets:  # 总投资1300万元，已完成910万元，完成计划的70%: it may be so
        pairs += [_Pair(d, t, 0) for t in done for d in done if d is not t and same_unit(d, t) and d.start > t.start and d.value <= t.value]
    judgements = [(judged(quantity, right), p) for p in pairs if (right := over(of(p.top), of(p.bottom), quantity.per)) is not None]
    for wanted in (Verdict.CONSISTENT, Verdict.ROUNDING):
        for verdict, pair in judgements:
            if verdict is wanted:
                return _completed(quantity, pair, verdict)
    if judgements and judgements[0][1].tie >= STRONG:
        return _completed(quantity, judgements[0][1], Verdict.INCONSISTENT)
    return Relation(
        RelationKind.COMPLETION, quantity, (), Verdict.UNTESTABLE, "",
        Text("文中没有写出任务数，无法核对完成率", "the text does not say the task, so its completion cannot be tested"),
    )  # fmt: skip


def _completed(quantity: Quantity, pair: _Pair, verdict: Verdict) -> Relation:
    right = _quotient(pair.top, pair.bottom, quantity.per)
    return make(
        RelationKind.COMPLETION,
        quantity,
        (pair.top, pair.bottom),
        verdict,
        right,
        f"{pair.top.text}÷{pair.bottom.text}",
        "完成比例",
        tie=pair.tie,
    )
