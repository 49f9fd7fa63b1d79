"""Registers of health records: the record, examinations, other services, and what is listed line by line."""

from taizhang.kernel.registers import Register
from taizhang.kernel.text import Text
from taizhang.programmes.health_records import models, records
from taizhang.programmes.registering import columns_of

HEALTH_RECORDS = Register(
    code="health_records",
    name=Text("居民健康档案", "Health records"),
    model=records.HEALTH_RECORD.model,
    table=records.HEALTH_RECORD.table,
    natural_key=("resident",),
    order=("-opened_on", "-id"),
    columns=columns_of(models.HealthRecord, in_list=("opened_on", "electronic", "updated_on", "past_diseases", "closed_on")),
)

EXAMINATIONS = Register(
    code="examinations",
    name=Text("健康体检", "Health examinations"),
    model=records.EXAMINATION.model,
    table=records.EXAMINATION.table,
    natural_key=("resident", "examined_on"),
    order=("-examined_on", "-id"),
    columns=columns_of(
        models.Examination, in_list=("examined_on", "systolic", "diastolic", "height", "weight", "fasting_glucose", "evaluation")
    ),
)

SERVICES = Register(
    code="service_records",
    name=Text("接诊、会诊、转诊记录", "Consultations and transfers"),
    model=records.SERVICE.model,
    table=records.SERVICE.table,
    natural_key=("resident", "served_on", "kind", "organisation"),
    order=("-served_on", "-id"),
    columns=columns_of(models.ServiceRecord, in_list=("served_on", "kind")),
)

PAST_HISTORY = Register(
    code="past_history",
    name=Text("既往史", "Past history"),
    model=records.PAST_HISTORY.model,
    table=records.PAST_HISTORY.table,
    natural_key=("resident", "kind", "disease", "name", "happened_on"),
    order=("-happened_on", "-id"),
    columns=columns_of(models.PastHistory, in_list=("kind", "disease", "name", "happened_on")),
)

HOSPITAL_STAYS = Register(
    code="hospital_stays",
    name=Text("住院治疗情况", "Hospital stays"),
    model=records.HOSPITAL_STAY.model,
    table=records.HOSPITAL_STAY.table,
    natural_key=("resident", "kind", "admitted_on"),
    order=("-admitted_on", "-id"),
    columns=columns_of(models.HospitalStay, in_list=("kind", "admitted_on", "discharged_on", "place")),
)

MEDICATIONS = Register(
    code="medications",
    name=Text("主要用药情况", "Medications"),
    model=records.MEDICATION.model,
    table=records.MEDICATION.table,
    natural_key=("resident", "noted_on", "name"),
    order=("-noted_on", "-id"),
    columns=columns_of(models.Medication, in_list=("noted_on", "name", "usage", "adherence")),
)

OTHER_VACCINATIONS = Register(
    code="other_vaccinations",
    name=Text("非免疫规划预防接种史", "Vaccinations outside the programme"),
    model=records.OTHER_VACCINATION.model,
    table=records.OTHER_VACCINATION.table,
    natural_key=("resident", "vaccinated_on", "name"),
    order=("-vaccinated_on", "-id"),
    columns=columns_of(models.OtherVaccination, in_list=("vaccinated_on", "name", "place")),
)
