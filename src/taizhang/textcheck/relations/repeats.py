"""Across the whole text: one quantity said twice, and a month above its year."""

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence

from taizhang.kernel.text import Text
from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.model import Found, Relation, RelationKind, Verdict
from taizhang.textcheck.relations.placing import OUTSIDE, Placed, key_of, unit_key, year_of
from taizhang.textcheck.verdicts import cause_of, near_miss
from taizhang.textcheck.words import rate_core

_DEEDS = re.compile(
    r"^(?:举办|召开|开展|组织|培训|印发|发放|下发|检查|督导|出动|查处|整改|参加|接受|接待|悬挂|张贴|制作|派出|出具|下达|投入|筹集|选派|"
    r"报送|编发|印制|更新|受理|处理|发现|参训|受训|立案|抽查|抽检|监测|采样|"
    r"巡查|巡诊|义诊|咨询|宣传|新建|改建|建设|建成|招聘|引进|选聘|争取|"
    r"新增|共投|累计投)"
)
_WHOLE = re.compile(r"全[县市区镇乡省]|我[县市区局]|辖区|现有|下辖|下设|共有|全部")


NEAREST, MOST = 3, 300  # places of one name looked back at: the time must not grow with their square


def find(context: Sequence[Placed], found: Found) -> None:
    _repeated(context, found)
    _same_digits(context, found)
    _slips(context, found)
    _over_time(context, found)


# -- said twice ----------------------------------------------------------------------------------------------------------------

_TOTAL = re.compile(r"全[年县市区镇乡省院所系辖]|我[县市区局院镇]|辖区|现有|下辖|下设|共有|(?<!公)共|总数|总计|本年度|累计|上半年|截至")
_RIGHT_BEFORE = re.compile(r"(?:全[县市区镇乡院所]|我[县市区院镇]|辖区内?|现有|共有)的?$")
_TOPIC = re.compile(
    r"高血压|糖尿病|精神障碍|精神病|结核病?|艾滋病|老年人|老人|孕产妇|新生儿|"
    r"儿童|婴儿|居民健康档案|电子健康档案|中医药|家庭医生|重点人群|医保|新农合|"
    r"公共场所|生活饮用水|学校|基本药物|抗菌药物|药占比|病床|床位|住院分娩|"
    r"院内感染|医院感染|平均住院日|无偿献血|传染病|突发|适龄儿童|剖宫产|参合|"
    r"参保|镇村一体化|住院政策|县域内就诊|卫生厕所|自来水"
)


def _named(placed: Placed) -> str:
    """What a quantity is called, so that another place can be held against it; "" where it has no name of its own."""
    quantity = placed.quantity
    if quantity.shares_lead and not quantity.label:
        return ""
    name = placed.name
    if quantity.sort is Sort.RATE:
        core = rate_core(quantity)
        if not core or not name.endswith(("率", "比例", "比", "占比")):
            return ""
        if name == f"{core}率":  # 低收入人口参保28640人，参保率100%: whose rate it is was said with its count
            counts = [q for q in placed.sentence.quantities if q.start < quantity.start and q.is_count]
            counted = [q.lead.split(core)[0] for q in counts if core in q.lead]
            name = f"{counted[-1]}{name}" if counted else name
        if _TOPIC.search(name):
            return name
        before = placed.sentence.text[: quantity.start - placed.sentence.start]
        topics = _TOPIC.findall(re.split("；", before)[-1])
        return f"{topics[-1]}{core}率" if topics else ""  # whose rate it is was said in another sentence
    if len(name) >= 2:
        return name
    tail = _noun_after(quantity)
    clause = placed.sentence.text[: quantity.start - placed.sentence.start].rsplit("，", 1)[-1]
    return tail if len(tail) >= 3 and _WHOLE.search(clause) and "其中" not in quantity.lead else ""


# Names that say what was done and not to whom.
_VERBY = re.compile(
    r"(?:新|纳入|管理|随访|开展|完成|服务|登记|面对面|举办|参加|活动|培训|"
    r"宣传|发放|资料|人次|次数|规范|健康|体检|检查|筛查|建立|下发|接待|咨询|"
    r"免费|提供|上门|走访)+"
)


def _noun_after(quantity: Quantity) -> str:
    return re.split(r"[的、和及与]|全部|按|均|都|签订|参加|接受|实现|达到|完成|开展|通过|率先|纳入|建成|启动|实施|落实", quantity.tail)[0]


def _repeated(context: Sequence[Placed], found: Found) -> None:
    groups: dict[tuple[str, str, str], list[tuple[Placed, str]]] = defaultdict(list)
    known: dict[str, list[tuple[str, Placed]]] = defaultdict(list)
    for placed in context:
        quantity = placed.quantity
        if (
            quantity.flags & OUTSIDE
            or placed.plan
            or quantity.sort not in (Sort.COUNT, Sort.MONEY, Sort.RATE)
            or ("其中" in quantity.lead[:2] and len(quantity.lead) < 8)
        ):
            continue
        _meant_again(placed, context, known, found)
        name = _named(placed)
        if len(key_of(name)) < 2 or quantity.value < 2:
            continue
        groups[key_of(name), unit_key(quantity), placed.scope].append((placed, name))
        if quantity.is_count and name == placed.name:
            for called in {name, _bare(name)}:
                known[called].append((name, placed))
    for members in groups.values():
        first, name = members[0]
        for other, _ in members[1:]:
            _twice(first, other, name, found)


def _bare(name: str) -> str:
    return re.sub(r"^(?:开放|注册|编制|实有)", "", name)


def _meant_again(placed: Placed, context: Sequence[Placed], known: dict[str, list[tuple[str, Placed]]], found: Found) -> None:
    """上述1640户次; 全院386名职工, where 职工386人 was said: a number taken up again."""
    quantity = placed.quantity
    if not quantity.is_count:
        return
    if re.search(r"(?:上述|以上|前述)(?:的)?$", quantity.lead):
        earlier = [
            p
            for p in context
            if p.quantity.start < quantity.start and unit_key(p.quantity) == unit_key(quantity) and quantity.number - p.quantity.number < 12
        ]
        same = [p for p in earlier if _agree(p.quantity, quantity)]
        if same or len(earlier) == 1:
            _say_twice((same or earlier)[-1].quantity, quantity, "上述", bool(same), found)
        return
    if len(placed.name) >= 2 and not _RIGHT_BEFORE.search(quantity.lead) and not re.search(r"实现|使|对|为|在|由", quantity.lead[-3:]):
        return
    noun = _noun_after(quantity)
    called = [one for length in range(2, len(noun) + 1) for one in known.get(noun[:length], ())[-NEAREST:]]
    for name, earlier_place in sorted(called, key=lambda one: -one[1].quantity.start):
        bare = _bare(name)
        if (
            len(bare) >= 2
            and (noun.startswith(name) or noun == bare)
            and unit_key(earlier_place.quantity) == unit_key(quantity)
            and earlier_place.scope == placed.scope
        ):
            agree = _agree(earlier_place.quantity, quantity)
            if agree:
                _say_twice(earlier_place.quantity, quantity, name, True, found)
            elif (
                _RIGHT_BEFORE.search(quantity.lead)
                and _TOTAL.search(earlier_place.quantity.lead)
                and ((noun == name and len(name) >= 3) or (noun == bare and near_miss(quantity.value, earlier_place.quantity.value)))
            ):
                _say_twice(earlier_place.quantity, quantity, name, False, found)
            return


def _say_twice(one: Quantity, two: Quantity, name: str, agree: bool, found: Found) -> None:
    if agree:
        found.add(Relation(
            RelationKind.REPEAT, two, (one,), Verdict.CONSISTENT, one.text,
            Text(f"“{name}”前后两处一致", f"{two.text} agrees with {one.text} said before"),
            f"{one.text}＝{two.text}", None, 3,
        ), takes=False)  # fmt: skip
        return
    found.add(Relation(
        RelationKind.REPEAT, two, (one,), Verdict.INCONSISTENT, one.text,
        Text(
            f"“{name}”一处为{one.text}，一处为{two.text}。请改为同一个数，或写明各指什么。",
            f"one quantity ({name}) is {one.text} in one place and {two.text} in another. Make them one, or say what each is.",
        ),
        f"{one.text}≠{two.text}", cause_of(two, one.value), 4,
    ), takes=False)  # fmt: skip


_SOME = re.compile(r"参加|参与|接受|签订|到场|另有|其他|涉及")


def _twice(first: Placed, other: Placed, name: str, found: Found) -> None:
    one, two = first.quantity, other.quantity
    if not _same_time(one, two, first, other):
        return
    if _agree(one, two):
        if one.value >= 10 or one.sort is Sort.RATE:
            _say_twice(one, two, name, True, found)
        return
    if ("累计" in one.lead) != ("累计" in two.lead) and re.search(r"本年|今年|新增|当年|本月", one.lead + two.lead):
        return
    if _VERBY.fullmatch(name):
        return
    totals = bool(_TOTAL.search(one.lead) and _TOTAL.search(two.lead))
    if one.sort is Sort.MONEY and re.match(r"总?投资|投入|资金|经费|总额|补助|罚款", name):
        return  # every project has one
    if _DEEDS.match(first.name) or _DEEDS.match(other.name):
        if len(key_of(name)) < 5 or not totals:
            return
    if first.sentence is other.sentence and not totals:
        return
    if first.section == other.section and first.sentence.paragraph == other.sentence.paragraph and one.sort is not Sort.RATE and not totals:
        return
    if one.sort is not Sort.RATE and len(key_of(name)) < 4 and not totals and not (one.unit in ("家", "个", "所") and len(name) >= 3):
        return
    if _SOME.search(f"{one.tail[:6]}{two.tail[:6]}{one.lead[:3]}{two.lead[:3]}"):
        return  # so many of them did something: no total
    _say_twice(one, two, name, False, found)


def _same_digits(context: Sequence[Placed], found: Found) -> None:
    """高级职称96人，占18.5% … 高级职称仅占18.5%: three digits and more that come again with words of the first place."""
    seen: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    known = {r.stated.start for r in found.relations if r.kind is RelationKind.REPEAT}
    for placed in context:
        quantity = placed.quantity
        digits = (re.sub(r"\D", "", quantity.digits) or str(int(quantity.value))).strip("0")
        if (
            len(digits) < 2
            or quantity.sort not in (Sort.COUNT, Sort.MONEY, Sort.RATE)
            or placed.plan
            or quantity.flags & (OUTSIDE - {"up", "down"})
        ):
            continue
        key = str(quantity.value), unit_key(quantity)
        words = _pairs_around(placed)
        for earlier in reversed(seen[key][-NEAREST:]):
            apart = earlier.sentence is not placed.sentence or "；" in quantity.gap or quantity.lead in _WHOLE_COUNTY
            if quantity.start in known or not apart:
                continue
            if len(digits) < 3 and not (
                quantity.lead in _WHOLE_COUNTY and (earlier.quantity.lead == quantity.lead or _names_it(earlier, quantity))
            ):
                continue
            if (earlier.quantity.flags ^ quantity.flags) & {"up", "down"}:
                continue
            if words & _pairs_around(earlier) and earlier.scope == placed.scope:
                _say_twice(earlier.quantity, quantity, quantity.lead[-8:], True, found)
                break
        seen[key].append(placed)


def _slips(context: Sequence[Placed], found: Found) -> None:
    """卫技人员712人 … 全系统卫技人员只有721人: one full name, and a number that is the other with two digits swapped or a nought lost."""
    named: dict[tuple[str, str, str], list[Placed]] = defaultdict(list)
    rates: list[tuple[str, Placed]] = []
    shorter: list[tuple[str, Placed]] = []
    known = {r.stated.start for r in found.relations if r.kind is RelationKind.REPEAT}
    for placed in context:
        quantity = placed.quantity
        if quantity.flags & OUTSIDE or placed.plan or quantity.value < 10 or quantity.shares_lead or quantity.sort is Sort.POINTS:
            continue
        name = re.sub(r"^(?:按|有|对|使)", "", placed.name) or _counted_noun(quantity)
        if len(name) < 2 or (quantity.sort is Sort.RATE and not name.endswith("率")):
            continue
        if quantity.sort is Sort.RATE:
            _rate_slip(placed, name, rates, known, found)
            rates += [(name, placed)] if len(rates) < MOST else []
        _short_slip(placed, name, shorter, known, found)
        shorter += [(name, placed)] if len(shorter) < MOST and quantity.sort is Sort.MONEY else []
        key = name, "人" if name.endswith("人口") else unit_key(quantity), placed.scope
        for earlier in (*named[key][:1], *named[key][1:][-NEAREST:]):
            one = earlier.quantity
            whole = len(name) >= 4 or (len(name) >= 2 and _TOTAL.search(one.lead) and _TOTAL.search(quantity.lead))
            if _SOME.search(f"{one.tail[:6]}{quantity.tail[:6]}{one.lead[:3]}{quantity.lead[:3]}"):
                continue
            if whole and quantity.start not in known and _same_time(one, quantity, earlier, placed) and _is_slip(one, quantity):
                known.add(quantity.start)
                _say_twice(one, quantity, name, False, found)
        named[key].append(placed)


def _short_slip(placed: Placed, name: str, seen: Sequence[tuple[str, Placed]], known: set[int], found: Found) -> None:
    """居民基金收支相抵，当期结余2100万元 … 居民基金当期结余1200万元: one name ends in the other, and the words before say the rest."""
    quantity = placed.quantity
    if quantity.sort is not Sort.MONEY or len(name) < 4 or quantity.start in known or placed.scope:
        return
    for other, earlier in seen:
        one = earlier.quantity
        if other == name or one.sort is not Sort.MONEY or len(other) < 4 or earlier.scope or one.start in known:
            continue
        if not (other.endswith(name) or name.endswith(other)) or earlier.sentence.paragraph == placed.sentence.paragraph:
            continue
        rest = (name if len(name) > len(other) else other)[: abs(len(name) - len(other))]
        at = earlier if len(name) > len(other) else placed
        said = at.sentence.text[: at.quantity.start - at.sentence.start]
        if rest in said and _is_slip(one, quantity) and _same_time(one, quantity, earlier, placed):
            known.add(quantity.start)
            _say_twice(one, quantity, max(name, other, key=len), False, found)
            return


def _rate_slip(placed: Placed, name: str, rates: Sequence[tuple[str, Placed]], known: set[int], found: Found) -> None:
    """乙肝首针及时率96.2% … 首针及时率仅95.2%: one name ends in the other, which no second rate of the text does, and one digit differs."""
    quantity = placed.quantity
    alike = [p for n, p in rates if n.endswith(name) or name.endswith(n)]
    if len(name) < 5 or len(alike) != 1 or quantity.start in known:
        return
    earlier = alike[0]
    one = earlier.quantity
    far = earlier.sentence.paragraph != placed.sentence.paragraph
    slip = one.step == quantity.step and near_miss(one.value / one.step, quantity.value / one.step)
    if far and slip and not _agree(one, quantity) and earlier.scope == placed.scope and _same_time(one, quantity, earlier, placed):
        known.add(quantity.start)
        _say_twice(one, quantity, name, False, found)


def _counted_noun(quantity: Quantity) -> str:
    """人口 of 全县34.8万人口: the thing counted, where the words before name only the place."""
    return quantity.unit if quantity.unit == "人口" else ""


def _is_slip(one: Quantity, other: Quantity) -> bool:
    if _agree(one, other):
        return False
    swapped = near_miss(one.value, other.value) and sorted(str(int(one.value))) == sorted(str(int(other.value)))
    tenfold = any(_times(one, f, other) or _times(other, f, one) for f in (10, 100))
    return swapped or (tenfold and max(len(one.digits), len(other.digits)) >= 3)


def _times(one: Quantity, factor: int, other: Quantity) -> bool:
    return one.low * factor <= (other.high or other.value) and other.low <= (one.high or one.value) * factor


def _names_it(earlier: Placed, quantity: Quantity) -> bool:
    """标准化预防接种门诊24家 … 全市24家预防接种门诊: what follows the second is what the first is called."""
    noun = _noun_after(quantity)
    return len(noun) >= 4 and noun in earlier.quantity.lead


def _pairs_around(placed: Placed) -> set[str]:
    """The pairs of characters said just before and after a number."""
    at = placed.quantity.start - placed.sentence.start
    words = re.sub(r"[^\u4e00-\u9fff]", "|", placed.sentence.text[max(0, at - 20) : at] + "|" + placed.quantity.tail[:8])
    return {words[i : i + 2] for i in range(len(words) - 1) if "|" not in words[i : i + 2] and words[i : i + 2] not in _COMMON}


_WHOLE_COUNTY = {"全县", "全市", "全区", "全镇", "全院", "我县", "我市", "我院"}
_COMMON = {
    "全县",
    "全市",
    "其中",
    "完成",
    "累计",
    "全年",
    "同比",
    "增长",
    "达到",
    "分别",
    "今年",
    "去年",
    "上年",
    "开展",
    "组织",
    "万元",
    "人次",
    "共计",
}


def _agree(one: Quantity, two: Quantity) -> bool:
    return (one.high is None or two.low <= one.high) and (two.high is None or one.low <= two.high)


_SPAN = re.compile(r"上半年|下半年|前三季度|第?[一二三四]季度|\d{1,2}(?:月)?[-—至~]\d{1,2}月|\d{1,2}月|全年|本月|上月|今年|本年")


def _when(period: str) -> str:
    """The stretch of the year; "" where no more than the year is named, or nothing."""
    match = _SPAN.search(period)
    if "全年" in period or "本年度" in period:
        return "全年"
    if not match or match[0] in ("今年", "本年"):
        return ""
    return match[0].removeprefix("第").removesuffix("份")


def _same_time(one: Quantity, two: Quantity, first: Placed, other: Placed) -> bool:
    if re.search(r"去年|上年|同期|前年|明年", one.period + two.period):
        return False
    years = {year_of(one.period), year_of(two.period)} - {""}
    if len(years) > 1:
        return False
    spans = {_when(one.period), _when(two.period)}
    if len(spans) > 1 and "" not in spans:
        return False
    if len(spans) == 2 and re.search(r"月$|季度|半年", max(spans)):
        # One place names a stretch, the other none: the document's own stretch may be meant, or not.
        return not re.search(r"^\d{1,2}月|本月|季度", max(spans)) and bool(re.search(r"半年|[-—至~]", max(spans)))
    words = first.sentence.text + other.sentence.text
    return not re.search(r"去年|上年(?!度)|历年", first.quantity.clause + other.quantity.clause) or "同比" in words


# -- a stretch above the longer one it lies in ---------------------------------------------------------------------------------

_EVENTS = re.compile(
    r"报告|发现|接诊|就诊|诊疗|完成|新增|发病|死亡|确诊|接种|收治|分娩|检查|查处|立案|受理|筛查|体检|出生|住院|门诊|抢救|手术|采集|献血"
)


def _over_time(context: Sequence[Placed], found: Found) -> None:
    groups: dict[tuple[str, str, str], list[tuple[Placed, tuple[int, int]]]] = defaultdict(list)
    for placed in context:
        quantity = placed.quantity
        if not quantity.is_count or quantity.flags & (OUTSIDE - {"step-base"}) or placed.plan:
            continue
        months = _months(quantity)
        name = re.sub(r"\d{1,2}(?:月)?[-—至]?\d{0,2}月份?|上半年|下半年|[一二三四]季度|全年|本月", "", placed.name)
        if months is not None and len(key_of(name)) >= 2 and (_EVENTS.search(quantity.lead) or quantity.unit in ("例", "人次", "例次")):
            groups[key_of(name), unit_key(quantity), placed.scope].append((placed, months))
    _stretches(context, found)
    for members in groups.values():
        for i, (one, here) in enumerate(members[:MOST]):
            for two, there in members[i + 1 : MOST]:
                if here == there or (
                    year_of(one.quantity.period) != year_of(two.quantity.period)
                    and year_of(one.quantity.period)
                    and year_of(two.quantity.period)
                ):
                    continue
                inner, outer = (one, two) if _inside(here, there) else (two, one) if _inside(there, here) else (None, None)
                if inner is None or outer is None:
                    continue
                _held(inner.quantity, outer.quantity, two.quantity, found)


def _stretches(context: Sequence[Placed], found: Found) -> None:
    """上半年住院分娩1684人，全年1592人: neighbours of one sentence, the second with no more words than the first, or the first than it."""
    for one, two in itertools.pairwise(context):
        a, b = one.quantity, two.quantity
        if (
            one.sentence is not two.sentence
            or not (a.is_count and b.is_count)
            or unit_key(a) != unit_key(b)
            or one.plan
            or (a.flags | b.flags) & OUTSIDE
        ):
            continue
        first, second = _stripped(one.name), _stripped(two.name)
        if not first or not (set(second) <= set(first) or set(first) <= set(second)):
            continue
        here, there = _months(a), _months(b)
        if here is not None and there is not None and here != there and (_inside(here, there) or _inside(there, here)):
            if not any(r.kind is RelationKind.PART and r.stated is b for r in found.relations):
                inner, outer = (a, b) if _inside(here, there) else (b, a)
                _held(inner, outer, b if inner is b else a, found)
        elif re.search(r"本年|今年|本月|新增|当年", a.lead) and "累计" in b.lead and first:
            _held(a, b, a, found)


def _stripped(name: str) -> str:
    return re.sub(
        r"\d{1,2}(?:月)?[-—至]?\d{0,2}月份?|[上下]半年|第?[一二三四]季度|全年|本月|本年度?|今年|累计|共|全[县市区院镇]|新增", "", name
    )


def _inside(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]


def _months(quantity: Quantity) -> tuple[int, int] | None:
    period = quantity.period
    if re.search(r"去年|上年|同期|前年", period):
        return None
    if match := re.search(r"(\d{1,2})月?(?:份)?[-—至~]{1,2}(\d{1,2})月", period):
        return int(match[1]), int(match[2])
    for word, span in (
        ("上半年", (1, 6)),
        ("下半年", (7, 12)),
        ("前三季度", (1, 9)),
        ("一季度", (1, 3)),
        ("二季度", (4, 6)),
        ("三季度", (7, 9)),
        ("四季度", (10, 12)),
    ):
        if word in period:
            return span
    if match := re.search(r"(\d{1,2})月(?:份)?$", period):
        return int(match[1]), int(match[1])
    return (1, 12) if re.search(r"全年|年度", period) else None


def _held(inner: Quantity, outer: Quantity, stated: Quantity, found: Found) -> None:
    good = outer.high is None or inner.low <= outer.high
    verdict = Verdict.CONSISTENT if good else Verdict.INCONSISTENT
    zh = (
        f"{inner.period}的{inner.text}"
        + ("不超过" if good else "大于")
        + f"{outer.period}的{outer.text}"
        + ("" if good else "：一段时间的数不能大于包含它的时段。请核对。")
    )
    en = f"{inner.text} of a stretch " + ("is within" if good else "exceeds") + f" {outer.text} of the longer one it lies in"
    found.add(
        Relation(
            RelationKind.PART,
            stated,
            (outer if stated is inner else inner,),
            verdict,
            "",
            Text(zh, en),
            f"{inner.text}{'≤' if good else '>'}{outer.text}",
            None,
            4,
        ),
        takes=False,
    )
