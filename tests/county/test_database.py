"""The settings on which 50 writers were measured to meet no lock; each is a default that someone might take back unknowingly."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from taizhang.county.tables import Standing, TablesError, make_tables, standing


@pytest.mark.sqlite_file
@pytest.mark.django_db
def test_sqlite_runs_as_measured() -> None:
    def pragma(name: str) -> object:
        with connection.cursor() as cursor:
            return cursor.execute(f"pragma {name}").fetchone()[0]

    assert connection.vendor == "sqlite"
    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2, "FULL"
    assert pragma("busy_timeout") == 20000
    assert connection.transaction_mode == "IMMEDIATE"
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False


@pytest.mark.sqlite_file
def test_tables_made_at_once_are_those_of_the_migrations(tmp_path: Path) -> None:
    """Step by step by `migrate`, and from the models by `init`."""
    home, stepping = tmp_path / "home", tmp_path / "stepping"
    stepping.mkdir()
    step = [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--skip-checks"]
    subprocess.run(step, check=True, capture_output=True, env={**os.environ, "TAIZHANG_HOME": str(stepping)})
    command = [sys.executable, "-m", "taizhang.cli.main", "init", "--org", "420102", "--name", "样例县卫生健康局", "--home", str(home)]
    subprocess.run(command, check=True, capture_output=True)

    def shape(execute: Callable[[str], Any]) -> set[tuple[Any, ...]]:
        tables = [row[0] for row in execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()]
        columns = {(table, *row[1:4], row[5]) for table in tables for row in execute(f'PRAGMA table_info("{table}")').fetchall()}
        others = execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type != 'table' AND sql IS NOT NULL").fetchall()
        return columns | set(others)

    with sqlite3.connect(home / "taizhang.sqlite3") as made, sqlite3.connect(stepping / "taizhang.sqlite3") as migrated:
        at_once = shape(made.execute)
        assert len(at_once) > 1_000
        assert at_once ^ shape(migrated.execute) == set()


@pytest.mark.django_db
def test_tables_of_a_later_version_are_told_apart_and_never_used() -> None:
    assert standing() == Standing((), ())
    noted = MigrationRecorder(connection)
    noted.record_applied("county", "0901_later")
    assert standing() == Standing((), ("county.0901_later",))
    with pytest.raises(TablesError, match=r"county\.0901_later.*请安装原来的版本"):
        make_tables()
    noted.record_unapplied("county", "0901_later")
    noted.record_unapplied("county", "0004_duplicates")
    assert standing() == Standing(("county.0004_duplicates",), ())
