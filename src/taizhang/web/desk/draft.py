"""A draft: its table of contents with owners, deadlines and states; what is still open; approval, publishing, downloads, preview."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from taizhang.config import home
from taizhang.county import audit
from taizhang.county.models import ScopeGrant, Staff
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.summaries.chapters import CHAPTERS, OTHER
from taizhang.summaries.desk import drafts, human, sections
from taizhang.summaries.desk.assemble import STATE_OF_THINGS, Assembled
from taizhang.summaries.desk.kinds import KINDS
from taizhang.summaries.desk.models import Draft, DraftState, KindCode, SectionStep, SectionWork, WorkState
from taizhang.summaries.document import Document, Sentence
from taizhang.summaries.publishing.adding_up import LONGEST_REASON, DoesNotAddUp, Finding
from taizhang.summaries.publishing.models import Publication
from taizhang.summaries.word import to_bytes
from taizhang.web import sheet
from taizhang.web.desk.front import LAYOUTS, STATES, TITLES
from taizhang.web.desk.made import made
from taizhang.web.desk.posting import day_of, done, field, said
from taizhang.web.desk.rights import READERS, Opened, opened
from taizhang.web.summary import COPIES, attached

WORK_STATES = {
    WorkState.NOT_BEGUN: Text("未开始", "not begun"),
    WorkState.HANDED_IN: Text("已交稿", "handed in"),
    WorkState.RETURNED: Text("退回", "returned"),
    WorkState.ACCEPTED: Text("已采用", "accepted"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A section in the table of contents. numbers: figures it prints; texts: paragraphs people wrote; unbound: typed numbers without
    an answer, of all typed ones."""

    code: str
    heading: Text
    work: SectionWork | None
    state: Text | None
    reason: str
    late: bool
    numbers: int
    texts: int
    typed: int
    unbound: int
    own: bool


# -- sections of a document -----------------------------------------------------------------------------------------------------


def section_codes(draft: Draft) -> list[str]:
    """The sections this document has, in the bureau's order."""
    kind = KINDS[KindCode(draft.kind)]
    if kind.code is KindCode.SPECIAL:
        return [draft.programme, sections.PROBLEMS]
    order = sections.order_of(draft.organisation_id)
    chapters = [str(c.hundred) for c in (*CHAPTERS, OTHER)]
    chapters.sort(key=lambda c: (order[c].position if c in order else len(order) + 1, int(c)))
    return [sections.OPENING, *chapters] if kind.digest else [sections.OPENING, *chapters, sections.PROBLEMS]


def heading_of(draft: Draft, code: str) -> Text:
    place = sections.order_of(draft.organisation_id).get(code)
    return (place.heading if place else None) or sections.known_sections()[code]


def sentences_of(document: Document, draft: Draft, code: str) -> list[tuple[Text | None, Sequence[Sentence]]]:
    """What the document says in a section: run-in heads and sentences."""
    if code == sections.OPENING:
        return [(None, document.opening.sentences)]
    if code.isdigit():
        return [(p.head, p.sentences) for part in document.parts for s in part.sections if s.chapter == int(code) for p in s.paragraphs]
    if code == draft.programme:
        return [(p.head, p.sentences) for part in document.parts if part.heading == STATE_OF_THINGS for p in part.paragraphs]
    return [(p.head, p.sentences) for part in document.parts if part.heading.zh.endswith("问题") for p in part.paragraphs]


# -- table of contents -----------------------------------------------------------------------------------------------------------


def draft(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, opened(request, number))


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding that keeps the document from going out, and the reason typed for it so far."""

    finding: Finding
    reason: str


def _page(
    request: HttpRequest, place: Opened, faults: Sequence[str] = (), status: int = 200, standing: Sequence[Standing] = ()
) -> HttpResponse:
    document = made(place.draft, place.language, place.ask.day)
    rows = _rows(place, document)
    facts = {
        **common(place, "contents"),
        "made": document,
        "numbers": len(document.document.spans()),
        "rows": rows,
        "done": sum(r.work is not None and r.work.state == WorkState.ACCEPTED for r in rows),
        "assigned": sum(r.work is not None for r in rows),
        "open_points": [t.in_language(place.language) for t in _points(document)] if place.is_open else [],
        "owners": _owners(place) if place.writes else [],
        "faults": list(faults),
        "standing": standing,
        "publication": Publication.objects.filter(draft=place.draft).first(),
        "copies": COPIES.items(),
        "posted": request.POST,
    }
    return render(request, "web/desk/draft.html", facts, status=status)


def _points(document: Assembled) -> Iterator[Text]:
    """What is open, as the page lists it: with typed numbers that nobody answers for, though the approver may let them stand."""
    yield from document.open_points()
    if document.unbound:
        yield document.unbound_point()


def common(place: Opened, here: str) -> dict[str, object]:
    """What every page of a draft shows in its head."""
    draft = place.draft
    return {
        "ask": place.ask,
        "place": place,
        "draft": draft,
        "here": here,
        "kind": TITLES[draft.kind],
        "state": STATES[draft.state],
        "layout": LAYOUTS[draft.layout],
        "programme": registry.programmes[draft.programme].name if draft.programme in registry.programmes else None,
        "organisation": draft.organisation.label,
        **_signed(draft),
    }


def _signed(draft: Draft) -> dict[str, str]:
    """Who approved, returned and published it, by name where the account is known."""
    accounts = {"approved_by": draft.approved_by, "returned_by": draft.returned_by, "published_by": draft.published_by}
    names = dict(Staff.objects.filter(username__in=accounts.values()).values_list("username", "name"))
    return {step: names.get(account, account) for step, account in accounts.items()}


def _rows(place: Opened, document: Assembled) -> list[Row]:
    draft = place.draft
    work = {w.section: w for w in draft.work.all()}
    reasons: dict[int, str] = {}
    for step in SectionStep.objects.filter(work__draft=draft, state=WorkState.RETURNED).order_by("at"):
        reasons[step.work_id] = step.reason
    order = sections.order_of(draft.organisation_id)
    known = sections.known_sections()
    texts: dict[str, list[human.TypedNumber]] = {}
    counts: dict[str, int] = {}
    for text in human.of_period(draft.organisation_id, draft.period):
        counts[text.section] = counts.get(text.section, 0) + 1
        texts.setdefault(text.section, []).extend(human.typed(text))
    rows = []
    for code in dict.fromkeys([*section_codes(draft), *work]):
        heading = (order[code].heading if code in order else None) or known[code]
        own, typed = work.get(code), texts.get(code, [])
        spoken = sentences_of(document.document, draft, code)
        rows.append(
            Row(
                code,
                heading,
                own,
                WORK_STATES[WorkState(own.state)] if own else None,
                reasons.get(own.pk, "") if own is not None and own.state == WorkState.RETURNED else "",
                _late(own, place.ask.day),
                sum(len(s.spans()) for _, said_ in spoken for s in said_),
                counts.get(code, 0),
                len(typed),
                sum(t.binding is None for t in typed),
                own is not None and own.owner_id == place.staff.pk,
            )
        )
    return rows


def _late(work: SectionWork | None, day: date) -> bool:
    waiting = work is not None and work.state in (WorkState.NOT_BEGUN, WorkState.RETURNED)
    return waiting and work is not None and work.deadline is not None and work.deadline < day


def _owners(place: Opened) -> list[Staff]:
    """Whom a section can be given: people of a post with a desk who may see the organisation's documents."""
    above = set(place.ask.tree.path(place.draft.organisation_id))
    viewing = ScopeGrant.objects.filter(organisation_id__in=above, may_view=True).values("staff_id")
    found = Staff.objects.filter(pk__in=viewing, is_active=True, role__in=READERS).select_related("organisation")
    return list(found.order_by("organisation_id", "name"))


def assign(request: HttpRequest, number: int, section: str) -> HttpResponse:
    """Give a section its owner, deadline and cut-off; an empty form takes the assignment back while it is not begun."""
    place = opened(request, number)
    if request.method != "POST":  # a language chosen or a session renewed on the page of a refusal
        return _page(request, place)
    if not place.writes:
        raise Http404
    try:
        owner = None
        if chosen := field(request, "owner", 40):
            owner = next((s for s in _owners(place) if s.username == chosen), None)
            if owner is None:
                raise Http404
        deadline, cutoff = day_of(request, "deadline"), day_of(request, "cutoff")
        sections.assign(place.draft, section, owner, by=place.staff, deadline=deadline, cutoff=cutoff)
    except (Refusal, ValueError) as refusal:
        return _page(request, opened(request, number), told(refusal, place.language), 422)
    name = sections.known_sections()[section]
    done(request, Text(f"“{name.zh}”已分派。", f"{name.en}: assigned."))
    return redirect("desk-draft", number)


def told(error: Exception, language: str) -> list[str]:
    """Why, whether the desk refused it or a period did."""
    return said(error, language) if isinstance(error, Refusal) else [str(error)]


# -- preview and files ---------------------------------------------------------------------------------------------------------------


def preview(request: HttpRequest, number: int) -> HttpResponse:
    place = opened(request, number)
    document = made(place.draft, place.language, place.ask.day)
    english = request.GET.get("english") == "1"
    facts = {
        **common(place, "preview"),
        "made": document,
        "document": document.document,
        "paragraphs": sheet.paragraphs(document.document, place.language),
        "table": sheet.place_table(document.document, place.language),
        "english": english,
        "numbers": len(document.document.spans()),
        "answered": document.typed - len(document.unbound),
        "copies": COPIES.items(),
    }
    return render(request, "web/desk/preview.html", facts)


def download(request: HttpRequest, number: int, copy: str) -> HttpResponse:
    """The Word file, made now; one audit line."""
    place = opened(request, number)
    if copy not in COPIES:
        raise Http404
    document = made(place.draft, place.language, place.ask.day).document
    contents = to_bytes(document, review=copy == "review")
    detail = {
        "file": copy, "draft": number, "organisation": place.draft.organisation_id, "period": str(place.draft.period),
        "ledger_version": document.ledger_version,
    }  # fmt: skip
    audit.record(place.staff, audit.EXPORT, detail=detail)
    return attached(contents, f"{document.title.zh}（{COPIES[copy].zh}）.docx", f"draft-{number}-{copy}.docx")


# -- approval, publishing -----------------------------------------------------------------------------------------------------------


def approve(request: HttpRequest, number: int) -> HttpResponse:
    """审定. Refused with every reason; typed numbers without an answer stand only where the approver says so."""
    place = opened(request, number)
    if request.method != "POST":  # a language chosen or a session renewed on the page of a refusal
        return _page(request, place)
    if not place.approves:
        raise Http404
    try:
        unbound = request.POST.get("accept_unbound") == "1"
        drafts.approve(place.draft, place.staff, accept_unbound=unbound, why=field(request, "why", LONGEST_REASON))
    except Refusal as refusal:
        return _page(request, opened(request, number), said(refusal, place.language), 422)
    done(request, Text("已审定，数字固定在当前台账版本。", "Approved: its figures stay at this ledger version."))
    return redirect("desk-draft", number)


def reopen(request: HttpRequest, number: int) -> HttpResponse:
    place = opened(request, number)
    if request.method != "POST":  # a language chosen or a session renewed on the page of a refusal
        return _page(request, place)
    if not place.approves:
        raise Http404
    try:
        drafts.reopen(place.draft, place.staff, field(request, "reason", 200))
    except Refusal as refusal:
        return _page(request, opened(request, number), said(refusal, place.language), 422)
    done(request, Text("已退回起草。", "Back to drafting."))
    return redirect("desk-draft", number)


def publish(request: HttpRequest, number: int) -> HttpResponse:
    """印发: freeze it. What does not add up is shown; the approver may let each stand with a reason (reason-<mark>)."""
    place = opened(request, number)
    if request.method != "POST":  # a language chosen or a session renewed on the page of a refusal
        return _page(request, place)
    if not (place.publishes or (place.approves and place.draft.state == DraftState.APPROVED)):
        raise Http404
    signed = {name.removeprefix("reason-"): field(request, name, LONGEST_REASON) for name in request.POST if name.startswith("reason-")}
    if any(signed.values()) and not place.approves:
        raise Http404
    try:
        publication = drafts.publish(place.draft, place.staff, home.current().working_day(), signed)
    except DoesNotAddUp as refusal:
        told = [Standing(finding, signed.get(finding.mark, "")) for finding in refusal.findings]
        return _page(request, opened(request, number), said(refusal, place.language) if any(signed.values()) else (), 422, told)
    except Refusal as refusal:
        return _page(request, opened(request, number), said(refusal, place.language), 422)
    count = publication.figure_count
    done(request, Text(f"已印发，冻结{count}个数字。", f"Published; {count} figures are frozen."))
    return redirect("desk-publication", publication.pk)


def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Delete a draft that was never approved; what people wrote stays with the period."""
    place = opened(request, number)
    if request.method != "POST":  # a language chosen or a session renewed on the page of a refusal
        return _page(request, place)
    if not place.writes:
        raise Http404
    try:
        drafts.discard(place.draft, place.staff)
    except Refusal as refusal:
        return _page(request, opened(request, number), said(refusal, place.language), 422)
    done(request, Text("工作稿已删除，各节的文字仍留在本期。", "The draft is deleted; its paragraphs stay with the period."))
    return redirect("desk")
