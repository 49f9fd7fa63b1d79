"""The tasks of a year 目标任务: how far each has come, how it will end if things go on, and who answers for it."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from taizhang.figures.compute import Board
from taizhang.figures.models import Target, TargetDuty
from taizhang.kernel.registry import registry
from taizhang.web.targets.asked import Row, asked_year, figures_for, may_name, may_set, time_progress


def overview(request: HttpRequest, organisation: str | None = None) -> HttpResponse:
    ask = asked_year(request, organisation)
    year = ask.period.year
    codes = list(Target.objects.filter(organisation_id=ask.organisation, year=year).values_list("indicator", flat=True))
    set_codes = [code for code in codes if code in registry.indicators]
    duties = {duty.indicator: duty for duty in TargetDuty.objects.filter(year=year)}
    board = Board(ask.period, day=ask.day)
    board.read_targets([ask.organisation])
    rows = []
    for figure in figures_for(board, set_codes, ask.organisation):
        duty = duties.get(figure.code)
        rows.append(Row(figure, ask, leader=duty.leader if duty else "", department=duty.department if duty else ""))
    rows.sort(key=_order)
    states = [row.state for row in rows]
    units = [c for c in ask.tree.children(ask.organisation) if c in ask.viewable]
    with_tasks = set(Target.objects.filter(organisation_id__in=units, year=year).values_list("organisation_id", flat=True).distinct())
    facts = {
        "ask": ask,
        "year": year,
        "years": range(ask.day.year, ask.day.year - 4, -1),
        "progress": time_progress(ask),
        "groups": [
            (registry.programmes[code].name, list(members))
            for code, members in groupby(rows, key=lambda r: r.figure.indicator.programme)
            if code in registry.programmes
        ],
        "count": len(rows),
        "done": states.count("done"),
        "on": states.count("on"),
        "behind": states.count("behind"),
        "units": [(c, ask.tree.name(c)) for c in units if c in with_tasks],
        "choices": _choices(set(set_codes)) if may_set(ask.staff, ask, ask.organisation) else [],
        "names": may_name(ask.staff),
        "version": board.ledger.number,
    }
    return render(request, "web/targets/overview.html", facts)


def _order(row: Row) -> tuple[int, str, str]:
    programme = registry.programmes.get(row.figure.indicator.programme)
    return (programme.order if programme else 10_000, row.figure.indicator.programme, row.figure.code)


def _choices(taken: set[str]) -> list[tuple[object, list[tuple[str, object]]]]:
    """Indicators without a task, by line of work."""
    free = [dated[-1] for code, dated in registry.indicators.items() if code not in taken and dated[-1].programme in registry.programmes]
    free.sort(key=lambda i: (registry.programmes[i.programme].order, i.programme, i.code))
    return [
        (registry.programmes[code].name, [(i.code, i.name) for i in members]) for code, members in groupby(free, key=lambda i: i.programme)
    ]


def choose(request: HttpRequest, organisation: str) -> HttpResponse:
    """To the page of the indicator that was chosen."""
    ask = asked_year(request, organisation)
    code = request.GET.get("indicator", "")
    if code not in registry.indicators:
        raise Http404
    return redirect(f"{reverse('target', args=[code, ask.organisation])}?year={ask.period.year}")
