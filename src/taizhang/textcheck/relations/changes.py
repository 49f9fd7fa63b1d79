"""Growth and fall, by the name they are called; and from one value to another (由40%提高到50%)."""

import re
from collections.abc import Sequence
from fractions import Fraction

from taizhang.kernel.text import Text
from taizhang.textcheck.amounts import Quantity, Sort
from taizhang.textcheck.model import Found, Relation, RelationKind, Verdict
from taizhang.textcheck.reading import Sentence
from taizhang.textcheck.relations.comparing import Base, alike, called, compared
from taizhang.textcheck.relations.sums import is_plain
from taizhang.textcheck.relations.tables import of_two_years
from taizhang.textcheck.relations.telling import make
from taizhang.textcheck.verdicts import Interval, judged, minus, of, over, printed
from taizhang.textcheck.words import rate_core, same_unit, words_of

_TIMES_OF = re.compile(r"(?:是|为|相当于|达到?|到)(?P<of>[去上]年同[期月季]|去年|上年|上月|上季度|前者|原来|同期)的?$")


def find(sentence: Sentence, found: Found, everything: Sequence[Quantity]) -> None:
    quantities = sentence.quantities
    for place, quantity in enumerate(quantities):
        if quantity.flags & {"to", "to-up", "to-down"} and quantity.is_testable:
            _arrival(quantity, quantities[:place], found)
            _arrives_where_it_is(quantity, quantities[:place], found)
    for place, quantity in enumerate(quantities):
        if quantity.is_testable and quantity.flags & {"up", "down"} and _against_mark(quantity, quantities[:place], everything, found):
            continue
        if quantity.is_testable and (quantity.flags & {"up", "down"} or quantity.unit == "番" or _TIMES_OF.search(quantity.lead)):
            _growth(quantity, place, sentence, found, everything)
        elif quantity.is_testable:
            _gap(quantity, quantities[:place], everything, found)


def _arrival(quantity: Quantity, before: Sequence[Quantity], found: Found) -> None:
    """由A提高到B: that B lies where the words say. What 提高到 begins from is the quantity just before, if it is one of its kind."""
    origin = before[-1] if before else None
    if origin is None or origin.run > 1 or "from" not in origin.flags or not alike(origin, quantity):
        return
    wanted = 1 if "to-up" in quantity.flags else -1 if "to-down" in quantity.flags else 0
    if not wanted:
        return
    difference = quantity.value - origin.value
    right = difference * wanted > 0 or (difference == 0 and (origin.about or quantity.about))
    verb = quantity.lead[-6:]
    sign = ">" if difference > 0 else "<" if difference < 0 else "＝"
    if right:
        message = Text(
            f"由{origin.text}到{quantity.text}，方向与“{verb}”相符", f"from {origin.text} to {quantity.text}: the direction is as said"
        )
        verdict = Verdict.CONSISTENT
    else:
        message = Text(
            f"由{origin.text}到{quantity.text}，与“{verb}”的方向不符。请核对两个数是否写反。",
            f"from {origin.text} to {quantity.text} is not the direction said ({verb}). Perhaps the two are exchanged.",
        )
        verdict = Verdict.INCONSISTENT
    found.add(Relation(
        RelationKind.CHANGE, quantity, (origin,), verdict, "", message, f"{quantity.text}{sign}{origin.text}",
        None if right else Text("前后两数写反或动词用错", "the two numbers are exchanged, or the verb is the wrong one"), 5,
    ))  # fmt: skip


def _arrives_where_it_is(quantity: Quantity, before: Sequence[Quantity], found: Found) -> None:
    """药占比30.8%，由上年的34.2%下降到30.8%: said twice."""
    if (
        len(before) < 2
        or "from" not in before[-1].flags
        or not alike(before[-2], quantity)
        or before[-2].flags & {"up", "down", "to", "to-up", "to-down", "from"}
    ):
        return
    if not re.fullmatch(r"，(?:由|从)(?:去年|上年|上月|年初)?(?:同期)?的?", before[-1].gap):
        return
    first = before[-2]
    agree = (first.high is None or quantity.low <= first.high) and (quantity.high is None or first.low <= quantity.high)
    verdict = Verdict.CONSISTENT if agree else Verdict.INCONSISTENT
    found.add(Relation(
        RelationKind.REPEAT, quantity, (first,), verdict, first.text,
        Text(
            f"同一个数，前写{first.text}，后写{quantity.text}" + ("" if agree else "。请改为同一个数。"),
            f"one number, said to be {first.text} and then {quantity.text}",
        ),
        f"{first.text}{'＝' if agree else '≠'}{quantity.text}", None, 4,
    ), takes=False)  # fmt: skip


_GAP = re.compile(
    r"(?:缺口|相差|还差|尚差|尚缺|尚欠|还缺|短缺|其余|剩余|缺编|空编|超编|余下|剩下|尚有|仍有|结余|结存|差)(?:为|达|约|的|有)*$"
)
# 超出省定90%的目标1.3个百分点; 离70%的目标还差4个百分点: against a mark named in the same clause.
_MARK = re.compile(
    r"(?:超出|超过|高出|高于|低于|优于|超)[^，。；]*$"
    r"|(?:距离?|离|与|(?<![占对])比(?![例重率值])|较)[^，。；]*?(?:差|相差|高出?|低|多|少|超出?)[^，。；\d]*$"
)
_MARK_NAMED = re.compile(r"目标|标准|要求|指标|任务|计划|平均|红线|上限|下限|规定|省|市|国家|全国|水平")


def _against_mark(quantity: Quantity, before: Sequence[Quantity], everything: Sequence[Quantity], found: Found) -> bool:
    """How far a value is from a mark: what the last value before the mark, and the mark, make."""
    clause_start = quantity.start - len(quantity.clause)
    inside = [q for q in before if q.start >= clause_start]
    if len(inside) != 1 or quantity.about or not _MARK.search(quantity.clause) or not _MARK_NAMED.search(quantity.clause):
        return False
    mark = inside[0]
    kind = Sort.RATE if quantity.sort is Sort.POINTS else quantity.sort
    if mark.sort is not kind or (kind is not Sort.RATE and not same_unit(mark, quantity)):
        return False
    changed = {"up", "down", "from", "year-base", "step-base", "aim", "target"}
    if mark.flags & {"up", "down"}:
        return False
    values = [q for q in before if q.start < mark.start and q.sort is kind and q.is_testable and not q.flags & changed and alike(q, mark)]
    distant = not values or "；" in quantity.gap
    if distant:
        core = rate_core(mark) or re.split("比|较", mark.lead)[0].removesuffix("率")[-4:]
        values = [q for q in everything[: mark.number] if q.sort is Sort.RATE is kind and len(core) > 1 and rate_core(q) == core]
        values = [q for q in values if judged(quantity, (abs(q.value - mark.value),) * 2) is Verdict.CONSISTENT]  # elsewhere: it may agree
        if not values:
            return False
    value = values[-1]
    difference = abs(value.value - mark.value)
    verdict = judged(quantity, (difference, difference))
    if verdict is Verdict.ROUNDING and quantity.step >= 1:
        verdict = Verdict.INCONSISTENT
    first, second = (value, mark) if value.value >= mark.value else (mark, value)
    return found.add(
        make(RelationKind.CHANGE, quantity, (first, second), verdict, difference, f"{first.text}－{second.text}", "相差", tie=5)
    )


def _difference(quantity: Quantity, one: Quantity, other: Quantity) -> Verdict:
    """Whether it is what lies between the two; amounts in 亿 leave some millions open."""
    difference = abs(one.value - other.value)
    verdict = judged(quantity, (difference, difference))
    if verdict is Verdict.INCONSISTENT and quantity.is_count and max(one.step, other.step) > quantity.step:
        larger, smaller = (one, other) if one.value >= other.value else (other, one)
        return judged(quantity, minus(of(larger), of(smaller)))
    return verdict


def _gap(quantity: Quantity, before: Sequence[Quantity], everything: Sequence[Quantity], found: Found) -> None:
    """编制68人，实有54人，缺口14人; 77.80%，距80%的目标差2.20个百分点: the difference of the two before."""
    if _against_mark(quantity, before, everything, found) or not _GAP.search(quantity.lead.split("、")[-1]) or quantity.about:
        return
    if re.search("最高|累计|滚存|历年|上年", quantity.lead):
        return
    balance = "结" in quantity.lead and [q for q in before if re.search("收入|收缴|筹集", q.lead)] and "支出" in words_of(before[-1])
    if "；" in quantity.gap and not (balance or any("支出" in q.lead for q in before)):
        return
    kind = Sort.RATE if quantity.sort is Sort.POINTS else quantity.sort
    two = [
        q
        for q in before
        if q.sort is kind and q.is_testable and not q.flags & {"up", "down"} and (kind is Sort.RATE or same_unit(q, quantity))
    ]
    if len(two) == 1 and "支出" in two[0].lead and "结" in quantity.lead and quantity.gap.startswith("，"):  # 总收入…。总支出…，收支结余
        incomes = [q for q in everything[max(0, quantity.number - 20) : two[0].number] if q.sort is kind and q.is_testable]
        two = [q for q in incomes if re.search(r"总收入|收入总额|收入合计", q.lead)][-1:] + two
    if len(two) < 2:
        return
    pairs = [(a, b) for a in two for b in two if a.start < b.start]
    tests = [(_difference(quantity, a, b), a, b, abs(a.value - b.value)) for a, b in reversed(pairs)]
    best = next((t for wanted in (Verdict.CONSISTENT, Verdict.ROUNDING) for t in tests if t[0] is wanted), None)
    if best is None:
        if (kind is Sort.RATE and "距" not in quantity.clause) or (
            len(pairs) > 1 and not re.search(r"支出|使用|拨付|支付|实有|完成|占用|兑付|占", two[-1].lead)
        ):
            return
        best = tests[0]
        if not _could_be(quantity, best[3]):
            return
    verdict, one, other, difference = best
    first, second = (one, other) if one.value >= other.value else (other, one)
    found.add(make(RelationKind.CHANGE, quantity, (first, second), verdict, difference, f"{first.text}－{second.text}", "相差", tie=4))


# A mean over years is no difference of the two ends.
_YEARLY = re.compile(r"(?:[年月日]均|平均每[年月]|每年|逐年|复合)[\u4e00-\u9fff]{0,4}$")


def _growth(quantity: Quantity, place: int, sentence: Sentence, found: Found, everything: Sequence[Quantity]) -> None:
    if _YEARLY.search(quantity.lead):
        found.taken.add(quantity.start)
        return
    bases, current, kind, differences = compared(quantity, place, sentence, everything)
    if quantity.series is not None and current is None:
        found.taken.add(quantity.start)
        return
    named = called(quantity, sentence, place)
    if current is None and not bases and quantity.sort is Sort.RATE:
        name = re.sub(r"(?:(?:较|比)(?:上|去)年(?:同期)?|同比|分别).*$", "", quantity.lead)
        if (two := of_two_years(name, everything)) is not None:
            current, bases = two[0], [Base(two[1], "year")]
    if quantity.sort is Sort.RATE and _TIMES_OF.search(quantity.lead):
        kind = RelationKind.RATIO  # 下降到上年的80%
    if current is None and quantity.sort is Sort.RATE and differences and bases and alike(differences[0], bases[0].quantity):
        found.add(_of_its_base(quantity, differences[0], bases[0].quantity))
        return
    if current is None or (not bases and not differences):
        found.taken.add(quantity.start)
        if quantity.sort in (Sort.RATE, Sort.POINTS) or quantity.unit == "番":
            found.add(_untestable(quantity))
        return
    tested = [(base, *_tested(quantity, current, base.quantity)) for base in bases]
    tests: list[tuple[Base, Verdict, Fraction, str]] = [(b, v, r, t) for b, v, r, t in tested if v is not None]
    wanted = [t for t in tests if not named or not t[0].name or t[0].name == named]
    for verdict in (Verdict.CONSISTENT, Verdict.ROUNDING):
        for base, found_verdict, right, text in wanted:
            if found_verdict is verdict:
                found.add(make(kind, quantity, (current, base.quantity), verdict, right, text, _noun(quantity), tie=5))
                return
    from_difference = _by_difference(quantity, current, differences, kind) if differences and not (wanted and bases) else None
    if from_difference is not None and (from_difference.verdict is not Verdict.INCONSISTENT or not wanted):
        found.add(from_difference)
        return
    for base, found_verdict, right, text in tests:
        if found_verdict is Verdict.CONSISTENT and (base, found_verdict, right, text) not in wanted:
            found.add(_misnamed(quantity, current, base, named, wanted, kind))
            return
    if not wanted:
        found.add(_untestable(quantity))
        return
    base, _, right, text = wanted[-1]
    for other in reversed(sentence.quantities[:place]):  # 门诊48210人次，出院2640人次，比上年46000人次增长4.8%: of the first
        if other is not current and is_plain(other) and alike(other, base.quantity) and other.start != base.quantity.start:
            verdict_of, value, how = _tested(quantity, other, base.quantity)
            if verdict_of is Verdict.CONSISTENT and quantity.sort is not Sort.COUNT:
                found.add(make(kind, quantity, (other, base.quantity), verdict_of, value, how, _noun(quantity), tie=4))
                return
    wrong = _wrong(quantity, current, base.quantity, right, text, kind)
    side_by_side = base.quantity.number == current.number - 1 and "from" in base.quantity.flags
    if wrong.cause is None and not side_by_side and not _could_be(quantity, right):
        found.add(_untestable(quantity))
        return
    found.add(wrong)


def _of_its_base(quantity: Quantity, difference: Quantity, base: Quantity) -> Relation | None:
    """由9600人次下降了960人次，降幅10%: the difference over the base; the present value is not said."""
    right = over(of(difference), of(base), 100)
    if right is None:
        return None
    exact = difference.value * 100 / base.value
    verdict = judged(quantity, right, exact)
    return make(
        RelationKind.GROWTH, quantity, (difference, base), verdict, exact, f"{difference.text}÷{base.text}", _noun(quantity), tie=5
    )  # fmt: skip


def _could_be(quantity: Quantity, right: Fraction) -> bool:
    """Whether so much could be the right number, mistaken; what is three times as much has more likely been paired with another's."""
    return quantity.value > 0 and Fraction(1, 3) <= abs(right) / quantity.value <= 3


def _sign(quantity: Quantity) -> int:
    return -1 if "down" in quantity.flags else 1


def _tested(quantity: Quantity, current: Quantity, base: Quantity) -> tuple[Verdict | None, Fraction, str]:
    sign = _sign(quantity)
    one, other = of(current), of(base)
    if base.value <= 0:
        return None, Fraction(0), ""
    if quantity.sort is Sort.POINTS:
        if current.sort is not Sort.RATE:
            return None, Fraction(0), ""
        # A reader subtracts what is printed: the printed rates are exact here.
        difference = (current.value - base.value) * sign
        verdict = judged(quantity, (difference, difference))
        if verdict is Verdict.INCONSISTENT and (current.about or base.about):
            verdict = judged(quantity, _signed(minus(one, other), sign))
        if (
            verdict is Verdict.INCONSISTENT
            and current.places
            and abs(quantity.value - difference) <= quantity.step
            and _meets(quantity, one, other, sign)
        ):
            verdict = Verdict.ROUNDING  # the difference of the rates before they were rounded
        return verdict, difference, f"{_ordered(current, base, sign)}"
    if quantity.sort in (Sort.COUNT, Sort.MONEY):
        difference = (current.value - base.value) * sign
        exact = not (current.about or base.about)
        verdict = judged(quantity, (difference, difference) if exact else _signed(minus(one, other), sign))
        if (
            verdict is not Verdict.CONSISTENT
            and exact
            and any("." in q.digits for q in (quantity, current, base))
            and _meets(quantity, one, other, sign)
        ):
            verdict = Verdict.ROUNDING
        return verdict, difference, f"{_ordered(current, base, sign)}"
    if quantity.sort is Sort.RATE and _TIMES_OF.search(quantity.lead):
        share = over(one, other, quantity.per)
        assert share is not None
        return judged(quantity, share), current.value * quantity.per / base.value, f"{current.text}÷{base.text}"
    if quantity.sort is Sort.TIMES:
        ratio = over(one, other)
        assert ratio is not None
        if _TIMES_OF.search(quantity.lead):
            return judged(quantity, ratio), current.value / base.value, f"{current.text}÷{base.text}"
        if quantity.unit == "番":
            doubled = Fraction(2) ** int(quantity.value)
            slack = Fraction(1, 20) * doubled
            met = ratio[0] <= doubled + slack and (ratio[1] is None or ratio[1] >= doubled - slack)
            if not met and quantity.about:
                met = ratio[1] is None or ratio[1] >= doubled
            return (Verdict.CONSISTENT if met else Verdict.INCONSISTENT), current.value / base.value, f"{current.text}÷{base.text}"
        grown = (ratio[0] - 1, None if ratio[1] is None else ratio[1] - 1)
        verdict = judged(quantity, grown, current.value / base.value - 1)
        return verdict, current.value / base.value - 1, f"（{current.text}－{base.text}）÷{base.text}"
    # A percentage of growth.
    ratio = over(one, other, 100)
    assert ratio is not None
    grown = _signed((ratio[0] - 100, None if ratio[1] is None else ratio[1] - 100), sign)
    exact_growth = (current.value / base.value - 1) * 100 * sign
    if current.sort is Sort.RATE:
        grown = (exact_growth, exact_growth)
    return judged(quantity, grown, exact_growth), exact_growth, f"（{_ordered(current, base, sign)}）÷{base.text}"


def _meets(quantity: Quantity, one: Interval, other: Interval, sign: int) -> bool:
    return judged(quantity, _signed(minus(one, other), sign)) is Verdict.CONSISTENT


def _signed(value: Interval, sign: int) -> Interval:
    if sign > 0:
        return value
    low, high = value
    return (-high if high is not None else -low * 100, -low)


def _ordered(current: Quantity, base: Quantity, sign: int) -> str:
    return f"{current.text}－{base.text}" if sign > 0 else f"{base.text}－{current.text}"


def _noun(quantity: Quantity) -> str:
    return "下降" if "down" in quantity.flags else "增长" if quantity.sort is Sort.RATE else "增加"


_NAMES = {"year": Text("同比", "on last year"), "step": Text("环比", "on the period before")}


def _misnamed(
    quantity: Quantity,
    current: Quantity,
    base: Base,
    named: str,
    wanted: Sequence[tuple[Base, Verdict, Fraction, str]],
    kind: RelationKind,
) -> Relation:
    """The value is right against the other base: it is called by the wrong name."""
    said, meant = _NAMES[named], _NAMES.get(base.name, Text("另一基数", "another base"))
    right, text = (wanted[0][2], wanted[0][3]) if wanted else (quantity.value, "")
    cause = Text(
        f"比较名称用错：按{base.quantity.text}算是{meant.zh}",
        f"the wrong name of comparison: against {base.quantity.text} it is {meant.en}",
    )
    if not wanted:
        return Relation(
            kind, quantity, (current, base.quantity), Verdict.INCONSISTENT, quantity.text,
            Text(
                f"{said.zh}{quantity.text}实为{meant.zh}：{cause.zh}。请改正比较的名称。",
                f"called {said.en}, but {cause.en}. Name the comparison rightly.",
            ),
            f"{current.text}，{base.quantity.text}", cause, 5,
        )  # fmt: skip
    return make(kind, quantity, (current, wanted[0][0].quantity), Verdict.INCONSISTENT, right, text, said.zh, cause=cause, tie=5)


def _wrong(quantity: Quantity, current: Quantity, base: Quantity, right: Fraction, text: str, kind: RelationKind) -> Relation:
    cause = None
    if right < 0:
        cause = Text("增减方向相反", "the direction is the other one")
    elif quantity.sort is Sort.RATE and current.sort is Sort.RATE and quantity.per == 100:
        points = abs(current.value - base.value)
        if judged(quantity, (points, points)) is not Verdict.INCONSISTENT:
            cause = Text(
                f"应为{printed(points, quantity)[:-1]}个百分点：两个百分率之差不是百分之几",
                "percentage points are meant: the difference of two rates is no percentage",
            )
    elif quantity.sort is Sort.POINTS and base.value:
        relative = abs(current.value / base.value - 1) * 100
        if judged(quantity, (relative, relative)) is Verdict.CONSISTENT:
            cause = Text("这是相对增幅（%），不是个百分点", "this is the relative growth in %, not percentage points")
    elif quantity.sort is Sort.RATE and current.value and current.is_count:
        other = abs(current.value - base.value) * 100 / current.value
        if judged(quantity, (other, other)) is Verdict.CONSISTENT:
            cause = Text(
                "像是用本期数作了分母，应以基期数为分母", "it looks as if the present value had been the denominator; it is the base"
            )
    elif quantity.sort is Sort.TIMES and base.value:
        ratio = current.value / base.value
        if judged(quantity, (ratio, ratio)) is Verdict.CONSISTENT:
            cause = Text("“是…倍”与“增长…倍”混淆", "so many times as much is not an increase by so many times")
    return make(kind, quantity, (current, base), Verdict.INCONSISTENT, right, text, _noun(quantity), cause=cause, tie=5)


def _by_difference(quantity: Quantity, current: Quantity, differences: Sequence[Quantity], kind: RelationKind) -> Relation | None:
    """增加134人，增长12.2%: the base is the present value less the difference."""
    difference = differences[0]
    if not (current.is_count and same_unit(current, difference)) or quantity.sort is not Sort.RATE:
        return None
    base = (
        minus(of(current), of(difference))
        if "up" in difference.flags
        else (current.low + difference.low, None if current.high is None or difference.high is None else current.high + difference.high)
    )
    middle = current.value - difference.value if "up" in difference.flags else current.value + difference.value
    if base[0] <= 0 or middle <= 0:
        return None
    right = over(of(difference), base, 100)
    if right is None:
        return None
    sign = "－" if "up" in difference.flags else "＋"
    verdict = judged(quantity, right)
    if verdict is Verdict.INCONSISTENT and words_of(current) == "":
        return None
    return make(
        kind,
        quantity,
        (current, difference),
        verdict,
        difference.value * 100 / middle,
        f"{difference.text}÷（{current.text}{sign}{difference.text}）",
        _noun(quantity),
        tie=4,
    )


def _untestable(quantity: Quantity) -> Relation:
    return Relation(
        RelationKind.GROWTH, quantity, (), Verdict.UNTESTABLE, "",
        Text("文中没有写出比较的基数，无法核对增减", "the text does not give what is compared with"),
    )  # fmt: skip
