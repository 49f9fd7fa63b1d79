"""Who owes which return 应报: the duty of each unit, its closing day, and what came in when.

Nobody lays down in one document which unit reports which of fifty forms. A unit is therefore expected to go on with what it has reported
within the year before (the same rule by which a figure names who is missing), for periods of the same kind; a longer silence has ended the
duty. Cumulative returns (January to each month) are one kind: their January, quarter, half and year are not asked for twice.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from django.db.models import Min

from taizhang.kernel.arithmetic import rate
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period, add_months, month_end
from taizhang.returns.models import Action, Return, ReturnStep, State

EXPECTATION = timedelta(days=366)
_FEW = 200  # organisations that are named to the database; more are picked out of all
_HANDED_IN = (State.SUBMITTED, State.ACCEPTED)
_LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class Regularity(StrEnum):
    """How often a form is reported."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    CUMULATIVE = "cumulative"  # January to each month


@dataclass(frozen=True, slots=True)
class Filed:
    """A return that is there. submitted_on: the day it was first handed in; None where that is not known (an old import)."""

    id: int
    form: str
    organisation: str
    start: date
    end: date
    state: str
    submitted_by: str
    submitted_on: date | None

    @property
    def handed_in(self) -> bool:
        return self.state in _HANDED_IN


@dataclass(frozen=True, slots=True)
class Duty:
    """One return that is owed, or that came in unasked. deadline: the last day in time; None where no rule is in force."""

    form: str
    organisation: str
    period: Period
    deadline: date | None
    filed: Filed | None
    day: date

    @property
    def reported(self) -> bool:
        return self.filed is not None and self.filed.handed_in

    @property
    def late(self) -> bool:
        """补录: handed in for the first time after the closing day."""
        return self.reported and self._after(self.filed.submitted_on if self.filed else None)

    @property
    def on_time(self) -> bool:
        return self.reported and self.filed is not None and self.filed.submitted_on is not None and not self.late

    @property
    def undated(self) -> bool:
        """Handed in on a day that nobody noted down: neither in time nor late."""
        return self.reported and self.filed is not None and self.filed.submitted_on is None

    @property
    def overdue(self) -> bool:
        return not self.reported and self._after(self.day)

    @property
    def judged(self) -> bool:
        """It is in, or should be: then it belongs to the rates. What may still come is not held against anybody."""
        return self.reported or self.overdue

    def _after(self, day: date | None) -> bool:
        return self.deadline is not None and day is not None and day > self.deadline


@dataclass(frozen=True, slots=True)
class Standing:
    """How a group of duties stands. Rates in percent with two decimals; None over nothing."""

    due: int
    reported: int
    on_time: int
    late: int
    waiting: int

    @property
    def reporting_rate(self) -> Decimal | None:
        return rate(self.reported, self.due, "%", 2)

    @property
    def on_time_rate(self) -> Decimal | None:
        return rate(self.on_time, self.due, "%", 2)


def standing(duties: Iterable[Duty]) -> Standing:
    """报告率: handed in of those due; 及时率: handed in by the closing day of those due. What may still come is in neither."""
    every = list(duties)
    judged = [d for d in every if d.judged]
    return Standing(
        due=len(judged),
        reported=sum(d.reported for d in judged),
        on_time=sum(d.on_time for d in judged),
        late=sum(d.late for d in judged),
        waiting=len(every) - len(judged),
    )


def deadline(period: Period, parameters: Mapping[str, Parameter]) -> date | None:
    """The last day on which a return of this period is in time; cumulative returns close like monthly ones."""
    kind = period.kind if period.kind in (*_LENGTHS, "week") else "month"
    parameter = parameters.get(f"returns.closing_days_{kind}")
    days = parameter.at(period.end) if parameter is not None else None
    return None if days is None else period.end + timedelta(days=days)


def regularities(spans: Collection[tuple[date, date]]) -> frozenset[Regularity]:
    """How often someone reports who has reported these spans of days."""
    periods = [Period(*span) for span in spans]
    cumulative = sum(p.kind == "months" and p.start.month == 1 for p in periods) > 1  # one alone is a single document
    found = set()
    for period in periods:
        if cumulative and (period.start.month, period.start.day) == (1, 1):
            found.add(Regularity.CUMULATIVE)
        elif period.kind in (*_LENGTHS, "week"):
            found.add(Regularity(period.kind))
    return frozenset(found)


def periods_ending(regularity: Regularity, start: date, end: date) -> Iterator[Period]:
    """The periods of this kind whose last day lies within start..end."""
    if regularity is Regularity.WEEK:
        sunday = start + timedelta(days=6 - start.weekday())
        while sunday <= end:
            yield Period(sunday - timedelta(days=6), sunday)
            sunday += timedelta(days=7)
        return
    length = 1 if regularity is Regularity.CUMULATIVE else _LENGTHS[regularity]
    first = date(start.year, start.month, 1)
    while first <= end:
        last = month_end(first.year, first.month)
        if last.month % length == 0 and start <= last <= end:
            begins = date(last.year, 1, 1) if regularity is Regularity.CUMULATIVE else add_months(first, 1 - length)
            yield Period(begins, last)
        first = add_months(first, 1)


def read_filed(organisations: Collection[str], start: date, end: date, *, form: str = "") -> list[Filed]:
    """Returns whose last day lies within start..end, with the day each was first handed in. Two queries."""
    rows = Return.objects.filter(period_end__gte=start, period_end__lte=end)
    rows = rows.filter(form=form) if form else rows
    if len(organisations) <= _FEW:
        rows = rows.filter(organisation__in=organisations)
    steps = ReturnStep.objects.filter(action=Action.SUBMITTED, report__in=rows)
    first = dict(steps.values_list("report").annotate(first=Min("taken_on")).values_list("report", "first"))
    wanted = frozenset(organisations)  # filtered here: an IN of a whole county's units would be longer than SQLite takes
    listed = rows.values_list("id", "form", "organisation_id", "period_start", "period_end", "state", "submitted_by").order_by("id")
    return [Filed(*row, first.get(row[0])) for row in listed if row[2] in wanted]


def duties(
    filed: Iterable[Filed],
    start: date,
    end: date,
    day: date,
    parameters: Mapping[str, Parameter],
    *,
    opened: Mapping[str, date] | None = None,
) -> list[Duty]:
    """What was owed for periods that end within start..end and are over on `day`, by form, unit and period; and what came in unasked.

    filed: returns since a year before `start`. opened: units that have not always been there, with their first day.
    """
    by_place: dict[tuple[str, str], list[Filed]] = defaultdict(list)
    for each in filed:
        by_place[each.form, each.organisation].append(each)
    last = min(end, day)
    found = []
    for (form, organisation), known in sorted(by_place.items()):
        there = {(f.start, f.end): f for f in known}
        began = min(f.start for f in known)
        born = (opened or {}).get(organisation, began)
        asked: set[tuple[date, date]] = {span for span in there if start <= span[1] <= end}
        for regularity in regularities([span for span in there if span[1] >= start - EXPECTATION]):
            for period in periods_ending(regularity, start, last):
                if period.start >= max(began, born) and _expected(regularity, period, there):
                    asked.add((period.start, period.end))
        for span in sorted(asked):
            period = Period(*span)
            found.append(Duty(form, organisation, period, deadline(period, parameters), there.get(span), day))
    return found


def _expected(regularity: Regularity, period: Period, spans: Iterable[tuple[date, date]]) -> bool:
    """Whether a return of this kind came in within the year before the period, or later."""
    recent = [Period(*span) for span in spans if span[1] >= period.start - EXPECTATION]
    if regularity is Regularity.CUMULATIVE:
        return any((p.start.month, p.start.day) == (1, 1) for p in recent)
    return any(p.kind == regularity for p in recent)
