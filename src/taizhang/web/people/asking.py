"""Who asks for a page about people, and whom: one door for all pages below /people/."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import Http404, HttpRequest

from taizhang.config import home
from taizhang.county.models import Residency, Resident, Staff
from taizhang.county.organisations import OrganisationTree, tree_on
from taizhang.county.people import NotAllowed, managed_by, open_person
from taizhang.county.scopes import organisations_for
from taizhang.kernel.text import Text
from taizhang.web.navigation import ENTRIES

_DOOR = next(entry for entry in ENTRIES if entry.address == "people")


@dataclass(frozen=True)
class Reader:
    """A member of staff whose post has this door, on the working day."""

    staff: Staff
    day: date
    tree: OrganisationTree
    language: str

    @cached_property
    def writable(self) -> tuple[str, ...]:
        return organisations_for(self.staff, "write", self.tree)

    @cached_property
    def viewable(self) -> tuple[str, ...]:
        return organisations_for(self.staff, "view", self.tree)

    @property
    def places(self) -> list[tuple[str, Text]]:
        """The organisations that manage residents and for which the reader may write: those without any below them."""
        return [(code, self.tree.name(code)) for code in self.writable if not self.tree.children(code)]

    def name(self, code: str | None) -> str:
        place = self.tree.present(code) if code else None
        return self.tree.name(place).in_language(self.language) if place else code or ""

    def opened_to_write(self, resident: int) -> Resident:
        """A resident within the write scope; leaves an audit line. Raises Http404."""
        try:
            return open_person(self.staff, resident, purpose="write", day=self.day)
        except NotAllowed:
            raise Http404 from None

    def managing(self, residents: list[int]) -> dict[int, str]:
        """By resident, the organisation that manages them today. One query."""
        return dict(self.managed(residents))

    def managed(self, residents: list[int]) -> list[tuple[int, str]]:
        """The residents with the organisations that manage them today, those last that have done so for the shortest time. One query."""
        rows = Residency.objects.filter(resident__in=residents, started_on__lte=self.day).order_by("started_on")
        return list(rows.exclude(ended_on__lt=self.day).values_list("resident_id", "organisation_id"))

    def among(self, residents: list[int], places: tuple[str, ...]) -> set[int]:
        """Those of the residents whom one of these organisations manages. One query."""
        return set(Resident.objects.filter(managed_by(places, self.day), pk__in=residents).values_list("pk", flat=True))


def reader(request: HttpRequest, *, writes: bool = False) -> Reader:
    """Raises Http404 for a post without this door (or, where it writes, without a place to write for): to them there is no such page."""
    staff = request.user
    if not isinstance(staff, Staff) or staff.role not in _DOOR.roles:
        raise Http404
    day = home.current().working_day()
    made = Reader(staff, day, tree_on(day), request.language)  # type: ignore[attr-defined]
    if writes and not made.writable:
        raise Http404
    return made
