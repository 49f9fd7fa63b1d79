"""A new county, and the populations its rates are taken over."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from servers import database_of
from taizhang.county.changes import history
from taizhang.county.models import PopulationCount
from taizhang.county.populations import Count, PopulationError, set_counts, value_of, values_of

_INITIALISE = """
import django
from taizhang.config import home
django.setup()
from taizhang.county.models import Staff
from taizhang.county.organisations import tree_on
from taizhang.county.setup import initialise
made = initialise(home.current(), {code!r}, "样例市卫生局")
staff = Staff.objects.get(username=made.username)
assert staff.check_password(made.password), "the password shown is the password"
assert staff.password.startswith("argon2$")
import datetime
tree = tree_on(datetime.date(2013, 10, 31))
print(home.current().kind, home.current().organisation, tree.root, tree.name(tree.root).en, len(made.password), sep="|")
"""


def initialise(folder: Path, code: str, *, database: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """database: where another home's is to be taken."""
    environment = {**os.environ, "TAIZHANG_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "taizhang.config.settings"}
    environment |= database_of(folder) if database is None else database
    command = [sys.executable, "-c", _INITIALISE.format(code=code)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_a_county_is_ready_from_nothing_and_made_only_once(tmp_path: Path) -> None:
    done = initialise(tmp_path / "home", "420683")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "service|420683|420683|Yangli City Health Bureau|19"
    again = initialise(tmp_path / "home", "420683")
    assert "机构代码 420683 已被占用" in again.stderr


@pytest.mark.postgresql
def test_a_database_that_holds_another_homes_county_is_refused_before_anything_is_made(
    tmp_path: Path, postgresql_server: dict[str, Any]
) -> None:
    address = "postgresql://postgres@/{}?host={HOST}&port={PORT}".format
    name = f"first_{os.getpid()}"
    with psycopg.connect(address("postgres", **postgresql_server), autocommit=True) as opened:
        opened.execute(f"create database {name}")
    taken = {"TAIZHANG_DATABASE_URL": address(name, **postgresql_server)}
    assert initialise(tmp_path / "first", "420683", database=taken).returncode == 0
    other = initialise(tmp_path / "other", "420684", database=taken)
    assert "TAIZHANG_DATABASE_URL 指向的数据库里已有台账（420683 样例市卫生局），未作改动" in other.stderr
    assert not (tmp_path / "other" / "home.json").exists()
    command = [sys.executable, "-m", "taizhang.cli.main", "simulate", "--population", "200", "--home", str(tmp_path / "simulated")]
    simulated = subprocess.run(command, env=os.environ | taken, capture_output=True, text=True, timeout=120, check=False)
    assert (simulated.returncode, "里已有台账" in simulated.stderr.replace("\n", "")) == (2, True), simulated.stderr
    assert not (tmp_path / "simulated" / "home.json").exists()


@pytest.mark.parametrize(("code", "message"), [("990101", "是模拟代码，不能写入正式台账"), ("4206", "有4位。请填6位")])
def test_a_wrong_code_makes_no_home(tmp_path: Path, code: str, message: str) -> None:
    assert message in initialise(tmp_path / "home", code).stderr
    assert not (tmp_path / "home" / "home.json").exists()


# -- populations -------------------------------------------------------------------------------------------------------


def count(as_of: date, value: int, **facts: Any) -> Count:
    known = {"series": "resident_population", "organisation": "990101", "source": "样例县统计公报"}
    return Count(as_of=as_of, value=value, **{**known, **facts})


def test_a_count_holds_until_the_next(either_database: str, make_county: Any) -> None:
    make_county()
    ends = {date(2024, 12, 31): 54100, date(2025, 12, 31): 54000}
    assert set_counts([count(day, value) for day, value in ends.items()], actor="bureau") == 2
    assert value_of("resident_population", "990101", date(2024, 12, 30)) is None
    for day, expected in ((date(2024, 12, 31), 54100), (date(2025, 12, 30), 54100), (date(2026, 6, 30), 54000)):
        found = value_of("resident_population", "990101", day)
        assert found is not None
        assert (found.value, found.source) == (expected, "样例县统计公报")
    assert value_of("registered_population", "990101", date(2026, 6, 30)) is None
    assert value_of("resident_population", "990101101", date(2026, 6, 30)) is None
    assert {code: held.value for code, held in values_of("resident_population", date(2026, 6, 30)).items()} == {"990101": 54000}


def test_a_count_corrected_keeps_its_history_and_the_same_again_changes_nothing(either_database: str, make_county: Any) -> None:
    make_county()
    for value in (54000, 54001, 54001):
        set_counts([count(date(2025, 12, 31), value)], actor="bureau")
    held = PopulationCount.objects.get()
    assert [v.after["value"] for v in history(PopulationCount, held.pk) if v.after] == [54000, 54001]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"series": "everybody"}, "没有这个人口口径，可用：resident_population 常住人口"),
        ({"organisation": "990109"}, "990109 2025-12-31 resident_population：没有这个机构"),
        ({"value": -1}, "人数不能为负（-1）"),
        ({"source": " "}, "未写来源，请注明统计局公报或登记部门"),
    ],
)
def test_a_count_without_place_source_or_sense_is_refused_with_all_others(county: Any, facts: dict[str, Any], message: str) -> None:
    wrong = count(date(2025, 12, 31), **{"value": 1, **facts})
    with pytest.raises(PopulationError) as caught:
        set_counts([count(date(2024, 12, 31), 54000), wrong], actor="bureau")
    assert message in str(caught.value)
    assert not PopulationCount.objects.exists()
