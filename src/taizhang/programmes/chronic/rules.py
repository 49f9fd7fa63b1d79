"""How a visit to a chronic patient is judged, and what the forms of every chronic disease must hold.

The expressions are over one row of a table, whether it is still a form or already in the ledger.
"""

from functools import reduce
from operator import and_, or_

from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.query.words import Expression, choose, records
from taizhang.kernel.rules import EntryRule, Notice
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.disease import ManagedDisease
from taizhang.programmes.chronic.screening import AGAIN, HIGH_RISK, SUSPECTED
from taizhang.programmes.chronic.visits import (
    ADVERSE,
    COMPLICATION,
    CONTROLLED,
    NOT_ASSESSED,
    REFERRAL,
    TWO_WEEKS_ADVERSE,
    TWO_WEEKS_UNCONTROLLED,
    UNCONTROLLED,
    FollowUpRules,
)
from taizhang.programmes.elements import FACE_TO_FACE, NOT_REACHED


def follow_up_rules(disease: ManagedDisease, *, within_target: Expression, danger: Expression) -> FollowUpRules:
    """The rules its visits are judged by. within_target: missing where nothing was measured. danger: refer whatever else was found."""
    visit = records(disease.follow_up)
    # If several apply, the most severe is recorded.
    visit_class = choose(
        (visit.outcome == NOT_REACHED, NOT_ASSESSED),
        (visit.new_complication, COMPLICATION),
        (visit.adverse_reaction == "2", ADVERSE),
        (within_target, CONTROLLED),
        (within_target.is_missing, NOT_ASSESSED),
        otherwise=UNCONTROLLED,
    ).named("此次随访分类", "class of the visit", source=disease.classes_clause)
    return FollowUpRules(
        visit_class=visit_class.node,
        within_target=within_target.node,
        danger=danger.node,
        routine_months=disease.named("routine_months"),
        early_days=disease.named("early_days"),
    )


PRESSURE_DANGER = Text(
    "血压{systolic}/{diastolic}mmHg达到危急值：处理后紧急转诊，2周内主动随访转诊情况。",
    "Pressure {systolic}/{diastolic} mmHg is a danger: treat, refer at once, and follow the referral within two weeks.",
)


def visit_notices(disease: ManagedDisease, **dangers: tuple[Expression, Text]) -> tuple[Notice, ...]:
    """What a form says at once about a visit, as its class and the visits before it have it. dangers: by name, a measured value at which
    the patient is sent on at once, and what is told then."""
    visit = records(disease.follow_up)
    table, source = disease.follow_up.table, disease.classes_clause
    in_danger = reduce(or_, (condition for condition, _ in dangers.values()), visit.danger_signs)
    return (
        *(
            Notice(disease.named(f"danger_{name}"), table, condition.node, text, urgent=True, source=source)
            for name, (condition, text) in dangers.items()
        ),
        Notice(
            disease.named("danger_signs"),
            table,
            visit.danger_signs.node,
            Text(
                "有危急症状：处理后紧急转诊，2周内主动随访转诊情况。",
                "Danger signs: treat, refer at once, and follow the referral within two weeks.",
            ),
            urgent=True,
            source=source,
        ),
        Notice(
            disease.named("refer"),
            table,
            ((visit.due_reason == REFERRAL) & ~in_danger).node,
            Text(
                "连续两次未达标、不良反应难以控制或出现并发症：建议转诊到上级医院，2周内主动随访。",
                "Twice not controlled, an adverse reaction that persists, or a complication: refer, and follow within two weeks.",
            ),
            urgent=True,
            source=source,
        ),
        Notice(
            disease.named("first_uncontrolled"),
            table,
            (visit.due_reason == TWO_WEEKS_UNCONTROLLED).node,
            Text(
                "第一次控制不满意：询问服药情况，必要时增加剂量、更换或加用药物，2周内随访。",
                "Not controlled for the first time: ask about medicines, change them where needed, and visit within two weeks.",
            ),
            source=source,
        ),
        Notice(
            disease.named("first_adverse"),
            table,
            (visit.due_reason == TWO_WEEKS_ADVERSE).node,
            Text(
                "出现药物不良反应：调整用药，2周内随访。",
                "An adverse reaction: change the medicine and visit within two weeks.",
            ),
            source=source,
        ),
    )


def met(disease: ManagedDisease) -> Expression:
    """Doctor and patient met at the visit, so that what the specification asks for could be measured."""
    visit = records(disease.follow_up)
    return visit.way.is_in(*FACE_TO_FACE) & ~(visit.outcome == NOT_REACHED)


def pressure_rules(disease: ManagedDisease, contract: RecordContract | None = None, name: str = "") -> tuple[EntryRule, ...]:
    """Entry rules of a form that has a blood pressure: the visits, or the one of another table; name: what its rules' names begin with."""
    contract = contract or disease.follow_up
    visit = records(contract)
    return (
        EntryRule(
            name=disease.named(f"{name}pressure_in_pairs"),
            table=contract.table,
            holds=(
                (visit.systolic.is_missing & visit.diastolic.is_missing) | (visit.systolic.is_present & visit.diastolic.is_present)
            ).node,
            refusal=Text(
                "收缩压和舒张压应同时填写，现只填了一项；请补填另一项，或两项都不填。",
                "Systolic and diastolic pressure go together and only one is given. Give the other, or leave both empty.",
            ),
            fields=("systolic", "diastolic"),
        ),
        EntryRule(
            name=disease.named(f"{name}diastolic_below_systolic"),
            table=contract.table,
            holds=(visit.systolic.is_missing | visit.diastolic.is_missing | (visit.diastolic < visit.systolic)).node,
            refusal=Text(
                "舒张压{diastolic}应低于收缩压{systolic}；请核对两项是否填反。",
                "Diastolic pressure {diastolic} must be below systolic {systolic}. Check whether the two were exchanged.",
            ),
            fields=("systolic", "diastolic"),
        ),
    )


def case_rules(disease: ManagedDisease) -> tuple[EntryRule, ...]:
    """Entry rules of the cases."""
    case = records(disease.case)
    return (
        EntryRule(
            name=disease.named("diagnosed_before_enrolled"),
            table=disease.case.table,
            holds=(case.diagnosed_on.is_missing | (case.diagnosed_on <= case.enrolled_on)).node,
            refusal=Text(
                "确诊日期{diagnosed_on}晚于纳入管理日期{enrolled_on}；先确诊后纳入，请核对两个日期。",
                "The diagnosis ({diagnosed_on}) is later than the enrolment ({enrolled_on}). Check both days.",
            ),
            fields=("diagnosed_on", "enrolled_on"),
        ),
        EntryRule(
            name=disease.named("closed_after_enrolled"),
            table=disease.case.table,
            holds=(case.closed_on.is_missing | (case.closed_on >= case.enrolled_on)).node,
            refusal=Text(
                "终止管理日期{closed_on}早于纳入管理日期{enrolled_on}；请核对两个日期。",
                "The case is closed ({closed_on}) before it was enrolled ({enrolled_on}). Check both days.",
            ),
            fields=("closed_on", "enrolled_on"),
        ),
        EntryRule(
            name=disease.named("closing_has_a_reason"),
            table=disease.case.table,
            holds=(
                (case.closed_on.is_missing & case.close_reason.is_missing) | (case.closed_on.is_present & case.close_reason.is_present)
            ).node,
            refusal=Text(
                "终止管理日期和终止管理原因应同时填写；请补填缺少的一项。",
                "The day of closing and its reason go together. Fill in the missing one.",
            ),
            fields=("closed_on", "close_reason"),
        ),
    )


def something_screened(disease: ManagedDisease, *values: str, refusal: Text) -> EntryRule:
    """A screening holds one of these values, or the result of a referral."""
    row = records(disease.screening)
    nothing = reduce(and_, (getattr(row, value).is_missing for value in values), row.referral_result.is_missing)
    return EntryRule(
        name=disease.named("something_screened"),
        table=disease.screening.table,
        holds=(~nothing).node,
        refusal=refusal,
        fields=(*values, "referral_result"),
        source=disease.service_clause,
    )


def screening_notices(disease: ManagedDisease, *, suspected: Text, again: Text | None, high_risk: Text | None) -> tuple[Notice, ...]:
    """What the form of a screening says at once, as its result has it."""
    row = records(disease.screening)
    told = ((SUSPECTED, suspected, True), (AGAIN, again, False), (HIGH_RISK, high_risk, False))
    return tuple(
        Notice(
            disease.named(f"screening_{code}"), disease.screening.table, (row.result == code).node, text, urgent=urgent,
            source=disease.service_clause,
        )
        for code, text, urgent in told
        if text is not None
    )  # fmt: skip
