"""Indicators of the services for COPD patients. Whom and what each counts stands with the chronic diseases."""

from taizhang.kernel.indicators import Attribution, Better, Breakdown, Indicator, TimeBase
from taizhang.kernel.query.words import always, records
from taizhang.kernel.text import Text
from taizhang.programmes.chronic import indicators as chronic
from taizhang.programmes.chronic import screening
from taizhang.programmes.chronic.words import last_visit_this_year
from taizhang.programmes.copd.records import COPD, FOLLOW_UP, SCREENING
from taizhang.programmes.copd.rules import GROUPS, group, stable

_last_visit = last_visit_this_year(COPD)
BY_GROUP = Breakdown("copd_group", Text("综合评估分组", "Combined assessment"), group(_last_visit).node, tuple(GROUPS.items()))

PATIENTS = chronic.patients(COPD, Text("在管慢阻肺患者", "COPD patients under management"), BY_GROUP)
ENROLMENTS = chronic.enrolments(COPD, Text("慢阻肺患者纳入管理", "Enrolments of COPD patients"))
VISITS = chronic.visits(COPD, Text("慢阻肺患者随访", "Visits to COPD patients"))
EARLY_DUTIES = chronic.early_duties(COPD, Text("应在2周内随访的慢阻肺随访", "COPD visits to be followed within two weeks"))
REFERRALS = chronic.referrals(COPD, Text("慢阻肺患者转诊", "Referrals of COPD patients"))
TO_SCREEN = chronic.to_screen(COPD, Text("应作慢阻肺筛查的居民（未在管）", "Residents to be screened for COPD (not managed)"))
AT_HIGH_RISK = chronic.at_high_risk(COPD, Text("有慢阻肺危险因素的居民", "People at risk of COPD"))
REMEASURES = chronic.screening_duties(
    COPD, Text("到期的慢阻肺再次筛查", "Screenings of people at risk whose time was up"), "remeasures", screening.YEARLY
)
SUSPECTS = chronic.screening_duties(
    COPD, Text("到期的慢阻肺疑似患者转诊随访", "Referrals of suspects whose time was up"), "suspects", screening.REFERRAL
)

MANAGED = chronic.managed(COPD, PATIENTS, Text("管理慢阻肺患者人数", "COPD patients under management"))
ENROLLED = chronic.enrolled(COPD, ENROLMENTS, Text("新纳入管理慢阻肺患者人数", "COPD patients newly enrolled"))
VISITS_MADE = chronic.visits_made(COPD, VISITS, Text("慢阻肺患者随访人次", "Visits to COPD patients"))
STANDARD_BY_PACE = chronic.standard_by_pace(
    COPD, PATIENTS, Text("慢阻肺患者按进度规范管理率", "COPD patients managed to standard, by pace")
)
STANDARD = chronic.standard(COPD, PATIENTS, Text("慢阻肺患者规范管理率", "COPD patients managed to standard"))
CONTROLLED = chronic.controlled(
    COPD,
    PATIENTS,
    Text("管理人群病情稳定率", "Stable among managed COPD patients"),
    at_last_visit=stable(_last_visit).named(
        "最近一次随访病情稳定",
        "stable at the last visit",
        unmet=Text(
            "最近一次随访症状加重或有急性加重，或本年没有随访、失访、未询问",
            "worse or an exacerbation at the last visit, or no visit, not reached or not asked this year",
        ),
        source=COPD.indicators_clause,
    ),
    why=Text(
        "随访的目的是减少急性加重；失访和没有询问的一律按不稳定计。",
        "Visits are there to prevent exacerbations; not reached or not asked counts as not stable.",
    ),
)
OVERDUE = chronic.overdue(COPD, PATIENTS, Text("慢阻肺随访逾期人数", "COPD patients whose visit is overdue"))
EARLY_ON_TIME = chronic.early_on_time(
    COPD,
    EARLY_DUTIES,
    Text("慢阻肺两周内随访及时率", "COPD: two-week visits made on time"),
    why=Text(
        "症状加重、有不良反应或已建议转诊的，两周内必须再见一次，这是随访是否真正做了的试金石。",
        "Worse, an adverse reaction or a referral asks for a visit within two weeks: the test of whether follow-up is real.",
    ),
)
REFERRALS_FOLLOWED = chronic.referrals_followed(
    COPD, REFERRALS, Text("慢阻肺转诊结果两周内随访率", "COPD: referrals followed within two weeks")
)

_screened = records(SCREENING)
_NOT_ASKED = Text("没有完整的筛查问卷，七题都填一次即可", "no complete questionnaire; answering all seven questions will mend it")
SCREENED = chronic.screened(
    COPD,
    TO_SCREEN,
    Text("慢阻肺问卷筛查人数", "Residents screened for COPD"),
    in_period=_screened.where(_screened.screened_on.in_period & _screened.score.is_present)
    .exist()
    .named("时段内完成筛查问卷", "questionnaire answered in the period", unmet=_NOT_ASKED, source=COPD.service_clause),
    why=Text(
        "慢阻肺早期常被当作老慢支，靠问卷和肺功能检查发现。", "COPD is long taken for an old cough; questionnaire and spirometry find it."
    ),
)
SCREENING_RATE = chronic.screening_rate(
    COPD,
    TO_SCREEN,
    Text("慢阻肺问卷本年筛查率", "Residents screened for COPD this year"),
    in_year=_screened.where(_screened.screened_on.in_year & _screened.score.is_present)
    .exist()
    .named("本年完成筛查问卷", "questionnaire answered this year", unmet=_NOT_ASKED, source=COPD.service_clause),
    why=Text("从1月1日累计到截止日，到12月31日即为全年筛查率。", "Counted from 1 January; on 31 December it is the year's rate."),
)
HIGH_RISK = chronic.high_risk(COPD, AT_HIGH_RISK, Text("慢阻肺危险因素登记人数", "People at risk of COPD"))
HIGH_RISK_OVERDUE = chronic.high_risk_overdue(
    COPD, AT_HIGH_RISK, Text("有慢阻肺危险因素、到期未再筛查人数", "People at risk of COPD not screened in time")
)
HIGH_RISK_ON_TIME = chronic.duties_done_in_time(
    COPD,
    "high_risk_on_time",
    REMEASURES,
    Text("有慢阻肺危险因素人群按期筛查率", "People at risk of COPD screened in time"),
    why=Text("有危险因素的人每年筛查1次，期限已满的才计入。", "Screened once a year; only those whose time is up count."),
)
SUSPECTS_FOLLOWED = chronic.duties_done_in_time(
    COPD,
    "suspects_followed",
    SUSPECTS,
    Text("慢阻肺疑似患者转诊两周内随访率", "Suspected COPD: referrals followed within two weeks"),
    why=Text("问卷阳性的人作了肺功能检查没有，两周内要问到结果。", "Whether those with a high score were tested is asked in time."),
)

_visits = records(FOLLOW_UP)
LUNG_FUNCTION = Indicator(
    code="copd.lung_function",
    name=Text("慢阻肺患者本年肺功能检查率", "COPD patients whose lung function was tested this year"),
    unit="%",
    places=2,
    counting_unit="人",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=COPD.assessment_clause,
    why=Text(
        "肺功能之于慢阻肺如同血压之于高血压；从1月1日累计到截止日，到12月31日即为全年检查率。",
        "The lung function is to COPD what the pressure is to hypertension; counted from 1 January, on 31 December it is the year's rate.",
    ),
    population=PATIENTS,
    numerator=_visits.where(_visits.visited_on.in_year & _visits.fev1_predicted.is_present)
    .exist()
    .named(
        "本年作过肺功能检查",
        "lung function tested this year",
        unmet=Text("本年没有肺功能检查结果，检查一次并填入随访表即可", "no test this year; one on the follow-up form will mend it"),
        source=COPD.assessment_clause,
    )
    .node,
    denominator=always.node,
)
SMOKERS = Indicator(
    code="copd.smokers",
    name=Text("仍在吸烟的慢阻肺患者数", "COPD patients who still smoke"),
    unit="人",
    counting_unit="人",
    time_base=TimeBase.LAST,
    attribution=Attribution.MANAGED_BY,
    better=Better.LOWER,
    source=COPD.classes_clause,
    why=Text("戒烟是最能延缓肺功能下降的办法，这些人要逐个劝导。", "Stopping is what slows the decline; each of these is to be advised."),
    population=PATIENTS,
    numerator=(_last_visit.smoking > 0)
    .named(
        "最近一次随访仍吸烟",
        "smoking at the last visit",
        unmet=Text("最近一次随访不吸烟，或没有记录", "not smoking at the last visit, or not asked"),
        source=COPD.classes_clause,
    )
    .node,
)
