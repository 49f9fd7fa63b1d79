"""The member lists behind published figures: copied beside the document, counted again, and held against today's.

A copy is one Parquet file a population and period, with everybody in it (resident ids, no names), so that a figure can still be counted
when the ledger's own membership files are gone. members.json beside them says, for each file, which organisations of it stood at or below
each place then: a later merger cannot move a published figure.
"""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from taizhang.figures.compute import Board
from taizhang.figures.membership import Membership, reading
from taizhang.figures.model import Figure
from taizhang.kernel.indicators import DataSource, Population
from taizhang.kernel.periods import Period
from taizhang.summaries.publishing.frozen import FrozenFigure

FOLDER = "members"


@dataclass(frozen=True, slots=True)
class MemberFile:
    """path: within the publication's folder. indicators: codes it has columns for. places: published organisation -> organisations of the
    file that are counted for it."""

    path: str
    population: str
    period: str
    indicators: tuple[str, ...]
    places: dict[str, tuple[str, ...]]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def read_member_files(stored: Iterable[dict[str, Any]]) -> list[MemberFile]:
    return [
        MemberFile(s["path"], s["population"], s["period"], tuple(s["indicators"]), {p: tuple(o) for p, o in s["places"].items()})
        for s in stored
    ]


def copy_members(figures: Sequence[Figure], version: int, into: Path) -> list[MemberFile]:
    """Copies for all figures that records have a part in, of their period and of last year's where that is compared with."""
    wanted: dict[Period, list[Figure]] = {}
    for figure in figures:
        if figure.indicator.population is not None and figure.source is not DataSource.REPORTED and figure.numerator is not None:
            wanted.setdefault(figure.period, []).append(figure)
    found: list[MemberFile] = []
    (into / FOLDER).mkdir(mode=0o700)
    for period in sorted(wanted):
        board = Board(period, version=version, day=period.cutoff)
        compared = [f for f in wanted[period] if f.last_year is not None and f.last_year.numerator is not None]
        for counts, counted in ((board.now, wanted[period]), (board.last_year, compared)):
            by_population: dict[str, tuple[Population, set[str]]] = {}
            for figure in counted:
                then = counts.indicator(figure.code)
                if then is not None and then.population is not None:
                    by_population.setdefault(then.population.name, (then.population, set()))[1].add(figure.organisation)
            for name, (population, organisations) in sorted(by_population.items()):
                laid = counts.laid(population)
                path = f"{FOLDER}/{name}-{counts.period}.parquet"
                if any(f.path == path for f in found):
                    continue
                _copy(laid.membership, into / path)
                places = {code: tuple(laid.organisations(code)) for code in sorted(organisations)}
                codes = tuple(i.code for i in laid.membership.indicators)
                found.append(MemberFile(path, name, str(counts.period), codes, places))
    return found


def _copy(membership: Membership, target: Path) -> None:
    if membership.again is None:
        shutil.copyfile(membership.whole, target)
        return
    with reading() as connection:
        connection.execute(f"COPY (SELECT * FROM {membership.relation}) TO '{_text(target)}' (FORMAT parquet, COMPRESSION zstd)")


def file_of(figure: FrozenFigure, files: Iterable[MemberFile]) -> MemberFile | None:
    """The member list a figure was counted from; None where records have no part in it."""
    if figure.source == DataSource.REPORTED.value or figure.numerator is None:
        return None
    return next((f for f in files if f.period == figure.period and figure.code in f.indicators and figure.organisation in f.places), None)


def recount(figure: FrozenFigure, file: MemberFile, folder: Path) -> tuple[int, int | None]:
    """Numerator and denominator of a recorded figure, from the frozen list alone; the denominator is None where the list has none."""
    columns = _columns(folder / file.path)
    top, bottom = f"{figure.code}.n", f"{figure.code}.d"
    measures = [_sum(top, columns[top]), _sum(bottom, columns[bottom]) if bottom in columns else "NULL"]
    where, values = _where(file.places[figure.organisation], figure.category)
    with reading() as connection:
        line = connection.execute(
            f"SELECT {', '.join(measures)} FROM read_parquet('{_text(folder / file.path)}') WHERE {where}", values
        ).fetchall()[0]
    return line[0], line[1]


@dataclass(frozen=True, slots=True)
class Moved:
    """Members that came into a part of a figure, left it, or count for more or less than before: (member, resident). persons: whether the
    members are residents; else records: visits, activities."""

    part: str
    persons: bool
    entered: tuple[tuple[int, int | None], ...]
    left: tuple[tuple[int, int | None], ...]
    changed: tuple[tuple[int, int | None], ...]

    def __bool__(self) -> bool:
        return bool(self.entered or self.left or self.changed)


def moved(figure: FrozenFigure, file: MemberFile, folder: Path, board: Board) -> list[Moved]:
    """Who entered and left the numerator and the denominator since publication. `board` is today's, of the figure's period."""
    indicator = board.now.indicator(figure.code)
    if indicator is None or indicator.population is None:
        return []
    laid = board.now.laid(indicator.population)
    where, values = _where(file.places[figure.organisation], figure.category)
    today, today_values = _where(laid.organisations(figure.organisation), figure.category)
    old = f"(SELECT * FROM read_parquet('{_text(folder / file.path)}') WHERE {where})"
    new = f"(SELECT * FROM {laid.membership.relation} WHERE {today})"
    before, now = _columns(folder / file.path), _columns(laid.membership.whole)
    found = []
    for part, column in (("denominator", f"{figure.code}.d"), ("numerator", f"{figure.code}.n")):
        if column not in before or column not in now:
            continue
        query = (
            "SELECT coalesce(o.member, t.member), coalesce(t.resident, o.resident), coalesce(o.v, 0), coalesce(t.v, 0) FROM "
            f'(SELECT member, resident, coalesce("{column}"::BIGINT, 0) AS v FROM {old}) o FULL JOIN '
            f'(SELECT member, resident, coalesce("{column}"::BIGINT, 0) AS v FROM {new}) t ON o.member = t.member '
            "WHERE coalesce(o.v, 0) <> coalesce(t.v, 0) ORDER BY 1"
        )
        with reading() as connection:
            lines = connection.execute(query, [*values, *today_values]).fetchall()
        found.append(
            Moved(
                part,
                indicator.population.rows is None,
                tuple((m, r) for m, r, o, t in lines if o == 0),
                tuple((m, r) for m, r, o, t in lines if t == 0),
                tuple((m, r) for m, r, o, t in lines if o and t),
            )
        )
    return [m for m in found if m]


def _where(organisations: Sequence[str], category: str) -> tuple[str, list[object]]:
    where, values = "organisation IN (SELECT unnest(?::VARCHAR[]))", [list(organisations)]
    if category:
        name, _, code = category.partition(":")
        where += f" AND coalesce(\"{name}\", '') = ?"
        return where, [*values, code]
    return where, list(values)


def _columns(file: Path) -> dict[str, str]:
    with reading() as connection:
        return {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE SELECT * FROM read_parquet('{_text(file)}')").fetchall()}


def _sum(column: str, kind: str) -> str:
    return f'count(*) FILTER (WHERE "{column}")' if kind == "BOOLEAN" else f'coalesce(sum("{column}"), 0)::BIGINT'


def _text(path: Path) -> str:
    return str(path).replace("'", "''")
