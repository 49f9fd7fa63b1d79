"""Stored visits to children: the newborn's home visit, the checks of the three later forms, and referrals followed."""

from typing import ClassVar, Self

from django.db import models

from taizhang.county.fields import element_field
from taizhang.county.recording import Record
from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.elements import Element
from taizhang.programmes import elements as e
from taizhang.programmes import laboratory as lab
from taizhang.programmes.children import elements as own
from taizhang.programmes.children import records, rules


def _derived(element: Element) -> models.Field:
    return element_field(element, editable=False)


class NewbornVisit(Record):
    """新生儿家庭访视记录表. Whether the newborn is at high risk and when the full-month visit falls are derived."""

    CONTRACT = records.NEWBORN
    DAY = "visited_on"

    visited_on = element_field(e.VISITED_ON, required=True)
    father_name = element_field(own.FATHER_NAME)
    father_occupation = element_field(own.FATHER_OCCUPATION)
    father_phone = element_field(own.FATHER_PHONE)
    father_birth = element_field(own.FATHER_BIRTH)
    mother_name = element_field(own.MOTHER_NAME)
    mother_occupation = element_field(own.MOTHER_OCCUPATION)
    mother_phone = element_field(own.MOTHER_PHONE)
    mother_birth = element_field(own.MOTHER_BIRTH)
    birth_weeks = element_field(e.BIRTH_WEEKS)
    pregnancy_illness = element_field(own.PREGNANCY_ILLNESS)
    birth_place = element_field(own.BIRTH_PLACE)
    discharged_on = element_field(own.DISCHARGED_ON)
    birth_manner = element_field(own.BIRTH_MANNER)
    asphyxia = element_field(own.ASPHYXIA)
    apgar_1 = element_field(e.APGAR_1)
    apgar_5 = element_field(e.APGAR_5)
    malformation = element_field(own.MALFORMATION)
    malformation_note = element_field(own.MALFORMATION_NOTE)
    hearing_screen = element_field(e.HEARING_SCREEN)
    disease_screen = element_field(own.DISEASE_SCREEN)
    disease_screen_other = element_field(own.DISEASE_SCREEN_OTHER)
    birth_weight = element_field(e.BIRTH_WEIGHT)
    birth_length = element_field(e.BIRTH_LENGTH)

    weight = element_field(own.CHILD_WEIGHT)
    feeding = element_field(own.FEEDING)
    milk = element_field(own.MILK)
    milk_times = element_field(own.MILK_TIMES)
    vomiting = element_field(own.VOMITING)
    stool = element_field(own.STOOL)
    stool_times = element_field(own.STOOL_TIMES)
    temperature = element_field(lab.TEMPERATURE)
    heart_rate = element_field(e.HEART_RATE)
    respiration = element_field(own.NEWBORN_RESPIRATION)
    face = element_field(own.FACE)
    jaundice = element_field(own.JAUNDICE)
    fontanelle_length = element_field(own.FONTANELLE_LENGTH)
    fontanelle_width = element_field(own.FONTANELLE_WIDTH)
    fontanelle = element_field(own.NEWBORN_FONTANELLE)
    eyes = element_field(own.EYES)
    limb_movement = element_field(own.LIMB_MOVEMENT)
    ears = element_field(own.EARS)
    neck_mass = element_field(own.NECK_MASS)
    nose = element_field(own.NOSE)
    skin = element_field(own.NEWBORN_SKIN)
    mouth = element_field(own.MOUTH)
    anus = element_field(own.ANUS)
    heart_lungs = element_field(own.HEART_LUNGS)
    chest = element_field(own.CHEST)
    genitals = element_field(own.NEWBORN_GENITALS)
    abdomen = element_field(own.ABDOMEN)
    spine = element_field(own.SPINE)
    cord = element_field(own.CORD)

    referral_advised = element_field(own.REFERRAL_ADVISED)
    referral_reason = element_field(e.REFERRAL_REASON)
    referral_to = element_field(e.REFERRAL_TO)
    guidance = element_field(own.NEWBORN_GUIDANCE)
    guidance_other = element_field(own.CHILD_GUIDANCE_OTHER)
    next_place = element_field(own.NEXT_PLACE)
    doctor = element_field(e.DOCTOR)

    high_risk = element_field(own.HIGH_RISK, required=True, default=False, editable=False)
    age_days = _derived(own.AGE_DAYS)
    next_check_on = _derived(own.NEXT_CHECK_ON)

    class Meta:
        verbose_name = "新生儿家庭访视记录"
        constraints = [models.UniqueConstraint(fields=["resident", "visited_on"], name="one_newborn_visit_a_day")]
        indexes = [models.Index(fields=["-visited_on", "-id"], name="newborn_visits_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for visit in history:
            visit.age_days = (visit.visited_on - visit.resident.birth_date).days
            visit.high_risk = rules.is_high_risk(vars(visit))
            visit.next_check_on = rules.next_check(visit.resident.birth_date, visit.visited_on)


class Check(Record):
    """What the three forms of checks share: how the child has grown. Scores, grades and the class of development are derived. The weeks of
    pregnancy at birth, where a check does not state them, are those of the newborn's visit."""

    DAY = "visited_on"
    BESIDE = ("children.NewbornVisit",)

    visited_on = element_field(e.VISITED_ON, required=True)
    birth_weeks = element_field(e.BIRTH_WEEKS)
    weight = element_field(own.CHILD_WEIGHT)
    length = element_field(own.CHILD_LENGTH)

    age_months = _derived(own.AGE_MONTHS)
    weight_z = _derived(own.WEIGHT_Z)
    length_z = _derived(own.LENGTH_Z)
    weight_length_z = _derived(own.WEIGHT_LENGTH_Z)
    bmi_z = _derived(own.BMI_Z)
    weight_level = _derived(own.WEIGHT_LEVEL)
    length_level = _derived(own.LENGTH_LEVEL)
    body = _derived(own.BODY)
    anaemia = _derived(own.ANAEMIA)
    next_check_on = _derived(own.NEXT_CHECK_ON)

    CONTRACT: ClassVar[RecordContract]

    class Meta:
        abstract = True

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        names = {field.name for field in cls._meta.concrete_fields}
        for check in history:
            newborn = (vars(visit)["birth_weeks"] for visit in check.beside.get("children.NewbornVisit", ()))
            known = (weeks for weeks in (check.birth_weeks, *newborn) if weeks is not None)
            values = vars(check) | {"birth_weeks": next(known, None)}
            for name, value in rules.judge(cls.CONTRACT, check.resident.sex, check.resident.birth_date, values).items():
                if name in names:
                    setattr(check, name, value)


class InfantCheck(Check):
    """1～8月龄儿童健康检查记录表."""

    CONTRACT = records.INFANT

    stage = _derived(own.INFANT_STAGE)
    head = element_field(own.HEAD)
    head_z = _derived(own.HEAD_Z)
    face = element_field(own.FACE)
    skin = element_field(own.CHILD_SKIN)
    fontanelle = element_field(own.FONTANELLE)
    fontanelle_length = element_field(own.FONTANELLE_LENGTH)
    fontanelle_width = element_field(own.FONTANELLE_WIDTH)
    neck_mass = element_field(own.NECK_MASS)
    eyes = element_field(own.EYES)
    ears = element_field(own.EARS)
    hearing = element_field(own.CHILD_HEARING)
    mouth = element_field(own.MOUTH)
    teeth = element_field(own.TEETH_COUNT)
    chest = element_field(own.CHEST)
    abdomen = element_field(own.ABDOMEN)
    navel = element_field(own.NAVEL)
    limbs = element_field(own.LIMBS)
    rickets_symptoms = element_field(own.RICKETS_SYMPTOMS)
    rickets_signs = element_field(own.RICKETS_SIGNS)
    genitals = element_field(own.GENITALS)
    haemoglobin = element_field(lab.HAEMOGLOBIN)
    outdoor = element_field(own.OUTDOOR)
    vitamin_d = element_field(own.VITAMIN_D)
    warning_signs = element_field(own.INFANT_SIGNS)
    illness = element_field(own.ILLNESS)
    pneumonia_times = element_field(own.PNEUMONIA_TIMES)
    diarrhoea_times = element_field(own.DIARRHOEA_TIMES)
    injury_times = element_field(own.INJURY_TIMES)
    illness_other = element_field(own.ILLNESS_OTHER)
    referral_advised = element_field(own.REFERRAL_ADVISED)
    referral_reason = element_field(e.REFERRAL_REASON)
    referral_to = element_field(e.REFERRAL_TO)
    guidance = element_field(own.CHILD_GUIDANCE)
    guidance_other = element_field(own.CHILD_GUIDANCE_OTHER)
    doctor = element_field(e.DOCTOR)

    class Meta:
        verbose_name = "1～8月龄儿童健康检查记录"
        constraints = [models.UniqueConstraint(fields=["resident", "visited_on"], name="one_infant_check_a_day")]
        indexes = [models.Index(fields=["-visited_on", "-id"], name="infant_checks_by_day")]


class ToddlerCheck(Check):
    """12～30月龄儿童健康检查记录表."""

    CONTRACT = records.TODDLER

    stage = _derived(own.TODDLER_STAGE)
    face = element_field(own.FACE)
    skin = element_field(own.CHILD_SKIN)
    fontanelle = element_field(own.FONTANELLE)
    fontanelle_length = element_field(own.FONTANELLE_LENGTH)
    fontanelle_width = element_field(own.FONTANELLE_WIDTH)
    eyes = element_field(own.EYES)
    ears = element_field(own.EARS)
    hearing = element_field(own.CHILD_HEARING)
    teeth = element_field(own.TEETH_COUNT)
    decayed = element_field(own.DECAYED_COUNT)
    chest = element_field(own.CHEST)
    abdomen = element_field(own.ABDOMEN)
    limbs = element_field(own.LIMBS)
    gait = element_field(own.GAIT)
    rickets_signs = element_field(own.RICKETS_SIGNS)
    haemoglobin = element_field(lab.HAEMOGLOBIN)
    outdoor = element_field(own.OUTDOOR)
    vitamin_d = element_field(own.VITAMIN_D)
    warning_signs = element_field(own.TODDLER_SIGNS)
    illness = element_field(own.ILLNESS)
    pneumonia_times = element_field(own.PNEUMONIA_TIMES)
    diarrhoea_times = element_field(own.DIARRHOEA_TIMES)
    injury_times = element_field(own.INJURY_TIMES)
    illness_other = element_field(own.ILLNESS_OTHER)
    referral_advised = element_field(own.REFERRAL_ADVISED)
    referral_reason = element_field(e.REFERRAL_REASON)
    referral_to = element_field(e.REFERRAL_TO)
    guidance = element_field(own.CHILD_GUIDANCE)
    guidance_other = element_field(own.CHILD_GUIDANCE_OTHER)
    doctor = element_field(e.DOCTOR)

    class Meta:
        verbose_name = "12～30月龄儿童健康检查记录"
        constraints = [models.UniqueConstraint(fields=["resident", "visited_on"], name="one_toddler_check_a_day")]
        indexes = [models.Index(fields=["-visited_on", "-id"], name="toddler_checks_by_day")]


class PreschoolCheck(Check):
    """3～6岁儿童健康检查记录表."""

    CONTRACT = records.PRESCHOOL

    stage = _derived(own.PRESCHOOL_STAGE)
    weight_length_level = _derived(own.WEIGHT_LENGTH_LEVEL)
    vision_left = element_field(own.CHILD_VISION_LEFT)
    vision_right = element_field(own.CHILD_VISION_RIGHT)
    eyes = element_field(own.EYES)
    hearing = element_field(own.CHILD_HEARING)
    teeth = element_field(own.TEETH_COUNT)
    decayed = element_field(own.DECAYED_COUNT)
    chest = element_field(own.CHEST)
    abdomen = element_field(own.ABDOMEN)
    haemoglobin = element_field(lab.HAEMOGLOBIN)
    other = element_field(own.CHILD_OTHER)
    warning_signs = element_field(own.PRESCHOOL_SIGNS)
    illness = element_field(own.ILLNESS)
    pneumonia_times = element_field(own.PNEUMONIA_TIMES)
    diarrhoea_times = element_field(own.DIARRHOEA_TIMES)
    injury_times = element_field(own.INJURY_TIMES)
    illness_other = element_field(own.ILLNESS_OTHER)
    referral_advised = element_field(own.REFERRAL_ADVISED)
    referral_reason = element_field(e.REFERRAL_REASON)
    referral_to = element_field(e.REFERRAL_TO)
    guidance = element_field(own.CHILD_GUIDANCE)
    guidance_other = element_field(own.CHILD_GUIDANCE_OTHER)
    doctor = element_field(e.DOCTOR)

    class Meta:
        verbose_name = "3～6岁儿童健康检查记录"
        constraints = [models.UniqueConstraint(fields=["resident", "visited_on"], name="one_preschool_check_a_day")]
        indexes = [models.Index(fields=["-visited_on", "-id"], name="preschool_checks_by_day")]


class ReferralFollowed(Record):
    """转诊追踪: what came of a referral."""

    CONTRACT = records.REFERRAL
    DAY = "followed_on"

    followed_on = element_field(own.FOLLOWED_ON, required=True)
    attended = element_field(own.ATTENDED, required=True)
    attended_at = element_field(own.ATTENDED_AT)
    found = element_field(own.FOUND)
    treatment = element_field(own.TREATMENT)
    outcome = element_field(own.REFERRAL_OUTCOME)
    doctor = element_field(e.DOCTOR)

    class Meta:
        verbose_name = "儿童转诊追踪记录"
        constraints = [models.UniqueConstraint(fields=["resident", "followed_on"], name="one_child_referral_a_day")]
        indexes = [models.Index(fields=["-followed_on", "-id"], name="child_referrals_by_day")]
