"""Figures of rectification as reported."""

from taizhang.kernel.reporting import HIGHER, NEITHER, reported, reported_rate
from taizhang.programmes.rectification.returns import FORM

FOUND = reported(FORM, "found", better=NEITHER, why=("找准问题是改进工作的前提。", "What is to be mended must first be found."))
MENDED = reported(FORM, "mended", better=HIGHER, why=("问题要改到位，不能止于查摆。", "Finding is not enough; problems are to be mended."))
DISCUSSANTS = reported(
    FORM,
    "discussants",
    better=NEITHER,
    name=("参加查摆讨论人数", "Participants in discussions of problems"),
    why=("反映发动面的宽窄。", "It shows how widely people took part."),
)
RATE = reported_rate(
    FORM,
    "mended",
    "found",
    code="rate",
    name=("问题整改率", "Problems mended, of those found"),
    why=("整改率衡量问题是否真正得到解决。", "It tells whether problems are in fact solved."),
)
