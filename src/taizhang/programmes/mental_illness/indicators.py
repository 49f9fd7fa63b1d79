"""Figures of severe mental illness as reported: counts without persons."""

from taizhang.kernel.reporting import HIGHER, reported
from taizhang.programmes.mental_illness.returns import FORM

MANAGED = reported(
    FORM,
    "managed",
    better=HIGHER,
    name=("在管严重精神障碍患者", "Patients with severe mental illness under management"),
    why=("纳入管理的患者才能得到随访、用药指导和救治救助。", "Only those under management are followed up, advised on drugs and helped."),
)
VISITS = reported(
    FORM,
    "visits",
    better=HIGHER,
    name=("严重精神障碍患者面对面随访", "Face-to-face follow-ups of severe mental illness"),
    why=("面对面随访才能评估危险性和病情。", "Risk and condition can be judged face to face only."),
)
