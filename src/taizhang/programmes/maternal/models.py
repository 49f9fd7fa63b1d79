"""Stored records of the mother's and child's handbook, and of the cards of the yearly report on women and children."""

from functools import cache
from typing import Any, Self

from django.db import models

from taizhang.county.fields import element_field, worded
from taizhang.county.recording import Record
from taizhang.kernel.engines.rows import RowRule, compile_row
from taizhang.kernel.periods import Period, age_in_years
from taizhang.kernel.query import nodes
from taizhang.kernel.registry import registry
from taizhang.programmes import elements as e
from taizhang.programmes import laboratory as lab
from taizhang.programmes.maternal import elements as own
from taizhang.programmes.maternal import records, rules


@cache
def _rule(node: nodes.Value) -> RowRule:
    return compile_row(node, registry.parameters)


def judged(node: nodes.Value, record: Record) -> Any:
    """A rule over one row, by the numbers in force on the record's day."""
    day = getattr(record, record.DAY)
    row = {column.name: getattr(record, column.source) for column in record.CONTRACT.columns}
    return _rule(node)(row, Period(day, day), {})


class Pregnancy(Record):
    """建册及第1次产前检查服务记录. The due day and by what it was reckoned, gestation, age, what the measured
    values say of the risk, and by when the next visit is due are derived."""

    CONTRACT = records.PREGNANCY
    DAY = "registered_on"

    registered_on = element_field(own.REGISTERED_ON, required=True)
    handbook_number = element_field(own.HANDBOOK_NUMBER)
    husband_name = element_field(own.HUSBAND_NAME)
    husband_age = element_field(own.HUSBAND_AGE)
    husband_phone = element_field(own.HUSBAND_PHONE)
    gravidity = element_field(own.GRAVIDITY)
    vaginal_births = element_field(own.VAGINAL_BIRTHS)
    caesareans = element_field(own.CAESAREANS)
    last_period_on = element_field(own.LAST_PERIOD_ON)
    scanned_on = element_field(own.SCANNED_ON)
    scan_days = element_field(own.SCAN_DAYS)

    past_illness = element_field(own.PAST_ILLNESS)
    family_history = element_field(own.FAMILY_HISTORY)
    personal_history = element_field(own.PERSONAL_HISTORY)
    gynae_surgery = element_field(own.GYNAE_SURGERY)
    miscarriages = element_field(own.MISCARRIAGES)
    abortions = element_field(own.ABORTIONS)
    past_fetal_deaths = element_field(own.PAST_FETAL_DEATHS)
    past_stillbirths = element_field(own.PAST_STILLBIRTHS)
    past_newborn_deaths = element_field(own.PAST_NEWBORN_DEATHS)
    past_defects = element_field(own.PAST_DEFECTS)

    height = element_field(e.HEIGHT)
    weight = element_field(e.WEIGHT)
    body_mass_index = element_field(e.BODY_MASS_INDEX, editable=False)
    systolic = element_field(e.SYSTOLIC)
    diastolic = element_field(e.DIASTOLIC)
    heart = element_field(own.HEART)
    lungs = element_field(own.LUNGS)
    vulva = element_field(lab.VULVA)
    vagina = element_field(lab.VAGINA)
    cervix = element_field(lab.CERVIX)
    uterus = element_field(lab.UTERUS)
    adnexa = element_field(lab.ADNEXA)

    haemoglobin = element_field(lab.HAEMOGLOBIN)
    white_cells = element_field(lab.WHITE_CELLS)
    platelets = element_field(lab.PLATELETS)
    blood_other = element_field(lab.BLOOD_OTHER)
    urine_protein = element_field(lab.URINE_PROTEIN)
    urine_sugar = element_field(lab.URINE_SUGAR)
    urine_ketone = element_field(lab.URINE_KETONE)
    urine_blood = element_field(lab.URINE_BLOOD)
    urine_other = element_field(lab.URINE_OTHER)
    blood_type = element_field(e.BLOOD_TYPE)
    rhesus = element_field(e.RHESUS)
    fasting_glucose = element_field(e.FASTING_GLUCOSE)
    alt = element_field(lab.ALT)
    ast = element_field(lab.AST)
    albumin = element_field(lab.ALBUMIN)
    bilirubin = element_field(lab.BILIRUBIN)
    bilirubin_direct = element_field(lab.BILIRUBIN_DIRECT)
    creatinine = element_field(lab.CREATININE)
    urea = element_field(lab.UREA)
    discharge = element_field(own.DISCHARGE)
    cleanness = element_field(own.CLEANNESS)
    tested = element_field(own.TESTED)
    tested_on = element_field(own.TESTED_ON)
    scan_finding = element_field(own.SCAN_FINDING)
    test_other = element_field(lab.TEST_OTHER)

    assessment = element_field(own.ASSESSMENT)
    abnormal = element_field(own.ABNORMAL)
    guidance = element_field(own.FIRST_GUIDANCE)
    referred = element_field(own.REFERRED)
    referral_reason = element_field(e.REFERRAL_REASON)
    referral_to = element_field(e.REFERRAL_TO)
    doctor = element_field(e.DOCTOR)

    due_on = element_field(own.DUE_ON, editable=False)
    due_method = element_field(own.DUE_METHOD, editable=False)
    gestation_days = element_field(own.GESTATION, editable=False)
    gestation_printed = worded(models.CharField("孕周", max_length=8, blank=True, editable=False), own.GESTATION_PRINTED)
    age = models.IntegerField("建册时年龄", null=True, editable=False)
    measured_risk = element_field(own.MEASURED_RISK, editable=False)
    next_check_on = element_field(own.NEXT_CHECK_ON, editable=False)

    class Meta:
        verbose_name = "孕产妇建册及第1次产前检查"
        constraints = [models.UniqueConstraint(fields=["resident", "registered_on"], name="one_registration_a_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        differing = registry.parameters["maternal.ultrasound_differs"]
        for record in history:
            on = record.registered_on
            record.due_on, method = rules.due_day(record.last_period_on, record.scanned_on, record.scan_days, differing.at(on))
            record.due_method = method or None
            record.gestation_days = rules.gestation(record.due_on, on)
            record.gestation_printed = rules.weeks(record.gestation_days)
            record.age = age_in_years(record.resident.birth_date, on)
            record.body_mass_index = rules.body_mass_index(record.weight, record.height, record.body_mass_index)
            record.measured_risk = judged(rules.MEASURED_RISK, record)
            record.next_check_on = _next(record.due_on, record.gestation_days, record)


def _next(due_on: Any, days: int | None, record: Record) -> Any:
    """The last day of the window that follows a check; None where none does."""
    following = rules.next_window(rules.windows(registry.parameters, getattr(record, record.DAY)), days)
    return following.days(due_on)[1] if following else None


class AntenatalVisit(Record):
    """第2～5次产前随访服务记录. Gestation, window and the next due day come from the pregnancy it belongs to."""

    CONTRACT = records.ANTENATAL_VISIT
    DAY = "visited_on"
    BESIDE = ("maternal.Pregnancy",)

    visited_on = element_field(own.VISITED_ON, required=True)
    complaint = element_field(own.COMPLAINT)
    weight = element_field(e.WEIGHT)
    fundal_height = element_field(own.FUNDAL_HEIGHT)
    girth = element_field(own.ABDOMEN_GIRTH)
    presentation = element_field(own.PRESENTATION)
    fetal_heart = element_field(own.FETAL_HEART)
    systolic = element_field(e.SYSTOLIC)
    diastolic = element_field(e.DIASTOLIC)
    haemoglobin = element_field(lab.HAEMOGLOBIN)
    urine_protein = element_field(lab.URINE_PROTEIN)
    test_other = element_field(lab.TEST_OTHER)
    visit_class = element_field(own.VISIT_CLASS)
    abnormal = element_field(own.ABNORMAL)
    guidance = element_field(own.VISIT_GUIDANCE)
    referred = element_field(own.REFERRED)
    referral_reason = element_field(e.REFERRAL_REASON)
    referral_to = element_field(e.REFERRAL_TO)
    doctor = element_field(e.DOCTOR)

    due_on = element_field(own.DUE_ON, editable=False)
    gestation_days = element_field(own.GESTATION, editable=False)
    gestation_printed = worded(models.CharField("孕周", max_length=8, blank=True, editable=False), own.GESTATION_PRINTED)
    window_code = element_field(own.WINDOW, editable=False)
    next_check_on = element_field(own.NEXT_CHECK_ON, editable=False)

    class Meta:
        verbose_name = "产前随访"
        constraints = [models.UniqueConstraint(fields=["resident", "visited_on"], name="one_antenatal_visit_a_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for visit in history:
            before = [p for p in visit.beside.get("maternal.Pregnancy", ()) if p.registered_on <= visit.visited_on]
            visit.due_on = before[-1].due_on if before else None
            visit.gestation_days = rules.gestation(visit.due_on, visit.visited_on)
            if visit.gestation_days is not None and visit.gestation_days > own.GESTATION.high:
                visit.due_on = visit.gestation_days = None  # the pregnancy before this one, long over
            visit.gestation_printed = rules.weeks(visit.gestation_days)
            visit.window_code = rules.window_of(rules.windows(registry.parameters, visit.visited_on), visit.gestation_days)
            visit.next_check_on = _next(visit.due_on, visit.gestation_days, visit)


class MotherTest(Record):
    """孕产妇三病检测与阻断: on one day, what the tests for HIV, syphilis and hepatitis B gave, which infection she has, her treatment, or
    what her child was given. Open to the staff who treat HIV alone; the pregnancy's own form says only that she was tested."""

    CONTRACT = records.MOTHER_TEST
    DAY = "served_on"

    served_on = element_field(own.SERVED_ON, required=True)
    tested_at = element_field(own.TESTED_AT)
    hiv = element_field(own.HIV)
    syphilis = element_field(own.SYPHILIS)
    hbsag = element_field(own.HBSAG)
    hbsab = element_field(own.HBSAB)
    hbeag = element_field(own.HBEAG)
    hbeab = element_field(own.HBEAB)
    hbcab = element_field(own.HBCAB)
    infections = element_field(own.INFECTIONS)
    special_on = element_field(own.INFECTION_FILE_ON)
    treatment = element_field(own.TREATMENT)
    treatment_on = element_field(own.TREATMENT_ON)
    prophylaxis = element_field(own.PROPHYLAXIS)
    prophylaxis_on = element_field(own.PROPHYLAXIS_ON)
    referral_to = element_field(e.REFERRAL_TO)
    doctor = element_field(e.DOCTOR)

    complete = element_field(own.TESTS_COMPLETE, required=True, default=False, editable=False)
    purple = element_field(own.PURPLE, required=True, default=False, editable=False)

    class Meta:
        verbose_name = "孕产妇三病检测与阻断"
        constraints = [models.UniqueConstraint(fields=["resident", "served_on"], name="one_mother_test_a_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for test in history:
            test.complete = bool(test.hiv and test.syphilis and test.hbsag)
            test.purple = bool(judged(rules.PURPLE_MARK, test))


class RiskAssessment(Record):
    """妊娠风险评估分级: the factors found, by colour; the colour is the highest of them. Purple, for an infectious disease, stands with the
    tests (MotherTest)."""

    CONTRACT = records.RISK
    DAY = "assessed_on"

    assessed_on = element_field(own.RISK_ON, required=True)
    yellow_factors = element_field(own.YELLOW_FACTORS)
    orange_factors = element_field(own.ORANGE_FACTORS)
    red_factors = element_field(own.RED_FACTORS)
    advice = element_field(own.RISK_ADVICE)
    delivery_planned = element_field(own.DELIVERY_PLANNED)
    special_on = element_field(own.SPECIAL_ON)
    reported_on = element_field(own.REPORTED_ON)
    referred = element_field(own.REFERRED)
    referral_reason = element_field(e.REFERRAL_REASON)
    referral_to = element_field(e.REFERRAL_TO)
    doctor = element_field(e.DOCTOR)

    colour = element_field(own.COLOUR, editable=False)

    class Meta:
        verbose_name = "妊娠风险评估"
        constraints = [models.UniqueConstraint(fields=["resident", "assessed_on"], name="one_risk_assessment_a_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for assessment in history:
            assessment.colour = judged(rules.COLOUR, assessment)


class Delivery(Record):
    """妊娠结局（分娩）. What stands under it is derived from the pregnancy before and the visits after, so that one line says
    whether a mother was cared for from registration to the visit after birth."""

    CONTRACT = records.DELIVERY
    DAY = "ended_on"
    BESIDE = (
        "maternal.Pregnancy",
        "maternal.AntenatalVisit",
        "maternal.MotherTest",
        "maternal.RiskAssessment",
        "maternal.PostnatalVisit",
        "maternal.FinalCheck",
    )

    ended_on = element_field(own.ENDED_ON, required=True)
    outcome = element_field(own.OUTCOME, required=True, default=rules.BIRTH_OUTCOME)
    delivered_at = element_field(own.DELIVERED_AT)
    institution = element_field(own.DELIVERY_INSTITUTION)
    manner = element_field(own.MANNER)
    live_births = element_field(own.LIVE_BIRTHS, required=True, default=0)
    stillbirths = element_field(own.STILLBIRTHS, required=True, default=0)
    blood_loss = element_field(own.BLOOD_LOSS)
    complications = element_field(own.COMPLICATIONS)
    discharged_on = element_field(own.DISCHARGED_ON)
    doctor = element_field(e.DOCTOR)

    gestation_days = element_field(own.GESTATION, editable=False)
    registered_on = models.DateField("建册日期", null=True, editable=False)
    registered_days = models.IntegerField("建册时孕龄", null=True, editable=False)
    checks = models.IntegerField("产前检查次数", default=0, editable=False)
    colour = element_field(own.COLOUR, editable=False)
    special_on = models.DateField("高危专案建立日期", null=True, editable=False)
    tested_on = models.DateField("三项检测日期", null=True, editable=False)
    tested_days = models.IntegerField("检测时孕龄", null=True, editable=False)
    visited_on = models.DateField("首次产后访视日期", null=True, editable=False)
    checked_on = models.DateField("产后42天检查日期", null=True, editable=False)

    class Meta:
        verbose_name = "妊娠结局"
        constraints = [models.UniqueConstraint(fields=["resident", "ended_on"], name="one_outcome_a_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for place, delivery in enumerate(history):
            before = history[place - 1] if place else None
            following = history[place + 1] if place + 1 < len(history) else None
            for name, value in rules.of_pregnancy(delivery, before, following, delivery.beside).items():
                setattr(delivery, name, value)


class _AfterBirth(Record):
    """What the visit after birth and the 42-day check ask alike."""

    general_health = element_field(own.GENERAL_HEALTH)
    general_mind = element_field(own.GENERAL_MIND)
    systolic = element_field(e.SYSTOLIC)
    diastolic = element_field(e.DIASTOLIC)
    breasts = element_field(own.BREASTS)
    lochia = element_field(own.LOCHIA)
    uterus = element_field(own.POSTNATAL_UTERUS)
    wound = element_field(own.WOUND)
    other = element_field(own.POSTNATAL_OTHER)

    class Meta:
        abstract = True


class PostnatalVisit(_AfterBirth):
    """产后访视记录: at home, within a week of leaving hospital."""

    CONTRACT = records.POSTNATAL_VISIT
    DAY = "visited_on"

    visited_on = element_field(own.POSTNATAL_ON, required=True)
    temperature = element_field(lab.TEMPERATURE)
    visit_class = element_field(own.POSTNATAL_CLASS)
    abnormal = element_field(own.ABNORMAL)
    guidance = element_field(own.POSTNATAL_GUIDANCE)
    referred = element_field(own.REFERRED)
    referral_reason = element_field(e.REFERRAL_REASON)
    referral_to = element_field(e.REFERRAL_TO)
    doctor = element_field(e.DOCTOR)

    class Meta:
        verbose_name = "产后访视"
        constraints = [models.UniqueConstraint(fields=["resident", "visited_on"], name="one_postnatal_visit_a_day")]


class FinalCheck(_AfterBirth):
    """产后42天健康检查记录."""

    CONTRACT = records.FINAL_CHECK
    DAY = "checked_on"

    checked_on = element_field(own.FINAL_ON, required=True)
    recovery = element_field(own.RECOVERY)
    guidance = element_field(own.FINAL_GUIDANCE)
    handling = element_field(own.HANDLING)
    referral_reason = element_field(e.REFERRAL_REASON)
    referral_to = element_field(e.REFERRAL_TO)
    doctor = element_field(e.DOCTOR)

    class Meta:
        verbose_name = "产后42天健康检查"
        constraints = [models.UniqueConstraint(fields=["resident", "checked_on"], name="one_final_check_a_day")]


class Birth(Record):
    """出生登记与新生儿筛查, about the child."""

    CONTRACT = records.BIRTH
    DAY = "born_on"

    born_on = element_field(own.BORN_ON, required=True)
    certificate = element_field(own.CERTIFICATE)
    weeks_at_birth = element_field(e.BIRTH_WEEKS)
    birth_weight = element_field(e.BIRTH_WEIGHT)
    birth_length = element_field(e.BIRTH_LENGTH)
    apgar_1 = element_field(e.APGAR_1)
    apgar_5 = element_field(e.APGAR_5)
    defect = element_field(own.DEFECT)
    defect_name = element_field(own.DEFECT_NAME)
    heel_blood_on = element_field(own.HEEL_BLOOD_ON)
    thyroid = element_field(own.THYROID)
    phenylketonuria = element_field(own.PHENYLKETONURIA)
    recalled_on = element_field(own.RECALLED_ON)
    hearing_on = element_field(own.HEARING_ON)
    hearing = element_field(e.HEARING_SCREEN)
    hearing_again_on = element_field(own.HEARING_AGAIN_ON)
    mother_hbsag = element_field(e.MOTHER_HBSAG)
    immunoglobulin_hours = element_field(own.IMMUNOGLOBULIN_HOURS)
    doctor = element_field(e.DOCTOR)

    class Meta:
        verbose_name = "出生与新生儿筛查"
        constraints = [models.UniqueConstraint(fields=["resident"], name="one_birth_a_child")]


class ChildDeath(Record):
    """5岁以下儿童死亡报告卡, about the child; the age at death is counted in days from the birth date."""

    CONTRACT = records.CHILD_DEATH
    DAY = "died_on"

    died_on = element_field(own.DIED_ON, required=True)
    birth_weight = element_field(e.BIRTH_WEIGHT)
    weeks_at_birth = element_field(e.BIRTH_WEEKS)
    death_place = element_field(own.DEATH_PLACE)
    treatment = element_field(own.CHILD_TREATMENT)
    diagnosed_by = element_field(own.CHILD_DIAGNOSED)
    diagnosis = element_field(own.DEATH_DIAGNOSIS)
    code = element_field(own.DEATH_CODE)
    evidence = element_field(own.CHILD_EVIDENCE)
    reported_on = element_field(own.DEATH_REPORTED_ON)
    doctor = element_field(e.DOCTOR)

    age_days = models.IntegerField("死亡日龄", null=True, editable=False)

    class Meta:
        verbose_name = "5岁以下儿童死亡报告"
        constraints = [models.UniqueConstraint(fields=["resident"], name="one_child_death")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for card in history:
            card.age_days = (card.died_on - card.resident.birth_date).days


class MaternalDeath(Record):
    """孕产妇死亡报告卡."""

    CONTRACT = records.MATERNAL_DEATH
    DAY = "died_on"

    died_on = element_field(own.DIED_ON, required=True)
    ended_on = element_field(own.ENDED_BEFORE_DEATH)
    cause = element_field(own.MATERNAL_CAUSE, required=True)
    death_place = element_field(own.DEATH_PLACE)
    diagnosis = element_field(own.DEATH_DIAGNOSIS)
    code = element_field(own.DEATH_CODE)
    review = element_field(own.REVIEW)
    reported_on = element_field(own.DEATH_REPORTED_ON)
    doctor = element_field(e.DOCTOR)

    class Meta:
        verbose_name = "孕产妇死亡报告"
        constraints = [models.UniqueConstraint(fields=["resident"], name="one_maternal_death")]


class PremaritalCheck(Record):
    """婚前医学检查, of either sex."""

    CONTRACT = records.PREMARITAL
    DAY = "checked_on"

    checked_on = element_field(own.PREMARITAL_ON, required=True)
    result = element_field(own.PREMARITAL_RESULT)
    finding = element_field(own.PREMARITAL_FINDING)
    married_on = element_field(own.MARRIAGE_ON)
    doctor = element_field(e.DOCTOR)

    class Meta:
        verbose_name = "婚前医学检查"
        constraints = [models.UniqueConstraint(fields=["resident", "checked_on"], name="one_premarital_check_a_day")]


class PreconceptionCheck(Record):
    """孕前优生健康检查, of either sex."""

    CONTRACT = records.PRECONCEPTION
    DAY = "checked_on"

    checked_on = element_field(own.PRECONCEPTION_ON, required=True)
    risk = element_field(own.PRECONCEPTION_RISK)
    advice = element_field(own.PRECONCEPTION_ADVICE)
    doctor = element_field(e.DOCTOR)

    class Meta:
        verbose_name = "孕前优生健康检查"
        constraints = [models.UniqueConstraint(fields=["resident", "checked_on"], name="one_preconception_check_a_day")]


class FolicAcidSupply(Record):
    """叶酸发放登记."""

    CONTRACT = records.FOLIC
    DAY = "given_on"

    given_on = element_field(own.FOLIC_ON, required=True)
    bottles = element_field(own.FOLIC_BOTTLES, required=True)
    stage = element_field(own.FOLIC_STAGE)
    regular = element_field(own.FOLIC_REGULAR)
    note = element_field(own.CONTACT_NOTE)

    class Meta:
        verbose_name = "叶酸发放"
        constraints = [models.UniqueConstraint(fields=["resident", "given_on"], name="one_folic_acid_supply_a_day")]
