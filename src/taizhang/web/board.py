"""The board 看板: how an organisation stands in a period, by line of work, and how the units below it compare."""

from calendar import month_abbr
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from taizhang.county import audit
from taizhang.county.organisations import OrganisationTree
from taizhang.figures.compute import Board
from taizhang.figures.model import Figure
from taizhang.kernel.indicators import Better, DataSource, Status, TimeBase
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import Programme, registry
from taizhang.kernel.text import Text
from taizhang.web.asking import Asked, asked, chooser
from taizhang.web.discretion import withheld, withheld_among
from taizhang.web.excel import Cell, Table, answer
from taizhang.web.shown import Shown
from taizhang.web.units import unit_in

KEY_FIGURES = 6
IN_A_LINE = 5
_RATES = ("%", "‰")
_DUTIES = (TimeBase.DUE_TO_DATE, TimeBase.ANNUAL)


@dataclass(frozen=True, slots=True)
class Group:
    """A line of work and its figures."""

    programme: Programme
    rows: list[Shown]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of work on the board: its foremost figures. every: how many its own page has; beyond: whether that is more."""

    programme: Programme
    rows: list[Shown]
    every: int

    @property
    def beyond(self) -> bool:
        return self.every > len(self.rows)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit below, with the key figures in the order of the cards."""

    organisation: str
    name: str
    cells: list[Shown]


def board(request: HttpRequest, organisation: str | None = None) -> HttpResponse:
    return render(request, "web/board.html", _facts(asked(request, organisation), request.GET.get("focus", "")))


def excel(request: HttpRequest, organisation: str) -> HttpResponse:
    """The board as an Excel file: every figure of the organisation, and the key figures of the units below; one audit line."""
    ask = asked(request, organisation)
    facts = _facts(ask, "")
    groups: list[Group] = facts["groups"]  # type: ignore[assignment]
    keys: list[Shown] = facts["cards"]  # type: ignore[assignment]
    rows: list[UnitRow] = facts["rows"]  # type: ignore[assignment]
    tables = [figures_table(groups, ask)]
    if rows:
        title = f"{ask.name.in_language(ask.language)} {ask.period.name.in_language(ask.language)}"
        headings = [Text("单位", "Unit").in_language(ask.language), *(key.heading for key in keys)]
        units = [[row.name, *(cell.number for cell in row.cells)] for row in rows]
        tables.append(Table(Text("下级单位", "Units below").in_language(ask.language), title, headings, units))
    audit.record(ask.staff, audit.EXPORT, detail={"file": "board", "organisation": ask.organisation, "period": str(ask.period)})
    name = f"{ask.name.in_language(ask.language)} {ask.period.name.in_language(ask.language)}"
    return answer(tables, name, f"board-{ask.organisation}")


_HEADINGS = (
    Text("业务", "Line of work"), Text("指标", "Indicator"), Text("单位", "Unit"), Text("本期", "Value"), Text("分子", "Numerator"),
    Text("分母", "Denominator"), Text("去年同期", "Last year"), Text("同比", "Change"), Text("任务", "Target"), Text("完成", "Done"),
    Text("位次", "Rank"),
)  # fmt: skip


def figures_table(groups: Sequence[Group], ask: Asked) -> Table:
    """Figures as rows of a sheet; what is withheld on the page is withheld here."""
    rows: list[list[Cell]] = []
    for group in groups:
        for row in group.rows:
            figure = row.figure
            last = figure.last_year.value if figure.last_year is not None and not row.hidden else None
            cells: list[Cell] = [group.programme.name.in_language(ask.language), row.name, unit_in(figure.indicator.unit, ask.language)]
            cells += [row.number, *row.counts, last, row.change, row.aim, row.completion, row.rank]
            rows.append(cells)
    title = f"{ask.name.in_language(ask.language)} {ask.period.name.in_language(ask.language)}"
    return Table(Text("指标", "Figures").in_language(ask.language), title, [t.in_language(ask.language) for t in _HEADINGS], rows)


def _facts(ask: Asked, focus: str) -> dict[str, object]:
    counted = Board(ask.period, day=ask.day)
    below = [code for code in counted.tree.children(ask.organisation) if code in ask.viewable]
    counted.read_targets([ask.organisation, *below])
    own = [counted.figure(indicator, ask.organisation) for indicator in counted.definitions(None)]
    shown = {f.code: Shown(f, ask.language, withheld(f, ask.staff, ask.tree)) for f in own}
    led = lines_led(ask.tree.kind(ask.staff.organisation_id))
    groups = sorted(_groups(list(shown.values())), key=lambda group: group.programme.code not in led)
    spoken = [group for group in groups if not all(row.absent for row in group.rows)]
    keys = [shown[f.code] for f in key_figures(own, led=led)]
    silent = [group for group in groups if group not in spoken]
    rows, without = units(counted, ask, keys, below)
    at = next((place for place, key in enumerate(keys) if key.code == focus), 0)
    return {
        "ask": ask,
        "chooser": chooser(ask),
        "cards": keys,
        "groups": spoken,
        "lines": [_line(group) for group in spoken],
        "silent": silent,
        "silent_count": sum(len(group.rows) for group in silent),
        "rows": rows,
        "without": without,
        "focus": keys[at] if keys else None,
        "ranking": [row.cells[at] for row in rows] if keys else [],
        "times": times(ask),
        "version": counted.ledger.number,
    }


def times(ask: Asked) -> list[tuple[Text, str, bool]]:
    """The way down and up in time: the year so far and each of its months that has begun, as (name, period, whether it is shown)."""
    year, last = ask.period.end.year, 12 if ask.period.end.year < ask.day.year else ask.day.month
    found = [(Text(f"{year}年", str(year)), Period.of_year(year))]
    found += [(Text(f"{month}月", month_abbr[month]), Period.month(year, month)) for month in range(1, last + 1)]
    shown = (ask.period.start, ask.period.end)
    return [(name, str(period), (period.start, period.end) == shown) for name, period in found]


def lines_led(kind: str) -> frozenset[str]:
    """The lines of work that a county institution of this kind leads; of a bureau, a township or a clinic none."""
    return frozenset(programme.code for programme in registry.programmes.values() if kind in programme.led_by)


def key_figures(
    figures: Sequence[Figure], most: int = KEY_FIGURES, *, broad: bool = False, led: frozenset[str] = frozenset()
) -> list[Figure]:
    """At most so many, of those that are better higher: the lines that the reader's institution leads before others; one a line of work
    before any second; rates before counts, of which only those with a target; recorded ones before reported; of a line of work what has a
    target first, then what is due by now. broad: every line of work, reported ones too, before a second figure of any."""
    fit = [f for f in figures if f.value is not None and f.status in (Status.OK, Status.PARTIAL) and f.indicator.better is Better.HIGHER]
    candidates = [f for f in fit if f.indicator.unit in _RATES or f.target is not None]
    turns: Counter[str] = Counter()
    waiting = []
    for figure in sorted(candidates, key=_place_in_line):
        turn = turns[figure.indicator.programme]
        turns[figure.indicator.programme] += 1
        last = figure.source is DataSource.REPORTED or figure.indicator.unit not in _RATES
        # After the first of each line of work, outcomes (the last pressure, the last glucose) before one more coverage.
        waiting.append((last, turn, bool(turn) and figure.indicator.time_base is not TimeBase.LAST, figure))
    if broad:
        waiting.sort(key=lambda w: (w[1], w[0], w[3].target is None))
    else:
        waiting.sort(key=lambda w: (w[3].indicator.programme not in led, *w[:3]))
    kept = [figure for *_, figure in waiting][:most]
    return sorted((f for f in figures if f in kept), key=lambda f: f.indicator.programme not in led)


def _place_in_line(figure: Figure) -> tuple[bool, bool, bool]:
    return figure.indicator.unit not in _RATES, figure.target is None, figure.indicator.time_base not in _DUTIES


def _groups(rows: list[Shown]) -> list[Group]:
    named = [row for row in rows if row.figure.indicator.programme in registry.programmes]
    return [Group(registry.programmes[code], list(members)) for code, members in groupby(named, key=lambda r: r.figure.indicator.programme)]


def _line(group: Group) -> Line:
    """The foremost few, in the order the line of work gives its figures: those with a target before others, the silent last."""
    foremost = sorted(group.rows, key=lambda row: (row.absent, row.figure.target is None))[:IN_A_LINE]
    return Line(group.programme, [row for row in group.rows if row in foremost], len(group.rows))


def units(counted: Board, ask: Asked, keys: list[Shown], below: list[str]) -> tuple[list[UnitRow], list[tuple[str, str]]]:
    """The units below with the key figures; and those that have none of them."""
    cells: dict[str, list[Shown]] = {code: [] for code in below}
    for key in keys:
        figures = [counted.figure(key.figure.indicator, code) for code in below]
        hidden = withheld_among(figures, ask.staff, ask.tree)
        marks = _marks([f for f in figures if (f.organisation, "") not in hidden])
        for figure in figures:
            is_hidden = (figure.organisation, "") in hidden
            cells[figure.organisation].append(Shown(figure, ask.language, is_hidden, marks.get(figure.organisation, "")))
    working = kinds_at_work([cell.figure for each in cells.values() for cell in each], counted.tree)
    rows, without = [], []
    for code in below:
        name = counted.tree.name(code).in_language(ask.language)
        if counted.tree.kind(code) in working and any(cell.has_value or cell.hidden for cell in cells[code]):
            rows.append(UnitRow(code, name, cells[code]))
        else:
            without.append((code, name))
    return rows, without


def kinds_at_work(figures: Sequence[Figure], tree: OrganisationTree) -> set[str]:
    """The kinds of unit that have any of these figures. A county's hospital manages nobody: its nought is no last place."""
    return {tree.kind(f.organisation) for f in figures if f.value}


def _marks(figures: list[Figure]) -> dict[str, str]:
    """The first and the last by a rate of at least three units that are ranked among each other; counts differ with size alone."""
    valued = [f for f in figures if f.rank is not None and f.value is not None and f.indicator.unit in _RATES]
    if len(valued) < 3:
        return {}
    values = [f.value for f in valued if f.value is not None]
    low, high = min(values), max(values)
    if low == high:
        return {}
    best, worst = (low, high) if valued[0].indicator.better is Better.LOWER else (high, low)
    return {f.organisation: "best" if f.value == best else "worst" for f in valued if f.value in (best, worst)}
