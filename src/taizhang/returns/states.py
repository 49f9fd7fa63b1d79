"""States of a return: draft → submitted → accepted, and back by returning it with a reason. Every step is kept (models.ReturnStep) under
the name of whoever takes it, and audited by the change triggers. In locked days nothing moves but by who unlocks them."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction

from taizhang.config import home
from taizhang.county.changes import acting_as
from taizhang.county.models import PeriodLock, Staff
from taizhang.county.organisations import tree_on
from taizhang.kernel.forms import Form
from taizhang.kernel.periods import Period
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.returns.checks import CellEntry, CellFault, check_days, cross_check
from taizhang.returns.models import Action, Return, ReturnCell, ReturnStep, State

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


def submit(report: Return, form: Form, actor: Staff | str, *, day: date | None = None) -> Return:
    """上报: hand in. Refused while a cross-check fails or the return is empty. day: the working day, by default the home's."""
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
    return move(report, State.SUBMITTED, actor, day=day)


def send_back(report: Return, actor: Staff | str, reason: str, *, day: date | None = None) -> Return:
    """退回: return it to whoever reported, with a reason. Its cells stop counting until it is submitted again. One that was accepted is
    opened again thereby (重新开放)."""
    if not reason.strip():
        raise ReturnRefused(Text("退回报表须写明原因。", "Say why the return is sent back."))
    return move(report, State.RETURNED, actor, day=day, reason=reason.strip()[:200])


def accept(report: Return, actor: Staff | str, *, day: date | None = None) -> Return:
    """审核: accept. From now on its cells cannot be changed unless it is returned first."""
    return move(report, State.ACCEPTED, actor, day=day)


_ACTIONS = {State.SUBMITTED: Action.SUBMITTED, State.RETURNED: Action.RETURNED, State.ACCEPTED: Action.ACCEPTED}


def move(report: Return, to: State, actor: Staff | str, *, day: date | None = None, reason: str = "") -> Return:
    """Take one step, return and cells together. The row is read again and held, so that of two who act at once the second is told."""
    with acting_as(actor), transaction.atomic():
        now = State(Return.objects.select_for_update().values_list("state", flat=True).get(pk=report.pk))
        if to not in STEPS[now]:
            allowed = [step.label for step in STEPS[now]]
            raise ReturnRefused(
                Text(
                    f"报表现为“{now.label}”，不能改为“{to.label}”；可改为：{'、'.join(allowed)}。",
                    f"The return is {now.value}; it cannot become {to.value}, only {' or '.join(s.value for s in STEPS[now])}.",
                )
            )
        refuse_locked(report.organisation_id, report.period_start, report.period_end, day)
        report.state = to
        if to is State.SUBMITTED:
            report.submitted_by = account(actor)[:40]
        if reason:
            report.note = reason
        report.save()
        ReturnCell.objects.filter(report=report).update(state=to)
        action = Action.REOPENED if now is State.ACCEPTED else _ACTIONS[to]
        take_step(report, action, actor, day=day, reason=reason)
    return report


def take_step(report: Return, action: Action, actor: Staff | str, *, day: date | None = None, reason: str = "") -> None:
    """Note down what was done."""
    taken_on = day or home.current().working_day()
    ReturnStep.objects.create(report=report, action=action, taken_on=taken_on, actor=account(actor)[:60], reason=reason)


def account(actor: Staff | str) -> str:
    return actor if isinstance(actor, str) else actor.username


def lock_over(organisation: str, start: date, end: date, day: date | None = None) -> PeriodLock | None:
    """The lock of the organisation, or of one above it, that covers any of these days."""
    locks = list(PeriodLock.objects.filter(start__lte=end, end__gte=start).order_by("start"))
    if not locks:
        return None
    tree = tree_on(day or home.current().working_day())
    present = tree.present(organisation)
    above = {organisation, *(tree.path(present) if present else ())}
    return next((lock for lock in locks if lock.organisation_id in above), None)


def given_out(programme: str, organisations: Collection[str]) -> dict[str, list[tuple[date, date]]]:
    """The days of the returns of the line of work that these organisations have handed in, by organisation (county.closing)."""
    forms = [form.code for form in registry.forms.values() if form.programme == programme]
    handed_in = Return.objects.filter(form__in=forms, organisation__in=organisations, state__in=[State.SUBMITTED, State.ACCEPTED])
    found: dict[str, list[tuple[date, date]]] = {}
    for organisation, start, end in handed_in.values_list("organisation", "period_start", "as_of").distinct() if forms else ():
        found.setdefault(organisation, []).append((start, end))
    return found


def refuse_locked(organisation: str, start: date, end: date, day: date | None = None) -> None:
    """Raises ReturnRefused where the days are locked."""
    lock = lock_over(organisation, start, end, day)
    if lock is not None:
        raise ReturnRefused(
            Text(
                f"{lock.start}至{lock.end}已锁定：{lock.reason}。锁定期内的报表不能填报、上报或退回，需要更正请先由系统管理员解锁。",
                f"{lock.start} to {lock.end} is locked ({lock.reason}). Returns of these days can be neither entered nor moved; "
                "ask the administrator to unlock them.",
            )
        )


def entries_of(report: Return) -> list[CellEntry]:
    """The cells of a stored return, as they would be entered."""
    return [
        CellEntry(c.element, c.value, c.category, c.precision, c.qualifier, c.note) for c in report.cells.order_by("element", "category")
    ]


def other_spans(report: Return) -> list[tuple[date, date]]:
    """The periods of the other returns of the same form and organisation."""
    others = Return.objects.filter(form=report.form, organisation_id=report.organisation_id).exclude(pk=report.pk)
    return list(others.values_list("period_start", "period_end"))
