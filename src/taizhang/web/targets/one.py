"""One task of a year: where it stands and how it will end, its split over the units below, its changes, and whom to see next."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from taizhang.county import audit
from taizhang.county.changes import acting_as
from taizhang.county.models import Staff
from taizhang.county.people import describe, residents_for
from taizhang.county.populations import SERIES
from taizhang.figures.compute import Board
from taizhang.figures.model import FigureError
from taizhang.figures.models import Target, TargetDuty, TargetRevision
from taizhang.figures.present import grouped
from taizhang.figures.splitting import REGISTERED, largest_remainder, population_of, units_to_split
from taizhang.figures.targets import set_target, still_needed
from taizhang.figures.trace import trace
from taizhang.figures.why import why_each
from taizhang.kernel.indicators import Better, Indicator
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.asking import Asked
from taizhang.web.discretion import may_see_persons
from taizhang.web.figure import parts_of
from taizhang.web.returns.grid import plain
from taizhang.web.targets.asked import Row, asked_year, may_name, may_set, time_progress

NEAREST = 30  # named on the page
_LOOKED_AT = 200  # of the gap: each is walked through the definition, about 3 ms a person
BASES: Mapping[str, Text] = {code: name for code, name in SERIES.items() if code != "live_births"} | {
    REGISTERED: Text("本系统在管居民", "residents on record here")
}
SAVED = Text("任务已保存，{count}处有变动。", "The tasks are kept; {count} changed.")
SAME = Text("与已存的任务相同，没有变动。", "Nothing differs from the stored tasks.")
PROPOSED = Text("已按{basis}分解，尚未保存。请核对后保存。", "Split by {basis}, not yet kept. Check it and save.")
STALE = Text(
    "任务在您填写期间已被他人修改，本次没有写入。您填的数仍在表中，旁边是已存的数；核对后再保存即以您填的为准。",
    "Another has changed the tasks while you were filling them in; nothing was written. Yours are still here beside the stored ones; "
    "saving again keeps yours.",
)


@dataclass(slots=True)
class Unit:
    """A unit's task on the page. written: what the input holds."""

    code: str
    name: str
    row: Row
    editable: bool
    written: str = ""
    stored: str = ""
    population: str = ""
    fault: str = ""
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Someone in the gap: masked, with what is still missing. steps: how much, for the order."""

    person: Mapping[str, object]
    organisation: str
    mend: list[Text]
    steps: int
    url: str


@dataclass(slots=True)
class Typed:
    """What the page sent, and what is wrong with it."""

    values: dict[str, Decimal] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    faults: dict[str, Text] = field(default_factory=dict)


def one(request: HttpRequest, code: str, organisation: str) -> HttpResponse:
    ask = asked_year(request, organisation)
    siblings = registry.indicators.get(code)
    if not siblings:
        raise Http404
    if request.method == "POST":
        return _post(request, ask, siblings[-1])
    return _page(request, ask, siblings[-1], 200)


# -- showing -----------------------------------------------------------------------------------------------------------


def _page(
    request: HttpRequest, ask: Asked, indicator: Indicator, status: int, *, typed: Typed | None = None, said: Text | None = None,
    proposed: bool = False, differing: bool = False,
) -> HttpResponse:  # fmt: skip
    board = Board(ask.period, day=ask.day)
    (definition,) = board.definitions([indicator.code])
    below = [c for c in board.tree.children(ask.organisation) if c in ask.viewable]
    stored = _stored(indicator, [ask.organisation, *below], ask.period.year)
    board.read_targets([ask.organisation, *below])
    row = Row(board.figure(definition, ask.organisation), ask)
    weights = population_of(below, "resident_population", ask.day, ask.tree) or population_of(below, REGISTERED, ask.day, ask.tree)
    listed = [c for c in below if c in weights or c in stored]
    units = [_unit(c, ask, Row(board.figure(definition, c), ask), stored, typed, weights, differing) for c in listed]
    whole = _unit(ask.organisation, ask, row, stored, typed, {}, differing)
    whole.is_whole = True
    post = request.POST if typed is not None else QueryDict()
    duty = TargetDuty.objects.filter(indicator=indicator.code, year=ask.period.year).first()
    near, looked, count = _nearest(ask, indicator, row) if not row.shown.hidden else ([], 0, 0)
    any_target = next(iter(stored.values()), None)
    facts = {
        "ask": ask,
        "year": ask.period.year,
        "years": range(ask.day.year, ask.day.year - 4, -1),
        "indicator": indicator,
        "programme": registry.programmes[indicator.programme].name if indicator.programme in registry.programmes else None,
        "row": row,
        "progress": time_progress(ask),
        "whole": whole,
        "units": units,
        "sum": _sum(indicator, units),
        "editable": whole.editable or any(unit.editable for unit in units),
        "names": may_name(ask.staff),
        "leader": post.get("leader", duty.leader if duty else ""),
        "department": post.get("department", duty.department if duty else ""),
        "source": post.get("source", any_target.source if any_target else ""),
        "reason": post.get("reason", ""),
        "set_before": bool(stored),
        "bases": [(key, name) for key, name in BASES.items()],
        "seen": _stamp(stored, duty),
        "said": said,
        "faults": list(typed.faults.values()) if typed else [],
        "proposed": proposed,
        "revisions": _revisions(ask, indicator, [ask.organisation, *below]),
        "near": near,
        "looked": looked,
        "gap": count,
        "needed": None if row.shown.hidden else still_needed(row.figure),
        "open_persons": may_see_persons(ask.staff, indicator),
        "members_url": f"{reverse('members', args=[indicator.code, ask.organisation, 'gap'])}?{urlencode({'period': str(ask.period)})}",
        "figure_url": row.shown.url,
        "version": board.ledger.number,
    }
    return render(request, "web/targets/one.html", facts, status=status)


def _stored(indicator: Indicator, organisations: list[str], year: int) -> dict[str, Target]:
    rows = Target.objects.filter(indicator=indicator.code, organisation_id__in=organisations, year=year)
    return {target.organisation_id: target for target in rows}


def _unit(
    code: str, ask: Asked, row: Row, stored: Mapping[str, Target], typed: Typed | None, weights: Mapping[str, int], differing: bool
) -> Unit:
    target = stored.get(code)
    held = _bare(target.value) if target else ""
    unit = Unit(code, ask.tree.name(code).in_language(ask.language), row, may_set(ask.staff, ask, code), held)
    unit.population = grouped(Decimal(weights[code]), "人", ask.language) if code in weights else ""
    if typed is not None:
        unit.written = typed.texts.get(code, held)
        unit.fault = typed.faults[code].in_language(ask.language) if code in typed.faults else ""
        unit.stored = held if differing and unit.written != held else ""
    return unit


def _bare(value: Decimal) -> str:
    whole = value.to_integral_value()
    return f"{whole if value == whole else value.normalize():f}"


def _sum(indicator: Indicator, units: list[Unit]) -> str:
    """What the units' tasks come to; nothing for a rate, which does not add up."""
    if indicator.is_rate:
        return ""
    values = [_number(unit.written) for unit in units]
    given = [value for value in values if value is not None]
    return _bare(sum(given, Decimal(0))) if given else ""


def _stamp(stored: Mapping[str, Target], duty: TargetDuty | None) -> str:
    lines = [f"{code}\t{target.value}\t{target.source}" for code, target in sorted(stored.items())]
    lines.append(f"{duty.leader}\t{duty.department}" if duty else "")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class RevisionShown:
    unit: str
    day: date
    at: datetime
    before: str
    after: str
    who: str
    source: str
    reason: str


def _revisions(ask: Asked, indicator: Indicator, organisations: list[str]) -> list[RevisionShown]:
    """The latest fifty changes of these units' tasks, newest first."""
    rows = TargetRevision.objects.filter(indicator=indicator.code, year=ask.period.year, organisation_id__in=organisations)
    listed = list(rows.order_by("-id")[:50])
    names = dict(Staff.objects.filter(username__in={r.actor for r in listed}).values_list("username", "name"))
    return [
        RevisionShown(
            ask.tree.name(r.organisation_id).in_language(ask.language) if r.organisation_id in ask.tree else r.organisation_id,
            r.revised_on, r.at, "" if r.before is None else grouped(r.before, indicator.unit, ask.language),
            grouped(r.after, indicator.unit, ask.language), names.get(r.actor, r.actor), r.source, r.reason,
        )
        for r in listed
    ]  # fmt: skip


# -- whom to see next --------------------------------------------------------------------------------------------------


def _nearest(ask: Asked, indicator: Indicator, row: Row) -> tuple[list[Near], int, int]:
    """Those of the gap who lack least, by name for staff who may see them; how many were looked at, and how many there are. Leaves one
    audit line."""
    if indicator.better is not Better.HIGHER or "gap" not in parts_of(row.figure) or not may_see_persons(ask.staff, indicator):
        return [], 0, 0
    found = trace(indicator.code, ask.period, ask.organisation, "gap", limit=_LOOKED_AT, day=ask.day)
    wanted = {member.resident: member for member in found.members if member.resident is not None}
    people = {person.pk: person for person in residents_for(ask.staff, "view", ask.day).filter(pk__in=wanted)}
    filters = {"indicator": indicator.code, "period": str(found.period), "organisation": ask.organisation, "part": "gap", "by": "targets"}
    audit.record(ask.staff, audit.TRACE, detail={"filter": filters, "count": found.count})
    explained = why_each(indicator.code, list(people), ask.period, day=ask.day)
    near = []
    for key, person in people.items():
        mend = explained[key].mend if key in explained else []
        url = f"{reverse('why', args=[indicator.code, ask.organisation, key])}?{urlencode({'period': str(ask.period)})}"
        near.append(Near(describe(person, ask.day), wanted[key].organisation_name.in_language(ask.language), mend, _steps(mend), url))
    near.sort(key=lambda n: (not n.mend, len(n.mend), n.steps, n.organisation))
    return near[:NEAREST], len(people), found.count


def _steps(mend: list[Text]) -> int:
    """How much is missing, as the definitions' own wordings count it (再随访2次 is two); one for a wording without a number."""
    return sum(int(number[1]) if (number := re.search(r"再[^，。\d]{0,8}(\d{1,4})", text.zh)) else 1 for text in mend)


# -- setting -----------------------------------------------------------------------------------------------------------


def _post(request: HttpRequest, ask: Asked, indicator: Indicator) -> HttpResponse:
    below = [c for c in ask.tree.children(ask.organisation) if c in ask.viewable]
    allowed = [c for c in (ask.organisation, *below) if may_set(ask.staff, ask, c)]
    if not allowed:
        raise Http404
    stored = _stored(indicator, [ask.organisation, *below], ask.period.year)
    typed = _read(request.POST, allowed, indicator)
    if request.POST.get("action") == "split":
        return _split(request, ask, indicator, typed, below, stored)
    if typed.faults:
        return _page(request, ask, indicator, 422, typed=typed)
    year, source, reason = ask.period.year, request.POST.get("source", "").strip(), request.POST.get("reason", "").strip()
    changing = {c: v for c, v in typed.values.items() if c not in stored or stored[c].value != v or stored[c].source != source}
    duty = TargetDuty.objects.filter(indicator=indicator.code, year=year).first()
    named = (request.POST.get("leader", "").strip()[:40], request.POST.get("department", "").strip()[:60])
    renaming = may_name(ask.staff) and named != ((duty.leader, duty.department) if duty else ("", ""))
    if not changing and not renaming:
        messages.info(request, SAME.in_language(ask.language))
        return redirect(_url(indicator, ask))
    if request.POST.get("seen", "") != _stamp(stored, duty):
        return _page(request, ask, indicator, 409, typed=typed, said=STALE, differing=True)
    if any(c in stored for c in changing) and not reason:
        typed.faults["reason"] = Text("调整已下达的任务须写明原因。", "Say why a task that was set is changed.")
    if len(source) > 200:
        typed.faults["source"] = Text("依据文件超过200字，请缩短。", "The document's name is longer than 200 characters.")
    if typed.faults:
        return _page(request, ask, indicator, 422, typed=typed)
    try:
        with acting_as(ask.staff), transaction.atomic():
            changed = sum(
                set_target(indicator.code, c, year, value, source, actor=ask.staff.username, reason=reason, day=ask.day)
                for c, value in changing.items()
            )
            if renaming:
                TargetDuty.objects.update_or_create(
                    indicator=indicator.code, year=year, defaults={"leader": named[0], "department": named[1]}
                )
    except FigureError as refusal:
        typed.faults["whole"] = Text(str(refusal), "The task was refused: check the value and the source document.")
        return _page(request, ask, indicator, 422, typed=typed)
    messages.success(request, SAVED.in_language(ask.language).format(count=changed + renaming))
    return redirect(_url(indicator, ask))


def _url(indicator: Indicator, ask: Asked) -> str:
    return f"{reverse('target', args=[indicator.code, ask.organisation])}?year={ask.period.year}"


def _read(post: QueryDict, allowed: list[str], indicator: Indicator) -> Typed:
    typed = Typed()
    for code in allowed:
        written = post.get(f"v-{code}", "").strip()[:40]
        typed.texts[code] = written
        if not written:
            continue
        value = _number(written)
        if value is None:
            typed.faults[code] = Text(f"任务值应填数字，现为“{written}”。", f"A task is a number, not {written!r}.")
        elif value < 0 or value >= 10**12:
            typed.faults[code] = Text(f"任务值{written}应在0以上并小于一万亿。", f"The task must lie from 0 to 10¹², not {written}.")
        elif indicator.unit == "%" and value > 100 and indicator.better is not Better.NEITHER:
            typed.faults[code] = Text(f"率的任务应在0到100之间，现为{written}。", f"A rate's task lies from 0 to 100, not {written}.")
        else:
            typed.values[code] = value
    return typed


def _number(written: str) -> Decimal | None:
    try:
        value = Decimal(plain(written).rstrip("%‰"))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _split(
    request: HttpRequest, ask: Asked, indicator: Indicator, typed: Typed, below: list[str], stored: Mapping[str, Target]
) -> HttpResponse:
    """Put the parts into the table, to be checked and kept: a count by population, a rate the same for all."""
    basis = request.POST.get("basis", "")
    target = stored.get(ask.organisation)
    task = typed.values.get(ask.organisation, target.value if target else None)
    if basis not in BASES:
        raise Http404
    if task is None:
        typed.faults[ask.organisation] = Text("请先填写本级任务，再分解。", "Fill in the task to be split first.")
        return _page(request, ask, indicator, 422, typed=typed)
    weights = population_of(below, basis, ask.day, ask.tree)
    units = units_to_split(ask.organisation, weights, ask.tree)
    if not units:
        name = BASES[basis]
        typed.faults["basis"] = Text(
            f"下级单位没有{name.zh}数，不能按此分解。请换一种口径，或先录入人口数。",
            f"No unit below has a count of {name.en}; choose another or enter the counts first.",
        )
        return _page(request, ask, indicator, 422, typed=typed)
    if indicator.is_rate:
        parts = dict.fromkeys(units, task)
    else:
        places = max(0, -int(task.normalize().as_tuple().exponent))
        split = largest_remainder(int(task.scaleb(places)), {code: weights[code] for code in units})
        parts = {code: Decimal(part).scaleb(-places) for code, part in split.items()}
    typed.faults.clear()
    typed.texts |= {code: _bare(value) for code, value in parts.items() if code in typed.texts}
    said = Text(PROPOSED.zh.format(basis=BASES[basis].zh), PROPOSED.en.format(basis=BASES[basis].en))
    return _page(request, ask, indicator, 200, typed=typed, said=said, proposed=True)
