"""Registers of health records: the record, examinations, other services, and what is listed line by line."""

from taizhang.kernel.text import Text
from taizhang.programmes.health_records import models
from taizhang.programmes.health_records.rules import ELDERLY_TESTS, EXAMINATION_ITEMS, RECORD_ITEMS
from taizhang.programmes.registering import register_of

HEALTH_RECORDS = register_of(
    models.HealthRecord,
    "health_records",
    Text("居民健康档案", "Health records"),
    natural_key=("resident",),
    in_list=("opened_on", "electronic", "updated_on", "past_diseases", "closed_on"),
    measured=("opened_on", "updated_on", *(item for item in RECORD_ITEMS if item != "opened_on")),
    by_staff=("doctor",),
    sections={
        "opened_by": Text("档案", "The record"),
        "employer": Text("个人基本信息", "Personal information"),
        "drug_allergy": Text("过敏、暴露与既往史", "Allergies, exposure, past history"),
        "family_father": Text("家族史、遗传病与残疾", "Family, heredity, disability"),
        "kitchen": Text("生活环境", "Where the person lives"),
    },
    outcome=("complete",),
    filters=("opened_on", "closed_on"),
)

EXAMINATIONS = register_of(
    models.Examination,
    "examinations",
    Text("健康体检", "Health examinations"),
    natural_key=("resident", "examined_on"),
    in_list=("examined_on", "systolic", "diastolic", "height", "weight", "fasting_glucose", "evaluation"),
    measured=(*EXAMINATION_ITEMS, *(item for item in ELDERLY_TESTS if item not in EXAMINATION_ITEMS), "guidance"),
    by_staff=("doctor",),
    sections={
        "symptoms": Text("症状", "Symptoms"),
        "temperature": Text("一般状况", "General"),
        "exercise_frequency": Text("生活方式", "Way of life"),
        "lips": Text("脏器功能", "Organs"),
        "fundus": Text("查体", "Physical examination"),
        "haemoglobin": Text("辅助检查", "Tests"),
        "problem_brain": Text("现存主要健康问题", "Present health problems"),
        "evaluation": Text("健康评价与指导", "Evaluation and guidance"),
    },
    outcome=("body_mass_index", "complete", "tests_complete"),
    filters=("examined_on", "evaluation"),
    day_sheet=True,
)

SERVICES = register_of(
    models.ServiceRecord,
    "service_records",
    Text("接诊、会诊、转诊记录", "Consultations and transfers"),
    natural_key=("resident", "served_on", "kind", "organisation"),
    in_list=("served_on", "kind"),
    measured=("served_on", "kind", "subjective", "systolic", "diastolic", "objective", "evaluation", "plan"),
    by_staff=("doctor",),
    outcome=("first_of_year",),
    filters=("served_on", "kind"),
)

PAST_HISTORY = register_of(
    models.PastHistory,
    "past_history",
    Text("既往史", "Past history"),
    natural_key=("resident", "kind", "disease", "name", "happened_on"),
    in_list=("kind", "disease", "name", "happened_on"),
    measured=("kind", "disease", "name", "happened_on"),
)

HOSPITAL_STAYS = register_of(
    models.HospitalStay,
    "hospital_stays",
    Text("住院治疗情况", "Hospital stays"),
    natural_key=("resident", "kind", "admitted_on"),
    in_list=("kind", "admitted_on", "discharged_on", "place"),
    measured=("kind", "admitted_on", "discharged_on", "reason", "place", "case_number"),
)

MEDICATIONS = register_of(
    models.Medication,
    "medications",
    Text("主要用药情况", "Medications"),
    natural_key=("resident", "noted_on", "name"),
    in_list=("noted_on", "name", "usage", "adherence"),
    measured=("noted_on", "name", "usage", "dose", "months", "adherence"),
)

OTHER_VACCINATIONS = register_of(
    models.OtherVaccination,
    "other_vaccinations",
    Text("非免疫规划预防接种史", "Vaccinations outside the programme"),
    natural_key=("resident", "vaccinated_on", "name"),
    in_list=("vaccinated_on", "name", "place"),
    measured=("vaccinated_on", "name", "place"),
)
