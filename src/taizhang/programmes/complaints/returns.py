"""投诉举报报表: complaints each organisation itself received and closed."""

from taizhang.kernel.forms import Scope
from taizhang.kernel.reporting import flow, form, own_definition

FORM = form(
    "complaints", "投诉举报报表", "Complaints", own_definition("投诉举报报表"),
    flow("received", "受理件数", "Complaints accepted", "件"),
    flow("closed", "办结件数", "Complaints closed", "件"),
    parts=(("closed", "received"),),
    scope=Scope.OWN,
)
