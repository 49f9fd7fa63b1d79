"""Checks on the records of tuberculosis: what cannot be, and what is unlikely enough to be looked at."""

from taizhang.county.vocabulary import resident
from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.query.words import parameter, records
from taizhang.kernel.text import Text
from taizhang.programmes.elements import NOT_REACHED, REACHED
from taizhang.programmes.tuberculosis.indicators import CLOSED_CASES, NOTICES_MATURED, VISITS_MADE
from taizhang.programmes.tuberculosis.records import CASE, FIRST_VISIT, FOLLOW_UP

_visits, _cases, _firsts = records(FOLLOW_UP), records(CASE), records(FIRST_VISIT)

VISIT_AFTER_DEATH = Check(
    code="tuberculosis.visit_after_death",
    name=Text("死亡后仍有随访", "A visit after the death"),
    severity=Severity.CRITICAL,
    population=VISITS_MADE,
    condition=(_visits.visited_on > resident.died_on).node,
    explanation=Text("随访记录可能是虚构的，或死亡日期登记有误。", "The visit may be made up, or the date of death may be wrong."),
    remedy=Text(
        "核对死亡日期；随访不实的删除记录并追查录入人。",
        "Check the date of death; remove a visit that was not made and ask who entered it.",
    ),
)

_in_vain = _firsts.where(_firsts.outcome == NOT_REACHED).count()
_met = _firsts.where(_firsts.outcome == REACHED).count()
_told = _firsts.where(_firsts.told_above_on.is_present).count()

NOT_TOLD = Check(
    code="tuberculosis.not_met_and_not_told",
    name=Text("多次未访到而未报告上级", "Not met several times and not told to the level above"),
    severity=Severity.CRITICAL,
    population=NOTICES_MATURED,
    condition=((_in_vain >= parameter("tuberculosis.attempts")) & (_met == 0) & (_told == 0)).node,
    explanation=Text(
        "72小时内两次未访到的应向上级专业机构报告；患者可能已失去追踪。", "Two visits in vain within 72 hours are told to the level above."
    ),
    remedy=Text("立即报告，会同上级追踪患者，补记报告日期。", "Tell them at once, trace the patient together, and write down the day."),
)

NO_VISIT_BEFORE_THE_END = Check(
    code="tuberculosis.closed_without_visit",
    name=Text("结案而从未随访", "Closed and never visited"),
    severity=Severity.WARNING,
    population=CLOSED_CASES,
    condition=((_visits.where(_visits.outcome == REACHED).count() == 0) & (_cases.stop_reason == "1")).node,
    explanation=Text(
        "完成疗程的患者应有多次随访；可能漏录，也可能没有督导。",
        "A completed treatment has several visits; not recorded, or not supervised.",
    ),
    remedy=Text(
        "对照纸质随访表补录；确未随访的，核实服药次数。", "Enter them from the paper form; where there were none, check the doses."
    ),
)
