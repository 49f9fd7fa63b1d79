"""Sums over a membership: for all indicators at once, by organisation and breakdown category; kept beside it, rolled up over the tree.

The file <membership>.sums.parquet holds a row per (organisation, category) with `members` and one sum a column; a figure page reads this
and never the membership itself. At a later version only what the changed residents take away and bring is summed.
"""

import os
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from operator import add, sub
from pathlib import Path
from threading import Lock

import duckdb
import pyarrow as arrow
import pyarrow.parquet as parquet

from taizhang.figures.membership import Membership, reading

Vector = tuple[int, ...]
_KEPT = 64


class Sums:
    """Sums by (organisation, category); category "" is the total. `columns` names the places of a vector: "members", then the
    membership's counted columns."""

    def __init__(self, columns: tuple[str, ...], rows: Mapping[tuple[str, str], Vector]) -> None:
        self.columns = columns
        self.rows = dict(rows)
        self.position = {name: place for place, name in enumerate(columns)}
        self.zero: Vector = (0,) * len(columns)
        self.organisations = sorted({organisation for organisation, _ in self.rows})
        self.categories = sorted({category for _, category in self.rows if category})

    def over(self, organisations: list[str], category: str = "") -> Vector:
        """The sum over organisations as they stand in the membership."""
        total = self.zero
        for organisation in organisations:
            row = self.rows.get((organisation, category))
            if row is not None:
                total = tuple(map(add, total, row))
        return total


_cache: OrderedDict[tuple[Path, int], Sums] = OrderedDict()
_lock = Lock()


def sums(membership: Membership) -> Sums:
    """The sums of a membership: from this process's memory, from the file beside it, or made now."""
    file = sums_file(membership)
    key = (file, (membership.again or membership.whole).stat().st_mtime_ns)
    with _lock:
        if key in _cache:
            _cache.move_to_end(key)
            return _cache[key]
    made = _read(file) if file.exists() else _make(membership, file)
    with _lock:
        _cache[key] = made
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return made


def sums_file(membership: Membership) -> Path:
    of = membership.again or membership.whole
    return of.with_name(of.name.removesuffix(".parquet") + ".sums")


def _make(membership: Membership, file: Path) -> Sums:
    if membership.again is None or membership.changed is None:
        with reading() as connection:
            made = _summed(connection, membership, f"read_parquet('{_text(membership.whole)}')")
    else:
        base = sums(Membership(membership.population, membership.indicators, membership.period, membership.base, membership.whole))
        with reading() as connection:
            connection.execute(f"CREATE TEMP TABLE changed AS SELECT resident FROM read_parquet('{_text(membership.changed)}')")
            gone = f"(SELECT * FROM read_parquet('{_text(membership.whole)}') WHERE resident IN (SELECT resident FROM changed))"
            away = _summed(connection, membership, gone)
            new = _summed(connection, membership, f"read_parquet('{_text(membership.again)}')")
        rows = dict(base.rows)
        for key, vector in away.rows.items():
            rows[key] = tuple(map(sub, rows[key], vector))
        for key, vector in new.rows.items():
            rows[key] = tuple(map(add, rows.get(key, base.zero), vector))
        made = Sums(base.columns, {key: vector for key, vector in rows.items() if vector[0]})
    _store(made, file)
    return made


def _summed(connection: duckdb.DuckDBPyConnection, membership: Membership, relation: str) -> Sums:
    """One query: the totals and, for each breakdown, its categories."""
    breakdowns = [b.name for b in membership.population.breakdowns]
    described = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
    fixed = {"member", "resident", "organisation", *breakdowns}
    counted = [(name, kind) for name, kind, *_ in described if name not in fixed]
    measures = ["count(*)"]
    for name, kind in counted:
        measures.append(f'count(*) FILTER (WHERE "{name}")' if kind == "BOOLEAN" else f'coalesce(sum("{name}"), 0)::BIGINT')
    labels = "".join(f" WHEN grouping(\"{b}\") = 0 THEN '{b}:' || coalesce(\"{b}\", '')" for b in breakdowns)
    category = f"CASE{labels} ELSE '' END" if breakdowns else "''"
    sets = ", ".join(["(organisation)", *(f'(organisation, "{b}")' for b in breakdowns)])
    lines = connection.execute(
        f"SELECT organisation, {category}, {', '.join(measures)} FROM {relation} GROUP BY GROUPING SETS ({sets})"
    ).fetchall()
    return Sums(("members", *(name for name, _ in counted)), {(line[0], line[1]): tuple(line[2:]) for line in lines})


def _store(made: Sums, file: Path) -> None:
    keys = sorted(made.rows)
    columns: dict[str, list[str] | list[int]] = {"organisation": [k[0] for k in keys], "category": [k[1] for k in keys]}
    for place, name in enumerate(made.columns):
        columns[name] = [made.rows[k][place] for k in keys]
    types = [("organisation", arrow.string()), ("category", arrow.string()), *((name, arrow.int64()) for name in made.columns)]
    working = file.with_name(f".{secrets.token_hex(6)}.tmp")
    parquet.write_table(arrow.table(columns, schema=arrow.schema(types)), working)
    os.replace(working, file)


def _read(file: Path) -> Sums:
    with reading() as connection:
        cursor = connection.execute(f"SELECT * FROM read_parquet('{_text(file)}')")
        names = [column[0] for column in cursor.description or ()]
        return Sums(tuple(names[2:]), {(line[0], line[1]): tuple(line[2:]) for line in cursor.fetchall()})


def _text(path: Path) -> str:
    return str(path).replace("'", "''")
