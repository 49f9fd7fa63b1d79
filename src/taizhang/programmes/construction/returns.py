"""建设项目报表: a row for each project, named by whoever reports it."""

from taizhang.kernel.reporting import form, own_definition, stock

FORM = form(
    "construction", "建设项目报表", "Construction projects", own_definition("建设项目报表"),
    stock("area", "建设规模", "Floor area planned", "平方米"),
    stock("investment", "总投资", "Total investment", "万元", places=2),
    stock("paid", "累计投入", "Invested so far", "万元", places=2),
    stock("area_finished", "完成面积", "Floor area finished", "平方米"),
    open_rows=True,
    parts=(("area_finished", "area"),),  # money spent may pass the plan; the check on it is a person's
)
