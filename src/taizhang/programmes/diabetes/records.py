"""What the ledger holds of patients with type 2 diabetes and their visits."""

from taizhang.kernel.contracts import Column
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.disease import ManagedDisease
from taizhang.programmes.chronic.records import PRESSURE, case_table, follow_up_table

CASE = case_table("diabetes", Text("2型糖尿病患者专档", "Type 2 diabetes case"))
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

DIABETES = ManagedDisease(code="diabetes", chapter="2型糖尿病患者健康管理服务规范", case=CASE, follow_up=FOLLOW_UP)
