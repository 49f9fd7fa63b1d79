"""Bills: what each unit did and is to be paid, down to the records a line pays for; advances and approval; both Excel files."""

import re
import tempfile
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from taizhang.county import audit
from taizhang.county.models import OrganisationKind
from taizhang.exchange.reading import open_file
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.settlement.advances import enter_advances
from taizhang.settlement.assessment import assess
from taizhang.settlement.excel import KIND, assessment_book, settlement_book
from taizhang.settlement.models import SettledLine, Settlement
from taizhang.settlement.services import services
from taizhang.settlement.settle import approve, faults_of, fen, pay_advance, reopen, yuan
from taizhang.settlement.settle import reverse as take_back
from taizhang.settlement.work import Reckoning, UnitBill
from taizhang.web.asking import Asked
from taizhang.web.discretion import withheld
from taizhang.web.settlement.asked import PAGE, asked_through, kept_back, may_decide, open_to, page_number, people, shown_work
from taizhang.web.summary import attached

ENTERED = Text("已登记预拨 {amount} 元。", "An advance of {amount} yuan was entered.")
READ = Text(
    "已登记预拨 {made} 笔，共 {amount} 元；{unchanged} 笔早已登记，没有变动。",
    "{made} advances of {amount} yuan were entered; {unchanged} stood there already.",
)
REOPENED = Text(
    "第 {number} 号结算已重开，不再计入已付，可以重新核算审定。", "Settlement No. {number} was reopened; it can be reckoned anew."
)
REVERSED = Text("已冲销 {amount} 元，在下次结算中扣回。", "{amount} yuan were reversed; the next settlement takes them off.")
LARGEST = 5 * 2**20
APPROVED = Text("已审定，本次应付 {amount} 元。", "Approved: {amount} yuan to pay.")


def summary(request: HttpRequest, organisation: str | None = None) -> HttpResponse:
    ask, through = asked_through(request, organisation)
    typed: dict[str, str] = {}
    if request.method == "POST":
        if not may_decide(ask):
            raise Http404
        try:
            said = {"approve": lambda: _approve(ask, through), "advances": lambda: _advances(request, ask)}.get(
                request.POST.get("act", ""), lambda: _advance(request, ask)
            )()
        except Refusal as refusal:
            messages.error(request, str(refusal))
            typed = {key: request.POST.get(key, "") for key in ("act", "unit", "amount", "paid_on", "document")}
        else:
            messages.success(request, said)
            return redirect(f"{reverse('settlement-of', args=[ask.organisation])}?through={through}")
    reckoning = Reckoning(ask.organisation, through, day=ask.day)
    facts = {
        "ask": ask,
        "through": through,
        "reckoning": reckoning,
        "rows": [(bill, _money(bill)) for bill in reckoning.bills],
        "totals": [yuan(sum(getattr(bill, name) for bill in reckoning.bills)) for name in _COLUMNS],
        "faults": faults_of(reckoning),
        "decides": may_decide(ask),
        "units": [(code, reckoning.tree.name(code)) for code in reckoning.units],
        "settled": [
            (each, yuan(sum(unit.payable for unit in each.units.all())))
            for each in Settlement.objects.filter(organisation_id__in=ask.viewable, year=through.year)
            .select_related("organisation").prefetch_related("units").order_by("-through", "organisation_id", "pk")
        ],
        "others": sorted(
            set(Settlement.objects.filter(organisation_id__in=ask.viewable).exclude(year=through.year).values_list("year", flat=True)),
            reverse=True,
        ),
        "below": [(c, ask.tree.name(c)) for c in ask.tree.children(ask.organisation) if c in ask.viewable and ask.tree.children(c)],
        "typed": typed,
        "query": urlencode({"through": through.isoformat()}),
        "version": reckoning.ledger_version,
    }  # fmt: skip
    return render(request, "web/settlement/summary.html", facts, status=422 if typed else 200)


_COLUMNS = ("value", "deducted", "advanced", "paid_before", "reversed", "carried", "balance", "payable")


def _money(bill: UnitBill) -> list[object]:
    return [yuan(getattr(bill, name)) for name in _COLUMNS]


def _approve(ask: Asked, through: date) -> str:
    reckoning = Reckoning(ask.organisation, through, day=ask.day)
    approve(reckoning, actor=ask.staff.username, day=ask.day)
    return APPROVED.in_language(ask.language).format(amount=yuan(sum(bill.payable for bill in reckoning.bills)))


def _advance(request: HttpRequest, ask: Asked) -> str:
    unit, amount = request.POST.get("unit", ""), fen(request.POST.get("amount", ""))
    if unit not in ask.viewable:
        raise Http404
    try:
        paid_on = date.fromisoformat(request.POST.get("paid_on", ""))
    except ValueError:
        raise Refusal("拨付日期不是有效日期。请写成 2026-06-30。") from None
    pay_advance(unit, amount, paid_on=paid_on, document=request.POST.get("document", ""), actor=ask.staff.username, day=ask.day)
    return ENTERED.in_language(ask.language).format(amount=yuan(amount))


def _advances(request: HttpRequest, ask: Asked) -> str:
    """A list of advances out of a file, all of it or nothing."""
    given = request.FILES.get("file")
    if given is None:
        raise Refusal("没有选择文件。请选择预拨清单（Excel 或 CSV）。")
    if (given.size or 0) > LARGEST:
        raise Refusal("文件超过5MB。预拨清单每单位一行，请删去无关的工作表后重新导入。")
    with tempfile.TemporaryDirectory() as folder:
        name = re.sub(r"[^\w.()（）-]", "_", given.name or "")[-80:].lstrip(".") or "advances.xlsx"
        path = Path(folder) / name
        with path.open("wb") as stored:
            for chunk in given.chunks():
                stored.write(chunk)
        sheets = open_file(path)
        if not sheets:
            raise Refusal("文件里没有内容。请核对是否选错文件。")
        entered = enter_advances(sheets[0].rows(), actor=ask.staff.username, day=ask.day, may=lambda code: code in ask.viewable)
    return READ.in_language(ask.language).format(made=entered.made, amount=yuan(entered.amount), unchanged=entered.unchanged)


def settled(request: HttpRequest, organisation: str, number: int) -> HttpResponse:
    """A settlement as it was approved: each unit and line, what was reversed since; reopened or reversed here by who decides."""
    ask, _ = asked_through(request, organisation)
    found = Settlement.objects.select_related("organisation").filter(pk=number, organisation_id=ask.organisation).first()
    if found is None:
        raise Http404
    typed: dict[str, str] = {}
    if request.method == "POST":
        if not may_decide(ask):
            raise Http404
        try:
            said = _reopen(request, ask, found) if request.POST.get("act") == "reopen" else _reverse(request, ask, found)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            typed = {key: request.POST.get(key, "") for key in ("act", "line", "quantity", "reason")}
        else:
            messages.success(request, said)
            return redirect("settlement-settled", ask.organisation, number)
    return render(request, "web/settlement/settled.html", _settled_facts(ask, found, typed), status=422 if typed else 200)


def _settled_facts(ask: Asked, found: Settlement, typed: dict[str, str]) -> dict[str, object]:
    names = {service.code: service for service in services()}
    units = []
    for each in found.units.select_related("organisation").prefetch_related("lines__reversals").order_by("organisation_id"):
        below = each.organisation.kind in (OrganisationKind.VILLAGE_CLINIC, OrganisationKind.COMMUNITY_STATION)
        lines, folded = [], 0
        for line in sorted(each.lines.all(), key=lambda each: each.pk):
            service = names.get(line.service)
            if below and service is not None and not open_to(ask.staff, service):
                folded += -line.amount if line.check_code else line.amount
                continue
            back = sum(one.quantity for one in line.reversals.all())
            check = registry.checks.get(line.check_code)
            label = service.name if service is not None else Text(line.service, line.service)
            lines.append((line, label, check, yuan(line.price), yuan(line.amount), back, line.quantity - back))
        money = [yuan(getattr(each, name)) for name in _COLUMNS]
        units.append((each, money, lines, yuan(folded) if folded else None))
    return {
        "ask": ask,
        "found": found,
        "units": units,
        "typed": typed,
        "decides": may_decide(ask),
        "past": found.year < ask.day.year and found.reopened_on is None,
        "total": yuan(sum(each.payable for each, *_ in units)),
        "through": found.through,
        "query": urlencode({"through": found.through.isoformat()}),
    }


def _reopen(request: HttpRequest, ask: Asked, found: Settlement) -> str:
    reopen(found, reason=request.POST.get("reason", ""), actor=ask.staff.username, day=ask.day)
    return REOPENED.in_language(ask.language).format(number=found.pk)


def _reverse(request: HttpRequest, ask: Asked, found: Settlement) -> str:
    written, quantity = request.POST.get("line", ""), request.POST.get("quantity", "").strip()
    line = SettledLine.objects.filter(pk=int(written), unit__settlement=found).first() if written.isascii() and written.isdigit() else None
    if line is None:
        raise Http404
    if not (quantity.isascii() and quantity.isdigit()):
        raise Refusal(f"冲销数量“{quantity}”不是整数。请填要冲销的条数。")
    made = take_back(line, int(quantity[:12]), reason=request.POST.get("reason", ""), actor=ask.staff.username, day=ask.day)
    return REVERSED.in_language(ask.language).format(amount=yuan(made.amount))


def unit(request: HttpRequest, organisation: str) -> HttpResponse:
    """One unit's bill: a line a service, a line a deduction."""
    ask, through = asked_through(request, organisation)
    reckoning = Reckoning(ask.organisation, through, day=ask.day)
    bill = reckoning.bill(ask.organisation)
    if bill is None:
        raise Http404
    hidden = kept_back(ask.staff, reckoning)
    shown = shown_work(bill.work, bill.kind, hidden)
    facts = {
        "ask": ask,
        "through": through,
        "bill": bill,
        "money": _money(bill),
        "lines": [(line, yuan(line.price), yuan(line.amount), line.service.code not in hidden) for line in shown.lines],
        "folded": yuan(shown.folded) if shown.folded else None,
        "taken": [(line, yuan(line.price), yuan(line.amount)) for line in bill.deductions if line.service.code not in hidden],
        "query": urlencode({"through": through.isoformat()}),
        "version": reckoning.ledger_version,
    }
    return render(request, "web/settlement/unit.html", facts)


def paid(request: HttpRequest, organisation: str, service: str) -> HttpResponse:
    """The records that one line pays for, fifty a page; names masked. One audit line a page."""
    ask, through = asked_through(request, organisation)
    reckoning = Reckoning(ask.organisation, through, day=ask.day)
    known = next((each for each in reckoning.services if each.code == service), None)
    bill = reckoning.bill(ask.organisation)
    line = next((each for each in bill.work if each.service.code == service), None) if bill else None
    if known is None or line is None or not open_to(ask.staff, known):
        raise Http404
    page = page_number(request)
    members = reckoning.members(known, ask.organisation, limit=PAGE + 1, offset=(page - 1) * PAGE)
    detail = {"settlement": service, "organisation": ask.organisation, "through": through.isoformat(), "page": page}
    audit.record(ask.staff, audit.LIST_PEOPLE, detail={"filter": detail, "count": len(members[:PAGE])})
    persons = people(ask, {m.resident for m in members[:PAGE] if m.resident is not None})
    register = next((r.code for r in registry.registers.values() if r.table and r.table == known.table), "")
    facts = {
        "ask": ask,
        "through": through,
        "line": line,
        "price": yuan(line.price),
        "amount": yuan(line.amount),
        "register": register,
        "rows": [(m, persons.get(m.resident) if m.resident is not None else None, yuan(m.quantity * line.price)) for m in members[:PAGE]],
        "page": page,
        "more": len(members) > PAGE,
        "query": urlencode({"through": through.isoformat()}),
        "version": reckoning.ledger_version,
    }
    return render(request, "web/settlement/paid.html", facts)


def excel(request: HttpRequest, organisation: str) -> HttpResponse:
    """The settlement as an Excel file; one audit line. Paid records by number, without names."""
    ask, through = asked_through(request, organisation)
    reckoning = Reckoning(ask.organisation, through, day=ask.day)
    details = request.GET.get("details") == "1"
    contents = settlement_book(reckoning, ask.language, details=details, hidden=kept_back(ask.staff, reckoning))
    detail = {"file": "settlement", "organisation": ask.organisation, "through": through.isoformat(), "details": details}
    audit.record(ask.staff, audit.EXPORT, detail=detail)
    return attached(contents, f"{ask.name.zh}结算 {through}.xlsx", f"settlement-{through}.xlsx", KIND)


def assessment(request: HttpRequest, organisation: str) -> HttpResponse:
    """The year's assessment table as an Excel file; one audit line."""
    ask, through = asked_through(request, organisation)
    filled = assess(ask.organisation, through.year, day=ask.day)
    hidden = frozenset(line.figure.code for line in filled.lines if withheld(line.figure, ask.staff, ask.tree))
    contents = assessment_book(filled, ask.language, hidden=hidden)
    audit.record(ask.staff, audit.EXPORT, detail={"file": "assessment", "organisation": ask.organisation, "year": through.year})
    return attached(contents, f"{ask.name.zh}{through.year}年度考核评分表.xlsx", f"assessment-{through.year}.xlsx", KIND)
