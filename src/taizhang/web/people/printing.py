"""National forms to print: a record's, or everything an organisation wrote on a day. Opening one is opening the person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from taizhang.county import audit
from taizhang.county.identity import vault
from taizhang.county.models import Resident
from taizhang.county.people import NotAllowed, open_person
from taizhang.county.reach import is_about_residents, may_open, model_of, records_for
from taizhang.county.recording import Record, StoredRecord
from taizhang.kernel.paper import PaperForm
from taizhang.kernel.registers import Register
from taizhang.kernel.registry import registry
from taizhang.web.people.asking import Reader, reader
from taizhang.web.people.history import paper_of
from taizhang.web.people.sheets import Printed, Sheet

MOST = 200  # people on a day's print


@dataclass(frozen=True, slots=True)
class Form:
    register: Register
    form: PaperForm


def _form(asks: Reader, code: str) -> Form:
    register = registry.registers.get(code)
    if register is None or not may_open(asks.staff, register):
        raise Http404
    form = paper_of(register)
    if form is None:
        raise Http404
    return Form(register, form)


@require_GET
def one(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The form a record stands on, with those beside it; one audit line with the person. A record about nobody stands beside
    those of its institution."""
    asks = reader(request)
    chosen = _form(asks, code)
    record = records_for(asks.staff, chosen.register, "view", asks.tree, asks.day).filter(pk=pk).first()
    if record is None:
        raise Http404
    if not isinstance(record, Record):
        place = asks.tree.name(record.organisation_id).in_language(asks.language)
        history = [record]
        if chosen.form.side_by_side > 1:
            same = {"organisation": record.organisation_id, f"{record.DAY}__year": getattr(record, record.DAY).year}
            rows = records_for(asks.staff, chosen.register, "view", asks.tree, asks.day).filter(**same)
            history = list(rows.order_by(record.DAY, "pk"))
        together = _together(record, history, chosen.form.side_by_side)
        sheet = Printed(chosen.form, None, "", together, {}, asks.language, place).sheet()
        return _page(request, asks, chosen, [sheet], back=True, more=False)
    try:
        person = open_person(asks.staff, record.resident_id, day=asks.day)  # type: ignore[attr-defined]
    except NotAllowed:
        raise Http404 from None
    sheets = _sheets(asks, chosen, [record], {person.pk: person})
    return _page(request, asks, chosen, sheets, back=True, more=False)


@require_GET
def whole_day(request: HttpRequest, code: str, day: str) -> HttpResponse:
    """Everything of one day at the organisations the reader may view, or ?organisation= at one of them; one audit line with the count."""
    asks = reader(request)
    chosen = _form(asks, code)
    if not is_about_residents(chosen.register):
        raise Http404
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    model = model_of(chosen.register)
    rows = records_for(asks.staff, chosen.register, "view", asks.tree, asks.day).filter(**{model.DAY: on})
    place = request.GET.get("organisation", "") or asks.staff.organisation_id
    present = asks.tree.present(place)
    if present is not None:
        rows = rows.filter(organisation__in=asks.tree.descendants(present))
    found = [row for row in rows.order_by("organisation", "resident_id")[: MOST + 1] if isinstance(row, Record)]
    people = Resident.objects.in_bulk({row.resident_id for row in found})  # type: ignore[attr-defined]
    detail = {"file": "paper", "register": code, "day": on.isoformat(), "organisation": place, "count": len(found)}
    audit.record(asks.staff, audit.EXPORT, detail=detail)
    sheets = _sheets(asks, chosen, found[:MOST], people)
    return _page(request, asks, chosen, sheets, back=False, more=len(found) > MOST, day=on)


def _page(
    request: HttpRequest, asks: Reader, chosen: Form, sheets: list[Sheet], *, back: bool, more: bool, day: date | None = None
) -> HttpResponse:
    facts = {
        "asks": asks,
        "form": chosen.form,
        "register": chosen.register,
        "sheets": sheets,
        "back": back,
        "more": more,
        "most": MOST,
        "day": day,
    }
    return render(request, "web/people/paper.html", facts)


def _sheets(asks: Reader, chosen: Form, records: Sequence[Record], people: Mapping[int, Resident]) -> list[Sheet]:
    """A sheet a record. Queries grow with the registers a form prints, not with records."""
    residents = list(people)
    beside: dict[int, list[StoredRecord]] = {}
    if chosen.form.side_by_side > 1:
        beside = _by_resident(chosen.register, residents)
    others = {
        name: _by_resident(registry.registers[name], residents)
        for name in {register for register, _ in chosen.form.borrowed}
        if name in registry.registers and may_open(asks.staff, registry.registers[name])
    }
    made = []
    for record in records:
        resident = people[record.resident_id]  # type: ignore[attr-defined]
        printed = Printed(
            chosen.form,
            resident,
            vault().decrypt(resident.identity_cipher) if resident.identity_cipher else "",
            _together(record, beside.get(resident.pk, [record]), chosen.form.side_by_side),
            {name: rows.get(resident.pk, []) for name, rows in others.items()},
            asks.language,
        )
        made.append(printed.sheet())
    return made


def _by_resident(register: Register, residents: Iterable[int]) -> dict[int, list[StoredRecord]]:
    model = model_of(register)
    found: dict[int, list[StoredRecord]] = {}
    for row in model._default_manager.filter(resident_id__in=residents).order_by(model.DAY, "pk"):
        found.setdefault(row.resident_id, []).append(row)  # type: ignore[attr-defined]
    return found


def _together(record: StoredRecord, history: Sequence[StoredRecord], room: int) -> list[StoredRecord]:
    """The records that stand on one sheet with this one: those of its year, in the fours (or as many as there is room) they fill."""
    year = getattr(record, record.DAY).year
    same = [each for each in history if getattr(each, each.DAY).year == year]
    edges = [*range(0, len(same), room), len(same)]
    for start, end in pairwise(edges):
        if any(each.pk == record.pk for each in same[start:end]):
            return list(same[start:end])
    return [record]
