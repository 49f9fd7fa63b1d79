"""The desk's first page: documents in the making and published ones, and a new one."""

from collections.abc import Mapping

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from taizhang.county.models import Staff
from taizhang.kernel.periods import Period, PeriodError
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.summaries.desk import drafts
from taizhang.summaries.desk.kinds import KINDS
from taizhang.summaries.desk.models import Draft, DraftState, KindCode, Layout, WorkState
from taizhang.summaries.publishing.models import Publication
from taizhang.web.asking import Asked, span_text, spans
from taizhang.web.desk.posting import done, field, said
from taizhang.web.desk.rights import desk_asked, may_write_for

STATES: Mapping[str, Text] = {
    DraftState.DRAFTING: Text("起草中", "drafting"),
    DraftState.APPROVED: Text("已审定", "approved"),
    DraftState.PUBLISHED: Text("已印发", "published"),
}
TITLES: Mapping[str, Text] = {
    KindCode.MONTH: Text("工作小结", "brief"),
    KindCode.QUARTER: Text("工作小结", "digest"),
    KindCode.HALF: Text("工作总结", "summary"),
    KindCode.MONTHS: Text("工作总结", "summary"),
    KindCode.YEAR: Text("工作总结", "summary"),
    KindCode.SPECIAL: Text("专题报告", "special report"),
}
LAYOUTS: Mapping[str, Text] = {
    Layout.NESTED: Text("一、（一）一是…", "1. (1) First …"),
    Layout.FLAT: Text("一、1. …", "1. 1. …"),
}
_SHOWN = 40


def desk(request: HttpRequest) -> HttpResponse:
    return _page(request, desk_asked(request))


def new(request: HttpRequest) -> HttpResponse:
    """Open a draft; on a fault the same page comes back with what was chosen."""
    ask = desk_asked(request)
    if request.method != "POST":
        return _page(request, ask)
    if not may_write_for(ask.staff, ask.staff.organisation_id):
        raise Http404
    try:
        text = field(request, "period", 40) or span_text(field(request, "year", 4), field(request, "span", 6))
        made = drafts.open_draft(
            ask.staff.organisation_id, field(request, "kind", 10), Period.parse(text), by=ask.staff,
            layout=field(request, "layout", 10) or Layout.NESTED, programme=field(request, "programme", 40),
        )  # fmt: skip
    except PeriodError as error:
        return _page(request, ask, faults=[str(error)], status=422)
    except Refusal as refusal:
        return _page(request, ask, faults=said(refusal, ask.language), status=422)
    done(request, Text("工作稿已建立。请先分派章节。", "The draft is open. Assign its sections first."))
    return redirect("desk-draft", made.pk)


def _page(request: HttpRequest, ask: Asked, faults: list[str] | None = None, status: int = 200) -> HttpResponse:
    shown = (
        Draft.objects.filter(organisation_id__in=ask.viewable)
        .select_related("organisation")
        .annotate(
            sections=Count("work"),
            accepted=Count("work", filter=Q(work__state=WorkState.ACCEPTED)),
            returned=Count("work", filter=Q(work__state=WorkState.RETURNED)),
        )
        .order_by("state", "-period_end", "-pk")[:_SHOWN]
    )
    own = Draft.objects.filter(work__owner=ask.staff, state=DraftState.DRAFTING, organisation_id__in=ask.viewable).exclude(
        work__state=WorkState.ACCEPTED
    )
    publications = list(Publication.objects.filter(organisation__in=ask.viewable)[:_SHOWN])
    names = dict(Staff.objects.filter(username__in={each.published_by for each in publications}).values_list("username", "name"))
    facts = {
        "ask": ask,
        "drafts": [(d, TITLES[d.kind], STATES[d.state], _programme(d)) for d in shown],
        "mine": own.filter(work__owner=ask.staff).distinct().count(),
        "publications": [(each, names.get(each.published_by, each.published_by)) for each in publications],
        "writes": may_write_for(ask.staff, ask.staff.organisation_id),
        "own": ask.tree.name(ask.staff.organisation_id) if ask.staff.organisation_id in ask.tree else None,
        "kinds": [(k.code.value, k.name, k.periods) for k in KINDS.values()],
        "layouts": LAYOUTS.items(),
        "programmes": [(p.code, p.name) for p in registry.programmes.values()],
        "years": range(ask.day.year, ask.day.year - 4, -1),
        "spans": spans(ask.language),
        "faults": faults or [],
        "posted": request.POST,
    }
    return render(request, "web/desk/front.html", facts, status=status)


def _programme(draft: Draft) -> Text | None:
    return registry.programmes[draft.programme].name if draft.programme in registry.programmes else None
