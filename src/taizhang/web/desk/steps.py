"""Next steps 打算: those of the draft, and what became of the last document's."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.summaries.desk import plan
from taizhang.summaries.desk.errors import DeskError
from taizhang.summaries.desk.models import PlanItem
from taizhang.summaries.phrases import plain
from taizhang.web.desk.draft import common
from taizhang.web.desk.made import made
from taizhang.web.desk.posting import day_of, decimal_of, done, field, number_of, said, twin
from taizhang.web.desk.rights import Opened, opened
from taizhang.web.shown import Shown


def steps(request: HttpRequest, number: int) -> HttpResponse:
    place = opened(request, number)
    if request.method != "POST":
        return _page(request, place)
    if not place.writes:
        raise Http404
    try:
        text = _change(request, place)
    except Refusal as refusal:
        return _page(request, place, said(refusal, place.language), 422, posted=True)
    done(request, text)
    return redirect("desk-plan", number)


def _change(request: HttpRequest, place: Opened) -> Text:
    what, draft = field(request, "do", 10), place.draft
    if what == "draft":
        made_ = plan.draft_items(draft, made(draft, place.language, place.ask.day).document, by=place.staff)
        return Text(f"已按数字起草，现有{len(made_)}项。", f"Drafted from the figures; there are {len(made_)} steps.")
    if what == "note":
        before = plan.last_published(draft)
        item = before.plan.filter(pk=number_of(request, "item")).first() if before is not None else None
        if item is None:
            raise DeskError(Text("上一份文稿没有这一项打算。", "The last document has no such step."))
        plan.note_result(item, request.POST.get("done") == "1", field(request, "note", 200), by=place.staff)
        return Text("完成情况已填写。", "What became of it is noted.")
    which = number_of(request, "number")
    if what == "remove" and which is not None:
        plan.remove_item(draft, which, by=place.staff)
        return Text(f"第{which}项已删除。", f"Step {which} is deleted.")
    item = _set(request, place, which)
    return Text(f"第{item.number}项已保存。", f"Step {item.number} is kept.")


def _set(request: HttpRequest, place: Opened, which: int | None) -> PlanItem:
    """Only what differs from the stored step is a change: a drafted one whose words stand goes on following its figures."""
    stored = place.draft.plan.filter(number=which).first() if which is not None else None
    head, measure = field(request, "head", 80), field(request, "measure", 400)
    due, target = day_of(request, "due_on"), decimal_of(request, "target")
    indicator = field(request, "indicator", 80)
    same = stored is not None
    return plan.set_item(
        place.draft, which, by=place.staff,
        head=None if same and stored.head == head else twin(head, field(request, "head_en", 160)),
        measure=None if same and stored.measure == measure else twin(measure, field(request, "measure_en", 600)),
        lead=field(request, "lead", 60),
        due_on=None if same and stored.due_on == due else due,
        indicator=None if same and stored.indicator == indicator else indicator,
        target=None if same and stored.target == target else target,
    )  # fmt: skip


def _page(request: HttpRequest, place: Opened, faults: Sequence[str] = (), status: int = 200, *, posted: bool = False) -> HttpResponse:
    document = made(place.draft, place.language, place.ask.day)
    items = list(place.draft.plan.all())
    facts = {
        **common(place, "plan"),
        "items": [(item, _name(item), _plain(item)) for item in items],
        "results": [
            (r, _name(r.item), Shown(r.figure, place.language) if r.figure is not None else None, _plain(r.item)) for r in document.results
        ],
        "faults": list(faults),
        "posted": request.POST if posted else {},
        "indicators": sorted(((code, of[-1].name) for code, of in registry.indicators.items()), key=lambda pair: pair[0]),
    }
    return render(request, "web/desk/plan.html", facts, status=status)


def _name(item: PlanItem) -> Text | None:
    return registry.indicators[item.indicator][-1].name if item.indicator in registry.indicators else None


def _plain(item: PlanItem) -> str:
    """The target without the noughts of its column."""
    return "" if item.target is None else plain(item.target)
