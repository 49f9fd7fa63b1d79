"""The rows of few residents at a version and at an earlier one, beside each other: what following the ledger needs, and no more.

One database in memory for as long as the consumer runs. The changes that a table's files bring are read once and kept; of a large base a
copy in the order of residents is read (ledger/by_resident.py).

Both states of a resident are laid into one set of tables: as they are now under the resident's number, as they were before under its
negative. Definitions join rows by resident alone, so that one query answers for both.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import duckdb
from django.db.models import Q

from taizhang.kernel.contracts import RecordContract
from taizhang.ledger import layout, reader, versions
from taizhang.ledger.by_resident import Copies
from taizhang.ledger.layout import DELETED, SEQUENCE, VERSION
from taizhang.ledger.models import LedgerFile

MOST_HELD = 300_000  # changes of a table that are kept in memory; of more the files are read
LARGE = 20_000  # rows of a base from which on it is worth a copy by resident

_WORD = re.compile(r"\w+")


class FewRows:
    """Follows the versions: `advance`, then `laid`. before: the version that the rows as they were are of."""

    def __init__(self, before: int, number: int) -> None:
        self.before, self.number = before, number
        self._files: dict[tuple[str, str], dict[str, int]] = {}  # (table, part): the rows of each of its files
        for table, part, path, rows in versions.at(number).named_files().values_list("table", "part", "path", "rows"):
            self._files.setdefault((table, part), {})[path] = rows
        self._held: dict[str, set[str]] = {}  # the files of changes that were read
        self._copies: dict[str, Copies] = {}
        self._laid: set[str] = set()
        self._prepared: dict[str, str] = {}
        self.connection = reader.hardened()
        # One thread: over a few rows a second one only waits for the first, and takes the core from the site. No optimizer: planning for a
        # million rows costs more than reading ten, and what it learns of empty tables would be wrong of the rows that come.
        for setting in ("SET threads = 1", "SET parquet_metadata_cache = true", "PRAGMA disable_optimizer", "CREATE SCHEMA held"):
            self.connection.execute(setting)
        self._reading = self.connection.cursor()  # for files, with the optimizer: it skips what a file says it does not have
        reader.lock(self.connection)

    def close(self) -> None:
        self._reading.close()
        self.connection.close()

    def advance(self, number: int) -> None:
        """To a later version; where they are not neighbours, over changes alone (a fold between them hides how it was before)."""
        changed = LedgerFile.objects.filter(
            Q(added__gt=self.number, added__lte=number) | Q(dropped__gt=self.number, dropped__lte=number)
        ).order_by("id")
        for table, part, path, rows, dropped in changed.values_list("table", "part", "path", "rows", "dropped"):
            files = self._files.setdefault((table, part), {})
            if dropped is None or dropped > number:
                files[path] = rows
            else:
                files.pop(path, None)
        self.before, self.number = self.number, number

    def large(self) -> list[str]:
        """Tables whose base is worth a copy by resident."""
        about = (table for (table, part), files in self._files.items() if part == "base" and sum(files.values()) >= LARGE)
        return sorted(table for table in about if layout.contract_of(table).about_residents)

    def copy_by_resident(self, table: str) -> None:
        """Make the copy of a large table now, before the first change asks for it: at a million residents all of them take a minute."""
        self._by_resident(table, self._files.get((table, "base"), {}))

    @contextmanager
    def laid(self, tables: set[str], residents: Sequence[int], queries: Iterable[str]) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection whose `tables` hold these residents' rows, now and before; they are gone afterwards. queries: what will be asked of
        them, since columns that none of them names are not read."""
        words = {"id", "resident", *(word for query in queries for word in _WORD.findall(query))}
        statements = [statement for table in sorted(tables) for statement in self._filled(layout.contract_of(table), residents, words)]
        self.connection.execute("BEGIN")  # never committed: what is laid out leaves nothing behind
        try:
            for statement in statements:
                self.connection.execute(statement)
            yield self.connection
        finally:
            self.connection.execute("ROLLBACK")

    def rows(self, name: str, query: str) -> str:
        """SQL that runs `query` over what is laid, planned once. The tables that it names must have been laid at least once."""
        if self._prepared.get(name) != query:
            self.connection.execute(f'PREPARE "{name}" AS {query}')
            self._prepared[name] = query
        return f'EXECUTE "{name}"'

    def _filled(self, contract: RecordContract, residents: Sequence[int], words: set[str]) -> list[str]:
        table = contract.table
        columns = [column.name for column in contract.all_columns if column.name in words]
        if table not in self._laid:
            typed = ", ".join(f'"{column.name}" {layout.DUCK[column.type]}' for column in contract.all_columns)
            self.connection.execute(f'CREATE TABLE "{table}" ({typed})')
            self._laid.add(table)
        if not contract.about_residents:
            return []
        states = f"(VALUES (-1, {self.before}), (1, {self.number})) AS state(sign, upto)"
        signed = ", ".join(f'state.sign * "{name}"' if name == "resident" else f'"{name}"' for name in columns)
        theirs = ", ".join(f'"{name}"' for name in columns)
        base, changes = (self._files.get((table, part), {}) for part in layout.PARTS)
        found = []
        held = self._changes(contract, changes) if changes else ""
        named = ", ".join(map(str, residents)) or "NULL"
        if base:
            if sum(base.values()) >= LARGE:
                rows = self._by_resident(table, base).rows(residents, columns)
            else:
                rows = self._reading.execute(f"SELECT {theirs} FROM {reader.parquet(base)} WHERE resident IN ({named})").to_arrow_table()
            if rows.num_rows:
                self.connection.register(f"arriving_{table}", rows)
                untouched = f"NOT EXISTS (SELECT 1 FROM {held} AS c WHERE c.id = r.id AND c.{VERSION} <= state.upto)" if held else "true"
                found.append(f'INSERT INTO "{table}" ({theirs}) SELECT {signed} FROM arriving_{table} AS r, {states} WHERE {untouched}')
        if held:
            place = f"row_number() OVER (PARTITION BY id, state.sign ORDER BY {VERSION} DESC, {SEQUENCE} DESC)"
            latest = (
                f"SELECT *, {place} AS place FROM {held} AS h, {states} "
                f"WHERE h.{VERSION} <= state.upto AND id IN (SELECT id FROM {held} WHERE resident IN ({named}))"
            )
            kept = f"place = 1 AND NOT {DELETED} AND resident IN ({named})"
            found.append(f'INSERT INTO "{table}" ({theirs}) SELECT {signed.replace("state.sign", "sign")} FROM ({latest}) WHERE {kept}')
        return found

    def _by_resident(self, table: str, base: dict[str, int]) -> Copies:
        copies = self._copies.get(table)
        if copies is None or copies.base != base.keys():
            copies = self._copies[table] = Copies(table, base, self._reading)
        return copies

    def _changes(self, contract: RecordContract, files: dict[str, int]) -> str:
        """The changes of a table as SQL: kept in memory, or of very many the files themselves."""
        table = contract.table
        if sum(files.values()) > MOST_HELD:
            return f"(SELECT * FROM {reader.parquet(files)})"
        known = self._held.get(table)
        if known is None or not known <= files.keys():  # the first time, and after a fold
            typed = ", ".join(f'"{column.name}" {layout.DUCK[column.type]}' for column in contract.all_columns)
            self.connection.execute(
                f'CREATE OR REPLACE TABLE held."{table}" ({typed}, {VERSION} BIGINT, {SEQUENCE} BIGINT, {DELETED} BOOLEAN)'
            )
            known = self._held[table] = set()
        if missing := sorted(files.keys() - known):
            names = ", ".join([*(f'"{column.name}"' for column in contract.all_columns), VERSION, SEQUENCE, DELETED])
            self._reading.execute(f'INSERT INTO held."{table}" SELECT {names} FROM {reader.parquet(missing)}')
            known.update(missing)
        return f'held."{table}"'
