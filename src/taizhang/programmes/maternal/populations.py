"""Who is counted among mothers and births, and the parts from which the indicators are built.

Deliveries are rows, by the organisation that wrote them: a mother who has moved since stays where she was cared for. What is known of a
delivery is what lies on or before the cut-off.
"""

from taizhang.county.vocabulary import lives_here, managing_organisation, resident
from taizhang.kernel.indicators import Attribution, Breakdown, Population, residents_where
from taizhang.kernel.query.words import Expression, RowSet, choose, cutoff, parameter, period_start, records, year_start
from taizhang.kernel.text import Text
from taizhang.programmes.maternal.records import (
    ANTENATAL_VISIT,
    BIRTH,
    CHILD_DEATH,
    DELIVERY,
    FINAL_CHECK,
    FOLIC,
    MATERNAL_DEATH,
    MOTHER_TEST,
    POSTNATAL_VISIT,
    PRECONCEPTION,
    PREGNANCY,
    PREMARITAL,
    RISK,
)
from taizhang.programmes.maternal.rules import (
    BIRTH_OUTCOME,
    CARE,
    CONTENT,
    HIGH_RISK,
    IN_HOSPITAL,
    SURVEY,
    TARGETS,
    TERM,
    TRANSMISSION,
    WEEK,
    is_orange_or_red,
)

_SERVED_BY = Attribution.SERVED_BY

# -- mothers who have given birth -----------------------------------------------------------------------------------------------------

deliveries = records(DELIVERY)
_is_birth = (deliveries.outcome == BIRTH_OUTCOME) & (
    (deliveries.live_births >= 1)
    | deliveries.gestation_days.is_missing
    | (deliveries.gestation_days >= parameter("maternal.birth_weeks") * WEEK)
)
_births_in_period = deliveries.where(deliveries.ended_on.in_period & _is_birth)

BY_COLOUR = Breakdown(
    "risk",
    Text("妊娠风险分级", "Risk of the pregnancy"),
    deliveries.colour.node,
    (("1", Text("绿色", "Green")), ("2", Text("黄色", "Yellow")), ("3", Text("橙色", "Orange")), ("4", Text("红色", "Red"))),
)


def _rows(name: str, zh: str, en: str, rows: RowSet, *, breakdowns: tuple[Breakdown, ...] = ()) -> Population:
    return Population(
        name=name,
        label=Text(zh, en),
        attribution=_SERVED_BY,
        rows=rows.node,
        organisation=rows.organisation.node,
        breakdowns=breakdowns,
    )


DELIVERIES = _rows(
    "maternal_deliveries", "时段内分娩的产妇", "Mothers who gave birth in the period", _births_in_period, breakdowns=(BY_COLOUR,)
)

live = deliveries.live_births
discharged: Expression = choose((deliveries.discharged_on.is_missing, deliveries.ended_on), otherwise=deliveries.discharged_on)

registered = deliveries.registered_on.is_present.named(
    "已建册", "registered", unmet=Text("没有建册记录", "never registered"), source=TARGETS
)
early = (deliveries.registered_days < parameter("maternal.early_days")).named(
    "孕13周之前建册并首次产检",
    "registered and checked before week 13",
    unmet=Text("建册时已满孕13周，或没有建册", "registered after week 13, or never"),
    source=TARGETS,
)
enough_checks = (deliveries.checks >= parameter("maternal.checks_required")).named(
    "产前检查达到规定次数",
    "as many antenatal checks as prescribed",
    unmet=Text("孕期产前检查{have}次，规定{need}次", "{have} antenatal checks of {need}"),
    source=CONTENT,
)
in_hospital = deliveries.delivered_at.is_in(*IN_HOSPITAL).named(
    "住院分娩", "born in an institution", unmet=Text("在家中或途中分娩", "born at home or on the way"), source=SURVEY
)


def _visited(days: str, zh: str, en: str) -> Expression:
    return ((deliveries.visited_on <= cutoff) & (deliveries.visited_on <= discharged.plus(parameter(days), "day"))).named(
        zh, en, unmet=Text("截止日前没有期限内的产后访视", "no visit after birth in time by the cut-off"), source=TARGETS
    )


visited = _visited("maternal.visit_counted_days", "出院后28天内产后访视", "visited within 28 days of leaving hospital")
visited_in_week = _visited("maternal.visit_within_days", "出院后7天内产后访视", "visited within 7 days of leaving hospital")
visit_over = (discharged.plus(parameter("maternal.visit_counted_days"), "day") <= cutoff).named(
    "产后访视期限已满", "time of the visit is over", source=TARGETS
)
week_over = (discharged.plus(parameter("maternal.visit_within_days"), "day") <= cutoff).named(
    "出院后7天已满", "seven days after leaving hospital are over", source=CONTENT
)
checked = (
    (deliveries.checked_on <= cutoff)
    & (deliveries.checked_on >= deliveries.ended_on.plus(parameter("maternal.final_from_days"), "day"))
    & (deliveries.checked_on <= deliveries.ended_on.plus(parameter("maternal.final_until_days"), "day"))
).named(
    "产后42天至56天完成健康检查",
    "checked from day 42 to day 56",
    unmet=Text("截止日前没有期限内的产后42天检查", "no 42-day check in time by the cut-off"),
    source=CONTENT,
)
check_over = (deliveries.ended_on.plus(parameter("maternal.final_until_days"), "day") <= cutoff).named(
    "产后42天检查期限已满", "time of the 42-day check is over", source=CONTENT
)
managed = early & enough_checks & in_hospital & visited
orange_or_red = is_orange_or_red(deliveries)
tested = deliveries.tested_on.is_present.named(
    "艾滋病、梅毒、乙肝三项均已检测",
    "tested for HIV, syphilis and hepatitis B",
    unmet=Text("三项检测不全", "not tested for all three"),
    source=TRANSMISSION,
)
tested_early = (deliveries.tested_days < parameter("maternal.early_days")).named(
    "孕早期完成三项检测",
    "tested in early pregnancy",
    unmet=Text("孕早期没有完成三项检测", "not tested in early pregnancy"),
    source=TRANSMISSION,
)
caesarean = (deliveries.manner == "3").named("剖宫产", "by caesarean", unmet=Text("阴道分娩", "vaginal birth"), source=SURVEY)


def live_where(condition: Expression) -> Expression:
    """The live births of a delivery that meets the condition."""
    return choose((condition, live), otherwise=0)


# -- registrations, and women pregnant on the cut-off -------------------------------------------------------------------------------------

pregnancies = records(PREGNANCY)
REGISTRATIONS = _rows(
    "maternal_registrations", "时段内建册的孕妇", "Women registered in the period", pregnancies.where(pregnancies.registered_on.in_period)
)
early_now = (pregnancies.gestation_days < parameter("maternal.early_days")).named(
    "建册时未满孕13周", "registered before week 13", unmet=Text("建册时已满孕13周", "registered after week 13"), source=TARGETS
)

last_pregnancy = pregnancies.where(pregnancies.registered_on <= cutoff).last_by("registered_on")
_last_end = deliveries.where(deliveries.ended_on <= cutoff).last_by("ended_on")
_pregnant = (
    last_pregnancy.exists
    & (~_last_end.exists | (_last_end.ended_on < last_pregnancy.registered_on))
    & (last_pregnancy.due_on.plus(parameter("maternal.longest_gestation") - TERM, "day") >= cutoff)
).named("截止日仍在孕", "pregnant at the cut-off", unmet=Text("不在孕", "not pregnant"), source=CARE)
PREGNANT = residents_where(
    "maternal_pregnant",
    Text("截止日在孕的常住孕妇", "Residents pregnant at the cut-off"),
    lives_here & _pregnant,
    organisation=managing_organisation,
)
_visits = records(ANTENATAL_VISIT)
_last_visit = _visits.where(_visits.visited_on <= cutoff).last_by("visited_on")
_next_check: Expression = choose(
    (_last_visit.visited_on >= last_pregnancy.registered_on, _last_visit.next_check_on), otherwise=last_pregnancy.next_check_on
)
on_schedule = (_next_check.is_missing | (_next_check > cutoff)).named(
    "到期的产前随访均已完成（或尚未到期）",
    "antenatal visits due by now are done (or not yet due)",
    unmet=Text("应做的产前随访已到期未做", "an antenatal visit is overdue"),
    source=CONTENT,
)

# -- tests for HIV, syphilis and hepatitis B, and the high risk that only they tell ----------------------------------------------------

# Who is infected is nobody's business but the treating doctor's: what is read from the tests shows counts only, and no small ones.
tests = records(MOTHER_TEST)
_tests_then = tests.where(tests.served_on.in_period)
_complete = _tests_then.where(tests.complete)
TESTED = Population(
    name="maternal_tested",
    label=Text("时段内完成三项检测的孕产妇", "Mothers tested in the period"),
    attribution=_SERVED_BY,
    condition=(_complete.count() >= 1)
    .named(
        "时段内完成三项检测",
        "tested for all three in the period",
        unmet=Text("时段内没有做完艾滋病、梅毒、乙肝三项检测", "not tested for HIV, syphilis and hepatitis B in the period"),
        source=TRANSMISSION,
    )
    .node,
    organisation=_complete.last_by("served_on").organisation.node,
)


def _found(condition: Expression, zh: str, en: str) -> Expression:
    return (_tests_then.where(condition).count() >= 1).named(zh, en, source=TRANSMISSION)


syphilis_found = _found(tests.syphilis == "2", "梅毒阳性", "syphilis positive")
hiv_found = _found(tests.hiv == "2", "HIV阳性", "HIV positive")
hepatitis_b_found = _found(tests.hbsag == "2", "乙肝表面抗原阳性", "hepatitis B positive")

last_birth = _births_in_period.last_by("ended_on")
GAVE_BIRTH = Population(
    name="maternal_gave_birth",
    label=Text("时段内分娩的产妇（计入检测结果）", "Mothers who gave birth, with what the tests found"),
    attribution=_SERVED_BY,
    condition=last_birth.exists.named(
        "时段内分娩", "gave birth in the period", unmet=Text("时段内没有分娩记录", "no birth is on record in the period"), source=CARE
    ).node,
    organisation=last_birth.organisation.node,
)
hiv_known = (tests.where((tests.hiv == "2") & (tests.served_on <= cutoff)).count() >= 1).named(
    "HIV阳性", "HIV positive", source=TRANSMISSION
)

_last_purple = tests.where(tests.purple & (tests.served_on <= cutoff)).last_by("served_on")
_purple_at_birth = _last_purple.exists & (
    _last_purple.served_on.plus(parameter("maternal.longest_gestation"), "day") >= last_birth.ended_on
)
high_risk = (is_orange_or_red(last_birth) | _purple_at_birth).named(
    "风险分级为橙色、红色或紫色",
    "graded orange, red or purple",
    unmet=Text("风险分级为绿色或黄色，没有传染病", "graded green or yellow, no infection"),
    source=HIGH_RISK,
)
special = ((last_birth.special_on <= cutoff) | (_purple_at_birth & (_last_purple.special_on <= cutoff))).named(
    "已建立高危专案", "special file opened", unmet=Text("没有建立高危专案", "no special file"), source=HIGH_RISK
)
purple_without_file = _purple_at_birth & _last_purple.special_on.is_missing & last_birth.special_on.is_missing
high_risk_in_hospital = (high_risk & last_birth.delivered_at.is_in(*IN_HOSPITAL)).named(
    "高危且住院分娩",
    "at high risk and born in an institution",
    unmet=Text("不是高危孕产妇，或不在医院分娩", "not at high risk, or not born in an institution"),
    source=SURVEY,
)

_risks = records(RISK)
_last_risk = _risks.where(_risks.assessed_on <= cutoff).last_by("assessed_on")
high_risk_now = (
    (is_orange_or_red(_last_risk) & (_last_risk.assessed_on >= last_pregnancy.registered_on))
    | (_last_purple.exists & (_last_purple.served_on.plus(TERM, "day") >= last_pregnancy.due_on))
).named(
    "本次妊娠最近一次评估为橙、红，或有传染病（紫）",
    "graded orange or red at the last assessment of this pregnancy, or infected (purple)",
    unmet=Text("不属高危", "not at high risk"),
    source=HIGH_RISK,
)

# -- what was done in the period --------------------------------------------------------------------------------------------------------

_postnatal, _final = records(POSTNATAL_VISIT), records(FINAL_CHECK)
_first_checks = pregnancies.where(pregnancies.registered_on.in_period)
_visits_then = _visits.where(_visits.visited_on.in_period)
_postnatal_then = _postnatal.where(_postnatal.visited_on.in_period)
_final_then = _final.where(_final.checked_on.in_period)
antenatal_checks = _first_checks.count() + _visits_then.count()
postnatal_visits = _postnatal_then.count()
services = antenatal_checks + postnatal_visits + _final_then.count()
_by_visit, _by_first, _by_postnatal, _by_final = (
    _visits_then.last_by("visited_on"),
    _first_checks.last_by("registered_on"),
    _postnatal_then.last_by("visited_on"),
    _final_then.last_by("checked_on"),
)
SERVED = Population(
    name="maternal_served",
    label=Text("时段内接受保健服务或分娩的孕产妇", "Mothers served, or who gave birth, in the period"),
    attribution=_SERVED_BY,
    condition=(services + _births_in_period.count() >= 1)
    .named(
        "时段内接受保健服务或分娩",
        "served, or gave birth, in the period",
        unmet=Text(
            "时段内没有建册、产前检查、分娩、产后访视或产后42天检查的记录",
            "no registration, antenatal check, birth, visit after birth or 42-day check in the period",
        ),
        source=CARE,
    )
    .node,
    organisation=choose(
        (_by_final.exists, _by_final.organisation),
        (_by_postnatal.exists, _by_postnatal.organisation),
        (_by_visit.exists, _by_visit.organisation),
        (_by_first.exists, _by_first.organisation),
        otherwise=_births_in_period.last_by("ended_on").organisation,
    ).node,
)

# -- births and deaths ------------------------------------------------------------------------------------------------------------------

births = records(BIRTH)
BIRTHS = _rows("maternal_births", "时段内出生的活产儿", "Children born alive in the period", births.where(births.born_on.in_period))

# 1 October of the year before to 30 September: the yearly report's year, from its first day to the cut-off.
_first_month = parameter("maternal.reporting_year_month") - 1
reporting_year_start: Expression = choose(
    (cutoff >= year_start.plus(_first_month, "month"), year_start.plus(_first_month, "month")),
    otherwise=year_start.plus(_first_month - 12, "month"),
)


class Span:
    """Births and deaths from a day to the cut-off, with the populations that the mortality rates stand on: children born or dead then, and
    mothers who gave birth or died then."""

    def __init__(self, name: str, zh: str, en: str, start: Expression) -> None:
        deaths, mothers = records(CHILD_DEATH), records(MATERNAL_DEATH)
        self.birth = births.where((births.born_on >= start) & (births.born_on <= cutoff)).last_by("born_on")
        self.death = deaths.where((deaths.died_on >= start) & (deaths.died_on <= cutoff)).last_by("died_on")
        self.children = Population(
            name=f"maternal_children_{name}",
            label=Text(f"{zh}出生的活产儿和死亡的儿童", f"Children born alive or dead {en}"),
            attribution=_SERVED_BY,
            condition=(self.birth.exists | self.death.exists)
            .named(
                f"{zh}出生或死亡",
                f"born or dead {en}",
                unmet=Text(f"{zh}没有出生记录，也没有儿童死亡报告", f"neither a birth nor a death of a child is on record {en}"),
                source=SURVEY,
            )
            .node,
            organisation=choose((self.death.exists, self.death.organisation), otherwise=self.birth.organisation).node,
        )
        self.born = self.birth.exists.named("活产", "born alive", unmet=Text("出生不在统计期内", "born outside the period"), source=SURVEY)
        age = resident.birth_date.age_on(self.death.died_on)
        self.newborn = self._dead(self.death.age_days < parameter("maternal.newborn_days"), "未满28天死亡", "died under 28 days")
        self.infant = self._dead(age < 1, "未满1岁死亡", "died under the age of one")
        self.under_five = self._dead(age < parameter("maternal.survival_under_years"), "未满5岁死亡", "died under five")

        given = deliveries.where((deliveries.ended_on >= start) & (deliveries.ended_on <= cutoff) & _is_birth)
        self.live_births = given.total(deliveries.live_births)
        last = given.last_by("ended_on")
        dead = mothers.where(
            (mothers.died_on >= start)
            & (mothers.died_on <= cutoff)
            & (mothers.cause != "3")
            & (mothers.ended_on.is_missing | (mothers.died_on <= mothers.ended_on.plus(parameter("maternal.postpartum_days"), "day")))
        )
        card = dead.last_by("died_on")
        self.maternal = dead.exist().named(
            "孕产妇死亡", "maternal death", unmet=Text("没有计入的孕产妇死亡", "no maternal death that counts"), source=SURVEY
        )
        self.mothers = Population(
            name=f"maternal_mothers_{name}",
            label=Text(f"{zh}分娩的产妇和死亡的孕产妇", f"Mothers who gave birth or died {en}"),
            attribution=_SERVED_BY,
            condition=(last.exists | card.exists)
            .named(
                f"{zh}分娩或死亡",
                f"gave birth or died {en}",
                unmet=Text(f"{zh}没有分娩记录，也没有孕产妇死亡报告", f"neither a birth nor a mother's death is on record {en}"),
                source=SURVEY,
            )
            .node,
            organisation=choose((card.exists, card.organisation), otherwise=last.organisation).node,
        )

    @staticmethod
    def _dead(condition: Expression, zh: str, en: str) -> Expression:
        return condition.named(zh, en, unmet=Text("没有死亡，或不在此年龄", "alive, or dead at another age"), source=SURVEY)


IN_PERIOD = Span("period", "时段内", "in the period", period_start)
IN_REPORTING_YEAR = Span("reporting_year", "本妇幼统计年度以来", "since 1 October", reporting_year_start)

screened = (
    (births.heel_blood_on <= cutoff) & (births.heel_blood_on <= births.born_on.plus(parameter("maternal.screening_days"), "day"))
).named("期限内采血筛查", "heel blood taken in time", unmet=Text("没有在期限内采血筛查", "no heel blood in time"), source=SURVEY)
screening_over = (births.born_on.plus(parameter("maternal.screening_days"), "day") <= cutoff).named(
    "采血期限已满", "time of the heel blood is over", source=SURVEY
)
hearing_screened = (births.hearing_on <= cutoff).named(
    "听力初筛", "hearing screened", unmet=Text("没有听力初筛", "hearing not screened"), source=SURVEY
)
exposed = (births.mother_hbsag == "2").named("母亲乙肝表面抗原阳性", "mother hepatitis B positive", source=TRANSMISSION)
protected = (births.immunoglobulin_hours <= parameter("maternal.immunoglobulin_hours")).named(
    "出生后24小时内注射乙肝免疫球蛋白",
    "immunoglobulin within 24 hours",
    unmet=Text("没有在出生后24小时内注射乙肝免疫球蛋白", "no immunoglobulin within 24 hours"),
    source=TRANSMISSION,
)
low_weight = (births.birth_weight < parameter("maternal.low_birth_weight")).named(
    "低出生体重", "low birth weight", unmet=Text("出生体重不低", "not low"), source=SURVEY
)
preterm = (births.weeks_at_birth < parameter("maternal.term_weeks")).named(
    "早产", "before term", unmet=Text("足月", "at term"), source=SURVEY
)
defective = births.defect.named("有出生缺陷", "with a birth defect", unmet=Text("没有出生缺陷", "no birth defect"), source=SURVEY)

# -- before pregnancy -------------------------------------------------------------------------------------------------------------------

_premarital, _preconception, _folic = records(PREMARITAL), records(PRECONCEPTION), records(FOLIC)
PREMARITAL_CHECKS = _rows(
    "maternal_premarital", "时段内婚前医学检查", "Premarital checks in the period", _premarital.where(_premarital.checked_on.in_period)
)
PRECONCEPTION_CHECKS = _rows(
    "maternal_preconception",
    "时段内孕前优生健康检查",
    "Pre-pregnancy checks in the period",
    _preconception.where(_preconception.checked_on.in_period),
)
preconception_risk = (_preconception.risk == "2").named("孕前高风险", "at high risk", unmet=Text("一般人群", "ordinary"), source=CARE)
_supplies = _folic.where(_folic.given_on.in_period)
_last_supply = _supplies.last_by("given_on")
FOLIC_WOMEN = Population(
    name="maternal_folic_women",
    label=Text("时段内领取叶酸的妇女", "Women given folic acid in the period"),
    attribution=_SERVED_BY,
    condition=_last_supply.exists.named(
        "时段内领取叶酸",
        "given folic acid in the period",
        unmet=Text(
            "时段内没有领取叶酸的登记，发放后登记即可", "no supply is on record in the period; handing it out and noting it will mend it"
        ),
        source=CARE,
    ).node,
    organisation=_last_supply.organisation.node,
)
bottles = _supplies.total(_folic.bottles)
takes_regularly = _last_supply.regular.named(
    "最近一次登记为规范服用", "taken regularly, as last noted", unmet=Text("没有规范服用", "not taken regularly"), source=CARE
)

ALL = (
    DELIVERIES,
    REGISTRATIONS,
    TESTED,
    GAVE_BIRTH,
    PREGNANT,
    SERVED,
    BIRTHS,
    PREMARITAL_CHECKS,
    PRECONCEPTION_CHECKS,
    FOLIC_WOMEN,
    IN_PERIOD.children,
    IN_PERIOD.mothers,
    IN_REPORTING_YEAR.children,
    IN_REPORTING_YEAR.mothers,
)
