"""Figures of institutions, beds and workload as reported."""

from taizhang.kernel.reporting import LOWER, NEITHER, reported, reported_rate
from taizhang.programmes.institutions.returns import FORM

INSTITUTIONS = reported(
    FORM,
    "institutions",
    by_row=True,
    better=NEITHER,
    name=("医疗卫生机构", "Medical institutions"),
    why=("机构数量和布局决定群众看病是否方便。", "How many there are and where decides how far people have to go."),
)
BEDS = reported(
    FORM,
    "beds",
    by_row=True,
    better=NEITHER,
    name=("医疗机构开放床位", "Beds open"),
    why=("床位是住院服务能力的基本指标。", "Beds are what care in hospital is measured by."),
)
VISITS = reported(
    FORM,
    "visits",
    by_row=True,
    better=NEITHER,
    name=("医疗机构诊疗人次", "Visits to medical institutions"),
    why=("诊疗量反映群众的医疗需求和去向。", "It shows what care people seek, and where."),
)
DISCHARGES = reported(
    FORM,
    "discharges",
    by_row=True,
    better=NEITHER,
    name=("医疗机构出院人数", "Discharges from medical institutions"),
    why=("出院人数反映住院服务量。", "The volume of care in hospital."),
)
BED_USE = reported_rate(
    FORM,
    "bed_days_used",
    "bed_days_open",
    code="bed_use",
    by_row=True,
    better=NEITHER,
    name=("病床使用率", "Beds in use"),
    why=("过低是闲置，过高是超负荷。", "Too low is idle, too high is overload."),
)
MEAN_STAY = reported_rate(
    FORM,
    "stay_days",
    "discharges",
    code="mean_stay",
    unit="天/人",
    by_row=True,
    better=LOWER,
    name=("出院者平均住院日", "Mean stay in hospital"),
    why=("住院日缩短，群众负担减轻，床位周转加快。", "Shorter stays cost people less and free beds sooner."),
)
