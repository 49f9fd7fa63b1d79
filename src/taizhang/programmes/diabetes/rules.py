"""How a visit to a patient with type 2 diabetes is judged, and what its form must hold.

The expressions are over one row of the follow-up table, whether it is still a form or already in the ledger.
"""

from taizhang.kernel.query.words import Expression, PersonRow, RowSet, choose, parameter, records
from taizhang.kernel.rules import EntryRule
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.chronic import ADVERSE, COMPLICATION, CONTROLLED, NOT_ASSESSED, UNCONTROLLED, FollowUpRules
from taizhang.programmes.diabetes.records import CASE, FOLLOW_UP
from taizhang.programmes.elements import FACE_TO_FACE

FOLLOW_UP_RULE = Source("国家基本公共卫生服务规范（第三版）", "2型糖尿病患者健康管理服务规范 二、服务内容（三）分类干预")

_visit = records(FOLLOW_UP)
_case = records(CASE)


def glucose_within_target(visit: RowSet | PersonRow) -> Expression:
    """Fasting glucose below the target; missing where it was not measured. `visit` is a row of the follow-up table, or the one visit
    picked for a resident."""
    return visit.fasting_glucose < parameter("diabetes.target_glucose")


within_target = glucose_within_target(_visit).named("空腹血糖达标", "fasting glucose within target", source=FOLLOW_UP_RULE)

danger = (
    (_visit.fasting_glucose >= parameter("diabetes.danger_glucose_high"))
    | (_visit.fasting_glucose <= parameter("diabetes.danger_glucose_low"))
    | (_visit.random_glucose >= parameter("diabetes.danger_glucose_high"))
    | (_visit.random_glucose <= parameter("diabetes.danger_glucose_low"))
    | (_visit.systolic >= parameter("diabetes.danger_systolic"))
    | (_visit.diastolic >= parameter("diabetes.danger_diastolic"))
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
    routine_months="diabetes.routine_months",
    early_days="diabetes.early_days",
)

ENTRY_RULES = (
    EntryRule(
        name="diabetes.pressure_in_pairs",
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
        name="diabetes.diastolic_below_systolic",
        table=FOLLOW_UP.table,
        holds=(_visit.systolic.is_missing | _visit.diastolic.is_missing | (_visit.diastolic < _visit.systolic)).node,
        refusal=Text(
            "舒张压{diastolic}应低于收缩压{systolic}；请核对两项是否填反。",
            "Diastolic pressure {diastolic} must be below systolic {systolic}. Check whether the two were exchanged.",
        ),
        fields=("systolic", "diastolic"),
    ),
    EntryRule(
        name="diabetes.glucose_measured_face_to_face",
        table=FOLLOW_UP.table,
        holds=(
            ~(
                _visit.way.is_in(*FACE_TO_FACE)
                & ~(_visit.outcome == "2")
                & _visit.fasting_glucose.is_missing
                & _visit.random_glucose.is_missing
            )
        ).node,
        refusal=Text(
            "门诊、家庭随访应测量血糖；请填写空腹血糖（未空腹的填随机血糖），未见到本人的请将随访结果选为“失访”。",
            "A visit at the clinic or at home measures the glucose. Fill in the fasting value (the random one after a meal); "
            "if the patient was not met, choose “not reached”.",
        ),
        fields=("fasting_glucose", "random_glucose", "outcome"),
        source=FOLLOW_UP_RULE,
    ),
    EntryRule(
        name="diabetes.nothing_measured_when_not_reached",
        table=FOLLOW_UP.table,
        holds=(~(_visit.outcome == "2") | (_visit.fasting_glucose.is_missing & _visit.random_glucose.is_missing)).node,
        refusal=Text(
            "随访结果为“失访”，却填有血糖值；请改正随访结果，或删去血糖值。",
            "The outcome is “not reached”, yet a glucose value is given. Correct the outcome or remove the value.",
        ),
        fields=("outcome", "fasting_glucose", "random_glucose"),
    ),
    EntryRule(
        name="diabetes.diagnosed_before_enrolled",
        table=CASE.table,
        holds=(_case.diagnosed_on.is_missing | (_case.diagnosed_on <= _case.enrolled_on)).node,
        refusal=Text(
            "确诊日期{diagnosed_on}晚于纳入管理日期{enrolled_on}；先确诊后纳入，请核对两个日期。",
            "The diagnosis ({diagnosed_on}) is later than the enrolment ({enrolled_on}). Check both days.",
        ),
        fields=("diagnosed_on", "enrolled_on"),
    ),
    EntryRule(
        name="diabetes.closed_after_enrolled",
        table=CASE.table,
        holds=(_case.closed_on.is_missing | (_case.closed_on >= _case.enrolled_on)).node,
        refusal=Text(
            "终止管理日期{closed_on}早于纳入管理日期{enrolled_on}；请核对两个日期。",
            "The case is closed ({closed_on}) before it was enrolled ({enrolled_on}). Check both days.",
        ),
        fields=("closed_on", "enrolled_on"),
    ),
    EntryRule(
        name="diabetes.closing_has_a_reason",
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
