"""Figures of the health hotline as reported."""

from taizhang.kernel.reporting import HIGHER, LOWER, NEITHER, reported, reported_rate
from taizhang.programmes.hotline.returns import FORM

CALLS = reported(
    FORM,
    "calls",
    better=NEITHER,
    name=("受理卫生热线", "Calls taken by the health hotline"),
    why=("热线是群众反映问题的直接渠道。", "The hotline is where people can speak outright."),
)
ADVICE = reported(
    FORM,
    "advice",
    better=NEITHER,
    name=("热线咨询", "Questions put to the hotline"),
    why=("咨询内容反映群众的关切。", "What people ask shows what concerns them."),
)
COMPLAINTS = reported(
    FORM,
    "complaints",
    better=LOWER,
    name=("热线投诉举报", "Complaints by the hotline"),
    why=("投诉集中的地方就是薄弱环节。", "Where complaints gather, something is weak."),
)
SUGGESTIONS = reported(
    FORM,
    "suggestions",
    better=NEITHER,
    name=("热线意见建议", "Suggestions by the hotline"),
    why=("好的建议要吸收到工作中。", "Good suggestions belong in the work."),
)
IN_TIME_RATE = reported_rate(
    FORM,
    "handled_in_time",
    "calls",
    code="in_time_rate",
    better=HIGHER,
    name=("热线按期办结率", "Calls closed in time"),
    why=("按期办结是对群众的承诺。", "An answer in time is a promise to people."),
)
REVISITED = reported(
    FORM,
    "revisited",
    better=HIGHER,
    name=("热线回访", "Callers asked afterwards"),
    why=("回访才知道问题是否真正解决。", "Only asking tells whether it was really settled."),
)
SATISFIED_RATE = reported_rate(
    FORM,
    "satisfied",
    "revisited",
    code="satisfied_rate",
    better=HIGHER,
    name=("热线回访满意率", "Callers satisfied, of those asked"),
    why=("群众满意是办理的标准。", "Whether people are satisfied is the measure."),
)
