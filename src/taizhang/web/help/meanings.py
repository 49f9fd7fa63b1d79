"""What words and numbers mean: indicators with formula and source, the words of the formulas, data elements; all from the registry."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from taizhang.config import home
from taizhang.kernel.elements import Element, ElementType
from taizhang.kernel.indicators import Indicator
from taizhang.kernel.query.formula import definition, formula
from taizhang.kernel.registry import Programme, registry
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.web.asking import asked

_MOST = 60
TYPES = {
    ElementType.NUMBER: Text("数值", "number"),
    ElementType.DATE: Text("日期", "date"),
    ElementType.CODE: Text("单选", "one of a list"),
    ElementType.CODES: Text("多选", "several of a list"),
    ElementType.TEXT: Text("文字", "text"),
    ElementType.YES_NO: Text("是否", "yes or no"),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word of a formula: what it means, and the clause that says so."""

    label: Text
    meaning: Text
    source: Source | None


@dataclass(frozen=True, slots=True)
class Asking:
    """A data element and the registers that ask for it."""

    element: Element
    type: Text
    registers: tuple[Text, ...]


def indicators_of(programme: str, day: date) -> list[Indicator]:
    return [indicator for indicator in registry.indicators_on(day) if indicator.programme == programme]


@lru_cache(maxsize=64)
def words_of(programme: str, day: date) -> tuple[Meaning, ...]:
    """The named parts of a line's formulas, each once."""
    found: dict[str, Meaning] = {}
    for indicator in indicators_of(programme, day):
        if indicator.population is not None:
            for label, meaning, source in definition(indicator, registry.parameters, day):
                found.setdefault(label.zh, Meaning(label, meaning, source))
    return tuple(found.values())


def all_elements() -> list[Asking]:
    """Every data element that a register asks for, by the order of the lines of work."""
    found: dict[str, tuple[Element, list[Text]]] = {}
    for register in registry.registers.values():
        for column in register.columns:
            if column.element is not None:
                found.setdefault(column.element.name, (column.element, []))[1].append(register.name)
    return [Asking(element, TYPES[element.type], tuple(dict.fromkeys(names))) for element, names in found.values()]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Indicators, words and elements whose name holds a text; without one, the lines of work."""
    day = home.current().working_day()
    wanted = request.GET.get("q", "").strip()[:40]
    facts: dict[str, object] = {"wanted": wanted, "programmes": _programmes(day)}
    if wanted:
        organisation = asked(request).organisation
        facts |= {
            "indicators": [_shown(i, organisation) for i in registry.indicators_on(day) if _names(i.name, wanted)][:_MOST],
            "words": list(_words_like(wanted, day))[:_MOST],
            "elements": [asking for asking in all_elements() if _names(asking.element.label, wanted)][:_MOST],
        }
    return render(request, "web/help/meanings.html", facts)


def _programmes(day: date) -> list[tuple[Programme, int]]:
    counts: dict[str, int] = {}
    for indicator in registry.indicators_on(day):
        counts[indicator.programme] = counts.get(indicator.programme, 0) + 1
    return [(p, counts.get(p.code, 0)) for p in sorted(registry.programmes.values(), key=lambda p: p.order)]


def _names(name: Text, wanted: str) -> bool:
    return wanted in name.zh or wanted.lower() in name.en.lower()


def _words_like(wanted: str, day: date) -> Iterator[Meaning]:
    seen = set()
    for programme in registry.programmes:
        for word in words_of(programme, day):
            if _names(word.label, wanted) and word.label.zh not in seen:
                seen.add(word.label.zh)
                yield word


def _shown(indicator: Indicator, organisation: str) -> dict[str, object]:
    return {"indicator": indicator, "url": reverse("figure", args=[indicator.code, organisation])}


@require_safe
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """One line of work: its indicators with formula and source, and the words in them."""
    if code not in registry.programmes:
        raise Http404
    day = home.current().working_day()
    organisation = asked(request).organisation
    lines = [
        _shown(indicator, organisation) | {"formula": formula(indicator, registry.parameters, day, brief=True)}
        for indicator in indicators_of(code, day)
    ]
    facts = {"programme": registry.programmes[code], "lines": lines, "words": words_of(code, day)}
    return render(request, "web/help/programme.html", facts)


@require_safe
def elements(request: HttpRequest) -> HttpResponse:
    """Data elements: code, unit, range, list of answers, and who asks for them."""
    wanted = request.GET.get("q", "").strip()[:40]
    found = [asking for asking in all_elements() if not wanted or _names(asking.element.label, wanted) or wanted in asking.element.standard]
    return render(request, "web/help/elements.html", {"wanted": wanted, "elements": found})
