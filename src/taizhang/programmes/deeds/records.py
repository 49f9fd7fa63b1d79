"""What the ledger holds of deeds."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

DEED = RecordContract(
    table="deed",
    label=Text("工作纪实", "Deed"),
    model="deeds.Deed",
    about_residents=False,
    named_by="title",
    columns=(
        Column("organisation", "code", Text("主办单位", "Host"), field="organisation_id"),
        Column("line", "code", Text("工作条线", "Line of work")),
        Column("kind", "code", Text("类别", "Kind")),
        Column("title", "code", Text("标题", "Title")),
        Column("document_number", "code", Text("文号", "Document number")),
        Column("held_on", "date", Text("日期", "Day")),
        Column("ended_on", "date", Text("结束日期", "Last day")),
        Column("units", "int", Text("覆盖单位数", "Units covered"), unit="家"),
        Column("units_of", "int", Text("应覆盖单位数", "Units to be covered"), unit="家"),
        Column("persons", "int", Text("参加人次", "Participants"), unit="人次"),
        Column("sessions", "int", Text("场次（期、轮）数", "Sessions"), unit="次"),
        Column("registered_on", "date", Text("登记日期", "Registered on")),
        Column("checked_on", "date", Text("审核日期", "Checked on")),
        Column("used_on", "date", Text("入稿日期", "Taken into a summary on")),
        Column("registered_in", "int", Text("登记用时", "Registered within"), unit="个工作日"),
        Column("state", "code", Text("状态", "State")),
        Column("late", "bool", Text("补录", "Recorded late")),
    ),
)
