"""Registers: a list of records as data, from which pages are built and files are read and written."""

from dataclasses import dataclass

from taizhang.kernel.elements import Element
from taizhang.kernel.text import Text


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A column of a register. `field` is the model's field. element: what is asked, where it is an element. For columns that
    are no element, `kind` says how a file's text becomes a value: resident, organisation, date, text, staff."""

    field: str
    label: Text
    element: Element | None = None
    kind: str = "element"
    required: bool = False
    in_list: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """A register of one stored record. code: the KIND of `taizhang import`. natural_key: the fields by which a row of a file is
    recognised as a record already there; equal values then change nothing, other values are refused unless the import corrects."""

    code: str
    name: Text
    model: str
    columns: tuple[RegisterColumn, ...]
    natural_key: tuple[str, ...]
    table: str = ""  # the ledger table, where it has one
    order: tuple[str, ...] = ("-id",)
    programme: str = ""

    def column(self, field: str) -> RegisterColumn:
        for column in self.columns:
            if column.field == field:
                return column
        raise KeyError(f"Register {self.code} has no column {field!r}.")
