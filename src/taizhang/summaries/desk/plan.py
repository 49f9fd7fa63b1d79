"""Next steps 打算: numbered, with measure, lead department, day, indicator and target. Drafted from the problems of a document, edited by
people; once the document is published they are what the next one opens with.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db import transaction

from taizhang.county.changes import acting_as
from taizhang.county.models import Staff
from taizhang.figures import compute
from taizhang.figures.model import Figure
from taizhang.kernel import arithmetic
from taizhang.kernel.indicators import Better, Indicator, Status
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.summaries import phrases, wording
from taizhang.summaries.desk.errors import DeskError
from taizhang.summaries.desk.models import Draft, DraftState, Goal, PlanItem
from taizhang.summaries.desk.quantities import find
from taizhang.summaries.desk.sections import must_be_drafting, who
from taizhang.summaries.document import Document, FigureSpan, Paragraph, Part, Run, Sentence, Typed, Words
from taizhang.summaries.phrases import Bilingual, Phrase, span
from taizhang.summaries.render import capitalised, close, merge
from taizhang.summaries.wording import lowered

ORIGIN = "plan: "  # what drafting writes as the origin of a step, before the kind of problem it answers

ITEM = Phrase(
    "plan", Text("人定的打算", "a step set by people"), Text("{due}前，{lead}{measure}{goal}。", "By {due}{lead}: {measure}{goal}.")
)
LEAD = Text("由{lead}牵头，", ", led by {lead}")
REACH = Phrase("plan", Text("有目标值", "with a target"), Text("，{name}达到{target}以上", ", and {name} reaches {target} or more"))
WITHIN = Phrase("plan", Text("有目标值", "with a target"), Text("，{name}降到{target}以下", ", and {name} falls to {target} or less"))

_KNOWN = Text("上期打算至少一项可由数字核对", "at least one step of the last document can be checked by a figure")
SET = Phrase("check", _KNOWN, Text("上期部署的{n}项工作中，", "Of the {n} steps set last time, "))
DONE = Phrase("check", _KNOWN, Text("已完成{k}项", "{k} are done"))
NOT_DONE = Phrase("check", _KNOWN, Text("未完成{k}项", "{k} are not done"))
NOT_DUE = Phrase("check", _KNOWN, Text("尚未到期{k}项", "{k} are not yet due"))
UNMEASURED = Phrase("check", _KNOWN, Text("没有量化指标{k}项", "{k} have no figure to be checked by"))


class Outcome(StrEnum):
    DONE = "done"
    NOT_DONE = "not_done"
    NOT_DUE = "not_due"
    NOT_MEASURABLE = "not_measurable"

    @property
    def label(self) -> Text:
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.DONE: Text("已完成", "done"),
    Outcome.NOT_DONE: Text("未完成", "not done"),
    Outcome.NOT_DUE: Text("尚未到期", "not yet due"),
    Outcome.NOT_MEASURABLE: Text("没有量化指标", "not measurable"),
}


_CLAUSES = {
    Outcome.DONE: DONE,
    Outcome.NOT_DONE: NOT_DONE,
    Outcome.NOT_DUE: NOT_DUE,
    Outcome.NOT_MEASURABLE: UNMEASURED,
}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a step: judged from the figure on its due day, or as somebody noted where it has none."""

    item: PlanItem
    outcome: Outcome
    figure: Figure | None


# -- drafting and editing ------------------------------------------------------------------------------------------------------------


def draft_items(draft: Draft, document: Document, *, by: Staff | str) -> list[PlanItem]:
    """Write the document's drafted steps down as plan items, each with its indicator and target. Those written before are replaced,
    except what people wrote."""
    must_be_drafting(draft)
    due = wording.due_day(draft.period)
    with acting_as(by), transaction.atomic():
        draft.plan.exclude(origin="").delete()
        kept = draft.plan.count()
        for index, item in enumerate(draft.plan.all(), start=1):
            if item.number != index:
                PlanItem.objects.filter(pk=item.pk).update(number=index)
        for number, paragraph in enumerate(_steps(document), start=kept + 1):
            _from_paragraph(draft, number, paragraph, due).save()
    return list(draft.plan.all())


def _steps(document: Document) -> list[Paragraph]:
    return [p for part in document.parts for p in part.paragraphs if p.sentences and p.sentences[0].origin.startswith(ORIGIN)]


def _from_paragraph(draft: Draft, number: int, paragraph: Paragraph, due: date) -> PlanItem:
    sentence = paragraph.sentences[0]
    kind = sentence.origin.removeprefix(ORIGIN)
    spans = sentence.spans()
    figure = spans[0].figure if spans else None
    target, goal = _aim(kind, figure, due)
    head = paragraph.head or Text("打算", "Step")
    return PlanItem(
        draft=draft, number=number, head=head.zh, head_en=head.en, measure=sentence.text("zh"), measure_en=sentence.text("en"), due_on=due,
        indicator=figure.code if figure is not None and target is not None else "", target=target, goal=goal, origin=kind,
    )  # fmt: skip


def _aim(kind: str, figure: Figure | None, due: date) -> tuple[Decimal | None, Goal]:
    """The target a drafted step sets itself, by the kind of problem; None for those no indicator measures."""
    if figure is None:
        return None, Goal.AT_LEAST
    if kind == "gap" and figure.target is not None:
        return figure.target.value, Goal.AT_LEAST
    if kind == "slow" and figure.target is not None and due.year == figure.period.year:
        progress = arithmetic.round_half_away(Period(figure.period.year_start, due).time_progress * 100, 0)
        return (figure.target.value * progress / 100).quantize(Decimal("0.0001")), Goal.AT_LEAST
    if kind == "fallen" and figure.last_year is not None:
        return figure.last_year.value, Goal.AT_LEAST
    if kind == "backlog":
        return Decimal(0), Goal.AT_MOST
    if kind == "low" and figure.value is not None:  # 在此基础上继续提高
        return figure.value + Decimal(1).scaleb(-figure.indicator.places), Goal.AT_LEAST
    return None, Goal.AT_LEAST


def set_item(
    draft: Draft,
    number: int | None = None,
    *,
    by: Staff | str,
    head: Text | None = None,
    measure: Text | None = None,
    lead: str | None = None,
    due_on: date | None = None,
    indicator: str | None = None,
    target: Decimal | None = None,
) -> PlanItem:
    """Change a step, or with no number add one. A step whose words, day or target people changed is theirs from then on."""
    must_be_drafting(draft)
    item = PlanItem(draft=draft, number=draft.plan.count() + 1) if number is None else draft.plan.filter(number=number).first()
    if item is None:
        raise DeskError(
            Text(f"没有第{number}项打算，现有{draft.plan.count()}项。", f"There is no step {number}; there are {draft.plan.count()}.")
        )
    if number is None and (head is None or measure is None or due_on is None):
        raise DeskError(Text("新的打算须写小标题、措施和完成期限。", "A new step needs a heading, a measure and a day."))
    if due_on is not None and due_on <= draft.period_start:
        raise DeskError(Text(f"完成期限{due_on}早于本期，请改为以后的日期。", f"{due_on} is before this period; take a later day."))
    if lead is not None:
        item.lead = lead.strip()
    if head is not None:
        item.head, item.head_en = head.zh, head.en
    if measure is not None:
        item.measure, item.measure_en = measure.zh.rstrip("。"), measure.en.rstrip(".")
    if due_on is not None:
        item.due_on = due_on
    if indicator is not None:
        item.indicator = indicator
        item.goal = Goal.AT_MOST if indicator and _indicator(indicator).better is Better.LOWER else Goal.AT_LEAST
    if target is not None:
        item.target = target
    if bool(item.indicator) != (item.target is not None):
        raise DeskError(Text("指标和目标值须同时填写，到期才能核对。", "Give both indicator and target; one alone cannot be checked."))
    if any(given is not None for given in (measure, due_on, indicator, target)):
        if item.origin and measure is None:
            raise DeskError(Text(
                f"第{number}项的措施是按数字起草的，期限或目标改了，措施须一并改写。",
                f"The words of step {number} were drafted from figures; with another day or target, write them anew.",
            ))  # fmt: skip
        item.origin = ""
    with acting_as(by):
        item.save()
    return item


def remove_item(draft: Draft, number: int, *, by: Staff | str) -> None:
    """Take a step out; those after it move up."""
    must_be_drafting(draft)
    with acting_as(by), transaction.atomic():
        draft.plan.filter(number=number).delete()
        for index, item in enumerate(draft.plan.all(), start=1):
            if item.number != index:
                item.number = index
                item.save()


def note_result(item: PlanItem, done: bool, note: str, *, by: Staff | str) -> PlanItem:
    """Say what became of a step that no indicator measures."""
    if item.indicator:
        raise DeskError(Text("这一项有量化指标，结果由数字得出，不能手填。", "This step has a figure; its result comes from there."))
    if not note.strip():
        raise DeskError(Text("须写明完成情况或依据。", "Say what was done, or what shows it."))
    item.done, item.note, item.noted_by = done, note.strip()[:200], who(by)
    with acting_as(by):
        item.save()
    return item


def _indicator(code: str) -> Indicator:
    if code not in registry.indicators:
        raise DeskError(Text(f"没有指标“{code}”。请核对代码。", f"No indicator {code!r}. Check its code."))
    return registry.indicators[code][-1]


# -- as part of a document ----------------------------------------------------------------------------------------------------------------


def part(items: Sequence[PlanItem], heading: Text, document: Document, figures: Mapping[tuple[str, str], Figure]) -> Part:
    """The steps as they print: one drafted from figures and not rewritten stands with its figures as of now."""
    drafted = {(s.sentences[0].origin, _code(s)): s for s in _steps(document)}
    made = []
    for item in items:
        head = Text(item.head, item.head_en or item.head)
        live = drafted.get((ORIGIN + item.origin, item.indicator)) or next(
            (p for (origin, _), p in drafted.items() if item.origin and origin == ORIGIN + item.origin and p.head == head), None
        )
        sentence = _led(live.sentences[0], item.lead) if item.origin and live is not None else _own(item, figures, document.period.year)
        made.append(Paragraph(head, (sentence,)))
    return Part(heading, paragraphs=tuple(made))


def _code(paragraph: Paragraph) -> str:
    spans = paragraph.sentences[0].spans()
    return spans[0].figure.code if spans else ""


def _led(sentence: Sentence, lead: str) -> Sentence:
    """The lead department put in after the day, or before everything."""
    if not lead:
        return sentence
    zh, en = list(sentence.zh), list(sentence.en)
    at = next((i for i, run in enumerate(zh) if isinstance(run, Words) and "前，" in run.text), None)
    if at is None:
        zh.insert(0, Words(f"由{lead}牵头，"))
    else:
        zh[at] = Words(zh[at].text.replace("前，", f"前，由{lead}牵头，", 1))
    en.insert(0, Words(f"Led by {lead}: "))
    return Sentence(merge(zh), merge(en), sentence.origin)


def _own(item: PlanItem, figures: Mapping[tuple[str, str], Figure], year: int) -> Sentence:
    due = wording.day_words(item.due_on, year)
    lead = Text(LEAD.zh.format(lead=item.lead), LEAD.en.format(lead=item.lead)) if item.lead else ""
    goal = _goal(item, figures)
    mark = "\ufffc"
    said = ITEM.say(due=due, lead=lead, measure="\ufffb", goal=mark)
    measure = (_typed_runs(item.measure, item), _typed_runs(item.measure_en or item.measure, item))

    def put(runs: Iterable[Run], language: int) -> tuple[Run, ...]:
        out: list[Run] = []
        for run in runs:
            if run.text == mark:
                out.extend(goal[language] if goal else ())
            elif run.text == "\ufffb":
                out.extend(measure[language])
            else:
                out.append(run)
        return tuple(out)

    return close([Sentence(merge(put(said[0], 0)), capitalised(merge(put(said[1], 1))), f"step: {item.number}")])[0]


def _goal(item: PlanItem, figures: Mapping[tuple[str, str], Figure]) -> Bilingual | None:
    figure = figures.get((item.indicator, ""))
    if not item.indicator or item.target is None:
        return None
    indicator = _indicator(item.indicator)
    name = Text(indicator.name.zh, lowered(indicator.name.en))
    text = phrases.plain(item.target)
    zh, en = (phrases.rate_text(Decimal(text), indicator.unit, language) for language in ("zh", "en"))
    zh = zh if indicator.is_rate else f"{text}{indicator.unit}"
    how = Text(f"打算第{item.number}项的目标值，{item.due_on}核对", f"target of step {item.number}, checked on {item.due_on}")
    phrase = WITHIN if item.goal == Goal.AT_MOST else REACH
    if figure is None:
        return phrase.say(name=name, target=(Typed(zh, how), Typed(en, how)))
    return phrase.say(name=name, target=span(figure, "target", zh, en, how))


def _typed_runs(text: str, item: PlanItem) -> list[Run]:
    """A step's own numbers are intents: its lead answers for them."""
    stands = Text(f"打算数，由{item.lead or '本文件'}负责", f"a number intended; {item.lead or 'this document'} answers for it")
    runs: list[Run] = []
    at = 0
    for q in find(text):
        runs.extend((Words(text[at : q.start]), Typed(q.text, stands)))
        at = q.end
    return [run for run in (*runs, Words(text[at:])) if run.text]


# -- what became of them ---------------------------------------------------------------------------------------------------------------


def last_published(draft: Draft) -> Draft | None:
    """The document whose steps this one opens with: the last one published that ended before this one does; of the same kind first."""
    earlier = Draft.objects.filter(
        organisation_id=draft.organisation_id, programme=draft.programme, state=DraftState.PUBLISHED, period_end__lt=draft.cutoff
    ).exclude(plan=None)
    found = sorted(earlier.distinct(), key=lambda d: (d.period_end, d.kind == draft.kind, d.pk))
    return found[-1] if found else None


def results(items: Sequence[PlanItem], organisation: str, cutoff: date, *, version: int | None = None) -> list[Result]:
    """Each step against its target on its due day, at the ledger version given. One computing for each due day."""
    figures: dict[tuple[date, str], Figure] = {}
    for day in sorted({i.due_on for i in items if i.indicator and i.due_on <= cutoff}):
        codes = sorted({i.indicator for i in items if i.due_on == day and i.indicator in registry.indicators})
        period = Period(date(day.year, 1, 1), day)
        for figure in compute.figures(period, organisation, indicators=codes, version=version, with_categories=False, day=cutoff):
            figures[day, figure.code] = figure
    return [_result(item, figures.get((item.due_on, item.indicator)), cutoff) for item in items]


def _result(item: PlanItem, figure: Figure | None, cutoff: date) -> Result:
    if item.done is not None and not item.indicator:
        return Result(item, Outcome.DONE if item.done else Outcome.NOT_DONE, None)
    if item.due_on > cutoff:
        return Result(item, Outcome.NOT_DUE, None)
    if not item.indicator or item.target is None or figure is None or figure.value is None:
        return Result(item, Outcome.NOT_MEASURABLE, figure)
    if figure.status not in (Status.OK, Status.RATE_ONLY):
        return Result(item, Outcome.NOT_MEASURABLE, figure)
    met = figure.value <= item.target if item.goal == Goal.AT_MOST else figure.value >= item.target
    return Result(item, Outcome.DONE if met else Outcome.NOT_DONE, figure)


def opening(found: Sequence[Result], figures: Mapping[tuple[str, str], Figure]) -> Sentence | None:
    """上期部署的n项工作中，已完成k项: every number carries the figures it was judged from. None where none can be shown."""
    behind = [r.figure or figures.get((r.item.indicator, "")) for r in found]
    traced = tuple(f for f in behind if f is not None)
    if not traced:
        return None
    by_outcome = {o: [r for r in found if r.outcome is o] for o in Outcome}

    def number(chosen: Sequence[Result]) -> tuple[FigureSpan, FigureSpan]:
        own = tuple(r.figure for r in chosen if r.figure is not None) or traced
        listed = Text("；".join(_told(r).zh for r in chosen) or "无", "; ".join(_told(r).en for r in chosen) or "none")
        count = str(len(chosen))
        return FigureSpan(count, "check", own, listed), FigureSpan(count, "check", own, listed)

    zh, en = map(list, SET.say(n=number(found)))
    joint = (Words(""), Words(""))
    for outcome, phrase in _CLAUSES.items():
        if by_outcome[outcome]:
            said = phrase.say(k=number(by_outcome[outcome]))
            zh.extend((joint[0], *said[0]))
            en.extend((joint[1], *said[1]))
            joint = (Words("、"), Words(", "))
    return Sentence(merge((*zh, Words("。"))), capitalised(merge((*en, Words(".")))), "check")


def _told(result: Result) -> Text:
    item, figure = result.item, result.figure
    against = f"，{figure.printed}/{phrases.plain(item.target)}" if figure is not None and item.target is not None else ""
    note = f"，{item.note}" if item.note else ""
    return Text(
        f"{item.number}.{item.head}（{item.due_on}）{result.outcome.label.zh}{against}{note}",
        f"{item.number}. {item.head_en or item.head} ({item.due_on}): {result.outcome.label.en}{against.replace('，', ', ')}",
    )
