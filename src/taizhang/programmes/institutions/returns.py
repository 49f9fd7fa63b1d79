"""医疗机构与床位报表: a row for each kind of institution."""

from taizhang.kernel.reporting import flow, form, stock
from taizhang.kernel.sources import Source

SOURCE = Source("国家卫生健康统计调查制度", "医疗卫生机构年报表、医院月报表")

FORM = form(
    "institutions", "医疗机构与床位报表", "Medical institutions and beds", SOURCE,
    stock("institutions", "机构数", "Institutions", "家"),
    stock("beds", "开放床位", "Beds open", "张"),
    flow("visits", "诊疗人次", "Visits", "人次"),
    flow("discharges", "出院人数", "Discharges", "人"),
    flow("bed_days_open", "实际开放总床日数", "Bed days open", "床日"),
    flow("bed_days_used", "实际占用总床日数", "Bed days used", "床日"),
    flow("stay_days", "出院者占用总床日数", "Bed days of those discharged", "床日"),
    rows={
        "hospital": ("综合医院", "General hospitals"),
        "chinese_medicine": ("中医医院", "Hospitals of Chinese medicine"),
        "mother_child": ("妇幼保健院", "Maternal and child hospitals"),
        "community_centre": ("社区卫生服务中心", "Community health centres"),
        "township_hospital": ("乡镇卫生院", "Township hospitals"),
        "village_clinic": ("村卫生室", "Village clinics"),
        "private_clinic": ("门诊部和诊所", "Outpatient departments and clinics"),
        "total": ("合计", "Total"),
    },
    total="total",
    parts=(("bed_days_used", "bed_days_open"),),
)
