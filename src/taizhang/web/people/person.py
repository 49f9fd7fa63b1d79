"""One resident: who it is (masked until opened), the household, what is due, why counted or not, trends, and everything done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from taizhang.county.models import Resident
from taizhang.county.people import NotAllowed, describe, identity_of, managed_by, open_person
from taizhang.kernel.duties import WHENEVER, Person
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.addresses import address_ending
from taizhang.web.asking import read_period
from taizhang.web.people.asking import Reader, reader
from taizhang.web.people.counting import counting
from taizhang.web.people.history import PAGE, History
from taizhang.web.people.moving import RELATIONS
from taizhang.web.worklist.listed import known_to, lateness, until
from taizhang.worklist.models import DueItem

AT_ONCE = 4  # of what comes next; the rest unfolds
_RELATIONS: Mapping[str, Text] = {**dict(RELATIONS), "02": dict(RELATIONS)["01"]}


@dataclass(frozen=True, slots=True)
class Due:
    """What is owed to the person. late: days past the last one; opens: where it cannot be done yet."""

    name: Text
    programme: Text
    reason: Text
    by: date | None
    late: int
    opens: date | None

    @property
    def late_text(self) -> Text | None:
        return lateness(self.by, self.late)

    @property
    def due_text(self) -> Text | None:
        return until(self.by) if self.by is not None else None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the household, masked. url: "" outside the reader's scope."""

    shown: Mapping[str, object]
    relation: Text | None
    url: str
    died: bool


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, resident: int) -> HttpResponse:
    """POST opens the identity: name, numbers, telephone and address in full, with an audit line of its own."""
    asks = reader(request)
    number: str | None = None
    try:
        if request.method == "POST":
            found, number = identity_of(asks.staff, resident, day=asks.day)
        else:
            found = open_person(asks.staff, resident, day=asks.day)
    except NotAllowed:
        raise Http404 from None
    facts: dict[str, object] = {"asks": asks, "person": found, "shown": describe(found, asks.day), "number": number}
    if request.method == "POST" and request.headers.get("HX-Request"):
        return render(request, "web/people/_identity.html", facts)
    period, _ = read_period(request, asks.day, asks.language)
    history = History.read(asks, found.pk)
    managed = history.managed
    dues = _dues(asks, found.pk)
    writes = managed is not None and managed in asks.writable
    facts |= {
        "managed": asks.name(managed),
        "household": _household(asks, found),
        "history": history,
        "plotted": history.plotted(Person(found.pk, found.birth_date, found.sex, found.died_on)),
        "events": history.page(0),
        "next": PAGE if history.count > PAGE else 0,
        "due": [each for each in dues if each.opens is None],
        "ahead": (ahead := _coming(dues)),
        "later": len(ahead) - AT_ONCE,
        "period": period,
        "counting": counting(asks, found.pk, managed, period, history.by_table | {"resident": [found]}),
        "visit": address_ending("visit", found.pk) if writes and found.died_on is None else "",
        "writes": writes,
    }
    return render(request, "web/people/person.html", facts)


@require_GET
def timeline(request: HttpRequest, resident: int) -> HttpResponse:
    """Further back on the timeline: ?after= the place of the first."""
    asks = reader(request)
    written = request.GET.get("after", "")
    after = int(written) if written.isascii() and written.isdigit() and len(written) < 7 else 0
    try:
        found = open_person(asks.staff, resident, day=asks.day)
    except NotAllowed:
        raise Http404 from None
    history = History.read(asks, found.pk)
    following = after + PAGE if history.count > after + PAGE else 0
    facts = {"asks": asks, "person": found, "shown": describe(found, asks.day), "events": history.page(after), "next": following}
    page = "_events.html" if request.headers.get("HX-Request") else "timeline.html"
    return render(request, f"web/people/{page}", facts)


def _dues(asks: Reader, resident: int) -> list[Due]:
    """What is due and what comes next, as far as the reader may know of it."""
    rows = known_to(asks.staff, DueItem.objects.not_closed_on(asks.day).filter(resident_id=resident))
    found = []
    for item in rows.order_by("urgency", "due_on", "pk"):
        duty, programme = registry.duties.get(item.duty), registry.programmes.get(item.programme)
        if duty is not None and programme is not None:
            by = None if item.due_on == WHENEVER else item.due_on
            late = (asks.day - item.due_on).days
            opens = item.opens_on if item.opens_on > asks.day else None
            found.append(Due(duty.name, programme.name, item.reason, by, max(0, late), opens))
    return found


def _coming(dues: list[Due]) -> list[tuple[Due, int]]:
    """What cannot be done yet, the next first; doses and the like of one name and one time as one, with how many they are."""
    counted: Counter[tuple[str, date, date]] = Counter()
    first: dict[tuple[str, date, date], Due] = {}
    for each in dues:
        if each.opens is not None:
            key = (each.name.zh, each.opens, each.by or date.max)
            counted[key] += 1
            first.setdefault(key, each)
    return [(first[key], counted[key]) for key in sorted(first, key=lambda key: (key[1], key[2], key[0]))]


def _household(asks: Reader, found: Resident) -> list[Member]:
    """One query however many there are."""
    if found.household_id is None:
        return []
    within = ExpressionWrapper(managed_by(asks.viewable, asks.day, few_rows=True), BooleanField())
    others = Resident.objects.filter(household=found.household_id).exclude(pk=found.pk).annotate(within=within).order_by("birth_date")[:30]
    return [
        Member(
            describe(o, asks.day),
            _RELATIONS.get(o.relation),
            address_ending("person", o.pk) if o.within else "",
            o.died_on is not None,
        )
        for o in others
    ]
