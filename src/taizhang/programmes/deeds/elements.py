"""What the register of deeds asks."""

from taizhang.kernel.elements import coded, day, number, words

DOCUMENT, MEETING, TRAINING, SUPERVISION, SURVEY, PUBLICITY, DRILL, AWARD, COOPERATION = "123456789"

KIND = coded(
    "deed_kind",
    "类别",
    "Kind",
    {
        DOCUMENT: ("文件", "Document"),
        MEETING: ("会议", "Meeting"),
        TRAINING: ("培训", "Training"),
        SUPERVISION: ("督导", "Supervision"),
        SURVEY: ("调研", "Study visit"),
        PUBLICITY: ("宣传", "Publicity"),
        DRILL: ("演练", "Drill"),
        AWARD: ("表彰", "Award"),
        COOPERATION: ("合作", "Cooperation"),
    },
)
TITLE = words("deed_title", "标题", "Title")
DOCUMENT_NUMBER = words("document_number", "文号", "Document number")
HELD_ON = day("deed_held_on", "日期", "Day")
ENDED_ON = day("deed_ended_on", "结束日期", "Last day")
DEPARTMENT = words("host_department", "主办科室", "Host department")
UNITS = number("units_covered", "覆盖单位数", "Units covered", "家", "0", "100000")
UNITS_OF = number("units_due", "应覆盖单位数", "Units to be covered", "家", "0", "100000")
PERSONS = number("deed_persons", "参加人次", "Participants", "人次", "0", "10000000")
SESSIONS = number("deed_sessions", "场次（期、轮）数", "Sessions", "次", "1", "10000")
QUANTITY = number("deed_quantity", "数量", "Quantity", "", "0", "100000000", places=2)
QUANTITY_UNIT = words("deed_quantity_unit", "数量单位", "Unit of the quantity")
RESULT = words("deed_result", "成效（一句话）", "Result in one sentence")
ATTACHMENT = words("deed_attachment", "附件名称", "Attachment")
REGISTERED_ON = day("deed_registered_on", "登记日期", "Registered on")
CHECKED_ON = day("deed_checked_on", "审核日期", "Checked on")
CHECKED_BY = words("deed_checked_by", "审核人", "Checked by")
USED_ON = day("deed_used_on", "入稿日期", "Taken into a summary on")
USED_BY = words("deed_used_by", "入稿人", "Taken into a summary by")
