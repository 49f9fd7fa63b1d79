"""Paper forms 国家表单: how a record prints in the layout of the national form."""

from dataclasses import dataclass

from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text

OF_RESIDENT = "resident."  # a field that stands with the resident, not with the record: resident.birth_date


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A line of the form. fields: the model's fields in it, or those of the resident (OF_RESIDENT). wording: how they stand beside each
    other, "{systolic}/{diastolic} mmHg", a line break where the form has one; without one, each element by itself, a coded one with its
    list of answers and the chosen number in the box. register: another register, whose record of the same year is printed here.
    yes_first: the form numbers 1 是 2 否 and not, as nearly everywhere, 1 否 2 是. unprinted: codes for which the form has no number.
    no_yes: its words for no and yes. instead: a field of the form's own register that stands here for a reader to whom the other register
    is closed (tested, in the place of the result)."""

    label: Text
    fields: tuple[str, ...]
    wording: Text | None = None
    register: str = ""
    yes_first: bool = False
    unprinted: tuple[str, ...] = ()
    no_yes: tuple[Text, Text] = (Text("否", "no"), Text("是", "yes"))
    instead: str = ""


@dataclass(frozen=True, slots=True)
class PaperScale:
    """A line of an assessment: what each level looks like and scores, and the score given. field: where that is stored."""

    label: Text
    field: str
    levels: tuple[tuple[Text, int], ...]


@dataclass(frozen=True, slots=True)
class PaperLines:
    """Lines out of another register of the same person, most of them at least, empty ones where there are fewer. months: how far before the
    form's day they may lie; None: any. kept_up: the form is kept up after its day (a vaccination card): later lines stand there too.
    only: field and code that a line must have. inline: they follow each other in one cell."""

    label: Text
    register: str
    fields: tuple[str, ...]
    most: int
    months: int | None = None
    kept_up: bool = False
    only: tuple[str, str] | None = None
    inline: bool = False


@dataclass(frozen=True, slots=True)
class PaperSection:
    """Lines under one heading at the left edge; no label where the form has none. levels: the headings of its scales. starts_page: the form
    turns the page before it."""

    label: Text | None
    rows: tuple[PaperRow | PaperScale | PaperLines, ...]
    levels: tuple[Text, ...] = ()
    starts_page: bool = False


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
        """The fields of its own register, in the order of the form."""
        found: list[str] = []
        for section in self.sections:
            for row in section.rows:
                if isinstance(row, PaperScale):
                    found.append(row.field)
                elif isinstance(row, PaperRow) and not row.register:
                    found += [field for field in row.fields if not field.startswith(OF_RESIDENT)]
        stand_ins = [row.instead for section in self.sections for row in section.rows if isinstance(row, PaperRow) and row.instead]
        return (*found, *(field for field in dict.fromkeys(stand_ins) if field not in found))

    @property
    def borrowed(self) -> tuple[tuple[str, str], ...]:
        """Register and field of what is printed from other registers."""
        found: list[tuple[str, str]] = []
        for section in self.sections:
            for row in section.rows:
                if isinstance(row, PaperLines) or (isinstance(row, PaperRow) and row.register):
                    found += [(row.register, field) for field in row.fields]
        return tuple(found)
