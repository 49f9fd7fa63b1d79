"""The desk and what stands around the signature, as commands: one document from its draft to its corrections, and what is refused."""

import re
from pathlib import Path
from typing import Any

import docx as word_files
import pytest
from typer.testing import CliRunner

from taizhang.kernel.refusals import Refusal

from .conftest import ROOT

pytestmark = pytest.mark.usefixtures("office")


def taizhang(*arguments: object, status: int = 0) -> str:
    """What a command prints; its refusal is raised."""
    from taizhang.cli.main import app

    done = CliRunner().invoke(app, [str(a) for a in arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == status, done.output
    return done.output


@pytest.fixture
def draft(bureau: Any) -> str:
    said = taizhang("desk", "new", "half", "--period", "2026H1", "--org", ROOT, "--by", bureau.username)
    found = re.search(r"工作稿 (\d+)", said)
    assert found, said
    return found[1]


def refusal(*arguments: object) -> str:
    with pytest.raises(Refusal) as caught:
        taizhang(*arguments)
    return str(caught.value)


def test_a_document_from_its_draft_to_its_corrections(draft: str, bureau: Any, tmp_path: Path) -> None:
    by = ("--by", bureau.username)
    assert draft in taizhang("desk", "list")
    words = tmp_path / "段落.txt"
    words.write_text("层层压实责任，培训骨干36人次，建成健康小屋3个。\n", encoding="utf-8")
    listed = taizhang("desk", "text", draft, "2", *by, "--file", words, "--head", "强化统筹")
    assert re.findall(r"手填 (\S+)", listed) == ["培训骨干[36人次]", "健康小屋[3个]"]
    assert "未绑定" in listed
    taizhang("desk", "bind", draft, "2", "36人次", *by, "--source", "健康教育培训签到册")
    taizhang("desk", "bind", draft, "2", "3个", *by, "--sign")
    taizhang("desk", "assign", draft, "2", *by, "--owner", bureau.username, "--deadline", "2026-07-03")
    assert "还在等待补报" in (shown := taizhang("desk", "show", draft))
    assert "未开始" in shown
    assert "complaints.received" in taizhang("desk", "missing", draft)
    assert "已处理" in taizhang("desk", "decide", draft, "leave_out", *by)
    assert "还不能审定" in refusal("desk", "approve", draft, *by), "a section is not in"
    for state in ("handed_in", "accepted"):
        taizhang("desk", "section", draft, "2", state, *by)
    taizhang("desk", "plan", draft, *by, "--draft")
    taizhang(
        "desk", "step", draft, *by, "--head", "多办讲座|More lectures", "--measure", "每月至少举办一场|One a month", "--due", "2026-12-31",
        "--indicator", "health_education.lectures", "--target", "100",
    )  # fmt: skip
    assert "多办讲座" in taizhang("desk", "plan", draft)
    assert "已审定" in taizhang("desk", "approve", draft, *by)
    assert "已退回起草" in taizhang("desk", "reopen", draft, *by, "--reason", "再核一遍")
    taizhang("desk", "approve", draft, *by)
    file = tmp_path / "总结.docx"
    taizhang("desk", "write", draft, "-o", file)
    assert "已印发" in taizhang("desk", "publish", draft, *by)

    from taizhang.summaries.publishing.models import Publication

    number = Publication.objects.latest("pk").pk
    assert "0处数字不同" in taizhang("compare", file, number)
    edited = word_files.Document(str(file))
    line = next(p for p in edited.paragraphs if "举办健康知识讲座6次" in p.text)
    line.text = line.text.replace("举办健康知识讲座6次", "举办健康知识讲座16次")
    edited.save(str(file))
    assert re.search(r"\b6\s.*\b16\b", taizhang("compare", file, number, "--format", "csv", status=1).replace(",", " "))

    note = tmp_path / "更正.docx"
    assert "不需要更正说明" in taizhang("corrections", number, "-o", note)
    assert not note.exists()


def test_an_old_text_takes_the_new_figures_and_its_marks_are_explained_in_both_languages(tmp_path: Path) -> None:
    old = tmp_path / "旧稿.txt"
    old.write_text("举办健康知识讲座3次。\n强化组织领导。\n", encoding="utf-8")
    made = tmp_path / "新稿.docx"
    said = taizhang("rebind", old, "--from", "2026Q1", "--to", "2026Q2", "--org", ROOT, "-o", made)
    assert "已写成" in said
    legend = word_files.Document(str(made)).paragraphs[0].text
    assert legend.startswith("旧稿换数：2026年第一季度→2026年第二季度")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("new", "half", "--period", "2026-05"), "时段应是上半年或下半年"),
        (("new", "weekly", "--period", "2026H1"), "没有“weekly”这种文种"),
        (("show", "999"), "没有编号为999的工作稿"),
        (("section", "{draft}", "2", "accepted"), "没有分派给人"),
        (("section", "{draft}", "2", "done"), "应为 handed_in"),
        (("bind", "{draft}", "2", "3个", "--sign"), "没有第1段文字"),
        (("decide", "{draft}", "wait", "--code", "no.such"), "缺数清单里没有no.such"),
        (("step", "{draft}", "--head", "甲", "--measure", "乙", "--due", "明天"), "不是日期"),
        (("references", "/nowhere.csv"), "没有文件"),
        (("text", "{draft}", "42"), None),
    ],
)
def test_what_the_desk_cannot_do_is_refused_in_a_sentence(draft: str, bureau: Any, arguments: tuple[str, ...], said: str | None) -> None:
    filled = [a.format(draft=draft) for a in arguments]
    if filled[0] == "new":
        filled += ["--org", ROOT]
    if filled[0] not in ("show", "text"):
        filled += ["--by", bureau.username]
    if said is None:
        taizhang("desk", *filled)
    else:
        assert said in refusal("desk", *filled)
