"""How the synthetic county reports: each township its own area every month, the county the whole; the last month comes in late.

A line of work that lives from returns says in its simulate.py what a month looks like; this turns it into returns with cells.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from taizhang.kernel.forms import Form, Kind, Scope
from taizhang.kernel.periods import Period, month_end
from taizhang.kernel.registry import registry
from taizhang.simulation.places import COUNTY_CODE, Places
from taizhang.simulation.run import Row

ON_TIME = 0.86  # of the units have handed in last month's return by today


@dataclass(frozen=True, slots=True)
class Draw:
    """A random number: `low` to `high` times the base, which is another element of the same row (`of`), else the residents in ten
    thousands (per_resident), else one."""

    low: float
    high: float
    of: str = ""
    per_resident: bool = True


def per_10k(low: float, high: float) -> Draw:
    """So many a month for ten thousand residents."""
    return Draw(low, high)


def of(element: str, low: float, high: float) -> Draw:
    """So many times (or such a share of) another element of the same row."""
    return Draw(low, high, element, per_resident=False)


def about(low: float, high: float) -> Draw:
    """So many, whatever the population."""
    return Draw(low, high, per_resident=False)


@dataclass(frozen=True, slots=True)
class Rate:
    """A yearly target of a rate, the same for every organisation."""

    value: float


@dataclass(frozen=True, slots=True)
class PerTenThousand:
    """A yearly target of a count, for ten thousand residents."""

    value: float


# (element, category): how it is drawn, in the element's stored whole number.
Month = Mapping[tuple[str, str], Draw]


def first_key(form: Form) -> int:
    """Where the keys of a form's returns begin. Each form has a million of its own, so that forms do not meet."""
    return sorted(registry.forms).index(form.code) * 1_000_000


class Reporting:
    """Returns of one form over the county's history."""

    def __init__(self, form: Form, places: Places, random: Random) -> None:
        self.form, self.places, self.random = form, places, random
        self.key = first_key(form)

    def monthly(self, month: Month, start: date, end: date, *, by_township: bool) -> Iterator[Row]:
        """A return a month, from units and county. The last month is missing where a unit is late."""
        people = {t.code: sum(v.size for v in self.places.villages if v.township is t) for t in self.places.townships}
        standing: dict[tuple[str, str, str], float] = {}
        for first in _months(start, end):
            last = month_end(first.year, first.month)
            if last > end:
                break
            latest = last == Period.complete_months(end).end
            total: dict[tuple[str, str], int] = {}
            for unit, residents in people.items() if by_township else [(COUNTY_CODE, sum(people.values()))]:
                cells = self._draw(month, unit, residents, standing)
                for place, value in cells.items():
                    total[place] = total.get(place, 0) + value
                late = latest and self.random.random() > ON_TIME
                if by_township and not late:
                    yield from self._return(unit, first, last, cells, "submitted" if latest else "accepted", end)
            # Where units report for themselves the county's figure is their sum; for an area, the county reports its own.
            if not by_township or self.form.scope is Scope.AREA:
                yield from self._return(COUNTY_CODE, first, last, total, "submitted" if latest else "accepted", end)

    def cumulative(self, month: Month, start: date, end: date) -> Iterator[Row]:
        """A return for January to each month, for what is published only over the year so far (rates without counts)."""
        standing: dict[tuple[str, str, str], float] = {}
        for first in _months(start, end):
            last = month_end(first.year, first.month)
            if last <= end:
                cells = self._draw(month, COUNTY_CODE, 0, standing)
                yield from self._return(COUNTY_CODE, date(first.year, 1, 1), last, cells, "accepted", end)

    def yearly(self, values: Mapping[int, Mapping[tuple[str, str], int]]) -> Iterator[Row]:
        """Tasks of the year."""
        for year, cells in values.items():
            yield from self._return(COUNTY_CODE, date(year, 1, 1), date(year, 12, 31), dict(cells), "accepted", date(year, 1, 20))

    def _draw(self, month: Month, unit: str, residents: int, standing: dict[tuple[str, str, str], float]) -> dict[tuple[str, str], int]:
        cells: dict[tuple[str, str], int] = {}
        for (element, category), draw in month.items():
            chance = self.random.uniform(draw.low, draw.high)
            if self.form.element(element).kind in (Kind.STOCK, Kind.RATE):
                # A standing number moves by a little from month to month.
                chance = standing.setdefault((unit, element, category), chance)
            if draw.of:
                base: float = cells[(draw.of, category)]
            else:
                base = residents / 10_000 if draw.per_resident else 1
            cells[(element, category)] = round(base * chance)
        if self.form.total:
            for element in {element for element, _ in cells}:
                rows = [value for (name, category), value in cells.items() if name == element and category not in ("", self.form.total)]
                if rows:
                    cells[(element, self.form.total)] = sum(rows)
        return cells

    def _return(
        self, unit: str, first: date, last: date, cells: dict[tuple[str, str], int], state: str, known: date
    ) -> Iterator[Row]:
        """One return, its cells and its steps, none of them after `known`."""
        self.key += 1
        shared: dict[str, Any] = {
            "form": self.form.code,
            "organisation_id": unit,
            "period_start": first,
            "period_end": last,
            "as_of": last,
            "state": state,
        }
        actor = f"t{unit[6:]}" if len(unit) > 6 else "bureau"
        yield "returns.Return", {"id": self.key, **shared, "submitted_by": actor}
        # By its key and not by chance, so that a county's numbers stay what they were: a few days after the period, one in 17 late.
        handed_in = min(last + timedelta(days=1 + self.key % 4 + (7 if self.key % 17 == 0 else 0)), known)
        step = {"report_id": self.key, "at": datetime.combine(handed_in, time(9, 30), UTC)}
        yield "returns.ReturnStep", {"id": self.key * 2, **step, "action": "submitted", "taken_on": handed_in, "actor": actor, "reason": ""}
        if state == "accepted":
            taken_on = min(handed_in + timedelta(days=2), known)
            step["at"] = datetime.combine(taken_on, time(15, 10), UTC)
            reviewer = "bureau" if len(unit) > 6 else "leader"
            yield "returns.ReturnStep", {
                "id": self.key * 2 + 1, **step, "action": "accepted", "taken_on": taken_on, "actor": reviewer, "reason": "",
            }  # fmt: skip
        for number, ((element, category), value) in enumerate(cells.items()):
            yield (
                "returns.ReturnCell",
                {
                    "id": self.key * 100 + number,
                    "report_id": self.key,
                    **shared,
                    "element": element,
                    "category": category,
                    "value": value,
                },
            )


def _months(start: date, end: date) -> Iterator[date]:
    """First days of the months from January of the first year on: a year's figures need its January."""
    day = date(start.year, 1, 1)
    while day <= end:
        yield day
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
