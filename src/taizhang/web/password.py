"""One's own password: chosen anew at the first signing in, and whenever one wishes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from taizhang.county import passwords
from taizhang.county.models import Staff
from taizhang.kernel.text import Text
from taizhang.web import attempts

FIRST = "first_password"  # in the session of someone who signed in with a password from a paper slip
WRONG_OLD = Text("原密码不正确。请重填。", "The present password is wrong. Enter it again.")
DIFFERENT = Text("两次输入的新密码不一致。请重填。", "The two new passwords differ. Enter them again.")
SAME = Text("新密码与原密码相同。请另选一个。", "The new password is the old one. Choose another.")
_COMMON = Text("这个密码太常见，容易被猜到。请换一个。", "This password is too common. Choose another.")
_WEAK = {"password_too_short": Text("密码太短，至少10位。", "The password is too short: at least 10 characters.")}
CHANGED = Text("密码已修改。其他设备上的登录已失效。", "The password is changed. Sessions on other devices have ended.")
Handler = Callable[[HttpRequest], HttpResponse]


class FirstPasswordMiddleware:
    """Whoever signed in with a first password sees one page until another is chosen. Asks the session only: a password that is drawn anew
    ends every session, so a first password always begins with signing in."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.session.get(FIRST) and not _open(request.path):
            return redirect(f"{reverse('password')}?{urlencode({'next': request.path})}")
        return self.get_response(request)


def _open(path: str) -> bool:
    return path in (reverse("password"), reverse("sign-out")) or path.startswith(("/language/", "/static/"))


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    staff = request.user
    assert isinstance(staff, Staff)
    first = bool(request.session.get(FIRST))
    onward = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        onward = ""
    if first and onward == reverse("board"):  # nobody asked for the board; it is where signing in leads
        onward = ""
    faults: dict[str, Any] = {}
    if request.method == "POST":
        faults = _change(request, staff, first)
        if not faults:
            messages.success(request, CHANGED.in_language(request.language))  # type: ignore[attr-defined]
            return redirect(onward or ("help-first-day" if first else "me"))
    return render(request, "web/password.html", {"first": first, "faults": faults, "next": onward}, status=422 if faults else 200)


def _change(request: HttpRequest, staff: Staff, first: bool) -> dict[str, list[str]]:
    """Take the new password; what is wrong by field, if anything."""
    language = request.language  # type: ignore[attr-defined]
    old, new, again = (request.POST.get(field, "")[:200] for field in ("old", "new", "again"))
    if not first:
        now, key = timezone.now(), attempts.key_of(staff.username, request)
        if attempts.locked_until(key, now) is not None or not staff.check_password(old):
            attempts.failed(key, now)
            return {"old": [WRONG_OLD.in_language(language)]}
        attempts.forget(key)
    if new != again:
        return {"again": [DIFFERENT.in_language(language)]}
    if staff.check_password(new):
        return {"new": [SAME.in_language(language)]}
    try:
        validate_password(new, staff)
    except ValidationError as error:
        return {"new": [_WEAK.get(fault.code or "", _COMMON).in_language(language) for fault in error.error_list]}
    passwords.choose(staff, new)
    update_session_auth_hash(request, staff)
    request.session.pop(FIRST, None)
    return {}
