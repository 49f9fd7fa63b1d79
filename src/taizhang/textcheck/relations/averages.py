"""Means: 平均每期24.9人, 人均32元, 每千人口床位5.8张, 平均住院日."""

import re
from collections.abc import Sequence
from fractions import Fraction

from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.model import Found, Relation, RelationKind, Verdict
from taizhang.textcheck.reading import Sentence
from taizhang.textcheck.relations.pairing import REACH
from taizhang.textcheck.relations.telling import make
from taizhang.textcheck.verdicts import far_within, judged, of, over
from taizhang.textcheck.words import same_unit, words_of


def find(sentence: Sentence, found: Found, everything: Sequence[Quantity]) -> None:
    for quantity in sentence.quantities:
        if quantity.is_count and quantity.start not in found.taken and not quantity.flags & {"year-base", "step-base"}:
            _average(quantity, sentence, found, everything)


_PER_THOUSAND = re.compile(
    r"每(?P<n>百|千|万|十万)(?:名|个)?(?P<of>常住人口|人口|居民|人)?(?:拥有|有|配备|注册|执业)?(?:的)?(?P<what>[^，。；]*)$"
)
_STAY = re.compile(r"平均住院(?:日|天数)(?:为|达|是|由)?$")
_MEAN = re.compile(
    r"平均每(?P<each>[\u4e00-\u9fff]{1,6}?)(?:每[年月日次])?(?:约|为|有|达|参加|培训|投入|接诊|诊治|诊疗|服务|受益|花费|报销|补偿|"
    r"检查|走访|发放|负担|承担|管理|收入|支出|补助|费用)*$|每(?P<each2>[\u4e00-\u9fff]{1,6}?)平均[\u4e00-\u9fff]{0,4}$|(?P<each4>人次|例次|[人户例床亩次])平均?(?!衡|等|匀|米|方|安|台)[\u4e00-\u9fff]{0,6}$|(?P<each3>[人户次场期村日月床案张亩校班镇乡例台趟起件份剂])均(?!衡|"
    r"等|匀)[\u4e00-\u9fff]{0,10}$"
)
_SINGLY = re.compile(r"每(?P<each>平方米|台次|人次|床日|场次|例|户|人)[\u4e00-\u9fff]{0,6}$")
_OVERALL = re.compile(r"总|共|合计|累计")
_MONTHS = {"全年": 12, "今年": 12, "上半年": 6, "下半年": 6, "前三季度": 9}


def _average(quantity: Quantity, sentence: Sentence, found: Found, everything: Sequence[Quantity]) -> None:
    if found_special := _special_mean(quantity, sentence, everything):
        found.add(found_special)
        return
    match = _MEAN.search(quantity.clause) if quantity.clause else None
    only_agree = match is None
    only_agree = only_agree or bool(match and re.search(r"每[年月日周季]", match[0]))  # over how many months is not said
    match = match or _SINGLY.search(quantity.clause)  # 每人400元 may be a rule and no mean
    if match is None or quantity.flags & {"from", "to", "to-up", "to-down", "up", "down", "aim"}:
        return
    each = next(said for said in match.groupdict().values() if said)
    before = [q for q in sentence.quantities if q.start < quantity.start and q.is_count and q.is_testable]
    if len(before) < 2:
        before += [q for q in sentence.quantities if q.start > quantity.start and q.is_count and q.is_testable][:2]
    if len(before) < 2 and sentence.before is not None:
        before = [q for q in sentence.before.quantities if q.is_count and q.is_testable] + before
    before = [q for q in before if not q.flags & {"up", "down", "year-base", "step-base", "from"}][-REACH:]
    if not any(_mean_of(q, quantity) for q in before):  # 培训426人次，人均费用300元，总经费12.78万元
        before += [q for q in sentence.quantities if q.start > quantity.start and q.is_count and q.is_testable and _OVERALL.search(q.lead)][
            :1
        ]
    tops = [q for q in before if _mean_of(q, quantity)]
    bottoms = [q for q in before if _is_each(q, each)]
    near = [
        q
        for q in before
        if "；" not in sentence.text[max(0, q.end - sentence.start) : quantity.start - sentence.start] and q.start >= sentence.start
    ]
    if any(q in near for q in tops) and any(q in near for q in bottoms):
        tops, bottoms = [q for q in tops if q in near], [q for q in bottoms if q in near]
    best: Relation | None = None
    pairs = [(t, b) for t in reversed(tops) for b in reversed(bottoms) if t is not b]
    for top, bottom in pairs:
        right = over(of(top), of(bottom))
        if right is None:
            continue
        verdict = judged(quantity, right)
        made = make(
            RelationKind.AVERAGE, quantity, (top, bottom), verdict, top.value / bottom.value, f"{top.text}÷{bottom.text}", "平均", tie=4
        )
        if verdict is Verdict.CONSISTENT:
            best = made
            break
        if best is None or (best.verdict is Verdict.INCONSISTENT and verdict is Verdict.ROUNDING):
            best = made
    if best is None and each in ("月", "日") and tops:
        best = _by_month(quantity, tops[-1], each)
    if best is not None and (
        best.verdict is not Verdict.INCONSISTENT
        or (
            not only_agree
            and len(pairs) == 1
            and len(best.operands) == 2
            and (best.cause is not None or far_within(best.operands[0].value / best.operands[1].value, quantity.value))
            and best.operands[0].start >= sentence.start
        )
    ):
        found.add(best)


def _is_population(quantity: Quantity) -> bool:
    words = f"{quantity.lead[-8:]}{quantity.unit}{quantity.tail[:3]}"
    return (
        "人口" in words
        and quantity.unit in ("人", "人口", "", "口")
        and quantity.is_testable
        and not re.search(r"每|农业|贫困|参合|占", quantity.lead)
    )


_HUNDREDS = {"百": 100, "千": 1000, "万": 10_000, "十万": 100_000}


def _special_mean(quantity: Quantity, sentence: Sentence, everything: Sequence[Quantity]) -> Relation | None:
    """每千人口床位5.8张 from beds and population; 平均住院日 from bed days and discharges."""
    if quantity.flags & {"from", "to", "to-up", "to-down", "up", "down", "aim", "year-base", "step-base"}:
        return None
    match = _PER_THOUSAND.search(quantity.clause)
    if match is None and _STAY.search(quantity.clause) is None:
        return None
    earlier = [
        q
        for q in everything[max(0, quantity.number - 60) : quantity.number]
        if q.is_count and q.is_testable and not q.flags & {"up", "down", "from", "year-base", "step-base", "aim"}
    ]
    if match is not None:
        people = [q for q in everything if _is_population(q)]
        people = [q for q in people if q.number < quantity.number] or people[:1]
        what = re.sub(r"数$|达到?$|为$", "", match["what"])
        following = [q for q in sentence.quantities if q.number > quantity.number and q.is_count and q.is_testable]
        tops = [q for q in (*following, *earlier) if same_unit(q, quantity) and q not in people and q.start >= sentence.start]
        tops = [q for q in tops if what and (what in words_of(q) or what[-2:] in words_of(q))] or (tops[-1:] if not what else [])
        if not people or not tops:
            return None
        factor = _HUNDREDS[match["n"]]
        right = over(of(tops[-1]), of(people[-1]), factor)
        if right is None:
            return None
        return make(
            RelationKind.AVERAGE, quantity, (tops[-1], people[-1]), judged(quantity, right), tops[-1].value * factor / people[-1].value,
            f"{tops[-1].text}÷{people[-1].text}×{factor}", f"每{match['n']}人口", tie=4,
        )  # fmt: skip
    if _STAY.search(quantity.clause):
        days = [q for q in earlier[-6:] if q.unit in ("天", "床日", "日", "人日") and re.search(r"床日|占用|住院", q.lead + q.unit)]
        left = [q for q in earlier[-12:] if "出院" in q.lead + q.tail[:6] and q.unit in ("人", "人次", "例", "名") and "占用" not in q.lead]
        if days and left and (right := over(of(days[-1]), of(left[-1]))) is not None:
            return make(
                RelationKind.AVERAGE, quantity, (days[-1], left[-1]), judged(quantity, right), days[-1].value / left[-1].value,
                f"{days[-1].text}÷{left[-1].text}", "平均住院日", tie=4,
            )  # fmt: skip
    return None


def _by_month(quantity: Quantity, top: Quantity, each: str) -> Relation | None:
    months = next((n for word, n in _MONTHS.items() if word in top.period), 0)
    if match := re.search(r"1[-—至~](\d{1,2})月", top.period):
        months = int(match[1])
    if not months or each != "月":
        return None
    right = over(of(top), (Fraction(months), Fraction(months)))
    assert right is not None
    verdict = judged(quantity, right)
    return make(RelationKind.AVERAGE, quantity, (top,), verdict, top.value / months, f"{top.text}÷{months}个月", "月均")


def _mean_of(total: Quantity, mean: Quantity) -> bool:
    if mean.sort is Sort.MONEY:
        return total.sort is Sort.MONEY
    return total.sort is Sort.COUNT and (
        total.unit == mean.unit or same_unit(total, mean) or {total.unit, mean.unit} in ({"人", "人次"}, {"次", "人次"}, {"次", "户次"})
    )


def _is_each(count: Quantity, each: str) -> bool:
    if count.sort is not Sort.COUNT:
        return False
    if count.unit.endswith("次") and not each.endswith("次") and len(each) == 1:
        return each in "次人场期例" and (each in count.unit or each in "人例")
    if count.unit and (each.startswith(count.unit) or count.unit.startswith(each) or each.endswith(count.unit)):
        return True
    if each[0] in "人名位例":
        return count.unit in ("人", "名", "位", "例", "人次", "例次")
    if each[0] in "次场期":
        return count.unit in ("次", "场", "期", "场次", "期次", "人次", "轮", "例", "项")
    if each == "案":
        return "立案" in count.lead or "结案" in count.lead or "案" in count.tail[:4]
    if each[0] in "天日":
        return count.unit in ("天", "日") or bool(re.match(r"工作日|天", count.tail))
    noun = count.tail[:6]
    return each in noun or (each.lstrip("个家所名") != "" and each.lstrip("个家所名") in (noun + count.lead[-6:]))
