"""Backup and restore, over the command line as an administrator would: a home with a published summary is elsewhere the same."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PERIOD = "2026H1"


def taizhang(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "TAIZHANG_DATABASE_URL")}
    return subprocess.run(
        [sys.executable, "-m", "taizhang.cli.main", *arguments, "--home", str(home)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def done(home: Path, *arguments: str) -> str:
    ended = taizhang(home, *arguments)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("upkeep") / "county"
    done(home, "simulate", "--population", "200", "--until", "2026-06-30")
    done(home, "publish", "--period", PERIOD, "--by", "办公室")
    return home


@pytest.fixture(scope="module")
def copy(county: Path) -> Path:
    folder = county.parent / "backup"
    done(county, "backup", str(folder), "--keys", str(county.parent / "keys"))
    return folder


def test_a_restored_home_equals_the_first_to_the_last_figure(county: Path, copy: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    said = done(elsewhere, "restore", str(copy), "--keys", str(county.parent / "keys"))
    assert "与数据库逐行一致" in said
    figures = ("figures", "--period", PERIOD, "--children", "--format", "json")
    ours, theirs = (json.loads(done(home, *figures)) for home in (county, elsewhere))
    assert len(ours) > 100
    assert theirs == ours
    # What was published recomputes to the same numbers: a correction list of nothing.
    checked = re.search(r"(\d+)个印发数字中0个有变", "".join(done(elsewhere, "corrections", "1").split()))
    assert checked is not None
    assert int(checked[1]) > 100
    assert "一致" in done(elsewhere, "verify")


def test_the_keys_are_not_in_the_backup_and_only_the_right_ones_open_it(county: Path, copy: Path, tmp_path: Path) -> None:
    secrets = [file.read_text() for file in (county / "keys").iterdir()]
    for file in copy.rglob("*"):
        if file.is_file() and file.suffix in (".json", ".yaml"):
            assert not any(secret in file.read_text(encoding="utf-8") for secret in secrets)
    assert not (copy / "keys").exists()
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    for file in (county / "keys").iterdir():
        (wrong / file.name).write_text("0" * 64)
    for keys, reason in (((), "请用 --keys"), (("--keys", str(wrong)), "不是这份备份的密钥")):
        refused = taizhang(tmp_path / "home", "restore", str(copy), *keys)
        assert (refused.returncode, reason in refused.stderr) == (2, True)
        assert not (tmp_path / "home").exists()


def test_an_altered_or_missing_file_is_named_and_nothing_is_restored(county: Path, copy: Path, tmp_path: Path) -> None:
    manifest = copy / "manifest.json"
    listed = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    name = next(path for path in listed if path.endswith(".parquet"))
    held = (copy / name).read_bytes()
    try:
        (copy / name).write_bytes(held[:-1] + bytes([held[-1] ^ 1]))
        refused = taizhang(tmp_path / "home", "restore", str(copy), "--keys", str(county.parent / "keys"))
        assert refused.returncode == 2
        assert name in refused.stderr.replace("\n", "")
        assert not (tmp_path / "home").exists()
    finally:
        (copy / name).write_bytes(held)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but those that SQLite keeps beside its own while it is open."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.name.endswith(("-wal", "-shm"))]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_neither_a_backup_nor_a_home_is_ever_overwritten(county: Path, copy: Path) -> None:
    before = contents(copy), contents(county)
    for command in (("backup", str(copy)), ("restore", str(copy), "--keys", str(county.parent / "keys"))):
        refused = taizhang(county, *command)
        assert (refused.returncode, "不是空目录" in refused.stderr) == (2, True)
    assert (contents(copy), contents(county)) == before


def test_keys_beside_the_data_are_refused(county: Path, tmp_path: Path) -> None:
    refused = taizhang(county, "backup", str(tmp_path / "copy"), "--keys", str(tmp_path / "copy" / "keys"))
    assert (refused.returncode, "密钥不能与数据" in refused.stderr) == (2, True)
    assert not (tmp_path / "copy").exists()
