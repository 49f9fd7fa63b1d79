"""One return: its table to fill or to read, kept as a draft, handed in, sent back, accepted, opened again; and who did what when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from taizhang.county.models import Staff
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.returns.checks import CellEntry, CellFault, cross_check
from taizhang.returns.filling import StaleReturn, find, keep, merged, not_editable, stamp_of
from taizhang.returns.models import Action, Return, State
from taizhang.returns.states import ReturnRefused, accept, entries_of, lock_over, send_back, submit
from taizhang.web.returns import grid as table
from taizhang.web.returns.asked import Sheet, sheet

CONFLICT = 409
KEPT = Text("已存为草稿，尚未上报。", "Kept as a draft; not handed in yet.")
HANDED_IN = Text("已上报，等待上级审核。", "Handed in; it waits for the office above.")
HANDED_IN_LATE = Text("已上报，已过截止日，记为补录。", "Handed in after the closing day; it is marked as late.")
NOTHING = Text("没有填任何数，没有保存。确无发生的请填0。", "Nothing was filled in and nothing kept. Where nothing occurred, write 0.")
DONE = {
    "accept": Text("已审核通过，报表已锁定。", "Accepted; the return is locked."),
    "return": Text("已退回填报单位。", "Sent back to the unit."),
    "reopen": Text("已重新开放，填报单位可以更正后再报。", "Opened again; the unit may correct it and hand it in once more."),
}
_REACHED = {"accept": State.ACCEPTED, "return": State.RETURNED, "reopen": State.RETURNED}
MOVED_ON = Text(
    "这张报表在您查看之后已有变动，本次没有操作。请看过现在的数再决定。",
    "This return has changed since you looked at it; nothing was done. Look at the present numbers first.",
)
ACTIONS = {
    Action.SUBMITTED: Text("上报", "handed in"),
    Action.RETURNED: Text("退回", "sent back"),
    Action.ACCEPTED: Text("审核通过", "accepted"),
    Action.REOPENED: Text("重新开放", "opened again"),
}


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step as the page lists it."""

    action: Text
    day: date
    at: datetime
    who: str
    reason: str
    late: bool
    code: str


def page(request: HttpRequest, form: str, organisation: str, period: str) -> HttpResponse:
    """The table. Numbers of a sensitive line are shown only to who fills or treats; others see that a return is there."""
    of = sheet(request, form, organisation, period)
    if request.method == "POST":
        return _fill(request, of)
    if not of.readable:
        return render(request, "web/returns/return.html", _facts(of, None, ()))
    stored = entries_of(of.report) if of.report else []
    grid = table.build(of, stored)
    table.mark(grid, cross_check(of.form, stored), of.language)
    counted = bool(request.GET.get("records")) and of.editable
    if counted:
        table.suggest(grid, of)
    return render(request, "web/returns/return.html", _facts(of, grid, stored) | {"counted": counted})


def _fill(request: HttpRequest, of: Sheet) -> HttpResponse:
    if not of.fills:
        raise Http404
    stored = entries_of(of.report) if of.report else []
    typed = table.read(of.form, _with_taken(request, of))
    if not of.editable and of.report is not None:
        return _not_editable(request, of, typed, stored)
    if typed.faults:
        return _again(request, of, typed, stored, typed.faults, 422)
    cells = merged(typed.cells, {entry.place: entry for entry in stored})
    try:
        report = keep(
            of.form, of.organisation, of.period, cells, of.ask.staff, seen=request.POST.get("seen", "")[:40], day=of.ask.day
        )  # fmt: skip
    except StaleReturn as stale:
        return _again(request, of, typed, list(stale.stored.values()), [], CONFLICT, stale=stale)
    except ReturnRefused as refusal:
        return _again(request, of, typed, stored, refusal.faults or [CellFault("", "", "", "", refusal.message)], 422)
    if report is None:
        return _again(request, of, typed, stored, [CellFault("", "", "", "", NOTHING)], 422)
    if request.POST.get("action") == "submit":
        try:
            submit(report, of.form, of.ask.staff, day=of.ask.day)
        except ReturnRefused as refusal:
            of = sheet(request, of.form.code, of.organisation, str(of.period))
            whole = [] if refusal.faults else [CellFault("", "", "", "", refusal.message)]
            return _again(request, of, typed, entries_of(report), [*refusal.faults, *whole], 422, kept=True)
        messages.success(request, (HANDED_IN_LATE if of.overdue else HANDED_IN).in_language(of.language))
    else:
        messages.success(request, KEPT.in_language(of.language))
    return redirect(f"{of.url()}?kept=1")


def _not_editable(request: HttpRequest, of: Sheet, typed: table.Typed, stored: list[CellEntry]) -> HttpResponse:
    """A second press of the button finds the return handed in with the same numbers: then all is well."""
    assert of.report is not None
    same = {p: c.value for p, c in typed.cells.items()} == {c.place: c.value for c in stored} and not typed.faults
    if same and request.POST.get("action") == "submit" and of.report.submitted_by == of.ask.staff.username:
        return redirect(of.url())
    return _again(request, of, typed, stored, [CellFault("", "", "", "", not_editable(of.report))], CONFLICT, differing=True)


def _with_taken(request: HttpRequest, of: Sheet) -> QueryDict:
    """What was sent, with the number whose button was pressed where no script ran: counted anew, never taken from the page."""
    number, _, element = request.POST.get("take", "")[:80].partition("-")
    rows = table.rows_of(of.form)
    if not (number.isascii() and number.isdigit() and len(number) < 4 and int(number) < len(rows)) or not of.editable:
        return request.POST
    place = (element, rows[int(number)].code)
    post = request.POST.copy()
    for suggestion in table.suggestions(of):
        if suggestion.place == place:
            post[f"c-{number}-{element}"] = suggestion.value
            post[f"n-{number}-{element}"] = table.FROM_RECORDS
    return post


def _again(
    request: HttpRequest, of: Sheet, typed: table.Typed, stored: Iterable[CellEntry], faults: Iterable[CellFault], status: int, *,
    stale: StaleReturn | None = None, kept: bool = False, differing: bool = False,
) -> HttpResponse:  # fmt: skip
    """The same page with what was typed, and what is wrong with it."""
    held = list(stored)
    grid = table.build(of, held, typed)
    if stale is not None or differing:
        table.mark_stored(grid, typed.cells, {entry.place: entry for entry in held}, of.language)
    if stale is not None:
        grid.faults.append((None, stale.message.in_language(of.language)))
    table.mark(grid, list(faults), of.language)
    facts = _facts(of, grid, held) | {"kept": kept, "typed": True}
    if stale is not None:
        facts["seen"] = stale.stamp
    elif not kept:  # what the reader has seen is what they had seen: or a fault would hide what another has kept meanwhile
        facts["seen"] = request.POST.get("seen", "")[:40]
    return render(request, "web/returns/return.html", facts, status=status)


def _facts(of: Sheet, grid: table.Grid | None, stored: Iterable[CellEntry]) -> dict[str, object]:
    held = list(stored)
    counted = {entry.place: entry for entry in held}
    lock = lock_over(of.organisation, of.period.start, of.period.end, of.ask.day)
    return {
        "ask": of.ask,
        "of": of,
        "form": of.form,
        "programme": registry.programmes[of.form.programme].name if of.form.programme in registry.programmes else None,
        "grid": grid,
        "seen": stamp_of(of.state, held),
        "totals": table.totals(of.form, counted) if of.form.total else {},
        "steps": _steps(of.report, of.deadline) if of.report else [],
        "lock": lock,
        "has_records": bool(grid and of.editable and table.indicators_behind(of.form, of.period)),
        "page_url": of.url(),
        "step_url": of.url("return-step"),
        "blank_url": of.url("return-blank"),
        "filled_url": of.url("return-filled"),
        "overview": f"{reverse('returns-of', args=[of.organisation])}?period={of.period}",
        "why_closed": not_editable(of.report) if of.report and of.fills and not of.editable else None,
    }


def _steps(report: Return, deadline: date | None) -> list[StepShown]:
    """Two queries: the steps, and the names of who took them. The first handing-in after the closing day is a late one."""
    steps = list(report.steps.order_by("id"))
    names = dict(Staff.objects.filter(username__in={s.actor for s in steps}).values_list("username", "name"))
    first = next((s.pk for s in steps if s.action == Action.SUBMITTED), None)
    return [
        StepShown(
            ACTIONS[Action(s.action)], s.taken_on, s.at, names.get(s.actor, s.actor), s.reason,
            s.pk == first and deadline is not None and s.taken_on > deadline, s.action,
        )
        for s in steps
    ]  # fmt: skip


# -- while typing ------------------------------------------------------------------------------------------------------


@require_POST
def check(request: HttpRequest, form: str, organisation: str, period: str) -> HttpResponse:
    """The checks on what is typed so far, by the rules of handing in; and the sums for the total row. Writes nothing."""
    of = sheet(request, form, organisation, period)
    if not of.fills:
        raise Http404
    typed = table.read(of.form, request.POST)
    grid = table.build(of, (), typed)
    table.mark(grid, [*typed.faults, *cross_check(of.form, typed.cells.values())], of.language)
    sums = table.totals(of.form, typed.cells) if of.form.total else {}
    line = next((line for line in grid.lines if line.is_total), None)
    facts = {"grid": grid, "sums": [(box, sums.get(box.element.code)) for box in line.boxes] if line else [], "checked": bool(typed.texts)}
    return render(request, "web/returns/_checks.html", facts)


@require_GET
def records(request: HttpRequest, form: str, organisation: str, period: str) -> HttpResponse:
    """What the records come to, for the places that have any."""
    of = sheet(request, form, organisation, period)
    if not of.fills:
        raise Http404
    grid = table.build(of, entries_of(of.report) if of.report else [])
    found = table.suggest(grid, of)
    return render(request, "web/returns/_records.html", {"boxes": found})


# -- the tier above ----------------------------------------------------------------------------------------------------


@require_POST
def step(request: HttpRequest, form: str, organisation: str, period: str) -> HttpResponse:
    """Accept, send back or open again. Nobody reviews what they handed in themselves."""
    of = sheet(request, form, organisation, period)
    action = request.POST.get("action", "")
    if not of.reviews or of.report is None or action not in DONE:
        raise Http404
    stored = entries_of(of.report)
    if of.report.state == _REACHED[action] and (action == "accept" or of.report.note == request.POST.get("reason", "").strip()[:200]):
        return redirect(of.url())  # a second press
    reason = request.POST.get("reason", "")
    if request.POST.get("seen", "") != stamp_of(of.report.state, stored):
        return _refused(request, of, stored, MOVED_ON, reason, CONFLICT)
    try:
        if action == "accept":
            accept(of.report, of.ask.staff, day=of.ask.day)
        else:
            send_back(of.report, of.ask.staff, reason, day=of.ask.day)
    except ReturnRefused as refusal:
        of = sheet(request, form, organisation, period)
        return _refused(request, of, stored, refusal.message, reason, 422)
    messages.success(request, DONE[action].in_language(of.language))
    return redirect(of.url())


def _refused(request: HttpRequest, of: Sheet, stored: list[CellEntry], message: Text, reason: str, status: int) -> HttpResponse:
    report = find(of.form, of.organisation, of.period)
    held = entries_of(report) if report else stored
    grid = table.build(of, held)
    facts = _facts(of, grid, held) | {"step_fault": message, "reason": reason[:200]}
    return render(request, "web/returns/return.html", facts, status=status)
