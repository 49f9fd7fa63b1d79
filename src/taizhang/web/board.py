"""The board 看板: how an organisation stands in a period, by line of work, and how the units below it compare."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from taizhang.figures.compute import Board
from taizhang.figures.model import Figure
from taizhang.kernel.indicators import Better, DataSource, Status, TimeBase
from taizhang.kernel.registry import Programme, registry
from taizhang.web.asking import Asked, asked, chooser
from taizhang.web.discretion import withheld, withheld_among
from taizhang.web.shown import Shown

KEY_FIGURES = 6
_FIRST = {TimeBase.DUE_TO_DATE: 0, TimeBase.ANNUAL: 0, TimeBase.LAST: 2, TimeBase.MATURED: 3}


@dataclass(frozen=True, slots=True)
class Group:
    """A line of work and its figures."""

    programme: Programme
    rows: list[Shown]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit below, with the key figures in the order of the cards."""

    organisation: str
    name: str
    cells: list[Shown]


def board(request: HttpRequest, organisation: str | None = None) -> HttpResponse:
    ask = asked(request, organisation)
    counted = Board(ask.period, day=ask.day)
    below = [code for code in counted.tree.children(ask.organisation) if code in ask.viewable]
    counted.read_targets([ask.organisation, *below])
    own = [counted.figure(indicator, ask.organisation) for indicator in counted.definitions(None)]
    shown = {f.code: Shown(f, ask.language, withheld(f, ask.staff, ask.tree)) for f in own}
    groups = _groups(list(shown.values()))
    keys = [shown[f.code] for f in key_figures(own)]
    silent = [group for group in groups if all(row.absent for row in group.rows)]
    rows, without = _units(counted, ask, keys, below)
    facts = {
        "ask": ask,
        "chooser": chooser(ask),
        "cards": keys,
        "groups": [group for group in groups if group not in silent],
        "silent": silent,
        "silent_count": sum(len(group.rows) for group in silent),
        "has_targets": any(row.target for row in shown.values()),
        "has_ranks": any(row.rank for row in shown.values()),
        "rows": rows,
        "without": without,
        "version": counted.ledger.number,
    }
    return render(request, "web/board.html", facts)


def key_figures(figures: Sequence[Figure]) -> list[Figure]:
    """At most six: those with a target first, then rates of which more is better, one a line of work before any second, recorded ones
    before reported."""
    fit = [f for f in figures if f.value is not None and f.status in (Status.OK, Status.PARTIAL)]
    chosen = [f for f in fit if f.target is not None]
    rates = [f for f in fit if f not in chosen and f.indicator.unit in ("%", "‰") and f.indicator.better is Better.HIGHER]
    place: dict[str, int] = {}
    ordered = []
    for figure in sorted(rates, key=lambda f: _FIRST.get(f.indicator.time_base, 1)):
        programme = figure.indicator.programme
        place[programme] = place.get(programme, -1) + 1
        ordered.append((place[programme], figure))
    ordered.sort(key=lambda p: (p[1].source is DataSource.REPORTED, p[0]))
    chosen += [figure for _, figure in ordered]
    kept = chosen[:KEY_FIGURES]
    return [f for f in figures if f in kept]


def _groups(rows: list[Shown]) -> list[Group]:
    named = [row for row in rows if row.figure.indicator.programme in registry.programmes]
    return [Group(registry.programmes[code], list(members)) for code, members in groupby(named, key=lambda r: r.figure.indicator.programme)]


def _units(counted: Board, ask: Asked, keys: list[Shown], below: list[str]) -> tuple[list[UnitRow], list[tuple[str, str]]]:
    """The units below with the key figures; and those that have none of them."""
    cells: dict[str, list[Shown]] = {code: [] for code in below}
    for key in keys:
        figures = [counted.figure(key.figure.indicator, code) for code in below]
        hidden = withheld_among(figures, ask.staff, ask.tree)
        for figure in figures:
            cells[figure.organisation].append(Shown(figure, ask.language, (figure.organisation, "") in hidden))
    rows, without = [], []
    for code in below:
        name = counted.tree.name(code).in_language(ask.language)
        if any(cell.has_value for cell in cells[code]):
            rows.append(UnitRow(code, name, cells[code]))
        else:
            without.append((code, name))
    return rows, without
