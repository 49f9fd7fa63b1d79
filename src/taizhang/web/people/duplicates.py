"""疑似重复: the list, two residents side by side, the decision on them, and the merges made, which can be taken back."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.county import audit
from taizhang.county.duplicates import REASONS, decide, listed, pair_for
from taizhang.county.merging import MergeRefused, Records, may_merge, merge, records_of, set_aside, unmerge
from taizhang.county.models import DuplicatePair, Merge, Residency, Resident
from taizhang.county.people import SEXES, NotAllowed, describe
from taizhang.kernel.text import Text
from taizhang.web.people.asking import Reader, reader

PAGE = 30
_REGISTRATIONS = {"1": Text("户籍", "Registered here"), "2": Text("非户籍", "Not registered here")}
_NONE = Text("—", "—")


@dataclass(frozen=True, slots=True)
class Line:
    """One fact about both. differs: both state it, and not the same."""

    label: Text
    values: tuple[Text, Text]

    @property
    def differs(self) -> bool:
        first, second = (value.zh for value in self.values)
        return first != second and _NONE.zh not in (first, second)


def _pairs(asks: Reader, after: int) -> list[dict[str, object]]:
    rows = listed(asks.staff, asks.day, after=after, limit=PAGE + 1)
    keys = [key for row in rows for key in (row.first_id, row.second_id)]
    managing = asks.managing(keys)
    return [
        {
            "pk": row.pk,
            "score": row.score,
            "people": [(describe(person, asks.day), asks.name(managing.get(person.pk))) for person in (row.first, row.second)],
            "reasons": [REASONS[code] for code in row.reasons.split(",") if code in REASONS],
        }
        for row in rows
    ]


@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    asks = reader(request)
    written = request.GET.get("after", "0")
    after = int(written) if written.isascii() and written.isdigit() and len(written) < 7 else 0
    rows = _pairs(asks, after)
    facts = {"asks": asks, "pairs": rows[:PAGE], "following": after + PAGE if len(rows) > PAGE else None, "earlier": after > 0}
    return render(request, "web/people/duplicates.html", facts)


@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Side by side. Opening it opens both persons, and is written down for both."""
    asks = reader(request)
    try:
        found = pair_for(asks.staff, pk, asks.day)
    except NotAllowed:
        raise Http404 from None
    may = may_merge(asks.staff, (found.first_id, found.second_id), asks.day)
    fault: Text | None = None
    if request.method == "POST":
        if not may:
            raise Http404
        answer = _decided(request, asks, found)
        if not isinstance(answer, Text):
            return answer
        fault = answer
    else:
        for person in (found.first, found.second):
            audit.record(asks.staff, audit.OPEN_PERSON, person, {"purpose": "duplicate"})
    both = (found.first, found.second)
    own = tuple(records_of(person.pk, asks.staff) for person in both)
    facts = {
        "asks": asks,
        "pair": found,
        "reasons": [REASONS[code] for code in found.reasons.split(",") if code in REASONS],
        "lines": _lines(asks, both),
        "records": _records(own[0], own[1]),
        "people": both,
        "keep": request.POST.get("keep") or str(_suggested(both, own)),
        "reason": request.POST.get("reason", ""),
        "may": may,
        "fault": fault,
    }
    return render(request, "web/people/duplicate.html", facts, status=422 if fault else 200)


def _decided(request: HttpRequest, asks: Reader, found: DuplicatePair) -> HttpResponse | Text:
    """What was posted, done; or what is wrong with it."""
    reason, verdict, keep = request.POST.get("reason", "").strip(), request.POST.get("verdict", ""), request.POST.get("keep", "")
    if verdict == "different":
        decide(found.first_id, found.second_id, same=False, reason=reason, actor=asks.staff)
        messages.success(
            request, Text("已判定为两人，以后不再提示。", "Two people; nobody will be asked again.").in_language(asks.language)
        )
        return redirect("duplicates")
    if verdict != "same" or keep not in (str(found.first_id), str(found.second_id)):
        return Text("请选择保留哪一份档案。", "Choose which of the two is kept.")
    kept = int(keep)
    gone = found.second_id if kept == found.first_id else found.first_id
    try:
        made = merge(kept, gone, reason=reason, actor=asks.staff, day=asks.day)
    except MergeRefused as refused:
        return refused.text
    except NotAllowed:
        raise Http404 from None
    aside = set_aside(made)
    zh = "已合并，服务记录都归到保留的一份。" + (f"另有{aside}条同日重复的记录留存在合并记录中。" if aside else "")
    en = "Merged; all records are with the one kept." + (f" {aside} that could not stand twice are kept with the merge." if aside else "")
    messages.success(request, Text(zh, en).in_language(asks.language))
    return redirect("person", kept)


@require_GET
def merges(request: HttpRequest) -> HttpResponse:
    """The merges of residents within the reader's scope, the latest first."""
    asks = reader(request)
    page = Paginator(Merge.objects.select_related("merged_by", "undone_by").order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    keys = [made.kept for made in page]
    seen = asks.among(keys, asks.viewable)
    people = Resident.objects.in_bulk(list(seen))
    rows = [
        {"made": made, "shown": describe(people[made.kept], asks.day), "aside": set_aside(made)} for made in page if made.kept in people
    ]
    audit.record(asks.staff, audit.LIST_PEOPLE, detail={"filter": {"merges": True}, "count": len(rows)})
    return render(request, "web/people/merges.html", {"asks": asks, "rows": rows, "page": page})


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    asks = reader(request)
    try:
        unmerge(pk, reason=request.POST.get("reason", ""), actor=asks.staff, day=asks.day)
        done = Text("已撤销合并，两份档案恢复原状。", "The merge is taken back; both stand as before.")
        messages.success(request, done.in_language(asks.language))
    except MergeRefused as refused:
        messages.error(request, refused.text.in_language(asks.language))
    except NotAllowed:
        raise Http404 from None
    return redirect("merges")


# -- what stands side by side ------------------------------------------------------------------------------------------


def _said(value: object) -> Text:
    written = str(value) if value else ""
    return Text(written, written) if written else _NONE


def _lines(asks: Reader, both: tuple[Resident, Resident]) -> list[Line]:
    """Two queries: households and residencies."""
    people = {p.pk: p for p in Resident.objects.select_related("household").filter(pk__in=[p.pk for p in both])}
    first, second = (people[person.pk] for person in both)
    stays: dict[int, list[str]] = {first.pk: [], second.pk: []}
    for line in Residency.objects.filter(resident__in=(first, second)).order_by("started_on"):
        stays[line.resident_id].append(f"{asks.name(line.organisation_id)} {line.started_on}–{line.ended_on or ''}")

    def each(zh: str, en: str, of: object) -> Line:
        assert callable(of)
        return Line(Text(zh, en), (of(first), of(second)))

    return [
        each("姓名", "Name", lambda p: _said(p.name)),
        each("性别", "Sex", lambda p: SEXES.get(p.sex, _NONE)),
        each("出生日期", "Born", lambda p: _said(p.birth_date)),
        each("证件号末四位", "Document, last four", lambda p: _said(p.identity_tail)),
        each("健康档案编号", "Record number", lambda p: _said(p.record_number)),
        each("电话", "Phone", lambda p: _said(p.phone)),
        each("住址", "Address", lambda p: _said(p.household.address if p.household else "")),
        each("户编号", "Household", lambda p: _said(p.household.number if p.household else "")),
        each("常住类型", "Registration", lambda p: _REGISTRATIONS.get(p.registration, _NONE)),
        each("居住与管理", "Managed by", lambda p: _said("；".join(stays[p.pk]))),
        each("死亡日期", "Died", lambda p: _said(p.died_on)),
    ]


def _records(first: Records, second: Records) -> list[Line]:
    """How many records of each kind, and until when."""
    names = sorted({*first, *second})
    return [
        Line(Text(name, name), tuple(_counted(own.get(name)) for own in (first, second)))  # type: ignore[arg-type]
        for name in names
    ]


def _counted(found: tuple[int, object] | None) -> Text:
    return _NONE if found is None else Text(f"{found[0]}条，最近{found[1]}", f"{found[0]}, last {found[1]}")


def _suggested(both: tuple[Resident, Resident], own: tuple[Records, ...]) -> int:
    """Who has a document, then who has more records, then who was entered first."""
    weighed = [(bool(p.identity_hash), sum(count for count, _ in own[n].values()), -p.pk) for n, p in enumerate(both)]
    return both[0].pk if weighed[0] >= weighed[1] else both[1].pk
