"""A form sent when its reader was no longer signed in 登录过期, or had signed in anew beside it: what was typed is kept for an hour, and
offered again to the same reader after signing in. A visit keeps its own (web.visit), into its form."""

import time
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from taizhang.county.models import Staff
from taizhang.web import errors

KEPT = "kept_form"  # in the session: where the form was sent, what was in it, whose it is and since when
READER = "reader"  # the signed cookie that outlives a session by a day: who was signed in here last
_READER_SECONDS = 32 * 3600
_KEPT_SECONDS = 3600
_MOST = 200_000  # characters of one form
_CSRF = "csrfmiddlewaretoken"
_NEVER = frozenset({"password", "sign-in", "sign-out", "kept"})  # pages whose forms hold passwords, or nothing that was typed


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed. fields: a name and a text for each input, as they were sent."""

    address: str
    fields: list[tuple[str, str]]

    @property
    def filled(self) -> int:
        return sum(1 for _, text in self.fields if text.strip())


def remember(response: HttpResponse, staff: Staff) -> None:
    """Who signs in here: a form that comes after the session has ended is theirs."""
    response.set_signed_cookie(READER, str(staff.pk), max_age=_READER_SECONDS, httponly=True, samesite="Lax")


class SignedOutMiddleware(LoginRequiredMiddleware):
    """Who is signed out is led to signing in, with what was typed kept; a part of a page says that its reader is signed out."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:
        if request.headers.get("HX-Request") == "true":
            return render(request, "web/_signed_out.html", status=401)
        if keep(request, request.get_signed_cookie(READER, "", max_age=_READER_SECONDS)):
            request.session.set_expiry(_KEPT_SECONDS)
            return redirect_to_login(reverse("kept"), reverse("sign-in"))
        return super().handle_no_permission(request, view_func)


def keep(request: HttpRequest, reader: str) -> bool:
    """Keep a form that was sent; False for what cannot be offered again: files, passwords, more than a form is."""
    if request.method != "POST" or not reader or request.FILES:
        return False
    if request.resolver_match is not None and request.resolver_match.url_name in _NEVER:
        return False
    fields = [(name, text) for name, texts in request.POST.lists() for text in texts if name != _CSRF]
    if not fields or sum(len(name) + len(text) for name, text in fields) > _MOST:
        return False
    request.session[KEPT] = {"address": request.get_full_path(), "fields": fields, "reader": reader, "at": int(time.time())}
    return True


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose mark is not the session's: most often its reader has signed in again in another window. From another site nothing is
    kept: no browser sends it the cookies of this one, and its origin is refused before the mark is looked at."""
    staff = getattr(request, "user", None)
    if reason.startswith("CSRF token") and isinstance(staff, Staff) and keep(request, str(staff.pk)):
        return redirect("kept")
    return errors.csrf(request, reason)


@require_http_methods(["GET", "POST"])
def kept(request: HttpRequest) -> HttpResponse:
    """What was typed, to be sent once more or given up. Whoever else has signed in finds nothing."""
    held = request.session.get(KEPT)
    request.session.set_expiry(None)  # the reader is signed in: the session lasts as long as any
    found = None
    if held and held["reader"] == str(request.user.pk) and time.time() - held["at"] <= _KEPT_SECONDS:
        found = Kept(held["address"], [(name, text) for name, text in held["fields"]])
    if found is None or request.method == "POST":
        request.session.pop(KEPT, None)
        return redirect(found.address if found else "board")
    return render(request, "web/kept.html", {"kept": found})
