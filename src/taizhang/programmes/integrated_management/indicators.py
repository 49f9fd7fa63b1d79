"""Figures of integrated management as reported. The rate comes without its counts."""

from taizhang.kernel.reporting import HIGHER, NEITHER, reported
from taizhang.programmes.integrated_management.returns import FORM

VILLAGE_CLINICS = reported(
    FORM,
    "village_clinics",
    better=NEITHER,
    name=("村卫生室数", "Village clinics"),
    why=("村卫生室是农村卫生服务的网底。", "Village clinics are the foundation of rural services."),
)
TOWNSHIP_HOSPITALS = reported(
    FORM,
    "township_hospitals",
    better=NEITHER,
    name=("乡镇卫生院数", "Township hospitals"),
    why=("乡镇卫生院是农村三级网的骨干。", "Township hospitals are the backbone of the rural network."),
)
RATE = reported(
    FORM,
    "rate",
    better=HIGHER,
    why=(
        "一体化管理使村级服务在人员、业务、药械、财务上规范统一。",
        "Integrated management brings staff, services, drugs and accounts of villages to one standard.",
    ),
)
