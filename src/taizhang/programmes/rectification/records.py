"""What the ledger holds of problems."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

PROBLEM = RecordContract(
    table="problem",
    label=Text("问题整改", "Problem"),
    model="rectification.Problem",
    about_residents=False,
    named_by="clause",
    columns=(
        Column("organisation", "code", Text("问题单位", "Unit"), field="organisation_id"),
        Column("line", "code", Text("工作条线", "Line of work")),
        Column("source", "code", Text("问题来源", "Source")),
        Column("clause", "code", Text("问题条款", "Clause")),
        Column("grade", "code", Text("严重程度", "Grade")),
        Column("found_on", "date", Text("发现日期", "Found on")),
        Column("assigned_on", "date", Text("交办日期", "Assigned on")),
        Column("due_on", "date", Text("整改期限", "Due on")),
        Column("started_on", "date", Text("开始整改日期", "Begun on")),
        Column("mended_on", "date", Text("整改完成日期", "Mended on")),
        Column("verified_on", "date", Text("复核日期", "Verified on")),
        Column("closed_on", "date", Text("销号日期", "Struck off on")),
        Column("returned_on", "date", Text("最近退回日期", "Last returned on")),
        Column("returned_times", "int", Text("退回次数", "Times returned"), unit="次"),
        Column("repeated", "bool", Text("重复发生", "Repeated")),
        Column("state", "code", Text("状态", "State")),
        Column("late", "bool", Text("补录", "Recorded late")),
    ),
)
