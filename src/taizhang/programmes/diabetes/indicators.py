"""Indicators of the management of patients with type 2 diabetes. Whom and what each counts stands with the chronic diseases."""

from taizhang.kernel.text import Text
from taizhang.programmes.chronic import indicators as chronic
from taizhang.programmes.chronic.words import last_visit_this_year
from taizhang.programmes.diabetes.records import DIABETES
from taizhang.programmes.diabetes.rules import glucose_within_target

PATIENTS = chronic.patients(DIABETES, Text("在管2型糖尿病患者", "Patients with type 2 diabetes under management"))
ENROLMENTS = chronic.enrolments(DIABETES, Text("2型糖尿病患者纳入管理", "Enrolments of patients with type 2 diabetes"))
VISITS = chronic.visits(DIABETES, Text("2型糖尿病患者随访", "Visits to patients with type 2 diabetes"))
EARLY_DUTIES = chronic.early_duties(
    DIABETES, Text("应在2周内随访的2型糖尿病随访", "Type 2 diabetes visits to be followed within two weeks")
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
