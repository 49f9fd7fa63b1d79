"""无偿献血报表 of the blood station, 临床用血报表 of the hospitals. No donor is named in a return."""

from taizhang.kernel.reporting import flow, form
from taizhang.kernel.sources import Source

SOURCE = Source("中华人民共和国献血法", "献血宣传、采集与临床用血")

FORM = form(
    "blood", "无偿献血报表", "Voluntary blood donation", SOURCE,
    flow("donations", "无偿献血人次", "Donations", "人次"),
    flow("street", "街头自愿献血人次", "Donations in the street", "人次"),
    flow("group", "团体献血人次", "Donations by groups", "人次"),
    flow("platelets", "机采血小板人次", "Platelet donations", "人次"),
    flow("volume", "采血量", "Blood collected", "单位", places=1),
    flow("campaigns", "献血宣传活动", "Donation campaigns", "场"),
    parts=(("street", "donations"), ("group", "donations"), ("platelets", "donations")),
)
CLINICAL = form(
    "blood_use", "临床用血报表", "Clinical use of blood", SOURCE,
    flow("used", "临床用血量", "Blood used in clinics", "单位", places=1),
    flow("components", "成分血用量", "Blood components used", "单位", places=1),
    flow("autologous", "自体输血量", "Autologous transfusion", "单位", places=1),
    flow("units_inspected", "检查用血机构", "Institutions inspected for their use of blood", "家"),
    parts=(("components", "used"),),
)
