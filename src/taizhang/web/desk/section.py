"""The editor of a section: what the figures say, what people write beside last year's words, and the numbers they typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from taizhang.figures.model import Figure
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.summaries.chapters import chapter_of
from taizhang.summaries.desk import human, sections
from taizhang.summaries.desk.errors import DeskError
from taizhang.summaries.desk.models import HumanText, WorkState
from taizhang.summaries.desk.quantities import Sort
from taizhang.summaries.render import written_code
from taizhang.web import sheet
from taizhang.web.desk.draft import WORK_STATES, common, heading_of, section_codes, sentences_of
from taizhang.web.desk.made import gathered, made
from taizhang.web.desk.posting import done, field, number_of, said, twin
from taizhang.web.desk.rights import Opened, opened
from taizhang.web.discretion import withheld
from taizhang.web.shown import Shown

_FOUND = 20
_STEP_NAMES = {
    WorkState.HANDED_IN: Text("交稿", "Hand in"),
    WorkState.RETURNED: Text("退回", "Return"),
    WorkState.ACCEPTED: Text("采用", "Accept"),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed number as the editor lists it. bulletin: only a bulletin may say it."""

    key: str
    text: str
    bound: Text | None
    bulletin: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A paragraph in its form, as stored or as just typed."""

    number: int
    head: str
    head_en: str
    text: str
    text_en: str
    leads: bool
    stored: bool
    written_by: str
    typed: list[Typed]


@dataclass(frozen=True, slots=True)
class Offered:
    """A figure of the picker, and what a writer puts into the text to have it."""

    shown: Shown
    code: str
    programme: Text
    ways: list[tuple[str, Text]]


# -- the page ----------------------------------------------------------------------------------------------------------------------


def section(request: HttpRequest, number: int, section: str) -> HttpResponse:
    place = opened(request, number)
    if section not in sections.known_sections():
        raise Http404
    if request.method == "POST":
        return _posted(request, place, section)
    return _page(request, place, section, query=request.GET.get("q", "").strip()[:40])


def _posted(request: HttpRequest, place: Opened, section: str) -> HttpResponse:
    """What a form of the page asks for: do=save, remove, bind, source, sign or a step of the section."""
    what = field(request, "do", 20)
    try:
        if what in WorkState.values:
            return _step(request, place, section, WorkState(what))
        if not place.writes_section(section):
            raise Http404
        said_ = _write(request, place, section, what)
    except Refusal as refusal:
        typed = _as_typed(request) if what == "save" else None
        return _page(request, place, section, said(refusal, place.language), 422, typed=typed)
    done(request, said_)
    return _back(place, section)


def _back(place: Opened, section: str) -> HttpResponseRedirect:
    return redirect("desk-section", place.draft.pk, section)


def _write(request: HttpRequest, place: Opened, section: str, what: str) -> Text:
    draft = place.draft
    if what == "save":
        kept = human.write(
            draft.organisation_id, section, draft.period, request.POST.get("text", "")[:8000], by=place.staff,
            head=twin(field(request, "head", 60), field(request, "head_en", 120)), text_en=request.POST.get("text_en", "")[:12000],
            number=number_of(request, "number") or 1, leads=request.POST.get("leads") != "0",
        )  # fmt: skip
        return Text(f"第{kept.number}段已保存。", f"Paragraph {kept.number} is kept.")
    written = _paragraph(request, place, section)
    if what == "remove":
        human.remove(written, by=place.staff)
        return Text(f"第{written.number}段已删除。", f"Paragraph {written.number} is deleted.")
    key = request.POST.get("key", "")[:120]
    if what == "bind":
        human.bind_to_figure(written, key, field(request, "figure", 120), by=place.staff)
        return Text("手填数已换成指标。", "A figure stands in its place.")
    if what == "source":
        human.bind_to_source(written, key, field(request, "source", 200), by=place.staff)
        return Text("已注明来源。", "Its source is named.")
    if what == "sign":
        human.sign(written, key, by=place.staff)
        return Text("已签字。", "Signed.")
    raise Http404


def _paragraph(request: HttpRequest, place: Opened, section: str) -> HumanText:
    wanted = number_of(request, "number")
    found = next((t for t in human.of_period(place.draft.organisation_id, place.draft.period, section) if t.number == wanted), None)
    if found is None:
        raise DeskError(Text(
            f"没有第{wanted}段，可能已被他人删除。请核对本节现有的文字。", f"There is no paragraph {wanted}; somebody may have deleted it."
        ))  # fmt: skip
    return found


def _step(request: HttpRequest, place: Opened, section: str, to: WorkState) -> HttpResponse:
    """Owners hand in; the office of the document, and who approves it, accepts or returns."""
    work = next((w for w in place.draft.work.all() if w.section == section), None)
    allowed = place.writes_section(section) if to is WorkState.HANDED_IN else place.writes or place.approves
    if work is None or not allowed:
        raise Http404
    sections.step(work, to, by=place.staff, reason=field(request, "reason", 200))
    name = WORK_STATES[to]
    done(request, Text(f"本节{name.zh}。", f"The section is {name.en}."))
    return _back(place, section)


def _as_typed(request: HttpRequest) -> Written:
    try:
        number = number_of(request, "number") or 1
    except DeskError:
        number = 1
    return Written(
        number, field(request, "head", 60), field(request, "head_en", 120), request.POST.get("text", ""), request.POST.get("text_en", ""),
        request.POST.get("leads") != "0", False, "", [],
    )  # fmt: skip


def _page(
    request: HttpRequest, place: Opened, section: str, faults: Sequence[str] = (), status: int = 200, *, typed: Written | None = None,
    query: str = "",
) -> HttpResponse:  # fmt: skip
    draft = place.draft
    assembled = made(draft, place.language, place.ask.day)
    now, before = human.beside(draft.organisation_id, section, draft.period)
    heading, known = heading_of(draft, section), sections.known_sections()[section]
    written = [_shown(text) for text in now]
    carried = next((t for t in before if str(t.pk) == request.GET.get("carry", "")), None)
    free = max((t.number for t in now), default=0) + 1
    if typed is not None:
        written = [w if w.number != typed.number else _merged(typed, w) for w in written]
    fresh = (
        typed
        if typed is not None and all(w.number != typed.number for w in written)
        else Written(free, carried.head, carried.head_en, carried.text, carried.text_en, carried.leads, False, "", [])
        if carried
        else Written(free, "", "", "", "", True, False, "", [])
    )
    work = next((w for w in draft.work.all() if w.section == section), None)
    codes = section_codes(draft)
    at = codes.index(section) if section in codes else -1
    facts = {
        **common(place, "section"),
        "section": section,
        "heading": heading,
        "work": work,
        "work_state": WORK_STATES[WorkState(work.state)] if work else None,
        "steps": work.steps.order_by("-at")[:6] if work else [],
        "may": _steps(place, section, work.state if work else ""),
        "writes": place.writes_section(section),
        "drafted": [(head, sheet.sentences(said_, place.language)) for head, said_ in sentences_of(assembled.document, draft, section)],
        "written": written,
        "fresh": fresh,
        "before": before,
        "last_year": draft.period.same_period_last_year(),
        "contradictions": [c.message for c in assembled.contradictions if c.place in (heading.zh, known.zh)],
        "faults": list(faults),
        "query": query,
        "offered": _offered(place, section, query),
        "previous": codes[at - 1] if at > 0 else "",
        "next": codes[at + 1] if 0 <= at < len(codes) - 1 else "",
    }
    return render(request, "web/desk/section.html", facts, status=status)


def _steps(place: Opened, section: str, state: str) -> list[tuple[str, Text]]:
    if not state or not place.is_open:
        return []
    following = sections.STEPS[WorkState(state)]
    return [
        (s.value, _STEP_NAMES[s])
        for s in following
        if (place.writes_section(section) if s is WorkState.HANDED_IN else place.writes or place.approves)
    ]


def _shown(text: HumanText) -> Written:
    typed = [Typed(t.quantity.key, t.quantity.text, t.bound, t.quantity.sort is Sort.REFERENCE) for t in human.typed(text)]
    return Written(text.number, text.head, text.head_en, text.text, text.text_en, text.leads, True, text.written_by, typed)


def _merged(typed: Written, stored: Written) -> Written:
    """What was typed over a stored paragraph that could not be kept as typed."""
    return Written(typed.number, typed.head, typed.head_en, typed.text, typed.text_en, typed.leads, True, stored.written_by, stored.typed)


# -- the picker ----------------------------------------------------------------------------------------------------------------------


def figures(request: HttpRequest, number: int, section: str) -> HttpResponse:
    """The picker's answer: a part of the page."""
    place = opened(request, number)
    if section not in sections.known_sections():
        raise Http404
    query = request.GET.get("q", "").strip()[:40]
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('desk-section', args=[number, section])}?{urlencode({'q': query})}")
    facts = {"offered": _offered(place, section, query), "query": query, "language": place.language}
    return render(request, "web/desk/_offered.html", facts)


def _offered(place: Opened, section: str, query: str) -> list[Offered]:
    """Figures by name or code; those of the section's own lines of work first, totals before categories."""
    words = query.lower().split()
    draft = place.draft
    found = gathered(draft.period, draft.organisation_id, version=draft.ledger_version, day=place.ask.day).own
    matching = [f for f in found if (f.is_total or words) and all(w in _spoken(f) for w in words)]
    if not words:
        matching = [f for f in matching if _is_of(f, section) and f.value is not None]
    matching.sort(key=lambda f: (not _is_of(f, section), not f.is_total, f.value is None))
    return [_offer(f, place) for f in matching[:_FOUND]]


def _spoken(figure: Figure) -> str:
    category = f"{figure.category_name.zh} {figure.category_name.en}" if figure.category_name else ""
    return f"{figure.indicator.name.zh} {figure.indicator.name.en} {figure.code} {category}".lower()


def _is_of(figure: Figure, section: str) -> bool:
    programme = registry.programmes.get(figure.indicator.programme)
    if programme is None:
        return False
    return programme.code == section or (section.isdigit() and chapter_of(programme.order).hundred == int(section))


def _offer(figure: Figure, place: Opened) -> Offered:
    code = written_code(figure.code, figure.category)
    ways = [(f"{{{code}}}", Text("数值", "value"))]
    if figure.denominator is not None:
        ways += [(f"{{{code}:numerator}}", Text("分子", "numerator")), (f"{{{code}:denominator}}", Text("分母", "denominator"))]
    if figure.change_last_year is not None:
        ways.append(
            (f"{{{code}:points}}", Text("较上年", "on last year"))
            if figure.indicator.is_rate
            else (f"{{{code}:growth}}", Text("同比增幅", "growth"))
        )
    if figure.completion is not None:
        ways.append((f"{{{code}:completion}}", Text("完成率", "completion")))
    shown = Shown(figure, place.language, withheld(figure, place.staff, place.ask.tree))
    return Offered(shown, code, registry.programmes[figure.indicator.programme].name, ways)
