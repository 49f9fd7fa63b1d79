"""The page that checks a text: marks, findings, refusals that keep what was typed, the ledger within the reader's scope."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from .conftest import TOWNSHIP

WRONG = "应接种1000人，实接种952人，接种率92.5%。"


@pytest.fixture
def page(enter_as: Any) -> Any:
    return enter_as("bureau")


def test_the_page_asks_for_a_text(page: Any) -> None:
    answer = page.get(reverse("check"))
    assert answer.status_code == 200
    assert 'name="text"' in answer.content.decode()


def test_what_does_not_add_up_is_marked_and_opens_to_its_arithmetic(page: Any) -> None:
    shown = page.post(reverse("check"), {"text": WRONG}).content.decode()
    assert 'class="fig inconsistent"' in shown
    assert "952人÷1000人＝95.2%" in shown
    assert WRONG in shown  # what was typed is still there


def test_a_script_in_a_text_is_only_text(page: Any) -> None:
    shown = page.post(reverse("check"), {"text": f"<script>alert(1)</script>{WRONG}"}).content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


@pytest.mark.parametrize(
    "given", [{"text": ""}, {"text": "only English words with 5% in them"}, {"text": WRONG, "compare": "1", "period": "someday"}]
)
def test_a_refusal_says_why_and_keeps_what_was_typed(page: Any, given: dict[str, str]) -> None:
    answer = page.post(reverse("check"), given)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'role="alert"' in shown
    assert given["text"] in shown


def test_a_damaged_file_is_refused(page: Any) -> None:
    file = SimpleUploadedFile("a.docx", b"PK\x03\x04" + b"\x00" * 300)
    answer = page.post(reverse("check"), {"file": file})
    assert answer.status_code == 422
    assert "损坏" in answer.content.decode()


def test_only_the_result_goes_to_a_script(page: Any) -> None:
    shown = page.post(reverse("check"), {"text": WRONG}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in shown
    assert 'class="fig inconsistent"' in shown


def test_the_text_comes_back_as_word_with_comments(page: Any) -> None:
    answer = page.post(reverse("check-comments"), {"text": WRONG})
    [comment] = list(Document(io.BytesIO(answer.content)).comments)
    assert "95.2%" in comment.text


def test_a_text_is_held_against_the_ledger(page: Any) -> None:
    text = "上半年，全县孕产妇产前检查276人次，管理高血压患者9999人。"
    shown = page.post(reverse("check"), {"text": text, "compare": "1", "period": "2026H1"}).content.decode()
    assert "与台账" in shown
    assert "孕产妇产前检查" in shown
    assert "管理高血压患者" in shown
    assert "9999人" in shown


def test_an_organisation_outside_the_scope_is_not_there(enter_as: Any) -> None:
    township = enter_as("doctor")
    answer = township.post(reverse("check"), {"text": WRONG, "compare": "1", "period": "2026H1", "organisation": TOWNSHIP})
    assert answer.status_code == 404


def test_figures_kept_back_from_a_reader_are_not_told(enter_as: Any) -> None:
    """A small count of a sensitive line: neither that it agrees nor what it is."""
    told = {}
    for username in ("leader", "treating"):
        shown = enter_as(username).post(
            reverse("check"),
            {"text": "上半年新发现艾滋病病人和感染者2人。", "compare": "1", "period": "2026H1", "organisation": "990101102"},
        )
        told[username] = "hiv.found" in shown.content.decode()
    assert told == {"leader": False, "treating": True}
