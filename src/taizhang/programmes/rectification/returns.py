"""问题整改报表: problems found and mended, and the discussions held on them."""

from taizhang.kernel.reporting import flow, form, own_definition

FORM = form(
    "rectification", "问题整改报表", "Rectification of problems", own_definition("问题整改报表"),
    flow("found", "查摆问题", "Problems found", "件"),
    flow("mended", "已整改问题", "Problems mended", "件"),
    flow("discussants", "参加讨论人数", "Participants in discussions", "人"),
    parts=(("mended", "found"),),
)
