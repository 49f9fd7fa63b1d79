"""Posts and scopes as a matrix one can read: what a post brings with it, who has more or less than the post, and one person's grants."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from taizhang.county.models import Role, ScopeGrant, Staff
from taizhang.county.scopes import PURPOSES, ROLE_SCOPES, Purpose, post_scopes, purposes_of, set_grants
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.administration import wording
from taizhang.web.administration.common import Desk, choices, for_administrators, organisation_of, render
from taizhang.web.context import ROLES
from taizhang.web.navigation import ENTRIES

_SHOWN = 200


@require_safe
@for_administrators
def matrix(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Posts against what they may do, and the accounts whose grants differ from their post's."""
    posts = []
    for role in Role:
        own, county = ROLE_SCOPES[role]
        posts.append(
            {
                "name": ROLES[role],
                "own": [purpose in own for purpose in PURPOSES],
                "county": [purpose in county for purpose in PURPOSES],
            }
        )
    active = list(Staff.objects.filter(is_active=True).select_related("organisation").order_by("role", "username"))
    differing = list(_differing(desk, active))
    facts = {
        "posts": posts,
        "purposes": [wording.PURPOSES[purpose] for purpose in PURPOSES],
        "pages": [(entry.label, [role in entry.roles for role in Role]) for entry in ENTRIES],
        "roles": [ROLES[role] for role in Role],
        "differing": differing[:_SHOWN],
        "more": max(0, len(differing) - _SHOWN),
        "treating": _treating(active),
    }
    return render(request, desk, "scopes.html", facts)


def _treating(active: list[Staff]) -> list[tuple[Text, list[tuple[Text, int]]]]:
    """By sensitive line of work, how many accounts of each post may open its people."""
    found = []
    for programme in sorted((each for each in registry.programmes.values() if each.sensitive), key=lambda each: each.order):
        posts = Counter(member.role for member in active if programme.code in member.treats.split(","))
        found.append((programme.name, [(ROLES[role], posts[role]) for role in Role if posts[role]]))
    return found


def _differing(desk: Desk, active: list[Staff]) -> Any:
    grants: dict[int, dict[str, frozenset[Purpose]]] = {}
    for grant in ScopeGrant.objects.filter(staff__is_active=True):
        grants.setdefault(grant.staff_id, {})[grant.organisation_id] = purposes_of(grant)
    for staff in active:
        held, usual = grants.get(staff.pk, {}), post_scopes(staff, desk.tree.root)
        if held != usual:
            yield {"staff": staff, "role": ROLES[Role(staff.role)], "grants": _readable(desk, held), "treats": _treats(staff)}


def _treats(staff: Staff) -> list[Text]:
    return [registry.programmes[code].name for code in staff.treats.split(",") if code in registry.programmes]


def _readable(desk: Desk, held: dict[str, frozenset[Purpose]]) -> list[tuple[Text, list[Text]]]:
    lines = []
    for code, purposes in sorted(held.items()):
        place = desk.tree.present(code)
        name = desk.tree.name(place) if place is not None else Text(code, code)
        lines.append((name, [wording.PURPOSES[purpose] for purpose in PURPOSES if purpose in purposes]))
    return lines


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def of_person(request: HttpRequest, desk: Desk, username: str) -> HttpResponse:
    """One person's grants, organisation by purpose, to be ticked."""
    member = Staff.objects.filter(username=username).select_related("organisation").first()
    if member is None:
        raise Http404
    rows = _rows(member, desk)
    usual = post_scopes(member, desk.tree.root)
    fault: Text | None = None
    added = ""
    if request.method == "POST":
        if request.POST.get("as_post"):
            wanted = usual
        else:
            wanted = {code: _ticked(request, code) for code, _ in rows}
            added = request.POST.get("added", "").strip()[:80]
            if added:
                code = organisation_of(added, desk.tree)
                if isinstance(code, Text):
                    fault = code
                else:
                    wanted[code] = wanted.get(code, frozenset()) | _ticked(request, "added")
        if fault is None and member.pk == desk.staff.pk and member.role == Role.ADMINISTRATOR:
            fault = Text("自己的权限请由另一位系统管理员修改。", "Another administrator must change your own scopes.")
        if fault is None:
            set_grants(member, wanted)
            messages.success(request, Text("权限已保存。", "The scopes are saved.").in_language(desk.language))
            return redirect("administration-person", username=username)
        rows = [(code, wanted.get(code, frozenset())) for code, _ in rows]
    facts = {
        "member": member,
        "role": ROLES[Role(member.role)],
        "purposes": [(purpose, wording.PURPOSES[purpose]) for purpose in PURPOSES],
        "rows": [(code, _place_name(desk, code), [(p, p in held) for p in PURPOSES]) for code, held in rows],
        "usual": _readable(desk, usual),
        "added": added,
        "choices": choices(desk.tree),
        "fault": fault,
    }
    return render(request, desk, "person_scopes.html", facts, 422 if fault else 200)


def _rows(member: Staff, desk: Desk) -> list[tuple[str, frozenset[Purpose]]]:
    held = {grant.organisation_id: purposes_of(grant) for grant in member.scopes.all()}
    return [(code, held.get(code, frozenset())) for code in sorted({*held, *post_scopes(member, desk.tree.root)})]


def _ticked(request: HttpRequest, code: str) -> frozenset[Purpose]:
    return frozenset(purpose for purpose in PURPOSES if f"{purpose}:{code}" in request.POST)


def _place_name(desk: Desk, code: str) -> Text:
    place = desk.tree.present(code)
    if place is None:
        return Text(code, code)
    name = desk.tree.name(place)
    return name if place == code else Text(f"{name.zh}（原{code}）", f"{name.en} (was {code})")
