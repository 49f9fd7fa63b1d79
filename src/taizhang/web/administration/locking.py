"""Period locks: which days are closed for writing, where, why; putting one on and taking it off with a reason."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from taizhang.county.locks import LockRefused, lock_period, unlock_period
from taizhang.county.models import PeriodLock
from taizhang.kernel.text import Text
from taizhang.web.administration.common import Desk, choices, day_of, for_administrators, organisation_of, render, typed


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def locks(request: HttpRequest, desk: Desk) -> HttpResponse:
    values = {"organisation": desk.tree.root, "start": "", "end": "", "reason": ""}
    fault = ""
    if request.method == "POST":
        values = typed(request, *values)
        try:
            _lock(desk, values)
        except LockRefused as error:
            fault = str(error)
        else:
            messages.success(request, Text("时段已锁定。", "The period is locked.").in_language(desk.language))
            return redirect("administration-locks")
    return _page(request, desk, {"typed": values, "fault": fault}, 422 if fault else 200)


def _lock(desk: Desk, values: dict[str, str]) -> None:
    place = organisation_of(values["organisation"], desk.tree)
    start, end = day_of(values["start"]), day_of(values["end"])
    for wrong in (place, start, end):
        if isinstance(wrong, Text):
            raise LockRefused(wrong.in_language(desk.language))
    lock_period(place, start, end, values["reason"], desk.staff)  # type: ignore[arg-type]


def _page(request: HttpRequest, desk: Desk, facts: dict[str, object], status: int = 200) -> HttpResponse:
    stored = PeriodLock.objects.select_related("organisation", "locked_by").order_by("-end", "organisation_id")
    return render(request, desk, "locks.html", {"locks": stored, "choices": choices(desk.tree), **facts}, status)


@require_POST
@for_administrators
def unlock(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    lock = PeriodLock.objects.filter(pk=number).first()
    if lock is None:
        raise Http404
    try:
        unlock_period(lock, request.POST.get("reason", ""), desk.staff)
    except LockRefused as error:
        empty = {"organisation": desk.tree.root, "start": "", "end": "", "reason": ""}
        return _page(request, desk, {"typed": empty, "unlock_fault": str(error), "unlock_of": number}, 422)
    messages.success(request, Text("已解锁。", "Unlocked.").in_language(desk.language))
    return redirect("administration-locks")
