"""Who may read settlements and who may decide, what is kept back, and up to which day is asked for."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest

from taizhang.county.models import OrganisationKind, Role, Staff
from taizhang.county.people import describe, residents_for
from taizhang.county.scopes import may_see_persons_of, treats_all
from taizhang.kernel.registry import registry
from taizhang.settlement.services import Service
from taizhang.settlement.work import Reckoning, WorkLine
from taizhang.web.asking import Asked, asked

READERS = (Role.TOWNSHIP_OFFICE, Role.BUREAU_OFFICE, Role.LEADER, Role.ADMINISTRATOR)
DECIDERS = (Role.BUREAU_OFFICE, Role.ADMINISTRATOR)
PAGE = 50
_BELOW_TOWNSHIP = (OrganisationKind.VILLAGE_CLINIC, OrganisationKind.COMMUNITY_STATION)


def asked_through(request: HttpRequest, organisation: str | None) -> tuple[Asked, date]:
    """The organisation, and the last day of the work: what ?through= names, else the working day. Http404 for a post that has no part
    in settling."""
    ask = asked(request, organisation)
    if ask.staff.role not in READERS:
        raise Http404
    written = (request.POST.get("through") or request.GET.get("through", "")).strip()[:10]
    try:
        through = date.fromisoformat(written)
    except ValueError:
        return ask, ask.day
    return ask, through if date(1990, 1, 1) <= through <= ask.day else ask.day


def may_decide(ask: Asked) -> bool:
    """Approving, paying ahead and looking at findings are the bureau's: a unit does not judge its own work."""
    return ask.staff.role in DECIDERS


def open_to(staff: Staff, service: Service) -> bool:
    """Whether persons of this service are open to the reader: of its line of work, and of what it is counted from."""
    programme, counted = registry.programmes.get(service.programme), registry.indicators.get(service.indicator, ())
    rights = {right for indicator in counted for right in registry.rights_for(indicator)}
    if service.table:
        rights.add(registry.contracts[service.table].sensitive_for)
    return (programme is None or may_see_persons_of(staff, programme)) and treats_all(staff, rights - {""})


def kept_back(staff: Staff, reckoning: Reckoning) -> frozenset[str]:
    """Services of sensitive lines of work whose numbers of a village clinic are kept back from the reader."""
    return frozenset(service.code for service in reckoning.services if not open_to(staff, service))


@dataclass(frozen=True, slots=True)
class Bill:
    """A unit's work as the reader may see it. folded: fen of sensitive services, in one sum."""

    lines: list[WorkLine]
    folded: int


def shown_work(work: tuple[WorkLine, ...], kind: str, hidden: frozenset[str]) -> Bill:
    lines = [line for line in work if kind not in _BELOW_TOWNSHIP or line.service.code not in hidden]
    return Bill(lines, sum(line.amount for line in work) - sum(line.amount for line in lines))


def people(ask: Asked, residents: set[int]) -> dict[int, dict[str, object]]:
    """Masked, by key; only those within the reader's scope. Two queries."""
    if not residents:
        return {}
    return {person.pk: dict(describe(person, ask.day)) for person in residents_for(ask.staff, "view", ask.day).filter(pk__in=residents)}


def page_number(request: HttpRequest) -> int:
    written = request.GET.get("page", "1")
    return max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 7 else 1
