"""Quantities in their sentences: what each is called, in which period and place, and what the words before it make of it."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.textcheck.amounts import Quantity, Sort, quantities_of
from taizhang.textcheck.tokens import Token

UP = "增长|上升|提高|增加|升高|增幅|升幅|涨幅|增速|上浮|上涨|攀升|提升|扩大|净增|增|多|升|涨"
DOWN = "下降|减少|降低|下滑|缩短|降幅|减幅|跌幅|缩减|回落|压缩|少|降|减"
_CHANGE = re.compile(rf"(?<![新更众许至])(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:幅度|率|比例|比率)?(?:了|为|达到了?|达|约|近|:)*$")
_ARRIVES = re.compile(
    rf"(?:(?P<up>(?!增幅|升幅|涨幅|增速)(?:{UP})|上调|延长|拓展|发展|壮大|扩充|扩增|扩建|增至|升至|延伸|充实)|(?P<down>(?!降幅|减幅|跌幅)(?:{DOWN})|下调|控制)|(?P<other>调整|变为|变成|改为|增减|"
    rf"优化|达到|达))(?!.?[率幅]|比)(?:(?!{UP}|{DOWN})[^，。；、]){{0,4}}?(?:到了?|至|为)(?:现在的?|今年的?|目前的?|本年的?|本期的?|当前的?|"
    rf"(?:(?:19|20)\d\d|本|今)年(?:度|底|末|初|同期|[上下]半年|第?[一二三四]季度|前三季度|\d{{1,2}}月(?:份|底|末)?)?的?|(?:年|月|季度?|期)[末底]的?|(?:[上下]半年|第?[一二三四]季度|\d{{1,2}}月份?|本月|本季度?)的?|每[百千万]?(?:人口|人|户|例|床|亩)的?)?$"
)
# 高 and 低 make a change only in a comparison: 比去年高1.2个百分点, but 最高50元.
_COMPARED = re.compile(
    r"(?:(?<![占对])[比较](?![例重率值])|同比|环比)[^，。；]*?(?:(?P<up>高出?|长|快|多出)|(?P<down>低|短|慢))了?(?:约|近|达)?$"
)
_FROM = re.compile(r"(?:(?<![自理经缘])由(?!于)|从(?!事|业|严|快|重|而|此|医|教|优))(?P<what>[^，。；：由从]*)$")
YEAR_BEFORE = r"[去上]年同[期月季]度?|去年|上年度?|上一年|(?<![月周旬季])(?<!季度)同期(?!相比|比)"
STEP_BEFORE = r"上个?月|上季度?|上一季度|上半年|上周|上期|前一月"
_BASE_YEAR = re.compile(rf"(?:{YEAR_BEFORE})")
_BASE_STEP = re.compile(rf"(?:{STEP_BEFORE})")
SAME_PERIOD = re.compile(r"同比|(?:比|较|与)(?:去年|上年|前年|同期|20\d\d年)[^，。；]{0,8}$|(?:比|较|与)(?:去年|上年|同期)")
STEP_PERIOD = re.compile(r"环比|(?:比|较|与)上(?:个?月|季度|一季度|周|期)")
_AIM = re.compile(
    r"力争|确保|争取(?!到|了|上级|中央|省|市|国家|项目|资金|各[类级]|专项|社会)|目标(?!儿童|人群|人口|对象|妇女|学生)|(?<!改善|行动|振兴|提升)计划(?!生育|免疫)|任务|不低于|不少于|不得低于|要求|"
    r"应达|预计|拟|将达|将实现|明年|下一?步|达不到|低于|高于|不高于|不超过|"
    r"控制在"
)
_TARGET = re.compile(
    r"约定(?:采购)?量|任务(?:数|指标|量|目标)?|目标(?:任务|数|值|人群数)?|(?<!改善|行动|振兴|提升)计划(?:数|任务|指标)?(?!生育|免疫)|"
    r"指标|预算(?!内|外|资金|安排|拨款|支出|收入|执行)"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,4}?(?:镇|乡|街道|村|社区|县|区|市|卫生院|医院|中心|站)(?=[^，。；]*$)")
_SPLIT = re.compile(r"[，；：（）《》,;“”｜]")
_LIST = re.compile(r"^(?:、|和(?!谐)|及(?!时|格)|与|以及|并|且|又|或)+")


@dataclass(slots=True, eq=False)
class Sentence:
    """start..end in the clean text. paragraph: its number in the document."""

    text: str
    start: int
    end: int
    paragraph: int
    number: int
    quantities: list[Quantity]
    days: list[Token]
    before: "Sentence | None" = None

    def between(self, one: Quantity, other: Quantity) -> str:
        """The words between two quantities of this sentence."""
        return self.text[one.end - self.start : other.start - self.start]


@dataclass(frozen=True, slots=True)
class Reading:
    text: str
    sentences: list[Sentence]
    quantities: list[Quantity]
    days: list[Token]


def read(text: str) -> Reading:
    scanned = quantities_of(text)
    sentences: list[Sentence] = []
    starts: list[int] = []
    paragraph = 0
    before: Sentence | None = None
    for start, end, breaks in _cut(text):
        sentence = Sentence(text[start:end], start, end, paragraph, len(sentences), [], [], before)
        sentences.append(sentence)
        starts.append(start)
        before = sentence
        if breaks:
            paragraph += 1
            before = None
    for quantity in scanned.quantities:
        sentences[bisect_right(starts, quantity.start) - 1].quantities.append(quantity)
    for day in scanned.days:
        sentences[bisect_right(starts, day.start) - 1].days.append(day)
    number = 0
    for sentence in sentences:
        _fill(sentence)
        _units_in_lists(sentence)
        for quantity in sentence.quantities:
            quantity.number = number
            number += 1
        _runs(sentence)
        _series(sentence)
    return Reading(text, sentences, scanned.quantities, scanned.days)


def _cut(text: str) -> Iterator[tuple[int, int, bool]]:
    start = 0
    for match in re.finditer(r"[。！？!?\n]", text):
        if match.end() > start:
            yield from _short(text, start, match.end(), match[0] == "\n")
        start = match.end()
    if start < len(text):
        yield from _short(text, start, len(text), True)


LONGEST_SENTENCE = 900  # characters; what is longer has lost its stops, and is cut at a comma: the time must not grow with its square


def _short(text: str, start: int, end: int, breaks: bool) -> Iterator[tuple[int, int, bool]]:
    while end - start > LONGEST_SENTENCE:
        at = max(text.rfind(c, start, start + LONGEST_SENTENCE) for c in "；，、") + 1
        at = at if at > start + LONGEST_SENTENCE // 2 else start + LONGEST_SENTENCE
        yield start, at, False
        start = at
    yield start, end, breaks


def _fill(sentence: Sentence) -> None:
    text, at = sentence.text, 0
    depth = 0
    period = ""
    before: Quantity | None = None
    for quantity in sentence.quantities:
        begin, end = quantity.start - sentence.start, quantity.end - sentence.start
        gap = text[at:begin] if at <= begin else ""
        depth = max(0, depth + gap.count("（") - gap.count("）"))
        quantity.gap, quantity.depth = gap, depth
        segments = _SPLIT.split(gap)
        if before is not None and len(segments) == 1 and "、" in gap:
            segments = [gap.split("、", 1)[1]]  # 4家乡镇卫生院、22个村卫生室: what stands before the mark is the first one's
        quantity.lead = _LIST.sub("", next((s for s in reversed(segments) if _LIST.sub("", s)), ""))
        listed = before is not None and len(_SPLIT.split(gap)) == 1 and "、" in gap
        quantity.chain = before.chain if listed and before is not None else quantity.start
        if not quantity.lead and before is not None and re.fullmatch(r"[、和及与]+", gap) and before.sort is quantity.sort:
            quantity.lead, quantity.shares_lead = before.lead, True  # 规范管理32186人、9787人
        before = quantity
        quantity.clause = _clause(text, begin, depth)
        quantity.tail = re.split(r"[，；：（）。、！？\n“”《》]|[\d]", text[end : end + 24])[0]
        named = _days_between(sentence, at, begin)
        quantity.flags = frozenset(_flags(quantity, segments))
        quantity.period = named[-1] if named else period
        if not quantity.flags & {"year-base", "step-base"}:  # what is only compared with does not name the time of what follows
            period = quantity.period
        at = end


def _days_between(sentence: Sentence, at: int, end: int) -> list[str]:
    """The days named there that are not only compared with; 上年 and 3月 that touch are one."""
    found: list[str] = []
    last = -1
    for day in sentence.days:
        begin = day.start - sentence.start
        if at <= begin < end and not _comparing(sentence.text, begin):
            if begin == last:
                found[-1] += day.text
            else:
                found.append(day.text)
            last = begin + len(day.text)
    return found


def _clause(text: str, at: int, depth: int) -> str:
    """The words of the clause before a quantity, other quantities with them; brackets that closed before it are left out."""
    begin = max(0, at - 80)
    piece = text[begin:at]
    if depth:
        piece = piece[piece.rfind("（") + 1 :]
    elif "（" in piece or "）" in piece:
        piece = re.sub(r"（[^（）]*）", "", piece)
        piece = piece[piece.rfind("）") + 1 :] if "）" in piece else piece
    return re.split(r"[，；：。？！\n｜]", piece)[-1]


def _comparing(text: str, place: int) -> bool:
    """A day that is only compared with: 比去年同期, （去年同期1100人）."""
    return text[max(0, place - 1) : place] in ("比", "较", "与", "（", "由", "从")


def _flags(quantity: Quantity, segments: list[str]) -> Iterator[str]:
    """What the words before make of it: up, down (a change), to-up, to-down (where a change arrives), from, year-base, step-base, aim,
    target, same (同比), step (环比), paren."""
    lead = quantity.lead
    last = segments[-1] if segments else ""
    if quantity.gap.endswith("（"):
        yield "paren"
        if re.search(r"(?:同比|(?:比|较|与)(?:去年|上年)(?:同期)?)（$", quantity.gap):  # 同比（24070人份）增长10.01%
            yield "year-base"
        elif quantity.gap.endswith("环比（"):
            yield "step-base"
    arrives = _ARRIVES.search(lead)
    change = None if arrives else _CHANGE.search(lead) or _COMPARED.search(quantity.clause)
    if arrives:
        yield "to-up" if arrives["up"] else "to-down" if arrives["down"] else "to"
    if change and not _is_own(lead, change, quantity):
        yield "up" if change["up"] else "down"
    if (origin := _FROM.search(last)) and not change and not arrives:
        yield "from"
        if _BASE_YEAR.search(origin["what"]):
            yield "year-base"
        if _BASE_STEP.search(origin["what"]):
            yield "step-base"
    elif not change and not arrives:
        near = lead.rsplit("、", 1)[-1]
        if (_BASE_YEAR.search(near) and not re.search(r"(?:比|较)(?:去年|上年)", near)) or re.search(
            r"(?:比|较|与)(?:去年|上年|(?:19|20)\d\d年)(?:度|全年|同期|[上下]半年|(?:1-)\d{1,2}月份?)?(?:同期)?(?:的|为)?$", near
        ):
            yield "year-base"
        elif re.search(r"(?:比|较|与)(?:本年)?第?[一二三四]季度的?$", near) or (
            _BASE_STEP.search(near) and not re.search(r"上半年(?!的)", near)
        ):
            yield "step-base"
    if lead.endswith("前") and quantity.unit in _RANKED:
        yield "rank"  # 居前五位: no persons
    whole = quantity.gap
    if SAME_PERIOD.search(whole):
        yield "same"
    if STEP_PERIOD.search(whole):
        yield "step"
    if _TARGET.search(lead):
        yield "target"
    if _AIM.search(lead) or quantity.about in ("以上", "以下", "以内", "不低于", "不少于", "至少", "不超过"):
        yield "aim"


_RANKED = {"位", "名", "个", "类", "种", "项"}
_OWN_VERB = re.compile(r"(?:新|年内|累计|共)(?:增|增加)$")


def _is_own(lead: str, change: re.Match[str], quantity: Quantity) -> bool:
    """新增, 净增 and 多 of 许多 are no comparison; nor is 增加 where the thing added is named after the number (增加床位, 增加投入)."""
    if _OWN_VERB.search(lead[: change.end()]):
        return True
    return change["up"] == "净增" and quantity.sort is Sort.COUNT


_NAMES_GO_ON = re.compile(r"、|和|及|与|以及")
_SERIES = re.compile(r"分别(?:为|是|达到了?|达|完成了?|占|有|增长|下降|上升|提高|降低|减少|增加|比|较|同比|环比)?")


def _units_in_lists(sentence: Sentence) -> None:
    """24.6万、11.8万和8.4万人次: the unit that is said once, at the end, is that of all."""
    for one, after in reversed([*itertools.pairwise(sentence.quantities)]):
        same_scale = one.text[-1:] in "万亿" and re.search(rf"\d{one.text[-1:]}", after.text)
        if not one.unit and one.sort is Sort.COUNT and after.unit and re.fullmatch(r"[、和及与]+", after.gap):
            if after.sort is Sort.COUNT and (same_scale or (one.text[-1:].isdigit() and not re.search("[万亿]", after.text))):
                one.unit = after.unit
            elif after.sort is Sort.MONEY and same_scale:
                one.unit, one.sort = after.unit, Sort.MONEY


def _runs(sentence: Sentence) -> None:
    """Of quantities given one after the other with nothing but a list mark between: how many there are."""
    run: list[Quantity] = []
    for quantity in sentence.quantities:
        joined = run and run[-1].sort is quantity.sort and re.fullmatch(r"(?:占)?[、和及与]+(?:占|达|为)?", quantity.gap)
        run = [*run, quantity] if joined else [quantity]
        for each in run:
            each.run = len(run)


def _series(sentence: Sentence) -> None:
    """Values given one by one: 高血压、糖尿病患者分别为41370人、12946人. Every value gets its own name and its place in the series."""
    quantities = sentence.quantities
    for place, first in enumerate(quantities):
        at = first.gap.rfind("分别")
        if at < 0:
            continue
        values = [first]
        for other in quantities[place + 1 :]:
            joint = sentence.between(values[-1], other)
            if not re.fullmatch(
                r"[、，,和及与]+(?:比[\u4e00-\u9fff]{0,8})?(?:占|达|为|完成|增长|下降|提高|上升|降低|减少|增加)?", joint
            ) or (other.sort is not first.sort and other.sort is not Sort.MASKED):
                break
            if re.match(r"合计|共计|总计|总共|相加", other.tail):  # 三家合计: no value of the series
                break
            values.append(other)
        if len(values) < 2:
            continue
        number = first.start
        for index, value in enumerate(values):
            value.series = (number, index, len(values))
            if index and not value.flags:
                value.flags = first.flags - {"paren"}
        names = _names_before(first.gap[:at], len(values))
        common = re.sub(r"^分别(?:为|是|达到?|达)?", "", first.gap[at:])
        for index, value in enumerate(values):
            value.label = names[index] if names else ""
            value.subject = _SPLIT.split(first.gap[:at])[-1] + common


def _names_before(words: str, count: int) -> list[str]:
    """The names that the values of a series belong to, each with the last one's ending: 高血压、糖尿病患者 → 高血压患者, 糖尿病患者."""
    for piece in reversed(_SPLIT.split(words)):
        if not piece.strip("、"):
            continue
        names = [n for n in _NAMES_GO_ON.split(piece) if n]
        if len(names) != count:
            return []
        return _with_ending(names)
    return []


_ENDINGS = re.compile(
    r"(?:患者|人群|病人|儿童|妇女|人员|机构|医院|卫生院|资金|工作)?[\u4e00-\u9fff]{0,8}?(?:率|人数|人次|数|患者|比例|费用|金额|病例|量)$"
)


def _with_ending(names: list[str]) -> list[str]:
    last = names[-1]
    for ending in (
        "规范管理率",
        "健康管理率",
        "系统管理率",
        "管理率",
        "覆盖率",
        "控制率",
        "接种率",
        "检出率",
        "达标率",
        "合格率",
        "死亡率",
        "发病率",
        "完成率",
        "患者",
        "病例",
        "人数",
        "人次",
        "率",
    ):
        if last.endswith(ending) and not any(n.endswith(ending) for n in names[:-1]):
            if ending == "率":
                return names
            return [n + ending for n in names[:-1]] + [last]
    return names
