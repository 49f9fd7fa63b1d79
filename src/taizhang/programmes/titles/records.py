"""What the ledger holds of titles."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

APPLICATION = RecordContract(
    table="title_application",
    label=Text("创建评审", "Title application"),
    model="titles.Application",
    about_residents=False,
    named_by="title",
    columns=(
        Column("organisation", "code", Text("创建单位", "Unit"), field="organisation_id"),
        Column("line", "code", Text("工作条线", "Line of work")),
        Column("title", "code", Text("创建项目", "Title")),
        Column("level", "code", Text("级别", "Level")),
        Column("applied_on", "date", Text("申报日期", "Applied on")),
        Column("stage", "code", Text("阶段", "Stage")),
        Column("stage_on", "date", Text("进入本阶段日期", "In this stage since")),
        Column("score", "int", Text("评审得分", "Score"), places=1, unit="分"),
        Column("named_on", "date", Text("命名日期", "Named on")),
        Column("expires_on", "date", Text("有效期至", "Expires on")),
        Column("reviewed_on", "date", Text("最近复审日期", "Last reviewed on")),
        Column("ended_on", "date", Text("终止日期", "Ended on")),
    ),
)
