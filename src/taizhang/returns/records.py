"""What the ledger holds of returns: one row a cell."""

from taizhang.kernel.contracts import Column, RecordContract
from taizhang.kernel.text import Text

RETURN_CELL = RecordContract(
    table="return_cell",
    label=Text("报表单元格", "Return cell"),
    model="returns.ReturnCell",
    about_residents=False,
    columns=(
        Column("report", "int", Text("报表序号", "Return"), field="report_id"),
        Column("form", "code", Text("报表", "Form")),
        Column("organisation", "code", Text("填报机构", "Reporting organisation"), field="organisation_id"),
        Column("period_start", "date", Text("起", "From")),
        Column("period_end", "date", Text("止", "To")),
        Column("as_of", "date", Text("截至", "As of")),
        Column("state", "code", Text("状态", "State")),
        Column("element", "code", Text("指标项", "Element")),
        Column("category", "code", Text("分组", "Category")),
        Column("value", "int", Text("数值", "Value")),
        Column("precision", "int", Text("公布精度", "Published precision")),
        Column("qualifier", "code", Text("约数用语", "Qualifier")),
    ),
)
