"""What the records of family doctor contracts ask: teams, contracts, and the services given under them."""

from taizhang.kernel.elements import coded, day, number, words

# -- teams -------------------------------------------------------------------------------------------------------------------------

TEAM_NAME = words("contract_team_name", "团队名称", "Team")
TEAM_LEADER = words("contract_team_leader", "团队长", "Leader of the team")
TEAM_MEMBERS = number("contract_team_members", "团队人数", "Members", "人", "1", "50")
TEAM_NURSES = number("contract_team_nurses", "其中护理人员", "Of these, nurses", "人", "0", "50")
TEAM_PUBLIC_HEALTH = number("contract_team_public_health", "其中公共卫生人员", "Of these, public health staff", "人", "0", "50")
TEAM_VILLAGE_DOCTORS = number("contract_team_village_doctors", "其中乡村医生", "Of these, village doctors", "人", "0", "50")
TEAM_PHONE = words("contract_team_phone", "联系电话", "Telephone")
FORMED_ON = day("contract_team_formed_on", "组建日期", "Formed on")
DISSOLVED_ON = day("contract_team_dissolved_on", "撤销日期", "Dissolved on")

# -- contracts ---------------------------------------------------------------------------------------------------------------------

SIGNED_ON = day("contract_signed_on", "签约日期", "Signed on")
STARTS_ON = day("contract_starts_on", "协议起始日期", "In force from")
ENDS_ON = day("contract_ends_on", "协议终止日期", "In force until")
CONTRACT_TEAM = words("contract_team", "签约团队", "Team under contract")
FAMILY_DOCTOR = words("contract_family_doctor", "家庭医生", "Family doctor")
PACKAGE = coded(
    "contract_package", "服务包", "Package",
    {
        "1": ("基础服务包", "Basic"), "2": ("老年人服务包", "The elderly"), "3": ("高血压服务包", "Hypertension"),
        "4": ("糖尿病服务包", "Diabetes"), "5": ("孕产妇服务包", "Mothers"), "6": ("儿童服务包", "Children"),
        "7": ("残疾人服务包", "People with disabilities"), "9": ("个性化服务包", "By agreement"),
    },
)  # fmt: skip
KEY_GROUPS = coded(
    "contract_key_groups", "重点人群类别", "Priority groups",
    {
        "0": ("一般人群", "None"), "1": ("65岁及以上老年人", "65 and over"), "2": ("高血压患者", "Hypertension"),
        "3": ("糖尿病患者", "Diabetes"), "4": ("孕产妇", "Mother"), "5": ("0～6岁儿童", "Child of 0 to 6"), "6": ("残疾人", "Disabled"),
        "9": ("其他重点人群", "Other"),
    },
    several=True,
)  # fmt: skip
FEE = number("contract_fee", "签约服务费", "Fee of the contract", "元", "0", "5000", places=2)
_ITEMS = {
    "1": ("健康档案建立与更新", "Health record kept"), "2": ("健康体检与健康评估", "Examination and assessment"),
    "3": ("慢性病随访管理", "Follow-up of chronic disease"), "4": ("用药指导", "Guidance on medicines"),
    "5": ("健康教育与咨询", "Health advice"), "6": ("预约就诊与转诊", "Appointments and referral"),
    "7": ("上门服务", "Services at home"), "8": ("中医药服务", "Chinese medicine"),
}  # fmt: skip
ITEMS = coded("contract_items", "约定服务项目", "Services agreed", _ITEMS, several=True)
RESIDENT_SIGNED = words("contract_resident_signed", "签约居民（代表）签名", "Signed by (for the household)")
TERMINATED_ON = day("contract_terminated_on", "提前解约日期", "Ended early on")
TERMINATE_REASON = coded(
    "contract_terminate_reason", "解约原因", "Why ended early",
    {
        "1": ("死亡", "Died"), "2": ("迁出", "Moved away"), "3": ("改签其他团队", "Signed with another team"),
        "4": ("居民要求", "Asked for by the person"), "9": ("其他", "Other"),
    },
)  # fmt: skip
NEXT_DUE_ON = day("contract_next_due_on", "下一项服务应完成日期", "Next service due")
ITEMS_LEFT = coded("contract_items_left", "尚未履约的项目", "Services still owed", _ITEMS, several=True)
FULFILLED_ON = day("contract_fulfilled_on", "全部项目履约日期", "All services given on")

# -- services under contract -------------------------------------------------------------------------------------------------------

ITEMS_DONE = coded("contract_items_done", "本次履约项目", "Services given this time", _ITEMS, several=True)
ITEMS_MISSED = coded("contract_items_missed", "应履约而未履约的项目", "Services due and not given", _ITEMS, several=True)
MISSED_REASON = coded(
    "contract_missed_reason", "未履约原因", "Why not given",
    {
        "1": ("外出务工或长期外出", "Away for work"), "2": ("住院或在外就医", "In hospital"), "3": ("本人拒绝", "Refused"),
        "4": ("联系不上", "Could not be reached"), "5": ("设备或药品不足", "Equipment or medicines lacking"),
        "6": ("团队未及时安排", "Not arranged in time"), "9": ("其他", "Other"),
    },
)  # fmt: skip
SERVICE_NOTE = words("contract_service_note", "履约服务记录", "What was done")
