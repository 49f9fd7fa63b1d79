"""卫生热线报表: what came in by telephone, and what became of it."""

from taizhang.kernel.reporting import flow, form, own_definition

FORM = form(
    "hotline", "卫生热线报表", "Health hotline", own_definition("卫生热线报表"),
    flow("calls", "受理热线", "Calls taken", "件"),
    flow("advice", "咨询", "Questions answered at once", "件"),
    flow("complaints", "投诉举报", "Complaints", "件"),
    flow("suggestions", "意见建议", "Suggestions", "件"),
    flow("handled_in_time", "按期办结", "Closed in time", "件"),
    flow("revisited", "回访", "Callers asked afterwards", "件"),
    flow("satisfied", "回访满意", "Callers satisfied", "件"),
    parts=(
        ("advice", "calls"),
        ("complaints", "calls"),
        ("suggestions", "calls"),
        ("handled_in_time", "calls"),
        ("satisfied", "revisited"),
    ),
)
