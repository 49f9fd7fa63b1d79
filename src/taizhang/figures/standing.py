"""What a board has counted, kept for the next page that asks.

The counts of a period lie over one tree at one ledger version. While writers write, a version comes every second, and each changes a few
tables; what looks at none of them is taken over from the version before, so that a page counts anew only what can have changed. Nothing is
kept past a change of definitions, parameters, returns, population counts or the tree.
"""

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from threading import Lock
from typing import Any

from taizhang.county.organisations import OrganisationTree
from taizhang.figures.counting import Counts, Facts
from taizhang.figures.model import Figure
from taizhang.figures.placing import Placing, Trees
from taizhang.figures.source import StoredLedger
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import Registry

_KEPT = 40  # periods: those of today, and the courses of time, which ask for eighteen and few figures in each
_MOST_FIGURES = 400  # of one indicator, a board

_boards: "OrderedDict[tuple[Path, Period], Standing]" = OrderedDict()
_lock = Lock()


@dataclass
class Standing:
    """The counts of a period, of the one before and of last year's, and the figures made of them: by indicator, then by place, category and
    aim. then: of the ledger version that the period is compared at."""

    facts: Facts
    then: Facts
    trees: Trees
    definitions: tuple[object, ...]
    now: Counts
    before: Counts
    last_year: Counts
    figures: dict[str, dict[Any, Figure]] = field(default_factory=dict)
    # By indicator, then by parent (None: the root alone) and kind, which is who stands with whom: the values that are ranked, the lowest
    # first.
    ranked: dict[str, dict[tuple[str | None, str], list[Decimal]]] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)  # of the definitions, by code

    def take_over(self, earlier: "Standing", changed: set[str], changed_then: set[str]) -> None:
        """All of an earlier version that cannot have changed since."""
        self.now.take_over(earlier.now, changed)
        self.before.take_over(earlier.before, changed_then)
        self.last_year.take_over(earlier.last_year, changed_then)
        self.figures = {
            code: figures
            for code, figures in dict(earlier.figures).items()
            if self.now.is_same(code, changed) and self.before.is_same(code, changed_then) and self.last_year.is_same(code, changed_then)
        }
        self.ranked = {code: ranked for code, ranked in dict(earlier.ranked).items() if self.now.is_same(code, changed)}
        self.fingerprints = earlier.fingerprints

    def known(self, code: str, key: Any) -> Figure | None:
        """A figure that was made before, as one of this version: one taken over says which it was made at."""
        figure = self.figures.get(code, {}).get(key)
        if figure is not None and figure.ledger_version != self.facts.ledger.number:
            figure = self.keep(code, key, replace(figure, ledger_version=self.facts.ledger.number))
        return figure

    def keep(self, code: str, key: Any, figure: Figure) -> Figure:
        figures = self.figures.setdefault(code, {})
        if len(figures) >= _MOST_FIGURES:
            figures.clear()
        figures[key] = figure
        return figure


def standing(facts: Facts, then: Facts, period: Period, tree: OrganisationTree, trees: Trees, *, shared: bool) -> Standing:
    """The counts of a period and those it is compared with, over `tree`. shared: kept for the next page; for a home's own ledger and its
    organisations as they are known now."""
    placing = Placing(tree, trees)
    before, last_year = (Counts(then, other, placing) for other in (period.previous(), period.same_period_last_year()))
    definitions = _definitions(facts.registry)
    made = Standing(facts, then, trees, definitions, Counts(facts, period, placing), before, last_year)
    if not shared or not isinstance(facts.ledger, StoredLedger):
        return made
    key = (facts.ledger.folder, period)
    with _lock:
        known = _boards.get(key)
    if known is not None and known.trees is trees and _same(known.definitions, definitions):
        if known.facts is facts and known.then is then:
            with _lock:
                if key in _boards:
                    _boards.move_to_end(key)
            return known
        if known.facts.ledger.number > facts.ledger.number or known.then.ledger.number > then.ledger.number:
            return made  # an older version, asked for by its number: nobody asks twice
        changed, changed_then = _changed(known.facts, facts), _changed(known.then, then)
        if changed is not None and changed_then is not None:
            made.take_over(known, changed, changed_then)
    with _lock:
        _boards[key] = made
        _boards.move_to_end(key)
        while len(_boards) > _KEPT:
            _boards.popitem(last=False)
    return made


def _changed(known: Facts, facts: Facts) -> set[str] | None:
    """The tables with other rows; None where that is not known, or where more than rows of records has changed."""
    if known is facts:
        return set()
    then, now = known.ledger, facts.ledger
    if now.stamp(then.number) != then.stamp(then.number):
        return None
    if known.cells is not facts.cells or known.populations is not facts.populations or known.empty != facts.empty:
        return None
    return now.tables_changed_since(then.number)


def _definitions(registry: Registry) -> tuple[object, ...]:
    return (*registry.indicators.values(), *registry.populations.values(), *registry.parameters.values())


def _same(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(some) == len(others) and all(one is other for one, other in zip(some, others, strict=True))
