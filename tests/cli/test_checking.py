"""`taizhang check`: exit status, the three forms, and the refusals of a user's files."""

import json
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner

from taizhang.cli.main import app
from taizhang.textcheck.refusals import TextRefused

WRONG = "应接种1000人，实接种952人，接种率92.5%。"
RIGHT = "应接种1000人，实接种952人，接种率95.2%。"


def ran(*arguments: str, given: bytes | None = None) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["check", *arguments], input=given)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout


def test_one_is_the_status_of_a_text_that_does_not_add_up(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(WRONG, "utf-8")
    assert ran(str(file))[0] == 1
    file.write_text(RIGHT, "utf-8")
    assert ran(str(file))[0] == 0


def test_json_is_read_from_standard_input() -> None:
    status, out = ran("-", "--format", "json", given=WRONG.encode("gb18030"))
    answer = json.loads(out)
    assert status == 1
    [relation] = answer["relations"]
    assert (relation["kind"], relation["stated"], relation["recomputed"], relation["verdict"]) == (
        "ratio",
        "92.5%",
        "95.2%",
        "inconsistent",
    )
    assert [f["value"] for f in answer["figures"]] == ["1000", "952", "92.5"]


def test_html_is_one_page_without_anything_from_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(WRONG + "<img src=//x>", "utf-8")
    _, out = ran(str(file), "--format", "html")
    assert '<mark class="inconsistent">92.5%</mark>' in out
    assert "<img" not in out
    assert "<script" not in out


def test_a_word_file_with_comments_is_written(tmp_path: Path) -> None:
    docx = Document()
    docx.add_paragraph(WRONG)
    docx.save(str(tmp_path / "a.docx"))
    ran(str(tmp_path / "a.docx"), "--output", str(tmp_path / "b.docx"))
    assert len(list(Document(str(tmp_path / "b.docx")).comments)) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.txt", b""), ("english.txt", b"A report in English."), ("bad.docx", b"PK\x03\x04 nothing")],
    ids=["empty", "english", "damaged"],
)
def test_a_file_that_cannot_be_checked_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TextRefused):  # which `run` tells, with status 2
        ran(str(tmp_path / name))
