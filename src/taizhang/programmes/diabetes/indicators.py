"""Indicators of the management of patients with type 2 diabetes. Whom and what each counts stands with the chronic diseases."""

from taizhang.kernel.query.words import records
from taizhang.kernel.text import Text
from taizhang.programmes.chronic import indicators as chronic
from taizhang.programmes.chronic import screening
from taizhang.programmes.chronic.words import last_visit_this_year
from taizhang.programmes.diabetes.records import DIABETES, SCREENING
from taizhang.programmes.diabetes.rules import glucose_within_target

PATIENTS = chronic.patients(DIABETES, Text("在管2型糖尿病患者", "Patients with type 2 diabetes under management"))
ENROLMENTS = chronic.enrolments(DIABETES, Text("2型糖尿病患者纳入管理", "Enrolments of patients with type 2 diabetes"))
VISITS = chronic.visits(DIABETES, Text("2型糖尿病患者随访", "Visits to patients with type 2 diabetes"))
EARLY_DUTIES = chronic.early_duties(
    DIABETES, Text("应在2周内随访的2型糖尿病随访", "Type 2 diabetes visits to be followed within two weeks")
)

REFERRALS = chronic.referrals(DIABETES, Text("2型糖尿病患者转诊", "Referrals of patients with type 2 diabetes"))
TO_SCREEN = chronic.to_screen(DIABETES, Text("35岁及以上居民（未在管）", "Residents of 35 and over (not managed)"))
AT_HIGH_RISK = chronic.at_high_risk(DIABETES, Text("2型糖尿病高危人群", "People at high risk of type 2 diabetes"))
REMEASURES = chronic.screening_duties(
    DIABETES, Text("到期的糖尿病高危复测", "Measurements of people at high risk whose time was up"), "remeasures", screening.YEARLY
)
SUSPECTS = chronic.screening_duties(
    DIABETES, Text("到期的糖尿病疑似患者转诊随访", "Referrals of suspects whose time was up"), "suspects", screening.REFERRAL
)

MANAGED = chronic.managed(DIABETES, PATIENTS, Text("管理2型糖尿病患者人数", "Patients with type 2 diabetes under management"))
ENROLLED = chronic.enrolled(DIABETES, ENROLMENTS, Text("新纳入管理2型糖尿病患者人数", "Patients with type 2 diabetes newly enrolled"))
VISITS_MADE = chronic.visits_made(DIABETES, VISITS, Text("2型糖尿病患者随访人次", "Visits to patients with type 2 diabetes"))
STANDARD_BY_PACE = chronic.standard_by_pace(
    DIABETES, PATIENTS, Text("2型糖尿病患者按进度规范管理率", "Patients with type 2 diabetes managed to standard, by pace")
)
STANDARD = chronic.standard(DIABETES, PATIENTS, Text("2型糖尿病患者规范管理率", "Patients with type 2 diabetes managed to standard"))
CONTROLLED = chronic.controlled(
    DIABETES,
    PATIENTS,
    Text("管理人群血糖控制率", "Fasting glucose controlled among managed patients"),
    at_last_visit=glucose_within_target(last_visit_this_year(DIABETES)).named(
        "最近一次随访空腹血糖达标",
        "fasting glucose within target at the last visit",
        unmet=Text(
            "最近一次随访空腹血糖未达标，或本年没有随访、失访、未测空腹血糖",
            "fasting glucose not within target at the last visit, or no visit, not reached or nothing measured this year",
        ),
        source=DIABETES.indicators_clause,
    ),
    why=Text(
        "随访的目的是把血糖控制住；失访和没有测量值的一律按未控制计。",
        "Visits are there to bring the glucose down; not reached or not measured counts as not controlled.",
    ),
)
OVERDUE = chronic.overdue(DIABETES, PATIENTS, Text("2型糖尿病随访逾期人数", "Patients with type 2 diabetes whose visit is overdue"))
EARLY_ON_TIME = chronic.early_on_time(
    DIABETES,
    EARLY_DUTIES,
    Text("2型糖尿病两周内随访及时率", "Type 2 diabetes: two-week visits made on time"),
    why=Text(
        "血糖控制不满意、有不良反应或已建议转诊的，两周内必须再见一次，这是随访是否真正做了的试金石。",
        "Not controlled, an adverse reaction or a referral asks for a visit within two weeks: the test of whether follow-up is real.",
    ),
)

REFERRALS_FOLLOWED = chronic.referrals_followed(
    DIABETES, REFERRALS, Text("2型糖尿病转诊结果两周内随访率", "Type 2 diabetes: referrals followed within two weeks")
)

_screened = records(SCREENING)
SCREENED = chronic.screened(
    DIABETES,
    TO_SCREEN,
    Text("糖尿病高危筛查人数", "Residents screened for type 2 diabetes"),
    in_period=_screened.where(
        _screened.screened_on.in_period & (_screened.fasting_glucose.is_present | _screened.random_glucose.is_present)
    )
    .exist()
    .named(
        "时段内筛查过血糖",
        "glucose screened in the period",
        unmet=Text("时段内没有血糖筛查记录", "no glucose screening in the period"),
        source=DIABETES.service_clause,
    ),
    why=Text(
        "糖尿病早期没有症状，靠在高危人群中测血糖发现。",
        "Diabetes begins without symptoms; it is found by measuring those at high risk.",
    ),
)
HIGH_RISK = chronic.high_risk(DIABETES, AT_HIGH_RISK, Text("2型糖尿病高危人群登记人数", "People at high risk of type 2 diabetes"))
HIGH_RISK_OVERDUE = chronic.high_risk_overdue(
    DIABETES, AT_HIGH_RISK, Text("2型糖尿病高危人群到期未测血糖人数", "People at high risk of type 2 diabetes not measured in time")
)
HIGH_RISK_ON_TIME = chronic.duties_done_in_time(
    DIABETES,
    "high_risk_on_time",
    REMEASURES,
    Text("2型糖尿病高危人群按期测血糖率", "People at high risk of type 2 diabetes measured in time"),
    why=Text("高危人群每年至少测量1次空腹血糖，期限已满的才计入。", "Measured at least once a year; only those whose time is up count."),
)
SUSPECTS_FOLLOWED = chronic.duties_done_in_time(
    DIABETES,
    "suspects_followed",
    SUSPECTS,
    Text("2型糖尿病疑似患者转诊两周内随访率", "Suspected type 2 diabetes: referrals followed within two weeks"),
    why=Text(
        "疑似患者转诊后两周内要问到结果，否则查出来的患者又丢了。",
        "The result of a suspect's referral is asked within two weeks, or the patient found is lost again.",
    ),
)
