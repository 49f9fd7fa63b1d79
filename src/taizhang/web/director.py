"""领导一页纸: one printed page for a director: twelve figures, three that lag, three things to decide, and who answers for each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from taizhang.county.models import Staff
from taizhang.figures.compute import Board
from taizhang.figures.model import Figure
from taizhang.figures.models import TargetDuty
from taizhang.kernel.indicators import Better, Status
from taizhang.kernel.text import Text
from taizhang.summaries.desk import plan
from taizhang.summaries.desk.models import Draft, DraftState, WorkState
from taizhang.web.asking import Asked, asked, chooser
from taizhang.web.board import key_figures
from taizhang.web.desk.rights import READERS
from taizhang.web.discretion import withheld, withheld_among
from taizhang.web.shown import Shown

FIGURES, BEHIND, DECISIONS = 12, 3, 3
OVERDUE = "rectification.overdue"  # problems past their day, where the home keeps that line of work


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for a figure: the leader in charge and the department that leads, where the year's tasks name them; else the
    organisation."""

    leader: str
    department: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Card:
    shown: Shown
    who: Answering


@dataclass(frozen=True, slots=True)
class Lagging:
    """A figure that lags. last: the unit below that stands last; None where none is compared."""

    shown: Shown
    who: Answering
    last: Shown | None


@dataclass(frozen=True, slots=True)
class Decision:
    what: Text
    detail: Text
    who: str
    url: str


def director(request: HttpRequest, organisation: str) -> HttpResponse:
    ask = asked(request, organisation)
    board = Board(ask.period, day=ask.day)
    below = [code for code in board.tree.children(ask.organisation) if code in ask.viewable]
    board.read_targets([ask.organisation])
    own = [board.figure(indicator, ask.organisation) for indicator in board.definitions(None)]
    open_ = [f for f in own if not withheld(f, ask.staff, ask.tree)]
    duties = {d.indicator: d for d in TargetDuty.objects.filter(year=ask.period.year)}
    keys = key_figures(open_, FIGURES, broad=True)
    lagging = behind(open_)
    facts = {
        "ask": ask,
        "chooser": chooser(ask),
        "cards": [Card(Shown(f, ask.language), _answering(f, duties, ask)) for f in keys],
        "behind": [Lagging(Shown(f, ask.language), _answering(f, duties, ask), _last(board, f, below, ask)) for f in lagging],
        "decisions": list(_decisions(ask, board, own, below))[:DECISIONS],
        "version": board.ledger.number,
    }
    return render(request, "web/director.html", facts)


def _answering(figure: Figure, duties: Mapping[str, TargetDuty], ask: Asked) -> Answering:
    duty = duties.get(figure.code)
    name = ask.name.in_language(ask.language)
    return Answering(duty.leader, duty.department, "" if duty.leader or duty.department else name) if duty else Answering("", "", name)


# -- what lags --------------------------------------------------------------------------------------------------------------------


def behind(figures: Sequence[Figure]) -> list[Figure]:
    """At most three, one a line of work: first those behind their target, the widest gap first; then those that fell most on last year."""
    usable = [f for f in figures if f.value is not None and f.status in (Status.OK, Status.PARTIAL)]
    late = sorted((f for f in usable if f.on_pace is False), key=_shortfall)
    worse = sorted((f for f in usable if f.target is None and _fell(f) < 0), key=_fell)
    found: dict[str, Figure] = {}
    for figure in (*late, *worse):
        if len(found) < BEHIND:
            found.setdefault(figure.indicator.programme, figure)
    return list(found.values())


def _shortfall(figure: Figure) -> Decimal:
    """Below nought: how far behind, in percent of the target."""
    if figure.pace is not None:
        return figure.pace
    if figure.completion is not None:
        return figure.completion - 100
    assert figure.target is not None
    assert figure.value is not None
    return (figure.target.value - figure.value) / (figure.target.value or 1) * 100


def _fell(figure: Figure) -> Decimal:
    """Percentage points a rate moved the wrong way on last year, below nought; nought for all others: counts differ with occasion."""
    change = figure.change_last_year
    if change is None or not figure.indicator.is_rate or change.unit == "%" or figure.indicator.better is Better.NEITHER:
        return Decimal(0)
    return change.value if figure.indicator.better is Better.HIGHER else -change.value


def _last(board: Board, figure: Figure, below: Sequence[str], ask: Asked) -> Shown | None:
    """The unit below with the worst rate, where units can be told apart by it and none is kept back."""
    if not figure.indicator.is_rate:
        return None
    units = [board.figure(figure.indicator, code) for code in below]
    if withheld_among(units, ask.staff, ask.tree):
        return None
    ranked = [u for u in units if u.rank is not None and u.value is not None and u.denominator]
    return Shown(max(ranked, key=lambda u: u.rank.place if u.rank else 0), ask.language) if len(ranked) > 1 else None


# -- what is to be decided ------------------------------------------------------------------------------------------------------------


def _decisions(ask: Asked, board: Board, own: Sequence[Figure], below: Sequence[str]) -> Iterable[Decision]:
    """Problems past their day, steps not done, documents that wait for a signature or a section, units that have not reported."""
    name = ask.name.in_language(ask.language)
    overdue = next((f for f in own if f.code == OVERDUE and f.value), None)
    if overdue is not None and not withheld(overdue, ask.staff, ask.tree):
        worst = max((board.figure(overdue.indicator, code) for code in below), key=lambda f: f.value or 0, default=None)
        most = worst.organisation_name if worst is not None and worst.value else ask.name
        yield Decision(
            Text(f"{overdue.printed}件问题逾期未整改", f"{overdue.printed} problems are past their day"),
            Text(f"{most.zh}最多，是否挂牌督办", f"most of them at {most.en}; is it to be taken up?"),
            most.in_language(ask.language), Shown(overdue, ask.language).url,
        )  # fmt: skip
    if ask.staff.role in READERS:
        yield from _documents(ask, name)
    owing = {m.organisation: m.name for f in own for m in f.missing if f.status in (Status.PARTIAL, Status.NOT_REPORTED)}
    lacking = [f for f in own if f.missing and f.status is Status.PARTIAL]
    if lacking:
        names = list(owing.values())
        yield Decision(
            Text(f"{len(owing)}家单位报表未报齐", f"{len(owing)} units have not reported in full"),
            Text(f"{names[0].zh}等，影响{len(lacking)}项指标，是否通报", f"{names[0].en} …; {len(lacking)} figures wait. Name them?"),
            names[0].in_language(ask.language), f"{reverse('board-of', args=[ask.organisation])}?{ask.query}",
        )  # fmt: skip


def _name(account: str) -> str:
    """Whose account it is; the account itself where nobody has it now."""
    return Staff.objects.filter(username=account).values_list("name", flat=True).first() or account


def _documents(ask: Asked, name: str) -> Iterable[Decision]:
    drafts = Draft.objects.filter(organisation_id=ask.organisation).exclude(state=DraftState.PUBLISHED).annotate(
        sections=Count("work"),
        waiting=Count("work", filter=Q(work__state=WorkState.HANDED_IN)),
        accepted=Count("work", filter=Q(work__state=WorkState.ACCEPTED)),
        late=Count("work", filter=Q(work__state__in=[WorkState.NOT_BEGUN, WorkState.RETURNED], work__deadline__lt=ask.day)),
    )  # fmt: skip
    for draft in drafts.order_by("-period_end")[:4]:
        url, title = reverse("desk-draft", args=[draft.pk]), draft.period.name
        if draft.state == DraftState.APPROVED:
            yield Decision(
                Text(f"{title.zh}文稿已审定待印发", f"The document of {title.en} awaits publishing"),
                Text(f"{_name(draft.approved_by)}审定", f"approved by {_name(draft.approved_by)}"), _name(draft.made_by), url,
            )  # fmt: skip
        elif draft.sections and draft.accepted == draft.sections:
            yield Decision(
                Text(f"{title.zh}文稿待审定", f"The document of {title.en} awaits approval"),
                Text(f"{draft.sections}节全部采用", f"all {draft.sections} sections are accepted"), _name(draft.made_by), url,
            )  # fmt: skip
        elif draft.waiting:
            yield Decision(
                Text(f"{title.zh}文稿{draft.waiting}节待采用", f"{draft.waiting} sections of {title.en} await acceptance"),
                Text(f"共{draft.sections}节，已采用{draft.accepted}节", f"{draft.accepted} of {draft.sections} accepted"),
                _name(draft.made_by), url,
            )  # fmt: skip
        elif draft.late:
            yield Decision(
                Text(f"{title.zh}文稿{draft.late}节逾期未交", f"{draft.late} sections of {title.en} are past their day"),
                Text(f"共{draft.sections}节，是否催办", f"of {draft.sections}; are their owners to be pressed?"), _name(draft.made_by), url,
            )  # fmt: skip
    published = Draft.objects.filter(organisation_id=ask.organisation, state=DraftState.PUBLISHED).exclude(plan=None)
    last = published.order_by("-period_end").first()
    if last is None:
        return
    for result in plan.results(list(last.plan.all()), ask.organisation, ask.period.cutoff):
        if result.outcome is plan.Outcome.NOT_DONE:
            item = result.item
            shown = Shown(result.figure, ask.language) if result.figure is not None else None
            now = shown.value if shown else Text("未办", "not done").in_language(ask.language)
            yield Decision(
                Text(f"打算未完成：{item.head}", f"A step is not done: {item.head_en or item.head}"),
                Text(f"期限{item.due_on}，现为{now}", f"due {item.due_on}, now {now}"),
                item.lead or name, shown.url if shown else reverse("desk-plan", args=[last.pk]),
            )  # fmt: skip
