"""Writing a ledger without a database, for a simulated county of a million residents (`simulate --ledger-only`)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from taizhang.kernel.contracts import RecordContract
from taizhang.ledger import layout, reader, snapshot, versions
from taizhang.ledger.consumer import Draft, publish
from taizhang.ledger.layout import LedgerError
from taizhang.ledger.models import Kind, LedgerVersion
from taizhang.ledger.tables import Handle

Rows = pa.RecordBatch | Sequence[Mapping[str, Any]]


def write_base(table: str, batches: Iterable[Rows]) -> int:
    """Write a table's base from Arrow batches or lists of dictionaries by column name, in any order; it is sorted here by the contract's
    first date. Returns the number of rows. Nobody sees them before publish_first_version."""
    contract = layout.contract_of(table)
    incoming = pa.RecordBatchReader.from_batches(layout.schema(contract, "base"), _as_batches(contract, batches))
    with snapshot.consumer_lock(), reader.hardened() as connection:
        _refuse_existing()
        connection.register("incoming", incoming)
        rows = connection.execute(f"SELECT * FROM incoming ORDER BY {layout.order(contract)}").to_arrow_reader(snapshot.FETCH)
        written = Handle.open(contract, "base").overwrite(rows.cast(layout.schema(contract, "base")))
    return sum(file.rows for file in written)


def publish_first_version() -> LedgerVersion:
    """Make what write_base wrote the home's first version. Tables that were not written are empty."""
    with snapshot.consumer_lock():
        _refuse_existing()
        draft = Draft.after(None, Kind.DIRECT)
        for contract in layout.contracts().values():
            base, changes = Handle.open(contract, "base"), Handle.open(contract, "changes")
            draft.added += base.describe(base.names)
            draft.holds(contract, base, changes)
        return publish(draft)


def _refuse_existing() -> None:
    if versions.latest() is not None:
        raise LedgerError("该台账已有版本，不能再直接写入。请换一个空的 --home。")


def _as_batches(contract: RecordContract, batches: Iterable[Rows]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        if isinstance(batch, pa.RecordBatch):
            yield batch.select(layout.schema(contract, "base").names).cast(layout.schema(contract, "base"))
        else:
            yield layout.batch_of_dicts(contract, batch)
