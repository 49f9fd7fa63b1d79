"""Figures of the office as reported."""

from taizhang.kernel.reporting import HIGHER, LOWER, NEITHER, reported, reported_rate
from taizhang.programmes.office.returns import FORM

RECEIVED = reported(
    FORM,
    "received",
    better=NEITHER,
    name=("办理收文", "Documents received"),
    why=("来文是任务的来源，须登记有据、办理有果。", "Incoming documents bring tasks: each is registered and answered."),
)
ISSUED = reported(
    FORM,
    "issued",
    better=NEITHER,
    name=("印发文件", "Documents issued"),
    why=("发文数量反映部署情况，也反映精文减会。", "It shows what was set in motion, and whether paper is kept short."),
)
MEETINGS = reported(
    FORM,
    "meetings",
    better=NEITHER,
    name=("召开会议", "Meetings held"),
    why=("会议议定的事项要转为督办。", "What a meeting decides is then followed up."),
)
FOLLOWED = reported(
    FORM,
    "followed",
    better=NEITHER,
    name=("督办事项", "Matters followed up"),
    why=("重点工作靠督办落实。", "What matters is followed up until done."),
)
DONE_RATE = reported_rate(
    FORM,
    "done",
    "followed",
    code="done_rate",
    better=HIGHER,
    name=("督办事项办结率", "Matters done, of those followed up"),
    why=("办结率反映执行力。", "It shows whether decisions are carried out."),
)
DISCLOSED = reported(
    FORM,
    "disclosed",
    better=HIGHER,
    name=("主动公开政府信息", "Information made public"),
    why=("公开透明，接受群众监督。", "Openness lets people judge."),
)
PROPOSALS = reported(
    FORM,
    "proposals",
    better=NEITHER,
    name=("承办建议提案", "Proposals assigned"),
    why=("建议提案代表群众意见。", "Proposals speak for people."),
)
ANSWERED_RATE = reported_rate(
    FORM,
    "answered",
    "proposals",
    code="answered_rate",
    better=HIGHER,
    name=("建议提案答复率", "Proposals answered, of those assigned"),
    why=("件件有答复是法定要求。", "The law requires an answer to each."),
)
CHECKS = reported(
    FORM,
    "checks",
    better=HIGHER,
    name=("保密和值班检查", "Checks of confidentiality and duty"),
    why=("检查防患于未然。", "Checks prevent what cannot be mended."),
)
LEAKS = reported(
    FORM,
    "leaks",
    better=LOWER,
    name=("失泄密事件", "Leaks"),
    why=("保密安全是底线。", "Confidentiality is a floor."),
)
