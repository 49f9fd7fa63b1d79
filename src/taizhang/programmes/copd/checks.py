"""Checks on the records of COPD patients: what cannot be, and what is unlikely enough to be looked at."""

from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.query.words import records
from taizhang.kernel.text import Text
from taizhang.programmes.chronic import checks as chronic
from taizhang.programmes.copd.indicators import ENROLMENTS, PATIENTS
from taizhang.programmes.copd.records import CASE, COPD, FOLLOW_UP

_visit = records(FOLLOW_UP)
_case = records(CASE)

RECORDED_VISITS = chronic.recorded_visits(
    COPD, Text("时段内慢阻肺随访记录（含失访）", "COPD visits recorded in the period, those not reached included")
)

VISIT_AFTER_DEATH = chronic.visit_after_death(COPD, RECORDED_VISITS)
ALWAYS_ROUND = chronic.always_round(
    COPD,
    PATIENTS,
    Text("本年CAT评分全是整十分", "Every CAT score of the year ends in nought"),
    measured=_visit.cat.is_present,
    is_round=_visit.cat == _visit.cat // 10 * 10,
    explanation=Text(
        "八道题的合计次次都是整十分，可能没有逐题询问。", "The sum of eight questions always ending in nought: perhaps they were not asked."
    ),
    remedy=Text("电话核实患者，逐题重新评分。", "Call the patient and score it again, question by question."),
)
ONLY_BY_TELEPHONE = chronic.only_by_telephone(COPD, PATIENTS)
RECORDED_LATE = chronic.recorded_late(COPD, RECORDED_VISITS)
ENROLLED_TOO_YOUNG = chronic.enrolled_too_young(COPD, ENROLMENTS)
WITHOUT_LUNG_FUNCTION = Check(
    code="copd.enrolled_without_lung_function",
    name=Text("没有肺功能结果即纳入管理", "Enrolled without a lung function"),
    severity=Severity.WARNING,
    population=ENROLMENTS,
    condition=_case.fev1_fvc.is_missing.node,
    explanation=Text(
        "慢阻肺须由吸入支气管舒张剂后的肺功能确诊，只凭症状容易误诊。",
        "COPD is confirmed by lung function after a bronchodilator; symptoms alone mislead.",
    ),
    remedy=Text("补录确诊时的肺功能结果，没有的安排检查。", "Write down the result of the diagnosis, or have it tested."),
)
NOT_OBSTRUCTED = Check(
    code="copd.enrolled_not_obstructed",
    name=Text("肺功能不支持慢阻肺诊断", "The lung function does not support the diagnosis"),
    severity=Severity.WARNING,
    population=ENROLMENTS,
    condition=(_case.fev1_fvc >= COPD.parameter("obstructed_below")).node,
    explanation=Text(
        "FEV1/FVC未低于诊断界值，可能诊断有误或录入有误。", "FEV1/FVC is not below the limit: the diagnosis or the entry may be wrong."
    ),
    remedy=Text("对照检查报告核对；诊断不成立的终止管理。", "Compare with the report; close the case if the diagnosis does not hold."),
)
