"""Proving that database and ledger agree: every column of every row, both ways, and the hash of every file."""

from dataclasses import dataclass

import duckdb
from django.db import connection as default_connection

from taizhang.county import changes
from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.text import Text
from taizhang.ledger import layout, reader, snapshot, versions
from taizhang.ledger.models import Kind, LedgerVersion
from taizhang.ledger.snapshot import Snapshot
from taizhang.ledger.tables import file_hash

NAMED = 5  # keys named of each disagreement


@dataclass(frozen=True, slots=True)
class TableReport:
    """One table. Rows whose change still waits are left out on both sides. keys: some of the record keys that disagree; columns: where."""

    table: str
    label: Text
    database_rows: int
    ledger_rows: int
    only_database: int
    only_ledger: int
    different: int
    keys: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        return not (self.only_database or self.only_ledger or self.different)

    @property
    def text(self) -> Text:
        name = self.label.zh
        if self.agrees:
            return Text(
                f"{name}（{self.table}）：{self.ledger_rows}行，一致", f"{self.label.en} ({self.table}): {self.ledger_rows} rows, equal"
            )
        keys, columns = "、".join(map(str, self.keys)), "、".join(self.columns)
        where = f"；不同的列：{columns}" if columns else ""
        where_en = f"; differing columns: {', '.join(self.columns)}" if columns else ""
        return Text(
            f"{name}（{self.table}）：不一致。仅数据库有{self.only_database}行，仅台账有{self.only_ledger}行，内容不同{self.different}行"
            f"；记录序号如{keys}{where}。运行 taizhang sync --rebuild 重建后再核对。",
            f"{self.label.en} ({self.table}): different. Only in the database {self.only_database}, only in the ledger {self.only_ledger}, "
            f"with other contents {self.different}; record keys such as {', '.join(map(str, self.keys))}{where_en}. "
            "Run `taizhang sync --rebuild` and verify again.",
        )


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What verify found. waiting: changes not yet taken. compared: False in a home whose ledger was written without a database."""

    version: int
    waiting: int
    compared: bool
    tables: tuple[TableReport, ...] = ()
    missing_triggers: tuple[str, ...] = ()
    damaged_files: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        return all(table.agrees for table in self.tables) and not self.missing_triggers and not self.damaged_files

    @property
    def text(self) -> Text:
        """What there is to say beside the tables, a line each; the first says whether all agrees."""
        verdict = Text("与数据库一致", "agrees with the database") if self.agrees else Text("与数据库不一致", "differs from the database")
        lines = [
            Text(
                f"台账第{self.version}版{verdict.zh}，待取变更{self.waiting}条",
                f"Ledger version {self.version} {verdict.en}, {self.waiting} changes waiting",
            )
        ]
        if not self.compared:
            lines = [
                Text(
                    f"台账第{self.version}版由模拟直接写入，没有可比对的数据库记录",
                    f"Ledger version {self.version} was written directly; there are no database rows to compare",
                )
            ]
        lines += [
            Text(
                f"缺少变更触发器：{name}。该表的写入不会进入台账。运行 taizhang sync --rebuild 重新安装并重建。",
                f"Missing change trigger: {name}. Its writes do not reach the ledger. Run `taizhang sync --rebuild`.",
            )
            for name in self.missing_triggers
        ]
        lines += [
            Text(
                f"文件缺失或被改动：{path}。从备份恢复该文件，或运行 taizhang sync --rebuild。",
                f"File missing or altered: {path}. Restore it from a backup, or run `taizhang sync --rebuild`.",
            )
            for path in self.damaged_files
        ]
        return Text("\n".join(line.zh for line in lines), "\n".join(line.en for line in lines))


def verify() -> VerifyReport:
    """Compare the latest version with the database as of one moment. Raises LedgerError where there is no version."""
    missing = tuple(changes.missing_triggers(default_connection))
    with snapshot.opened() as moment:
        number = moment.latest_version()
        latest = versions.at(number) if number else versions.latest_or_error()
        damaged = _damaged(latest)
        by_table = {layout.database_table(contract): contract for contract in layout.contracts().values()}
        waiting = moment.waiting(by_table)
        if latest.kind == Kind.DIRECT or damaged:
            return VerifyReport(number, len(waiting), latest.kind != Kind.DIRECT, (), missing, damaged)
        with reader.connect(latest) as connection:
            tables = tuple(
                _compare(connection, moment, contract, {row for _, name, row in waiting if name == layout.database_table(contract)})
                for contract in layout.contracts().values()
            )
    return VerifyReport(number, len(waiting), True, tables, missing, damaged)


def _damaged(version: LedgerVersion) -> tuple[str, ...]:
    found = []
    for file in version.named_files():
        path = layout.folder() / file.path
        if not path.is_file() or path.stat().st_size != file.size or file_hash(path) != file.sha256:
            found.append(file.path)
    return tuple(found)


def _compare(connection: duckdb.DuckDBPyConnection, moment: Snapshot, contract: RecordContract, waiting: set[int]) -> TableReport:
    """Set difference over all columns, both ways. IS DISTINCT FROM: a missing value equals a missing value."""
    connection.register("incoming", moment.table(contract))
    connection.execute("CREATE OR REPLACE TEMP TABLE stored AS SELECT * FROM incoming")
    connection.unregister("incoming")
    connection.execute("CREATE OR REPLACE TEMP TABLE waiting (id BIGINT)")
    if waiting:
        connection.execute("INSERT INTO waiting SELECT unnest(?::BIGINT[])", [sorted(waiting)])
    names = [column.name for column in contract.all_columns if column.name != "id"]
    flags = ", ".join(
        f'coalesce(bool_or(s.id IS NOT NULL AND l.id IS NOT NULL AND s."{n}" IS DISTINCT FROM l."{n}"), false)' for n in names
    )
    other = " OR ".join(f's."{name}" IS DISTINCT FROM l."{name}"' for name in names) or "false"
    both = f"""FROM (SELECT * FROM stored WHERE id NOT IN (FROM waiting)) s
        FULL JOIN (SELECT * FROM "{contract.table}" WHERE id NOT IN (FROM waiting)) l ON s.id = l.id"""
    counts = connection.execute(
        f"""SELECT count(s.id), count(l.id), count(*) FILTER (l.id IS NULL), count(*) FILTER (s.id IS NULL),
            count(*) FILTER (s.id = l.id AND ({other})) {", " + flags if flags else ""} {both}"""
    ).fetchone()
    assert counts is not None
    keys = connection.execute(
        f"SELECT coalesce(s.id, l.id) AS key {both} WHERE l.id IS NULL OR s.id IS NULL OR {other} ORDER BY key LIMIT {NAMED}"
    ).fetchall()
    differing = tuple(name for name, differs in zip(names, counts[5:], strict=True) if differs)
    return TableReport(contract.table, contract.label, *counts[:5], tuple(key for (key,) in keys), differing)
