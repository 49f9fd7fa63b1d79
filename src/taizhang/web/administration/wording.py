"""Names of kinds, acts and tables as the pages of administration say them."""

from django.apps import apps

from taizhang.county import audit
from taizhang.county.models import OrganisationKind
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text

KINDS = {
    OrganisationKind.BUREAU: Text("卫生健康局", "health bureau"),
    OrganisationKind.CDC: Text("疾病预防控制中心", "CDC"),
    OrganisationKind.MCH_HOSPITAL: Text("妇幼保健院", "maternal and child hospital"),
    OrganisationKind.INSPECTION: Text("卫生监督所", "inspection institute"),
    OrganisationKind.INSURANCE_OFFICE: Text("医保（新农合）办公室", "insurance office"),
    OrganisationKind.HOSPITAL: Text("县级医院", "county hospital"),
    OrganisationKind.TOWNSHIP_HOSPITAL: Text("乡镇卫生院", "township hospital"),
    OrganisationKind.COMMUNITY_CENTRE: Text("社区卫生服务中心", "community health centre"),
    OrganisationKind.VILLAGE_CLINIC: Text("村卫生室", "village clinic"),
    OrganisationKind.COMMUNITY_STATION: Text("社区卫生服务站", "community health station"),
}
PURPOSES = {
    "write": Text("录入", "write"),
    "view": Text("查看", "view"),
    "search": Text("检索", "search"),
}
ACTIONS = {
    audit.SIGN_IN: Text("登录", "signed in"),
    audit.OPEN_PERSON: Text("打开个人", "opened a person"),
    audit.LIST_PEOPLE: Text("查看名单", "listed people"),
    audit.SEARCH: Text("检索居民", "searched"),
    audit.TRACE: Text("溯源", "traced a figure"),
    audit.EXPORT: Text("导出", "exported"),
    audit.RESET_PASSWORD: Text("重置密码", "reset a password"),
    audit.CHANGE_PASSWORD: Text("修改密码", "changed the password"),
    audit.READ_AUDIT: Text("查阅审计", "read the audit trail"),
    audit.SET_PARAMETER: Text("写入参数值", "stated a parameter"),
    audit.UNLOCK: Text("解锁时段", "unlocked a period"),
    audit.FIRST_DAY: Text("入门引导", "first day"),
    audit.REMOVE_RECORD: Text("删除记录", "removed a record"),
    audit.REASSIGN: Text("批量改派", "reassigned records"),
    audit.MERGE: Text("合并重复居民", "merged two residents"),
    audit.LET_STAND: Text("放行不一致", "let a contradiction stand"),
    audit.UNMERGE: Text("撤销合并", "took a merge back"),
    audit.CREATE_TOKEN: Text("新建接口令牌", "made a token"),
    audit.REVOKE_TOKEN: Text("作废接口令牌", "revoked a token"),
}
OPERATIONS = {"I": Text("新增", "added"), "U": Text("修改", "changed"), "D": Text("删除", "deleted")}
_TABLES = {
    "county_division": Text("行政区划", "divisions"),
    "county_organisation": Text("机构", "organisations"),
    "county_organisationlink": Text("隶属关系", "links of organisations"),
    "county_staff": Text("人员", "staff"),
    "county_scopegrant": Text("权限范围", "scopes"),
    "county_household": Text("家庭", "households"),
    "county_resident": Text("居民", "residents"),
    "county_residency": Text("居住与管理", "residencies"),
    "county_populationcount": Text("人口数", "population counts"),
    "county_periodlock": Text("时段锁定", "period locks"),
    "returns_return": Text("报表", "returns"),
    "returns_returncell": Text("报表单元格", "cells of returns"),
    "figures_target": Text("任务", "targets"),
    "figures_targetduty": Text("任务责任人", "who answers for a target"),
    "desk_draft": Text("工作稿", "drafts"),
    "desk_sectionwork": Text("章节分工", "sections' writers"),
    "desk_humantext": Text("人工段落", "people's paragraphs"),
    "desk_binding": Text("数字绑定", "numbers bound"),
    "desk_missingdecision": Text("缺数处理", "decisions on what is missing"),
    "desk_planitem": Text("下步打算", "plans"),
    "desk_chapterorder": Text("章节次序", "orders of chapters"),
    "desk_bulletin": Text("上级通报", "superiors' figures"),
    "settlement_settlement": Text("结算", "settlements"),
    "settlement_settledunit": Text("单位结算", "settled units"),
    "settlement_settledline": Text("结算明细", "settled lines"),
    "settlement_advance": Text("预拨", "advances"),
    "settlement_reversal": Text("冲销", "reversals"),
    "settlement_findingreview": Text("疑点核查", "findings reviewed"),
}


def table_names() -> dict[str, Text]:
    """What a table holds, by its name in the database."""
    named = dict(_TABLES)
    for contract in registry.contracts.values():
        named.setdefault(apps.get_model(contract.model)._meta.db_table, contract.label)
    for register in registry.registers.values():
        named.setdefault(apps.get_model(register.model)._meta.db_table, register.name)
    return named
