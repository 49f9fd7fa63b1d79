"""Help: the manual with its pictures, meanings from the registry, and a first day that ticks itself by what has happened."""

import importlib.util
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from taizhang.county import audit, passwords
from taizhang.county.models import AuditEntry, Role, Staff
from taizhang.kernel.registry import registry
from taizhang.web.help import manual
from taizhang.web.navigation import ENTRIES, help_page

from .conftest import CLINIC, Town
from .test_administration import text_of

# docs/pictures.py stands outside the packages that tests import.
_spec = importlib.util.spec_from_file_location("docs_pictures", Path(__file__).parents[2] / "docs" / "pictures.py")
assert _spec is not None
assert _spec.loader is not None
pictures = sys.modules["docs_pictures"] = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(pictures)
TAKEN = {picture.name for picture in pictures.SHOWN}

# -- the manual --------------------------------------------------------------------------------------------------------


def test_every_area_has_a_page_and_every_page_is_in_the_contents() -> None:
    assert {path.stem for path in manual.FOLDER.glob("*.md")} == set(manual.CONTENTS)
    assert {entry.address for entry in ENTRIES} <= set(manual.CONTENTS)


def test_every_picture_that_a_page_shows_is_one_that_is_taken_and_none_is_taken_in_vain() -> None:
    shown = {name for path in manual.FOLDER.glob("*.md") for name in re.findall(r"\]\(pictures/([\w-]+)\.png\)", path.read_text("utf-8"))}
    assert shown == TAKEN


def test_the_pictures_are_there_and_small() -> None:
    kept = {path.stem: path.stat().st_size for path in manual.PICTURES.glob("*.png")}
    assert set(kept) == TAKEN
    assert max(kept.values()) < 120_000


@pytest.mark.parametrize("name", list(manual.CONTENTS))
def test_a_page_of_the_manual_opens_to_everybody_with_its_parts(town: Town, enter_as: Any, name: str) -> None:
    answer = enter_as("doctor").get(reverse("help-manual", args=[name]))
    assert answer.status_code == 200
    body = answer.content.decode()
    assert re.search(r"<h1>[^<]+</h1>", body)
    assert 'href="#part-1"' in body
    assert 'id="part-1"' in body
    assert "style=" not in body


def test_a_picture_is_served_and_nothing_else_of_the_folder(town: Town, enter_as: Any) -> None:
    client = enter_as("doctor")
    answer = client.get(reverse("help-picture", args=["board.png"]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    for other in ("start.md", "none.png", "..", "../start.md"):
        assert client.get(f"/help/manual/pictures/{other}").status_code == 404
    assert client.get(reverse("help-manual", args=["manual"])).status_code == 404


def test_html_in_a_page_is_printed_as_text() -> None:
    assert "&lt;script&gt;" in manual.reader().render("<script>alert(1)</script>")


@pytest.mark.parametrize(
    ("path", "page"),
    [("/", "board"), ("/figures/x/990101/", "board"), ("/visit/1/", "worklist"), ("/me/", "start"), ("/summary/990101/", "desk")],
)
def test_help_in_the_bar_opens_the_page_of_the_area(path: str, page: str) -> None:
    assert help_page(path) == page


def test_the_bar_leads_to_help(town: Town, enter_as: Any) -> None:
    page = enter_as("admin").get(reverse("administration")).content.decode()
    assert f'href="{reverse("help-manual", args=["administration"])}"' in page
    index = text_of(enter_as("doctor").get(reverse("help")))
    assert "使用手册" in index
    assert "管理 其他岗位" in index


# -- meanings ----------------------------------------------------------------------------------------------------------


def test_a_line_of_work_shows_formula_source_and_the_words_in_it(town: Town, enter_as: Any) -> None:
    page = text_of(enter_as("doctor").get(reverse("help-programme", args=["hypertension"])))
    for indicator in registry.indicators_on(town.day):
        if indicator.programme == "hypertension":
            assert indicator.name.zh in page
    assert "截止日在本辖区居住" in page
    assert enter_as("doctor").get(reverse("help-programme", args=["nothing"])).status_code == 404


def test_a_word_finds_indicators_words_and_elements(town: Town, enter_as: Any) -> None:
    client, address = enter_as("doctor"), reverse("help-meanings")
    found = client.get(address, {"q": "血糖"})
    assert found.context["indicators"]
    assert found.context["elements"]
    first = found.context["indicators"][0]["url"]
    assert first.endswith(f"/{CLINIC}/")  # the figure of the reader's own place
    assert client.get(first).status_code == 200
    assert "没有名称含" in text_of(client.get(address, {"q": "<b>没有这个词"}))


def test_elements_tell_unit_range_and_answers(town: Town, enter_as: Any) -> None:
    page = text_of(enter_as("doctor").get(reverse("help-elements"), {"q": "收缩压"}))
    assert "mmHg" in page
    assert "范围" in page


# -- the first day -----------------------------------------------------------------------------------------------------


def ticks(client: Any) -> dict[str, bool]:
    return {line["step"].code: line["done"] for line in client.get(reverse("help-first-day")).context["lines"]}


def test_steps_tick_by_what_has_happened_under_this_account(town: Town, enter_as: Any) -> None:
    client, staff = enter_as("township"), town.staff("township")
    passwords.mark_first([staff])
    before = ticks(client)
    assert not any(before.values())
    passwords.choose(staff, "a phrase of one's own")
    client.force_login(staff)
    audit.record(town.staff("doctor"), audit.TRACE)  # somebody else's
    assert {code for code, done in ticks(client).items() if done} == {"password"}
    audit.record(staff, audit.TRACE)
    went = client.get(reverse("help-step", args=["board"]))
    assert went["Location"] == reverse("board")
    client.get(reverse("help-step", args=["board"]))
    assert AuditEntry.objects.filter(staff=staff, action=audit.FIRST_DAY).count() == 1  # once is enough
    assert {code for code, done in ticks(client).items() if done} == {"password", "trace", "board"}


def test_a_visit_of_the_account_ticks_the_visit(town: Town, enter_as: Any) -> None:
    from taizhang.programmes.hypertension.models import FollowUp

    client = enter_as("doctor")
    assert ticks(client)["visit"] is False
    FollowUp.objects.create(
        resident=town.patients[CLINIC][0], organisation_id=CLINIC, visited_on=date(2026, 6, 3), way="1", outcome="1",
        systolic=130, diastolic=80, recorded_by="doctor",
    )  # fmt: skip
    assert ticks(client)["visit"] is True


def test_the_list_is_put_away_per_account(town: Town, enter_as: Any) -> None:
    client = enter_as("doctor")
    assert client.get(reverse("help-first-day")).context["put_away"] is False
    client.post(reverse("help-first-day-put-away"))
    assert client.get(reverse("help-first-day")).context["put_away"] is True
    assert enter_as("neighbour").get(reverse("help-first-day")).context["put_away"] is False


@pytest.mark.parametrize("role", list(Role))
def test_every_step_of_a_post_leads_to_a_page_that_opens(town: Town, enter_as: Any, role: Role) -> None:
    staff = Staff.objects.filter(role=role).order_by("username").first()
    assert staff is not None
    client = enter_as(staff.username)
    for step in [line["step"] for line in client.get(reverse("help-first-day")).context["lines"]]:
        went = client.get(reverse("help-step", args=[step.code]))
        assert went.status_code == 302, step.code
        assert client.get(went["Location"]).status_code == 200, step.code
    assert client.get(reverse("help-step", args=["nothing"])).status_code == 404
