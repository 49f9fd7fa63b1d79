"""Registers of health records: the record, examinations, other services, and what is listed line by line."""

from taizhang.kernel.text import Text
from taizhang.programmes.health_records import models
from taizhang.programmes.registering import register_of

HEALTH_RECORDS = register_of(
    models.HealthRecord,
    "health_records",
    Text("居民健康档案", "Health records"),
    natural_key=("resident",),
    in_list=("opened_on", "electronic", "updated_on", "past_diseases", "closed_on"),
)

EXAMINATIONS = register_of(
    models.Examination,
    "examinations",
    Text("健康体检", "Health examinations"),
    natural_key=("resident", "examined_on"),
    in_list=("examined_on", "systolic", "diastolic", "height", "weight", "fasting_glucose", "evaluation"),
)

SERVICES = register_of(
    models.ServiceRecord,
    "service_records",
    Text("接诊、会诊、转诊记录", "Consultations and transfers"),
    natural_key=("resident", "served_on", "kind", "organisation"),
    in_list=("served_on", "kind"),
)

PAST_HISTORY = register_of(
    models.PastHistory,
    "past_history",
    Text("既往史", "Past history"),
    natural_key=("resident", "kind", "disease", "name", "happened_on"),
    in_list=("kind", "disease", "name", "happened_on"),
)

HOSPITAL_STAYS = register_of(
    models.HospitalStay,
    "hospital_stays",
    Text("住院治疗情况", "Hospital stays"),
    natural_key=("resident", "kind", "admitted_on"),
    in_list=("kind", "admitted_on", "discharged_on", "place"),
)

MEDICATIONS = register_of(
    models.Medication,
    "medications",
    Text("主要用药情况", "Medications"),
    natural_key=("resident", "noted_on", "name"),
    in_list=("noted_on", "name", "usage", "adherence"),
)

OTHER_VACCINATIONS = register_of(
    models.OtherVaccination,
    "other_vaccinations",
    Text("非免疫规划预防接种史", "Vaccinations outside the programme"),
    natural_key=("resident", "vaccinated_on", "name"),
    in_list=("vaccinated_on", "name", "place"),
)
