"""When the ledger has a new version: bring the memberships that people are looking at up to it, and let old ones go."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.config import home
from taizhang.ledger.signals import on_new_version

if TYPE_CHECKING:
    from datetime import date

    from taizhang.figures.source import Ledger
    from taizhang.ledger.signals import Announcement

# Versions whose changed-residents files stay; one that is asked for later is made again from the ledger.
_RECENT = 50


def subscribe() -> None:
    """Called once a process, when Django is ready. Nothing heavy is imported before a version arrives."""
    on_new_version(follow)


def follow(announcement: "Announcement") -> None:
    from taizhang.figures.membership import folder_of
    from taizhang.figures.source import ledger_at, mark_ready

    ledger = ledger_at(announcement.number)
    refresh(ledger, home.current().working_day())
    folder_of(ledger)  # there is none yet where nobody has looked at anything
    mark_ready(ledger)
    forget(ledger.folder / "membership", announcement.number)


def refresh(ledger: "Ledger", day: "date") -> int:
    """Make, at this version, the memberships that an earlier version has of still open periods, then those of the periods that these are
    compared with: a page that shows the one asks for the others. Returns how many."""
    from taizhang.figures.membership import membership, membership_name, name_of, numbers_in, period_of
    from taizhang.figures.sums import sums, sums_file
    from taizhang.kernel.registry import registry

    root = ledger.folder / "membership"
    earlier = [n for n in numbers_in(root) if n < ledger.number][-_RECENT:]
    # Most versions have the same ones: a name is taken apart once.
    files = {f.name: f for n in earlier for f in (root / str(n)).glob("*.parquet")}
    names = {name_of(file): file for file in files.values()}
    periods = {period_of(file) for file in names.values()}
    made = 0
    open_ones = {p for p in periods if p.end >= day and p == p.known_on(day)}
    compared = {q for p in open_ones for q in (p.previous(), p.same_period_last_year())} & periods - open_ones
    for period in (*sorted(open_ones), *sorted(compared)):
        by_population: dict[str, list] = {}  # type: ignore[type-arg]
        for indicator in registry.indicators_on(period.cutoff):
            if indicator.population is not None:
                by_population.setdefault(indicator.population.name, []).append(indicator)
        for name, indicators in by_population.items():
            population = registry.populations.get(name, indicators[0].population)
            if membership_name(population, indicators, period, registry.parameters) in names:
                of = membership(ledger, population, indicators, period, registry.parameters)
                if not sums_file(of).exists():
                    sums(of)
                made += 1
    return made


def forget(root: Path, newest: int) -> None:
    """Remove what nobody will ask for again soon; all of it can be made again from the ledger. What stays: everything of the latest
    versions, the whole files they lean on, and the latest whole file of each closed period."""
    from taizhang.figures.membership import bases_needed, is_whole, numbers_in, period_of
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
        if number in needed:
            continue
        if number not in kept or not closed:
            shutil.rmtree(folder, ignore_errors=True)
            continue
        for file in folder.iterdir():
            if file.suffix in (".parquet", ".sums") and file.stem not in closed:
                file.unlink(missing_ok=True)
