"""中医药健康管理报表: health management of the elderly and of small children, and services of Chinese medicine at the grass roots."""

from taizhang.kernel.reporting import flow, form, stock
from taizhang.kernel.sources import Source

SOURCE = Source("国家基本公共卫生服务规范（第三版）", "中医药健康管理服务规范，工作指标")
SERVICE_SOURCE = Source("基层中医药服务能力提升工程“十四五”行动计划", "主要目标")

FORM = form(
    "traditional_medicine", "中医药健康管理报表", "Health management by Chinese medicine", SOURCE,
    stock("elderly", "老年常住居民", "Elderly residents", "人"),
    stock("elderly_served", "本年接受中医药健康管理的老年人", "Elderly served this year", "人"),
    stock("children", "应管理儿童", "Children to be managed", "人"),
    stock("children_served", "本年接受中医药健康管理的儿童", "Children served this year", "人"),
    parts=(("elderly_served", "elderly"), ("children_served", "children")),
)
SERVICES = form(
    "traditional_medicine_services", "基层中医药服务报表", "Chinese medicine at the grass roots", SERVICE_SOURCE,
    stock("institutions", "乡镇卫生院和社区卫生服务中心", "Township hospitals and community centres", "家"),
    stock("halls", "设中医馆机构", "Of these, with a hall of Chinese medicine", "家"),
    stock("village_clinics", "村卫生室", "Village clinics", "个"),
    stock("village_clinics_able", "能提供中医药服务的村卫生室", "Village clinics able to give Chinese medicine", "个"),
    flow("all_visits", "基层诊疗人次", "Visits at the grass roots", "人次"),
    flow("visits", "中医诊疗人次", "Visits for Chinese medicine", "人次"),
    parts=(("halls", "institutions"), ("village_clinics_able", "village_clinics"), ("visits", "all_visits")),
)
