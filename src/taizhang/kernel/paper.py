"""Paper forms 国家表单: how a record prints in the layout of the national form."""

from dataclasses import dataclass

from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A line of the form. fields: the model's fields in it. wording: how they stand beside each other, "{systolic}/{diastolic} mmHg";
    without one, each element by itself, a coded one with its list of answers and the chosen number in the box."""

    label: Text
    fields: tuple[str, ...]
    wording: Text | None = None


@dataclass(frozen=True, slots=True)
class PaperSection:
    """Lines under one heading at the left edge; an empty label where the form has none."""

    label: Text
    rows: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """The national form of a register's records. side_by_side: how many records one sheet holds, as columns (four visits of a follow-up
    form; one of an examination). notes: what stands below the table."""

    code: str
    name: Text
    register: str
    source: Source
    sections: tuple[PaperSection, ...]
    side_by_side: int = 1
    notes: tuple[Text, ...] = ()
    programme: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(field for section in self.sections for row in section.rows for field in row.fields)
