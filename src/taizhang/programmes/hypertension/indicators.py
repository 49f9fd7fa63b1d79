"""Indicators of the management of hypertension patients. Whom and what each counts stands with the chronic diseases."""

from taizhang.kernel.query.words import Expression, RowSet, records
from taizhang.kernel.text import Text
from taizhang.programmes.chronic import indicators as chronic
from taizhang.programmes.chronic import screening
from taizhang.programmes.chronic.words import last_visit_this_year
from taizhang.programmes.health_records.records import EXAMINATION
from taizhang.programmes.hypertension.records import HYPERTENSION, SCREENING
from taizhang.programmes.hypertension.rules import pressure_within_target

PATIENTS = chronic.patients(HYPERTENSION, Text("在管高血压患者", "Hypertension patients under management"))
ENROLMENTS = chronic.enrolments(HYPERTENSION, Text("高血压患者纳入管理", "Enrolments of hypertension patients"))
VISITS = chronic.visits(HYPERTENSION, Text("高血压患者随访", "Visits to hypertension patients"))
EARLY_DUTIES = chronic.early_duties(HYPERTENSION, Text("应在2周内随访的高血压随访", "Hypertension visits to be followed within two weeks"))

REFERRALS = chronic.referrals(HYPERTENSION, Text("高血压患者转诊", "Referrals of hypertension patients"))
TO_SCREEN = chronic.to_screen(HYPERTENSION, Text("应首诊测压的居民（未在管）", "Residents whose pressure is to be measured (not managed)"))
AT_HIGH_RISK = chronic.at_high_risk(HYPERTENSION, Text("高血压高危人群", "People at high risk of hypertension"))
REMEASURES = chronic.screening_duties(
    HYPERTENSION, Text("到期的高血压高危复测", "Measurements of people at high risk whose time was up"), "remeasures", screening.YEARLY
)
SUSPECTS = chronic.screening_duties(
    HYPERTENSION, Text("到期的高血压疑似患者转诊随访", "Referrals of suspects whose time was up"), "suspects", screening.REFERRAL
)

MANAGED = chronic.managed(HYPERTENSION, PATIENTS, Text("管理高血压患者人数", "Hypertension patients under management"))
ENROLLED = chronic.enrolled(HYPERTENSION, ENROLMENTS, Text("新纳入管理高血压患者人数", "Hypertension patients newly enrolled"))
VISITS_MADE = chronic.visits_made(HYPERTENSION, VISITS, Text("高血压患者随访人次", "Visits to hypertension patients"))
STANDARD_BY_PACE = chronic.standard_by_pace(
    HYPERTENSION, PATIENTS, Text("高血压患者按进度规范管理率", "Hypertension patients managed to standard, by pace")
)
STANDARD = chronic.standard(HYPERTENSION, PATIENTS, Text("高血压患者规范管理率", "Hypertension patients managed to standard"))
CONTROLLED = chronic.controlled(
    HYPERTENSION,
    PATIENTS,
    Text("管理人群血压控制率", "Blood pressure controlled among managed patients"),
    at_last_visit=pressure_within_target(last_visit_this_year(HYPERTENSION)).named(
        "最近一次随访血压达标",
        "pressure within target at the last visit",
        unmet=Text(
            "最近一次随访血压未达标，或本年没有随访、失访、未测血压",
            "pressure not within target at the last visit, or no visit, not reached or nothing measured this year",
        ),
        source=HYPERTENSION.indicators_clause,
    ),
    why=Text(
        "随访的目的是把血压控制住；失访和没有测量值的一律按未控制计。",
        "Visits are there to bring the pressure down; not reached or not measured counts as not controlled.",
    ),
)
OVERDUE = chronic.overdue(HYPERTENSION, PATIENTS, Text("高血压随访逾期人数", "Hypertension patients whose visit is overdue"))
EARLY_ON_TIME = chronic.early_on_time(
    HYPERTENSION,
    EARLY_DUTIES,
    Text("高血压两周内随访及时率", "Hypertension: two-week visits made on time"),
    why=Text(
        "血压控制不满意、有不良反应或已建议转诊的，两周内必须再见一次，这是随访是否真正做了的试金石。",
        "Not controlled, an adverse reaction or a referral asks for a visit within two weeks: the test of whether follow-up is real.",
    ),
)

REFERRALS_FOLLOWED = chronic.referrals_followed(
    HYPERTENSION, REFERRALS, Text("高血压转诊结果两周内随访率", "Hypertension: referrals followed within two weeks")
)


def _measured_at(examined: RowSet, screened: RowSet) -> Expression:
    return screened.where(screened.systolic.is_present).exist() | examined.where(examined.systolic.is_present).exist()


_examined, _screened = records(EXAMINATION), records(SCREENING)
_NOT_MEASURED = Text("没有血压测量记录，见面时测量一次即可", "no pressure on record; measuring once will mend it")
SCREENED = chronic.screened(
    HYPERTENSION,
    TO_SCREEN,
    Text("35岁及以上居民测量血压人数", "Residents whose pressure was measured"),
    in_period=_measured_at(_examined.where(_examined.examined_on.in_period), _screened.where(_screened.screened_on.in_period)).named(
        "时段内测过血压", "pressure measured in the period", unmet=_NOT_MEASURED, source=HYPERTENSION.service_clause
    ),
    why=Text(
        "首诊测血压是发现高血压患者的主要途径；筛查和体检中测量的都算，一人只计一次。",
        "Measuring at the first visit is how patients are found; screening and examination both count, each person once.",
    ),
)
SCREENING_RATE = chronic.screening_rate(
    HYPERTENSION,
    TO_SCREEN,
    Text("35岁及以上居民本年测血压率", "Residents whose pressure was measured this year"),
    in_year=_measured_at(_examined.where(_examined.examined_on.in_year), _screened.where(_screened.screened_on.in_year)).named(
        "本年测过血压", "pressure measured this year", unmet=_NOT_MEASURED, source=HYPERTENSION.service_clause
    ),
    why=Text("从1月1日累计到截止日，到12月31日即为全年测血压率。", "Counted from 1 January; on 31 December it is the year's rate."),
)
HIGH_RISK = chronic.high_risk(HYPERTENSION, AT_HIGH_RISK, Text("高血压高危人群登记人数", "People at high risk of hypertension"))
HIGH_RISK_OVERDUE = chronic.high_risk_overdue(
    HYPERTENSION, AT_HIGH_RISK, Text("高血压高危人群到期未复测人数", "People at high risk of hypertension not measured in time")
)
HIGH_RISK_ON_TIME = chronic.duties_done_in_time(
    HYPERTENSION,
    "high_risk_on_time",
    REMEASURES,
    Text("高血压高危人群按期复测率", "People at high risk of hypertension measured in time"),
    why=Text("高危人群至少每半年测量1次血压，期限已满的才计入。", "Measured at least every half-year; only those whose time is up count."),
)
SUSPECTS_FOLLOWED = chronic.duties_done_in_time(
    HYPERTENSION,
    "suspects_followed",
    SUSPECTS,
    Text("高血压疑似患者转诊两周内随访率", "Suspected hypertension: referrals followed within two weeks"),
    why=Text(
        "疑似患者转诊后两周内要问到结果，否则查出来的患者又丢了。",
        "The result of a suspect's referral is asked within two weeks, or the patient found is lost again.",
    ),
)
