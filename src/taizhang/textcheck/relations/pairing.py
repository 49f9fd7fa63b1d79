"""Which two counts a rate may be of, and how firmly the words tie each pair to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.reading import Sentence
from taizhang.textcheck.words import rate_core, same_unit, says, words_of

STRONG = 4

REACH = 8  # counts looked back at

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


@dataclass(frozen=True, slots=True)
class Pair:
    top: Quantity
    bottom: Quantity
    tie: int


def quotient(top: Quantity, bottom: Quantity, per: int) -> Fraction:
    return top.value * per / bottom.value


def runs_of(sentence: Sentence) -> dict[int, list[Quantity]]:
    """The lists of quantities with nothing but a list mark between, by the start of each of their members."""
    found: dict[int, list[Quantity]] = {}
    quantities = sentence.quantities
    place = 0
    while place < len(quantities):
        run = quantities[place : place + quantities[place].run]
        found.update((q.start, run) for q in run)
        place += len(run)
    return found


def counts_near(quantity: Quantity, sentence: Sentence, runs: dict[int, list[Quantity]]) -> list[Quantity]:
    """Counts that the rate may be of, the nearest last. Of a series, the one in the rate's place."""
    usable = [q for q in sentence.quantities if q.is_count and not q.flags & {"up", "down", "year-base", "step-base", "rank"}]
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


def named_whole(
    quantity: Quantity, of_what: str, counts: Sequence[Quantity], sentence: Sentence, everything: Sequence[Quantity]
) -> Quantity | None:
    """占出院患者的15%: the count of that name, wherever it was said before."""
    name = _bare(of_what)
    if len(name) < 3:
        return None
    short = re.sub(r"(?:病人|患者|人次|人数|人员|例数)$", "", name)  # 出院病人中 of 出院9872人次
    short = short if short != name else ""
    earlier = [
        other
        for other in reversed(everything[max(0, quantity.number - 40) : quantity.number])
        if other.start < sentence.start and other.is_count and not other.flags & {"up", "down", "year-base", "step-base", "from"}
    ]
    full = [other for other in earlier if other.lead.endswith(name) or other.tail.startswith(name)]
    nearly = [other for other in earlier if len(short) >= 2 and short in other.lead + other.tail]
    return next(iter([*full, *nearly]), None)


def _bare(of_what: str) -> str:
    return re.sub(r"^(?:全[县市区院镇]|我[县市区院]|总|其|了|全部|所有)|总?数$|总?人数$|的$", "", of_what)


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


def topics_of(words: str) -> Topics:
    return tuple(frozenset(pattern.findall(words)) for pattern in _TOPICS)


def apart(one: Topics, other: Topics) -> bool:
    return any(a and b and not a & b for a, b in zip(one, other, strict=True))


_TIME = {"周", "天", "日", "年", "小时", "分钟", "岁", "个月", "月", "分"}


def pairs_of(quantity: Quantity, core: str | None, of_what: str | None, counts: Sequence[Quantity], sentence: Sentence) -> list[Pair]:
    found = []
    usable = [c for c in counts if c.is_testable and "aim" not in c.flags and "from" not in c.flags and c.unit not in _TIME]
    if re.search(r"全部|均已|全都", sentence.text[: quantity.start - sentence.start]) and quantity.value == quantity.per:
        return []  # all of them: nothing to divide
    before = [c for c in usable if c.start < quantity.start]
    own = topics_of(f"{quantity.label}{quantity.lead}" if core is not None else "")
    for top in usable:
        for bottom in usable:
            if top is bottom or not _same_sort(top, bottom, core) or bottom.value <= 0:
                continue
            if _siblings(top, bottom):
                continue
            tops, bottoms = topics_of(words_of(top)), topics_of(words_of(bottom))
            if apart(tops, bottoms) or (apart(own, tops) and apart(own, bottoms)) or (apart(own, tops) and not any(bottoms)):
                continue
            if quantity.per == 100 and top.value > bottom.value * 3:
                continue
            found.append(Pair(top, bottom, _tie(quantity, core, of_what, top, bottom, before, sentence)))
    return sorted(found, key=lambda p: -p.tie)


def _siblings(top: Quantity, bottom: Quantity) -> bool:
    """4家乡镇卫生院、22个村卫生室: neither is part of the other."""
    return top.chain == bottom.chain and not re.search(r"应|实|已|其中|完成", top.lead + bottom.lead)


def _has_a_rate_called_the_same(count: Quantity, core: str, before: Quantity, sentence: Sentence) -> bool:
    """Whether a rate of this name stands between the two counts, and the first is what it counts: then it is the base of no other rate
    of that name."""
    if "应" in count.lead or not says(core, words_of(count)):
        return False
    return any(q.sort is Sort.RATE and count.end <= q.start < before.start and rate_core(q) == core for q in sentence.quantities)


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
    if _has_a_rate_called_the_same(bottom, core, top, sentence):
        tie = min(tie, STRONG - 1)  # 城区签约52人，签约率96.3%；乡镇签约38人，签约率82.6%: both are parts, of bases that were not told
    if "活产" in words_of(bottom) and core.endswith("死亡") and top is last:
        return STRONG + 1
    name = re.sub(r"^(?:其中|共|已|累计|应|实)+|(?:患者|人数|数)$", "", bottom.lead)
    if (
        len(name) >= 4
        and name in quantity.lead
        and name not in top.lead
        and re.search("人群|者中|(?<![集其])中(?![医心央毒药西小学期])", quantity.lead)
    ):
        return STRONG + 4  # the rate says what it is of
    if core.startswith(_OVER_ALL) or "未" in top.lead or ("不" in top.lead and "不" not in core):
        tie = min(tie, STRONG - 1)
    return tie
