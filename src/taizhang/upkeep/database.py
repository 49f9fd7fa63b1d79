"""One consistent copy of the database while it is written to, and putting it back: SQLite by itself, PostgreSQL by its own tools."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from pathlib import Path

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from taizhang.kernel.refusals import Refusal

SQLITE_COPY, POSTGRESQL_COPY = "database.sqlite3", "database.pgdump"


class UpkeepError(Refusal, RuntimeError):
    """A backup that cannot be made or put back; the message says what to do. Nothing half-made is left."""


def dump(folder: Path) -> Path:
    """Copy the database in force into `folder` as of one moment. Writers go on meanwhile."""
    if connection.vendor == "sqlite":
        target = folder / SQLITE_COPY
        # VACUUM INTO reads one snapshot and writes a compact file without a write-ahead log.
        with sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None) as source:
            source.execute("VACUUM INTO ?", (str(target),))
        return target
    target = folder / POSTGRESQL_COPY
    # What a roll-back set aside (scripts/install.sh) is no part of the county any more, and would be in the way of a restoring here.
    _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", "--exclude-schema=aside_*", f"--file={target}"], connection)
    return target


def load(copy: Path, database: Path) -> None:
    """Put a copy back: a SQLite copy as the file `database`, a PostgreSQL copy into the empty database that the settings name."""
    if (copy.name == SQLITE_COPY) != (connection.vendor == "sqlite"):
        made_on = "SQLite" if copy.name == SQLITE_COPY else "PostgreSQL"
        raise UpkeepError(f"这份备份来自{made_on}数据库，与当前设置的数据库不同。请按备份的数据库类型设置 TAIZHANG_DATABASE_URL 后重试。")
    if connection.vendor == "sqlite":
        shutil.copyfile(copy, database)
        return
    if connection.introspection.table_names():
        raise UpkeepError("TAIZHANG_DATABASE_URL 指向的数据库不是空的，未作改动。请新建一个空数据库后重试。")
    connection.close()
    _run("pg_restore", ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(copy)], connection)


def _run(tool: str, options: Sequence[str], database: BaseDatabaseWrapper) -> None:
    program = shutil.which(tool)
    if program is None:
        raise UpkeepError(f"没有找到 {tool}。请安装 PostgreSQL 客户端（Debian：apt install postgresql-client）后重试。")
    settings = database.settings_dict
    reached = {"PGHOST": settings["HOST"], "PGPORT": settings["PORT"], "PGUSER": settings["USER"], "PGDATABASE": settings["NAME"]}
    environment = {**os.environ, "PGPASSWORD": str(settings["PASSWORD"]), **{name: str(value) for name, value in reached.items() if value}}
    where = ["--dbname", str(settings["NAME"])] if tool == "pg_restore" else []
    done = subprocess.run([program, *where, *options], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise UpkeepError(f"{tool} 未完成：{done.stderr.strip()[-500:]}")
