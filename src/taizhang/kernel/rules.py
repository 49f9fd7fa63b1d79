"""Rules over one record: entry rules that refuse, notices that warn, and due dates with their reason."""

from dataclasses import dataclass
from datetime import date

from taizhang.kernel.query import nodes
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text


@dataclass(frozen=True, slots=True)
class EntryRule:
    """A condition every record of a table must meet. `refusal` says what is wrong and what to do; {column} names are filled with
    the record's values."""

    name: str
    table: str
    holds: nodes.Value
    refusal: Text
    fields: tuple[str, ...]  # the columns to point at
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """When a person is next due, and why. None for `on` when nothing further is due (closed, died, moved out)."""

    on: date | None
    reason: str  # a code of the programme's due reasons
    text: Text


@dataclass(frozen=True, slots=True)
class Notice:
    """What a form tells at once when a record meets a condition: a warning, a referral, advice. urgent: somebody must act now. text:
    {column} names are filled with the record's values."""

    name: str
    table: str
    when: nodes.Value
    text: Text
    urgent: bool = False
    source: Source | None = None
