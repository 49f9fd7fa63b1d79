"""The consumer: takes the changes that wait into the ledger, exactly once in effect.

A pass follows a recipe that was measured against kills and against a second consumer: (1) open the Delta handles, which remember the
last transaction they saw; (2) in one snapshot read the changes that wait and the present state of their rows; (3) append through the
same handles, so that whoever came between is refused; (4) write the ledger version and (5) mark exactly those changes as taken. Steps 4 and
5 are one transaction: killed before it, the next pass takes back what step 3 left in the Delta tables and does it again; killed after it,
nothing is left to do. Changes are a queue, not a watermark: numbers are drawn before commits, and a watermark loses rows.
"""

import logging
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from taizhang.county.changes import install_triggers
from taizhang.kernel.contracts import RecordContract
from taizhang.ledger import layout, reader, signals, snapshot, versions
from taizhang.ledger.layout import LedgerError
from taizhang.ledger.models import Kind, LedgerFile, LedgerVersion
from taizhang.ledger.snapshot import Snapshot
from taizhang.ledger.tables import ABSENT, Conflict, Handle

log = logging.getLogger("taizhang.ledger")

BATCH = 20_000  # changes a pass
POLL = 0.1  # seconds between two looks at the queue
THOROUGH = 30  # looks after which a pass is made though nothing waits: a table may have been lost from the folder
SEEN = 1.5  # seconds after which a save is to be in the figures: at worst it waits for a pass, a rest and its own pass
CATCHING_UP = 10.0  # seconds between two times that what need not follow each version catches up
CATCHING_UP_SHARE = 0.05  # of the time at most: in a large city catching up takes seconds, and what is saved meanwhile waits
IDLE = 120.0  # seconds without anything to take, after which there is time for what can wait
ATTEMPTS = 5
FOLD_SHARE = 0.2  # of the base's rows: above it a view costs noticeably more than the base alone
FOLD_ROWS = 2_000  # below this a fold is not worth its files
FOLD_FILES = 300


@dataclass
class Draft:
    """A version being made: what publishing will write."""

    kind: Kind
    previous: LedgerVersion | None
    number: int
    delta: dict[str, list[Any]]
    added: list[LedgerFile] = field(default_factory=list)
    replaced: list[tuple[str, str]] = field(default_factory=list)  # (table, part) whose earlier files this version drops
    taken: list[int] = field(default_factory=list)

    @classmethod
    def after(cls, previous: LedgerVersion | None, kind: Kind) -> "Draft":
        return cls(kind, previous, previous.number + 1 if previous else 1, dict(previous.delta) if previous else {})

    def holds(self, contract: RecordContract, base: Handle | None, changes: Handle) -> None:
        """Note the Delta versions that this version stands on."""
        known = self.delta.get(contract.table, [ABSENT, ABSENT, ""])
        self.delta[contract.table] = [base.version if base else known[0], changes.version, layout.fingerprint(contract)]


def sync() -> LedgerVersion | None:
    """Take in everything that waits. Returns the new latest version, or None when there was nothing to take."""
    made = _take_all()
    if made is not None:
        signals.catch_up(made.number)
    return made


def _take_all() -> LedgerVersion | None:
    made: LedgerVersion | None = None
    while True:
        version, more = _attempt(_take)
        made = version or made
        if not more:
            return made


def rebuild() -> LedgerVersion:
    """A new version of every table from the database alone, with the triggers that feed it in place."""
    install_triggers(connection)
    version, _ = _attempt(lambda: (_build(list(layout.contracts().values())), False))
    if version is None:
        raise LedgerError("没有已声明的台账表，无可重建。")
    return version


def fold(*, force: bool = False) -> LedgerVersion | None:
    """Rewrite tables whose changes have become many: above a fifth of the base into a new base, many small files into one."""
    version = _attempt(lambda: (_fold(force=force), False))[0]
    if version is not None:
        signals.catch_up(version.number)
    return version


_daily: list[Callable[[date], object]] = []


def each_day(task: Callable[[date], object]) -> None:
    """Have the consumer call `task` with the day: when it starts, and on every new day. Rooms above ask for it (the worklist rolls on)."""
    if task not in _daily:
        _daily.append(task)


def run_forever(stop: threading.Event, poll: float = POLL) -> None:
    """Synchronise until `stop` is set. A failed pass is logged and tried again; nothing is lost, the queue keeps it."""
    day = None
    folded = None  # the last version that was looked at for folding: looking costs more than the queue does
    looks = 0
    next_catching_up, busy = float("-inf"), time.monotonic()
    while not stop.is_set():
        began, rest = time.monotonic(), 0.0
        try:
            # A look is one query; a pass takes locks, on PostgreSQL on a connection of its own.
            made = _take_all() if looks % THOROUGH == 0 or snapshot.waiting_tables(1) else None
            looks += 1
            if made:
                busy = time.monotonic()
                rest = _rest(busy - began)
            if (before := time.monotonic()) > next_catching_up and (latest := versions.latest()) is not None:
                next_catching_up = before + CATCHING_UP  # should it fail
                signals.catch_up(latest.number)
                next_catching_up = time.monotonic() + max(CATCHING_UP, (time.monotonic() - before) / CATCHING_UP_SHARE)
            if made is None and (latest := versions.latest()) is not None and latest.number != folded:
                folded = (fold() or latest).number
            if day != settings.HOME.working_day():
                day = settings.HOME.working_day()
                with snapshot.consumer_lock():
                    versions.retention(day)
                for task in _daily:
                    task(day)
            if made is None and time.monotonic() - busy > IDLE and not signals.idle():
                busy = time.monotonic()  # nothing is left: asked again after as long
        except Exception as error:
            # Without its message, which could hold a person's values.
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("ledger pass failed with %s, trying again\n%s", type(error).__name__, where)
            connection.close()
        stop.wait(max(poll, rest))


def _rest(took: float) -> float:
    """Seconds to wait after a pass: what is saved meanwhile goes into the next one together, and the site has the processor to itself. As
    long as a save is still seen in time; after a long pass half a second."""
    return max(SEEN - 2 * took, min(took, 0.5))


def _attempt(work: Any) -> tuple[LedgerVersion | None, bool]:
    """One pass under the lock, begun again after a conflict; then the announcement."""
    if connection.in_atomic_block:
        raise RuntimeError(
            "The ledger is synchronised outside of transactions: what is not committed cannot be seen. In tests use transactional_db."
        )
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with snapshot.consumer_lock(), snapshot.advisory_lock():
                _recover()
                version, more = work()
            break
        except Conflict:
            log.warning("another consumer came between, attempt %s of %s", attempt, ATTEMPTS)
            if attempt == ATTEMPTS:
                raise
    if version is not None:
        signals.announce(version.number, version.number - 1 if version.number > 1 else None)
    return version, more


# -- one pass ----------------------------------------------------------------------------------------------------------


def _take() -> tuple[LedgerVersion | None, bool]:
    latest = versions.latest()
    if stale := _stale(latest):
        return _build(stale), True
    tables = snapshot.waiting_tables(BATCH)
    if not tables or latest is None:
        return None, False
    by_table: dict[str, list[RecordContract]] = {}
    for contract in layout.contracts().values():
        by_table.setdefault(layout.database_table(contract), []).append(contract)
    handles = [_opened(contract, "changes", latest) for table in tables for contract in by_table.get(table, ())]
    draft = Draft.after(latest, Kind.CHANGES)
    with snapshot.opened() as moment:
        _same(moment, latest)
        waiting = moment.waiting(tables, BATCH)
        batches = [(handle, _changes(moment, handle.contract, waiting, draft.number)) for handle in handles]
    draft.taken = [number for number, _, _ in waiting]
    more = len(waiting) == BATCH
    if not any(batch.num_rows for _, batch in batches):
        # History of tables that the ledger does not hold: taken, and no new version.
        with transaction.atomic(durable=True):
            mark_taken(draft.taken, latest.number)
        return None, more
    _unfinished().touch()
    for handle, batch in batches:
        if batch.num_rows:
            draft.added += handle.append(batch)
            draft.holds(handle.contract, None, handle)
    return publish(draft), more


def _changes(moment: Snapshot, contract: RecordContract, waiting: list[tuple[int, str, int]], version: int) -> pa.RecordBatch:
    table = layout.database_table(contract)
    last = {row: number for number, name, row in waiting if name == table}
    return layout.changes_batch(contract, moment.states(contract, list(last)), version, last)


def _stale(latest: LedgerVersion | None) -> list[RecordContract]:
    """Tables to be built from the database: all at the first pass; later new ones, those whose columns changed, and lost ones."""
    contracts = layout.contracts().values()
    if latest is None:
        return list(contracts)
    found = []
    for contract in contracts:
        *named, shape = latest.delta.get(contract.table, (ABSENT, ABSENT, ""))
        made = [part for part, number in zip(layout.PARTS, named, strict=True) if number != ABSENT]
        lost = not all((layout.part_folder(contract.table, part) / "_delta_log").is_dir() for part in made)
        if lost:
            log.warning("ledger table %s is gone from the folder and is built anew", contract.table)
        if lost or shape != layout.fingerprint(contract):
            found.append(contract)
    return found


def _build(contracts: Sequence[RecordContract]) -> LedgerVersion | None:
    """Tables anew from one snapshot; what waits for them is in it and is taken."""
    if not contracts:
        return None
    latest = versions.latest()
    handles = [(contract, _opened(contract, "base", latest), _opened(contract, "changes", latest)) for contract in contracts]
    draft = Draft.after(latest, Kind.REBUILD)
    _unfinished().touch()
    with snapshot.opened() as moment:
        _same(moment, latest)
        draft.taken = [number for number, _, _ in moment.waiting({layout.database_table(contract) for contract in contracts})]
        for contract, base, changes in handles:
            if moment.has_rows(contract):
                draft.added += base.overwrite(moment.table(contract, ordered=True))
            else:
                base.clear()
            changes.clear()
            draft.replaced += [(contract.table, part) for part in layout.PARTS]
            draft.holds(contract, base, changes)
    return publish(draft)


def _fold(*, force: bool) -> LedgerVersion | None:
    latest = versions.latest()
    if latest is None or _stale(latest):
        return None
    draft = Draft.after(latest, Kind.FOLD)
    files = latest.files
    with ExitStack() as stack:
        source = None
        for table, contract in layout.contracts().items():
            base, changes = files[table]["base"], files[table]["changes"]
            rows = sum(file["rows"] for file in changes)
            into_base = bool(rows) and (force or rows > max(FOLD_ROWS, FOLD_SHARE * sum(file["rows"] for file in base)))
            if not into_base and len(changes) <= FOLD_FILES:
                continue
            if not draft.replaced:  # from here on nobody can tell how a row was at an earlier version
                signals.catch_up(latest.number)
            _unfinished().touch()
            source = source or stack.enter_context(reader.connect(latest))
            target = _opened(contract, "changes", latest)
            if into_base:
                whole = _opened(contract, "base", latest)
                present = source.execute(f'SELECT * FROM "{table}" ORDER BY {layout.order(contract)}').to_arrow_reader(snapshot.FETCH)
                draft.added += whole.overwrite(present.cast(layout.schema(contract, "base")))
                target.clear()
                draft.replaced += [(table, part) for part in layout.PARTS]
                draft.holds(contract, whole, target)
            else:
                merged = source.execute(reader.latest_changes([file["path"] for file in changes])).to_arrow_reader(snapshot.FETCH)
                draft.added += target.overwrite(merged.cast(layout.schema(contract, "changes")))
                draft.replaced.append((table, "changes"))
                draft.holds(contract, None, target)
    return publish(draft) if draft.replaced else None


def _opened(contract: RecordContract, part: layout.Part, latest: LedgerVersion | None) -> Handle:
    """Step 1: open, and take back what a killed pass wrote and never published."""
    handle = Handle.open(contract, part)
    if latest is not None and contract.table in latest.delta:
        named = LedgerFile.objects.filter(table=contract.table, part=part, dropped__isnull=True).values_list("path", flat=True)
        if handle.names != {path.rsplit("/", 1)[-1] for path in named}:
            handle.take_back_to(latest.delta[contract.table][layout.PARTS.index(part)])
    return handle


def _unfinished() -> Path:
    """There while a pass writes to the Delta tables: whoever finds it knows that the pass before was killed."""
    return layout.folder() / "unfinished"


def _recover() -> None:
    """After a killed pass take back in every table; a fold or rebuild may have written some that the next pass does not open."""
    latest = versions.latest()
    if latest is not None and _unfinished().exists():
        for contract in layout.contracts().values():
            for part in layout.PARTS:
                _opened(contract, part, latest)
        _unfinished().unlink(missing_ok=True)


def _same(moment: Snapshot, latest: LedgerVersion | None) -> None:
    if moment.latest_version() != (latest.number if latest else 0):
        raise Conflict("a version appeared between opening the tables and reading the database")


# -- publishing --------------------------------------------------------------------------------------------------------


def publish(draft: Draft) -> LedgerVersion:
    """Steps 4 and 5, whole or not at all. The number is the key: a second consumer cannot publish the same one."""
    try:
        with transaction.atomic(durable=True):
            highest = max(draft.taken, default=0)
            version = LedgerVersion.objects.create(
                number=draft.number,
                kind=draft.kind,
                last_change=max(highest, draft.previous.last_change if draft.previous else 0),
                delta=draft.delta,
            )
            for table, part in draft.replaced:
                LedgerFile.objects.filter(table=table, part=part, dropped__isnull=True).update(dropped=draft.number)
            for file in draft.added:
                file.added = draft.number
            LedgerFile.objects.bulk_create(draft.added)
            mark_taken(draft.taken, draft.number)
    except IntegrityError as error:
        raise Conflict(f"version {draft.number} exists already") from error
    _unfinished().unlink(missing_ok=True)
    return version


def mark_taken(numbers: Iterable[int], version: int) -> None:
    """Mark exactly these changes as taken. Runs of consecutive numbers go as one statement: a number inside a run is one of them."""
    spans = _spans(numbers)
    expected = sum(last - first + 1 for first, last in spans)
    sql = f"UPDATE {snapshot.CHANGES} SET taken = %s WHERE taken IS NULL AND id BETWEEN %s AND %s"
    with connection.cursor() as cursor:
        if spans:
            cursor.executemany(sql, [(version, first, last) for first, last in spans])
            if cursor.rowcount != expected:
                raise Conflict(f"{expected - cursor.rowcount} of the changes had been taken by another consumer")


def _spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return spans
