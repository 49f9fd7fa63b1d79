"""Figures of the rural cooperative insurance as reported."""

from taizhang.kernel.reporting import HIGHER, reported
from taizhang.programmes.insurance.returns import FORM

INPATIENT_SHARE = reported(
    FORM,
    "inpatient_share",
    better=HIGHER,
    why=(
        "报销比例直接决定参合农民的住院负担，国家有刚性指标。",
        "The share decides what members pay for a stay in hospital; the state sets a floor.",
    ),
)
