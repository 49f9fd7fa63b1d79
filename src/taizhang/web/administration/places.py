"""Organisations: the tree, one organisation with its dated links, and the acts that change it, each shown before it is done."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from taizhang.config import home
from taizhang.county import organisations, reorganising
from taizhang.county.changes import history
from taizhang.county.models import Organisation, OrganisationKind, Residency, Staff
from taizhang.county.organisations import DivisionError, OrganisationError
from taizhang.kernel.text import Text
from taizhang.returns.models import Return, State
from taizhang.web.administration.common import (
    Desk,
    choices,
    day_of,
    for_administrators,
    for_offices,
    organisation_of,
    render,
    typed,
)
from taizhang.web.administration.wording import KINDS

_BELOW = (OrganisationKind.VILLAGE_CLINIC, OrganisationKind.COMMUNITY_STATION)
ACTS = {
    "rename": Text("改名", "Rename"),
    "move": Text("划转", "Move"),
    "merge": Text("并入", "Merge"),
    "close": Text("撤销", "Close"),
}
_DONE = {
    "rename": Text("已改名。", "Renamed."),
    "move": Text("已登记划转。", "The move is recorded."),
    "merge": Text("已登记并入。", "The merger is recorded."),
    "close": Text("已登记撤销。", "The closing is recorded."),
}


@require_safe
@for_offices
def tree(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The open organisations by township, or those that a text finds; and those that are closed."""
    wanted = request.GET.get("q", "").strip()[:40]
    staff = dict(
        Staff.objects.filter(is_active=True, organisation__in=desk.codes).values_list("organisation").annotate(n=Count("pk")).order_by()
    )
    lines = [_line(desk, code, staff) for code in desk.codes]
    found = [line for line in lines if wanted in line["code"] or wanted in line["name"].zh or wanted.lower() in line["name"].en.lower()]
    units = [line for line in lines if desk.tree.parent(line["code"]) == desk.top and line["kind"] not in _BELOW]
    known = {line["code"]: line for line in lines}
    facts = {
        "wanted": wanted,
        "found": found if wanted else [],
        "top": known[desk.top],
        "units": [(unit, [known[code] for code in desk.tree.descendants(unit["code"])[1:]]) for unit in units],
        "own": [known[code] for code in desk.tree.children(desk.top) if known[code]["kind"] in _BELOW],
        "closed": _closed(desk) if desk.whole else [],
    }
    return render(request, desk, "organisations.html", facts)


def _line(desk: Desk, code: str, staff: dict[str, int]) -> dict[str, Any]:
    kind = desk.tree.kind(code)
    return {
        "code": code,
        "name": desk.tree.name(code),
        "kind": kind,
        "kind_name": KINDS[OrganisationKind(kind)],
        "staff": staff.get(code, 0),
    }


def _closed(desk: Desk) -> list[dict[str, Any]]:
    closed = Organisation.objects.filter(closed_on__lt=desk.day).order_by("-closed_on", "code")
    return [{"code": o.code, "name": o.label, "closed_on": o.closed_on, "present": _name(desk, desk.tree.present(o.code))} for o in closed]


def _name(desk: Desk, code: str | None) -> Text | None:
    return None if code is None else desk.tree.name(code)


@require_safe
@for_offices
def place(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    return _place(request, desk, _within(desk, code))


def _within(desk: Desk, code: str) -> Organisation:
    found = Organisation.objects.filter(pk=code).first()
    if found is None or (not desk.whole and code not in desk.codes):
        raise Http404
    return found


def _place(request: HttpRequest, desk: Desk, found: Organisation, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    under = desk.tree.descendants(found.code) if found.code in desk.tree else (found.code,)
    still = Q(ended_on__isnull=True) | Q(ended_on__gte=desk.day)
    managed = Residency.objects.filter(still, organisation__in=under, started_on__lte=desk.day)
    facts = {
        "place": found,
        "kind": KINDS[OrganisationKind(found.kind)],
        "open": found.code in desk.tree,
        "path": [(code, desk.tree.name(code)) for code in desk.tree.path(found.code)] if found.code in desk.tree else [],
        "present": _name(desk, desk.tree.present(found.code)),
        "links": reorganising.links_of(found.code),
        "below": [(code, desk.tree.name(code)) for code in desk.tree.children(found.code)] if found.code in desk.tree else [],
        "residents": managed.values("resident").distinct().count(),
        "staff": Staff.objects.filter(organisation=found).order_by("username"),
        "versions": history(Organisation, found.code) if desk.whole else [],
        "choices": choices(desk.tree),
        "acts": ACTS,
        "typed": {"name": found.name, "name_en": found.name_en},
        "latest": desk.day.isoformat(),
    }
    return render(request, desk, "organisation.html", facts | (more or {}), status)


# -- acts --------------------------------------------------------------------------------------------------------------


@require_http_methods(["POST"])
@for_administrators
def change(request: HttpRequest, desk: Desk, code: str, act: str) -> HttpResponse:
    """First what the act would do; with confirm, the act."""
    if act not in ACTS:
        raise Http404
    found = _within(desk, code)
    values = typed(request, "name", "name_en", "other", "day")
    try:
        done, day = _act(desk, found, act, values)
        if request.POST.get("confirm"):
            done()
            messages.success(request, _DONE[act].in_language(desk.language))
            return redirect("administration-organisation", code=code)
        effects = reorganising.rehearse(done, day)
    except OrganisationError as error:
        more = {"typed": {"name": found.name, "name_en": found.name_en} | values, "fault": str(error), "fault_of": act}
        return _place(request, desk, found, more, 422)
    waiting = Return.objects.filter(organisation=found, state__in=[State.DRAFT, State.RETURNED, State.SUBMITTED]).count()
    facts = {"place": found, "act": act, "title": ACTS[act], "values": values, "effects": effects, "returns": waiting}
    return render(request, desk, "change.html", facts)


def _act(desk: Desk, found: Organisation, act: str, values: dict[str, str]) -> tuple[reorganising.Act, date]:
    """The act and the first day on which it shows. Raises OrganisationError."""
    if act == "rename":
        return (lambda: reorganising.rename(found.code, values["name"], values["name_en"])), desk.day
    day = day_of(values["day"])
    if isinstance(day, Text):
        raise OrganisationError(day.in_language(desk.language))
    if act == "close":
        return (lambda: reorganising.close(found.code, day)), date.fromordinal(day.toordinal() + 1)
    other = organisation_of(values["other"], organisations.tree_on(day))
    if isinstance(other, Text):
        raise OrganisationError(other.in_language(desk.language))
    move = reorganising.move if act == "move" else reorganising.merge
    return (lambda: move(found.code, other, day)), day


@require_http_methods(["GET", "POST"])
@for_administrators
def add(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A new organisation."""
    fields = ("code", "name", "name_en", "kind", "parent", "since")
    values = typed(request, *fields) if request.method == "POST" else {"since": "", "parent": request.GET.get("parent", "")[:24]}
    facts = {"typed": values, "kinds": list(KINDS.items()), "choices": choices(desk.tree), "simulated": home.current().kind == "simulated"}
    if request.method == "POST":
        try:
            code = _add(desk, values)
        except (OrganisationError, DivisionError) as error:
            return render(request, desk, "add_organisation.html", facts | {"fault": str(error)}, 422)
        messages.success(request, Text("机构已建立。", "The organisation is made.").in_language(desk.language))
        return redirect("administration-organisation", code=code)
    return render(request, desk, "add_organisation.html", facts)


def _add(desk: Desk, values: dict[str, str]) -> str:
    parent = organisation_of(values["parent"], desk.tree)
    since = day_of(values["since"])
    if isinstance(parent, Text):
        raise OrganisationError(parent.in_language(desk.language))
    if isinstance(since, Text):
        raise OrganisationError(since.in_language(desk.language))
    if values["kind"] not in OrganisationKind.values:
        raise OrganisationError(Text("请选择机构类别。", "Choose a kind.").in_language(desk.language))
    if not values["name"]:
        raise OrganisationError(Text("请填写机构名称。", "Enter a name.").in_language(desk.language))
    if not values["code"] or len(values["code"]) > 24:
        raise OrganisationError(Text("请填写机构代码，不超过24位。", "Enter a code of at most 24 characters.").in_language(desk.language))
    made = organisations.add_organisation(
        values["code"], values["name"][:80], values["kind"], parent=parent, since=since, name_en=values["name_en"][:120]
    )
    return made.code
