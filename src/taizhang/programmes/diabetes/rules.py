"""How a visit to a patient with type 2 diabetes is judged, and what its form must hold.

The expressions are over one row of the follow-up table, whether it is still a form or already in the ledger.
"""

from taizhang.kernel.query.words import Expression, PersonRow, RowSet, records
from taizhang.kernel.rules import EntryRule
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.rules import (
    PRESSURE_DANGER,
    case_rules,
    follow_up_rules,
    met,
    pressure_rules,
    screening_notices,
    something_screened,
    visit_notices,
)
from taizhang.programmes.chronic.screening import Criterion, ScreeningRules, risks
from taizhang.programmes.chronic.words import too_heavy
from taizhang.programmes.diabetes.records import DIABETES, FOLLOW_UP, SCREENING
from taizhang.programmes.elements import NOT_REACHED

_visit = records(FOLLOW_UP)
_classes = DIABETES.classes_clause


def glucose_within_target(visit: RowSet | PersonRow) -> Expression:
    """Fasting glucose below the target; missing where it was not measured. `visit` is a row of the follow-up table, or the one visit
    picked for a resident."""
    return visit.fasting_glucose < DIABETES.parameter("target_glucose")


_high, _low = DIABETES.parameter("danger_glucose_high"), DIABETES.parameter("danger_glucose_low")
_danger_fasting = (_visit.fasting_glucose >= _high) | (_visit.fasting_glucose <= _low)
_danger_random = (_visit.random_glucose >= _high) | (_visit.random_glucose <= _low)
_danger_pressure = (_visit.systolic >= DIABETES.parameter("danger_systolic")) | (_visit.diastolic >= DIABETES.parameter("danger_diastolic"))

RULES = follow_up_rules(
    DIABETES,
    within_target=glucose_within_target(_visit).named("空腹血糖达标", "fasting glucose within target", source=_classes),
    danger=(_danger_fasting | _danger_random | _danger_pressure | _visit.danger_signs).named("危急情况", "danger", source=_classes),
)

NOTICES = visit_notices(
    DIABETES,
    fasting_glucose=(
        _danger_fasting,
        Text(
            "空腹血糖{fasting_glucose}mmol/L达到危急值：处理后紧急转诊，2周内主动随访转诊情况。",
            "Fasting glucose {fasting_glucose} mmol/L is a danger: treat, refer at once, and follow the referral within two weeks.",
        ),
    ),
    random_glucose=(
        _danger_random,
        Text(
            "随机血糖{random_glucose}mmol/L达到危急值：处理后紧急转诊，2周内主动随访转诊情况。",
            "Random glucose {random_glucose} mmol/L is a danger: treat, refer at once, and follow the referral within two weeks.",
        ),
    ),
    pressure=(_danger_pressure, PRESSURE_DANGER),
)

# -- screening of people at high risk -----------------------------------------------------------------------------------------

_seen = records(SCREENING)
_service = DIABETES.service_clause
_raised = (_seen.fasting_glucose >= DIABETES.parameter("screening_fasting")) | (
    _seen.random_glucose >= DIABETES.parameter("screening_random")
)

CRITERIA = (
    Criterion(
        "1",
        Text("糖调节受损", "Impaired glucose regulation"),
        (_seen.fasting_glucose >= DIABETES.parameter("impaired_fasting"))
        .named("空腹血糖受损", "impaired fasting glucose", source=_service)
        .node,
    ),
    Criterion(
        "2",
        Text("超重或肥胖，和（或）腹型肥胖", "Overweight or central obesity"),
        too_heavy(_seen).named("超重、肥胖或腹型肥胖", "overweight or central obesity", source=_service).node,
    ),
    Criterion("3", Text("糖尿病家族史", "Family history"), _seen.family_diabetes.node),
    Criterion("4", Text("妊娠期糖尿病史或巨大儿生育史", "Gestational diabetes or a heavy child"), _seen.gestational_diabetes.node),
    Criterion("5", Text("高血压", "Hypertension"), _seen.raised_pressure.node),
    Criterion("6", Text("血脂异常", "Raised lipids"), _seen.raised_lipids.node),
    Criterion("7", Text("缺乏体力活动", "Little exercise"), _seen.sedentary.node),
    Criterion("8", Text("年龄较大", "Age"), (_seen.age_at_screening >= DIABETES.parameter("risk_age")).node),
)
RISKS = risks("diabetes_risks", CRITERIA)

SCREENING_RULES = ScreeningRules(
    measured=(_seen.fasting_glucose.is_present | _seen.random_glucose.is_present).node,
    raised=_raised.named("血糖升高", "glucose raised", source=_service).node,
    criteria=CRITERIA,
    times_raised=DIABETES.named("times_raised"),
    again_days=DIABETES.named("again_days"),
    referral_days=DIABETES.named("early_days"),
    high_risk_months=DIABETES.named("high_risk_months"),
)

SCREENING_NOTICES = screening_notices(
    DIABETES,
    suspected=Text(
        "血糖达到疑似糖尿病水平：建议转诊到上级医院确诊，2周内随访转诊结果。",
        "The glucose suggests diabetes: refer to confirm, and follow the referral within two weeks.",
    ),
    again=Text("血糖升高：预约非同日复测空腹血糖。", "The glucose is raised: measure it again, fasting, on another day."),
    high_risk=Text(
        "2型糖尿病高危人群：进行有针对性的健康教育，每年至少测量1次空腹血糖。",
        "At high risk of type 2 diabetes: advise, and measure the fasting glucose at least once a year.",
    ),
)

_no_glucose = _visit.fasting_glucose.is_missing & _visit.random_glucose.is_missing

ENTRY_RULES = (
    *pressure_rules(DIABETES),
    EntryRule(
        name="diabetes.glucose_measured_face_to_face",
        table=FOLLOW_UP.table,
        holds=(~(met(DIABETES) & _no_glucose)).node,
        refusal=Text(
            "门诊、家庭随访应测量血糖；请填写空腹血糖（未空腹的填随机血糖），未见到本人的请将随访结果选为“失访”。",
            "A visit at the clinic or at home measures the glucose. Fill in the fasting value (the random one after a meal); "
            "if the patient was not met, choose “not reached”.",
        ),
        fields=("fasting_glucose", "random_glucose", "outcome"),
        source=_classes,
    ),
    EntryRule(
        name="diabetes.nothing_measured_when_not_reached",
        table=FOLLOW_UP.table,
        holds=(~(_visit.outcome == NOT_REACHED) | _no_glucose).node,
        refusal=Text(
            "随访结果为“失访”，却填有血糖值；请改正随访结果，或删去血糖值。",
            "The outcome is “not reached”, yet a glucose value is given. Correct the outcome or remove the value.",
        ),
        fields=("outcome", "fasting_glucose", "random_glucose"),
    ),
    something_screened(
        DIABETES,
        "fasting_glucose",
        "random_glucose",
        refusal=Text(
            "筛查应测量血糖，或填写转诊结果；请补填其中一项。", "A screening measures the glucose or tells a referral's result. Give one."
        ),
    ),
    *case_rules(DIABETES),
)
