"""Trace 溯源: from a figure back to the people, events or return cells that it counts."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from taizhang.figures.compute import Board
from taizhang.figures.counting import Counted
from taizhang.figures.membership import CODES, KEYS, listed, reading
from taizhang.figures.model import Figure, FigureError
from taizhang.kernel.indicators import DataSource, Indicator, Population, Status
from taizhang.kernel.parameters import as_decimal
from taizhang.kernel.periods import Period
from taizhang.kernel.query import nodes
from taizhang.kernel.text import Text

if TYPE_CHECKING:
    from taizhang.figures.source import Ledger

Part = Literal["numerator", "denominator", "gap"]
PARTS: tuple[Part, ...] = ("numerator", "denominator", "gap")


@dataclass(frozen=True, slots=True)
class Member:
    """One that is counted: a resident, a record of one, or a record about nobody (then resident is None and name is what the record goes
    by: a document's title). value: what it adds (1, or the number summed)."""

    member: int
    resident: int | None
    organisation: str
    organisation_name: Text
    value: int
    categories: dict[str, str | None]
    name: str = ""


@dataclass(frozen=True, slots=True)
class TracedCell:
    """A cell of a return that is counted, and who reported it."""

    id: int
    report: int
    form: Text
    element: Text
    category: str
    organisation: str
    organisation_name: Text
    period_start: date
    period_end: date
    as_of: date
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Trace:
    """count: how many members (for a figure from returns: cells) there are, exact whatever the limit. amount: what they add up to; of a
    gap, how many are missing."""

    indicator: Indicator
    period: Period
    organisation: str
    part: Part
    source: DataSource
    ledger_version: int
    count: int
    amount: int
    members: list[Member] = field(default_factory=list)
    cells: list[TracedCell] = field(default_factory=list)


def trace(
    indicator_code: str, period: Period, organisation: str, part: Part = "numerator", limit: int | None = None, *, offset: int = 0,
    category: str = "", version: "int | Ledger | None" = None, day: date | None = None,
) -> Trace:
    """Members of a part of a figure, ordered by organisation, then resident; all of them, or `limit` of them after the first `offset`.

    category: "sex:1", or the row code of a form. A figure from returns gives its cells instead, a mixed one both. Raises FigureError for
    a part that the indicator does not have.
    """
    if part not in PARTS:
        raise FigureError(f"没有“{part}”这一部分。可选：numerator（分子）、denominator（分母）、gap（差额）。")
    board = Board(period, version=version, day=day)
    (indicator,) = board.definitions([indicator_code])
    counted = board.now.of(indicator, organisation, category)

    def found(count: int, amount: int, members: list[Member], cells: list[TracedCell]) -> Trace:
        version = board.ledger.number
        return Trace(indicator, board.period, organisation, part, counted.source, version, count, amount, members, cells)

    if counted.status is Status.NO_RULE:
        return found(0, 0, [], [])
    cells = _cells(board, indicator, counted, part) if counted.cells else []
    if counted.source is DataSource.REPORTED:
        return found(len(cells), _amount(counted, part), [], cells)
    return found(*_members(board, indicator, organisation, part, limit, offset, category), cells)


def _members(
    board: Board, indicator: Indicator, organisation: str, part: Part, limit: int | None, offset: int, category: str
) -> tuple[int, int, list[Member]]:
    population = indicator.population
    assert population is not None
    laid = board.now.laid(population)
    condition, amount = _condition(indicator, part)
    breakdowns = [b.name for b in population.breakdowns]
    values: list[object] = [listed(laid.organisations(organisation))]
    where = f"organisation IN ({CODES}) AND {condition}"
    if category:
        name, _, code = category.partition(":")
        if name not in breakdowns:
            raise FigureError(f"“{indicator.name.zh}”没有分组“{category}”。可用的分组：{'、'.join(breakdowns) or '无'}。")
        where += f" AND coalesce(\"{name}\", '') = ?"
        values.append(code)
    source = f"FROM {laid.membership.relation} WHERE {where}"
    columns = "".join(f', "{name}"' for name in breakdowns)
    limited = "" if limit is None else f" LIMIT {max(0, int(limit))} OFFSET {max(0, int(offset))}"
    with reading() as connection:
        summed = _summed(indicator, part)
        if summed:  # one each: the figure's own sum is the exact count
            count = total = laid.sum(organisation, summed, category)
        else:
            count, total = connection.execute(f"SELECT count(*), coalesce(sum({amount}), 0)::BIGINT {source}", values).fetchall()[0]
        lines = connection.execute(
            f"SELECT member, resident, organisation, {amount}{columns} {source} ORDER BY organisation, resident, member{limited}", values
        ).fetchall()
    names = _names(board, population, [line[0] for line in lines])
    members = [
        Member(
            line[0], line[1], line[2], board.now.placing.name(line[2]), line[3], dict(zip(breakdowns, line[4:], strict=True)),
            names.get(line[0], ""),
        )
        for line in lines
    ]
    return count, total, members


def _names(board: Board, population: Population, members: list[int]) -> dict[int, str]:
    """What records about nobody go by, at the board's ledger version."""
    contract = population.rows.contract if population.rows is not None else None
    if contract is None or not contract.named_by or not members:
        return {}
    connection = board.ledger.connect()
    try:
        wanted = f'SELECT id, "{contract.named_by}" FROM "{contract.table}" WHERE id IN ({KEYS})'
        return {key: name or "" for key, name in connection.execute(wanted, [listed(members)]).fetchall()}
    finally:
        connection.close()


class Naming:
    """Names of the first records that figures of one period count."""

    def __init__(self, period: Period, *, version: "int | Ledger | None" = None, day: date | None = None) -> None:
        self._board = Board(period, version=version, day=day)

    def names(self, figure: Figure, limit: int) -> tuple[str, ...]:
        """Those of the figure's own organisation first, then of the units below it; each name once."""
        if figure.indicator.population is None or figure.source is not DataSource.RECORDED:
            return ()
        _, _, members = _members(self._board, figure.indicator, figure.organisation, "numerator", limit, 0, figure.category)
        return tuple(dict.fromkeys(member.name for member in members if member.name))


def _condition(indicator: Indicator, part: Part) -> tuple[str, str]:
    """SQL of who belongs to the part, and of what each adds."""
    top, bottom = f'"{indicator.code}.n"', f'"{indicator.code}.d"'
    assert indicator.numerator is not None
    if part == "numerator":
        return (top, "1") if indicator.numerator.type == "bool" else (f"{top} <> 0", top)
    if not isinstance(indicator.denominator, nodes.Value):
        what = "以人口数为分母" if indicator.denominator is not None else "是计数，没有分母"
        raise FigureError(f"“{indicator.name.zh}”{what}，没有可列出的分母成员。请用 --part numerator。")
    if part == "denominator":
        return (bottom, "1") if indicator.denominator.type == "bool" else (f"{bottom} <> 0", bottom)
    if indicator.denominator.type == "bool":
        met = top if indicator.numerator.type == "bool" else f"{top} <> 0"
        return f"{bottom} AND NOT ({met})", "1"
    done = f"{top}::INTEGER"
    return f"{bottom} > {done}", f"{bottom} - {done}"


def _summed(indicator: Indicator, part: Part) -> str:
    """The column whose sum is the number of the part's members, where they count one each; empty where they must be counted."""
    value = {"numerator": indicator.numerator, "denominator": indicator.denominator}.get(part)
    return f"{indicator.code}.{part[0]}" if isinstance(value, nodes.Value) and value.type == "bool" else ""


def _amount(counted: Counted, part: Part) -> int:
    if part == "gap":
        return (counted.denominator or 0) - (counted.numerator or 0)
    return (counted.numerator if part == "numerator" else counted.denominator) or 0


def _cells(board: Board, indicator: Indicator, counted: Counted, part: Part) -> list[TracedCell]:
    """The cells of the part; a gap stands between the cells of both."""
    reported = indicator.reported
    assert reported is not None
    wanted = {"numerator": [reported.numerator or reported.rate], "denominator": [reported.denominator]}
    elements = {(c.form, c.element) for c in wanted.get(part, [*wanted["numerator"], *wanted["denominator"]]) if hasattr(c, "element")}  # type: ignore[union-attr]
    found = []
    for number in counted.cells:
        row = board.facts.cells.rows[number]
        if (row["form"], row["element"]) not in elements:
            continue
        form = board.facts.cells.forms[row["form"]]
        element = form.element(row["element"])
        found.append(
            TracedCell(
                id=number, report=row["report"], form=form.name, element=element.name, category=row["category"] or "",
                organisation=row["organisation"], organisation_name=board.now.placing.name(row["organisation"]),
                period_start=row["period_start"], period_end=row["period_end"], as_of=row["as_of"],
                value=as_decimal(row["value"], element.places), unit=element.unit,
            )
        )
    return sorted(found, key=lambda c: (c.organisation, c.period_start, c.id))
