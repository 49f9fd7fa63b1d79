"""办公室工作报表: documents, meetings, matters followed up, disclosure, confidentiality checks. Nothing classified is kept."""

from taizhang.kernel.reporting import flow, form, own_definition

FORM = form(
    "office", "办公室工作报表", "Office work", own_definition("办公室工作报表"),
    flow("received", "收文", "Documents received", "件"),
    flow("issued", "发文", "Documents issued", "件"),
    flow("meetings", "召开会议", "Meetings held", "次"),
    flow("followed", "督办事项", "Matters followed up", "项"),
    flow("done", "已办结督办事项", "Matters done", "项"),
    flow("disclosed", "主动公开政府信息", "Information made public", "条"),
    flow("proposals", "承办建议提案", "Proposals of deputies and members assigned", "件"),
    flow("answered", "已答复建议提案", "Proposals answered", "件"),
    flow("checks", "保密和值班检查", "Checks of confidentiality and duty", "次"),
    flow("leaks", "失泄密事件", "Leaks", "起"),
    parts=(("done", "followed"), ("answered", "proposals")),
)
