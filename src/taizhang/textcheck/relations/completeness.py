"""Whether parts told after a whole claim to be all of it: only then must they make it."""

import re
from collections.abc import Sequence
from fractions import Fraction

from taizhang.textcheck.amounts import Quantity
from taizhang.textcheck.reading import Sentence
from taizhang.textcheck.verdicts import near_miss
from taizhang.textcheck.words import words_of

_PAIRS = (
    ("男", "女"),
    ("合格", "不合格"),
    ("达标", "未达标"),
    ("达标", "不达标"),
    ("城", "农村"),
    ("城", "乡"),
    ("门诊", "住院"),
    ("已", "未"),
    ("市级", "县级"),
    ("阳性", "阴性"),
    ("优秀", "合格"),
    ("公立", "民营"),
    ("公办", "民营"),
    ("中央", "地方"),
    ("初治", "复治"),
    ("在编", "编外"),
    ("本地", "外地"),
    ("户籍", "流动"),
    ("死亡", "存活"),
    ("甲类", "乙类"),
    ("乙类", "丙类"),
    ("线上", "线下"),
    ("自然", "社会"),
    ("县级", "乡镇"),
    ("县级", "乡级"),
    ("中医", "西医"),
    ("在职", "退休"),
    ("脱贫", "未脱贫"),
    ("完工", "在建"),
    ("竣工", "在建"),
    ("新建", "改"),
    ("一级", "二级"),
    ("省级", "市级"),
    ("县", "镇"),
    ("公费", "自费"),
    ("上转", "下转"),
    ("上转", "下"),
    ("及时", "超期"),
    ("甲级", "乙级"),
)

_REST = re.compile(r"其他|其它|其余|另外|另有|剩余|剩下")

_OVERLAP = re.compile(r"同时|并发|合并|均|都|以上|既|兼")

_SAID_TO_OVERLAP = re.compile(r"重复|交叉|重叠|兼[有任报具]|两种|同时")


def is_complete(whole: Quantity, parts: Sequence[Quantity], sentence: Sentence, *, among: bool) -> bool:
    """Whether the parts claim to be all of the whole."""
    words = " ".join(words_of(p) for p in parts)
    if _SAID_TO_OVERLAP.search(sentence.text[parts[-1].end - sentence.start :][:20]):
        return False
    total = sum((p.value for p in parts), Fraction(0))
    if len(parts) < 2:
        return False
    if any(p.about for p in parts) and whole.about:
        return False
    if _REST.search(words) or complementary(parts):
        return True
    ahead = sentence.text[max(0, whole.end - sentence.start) : max(0, parts[0].start - sentence.start)]
    if not among:
        return True
    if re.search(r"分别|包括", ahead) and "其中" not in ahead:
        return True
    if _OVERLAP.search(words):
        return False
    parallel = len(parts) >= 3 or all(p.gap.startswith(("、", "，", "；")) for p in parts[1:])
    # Parts that make a little more than the whole cannot all be right, unless they overlap, which more of them would.
    over = whole.value < total <= whole.value * Fraction(23, 20) and all(p.gap.startswith(("、", "，", "；")) for p in parts[1:])
    close = len(parts) >= 3 and whole.start >= sentence.start and abs(whole.value - total) * 50 <= whole.value
    if total > whole.value and _classes(parts):
        return True
    few = len(parts) >= 3 and whole.value < total <= whole.value + 2 and whole.value <= 20 and whole.start >= sentence.start
    if total < whole.value and not _SAID_COMPLETE.search(ahead):  # 其中 seldom names all: what is short of the whole may be others
        return parallel and _swapped(whole.value, total)
    return parallel and (few or near_miss(whole.value, total) or over or close)


_SAID_COMPLETE = re.compile(r"分别|包括|分为|由")


def _swapped(one: Fraction, other: Fraction) -> bool:
    """Two neighbouring digits exchanged; three digits that say something at least."""
    a, b = str(int(one)).rstrip("0"), str(int(other)).rstrip("0")
    return len(a) == len(b) > 2 and sorted(a) == sorted(b) and near_miss(one, other)


def _classes(parts: Sequence[Quantity]) -> bool:
    """甲级2家、乙级4家: names that differ in their class only shut each other out."""
    names = [re.sub(r"^其中", "", p.lead) for p in parts]
    return len({n[-1:] for n in names}) == 1 and all(
        len(n) <= 3 and n[-1:] in ("级", "类", "型", "等", "期", "性", "度", "档") for n in names
    )


def complementary(parts: Sequence[Quantity]) -> bool:
    words = [words_of(p) for p in parts]
    for one, other in _PAIRS:
        firsts = [i for i, w in enumerate(words) if one in w and (other == one or other not in w)]
        seconds = [i for i, w in enumerate(words) if other in w]
        if len(parts) == 2 and firsts and seconds and set(firsts) != set(seconds):
            return True
    if len(parts) == 3:
        for names in (
            ("中央", "省", "县"),
            ("中央", "省", "市"),
            ("省", "市", "县"),
            ("县级", "乡", "村"),
            ("一类", "二类", "三类"),
            ("甲类", "乙类", "丙类"),
            ("医", "护", "其他"),
            ("轻", "中", "重"),
            ("优", "良", "差"),
        ):
            if all(any(n in w for w in words) for n in names):
                return True
    return False
