"""States of a return: draft → submitted → accepted, and back by returning it with a reason. Every step is audited by the change
triggers, under the name of whoever takes it."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from taizhang.county.changes import acting_as
from taizhang.county.models import Staff
from taizhang.kernel.forms import Form
from taizhang.kernel.periods import Period
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text
from taizhang.returns.checks import CellEntry, CellFault, check_days, cross_check
from taizhang.returns.models import Return, ReturnCell, State

# What may follow what.
STEPS = {
    State.DRAFT: (State.SUBMITTED,),
    State.RETURNED: (State.SUBMITTED,),
    State.SUBMITTED: (State.RETURNED, State.ACCEPTED),
    State.ACCEPTED: (State.RETURNED,),
}


class ReturnRefused(Refusal, ValueError):
    """A step or an entry that cannot be made. `message` in both languages; `faults` lists the cells to mend, where cells are the cause."""

    def __init__(self, message: Text, faults: Sequence[CellFault] = ()) -> None:
        super().__init__(message.zh)
        self.message = message
        self.faults = tuple(faults)


def submit(report: Return, form: Form, actor: Staff | str) -> Return:
    """上报: hand in. Refused while a cross-check fails or the return is empty."""
    cells = entries_of(report)
    if not cells:
        raise ReturnRefused(
            Text(
                f"《{form.name.zh}》还没有填任何数，请填报后再上报；确无发生的请填0。",
                f"{form.name.en} is empty; fill it in first, with 0 where nothing occurred.",
            )
        )
    period = Period(report.period_start, report.period_end)
    faults = [*check_days(form, period, report.as_of, other_spans(report)), *cross_check(form, cells)]
    if faults:
        raise ReturnRefused(
            Text(
                f"《{form.name.zh}》有{len(faults)}处不符，未上报：{faults[0].message.zh}",
                f"{form.name.en} was not submitted, {len(faults)} check(s) fail: {faults[0].message.en}",
            ),
            faults,
        )
    return move(report, State.SUBMITTED, actor)


def send_back(report: Return, actor: Staff | str, reason: str) -> Return:
    """退回: return it to whoever reported, with a reason. Its cells stop counting until it is submitted again."""
    if not reason.strip():
        raise ReturnRefused(Text("退回报表须写明原因。", "Say why the return is sent back."))
    report.note = reason.strip()[:200]
    return move(report, State.RETURNED, actor)


def accept(report: Return, actor: Staff | str) -> Return:
    """审核: accept. From now on its cells cannot be changed unless it is returned first."""
    return move(report, State.ACCEPTED, actor)


def move(report: Return, to: State, actor: Staff | str) -> Return:
    """Take one step, return and cells together."""
    now = State(report.state)
    if to not in STEPS[now]:
        allowed = [step.label for step in STEPS[now]]
        raise ReturnRefused(
            Text(
                f"报表现为“{now.label}”，不能改为“{to.label}”；可改为：{'、'.join(allowed)}。",
                f"The return is {now.value}; it cannot become {to.value}, only {' or '.join(s.value for s in STEPS[now])}.",
            )
        )
    with acting_as(actor), transaction.atomic():
        report.state = to
        if to is State.SUBMITTED:
            report.submitted_by = (actor if isinstance(actor, str) else actor.username)[:40]
        report.save()
        ReturnCell.objects.filter(report=report).update(state=to)
    return report


def entries_of(report: Return) -> list[CellEntry]:
    """The cells of a stored return, as they would be entered."""
    return [
        CellEntry(c.element, c.value, c.category, c.precision, c.qualifier, c.note) for c in report.cells.order_by("element", "category")
    ]


def other_spans(report: Return) -> list[tuple[date, date]]:
    """The periods of the other returns of the same form and organisation."""
    others = Return.objects.filter(form=report.form, organisation_id=report.organisation_id).exclude(pk=report.pk)
    return list(others.values_list("period_start", "period_end"))
