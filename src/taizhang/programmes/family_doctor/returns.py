"""家庭医生签约服务报表, and by priority group 重点人群."""

from taizhang.kernel.reporting import flow, form, stock
from taizhang.kernel.sources import Source

SOURCE = Source("关于推进家庭医生签约服务高质量发展的指导意见", "主要目标，签约服务覆盖率")

FORM = form(
    "family_doctor",
    "家庭医生签约服务报表",
    "Family doctor contracts",
    SOURCE,
    stock("teams", "签约服务团队", "Contract teams", "个"),
    stock("residents", "常住人口", "Residents", "人"),
    stock("contracted", "签约居民", "Residents under contract", "人"),
    stock("key_people", "重点人群", "People of priority groups", "人"),
    stock("key_contracted", "重点人群签约", "Of these, under contract", "人"),
    flow("services", "履约服务", "Services under contract", "人次"),
    flow("renewed", "续签", "Contracts renewed", "人"),
    parts=(("contracted", "residents"), ("key_people", "residents"), ("key_contracted", "key_people")),
)
GROUPS = form(
    "family_doctor_groups",
    "重点人群签约报表",
    "Contracts by priority group",
    SOURCE,
    stock("people", "应签人数", "People of the group", "人"),
    stock("contracted", "已签约人数", "Of these, under contract", "人"),
    rows={
        "elderly": ("老年人", "The elderly"),
        "hypertension": ("高血压患者", "Hypertension patients"),
        "diabetes": ("糖尿病患者", "Diabetes patients"),
        "mothers": ("孕产妇", "Mothers"),
        "children": ("儿童", "Children"),
        "disabled": ("残疾人", "People with disabilities"),
    },
    parts=(("contracted", "people"),),
)
