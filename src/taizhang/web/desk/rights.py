"""Who may do what with a document: read, write all of it, write a section, approve.

The view scope says whose documents a reader sees. An organisation's own office writes them; a bureau's leader approves them, and where an
organisation has no leader's post (a township hospital, a county-level institution), its office approves its own.
"""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest

from taizhang.county.models import OrganisationKind, Role, Staff
from taizhang.county.organisations import OrganisationTree
from taizhang.summaries.desk.models import Draft, DraftState
from taizhang.web.asking import Asked, asked

READERS = frozenset({Role.TOWNSHIP_OFFICE, Role.LINE_OFFICE, Role.BUREAU_OFFICE, Role.LEADER, Role.ADMINISTRATOR})
WRITERS = frozenset({Role.TOWNSHIP_OFFICE, Role.LINE_OFFICE, Role.BUREAU_OFFICE})


def desk_asked(request: HttpRequest, organisation: str | None = None) -> Asked:
    """What the page is asked for. Raises Http404 for a post that has no desk."""
    if not isinstance(request.user, Staff) or request.user.role not in READERS:
        raise Http404
    return asked(request, organisation)


def may_write_for(staff: Staff, organisation: str) -> bool:
    """Whether `staff` writes this organisation's documents: its own office does."""
    return staff.is_active and staff.role in WRITERS and staff.organisation_id == organisation


def may_approve_for(staff: Staff, organisation: str, tree: OrganisationTree) -> bool:
    """Whether `staff` approves this organisation's documents."""
    if not staff.is_active or staff.organisation_id != organisation:
        return False
    if staff.role == Role.LEADER:
        return True
    return staff.role in (Role.TOWNSHIP_OFFICE, Role.LINE_OFFICE) and tree.kind(organisation) != OrganisationKind.BUREAU


@dataclass(frozen=True)
class Opened:
    """A draft on the desk of a reader who may see it."""

    ask: Asked
    draft: Draft

    @property
    def language(self) -> str:
        return self.ask.language

    @property
    def staff(self) -> Staff:
        return self.ask.staff

    @property
    def is_open(self) -> bool:
        return self.draft.state == DraftState.DRAFTING

    @cached_property
    def writes(self) -> bool:
        """Whether this reader may change the whole document now."""
        return self.is_open and may_write_for(self.staff, self.draft.organisation_id)

    @cached_property
    def publishes(self) -> bool:
        return self.draft.state == DraftState.APPROVED and may_write_for(self.staff, self.draft.organisation_id)

    @cached_property
    def approves(self) -> bool:
        return may_approve_for(self.staff, self.draft.organisation_id, self.ask.tree)

    @cached_property
    def own_sections(self) -> frozenset[str]:
        return frozenset(w.section for w in self.draft.work.all() if w.owner_id == self.staff.pk)

    def writes_section(self, section: str) -> bool:
        return self.writes or (self.is_open and section in self.own_sections)


def opened(request: HttpRequest, number: int) -> Opened:
    """Raises Http404 for a draft that is unknown or of an organisation outside the reader's scope."""
    ask = desk_asked(request)
    draft = Draft.objects.select_related("organisation").prefetch_related("work__owner").filter(pk=number).first()
    if draft is None or draft.organisation_id not in ask.viewable:
        raise Http404
    return Opened(ask, draft)
