"""What 卫生监督协管巡查登记表 and 卫生监督协管信息报告登记表 ask."""

from taizhang.kernel.elements import coded, day, number, words, yes_no

FOOD, WATER, SCHOOL, PRACTICE, FAMILY_PLANNING, CONTAGION = "123456"
_DOMAINS = {
    FOOD: ("食源性疾病及相关信息", "Foodborne disease"),
    WATER: ("饮用水卫生安全", "Safety of drinking water"),
    SCHOOL: ("学校卫生", "School health"),
    PRACTICE: ("非法行医（采供血）", "Illegal practice, illegal taking of blood"),
    FAMILY_PLANNING: ("计划生育", "Family planning services"),
}

# -- patrols -----------------------------------------------------------------------------------------------------------------------

PATROLLED_ON = day("patrolled_on", "巡查日期", "Patrolled on")
PATROL_DOMAIN = coded("patrol_domain", "巡查类别", "Kind of patrol", _DOMAINS)
PLACE_NAME = words("patrol_place", "巡查地点（对象名称）", "Place patrolled")
PLACE_ADDRESS = words("patrol_address", "地址", "Address")
PATROL_CONTENT = words("patrol_content", "巡查内容", "What was looked at")
PROBLEM_FOUND = yes_no("patrol_problem_found", "发现问题", "A problem was found")
PROBLEM = words("patrol_problem", "发现的主要问题", "Main problem found")
PATROL_ACTION = coded(
    "patrol_action", "处置方式", "What was done",
    {
        "1": ("现场指导", "Guidance on the spot"), "2": ("督促整改", "Told to mend"), "3": ("报告卫生监督机构", "Told the institute"),
        "4": ("协助执法人员查处", "Helped the inspectors"),
    },
    several=True,
)  # fmt: skip
CHLORINE = number("patrol_chlorine", "末梢水余氯", "Residual chlorine at the tap", "mg/L", "0", "10", places=2)
CEASED = yes_no("patrol_ceased", "对象已关停", "Closed down")
PATROLLED_BY = words("patrolled_by", "巡查人", "Patrolled by")
PATROL_NOTE = words("patrol_note", "备注", "Note")
NEXT_PATROL_ON = day("patrol_next_due_on", "下次应巡查日期", "Next patrol due")

# -- clues -------------------------------------------------------------------------------------------------------------------------

FOUND_ON = day("clue_found_on", "发现时间", "Found on")
CLUE_KIND = coded("clue_kind", "信息类别", "Kind of information", {**_DOMAINS, CONTAGION: ("传染病防治及其他", "Contagion and other")})
CLUE_CONTENT = words("clue_content", "信息内容", "What was found")
CLUE_PLACE = words("clue_place", "发生地点（对象）", "Where")
CLUE_SOURCE = coded(
    "clue_source", "发现途径", "How found",
    {"1": ("巡查发现", "On patrol"), "2": ("群众举报", "Told by people"), "3": ("诊疗中发现", "While treating"), "9": ("其他", "Other")},
)  # fmt: skip
REPORTED_ON = day("clue_reported_on", "报告时间", "Reported on")
REPORTED_TO = words("clue_reported_to", "接报单位", "Reported to")
REPORTER = words("clue_reporter", "报告人", "Reported by")
CLUE_RESULT = coded(
    "clue_result", "处理结果", "What came of it",
    {
        "1": ("处理中", "Being handled"), "2": ("查实并处置", "Confirmed and dealt with"), "3": ("查无实据", "Not confirmed"),
        "4": ("移送其他部门", "Passed on"),
    },
)  # fmt: skip
REPORTED_IN = number("clue_reported_in", "报告用时", "Reported within", "日", "0", "3660")
