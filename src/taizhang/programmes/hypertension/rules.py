"""How a visit to a hypertension patient is judged, and what its form must hold.

The expressions are over one row of the follow-up table, whether it is still a form or already in the ledger.
"""

from taizhang.kernel.query.words import Expression, PersonRow, RowSet, choose, parameter, records
from taizhang.kernel.rules import EntryRule
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.chronic import ADVERSE, COMPLICATION, CONTROLLED, NOT_ASSESSED, UNCONTROLLED, FollowUpRules
from taizhang.programmes.elements import FACE_TO_FACE
from taizhang.programmes.hypertension.records import CASE, FOLLOW_UP

FOLLOW_UP_RULE = Source("国家基本公共卫生服务规范（第三版）", "高血压患者健康管理服务规范 二、服务内容（三）分类干预")

_visit = records(FOLLOW_UP)
_case = records(CASE)


def pressure_within_target(visit: RowSet | PersonRow) -> Expression:
    """Both pressures below the target for the resident's age at that visit; missing where none was measured. `visit` is a row of the
    follow-up table, or the one visit picked for a resident."""
    systolic_limit = choose(
        (visit.age_at_visit >= parameter("hypertension.elderly_age"), parameter("hypertension.target_systolic_elderly")),
        otherwise=parameter("hypertension.target_systolic"),
    )
    return (visit.systolic < systolic_limit) & (visit.diastolic < parameter("hypertension.target_diastolic"))


within_target = pressure_within_target(_visit).named("血压达标", "pressure within target", source=FOLLOW_UP_RULE)

danger = (
    (_visit.systolic >= parameter("hypertension.danger_systolic"))
    | (_visit.diastolic >= parameter("hypertension.danger_diastolic"))
    | _visit.danger_signs
).named("危急情况", "danger", source=FOLLOW_UP_RULE)

# If several apply, the most severe is recorded.
visit_class = choose(
    (_visit.outcome == "2", NOT_ASSESSED),
    (_visit.new_complication, COMPLICATION),
    (_visit.adverse_reaction == "2", ADVERSE),
    (within_target, CONTROLLED),
    (within_target.is_missing, NOT_ASSESSED),
    otherwise=UNCONTROLLED,
).named("此次随访分类", "class of the visit", source=FOLLOW_UP_RULE)

RULES = FollowUpRules(
    visit_class=visit_class.node,
    within_target=within_target.node,
    danger=danger.node,
    routine_months="hypertension.routine_months",
    early_days="hypertension.early_days",
)

ENTRY_RULES = (
    EntryRule(
        name="hypertension.pressure_in_pairs",
        table=FOLLOW_UP.table,
        holds=(
            (_visit.systolic.is_missing & _visit.diastolic.is_missing) | (_visit.systolic.is_present & _visit.diastolic.is_present)
        ).node,
        refusal=Text(
            "收缩压和舒张压应同时填写，现只填了一项；请补填另一项，或两项都不填。",
            "Systolic and diastolic pressure go together and only one is given. Give the other, or leave both empty.",
        ),
        fields=("systolic", "diastolic"),
    ),
    EntryRule(
        name="hypertension.diastolic_below_systolic",
        table=FOLLOW_UP.table,
        holds=(_visit.systolic.is_missing | _visit.diastolic.is_missing | (_visit.diastolic < _visit.systolic)).node,
        refusal=Text(
            "舒张压{diastolic}应低于收缩压{systolic}；请核对两项是否填反。",
            "Diastolic pressure {diastolic} must be below systolic {systolic}. Check whether the two were exchanged.",
        ),
        fields=("systolic", "diastolic"),
    ),
    EntryRule(
        name="hypertension.pressure_measured_face_to_face",
        table=FOLLOW_UP.table,
        holds=(~(_visit.way.is_in(*FACE_TO_FACE) & ~(_visit.outcome == "2") & _visit.systolic.is_missing)).node,
        refusal=Text(
            "门诊、家庭随访应测量血压；请填写血压，未见到本人的请将随访结果选为“失访”。",
            "A visit at the clinic or at home measures the pressure. Fill it in; if the patient was not met, choose “not reached”.",
        ),
        fields=("systolic", "diastolic", "outcome"),
        source=FOLLOW_UP_RULE,
    ),
    EntryRule(
        name="hypertension.nothing_measured_when_not_reached",
        table=FOLLOW_UP.table,
        holds=(~(_visit.outcome == "2") | _visit.systolic.is_missing).node,
        refusal=Text(
            "随访结果为“失访”，却填有血压{systolic}/{diastolic}；请改正随访结果，或删去血压。",
            "The outcome is “not reached”, yet a pressure {systolic}/{diastolic} is given. Correct the outcome or remove the pressure.",
        ),
        fields=("outcome", "systolic"),
    ),
    EntryRule(
        name="hypertension.diagnosed_before_enrolled",
        table=CASE.table,
        holds=(_case.diagnosed_on.is_missing | (_case.diagnosed_on <= _case.enrolled_on)).node,
        refusal=Text(
            "确诊日期{diagnosed_on}晚于纳入管理日期{enrolled_on}；先确诊后纳入，请核对两个日期。",
            "The diagnosis ({diagnosed_on}) is later than the enrolment ({enrolled_on}). Check both days.",
        ),
        fields=("diagnosed_on", "enrolled_on"),
    ),
    EntryRule(
        name="hypertension.closed_after_enrolled",
        table=CASE.table,
        holds=(_case.closed_on.is_missing | (_case.closed_on >= _case.enrolled_on)).node,
        refusal=Text(
            "终止管理日期{closed_on}早于纳入管理日期{enrolled_on}；请核对两个日期。",
            "The case is closed ({closed_on}) before it was enrolled ({enrolled_on}). Check both days.",
        ),
        fields=("closed_on", "enrolled_on"),
    ),
    EntryRule(
        name="hypertension.closing_has_a_reason",
        table=CASE.table,
        holds=(
            (_case.closed_on.is_missing & _case.close_reason.is_missing) | (_case.closed_on.is_present & _case.close_reason.is_present)
        ).node,
        refusal=Text(
            "终止管理日期和终止管理原因应同时填写；请补填缺少的一项。",
            "The day of closing and its reason go together. Fill in the missing one.",
        ),
        fields=("closed_on", "close_reason"),
    ),
)
