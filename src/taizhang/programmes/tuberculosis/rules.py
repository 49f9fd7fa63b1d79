"""Rules over the records of tuberculosis: when the next visit is due, who took the medicines regularly, what the forms must hold."""

from functools import reduce
from operator import or_

from taizhang.kernel.query.words import Expression, RowSet, choose, parameter, records
from taizhang.kernel.rules import EntryRule, Notice
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.disease import SPECIFICATION
from taizhang.programmes.elements import NOT_REACHED
from taizhang.programmes.tuberculosis.elements import COMPLETED, INTENSIVE, MEDICAL
from taizhang.programmes.tuberculosis.records import CASE, FIRST_VISIT, FOLLOW_UP, REFERRAL
from taizhang.programmes.tuberculosis.visits import FAMILY_CONTINUATION, FAMILY_INTENSIVE, NONE, DueRule
from taizhang.programmes.tuberculosis.visits import MEDICAL as MONTHLY
from taizhang.programmes.tuberculosis.visits import REFERRAL as AFTER_REFERRAL

_CHAPTER = "肺结核患者健康管理服务规范"
SCREENING = Source(SPECIFICATION, f"{_CHAPTER} 二、服务内容（一）筛查及推介转诊")
FIRST = Source(SPECIFICATION, f"{_CHAPTER} 二、服务内容（二）第一次入户随访")
SUPERVISION = Source(SPECIFICATION, f"{_CHAPTER} 二、服务内容（三）督导服药和随访管理")
CLOSING = Source(SPECIFICATION, f"{_CHAPTER} 二、服务内容（四）结案评估")
TARGETS = Source(SPECIFICATION, f"{_CHAPTER} 五、工作指标")

_referral, _case, _first, _visit = records(REFERRAL), records(CASE), records(FIRST_VISIT), records(FOLLOW_UP)

# -- what follows from a visit ------------------------------------------------------------------------------------------------------

needs_referral = ((_visit.adverse_reaction == "2") | (_visit.complication == "2")).named(
    "有不良反应或并发症", "a reaction or a complication", source=SUPERVISION
)

AFTER_FOLLOW_UP = DueRule(
    choose(
        (_visit.outcome == NOT_REACHED, NONE),
        (needs_referral, AFTER_REFERRAL),
        (_visit.supervisor == MEDICAL, MONTHLY),
        (_visit.phase == INTENSIVE, FAMILY_INTENSIVE),
        otherwise=FAMILY_CONTINUATION,
    ).node
)
# Treatment begins with its intensive phase.
AFTER_FIRST_VISIT = DueRule(
    choose((_first.outcome == NOT_REACHED, NONE), (_first.supervisor == MEDICAL, MONTHLY), otherwise=FAMILY_INTENSIVE).node
)


def regular(case: RowSet) -> Expression:
    """规则服药: of the doses due over the whole course at least the stated share was taken; missing where doses were not counted."""
    return (case.doses_taken * 100 >= case.doses_due * parameter("tuberculosis.regular_percent")).named(
        "规则服药",
        "took the medicines regularly",
        unmet=Text(
            "实际服药次数不足应服药次数的规定比例，或结案时未填服药次数", "too few of the doses due were taken, or doses were not counted"
        ),
        source=TARGETS,
    )


# -- what a form says at once ---------------------------------------------------------------------------------------------------------

NOTICES = (
    Notice(
        "tuberculosis.two_visits_in_vain",
        FIRST_VISIT.table,
        ((_first.failed_attempts >= parameter("tuberculosis.attempts")) & _first.told_above_on.is_missing).node,
        Text(
            "已连续{failed_attempts}次未访到患者：立即向上级专业机构报告，并填写报告日期。",
            "The patient was not met {failed_attempts} times running: tell the level above at once and write down the day.",
        ),
        urgent=True,
        source=FIRST,
    ),
    Notice(
        "tuberculosis.refer",
        FOLLOW_UP.table,
        (needs_referral & ~(_visit.outcome == NOT_REACHED)).node,
        Text(
            "出现药物不良反应、并发症或合并症：立即转诊，2周内随访转诊结果。",
            "A reaction, a complication or another disease: refer at once and follow up within two weeks.",
        ),
        urgent=True,
        source=SUPERVISION,
    ),
    Notice(
        "tuberculosis.doses_missed",
        FOLLOW_UP.table,
        ((_visit.doses_missed >= 1) & ~needs_referral).node,
        Text(
            "本次随访间漏服药{doses_missed}次：查明原因。由不良反应引起的应转诊；其他原因的，加强督导和健康教育。",
            "{doses_missed} doses were missed: find out why. Refer where a reaction is behind it; otherwise supervise and advise.",
        ),
        source=SUPERVISION,
    ),
    Notice(
        "tuberculosis.irregular",
        CASE.table,
        ((_case.stop_reason == COMPLETED) & ~regular(_case) & _case.doses_due.is_present).node,
        Text("服药率{adherence_percent}%，未达到规则服药标准。", "{adherence_percent} % of the doses were taken: not regular."),
        source=TARGETS,
    ),
)

# -- what a form must hold ----------------------------------------------------------------------------------------------------------------


def _any_of(*conditions: Expression) -> Expression:
    return reduce(or_, conditions)


def _rule(name: str, table: str, holds: Expression, zh: str, en: str, *fields: str, source: Source) -> EntryRule:
    return EntryRule(name=f"tuberculosis.{name}", table=table, holds=holds.node, refusal=Text(zh, en), fields=fields, source=source)


def _not_before(name: str, table: str, later: Expression, earlier: Expression, zh: str, en: str, *fields: str, source: Source) -> EntryRule:
    return _rule(name, table, _any_of(later.is_missing, earlier.is_missing, later >= earlier), zh, en, *fields, source=source)


def _together(name: str, table: str, one: Expression, other: Expression, zh: str, en: str, *fields: str, source: Source) -> EntryRule:
    both = _any_of(one.is_missing & other.is_missing, one.is_present & other.is_present)
    return _rule(name, table, both, zh, en, *fields, source=source)


ENTRY_RULES = (
    _not_before(
        "traced_after_referred", REFERRAL.table, _referral.traced_on, _referral.referred_on,
        "随访（追踪）日期{traced_on}早于推介转诊日期{referred_on}；请核对。",
        "Followed up on {traced_on}, before the referral on {referred_on}. Check both days.",
        "traced_on", "referred_on", source=SCREENING,
    ),
    _not_before(
        "arrived_after_referred", REFERRAL.table, _referral.arrived_on, _referral.referred_on,
        "到位就诊日期{arrived_on}早于推介转诊日期{referred_on}；请核对。",
        "Arrived on {arrived_on}, before the referral on {referred_on}. Check both days.",
        "arrived_on", "referred_on", source=SCREENING,
    ),
    _rule(
        "result_after_arrival", REFERRAL.table, _referral.result.is_missing | _referral.arrived_on.is_present,
        "填有就诊结果而没有到位就诊日期；请补填日期，或删去结果。",
        "A result is given without the day of arrival. Give the day, or remove the result.",
        "arrived_on", "result", source=SCREENING,
    ),
    _not_before(
        "notified_after_diagnosed", CASE.table, _case.notified_on, _case.diagnosed_on,
        "接到通知单日期{notified_on}早于确诊日期{diagnosed_on}；先确诊后通知，请核对。",
        "The notice ({notified_on}) came before the diagnosis ({diagnosed_on}). Check both days.",
        "notified_on", "diagnosed_on", source=FIRST,
    ),
    _not_before(
        "stopped_after_started", CASE.table, _case.stopped_on, _case.treatment_started_on,
        "停止治疗时间{stopped_on}早于开始治疗日期{treatment_started_on}；请核对。",
        "Treatment stopped on {stopped_on}, before it began on {treatment_started_on}. Check both days.",
        "stopped_on", "treatment_started_on", source=CLOSING,
    ),
    _not_before(
        "stopped_after_notified", CASE.table, _case.stopped_on, _case.notified_on,
        "停止治疗时间{stopped_on}早于接到通知单日期{notified_on}；请核对。",
        "Treatment stopped on {stopped_on}, before the notice of {notified_on}. Check both days.",
        "stopped_on", "notified_on", source=CLOSING,
    ),
    _together(
        "stopping_has_a_reason", CASE.table, _case.stopped_on, _case.stop_reason,
        "停止治疗时间和停止治疗原因应同时填写；请补填缺少的一项。",
        "The day treatment stopped and the reason go together. Fill in the missing one.",
        "stopped_on", "stop_reason", source=CLOSING,
    ),
    _rule(
        "doses_counted_at_the_end", CASE.table,
        ~(_case.stop_reason == COMPLETED) | (_case.doses_due.is_present & _case.doses_taken.is_present),
        "完成疗程的，结案评估应填应服药次数和实际服药次数；请补填。",
        "A completed treatment is closed with the doses due and taken. Fill both in.",
        "doses_due", "doses_taken", source=CLOSING,
    ),
    _rule(
        "no_more_doses_than_due", CASE.table,
        _any_of(_case.doses_due.is_missing, _case.doses_taken.is_missing, _case.doses_taken <= _case.doses_due),
        "实际服药{doses_taken}次，多于应服药{doses_due}次；请核对。",
        "{doses_taken} doses taken, more than the {doses_due} due. Check both.",
        "doses_taken", "doses_due", source=CLOSING,
    ),
    _rule(
        "first_visit_chooses_a_supervisor", FIRST_VISIT.table, (_first.outcome == NOT_REACHED) | _first.supervisor.is_present,
        "第一次入户随访应确定督导人员；请选择，未访到患者的请将随访结果选为“失访”。",
        "The first home visit names the supervisor. Choose one, or “not reached” if the patient was not met.",
        "supervisor", source=FIRST,
    ),
    _not_before(
        "told_after_the_visit", FIRST_VISIT.table, _first.told_above_on, _first.visited_on,
        "报告上级日期{told_above_on}早于随访日期{visited_on}；请核对。",
        "Told to the level above on {told_above_on}, before the visit on {visited_on}. Check both days.",
        "told_above_on", source=FIRST,
    ),
    _rule(
        "visit_names_supervisor_and_phase", FOLLOW_UP.table,
        (_visit.outcome == NOT_REACHED) | (_visit.supervisor.is_present & _visit.phase.is_present),
        "督导人员和治疗阶段决定下次随访日期，应同时填写；请补填。",
        "Supervisor and phase decide when the next visit is due. Fill both in.",
        "supervisor", "phase", source=SUPERVISION,
    ),
    _rule(
        "visit_asks_for_missed_doses", FOLLOW_UP.table, (_visit.outcome == NOT_REACHED) | _visit.doses_missed.is_present,
        "每次随访应核实漏服药次数，没有漏服的填0；请补填。",
        "Every visit counts the doses missed; write 0 for none.",
        "doses_missed", source=SUPERVISION,
    ),
    _rule(
        "nothing_found_when_not_reached", FOLLOW_UP.table, ~(_visit.outcome == NOT_REACHED) | _visit.doses_missed.is_missing,
        "随访结果为“失访”，却填有漏服药次数{doses_missed}；请改正随访结果，或删去次数。",
        "The outcome is “not reached”, yet {doses_missed} missed doses are given. Correct the outcome or remove them.",
        "outcome", "doses_missed", source=SUPERVISION,
    ),
)  # fmt: skip
