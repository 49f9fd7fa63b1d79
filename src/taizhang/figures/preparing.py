"""Made ahead 预先计数: memberships that the pages of a day will ask for, made while nothing waits to be taken into the ledger.

Without it the first reader of a new month waits until everybody in it has been evaluated: at a million residents minutes, and behind that
reader all others. What is made here is followed from then on like whatever people look at (figures/subscribe.py).
"""

from collections.abc import Iterator
from datetime import date

from taizhang.config import home
from taizhang.figures.compute import Board
from taizhang.figures.counting import Counts
from taizhang.figures.course import course
from taizhang.figures.following import Followed, files_of, in_force
from taizhang.figures.membership import folder_of, membership
from taizhang.figures.source import CAUGHT_UP, READY, StoredLedger, is_marked, ledger_at, mark
from taizhang.figures.subscribe import refresh
from taizhang.figures.sums import sums, sums_file
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.ledger.few import FewRows
from taizhang.ledger.layout import LedgerError


def opened_today(day: date) -> list[Period]:
    """The month, the quarter, the half-year and the year that are running."""
    half = 1 if day.month <= 6 else 7
    quarter = (day.month - 1) // 3 * 3 + 1
    return [
        Period.month(day.year, day.month),
        Period.months(day.year, quarter, quarter + 2),
        Period.months(day.year, half, half + 5),
        Period.of_year(day.year),
    ]


def wanted(day: date) -> Iterator[Followed]:
    """What boards open with and are compared with, of every line of work; then the course of time of each indicator."""
    met: set[Period] = set()
    for period in opened_today(day):
        known = period.known_on(day)
        for each in (known, known.previous(), known.same_period_last_year()):
            if each not in met:
                met.add(each)
                yield from in_force(each).values()
    populations: dict[Period, set[str]] = {}
    for indicator in registry.indicators_on(day):
        if indicator.population is not None:
            for period in course(indicator.time_base, opened_today(day)[0]):
                populations.setdefault(period.known_on(day), set()).add(indicator.population.name)
    for period in sorted(populations.keys() - met):
        yield from (each for each in in_force(period).values() if each.population.name in populations[period])


class Preparing:
    """What is still to be made ahead for one day."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._tables: list[str] | None = None  # large ones, to be copied by resident
        self._left = wanted(day)

    def step(self, ledger: StoredLedger) -> bool:
        """Copy the next large table by resident, or make the next membership with its sums, unless they are there. False once nothing is
        left."""
        if self._tables != []:
            self._copy_next(ledger)
            return True
        for each in self._left:
            of = membership(ledger, each.population, each.indicators, each.period, registry.parameters)
            if not sums_file(of).exists():
                sums(of)
                return True
        return False

    def _copy_next(self, ledger: StoredLedger) -> None:
        few = FewRows(ledger.number, ledger.number)
        try:
            self._tables = few.large() if self._tables is None else self._tables
            if self._tables:
                few.copy_by_resident(self._tables.pop())
        finally:
            few.close()


def prepare(day: date, at_most: int | None = None) -> int:
    """All of a day at once, or so many steps of it, at the latest version, which is then ready and has caught up. Returns how many steps
    that took. Raises LedgerError where there is no ledger."""
    preparing, ledger, made = Preparing(day), ledger_at(), 0
    for ended, done in ((False, READY), (True, CAUGHT_UP)):
        if not is_marked(ledger, done):
            folder_of(ledger)
            refresh(ledger, day, ended=ended)
            mark(ledger, done)
    while made != at_most and preparing.step(ledger):
        made += 1
    return made


def read_ahead(period: Period, day: date) -> bool:
    """Read and lay out what the boards of the root and of those directly below it show of a period, where its memberships and those that it
    is compared with are there already; none is made. For a process of the site before it answers: the first readers of the day would
    each read all of it at once, and all others would wait behind them (at a million residents half a minute). False where it is not there.
    """
    try:
        board = Board(period, day=day)
    except LedgerError:  # nothing has been brought into a ledger yet
        return False
    if not all(_all_there(counts) for counts in (board.now, board.before, board.last_year)):
        return False
    for code in (board.tree.root, *board.tree.children(board.tree.root)):
        for indicator in board.definitions(None):
            board.figure(indicator, code)
    return True


def _all_there(counts: Counts) -> bool:
    """Whether every membership is there that these counts look at."""
    ledger = counts.facts.ledger
    try:
        there = files_of(ledger.folder / "membership" / str(ledger.number))
    except FileNotFoundError:  # nobody has looked at anything at this version
        return False
    kept = (name for name, each in in_force(counts.period).items() if not all(counts.is_kept_nowhere(i) for i in each.indicators))
    return all(name in there for name in kept)


_preparing: Preparing | None = None


def prepare_while_idle() -> bool:
    """A step of it in the consumer's process. False where nothing is left for today, or the latest version is still being brought up."""
    global _preparing
    day = home.current().working_day()
    try:
        ledger = ledger_at()
    except LedgerError:  # nothing has been brought into a ledger yet
        return False
    if not is_marked(ledger, READY) or not is_marked(ledger, CAUGHT_UP):
        return False
    if _preparing is None or _preparing.day != day:
        _preparing = Preparing(day)
    return _preparing.step(ledger)
