"""Checks on health records and examinations: what cannot be, and what is unlikely enough to be looked at."""

from taizhang.county.vocabulary import lives_here, managing_organisation, resident
from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.indicators import residents_where
from taizhang.kernel.query.words import cutoff, parameter, person, records
from taizhang.kernel.text import Text
from taizhang.programmes.health_records.indicators import EXAMINATIONS, HOLDERS, OPENINGS
from taizhang.programmes.health_records.records import EXAMINATION, HEALTH_RECORD

_record = person(HEALTH_RECORD)
_records = records(HEALTH_RECORD)
_examinations = records(EXAMINATION)

RESIDENTS = residents_where(
    "residents_living_here",
    Text("常住居民", "Residents living here"),
    lives_here,
    organisation=managing_organisation,
)

WITHOUT_RECORD = Check(
    code="health_records.without_record",
    name=Text("常住居民没有健康档案", "A resident without a health record"),
    severity=Severity.INFO,
    population=RESIDENTS,
    condition=(~_record.exists | (_record.opened_on > cutoff)).node,
    explanation=Text(
        "常住居民都应建档；新迁入和新出生的可能还来不及。",
        "Everyone who lives here needs a record; newcomers may not have one yet.",
    ),
    remedy=Text("下次见面时建档，核对常住情况。", "Open one when next meeting the person, and check that they live here."),
)

CLOSED_BUT_PRESENT = Check(
    code="health_records.closed_but_present",
    name=Text("档案已终止而人仍在辖区", "The record is closed while the person lives here"),
    severity=Severity.WARNING,
    population=RESIDENTS,
    condition=(_record.closed_on <= cutoff).node,
    explanation=Text(
        "可能是误销档，或迁出、死亡没有登记到居民信息里。",
        "Closed by mistake, or the move or death was not entered with the person.",
    ),
    remedy=Text(
        "核对本人去向，恢复档案或登记迁出、死亡。",
        "Find out where the person is; open the record again or enter the move or death.",
    ),
)

OPENED_BEFORE_BIRTH = Check(
    code="health_records.opened_before_birth",
    name=Text("建档日期早于出生日期", "Opened before the birth"),
    severity=Severity.CRITICAL,
    population=OPENINGS,
    condition=(_records.opened_on < resident.birth_date).node,
    explanation=Text("建档日期或出生日期填错。", "One of the two days is wrong."),
    remedy=Text("核对身份证件后改正。", "Correct it from the identity document."),
)

EXAMINED_AFTER_DEATH = Check(
    code="health_records.examined_after_death",
    name=Text("死亡后仍有体检", "An examination after the death"),
    severity=Severity.CRITICAL,
    population=EXAMINATIONS,
    condition=(_examinations.examined_on > resident.died_on).node,
    explanation=Text("体检记录可能是虚构的，或死亡日期登记有误。", "The examination may be made up, or the date of death may be wrong."),
    remedy=Text(
        "核对死亡日期；体检不实的删除记录并追查录入人。",
        "Check the date of death; remove an examination that was not made and ask who entered it.",
    ),
)

EVALUATED_NORMAL_WITH_HIGH_PRESSURE = Check(
    code="health_records.normal_with_high_pressure",
    name=Text("血压偏高而健康评价为无异常", "High pressure, yet evaluated as normal"),
    severity=Severity.WARNING,
    population=EXAMINATIONS,
    condition=(
        (_examinations.evaluation == "1")
        & (
            (_examinations.systolic >= parameter("health_records.check_systolic"))
            | (_examinations.diastolic >= parameter("health_records.check_diastolic"))
        )
    ).node,
    explanation=Text(
        "健康评价没有看测量值，可能漏掉应复查的人。",
        "The evaluation ignored the measurement; someone to be seen again may be missed.",
    ),
    remedy=Text("复测血压，按结果改正健康评价并安排复查。", "Measure again, correct the evaluation and arrange another look."),
)

DEAD_RECORD = Check(
    code="health_records.never_updated",
    name=Text("建档后长期没有更新", "Never updated since it was opened"),
    severity=Severity.INFO,
    population=HOLDERS,
    condition=(
        (_record.updated_on.is_missing | (_record.updated_on <= cutoff.minus(parameter("health_records.stale_months"), "month")))
        & (_record.opened_on <= cutoff.minus(parameter("health_records.stale_months"), "month"))
    ).node,
    explanation=Text(
        "住址、电话、病史多半已变，档案可能成了死档。",
        "Address, telephone and history have probably changed; the record may be dead.",
    ),
    remedy=Text("入户或就诊时核对并更新个人基本信息。", "Check and update the personal information at the next visit."),
)
