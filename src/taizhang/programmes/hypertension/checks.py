"""Checks on the records of hypertension patients: what cannot be, and what is unlikely enough to be looked at."""

from taizhang.county.vocabulary import BY_SEX, resident
from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.indicators import Attribution, Population
from taizhang.kernel.query.words import parameter, records
from taizhang.kernel.text import Text
from taizhang.programmes.elements import FACE_TO_FACE
from taizhang.programmes.hypertension.indicators import ENROLMENTS, PATIENTS
from taizhang.programmes.hypertension.records import CASE, FOLLOW_UP

_visits = records(FOLLOW_UP)
_cases = records(CASE)

RECORDED_VISITS = Population(
    name="hypertension_recorded_visits",
    label=Text("时段内高血压随访记录（含失访）", "Hypertension visits recorded in the period, those not reached included"),
    attribution=Attribution.SERVED_BY,
    rows=_visits.where(_visits.visited_on.in_period).node,
    organisation=_visits.organisation.node,
    breakdowns=(BY_SEX,),
)

VISIT_AFTER_DEATH = Check(
    code="hypertension.visit_after_death",
    name=Text("死亡后仍有随访", "A visit after the death"),
    severity=Severity.CRITICAL,
    population=RECORDED_VISITS,
    condition=(_visits.visited_on > resident.died_on).node,
    explanation=Text("随访记录可能是虚构的，或死亡日期登记有误。", "The visit may be made up, or the date of death may be wrong."),
    remedy=Text(
        "核对死亡日期；随访不实的删除记录并追查录入人。",
        "Check the date of death; remove a visit that was not made and ask who entered it.",
    ),
)

CONTRADICTORY_PRESSURE = Check(
    code="hypertension.contradictory_pressure",
    name=Text("舒张压不低于收缩压", "Diastolic pressure not below systolic"),
    severity=Severity.CRITICAL,
    population=RECORDED_VISITS,
    condition=(_visits.diastolic >= _visits.systolic).node,
    explanation=Text("两项血压可能填反，或导入时对错了列。", "The two may have been exchanged, or the columns mixed up on import."),
    remedy=Text("对照纸质记录改正血压。", "Correct the pressure from the paper record."),
)

_measured = _visits.where(_visits.visited_on.in_year & _visits.systolic.is_present)
_round = _measured.where((_visits.systolic == _visits.systolic // 10 * 10) & (_visits.diastolic == _visits.diastolic // 10 * 10))
ALWAYS_ROUND = Check(
    code="hypertension.always_round",
    name=Text("本年血压全是整十数", "Every pressure of the year ends in nought"),
    severity=Severity.WARNING,
    population=PATIENTS,
    condition=((_measured.count() >= parameter("hypertension.round_visits")) & (_round.count() == _measured.count())).node,
    explanation=Text(
        "多次测量的末位总是0，可能没有实际测量。", "Measured several times and always ending in nought: perhaps it was not measured."
    ),
    remedy=Text(
        "电话核实患者，复测血压，并抽查该医生的其他记录。", "Call the patient, measure again, and look at other records of the same doctor."
    ),
)

_this_year = _visits.where(_visits.visited_on.in_year)
_face_to_face = _this_year.where(_visits.way.is_in(*FACE_TO_FACE))
ONLY_BY_TELEPHONE = Check(
    code="hypertension.only_by_telephone",
    name=Text("本年随访全部为电话", "All visits of the year by telephone"),
    severity=Severity.WARNING,
    population=PATIENTS,
    condition=((_this_year.count() >= parameter("hypertension.telephone_visits")) & (_face_to_face.count() == 0)).node,
    explanation=Text(
        "电话随访不能代替面对面随访，规范管理不予计算。", "Calls do not replace meeting the patient and do not count towards the standard."
    ),
    remedy=Text("安排一次门诊或家庭随访。", "Arrange a visit at the clinic or at home."),
)

RECORDED_LATE = Check(
    code="hypertension.recorded_late",
    name=Text("随访记录为补录", "Visit recorded after the fact"),
    severity=Severity.INFO,
    population=RECORDED_VISITS,
    condition=(_visits.late & (_visits.outcome == "1")).node,
    explanation=Text("事后补录的随访较多时，可能是为应付考核补写。", "Many visits recorded late may have been written for an assessment."),
    remedy=Text("抽查纸质记录和患者本人。", "Compare some with the paper record and ask the patients."),
)

ENROLLED_TOO_YOUNG = Check(
    code="hypertension.enrolled_too_young",
    name=Text("纳入管理时未满规定年龄", "Enrolled below the age served"),
    severity=Severity.INFO,
    population=ENROLMENTS,
    condition=(resident.birth_date.age_on(_cases.enrolled_on) < parameter("hypertension.enrolment_age")).node,
    explanation=Text(
        "规范的服务对象有年龄下限；年轻患者也可能是诊断或出生日期填错。",
        "The service has a lower age; or the diagnosis or birth date is wrong.",
    ),
    remedy=Text("核对出生日期和诊断；确系患者的可保留专档。", "Check birth date and diagnosis; a true patient's case may stay."),
)
