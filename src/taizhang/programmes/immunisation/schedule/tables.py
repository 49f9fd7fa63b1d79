"""The tables of the schedule, a file an edition, and which of them is in force on a day.

A file lists only the doses that differ from the edition before, so that two editions are read side by side; a dose keeps its name
(dtap_3) through all of them. Months are minimum ages; `before` is the age in months before which the dose is to be given; `until` the age
from which it is given no more (18 years unless said).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from taizhang.kernel.parameters import read_yaml
from taizhang.kernel.sources import Source

OF_AGE = 18 * 12


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRule:
    """One dose of an edition. Ages in months; gaps from the dose before, from_first_months from the first of the series; before_days: in
    time within so many days of birth, the birthday being the first."""

    vaccine: str
    months: int
    way: str
    site: str
    volume: str
    before: int | None = None
    before_days: int | None = None
    gap_days: int = 0
    gap_months: int = 0
    from_first_months: int = 0
    until: int = OF_AGE
    girls_born_since: date | None = None


# By series, then by number: {"dtap": {1: ..., 2: ...}}.
Doses = Mapping[str, Mapping[int, DoseRule]]


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the schedule with all its doses. instead: by series, the vaccine of whose first dose a child follows another series."""

    since: date
    source: Source
    doses: Doses
    instead: Mapping[str, tuple[str, Doses]]

    def series(self, name: str, first_vaccine: str | None) -> Mapping[int, DoseRule]:
        """The doses of a series by number, for a child whose first dose was this vaccine."""
        other = self.instead.get(name)
        chosen = other[1] if other is not None and other[0] == first_vaccine else self.doses
        return chosen.get(name, {})


@lru_cache(maxsize=1)
def editions() -> tuple[Edition, ...]:
    """Every edition, the oldest first."""
    contents = [read_yaml(path) for path in Path(__file__).parent.glob("*.yaml")]
    found: list[Edition] = []
    doses: dict[str, DoseRule] = {}
    instead: dict[str, tuple[str, dict[str, DoseRule]]] = {}
    for content in sorted(contents, key=lambda c: c["from"]):
        doses = {**doses, **_rules(content["doses"])}
        instead = {**instead, **{name: (b["vaccine"], _rules(b["doses"])) for name, b in content.get("instead", {}).items()}}
        source = Source(content["document"], "儿童免疫程序表", verified=content["verified"])
        found.append(Edition(content["from"], source, _by_series(doses), {name: (v, _by_series(d)) for name, (v, d) in instead.items()}))
    return tuple(found)


def _rules(body: dict[str, dict[str, Any]]) -> dict[str, DoseRule]:
    return {code: DoseRule(**rule) for code, rule in body.items()}


def _by_series(doses: Mapping[str, DoseRule]) -> Doses:
    found: dict[str, dict[int, DoseRule]] = {}
    for code, rule in doses.items():
        series, _, number = code.partition("_")
        found.setdefault(series, {})[int(number)] = rule
    return found


def edition_on(day: date) -> Edition:
    """The edition in force on a day; before the first one, the first: children born then were called by its like."""
    return next((e for e in reversed(editions()) if e.since <= day), editions()[0])
