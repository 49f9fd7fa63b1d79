"""What a board has counted, kept for the next page that asks.

The counts of a period lie over one tree at one ledger version. While writers write, a version comes every second, and each changes a few
tables; what looks at none of them is taken over from the version before, so that a page counts anew only what can have changed. Nothing is
kept past a change of definitions, parameters, returns, population counts or the tree.
"""

from collections import OrderedDict
from dataclasses import dataclass, field, replace
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

_KEPT = 16  # boards: the course of a figure asks for twelve
_MOST_FIGURES = 10_000  # a board, some 10 MB

_boards: "OrderedDict[tuple[Path, Period], Standing]" = OrderedDict()
_lock = Lock()


@dataclass
class Standing:
    """The counts of a period, of the one before and of last year's, and the figures made of them by indicator, place, category and aim."""

    facts: Facts
    trees: Trees
    definitions: tuple[object, ...]
    now: Counts
    before: Counts
    last_year: Counts
    figures: dict[Any, Figure] = field(default_factory=dict)

    def take_over(self, earlier: "Standing", changed: set[str]) -> None:
        """All of an earlier version that cannot have changed since."""
        mine, theirs = (self.now, self.before, self.last_year), (earlier.now, earlier.before, earlier.last_year)
        for counts, then in zip(mine, theirs, strict=True):
            counts.take_over(then, changed)
        for key, figure in dict(earlier.figures).items():
            if all(_is_untouched(counts, figure.code, changed) for counts in mine):
                self.figures[key] = replace(figure, ledger_version=self.facts.ledger.number)


def _is_untouched(counts: Counts, code: str, changed: set[str]) -> bool:
    indicator = counts.indicator(code)
    return indicator is None or indicator.population is None or counts.is_untouched(indicator.population, changed)


def standing(facts: Facts, period: Period, tree: OrganisationTree, trees: Trees, *, shared: bool) -> Standing:
    """The counts of a period and those it is compared with, over `tree`. shared: kept for the next page; for a home's own ledger and its
    organisations as they are known now."""
    placing = Placing(tree, trees)
    periods = (period, period.previous(), period.same_period_last_year())
    definitions = _definitions(facts.registry)
    made = Standing(facts, trees, definitions, *(Counts(facts, each, placing) for each in periods))
    if not shared or not isinstance(facts.ledger, StoredLedger):
        return made
    key = (facts.ledger.folder, period)
    with _lock:
        known = _boards.get(key)
    if known is not None and known.trees is trees and _same(known.definitions, definitions):
        if known.facts is facts:
            with _lock:
                if key in _boards:
                    _boards.move_to_end(key)
            if len(known.figures) > _MOST_FIGURES:
                known.figures.clear()
            return known
        if known.facts.ledger.number > facts.ledger.number:
            return made  # an older version, asked for by its number: nobody asks twice
        changed = _changed(known.facts, facts)
        if changed is not None:
            made.take_over(known, changed)
    with _lock:
        _boards[key] = made
        _boards.move_to_end(key)
        while len(_boards) > _KEPT:
            _boards.popitem(last=False)
    return made


def _changed(known: Facts, facts: Facts) -> set[str] | None:
    """The tables with other rows; None where that is not known, or where more than rows of records has changed."""
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
