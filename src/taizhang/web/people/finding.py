"""Finding a resident. What is searched for is posted, so that no name or number stands in an address, a history or a log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from taizhang.county.identity import IdentityError
from taizhang.county.models import Resident, Role
from taizhang.county.people import describe, find
from taizhang.kernel.text import Text
from taizhang.web.addresses import address_ending
from taizhang.web.people.asking import Reader, reader

MOST = 50
WRONG_NUMBER = Text("证件号有误。{why}", "This is no identity number: check it against the card.")


@dataclass(frozen=True, slots=True)
class Found:
    """A resident as a search shows one: masked. url: "" where the reader may not look at the person.
    move_url: where they may be taken in."""

    shown: Mapping[str, object]
    organisation: str
    died: bool
    url: str
    move_url: str


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    asks = reader(request)
    written = request.POST.get("q", "").strip()[:60].replace("\0", "")
    found: list[Found] | None = None
    fault: Text | None = None
    if written:
        try:
            found = _shown(asks, find(asks.staff, written, asks.day))
        except IdentityError as error:
            fault = Text(WRONG_NUMBER.zh.format(why=str(error)), WRONG_NUMBER.en)
    facts = {
        "asks": asks,
        "written": written,
        "found": found,
        "fault": fault,
        "most": MOST,
        "imports": asks.staff.role in (Role.TOWNSHIP_OFFICE, Role.ADMINISTRATOR),
        "place": asks.tree.names.get(asks.staff.organisation_id),
    }
    page = "web/people/_found.html" if request.headers.get("HX-Request") else "web/people/people.html"
    return render(request, page, facts, status=422 if fault and not request.headers.get("HX-Request") else 200)


def _shown(asks: Reader, residents: list[Resident]) -> list[Found]:
    """One query however many there are."""
    managed = asks.managed([resident.pk for resident in residents])
    managing, viewable = dict(managed), frozenset(asks.viewable)
    seen = {resident for resident, place in managed if place in viewable}
    return [_found(asks, resident, managing.get(resident.pk), resident.pk in seen) for resident in residents]


def _found(asks: Reader, resident: Resident, place: str | None, seen: bool) -> Found:
    return Found(
        describe(resident, asks.day),
        asks.name(place),
        resident.died_on is not None,
        address_ending("person", resident.pk) if seen else "",
        address_ending("person-move", resident.pk) if asks.writable and resident.died_on is None else "",
    )
