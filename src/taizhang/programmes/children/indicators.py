"""Figures of children's health management as reported."""

from taizhang.kernel.reporting import HIGHER, reported
from taizhang.programmes.children.returns import FORM

BASIC_CARE = reported(
    FORM,
    "basic_care",
    better=HIGHER,
    name=("6岁以下儿童基本保健服务", "Basic health services given to children under 6"),
    why=(
        "儿童按月龄免费接受访视和体检，早发现生长发育问题。",
        "Free visits and checks by age find troubles of growth and development early.",
    ),
)
