"""Signing in and out. Five failures in a row for an account from an address close that way in for a quarter of an hour."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth import authenticate, logout
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from taizhang.county import audit, passwords
from taizhang.county.models import Staff
from taizhang.kernel.text import LANGUAGES, Text
from taizhang.web import attempts, kept
from taizhang.web.middleware import LANGUAGE_COOKIE
from taizhang.web.password import FIRST

WRONG = Text(
    "账号或密码不正确。请核对后重试；忘记密码，村医请找卫生院公卫科重置，其他人员请找系统管理员。",
    "Account or password is wrong. Check both; a forgotten password is reset by the township hospital for village doctors, "
    "by the administrator for others.",
)
LOCKED = Text(
    "连续{count}次登录失败，已暂停登录。请在{minutes}分钟后再试。",
    "Signing in failed {count} times in a row and is closed. Try again in {minutes} minutes.",
)
EMPTY = Text("请填写账号和密码。", "Enter account and password.")


class StaffBackend(ModelBackend):
    """A reader comes with the scopes, which a page asks for several times."""

    def get_user(self, user_id: Any) -> Staff | None:
        found = Staff.objects.filter(pk=user_id).prefetch_related("scopes").first()
        return found if found is not None and self.user_can_authenticate(found) else None


class SignInForm(AuthenticationForm):
    """Account and password. One message for a wrong account and a wrong password."""

    username = forms.CharField(max_length=40, widget=forms.TextInput)

    def clean(self) -> dict[str, Any]:
        assert self.request is not None
        language = self.request.language  # type: ignore[attr-defined]
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not username or not password:
            raise forms.ValidationError(EMPTY.in_language(language))
        now = timezone.now()
        key = attempts.key_of(username, self.request)
        if (until := attempts.locked_until(key, now)) is not None:
            raise forms.ValidationError(_locked_text(until - now, language))
        staff = authenticate(self.request, username=username, password=password)
        if staff is None:
            until = attempts.failed(key, now)
            audit.record(None, audit.SIGN_IN, detail={"outcome": "locked" if until else "refused"})
            raise forms.ValidationError(_locked_text(until - now, language) if until else WRONG.in_language(language))
        attempts.forget(key)
        self.user_cache = staff  # type: ignore[assignment]
        return self.cleaned_data


def _locked_text(left: timedelta, language: str) -> str:
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    return LOCKED.in_language(language).format(count=attempts.MOST_FAILURES, minutes=minutes)


@method_decorator(login_not_required, name="dispatch")
class SignInView(LoginView):
    template_name = "web/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        staff = form.get_user()
        assert isinstance(staff, Staff)
        if passwords.must_change(staff):
            self.request.session[FIRST] = True
        audit.record(staff, audit.SIGN_IN, detail={"outcome": "ok"})
        assert isinstance(response, HttpResponse)
        kept.remember(response, staff)
        return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("sign-in")


@login_not_required
@require_GET
def switch_language(request: HttpRequest, language: str) -> HttpResponse:
    """Keep the reader's choice for a year and go back to where it was made."""
    back = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else reverse("board"))
    if language in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=365 * 24 * 3600, httponly=True, samesite="Lax", secure=request.is_secure())
    return response
