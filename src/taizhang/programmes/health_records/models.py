"""Stored health records: 个人基本信息表, 健康体检表, and the services written down in a record."""

from typing import Self

from django.db import models

from taizhang.county.fields import element_field, worded
from taizhang.county.recording import Record
from taizhang.kernel.periods import age_in_years
from taizhang.programmes import elements as e
from taizhang.programmes import laboratory as lab
from taizhang.programmes.health_records import elements as own
from taizhang.programmes.health_records import records, rules


class HealthRecord(Record):
    """居民健康档案: its cover and 个人基本信息表, one for each resident. Name, sex, birth date, identity number and phone stand with the
    resident; `organisation` opened the record; closed_on is the first day on which it is no longer in use."""

    CONTRACT = records.HEALTH_RECORD
    DAY = "opened_on"

    opened_on = element_field(own.OPENED_ON, required=True)
    opened_by = element_field(own.OPENED_BY)
    doctor = element_field(own.RECORD_DOCTOR)
    electronic = element_field(own.ELECTRONIC, required=True, default=True)
    updated_on = element_field(own.UPDATED_ON)
    closed_on = element_field(own.RECORD_CLOSED_ON)
    close_reason = element_field(own.RECORD_CLOSE_REASON)

    employer = element_field(own.EMPLOYER)
    contact_name = element_field(own.CONTACT_NAME)
    contact_phone = element_field(own.CONTACT_PHONE)
    residence_kind = element_field(own.RESIDENCE_KIND)
    nation = element_field(own.NATION)
    blood_type = element_field(e.BLOOD_TYPE)
    rhesus = element_field(e.RHESUS)
    education = element_field(own.EDUCATION)
    occupation = element_field(own.OCCUPATION)
    marriage = element_field(own.MARRIAGE)
    payment = element_field(own.PAYMENT)
    drug_allergy = element_field(own.DRUG_ALLERGY)
    drug_allergy_other = element_field(own.DRUG_ALLERGY_OTHER)
    exposure = element_field(own.EXPOSURE)

    # Each disease, operation, injury or transfusion has its own line in PastHistory; here stands what the form's boxes say.
    past_diseases = element_field(own.PAST_DISEASES)
    surgery = element_field(own.SURGERY)
    injury = element_field(own.INJURY)
    transfusion = element_field(own.TRANSFUSION)
    family_father = element_field(own.FAMILY_FATHER)
    family_mother = element_field(own.FAMILY_MOTHER)
    family_siblings = element_field(own.FAMILY_SIBLINGS)
    family_children = element_field(own.FAMILY_CHILDREN)
    family_other = element_field(own.FAMILY_OTHER)
    hereditary = element_field(own.HEREDITARY)
    hereditary_name = element_field(own.HEREDITARY_NAME)
    disability = element_field(own.DISABILITY)
    disability_other = element_field(own.DISABILITY_OTHER)

    kitchen = element_field(own.KITCHEN)
    fuel = element_field(own.FUEL)
    water = element_field(own.WATER)
    toilet = element_field(own.TOILET)
    livestock = element_field(own.LIVESTOCK)

    complete = worded(models.BooleanField("个人基本信息完整", default=False, editable=False), own.RECORD_COMPLETE)

    class Meta:
        verbose_name = "居民健康档案"
        constraints = [models.UniqueConstraint(fields=["resident"], name="one_health_record_a_resident")]
        indexes = [models.Index(fields=["-opened_on", "-id"], name="health_records_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for record in history:
            record.complete = not rules.missing(vars(record), rules.RECORD_ITEMS)


class Examination(Record):
    """健康体检表. Blood pressure without a side is the right arm's. body_mass_index, complete and tests_complete are derived on saving."""

    CONTRACT = records.EXAMINATION
    DAY = "examined_on"

    examined_on = element_field(lab.EXAMINED_ON, required=True)
    doctor = element_field(lab.EXAMINING_DOCTOR)
    symptoms = element_field(lab.EXAM_SYMPTOMS, max_length=80)
    other_symptoms = element_field(e.OTHER_SYMPTOMS)

    temperature = element_field(lab.TEMPERATURE)
    pulse_rate = element_field(lab.PULSE_RATE)
    respiration = element_field(lab.RESPIRATION)
    systolic_left = element_field(lab.SYSTOLIC_LEFT)
    diastolic_left = element_field(lab.DIASTOLIC_LEFT)
    systolic = element_field(e.SYSTOLIC)
    diastolic = element_field(e.DIASTOLIC)
    height = element_field(e.HEIGHT)
    weight = element_field(e.WEIGHT)
    waist = element_field(e.WAIST)
    body_mass_index = element_field(e.BODY_MASS_INDEX, editable=False)

    exercise_frequency = element_field(lab.EXERCISE_FREQUENCY)
    exercise_minutes = element_field(e.EXERCISE_MINUTES)
    exercise_years = element_field(lab.EXERCISE_YEARS)
    exercise_manner = element_field(lab.EXERCISE_MANNER)
    diet = element_field(lab.DIET)
    smoking_status = element_field(lab.SMOKING_STATUS)
    smoking = element_field(e.SMOKING)
    smoking_start_age = element_field(lab.SMOKING_START_AGE)
    smoking_stop_age = element_field(lab.SMOKING_STOP_AGE)
    drinking_frequency = element_field(lab.DRINKING_FREQUENCY)
    drinking = element_field(e.DRINKING)
    drinking_stopped = element_field(lab.DRINKING_STOPPED)
    drinking_stop_age = element_field(lab.DRINKING_STOP_AGE)
    drinking_start_age = element_field(lab.DRINKING_START_AGE)
    drunk_last_year = element_field(lab.DRUNK_LAST_YEAR)
    drink_kinds = element_field(lab.DRINK_KINDS)
    occupational_exposure = element_field(lab.OCCUPATIONAL_EXPOSURE)
    occupation_exposed = element_field(lab.OCCUPATION_EXPOSED)
    occupation_years = element_field(lab.OCCUPATION_YEARS)
    exposure_dust = element_field(lab.EXPOSURE_DUST)
    exposure_radiation = element_field(lab.EXPOSURE_RADIATION)
    exposure_physical = element_field(lab.EXPOSURE_PHYSICAL)
    exposure_chemical = element_field(lab.EXPOSURE_CHEMICAL)
    exposure_other = element_field(lab.EXPOSURE_OTHER)

    lips = element_field(lab.LIPS)
    teeth = element_field(lab.TEETH)
    teeth_missing = element_field(lab.TEETH_MISSING)
    teeth_decayed = element_field(lab.TEETH_DECAYED)
    teeth_false = element_field(lab.TEETH_FALSE)
    throat = element_field(lab.THROAT)
    vision_left = element_field(lab.VISION_LEFT)
    vision_right = element_field(lab.VISION_RIGHT)
    vision_left_corrected = element_field(lab.VISION_LEFT_CORRECTED)
    vision_right_corrected = element_field(lab.VISION_RIGHT_CORRECTED)
    hearing = element_field(lab.HEARING)
    movement = element_field(lab.MOVEMENT)

    fundus = element_field(lab.FUNDUS)
    fundus_note = element_field(lab.FUNDUS_NOTE)
    skin = element_field(lab.SKIN)
    sclera = element_field(lab.SCLERA)
    lymph_nodes = element_field(lab.LYMPH_NODES)
    barrel_chest = element_field(lab.BARREL_CHEST)
    breath_sounds = element_field(lab.BREATH_SOUNDS)
    rales = element_field(lab.RALES)
    heart_rate = element_field(e.HEART_RATE)
    heart_rhythm = element_field(lab.HEART_RHYTHM)
    heart_murmur = element_field(lab.HEART_MURMUR)
    abdomen_tenderness = element_field(lab.ABDOMEN_TENDERNESS)
    abdomen_mass = element_field(lab.ABDOMEN_MASS)
    liver = element_field(lab.LIVER)
    spleen = element_field(lab.SPLEEN)
    shifting_dullness = element_field(lab.SHIFTING_DULLNESS)
    abdomen_note = element_field(lab.ABDOMEN_NOTE)
    leg_oedema = element_field(lab.LEG_OEDEMA)
    foot_pulse = element_field(lab.FOOT_PULSE_EXAM)
    rectal_exam = element_field(lab.RECTAL_EXAM)
    breast = element_field(lab.BREAST)
    vulva = element_field(lab.VULVA)
    vagina = element_field(lab.VAGINA)
    cervix = element_field(lab.CERVIX)
    uterus = element_field(lab.UTERUS)
    adnexa = element_field(lab.ADNEXA)
    physical_other = element_field(lab.PHYSICAL_OTHER)

    haemoglobin = element_field(lab.HAEMOGLOBIN)
    white_cells = element_field(lab.WHITE_CELLS)
    platelets = element_field(lab.PLATELETS)
    blood_other = element_field(lab.BLOOD_OTHER)
    urine_protein = element_field(lab.URINE_PROTEIN)
    urine_sugar = element_field(lab.URINE_SUGAR)
    urine_ketone = element_field(lab.URINE_KETONE)
    urine_blood = element_field(lab.URINE_BLOOD)
    urine_other = element_field(lab.URINE_OTHER)
    fasting_glucose = element_field(e.FASTING_GLUCOSE)
    ecg = element_field(lab.ECG)
    ecg_note = element_field(lab.ECG_NOTE)
    urine_microalbumin = element_field(lab.URINE_MICROALBUMIN)
    faeces_blood = element_field(lab.FAECES_BLOOD)
    glycated_haemoglobin = element_field(e.GLYCATED_HAEMOGLOBIN)
    hbsag = element_field(lab.HBSAG)
    alt = element_field(lab.ALT)
    ast = element_field(lab.AST)
    albumin = element_field(lab.ALBUMIN)
    bilirubin = element_field(lab.BILIRUBIN)
    bilirubin_direct = element_field(lab.BILIRUBIN_DIRECT)
    creatinine = element_field(lab.CREATININE)
    urea = element_field(lab.UREA)
    potassium = element_field(lab.POTASSIUM)
    sodium = element_field(lab.SODIUM)
    cholesterol = element_field(lab.CHOLESTEROL)
    triglycerides = element_field(lab.TRIGLYCERIDES)
    ldl = element_field(lab.LDL)
    hdl = element_field(lab.HDL)
    chest_xray = element_field(lab.CHEST_XRAY)
    chest_xray_note = element_field(lab.CHEST_XRAY_NOTE)
    abdomen_ultrasound = element_field(lab.ABDOMEN_ULTRASOUND)
    abdomen_ultrasound_note = element_field(lab.ABDOMEN_ULTRASOUND_NOTE)
    other_ultrasound = element_field(lab.OTHER_ULTRASOUND)
    other_ultrasound_note = element_field(lab.OTHER_ULTRASOUND_NOTE)
    cervical_smear = element_field(lab.CERVICAL_SMEAR)
    test_other = element_field(lab.TEST_OTHER)

    problem_brain = element_field(lab.PROBLEM_BRAIN)
    problem_kidney = element_field(lab.PROBLEM_KIDNEY)
    problem_heart = element_field(lab.PROBLEM_HEART)
    problem_vessel = element_field(lab.PROBLEM_VESSEL)
    problem_eye = element_field(lab.PROBLEM_EYE)
    problem_nerve = element_field(lab.PROBLEM_NERVE)
    problem_nerve_note = element_field(lab.PROBLEM_NERVE_NOTE)
    problem_other = element_field(lab.PROBLEM_OTHER)
    problem_other_note = element_field(lab.PROBLEM_OTHER_NOTE)

    evaluation = element_field(lab.HEALTH_EVALUATION)
    abnormal_1 = element_field(lab.ABNORMAL_1)
    abnormal_2 = element_field(lab.ABNORMAL_2)
    abnormal_3 = element_field(lab.ABNORMAL_3)
    abnormal_4 = element_field(lab.ABNORMAL_4)
    guidance = element_field(lab.HEALTH_GUIDANCE)
    risk_control = element_field(lab.RISK_CONTROL)
    weight_goal = element_field(lab.WEIGHT_GOAL)
    vaccine_advised = element_field(lab.VACCINE_ADVISED)

    complete = worded(models.BooleanField("体检表必填项完整", default=False, editable=False), lab.EXAMINATION_COMPLETE)
    tests_complete = worded(models.BooleanField("老年人辅助检查齐全", default=False, editable=False), lab.TESTS_COMPLETE)

    class Meta:
        verbose_name = "健康体检"
        constraints = [models.UniqueConstraint(fields=["resident", "examined_on"], name="one_examination_a_day")]
        indexes = [models.Index(fields=["-examined_on", "-id"], name="examinations_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for examination in history:
            values = vars(examination)
            examination.body_mass_index = rules.body_mass_index(examination.weight, examination.height)
            examination.complete = not rules.missing(values, rules.EXAMINATION_ITEMS)
            examination.tests_complete = not rules.missing(values, rules.ELDERLY_TESTS)


class ServiceRecord(Record):
    """接诊、会诊、转诊记录: other care given to the person, the evidence that a record is in use. The first consultation of a calendar
    year is the year's 首诊, at which the pressure of people of 35 and over is measured."""

    CONTRACT = records.SERVICE
    DAY = "served_on"

    served_on = element_field(own.SERVED_ON, required=True)
    kind = element_field(own.SERVICE_KIND, required=True)
    doctor = element_field(own.RECORD_DOCTOR)
    subjective = element_field(own.SUBJECTIVE)
    systolic = element_field(e.SYSTOLIC)
    diastolic = element_field(e.DIASTOLIC)
    objective = element_field(own.OBJECTIVE)
    evaluation = element_field(own.EVALUATION)
    diagnosis_code = element_field(own.DIAGNOSIS_CODE)
    plan = element_field(own.PLAN)
    consult_reason = element_field(own.CONSULT_REASON)
    consult_opinion = element_field(own.CONSULT_OPINION)
    consultants = element_field(own.CONSULTANTS)
    transfer_to = element_field(own.TRANSFER_TO)
    first_impression = element_field(own.FIRST_IMPRESSION)
    transfer_reason = element_field(own.TRANSFER_REASON)

    age_at_service = models.IntegerField("服务时年龄", null=True, editable=False)
    first_of_year = element_field(own.FIRST_OF_YEAR, editable=False, required=True, default=False)

    class Meta:
        verbose_name = "接诊、会诊、转诊记录"
        constraints = [models.UniqueConstraint(fields=["resident", "served_on", "kind", "organisation"], name="one_service_a_day_and_kind")]
        indexes = [models.Index(fields=["-served_on", "-id"], name="services_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        seen: set[int] = set()
        for record in history:
            year = record.served_on.year
            record.age_at_service = age_in_years(record.resident.birth_date, record.served_on)
            record.first_of_year = record.kind == own.CONSULTATION and year not in seen
            if record.kind == own.CONSULTATION:
                seen.add(year)


class PastHistory(Record):
    """既往史: one disease, operation, injury or transfusion, with the month it was diagnosed or happened (its first day, where only
    the month is known)."""

    CONTRACT = records.PAST_HISTORY
    DAY = "happened_on"

    kind = element_field(own.HISTORY_KIND, required=True)
    disease = element_field(own.HISTORY_DISEASE)
    name = element_field(own.HISTORY_NAME)
    happened_on = element_field(own.HISTORY_ON, required=True)

    class Meta:
        verbose_name = "既往史"
        constraints = [
            models.UniqueConstraint(fields=["resident", "kind", "disease", "name", "happened_on"], name="one_line_of_past_history")
        ]
        indexes = [models.Index(fields=["-happened_on", "-id"], name="past_history_by_day")]


class HospitalStay(Record):
    """住院治疗情况: a stay in hospital or a home bed in the year before an examination."""

    CONTRACT = records.HOSPITAL_STAY
    DAY = "admitted_on"

    kind = element_field(own.STAY_KIND, required=True)
    admitted_on = element_field(own.ADMITTED_ON, required=True)
    discharged_on = element_field(own.DISCHARGED_ON)
    reason = element_field(own.STAY_REASON)
    place = element_field(own.STAY_PLACE)
    case_number = element_field(own.CASE_NUMBER)

    class Meta:
        verbose_name = "住院治疗情况"
        constraints = [models.UniqueConstraint(fields=["resident", "kind", "admitted_on"], name="one_stay_from_a_day")]
        indexes = [models.Index(fields=["-admitted_on", "-id"], name="stays_by_day")]


class Medication(Record):
    """主要用药情况: a medicine taken, as noted at an examination."""

    CONTRACT = records.MEDICATION
    DAY = "noted_on"

    noted_on = element_field(own.NOTED_ON, required=True)
    name = element_field(own.MEDICINE_NAME, required=True)
    usage = element_field(own.MEDICINE_USAGE)
    dose = element_field(own.MEDICINE_DOSE)
    months = element_field(own.MEDICINE_MONTHS)
    adherence = element_field(e.ADHERENCE)

    class Meta:
        verbose_name = "主要用药情况"
        constraints = [models.UniqueConstraint(fields=["resident", "noted_on", "name"], name="one_medicine_a_day")]
        indexes = [models.Index(fields=["-noted_on", "-id"], name="medications_by_day")]


class OtherVaccination(Record):
    """非免疫规划预防接种史: a vaccine outside the national programme."""

    CONTRACT = records.OTHER_VACCINATION
    DAY = "vaccinated_on"

    vaccinated_on = element_field(e.VACCINATED_ON, required=True)
    name = element_field(own.VACCINE_NAME, required=True)
    place = element_field(own.VACCINATED_AT)

    class Meta:
        verbose_name = "非免疫规划预防接种史"
        constraints = [models.UniqueConstraint(fields=["resident", "vaccinated_on", "name"], name="one_other_vaccine_a_day")]
        indexes = [models.Index(fields=["-vaccinated_on", "-id"], name="other_vaccinations_by_day")]
