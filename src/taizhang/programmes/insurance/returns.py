"""新农合报表."""

from taizhang.kernel.reporting import form, rate_only
from taizhang.kernel.sources import Source

SOURCE = Source("新型农村合作医疗统计调查制度", "住院补偿情况")

FORM = form(
    "insurance", "新农合报表", "Rural cooperative medical insurance", SOURCE,
    rate_only("inpatient_share", "政策范围内住院报销比例", "Share of covered inpatient cost reimbursed"),
)
