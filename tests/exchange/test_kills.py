"""An import that is killed half-way, and imports on PostgreSQL."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from servers import database_of
from taizhang.exchange.importing import import_file

from .conftest import numbers

HEAD = ["档案编号", "机构", "随访日期", "随访方式", "随访结果", "收缩压", "舒张压"]
ROWS = [[f"9901011012010000{who}", "990101", f"2026-0{month}-10", "门诊", "已随访", "130", "80"] for month in (1, 2, 3) for who in (1, 2)]


def run(home: Path, file: Path, fate: str) -> "subprocess.CompletedProcess[str]":
    script = str(Path(__file__).parent / "victim.py")
    command = [sys.executable, script, str(home), str(file), fate]
    return subprocess.run(command, env=os.environ | database_of(home), capture_output=True, text=True, timeout=120, check=False)


def test_a_killed_import_leaves_nothing_and_can_be_repeated(tmp_path: Path, csv_file: Callable[..., Path]) -> None:
    file = csv_file([HEAD, *ROWS])
    killed = run(tmp_path / "home", file, "die")
    assert killed.returncode == -9, killed.stderr
    again = run(tmp_path / "home", file, "live")
    # No change was there before: nothing of the killed one, neither record nor history, was left.
    assert again.stdout.split() == ["6", "0", "6", "6", "6", "0", "0"], again.stderr


@pytest.mark.postgresql
def test_residents_and_records_go_in_on_postgresql(
    on_postgresql: None, make_county: Callable[[], Any], csv_file: Callable[..., Path]
) -> None:
    county = make_county()
    people = [["姓名", "健康档案编号", "性别", "出生日期", "机构", "迁入日期"]]
    people += [["王试样", f"9901011012010000{who}", "男", "1955-03-01", "990101101201", "2020-01-01"] for who in (1, 2)]
    options: dict[str, Any] = {"actor": "tests", "day": county.day}
    assert numbers(import_file("residents", csv_file(people), **options)) == (2, 2, 0, 0, 0)
    file = csv_file([HEAD, *ROWS])
    assert numbers(import_file("hypertension_follow_ups", file, **options)) == (6, 6, 0, 0, 0)
    assert numbers(import_file("hypertension_follow_ups", file, **options)) == (6, 0, 6, 0, 0)
    other = csv_file([HEAD, *([*row[:5], "150", "95"] for row in ROWS)])
    assert numbers(import_file("hypertension_follow_ups", other, correct=True, **options)) == (6, 0, 0, 6, 0)
