"""Record contracts: what the ledger holds of a stored record, and all that another programme may know of it.

A contract is the seam between three readers: the ledger builds its table and change triggers from it, the query model
checks columns and their types against it, and the simulation writes rows in its shape. It names no person: neither names
nor identity numbers may be columns.
"""

from dataclasses import dataclass, field
from typing import Literal

from taizhang.kernel.text import Text

ColumnType = Literal["int", "date", "bool", "code"]


class ContractError(ValueError):
    """A record contract that contradicts itself."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a ledger table. `type` code is text drawn from a list, an organisation's code, or the title that a record goes
    by; int is a whole number of the element's last place. `field` is the column in the transactional database where it has another name
    there."""

    name: str
    type: ColumnType
    label: Text
    places: int = 0
    unit: str = ""
    field: str = ""

    @property
    def source(self) -> str:
        return self.field or self.name


@dataclass(frozen=True, slots=True)
class RecordContract:
    """A ledger table.

    table: its name in the ledger. model: the Django model that stores it, as "app_label.Model". columns: beside the two that
    every table has, `id` (int, the key) and, where about_residents, `resident` (int). one_row_per_resident: the type that
    lets a column be used as a fact about the person without picking or counting. named_by: the column whose text names a record in a list
    (a document's title); never of a person, so only where not about_residents. owed: the duties of other lines of work
    that a row here makes due too, by code, each with what its people are then called (a
    patient's case: the yearly health examination); such a duty reads the table without naming it. served_on: where a row is a service to
    the person that keeps the health record in use 动态使用, the column with its day; of no sensitive table, for the reasons why somebody is
    counted are shown. sensitive_for: of a kept record, the
    line whose staff alone may open its rows and whatever is read from them, though the line that keeps them is open (a mother's HIV test).
    """

    table: str
    label: Text
    model: str
    columns: tuple[Column, ...]
    one_row_per_resident: bool = False
    about_residents: bool = True
    sensitive: bool = False
    sensitive_for: str = ""
    named_by: str = ""
    owed: tuple[tuple[str, Text], ...] = ()
    served_on: str = ""
    all_columns: tuple[Column, ...] = field(init=False, repr=False, compare=False)  # the key columns, then its own

    def __post_init__(self) -> None:
        object.__setattr__(self, "all_columns", self.key_columns + self.columns)
        names = [column.name for column in self.all_columns]
        if doubled := {name for name in names if names.count(name) > 1}:
            raise ContractError(f"{self.table}: column {', '.join(sorted(doubled))} is declared twice. Keep one.")
        if self.one_row_per_resident and not self.about_residents:
            raise ContractError(f"{self.table}: a table with one row per resident is about residents.")
        if self.named_by and (self.about_residents or self.named_by not in names):
            raise ContractError(f"{self.table}: its records cannot be named by {self.named_by!r}: it names a person or is no column.")

        if self.served_on and (self.sensitive or self.sensitive_for or self.column(self.served_on).type != "date"):
            raise ContractError(f"{self.table}: {self.served_on!r} is no day, or the table is sensitive: it keeps no health record in use.")

    @property
    def key_columns(self) -> tuple[Column, ...]:
        key = Column("id", "int", Text("记录序号", "Record key"))
        if not self.about_residents:
            return (key,)
        return (key, Column("resident", "int", Text("居民", "Resident"), field="id" if self.table == "resident" else "resident_id"))

    def __hash__(self) -> int:
        return hash(self.table)  # stands in every node of a query; a hundred columns more would part no two tables

    def column(self, name: str) -> Column:
        for column in self.all_columns:
            if column.name == name:
                return column
        raise ContractError(f"{self.table} has no column {name!r}; it has {', '.join(c.name for c in self.all_columns)}.")
