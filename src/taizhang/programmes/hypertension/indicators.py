"""Indicators of the management of hypertension patients. Whom and what each counts stands with the chronic diseases."""

from taizhang.kernel.text import Text
from taizhang.programmes.chronic import indicators as chronic
from taizhang.programmes.chronic.words import last_visit_this_year
from taizhang.programmes.hypertension.records import HYPERTENSION
from taizhang.programmes.hypertension.rules import pressure_within_target

PATIENTS = chronic.patients(HYPERTENSION, Text("在管高血压患者", "Hypertension patients under management"))
ENROLMENTS = chronic.enrolments(HYPERTENSION, Text("高血压患者纳入管理", "Enrolments of hypertension patients"))
VISITS = chronic.visits(HYPERTENSION, Text("高血压患者随访", "Visits to hypertension patients"))
EARLY_DUTIES = chronic.early_duties(HYPERTENSION, Text("应在2周内随访的高血压随访", "Hypertension visits to be followed within two weeks"))

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
