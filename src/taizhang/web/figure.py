"""A figure's page: value, formula, source, the units below, categories, the course of time; and the way down to whom it counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from taizhang.county import audit
from taizhang.county.models import Resident
from taizhang.county.people import NotAllowed, describe, open_person, residents_for
from taizhang.figures.compute import Board
from taizhang.figures.counting import value_of
from taizhang.figures.course import course
from taizhang.figures.model import Figure
from taizhang.figures.present import grouped
from taizhang.figures.source import recent_versions
from taizhang.figures.trace import PARTS, Member, Part, trace
from taizhang.figures.why import why
from taizhang.kernel.explain import Explanation, Requirement
from taizhang.kernel.indicators import Better, DataSource, Indicator, Status, TimeBase
from taizhang.kernel.periods import Period
from taizhang.kernel.query import nodes
from taizhang.kernel.query.formula import definition, formula
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.summaries import dossier
from taizhang.web.addresses import address_ending
from taizhang.web.asking import Asked, asked, chooser
from taizhang.web.board import kinds_at_work
from taizhang.web.discretion import may_see_persons, withheld, withheld_among
from taizhang.web.excel import Cell, Table, answer
from taizhang.web.shown import Shown
from taizhang.web.units import unit_in

PAGE = 50
PART_NAMES: Mapping[str, Text] = {
    "numerator": Text("分子", "Numerator"),
    "denominator": Text("分母", "Denominator"),
    "gap": Text("差额", "Gap"),
}
PART_MEANINGS: Mapping[str, Text] = {
    "numerator": Text("计入的", "counted"),
    "denominator": Text("应计的", "should be counted"),
    "gap": Text("应计而未计入的", "should be counted and are not"),
}


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part of the figure, how many it holds, and where its members are listed ("" where this reader may not see them)."""

    code: str
    name: Text
    meaning: Text
    count: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A member in a list: a person, masked; nothing but the organisation where the person is no longer in the reader's scope; or a record
    about nobody, by its title."""

    title: str
    organisation: str
    person: Mapping[str, object] | None
    value: int
    url: str


# -- the figure --------------------------------------------------------------------------------------------------------


def figure(request: HttpRequest, code: str, organisation: str) -> HttpResponse:
    ask = asked(request, organisation)
    board = Board(ask.period, day=ask.day)
    (indicator,) = board.definitions([code])
    below = [c for c in board.tree.children(ask.organisation) if c in ask.viewable]
    board.read_targets([ask.organisation, *below])
    every = board.figures_of(indicator, ask.organisation, with_categories=True)
    category = request.GET.get("category", "")
    chosen = next((f for f in every if f.category == category), every[0])
    open_persons = may_see_persons(ask.staff, indicator)
    hidden_categories = withheld_among([f for f in every if not f.is_total], ask.staff, ask.tree)
    hidden = withheld(chosen, ask.staff, ask.tree) or (chosen.organisation, chosen.category) in hidden_categories
    units = [board.figure(indicator, c) for c in below] if not chosen.category else []
    hidden_units = withheld_among(units, ask.staff, ask.tree)
    working = kinds_at_work(units, board.tree)
    compared = [f for f in units if f.value is not None and board.tree.kind(f.organisation) in working]
    shown_units = [Shown(f, ask.language, (f.organisation, "") in hidden_units) for f in compared]
    shown = Shown(chosen, ask.language, hidden)
    facts = {
        "ask": ask,
        "chooser": chooser(ask),
        "figure": chosen,
        "shown": shown,
        "programme": registry.programmes[indicator.programme].name,
        "formula": formula(indicator, registry.parameters, ask.period.cutoff) if indicator.population is not None else None,
        "definition": definition(indicator, registry.parameters, ask.period.cutoff) if indicator.population is not None else [],
        "returns": _returns(indicator),
        "parts": [] if hidden else _parts(chosen, shown, ask, open_persons),
        "closed": not open_persons and indicator.population is not None,
        "categories": _category_groups(every, ask, hidden_categories),
        "units": shown_units,
        "missing": [] if hidden else chosen.missing,
        "chart_query": urlencode({"period": str(ask.period)} | ({"category": chosen.category} if chosen.category else {})),
        "has_targets": any(u.target for u in shown_units),
    }
    return render(request, "web/figure.html", facts)


def _returns(indicator: Indicator) -> Text | None:
    """Which cells of which returns hold it."""
    if indicator.reported is None:
        return None
    whole = dossier.definition(indicator, registry)
    if indicator.population is None:
        return whole
    recorded = formula(indicator)
    return Text(whole.zh.removeprefix(f"{recorded.zh}；"), whole.en.removeprefix(f"{recorded.en}; "))


def parts_of(found: Figure) -> tuple[Part, ...]:
    """Which of its parts can be listed."""
    if found.source is DataSource.REPORTED:
        return ("numerator",) if found.denominator is None else ("numerator", "denominator")
    return PARTS if isinstance(found.indicator.denominator, nodes.Value) else ("numerator",)


def _parts(found: Figure, shown: Shown, ask: Asked, open_persons: bool) -> list[PartShown]:
    counts = {"numerator": shown.numerator, "denominator": shown.denominator, "gap": shown.gap}
    parts = list(parts_of(found))
    if found.denominator is not None and "denominator" not in parts:
        parts.append("denominator")
    if found.status in (Status.NOT_REPORTED, Status.NO_RULE, Status.NOT_YET_DUE) and found.numerator is None:
        return []
    query = {"period": str(ask.period)} | ({"category": found.category} if found.category else {})
    made = []
    for part in parts:
        listed = open_persons and part in parts_of(found)
        url = f"{reverse('members', args=[found.code, found.organisation, part])}?{urlencode(query)}" if listed else ""
        made.append(PartShown(part, PART_NAMES[part], PART_MEANINGS[part], counts[part], url))
    return made


def _category_groups(every: list[Figure], ask: Asked, hidden: set[tuple[str, str]]) -> list[tuple[str, list[Shown]]]:
    """The categories by breakdown, each with its name."""
    labels = {}
    population = every[0].indicator.population
    if population is not None:
        labels = {b.name: b.label.in_language(ask.language) for b in population.breakdowns}
    groups: dict[str, list[Shown]] = {}
    for each in every:
        if each.is_total or each.category_name is None or (not each.numerator and not each.denominator and each.value is None):
            continue
        name = each.category.partition(":")[0] if ":" in each.category else ""
        groups.setdefault(labels.get(name, ""), []).append(Shown(each, ask.language, (each.organisation, each.category) in hidden))
    return list(groups.items())


# -- charts ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Point:
    """A figure in one period of its course; value None where there is none, or where it is withheld."""

    label: str
    value: Decimal | None


def _points(ask: Asked, known: Indicator, category: str) -> list[Point]:
    found = []
    recent = recent_versions()
    for period in course(known.time_base, ask.period):
        at = period.known_on(ask.day)
        board = Board(at, day=ask.day, recent=recent)
        (indicator,) = board.definitions([known.code])
        value = None
        if ask.organisation in board.tree and board.now.indicator(known.code) is not None:
            figure_ = board.figure(indicator, ask.organisation, category) if not may_see_persons(ask.staff, indicator) else None
            if figure_ is None:
                value = value_of(indicator, board.now.of(indicator, ask.organisation, category))
            elif not withheld(figure_, ask.staff, ask.tree):
                value = figure_.value
        found.append(Point(_label(at, known.time_base, ask.language), value))
    return found


def _known(code: str, ask: Asked) -> Indicator:
    """The definition in force. Raises Http404."""
    known = registry.indicator(code, ask.period.cutoff)
    if known is None:
        raise Http404
    return known


def series(request: HttpRequest, code: str, organisation: str) -> JsonResponse:
    """The last twelve months of a figure, up to the period's last; of an annual rule, three years; of one that is measured by its pace,
    January to each month. Values are texts, as printed and bare."""
    ask = asked(request, organisation)
    known = _known(code, ask)
    points = _points(ask, known, request.GET.get("category", ""))
    return JsonResponse(
        {
            "labels": [p.label for p in points],
            "values": [None if p.value is None else f"{p.value:f}" for p in points],
            "printed": [grouped(p.value, known.unit, ask.language) for p in points],
            "unit": unit_in(known.unit, ask.language),
            "name": known.name.in_language(ask.language),
        }
    )


def series_excel(request: HttpRequest, code: str, organisation: str) -> HttpResponse:
    """The same as an Excel file; one audit line."""
    ask = asked(request, organisation)
    known = _known(code, ask)
    points = _points(ask, known, request.GET.get("category", ""))
    heading = f"{known.name.in_language(ask.language)} ({unit_in(known.unit, ask.language)})"
    sheet = Text("走势", "Over time").in_language(ask.language)
    headings = [Text("时段", "Period").in_language(ask.language), heading]
    exported(ask, "series", code)
    tables = [Table(sheet, f"{ask.name.in_language(ask.language)} {heading}", headings, [[p.label, p.value] for p in points])]
    return answer(tables, f"{ask.name.in_language(ask.language)} {known.name.in_language(ask.language)}", f"series-{code}")


def units_excel(request: HttpRequest, code: str, organisation: str) -> HttpResponse:
    """The units below, with this figure, as an Excel file; one audit line. What the page withholds is withheld."""
    ask = asked(request, organisation)
    known = _known(code, ask)
    board = Board(ask.period, day=ask.day)
    below = [c for c in board.tree.children(ask.organisation) if c in ask.viewable]
    board.read_targets(below)
    units = [board.figure(known, c) for c in below]
    hidden = withheld_among(units, ask.staff, ask.tree)
    working = kinds_at_work(units, board.tree)
    rows: list[list[Cell]] = []
    for unit in units:
        if unit.value is not None and board.tree.kind(unit.organisation) in working:
            row = Shown(unit, ask.language, (unit.organisation, "") in hidden)
            rows.append([row.organisation_name, row.number, *row.counts, row.change, row.aim, row.rank])
    named = [("单位", "Unit"), ("本期", "Value"), ("分子", "Numerator"), ("分母", "Denominator"), ("同比", "Change")]
    headings = [Text(*words).in_language(ask.language) for words in (*named, ("任务", "Target"), ("位次", "Rank"))]
    name = f"{known.name.in_language(ask.language)} {ask.period.name.in_language(ask.language)}"
    exported(ask, "units", code)
    return answer([Table(Text("下级单位", "Units below").in_language(ask.language), name, headings, rows)], name, f"units-{code}")


def exported(ask: Asked, what: str, code: str) -> None:
    """One audit line for a file taken away."""
    detail = {"file": what, "indicator": code, "organisation": ask.organisation, "period": str(ask.period)}
    audit.record(ask.staff, audit.EXPORT, detail=detail)


def _label(period: Period, base: TimeBase, language: str) -> str:
    if period.kind == "year":
        return str(period.start.year)
    if base is TimeBase.DUE_TO_DATE:
        months = f"1–{period.end.month}" if period.end.month > 1 else "1"
        return f"{months}月" if language == "zh" else months
    return f"{period.start.year}-{period.start.month:02}"


# -- members -----------------------------------------------------------------------------------------------------------


def members(request: HttpRequest, code: str, organisation: str, part: str) -> HttpResponse:
    """Whom a part of the figure counts, fifty a page; names masked. One audit line a page, with filter and count."""
    ask = asked(request, organisation)
    if part not in PARTS:
        raise Http404
    indicator = registry.indicator(code, ask.period.cutoff)
    if indicator is None or not may_see_persons(ask.staff, indicator):
        raise Http404
    category = request.GET.get("category", "")
    page = _page_number(request)
    found = trace(code, ask.period, ask.organisation, part, limit=PAGE, offset=(page - 1) * PAGE, category=category, day=ask.day)  # type: ignore[arg-type]
    filters = {"indicator": code, "period": str(found.period), "organisation": ask.organisation, "part": part, "page": page}
    audit.record(ask.staff, audit.TRACE, detail={"filter": filters | ({"category": category} if category else {}), "count": found.count})
    cells_only = found.source is DataSource.REPORTED
    people = 0 if cells_only else found.count
    query = {"period": str(ask.period)} | ({"category": category} if category else {})
    facts = {
        "ask": ask,
        "indicator": indicator,
        "programme": registry.programmes[indicator.programme].name,
        "part": PART_NAMES[part],
        "meaning": PART_MEANINGS[part],
        "trace": found,
        "events": indicator.population is not None and indicator.population.rows is not None,
        "lines": _lines(found.members, code, ask),
        "cells": [(cell, unit_in(cell.unit, ask.language), _category_name(cell.form, cell.category)) for cell in found.cells],
        "about_people": any(member.resident is not None for member in found.members),
        "first": (page - 1) * PAGE + 1,
        "last": min(page * PAGE, people),
        "people": people,
        "page": page,
        "pages": max(1, -(-people // PAGE)),
        "base_query": urlencode(query),
        "category_name": _breakdown_name(indicator, category),
        "back": f"{reverse('figure', args=[code, ask.organisation])}?{urlencode(query)}",
    }
    return render(request, "web/members.html", facts)


def _page_number(request: HttpRequest) -> int:
    written = request.GET.get("page", "1")
    return max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 7 else 1


def _lines(found: list[Member], code: str, ask: Asked) -> list[Line]:
    """Two queries however many members: the door, and the residents behind it."""
    wanted = {member.resident for member in found if member.resident is not None}
    people: dict[int, Resident] = {}
    if wanted:
        people = {person.pk: person for person in residents_for(ask.staff, "view", ask.day).filter(pk__in=wanted)}
    lines = []
    for member in found:
        person = people.get(member.resident) if member.resident is not None else None
        url = f"{address_ending('why', code, ask.organisation, person.pk)}?{ask.query}" if person else ""
        shown = dict(describe(person, ask.day)) if person else None
        title = (member.name or str(member.member)) if member.resident is None else ""
        lines.append(Line(title, member.organisation_name.in_language(ask.language), shown, member.value, url))
    return lines


def _category_name(form: Text, category: str) -> Text | str:
    declared = registry.form_named(form.zh)
    found = declared.find_category(category) if declared and category else None
    return found.name if found else category


def _breakdown_name(indicator: Indicator, category: str) -> str | Text:
    name, _, code = category.partition(":")
    if indicator.population is not None:
        for breakdown in indicator.population.breakdowns:
            if breakdown.name == name:
                return next((label for c, label in breakdown.categories if c == code), code)
    return category


# -- one person --------------------------------------------------------------------------------------------------------


def person(request: HttpRequest, code: str, organisation: str, resident: int) -> HttpResponse:
    """Why one resident is counted or not. Opening writes one audit line with the person."""
    ask = asked(request, organisation)
    indicator = registry.indicator(code, ask.period.cutoff)
    if indicator is None or indicator.population is None or not may_see_persons(ask.staff, indicator):
        raise Http404
    try:
        opened = open_person(ask.staff, resident, day=ask.day)
    except NotAllowed:
        raise Http404 from None
    explained = why(code, opened.pk, ask.period, day=ask.day)
    facts = {
        "ask": ask,
        "indicator": indicator,
        "programme": registry.programmes[indicator.programme].name,
        "person": opened,
        "masked": describe(opened, ask.day),
        "explained": explained,
        "tone": _tone(indicator, explained),
        "sections": _sections(explained),
        "back": f"{reverse('figure', args=[code, ask.organisation])}?{ask.query}",
    }
    return render(request, "web/why.html", facts)


def _tone(indicator: Indicator, explained: Explanation) -> str:
    if indicator.better is Better.LOWER:
        return "bad" if explained.counted else "good" if explained.in_population else "even"
    return "good" if explained.counted else "bad" if explained.counted_in_denominator else "even"


def _sections(explained: Explanation) -> list[tuple[Text, list[Requirement]]]:
    """The conditions by part of the definition."""
    names = {
        "population": Text("统计人群", "Population"),
        "denominator": Text("分母条件", "Denominator"),
        "numerator": Text("分子条件", "Numerator"),
    }
    found: dict[str, list[Requirement]] = {}
    for sentence in explained.sentences:
        found.setdefault(sentence.part, []).append(sentence)
    return [(names.get(part, Text(part, part)), sentences) for part, sentences in found.items()]
