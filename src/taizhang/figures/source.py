"""Where figures read from: one ledger version, and nothing newer. Small enough that a test can put tables in memory in its place."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import duckdb
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class TableFiles:
    """The Parquet files of a table at one version: paths in full."""

    base: tuple[Path, ...] = ()
    changes: tuple[Path, ...] = ()


class Ledger(Protocol):
    """One ledger version as figures see it."""

    @property
    def number(self) -> int: ...

    @property
    def folder(self) -> Path:
        """The ledger's folder; membership files stand below it."""
        ...

    def stamp(self, number: int) -> str | None:
        """What tells this version `number` from another that once bore the number (a database restored from a backup counts anew);
        None where the version is not kept."""
        ...

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A connection with a view per contract table, able to write below `folder`."""
        ...

    def files(self) -> Mapping[str, TableFiles]:
        """The files of every table it holds, for engines that read them without DuckDB."""
        ...

    def changed_since(self, older: int) -> list[int] | None:
        """Residents whose rows changed after version `older`; None where that is not known (then everything may have)."""
        ...

    def tables_changed_since(self, older: int) -> set[str] | None:
        """Tables with other rows than at version `older`; None where that is not known."""
        ...


@dataclass(frozen=True)
class StoredLedger:
    """A version of the home's ledger. Its files never change, so its views are set up once and shared by all connections."""

    number: int
    folder: Path
    made: str
    _opened: dict[int, duckdb.DuckDBPyConnection] = field(default_factory=dict, compare=False, repr=False)
    _changes: dict[int, list[int] | None] = field(default_factory=dict, compare=False, repr=False)
    _tables: dict[int, set[str] | None] = field(default_factory=dict, compare=False, repr=False)
    _stamps: dict[int, str] = field(default_factory=dict, compare=False, repr=False)
    _lock: Lock = field(default_factory=Lock, compare=False, repr=False)

    def stamp(self, number: int) -> str | None:
        if number == self.number:
            return self.made
        if number not in self._stamps:  # asked for every membership file; a version's moment never changes
            from taizhang.ledger.models import LedgerVersion

            made = LedgerVersion.objects.filter(number=number).values_list("created_at", flat=True).first()
            if made is None:
                return None
            self._stamps[number] = made.isoformat()
        return self._stamps[number]

    def connect(self) -> duckdb.DuckDBPyConnection:
        from taizhang.ledger import reader

        with self._lock:
            process = os.getpid()  # a forked worker opens its own
            if process not in self._opened:
                self._opened.clear()
                self._opened[process] = reader.connect(self.number)
            return self._opened[process].cursor()

    def files(self) -> Mapping[str, TableFiles]:
        from taizhang.ledger import versions

        def paths(entries: list[dict[str, Any]]) -> tuple[Path, ...]:
            return tuple(self.folder / entry["path"] for entry in entries)

        named = versions.at(self.number).files
        return {table: TableFiles(paths(parts["base"]), paths(parts["changes"])) for table, parts in named.items()}

    def changed_since(self, older: int) -> list[int] | None:
        from taizhang.ledger import changed

        if older not in self._changes:  # asked for every membership of this version
            self._changes[older] = changed.residents(older, self.number)
        return self._changes[older]

    def knows(self, older: int, residents: list[int] | None, tables: set[str] | None) -> None:
        """What changed since `older`, where it was asked already."""
        self._changes[older], self._tables[older] = residents, tables

    def tables_changed_since(self, older: int) -> set[str] | None:
        from taizhang.ledger import changed

        if older not in self._tables:
            self._tables[older] = changed.tables(older, self.number)
        return self._tables[older]


def ledger_at(version: int | None = None) -> StoredLedger:
    """The ledger at a version, or at the latest. Raises LedgerError where that version is not kept, or nothing is in the ledger yet."""
    from taizhang.ledger import layout, versions

    found = versions.latest_or_error() if version is None else versions.at(version)
    return StoredLedger(found.number, layout.folder().resolve(), found.created_at.isoformat())


READY, CAUGHT_UP = "ready", "caught-up"  # the memberships of running periods, and those of ended ones, have been made at this version
# How long pages wait for whoever made a version to bring it up; only a process that was killed meanwhile lets it come to that. What one
# process does in seconds, four pages of two processes that lost patience do side by side in half a minute, and all others behind them.
_PATIENCE = {READY: timedelta(minutes=1), CAUGHT_UP: timedelta(minutes=5)}
_LOOKED_BACK = {READY: 60, CAUGHT_UP: 200}  # versions


Recent = Sequence[tuple[int, datetime]]  # versions by number, the latest first, and when each was made


def recent_versions() -> Recent:
    """As many of the latest versions as a page may look back. One query for all that it asks of them."""
    from taizhang.ledger.models import LedgerVersion

    looked_back = 1 + max(_LOOKED_BACK.values())
    return list(LedgerVersion.objects.order_by("-number").values_list("number", "created_at")[:looked_back])


def ledger_for_pages(*, ended: bool = False, recent: Recent | None = None) -> StoredLedger:
    """The latest version whose memberships have been brought up to it, or the latest of all where nobody has done so for a minute. ended:
    of periods that have ended, which are brought up every ten seconds or, in a large city, every minute; five minutes, then. recent: where
    they were asked already.

    The consumer does it within a second or two of publishing a version, once for all. A page that took the version at once would do the
    same work in every process of the site, and its reader would wait for it. Raises LedgerError where nothing is in the ledger yet.
    """
    from taizhang.ledger import layout

    wanted = CAUGHT_UP if ended else READY
    recent = recent_versions() if recent is None else recent
    if not recent:
        return ledger_at()  # which says what to do
    (number, made), *before = recent
    latest = StoredLedger(number, layout.folder().resolve(), made.isoformat())
    if is_marked(latest, wanted):
        return latest
    waiting = made  # since when a version is there that was not brought up
    for earlier, made in before:
        if earlier < number - _LOOKED_BACK[wanted] or timezone.now() - waiting > _PATIENCE[wanted]:
            break
        found = StoredLedger(earlier, latest.folder, made.isoformat())
        if is_marked(found, wanted):
            return found
        waiting = made
    return ledger_for_pages(recent=recent) if ended else latest


def last_caught_up(ledger: StoredLedger) -> StoredLedger | None:
    """The latest version before this one that has caught up; None where there is none nearby."""
    from taizhang.ledger.models import LedgerVersion

    nearby = LedgerVersion.objects.filter(number__lt=ledger.number, number__gte=ledger.number - _LOOKED_BACK[CAUGHT_UP])
    made = nearby.order_by("-number").values_list("number", "created_at")
    earlier = (StoredLedger(number, ledger.folder, at.isoformat()) for number, at in made)
    return next((found for found in earlier if is_marked(found, CAUGHT_UP)), None)


def is_marked(ledger: Ledger, mark: str) -> bool:
    """Whether the memberships that people are looking at have been made at this version. mark: READY or CAUGHT_UP."""
    try:
        return _mark(ledger, mark).read_text(encoding="ascii") == ledger.stamp(ledger.number)
    except FileNotFoundError:
        return False


def mark(ledger: Ledger, mark: str) -> None:
    """Say so, once they are."""
    _mark(ledger, mark).write_text(ledger.stamp(ledger.number) or "", encoding="ascii")


def _mark(ledger: Ledger, mark: str) -> Path:
    return ledger.folder / "membership" / str(ledger.number) / mark
