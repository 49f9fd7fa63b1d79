"""Forms of returns 报表: the paper tables units report on, as data."""

from dataclasses import dataclass
from enum import StrEnum

from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text


class FormError(ValueError):
    """A form that contradicts itself; raised on import."""


class Kind(StrEnum):
    FLOW = "flow"  # adds up over periods
    STOCK = "stock"  # as of a day; the latest counts
    RATE = "rate"  # reported without counts: kept, printed, never rolled up
    PLAN = "plan"  # a yearly task; belongs to the year whatever the period


class Scope(StrEnum):
    OWN = "own"  # the organisation itself: sums over organisations hold
    AREA = "area"  # the organisation's whole area: the figure of its level


@dataclass(frozen=True, slots=True)
class FormElement:
    """A column of the paper table. places: decimals of the unit it is stored in (万元 with 2 places is stored in hundreds of yuan)."""

    code: str
    name: Text
    unit: str
    kind: Kind = Kind.FLOW
    places: int = 0


@dataclass(frozen=True, slots=True)
class Category:
    """A row of the paper table."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class PartOf:
    """Cross-check: the part is not more than its whole, in every row."""

    part: str
    whole: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """报表. name: what the paper says. categories: its rows, where it has any; total: the code of the row that is the sum of
    the others. open_categories: rows are named by whoever reports (projects, items). sensitive_for: the line of work whose staff alone,
    beside the unit that fills it, read its numbers, though its own line is open (mothers found with HIV)."""

    code: str
    name: Text
    elements: tuple[FormElement, ...]
    source: Source
    categories: tuple[Category, ...] = ()
    total: str = ""
    open_categories: bool = False
    scope: Scope = Scope.AREA
    checks: tuple[PartOf, ...] = ()
    programme: str = ""
    sensitive_for: str = ""

    def __post_init__(self) -> None:
        codes = [e.code for e in self.elements]
        if len(set(codes)) != len(codes):
            raise FormError(f"Form {self.code}: an element code is used twice.")
        if self.total and self.total not in {c.code for c in self.categories}:
            raise FormError(f"Form {self.code}: its total row {self.total!r} is not among its categories.")
        for check in self.checks:
            for name in (check.part, check.whole):
                self.element(name)

    def element(self, code: str) -> FormElement:
        for element in self.elements:
            if element.code == code:
                return element
        raise FormError(f"Form {self.code} has no element {code!r}; it has {', '.join(e.code for e in self.elements)}.")

    def find_element(self, written: str) -> FormElement | None:
        """The element a reporter wrote, by code or by its Chinese or English name."""
        return next((e for e in self.elements if written.strip() in (e.code, e.name.zh, e.name.en)), None)

    def find_category(self, written: str) -> Category | None:
        return next((c for c in self.categories if written.strip() in (c.code, c.name.zh, c.name.en)), None)
