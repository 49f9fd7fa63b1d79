"""What the record of an activity and the yearly plan ask, in the order of 健康教育活动记录表."""

from taizhang.kernel.elements import coded, day, number, words

PRINTED, BROADCAST, BOARD, CONSULTATION, LECTURE, PERSONAL = "123456"

KIND = coded(
    "health_activity_kind", "活动形式", "Kind of activity",
    {
        PRINTED: ("发放印刷资料", "Printed material"), BROADCAST: ("播放音像资料", "Audio-visual material"),
        BOARD: ("设置更新宣传栏", "Notice board"), CONSULTATION: ("公众健康咨询活动", "Public consultation"),
        LECTURE: ("健康知识讲座", "Lecture"), PERSONAL: ("个体化健康教育", "Personal education"),
    },
)  # fmt: skip
HELD_ON = day("health_activity_on", "活动时间", "Held on")
PLACE = words("health_activity_place", "活动地点", "Place")
THEME = words("health_activity_theme", "活动主题（资料名称）", "Theme (title of the material)")
ORGANISER = words("health_activity_organiser", "组织者", "Organised by")
SPEAKER = words("health_activity_speaker", "主讲人", "Speaker")
AUDIENCE = words("health_activity_audience", "接受健康教育人员类别", "Who was reached")
ATTENDED = number("health_activity_attended", "接受健康教育人数", "People reached", "人次", "0", "100000")
MATERIALS = number("health_materials", "健康教育资料发放数量", "Leaflets given out", "份", "0", "1000000")
MINUTES = number("health_broadcast_minutes", "播放时长", "Played for", "分钟", "0", "100000")
BOARD_NUMBER = number("health_board_number", "宣传栏编号", "Number of the board", "号", "1", "50")
BOARD_AREA = number("health_board_area", "宣传栏面积", "Area of the board", "m²", "0.1", "100", places=1)
CONTENT = words("health_activity_content", "活动内容", "What was done")
EVALUATION = words("health_activity_evaluation", "活动总结评价", "How it went")
EVIDENCE = coded(
    "health_activity_evidence", "存档材料", "Filed with it",
    {
        "1": ("书面材料", "Papers"), "2": ("图片材料", "Pictures"), "3": ("印刷材料", "Printed material"),
        "4": ("影音材料", "Recordings"), "5": ("签到表", "Sign-in sheet"), "6": ("其他材料", "Other"),
    },
    several=True,
)  # fmt: skip
FILLED_BY = words("health_activity_filled_by", "填表人（签字）", "Filled in by")
PRINCIPAL = words("health_activity_principal", "负责人（签字）", "Person in charge")
FILLED_ON = day("health_activity_filled_on", "填表时间", "Filled in on")

# -- the yearly plan -----------------------------------------------------------------------------------------------------------

TOWNSHIP, VILLAGE = "1", "2"
MADE_ON = day("health_plan_made_on", "计划制定日期", "Plan made on")
PLAN_YEAR = number("health_plan_year", "计划年度", "Year of the plan", "年", "2009", "2100")
TIER = coded(
    "health_plan_tier", "机构类别", "Kind of institution",
    {
        TOWNSHIP: ("乡镇卫生院、社区卫生服务中心", "Township hospital or community centre"),
        VILLAGE: ("村卫生室、社区卫生服务站", "Village clinic or community station"),
    },
)  # fmt: skip
PLANNED = number("health_plan_planned", "计划次数", "Planned", "次", "0", "500")
PLAN_TOPICS = words("health_plan_topics", "计划主题", "Themes planned")
COUNTED_TIMES = number("health_plan_counted", "本年已完成次数（种数）", "Done in the year", "次", "0", "100000")
