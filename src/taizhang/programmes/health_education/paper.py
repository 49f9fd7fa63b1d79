"""健康教育活动记录表 on paper."""

from taizhang.kernel.paper import PaperForm, PaperRow, PaperSection
from taizhang.kernel.text import Text
from taizhang.programmes.health_education.rules import FORM

ACTIVITY_FORM = PaperForm(
    code="health_activity_form",
    name=Text("健康教育活动记录表", "Record of a health education activity"),
    register="health_activities",
    source=FORM,
    sections=(
        PaperSection(
            None,
            (
                PaperRow(Text("活动时间", "Held on"), ("held_on",)),
                PaperRow(Text("活动地点", "Place"), ("place",)),
                PaperRow(Text("活动形式", "Kind of activity"), ("kind",)),
                PaperRow(Text("活动主题", "Theme"), ("theme",)),
                PaperRow(Text("组织者", "Organised by"), ("organiser",)),
                PaperRow(Text("主讲人", "Speaker"), ("speaker",)),
                PaperRow(Text("接受健康教育人员类别", "Who was reached"), ("audience",)),
                PaperRow(Text("接受健康教育人数", "People reached"), ("attended",), Text("{attended}人", "{attended}")),
                PaperRow(
                    Text("健康教育资料发放种类及数量", "Material and how much of it"),
                    ("materials", "minutes", "board_number", "board_area"),
                    Text(
                        "印刷资料{materials}份；音像播放{minutes}分钟；宣传栏{board_number}号（{board_area}m²）",
                        "Leaflets: {materials}; played {minutes} minutes; board no. {board_number} ({board_area} m²)",
                    ),
                ),
                PaperRow(Text("活动内容", "What was done"), ("content",)),
                PaperRow(Text("活动总结评价", "How it went"), ("evaluation",)),
                PaperRow(Text("存档材料请附后", "Filed with it"), ("evidence",)),
                PaperRow(
                    Text("签字", "Signatures"), ("filled_by", "principal", "filled_on"),
                    Text(
                        "填表人（签字）：{filled_by}　负责人（签字）：{principal}\n填表时间：{filled_on}",
                        "Filled in by: {filled_by}  In charge: {principal}\nOn: {filled_on}",
                    ),
                ),
            ),
        ),
    ),
)  # fmt: skip
