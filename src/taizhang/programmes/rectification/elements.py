"""What the register of problems asks."""

from taizhang.kernel.elements import coded, day, number, words

SOURCE = coded(
    "problem_source",
    "问题来源",
    "Source",
    {
        "1": ("督导", "Supervision"),
        "2": ("检查", "Inspection"),
        "3": ("稽查", "Audit of practice"),
        "4": ("自查", "Self-check"),
        "5": ("审计", "Financial audit"),
        "6": ("反馈", "Feedback"),
        "7": ("隐患", "Hazard"),
    },
)
GRADE = coded("problem_grade", "严重程度", "Grade", {"1": ("一般", "Ordinary"), "2": ("较重", "Serious"), "3": ("严重", "Grave")})
CLAUSE = words("problem_clause", "问题条款", "Clause")
DESCRIPTION = words("problem_description", "问题描述", "What was found")
FOUND_ON = day("problem_found_on", "发现日期", "Found on")
ASSIGNED_ON = day("problem_assigned_on", "交办日期", "Assigned on")
OWNER = words("problem_owner", "整改责任人", "Who is to mend it")
DUE_ON = day("problem_due_on", "整改期限", "Due on")
STARTED_ON = day("problem_started_on", "开始整改日期", "Begun on")
MEASURES = words("problem_measures", "整改措施", "Measures")
MENDED_ON = day("problem_mended_on", "整改完成日期", "Mended on")
EVIDENCE = words("problem_evidence", "整改佐证", "Evidence")
VERIFIED_ON = day("problem_verified_on", "复核日期", "Verified on")
VERIFIED_BY = words("problem_verified_by", "复核人", "Verified by")
CLOSED_ON = day("problem_closed_on", "销号日期", "Struck off on")
RETURNED_ON = day("problem_returned_on", "最近退回日期", "Last returned on")
RETURNED_TIMES = number("problem_returned_times", "退回次数", "Times returned", "次", "0", "99")
