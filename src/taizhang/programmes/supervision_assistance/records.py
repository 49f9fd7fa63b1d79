"""What the ledger holds of supervision assistance: patrols, and the information found and reported."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

PATROL = RecordContract(
    table="assistance_patrol",
    label=Text("卫生监督协管巡查", "Patrol"),
    model="supervision_assistance.Patrol",
    about_residents=False,
    named_by="place",
    columns=(
        Column("organisation", "code", Text("巡查机构", "Patrolled by"), field="organisation_id"),
        Column("patrolled_on", "date", Text("巡查日期", "Patrolled on")),
        Column("domain", "code", Text("巡查类别", "Kind of patrol")),
        Column("place", "code", Text("巡查地点（对象名称）", "Place patrolled")),
        Column("problem_found", "bool", Text("发现问题", "A problem was found")),
        Column("problem", "code", Text("发现的主要问题", "Main problem found")),
        Column("chlorine", "int", Text("末梢水余氯", "Residual chlorine"), places=2, unit="mg/L"),
        Column("ceased", "bool", Text("对象已关停", "Closed down")),
        Column("next_due_on", "date", Text("下次应巡查日期", "Next patrol due")),
        Column("answered_on", "date", Text("下次巡查实际日期", "Next patrol took place")),
        Column("late", "bool", Text("补录", "Recorded late")),
    ),
)
CLUE = RecordContract(
    table="assistance_clue",
    label=Text("卫生监督协管信息", "Information found"),
    model="supervision_assistance.Clue",
    about_residents=False,
    columns=(
        Column("organisation", "code", Text("发现机构", "Found by"), field="organisation_id"),
        Column("found_on", "date", Text("发现时间", "Found on")),
        Column("kind", "code", Text("信息类别", "Kind of information")),
        Column("reported_on", "date", Text("报告时间", "Reported on")),
        Column("reported_in", "int", Text("报告用时", "Reported within"), unit="日"),
        Column("result", "code", Text("处理结果", "What came of it")),
        Column("late", "bool", Text("补录", "Recorded late")),
    ),
)
