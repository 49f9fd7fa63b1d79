"""Where the ledger's tables lie and what their columns are. Imports no Delta library, so that readers may fork."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
from django.apps import apps
from django.conf import settings
from django.db import models

from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import registry

Part = Literal["base", "changes"]
PARTS: tuple[Part, Part] = ("base", "changes")

# Columns that a change carries beside its row: the ledger version that took it, the change's number, and whether the row is gone.
VERSION, SEQUENCE, DELETED = "_version", "_sequence", "_deleted"

ARROW = {"int": pa.int64(), "date": pa.date32(), "bool": pa.bool_(), "code": pa.string()}
DUCK = {"int": "BIGINT", "date": "DATE", "bool": "BOOLEAN", "code": "VARCHAR"}


class LedgerError(Refusal, RuntimeError):
    """The ledger cannot do what was asked; the message says what to do."""


def folder() -> Path:
    """HOME/ledger."""
    path: Path = settings.HOME.ledger
    return path


def part_folder(table: str, part: Part) -> Path:
    return folder() / table / part


def contracts() -> dict[str, RecordContract]:
    """Every declared contract by its ledger table."""
    return registry.contracts


def contract_of(table: str) -> RecordContract:
    try:
        return registry.contracts[table]
    except KeyError:
        raise LedgerError(f"台账中没有表 {table}。已声明的表：{'、'.join(sorted(registry.contracts))}。") from None


def model_of(contract: RecordContract) -> type[models.Model]:
    """The stored model behind a contract."""
    try:
        return apps.get_model(contract.model)
    except LookupError:
        raise LedgerError(f"台账表 {contract.table} 指向的模型 {contract.model} 不存在。请更正 records.py 或安装该应用。") from None


def database_table(contract: RecordContract) -> str:
    return str(model_of(contract)._meta.db_table)


def fingerprint(contract: RecordContract) -> str:
    """Changes when a column is added, removed or changes its type; the table is then built anew."""
    text = ",".join(f"{column.name}:{column.type}" for column in contract.all_columns)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def schema(contract: RecordContract, part: Part) -> pa.Schema:
    """Arrow schema of a table's base or changes."""
    fields = [pa.field(column.name, ARROW[column.type], nullable=column.name != "id") for column in contract.all_columns]
    if part == "changes":
        fields += [pa.field(VERSION, pa.int64()), pa.field(SEQUENCE, pa.int64()), pa.field(DELETED, pa.bool_())]
    return pa.schema(fields)


def order(contract: RecordContract) -> str:
    """Columns a base is sorted by: its first date, then the key, so that a period reads few row groups."""
    first = next((f'"{column.name}", ' for column in contract.columns if column.type == "date"), "")
    return first + '"id"'


def batch_of_rows(contract: RecordContract, rows: Sequence[Sequence[Any]]) -> pa.RecordBatch:
    """Rows in the order of the contract's columns, as the database gives them, as one batch of its base."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(contract.all_columns)
    arrays = [_array(values, column.type) for values, column in zip(columns, contract.all_columns, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema(contract, "base"))


def batch_of_dicts(contract: RecordContract, rows: Iterable[Mapping[str, Any]]) -> pa.RecordBatch:
    """The same from dictionaries by column name; a column left out is missing."""
    names = [column.name for column in contract.all_columns]
    return batch_of_rows(contract, [[row.get(name) for name in names] for row in rows])


def changes_batch(contract: RecordContract, base: pa.RecordBatch, version: int, sequences: Mapping[int, int]) -> pa.RecordBatch:
    """The changes of one pass: `base` holds the rows that are present; a key of `sequences` (key -> number of its change) that is not
    among them is gone from the database."""
    present = base.column(0).to_pylist()
    gone = sorted(sequences.keys() - set(present))
    absent = [pa.array(gone, pa.int64())] + [pa.nulls(len(gone), field.type) for field in list(base.schema)[1:]]
    arrays = [pa.concat_arrays([base.column(i), absent[i]]) for i in range(base.num_columns)]
    arrays.append(pa.array([version] * (len(present) + len(gone)), pa.int64()))
    arrays.append(pa.array([sequences[key] for key in present + gone], pa.int64()))
    arrays.append(pa.array([False] * len(present) + [True] * len(gone), pa.bool_()))
    return pa.RecordBatch.from_arrays(arrays, schema=schema(contract, "changes"))


def dicts_of_rows(contract: RecordContract, rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """The same rows as dictionaries by column name, with the values that the batch would have: for a few rows, of one person."""
    names = [column.name for column in contract.all_columns]
    columns = [_values(values, column.type) for values, column in zip(zip(*rows, strict=True), contract.all_columns, strict=False)]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def dicts_of_records(contract: RecordContract, records: Iterable[models.Model]) -> list[dict[str, Any]]:
    """The same of records that are at hand as Django gives them."""
    sources = [column.source for column in contract.all_columns]
    return dicts_of_rows(contract, [[getattr(record, source) for source in sources] for record in records])


def _array(values: Sequence[Any], kind: str) -> pa.Array:
    return pa.array(_values(values, kind), ARROW[kind])


def _values(values: Sequence[Any], kind: str) -> Sequence[Any]:
    if kind == "code":  # an empty text of a form is something missing
        return [None if value is None or value == "" else str(value) for value in values]
    if kind == "bool":
        return [None if value is None else bool(value) for value in values]
    if kind == "date":
        return [date.fromisoformat(value) if isinstance(value, str) else value for value in values]
    return values
