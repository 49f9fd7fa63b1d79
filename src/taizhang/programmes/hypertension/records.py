"""What the ledger holds of hypertension patients and their visits."""

from taizhang.kernel.contracts import Column
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.disease import ManagedDisease
from taizhang.programmes.chronic.records import PRESSURE, case_table, follow_up_table
from taizhang.programmes.chronic.screening import screening_table

CASE = case_table("hypertension", Text("高血压患者专档", "Hypertension case"), patients=Text("高血压患者", "a hypertension patient"))
FOLLOW_UP = follow_up_table("hypertension", Text("高血压患者随访", "Hypertension follow-up"), measured=PRESSURE)

SCREENING = screening_table(
    "hypertension",
    Text("首诊测压和高血压高危人群登记", "Blood pressure at the first visit, and people at high risk"),
    measured=(
        *PRESSURE,
        Column("height", "int", Text("身高", "Height"), places=1, unit="cm"),
        Column("weight", "int", Text("体重", "Weight"), places=1, unit="kg"),
        Column("waist", "int", Text("腰围", "Waist"), places=1, unit="cm"),
        Column("family_hypertension", "bool", Text("高血压家族史", "Hypertension in the family")),
        Column("salt", "code", Text("摄盐情况", "Salt intake")),
        Column("drinking", "int", Text("日饮酒量", "Alcohol a day"), places=1, unit="两"),
    ),
)

HYPERTENSION = ManagedDisease(
    code="hypertension", chapter="高血压患者健康管理服务规范", case=CASE, follow_up=FOLLOW_UP, screened=SCREENING
)
