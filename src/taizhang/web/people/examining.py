"""The examination day's pages: the sheet, a row of it while it is typed and when it is left, and putting somebody on it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.county import audit
from taizhang.county.models import Resident
from taizhang.county.people import residents_for
from taizhang.exchange.values import Known, People
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.people.asking import Reader, reader
from taizhang.web.people.daysheet import PAGE, DaySheet, Row

PUT_ON = Text("已加到表上。", "Put on the sheet.")
NOT_YOURS = Text("此人不由您的机构管理。先办迁入。", "Your organisation does not manage the person. Take them in first.")


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """The one register that is filled so, or a choice of several."""
    asks = reader(request, writes=True)
    found = [r for r in registry.registers.values() if DaySheet.of(asks, r.code, "", "") is not None]
    if not found:
        raise Http404
    return redirect("day-sheet", found[0].code)


def opened(request: HttpRequest, code: str) -> tuple[Reader, DaySheet, str]:
    """The sheet that is asked for, and at which place. Raises Http404."""
    asks = reader(request, writes=True)
    asked = request.GET
    made = DaySheet.of(asks, code, asked.get("day", "")[:10], asked.get("section", ""))
    if made is None:
        raise Http404
    places = [place for place, _ in asks.places]
    own = asks.tree.present(asks.staff.organisation_id)
    place = asked.get("place", "")
    if place not in asks.writable:
        place = own if own in asks.writable and own is not None else places[0]
    return asks, made, place


def address(made: DaySheet, place: str, page: int = 1, section: int | None = None) -> str:
    """The address of the sheet. It says where and when, never who."""
    chosen = made.section if section is None else section
    query = {"day": made.day.isoformat(), "place": place, "section": chosen} | ({"page": page} if page > 1 else {})
    return f"{reverse('day-sheet', args=[made.register.code])}?{urlencode(query)}"


def _added(request: HttpRequest, made: DaySheet) -> list[int]:
    kept: Mapping[str, list[int]] = request.session.get("day_sheet", {})
    return kept.get(f"{made.register.code} {made.day}", [])


def _page(request: HttpRequest) -> int:
    written = request.GET.get("page", "1")
    return max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 5 else 1


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """GET shows it; POST, where no script runs, saves every row of the page and shows again what was not in order."""
    asks, made, place = opened(request, code)
    page = _page(request)
    people: QuerySet[Resident] = made.people(place, _added(request, made))
    count = people.count()
    shown = list(people[(page - 1) * PAGE : page * PAGE])
    faulty = False
    if request.method == "POST":
        rows = [_take(made, resident, request.POST, save=True) for resident in shown]
        faulty = any(row.faults for row in rows)
        if not faulty:
            messages.success(request, Text("已保存。", "Saved.").in_language(asks.language))
            return redirect(address(made, place, page))
    else:
        rows = made.rows(shown)
        detail = {"filter": {"day_sheet": code, "day": made.day.isoformat(), "organisation": place}, "count": len(rows)}
        audit.record(asks.staff, audit.LIST_PEOPLE, detail=detail)
    pages = max(1, -(-count // PAGE))
    facts = {
        "asks": asks,
        "sheet": made,
        "rows": rows,
        "count": count,
        "done": made.model._default_manager.filter(**{made.model.DAY: made.day}, resident_id__in=people.values("pk")).count(),
        "place": place,
        "places": [(c, asks.tree.name(c)) for c in asks.writable] if len(asks.writable) > 1 else [],
        "place_name": asks.name(place),
        "tabs": [(name, address(made, place, page, n), n == made.section) for n, name in enumerate(made.sections)],
        "before": address(made, place, page - 1) if page > 1 else "",
        "after": address(made, place, page + 1) if page < pages else "",
        "page": page,
        "pages": pages,
        "query": address(made, place, page).partition("?")[2],
        "faulty": faulty,
    }
    return render(request, "web/people/day_sheet.html", facts, status=422 if faulty else 200)


def _take(made: DaySheet, resident: Resident, posted: QueryDict, *, save: bool) -> Row:
    typed = {c.field: posted.get(f"r{resident.pk}-{c.field}", "").strip()[:200] for c in made.columns}
    return made.take(resident, typed, posted.get(f"r{resident.pk}-version", ""), save=save)


def _one(request: HttpRequest, code: str, resident: int, *, save: bool) -> HttpResponse:
    asks, made, _ = opened(request, code)
    person = residents_for(asks.staff, "write", asks.day).filter(pk=resident).first()
    if person is None:
        raise Http404
    found = _take(made, person, request.POST, save=save)
    return render(request, "web/people/_told.html", {"asks": asks, "sheet": made, "row": found, "query": request.GET.urlencode()})


@require_POST
def row(request: HttpRequest, code: str, resident: int) -> HttpResponse:
    """A row was left: it is saved, or says why not."""
    return _one(request, code, resident, save=True)


@require_POST
def foresee(request: HttpRequest, code: str, resident: int) -> HttpResponse:
    """What a row would come to as it stands; nothing is written."""
    return _one(request, code, resident, save=False)


@require_POST
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody who came without being due, by identity or health record number."""
    asks, made, place = opened(request, code)
    written = request.POST.get("number", "").strip()[:40]
    found = People(asks.staff, asks.day).find([written]).get(written) if written else None
    if isinstance(found, Known):
        if residents_for(asks.staff, "write", asks.day).filter(pk=found.id).exists():
            kept = dict(request.session.get("day_sheet", {}))
            key = f"{code} {made.day}"
            request.session["day_sheet"] = {key: [*[k for k in kept.get(key, []) if k != found.id], found.id]}
            messages.success(request, PUT_ON.in_language(asks.language))
        else:
            messages.error(request, NOT_YOURS.in_language(asks.language))
    elif isinstance(found, Text):
        messages.error(request, found.in_language(asks.language))
    return redirect(address(made, place))
