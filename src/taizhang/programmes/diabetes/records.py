"""What the ledger holds of patients with type 2 diabetes and their visits."""

from taizhang.kernel.contracts import Column
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.disease import ManagedDisease
from taizhang.programmes.chronic.records import PRESSURE, case_table, follow_up_table
from taizhang.programmes.chronic.screening import screening_table

CASE = case_table("diabetes", Text("2型糖尿病患者专档", "Type 2 diabetes case"), patients=Text("糖尿病患者", "a diabetes patient"))
FOLLOW_UP = follow_up_table(
    "diabetes",
    Text("2型糖尿病患者随访", "Type 2 diabetes follow-up"),
    measured=(
        Column("fasting_glucose", "int", Text("空腹血糖", "Fasting glucose"), places=1, unit="mmol/L"),
        Column("random_glucose", "int", Text("随机（餐后）血糖", "Random glucose"), places=1, unit="mmol/L"),
        *PRESSURE,
        Column("hypoglycaemia", "code", Text("低血糖反应", "Hypoglycaemia")),
    ),
)

SCREENING = screening_table(
    "diabetes",
    Text("2型糖尿病高危人群筛查", "Screening of people at high risk of type 2 diabetes"),
    measured=(
        Column("fasting_glucose", "int", Text("空腹血糖", "Fasting glucose"), places=1, unit="mmol/L"),
        Column("random_glucose", "int", Text("随机（餐后）血糖", "Random glucose"), places=1, unit="mmol/L"),
        Column("height", "int", Text("身高", "Height"), places=1, unit="cm"),
        Column("weight", "int", Text("体重", "Weight"), places=1, unit="kg"),
        Column("waist", "int", Text("腰围", "Waist"), places=1, unit="cm"),
        Column("family_diabetes", "bool", Text("糖尿病家族史", "Diabetes in the family")),
        Column("gestational_diabetes", "bool", Text("妊娠期糖尿病史或巨大儿生育史", "Gestational diabetes or a heavy child")),
        Column("raised_pressure", "bool", Text("高血压", "Hypertension")),
        Column("raised_lipids", "bool", Text("血脂异常", "Raised lipids")),
        Column("sedentary", "bool", Text("缺乏体力活动", "Little exercise")),
    ),
)

DIABETES = ManagedDisease(code="diabetes", chapter="2型糖尿病患者健康管理服务规范", case=CASE, follow_up=FOLLOW_UP, screened=SCREENING)
