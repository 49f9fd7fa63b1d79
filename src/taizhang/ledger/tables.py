"""Writing the Delta tables: appends, overwrites, and taking back what a killed pass left behind.

Tables are read as lists of files by DuckDB (reader.py). The library's own readers through Arrow abort the process at exit in about
half of the runs (measured), so none of them is used.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable, Transaction, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError

from taizhang.kernel.contracts import RecordContract
from taizhang.ledger import layout
from taizhang.ledger.layout import Part
from taizhang.ledger.models import LedgerFile

APPLICATION = "outbox"
ABSENT = -1  # the Delta version of a table that never had a row: it has no folder yet
FILE_SIZE = 128 << 20  # bytes a file, measured as a good size for scans
# Rows a row group. DuckDB shares the groups of a file out among its threads and skips those outside a period; the library's own million
# would leave a county's table to one thread.
ROW_GROUP = 122_880
# A pinned version's log must outlive every cleaning.
CONFIGURATION = {"delta.logRetentionDuration": "interval 36500 days", "delta.enableExpiredLogCleanup": "false"}


class Conflict(RuntimeError):
    """Another consumer came between. Nothing was published; start again."""


@dataclass
class Handle:
    """One open Delta table and the number of the last transaction seen when it was opened. Every write through it is refused when
    another consumer wrote since. A table that does not exist is made by the first write, refused likewise when another made it since: of
    a hundred tables most counties fill a part, and making an empty one costs as much as writing a small one."""

    contract: RecordContract
    part: Part
    delta: DeltaTable | None

    @classmethod
    def open(cls, contract: RecordContract, part: Part) -> "Handle":
        path = layout.part_folder(contract.table, part)
        return cls(contract, part, DeltaTable(path) if DeltaTable.is_deltatable(str(path)) else None)

    def __post_init__(self) -> None:
        self._transaction = (self.delta.transaction_version(APPLICATION) or 0) if self.delta else 0

    @property
    def version(self) -> int:
        """The Delta version, or ABSENT."""
        return int(self.delta.version()) if self.delta else ABSENT

    @property
    def names(self) -> set[str]:
        """File names the table holds now (the library writes flat folders and plain names)."""
        return {uri.rsplit("/", 1)[-1] for uri in self.delta.file_uris()} if self.delta else set()

    def take_back_to(self, version: int) -> None:
        """Undo commits after `version`: a pass wrote them and was killed before it could publish them. Back to ABSENT is back to the empty
        table that the pass made first."""
        if self.delta and self.version > version:
            try:
                self.delta.restore(max(version, 0), commit_properties=self._next())
            except CommitFailedError as error:
                raise Conflict(str(error)) from error

    def append(self, batch: pa.RecordBatch) -> list[LedgerFile]:
        """Add the batch as one file; returns what was written, not yet stored."""
        before = self.names
        self._write(batch, "append")
        return self.describe(self.names - before)

    def overwrite(self, rows: pa.RecordBatchReader | pa.Table) -> list[LedgerFile]:
        """Replace the contents. The old files stay on disk for the versions that name them."""
        self._write(rows, "overwrite")
        return self.describe(self.names)

    def clear(self) -> None:
        """Leave it empty, with the columns of today. One that is so already is not written."""
        columns = layout.schema(self.contract, self.part)
        if self.delta and (self.names or pa.schema(self.delta.schema()) != columns):
            self.overwrite(columns.empty_table())

    def _write(self, rows: pa.RecordBatch | pa.RecordBatchReader | pa.Table, mode: str) -> None:
        self.delta = self.delta or self._made()
        try:
            write_deltalake(
                self.delta,
                rows,
                mode=mode,  # type: ignore[arg-type]
                schema_mode="overwrite" if mode == "overwrite" else None,
                target_file_size=FILE_SIZE,
                writer_properties=WriterProperties(compression="ZSTD", max_row_group_size=ROW_GROUP),
                commit_properties=self._next(),
            )
        except CommitFailedError as error:
            raise Conflict(str(error)) from error

    def _made(self) -> DeltaTable:
        path = layout.part_folder(self.contract.table, self.part)
        path.mkdir(parents=True, exist_ok=True)
        try:
            return DeltaTable.create(path, layout.schema(self.contract, self.part), mode="error", configuration=CONFIGURATION)
        except DeltaError as error:
            raise Conflict(str(error)) from error

    def _next(self) -> CommitProperties:
        self._transaction += 1
        return CommitProperties(app_transactions=[Transaction(APPLICATION, self._transaction)])

    def describe(self, names: set[str]) -> list[LedgerFile]:
        """Size, hash and rows of files of this table."""
        return [self._describe(name) for name in sorted(names)]

    def _describe(self, name: str) -> LedgerFile:
        path = layout.part_folder(self.contract.table, self.part) / name
        return LedgerFile(
            table=self.contract.table,
            part=self.part,
            path=path.relative_to(layout.folder()).as_posix(),
            size=path.stat().st_size,
            sha256=file_hash(path),
            rows=pq.read_metadata(path).num_rows,
        )


def file_hash(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
