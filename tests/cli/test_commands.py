"""The commands as a user runs them: what they print, what they refuse, and the status they end with."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import psycopg
import pytest

from servers import database_of
from taizhang.cli.demo import NOTE
from taizhang.cli.working import free_port
from taizhang.kernel.periods import Period


def environment(home: Path | None = None, lang: str = "zh") -> dict[str, str]:
    """Each home here has a database of its own."""
    own = {"TAIZHANG_HOME", "TAIZHANG_DATABASE_URL"}
    clean = {k: v for k, v in os.environ.items() if k not in own} | {"TAIZHANG_LANG": lang}
    return clean if home is None else clean | database_of(home)


def taizhang(*arguments: object, lang: str = "zh") -> "subprocess.CompletedProcess[str]":
    home = Path(str(arguments[arguments.index("--home") + 1])) if "--home" in arguments else None
    command = [sys.executable, "-m", "taizhang.cli.main", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment(home, lang), timeout=300)


ONE_AFTER_THE_OTHER = """
import contextlib, io, json, sys
from taizhang.cli.main import run

ended = []
for arguments in json.loads(sys.argv[1]):
    sys.argv, said, told, status = ["taizhang", *arguments], io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(told):
        try:
            run()
        except SystemExit as end:
            status = end.code or 0
    ended.append([status, said.getvalue(), told.getvalue()])
print(json.dumps(ended))
"""


def in_one_process(home: Path, *commands: tuple[str, ...]) -> list[tuple[int, str, str]]:
    """Status, output and errors of several commands on a home, which is opened once for all of them."""
    given = json.dumps([[*command, "--home", str(home)] for command in commands])
    done = subprocess.run(
        [sys.executable, "-c", ONE_AFTER_THE_OTHER, given], capture_output=True, text=True, env=environment(home), timeout=300
    )
    assert done.returncode == 0, done.stderr
    return [(status, said, told) for status, said, told in json.loads(done.stdout)]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    home = tmp_path_factory.mktemp("demo") / "home"
    done = taizhang("demo", "--population", 400, "--no-serve", "--home", home)
    assert done.returncode == 0, done.stderr
    return home, done.stdout


def test_demo_prints_five_figures_accounts_and_the_way_to_the_summary(demo: tuple[Path, str]) -> None:
    home, said = demo
    five = "居民健康档案建档率 管理高血压患者人数 高血压患者按进度规范管理率 管理人群血糖控制率 老年人按进度健康管理率"
    for wanted in five.split():
        assert wanted in said
    assert "bureau" in said
    assert "taizhang-" in said
    assert str(home / "summaries") in said
    assert sorted(file.suffix for file in (home / "summaries").iterdir()) == [".docx", ".docx"]


def test_a_second_demo_of_the_same_day_uses_the_county_that_is_there(demo: tuple[Path, str]) -> None:
    home, first = demo
    made = (home / "home.json").stat().st_mtime_ns
    again = taizhang("demo", "--population", 400, "--no-serve", "--home", home)
    assert again.returncode == 0, again.stderr
    assert (home / "home.json").stat().st_mtime_ns == made
    assert again.stdout == first


def test_figures_as_json_are_objects_with_the_promised_fields(demo: tuple[Path, str]) -> None:
    home, _ = demo
    done = taizhang("figures", "--period", "2026H1", "--format", "json", "--indicator", "hypertension.controlled", "--home", home)
    found = json.loads(done.stdout)
    promised = {
        "indicator", "name", "name_en", "unit", "category", "organisation", "organisation_name", "period", "cutoff", "numerator",
        "denominator", "value", "status", "source", "previous", "last_year", "target", "ledger_version", "definition",
    }  # fmt: skip
    assert all(promised <= set(one) for one in found)
    total = next(one for one in found if one["category"] == "")
    assert total["organisation"] == "990101"
    assert isinstance(total["value"], str)


def test_trace_lists_all_members_unless_limited(demo: tuple[Path, str]) -> None:
    home, _ = demo
    asked = ("trace", "hypertension.managed", "--period", "2026H1", "--format", "json")
    answers = in_one_process(home, asked, ("figures", "--indicator", *asked[1:]), (*asked, "--limit", "3"))
    members, figure, few = (json.loads(said) for _, said, _ in answers)
    assert len(members) == next(one["numerator"] for one in figure if one["category"] == "")
    assert len(few) == 3


def test_the_tables_by_place_and_a_monthly_ledger_are_workbooks(demo: tuple[Path, str], tmp_path: Path) -> None:
    home, _ = demo
    text, tables, book = (tmp_path / name for name in ("总结.docx", "附表.xlsx", "台账.xlsx"))
    period = Period.complete_months(date.fromisoformat(json.loads((home / NOTE).read_text(encoding="utf-8"))["day"]))  # counted already
    done = taizhang("summary", "--period", period, "--output", text, "--tables", tables, "--home", home)
    assert done.returncode == 0, done.stderr
    assert str(tables) in done.stdout
    done = taizhang("monthly-book", "--month", "2026-06", "--programme", "高血压患者健康管理", "--output", book, "--home", home)
    assert done.returncode == 0, done.stderr
    assert "结账日 2026-06-30" in done.stdout
    assert all(file.stat().st_size for file in (text, tables, book))
    done = taizhang("monthly-book", "--month", "2026-06", "--programme", "hypertension", "--names", "--output", book, "--home", home)
    assert done.returncode == 2
    assert "--by" in done.stderr


def test_verify_agrees(demo: tuple[Path, str]) -> None:
    home, _ = demo
    done = taizhang("verify", "--home", home)
    assert done.returncode == 0, done.stdout
    assert "与数据库一致" in done.stdout


def test_what_cannot_be_answered_is_refused_in_a_sentence(demo: tuple[Path, str]) -> None:
    home, _ = demo
    refusals = {
        ("figures", "--period", "2026年13月"): "“2026年13月”里有不存在的月或日，请核对。",
        ("figures", "--period", "2026H1", "--indicator", "hypertension.controled"): "没有指标“hypertension.controled”。相近的有：",
        ("figures", "--period", "2026H1", "--org", "990199"): "990199",
        ("why", "hypertension.controlled", "--resident", "99010110110199999", "--period", "2026H1"): "没有这个编号的居民",
        ("trace", "hypertension.managed", "--period", "2026H1", "--part", "gap"): "是计数，没有分母",
    }
    for (status, _, told), said in zip(in_one_process(home, *refusals), refusals.values(), strict=True):
        assert (status, said in "".join(told.split("\n")), "Traceback" in told) == (2, True, False), told


def test_a_folder_that_is_no_home_is_refused(tmp_path: Path) -> None:
    done = taizhang("figures", "--period", "2026H1", "--home", tmp_path)
    assert done.returncode == 2
    assert "不是台账目录" in done.stderr


def test_demo_touches_no_folder_with_other_things_in_it(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    done = taizhang("demo", "--no-serve", "--home", tmp_path)
    assert done.returncode == 2
    assert "未作改动" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def test_init_makes_a_home_that_works_and_never_twice(tmp_path: Path) -> None:
    home = tmp_path / "county"
    made = taizhang("init", "--org", "420683", "--name", "样例市卫生局", "--home", home)
    assert made.returncode == 0, made.stderr
    assert "首次密码" in made.stdout
    again = taizhang("init", "--org", "420683", "--name", "样例市卫生局", "--home", home)
    assert again.returncode == 2
    assert "已经是台账目录" in again.stderr
    assert taizhang("migrate", "--home", home).stdout == "数据库的表与本版本一致\n"
    on_postgresql = database_of(home)
    with psycopg.connect(*on_postgresql.values()) if on_postgresql else sqlite3.connect(home / "taizhang.sqlite3") as opened:
        opened.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('county', '0901_later', '2026-11-22')")
    later = taizhang("migrate", "--check", "--home", home, lang="en")
    assert (later.returncode, later.stdout) == (1, "made by later software: county.0901_later\n")


def test_help_speaks_both_languages_with_examples() -> None:
    zh, en = taizhang("figures", "--help"), taizhang("figures", "--help", lang="en")
    assert "一个时段的全部指标" in zh.stdout
    assert "All figures of a period" in en.stdout
    assert "taizhang figures --period 2026H1" in en.stdout


def test_a_taken_port_gives_the_next_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) > port
