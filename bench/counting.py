"""All indicators that are counted from residents' records, over the whole organisation tree and every category, for one half-year.

Ours: membership files, sums and roll-up through the figures room, from nothing; beside it a plain scan of the columns that are read. Of
the populations that bench/handwritten has, the same numbers by hand-written SQL: they must be equal. `python -m bench.counting HOME
[ROUNDS]`.
"""

import json
import resource
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from bench.homes import DAY, PERIOD, enter

HANDWRITTEN = Path(__file__).parent / "handwritten"
ROUNDS = 5

# (place, category) of one population -> sums by column; places where nobody is counted are left out.
Numbers = dict[tuple[str, str], dict[str, int]]


def main(home: Path, rounds: int = ROUNDS) -> dict[str, Any]:
    """Medians of all rounds but the first, in which the process also compiles. A city's numbers are held a population at a time."""
    enter(home)
    trees = _trees()
    board = _board(trees)
    floor = min(scanned(board) for _ in range(3))  # also brings the files into memory for all
    populations = {population.name: population for population in populations_of(board)}
    hand = _Hand(board, [name for name in populations if (HANDWRITTEN / f"{name}.sql").exists()])
    ours: list[Counted] = []
    by_hand: list[dict[str, float]] = []
    peak = 0

    def agreed(name: str, theirs: Numbers) -> None:
        _must_be_equal(name, _numbers(_board(trees), populations[name]), theirs)

    for turn in range(rounds):
        ours.append(counted(populations))
        peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        by_hand.append(hand.counted(agreed if turn == 0 else None))
    later = slice(1 if rounds > 1 else 0, None)
    whole = statistics.median(sum(one.spent.values()) for one in ours[later])
    compared = statistics.median(sum(one.by_population[name] for name in hand.names) for one in ours[later])
    theirs = statistics.median(sum(spent.values()) for spent in by_hand[later])
    return {
        "indicators": len(_indicators(board)),
        "compared": sum(i.population.name in hand.names for i in _indicators(board)),
        "populations": len(populations),
        "places": len(board.tree.descendants(board.tree.root)),
        "numbers": ours[0].numbers,
        "whole": ours[0].whole,
        "rows": _rows(),
        "ledger_bytes": _bytes_named(board),
        "membership_bytes": sum(file.stat().st_size for file in board.ledger.folder.glob("membership/*/*")),
        "first_seconds": round(sum(ours[0].spent.values()), 3),
        "seconds": round(whole, 3),
        "parts": {name: round(statistics.median(one.spent[name] for one in ours[later]), 3) for name in ours[0].spent},
        "compared_seconds": round(compared, 3),
        "compared_parts": {name: round(statistics.median(one.by_population[name] for one in ours[later]), 3) for name in hand.names},
        "handwritten_seconds": round(theirs, 3),
        "ratio": round(compared / theirs, 2),
        "handwritten_parts": {name: round(statistics.median(spent[name] for spent in by_hand[later]), 3) for name in by_hand[0]},
        "scan_seconds": round(floor, 3),
        "ratio_scan": round(whole / floor, 1),
        "peak_mb": peak,
    }


# -- ours ----------------------------------------------------------------------------------------------------------------------


@dataclass
class Counted:
    """One counting of these populations. Seconds by part and by population; `whole`: members of each over the whole tree."""

    spent: dict[str, float]
    by_population: dict[str, float]
    whole: dict[str, int]
    numbers: int = 0


def counted(populations: Mapping[str, Any]) -> Counted:
    """Anew: no membership file, no sums, a board for each population, so that its numbers can go when they were counted. The first call
    in a process also compiles. The memberships stay."""
    from taizhang.ledger import layout

    shutil.rmtree(layout.folder() / "membership", ignore_errors=True)
    made = Counted({"board": 0.0, "membership": 0.0, "sums": 0.0, "roll-up": 0.0}, {}, {})
    clock = Clock(made.spent)
    trees = _trees()
    for name, population in populations.items():
        began = clock.since
        board = _board(trees)
        clock.lap("board")
        board.now.membership(population)
        clock.lap("membership")
        laid = board.now.laid(population)
        clock.lap("sums")
        made.numbers += sum(len(row) for row in _numbers(board, population).values())
        clock.lap("roll-up")
        made.by_population[name] = clock.since - began
        made.whole[name] = laid.vector(board.tree.root)[0]
    return made


def _trees() -> Any:
    from taizhang.config import home
    from taizhang.figures.placing import Trees

    return Trees(home.current().organisation)


def _board(trees: Any) -> Any:
    from taizhang.figures.compute import Board
    from taizhang.kernel.periods import Period

    return Board(Period.parse(PERIOD), day=DAY, trees=trees)


def _numbers(board: Any, population: Any) -> Numbers:
    laid = board.now.laid(population)
    found: Numbers = {}
    for place in board.tree.descendants(board.tree.root):
        for category in ("", *laid.sums.categories):
            vector = laid.vector(place, category)
            if vector[0]:
                found[place, category] = dict(zip(laid.sums.columns, vector, strict=True))
    return found


def _rows() -> int:
    """Rows of the ledger version about residents."""
    from taizhang.kernel.registry import registry

    connection = _tables()
    tables = [contract.table for contract in registry.contracts.values() if contract.about_residents]
    return sum(connection.execute(f'SELECT count(*) FROM "{table}"').fetchall()[0][0] for table in tables)


def _bytes_named(board: Any) -> int:
    """Bytes of the files that the ledger version names."""
    files = (file for parts in board.ledger.files().values() for file in (*parts.base, *parts.changes))
    return sum(file.stat().st_size for file in files)


class Clock:
    def __init__(self, spent: dict[str, float]) -> None:
        self.spent, self.since = spent, time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.spent[name] += now - self.since
        self.since = now


def _indicators(board: Any) -> list[Any]:
    """Those counted from residents' records. The others' tables hold hundreds of rows, whatever the county's size."""
    of = [(indicator, indicator.population) for indicator in board.definitions(None) if indicator.population is not None]
    return [indicator for indicator, people in of if people.rows is None or people.rows.contract.about_residents]


def populations_of(board: Any) -> list[Any]:
    return list({i.population.name: i.population for i in _indicators(board)}.values())


# -- by hand -------------------------------------------------------------------------------------------------------------------


class _Hand:
    """The hand-written queries over the same views, with the tree as a table of who stands below whom."""

    def __init__(self, board: Any, names: list[str]) -> None:
        self.names = names
        self.connection = _tables()
        tree = board.tree
        pairs = [f"{code} {place}" for code in tree.descendants(tree.root) for place in tree.path(code)]
        self.connection.execute(
            "CREATE TEMP TABLE above AS SELECT split_part(pair, ' ', 1) AS organisation, split_part(pair, ' ', 2) AS place "
            "FROM (SELECT unnest(string_split(?, ',')) AS pair)",
            [",".join(pairs)],
        )
        self.connection.execute((HANDWRITTEN / "common.sql").read_text(encoding="utf-8"))

    def counted(self, check: Callable[[str, Numbers], None] | None) -> dict[str, float]:
        """Seconds by population. `check` is given each population's numbers, outside of the time."""
        spent: dict[str, float] = {}
        clock = Clock(spent)
        roll_up = (HANDWRITTEN / "roll_up.sql").read_text(encoding="utf-8")
        for name in self.names:
            spent[name] = 0.0
            query = (HANDWRITTEN / f"{name}.sql").read_text(encoding="utf-8")
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE leaf AS {query}")
            lines = self.connection.execute(roll_up)
            columns = [column[0] for column in lines.description or ()][2:]
            numbers: Numbers = {}
            for place, category, *sums in lines.fetchall():
                numbers[place, category] = {column: int(value) for column, value in zip(columns, sums, strict=True)}
            clock.lap(name)
            if check is not None:
                check(name, numbers)
                clock.since = time.perf_counter()
        return spent


def _must_be_equal(name: str, ours: Numbers, theirs: Numbers) -> None:
    for key in sorted(ours.keys() | theirs.keys()):
        if ours.get(key) != theirs.get(key):
            raise AssertionError(f"{name} {key}: ours {ours.get(key)}, by hand {theirs.get(key)}")


# -- the floor -----------------------------------------------------------------------------------------------------------------


def scanned(board: Any) -> float:
    """Seconds to read once every column that the definitions look at, each table once."""
    connection = _tables()
    began = time.perf_counter()
    for table, columns in sorted(_columns_read(board)):
        connection.execute("SELECT " + ", ".join(f'bit_xor(hash("{name}"))' for name in columns) + f' FROM "{table}"').fetchall()
    return time.perf_counter() - began


def _columns_read(board: Any) -> Iterator[tuple[str, list[str]]]:
    from taizhang.kernel.query import nodes

    used: dict[str, set[str]] = {}
    for indicator in _indicators(board):
        population = indicator.population
        trees = [indicator.numerator, indicator.denominator, population.condition, population.rows, population.organisation]
        trees += [breakdown.value for breakdown in population.breakdowns]
        for node in (n for tree in trees if isinstance(tree, nodes.Node) for n in nodes.walk(tree)):
            if isinstance(node, nodes.RowColumn):
                used.setdefault(node.of.table, {"id", "resident"}).add(node.name)
            elif isinstance(node, nodes.PersonColumn):
                contract = node.of.contract if isinstance(node.of, nodes.Records) else node.of.rows.contract
                used.setdefault(contract.table, {"id", "resident"}).add(node.name)
    yield from ((table, sorted(columns)) for table, columns in used.items())


def _tables() -> duckdb.DuckDBPyConnection:
    from taizhang.ledger import reader

    return reader.connect()


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), *map(int, sys.argv[2:]))))
