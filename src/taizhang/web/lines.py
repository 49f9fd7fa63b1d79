"""A line of work of an organisation: all its figures, and how the units below compare in each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from taizhang.figures.compute import Board
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.asking import Asked, asked, chooser
from taizhang.web.board import Group, UnitRow, figures_table, times, units
from taizhang.web.discretion import withheld
from taizhang.web.excel import Table, answer
from taizhang.web.figure import exported
from taizhang.web.shown import Shown

COLUMNS = 8


def line(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    ask = asked(request, organisation)
    facts = _facts(ask, programme, request.GET.get("focus", ""))
    return render(request, "web/line.html", facts)


def excel(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """The line of work as an Excel file: its figures, and those of the units below; one audit line."""
    ask = asked(request, organisation)
    facts = _facts(ask, programme, "")
    group: Group = facts["group"]  # type: ignore[assignment]
    cards: list[Shown] = facts["cards"]  # type: ignore[assignment]
    rows: list[UnitRow] = facts["rows"]  # type: ignore[assignment]
    name = f"{ask.name.in_language(ask.language)} {group.programme.name.in_language(ask.language)}"
    headings = [Text("单位", "Unit").in_language(ask.language), *(card.heading for card in cards)]
    compared = Table(
        Text("下级单位", "Units below").in_language(ask.language), name, headings, [[r.name, *(c.number for c in r.cells)] for r in rows]
    )
    exported(ask, "line", programme)
    return answer([figures_table([group], ask), compared], f"{name} {ask.period.name.in_language(ask.language)}", f"line-{programme}")


def _facts(ask: Asked, code: str, focus: str) -> dict[str, object]:
    programme = registry.programmes.get(code)
    if programme is None:
        raise Http404
    board = Board(ask.period, day=ask.day)
    below = [c for c in board.tree.children(ask.organisation) if c in ask.viewable]
    board.read_targets([ask.organisation, *below])
    own = [board.figure(i, ask.organisation) for i in board.definitions(None) if i.programme == code]
    shown = [Shown(f, ask.language, withheld(f, ask.staff, ask.tree)) for f in own]
    present = [s for s in shown if not s.absent]
    rates = [s for s in present if s.figure.indicator.is_rate]
    cards = sorted((*rates, *(s for s in present if s not in rates))[:COLUMNS], key=shown.index)
    rows, without = units(board, ask, cards, below)
    ranked = next((card.code for card in cards if card.figure.indicator.is_rate and card.has_value), "")
    at = next((place for place, card in enumerate(cards) if card.code == (focus or ranked)), 0)
    return {
        "ask": ask,
        "chooser": chooser(ask),
        "programme": programme,
        "group": Group(programme, present),
        "silent": [s for s in shown if s.absent],
        "cards": cards,
        "rows": rows,
        "without": without,
        "focus": cards[at] if cards else None,
        "ranking": [row.cells[at] for row in rows] if cards else [],
        "times": times(ask),
        "version": board.ledger.number,
    }
