"""Figures of complaints as reported."""

from taizhang.kernel.reporting import HIGHER, NEITHER, reported, reported_rate
from taizhang.programmes.complaints.returns import FORM

RECEIVED = reported(
    FORM,
    "received",
    better=NEITHER,
    name=("受理投诉举报", "Complaints accepted"),
    why=("反映群众诉求的数量和变化。", "How many grievances people bring, and how that changes."),
)
CLOSED = reported(
    FORM,
    "closed",
    better=HIGHER,
    name=("办结投诉举报", "Complaints closed"),
    why=("事事有回音，件件有着落。", "Every complaint is owed an answer."),
)
CLOSING_RATE = reported_rate(
    FORM,
    "closed",
    "received",
    code="closing_rate",
    name=("投诉办结率", "Complaints closed, of those accepted"),
    why=("衡量群众诉求办理的效率。", "How well grievances are attended to."),
)
