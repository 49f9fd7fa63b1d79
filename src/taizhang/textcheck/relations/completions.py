"""Completion of a task: what was done against what was to be done."""

import re
from collections.abc import Sequence

from taizhang.kernel.text import Text
from taizhang.textcheck.amounts import Quantity
from taizhang.textcheck.model import Relation, RelationKind, Verdict
from taizhang.textcheck.reading import Sentence
from taizhang.textcheck.relations.pairing import STRONG, Pair, apart, quotient, topics_of
from taizhang.textcheck.relations.telling import make
from taizhang.textcheck.verdicts import judged, of, over
from taizhang.textcheck.words import same_unit, words_of

COMPLETES = re.compile(
    r"(?:完成|占|达到?|为|实现)[^，。；]*?(?:任务|目标|计划|指标|预算|约定(?:采购)?量|合同量|定额)[^，"
    r"。；]{0,16}?的?(?:比例)?(?:分别)?(?:为|达|的|:)*$|任务(?:数|量)?的$"
)


def completion(quantity: Quantity, counts: Sequence[Quantity], sentence: Sentence) -> Relation | None:
    targets = [c for c in counts if "target" in c.flags and c.is_testable]
    done = [c for c in counts if "target" not in c.flags and "from" not in c.flags and c.is_testable]
    pairs = [
        Pair(d, t, (3 if min(d.start, t.start) >= sentence.start else 2) + (1 if d is done[-1] or re.search(r"完成|实", d.lead) else 0))
        for t in targets for d in done if same_unit(d, t) and not apart(topics_of(words_of(d)), topics_of(words_of(t)))
    ]  # fmt: skip
    for d in done:  # 应检1000人，实检952人，完成率
        for t in done:
            if d is not t and same_unit(d, t) and re.search(r"应|计划|需", t.lead) and not targets:
                pairs.append(Pair(d, t, 4))
    kind = RelationKind.COMPLETION
    if not targets and not pairs and re.search(r"完成率[^，。；]*$", quantity.clause):
        kind = RelationKind.RATIO  # 入径4110例，完成3822例，完成率93%: no task was set
    pairs.sort(key=lambda p: (-p.tie, -p.top.start))
    if not targets:  # 总投资1300万元，已完成910万元，完成计划的70%: it may be so
        pairs += [Pair(d, t, 0) for t in done for d in done if d is not t and same_unit(d, t) and d.start > t.start and d.value <= t.value]
    judgements = [(judged(quantity, right), p) for p in pairs if (right := over(of(p.top), of(p.bottom), quantity.per)) is not None]
    for wanted in (Verdict.CONSISTENT, Verdict.ROUNDING):
        for verdict, pair in judgements:
            if verdict is wanted:
                return _completed(quantity, pair, verdict, kind)
    if not targets and len(done) > 1 and done[-2].value and same_unit(done[-1], done[-2]) and re.search("完成|实", done[-1].lead):
        exchanged = over(of(done[-2]), of(done[-1]), quantity.per)
        if exchanged is not None and judged(quantity, exchanged) is Verdict.CONSISTENT:
            return make(
                RelationKind.COMPLETION, quantity, (done[-1], done[-2]), Verdict.INCONSISTENT, quotient(done[-1], done[-2], quantity.per),
                f"{done[-1].text}÷{done[-2].text}", "完成比例",
                cause=Text("像是分子分母颠倒", "numerator and denominator seem to be exchanged"), tie=STRONG,
            )  # fmt: skip
    if judgements and judgements[0][1].tie >= STRONG:
        return _completed(quantity, judgements[0][1], Verdict.INCONSISTENT, kind)
    return Relation(
        RelationKind.COMPLETION, quantity, (), Verdict.UNTESTABLE, "",
        Text("文中没有写出任务数，无法核对完成率", "the text does not say the task, so its completion cannot be tested"),
    )  # fmt: skip


def _completed(quantity: Quantity, pair: Pair, verdict: Verdict, kind: RelationKind) -> Relation:
    right = quotient(pair.top, pair.bottom, quantity.per)
    return make(
        kind,
        quantity,
        (pair.top, pair.bottom),
        verdict,
        right,
        f"{pair.top.text}÷{pair.bottom.text}",
        "完成比例",
        tie=pair.tie,
    )
