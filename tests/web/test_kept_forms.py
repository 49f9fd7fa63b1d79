"""A form that was sent when its reader had been signed out, or had signed in anew beside it: nothing typed is lost, nobody else sees it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from taizhang.county.models import Staff
from taizhang.programmes.hypertension.models import FollowUp
from taizhang.web.kept import KEPT

from .conftest import CLINIC, PASSWORD, Town

SIGN_IN, KEPT_PAGE = reverse("sign-in"), reverse("kept")


def sign_in(client: Client, username: str = "doctor", onward: str = "") -> Any:
    return client.post(SIGN_IN, {"username": username, "password": PASSWORD, "next": onward})


def hold(client: Client) -> dict[str, str]:
    """What the page would send if its reader went on: the hidden inputs."""
    return dict(client.get(KEPT_PAGE).context["kept"].fields)


@pytest.fixture
def edited(town: Town) -> FollowUp:
    return FollowUp.objects.filter(organisation_id=CLINIC).earliest("pk")


@pytest.fixture
def typed(edited: FollowUp) -> dict[str, str]:
    return {
        "organisation": CLINIC, "visited_on": "2026-02-03", "way": "1", "outcome": "1", "systolic": "151", "diastolic": "80",
        "other_symptoms": "第一行\n<b>第二行", "version": "999999999",
    }  # fmt: skip


def edit(record: FollowUp) -> str:
    return reverse("register-edit", args=["hypertension_follow_ups", record.pk])


def test_what_was_typed_is_offered_after_signing_in_again_and_then_saved(client: Client, edited: FollowUp, typed: dict[str, str]) -> None:
    sign_in(client)
    del client.cookies["sessionid"]
    answer = client.post(edit(edited), typed)
    assert answer["Location"] == f"{SIGN_IN}?next={KEPT_PAGE}"
    answer = sign_in(client, onward=KEPT_PAGE)
    assert answer["Location"] == KEPT_PAGE
    page = client.get(KEPT_PAGE).content.decode()
    assert "填写的8项都留着" in page
    assert f'action="{edit(edited)}"' in page
    assert "&lt;b&gt;第二行" in page
    assert client.session.get_expiry_age() > 7 * 3600  # signed in for as long as ever
    assert client.post(edit(edited), hold(client)).status_code == 302
    edited.refresh_from_db()
    assert (edited.systolic, edited.visited_on) == (151, date(2026, 2, 3))


def test_nobody_else_who_signs_in_at_the_same_browser_finds_it(client: Client, edited: FollowUp, typed: dict[str, str]) -> None:
    sign_in(client)
    del client.cookies["sessionid"]
    client.post(edit(edited), typed)
    sign_in(client, "bureau", KEPT_PAGE)
    answer = client.get(KEPT_PAGE)
    assert (answer.status_code, answer["Location"]) == (302, reverse("board"))
    assert KEPT not in client.session


def test_it_can_be_given_up(client: Client, edited: FollowUp, typed: dict[str, str]) -> None:
    sign_in(client)
    del client.cookies["sessionid"]
    client.post(edit(edited), typed)
    sign_in(client, onward=KEPT_PAGE)
    assert client.post(KEPT_PAGE)["Location"] == edit(edited)
    assert KEPT not in client.session


def test_a_form_from_before_a_new_signing_in_is_offered_again(town: Town, edited: FollowUp, typed: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(SIGN_IN)
    old = client.cookies["csrftoken"].value
    assert client.post(SIGN_IN, {"username": "doctor", "password": PASSWORD, "csrfmiddlewaretoken": old}).status_code == 302
    answer = client.post(edit(edited), {**typed, "csrfmiddlewaretoken": old})
    assert answer["Location"] == KEPT_PAGE
    assert hold(client) == typed  # and not the old mark
    elsewhere = client.post(edit(edited), {**typed, "systolic": "199"}, headers={"origin": "https://elsewhere.example"})
    assert elsewhere.status_code == 403
    assert hold(client) == typed


@pytest.mark.parametrize("who", ["a stranger", "with a forged cookie"])
def test_a_stranger_fills_no_session(client: Client, town: Town, edited: FollowUp, typed: dict[str, str], who: str) -> None:
    if who != "a stranger":
        client.cookies["reader"] = f"{Staff.objects.get(username='doctor').pk}:1abc:forged"
    answer = client.post(edit(edited), typed)
    assert answer["Location"] == f"{SIGN_IN}?next={edit(edited)}"
    assert "sessionid" not in client.cookies


def test_passwords_and_too_much_are_not_kept(client: Client, edited: FollowUp, typed: dict[str, str]) -> None:
    sign_in(client)
    del client.cookies["sessionid"]
    assert client.post(reverse("password"), {"old": PASSWORD, "new": "x", "again": "x"})["Location"].endswith(reverse("password"))
    assert client.post(edit(edited), {**typed, "other_symptoms": "长" * 200_001})["Location"].endswith(edit(edited))


def test_a_part_of_a_page_says_that_its_reader_is_signed_out(client: Client, town: Town) -> None:
    answer = client.post(reverse("people"), {"q": "顾"}, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "登录已过期" in answer.content.decode()
    assert "<html" not in answer.content.decode()
