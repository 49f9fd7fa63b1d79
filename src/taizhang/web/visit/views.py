"""The pages of a visit: its form, the answer while it is typed, what was saved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.config import home
from taizhang.county.foreseeing import notices_of
from taizhang.county.models import Resident, Role, Staff
from taizhang.county.organisations import tree_on
from taizhang.county.people import NotAllowed, managing_organisation, open_person
from taizhang.kernel.duties import Opening
from taizhang.kernel.registers import Register
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.visit import pieces
from taizhang.web.visit.shape import choices, model_of, open_to, repeated_of, shape_of
from taizhang.web.visit.typed import CARRY, DAY, Typed, content_of, read
from taizhang.web.visit.visiting import AlreadySaved, Foreseen, Refused, Visiting
from taizhang.web.worklist.listed import LISTS, field_staff, items_of, keys_of, line_of
from taizhang.worklist.listing import history_of
from taizhang.worklist.models import Draft, DueItem, Visit

KEPT = "kept_visit"  # in the session of someone who has to sign in again: what was typed
_KEPT_SECONDS = 3600
_MOST_ITEMS = 40
NAMED_LACKING = 8  # inputs still empty that the panel names one by one; of more, the first and how many
_ITEM = re.compile(r"[\w-]{0,40}", re.ASCII)


@login_not_required
@require_http_methods(["GET", "POST"])
def visit(request: HttpRequest, resident: int) -> HttpResponse:
    """The form. Who is signed out when sending it signs in again and finds what was typed."""
    if not request.user.is_authenticated:
        return _sign_in_again(request, resident)
    staff = field_staff(request)
    at_hand = _visiting(request, staff, resident)
    if request.method == "GET":
        return _form(request, at_hand)
    typed = read(_filled(at_hand, content_of(request.POST), request.POST.getlist("r")), at_hand.shape, fallback=at_hand.today)
    token = _token(request.POST.get("token", ""))
    if Visit.objects.filter(pk=token).exists():
        return redirect("visit-done", resident=resident, token=token)
    if "try" in request.POST or "toggle" in request.POST:
        _keep(at_hand, typed, request)
        return _page(request, at_hand, typed, token, seen=request.POST.get("seen", ""), tried="try" in request.POST)
    if changed := at_hand.changed_since(request.POST.get("seen", "")):
        if Visit.objects.filter(pk=token).exists():  # it was this very form, sent twice at once
            return redirect("visit-done", resident=resident, token=token)
        return _page(request, at_hand, typed, token, changed=changed, status=422)
    return _save(request, at_hand, typed, token)


def _save(request: HttpRequest, at_hand: Visiting, typed: Typed, token: UUID) -> HttpResponse:
    foreseen = at_hand.foresee(typed)
    for each in foreseen:
        for name, message in each.faults:
            typed.fault(name, message)
        if each.record is not None:
            for ask, message in each.lacking:
                typed.fault(ask.name, message)
    if not typed.faults and not any(each.record is not None for each in foreseen):
        typed.fault(DAY, Text("还没有填写任何内容，没有保存。", "Nothing has been filled in, so nothing was saved."))
    if typed.faults:
        return _page(request, at_hand, typed, token, foreseen=foreseen, status=422)
    try:
        at_hand.save(typed, token)
    except (AlreadySaved, IntegrityError):  # the same form sent twice at once
        if not Visit.objects.filter(pk=token).exists():
            raise
    except Refused:  # somebody wrote between the foreseeing and the saving
        return _page(request, at_hand, typed, token, foreseen=foreseen, status=422)
    return redirect("visit-done", resident=at_hand.resident.pk, token=token)


@login_not_required
@require_POST
def foresee(request: HttpRequest, resident: int) -> HttpResponse:
    """What the form comes to as it stands, for the panel beside it; keeps the draft."""
    if not request.user.is_authenticated:
        return render(request, "web/visit/_signed_out.html")
    staff = field_staff(request)
    at_hand = _visiting(request, staff, resident, leave_line=False)
    typed = read(content_of(request.POST), at_hand.shape, fallback=at_hand.today)
    kept = None
    if not Visit.objects.filter(pk=_token(request.POST.get("token", ""))).exists():
        kept = _keep(at_hand, typed, request)
    return render(request, "web/visit/_outcome.html", {**_outcome(request, at_hand, typed, at_hand.foresee(typed)), "kept": kept})


@require_POST
def discard(request: HttpRequest, resident: int) -> HttpResponse:
    """Throw the draft away and begin anew."""
    staff = field_staff(request)
    _person(staff, resident, leave_line=False)
    Draft.objects.filter(staff=staff, resident_id=resident).delete()
    return redirect(_address(resident, request.POST.getlist("r")))


@require_GET
def done(request: HttpRequest, resident: int, token: UUID) -> HttpResponse:
    """What one form wrote: class, next visit, notices; and who is next on the list."""
    staff = field_staff(request)
    person = _person(staff, resident)
    receipt = Visit.objects.filter(pk=token, staff=staff, resident_id=resident).first()
    if receipt is None:
        raise Http404
    saved = []
    for code, key in receipt.records:
        register = registry.registers.get(code)
        if register is None or not open_to(staff, register):
            continue
        record = model_of(register)._default_manager.filter(pk=key, resident_id=resident).first()
        if record is not None:
            record.resident = person
            saved.append(pieces.outcome_of(register, record, notices_of(record), request.language))  # type: ignore[attr-defined]
    on = home.current().working_day()
    others, _ = keys_of(items_of(staff, tree_on(on), on).visits().exclude(resident_id=resident), on, "", 1)
    facts = {
        "person": pieces.head_of(person, on, request.language),  # type: ignore[attr-defined]
        "saved": saved,
        "receipt": receipt,
        "following": next(iter(others), None),
        "left": [line_of(item, on) for item in _owed(staff, person, on)],
    }
    return render(request, "web/visit/done.html", facts)


# -- opening -----------------------------------------------------------------------------------------------------------


def _person(staff: Staff, resident: int, *, leave_line: bool = True) -> Resident:
    """Raises Http404 for whom the reader may not write."""
    try:
        if leave_line:
            return open_person(staff, resident, purpose="write")
        return pieces.reachable(staff, resident)
    except NotAllowed:
        raise Http404 from None


def _visiting(request: HttpRequest, staff: Staff, resident: int, *, leave_line: bool = True) -> Visiting:
    person = _person(staff, resident, leave_line=leave_line)
    today = home.current().working_day()
    asked = request.POST.getlist("r") if request.method == "POST" else request.GET.getlist("r")
    if toggled := request.POST.get("toggle"):
        asked = [code for code in asked if code != toggled] if toggled in asked else [*asked, toggled]
    owed = _owed(staff, person, today)
    codes = asked if asked or toggled else _registers_now(owed)
    registers = [registry.registers[code] for code in dict.fromkeys(codes) if code in registry.registers]
    registers = [register for register in registers if open_to(staff, register)]
    openings = _openings(person, owed, [register.code for register in registers])
    shape = shape_of(registers, _items(request, owed), openings)
    return Visiting(staff, person, _serving(staff, person, today), shape, today, owed, openings)


def _openings(person: Resident, owed: Iterable[DueItem], chosen: Sequence[str]) -> dict[str, Opening]:
    """How the chosen forms open of what an event made due: of each, for the most urgent. Reads only where there is such an item."""
    found: dict[str, Opening] = {}
    for item in owed:
        duty = registry.duties.get(item.duty)
        if duty is not None and duty.opening is not None and duty.register in chosen and duty.register not in found:
            found[duty.register] = duty.opening(history_of(person.pk, duty.reads), item.item)
    return found


def _registers_owed(items: Iterable[DueItem]) -> list[str]:
    """In which registers what is due is written down; a duty that is no longer declared has none."""
    return list(dict.fromkeys(registry.duties[item.duty].register for item in items if item.duty in registry.duties))


def _register_of(item: DueItem) -> str:
    duty = registry.duties.get(item.duty)
    return duty.register if duty else ""


def _waiting(chosen: Sequence[str], at_hand: Visiting) -> list[pieces.Waiting]:
    """What is due and not in the form, a line a register."""
    found: dict[str, pieces.Waiting] = {}
    for item in at_hand.owed:
        code = _register_of(item)
        if code and code not in chosen and open_to(at_hand.staff, registry.registers[code]):
            waiting = found.setdefault(code, pieces.Waiting(registry.registers[code]))
            waiting.lines.append(line_of(item, at_hand.today))
    return list(found.values())


def _items(request: HttpRequest, owed: Iterable[DueItem]) -> dict[str, list[str]]:
    """Of the registers whose form is repeated, for which items: those the page was made for, so that nothing typed loses its place when the
    list has moved on; what is due now for a register that the page had not, and to begin with."""
    made_for: dict[str, list[str]] = {}
    sent = request.POST.getlist("i") if request.method == "POST" else request.GET.getlist("i")
    for key in sent[:_MOST_ITEMS]:
        code, _, item = key.partition(":")
        if _ITEM.fullmatch(item):
            made_for.setdefault(code, []).append(item)
    due: dict[str, list[str]] = {}
    for item in owed:
        duty = registry.duties.get(item.duty)
        if duty is not None and duty.repeated is not None:
            due.setdefault(duty.register, []).append(item.item)
    if request.method == "POST":
        return due | made_for
    return {code: [*made_for.get(code, []), *due.get(code, [])][:_MOST_ITEMS] for code in (*made_for, *due)}


def _registers_now(items: Sequence[DueItem]) -> list[str]:
    """The registers a visit opens with: of the visits that are due; where there are none, of what is done once a year; then of what is done
    in passing. Or every blood pressure would drag an examination and a whole file along. A long form waits to be asked for, unless it is
    all there is."""
    for low, high in LISTS.values():
        if codes := _registers_owed(item for item in items if low <= item.urgency <= high):
            return [code for code in codes if not registry.registers[code].on_request] or codes
    return []


def _owed(staff: Staff, person: Resident, day: date) -> list[DueItem]:
    return list(items_of(staff, tree_on(day), day).filter(resident=person).order_by("urgency", "due_on", "pk"))


def _serving(staff: Staff, person: Resident, day: date) -> str:
    """Who renders the service: the writer's own institution; where the writer serves nobody, the one that manages the person."""
    managing = managing_organisation(person, day)
    serves = staff.role in (Role.VILLAGE_DOCTOR, Role.TOWNSHIP_OFFICE)
    return staff.organisation_id if (serves and staff.organisation_id in tree_on(day)) or managing is None else managing


def _token(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        return uuid4()


def _address(resident: int, registers: list[str], items: Sequence[str] = ()) -> str:
    chosen = "&".join(f"r={code}" for code in registers if code in registry.registers)
    chosen += "".join(f"&i={quote(key)}" for key in items[:_MOST_ITEMS] if key.partition(":")[0] in registry.registers and chosen)
    return reverse("visit", args=[resident]) + (f"?{chosen}" if chosen else "")


def _sign_in_again(request: HttpRequest, resident: int) -> HttpResponse:
    address = request.get_full_path()
    if request.method == "POST":
        content = content_of(request.POST)
        seen, registers = request.POST.get("seen", "")[:4_000], request.POST.getlist("r")[:40]
        request.session[KEPT] = {"resident": resident, "content": content, "seen": seen}
        request.session.set_expiry(_KEPT_SECONDS)
        address = _address(resident, registers, [key[:80] for key in request.POST.getlist("i")])
    return redirect_to_login(address, reverse("sign-in"))


# -- drafts ------------------------------------------------------------------------------------------------------------


def _keep(at_hand: Visiting, typed: Typed, request: HttpRequest) -> Any:
    """Keep what is typed; nothing where nothing is."""
    begun = {name: texts for name, texts in typed.content.items() if name not in (DAY, CARRY) and _is_said(at_hand, name, texts)}
    if not begun:
        return None
    content = {"content": typed.content, "seen": request.POST.get("seen", at_hand.seen)[:4_000]}
    content["registers"] = [register.code for register in at_hand.shape.registers]
    content["items"] = _sent(at_hand)
    draft = Draft(staff=at_hand.staff, resident=at_hand.resident, content=content)
    # In one statement: while a visit is typed this is written every few seconds.
    Draft.objects.bulk_create([draft], update_conflicts=True, unique_fields=["staff", "resident"], update_fields=["content", "typed_at"])
    return localtime(draft.typed_at)


def _filled(at_hand: Visiting, content: dict[str, list[str]], registers: list[str]) -> dict[str, list[str]]:
    """With what the page puts into the inputs of registers that were not in the form when it was typed."""
    fresh = [a for a in at_hand.shape.asks if a.name not in content and not any(p.register.code in registers for p in a.places)]
    return content | {ask.name: texts for ask in fresh if (texts := pieces.prefilled(at_hand, ask))}


def _sent(at_hand: Visiting) -> list[str]:
    """For which items the form was made, as the page sends it back."""
    return [sheet.key for sheet in at_hand.shape.sheets if repeated_of(sheet.register) is not None]


def _is_said(at_hand: Visiting, name: str, texts: list[str]) -> bool:
    """Whether an input says anything beyond what the page itself had put there."""
    ask = at_hand.shape.by_name.get(name)
    return ask is not None and texts != pieces.prefilled(at_hand, ask)


# -- rendering ---------------------------------------------------------------------------------------------------------


def _form(request: HttpRequest, at_hand: Visiting) -> HttpResponse:
    kept = request.session.pop(KEPT, None)
    if kept is not None:
        request.session.set_expiry(None)
    if kept is not None and kept.get("resident") == at_hand.resident.pk:
        typed = read(kept["content"], at_hand.shape, fallback=at_hand.today)
        return _page(request, at_hand, typed, uuid4(), seen=kept["seen"], note="signed_in_again")
    draft = Draft.objects.filter(staff=at_hand.staff, resident=at_hand.resident).first()
    if draft is not None:
        registers = [c for c in draft.content.get("registers", []) if c in registry.registers]
        items = draft.content.get("items", [])
        here = registers == [r.code for r in at_hand.shape.registers] and set(items) <= set(_sent(at_hand))
        if registers and not request.GET.getlist("r") and not here:
            return redirect(_address(at_hand.resident.pk, registers, items))
        content = _filled(at_hand, draft.content.get("content", {}), registers)
        typed = read(content, at_hand.shape, fallback=at_hand.today)
        seen = draft.content.get("seen", at_hand.seen)
        return _page(request, at_hand, typed, uuid4(), seen=seen, note="draft", draft=localtime(draft.typed_at))
    return _page(request, at_hand, None, uuid4())


def _page(
    request: HttpRequest,
    at_hand: Visiting,
    typed: Typed | None,
    token: UUID,
    *,
    foreseen: list[Foreseen] | None = None,
    changed: list[tuple[Register, Any]] | None = None,
    seen: str = "",
    note: str = "",
    draft: Any = None,
    tried: bool = False,
    status: int = 200,
) -> HttpResponse:
    language: str = request.language  # type: ignore[attr-defined]
    if typed is not None and foreseen is None:
        foreseen = at_hand.foresee(typed)
        if status == 200:
            for each in foreseen:
                for name, message in each.faults:
                    typed.fault(name, message)
    opened = request.POST.get("toggle", "")
    chosen = [register.code for register in at_hand.shape.registers]
    facts = {
        "person": pieces.head_of(at_hand.resident, at_hand.today, language),
        "resident": at_hand.resident,
        "today": at_hand.today,
        "day": typed.text(DAY) if typed and typed.text(DAY) else at_hand.today.isoformat(),
        "day_faults": [t.in_language(language) for t in (typed.faults.get(DAY, []) if typed else [])],
        "token": token,
        "seen": at_hand.seen_with(seen),
        "owed": [line_of(item, at_hand.today) for item in at_hand.owed if _register_of(item) in chosen],
        "waiting": _waiting(chosen, at_hand),
        "chips": pieces.chips(choices(at_hand.staff), chosen, _registers_owed(at_hand.owed)),
        "chosen": chosen,
        "opened": opened,
        "items": _sent(at_hand),
        "parts": pieces.parts(at_hand, typed, language, opened),
        "carried": pieces.carried(at_hand, typed, language),
        "note": note,
        "draft": draft,
        "tried": tried,
        "changed": [pieces.changed(register, record, language) for register, record in changed or []],
        "status": status,
        **_outcome(request, at_hand, typed, foreseen or []),
    }
    return render(request, "web/visit/visit.html", facts, status=status)


def _outcome(request: HttpRequest, at_hand: Visiting, typed: Typed | None, foreseen: list[Foreseen]) -> dict[str, Any]:
    """What the panel shows. Marks of faults go to the inputs by name."""
    language: str = request.language  # type: ignore[attr-defined]
    marks: list[tuple[str, str, str]] = []
    for name, texts in (typed.faults if typed else {}).items():
        marks += [(name, pieces.label_of(at_hand, name, language), text.in_language(language)) for text in texts]
    for each in foreseen:
        for name, text in each.faults:
            mark = (name, pieces.label_of(at_hand, name, language), text.in_language(language))
            if mark not in marks:
                marks.append(mark)
    lacking = dict.fromkeys((ask.name, ask.element.label.in_language(language)) for each in foreseen for ask, _ in each.lacking)
    outcomes = [
        pieces.outcome_of(each.sheet.register, each.record, each.told, language, each.sheet.name)
        for each in foreseen
        if each.record is not None and not each.faults and not each.lacking
    ]
    for place, outcome in enumerate(outcomes):  # two lines of work that say the same say it once
        earlier = [told for before in outcomes[:place] for told in before["told"]]
        outcome["told"] = [told for told in outcome["told"] if told not in earlier]
    return {
        "marks": marks,
        "lacking": list(lacking) if len(lacking) <= NAMED_LACKING else list(lacking)[:1],
        "lacking_more": len(lacking) if len(lacking) > NAMED_LACKING else 0,
        "outcomes": outcomes,
        "untouched": [each.sheet.name for each in foreseen if each.record is None] if any(f.record for f in foreseen) else [],
        "begun": any(f.record for f in foreseen),
    }
