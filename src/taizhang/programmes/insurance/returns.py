"""Forms of the rural cooperative insurance: the share reimbursed, members and fund, payments by level of institution."""

from taizhang.kernel.reporting import flow, form, rate_only, stock
from taizhang.kernel.sources import Source

SOURCE = Source("新型农村合作医疗统计调查制度", "住院补偿情况")
SCHEME_SOURCE = Source("新型农村合作医疗统计调查制度", "参合、筹资、补偿和基金使用情况")

FORM = form(
    "insurance", "新农合报表", "Rural cooperative medical insurance", SOURCE,
    rate_only("inpatient_share", "政策范围内住院报销比例", "Share of covered inpatient cost reimbursed"),
)
SCHEME = form(
    "insurance_scheme", "新农合运行报表", "Running of the rural cooperative insurance", SCHEME_SOURCE,
    stock("eligible", "应参合人口", "People eligible", "人"),
    stock("members", "参合人数", "Members", "人"),
    stock("households", "参合户数", "Households of members", "户"),
    stock("fund", "统筹基金总额", "Fund of the year", "元", places=2),
    flow("spent", "基金支出", "Paid out of the fund", "元", places=2),
    flow("catastrophic", "大病保险补偿人次", "Payments of the catastrophic layer", "人次"),
    flow("catastrophic_paid", "大病保险补偿金额", "Paid by the catastrophic layer", "元", places=2),
    flow("inspected", "检查定点机构", "Contracted institutions inspected", "家"),
    flow("recovered", "追回违规资金", "Money recovered", "元", places=2),
    parts=(("members", "eligible"),),
)
CLAIMS = form(
    "insurance_claims", "新农合补偿报表", "Payments of the rural cooperative insurance", SCHEME_SOURCE,
    flow("outpatient", "门诊补偿人次", "Outpatient payments", "人次"),
    flow("outpatient_paid", "门诊补偿金额", "Paid for outpatients", "元", places=2),
    flow("inpatient", "住院补偿人次", "Inpatient payments", "人次"),
    flow("inpatient_cost", "住院总费用", "Cost of stays in hospital", "元", places=2),
    flow("inpatient_covered", "政策范围内住院费用", "Covered cost of stays", "元", places=2),
    flow("inpatient_paid", "住院补偿金额", "Paid for stays", "元", places=2),
    rows={
        "village": ("村级", "Village"),
        "township": ("乡级", "Township"),
        "county": ("县级", "County"),
        "beyond": ("县外", "Beyond the county"),
        "total": ("合计", "Total"),
    },
    total="total",
    parts=(("inpatient_covered", "inpatient_cost"), ("inpatient_paid", "inpatient_covered")),
)
