"""The indicators of a chronic disease: whom and what they count, and why. A disease names those it has, one by one.

Whom: residents with an open case on the cut-off, under the organisation that manages them then. Visits count where they took place.
"""

from taizhang.county.vocabulary import BY_AGE, BY_SEX, lives_here, managing_organisation, resident
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
from taizhang.kernel.query.words import Expression, always, cutoff, records, year_end
from taizhang.kernel.text import Text
from taizhang.programmes.chronic import screening
from taizhang.programmes.chronic.disease import ManagedDisease
from taizhang.programmes.chronic.visits import REFERRAL, WITHIN_TWO_WEEKS
from taizhang.programmes.chronic.words import (
    early_deadline,
    face_to_face_this_year,
    judged,
    last_screening,
    next_visit_due,
    not_under_management,
    under_management,
    visits_due_by,
)
from taizhang.programmes.elements import REACHED, WAY_OF_VISIT
from taizhang.programmes.health_records import records as health_records

# -- populations -------------------------------------------------------------------------------------------------------------


def patients(disease: ManagedDisease, label: Text, *breakdowns: Breakdown) -> Population:
    """Residents under management on the cut-off. breakdowns: those of the disease beside sex and age."""
    return residents_where(
        f"{disease.code}_patients",
        label,
        under_management(disease),
        organisation=managing_organisation,
        breakdowns=(BY_SEX, BY_AGE, *breakdowns),
    )


def enrolments(disease: ManagedDisease, label: Text) -> Population:
    """Cases opened in the period."""
    cases = records(disease.case)
    return Population(
        name=f"{disease.code}_enrolments",
        label=label,
        attribution=Attribution.SERVED_BY,
        rows=cases.where(cases.enrolled_on.in_period).node,
        organisation=cases.organisation.node,
        breakdowns=(BY_SEX, BY_AGE),
    )


def visits(disease: ManagedDisease, label: Text) -> Population:
    """Visits of the period at which the patient was reached."""
    visits = records(disease.follow_up)
    return Population(
        name=f"{disease.code}_visits",
        label=label,
        attribution=Attribution.SERVED_BY,
        rows=visits.where(visits.visited_on.in_period & (visits.outcome == REACHED)).node,
        organisation=visits.organisation.node,
        breakdowns=(BY_SEX, BY_AGE, Breakdown("way", WAY_OF_VISIT.label, visits.way.node, WAY_OF_VISIT.codes)),
    )


def early_duties(disease: ManagedDisease, label: Text) -> Population:
    """Visits that ask for another within two weeks, whose time was up in the period."""
    visits = records(disease.follow_up)
    return Population(
        name=f"{disease.code}_early_duties",
        label=label,
        attribution=Attribution.SERVED_BY,
        rows=visits.where(judged(visits) & visits.due_reason.is_in(*WITHIN_TWO_WEEKS) & early_deadline(disease).in_period).node,
        organisation=visits.organisation.node,
        breakdowns=(BY_SEX, BY_AGE),
    )


def to_screen(disease: ManagedDisease, label: Text) -> Population:
    """Residents of the age to be screened who are not under management on the cut-off."""
    of_age = (resident.birth_date.age_on(cutoff) >= disease.parameter("screening_age")).named(
        "达到筛查年龄", "of the age screened", source=disease.service_clause
    )
    return residents_where(
        f"{disease.code}_to_screen",
        label,
        lives_here & of_age & not_under_management(disease),
        organisation=managing_organisation,
        breakdowns=(BY_SEX, BY_AGE),
    )


def at_high_risk(disease: ManagedDisease, label: Text) -> Population:
    """Residents not under management whom the last screening up to the cut-off found at high risk: the high-risk register."""
    found = (last_screening(disease).result == screening.HIGH_RISK).named(
        "最近一次筛查为高危", "at high risk by the last screening", source=disease.service_clause
    )
    return residents_where(
        f"{disease.code}_at_high_risk",
        label,
        lives_here & found & not_under_management(disease),
        organisation=managing_organisation,
        breakdowns=(BY_SEX, BY_AGE),
    )


def screening_duties(disease: ManagedDisease, label: Text, name: str, *reasons: str) -> Population:
    """Screenings that ask for another contact for one of these reasons, whose time was up in the period."""
    rows = records(disease.screening)
    return Population(
        name=f"{disease.code}_{name}",
        label=label,
        attribution=Attribution.SERVED_BY,
        rows=rows.where(rows.due_reason.is_in(*reasons) & rows.next_due_on.in_period).node,
        organisation=rows.organisation.node,
        breakdowns=(BY_SEX, BY_AGE),
    )


def referrals(disease: ManagedDisease, label: Text) -> Population:
    """Visits at which a patient was referred, whose two weeks were up in the period."""
    visits = records(disease.follow_up)
    return Population(
        name=f"{disease.code}_referrals",
        label=label,
        attribution=Attribution.SERVED_BY,
        rows=visits.where(judged(visits) & (visits.due_reason == REFERRAL) & early_deadline(disease).in_period).node,
        organisation=visits.organisation.node,
        breakdowns=(BY_SEX, BY_AGE),
    )


# -- parts -------------------------------------------------------------------------------------------------------------------

_EXAM_UNMET = Text(
    "年度健康体检：本年尚未完成，做一次完整的健康体检即可", "yearly examination: not done yet; one complete examination will mend it"
)


def _examined(disease: ManagedDisease) -> Expression:
    examinations = records(health_records.EXAMINATION)
    done = examinations.where(examinations.examined_on.in_year & examinations.complete).count()
    return done >= disease.parameter("exams_per_year")


# -- indicators --------------------------------------------------------------------------------------------------------------


def managed(disease: ManagedDisease, people: Population, name: Text) -> Indicator:
    """在管患者数."""
    return Indicator(
        code=disease.named("managed"),
        name=name,
        unit="人",
        counting_unit="人",
        time_base=TimeBase.STOCK,
        attribution=Attribution.MANAGED_BY,
        better=Better.HIGHER,
        source=disease.indicators_clause,
        why=Text(
            "知道辖区内管着多少患者，是一切随访和考核的底数。",
            "How many patients are under care is the base of every visit and assessment.",
        ),
        population=people,
        numerator=always.node,
        reported=Reported(numerator=Cell(disease.form, "managed")),
    )


def enrolled(disease: ManagedDisease, cases: Population, name: Text) -> Indicator:
    """新纳入管理患者数."""
    return Indicator(
        code=disease.named("enrolled"),
        name=name,
        unit="人",
        counting_unit="人",
        time_base=TimeBase.FLOW,
        attribution=Attribution.SERVED_BY,
        better=Better.HIGHER,
        source=disease.service_clause,
        why=Text("反映筛查发现和纳入管理的力度。", "Shows how well screening finds patients and brings them under care."),
        population=cases,
        numerator=always.node,
        reported=Reported(numerator=Cell(disease.form, "enrolled")),
    )


def visits_made(disease: ManagedDisease, made: Population, name: Text) -> Indicator:
    """随访人次."""
    return Indicator(
        code=disease.named("visits"),
        name=name,
        unit="人次",
        counting_unit="人次",
        time_base=TimeBase.FLOW,
        attribution=Attribution.SERVED_BY,
        better=Better.NEITHER,
        source=disease.assessment_clause,
        why=Text("反映随访工作量；失访不计。", "The work done in visits; those not reached are not counted."),
        population=made,
        numerator=always.node,
        reported=Reported(numerator=Cell(disease.form, "visits")),
    )


def standard_by_pace(disease: ManagedDisease, people: Population, name: Text) -> Indicator:
    """按进度规范管理率: what is due by the cut-off was done."""
    visits_on_schedule = (face_to_face_this_year(disease).count() >= visits_due_by(cutoff, disease)).named(
        "面对面随访次数达到进度",
        "face-to-face visits on schedule",
        unmet=Text(
            "面对面随访：本年{have}次，截至该日应有{need}次，再随访{lack}次即可",
            "face-to-face visits: {have} this year, {need} due by that day; {lack} more will mend it",
        ),
        source=disease.assessment_clause,
    )
    examined_or_not_due = (_examined(disease) | (cutoff < year_end)).named(
        "健康体检已完成或年内尚未到期",
        "examined this year, or not yet due",
        unmet=_EXAM_UNMET,
        source=disease.examination_clause,
    )
    return Indicator(
        code=disease.named("standard_by_pace"),
        name=name,
        unit="%",
        places=2,
        counting_unit="人",
        time_base=TimeBase.DUE_TO_DATE,
        attribution=Attribution.MANAGED_BY,
        better=Better.HIGHER,
        source=disease.indicators_clause,
        why=Text(
            "年中就能看出谁落在后面：截止日前应做的都做了才算，到12月31日与全年规范管理率相同。",
            "Shows in mid-year who lags: all that is due by the cut-off must be done; on 31 December it equals the yearly rate.",
        ),
        population=people,
        numerator=(visits_on_schedule & examined_or_not_due).node,
        denominator=always.node,
    )


def standard(disease: ManagedDisease, people: Population, name: Text) -> Indicator:
    """规范管理率: all visits and the examination of the year."""
    visits_of_the_year = (face_to_face_this_year(disease).count() >= visits_due_by(year_end, disease)).named(
        "全年面对面随访次数足够",
        "enough face-to-face visits in the year",
        unmet=Text(
            "面对面随访：本年{have}次，全年应有{need}次，再随访{lack}次即可",
            "face-to-face visits: {have} this year, {need} due in the year; {lack} more will mend it",
        ),
        source=disease.assessment_clause,
    )
    examined_this_year = _examined(disease).named(
        "本年已完成健康体检", "examined this year", unmet=_EXAM_UNMET, source=disease.examination_clause
    )
    return Indicator(
        code=disease.named("standard"),
        name=name,
        unit="%",
        places=2,
        counting_unit="人",
        time_base=TimeBase.ANNUAL,
        attribution=Attribution.MANAGED_BY,
        better=Better.HIGHER,
        source=disease.indicators_clause,
        why=Text(
            "国家规范的考核指标：全年随访和体检都做到位的患者所占比例。",
            "The national measure: the share of patients with all visits and the examination of the year.",
        ),
        population=people,
        numerator=(visits_of_the_year & examined_this_year).node,
        denominator=always.node,
        reported=Reported(numerator=Cell(disease.form, "standard"), denominator=Cell(disease.form, "managed")),
    )


def controlled(disease: ManagedDisease, people: Population, name: Text, *, at_last_visit: Expression, why: Text) -> Indicator:
    """控制率. at_last_visit: the last visit of the year was within target."""
    return Indicator(
        code=disease.named("controlled"),
        name=name,
        unit="%",
        places=2,
        counting_unit="人",
        time_base=TimeBase.LAST,
        attribution=Attribution.MANAGED_BY,
        better=Better.HIGHER,
        source=disease.indicators_clause,
        why=why,
        population=people,
        numerator=at_last_visit.node,
        denominator=always.node,
        reported=Reported(numerator=Cell(disease.form, "controlled"), denominator=Cell(disease.form, "managed")),
    )


def overdue(disease: ManagedDisease, people: Population, name: Text) -> Indicator:
    """随访逾期患者数."""
    deadline = next_visit_due(disease).plus(disease.parameter("overdue_grace_days"), "day")
    return Indicator(
        code=disease.named("overdue"),
        name=name,
        unit="人",
        counting_unit="人",
        time_base=TimeBase.STOCK,
        attribution=Attribution.MANAGED_BY,
        better=Better.LOWER,
        source=disease.service_clause,
        why=Text(
            "这些人今天就该去随访，是村医和卫生院的补访名单。",
            "These people should be visited today: the list of village doctor and township hospital.",
        ),
        population=people,
        numerator=(deadline < cutoff).named("应随访而逾期未随访", "visit overdue", source=disease.service_clause).node,
    )


def early_on_time(disease: ManagedDisease, duties: Population, name: Text, *, why: Text) -> Indicator:
    """两周内随访及时率, over the duties whose time was up while the patient was alive and under management."""
    answered_on, deadline = records(disease.follow_up).answered_on, early_deadline(disease)
    cases = records(disease.case)
    last_case = cases.where(cases.enrolled_on <= cutoff).last_by("enrolled_on")
    still_managed = (
        (resident.died_on.is_missing | (resident.died_on > deadline)) & (last_case.closed_on.is_missing | (last_case.closed_on > deadline))
    ).named(
        "期限届满时在世且在管",
        "alive and under management when the time was up",
        unmet=Text("期限届满前已经去世或不再管理", "died or left management before the time was up"),
    )
    followed = ((answered_on <= cutoff) & (answered_on <= deadline)).named(
        "期限内已再次随访",
        "followed within the time",
        unmet=Text("期限内没有再次随访", "not followed within the time"),
        source=disease.service_clause,
    )
    return Indicator(
        code=disease.named("early_on_time"),
        name=name,
        unit="%",
        places=2,
        counting_unit="人次",
        time_base=TimeBase.MATURED,
        attribution=Attribution.SERVED_BY,
        better=Better.HIGHER,
        source=disease.service_clause,
        why=why,
        population=duties,
        # A visit in time to someone who died or left before the time was up is in neither count.
        numerator=(still_managed & followed).node,
        denominator=still_managed.node,
    )


def referrals_followed(disease: ManagedDisease, referred: Population, name: Text) -> Indicator:
    """转诊结果两周内随访率 of patients, over the referrals whose time was up while the patient was alive."""
    checked_on, deadline = records(disease.follow_up).referral_checked_on, early_deadline(disease)
    alive = (resident.died_on.is_missing | (resident.died_on > deadline)).named(
        "期限届满时在世", "alive when the time was up", unmet=Text("期限届满前已经去世", "died before the time was up")
    )
    followed = ((checked_on <= cutoff) & (checked_on <= deadline)).named(
        "期限内已了解转诊结果",
        "the result of the referral learnt within the time",
        unmet=Text("期限内没有记录转诊结果，随访一次并填写转诊结果", "no result written down within the time; visit and write it down"),
        source=disease.classes_clause,
    )
    return Indicator(
        code=disease.named("referrals_followed"),
        name=name,
        unit="%",
        places=2,
        counting_unit="人次",
        time_base=TimeBase.MATURED,
        attribution=Attribution.SERVED_BY,
        better=Better.HIGHER,
        source=disease.classes_clause,
        why=Text(
            "建议转诊不等于看上了病；两周内主动了解转诊结果，才知道患者有没有得到处理。",
            "Advising a referral is not yet treatment; only asking within two weeks tells whether the patient was treated.",
        ),
        population=referred,
        numerator=(alive & followed).node,
        denominator=alive.node,
    )


def screened(disease: ManagedDisease, people: Population, name: Text, *, in_period: Expression, why: Text) -> Indicator:
    """筛查人数, in the period. in_period: the person was measured or asked in it."""
    return Indicator(
        code=disease.named("screened"),
        name=name,
        unit="人",
        counting_unit="人",
        time_base=TimeBase.FLOW,
        attribution=Attribution.MANAGED_BY,
        better=Better.HIGHER,
        source=disease.service_clause,
        why=why,
        population=people,
        numerator=in_period.node,
    )


def screening_rate(disease: ManagedDisease, people: Population, name: Text, *, in_year: Expression, why: Text) -> Indicator:
    """本年累计筛查率, up to the cut-off."""
    return Indicator(
        code=disease.named("screening_rate"),
        name=name,
        unit="%",
        places=2,
        counting_unit="人",
        time_base=TimeBase.STOCK,
        attribution=Attribution.MANAGED_BY,
        better=Better.HIGHER,
        source=disease.service_clause,
        why=why,
        population=people,
        numerator=in_year.node,
        denominator=always.node,
    )


def high_risk(disease: ManagedDisease, people: Population, name: Text) -> Indicator:
    """高危人群登记人数."""
    return Indicator(
        code=disease.named("high_risk"),
        name=name,
        unit="人",
        counting_unit="人",
        time_base=TimeBase.STOCK,
        attribution=Attribution.MANAGED_BY,
        better=Better.NEITHER,
        source=disease.service_clause,
        why=Text(
            "高危人群是明天的患者，登记在册才能定期复测、早期干预。",
            "Tomorrow's patients: only those on the register are measured again in time.",
        ),
        population=people,
        numerator=always.node,
    )


def high_risk_overdue(disease: ManagedDisease, people: Population, name: Text) -> Indicator:
    """到期未复测的高危人群, on the cut-off: the part-year form of high_risk_on_time."""
    return Indicator(
        code=disease.named("high_risk_overdue"),
        name=name,
        unit="人",
        counting_unit="人",
        time_base=TimeBase.STOCK,
        attribution=Attribution.MANAGED_BY,
        better=Better.LOWER,
        source=disease.service_clause,
        why=Text("这些人应尽快约来复测，是村医的预约名单。", "These people should be called in soon: the village doctor's list."),
        population=people,
        numerator=(last_screening(disease).next_due_on < cutoff)
        .named(
            "复测已到期",
            "the next measurement is overdue",
            unmet=Text("复测尚未到期", "the next measurement is not yet due"),
            source=disease.service_clause,
        )
        .node,
    )


def duties_done_in_time(disease: ManagedDisease, code: str, duties: Population, name: Text, *, why: Text) -> Indicator:
    """Of what screenings asked for and whose time was up while the person was alive, what was done by the day."""
    row = records(disease.screening)
    alive = (resident.died_on.is_missing | (resident.died_on > row.next_due_on)).named(
        "期限届满时在世", "alive when the time was up", unmet=Text("期限届满前已经去世", "died before the time was up")
    )
    done = ((row.answered_on <= cutoff) & (row.answered_on <= row.next_due_on)).named(
        "期限内已完成",
        "done within the time",
        unmet=Text("期限内没有记录", "nothing was written down within the time"),
        source=disease.service_clause,
    )
    return Indicator(
        code=disease.named(code),
        name=name,
        unit="%",
        places=2,
        counting_unit="人次",
        time_base=TimeBase.MATURED,
        attribution=Attribution.SERVED_BY,
        better=Better.HIGHER,
        source=disease.service_clause,
        why=why,
        population=duties,
        numerator=(alive & done).node,
        denominator=alive.node,
    )
