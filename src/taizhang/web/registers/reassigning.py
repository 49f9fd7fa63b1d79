"""改派 on pages: which records, to whom, why; what it would do; done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from taizhang.county.reassigning import Foreseen, ReassignmentRefused, foresee, reassign
from taizhang.exchange.values import Places
from taizhang.kernel.text import Text
from taizhang.web.registers.asking import Opened, asked_for
from taizhang.web.registers.form import Input, organisation_input
from taizhang.web.registers.listing import narrowed
from taizhang.web.registers.lists import back_to

_MOST_CHOSEN = 200  # ticked by hand
DONE = Text("已改派{count}条，原因已写入审计。", "{count} records were reassigned; the reason is in the audit trail.")
NOBODY = Text("请先在清单里勾选记录，或选择“全部筛选结果”。", "Tick records in the list first, or choose all that are filtered.")
NO_TARGET = Text("请填写新的机构或新的责任医生。", "Give the new organisation or the new doctor.")
NO_REASON = Text("请写明改派的原因。", "Say why they are reassigned.")
NOTHING = Text("没有可以改派的记录。", "There is no record to be reassigned.")
TOO_LONG = Text("太长了，请缩短。", "Too long; shorten it.")


@require_POST
def step(request: HttpRequest, code: str) -> HttpResponse:
    """One form in two steps, the preview and the deed; what was chosen travels in the form."""
    asked = asked_for(request, code)
    if not asked.about_residents or not asked.writable:
        raise Http404
    given = request.POST
    doctor_field = next((column.field for column in asked.register.columns if column.kind == "staff"), "")
    target = organisation_input(asked, [given.get("organisation", "").strip()] if given.get("organisation", "").strip() else [])
    doctor, reason = given.get("doctor", "").strip(), given.get("reason", "").strip()
    rows = _rows(asked, given)
    general: list[Text] = [] if rows is not None else [NOBODY]
    faults: dict[str, Text] = {}
    foreseen: Foreseen | None = None
    asking = given.get("step", "")
    if rows is not None and asking in ("preview", "confirm"):
        change = _change(asked, target, doctor, doctor_field, faults)
        if not reason:
            faults["reason"] = NO_REASON
        elif len(reason) > 120:
            faults["reason"] = TOO_LONG
        if not faults:
            try:
                foreseen = foresee(rows, change, asked.tree)
                if asking == "confirm":
                    expected = given.get("expected", "")
                    count = reassign(
                        rows, change, asked.tree, register=code, actor=asked.staff, reason=reason,
                        expected=int(expected) if expected.isascii() and expected.isdigit() and len(expected) < 10 else -1,
                    )  # fmt: skip
                    messages.success(request, DONE.in_language(asked.language).format(count=count))
                    return redirect(back_to(code, given.get("query", "")))
                if not foreseen.moved:
                    general.append(NOTHING)
            except ReassignmentRefused as refused:
                general.append(refused.text)
    target.faults = [faults["organisation"]] if "organisation" in faults else []
    facts = {
        "asked": asked,
        "programme": asked.programme,
        "count": rows.count() if rows is not None else 0,
        "keys": given.getlist("key")[:_MOST_CHOSEN],
        "every": given.get("every") == "1",
        "query": given.get("query", ""),
        "back": back_to(code, given.get("query", "")),
        "target": target,
        "has_doctor": bool(doctor_field),
        "doctor": doctor,
        "reason": reason,
        "faults": faults,
        "general": general,
        "foreseen": foreseen,
        "sources": [(_name(asked, place), count) for place, count in foreseen.sources] if foreseen else [],
    }
    return render(request, "web/registers/reassign.html", facts, status=422 if general or faults else 200)


def _rows(asked: Opened, given: QueryDict) -> QuerySet[Any] | None:
    """The records chosen, of those the reader may write; None where nothing was chosen."""
    writable = asked.rows("write")
    if given.get("every") == "1":
        wanted = narrowed(asked, QueryDict(given.get("query", "")[:4_000]))
        return None if wanted.notes else writable.filter(pk__in=wanted.rows.order_by().values("pk"))
    keys = [int(key) for key in given.getlist("key")[:_MOST_CHOSEN] if key.isascii() and key.isdigit() and len(key) < 19]
    return writable.filter(pk__in=keys) if keys else None


def _change(asked: Opened, target: Input, doctor: str, doctor_field: str, faults: dict[str, Text]) -> dict[str, str]:
    change: dict[str, str] = {}
    if target.value:
        places = Places.read(asked.staff, asked.day)
        found = places.find(target.value)
        if isinstance(found, Text):
            faults["organisation"] = found
        else:
            change["organisation_id"] = found
    if doctor and doctor_field:
        if len(doctor) > (asked.model._meta.get_field(doctor_field).max_length or 200):  # type: ignore[union-attr]
            faults["doctor"] = TOO_LONG
        change[doctor_field] = doctor
    if not change and not faults:
        faults["organisation"] = NO_TARGET
    return change


def _name(asked: Opened, place: str) -> Text:
    return asked.tree.name(place) if place in asked.tree else Text(place, place)
