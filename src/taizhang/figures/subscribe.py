"""When the ledger has a new version: bring the memberships that people are looking at up to it, and let old ones go."""

import logging
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.config import home
from taizhang.ledger.signals import on_catching_up, on_new_version, while_idle

if TYPE_CHECKING:
    from datetime import date

    from taizhang.figures.following import Following
    from taizhang.figures.source import Ledger, StoredLedger
    from taizhang.ledger.signals import Announcement

log = logging.getLogger("taizhang.figures")

# Versions whose changed-residents files stay; one that is asked for later is made again from the ledger.
_RECENT = 50
_FORGET_EVERY = 20  # versions; looking through the folders of fifty costs as much as following one


def subscribe() -> None:
    """Called once a process, when Django is ready. Nothing heavy is imported before a version arrives."""
    on_new_version(follow)
    on_catching_up(catch_up)
    while_idle(make_ahead)


def make_ahead() -> bool:
    """What the pages of today will ask for, one membership a call."""
    from taizhang.figures.preparing import prepare_while_idle

    return prepare_while_idle()


# Where this process stands, for periods that are running and for those that have ended: only the consumer's own follows the versions.
_following: "dict[bool, Following]" = {}


def follow(announcement: "Announcement") -> None:
    """What is done today belongs to the periods that are running: their figures follow each version at once."""
    from taizhang.figures.membership import folder_of
    from taizhang.figures.source import READY, is_marked, ledger_at, mark

    ledger = ledger_at(announcement.number)
    if announcement.previous is not None:
        ledger.knows(announcement.previous, announcement.residents, announcement.tables)
    folder_of(ledger)  # there is none yet where nobody has looked at anything
    before = None if announcement.previous is None else ledger_at(announcement.previous)
    _bring_up(ledger, before if before is not None and is_marked(before, READY) else None, ended=False)
    mark(ledger, READY)
    if announcement.number % _FORGET_EVERY == 0:
        forget(ledger.folder / "membership", announcement.number)


def catch_up(number: int) -> None:
    """Bring the memberships of periods that have ended up to a version. A late entry changes them, and little else: they need not be worked
    out for every visit of today."""
    from taizhang.figures.membership import folder_of
    from taizhang.figures.source import CAUGHT_UP, is_marked, last_caught_up, ledger_at, mark

    ledger = ledger_at(number)
    if is_marked(ledger, CAUGHT_UP):
        return
    folder_of(ledger)
    _bring_up(ledger, last_caught_up(ledger), ended=True)
    mark(ledger, CAUGHT_UP)


def _bring_up(ledger: "StoredLedger", before: "StoredLedger | None", *, ended: bool) -> None:
    """From version to version where that is possible; else what earlier versions have is made at this one, and followed from here on.
    before: an earlier version whose memberships are made, for a consumer that was started anew and goes on where the last one ended."""
    from taizhang.figures.following import Following

    day = home.current().working_day()
    at = _following.pop(ended, None)  # after a fault nothing is believed of what was kept
    if at is None and before is not None:
        at = Following(before, ended=ended)
    if at is not None:
        residents, tables = ledger.changed_since(at.ledger.number), ledger.tables_changed_since(at.ledger.number)
        try:
            if at.leads_to(ledger, residents, tables):
                at.follow(ledger, residents or (), tables or set(), day)
                _following[ended] = at
                return
        except Exception as error:
            # Without its message, which could hold a person's values. Making the memberships anew needs nothing of what failed.
            log.warning("version %s could not be followed (%s), its memberships are made anew", ledger.number, type(error).__name__)
        at.close()
    refresh(ledger, day, ended=ended)
    _following[ended] = Following(ledger, ended=ended)


def refresh(ledger: "Ledger", day: "date", *, ended: bool) -> int:
    """Make, at this version, the memberships that an earlier version has, of running periods or of ended ones. Returns how many."""
    from taizhang.figures.following import in_force, periods_followed
    from taizhang.figures.membership import membership, name_of, numbers_in, period_of
    from taizhang.figures.sums import sums, sums_file
    from taizhang.kernel.registry import registry

    root = ledger.folder / "membership"
    earlier = [n for n in numbers_in(root) if n < ledger.number][-_RECENT:]
    # Most versions have the same ones: a name is taken apart once.
    files = {f.name: f for n in earlier for f in (root / str(n)).glob("*.parquet")}
    names = {name_of(file): file for file in files.values()}
    made = 0
    for period in periods_followed({period_of(file) for file in names.values()}, day, ended=ended):
        for name, each in in_force(period).items():
            if name in names:
                of = membership(ledger, each.population, each.indicators, period, registry.parameters)
                if not sums_file(of).exists():
                    sums(of)
                made += 1
    return made


def forget(root: Path, newest: int) -> None:
    """Remove what nobody will ask for again soon; all of it can be made again from the ledger. What stays: everything of the latest
    versions, the whole files they lean on, and the latest whole file of each closed period."""
    from taizhang.figures.membership import bases_needed, is_whole, numbers_in, period_of
    from taizhang.figures.residents import SUFFIX
    from taizhang.ledger.models import LedgerVersion

    there = numbers_in(root)
    recent = {n for n in there if n > newest - _RECENT}
    needed = recent | bases_needed(root, recent)
    kept = set(LedgerVersion.objects.filter(number__in=there).values_list("number", flat=True))
    seen: set[str] = set()
    for number in reversed(there):
        folder = root / str(number)
        wholes = {f for f in folder.glob("*.parquet") if is_whole(f)}
        closed = {f.stem for f in wholes if period_of(f).cutoff == period_of(f).end} - seen
        seen |= {f.stem for f in wholes}
        for file in folder.glob(f"*{SUFFIX}") if number not in recent else ():
            file.unlink(missing_ok=True)  # whole memberships are made at the latest versions only
        if number in needed:
            continue
        if number not in kept or not closed:
            shutil.rmtree(folder, ignore_errors=True)
            continue
        for file in folder.iterdir():
            if file.suffix in (".parquet", ".sums") and file.stem not in closed:
                file.unlink(missing_ok=True)
