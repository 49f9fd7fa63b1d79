"""Figures: all indicators, for an organisation and those below it, with what each is compared with.

Everything counted is read at one ledger version: records, returns and populations (a page compares with a version some seconds older).
The organisation tree and the targets are read from the database as they stand today (the tree: dated links, as at the period's cut-off).
Previous period and last year are counted by the definition of their own time and laid over this period's tree.
"""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Lock

from taizhang.config import home
from taizhang.figures.counting import Counted, Counts, Facts, value_of
from taizhang.figures.engines import in_force
from taizhang.figures.model import Aim, Change, Figure, Rank, Reading, accumulates
from taizhang.figures.placing import Trees, trees_now
from taizhang.figures.present import printed
from taizhang.figures.reporting import read_cells
from taizhang.figures.series import read_populations
from taizhang.figures.source import Ledger, Recent, ledger_at, ledger_for_pages, recent_versions
from taizhang.figures.standing import standing
from taizhang.figures.targets import read_targets
from taizhang.kernel.arithmetic import growth, points, rate, round_half_away
from taizhang.kernel.indicators import Better, Indicator, Status
from taizhang.kernel.periods import Period
from taizhang.kernel.query.fingerprint import fingerprint
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text

_POINTS = {"%": "个百分点", "‰": "个千分点"}
_COMPARABLE = (Status.OK, Status.RATE_ONLY)


def figures(
    period: Period,
    organisation: str,
    *,
    children: bool = False,
    indicators: Sequence[str] | None = None,
    version: "int | Ledger | None" = None,
    with_categories: bool = True,
    day: date | None = None,
    trees: Trees | None = None,
) -> list[Figure]:
    """Figures of an organisation, and with `children` of those directly below it, for all indicators in force (or those named).

    Ordered by organisation (the asked one first), then as the lines of work declare them, each total before its categories. version: a
    ledger version, by default the latest. day: the home's working day; a period still running then is cut off there. An indicator that
    is named and has no rule in force gives a figure of status no-rule. trees: the organisations as they were known on another day, by
    default as they are known now. Raises LedgerError, RegistryError (unknown code),
    OrganisationError.
    """
    board = Board(period, version=version, day=day, trees=trees)
    wanted = [organisation, *(board.tree.children(organisation) if children else ())]
    definitions = board.definitions(indicators)
    board.read_targets(wanted)
    return [figure for code in wanted for indicator in definitions for figure in board.figures_of(indicator, code, with_categories)]


@dataclass(frozen=True, slots=True)
class Difference:
    """Records and returns that disagree on an indicator for an organisation, or returns that disagree among themselves."""

    indicator: Indicator
    organisation: str
    organisation_name: Text
    recorded: Decimal | None
    reported: Decimal | None
    texts: tuple[Text, ...]


def differences(period: Period, organisation: str, *, version: "int | Ledger | None" = None, day: date | None = None) -> list[Difference]:
    """Where an organisation or one below it has both records and a return for an indicator and they are unequal; and every finding on
    the returns that its figures use."""
    board = Board(period, version=version, day=day)
    found = []
    for indicator in board.definitions(None):
        if indicator.reported is None:
            continue
        for code in board.tree.descendants(organisation):
            reported = board.now.reported(indicator, code)
            recorded = board.now.recorded(indicator, code) if indicator.population is not None else Counted(status=Status.NOT_REPORTED)
            ours, theirs = value_of(indicator, recorded), value_of(indicator, reported)
            unequal = ours is not None and theirs is not None and ours != theirs
            texts = tuple(f.text for f in reported.findings) if code in reported.reported_by or code == organisation else ()
            if unequal or texts:
                found.append(Difference(indicator, code, board.tree.name(code), ours, theirs, tuple(dict.fromkeys(texts))))
    return found


class Board:
    """One period at one ledger version (or over the `facts` of counties rolled up): counts of the period, of the one before and of last
    year's, laid over one tree. Where no version is named, a running period is compared at a version that may be some seconds older: periods
    that have ended are brought up by themselves (figures/subscribe.py). recent: the latest versions, where they were asked already."""

    def __init__(
        self,
        period: Period,
        *,
        version: "int | Ledger | None" = None,
        day: date | None = None,
        trees: Trees | None = None,
        facts: Facts | None = None,
        recent: Recent | None = None,
    ) -> None:
        day = day or home.current().working_day()
        self.period = period.known_on(day)
        self.facts, then = (facts, facts) if facts is not None else _facts_at(version, self.period.has_ended(day), recent)
        self.ledger = self.facts.ledger
        self.trees = trees or trees_now(home.current().organisation)
        self.tree = self.trees.on(self.period.cutoff)
        kept = standing(self.facts, then, self.period, self.tree, self.trees, shared=facts is None and trees is None)
        self.now, self.before, self.last_year, self._standing = kept.now, kept.before, kept.last_year, kept
        self._targets: Mapping[tuple[str, str], Aim] = {}

    def definitions(self, codes: Sequence[str] | None) -> list[Indicator]:
        """Indicators in force on the cut-off; of those named, one that is not in force stands with its latest definition."""
        if codes is None:
            return registry.indicators_on(self.period.cutoff)
        return [registry.indicator(code, self.period.cutoff) or registry.indicators[code][-1] for code in dict.fromkeys(codes)]

    def read_targets(self, organisations: Sequence[str]) -> None:
        self._targets = read_targets(organisations, self.period.year)

    def figures_of(self, indicator: Indicator, organisation: str, with_categories: bool) -> list[Figure]:
        """The total, then a figure a category."""
        found = [self.figure(indicator, organisation)]
        if with_categories and found[0].status is not Status.NO_RULE:
            for category, name in self.now.categories(indicator, organisation):
                found.append(self.figure(indicator, organisation, category, name))
        return found

    def figure(self, indicator: Indicator, organisation: str, category: str = "", category_name: Text | None = None) -> Figure:
        aim = None if category else self._targets.get((indicator.code, organisation))
        key = (organisation, category, category_name, aim)
        known = self._standing.known(indicator.code, key)
        if known is not None and known.indicator is indicator:
            return known
        return self._standing.keep(indicator.code, key, self._made(indicator, organisation, category, category_name, aim))

    def _made(self, indicator: Indicator, organisation: str, category: str, category_name: Text | None, aim: Aim | None) -> Figure:
        in_force = self.now.indicator(indicator.code) is not None
        counted = self.now.of(indicator, organisation, category) if in_force else Counted(status=Status.NO_RULE)
        value = value_of(indicator, counted)
        previous = self._reading(self.before, indicator, organisation, category)
        last_year = self._reading(self.last_year, indicator, organisation, category)
        completion = self._completion(indicator, value, aim)
        return Figure(
            indicator=indicator,
            organisation=organisation,
            organisation_name=self.tree.name(organisation),
            category=category,
            category_name=category_name,
            period=self.period,
            numerator=counted.numerator,
            denominator=counted.denominator,
            places=counted.places,
            value=value,
            printed=printed(value, indicator.unit),
            status=counted.status,
            source=counted.source,
            missing=counted.missing,
            reported_by=counted.reported_by,
            cells=counted.cells,
            qualifier=counted.qualifier,
            previous=previous,
            last_year=last_year,
            change_previous=_change(indicator, value, counted.status, previous),
            change_last_year=_change(indicator, value, counted.status, last_year),
            target=aim,
            completion=completion,
            pace=self._pace(indicator, completion),
            rank=None if category else self._rank(indicator, organisation, counted.status, value),
            ledger_version=self.ledger.number,
            definition=self._fingerprint(indicator),
        )

    # -- what it is compared with ------------------------------------------------------------------------------------------

    def _reading(self, counts: Counts, indicator: Indicator, organisation: str, category: str) -> Reading | None:
        """None where no such rule was in force then."""
        then = counts.indicator(indicator.code)
        if then is None:
            return None
        counted = counts.of(then, organisation, category)
        value = value_of(then, counted)
        return Reading(
            period=counts.period,
            numerator=counted.numerator,
            denominator=counted.denominator,
            places=counted.places,
            value=value,
            printed=printed(value, then.unit),
            status=counted.status,
        )

    def _completion(self, indicator: Indicator, value: Decimal | None, aim: Aim | None) -> Decimal | None:
        if aim is None or value is None or aim.value == 0 or indicator.better is Better.LOWER:
            return None
        if accumulates(indicator) and self.period.start != self.period.year_start:
            return None  # a month is no part-year: only what was counted from 1 January on stands against the yearly task
        return rate(value, aim.value, "%", 2)

    def _pace(self, indicator: Indicator, completion: Decimal | None) -> Decimal | None:
        if completion is None or not accumulates(indicator):
            return None
        return points(completion, round_half_away(self.period.time_progress * 100, 2))

    def _rank(self, indicator: Indicator, organisation: str, status: Status, value: Decimal | None) -> Rank | None:
        if indicator.better is Better.NEITHER or status is not Status.OK or value is None:
            return None
        values = self._ranked(indicator, organisation)
        if len(values) < 2:
            return None
        ahead = bisect_left(values, value) if indicator.better is Better.LOWER else len(values) - bisect_right(values, value)
        return Rank(ahead + 1, len(values))

    def _ranked(self, indicator: Indicator, organisation: str) -> list[Decimal]:
        """The values of those whom the organisation is ranked among, the lowest first."""
        of_indicator = self._standing.ranked.setdefault(indicator.code, {})
        key = self.tree.parent(organisation), self.tree.kind(organisation)
        if key not in of_indicator:
            counted = (self.now.of(indicator, sibling) for sibling in self.tree.siblings(organisation))
            valued = (value_of(indicator, each) for each in counted if each.status is Status.OK)
            of_indicator[key] = sorted(value for value in valued if value is not None)
        return of_indicator[key]

    def _fingerprint(self, indicator: Indicator) -> str:
        known = self._standing.fingerprints
        if indicator.code not in known:
            known[indicator.code] = fingerprint(indicator, registry.parameters, self.period.cutoff)
        return known[indicator.code]


def _change(indicator: Indicator, value: Decimal | None, status: Status, earlier: Reading | None) -> Change | None:
    """Counts: percent of the earlier count. Rates: the difference of the two as printed; a plain quotient changes in percent."""
    if value is None or status not in _COMPARABLE or earlier is None or earlier.value is None or earlier.status not in _COMPARABLE:
        return None
    if indicator.unit in _POINTS:
        return Change(points(value, earlier.value), _POINTS[indicator.unit])
    grown = growth(value, earlier.value)
    return None if grown is None else Change(grown, "%")


# -- what a ledger version says, kept for the next page ------------------------------------------------------------------------

_KEPT = 6  # of running periods and of ended ones, each with the version before
_facts: OrderedDict[tuple[Path, int, str], Facts] = OrderedDict()
_lock, _reading = Lock(), Lock()  # one thread reads a version for all that ask


def _facts_at(version: "int | Ledger | None", ended: bool, recent: Recent | None) -> tuple[Facts, Facts]:
    """Those of a period, and those of the periods that it is compared with."""
    if version is not None:
        named = facts_of(ledger_at(version) if isinstance(version, int) else version)
        return named, named
    recent = recent_versions() if recent is None else recent
    now = facts_of(ledger_for_pages(ended=ended, recent=recent))
    return now, now if ended else facts_of(ledger_for_pages(ended=True, recent=recent))


def facts_of(ledger: Ledger) -> Facts:
    key = (ledger.folder, ledger.number, ledger.stamp(ledger.number) or "")
    if (known := _known_facts(key)) is not None:
        return known
    with _reading:
        if (known := _known_facts(key)) is not None:
            return known
        made = _unchanged(ledger) or _read(ledger)
        with _lock:
            _facts[key] = made
            while len(_facts) > _KEPT:
                _facts.popitem(last=False)
    return made


def _known_facts(key: tuple[Path, int, str]) -> Facts | None:
    with _lock:
        if key in _facts:
            _facts.move_to_end(key)
        return _facts.get(key)


def _read(ledger: Ledger) -> Facts:
    connection = ledger.connect()
    try:
        tables = [contract.table for contract in registry.contracts.values()]
        empty = frozenset(t for t in tables if not connection.execute(f'SELECT EXISTS (SELECT 1 FROM "{t}")').fetchall()[0][0])
        return Facts(ledger, registry, read_populations(connection), read_cells(connection, registry.forms), empty, in_force())
    finally:
        connection.close()


def _is_earlier(key: tuple[Path, int, str], ledger: Ledger) -> bool:
    folder, number, stamp = key
    return folder == ledger.folder and number < ledger.number and ledger.stamp(number) == stamp


def _unchanged(ledger: Ledger) -> Facts | None:
    """Those of an earlier version, where no return and no population count has changed since, nor a first record come: most versions
    bring more of the same records."""
    with _lock:
        earlier = [facts for key, facts in _facts.items() if _is_earlier(key, ledger)]
    if not earlier:
        return None
    nearest = max(earlier, key=lambda facts: facts.ledger.number)
    tables = ledger.tables_changed_since(nearest.ledger.number)
    return None if tables is None or tables & {"population_count", "return_cell", *nearest.empty} else replace(nearest, ledger=ledger)
