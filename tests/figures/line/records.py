from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

VISIT = RecordContract(
    table="visit",
    label=Text("走访", "Visit"),
    model="county.Residency",
    columns=(
        Column("organisation", "code", Text("机构", "Organisation")),
        Column("visited_on", "date", Text("日期", "Day")),
        Column("cost", "int", Text("费用", "Cost"), places=2, unit="元"),
    ),
)
