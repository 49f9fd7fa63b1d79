"""What the register of titles and reviews asks."""

from taizhang.kernel.elements import coded, day, number, words

LEVEL = coded(
    "title_level",
    "级别",
    "Level",
    {"1": ("国家级", "National"), "2": ("省级", "Provincial"), "3": ("市级", "City"), "4": ("县级", "County")},
)
# The steps of a review, in their order. A title of a lower level is named sooner: the steps above it are passed over.
APPLIED, SELF_ASSESSED, COUNTY, CITY, PROVINCE, NAMED, REVIEWED = "1234567"
STAGE = coded(
    "title_stage",
    "阶段",
    "Stage",
    {
        APPLIED: ("申报", "Applied"),
        SELF_ASSESSED: ("自评", "Self-assessed"),
        COUNTY: ("县审", "County review"),
        CITY: ("市审", "City review"),
        PROVINCE: ("省审", "Provincial review"),
        NAMED: ("命名", "Named"),
        REVIEWED: ("复审", "Reviewed again"),
    },
)
TITLE = words("title_name", "创建项目", "Title")
STAGE_ON = day("title_stage_on", "进入本阶段日期", "In this stage since")
APPLIED_ON = day("title_applied_on", "申报日期", "Applied on")
SCORE = number("title_score", "评审得分", "Score", "分", "0", "1000", places=1)
NAMED_ON = day("title_named_on", "命名日期", "Named on")
CERTIFICATE = words("title_certificate", "证书或文号", "Certificate")
EXPIRES_ON = day("title_expires_on", "有效期至", "Expires on")
REVIEWED_ON = day("title_reviewed_on", "最近复审日期", "Last reviewed on")
ENDED_ON = day("title_ended_on", "终止日期", "Ended on")
ENDED_WHY = coded(
    "title_ended_why",
    "终止原因",
    "Why it ended",
    {"1": ("未通过评审", "Not passed"), "2": ("撤回申报", "Withdrawn"), "3": ("到期未复审", "Lapsed"), "4": ("被取消", "Revoked")},
)
