"""Dated parameters: what is in force, since when, by which document; and the county's own values."""

import re
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from taizhang.config import home
from taizhang.county import audit
from taizhang.county.parameters import FILE, ValueRefused, in_force, state_value, stated_in, stated_names
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.registry import registry
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.web.administration.common import Desk, day_of, for_administrators, render, typed

_MOST = 2_000_000_000
_OTHER = Text("其他", "Other")
_ALWAYS = date(1900, 1, 1)  # how a file says that a number has no beginning
_PART = re.compile(r"0\.(0*1)\s*(.+)")


@require_safe
@for_administrators
def parameters(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every parameter by line of work, with the value in force on a day."""
    day = day_of(request.GET["day"]) if request.GET.get("day") else desk.day
    on = desk.day if isinstance(day, Text) else day
    own = stated_names(home.current())
    groups: dict[str, list[dict[str, object]]] = {}
    for name, rule in sorted(registry.parameters.items()):
        value, unit = shown(rule, rule.at(on))
        line = {"name": name, "rule": rule, "value": value, "unit": unit, "since": _since(rule, on), "own": name in own}
        groups.setdefault(name.split(".")[0], []).append(line)
    titled = [(registry.programmes[code].name if code in registry.programmes else _OTHER, lines) for code, lines in groups.items()]
    return render(request, desk, "parameters.html", {"groups": titled, "on": on, "fault": day if isinstance(day, Text) else None})


def _since(rule: Parameter, day: date) -> date | None:
    """From which day the value in force holds; None also for one that has no beginning."""
    return _begins(max((since for since, _ in rule.values if since <= day), default=_ALWAYS))


def _begins(since: date) -> date | None:
    return None if since == _ALWAYS else since


def shown(rule: Parameter, number: int | None) -> tuple[str | None, str]:
    """A value as one reads it, and its unit: 250 of 0.01kg is 2.50 kg, 900 of 分/人次 is 9.00 元/人次."""
    unit = rule.unit
    if number is None:
        return None, unit
    if part := _PART.fullmatch(unit):
        return str(Decimal(number).scaleb(-len(part[1]))).replace("-", "−"), part[2]
    if unit.startswith("分/"):
        return str(Decimal(number).scaleb(-2)), "元" + unit[1:]
    return str(number).replace("-", "−"), unit


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def parameter(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """One parameter by date, and a form for a value that the county lays down."""
    rule = registry.parameters.get(name)
    if rule is None:
        raise Http404
    values = typed(request, "since", "value", "document", "clause") | {
        "none": request.POST.get("none", ""),
        "verified": request.POST.get("verified", ""),
    }
    fault: Text | str = ""
    if request.method == "POST":
        try:
            _state(desk, rule, values)
        except ValueRefused as error:
            fault = str(error)
        else:
            messages.success(
                request, Text("本县的值已写入，立即生效。", "The county's value is written and in force.").in_language(desk.language)
            )
            return redirect("administration-parameter", name=name)
    else:
        values |= {"document": rule.source.document, "clause": rule.source.clause}
    files = stated_in(home.current(), name)
    facts = {
        "name": name,
        "rule": rule,
        "value": shown(rule, rule.at(desk.day)),
        "dated": [(_begins(since), *shown(rule, number)) for since, number in reversed(rule.values)],
        "own": bool(files),
        "elsewhere": next((file for file in files if file != FILE), ""),
        "typed": values,
        "fault": fault,
        "programme": registry.programmes[name.split(".")[0]].name if name.split(".")[0] in registry.programmes else _OTHER,
        "users": _users(name),
    }
    return render(request, desk, "parameter.html", facts, 422 if fault else 200)


def _users(name: str) -> list[Text]:
    """The indicators whose formula asks for the parameter."""
    from taizhang.kernel.query import nodes
    from taizhang.kernel.query.walking import parameters_of

    found = []
    for siblings in registry.indicators.values():
        for indicator in siblings:
            people = indicator.population
            asked = [indicator.numerator, indicator.denominator]
            if people is not None:
                asked += [people.condition, people.organisation, *(b.value for b in people.breakdowns)]
            trees: list[nodes.Node] = [node for node in asked if isinstance(node, nodes.Value)]
            if people is not None and people.rows is not None:
                trees.append(people.rows)
            if name in parameters_of(*trees):
                found.append(indicator.name)
    return list(dict.fromkeys(found))


def _state(desk: Desk, rule: Parameter, values: dict[str, str]) -> None:
    """Write the value and take it into the running system. Raises ValueRefused."""
    since = day_of(values["since"])
    if isinstance(since, Text):
        raise ValueRefused(since.in_language(desk.language))
    written = values["value"].removesuffix(rule.unit).strip()
    number: int | None = None
    if not values["none"]:
        if not written.isascii() or not written.isdecimal() or int(written) > _MOST:
            told = Text(
                "数值应为不小于0的整数，单位见上。没有规定的，请勾选“自该日起不再规定”。",
                "The value is a whole number of the unit above, not negative. Tick “no rule from that day” where there is none.",
            )
            raise ValueRefused(told.in_language(desk.language))
        number = int(written)
    if len(values["document"]) < 2:
        raise ValueRefused(Text("请填写依据的文件名称。", "Name the document it rests on.").in_language(desk.language))
    try:
        source = Source(values["document"], values["clause"], bool(values["verified"]))
    except ValueError:
        raise ValueRefused(Text("请填写依据的文件名称。", "Name the document it rests on.").in_language(desk.language)) from None
    state_value(home.current(), registry.parameters, rule.name, since, number, source)
    folders = [programme.folder / "parameters" for programme in registry.programmes.values()]
    registry.parameters.update(in_force(settings.HOME, folders))
    audit.record(desk.staff, audit.SET_PARAMETER, detail={"parameter": rule.name, "since": since.isoformat()})
