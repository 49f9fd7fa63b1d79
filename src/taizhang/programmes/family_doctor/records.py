"""What the ledger holds of family doctor contracts."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

# A contract keeps the days on which its 1st to 8th agreed service was given: the list of services has eight.
ITEMS_AT_MOST = 8

TEAM = RecordContract(
    table="contract_team",
    label=Text("家庭医生签约服务团队", "Contract team"),
    model="family_doctor.Team",
    about_residents=False,
    named_by="name",
    columns=(
        Column("organisation", "code", Text("所属机构", "Institution"), field="organisation_id"),
        Column("name", "code", Text("团队名称", "Team")),
        Column("formed_on", "date", Text("组建日期", "Formed on")),
        Column("dissolved_on", "date", Text("撤销日期", "Dissolved on")),
        Column("members", "int", Text("团队人数", "Members"), unit="人"),
    ),
)

CONTRACT = RecordContract(
    table="family_contract",
    label=Text("家庭医生签约服务协议", "Family doctor contract"),
    model="family_doctor.Contract",
    columns=(
        Column("organisation", "code", Text("签约机构", "Institution"), field="organisation_id"),
        Column("signed_on", "date", Text("签约日期", "Signed on")),
        Column("starts_on", "date", Text("协议起始日期", "In force from")),
        Column("ends_on", "date", Text("协议终止日期", "In force until")),
        Column("package", "code", Text("服务包", "Package")),
        Column("items", "code", Text("约定服务项目", "Services agreed")),
        Column("terminated_on", "date", Text("提前解约日期", "Ended early on")),
        Column("terminate_reason", "code", Text("解约原因", "Why ended early")),
        Column("items_agreed", "int", Text("约定项目数", "Number of services agreed"), unit="项"),
        Column("items_left", "code", Text("尚未履约的项目", "Services still owed")),
        *(Column(f"done_{n}_on", "date", Text(f"第{n}项履约日期", f"Service {n} given on")) for n in range(1, ITEMS_AT_MOST + 1)),
        Column("fulfilled_on", "date", Text("全部项目履约日期", "All services given on")),
        Column("next_due_on", "date", Text("下一项服务应完成日期", "Next service due")),
        Column("renewal", "bool", Text("续签", "A renewal")),
        Column("renewed_on", "date", Text("到期后续签日期", "Renewed on")),
    ),
)

SERVICE = RecordContract(
    table="contract_service",
    label=Text("签约履约服务记录", "Services under contract"),
    model="family_doctor.ContractService",
    columns=(
        Column("organisation", "code", Text("服务机构", "Served by"), field="organisation_id"),
        Column("visited_on", "date", Text("随访日期", "Date of the visit")),
        Column("way", "code", Text("随访方式", "Way of the visit")),
        Column("items_done", "code", Text("本次履约项目", "Services given")),
        Column("items_missed", "code", Text("应履约而未履约的项目", "Services due and not given")),
        Column("done_count", "int", Text("本次履约项目数", "Services given"), unit="项"),
        Column("missed_count", "int", Text("未履约项目数", "Services not given"), unit="项"),
        Column("missed_reason", "code", Text("未履约原因", "Why not given")),
        Column("late", "bool", Text("补录", "Recorded late")),
    ),
)
