"""Who is signed in: post, organisation, scopes, and until when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from taizhang.county.models import Role, ScopeGrant, Staff
from taizhang.kernel.registry import registry
from taizhang.web.api.tokens import tokens_of
from taizhang.web.context import ROLES


def me(request: HttpRequest) -> HttpResponse:
    staff = request.user
    assert isinstance(staff, Staff)
    grants = ScopeGrant.objects.filter(staff=staff).select_related("organisation").order_by("organisation_id")
    treats = [registry.programmes[code].name for code in staff.treats.split(",") if code in registry.programmes]
    facts = {
        "role": ROLES[Role(staff.role)],
        "organisation": staff.organisation.label,
        "grants": [(grant.organisation.label, grant) for grant in grants],
        "treats": treats,
        "tokens": tokens_of(staff),
        "ends": request.session.get_expiry_date(),
    }
    return render(request, "web/me.html", facts)
