"""What the ledger holds of health education: the activities, and each institution's yearly plan with the days on which it was met."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

# A plan keeps the days on which its 1st to 12th activity took place: twelve is the most that the specification asks of any kind.
FOLLOWED = 12

ACTIVITY = RecordContract(
    table="health_activity",
    label=Text("健康教育活动", "Health education activity"),
    model="health_education.Activity",
    about_residents=False,
    named_by="theme",
    columns=(
        Column("organisation", "code", Text("开展机构", "Held by"), field="organisation_id"),
        Column("kind", "code", Text("活动形式", "Kind of activity")),
        Column("held_on", "date", Text("活动时间", "Held on")),
        Column("theme", "code", Text("活动主题（资料名称）", "Theme")),
        Column("attended", "int", Text("接受健康教育人数", "People reached"), unit="人次"),
        Column("materials", "int", Text("健康教育资料发放数量", "Leaflets given out"), unit="份"),
        Column("minutes", "int", Text("播放时长", "Played for"), unit="分钟"),
        Column("board_number", "int", Text("宣传栏编号", "Number of the board")),
        Column("board_area", "int", Text("宣传栏面积", "Area of the board"), places=1, unit="m²"),
        Column("evidence", "code", Text("存档材料", "Filed with it")),
        Column("first_of_title", "bool", Text("本年首次使用的资料", "First use of the material in the year")),
        Column("late", "bool", Text("补录", "Recorded late")),
    ),
)

PLAN = RecordContract(
    table="health_education_plan",
    label=Text("健康教育年度计划", "Yearly plan of health education"),
    model="health_education.Plan",
    about_residents=False,
    columns=(
        Column("organisation", "code", Text("机构", "Institution"), field="organisation_id"),
        Column("made_on", "date", Text("计划制定日期", "Plan made on")),
        Column("year", "int", Text("计划年度", "Year of the plan"), unit="年"),
        Column("starts_on", "date", Text("计划年度首日", "First day of the year")),
        Column("kind", "code", Text("活动形式", "Kind of activity")),
        Column("tier", "code", Text("机构类别", "Kind of institution")),
        Column("planned", "int", Text("计划次数", "Planned"), unit="次"),
        *(Column(f"done_{n}_on", "date", Text(f"第{n}次完成日期", f"Day of number {n}")) for n in range(1, FOLLOWED + 1)),
    ),
)
