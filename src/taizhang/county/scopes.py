"""Scopes 权限范围: over which organisations someone may write, view or search persons; and who may open sensitive lines."""

from collections.abc import Iterable, Mapping
from typing import Literal

from django.db import transaction

from taizhang.county.models import Role, ScopeGrant, Staff
from taizhang.county.organisations import OrganisationTree
from taizhang.kernel.registry import Programme

Purpose = Literal["write", "view", "search"]
PURPOSES: tuple[Purpose, ...] = ("write", "view", "search")

# What a post brings with it: over its own organisation, and over the whole county. A grant may be changed afterwards.
ROLE_SCOPES: dict[str, tuple[tuple[Purpose, ...], tuple[Purpose, ...]]] = {
    Role.VILLAGE_DOCTOR: (("write", "view", "search"), ()),
    Role.TOWNSHIP_OFFICE: (("write", "view", "search"), ("search",)),
    Role.LINE_OFFICE: (("view",), ("view", "search")),
    Role.BUREAU_OFFICE: (("view",), ("view", "search")),
    Role.LEADER: (("view",), ("view",)),
    Role.ADMINISTRATOR: (("write", "view", "search"), ("write", "view", "search")),
}


def organisations_for(staff: Staff, purpose: Purpose, tree: OrganisationTree) -> tuple[str, ...]:
    """Every organisation of the tree over whose persons `staff` may do so, in the order of codes. One query, of a signed-in reader none."""
    if not staff.is_active:
        return ()
    granted = (tree.present(grant.organisation_id) for grant in staff.scopes.all() if getattr(grant, f"may_{purpose}"))
    return tree.together(frozenset(place for place in granted if place is not None))


def may(staff: Staff, purpose: Purpose, organisation: str, tree: OrganisationTree) -> bool:
    """Whether `staff` may write, view or search persons of this organisation. One that has merged counts as its successor."""
    place = tree.present(organisation)
    return place is not None and place in organisations_for(staff, purpose, tree)


def may_see_persons_of(staff: Staff, programme: Programme) -> bool:
    """Sensitive lines of work (HIV, mental illness, tuberculosis) show persons to the staff who treat them; to others, counts only."""
    return staff.is_active and (not programme.sensitive or programme.code in staff.treats.split(","))


def treats_all(staff: Staff, lines: Iterable[str]) -> bool:
    """Whether `staff` treats the people of all these lines of work, as registry.rights_for names them for a declaration."""
    wanted = set(lines)  # of most declarations none: a board asks five hundred times
    return staff.is_active and (not wanted or wanted <= set(staff.treats.split(",")))


def grant_role_scopes(staff: Staff, root: str) -> None:
    """Give a member of staff the scopes of the post. Existing grants stay as they are."""
    for organisation, purposes in post_scopes(staff, root).items():
        ScopeGrant.objects.get_or_create(
            staff=staff,
            organisation_id=organisation,
            defaults={"may_write": "write" in purposes, "may_view": "view" in purposes, "may_search": "search" in purposes},
        )


def post_scopes(staff: Staff, root: str) -> dict[str, frozenset[Purpose]]:
    """By organisation, what the post of a member of staff brings with it."""
    own, county = ROLE_SCOPES[Role(staff.role)]
    grants: dict[str, set[Purpose]] = {root: set(county)} if county else {}
    grants.setdefault(staff.organisation_id, set()).update(own)
    return {organisation: frozenset(purposes) for organisation, purposes in grants.items()}


def purposes_of(grant: ScopeGrant) -> frozenset[Purpose]:
    """What a grant opens."""
    return frozenset(purpose for purpose in PURPOSES if getattr(grant, f"may_{purpose}"))


def set_grants(staff: Staff, wanted: Mapping[str, frozenset[Purpose]]) -> None:
    """Exactly these grants and no others; one that opens nothing is removed. What does not change is not written."""
    with transaction.atomic():
        stored = {grant.organisation_id: grant for grant in staff.scopes.all()}
        for organisation, grant in stored.items():
            purposes = wanted.get(organisation, frozenset())
            if not purposes:
                grant.delete()
            elif purposes != purposes_of(grant):
                for purpose in PURPOSES:
                    setattr(grant, f"may_{purpose}", purpose in purposes)
                grant.save()
        for organisation, purposes in wanted.items():
            if organisation not in stored and purposes:
                flags = {f"may_{purpose}": purpose in purposes for purpose in PURPOSES}
                ScopeGrant.objects.create(staff=staff, organisation_id=organisation, **flags)
