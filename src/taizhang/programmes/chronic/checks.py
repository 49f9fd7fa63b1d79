"""Checks on the records of every chronic disease: what cannot be, and what is unlikely enough to be looked at."""

from taizhang.county.vocabulary import BY_SEX, resident
from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.indicators import Attribution, Population
from taizhang.kernel.query.words import Expression, records
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.disease import ManagedDisease
from taizhang.programmes.elements import FACE_TO_FACE, REACHED


def recorded_visits(disease: ManagedDisease, label: Text) -> Population:
    """Every visit of the period, those at which nobody was reached included."""
    visits = records(disease.follow_up)
    return Population(
        name=f"{disease.code}_recorded_visits",
        label=label,
        attribution=Attribution.SERVED_BY,
        rows=visits.where(visits.visited_on.in_period).node,
        organisation=visits.organisation.node,
        breakdowns=(BY_SEX,),
    )


def visit_after_death(disease: ManagedDisease, recorded: Population) -> Check:
    """死亡后仍有随访."""
    return Check(
        code=disease.named("visit_after_death"),
        name=Text("死亡后仍有随访", "A visit after the death"),
        severity=Severity.CRITICAL,
        population=recorded,
        condition=(records(disease.follow_up).visited_on > resident.died_on).node,
        explanation=Text("随访记录可能是虚构的，或死亡日期登记有误。", "The visit may be made up, or the date of death may be wrong."),
        remedy=Text(
            "核对死亡日期；随访不实的删除记录并追查录入人。",
            "Check the date of death; remove a visit that was not made and ask who entered it.",
        ),
    )


def contradictory_pressure(disease: ManagedDisease, recorded: Population) -> Check:
    """舒张压不低于收缩压, of a disease whose form has a blood pressure."""
    visits = records(disease.follow_up)
    return Check(
        code=disease.named("contradictory_pressure"),
        name=Text("舒张压不低于收缩压", "Diastolic pressure not below systolic"),
        severity=Severity.CRITICAL,
        population=recorded,
        condition=(visits.diastolic >= visits.systolic).node,
        explanation=Text("两项血压可能填反，或导入时对错了列。", "The two may have been exchanged, or the columns mixed up on import."),
        remedy=Text("对照纸质记录改正血压。", "Correct the pressure from the paper record."),
    )


def always_round(
    disease: ManagedDisease, people: Population, name: Text, *, measured: Expression, is_round: Expression, explanation: Text, remedy: Text
) -> Check:
    """Every measurement of the year is a round number. measured, is_round: of one visit, that it has a value, and a round one."""
    visits = records(disease.follow_up)
    with_value = visits.where(visits.visited_on.in_year & measured)
    count = with_value.count()
    return Check(
        code=disease.named("always_round"),
        name=name,
        severity=Severity.WARNING,
        population=people,
        condition=((count >= disease.parameter("round_visits")) & (with_value.where(is_round).count() == count)).node,
        explanation=explanation,
        remedy=remedy,
    )


def only_by_telephone(disease: ManagedDisease, people: Population) -> Check:
    """本年随访全部为电话."""
    visits = records(disease.follow_up)
    this_year = visits.where(visits.visited_on.in_year)
    face_to_face = this_year.where(visits.way.is_in(*FACE_TO_FACE))
    return Check(
        code=disease.named("only_by_telephone"),
        name=Text("本年随访全部为电话", "All visits of the year by telephone"),
        severity=Severity.WARNING,
        population=people,
        condition=((this_year.count() >= disease.parameter("telephone_visits")) & (face_to_face.count() == 0)).node,
        explanation=Text(
            "电话随访不能代替面对面随访，规范管理不予计算。",
            "Calls do not replace meeting the patient and do not count towards the standard.",
        ),
        remedy=Text("安排一次门诊或家庭随访。", "Arrange a visit at the clinic or at home."),
    )


def recorded_late(disease: ManagedDisease, recorded: Population) -> Check:
    """随访记录为补录."""
    visits = records(disease.follow_up)
    return Check(
        code=disease.named("recorded_late"),
        name=Text("随访记录为补录", "Visit recorded after the fact"),
        severity=Severity.INFO,
        population=recorded,
        condition=(visits.late & (visits.outcome == REACHED)).node,
        explanation=Text(
            "事后补录的随访较多时，可能是为应付考核补写。", "Many visits recorded late may have been written for an assessment."
        ),
        remedy=Text("抽查纸质记录和患者本人。", "Compare some with the paper record and ask the patients."),
    )


def enrolled_too_young(disease: ManagedDisease, cases: Population) -> Check:
    """纳入管理时未满规定年龄."""
    return Check(
        code=disease.named("enrolled_too_young"),
        name=Text("纳入管理时未满规定年龄", "Enrolled below the age served"),
        severity=Severity.INFO,
        population=cases,
        condition=(resident.birth_date.age_on(records(disease.case).enrolled_on) < disease.parameter("enrolment_age")).node,
        explanation=Text(
            "规范的服务对象有年龄下限；年轻患者也可能是诊断或出生日期填错。",
            "The service has a lower age; or the diagnosis or birth date is wrong.",
        ),
        remedy=Text("核对出生日期和诊断；确系患者的可保留专档。", "Check birth date and diagnosis; a true patient's case may stay."),
    )
