"""A figure 数字: an indicator for an organisation and a period, with everything a page, a summary or a file says of it."""

from dataclasses import dataclass
from decimal import Decimal

from taizhang.kernel.indicators import DataSource, Indicator, Status, TimeBase
from taizhang.kernel.periods import Period
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text

NOTHING = "—"  # printed where there is no value; never a zero


@dataclass(frozen=True, slots=True)
class Missing:
    """Who owes a figure something, and what: a return, a population count."""

    organisation: str
    name: Text
    what: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A figure's value in one period. numerator and denominator are exact whole numbers of the last of `places` decimals (万元 with
    2 places: 257350 is 2573.50); value is what is printed, rounded once; None where there is none."""

    period: Period
    numerator: int | None
    denominator: int | None
    places: int
    value: Decimal | None
    printed: str
    status: Status


@dataclass(frozen=True, slots=True)
class Change:
    """A change against an earlier reading. unit: "%" for counts, "个百分点" (or "个千分点") for rates, from the printed rates."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A yearly target 任务 in the indicator's unit, and the document that sets it."""

    year: int
    value: Decimal
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Rank:
    """Place among the sibling organisations of comparable kind whose figure is ok; equal values share a place."""

    place: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure. category: "" for the total; else "breakdown:code" (sex:1) or the row code of a form. period: with the cut-off in
    force. reported_by: units whose returns are in it (for a mixed figure, the rest is recorded); cells: their cells' ids. missing: who
    has not reported. qualifier: the word reported with a count (约, 余, 多), printed with it.

    completion: percent of the yearly target reached (counts: of the period from 1 January; rates: printed rate over target).
    pace: completion minus time progress, in percentage points; only for counts of things that happen over the year, because a rate or
    a standing number does not grow with the calendar: there, on_pace compares the value with the target itself.
    """

    indicator: Indicator
    organisation: str
    organisation_name: Text
    category: str
    category_name: Text | None
    period: Period
    numerator: int | None
    denominator: int | None
    places: int
    value: Decimal | None
    printed: str
    status: Status
    source: DataSource
    missing: tuple[Missing, ...]
    reported_by: tuple[str, ...]
    cells: tuple[int, ...]
    previous: Reading | None
    last_year: Reading | None
    change_previous: Change | None
    change_last_year: Change | None
    target: Aim | None
    completion: Decimal | None
    pace: Decimal | None
    rank: Rank | None
    ledger_version: int
    definition: str
    qualifier: str = ""
    names: tuple[str, ...] = ()  # of the first records counted, where a sentence is to name them (trace.names)

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def is_total(self) -> bool:
        return self.category == ""

    @property
    def accumulates(self) -> bool:
        """Whether it counts things that happen over the year, so that it can be held against the calendar."""
        return accumulates(self.indicator)

    @property
    def on_pace(self) -> bool | None:
        """At or ahead of plan: a count that accumulates against the time gone, anything else against the target itself. None without
        a target or a value."""
        if self.target is None or self.value is None:
            return None
        if self.accumulates:
            return None if self.pace is None else self.pace >= 0
        return self.value <= self.target.value if self.indicator.better == "lower" else self.value >= self.target.value


def accumulates(indicator: Indicator) -> bool:
    return not indicator.is_rate and indicator.time_base in (TimeBase.FLOW, TimeBase.ANNUAL)


class FigureError(Refusal, ValueError):
    """A figure, trace or target that cannot be given; the message says why, and what to do, in Chinese."""
