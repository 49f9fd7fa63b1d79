"""Indicators of the management of hypertension patients.

Whom: residents with an open case on the cut-off, under the organisation that manages them then. Visits count where they took place.
"""

from taizhang.county.vocabulary import BY_AGE, BY_SEX, managing_organisation, resident
from taizhang.kernel.indicators import (
    Attribution,
    Better,
    Breakdown,
    Cell,
    Indicator,
    Population,
    Reported,
    TimeBase,
    residents_where,
)
from taizhang.kernel.query.words import always, cutoff, parameter, records, year_end
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.chronic import WITHIN_TWO_WEEKS
from taizhang.programmes.chronic_words import (
    case_on_cutoff,
    face_to_face_this_year,
    judged,
    next_visit_due,
    under_management,
    visits_due_by,
)
from taizhang.programmes.elements import REACHED, WAY_OF_VISIT
from taizhang.programmes.health_records.records import EXAMINATION
from taizhang.programmes.hypertension.records import CASE, FOLLOW_UP
from taizhang.programmes.hypertension.rules import pressure_within_target

SERVICE = Source("国家基本公共卫生服务规范（第三版）", "高血压患者健康管理服务规范 二、服务内容")
INDICATORS = Source("国家基本公共卫生服务规范（第三版）", "高血压患者健康管理服务规范 五、工作指标")
FOLLOW_UP_CLAUSE = Source("国家基本公共卫生服务规范（第三版）", "高血压患者健康管理服务规范 二、服务内容（二）随访评估")
EXAM_CLAUSE = Source("国家基本公共卫生服务规范（第三版）", "高血压患者健康管理服务规范 二、服务内容（四）健康体检")

FORM = "hypertension_management"

# -- populations -------------------------------------------------------------------------------------------------------------

case = case_on_cutoff(CASE)
cases = records(CASE)
visits = records(FOLLOW_UP)

PATIENTS = residents_where(
    "hypertension_patients",
    Text("在管高血压患者", "Hypertension patients under management"),
    under_management(case),
    organisation=managing_organisation,
    breakdowns=(BY_SEX, BY_AGE),
)

ENROLMENTS = Population(
    name="hypertension_enrolments",
    label=Text("高血压患者纳入管理", "Enrolments of hypertension patients"),
    attribution=Attribution.SERVED_BY,
    rows=cases.where(cases.enrolled_on.in_period).node,
    organisation=cases.organisation.node,
    breakdowns=(BY_SEX, BY_AGE),
)

VISITS = Population(
    name="hypertension_visits",
    label=Text("高血压患者随访", "Visits to hypertension patients"),
    attribution=Attribution.SERVED_BY,
    rows=visits.where(visits.visited_on.in_period & (visits.outcome == REACHED)).node,
    organisation=visits.organisation.node,
    breakdowns=(BY_SEX, BY_AGE, Breakdown("way", WAY_OF_VISIT.label, visits.way.node, WAY_OF_VISIT.codes)),
)

_early_deadline = visits.next_due_on.plus(parameter("hypertension.on_time_grace_days"), "day")
_last_case = cases.where(cases.enrolled_on <= cutoff).last_by("enrolled_on")

EARLY_DUTIES = Population(
    name="hypertension_early_duties",
    label=Text("应在2周内随访的高血压随访", "Hypertension visits to be followed within two weeks"),
    attribution=Attribution.SERVED_BY,
    rows=visits.where(judged(visits) & visits.due_reason.is_in(*WITHIN_TWO_WEEKS) & _early_deadline.in_period).node,
    organisation=visits.organisation.node,
    breakdowns=(BY_SEX, BY_AGE),
)

# -- parts -------------------------------------------------------------------------------------------------------------------

_DUE = {"visits_per_year": "hypertension.visits_per_year", "months_per_visit": "hypertension.months_per_visit"}
_met = face_to_face_this_year(FOLLOW_UP).count()

_visits_on_schedule = (_met >= visits_due_by(cutoff, case.enrolled_on, **_DUE)).named(
    "面对面随访次数达到进度",
    "face-to-face visits on schedule",
    unmet=Text(
        "面对面随访：本年{have}次，截至该日应有{need}次，再随访{lack}次即可",
        "face-to-face visits: {have} this year, {need} due by that day; {lack} more will mend it",
    ),
    source=FOLLOW_UP_CLAUSE,
)
_visits_of_the_year = (_met >= visits_due_by(year_end, case.enrolled_on, **_DUE)).named(
    "全年面对面随访次数足够",
    "enough face-to-face visits in the year",
    unmet=Text(
        "面对面随访：本年{have}次，全年应有{need}次，再随访{lack}次即可",
        "face-to-face visits: {have} this year, {need} due in the year; {lack} more will mend it",
    ),
    source=FOLLOW_UP_CLAUSE,
)

_examinations = records(EXAMINATION)
_examined = _examinations.where(_examinations.examined_on.in_year & _examinations.complete).count() >= parameter(
    "hypertension.exams_per_year"
)
_EXAM_UNMET = Text(
    "年度健康体检：本年尚未完成，做一次完整的健康体检即可", "yearly examination: not done yet; one complete examination will mend it"
)
_examined_this_year = _examined.named("本年已完成健康体检", "examined this year", unmet=_EXAM_UNMET, source=EXAM_CLAUSE)
_examined_or_not_due = (_examined | (cutoff < year_end)).named(
    "健康体检已完成或年内尚未到期", "examined this year, or not yet due", unmet=_EXAM_UNMET, source=EXAM_CLAUSE
)

_last_visit = visits.where(visits.visited_on.in_year).last_by("visited_on")
_controlled = pressure_within_target(_last_visit).named(
    "最近一次随访血压达标",
    "pressure within target at the last visit",
    unmet=Text(
        "最近一次随访血压未达标，或本年没有随访、失访、未测血压",
        "pressure not within target at the last visit, or no visit, not reached or nothing measured this year",
    ),
    source=INDICATORS,
)

_overdue = (
    next_visit_due(case, FOLLOW_UP, routine_months="hypertension.routine_months").plus(parameter("hypertension.overdue_grace_days"), "day")
    < cutoff
).named("应随访而逾期未随访", "visit overdue", source=SERVICE)

# -- indicators --------------------------------------------------------------------------------------------------------------

MANAGED = Indicator(
    code="hypertension.managed",
    name=Text("管理高血压患者人数", "Hypertension patients under management"),
    unit="人",
    counting_unit="人",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=INDICATORS,
    why=Text(
        "知道辖区内管着多少患者，是一切随访和考核的底数。", "How many patients are under care is the base of every visit and assessment."
    ),
    population=PATIENTS,
    numerator=always.node,
    reported=Reported(numerator=Cell(FORM, "managed")),
)

ENROLLED = Indicator(
    code="hypertension.enrolled",
    name=Text("新纳入管理高血压患者人数", "Hypertension patients newly enrolled"),
    unit="人",
    counting_unit="人",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.HIGHER,
    source=SERVICE,
    why=Text("反映筛查发现和纳入管理的力度。", "Shows how well screening finds patients and brings them under care."),
    population=ENROLMENTS,
    numerator=always.node,
    reported=Reported(numerator=Cell(FORM, "enrolled")),
)

VISITS_MADE = Indicator(
    code="hypertension.visits",
    name=Text("高血压患者随访人次", "Visits to hypertension patients"),
    unit="人次",
    counting_unit="人次",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.NEITHER,
    source=FOLLOW_UP_CLAUSE,
    why=Text("反映随访工作量；失访不计。", "The work done in visits; those not reached are not counted."),
    population=VISITS,
    numerator=always.node,
    reported=Reported(numerator=Cell(FORM, "visits")),
)

STANDARD_BY_PACE = Indicator(
    code="hypertension.standard_by_pace",
    name=Text("高血压患者按进度规范管理率", "Hypertension patients managed to standard, by pace"),
    unit="%",
    places=2,
    counting_unit="人",
    time_base=TimeBase.DUE_TO_DATE,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=INDICATORS,
    why=Text(
        "年中就能看出谁落在后面：截止日前应做的都做了才算，到12月31日与全年规范管理率相同。",
        "Shows in mid-year who lags: all that is due by the cut-off must be done; on 31 December it equals the yearly rate.",
    ),
    population=PATIENTS,
    numerator=(_visits_on_schedule & _examined_or_not_due).node,
    denominator=always.node,
)

STANDARD = Indicator(
    code="hypertension.standard",
    name=Text("高血压患者规范管理率", "Hypertension patients managed to standard"),
    unit="%",
    places=2,
    counting_unit="人",
    time_base=TimeBase.ANNUAL,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=INDICATORS,
    why=Text(
        "国家规范的考核指标：全年随访和体检都做到位的患者所占比例。",
        "The national measure: the share of patients with all visits and the examination of the year.",
    ),
    population=PATIENTS,
    numerator=(_visits_of_the_year & _examined_this_year).node,
    denominator=always.node,
    reported=Reported(numerator=Cell(FORM, "standard"), denominator=Cell(FORM, "managed")),
)

CONTROLLED = Indicator(
    code="hypertension.controlled",
    name=Text("管理人群血压控制率", "Blood pressure controlled among managed patients"),
    unit="%",
    places=2,
    counting_unit="人",
    time_base=TimeBase.LAST,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=INDICATORS,
    why=Text(
        "随访的目的是把血压控制住；失访和没有测量值的一律按未控制计。",
        "Visits are there to bring the pressure down; not reached or not measured counts as not controlled.",
    ),
    population=PATIENTS,
    numerator=_controlled.node,
    denominator=always.node,
    reported=Reported(numerator=Cell(FORM, "controlled"), denominator=Cell(FORM, "managed")),
)

OVERDUE = Indicator(
    code="hypertension.overdue",
    name=Text("高血压随访逾期人数", "Hypertension patients whose visit is overdue"),
    unit="人",
    counting_unit="人",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.LOWER,
    source=SERVICE,
    why=Text(
        "这些人今天就该去随访，是村医和卫生院的补访名单。",
        "These people should be visited today: the list of village doctor and township hospital.",
    ),
    population=PATIENTS,
    numerator=_overdue.node,
)

EARLY_ON_TIME = Indicator(
    code="hypertension.early_on_time",
    name=Text("高血压两周内随访及时率", "Hypertension: two-week visits made on time"),
    unit="%",
    places=2,
    counting_unit="人次",
    time_base=TimeBase.MATURED,
    attribution=Attribution.SERVED_BY,
    better=Better.HIGHER,
    source=SERVICE,
    why=Text(
        "血压控制不满意、有不良反应或已建议转诊的，两周内必须再见一次，这是随访是否真正做了的试金石。",
        "Not controlled, an adverse reaction or a referral asks for a visit within two weeks: the test of whether follow-up is real.",
    ),
    population=EARLY_DUTIES,
    numerator=((visits.answered_on <= cutoff) & (visits.answered_on <= _early_deadline))
    .named("期限内已再次随访", "followed within the time", unmet=Text("期限内没有再次随访", "not followed within the time"), source=SERVICE)
    .node,
    denominator=(
        (resident.died_on.is_missing | (resident.died_on > _early_deadline))
        & (_last_case.closed_on.is_missing | (_last_case.closed_on > _early_deadline))
    )
    .named("期限届满时在世且在管", "alive and under management when the time was up")
    .node,
)
