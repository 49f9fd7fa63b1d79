"""Checks on the records of patients with type 2 diabetes: what cannot be, and what is unlikely enough to be looked at."""

from taizhang.kernel.query.words import records
from taizhang.kernel.text import Text
from taizhang.programmes.chronic import checks as chronic
from taizhang.programmes.diabetes.indicators import ENROLMENTS, PATIENTS
from taizhang.programmes.diabetes.records import DIABETES, FOLLOW_UP

_visit = records(FOLLOW_UP)

RECORDED_VISITS = chronic.recorded_visits(
    DIABETES, Text("时段内2型糖尿病随访记录（含失访）", "Type 2 diabetes visits recorded in the period, those not reached included")
)

VISIT_AFTER_DEATH = chronic.visit_after_death(DIABETES, RECORDED_VISITS)
CONTRADICTORY_PRESSURE = chronic.contradictory_pressure(DIABETES, RECORDED_VISITS)
ALWAYS_ROUND = chronic.always_round(
    DIABETES,
    PATIENTS,
    Text("本年空腹血糖全是整数", "Every fasting glucose of the year is a whole number"),
    measured=_visit.fasting_glucose.is_present,
    is_round=_visit.fasting_glucose == _visit.fasting_glucose // 10 * 10,
    explanation=Text(
        "血糖仪读数有一位小数，次次都是整数，可能没有实际测量。",
        "Meters show one decimal; always a whole number suggests it was not measured.",
    ),
    remedy=Text(
        "电话核实患者，复测空腹血糖，并抽查该医生的其他记录。",
        "Call the patient, measure again, and look at other records of the same doctor.",
    ),
)
ONLY_BY_TELEPHONE = chronic.only_by_telephone(DIABETES, PATIENTS)
RECORDED_LATE = chronic.recorded_late(DIABETES, RECORDED_VISITS)
ENROLLED_TOO_YOUNG = chronic.enrolled_too_young(DIABETES, ENROLMENTS)
