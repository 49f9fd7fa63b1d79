"""Following the ledger version by version: what the consumer does for each, over the residents that changed alone.

A visit changes a table or two. Of some three hundred memberships that people look at, five populations in three periods look at these; the
files of all others are linked. For the fifteen, the changed residents' rows are laid out as they were and as they are (ledger/few.py), and
one query of each population answers for both. Whoever is counted as before changes nothing; the others' lines are exchanged, and their
difference is added to the sums. Nothing here grows with the number of residents. Where anything is not as expected (a version was left
out, a definition changed, a table was rebuilt, more than a few residents changed) the memberships are made as a page would make them.
"""

import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as arrow
import pyarrow.compute as compute
import pyarrow.parquet as parquet

from taizhang.figures.membership import (
    Membership,
    is_few,
    link_files,
    membership,
    membership_name,
    numbers_in,
    pairing,
    period_of,
    settle,
    tables_of,
)
from taizhang.figures.source import StoredLedger
from taizhang.figures.summing import moved
from taizhang.figures.sums import brought, sums, sums_file
from taizhang.kernel.engines.compiler import membership_sql
from taizhang.kernel.indicators import Indicator, Population
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.ledger import changed
from taizhang.ledger.few import FewRows

if TYPE_CHECKING:
    from collections.abc import Set

RECENT = 50  # versions whose folders are looked into for what people look at
MOST = 2_000  # changed residents of a version that are followed one by one; an import of more is evaluated table by table
_SINCE = ".since-"


@dataclass(frozen=True, slots=True)
class Followed:
    """A membership that people look at: its definition, and the tables it is made from."""

    name: str
    population: Population
    indicators: tuple[Indicator, ...]
    period: Period
    tables: frozenset[str]


class Following:
    """Stands at one version, whose memberships are all made; `follow` brings them to a later one: those of periods that are running, or
    of those that have ended."""

    def __init__(self, ledger: StoredLedger, *, ended: bool) -> None:
        self.ledger = ledger
        self.ended = ended
        self._definitions = _definitions()
        self._few: FewRows | None = None
        self._in_force: dict[Period, dict[str, Followed]] = {}
        self._periods: dict[str, Period] = {}
        self._looked: dict[int, tuple[int, frozenset[str]]] = {}  # a version's folder: when it was written to, the memberships in it
        self._sizes: dict[Path, int] = {}

    def close(self) -> None:
        if self._few is not None:
            self._few.close()

    def leads_to(self, ledger: StoredLedger, residents: list[int] | None, tables: "Set[str] | None") -> bool:
        """Whether `ledger` is the version after, or a later one that changes alone lead to, by the same definitions, and few residents
        changed."""
        mine = self.ledger
        return (
            residents is not None
            and tables is not None
            and len(residents) <= MOST
            and ledger.folder == mine.folder
            and ledger.number > mine.number
            and ledger.stamp(mine.number) == mine.made
            and (ledger.number == mine.number + 1 or changed.by_changes_alone(mine.number, ledger.number))
            and all(one is other for one, other in zip(self._definitions, _definitions(), strict=False))
            and len(self._definitions) == len(_definitions())
        )

    def follow(self, ledger: StoredLedger, residents: Sequence[int], tables: "Set[str]", day: date) -> int:
        """Bring all memberships to `ledger`. Returns how many."""
        before, after = (each.folder / "membership" / str(each.number) for each in (self.ledger, ledger))
        if self._few is not None:
            self._few.advance(ledger.number)
        there = files_of(before)
        touched: list[Followed] = []
        made = 0
        for each in self._followed(ledger, day):
            made += 1
            files = there.get(each.name, ())
            if not _is_complete(files) or (each.tables & tables and not _is_about_residents(each.population)):
                self._by_hand(ledger, each)
            elif each.tables & tables:
                touched.append(each)
            elif not link_files(_of(before, files), after):
                self._by_hand(ledger, each)
        if touched:
            if self._few is None:
                self._few = FewRows(self.ledger.number, ledger.number)
            wanted = {table for each in touched for table in each.tables}
            queries = {e.name: membership_sql(e.population, e.indicators, e.period, registry.parameters) for e in touched}
            with self._few.laid(wanted, residents, queries.values()) as connection:
                for each in touched:
                    of = _membership(self.ledger, each, before, there[each.name])
                    lines = connection.execute(self._few.rows(each.name, queries[each.name])).to_arrow_table()
                    if not self._exchanged(ledger, of, after, lines, there[each.name]):
                        self._by_hand(ledger, each)
        self.ledger = ledger
        return made

    # -- what people look at -----------------------------------------------------------------------------------------------

    def _followed(self, ledger: StoredLedger, day: date) -> Iterator[Followed]:
        """Memberships that an earlier version has."""
        root = ledger.folder / "membership"
        numbers = [number for number in numbers_in(root) if number < ledger.number][-RECENT:]
        for number in set(self._looked) - set(numbers):
            del self._looked[number]
        for number in numbers:
            written = (root / str(number)).stat().st_mtime_ns
            if self._looked.get(number, (0, frozenset()))[0] != written:
                self._looked[number] = (written, frozenset(files_of(root / str(number))))
        names = frozenset().union(*(looked for _, looked in self._looked.values()))
        for name in names - self._periods.keys():
            self._periods[name] = period_of(Path(f"{name}.parquet"))
        for period in periods_followed({self._periods[name] for name in names}, day, ended=self.ended):
            if period not in self._in_force:
                self._in_force[period] = in_force(period)
            yield from (each for name, each in self._in_force[period].items() if name in names)

    # -- bringing one up ---------------------------------------------------------------------------------------------------

    @staticmethod
    def _by_hand(ledger: StoredLedger, each: Followed) -> None:
        of = membership(ledger, each.population, each.indicators, each.period, registry.parameters)
        if not sums_file(of).exists():
            sums(of)

    def _exchanged(self, ledger: StoredLedger, of: Membership, after: Path, lines: arrow.Table, files: Sequence[str]) -> bool:
        """The lines of residents that are counted otherwise than before exchanged, in files of their own; where there is no such resident,
        the same files. False where they have become too many for that."""
        then, now = _by_resident(lines)
        other = sorted(resident for resident in then.keys() | now.keys() if then.get(resident) != now.get(resident))
        if not other:
            return link_files(_of(of.whole.parent if of.again is None else of.again.parent, files), after)
        before = [] if of.changed is None else parquet.read_table(of.changed).column("resident").to_pylist()
        changed = sorted({*before, *other})
        if of.whole not in self._sizes:
            self._sizes[of.whole] = parquet.read_metadata(of.whole).num_rows
        if not is_few(len(changed), self._sizes[of.whole]):
            return False
        those = arrow.array(other, arrow.int64())
        rows = lines.filter(compute.is_in(lines.column("resident"), value_set=those))
        if of.again is not None:
            kept = parquet.read_table(of.again)
            kept = kept.filter(compute.invert(compute.is_in(kept.column("resident"), value_set=those)))
            rows = arrow.concat_tables([kept, rows.select(kept.column_names).cast(kept.schema)])
        again = after / f"{of.whole.name.removesuffix('.parquet')}{_SINCE}{of.base}.parquet"
        made = Membership(of.population, of.indicators, of.period, ledger.number, of.whole, again)
        assert made.changed is not None
        whole = Membership(of.population, of.indicators, of.period, of.base, of.whole)
        gone = [line for resident in other for line in then.get(resident, ())]
        come = [line for resident in other for line in now.get(resident, ())]
        since = moved(of.population, of.indicators, sums(whole), sums(of), _named(lines, gone), _named(lines, come))
        with pairing(again) as wanting:
            if not wanting:  # a page was as quick, and may have evaluated more residents again
                return False
            _write(arrow.table({"resident": arrow.array(changed, arrow.int64())}), made.changed)
            _write(rows, again)  # last of the two: this file says that the pair is complete
        brought(made, since)
        return True


def files_of(folder: Path) -> dict[str, tuple[str, ...]]:
    """The files of a version's folder by the membership they belong to."""
    found: dict[str, tuple[str, ...]] = {}
    for file in os.listdir(folder):
        if file.endswith((".parquet", ".sums")) and not file.startswith("."):
            name = file.partition(_SINCE)[0].removesuffix(".parquet").removesuffix(".sums")
            found[name] = (*found.get(name, ()), file)
    return found


def periods_followed(looked_at: set[Period], day: date, *, ended: bool) -> list[Period]:
    """Of the periods that people look at those still running on `day`, as they are known then. ended: those that have ended, and those that
    the running ones are compared with, which stop where these do."""
    running = {period for period in looked_at if not period.has_ended(day) and period == period.known_on(day)}
    if not ended:
        return sorted(running)
    compared = {other for period in running for other in (period.previous(), period.same_period_last_year())}
    return sorted(p for p in looked_at if p.has_ended(day) and (p.cutoff == p.end or p in compared))


def in_force(period: Period) -> dict[str, Followed]:
    """Every membership of a period by its name."""
    by_population: dict[str, list[Indicator]] = {}
    for indicator in registry.indicators_on(period.cutoff):
        if indicator.population is not None:
            by_population.setdefault(indicator.population.name, []).append(indicator)
    found = {}
    for name, indicators in by_population.items():
        population = registry.populations.get(name) or indicators[0].population
        assert population is not None
        named = membership_name(population, indicators, period, registry.parameters)
        found[named] = Followed(named, population, tuple(indicators), period, frozenset(tables_of(population, indicators)))
    return found


def _definitions() -> tuple[object, ...]:
    return (*registry.indicators.values(), *registry.populations.values(), *registry.parameters.values())


def _is_about_residents(population: Population) -> bool:
    return population.rows is None or population.rows.contract.about_residents


def _is_complete(files: Iterable[str]) -> bool:
    """Whether these are one membership's files with its sums: whole, or one of residents evaluated again with who they are."""
    kinds = sorted(file.partition(_SINCE)[2].partition(".")[2] or file.rpartition(".")[2] for file in files)
    return kinds in (["parquet", "sums"], ["changed.parquet", "changed.sums", "parquet"])


def _membership(ledger: StoredLedger, each: Followed, folder: Path, files: Sequence[str]) -> Membership:
    last = next(file for file in files if file.endswith(".parquet") and not file.endswith(".changed.parquet"))
    base = last.partition(_SINCE)[2].removesuffix(".parquet")
    whole = (folder.parent / base if base else folder) / f"{each.name}.parquet"
    return Membership(each.population, each.indicators, each.period, ledger.number, whole, folder / last if base else None)


def _of(folder: Path, files: Iterable[str]) -> list[Path]:
    """A membership's own files, without its sums."""
    return [folder / file for file in files if file.endswith(".parquet")]


_Line = tuple[Any, ...]


def _by_resident(lines: arrow.Table) -> tuple[dict[int, list[_Line]], dict[int, list[_Line]]]:
    """Each resident's lines as they were (laid out under the negative number) and as they are."""
    then: dict[int, list[_Line]] = {}
    now: dict[int, list[_Line]] = {}
    for member, resident, *rest in zip(*(column.to_pylist() for column in lines.columns), strict=True):
        (now if resident > 0 else then).setdefault(abs(resident), []).append((abs(member), abs(resident), *rest))
    for each in (then, now):
        for theirs in each.values():
            theirs.sort(key=lambda line: line[0])
    return then, now


def _named(lines: arrow.Table, some: Iterable[_Line]) -> list[dict[str, Any]]:
    return [dict(zip(lines.column_names, line, strict=True)) for line in some]


def _write(rows: arrow.Table, target: Path) -> None:
    working = target.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        parquet.write_table(rows, working, compression="zstd")
        settle(working, target)
    finally:
        working.unlink(missing_ok=True)
