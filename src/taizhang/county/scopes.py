"""Scopes 权限范围: over which organisations someone may write, view or search persons; and who may open sensitive lines."""

from typing import Literal

from taizhang.county.models import Role, ScopeGrant, Staff
from taizhang.county.organisations import OrganisationTree
from taizhang.kernel.registry import Programme

Purpose = Literal["write", "view", "search"]

# What a post brings with it: over its own organisation, and over the whole county. A grant may be changed afterwards.
_ROLE_SCOPES: dict[str, tuple[tuple[Purpose, ...], tuple[Purpose, ...]]] = {
    Role.VILLAGE_DOCTOR: (("write", "view", "search"), ()),
    Role.TOWNSHIP_OFFICE: (("write", "view", "search"), ("search",)),
    Role.LINE_OFFICE: (("view",), ("view", "search")),
    Role.BUREAU_OFFICE: (("view",), ("view", "search")),
    Role.LEADER: (("view",), ("view",)),
    Role.ADMINISTRATOR: (("write", "view", "search"), ("write", "view", "search")),
}


def organisations_for(staff: Staff, purpose: Purpose, tree: OrganisationTree) -> tuple[str, ...]:
    """Every organisation of the tree over whose persons `staff` may do so, in the order of codes. One query."""
    if not staff.is_active:
        return ()
    found: set[str] = set()
    for grant in staff.scopes.all():
        place = tree.present(grant.organisation_id)
        if place is not None and getattr(grant, f"may_{purpose}"):
            found.update(tree.descendants(place))
    return tuple(sorted(found))


def may(staff: Staff, purpose: Purpose, organisation: str, tree: OrganisationTree) -> bool:
    """Whether `staff` may write, view or search persons of this organisation. One that has merged counts as its successor."""
    place = tree.present(organisation)
    return place is not None and place in organisations_for(staff, purpose, tree)


def may_see_persons_of(staff: Staff, programme: Programme) -> bool:
    """Sensitive lines of work (HIV, mental illness, tuberculosis) show persons to the staff who treat them; to others, counts only."""
    return staff.is_active and (not programme.sensitive or programme.code in staff.treats.split(","))


def grant_role_scopes(staff: Staff, root: str) -> None:
    """Give a member of staff the scopes of the post. Existing grants stay as they are."""
    own, county = _ROLE_SCOPES[staff.role]
    grants = {root: set(county)} if county else {}
    grants.setdefault(staff.organisation_id, set()).update(own)
    for organisation, purposes in grants.items():
        ScopeGrant.objects.get_or_create(
            staff=staff,
            organisation_id=organisation,
            defaults={"may_write": "write" in purposes, "may_view": "view" in purposes, "may_search": "search" in purposes},
        )
