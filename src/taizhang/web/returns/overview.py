"""How an organisation stands with its returns: what it owes, what waits for its review, who has reported and who has not."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from taizhang.county.models import Organisation
from taizhang.kernel.forms import Form
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.returns.duties import EXPECTATION, Duty, Filed, Standing, duties, read_filed, standing
from taizhang.returns.models import State
from taizhang.returns.tiers import may_fill, may_review
from taizhang.web.addresses import address
from taizhang.web.asking import Asked, asked, chooser
from taizhang.web.returns.asked import NEVER, STATES, ready

_NAMED = 6  # units named in a line before the rest is folded away
_TONES = {State.ACCEPTED: "accepted", State.SUBMITTED: "submitted", State.RETURNED: "returned", State.DRAFT: "draft"}


@dataclass(frozen=True, slots=True)
class Chip:
    """One return as a link: its period, its state in a word and a colour. day: the closing day; of one that waits, the day it came in."""

    url: str
    period: Text
    state: Text
    tone: str
    late: bool
    day: date | None
    overdue: bool
    unit: str = ""
    form: Text | None = None


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form over the units of the page. missing: unit and the periods it has not handed in, past the closing day."""

    form: Form
    standing: Standing
    own: list[Chip]
    missing: list[tuple[str, list[Chip]]]
    url: str

    @property
    def named(self) -> list[tuple[str, list[Chip]]]:
        return self.missing[:_NAMED]

    @property
    def folded(self) -> list[tuple[str, list[Chip]]]:
        return self.missing[_NAMED:]


def month_of(ask: Asked, request: HttpRequest) -> Asked:
    """The last complete month, unless the reader asks for another period: returns are looked at month by month."""
    if any(request.GET.get(name) for name in ("period", "year", "span")):
        return ask
    last = Period.complete_months(ask.day).end
    return replace(ask, period=Period.month(last.year, last.month))


def overview(request: HttpRequest, organisation: str | None = None) -> HttpResponse:
    staff = ready(request)
    ask = month_of(asked(request, organisation), request)
    units = [code for code in ask.tree.descendants(ask.organisation) if code in ask.viewable]
    filed = read_filed(units, ask.period.start - EXPECTATION, max(ask.period.end, ask.day))
    owed = duties(filed, ask.period.start, ask.period.end, ask.day, registry.parameters, opened=_opened())
    known = [duty for duty in owed if duty.form in registry.forms]
    own = [duty for duty in known if duty.organisation == ask.organisation and not duty.reported]
    waiting = _waiting(filed, ask)
    own_forms = {duty.form for duty in known if duty.organisation == ask.organisation}
    others = [
        (programme, [(form.name, _url(form.code, ask.organisation, ask.period)) for form in forms])
        for programme, forms in _by_programme(
            f for f in registry.forms.values() if f.code not in own_forms and may_fill(staff, f, ask.organisation, ask.tree)
        )
    ]
    facts = {
        "ask": ask,
        "chooser": chooser(ask),
        "todo": sorted((_chip(d, ask) for d in own), key=lambda c: (c.day or date.max, c.form.zh if c.form else "")),
        "waiting": waiting,
        "whole": standing(known),
        "groups": _groups(known, ask),
        "late": [_chip(duty, ask) for duty in known if duty.late],
        "others": others,
        "fills": any(may_fill(staff, registry.forms[d.form], ask.organisation, ask.tree) for d in own),
        "below": [(c, ask.tree.name(c)) for c in ask.tree.children(ask.organisation) if c in {d.organisation for d in known}],
    }
    return render(request, "web/returns/overview.html", facts)


def _opened() -> dict[str, date]:
    """Units that have not been there from the beginning of time."""
    return {code: day for code, day in Organisation.objects.filter(opened_on__isnull=False).values_list("code", "opened_on") if day}


def _url(form: str, organisation: str, period: Period) -> str:
    return address("return", form, organisation, str(Period(period.start, period.end)))


def _by_programme(forms: Iterable[Form]) -> list[tuple[Text, list[Form]]]:
    def order(form: Form) -> tuple[int, str]:
        programme = registry.programmes.get(form.programme)
        return (programme.order if programme else 10_000, form.programme)

    listed = sorted(forms, key=order)
    return [
        (registry.programmes[key[1]].name if key[1] in registry.programmes else Text("其他", "Other"), list(members))
        for key, members in groupby(listed, key=order)
    ]


def _chip(duty: Duty, ask: Asked) -> Chip:
    filed = duty.filed
    state = STATES[State(filed.state)] if filed else NEVER
    return Chip(
        url=_url(duty.form, duty.organisation, duty.period), period=duty.period.name, state=state,
        tone=_TONES[State(filed.state)] if filed else "overdue" if duty.overdue else "open", late=duty.late, day=duty.deadline,
        overdue=duty.overdue, unit=_unit(duty.organisation, ask), form=registry.forms[duty.form].name,
    )  # fmt: skip


def _unit(code: str, ask: Asked) -> str:
    return ask.tree.name(code).in_language(ask.language) if code in ask.tree else code


def _groups(known: list[Duty], ask: Asked) -> list[tuple[Text, list[FormRow]]]:
    by_form: dict[str, list[Duty]] = defaultdict(list)
    for duty in known:
        by_form[duty.form].append(duty)
    return [
        (programme, [_row(form, by_form[form.code], ask) for form in forms])
        for programme, forms in _by_programme(registry.forms[code] for code in by_form)
    ]


def _row(form: Form, owed: list[Duty], ask: Asked) -> FormRow:
    missing: dict[str, list[Chip]] = defaultdict(list)
    for duty in owed:
        if duty.overdue:
            missing[duty.organisation].append(_chip(duty, ask))
    return FormRow(
        form=form,
        standing=standing(owed),
        own=[_chip(duty, ask) for duty in owed if duty.organisation == ask.organisation],
        missing=[(_unit(code, ask), chips) for code, chips in missing.items()],
        url=f"{address('returns-year', form.code, ask.organisation)}?period={ask.period.end.year}",
    )


def _waiting(filed: list[Filed], ask: Asked) -> list[Chip]:
    """What was handed in and waits for this reader, oldest first."""
    found = []
    for each in filed:
        form = registry.forms.get(each.form)
        if each.state != State.SUBMITTED or form is None or each.organisation not in ask.tree:
            continue
        if may_review(ask.staff, form, each.organisation, ask.tree, submitted_by=each.submitted_by):
            period = Period(each.start, each.end)
            found.append(
                Chip(
                    _url(each.form, each.organisation, period), period.name, STATES[State.SUBMITTED], "submitted", False, each.submitted_on,
                    False, _unit(each.organisation, ask), form.name,
                )
            )  # fmt: skip
    return sorted(found, key=lambda chip: (chip.day or date.min, chip.unit))


# -- one form over a year ----------------------------------------------------------------------------------------------


def year(request: HttpRequest, form: str, organisation: str) -> HttpResponse:
    """One form over a year: the units down, the periods across, each cell the state of a return."""
    ready(request)
    ask = asked(request, organisation)
    known = registry.forms.get(form)
    if known is None:
        raise Http404
    first, last = date(ask.period.end.year, 1, 1), date(ask.period.end.year, 12, 31)
    units = [code for code in ask.tree.descendants(ask.organisation) if code in ask.viewable]
    filed = read_filed(units, first - EXPECTATION - timedelta(days=1), last, form=known.code)
    owed = duties(filed, first, last, ask.day, registry.parameters, opened=_opened())
    periods = sorted({duty.period for duty in owed}, key=lambda p: (p.end, -(p.end - p.start).days))
    by_place = {(duty.organisation, duty.period): _chip(duty, ask) for duty in owed}
    shown = [code for code in units if any(duty.organisation == code for duty in owed)]
    of_unit = {code: standing(d for d in owed if d.organisation == code) for code in shown}
    facts = {
        "ask": replace(ask, period=Period(first, last)),
        "form": known,
        "programme": registry.programmes[known.programme].name if known.programme in registry.programmes else None,
        "periods": periods,
        "rows": [(_unit(code, ask), [by_place.get((code, p)) for p in periods], of_unit[code]) for code in shown],
        "whole": standing(owed),
        "years": range(ask.day.year, ask.day.year - 4, -1),
        "year": first.year,
    }
    return render(request, "web/returns/year.html", facts)
