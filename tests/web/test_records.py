"""Lists of records that are about nobody: a document, an inspection. They are named by their title, not by a person."""

from typing import Any

import pytest
from django.urls import reverse

from taizhang.figures import trace
from taizhang.figures.trace import Member

from .conftest import ROOT, Town


def test_a_record_about_nobody_stands_by_its_title(town: Town, enter_as: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from taizhang.kernel.text import Text

    member = Member(7, None, ROOT, Text("样例县卫生健康局", "Sample County Health Bureau"), 1, {}, "关于开展督导的通知")
    monkeypatch.setattr(trace, "_members", lambda *_: (1, 1, [member]))
    page = enter_as("bureau").get(reverse("members", args=["hypertension.visits", ROOT, "numerator"]) + "?period=2026H1").content.decode()
    assert "关于开展督导的通知" in page
    assert "性别" not in page
    assert "已不在您的范围内" not in page
