"""Tokens 令牌: how a program proves for whom it acts, and the page where staff make and revoke theirs."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from ninja.security import HttpBearer

from taizhang.county import audit
from taizhang.county.models import Staff
from taizhang.kernel.text import Text
from taizhang.web.models import ApiToken

MOST = 10  # of one member of staff
LONGEST_DAYS = 365
USUAL_DAYS = 90
_PREFIX = "taizhang_"
_USE_NOTED = timedelta(minutes=10)  # not at each of a thousand requests
UNNAMED = Text("请写明令牌的用途，最多60字。", "Say what the token is for, in at most 60 characters.")
TOO_MANY = Text(f"最多{MOST}个令牌。请先作废不用的。", f"At most {MOST} tokens. Revoke those that are not used.")
DAYS = Text(f"有效天数应为1至{LONGEST_DAYS}。", f"A token is valid for 1 to {LONGEST_DAYS} days.")
REVOKED = Text("令牌已作废。", "The token was revoked.")


def digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def make(staff: Staff, name: str, days: int) -> str:
    """A new token; the text is told this once and stored nowhere."""
    token = _PREFIX + secrets.token_urlsafe(32)
    ApiToken.objects.create(staff=staff, name=name, digest=digest(token), expires_at=timezone.now() + timedelta(days=days))
    audit.record(staff, audit.CREATE_TOKEN, detail={"name": name, "days": days})
    return token


def staff_of(token: str) -> Staff | None:
    """For whom a token acts; None for one that is unknown, over, or of an account no longer in use."""
    now = timezone.now()
    found = (
        ApiToken.objects.select_related("staff")
        .filter(digest=digest(token), expires_at__gt=now, staff__is_active=True)
        .first()
    )  # fmt: skip
    if found is None:
        return None
    if found.last_used_at is None or now - found.last_used_at > _USE_NOTED:
        ApiToken.objects.filter(pk=found.pk).update(last_used_at=now)
    return found.staff


class Token(HttpBearer):
    """`Authorization: Bearer taizhang_…`."""

    openapi_description = "接口令牌，在“我的账号”页新建。A token, made on the page “My account”."

    def authenticate(self, request: HttpRequest, token: str) -> Staff | None:
        return staff_of(token)


# -- on "My account" ---------------------------------------------------------------------------------------------------


def tokens_of(staff: Staff) -> list[ApiToken]:
    return list(ApiToken.objects.filter(staff=staff, expires_at__gt=timezone.now()).order_by("-created_at"))


@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """Answered with the token itself and not by a redirect: it must not be kept anywhere on the way."""
    staff = request.user
    assert isinstance(staff, Staff)
    name, written = request.POST.get("name", "").strip(), request.POST.get("days", "").strip()
    days = int(written) if written.isascii() and written.isdigit() and len(written) < 5 else 0
    fault = UNNAMED if not 1 <= len(name) <= 60 else DAYS if not 1 <= days <= LONGEST_DAYS else None
    if fault is None and len(tokens_of(staff)) >= MOST:
        fault = TOO_MANY
    if fault is not None:
        messages.error(request, fault.in_language(request.language))  # type: ignore[attr-defined]
        return redirect("me")
    return render(request, "web/api/token.html", {"token": make(staff, name, days), "name": name, "days": days})


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    staff = request.user
    assert isinstance(staff, Staff)
    found = ApiToken.objects.filter(pk=pk, staff=staff).first()
    if found is None:
        raise Http404
    found.delete()
    audit.record(staff, audit.REVOKE_TOKEN, detail={"name": found.name})
    messages.success(request, REVOKED.in_language(request.language))  # type: ignore[attr-defined]
    return redirect("me")
