from taizhang.kernel.forms import Scope
from taizhang.kernel.reporting import flow, form, own_definition, rate_only, stock

SOURCE = own_definition("走访报表")
FORM = form(
    "line_return", "走访报表", "Return of visits", SOURCE,
    flow("held", "走访", "Visits held", "人次"), stock("people", "应走访", "To be visited", "人"),
    rate_only("content", "满意率", "Content"),
    flow("spent", "支出", "Spent", "万元", places=2), flow("planned", "预算", "Planned", "万元", places=1),
    rows={"old": ("老年人", "The old"), "young": ("年轻人", "The young")},
    scope=Scope.OWN,
)
AREA_FORM = form(
    "line_area", "辖区报表", "Area return", SOURCE, flow("seen", "已走访", "Seen", "人"), stock("all", "应走访", "All", "人"),
)
