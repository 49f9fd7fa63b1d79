"""Backup and restore where PostgreSQL holds the records, over the command line, with PostgreSQL's own tools."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from servers import postgresql_tools

pytestmark = pytest.mark.postgresql
FIGURES = ("hypertension.managed", "hypertension.standard_by_pace", "insurance.members")


@dataclass(frozen=True)
class Place:
    """A home and the address of its database; no address: SQLite."""

    home: Path
    database: str | None

    def taizhang(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        environment = {name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "TAIZHANG_DATABASE_URL")}
        environment["PATH"] = f"{postgresql_tools()}{os.pathsep}{environment['PATH']}"
        if self.database:
            environment["TAIZHANG_DATABASE_URL"] = self.database
        return subprocess.run(
            [sys.executable, "-m", "taizhang.cli.main", *arguments, "--home", str(self.home)],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def done(self, *arguments: str) -> str:
        ended = self.taizhang(*arguments)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout


@pytest.fixture(scope="module")
def empty_database(postgresql_server: dict[str, Any]) -> Callable[[str], str]:
    """The address of a new database without a table."""
    import psycopg

    host, port = postgresql_server["HOST"], postgresql_server["PORT"]

    def make(name: str) -> str:
        name = f"{name}_{os.getpid()}"
        with psycopg.connect(host=host, port=port, user="postgres", dbname="postgres", autocommit=True) as opened:
            opened.execute(f"create database {name} template template0")
        return f"postgresql://postgres@/{name}?host={host}&port={port}"

    return make


def test_a_county_on_postgresql_is_restored_elsewhere_and_nothing_is_overwritten(
    empty_database: Callable[[str], str], tmp_path: Path
) -> None:
    first = Place(tmp_path / "county", empty_database("first"))
    first.done("simulate", "--population", "200", "--until", "2026-06-30")
    copy, keys = tmp_path / "copy", str(tmp_path / "keys")
    first.done("backup", str(copy), "--keys", keys)
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["database"], "database.pgdump" in manifest["files"]) == ("postgresql", True)
    assert not (copy / "keys").exists()

    elsewhere = Place(tmp_path / "elsewhere", empty_database("elsewhere"))
    assert "与数据库逐行一致" in elsewhere.done("restore", str(copy), "--keys", keys)
    # One of persons, one of what they were owed, one of returns, by the units below: that all are equal test_backup.py shows.
    chosen = [part for code in FIGURES for part in ("--indicator", code)]
    figures = ("figures", "--period", "2026H1", "--children", "--format", "json", *chosen)
    restored = json.loads(elsewhere.done(*figures))
    assert {figure["indicator"] for figure in restored if figure["numerator"]} == set(FIGURES)
    assert restored == json.loads(first.done(*figures))

    third = tmp_path / "third"
    for database, reason in ((elsewhere.database, "不是空的"), (None, "PostgreSQL")):
        refused = Place(third, database).taizhang("restore", str(copy), "--keys", keys)
        assert (refused.returncode, reason in refused.stderr.replace("\n", "")) == (2, True), refused.stderr
        assert not third.exists()
    assert "一致" in elsewhere.done("verify")
