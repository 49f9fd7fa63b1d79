"""A whole and the parts told after it: 其中 not above its whole, parts that must make it (分别, 男/女, 合格/不合格)."""

import itertools
import re
from collections.abc import Sequence
from fractions import Fraction

from taizhang.kernel.text import Text
from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.model import Found, Relation, RelationKind, Verdict
from taizhang.textcheck.reading import Sentence
from taizhang.textcheck.relations.completeness import complementary, is_complete
from taizhang.textcheck.relations.telling import make
from taizhang.textcheck.verdicts import judged, of, plus
from taizhang.textcheck.words import same_unit

_TOTAL_BEFORE = re.compile(r"(?<!公)共(?![同性建享])|合计|总计|累计|总数|总共|总投资|总额|全[县市区镇]|现有|总量|总")
TOTAL_AFTER = re.compile(
    r"(?:^|、|，)?(?:以上)?(?:合计|共计|总计|总数|三项合计|两项合计|[一二三四五六七八九两]?[项类者]?(?:合计|共计))[\u4e00-\u9fff]{0,8}$"
)
_DIVIDES = re.compile(
    r"包括|包含|分别是|分别为|分为|其中包括|即|由|组成|构成|按[\u4e00-\u9fff]{1,6}[分看]|：|分[\u4e00-\u9fff]{0,4}看|其中"
)


def find(sentence: Sentence, found: Found, everything: Sequence[Quantity]) -> None:
    _among(sentence, found)
    _out_of(sentence, everything, found)
    _announced(sentence, found)
    _unannounced(sentence, found)
    _found_among(sentence, found)


_MEAN = re.compile(r"(?:平均|[年月日人户次例场期]均)[\u4e00-\u9fff]{0,6}$")


def is_plain(quantity: Quantity) -> bool:
    return (
        quantity.is_count
        and quantity.is_testable
        and not quantity.flags & {"up", "down", "from", "to", "to-up", "to-down", "year-base", "step-base", "target", "aim", "rank"}
        and not _MEAN.search(quantity.lead)
    )


def _arrived(quantity: Quantity) -> bool:
    """净增86人，达到1742人，其中…: the value that was reached is a whole like any other."""
    return quantity.is_count and quantity.is_testable and bool(quantity.flags) and quantity.flags <= {"to", "to-up", "to-down", "same"}


# -- 其中 ----------------------------------------------------------------------------------------------------------------------


def _among(sentence: Sentence, found: Found) -> None:
    for match in re.finditer("其中", sentence.text):
        at = sentence.start + match.start()
        _rates_among(sentence, at, found)
        whole = _whole_before(sentence, at)
        if whole is None:
            continue
        parts = _parts_after(sentence, at, whole)
        if parts:
            whole = _made_by(parts, whole, sentence)
            if _may_be_of_another(parts, whole, sentence):
                _summed_across(at, whole, sentence, found)
                continue
            _judge(whole, parts, sentence, found, among=True)
        _side_by_side(whole, at, sentence, found)


def _made_by(parts: Sequence[Quantity], whole: Quantity, sentence: Sentence) -> Quantity:
    """采集水样312份，检测合格296份，其中出厂水48份、末梢水264份: of the wholes before, the one that the parts make."""
    total = sum((p.value for p in parts), Fraction(0))
    if len(parts) < 2 or total == whole.value:
        return whole
    earlier = [q for q in _before(whole, sentence) if q.value == total]
    return earlier[-1] if earlier else whole


def _before(whole: Quantity, sentence: Sentence) -> list[Quantity]:
    """The counts of its kind before it in its own sentence."""
    own = sentence if whole.start >= sentence.start or sentence.before is None else sentence.before
    return [q for q in own.quantities if q.start < whole.start and is_plain(q) and same_unit(q, whole)]


def _may_be_of_another(parts: Sequence[Quantity], whole: Quantity, sentence: Sentence) -> bool:
    """采样480份，阳性26份，其中市场320份: too much for the nearest, and an earlier one holds it: which is meant is not certain."""
    most = max(p.value for p in parts)
    return most > whole.value and any(q.value >= most for q in _before(whole, sentence))


def _summed_across(at: int, nearest: Quantity, sentence: Sentence, found: Found) -> None:
    """报告4862例，死亡4例。其中乙类1246例，占25.63%；丙类3616例: parts that run on over ； and make an earlier count exactly."""
    parts = [q for q in sentence.quantities if q.start > at and is_plain(q) and same_unit(q, nearest)]
    for count in range(len(parts), 1, -1):
        total = sum((p.value for p in parts[:count]), Fraction(0))
        for whole in reversed(_before(nearest, sentence)):
            if whole.value == total:
                text = "＋".join(p.text for p in parts[:count])
                found.add(make(RelationKind.SUM, whole, parts[:count], Verdict.CONSISTENT, total, text, "合计", tie=4), takes=False)
                return


def _rates_among(sentence: Sentence, at: int, found: Found) -> None:
    """发病率562.6/10万，其中乙类144.2/10万、丙类418.4/10万: rates of one population add up."""
    before = [q for q in sentence.quantities if q.end <= at]
    if not before or before[-1].sort is not Sort.RATE or before[-1].per < 1000:
        return
    whole = before[-1]
    parts: list[Quantity] = []
    for quantity in sentence.quantities:
        if quantity.start > at:
            if quantity.sort is not Sort.RATE or quantity.per != whole.per or "；" in quantity.gap:
                break
            parts.append(quantity)
    if len(parts) < 2:
        return
    total = sum((p.value for p in parts), Fraction(0))
    verdict = sum_verdict(whole, parts, total)
    if verdict is not Verdict.INCONSISTENT or complementary(parts):
        found.add(make(RelationKind.SUM, whole, parts, verdict, total, "＋".join(p.text for p in parts), "合计", tie=4), takes=False)


def _side_by_side(whole: Quantity, at: int, sentence: Sentence, found: Found) -> None:
    """医疗救助3260人次、金额486.5万元，其中住院救助1140人次、402.3万元…: two wholes, each with its own parts."""
    quantities = sentence.quantities
    before = [q for q in quantities if q.end <= at and is_plain(q)]
    if whole not in before:
        last = sentence.before.quantities if sentence.before is not None and not before else []
        before = [q for q in last if is_plain(q)]
        if whole not in before:
            return
        place = before.index(whole)  # 18种1526例。其中…: the numbers that touch it
        near = [
            q
            for q in before[max(0, place - 1) : place + 2]
            if q is not whole and (q.end == whole.start or whole.end == q.start or _add_up_to(q, sentence, at))
        ]
    else:
        near = [
            q for q in before[-3:] if not same_unit(q, whole) and "；" not in sentence.between(*sorted((q, whole), key=lambda x: x.start))
        ]
    parts_of_whole = [q for q in quantities if q.start > at and is_plain(q) and same_unit(q, whole)]
    for other in near:
        parts = [
            q
            for q in quantities
            if q.start > at
            and is_plain(q)
            and same_unit(q, other)
            and "；" not in sentence.text[at - sentence.start : q.start - sentence.start]
        ]
        if len(parts) == len(parts_of_whole) >= 2 and not any(TOTAL_AFTER.search(p.lead) for p in parts):
            _judge(other, parts, sentence, found, among=True)
            if not any(r.stated is whole for r in found.relations):
                _judge(whole, parts_of_whole, sentence, found, among=True)


def _add_up_to(whole: Quantity, sentence: Sentence, at: int) -> bool:
    return sum((q.value for q in sentence.quantities if q.start > at and is_plain(q) and same_unit(q, whole)), Fraction(0)) == whole.value


_OUT_OF = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,12})(?:总数|当)?中，")


def _out_of(sentence: Sentence, everything: Sequence[Quantity], found: Found) -> None:
    """卫生技术人员中，高级职称86人: part of the 卫生技术人员 told before, in this sentence or another."""
    for match in _OUT_OF.finditer(sentence.text):
        at = sentence.start + match.end()
        parts = [q for q in sentence.quantities if at <= q.start < at + 24 and is_plain(q)][:1]
        if not parts or "其中" in match["name"]:
            continue
        name = re.sub(r"^(?:在|全[县市区镇院]|我[县市区院]|的|名|人|例|家|个|张)+", "", match["name"])
        inside = [
            q for q in sentence.quantities if q.end <= at and q.end > at - len(match["name"]) - 4 and is_plain(q) and same_unit(q, parts[0])
        ]
        earlier = [
            q
            for q in everything[max(0, parts[0].number - 30) : parts[0].number]
            if len(name) >= 3 and name in q.lead and is_plain(q) and same_unit(q, parts[0])
        ]
        whole = inside[-1] if inside else earlier[-1] if earlier else None
        if whole is None:
            continue
        for other in sentence.quantities:
            if other.start > parts[-1].start and other.gap.startswith("、") and is_plain(other) and same_unit(other, whole):
                parts.append(other)
        for part in parts:
            above = whole.high is not None and part.low > whole.high and _like_things(part, whole)
            if not above or part.unit == whole.unit:
                found.add(_above(whole, part) if above else _within(whole, part), takes=False)


def _whole_before(sentence: Sentence, at: int) -> Quantity | None:
    """The quantity that 其中 looks back to: the last that is no rate, change or part of an earlier 其中; of a sentence before, its last."""
    first = next((q for q in sentence.quantities if q.start >= at and is_plain(q)), None)
    if first is None:
        return None
    before = [q for q in sentence.quantities if q.end <= at]
    ahead = sentence.text[: at - sentence.start].strip("，；（ ")
    previous = sentence.before
    if not before and previous is not None and not re.search(r"[\u4e00-\u9fff]{6,}", ahead):
        before = previous.quantities
        if any("其中" in q.lead for q in before):
            return None
        candidates = [q for q in before if is_plain(q) and same_unit(q, first)]
        last = [q for q in before if is_plain(q)]
        if len(candidates) == 1 or (candidates and last and candidates[-1] is last[-1]):
            return candidates[-1]
        return None
    opened = sentence.text[: at - sentence.start].count("（") > sentence.text[: at - sentence.start].count("）")
    for quantity in reversed(before):
        between = sentence.text[quantity.end - sentence.start : at - sentence.start]
        if "；" in between and not opened:
            return None
        if quantity.sort in (Sort.RATE, Sort.POINTS, Sort.MASKED) or not (is_plain(quantity) or _arrived(quantity)):
            continue
        if not same_unit(quantity, first):
            if quantity.is_count and "，" not in between and "（" not in between:
                return None
            continue
        if "其中" in quantity.lead:
            continue
        return quantity
    return None


def _parts_after(sentence: Sentence, at: int, whole: Quantity) -> list[Quantity]:
    parts: list[Quantity] = []
    depth = sentence.text[: at - sentence.start].count("（") - sentence.text[: at - sentence.start].count("）")
    closed = _closing(sentence, at) if depth > 0 else sentence.end
    for quantity in sentence.quantities:
        if quantity.start < at:
            continue
        if quantity.start >= closed:
            break
        if parts:
            between = sentence.text[parts[-1].end - sentence.start : quantity.start - sentence.start]
            if "其中" in between or ("；" in between and not _list_goes_on(sentence, at)):
                break
            if re.search(r"。|(?<!公)共(?![同性建享产])(?=[^，、；]*$)|合计|累计|比|较|同时|另外|此外|还|人均|平均", between) and is_plain(
                quantity
            ):
                break
        if quantity.depth > max(depth, 0) or not is_plain(quantity):
            continue
        if not same_unit(quantity, whole):
            if parts and quantity.is_count and not re.search(r"占", quantity.lead):
                break
            if not parts and quantity.is_count:
                return []
            continue
        if parts and quantity.value > whole.value >= parts[0].value and "、" not in between and not complementary([*parts, quantity]):
            break  # another matter begins
        if quantity.lead and quantity.lead == whole.lead:
            continue  # 合格228份，其中城区120份，合格118份: the same again of a part
        parts.append(quantity)
    return parts


def _list_goes_on(sentence: Sentence, at: int) -> bool:
    return sentence.text[at - sentence.start :].count("；") >= 1 and "其中：" in sentence.text


def _closing(sentence: Sentence, at: int) -> int:
    found = sentence.text.find("）", at - sentence.start)
    return sentence.end if found < 0 else sentence.start + found


# -- a whole announced, its parts after it -------------------------------------------------------------------------------------


def _announced(sentence: Sentence, found: Found) -> None:
    """共检查100家，合格90家，不合格10家; 总投资500万元：中央300万元、省级200万元; 本科及以上共81人，包括…."""
    quantities = [q for q in sentence.quantities if is_plain(q)]
    for place, whole in enumerate(quantities):
        if whole.start in found.taken or whole.series is not None or "分别" in whole.lead:
            continue
        parts: list[Quantity] = []
        for other in quantities[place + 1 :]:
            between = sentence.text[(parts[-1] if parts else whole).end - sentence.start : other.start - sentence.start]
            if "其中" in between or ("；" in between and not parts) or other.depth > whole.depth + 1 or not same_unit(other, whole):
                break
            if _TOTAL_BEFORE.search(other.lead):
                break
            parts.append(other)
        if len(parts) < 2:
            continue
        if any(p.value > whole.value for p in parts):
            continue
        ahead = sentence.text[whole.end - sentence.start : parts[0].start - sentence.start]
        total = bool(_TOTAL_BEFORE.search(whole.lead)) or ahead.startswith("（")
        divides = bool(_DIVIDES.search(ahead)) or ahead.startswith("（")
        if ahead.startswith("、") and not total:
            continue  # 中央1200万元、省级800万元、市级350万元: the first of a list is not the whole of the others
        # The longest run of parts that makes the whole is what was meant.
        for count in range(len(parts), 1, -1):
            if _ends_there(parts, count) and sum((p.value for p in parts[:count]), Fraction(0)) == whole.value:
                if total or divides or complementary(parts[:count]):
                    _judge(whole, parts[:count], sentence, found, among=False)
                break
        else:
            joined = all(re.fullmatch(r"[^，；。]{0,14}", p.gap) or p.gap.startswith(("、", "，")) for p in parts)
            if (divides and joined and (total or "分别" in ahead or "：" in ahead or "包括" in ahead)) or (
                complementary(parts) and joined and (total or len(whole.lead) > 1)
            ):
                _judge(whole, parts, sentence, found, among=False)


_OUTCOME = re.compile(r"(?:其中)?(?:共|已)?(?:查出|检出|查实|确诊|发现|在治|建成|实际|合格|治愈|办结|结案|完成|整改|400毫升)")


def _found_among(sentence: Sentence, found: Found) -> None:
    """查螺640万平方尺，查出有螺86万平方尺: what came of it lies within it; if not, it may be of more."""
    quantities = [q for q in sentence.quantities if is_plain(q)]
    for whole, part in itertools.pairwise(quantities):
        if part.number != whole.number + 1 or part.unit != whole.unit or part.gap[:1] not in ("，", "；") or part.value > whole.value:
            continue
        known = any(r.stated is part for r in found.relations[-20:])
        if not known and (_OUTCOME.match(part.lead) or (part.lead.startswith("已") and part.lead[1:3] in ("建成", "完成"))):
            found.add(_within(whole, part), takes=False)


def _ends_there(parts: Sequence[Quantity], count: int) -> bool:
    """Whether a list may end after so many parts: not where 、 goes on as it did before."""
    return count == len(parts) or not (parts[count].gap.startswith("、") and parts[count - 1].gap.startswith("、"))


def _unannounced(sentence: Sentence, found: Found) -> None:
    """卫生技术人员2318人，…；高级156人，中级612人，初级1550人: three and more in a row that make a number before them, to the last one."""
    quantities = [q for q in sentence.quantities if is_plain(q) and q.value >= 10]
    summed = {r.stated.start for r in found.relations[-80:] if r.kind is RelationKind.SUM}  # those of this sentence are the last
    for place, whole in enumerate(quantities):
        if whole.start in summed:
            continue
        for first in range(place + 1, min(place + 6, len(quantities) - 2)):
            parts = [quantities[first]]
            for other in quantities[first + 1 :]:
                if not same_unit(other, whole) or other.number != parts[-1].number + 1:
                    break
                parts.append(other)
                if len(parts) >= 3 and sum((p.value for p in parts), Fraction(0)) == whole.value and same_unit(parts[0], whole):
                    found.add(
                        make(
                            RelationKind.SUM, whole, parts, Verdict.CONSISTENT, whole.value, "＋".join(p.text for p in parts), "合计", tie=2
                        ),
                        takes=False,
                    )
                    return


def _judge(whole: Quantity, parts: Sequence[Quantity], sentence: Sentence, found: Found, *, among: bool) -> None:
    total = sum((p.value for p in parts), Fraction(0))
    for part in parts:
        if _like_things(part, whole) and part.low > whole.value and (whole.high is None or part.low > whole.high):
            found.add(_above(whole, part), takes=False)
            for other in parts:
                if among and other.value <= whole.value:
                    found.add(_within(whole, other), takes=False)
            return
    for count in range(len(parts) - 1, 1, -1):  # what follows the parts that make the whole is another matter
        if total != whole.value and _ends_there(parts, count) and sum((p.value for p in parts[:count]), Fraction(0)) == whole.value:
            parts, total = parts[:count], whole.value
    complete = is_complete(whole, parts, sentence, among=among)
    if len(parts) > 1 and (total == whole.value or complete):
        verdict = sum_verdict(whole, parts, total)
        if verdict is not Verdict.INCONSISTENT or complete:
            found.add(make(RelationKind.SUM, whole, parts, verdict, total, "＋".join(p.text for p in parts), "合计", tie=4), takes=False)
            return
    if len(parts) > 1 and sum_verdict(whole, parts, total) is not Verdict.INCONSISTENT:
        found.add(
            make(RelationKind.SUM, whole, parts, sum_verdict(whole, parts, total), total, "＋".join(p.text for p in parts), "合计", tie=3),
            takes=False,
        )
        return
    if among:
        for part in parts:
            found.add(_within(whole, part), takes=False)


_PEOPLE = {"人", "名", "位", "例", "口"}


def _like_things(part: Quantity, whole: Quantity) -> bool:
    """581964个村卫生室 and 110.8万人: 个 is no measure of people where the whole is of houses."""
    return part.unit == whole.unit or (part.unit in _PEOPLE and whole.unit in _PEOPLE) or {part.unit, whole.unit} in _LIKE_PLACES


_LIKE_PLACES = ({"家", "所"}, {"件", "起"}, {"张", "床"}, {"处", "所"})


def sum_verdict(whole: Quantity, parts: Sequence[Quantity], total: Fraction) -> Verdict:
    """What is printed must add up as printed; where parts are rounded to decimals a unit of the last digit each may be lost."""
    if total == whole.value:
        return Verdict.CONSISTENT
    if any(p.about for p in parts) or whole.about:
        return judged(whole, plus([of(p) for p in parts]))
    fine = [q for q in (whole, *parts) if "." in q.digits]
    if fine and judged(whole, plus([of(p) for p in parts])) is Verdict.CONSISTENT:
        return Verdict.ROUNDING
    return Verdict.INCONSISTENT


def _above(whole: Quantity, part: Quantity) -> Relation:
    return Relation(
        RelationKind.PART, part, (whole,), Verdict.INCONSISTENT, "",
        Text(
            f"其中的{part.text}大于总数{whole.text}：部分不能大于总体。请核对这两个数。",
            f"the part {part.text} exceeds its whole {whole.text}. Check the two.",
        ),
        f"{part.text}>{whole.text}", None, 5,
    )  # fmt: skip


def _within(whole: Quantity, part: Quantity) -> Relation:
    return Relation(
        RelationKind.PART, part, (whole,), Verdict.CONSISTENT, "",
        Text(f"其中的{part.text}不超过总数{whole.text}", f"the part {part.text} is within its whole {whole.text}"),
        f"{part.text}≤{whole.text}", None, 2,
    )  # fmt: skip
