"""Lists counted against their announced number: 吴店、兴隆、太平等3个卫生院; 分别为A、B、C; 开展四项活动：一是…二是…."""

import re
from dataclasses import dataclass
from fractions import Fraction

from taizhang.kernel.text import Text
from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.model import Found, Relation, RelationKind, Verdict
from taizhang.textcheck.reading import Sentence

_MOST = 40
_COUNTED = {
    "个",
    "家",
    "所",
    "项",
    "种",
    "类",
    "条",
    "部",
    "处",
    "份",
    "名",
    "位",
    "款",
    "件",
    "镇",
    "乡",
    "村",
    "门",
    "支",
    "篇",
    "点",
    "单位",
    "机构",
    "本",
    "",
    "大",
    "人",
    "座",
    "步",
    "病",
    "个月",
}
_MARK = re.compile(
    r"[一二三四五六七八九十]{1,3}是|第[一二三四五六七八九十]{1,2}[，、是]|"
    r"[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳]|（[一二三四五六七八九十\d]{1,3}）|(?<![\d.])\d{1,2}[.、](?![\d])"
)
_ORDER = {c: i for i, c in enumerate("一二三四五六七八九", 1)}
_GROUP = re.compile(
    r"方面|举措|措施|重点|任务|工作|活动|工程|行动|项目|问题|内容|环节|制度|"
    r"机制|抓手|特点|亮点|件?事|做法|文章|硬仗|战役|关口?|转变|结合|体系|到位|抓手|计划|要求|原因|意见|建议|步骤|强化|专项|大"
)


def find(sentence: Sentence, found: Found) -> None:
    for quantity in sentence.quantities:
        if quantity.sort is not Sort.COUNT or not quantity.is_exact or quantity.unit not in _COUNTED or not 2 <= quantity.value <= _MOST:
            continue
        relation = _after(quantity, sentence) or _before(quantity, sentence)
        found.add(relation, takes=False)


def find_marks(text: str, sentences: list[Sentence], found: Found) -> None:
    """四项举措：一是…二是…: the marks that follow an announced number, in its paragraph or opening the next ones."""
    marks = [_Mark(m.start(), *_mark(m[0])) for m in _MARK.finditer(text)]
    firsts = [i for i, m in enumerate(marks) if m.number == 1]
    for first in firsts:
        start = marks[first].start
        announced = _announcing(start, marks[first], text, sentences)
        if announced is None:
            continue
        paragraph_end = text.find("\n", start)
        count, expected = 0, 1
        last = start
        for mark in marks[first:]:
            if mark.form != marks[first].form:
                continue
            inline = marks[first].form in ("是", "第", "圈")
            if inline and paragraph_end >= 0 and mark.start > paragraph_end and not _opens_line(text, mark.start):
                break
            if mark.number != expected:
                if mark.number == 1 or mark.number > expected + 1 or mark.number < expected:
                    break
            if mark.start - last > 3000:
                break
            last, expected, count = mark.start, mark.number + 1, count + 1
        if count >= 2:
            found.add(_counted(announced, count, text[start : start + 6], exhaustive=True), takes=False)


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    form: str
    number: int


def _mark(written: str) -> tuple[str, int]:
    if written[0] in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
        return "圈", ord(written[0]) - ord("①") + 1
    inner = written.strip("（）第是，、.")
    number = int(inner) if inner.isdigit() else _chinese(inner)
    if written.endswith("是") and not written.startswith("第"):
        return "是", number
    if written.startswith("第"):
        return "第", number
    return ("（一）" if not inner.isdigit() else "（1）") if written.startswith("（") else "1.", number


def _chinese(written: str) -> int:
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _ORDER.get(written, 0)
    return (_ORDER.get(tens, 1) if tens else 1) * 10 + _ORDER.get(ones, 0)


def _opens_line(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n"


def _announcing(start: int, mark: _Mark, text: str, sentences: list[Sentence]) -> Quantity | None:
    """The number just before the first mark: 抓好三项工作：一是…, 从四个方面入手。一是…."""
    for sentence in reversed(sentences):
        if sentence.start > start or sentence.end < start - 60:
            continue
        for quantity in reversed(sentence.quantities):
            between = text[quantity.end : start]
            if quantity.end > start or len(between) > 30:
                continue
            if quantity.sort is not Sort.COUNT or not 2 <= quantity.value <= _MOST or not quantity.is_exact:
                return None
            if between in ("：", ":") and quantity.unit in ("类", "项", "种", "步", "个", "点", "条", "件"):
                return quantity
            if quantity.unit not in (*_COUNTED, "篇", "场", "道", "关", "组") or (
                not _GROUP.search(quantity.tail[:12]) and quantity.unit not in ("点", "条")
            ):
                return None
            if (
                mark.form in ("1.", "（1）", "（一）")
                and not re.search(r"[：:]\n?$", between)
                and "以下" not in quantity.lead
                and "如下" not in between
            ):
                return None
            if between.count("。") + between.count("\n") > 1 or re.search(r"[；]", between):
                return None
            return quantity
    return None


# -- a list after its number ---------------------------------------------------------------------------------------------------

_LEADS_ON = re.compile(
    r"^[^，。；、：（\d]{0,18}?(?P<by>，?分别(?:是|为|有|位于)|，?即|（即|"
    r"，?(?:主要)?(?:包括|包含)(?:了)?|：|——|（(?:分别(?:是|为))?|，?(?:它们)?是|"
    r"，?依次(?:是|为)|的[\u4e00-\u9fff]{0,6}?(?:依次|分别)?[为是](?=[^，]+、))"
)


def _after(quantity: Quantity, sentence: Sentence) -> Relation | None:
    rest = sentence.text[quantity.end - sentence.start :]
    match = _LEADS_ON.match(rest)
    if match is None:
        return None
    by = match["by"].strip("，")
    if by.startswith(("（", "：", "是")) and "、" not in rest[match.end() : match.end() + 30]:
        return None
    listed = rest[match.end() :]
    if by.startswith("（"):
        listed = _until_closed(listed)
        if re.search(r"\d", listed[:6]) or listed.startswith(("其中", "占", "含", "比", "去年", "上年", "较")):
            return None
    listed = re.split(r"[。！？\n]", listed)[0]
    protected = _protected(listed)
    if "；" in protected:
        protected_parts = [p for p in protected.split("；") if p.strip("；，、 ")]
        if len(protected_parts) < 2 or (any("、" in p for p in protected_parts) and len(protected_parts) != quantity.value):
            return None
        return _counted(quantity, len(protected_parts), "", exhaustive="包" not in by)
    piece = re.split(r"，", protected)[0]
    if "、" not in piece:
        return None
    open_end = bool(re.search(r"等[^、，]{0,12}$", piece))
    counts = _list_counts(piece)
    exhaustive = not open_end and "包" not in by
    if _is_clause_list(piece):
        return None
    if quantity.value in counts:
        return _counted(quantity, int(quantity.value), "", exhaustive=True)
    more = re.split(r"，", protected)
    if len(more) > 1 and by not in ("（",):  # a list that runs on over commas cannot be counted by its marks
        whole_counts = _list_counts("、".join(more))
        if quantity.value in whole_counts:
            return _counted(quantity, int(quantity.value), "", exhaustive=True)
        if all(len(m) < 14 and "、" in m for m in more):
            return None
    count = counts[0]
    if count < quantity.value and not exhaustive:
        return None
    if abs(count - quantity.value) > max(Fraction(3), quantity.value / 3):
        return None
    return _counted(quantity, count, "", exhaustive=exhaustive)


def _until_closed(listed: str) -> str:
    depth = 1
    for place, character in enumerate(listed):
        depth += {"（": 1, "）": -1}.get(character, 0)
        if depth == 0:
            return listed[:place]
    return listed


def _protected(words: str) -> str:
    """What stands in quotation marks, titles and brackets is one item, whatever marks are inside."""
    words = re.sub(r"([》”])([《“])", r"\1、\2", words)  # 《甲》《乙》 are two
    made, depth = [], 0
    for character in words:
        if character in "《“（":
            depth += 1
        made.append("□" if depth else character)
        if character in "》”）":
            depth = max(0, depth - 1)
    if depth:
        return words
    return "".join(made)


def _list_counts(piece: str) -> list[int]:
    """How many items a list has; where 和 or 及 may join the last two or stand inside a name, both."""
    items = [i for i in piece.split("、") if i.strip()]
    count = len(items)
    joined = sum(bool(re.search(r"[^、]{1,}(?:和|及|以及|与|暨)[^、]{1,}", i)) for i in items[-1:])
    return [count + joined, count] if joined else [count]


def _is_clause_list(piece: str) -> bool:
    """Items that are long or have numbers of their own are no names."""
    items = [i for i in piece.split("、") if i]
    return any(len(i) > 24 for i in items)


# -- a list before its number --------------------------------------------------------------------------------------------------

_VERB = re.compile(
    r"^.*?(?:由|对|在|为|向|将|把|到|于|了|展|建|含|有|选派|组织|通过|召开|印发|下发|制定|出台|完成|实施|创建|确定|选取|覆盖|包括|启动)"
)


def _before(quantity: Quantity, sentence: Sentence) -> Relation | None:
    if quantity.unit in ("人", "次", "场", "期", "轮", "份") and "等" not in quantity.lead[-3:]:
        return None
    words = sentence.text[: quantity.start - sentence.start]
    protected = _protected(words)
    piece = re.split(r"[，；：。（）\n]", protected)[-1]
    if piece.count("、") < 1:
        return None
    more = bool(re.search(r"等(?:共|共计|全部)?$", piece))
    piece = re.sub(r"等?(?:共|共计)?$", "", re.sub(r"^\d{1,2}(?:\.\d{1,2})*", "", piece))
    items = [i for i in piece.split("、") if i]
    if re.search(r"\d", piece) or len(items) < 2:
        return None
    names = [*items[1:-1], items[-1]]
    if any(len(n.replace("□", "")) > 12 for n in names) or len(items[0].replace("□", "")) > 26:
        return None
    counts = _list_counts(piece)
    if quantity.value in counts:
        return _counted(quantity, int(quantity.value), "", exhaustive=True)
    count = counts[0]
    alike = len({i[-1] for i in names}) == 1 or all("□" in i for i in items) or all(len(i) <= 4 for i in names)
    if more:
        if len(counts) == 1 and count == quantity.value - 1 and count >= 4 and alike:
            return _counted(quantity, count, "", exhaustive=True)  # who names all but one has forgotten one
        if min(counts) > quantity.value and (alike or (len(items) >= 4 and all(len(n) <= 6 for n in names))):
            return _counted(quantity, min(counts), "", exhaustive=True)
        return None
    if (
        alike
        and len(items) >= 3
        and len(counts) == 1
        and abs(count - quantity.value) <= 2
        and quantity.unit in ("家", "个", "所", "项", "种", "类", "部", "镇", "乡", "大", "")
    ):
        return _counted(quantity, count, "", exhaustive=True)
    return None


def _counted(quantity: Quantity, count: int, sample: str, *, exhaustive: bool) -> Relation | None:
    if count == quantity.value:
        return Relation(
            RelationKind.COUNT, quantity, (), Verdict.CONSISTENT, quantity.text,
            Text(f"“{quantity.text}”与所列{count}项相符", f"{quantity.text}: {count} are listed"), f"列{count}项", None, 3,
        )  # fmt: skip
    if not exhaustive and count < quantity.value:
        return None
    right = quantity.text.replace(quantity.digits, _said(count, quantity))
    return Relation(
        RelationKind.COUNT, quantity, (), Verdict.INCONSISTENT, right,
        Text(
            f"写的是“{quantity.text}”，所列的有{count}项。请核对数目和所列各项。",
            f"announced {quantity.text}, listed {count}. Check the number and the list.",
        ),
        f"列{count}项≠{quantity.text}", None, 4,
    )  # fmt: skip


def _said(count: int, like: Quantity) -> str:
    if like.digits[:1].isdigit():
        return str(count)
    ones = "零一二三四五六七八九"
    if count < 10:
        return ones[count]
    tens, rest = divmod(count, 10)
    return f"{'' if tens == 1 else ones[tens]}十{ones[rest] if rest else ''}"
