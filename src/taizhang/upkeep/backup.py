"""Backup of a home while it works, and restoring it elsewhere.

A backup is a folder:

    manifest.json             what it is, and size and SHA-256 of every other file
    database.sqlite3          or database.pgdump: the database as of one moment
    ledger/                   every file that a kept ledger version names, and the Delta logs they stand in
    home.json, parameters/, published/

The keys are not in it: whoever has both can read every identity number. They are copied apart, into a folder kept elsewhere; the manifest
knows them by fingerprint, so that a wrong set is refused. Membership files are left out, they are computed from the ledger.

The database is copied first. Whatever its versions name was written before and is removed by nobody but the retention of old versions,
once a day; a file that vanished meanwhile makes the backup begin again. What the ledger wrote after the copy was made is copied too and
taken back at the restored home's first pass, as after a killed one.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

from django.db import connection

from taizhang.config.home import Home
from taizhang.county.tables import make_tables
from taizhang.ledger import layout
from taizhang.ledger.models import LedgerFile, LedgerVersion
from taizhang.upkeep import database
from taizhang.upkeep.database import UpkeepError

MANIFEST = "manifest.json"
LAST = "last-backup.json"  # in the home: when the last one was finished
_FORMAT = 1
_ATTEMPTS = 3
_KEYS = ("identity", "lookup", "session")
_FOLDERS = ("parameters", "published")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """What was copied. files, size: of everything but the manifest, in bytes. ledger_version: the newest in it; 0 where there is none."""

    folder: Path
    files: int
    size: int
    ledger_version: int


class _Vanished(Exception):
    """A file was removed between the copy of the database and its own."""


def backup(home: Home, folder: Path, *, at: datetime, keys: Path | None = None, progress: Progress = lambda done, total: None) -> Backup:
    """Copy the home into `folder`, which must be empty or not there. keys: a folder apart for the keys. Raises UpkeepError; then `folder`
    does not exist."""
    if folder.exists() and any(folder.iterdir()):
        raise UpkeepError(f"{folder} 不是空目录，未作改动。请换一个目录，或先移走里面的文件。")
    if keys is not None and (keys == folder or folder in keys.parents or keys in folder.parents):
        raise UpkeepError("密钥不能与数据放在同一个备份目录里。请给 --keys 另选一处保管。")
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    for attempt in range(1, _ATTEMPTS + 1):
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True, mode=0o700)
        try:
            made = _copy(home, unfinished, folder, at, progress)
            break
        except _Vanished as gone:
            if attempt == _ATTEMPTS:
                raise UpkeepError(f"台账文件 {gone} 缺失，备份未完成。请先运行 taizhang verify。") from None
        except OSError as error:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise UpkeepError(f"写入 {folder} 失败（{error.strerror}），备份未完成，没有留下半份。请检查磁盘空间和权限。") from error
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
    if folder.exists():
        folder.rmdir()
    unfinished.rename(folder)
    if keys is not None:
        _copy_keys(home.keys, keys)
    _write_durably(home.path / LAST, json.dumps({"at": at.isoformat(timespec="seconds")}))
    return made


def last_backup(home: Home) -> datetime | None:
    """When the last finished backup of this home was made; None where there was none, or nobody can tell."""
    try:
        return datetime.fromisoformat(json.loads((home.path / LAST).read_text(encoding="utf-8"))["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _copy(home: Home, into: Path, final: Path, at: datetime, progress: Progress) -> Backup:
    database.dump(into)
    latest = LedgerVersion.objects.order_by("-number").first()
    wanted = [*_ledger_files(latest), *_home_files(home)]
    for done, (source, path) in enumerate(wanted):
        target = into / path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(source, target)
        except FileNotFoundError:
            raise _Vanished(path) from None
        progress(done + 1, len(wanted))
    listed = {path.relative_to(into).as_posix(): _described(path) for path in sorted(into.rglob("*")) if path.is_file()}
    for name, sha256 in LedgerFile.objects.values_list("path", "sha256"):
        found = listed.get(f"ledger/{name}")
        if found is not None and found["sha256"] != sha256:
            raise UpkeepError(f"台账文件 {name} 与登记的校验值不符，备份未完成。请先运行 taizhang verify。")
    manifest = {
        "format": _FORMAT,
        "made_at": at.isoformat(timespec="seconds"),
        "software": installed_version("taizhang"),
        "database": connection.vendor,
        "ledger_version": latest.number if latest else 0,
        "keys": {name: _key_fingerprint(home.keys, name) for name in _KEYS},
        "files": listed,
    }
    _write_durably(into / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return Backup(final, len(listed), sum(file["size"] for file in listed.values()), manifest["ledger_version"])


def _ledger_files(latest: LedgerVersion | None) -> Iterator[tuple[Path, str]]:
    """Every file that a kept version names, and the Delta logs up to the newest version."""
    if latest is None:
        return
    root = layout.folder()
    for path in LedgerFile.objects.order_by("id").values_list("path", flat=True):
        yield root / path, f"ledger/{path}"
    for table in latest.tables:
        for part, delta in zip(layout.PARTS, latest.delta[table], strict=False):
            for file in sorted((layout.part_folder(table, part) / "_delta_log").glob("*")):  # none where it never had a row
                number = file.name.partition(".")[0]
                if number.isdigit() and int(number) <= delta:
                    yield file, f"ledger/{file.relative_to(root).as_posix()}"


def _home_files(home: Home) -> Iterator[tuple[Path, str]]:
    yield home.path / "home.json", "home.json"
    for name in _FOLDERS:
        for file in sorted((home.path / name).rglob("*")):
            if file.is_file():
                yield file, file.relative_to(home.path).as_posix()


def _copy_keys(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in _KEYS:
        descriptor = os.open(target / f"{name}.key", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write((source / f"{name}.key").read_text(encoding="ascii"))


# -- restoring -----------------------------------------------------------------------------------------------------------


def check(folder: Path) -> dict[str, Any]:
    """The manifest of a backup whose every file is there and unaltered. Raises UpkeepError naming the first that is not."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = manifest["files"]
    except FileNotFoundError:
        raise UpkeepError(f"{folder} 里没有 {MANIFEST}，不是一份完整的备份。请指明备份目录。") from None
    except (json.JSONDecodeError, KeyError, TypeError):
        raise UpkeepError(f"{folder / MANIFEST} 已损坏。请换一份备份。") from None
    if manifest.get("format") != _FORMAT:
        raise UpkeepError(f"这份备份的格式（{manifest.get('format')}）比本软件新。请先升级软件。")
    for path, expected in files.items():
        if ".." in Path(path).parts or Path(path).is_absolute():
            raise UpkeepError(f"{folder / MANIFEST} 里有不合法的路径，未作恢复。请换一份备份。")
        if not (folder / path).is_file() or _described(folder / path) != expected:
            raise UpkeepError(f"备份里的文件 {path} 缺失或被改动，未作恢复。请换一份备份。")
    return manifest


def restore(folder: Path, home: Home, *, keys: Path | None = None) -> int:
    """Make `home` (not there, or empty) what the backup holds, brought to this software's tables; the ledger version it is at. Django
    must be set up with this home in force. keys: the folder with the keys that belong to it. Raises UpkeepError; then nothing is left."""
    manifest = check(folder)
    if home.path.exists() and any(home.path.iterdir()):
        raise UpkeepError(f"{home.path} 不是空目录，未作改动。请换一个 --home。")
    _check_keys(manifest, keys)
    try:
        home.path.mkdir(parents=True, exist_ok=True)
        for path in manifest["files"]:
            if path not in (database.SQLITE_COPY, database.POSTGRESQL_COPY):
                target = home.path / path
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folder / path, target)
        home.ledger.mkdir(exist_ok=True, mode=0o700)
        (home.ledger / "unfinished").touch()  # whatever the ledger wrote after the database was copied is taken back
        if keys is not None:
            _copy_keys(keys, home.keys)
        copy = next(folder / name for name in (database.SQLITE_COPY, database.POSTGRESQL_COPY) if name in manifest["files"])
        database.load(copy, home.database)
        make_tables()
    except BaseException:
        connection.close()
        shutil.rmtree(home.path, ignore_errors=True)
        raise
    return int(manifest["ledger_version"])


def _check_keys(manifest: dict[str, Any], keys: Path | None) -> None:
    if keys is None:
        raise UpkeepError("请用 --keys 指明密钥目录。没有密钥，身份证号无法读取，也无法按证件号查找。")
    for name, expected in manifest["keys"].items():
        if not (keys / f"{name}.key").is_file():
            raise UpkeepError(f"{keys} 里缺少密钥 {name}.key。请找到与这份备份同时保管的密钥。")
        if _key_fingerprint(keys, name) != expected:
            raise UpkeepError(f"{keys / f'{name}.key'} 不是这份备份的密钥，未作恢复。请找到与这份备份同时保管的密钥。")


# -- small parts -----------------------------------------------------------------------------------------------------------


def _described(file: Path) -> dict[str, Any]:
    with file.open("rb") as stream:
        return {"size": file.stat().st_size, "sha256": hashlib.file_digest(stream, "sha256").hexdigest()}


def _key_fingerprint(keys: Path, name: str) -> str:
    """Tells one key from another and nothing of either: the keys are 32 random bytes."""
    return hashlib.sha256(b"taizhang key " + (keys / f"{name}.key").read_bytes().strip()).hexdigest()[:16]


def _write_durably(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
