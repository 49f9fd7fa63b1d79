"""What the ledger holds of hypertension patients and their visits."""

from taizhang.kernel.text import Text
from taizhang.programmes.chronic.disease import ManagedDisease
from taizhang.programmes.chronic.records import PRESSURE, case_table, follow_up_table

CASE = case_table("hypertension", Text("高血压患者专档", "Hypertension case"))
FOLLOW_UP = follow_up_table("hypertension", Text("高血压患者随访", "Hypertension follow-up"), measured=PRESSURE)

HYPERTENSION = ManagedDisease(code="hypertension", chapter="高血压患者健康管理服务规范", case=CASE, follow_up=FOLLOW_UP)
