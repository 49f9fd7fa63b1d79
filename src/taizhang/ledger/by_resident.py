"""Copies of large bases in the order of residents: where the rows of few residents are read without those of the others.

A base lies by date, so that a resident's rows stand all over it, and a Parquet file is read by whole row groups. A copy is an Arrow file of
small batches, with the first resident of each in a file beside it: of twelve million rows those of one resident come in half a millisecond.
It stands in by-resident/ beside the ledger's tables, is made when first asked for and let go with its base; it is no part of a version.
"""

import os
import secrets
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import duckdb
import pyarrow as pa
import pyarrow.compute as compute
from pyarrow import ipc

from taizhang.ledger import layout, reader

BATCH = 512  # rows that are read for one resident; smaller ones take more disk
_FETCH = 128  # batches
_ROWS, _FIRST = ".arrow", ".first"


class Copies:
    """The copies of one table's base, by the names of its files. connection: what they are made with."""

    def __init__(self, table: str, base: Collection[str], connection: duckdb.DuckDBPyConnection) -> None:
        self.base = frozenset(base)
        self._folder = layout.folder().resolve() / "by-resident" / table
        self._copies = [_Copy(self._made(path, connection)) for path in sorted(self.base)]
        kept = {file for copy in self._copies for file in (copy.path, copy.path.with_suffix(_FIRST))}
        for other in set(self._folder.glob("[!.]*")) - kept:  # of other bases
            other.unlink(missing_ok=True)

    def rows(self, residents: Sequence[int], columns: Sequence[str]) -> pa.Table:
        """These columns of the residents' rows."""
        those = pa.array(residents, pa.int64())
        read = pa.concat_tables([copy.batches(residents, ("resident", *columns)) for copy in self._copies])
        return read.filter(compute.is_in(read.column("resident"), value_set=those)).select(list(columns)).combine_chunks()

    def _made(self, path: str, connection: duckdb.DuckDBPyConnection) -> Path:
        copy = self._folder / f"{Path(path).stem}{_ROWS}"
        if copy.exists():
            return copy
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        ordered = f"SELECT * FROM {reader.parquet([path])} WHERE resident IS NOT NULL ORDER BY resident"
        rows = connection.execute(ordered).to_arrow_reader(BATCH * _FETCH)
        # LZ4: of a batch read alone, unpacking with Zstandard would cost four times as much as all the rest.
        packed = ipc.IpcWriteOptions(compression="lz4", use_threads=False)
        first = array("q")
        with _finally_at(copy) as file:
            with ipc.new_file(file, rows.schema, options=packed) as written:
                for read in rows:
                    for start in range(0, read.num_rows, BATCH):
                        batch = read.slice(start, BATCH)
                        first.append(batch.column("resident")[0].as_py())
                        written.write_batch(batch)
            with _finally_at(copy.with_suffix(_FIRST)) as beside:  # there before the rows are
                first.tofile(beside)
        return copy


@contextmanager
def _finally_at(path: Path) -> Iterator[BinaryIO]:
    """A file that has its name once it is whole and on the disk."""
    working = path.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        with working.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(working, path)
    finally:
        working.unlink(missing_ok=True)


class _Copy:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._first = array("q", path.with_suffix(_FIRST).read_bytes())  # resident of each batch
        self._mapped = pa.memory_map(str(path))
        self._names = ipc.open_file(self._mapped).schema.names
        self._opened: dict[tuple[str, ...], ipc.RecordBatchFileReader] = {}

    def batches(self, residents: Iterable[int], columns: tuple[str, ...]) -> pa.Table:
        """These columns of the batches in which the residents' rows are."""
        opened = self._open(columns)
        wanted: set[int] = set()
        for resident in residents:
            behind = bisect_right(self._first, resident)
            first = bisect_left(self._first, resident, hi=behind)
            wanted.update(range(max(first - 1, 0), behind))  # the rows may begin at the end of the batch before
        return pa.Table.from_batches([opened.get_batch(place) for place in sorted(wanted)], schema=opened.schema)

    def _open(self, columns: tuple[str, ...]) -> ipc.RecordBatchFileReader:
        if columns not in self._opened:
            places = [self._names.index(name) for name in dict.fromkeys(columns)]
            options = ipc.IpcReadOptions(included_fields=places, use_threads=False)
            self._opened[columns] = ipc.open_file(self._mapped, options=options)
        return self._opened[columns]
