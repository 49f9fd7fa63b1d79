"""Sums told after their parts: 合计, 共计, the halves and quarters of a year, shares that together pass the whole."""

import itertools
import re
from fractions import Fraction

from taizhang.kernel.text import Text
from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.model import Found, Relation, RelationKind, Verdict
from taizhang.textcheck.reading import Sentence
from taizhang.textcheck.relations.sums import TOTAL_AFTER, is_plain, sum_verdict
from taizhang.textcheck.relations.telling import make
from taizhang.textcheck.verdicts import cause_of, near_miss
from taizhang.textcheck.words import same_unit

_TOTAL_SOFT = re.compile(
    r"(?:(?<!公)共(?![同性建享产])|累计|总共|一共)[\u4e00-\u9fff]{0,8}$|^全(?:系统|[县市区院局镇乡])$|^(?:[全本我]?[院县市区镇局]|医院|业务|事业)?总(?:收入|支出|额|量|数|人数|投资)(?:为|达|是)?$"
)


def find(sentence: Sentence, found: Found) -> None:
    """After sums.find: what it has summed already is not summed again."""
    _added_up(sentence, found)
    _halves(sentence, found)
    _shares(sentence, found)


# -- the sum after its parts ---------------------------------------------------------------------------------------------------


_OWN_TOTAL = re.compile(r"(?:各|其[他它余]|另外)[\u4e00-\u9fff]+(?:合计|共计|总计)")  # 各卫生院合计204万元 is a part itself
_COUNTS_PARTS = re.compile(r"合计|共计|总计|总共|相加|一共")


def _added_up(sentence: Sentence, found: Found) -> None:
    quantities = [q for q in sentence.quantities if is_plain(q)]
    for place, total in enumerate(quantities):
        hard = bool(TOTAL_AFTER.search(total.lead)) and not _OWN_TOTAL.match(total.lead)
        if not hard and not _TOTAL_SOFT.search(total.lead):
            continue
        parts: list[Quantity] = []
        for other in reversed(quantities[:place]):
            if not same_unit(other, total) and parts and parts[0].gap in ("", "、"):
                continue  # 彩超两台126万元; 4216人、3162万元
            if not parts and other.number == total.number - 1 and re.search("以上|上述|前述", other.lead) and "合计" in other.tail:
                continue  # 以上两项医疗费合计
            if not parts and other.number == total.number - 1 and _COUNTS_PARTS.match(other.tail):
                continue  # 三家合计45.8万人次
            if re.search(r"每[百千万十]|平均|人口", other.lead):
                break
            if not same_unit(other, total) or ("；" in sentence.between(other, total) and not parts):
                break
            if parts and "；" in sentence.between(other, parts[0]):
                break
            parts.insert(0, other)
            if TOTAL_AFTER.search(other.lead) and not _OWN_TOTAL.match(other.lead):
                parts.pop(0)
                break
        if len(parts) < 2:
            continue
        value = sum((p.value for p in parts), Fraction(0))
        verdict = sum_verdict(total, parts, value)
        hard = hard and (abs(total.value - value) * 4 <= total.value or cause_of(total, value) is not None)
        close = len(parts) >= 3 and (near_miss(total.value, value) or abs(total.value - value) * 20 <= total.value)
        if verdict is not Verdict.INCONSISTENT or ((hard or close) and "其中" not in sentence.text[: total.start - sentence.start]):
            found.add(make(RelationKind.SUM, total, parts, verdict, value, "＋".join(p.text for p in parts), "合计", tie=4), takes=False)


# -- the halves of a year --------------------------------------------------------------------------------------------------------


def _halves(sentence: Sentence, found: Found) -> None:
    """上半年100例、下半年120例，全年220例."""
    by: dict[str, Quantity] = {}
    for quantity in sentence.quantities:
        if not quantity.is_count or not quantity.is_testable or quantity.flags & {"up", "down", "year-base", "aim", "target"}:
            continue
        for word in ("上半年", "下半年", "全年", "第一季度", "一季度", "二季度", "三季度", "四季度"):
            if word in quantity.lead or (quantity.period.endswith(word) and word in quantity.gap):
                by[word.removeprefix("第")] = quantity
        if re.search(r"(?:前|一至|[1一][-—~])(?:三|3)季度", quantity.gap):
            by.pop("三季度", None)
            by["前三季度"] = quantity
    for names, whole in (
        (("上半年", "下半年"), "全年"),
        (("一季度", "二季度"), "上半年"),
        (("一季度", "二季度", "三季度", "四季度"), "全年"),
        (("三季度", "四季度"), "下半年"),
        (("前三季度", "四季度"), "全年"),
    ):
        if whole in by and all(n in by for n in names):
            parts = [by[n] for n in names]
            if all(same_unit(p, by[whole]) for p in parts) and not any(
                r.kind is RelationKind.SUM and r.stated is by[whole] for r in found.relations
            ):
                value = sum((p.value for p in parts), Fraction(0))
                found.add(
                    make(
                        RelationKind.SUM,
                        by[whole],
                        parts,
                        sum_verdict(by[whole], parts, value),
                        value,
                        "＋".join(p.text for p in parts),
                        whole,
                        tie=4,
                    ),
                    takes=False,
                )


# -- shares that together pass the whole ---------------------------------------------------------------------------------------


def _shares(sentence: Sentence, found: Found) -> None:
    """A占40%、B占35%、C占30%: together 105%."""
    shares = [q for q in sentence.quantities if q.sort is Sort.RATE and q.per == 100 and not q.flags & {"up", "down", "aim"}]
    run: list[Quantity] = []
    for quantity in shares:
        one_by_one = quantity.series is not None and re.search(r"占", quantity.subject)
        if re.search(r"占(?:比)?(?:为|到|达|总数的?)?$", quantity.lead) or one_by_one:
            run.append(quantity)
    if len(run) < 2 or any(q.about for q in run):
        return
    if any("；" in sentence.between(a, b) and "占" not in b.lead for a, b in itertools.pairwise(run)):
        return
    total = sum((q.value for q in run), Fraction(0))
    slack = sum((q.step for q in run), Fraction(0))
    operands = run[:-1]
    text = "＋".join(q.text for q in run)
    counts_between = any(q.is_count for q in sentence.quantities if run[0].start < q.start < run[-1].start)
    if abs(total - 100) <= slack / 2:
        found.add(Relation(
            RelationKind.SUM, run[-1], tuple(operands), Verdict.CONSISTENT, "",
            Text(f"各项占比之和为{text}，约100%", f"the shares make 100 %: {text}"), text, None, 2,
        ), takes=False)  # fmt: skip
    elif total > 100 + slack and len(run) >= 3 and not counts_between:
        right = 100 - sum((q.value for q in operands), Fraction(0))
        found.add(
            make(
                RelationKind.SUM,
                run[-1],
                operands,
                Verdict.INCONSISTENT,
                max(right, Fraction(0)),
                f"100%－{'－'.join(q.text for q in operands)}",
                "占比",
                tie=3,
            ),
            takes=False,
        )
