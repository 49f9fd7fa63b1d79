"""Membership 成员表: who is in which population, numerator and denominator, at one ledger version.

    HOME/ledger/membership/<version>/<population>-<fingerprint>-<period>.parquet                   whole
    HOME/ledger/membership/<version>/<population>-<fingerprint>-<period>.since-<base>.parquet      changed residents only
                                                                    ....since-<base>.changed.parquet   who they are

A row a member: member, resident, organisation, one column a breakdown, and "<code>.n", "<code>.d" for each indicator. One query makes
it for all indicators of the population. At a later version only the residents that changed are evaluated again: that version's
membership is the whole file of an earlier version (its base) without those residents, plus their rows; each version evaluates those that
changed since the version before it and takes the others' rows over. Where no table that it looks at has changed, the files of the
earlier version stand under the later one as well, as hard links. Files are written under a name of their own and then given theirs, so that
of processes that make the same one at once the first is kept; a file once there is never changed. All of them can be made again from the
ledger. Their lines are in no order: sorting a million costs more than evaluating them, and a trace sorts the few it shows.
"""

import fcntl
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import duckdb
import pyarrow.parquet as parquet

from taizhang.figures import residents
from taizhang.kernel.engines.compiler import RESIDENT_TABLE, Gathered, gathered_sql, membership_sql
from taizhang.kernel.indicators import Indicator, Population
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period
from taizhang.kernel.query import nodes
from taizhang.kernel.query.fingerprint import fingerprint
from taizhang.kernel.query.walking import contracts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from taizhang.figures.source import Ledger

_SINCE = ".since-"
_STAMP = "version"
# A list as a parameter of SQL, given as the one text that `listed` makes: over a Python list of a thousand DuckDB takes 0.3 s.
CODES = "SELECT unnest(string_split(?, ','))"
KEYS = "SELECT listed::BIGINT FROM (SELECT unnest(string_split(?, ',')) AS listed) WHERE listed <> ''"
# Beyond this share of changed members a whole evaluation is as fast, and reads faster afterwards.
_FEW = 50
_ALWAYS_FEW = 200


@dataclass(frozen=True, slots=True)
class Membership:
    """The files of one membership. `indicators` are those it has columns for."""

    population: Population
    indicators: tuple[Indicator, ...]
    period: Period
    version: int
    whole: Path
    again: Path | None = None  # rows of the residents evaluated again, and beside it who they are

    @property
    def base(self) -> int:
        """The ledger version of the whole file."""
        return int(self.whole.parent.name)

    @property
    def changed(self) -> Path | None:
        return None if self.again is None else _changed_beside(self.again)

    @property
    def relation(self) -> str:
        """The membership as SQL, for a connection of `reading`."""
        whole = f"SELECT * FROM read_parquet({_quoted(self.whole)})"
        if self.again is None or self.changed is None:
            return f"({whole})"
        return (
            f"({whole} WHERE resident NOT IN (SELECT resident FROM read_parquet({_quoted(self.changed)})) "
            f"UNION ALL BY NAME SELECT * FROM read_parquet({_quoted(self.again)}))"
        )


def membership(
    ledger: "Ledger", population: Population, indicators: Sequence[Indicator], period: Period, parameters: "Mapping[str, Parameter]"
) -> Membership:
    """The membership of a population with all its indicators in force, made if it is not there."""
    indicators = tuple(indicators)
    name = membership_name(population, indicators, period, parameters)
    folder = folder_of(ledger)
    ready = _found(folder, name)
    if ready is None:
        # Whoever asks for the same one meanwhile waits for it: twenty readers of a page would make it twenty times.
        with (folder / f".{name}.making").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            ready = (
                _found(folder, name)
                or _made_again(ledger, folder, name, population, indicators, period, parameters)
                or _made_whole(ledger, folder, name, population, indicators, period, parameters)
            )
    whole, again = ready
    return Membership(population, indicators, period, ledger.number, whole, again)


def membership_name(population: Population, indicators: Sequence[Indicator], period: Period, parameters: "Mapping[str, Parameter]") -> str:
    """File name without ending. The fingerprint covers the population, its breakdowns, every indicator and the parameters in force."""
    parts = [fingerprint(population, parameters, period.cutoff)]
    parts += [f"{i.code}={fingerprint(i, parameters, period.cutoff)}" for i in indicators]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
    return f"{population.name}-{digest}-{period}"


def name_of(file: Path) -> str:
    """The name a membership's files share."""
    return file.name.removesuffix(".parquet").removesuffix(".changed").partition(_SINCE)[0]


def period_of(file: Path) -> Period:
    """The period a membership file is for."""
    return Period.parse(re.sub(r"^.+-[0-9a-f]{12}-", "", name_of(file)))


def listed(values: Iterable[object]) -> str:
    """Whole numbers or codes for CODES or KEYS."""
    return ",".join(map(str, values))


_readers: dict[int, duckdb.DuckDBPyConnection] = {}
_readers_lock = Lock()


@contextmanager
def reading() -> "Iterator[duckdb.DuckDBPyConnection]":
    """A connection for membership files: in memory, two threads, nothing fetched from outside. All of a process share one database, because
    opening one costs more than most of what is asked of it; its temporary tables are its own."""
    with _readers_lock:
        process = os.getpid()  # a forked worker opens its own
        if process not in _readers:
            _readers.clear()
            _readers[process] = duckdb.connect(
                ":memory:", config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "2"}
            )
        connection = _readers[process].cursor()
    try:
        yield connection
    finally:
        connection.close()


# -- making ------------------------------------------------------------------------------------------------------------------


def _found(folder: Path, name: str) -> tuple[Path, Path | None] | None:
    whole = folder / f"{name}.parquet"
    if whole.exists():
        return whole, None
    beginning = f"{name}{_SINCE}"
    for again in _file_names(folder):
        if again.startswith(beginning) and again.endswith(".parquet") and not again.endswith(".changed.parquet"):
            base = folder.parent / again.rpartition(_SINCE)[2].removesuffix(".parquet") / f"{name}.parquet"
            if base.exists():
                return base, folder / again
    return None


def _made_whole(
    ledger: "Ledger", folder: Path, name: str, population: Population, indicators: tuple[Indicator, ...], period: Period,
    parameters: "Mapping[str, Parameter]",
) -> tuple[Path, None]:
    target = folder / f"{name}.parquet"
    with _closing(ledger.connect()) as connection:
        gathered = _gathered(connection, folder, population, indicators, period, parameters)
        _write(connection, membership_sql(population, indicators, period, parameters, gathered=gathered), target)
    return target, None


def _gathered(
    connection: duckdb.DuckDBPyConnection, folder: Path, population: Population, indicators: tuple[Indicator, ...], period: Period,
    parameters: "Mapping[str, Parameter]",
) -> Gathered | None:
    """What most populations ask of every resident, made if it is not there; None where this one does not ask it."""
    columns = residents.columns_for(population, indicators, period, parameters)
    if not columns:
        return None
    sql = gathered_sql(columns, period, parameters)
    file = folder / f"residents-{hashlib.sha256(sql.encode()).hexdigest()[:12]}{residents.SUFFIX}"
    if not file.exists():
        with (folder / f".{file.stem}.making").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not file.exists():
                _write(connection, sql, file)
    return Gathered(f"read_parquet({_quoted(file)})", columns)


def _made_again(
    ledger: "Ledger", folder: Path, name: str, population: Population, indicators: tuple[Indicator, ...], period: Period,
    parameters: "Mapping[str, Parameter]",
) -> tuple[Path, Path | None] | None:
    """From the membership of an earlier version: the same files where nothing that it looks at has changed; where few residents have,
    those evaluated again, beside the ones evaluated again before. Else None."""
    earlier = _latest(ledger, folder, name)
    if earlier is None:
        return None
    number, whole, again = earlier
    tables, looked_at = ledger.tables_changed_since(number), tables_of(population, indicators)
    if tables is not None and not tables & looked_at:
        return _linked(folder, whole, again)
    if population.rows is not None and not population.rows.contract.about_residents:
        return None
    changed = ledger.changed_since(number)
    before = [] if again is None else parquet.read_table(_changed_beside(again)).column("resident").to_pylist()
    if changed is None or not is_few(len({*changed, *before}), parquet.read_metadata(whole).num_rows):
        return None
    target = folder / f"{name}{_SINCE}{whole.parent.name}.parquet"
    sql = membership_sql(population, indicators, period, parameters)
    residents, rows = "FROM changed_resident", f"SELECT * FROM ({sql})"
    if again is not None:
        residents = f"FROM changed_resident UNION FROM read_parquet({_quoted(_changed_beside(again))})"
        kept = f"SELECT * FROM read_parquet({_quoted(again)}) WHERE resident NOT IN (FROM changed_resident)"
        rows = f"SELECT * FROM ({kept} UNION ALL BY NAME {rows})"
    with _closing(_rows_of(ledger, number, changed, looked_at)) as connection, pairing(target) as wanting:
        if wanting:
            _write(connection, f"SELECT resident FROM ({residents}) ORDER BY resident", _changed_beside(target))
            _write(connection, rows, target)  # last: this file says that the pair is complete
    return whole, target


@contextmanager
def pairing(again: Path) -> "Iterator[bool]":
    """Whether the two files of residents evaluated again are still to be made. One process at a time makes both: who was evaluated again
    by one and the rows of another would count somebody twice, or not at all."""
    with (again.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanting = not again.exists()
        if wanting:
            _changed_beside(again).unlink(missing_ok=True)  # of a process that was killed between the two
        yield wanting


def is_few(changed: int, members: int) -> bool:
    """Whether so many residents of so many members are better evaluated again than all of them."""
    return changed <= max(_ALWAYS_FEW, members // _FEW)


def tables_of(population: Population, indicators: "Sequence[Indicator]") -> set[str]:
    """Every ledger table that the membership is made from."""
    looked_at: list[object] = [population.rows, population.condition, population.organisation]
    looked_at += [breakdown.value for breakdown in population.breakdowns]
    for indicator in indicators:
        looked_at += [indicator.numerator, indicator.denominator]
    return {RESIDENT_TABLE, *contracts_of(*(tree for tree in looked_at if isinstance(tree, nodes.Node)))}


def _file_names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except FileNotFoundError:  # let go meanwhile
        return []


def _linked(folder: Path, whole: Path, again: Path | None) -> tuple[Path, Path | None] | None:
    """The same files under this version too, without a copy; None where the file system has no such links."""
    if not link_files([whole] if again is None else [again, _changed_beside(again)], folder):
        return None
    return (whole, folder / again.name) if again else (folder / whole.name, None)


def link_files(files: Sequence[Path], folder: Path) -> bool:
    """Put one membership's files, with its sums where these were made, under another version too. False where that cannot be: a file system
    without such links, or files let go meanwhile."""
    # What says that the membership is complete comes last.
    *others, last = sorted(files, key=lambda file: (file.suffix == ".parquet", not file.name.endswith(".changed.parquet")))
    sums = sums_beside(last)
    try:
        with pairing(folder / last.name) if others else nullcontext(True) as wanting:
            for file in (*others, *([sums] if sums.exists() else []), last) if wanting else ():
                try:
                    os.link(file, folder / file.name)
                except FileExistsError:  # another process was as quick with this one
                    continue
    except OSError:
        return False
    return (folder / last.name).exists()


@dataclass
class _Few:
    """The rows of few residents, in memory: a table is taken from the ledger when the first membership asks for it."""

    connection: duckdb.DuckDBPyConnection
    tables: set[str]


_few: dict[tuple[Path, int, str, int], _Few] = {}
_few_lock = Lock()


def _rows_of(ledger: "Ledger", base: int, residents: list[int], tables: set[str]) -> duckdb.DuckDBPyConnection:
    """A connection whose `tables` hold the rows of these residents only. A large table is searched once for all memberships of a
    version, and not once for each; only the latest version's rows are kept."""
    key = (ledger.folder, ledger.number, ledger.stamp(ledger.number) or "", base)
    with _few_lock:
        if key not in _few:
            # One thread: over a few rows a second one only waits for the first, and takes the core from the site.
            made = duckdb.connect(
                ":memory:", config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "1"}
            )
            made.execute(f"CREATE TABLE changed_resident AS SELECT DISTINCT * FROM ({KEYS}) keys(resident)", [listed(residents)])
            for other in [k for k in _few if k[:3] != key[:3]]:
                del _few[other]
            _few[key] = _Few(made, set())
        few = _few[key]
        if missing := tables - few.tables:
            with _closing(ledger.connect()) as source:
                for table in sorted(missing):
                    wanted = f'SELECT * FROM "{table}" WHERE resident IN ({KEYS})'
                    few.connection.register("arriving", source.execute(wanted, [listed(residents)]).to_arrow_table())
                    few.connection.execute(f'CREATE TABLE "{table}" AS SELECT * FROM arriving')
                    few.connection.unregister("arriving")
                    few.tables.add(table)
        return few.connection.cursor()


def _latest(ledger: "Ledger", folder: Path, name: str) -> tuple[int, Path, Path | None] | None:
    """The membership of the latest earlier version that has one: number, whole file, and that of the residents evaluated again."""
    number = int(folder.name)
    for earlier in sorted((n for n in numbers_in(folder.parent) if n < number), reverse=True):
        found = _found(folder.parent / str(earlier), name)
        if found is not None:
            whole, again = found
            if all(_stamped(file.parent) == ledger.stamp(int(file.parent.name)) for file in (whole, *([again] if again else []))):
                return earlier, whole, again
    return None


def _changed_beside(again: Path) -> Path:
    """The file of who was evaluated again, beside their rows."""
    return again.with_suffix(".changed.parquet")


def sums_beside(file: Path) -> Path:
    """The file of a membership's sums. Of residents evaluated again it is named apart: it holds the rows alone that they change."""
    return file.with_name(file.name.removesuffix(".parquet") + (".sums" if is_whole(file) else ".changed.sums"))


def numbers_in(root: Path) -> list[int]:
    """Versions that have a folder of memberships."""
    return sorted(int(f.name) for f in root.iterdir() if f.name.isdigit()) if root.exists() else []


def folder_of(ledger: "Ledger") -> Path:
    """The folder of a version's memberships. One left by another version that bore the number is emptied first, by one process at a
    time."""
    folder = ledger.folder / "membership" / str(ledger.number)
    stamp = ledger.stamp(ledger.number) or ""
    if _stamped(folder) == stamp:
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _stamped(folder) != stamp:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(mode=0o700)
            (folder / _STAMP).write_text(stamp, encoding="ascii")
    return folder


def _stamped(folder: Path) -> str | None:
    try:
        return (folder / _STAMP).read_text(encoding="ascii")
    except FileNotFoundError:
        return None


def _write(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    working = target.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        connection.execute(f"COPY ({query}) TO {_quoted(working)} (FORMAT parquet, COMPRESSION zstd)")
        settle(working, target)
    finally:
        working.unlink(missing_ok=True)


def settle(working: Path, target: Path) -> None:
    """Give a finished file its name, unless another process was as quick. What is there is never changed: DuckDB keeps what it has read of
    a path, and one that reads half of this file and half of another reads neither."""
    try:
        os.link(working, target)
    except FileExistsError:
        pass
    except OSError:  # a file system without such links
        os.replace(working, target)


@contextmanager
def _closing(connection: duckdb.DuckDBPyConnection) -> "Iterator[duckdb.DuckDBPyConnection]":
    try:
        yield connection
    finally:
        connection.close()


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def bases_needed(root: Path, versions: "set[int]") -> set[int]:
    """Versions whose whole files memberships of `versions` lean on."""
    found = set()
    for number in versions:
        for again in (root / str(number)).glob(f"*{_SINCE}*.parquet"):
            found.add(int(again.name.removesuffix(".changed.parquet").removesuffix(".parquet").rpartition(_SINCE)[2]))
    return found


def is_whole(file: Path) -> bool:
    return _SINCE not in file.name
