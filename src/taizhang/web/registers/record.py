"""One record: its page, changing it, adding one, removing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from taizhang.county import audit, recording
from taizhang.county.models import Change, Resident
from taizhang.county.people import NotAllowed, open_person
from taizhang.county.recording import Fault, Record, RecordRefused, StoredRecord
from taizhang.county.scopes import Purpose
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.registers.asking import Opened, address_or_none, asked_for
from taizhang.web.registers.form import Form, form_of, read, typed_from, typed_in, typed_new, typed_of
from taizhang.web.registers.showing import Step, life, outcome, sections, worded

REASONS = (
    ("doubled", Text("重复录入", "entered twice")),
    ("person", Text("录错了人", "entered for the wrong person")),
    ("not_done", Text("服务没有发生", "the service did not take place")),
    ("register", Text("录错了登记簿", "entered in the wrong register")),
    ("other", Text("其他（请说明）", "other (say which)")),
)
SAVED = Text("已保存。", "Saved.")
THERE = Text("这条记录刚才已经保存过，没有重复写入。", "The record was saved a moment ago; nothing was written twice.")
REMOVED = Text("记录已删除，原因已写入审计。", "The record was removed; the reason is in the audit trail.")
NO_REASON = Text("请选择删除的原因；选“其他”时请写明。", "Choose why it is removed; with “other”, say why.")
BOUND = Text("其他记录引用了它，不能删除。请先更正引用它的记录。", "Other records refer to it. Correct those first.")
MEANWHILE = Text("写入时有人保存了同样的记录。请核对后再保存。", "Somebody saved the same record meanwhile. Look again, then save.")


def version_of(asked: Opened, pk: int) -> int:
    """The number of the last change of a record: its version. A record that was there before changes were kept has 0."""
    last = Change.objects.filter(table=asked.model._meta.db_table, row=pk).aggregate(last=Max("id"))["last"]
    return last or 0


def written_since(asked: Opened, pk: int, version: int) -> list[Step]:
    """What people changed in a record since a version. What only the rules made of it anew is in nobody's way."""
    if version_of(asked, pk) == version:
        return []
    return [step for step in life(asked, pk) if step.change > version and not step.derived]


def reached(asked: Opened, pk: int, purpose: Purpose) -> StoredRecord:
    """A record that the reader may view or write; opening one about a person leaves a line in the audit trail. Raises Http404."""
    record = asked.rows(purpose).filter(pk=pk).first()
    if record is None:
        raise Http404
    if isinstance(record, Record):
        try:
            record.resident = open_person(asked.staff, record.resident_id, purpose=purpose, day=asked.day)  # type: ignore[attr-defined]
        except NotAllowed:
            raise Http404 from None
    return record


@require_GET
def record(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    asked = asked_for(request, code)
    found = reached(asked, pk, "view")
    shown = sections(asked, found)
    facts = {
        **_head(asked, found),
        "sections": [section for section in shown if section.filled],
        "empty": [field for section in shown for field in section.empty],
        "outcome": [one for one in outcome(asked, found) if one.text],
        "steps": life(asked, pk),
        "may_write": asked.rows("write").filter(pk=pk).exists(),
        "paper": address_or_none("paper", code, pk) if asked.paper else "",
    }
    return render(request, "web/registers/record.html", facts)


def _head(asked: Opened, found: StoredRecord | None) -> dict[str, Any]:
    person: Resident | None = found.resident if isinstance(found, Record) else None  # type: ignore[attr-defined]
    return {
        "asked": asked,
        "programme": asked.programme,
        "record": found,
        "person": person,
        "person_url": address_or_none("person", person.pk) if person else "",
        "day": getattr(found, asked.model.DAY) if found else None,
        "place": worded(asked, "organisation", found.organisation_id) if found else "",
    }


# -- changing one ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    asked = asked_for(request, code)
    found = reached(asked, pk, "write")
    if request.method == "GET":
        form = form_of(asked, typed_of(asked, found), new=False)
        return _form(request, asked, found, form, version_of(asked, pk))
    form = form_of(asked, typed_in(asked, request.POST), new=False)
    version = _number(request.POST.get("version", ""))
    values = read(asked, form, found)
    if form.is_sound:
        steps = _save(asked, found, values, form, version)
        if steps:
            return _form(request, asked, found, form, version_of(asked, pk), steps, status=409)
    if not form.is_sound:
        return _form(request, asked, found, form, version, status=422)
    messages.success(request, SAVED.in_language(asked.language))
    return redirect("register-record", code, pk)


def _save(asked: Opened, found: StoredRecord, values: dict[str, Any], form: Form, version: int) -> list[Step]:
    """Write the changed record. What is wrong stands in the form afterwards; what others changed meanwhile is given back."""
    try:
        with transaction.atomic():
            list(asked.model._default_manager.select_for_update().filter(pk=found.pk).values_list("pk"))
            if steps := written_since(asked, found.pk, version):
                return steps
            change(found, values)
            recording.save(found, actor=asked.staff, day=asked.day)
    except RecordRefused as refused:
        form.point_at(asked, refused.faults)
    except IntegrityError:
        form.general.append(MEANWHILE)
    return []


def change(found: StoredRecord, values: dict[str, Any]) -> None:
    """Put values into a record. An answer that is given anew is no longer one carried over."""
    before = {name: getattr(found, name) for name in values}
    for name, value in values.items():
        setattr(found, name, value)
    found.carried = ",".join(name for name in found.carried.split(",") if name and before.get(name) == values.get(name, before.get(name)))


def _form(
    request: HttpRequest,
    asked: Opened,
    found: StoredRecord | None,
    form: Form,
    version: int,
    steps: list[Step] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    facts = {**_head(asked, found), "form": form, "version": version, "meanwhile": steps or []}
    return render(request, "web/registers/form.html", facts, status=status)


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else -1


# -- adding one --------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    asked = asked_for(request, code)
    if not asked.writable:
        raise Http404
    if request.method == "GET":
        return _form(request, asked, None, form_of(asked, typed_new(asked) | _following(request, asked), new=True), 0)
    form = form_of(asked, typed_in(asked, request.POST), new=True)
    values = read(asked, form, None)
    made: StoredRecord | None = None
    if form.is_sound:
        made = create(asked, values, form)
    if made is None:
        if (twin := _twin(asked, values)) is not None:
            messages.info(request, THERE.in_language(asked.language))
            return redirect("register-record", code, twin)
        return _form(request, asked, None, form, 0, status=422)
    messages.success(request, SAVED.in_language(asked.language))
    return redirect("register-record", code, made.pk)


def _following(request: HttpRequest, asked: Opened) -> dict[str, list[str]]:
    """What a new record already says that an institution owes because of another: the next report on an emergency. Raises Http404."""
    if "duty" not in request.GET:
        return {}
    duty = registry.unit_duties.get(request.GET["duty"])
    pk = _number(request.GET.get("after", ""))
    if duty is None or duty.following is None or duty.register != asked.register.code or pk < 0:
        raise Http404
    said = duty.following(vars(reached(asked, pk, "write")))
    return typed_from(asked, said)


def create(asked: Opened, values: dict[str, Any], form: Form) -> StoredRecord | None:
    """A new record; None where it was not taken, and the form says why."""
    made = asked.model(**values)
    try:
        with transaction.atomic():
            return recording.save(made, actor=asked.staff, day=asked.day)
    except RecordRefused as refused:
        form.point_at(asked, refused.faults)
    except IntegrityError:
        form.general.append(MEANWHILE)
    return None


def _twin(asked: Opened, values: dict[str, Any]) -> int | None:
    """A record with exactly these values that the reader wrote: a form that was sent twice."""
    names = {asked.model._meta.get_field(c.field).attname for c in asked.register.columns}  # type: ignore[union-attr]
    if set(values) != names:
        return None
    return asked.rows().filter(**values, recorded_by=asked.staff.username).values_list("pk", flat=True).first()


# -- removing one ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    asked = asked_for(request, code)
    found = reached(asked, pk, "write")
    chosen, note = request.POST.get("reason", ""), request.POST.get("note", "").strip()
    faults: list[Text] = []
    if request.method == "POST":
        if chosen not in dict(REASONS) or (chosen == "other" and not note):
            faults = [NO_REASON]
        else:
            faults = [fault.message for fault in removed(asked, found, f"{dict(REASONS)[chosen].zh}{'：' if note else ''}{note}")]
        if not faults:
            messages.success(request, REMOVED.in_language(asked.language))
            return redirect("register", code)
    facts = {**_head(asked, found), "reasons": REASONS, "chosen": chosen, "note": note, "faults": faults}
    return render(request, "web/registers/remove.html", facts, status=422 if faults else 200)


def removed(asked: Opened, found: StoredRecord, reason: str) -> list[Fault]:
    """Remove a record with its reason, in one transaction; why not, where it stays."""
    resident = found.resident_id if isinstance(found, Record) else None  # type: ignore[attr-defined]
    key = found.pk
    try:
        with transaction.atomic():
            recording.remove(found, actor=asked.staff, day=asked.day)
            detail = {"register": asked.register.code, "record": key, "reason": reason[:120]}
            audit.record(asked.staff, audit.REMOVE_RECORD, resident, detail)
    except RecordRefused as refused:
        return list(refused.faults)
    except ProtectedError:
        return [Fault("", "", BOUND)]
    return []
