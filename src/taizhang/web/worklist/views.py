"""The worklist's pages: today's list, one telephone number, the route to print, the day's end."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, Max, Q, QuerySet, Sum, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from taizhang.config import home
from taizhang.county import audit
from taizhang.county.organisations import tree_on
from taizhang.county.people import NotAllowed, open_person
from taizhang.county.scopes import organisations_for
from taizhang.kernel.duties import Urgency
from taizhang.kernel.registry import Programme, registry
from taizhang.kernel.text import Text
from taizhang.web.navigation import FIELD
from taizhang.web.visit.shape import open_to
from taizhang.web.worklist.done import done_by
from taizhang.web.worklist.listed import (
    LIST_NAMES,
    LISTS,
    PAGE,
    SOON,
    VISITS,
    Filter,
    field_staff,
    groups_of,
    items_of,
    keys_of,
    people_of,
    reader_of,
)
from taizhang.web.worklist.units import owed_by_units, tallies_of_units
from taizhang.worklist.models import DueItem, Horizon

MOST_PRINTED = 400  # people on one printed route


@require_GET
def worklist(request: HttpRequest) -> HttpResponse:
    """Today's lists within the reader's write scope, one at a time: visits, what is done once a year, what is done in passing. An office
    that serves no persons has what its institution owes, and nothing else."""
    staff = reader_of(request)
    day = home.current().working_day()
    tree = tree_on(day)
    if staff.role not in FIELD:
        own, more_own = owed_by_units(staff, tree, day)
        facts = {"day": day, "own": own, "more_own": more_own, "persons": False, "place": tree.names.get(staff.organisation_id)}
        return render(request, "web/worklist/worklist.html", facts)
    language: str = request.language  # type: ignore[attr-defined]
    chosen = Filter.of(request.GET)
    every = items_of(staff, tree, day)
    rows = chosen.narrow(every, day)
    residents, following = keys_of(rows, day, request.GET.get("after", ""), PAGE)
    people = people_of(residents, staff, tree, day, language)
    audit.record(staff, audit.LIST_PEOPLE, detail={"filter": {"worklist": day.isoformat(), **chosen.asked}, "count": len(people)})
    villages = [(code, tree.name(code)) for code in organisations_for(staff, "write", tree) if not tree.children(code)]
    one_village = chosen.village or (villages[0][0] if len(villages) == 1 else "")
    own, more_own = owed_by_units(staff, tree, day) if not request.GET else ([], False)
    facts = {
        "day": day,
        "own": own,
        "more_own": more_own,
        "persons": True,
        "people": people,
        "counts": (counts := _counts(every, chosen.which, day)),
        "lists": (lists := _lists(counts, chosen)),
        "elsewhere": sum(count for _, _, count, shown in lists if not shown),
        "chosen": chosen,
        "programmes": _programmes(chosen.listed(every)),
        "villages": villages if len(villages) > 1 else [],
        "groups": groups_of(every.filter(organisation=one_village)) if one_village else [],
        "query": urlencode(chosen.asked),
        "next": f"?{urlencode({**chosen.asked, 'after': following})}" if following else "",
        "further": bool(request.GET.get("after")),
        "place": tree.names.get(staff.organisation_id),
        "worked_out": Horizon.objects.exists(),
    }
    return render(request, "web/worklist/worklist.html", facts)


def _counts(every: QuerySet[DueItem], which: str, day: date) -> dict[str, int]:
    """How many people are on the list `which`, by what of theirs is open: anything (due), overdue, due within a week, danger or early;
    and by its name how many are on each list. One query, which goes through the items once and then counts people, where counting
    different residents under each condition would sort the items as often."""
    on_it = Q(urgency__range=LISTS[which])
    asked = {f"list_{name}": Q(urgency__range=of) for name, of in LISTS.items()}
    asked |= {
        "late": on_it & Q(due_on__lt=day),
        "soon": on_it & Q(due_on__range=(day, day + SOON)),
        "urgent": on_it & Q(urgency__lte=Urgency.EARLY),
    }
    people = every.order_by().values("resident_id")
    people = people.annotate(**{f"has_{name}": Max(Case(When(condition, then=1), default=0)) for name, condition in asked.items()})
    found: dict[str, int] = people.aggregate(**{name: Sum(f"has_{name}", default=0) for name in asked})
    return found | {"due": found[f"list_{which}"]}


def _lists(counts: dict[str, int], chosen: Filter) -> list[tuple[Text, str, int, bool]]:
    """The lists to change between: name, address, how many people, whether it is the one shown."""
    kept = {name: value for name, value in chosen.asked.items() if name in ("village", "group")}
    return [
        (LIST_NAMES[which], f"?{urlencode(kept | ({'list': which} if which else {}))}", counts[f"list_{which}"], which == chosen.which)
        for which in LISTS
    ]


def _programmes(every: QuerySet[DueItem]) -> list[tuple[Programme, int]]:
    """The lines of work on the list, with how many people each has, in their order."""
    found = every.order_by().values_list("programme").annotate(people=Count("resident_id", distinct=True))
    named = [(registry.programmes[code], people) for code, people in found if code in registry.programmes]
    return sorted(named, key=lambda each: each[0].order)


@require_POST
def call(request: HttpRequest, resident: int) -> HttpResponse:
    """The person's name and telephone number in full: a line in the audit trail each."""
    staff = field_staff(request)
    try:
        person = open_person(staff, resident, purpose="write")
    except NotAllowed:
        raise Http404 from None
    return render(request, "web/worklist/_call.html", {"person": person})


@require_GET
def route(request: HttpRequest) -> HttpResponse:
    """The list to take along on paper, in full, by place; handing it out leaves a line with its filter and count."""
    staff = field_staff(request)
    day = home.current().working_day()
    tree = tree_on(day)
    chosen = Filter.of(request.GET)
    residents, more = keys_of(chosen.narrow(items_of(staff, tree, day), day), day, "", MOST_PRINTED)
    people = people_of(residents, staff, tree, day, request.language, in_full=True)  # type: ignore[attr-defined]
    people.sort(key=lambda p: (p.organisation, _way(p.place)))
    asked = {"worklist": day.isoformat(), **chosen.asked}
    audit.record(staff, audit.EXPORT, detail={"file": "route", "filter": asked, "count": len(people)})
    facts = {"day": day, "people": people, "more": bool(more), "most": MOST_PRINTED, "place": tree.names.get(staff.organisation_id)}
    return render(request, "web/worklist/route.html", facts)


def _way(place: str) -> list[int]:
    """3组12号 as (3, 12): the order in which one walks."""
    numbers, digits = [], ""
    for character in f"{place} ":
        if character.isascii() and character.isdigit():
            digits += character
        elif digits:
            numbers.append(int(digits[:9]))
            digits = ""
    return numbers


@require_GET
def day_end(request: HttpRequest) -> HttpResponse:
    """日结: what was done today, what is left, and the month's work by register."""
    staff = reader_of(request)
    persons = staff.role in FIELD
    day = home.current().working_day()
    tree = tree_on(day)
    places = organisations_for(staff, "write", tree) if persons else ()
    if persons and not places:
        raise Http404
    by_register: dict[str, list[str]] = defaultdict(list)
    for duty in registry.duties.values():
        by_register[duty.register].append(duty.code)
    owed = [r for r in registry.registers.values() if persons and r.code in by_register and open_to(staff, r)]
    open_ = items_of(staff, tree, day)
    waiting = open_.not_in_passing().order_by().values_list("duty")
    left = {duty: (n, late) for duty, n, late in waiting.annotate(n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=day)))}
    lines: list[tuple[Text, Text, dict[str, Any]]] = []
    done = done_by(owed, places, day)
    for register in sorted(owed, key=lambda r: _order(r.programme)):
        duties = [left.get(duty, (0, 0)) for duty in by_register[register.code]]
        counted = asdict(done[register.code]) | {"left": sum(n for n, _ in duties), "late": sum(late for _, late in duties)}
        lines.append((_programme(register.programme), register.name, counted))
    own = [(_programme(r.programme), r.name, counted) for r, counted in tallies_of_units(staff, tree, day)]
    lines += own
    idle = [name for _, name, counted in lines if not counted["month"] and not counted["left"]]
    totals = {name: sum(counted[name] for _, _, counted in lines) for name in ("today", "month", "left", "late")}
    return render(
        request,
        "web/worklist/day_end.html",
        {"day": day, "persons": persons, "lines": lines, "totals": totals, "idle": idle, "counts": _counts(open_, VISITS, day),
         "own_left": sum(counted["left"] for _, _, counted in own), "own_late": sum(counted["late"] for _, _, counted in own),
         "place": tree.names.get(staff.organisation_id)},
    )  # fmt: skip


def _order(programme: str) -> int:
    return registry.programmes[programme].order if programme in registry.programmes else 9_999


def _programme(code: str) -> Text:
    return registry.programmes[code].name if code in registry.programmes else Text(code, code)
