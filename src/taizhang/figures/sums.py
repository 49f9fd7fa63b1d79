"""Sums over a membership: for all indicators at once, by organisation and breakdown category; kept beside it, rolled up over the tree.

The file <membership>.sums holds a row per (organisation, category) with `members` and one sum a column; a figure page reads this and never
the membership itself. At a later version only what the changed residents take away and bring is summed, and the file
<membership>.changed.sums holds the rows alone that are other than the whole membership's.
"""

import secrets
from array import array
from collections import OrderedDict
from collections.abc import Callable
from itertools import chain
from operator import add, sub
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import duckdb
import pyarrow as arrow
import pyarrow.parquet as parquet

from taizhang.figures.membership import Membership, folder_of, reading, settle, sums_beside
from taizhang.figures.summing import Sums, Vector, columns_of, sums_sql

if TYPE_CHECKING:
    from taizhang.figures.source import Ledger

# How many numbers of eight bytes a process keeps at hand. A board looks at 150 memberships; a store that holds fewer of them than that in
# turn holds none when it is asked again, and reading one from its file takes 5 ms.
_KEPT = 8_000_000
_Key = tuple[str, int, int]  # a file by name, number and time: the same under each version that it is linked to

_cache: OrderedDict[_Key, Sums] = OrderedDict()
_making: dict[_Key, Lock] = {}  # who asks for sums that another thread is reading waits, and does not read them as well
_lock = Lock()


def sums(membership: Membership) -> Sums:
    """The sums of a membership: from this process's memory, from the file beside it, or made now."""
    file = sums_file(membership)
    return _known(_key(membership.again or membership.whole), lambda: _read(membership, file) if file.exists() else _make(membership, file))


def brought(membership: Membership, since: dict[tuple[str, str], Vector]) -> None:
    """Store the sums of a membership of residents evaluated again, where the rows that changed are known; in memory and beside it."""
    made = sums(_base_of(membership)).differing(since)
    _store(Sums.of_rows(made.columns, made.since), sums_file(membership))
    _known(_key(membership.again or membership.whole), lambda: made)


def _base_of(membership: Membership) -> Membership:
    return Membership(membership.population, membership.indicators, membership.period, membership.base, membership.whole)


def _key(file: Path) -> _Key:
    found = file.stat()
    return file.name, found.st_ino, found.st_mtime_ns


def sums_elsewhere(ledger: "Ledger", name: str, make: Callable[[], Sums]) -> Sums:
    """The sums of a population at one ledger version that an engine makes without a membership: kept where a membership's would be, under
    the name it would have, and so the same for whoever asks next."""
    file = folder_of(ledger) / f"{name}.sums"
    if not file.exists():
        _store(make(), file)
    return _known(_key(file), lambda: _stored(file))


def _known(key: _Key, make: Callable[[], Sums]) -> Sums:
    with _lock:
        if key in _cache:
            _cache.move_to_end(key)
            return _cache[key]
        making = _making.setdefault(key, Lock())
    with making:
        with _lock:
            if key in _cache:
                return _cache[key]
        try:
            made = make()
            with _lock:
                _cache[key] = made
                while len(_cache) > 1 and sum(kept.size for kept in _cache.values()) > _KEPT:
                    _cache.popitem(last=False)
        finally:
            with _lock:
                _making.pop(key, None)
    return made


def sums_file(membership: Membership) -> Path:
    return sums_beside(membership.again or membership.whole)


def _make(membership: Membership, file: Path) -> Sums:
    if membership.again is None or membership.changed is None:
        with reading() as connection:
            made = _summed(connection, membership, f"read_parquet('{_text(membership.whole)}')")
    else:
        base = sums(_base_of(membership))
        with reading() as connection:
            connection.execute(f"CREATE TEMP TABLE changed AS SELECT resident FROM read_parquet('{_text(membership.changed)}')")
            gone = f"(SELECT * FROM read_parquet('{_text(membership.whole)}') WHERE resident IN (SELECT resident FROM changed))"
            away = _summed(connection, membership, gone)
            new = _summed(connection, membership, f"read_parquet('{_text(membership.again)}')")
        since: dict[tuple[str, str], Vector] = {}
        for key, vector in away.rows.items():
            if (stood := base.vector(*key)) is None:
                raise KeyError(key)  # whoever is gone was counted there
            since[key] = tuple(map(sub, stood, vector))
        for key, vector in new.rows.items():
            since[key] = tuple(map(add, since.get(key) or base.vector(*key) or base.zero, vector))
        made = base.differing(since)
    _store(Sums.of_rows(made.columns, made.since) if membership.again else made, file)
    return made


def _summed(connection: duckdb.DuckDBPyConnection, membership: Membership, relation: str) -> Sums:
    lines = connection.execute(sums_sql(membership.population, membership.indicators, relation)).to_arrow_table()
    return Sums.of_table(columns_of(membership.indicators), lines)


def _store(made: Sums, file: Path) -> None:
    parts = made.parts.items()
    columns = [arrow.array([o for _, part in parts for o in part.organisations], arrow.string())]
    columns.append(arrow.array([category for category, part in parts for _ in part.organisations], arrow.string()))
    for place in range(len(made.columns)):
        columns.append(arrow.array(array("q", chain.from_iterable(part.numbers[place] for _, part in parts)), arrow.int64()))
    table = arrow.Table.from_arrays(columns, ["organisation", "category", *made.columns])
    working = file.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        parquet.write_table(table, working)
        settle(working, file)
    finally:
        working.unlink(missing_ok=True)


def _read(membership: Membership, file: Path) -> Sums:
    stored = _stored(file)
    return stored if membership.again is None else sums(_base_of(membership)).differing(stored.rows)


def _stored(file: Path) -> Sums:
    table = parquet.read_table(file, partitioning=None)
    return Sums.of_table(tuple(table.column_names[2:]), table)


def _text(path: Path) -> str:
    return str(path).replace("'", "''")
