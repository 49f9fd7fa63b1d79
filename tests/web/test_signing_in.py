"""Signing in and out, against the real database."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from taizhang.county.models import AuditEntry
from taizhang.web.models import FailedSignIn

from .conftest import PASSWORD, Town

PAGE = reverse("sign-in")


def attempt(client: Client, password: str = "wrong", username: str = "bureau", **more: str) -> Any:
    return client.post(PAGE, {"username": username, "password": password, **more})


def test_signing_in_leads_to_the_board_and_is_audited(town: Town, client: Client) -> None:
    answer = attempt(client, PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, reverse("board"))
    (line,) = AuditEntry.objects.all()
    assert (line.staff.username, line.action, line.detail) == ("bureau", "sign_in", {"outcome": "ok"})  # type: ignore[union-attr]
    session = client.cookies["sessionid"]
    assert (session["max-age"], session["httponly"], session["samesite"]) == (8 * 3600, True, "Lax")


def test_it_goes_on_to_the_page_that_was_asked_for_but_to_no_other_site(town: Town, client: Client) -> None:
    assert attempt(client, PASSWORD, next="/me/")["Location"] == "/me/"
    client.logout()
    assert attempt(client, PASSWORD, next="https://elsewhere.example/")["Location"] == reverse("board")


@pytest.mark.parametrize("username", ["bureau", "nobody"])
def test_a_wrong_account_and_a_wrong_password_read_alike(town: Town, client: Client, username: str) -> None:
    answer = attempt(client, username=username)
    assert "账号或密码不正确。请核对后重试；忘记密码，村医请找卫生院公卫科重置，其他人员请找系统管理员。" in answer.content.decode()
    assert AuditEntry.objects.get().detail == {"outcome": "refused"}


def test_the_fifth_failure_closes_the_way_in_for_a_quarter_of_an_hour(town: Town, client: Client) -> None:
    for _ in range(4):
        assert "账号或密码不正确" in attempt(client).content.decode()
    assert "连续5次登录失败，已暂停登录。请在15分钟后再试。" in attempt(client).content.decode()
    assert "已暂停登录" in attempt(client, PASSWORD).content.decode()  # not even with the right password
    assert attempt(client, PASSWORD, username="doctor").status_code == 302  # others are let in
    FailedSignIn.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    assert attempt(Client(), PASSWORD).status_code == 302
    assert not FailedSignIn.objects.exists()


def test_a_failed_attempt_keeps_neither_the_account_nor_the_password(town: Town, client: Client) -> None:
    attempt(client, username="my-password-by-mistake")
    kept = FailedSignIn.objects.values_list().get()
    assert "mistake" not in str(kept) + str(list(AuditEntry.objects.values_list()))


def test_empty_fields_are_named(town: Town, client: Client) -> None:
    assert "请填写账号和密码" in attempt(client, "", username="").content.decode()


def test_someone_who_left_cannot_sign_in(town: Town, client: Client) -> None:
    staff = town.staff("doctor")
    staff.is_active = False
    staff.save()
    assert "账号或密码不正确" in attempt(client, PASSWORD, username="doctor").content.decode()


def test_signing_out_takes_a_post(town: Town, client: Client) -> None:
    client.force_login(town.staff("bureau"))
    assert client.get(reverse("sign-out")).status_code == 405
    assert client.get(reverse("me")).status_code == 200
    assert client.post(reverse("sign-out"))["Location"] == PAGE
    assert client.get(reverse("me")).status_code == 302


def test_a_post_without_its_token_is_refused_with_a_page(town: Town) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(PAGE, {"username": "bureau", "password": PASSWORD})
    assert answer.status_code == 403
    assert "页面可能已过期" in answer.content.decode()


def test_the_language_is_kept_and_leads_back_to_this_site_only(town: Town, client: Client) -> None:
    answer = client.get(reverse("language", args=["en"]) + "?next=/sign-in/")
    assert (answer["Location"], client.cookies["language"].value) == ("/sign-in/", "en")
    assert "Forgot the password?" in client.get(PAGE).content.decode()
    assert attempt(client).content.decode().count("Account or password is wrong.") == 1
    assert client.get(reverse("language", args=["zh"]) + "?next=//elsewhere.example/")["Location"] == reverse("board")
    assert "忘记密码" in client.get(PAGE).content.decode()
