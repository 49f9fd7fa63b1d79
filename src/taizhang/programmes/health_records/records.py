"""What the ledger holds of health records: the record itself, examinations, and services written down in it."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

_ORGANISATION = Column("organisation", "code", Text("服务机构", "Served by"), field="organisation_id")
_WRITTEN_DOWN_BY = Column("organisation", "code", Text("登记机构", "Written down by"), field="organisation_id")

HEALTH_RECORD = RecordContract(
    table="health_record",
    label=Text("居民健康档案", "Health record"),
    model="health_records.HealthRecord",
    one_row_per_resident=True,
    columns=(
        Column("organisation", "code", Text("建档机构", "Opened by"), field="organisation_id"),
        Column("opened_on", "date", Text("建档日期", "Opened on")),
        Column("updated_on", "date", Text("最近更新日期", "Last updated on")),
        Column("electronic", "bool", Text("电子健康档案", "Electronic")),
        Column("complete", "bool", Text("个人基本信息完整", "Personal information complete")),
        Column("closed_on", "date", Text("终止日期", "Closed on")),
        Column("close_reason", "code", Text("终止原因", "Why closed")),
    ),
)

EXAMINATION = RecordContract(
    table="examination",
    label=Text("健康体检", "Health examination"),
    model="health_records.Examination",
    served_on="examined_on",
    columns=(
        _ORGANISATION,
        Column("examined_on", "date", Text("体检日期", "Examined on")),
        Column("complete", "bool", Text("体检表必填项完整", "Form complete")),
        Column("tests_complete", "bool", Text("老年人辅助检查齐全", "Tests for the elderly complete")),
        Column("evaluation", "code", Text("健康评价", "Evaluation")),
        Column("systolic", "int", Text("收缩压", "Systolic pressure"), unit="mmHg"),
        Column("diastolic", "int", Text("舒张压", "Diastolic pressure"), unit="mmHg"),
        Column("systolic_left", "int", Text("左侧收缩压", "Systolic pressure, left"), unit="mmHg"),
        Column("diastolic_left", "int", Text("左侧舒张压", "Diastolic pressure, left"), unit="mmHg"),
        Column("pulse_rate", "int", Text("脉率", "Pulse"), unit="次/分"),
        Column("height", "int", Text("身高", "Height"), places=1, unit="cm"),
        Column("weight", "int", Text("体重", "Weight"), places=1, unit="kg"),
        Column("waist", "int", Text("腰围", "Waist"), places=1, unit="cm"),
        Column("body_mass_index", "int", Text("体质指数", "Body mass index"), places=1, unit="kg/m²"),
        Column("exercise_frequency", "code", Text("锻炼频率", "How often exercise")),
        Column("smoking_status", "code", Text("吸烟状况", "Smoking")),
        Column("drinking_frequency", "code", Text("饮酒频率", "How often alcohol")),
        Column("fasting_glucose", "int", Text("空腹血糖", "Fasting glucose"), places=1, unit="mmol/L"),
        Column("glycated_haemoglobin", "int", Text("糖化血红蛋白", "Glycated haemoglobin"), places=1, unit="%"),
        Column("cholesterol", "int", Text("总胆固醇", "Total cholesterol"), places=2, unit="mmol/L"),
        Column("creatinine", "int", Text("血清肌酐", "Creatinine"), places=1, unit="μmol/L"),
    ),
)

SERVICE = RecordContract(
    table="service_record",
    label=Text("接诊、会诊、转诊记录", "Consultations and transfers"),
    model="health_records.ServiceRecord",
    served_on="served_on",
    columns=(
        _ORGANISATION,
        Column("served_on", "date", Text("服务日期", "Day of service")),
        Column("kind", "code", Text("服务类别", "Kind of service")),
        Column("systolic", "int", Text("收缩压", "Systolic pressure"), unit="mmHg"),
        Column("diastolic", "int", Text("舒张压", "Diastolic pressure"), unit="mmHg"),
        Column("age_at_service", "int", Text("服务时年龄", "Age at the service"), unit="岁"),
        Column("first_of_year", "bool", Text("本年首诊", "First consultation of the year")),
    ),
)

PAST_HISTORY = RecordContract(
    table="past_history",
    label=Text("既往史", "Past history"),
    model="health_records.PastHistory",
    columns=(
        _WRITTEN_DOWN_BY,
        Column("kind", "code", Text("类别", "Kind")),
        Column("disease", "code", Text("疾病", "Disease")),
        Column("happened_on", "date", Text("确诊（发生）时间", "Diagnosed or happened on")),
    ),
)

HOSPITAL_STAY = RecordContract(
    table="hospital_stay",
    label=Text("住院治疗情况", "Hospital stay"),
    model="health_records.HospitalStay",
    columns=(
        _WRITTEN_DOWN_BY,
        Column("kind", "code", Text("类别", "Kind")),
        Column("admitted_on", "date", Text("入院（建床）日期", "Admitted on")),
        Column("discharged_on", "date", Text("出院（撤床）日期", "Discharged on")),
    ),
)

MEDICATION = RecordContract(
    table="medication",
    label=Text("主要用药情况", "Medication"),
    model="health_records.Medication",
    columns=(
        _WRITTEN_DOWN_BY,
        Column("noted_on", "date", Text("记录日期", "Noted on")),
        Column("months", "int", Text("用药时间", "Taken for"), unit="月"),
        Column("adherence", "code", Text("服药依从性", "Taking medicines")),
    ),
)

OTHER_VACCINATION = RecordContract(
    table="other_vaccination",
    label=Text("非免疫规划预防接种史", "Vaccination outside the programme"),
    model="health_records.OtherVaccination",
    columns=(
        _WRITTEN_DOWN_BY,
        Column("vaccinated_on", "date", Text("接种日期", "Vaccinated on")),
    ),
)
