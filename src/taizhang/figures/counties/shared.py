"""A shared ledger 共享台账: the files of one ledger version in a folder that others read, with a page that names them.

    DIR/version.json                  the page: whose, which version, of which shape, every file with its size; written last
    DIR/<table>/base/*.parquet        the version's files, as they are in the county's ledger
    DIR/<table>/changes/*.parquet

It holds what the ledger holds: pseudonymous rows about persons. A county that may not let these out hands up a package instead.
"""

import json
import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from taizhang.config.home import Home
from taizhang.figures.placing import Trees
from taizhang.figures.source import TableFiles
from taizhang.kernel.text import Text
from taizhang.ledger import layout, reader, versions
from taizhang.ledger.layout import LedgerError

PAGE = "version.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Shared:
    """What `share` did."""

    version: int
    files: int
    copied: int


def share(home: Home, folder: Path) -> Shared:
    """Lay the latest ledger version of this home into `folder`. Files that are there already stay; those that neither this version nor the
    one shared before names are removed, so that whoever is reading that one may end. Raises LedgerError."""
    version = versions.latest_or_error()
    root = layout.folder()
    before = _page(folder) if (folder / PAGE).exists() else None
    if before is not None and before["organisation"] != home.organisation:
        raise LedgerError(f"{folder} 是 {before['organisation']} 的共享台账，不能放入 {home.organisation} 的。请每县一个目录。")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    tables: dict[str, dict[str, list[dict[str, Any]]]] = {}
    copied = 0
    for table, parts in version.files.items():
        tables[table] = {part: [{"path": e["path"], "size": e["size"]} for e in entries] for part, entries in parts.items()}
        for entry in (e for entries in tables[table].values() for e in entries):
            target = folder / entry["path"]
            if not target.exists():
                _placed(target, lambda working, entry=entry: shutil.copyfile(root / entry["path"], working))
                copied += 1
    page = {
        "format": _FORMAT,
        "organisation": home.organisation,
        "kind": home.kind,
        "version": version.number,
        "stamp": version.created_at.isoformat(),
        "shapes": {table: layout.fingerprint(contract) for table, contract in layout.contracts().items()},
        "trees": Trees(home.organisation).stored(),
        "tables": tables,
    }
    _placed(folder / PAGE, lambda working: working.write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8"))
    named = _named(page) | (_named(before) if before else set())
    for file in folder.glob("*/*/*.parquet"):
        if file.relative_to(folder).as_posix() not in named:
            file.unlink()
    return Shared(version.number, len(_named(page)), copied)


def _placed(target: Path, write: Any) -> None:
    """A file that is there whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    working = target.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        write(working)
        os.replace(working, target)
    finally:
        working.unlink(missing_ok=True)


def _page(folder: Path) -> dict[str, Any]:
    try:
        page: dict[str, Any] = json.loads((folder / PAGE).read_text(encoding="utf-8"))
        known = page["format"] == _FORMAT
    except (FileNotFoundError, NotADirectoryError):
        raise LedgerError(f"{folder} 里没有共享台账（缺 {PAGE}）。请县里先运行 taizhang cluster share {folder}。") from None
    except (ValueError, KeyError, TypeError):
        raise LedgerError(f"{folder / PAGE} 已损坏。请县里重新运行 taizhang cluster share {folder}。") from None
    if not known:
        raise LedgerError(f"{folder / PAGE} 是另一版软件写的（格式{page['format']}，本机读{_FORMAT}）。请两边升级到同一版本。")
    return page


def _named(page: Mapping[str, Any]) -> set[str]:
    return {entry["path"] for parts in page["tables"].values() for entries in parts.values() for entry in entries}


@dataclass(frozen=True)
class SharedLedger:
    """The ledger version that lies in a shared folder. folder: where sums are kept while they are made; never the shared folder."""

    root: Path
    folder: Path
    page: Mapping[str, Any] = field(repr=False)

    @classmethod
    def open(cls, root: Path, working: Path) -> "SharedLedger":
        """Raises LedgerError where there is none."""
        return cls(root.resolve(), working.resolve(), _page(root))

    @property
    def organisation(self) -> str:
        return str(self.page["organisation"])

    @property
    def number(self) -> int:
        return int(self.page["version"])

    @property
    def made(self) -> str:
        return str(self.page["stamp"])

    def stamp(self, number: int) -> str | None:
        return self.made if number == self.number else None

    @cached_property
    def fault(self) -> Text | None:
        """Why it cannot be counted: a file is lacking or cut short, or a table's columns are not those of this program, whose definitions
        would read something missing there. None where it can."""
        for parts in self.page["tables"].values():
            for entry in (e for entries in parts.values() for e in entries):
                file = self.root / entry["path"]
                if not file.exists() or file.stat().st_size != entry["size"]:
                    return Text(
                        f"共享台账的文件缺失或不全（{entry['path']}），未计入。请县里重新运行 taizhang cluster share",
                        f"a file of its shared ledger is missing or cut short ({entry['path']}), left out; share it again",
                    )
        ours = {table: layout.fingerprint(contract) for table, contract in layout.contracts().items()}
        theirs = self.page["shapes"]
        other = sorted(table for table in {*ours, *theirs} if ours.get(table) != theirs.get(table))
        if other:
            return Text(
                f"台账的表结构与本级不同（{'、'.join(other[:3])}{'等' if len(other) > 3 else ''}），未计入。两边升级到同一版本后重新共享",
                f"its ledger's tables are of another shape ({', '.join(other[:3])}), left out; bring both to one release and share again",
            )
        return None

    def files(self) -> Mapping[str, TableFiles]:
        return {
            table: TableFiles(*(tuple(self.root / entry["path"] for entry in parts[part]) for part in layout.PARTS))
            for table, parts in self.page["tables"].items()
        }

    def connect(self) -> duckdb.DuckDBPyConnection:
        connection = reader.hardened(self.folder, self.root)
        files = self.files()
        for table, contract in layout.contracts().items():
            base, changes = ([str(path) for path in paths] for paths in _parts(files.get(table, TableFiles())))
            connection.execute(f'CREATE VIEW "{table}" AS {reader.present_state(connection, contract, base, changes)}')
        return reader.lock(connection)

    def changed_since(self, older: int) -> list[int] | None:
        return None

    def tables_changed_since(self, older: int) -> set[str] | None:
        return None


def _parts(files: TableFiles) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    return files.base, files.changes
