"""All indicators that are counted from residents' records, over the whole organisation tree and every category, for one half-year.

Ours: membership files, sums and roll-up through the figures room, from nothing; beside it a plain scan of the columns that are read. Of
the populations that bench/handwritten has, the same numbers by hand-written SQL: they must be equal.
"""

import json
import resource
import shutil
import statistics
import sys
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import duckdb

from bench.homes import DAY, PERIOD, enter

HANDWRITTEN = Path(__file__).parent / "handwritten"
ROUNDS = 5

# (population, place, category) -> sums by column; places where nobody is counted are left out.
Numbers = dict[tuple[str, str, str], dict[str, int]]


def main(home: Path) -> dict[str, Any]:
    enter(home)
    from taizhang.figures.compute import Board
    from taizhang.kernel.periods import Period

    board = Board(Period.parse(PERIOD), day=DAY)
    floor = min(scanned(board) for _ in range(3))  # also brings the files into memory for all
    every = [population.name for population in _populations(board)]
    hand = _Hand(board, [name for name in every if (HANDWRITTEN / f"{name}.sql").exists()])
    laps: list[dict[str, float]] = []
    compared: list[dict[str, float]] = []
    by_hand: list[dict[str, float]] = []
    peak = 0
    for turn in range(ROUNDS):
        numbers, lap = counted(every)
        peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        laps.append(lap)
        expected, spent = hand.counted()
        by_hand.append(spent)
        compared.append(counted(hand.names)[1])
        if turn == 0:
            _must_be_equal({key: row for key, row in numbers.items() if key[0] in hand.names}, expected)
    whole = statistics.median(sum(lap.values()) for lap in laps[1:])
    ours = statistics.median(sum(lap.values()) for lap in compared[1:])
    theirs = statistics.median(sum(spent.values()) for spent in by_hand[1:])
    return {
        "indicators": len(_indicators(board)),
        "compared": sum(i.population.name in hand.names for i in _indicators(board)),
        "populations": len(every),
        "places": len(board.tree.descendants(board.tree.root)),
        "numbers": sum(len(row) for row in numbers.values()),
        "first_seconds": round(sum(laps[0].values()), 3),
        "seconds": round(whole, 3),
        "compared_seconds": round(ours, 3),
        "parts": {name: round(statistics.median(lap[name] for lap in laps[1:]), 3) for name in laps[0]},
        "handwritten_seconds": round(theirs, 3),
        "ratio": round(ours / theirs, 2),
        "handwritten_parts": {name: round(statistics.median(spent[name] for spent in by_hand[1:]), 3) for name in by_hand[0]},
        "scan_seconds": round(floor, 3),
        "ratio_scan": round(whole / floor, 1),
        "peak_mb": peak,
    }


# -- ours ----------------------------------------------------------------------------------------------------------------------


def counted(names: Collection[str]) -> tuple[Numbers, dict[str, float]]:
    """These populations anew: no membership file, no sums, another board. Seconds by part; the first call in a process also compiles."""
    from taizhang.figures.compute import Board
    from taizhang.kernel.periods import Period
    from taizhang.ledger import layout

    shutil.rmtree(layout.folder() / "membership", ignore_errors=True)
    spent = {"board": 0.0, "membership": 0.0, "sums": 0.0, "roll-up": 0.0}
    clock = _Clock(spent)
    board = Board(Period.parse(PERIOD), day=DAY)
    clock.lap("board")
    numbers: Numbers = {}
    places = board.tree.descendants(board.tree.root)
    for population in (each for each in _populations(board) if each.name in names):
        board.now.membership(population)
        clock.lap("membership")
        laid = board.now.laid(population)
        clock.lap("sums")
        columns = laid.sums.columns
        for place in places:
            for category in ("", *laid.sums.categories):
                vector = laid.vector(place, category)
                if vector[0]:
                    numbers[population.name, place, category] = dict(zip(columns, vector, strict=True))
        clock.lap("roll-up")
    return numbers, spent


class _Clock:
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


def _populations(board: Any) -> list[Any]:
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

    def counted(self) -> tuple[Numbers, dict[str, float]]:
        numbers: Numbers = {}
        spent: dict[str, float] = {}
        clock = _Clock(spent)
        roll_up = (HANDWRITTEN / "roll_up.sql").read_text(encoding="utf-8")
        for name in self.names:
            spent[name] = 0.0
            query = (HANDWRITTEN / f"{name}.sql").read_text(encoding="utf-8")
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE leaf AS {query}")
            lines = self.connection.execute(roll_up)
            columns = [column[0] for column in lines.description or ()][2:]
            for place, category, *sums in lines.fetchall():
                numbers[name, place, category] = {column: int(value) for column, value in zip(columns, sums, strict=True)}
            clock.lap(name)
        return numbers, spent


def _must_be_equal(ours: Numbers, theirs: Numbers) -> None:
    for key in sorted(ours.keys() | theirs.keys()):
        if ours.get(key) != theirs.get(key):
            raise AssertionError(f"{key}: ours {ours.get(key)}, by hand {theirs.get(key)}")


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
    print(json.dumps(main(Path(sys.argv[1]))))
