"""How a visit to a hypertension patient is judged, and what its form must hold.

The expressions are over one row of the follow-up table, whether it is still a form or already in the ledger.
"""

from taizhang.kernel.query.words import Expression, PersonRow, RowSet, choose, records
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
from taizhang.programmes.elements import NOT_REACHED
from taizhang.programmes.hypertension.records import FOLLOW_UP, HYPERTENSION, SCREENING

_visit = records(FOLLOW_UP)
_classes = HYPERTENSION.classes_clause


def pressure_within_target(visit: RowSet | PersonRow) -> Expression:
    """Both pressures below the target for the resident's age at that visit; missing where none was measured. `visit` is a row of the
    follow-up table, or the one visit picked for a resident."""
    systolic_limit = choose(
        (visit.age_at_visit >= HYPERTENSION.parameter("elderly_age"), HYPERTENSION.parameter("target_systolic_elderly")),
        otherwise=HYPERTENSION.parameter("target_systolic"),
    )
    return (visit.systolic < systolic_limit) & (visit.diastolic < HYPERTENSION.parameter("target_diastolic"))


_danger_pressure = (_visit.systolic >= HYPERTENSION.parameter("danger_systolic")) | (
    _visit.diastolic >= HYPERTENSION.parameter("danger_diastolic")
)

RULES = follow_up_rules(
    HYPERTENSION,
    within_target=pressure_within_target(_visit).named("血压达标", "pressure within target", source=_classes),
    danger=(_danger_pressure | _visit.danger_signs).named("危急情况", "danger", source=_classes),
)

NOTICES = visit_notices(HYPERTENSION, pressure=(_danger_pressure, PRESSURE_DANGER))

# -- screening: 35岁首诊测压 and people at high risk ------------------------------------------------------------------------

_seen = records(SCREENING)
_service = HYPERTENSION.service_clause
_raised = (_seen.systolic >= HYPERTENSION.parameter("screening_systolic")) | (
    _seen.diastolic >= HYPERTENSION.parameter("screening_diastolic")
)
_high_normal = (_seen.systolic >= HYPERTENSION.parameter("high_normal_systolic")) | (
    _seen.diastolic >= HYPERTENSION.parameter("high_normal_diastolic")
)

CRITERIA = (
    Criterion(
        "1",
        Text("血压高值", "High-normal pressure"),
        _high_normal.named("血压高值", "high-normal pressure", source=_service).node,
    ),
    Criterion(
        "2",
        Text("超重或肥胖，和（或）腹型肥胖", "Overweight or central obesity"),
        too_heavy(_seen).named("超重、肥胖或腹型肥胖", "overweight or central obesity", source=_service).node,
    ),
    Criterion("3", Text("高血压家族史", "Family history"), _seen.family_hypertension.node),
    Criterion("4", Text("长期膳食高盐", "Salty food"), (_seen.salt == "3").node),
    Criterion("5", Text("长期过量饮酒", "Heavy drinking"), (_seen.drinking >= HYPERTENSION.parameter("risk_drinking")).node),
    Criterion("6", Text("年龄较大", "Age"), (_seen.age_at_screening >= HYPERTENSION.parameter("risk_age")).node),
)
RISKS = risks("hypertension_risks", CRITERIA)

SCREENING_RULES = ScreeningRules(
    measured=(_seen.systolic.is_present & _seen.diastolic.is_present).node,
    raised=_raised.named("血压升高", "pressure raised", source=_service).node,
    criteria=CRITERIA,
    times_raised=HYPERTENSION.named("times_raised"),
    again_days=HYPERTENSION.named("again_days"),
    referral_days=HYPERTENSION.named("early_days"),
    high_risk_months=HYPERTENSION.named("high_risk_months"),
)

SCREENING_NOTICES = screening_notices(
    HYPERTENSION,
    suspected=Text(
        "非同日多次血压{systolic}/{diastolic}mmHg仍高：初步诊断为高血压，建议转诊确诊，2周内随访转诊结果。",
        "Pressure {systolic}/{diastolic} mmHg raised on several days: refer to confirm, and follow the referral within two weeks.",
    ),
    again=Text(
        "血压{systolic}/{diastolic}mmHg升高：去除可能引起升高的因素，预约非同日复测。",
        "Pressure {systolic}/{diastolic} mmHg is raised: remove what may raise it, and measure again on another day.",
    ),
    high_risk=Text(
        "高血压高危人群：进行有针对性的健康教育，至少每半年测量1次血压。",
        "At high risk of hypertension: advise, and measure the pressure at least every half-year.",
    ),
)

ENTRY_RULES = (
    *pressure_rules(HYPERTENSION),
    *pressure_rules(HYPERTENSION, SCREENING, "screening_"),
    something_screened(
        HYPERTENSION,
        "systolic",
        refusal=Text(
            "筛查应测量血压，或填写转诊结果；请补填其中一项。", "A screening measures the pressure or tells a referral's result. Give one."
        ),
    ),
    EntryRule(
        name="hypertension.pressure_measured_face_to_face",
        table=FOLLOW_UP.table,
        holds=(~(met(HYPERTENSION) & _visit.systolic.is_missing)).node,
        refusal=Text(
            "门诊、家庭随访应测量血压；请填写血压，未见到本人的请将随访结果选为“失访”。",
            "A visit at the clinic or at home measures the pressure. Fill it in; if the patient was not met, choose “not reached”.",
        ),
        fields=("systolic", "diastolic", "outcome"),
        source=_classes,
    ),
    EntryRule(
        name="hypertension.nothing_measured_when_not_reached",
        table=FOLLOW_UP.table,
        holds=(~(_visit.outcome == NOT_REACHED) | _visit.systolic.is_missing).node,
        refusal=Text(
            "随访结果为“失访”，却填有血压{systolic}/{diastolic}；请改正随访结果，或删去血压。",
            "The outcome is “not reached”, yet a pressure {systolic}/{diastolic} is given. Correct the outcome or remove the pressure.",
        ),
        fields=("outcome", "systolic"),
    ),
    *case_rules(HYPERTENSION),
)
