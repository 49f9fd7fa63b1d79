"""Findings on pages: how many of each check, and those of one check with what a look at them found."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from taizhang.county import audit
from taizhang.county.scopes import treats_all
from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.settlement.models import FindingReview, ReviewState
from taizhang.settlement.settle import review, reviews_of
from taizhang.settlement.work import Reckoning
from taizhang.web.asking import Asked
from taizhang.web.settlement.asked import PAGE, asked_through, may_decide, page_number, people

SEVERITIES = {
    Severity.CRITICAL: Text("严重", "Critical"), Severity.WARNING: Text("一般", "Warning"), Severity.INFO: Text("提示", "Remark"),
}  # fmt: skip
STATES = {str(ReviewState.CONFIRMED): Text("属实", "Confirmed"), str(ReviewState.DISMISSED): Text("排除", "Dismissed")}
KEPT = Text("已记下{count}条的核实结果。", "What was found of {count} is kept.")
NONE_CHOSEN = Text("没有选择任何一条疑点。", "No finding was chosen.")


def _programme(check: Check) -> str:
    return check.code.partition(".")[0]


def _is_open(ask: Asked, check: Check) -> bool:
    return treats_all(ask.staff, registry.rights_for(check))


def every(request: HttpRequest, organisation: str) -> HttpResponse:
    ask, through = asked_through(request, organisation)
    reckoning = Reckoning(ask.organisation, through, day=ask.day)
    decided = dict(FindingReview.objects.filter(year=through.year).values_list("check_code").annotate(number=Count("id")).order_by())
    rows = [
        (check, registry.programmes.get(_programme(check)), SEVERITIES[check.severity], count, decided.get(check.code, 0))
        for check in registry.checks.values()
        if _is_open(ask, check) and (count := reckoning.findings.count(check.code, ask.organisation))
    ]
    rows.sort(key=lambda row: (list(SEVERITIES).index(row[0].severity), row[1].order if row[1] else 0))
    facts = {
        "ask": ask, "through": through, "rows": rows, "query": urlencode({"through": through.isoformat()}),
        "version": reckoning.ledger_version,
    }  # fmt: skip
    return render(request, "web/settlement/findings.html", facts)


def one(request: HttpRequest, organisation: str, code: str) -> HttpResponse:
    ask, through = asked_through(request, organisation)
    check = registry.checks.get(code)
    if check is None or not _is_open(ask, check):
        raise Http404
    reckoning = Reckoning(ask.organisation, through, day=ask.day)
    page, status, note = page_number(request), 200, ""
    if request.method == "POST":
        if not may_decide(ask):
            raise Http404
        chosen = {int(each) for each in request.POST.getlist("member") if each.isascii() and each.isdigit() and len(each) < 16}
        known = {hit.member for hit in reckoning.findings.members(code, ask.organisation, only=chosen)}
        try:
            if not known:
                raise Refusal(NONE_CHOSEN.in_language(ask.language))
            count = review(
                code, known, through.year, request.POST.get("state", ""), note=request.POST.get("note", ""), actor=ask.staff.username,
                day=ask.day,
            )  # fmt: skip
        except Refusal as refusal:
            messages.error(request, str(refusal))
            status, note = 422, request.POST.get("note", "")
        else:
            messages.success(request, KEPT.in_language(ask.language).format(count=count))
            return redirect(f"{reverse('findings-of', args=[ask.organisation, code])}?through={through}&page={page}")
    hits = reckoning.findings.members(code, ask.organisation, limit=PAGE + 1, offset=(page - 1) * PAGE)
    audit.record(
        ask.staff, audit.LIST_PEOPLE,
        detail={"filter": {"check": code, "organisation": ask.organisation, "page": page}, "count": len(hits[:PAGE])},
    )  # fmt: skip
    persons = people(ask, {hit.resident for hit in hits[:PAGE] if hit.resident is not None})
    decided = reviews_of(code, through.year, [hit.member for hit in hits[:PAGE]])
    rows_table = check.population.rows.contract.table if check.population.rows is not None else ""
    facts = {
        "ask": ask,
        "through": through,
        "check": check,
        "severity": SEVERITIES[check.severity],
        "count": reckoning.findings.count(code, ask.organisation),
        "register": next((r.code for r in registry.registers.values() if r.table and r.table == rows_table), ""),
        "rows": [
            (hit, persons.get(hit.resident) if hit.resident is not None else None, known, STATES[known.state] if known else None)
            for hit in hits[:PAGE]
            for known in [decided.get(hit.member)]
        ],
        "states": STATES.items(),
        "note": note,
        "decides": may_decide(ask),
        "page": page,
        "more": len(hits) > PAGE,
        "query": urlencode({"through": through.isoformat()}),
        "version": reckoning.ledger_version,
    }
    return render(request, "web/settlement/finding.html", facts, status=status)
