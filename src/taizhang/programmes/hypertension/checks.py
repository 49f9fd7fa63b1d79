"""Checks on the records of hypertension patients: what cannot be, and what is unlikely enough to be looked at."""

from taizhang.kernel.query.words import records
from taizhang.kernel.text import Text
from taizhang.programmes.chronic import checks as chronic
from taizhang.programmes.hypertension.indicators import ENROLMENTS, PATIENTS
from taizhang.programmes.hypertension.records import FOLLOW_UP, HYPERTENSION

_visit = records(FOLLOW_UP)

RECORDED_VISITS = chronic.recorded_visits(
    HYPERTENSION, Text("时段内高血压随访记录（含失访）", "Hypertension visits recorded in the period, those not reached included")
)

VISIT_AFTER_DEATH = chronic.visit_after_death(HYPERTENSION, RECORDED_VISITS)
CONTRADICTORY_PRESSURE = chronic.contradictory_pressure(HYPERTENSION, RECORDED_VISITS)
ALWAYS_ROUND = chronic.always_round(
    HYPERTENSION,
    PATIENTS,
    Text("本年血压全是整十数", "Every pressure of the year ends in nought"),
    measured=_visit.systolic.is_present,
    is_round=(_visit.systolic == _visit.systolic // 10 * 10) & (_visit.diastolic == _visit.diastolic // 10 * 10),
    explanation=Text(
        "多次测量的末位总是0，可能没有实际测量。", "Measured several times and always ending in nought: perhaps it was not measured."
    ),
    remedy=Text(
        "电话核实患者，复测血压，并抽查该医生的其他记录。", "Call the patient, measure again, and look at other records of the same doctor."
    ),
)
ONLY_BY_TELEPHONE = chronic.only_by_telephone(HYPERTENSION, PATIENTS)
RECORDED_LATE = chronic.recorded_late(HYPERTENSION, RECORDED_VISITS)
ENROLLED_TOO_YOUNG = chronic.enrolled_too_young(HYPERTENSION, ENROLMENTS)
