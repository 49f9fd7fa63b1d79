"""The document of a working draft: what the figures say, in the bureau's order, with what people wrote, the steps of the last document
checked, and the draft's own steps. Nothing is stored and nothing is written half: the document is made in memory, whole, or not at all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.summaries import render, wording
from taizhang.summaries.build import Gathered, compose, free_words, gather
from taizhang.summaries.chapters import CHAPTERS, OTHER, chapter_of
from taizhang.summaries.desk import human, missing, plan, references, sections
from taizhang.summaries.desk.contradictions import Contradiction, contradictions
from taizhang.summaries.desk.errors import DeskError
from taizhang.summaries.desk.kinds import KINDS, Kind
from taizhang.summaries.desk.models import Choice, Draft, HumanText, KindCode
from taizhang.summaries.desk.quantities import Quantity, Sort
from taizhang.summaries.document import Document, FigureSpan, MissingItem, Paragraph, Part, Section, Sentence, Words
from taizhang.summaries.openers import varied
from taizhang.summaries.phrases import Phrase

WORK = Text("主要工作开展情况", "Work done")
OUTBREAKS = Text("疫情概况", "Infectious diseases of the month")
STATE_OF_THINGS = Text("基本情况", "How things stand")
_HEADLINES_A_SECTION = 3

REPORTED = Phrase(
    "opening",
    Text("专题报告", "a special report"),
    Text("现将{area}{period}{name}情况报告如下。", "This is the report on {name} in {area}, {period}."),
)
OWN_CUTOFF = Phrase(
    "stock", Text("本节另有截至日", "the section has its own cut-off"), Text("本节数据截至{day}。", "Figures of this section: by {day}.")
)


@dataclass(frozen=True, slots=True)
class Assembled:
    """A draft's document and what is still open about it. typed: how many numbers people typed; unbound: those nothing answers for."""

    draft: Draft
    document: Document
    lacks: tuple[missing.Lack, ...]
    typed: int
    unbound: tuple[tuple[HumanText, Quantity], ...]
    contradictions: tuple[Contradiction, ...]
    results: tuple[plan.Result, ...]

    @property
    def waiting(self) -> list[missing.Lack]:
        return [lack for lack in self.lacks if lack.choice is Choice.WAIT]

    def open_points(self) -> Iterable[Text]:
        """What keeps the draft from approval, beside typed numbers that the approver may let stand: each with place and cure."""
        yield from sections.not_ready(self.draft)
        if waiting := self.waiting:
            named = waiting[0].element
            calls = "；".join(dict.fromkeys(c.text.zh for lack in waiting for c in lack.calls))[:300]
            yield Text(
                f"{len(waiting)}项缺数还在等待补报（{named.zh}等）。请催报{f'（{calls}）' if calls else ''}，或逐项选择注明覆盖面、不写。",
                f"{len(waiting)} figures are still waited for ({named.en} …). Have them sent in, or choose coverage or leaving out.",
            )
        yield from (c.message for c in self.contradictions)
        for text, quantity in self.unbound:
            if quantity.sort is Sort.REFERENCE:
                place = sections.known_sections()[text.section]
                yield Text(
                    f"“{place.zh}”第{text.number}段“{quantity.text}”只能出自上级通报。请录入通报，以{{指标代码:reference}}代替。",
                    f"{place.en}, paragraph {text.number}: “{quantity.text}” comes from a bulletin only. Enter it; use {{code:reference}}.",
                )

    def unbound_point(self) -> Text:
        named = [f"{sections.known_sections()[t.section].zh}“{q.text}”" for t, q in self.unbound]
        shown = "、".join(named[:5]) + ("等" if len(named) > 5 else "")
        return Text(
            f"手填数{self.typed}个，其中{len(named)}个没有来源：{shown}。请绑定数字、注明来源、签字，或由审定人放行。",
            f"{len(named)} of {self.typed} typed numbers are unanswered for. Bind, source or sign them, or let them stand.",
        )


def assemble(draft: Draft, *, language: str = "zh", day: date | None = None, gathering: Callable[..., Gathered] = gather) -> Assembled:
    """The document of a draft as of now; of an approved one, as at its ledger version. gathering: what reads the figures, as `gather`
    does. Raises TemplateError, FigureError, DeskError."""
    return _Maker(draft, day, gathering).made(language)


class _Maker:
    def __init__(self, draft: Draft, day: date | None, gathering: Callable[..., Gathered]) -> None:
        self.draft, self.day, self.gathering = draft, day, gathering
        self.version = draft.ledger_version  # without one, the latest; all figures of a document are of one version
        self.kind: Kind = KINDS[KindCode(draft.kind)]
        self.period = draft.period
        self.choices = missing.choices_of(draft)
        self.out = missing.left_out(self.choices)
        self.references = references.read(draft.organisation_id, self.period)
        self.lacking: list[MissingItem] = []
        self.texts = [t for t in human.of_period(draft.organisation_id, self.period) if self._has(t.section)]

    def _has(self, section: str) -> bool:
        """Whether this document has the section: a special report only its own line of work."""
        if self.kind.code is KindCode.SPECIAL:
            return section in (sections.PROBLEMS, self.draft.programme)
        if self.kind.digest:
            return section == sections.OPENING or section.isdigit()
        return section in (sections.OPENING, sections.PROBLEMS, sections.PROPOSALS) or section.isdigit()

    # -- figures ---------------------------------------------------------------------------------------------------------------

    def _gather(self, period: Period) -> Gathered:
        found = self.gathering(period, self.draft.organisation_id, version=self.version, day=self.day)
        if self.kind.code is not KindCode.SPECIAL:
            return found
        name = self.draft.programme
        return Gathered(
            [t for t in found.templates if t.programme == name],
            [f for f in found.own if f.indicator.programme == name],
            [f for f in found.below if f.indicator.programme == name],
        )

    def _composed(self, found: Gathered, language: str, words: Mapping[str, Text] | None = None) -> Document:
        own = [f for f in found.own if render.written_code(f.code, f.category) not in self.out]
        return compose(own, found.below, found.templates, registry, language=language, references=self.references, words=words)

    # -- the document ------------------------------------------------------------------------------------------------------------

    def made(self, language: str) -> Assembled:
        found = self._gather(self.period)
        if not found.own:
            name = registry.programmes[self.draft.programme].name.zh if self.draft.programme else str(self.draft)
            raise DeskError(Text(f"“{name}”没有任何指标，写不成文。请检查该项业务的指标和时段。", f"{name} has no indicator to write of."))
        self.version = found.own[0].ledger_version
        base = self._composed(found, language)
        self.figures = {(f.code, f.category): f for f in found.own}
        self.free = free_words(found.own[0])
        self.context = render.Context(
            registry, base.period.cutoff, {k: f for k, f in self.figures.items() if render.written_code(*k) not in self.out}, self.free,
            self.references,
        )  # fmt: skip
        self.lacking = list(base.missing)
        work = self._with_own_cutoffs(list(base.parts[0].sections), language)
        results = self._results(base.period.cutoff)
        parts = self._special(base, work) if self.kind.code is KindCode.SPECIAL else self._usual(base, work)
        document = replace(
            base,
            title=self.kind.title(base.organisation_name, base.period, self._programme_name()),
            opening=self._opening(base.opening, results),
            parts=tuple(parts),
            place_table=None if self.kind.digest else base.place_table,
            missing=tuple(i for i in self.lacking if i.code not in self.out),
            layout=self.draft.layout,
            language=language,
        )
        document = varied(document, {chapter: self.period.at(cutoff) for chapter, cutoff in self._own_cutoffs().items()})
        texts = self.texts
        return Assembled(
            draft=self.draft,
            document=document,
            lacks=tuple(missing.lacks(self.lacking, self.figures, self.choices)),
            typed=sum(len(human.typed(t)) for t in texts),
            unbound=tuple(human.unbound(texts)),
            contradictions=tuple(contradictions(document)),
            results=tuple(results),
        )

    def _programme_name(self) -> Text | None:
        return registry.programmes[self.draft.programme].name if self.draft.programme else None

    def _usual(self, base: Document, work: list[Section]) -> list[Part]:
        outbreaks: list[Paragraph] = []
        if self.kind.code is KindCode.MONTH:
            work, outbreaks = _outbreaks(work)
        work = self._ordered(self._with_texts(work))
        if self.kind.digest:
            return [Part(WORK, sections=tuple(h for h in map(_headlines, work) if h.paragraphs[0].sentences))]
        parts = [Part(WORK, sections=tuple(work))]
        if outbreaks:
            parts.append(Part(OUTBREAKS, paragraphs=tuple(outbreaks)))
        parts += self._problems_and_plan(base, Text("存在的主要问题", "Main problems"))
        if proposals := [p for written in self._written(sections.PROPOSALS) for p in written]:
            parts.append(Part(sections.known_sections()[sections.PROPOSALS], paragraphs=tuple(proposals)))
        return parts

    def _special(self, base: Document, work: list[Section]) -> list[Part]:
        """基本情况, 问题, 建议."""
        paragraphs = [replace(p, head=p.head or (s.heading if len(s.paragraphs) == 1 else None)) for s in work for p in s.paragraphs]
        leading, following = self._written(self.draft.programme)
        said = [*leading, *paragraphs, *following]
        if len(said) == 1:
            said = [replace(said[0], head=None)]
        parts = [Part(STATE_OF_THINGS, paragraphs=tuple(said))] if said else []
        return parts + self._problems_and_plan(base, Text("存在的问题", "Problems"))

    def _problems_and_plan(self, base: Document, problems: Text) -> list[Part]:
        parts = []
        drafted = next((p for p in base.parts[1:] if any(s.origin.startswith("problem") for g in p.paragraphs for s in g.sentences)), None)
        leading, following = self._written(sections.PROBLEMS)
        paragraphs = [*leading, *(drafted.paragraphs if drafted else ()), *following]
        if paragraphs:
            parts.append(Part(problems, paragraphs=tuple(paragraphs)))
        items = list(self.draft.plan.all())
        heading = self.kind.plan_heading(base.period)
        if items:
            parts.append(plan.part(items, heading, base, self.figures))
        elif steps := tuple(p for part in base.parts for p in part.paragraphs if p.sentences[0].origin.startswith(plan.ORIGIN)):
            parts.append(Part(heading, paragraphs=steps))
        return parts

    # -- sections ------------------------------------------------------------------------------------------------------------------

    def _own_cutoffs(self) -> dict[int, date]:
        """The chapters with a cut-off of their own."""
        return {int(w.section): w.cutoff for w in self.draft.work.all() if w.cutoff is not None and w.section.isdigit()}

    def _with_own_cutoffs(self, work: list[Section], language: str) -> list[Section]:
        """Sections that have a cut-off of their own come from figures known on that day, and say so."""
        own = self._own_cutoffs()
        for cutoff in sorted(set(own.values())):
            chapters = {chapter for chapter, day in own.items() if day == cutoff}
            period = self.period.at(cutoff)
            words = {"period": wording.span_of_days(period)}
            other = self._composed(self._gather(period), language, words)
            theirs = {s.chapter: s for s in other.parts[0].sections if s.chapter in chapters}
            note = OWN_CUTOFF.say(day=wording.day_words(cutoff, period.year))
            said = Paragraph(None, (Sentence(note[0], (*note[1], Words(" ")), "cutoff"),))
            kept = [s for s in work if s.chapter not in chapters]
            work = sorted([*kept, *(replace(s, paragraphs=(said, *s.paragraphs)) for s in theirs.values())], key=lambda s: s.chapter)
            self.lacking = [i for i in self.lacking if _chapter_of_code(i.code) not in chapters]
            self.lacking += [i for i in other.missing if _chapter_of_code(i.code) in chapters]
        return work

    def _with_texts(self, work: list[Section]) -> list[Section]:
        """The paragraphs people wrote, before or after those made from figures; a chapter that has only theirs stands too."""
        by_chapter = {s.chapter: s for s in work}
        for chapter in (*CHAPTERS, OTHER):
            leading, following = self._written(str(chapter.hundred))
            if not leading and not following:
                continue
            section = by_chapter.get(chapter.hundred)
            if section is None:
                by_chapter[chapter.hundred] = Section(chapter.heading, (*leading, *following), chapter=chapter.hundred)
                continue
            made = section.paragraphs
            if not section.numbered and section.heading != chapter.heading:  # its one paragraph lent the section its head; it gets it back
                made = _headed(made, section.heading)
            leading, made = _with_deeds(leading, made, chapter.opening)
            paragraphs = (*leading, *made, *following)
            numbered = sum(p.head is not None for p in paragraphs) > 1
            by_chapter[chapter.hundred] = Section(chapter.heading, paragraphs, numbered, chapter.hundred)
        return sorted(by_chapter.values(), key=lambda s: s.chapter)

    def _written(self, section: str) -> tuple[list[Paragraph], list[Paragraph]]:
        leading: list[Paragraph] = []
        following: list[Paragraph] = []
        for text in self.texts:
            if text.section == section:
                paragraph, lacking = human.paragraph(text, self.context)
                self.lacking.extend(lacking)
                if paragraph is not None:
                    (leading if text.leads else following).append(paragraph)
        return leading, following

    def _ordered(self, work: list[Section]) -> list[Section]:
        order = sections.order_of(self.draft.organisation_id)
        last = len(order) + 1
        placed = sorted(work, key=lambda s: (order[str(s.chapter)].position if str(s.chapter) in order else last, s.chapter))
        return [replace(s, heading=(order[str(s.chapter)].heading if str(s.chapter) in order else None) or s.heading) for s in placed]

    # -- opening ----------------------------------------------------------------------------------------------------------------

    def _results(self, cutoff: date) -> list[plan.Result]:
        before = plan.last_published(self.draft)
        if before is None:
            return []
        return plan.results(list(before.plan.all()), self.draft.organisation_id, cutoff, version=self.version)

    def _opening(self, drafted: Paragraph, results: Sequence[plan.Result]) -> Paragraph:
        """What people wrote takes the place of the general words; then the last document's steps, then the judgement and headlines."""
        leading, following = self._written(sections.OPENING)
        general = [s for s in drafted.sentences if s.origin == "opening"]
        special = self.kind.code is KindCode.SPECIAL  # two or three targets bear no judgement of the year
        rest = [s for s in drafted.sentences if s.origin not in (("opening", "judgement") if special else ("opening",))]
        if special:
            name = self._programme_name()
            assert name is not None
            said = REPORTED.say(area=self.free["area"], period=self.free["full_period"], name=Text(name.zh, wording.lowered(name.en)))
            general = [Sentence(said[0], said[1], "opening")]
        first = [s for p in (leading or []) for s in p.sentences] or general
        checked = plan.opening(results, self.figures)
        ordered = [*first, *([checked] if checked else []), *rest, *(s for p in following for s in p.sentences)]
        return Paragraph(None, tuple(render.close(ordered)))


def _with_deeds(leading: list[Paragraph], made: tuple[Paragraph, ...], head: Text) -> tuple[list[Paragraph], tuple[Paragraph, ...]]:
    """What people wrote on how a chapter was gone about, and the deeds that show it, are one paragraph: 层层明确任务……。印发……等文件。"""
    if not leading or not made or made[0].head != head:
        return leading, made
    first = leading[0]
    return [replace(first, sentences=tuple(render.close([*first.sentences, *made[0].sentences]))), *leading[1:]], made[1:]


def _headed(paragraphs: tuple[Paragraph, ...], head: Text) -> tuple[Paragraph, ...]:
    """The last of a section's paragraphs gets back the head it lent; before it can stand only the note of a cut-off."""
    return (*paragraphs[:-1], replace(paragraphs[-1], head=head))


def _outbreaks(work: list[Section]) -> tuple[list[Section], list[Paragraph]]:
    """疫情概况: the paragraphs of epidemic lines of work, taken out of their chapters."""
    taken: list[Paragraph] = []
    left: list[Section] = []
    for section in work:
        apart = [p for p in section.paragraphs if p.programme in registry.programmes and registry.programmes[p.programme].epidemic]
        if not apart:
            left.append(section)
            continue
        lent = section.heading if len(section.paragraphs) == 1 else None
        taken.extend(replace(p, head=p.head or lent) for p in apart)
        if rest := tuple(p for p in section.paragraphs if p not in apart):
            numbered = sum(p.head is not None for p in rest) > 1
            left.append(replace(section, paragraphs=rest if numbered else tuple(replace(p, head=None) for p in rest), numbered=numbered))
    return left, taken


def _headlines(section: Section) -> Section:
    """A digest's section: of each of its first paragraphs the first sentence that has a number; what people wrote stands whole."""
    said: list[Sentence] = []
    taken = 0
    for paragraph in section.paragraphs:
        if paragraph.sentences and paragraph.sentences[0].origin.startswith(("human", "cutoff")):
            said.extend(paragraph.sentences)
            continue
        first = next((s for s in paragraph.sentences if any(isinstance(r, FigureSpan) for r in s.zh)), None)
        if first is not None and taken < _HEADLINES_A_SECTION:
            taken += 1
            said.append(first)
    return replace(section, paragraphs=(Paragraph(None, tuple(render.close(_ended(said)))),), numbered=False)


def _ended(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Sentences taken out of their paragraphs: a full stop where a semicolon stood."""
    return [s for one in sentences for s in render.close([one])]


def _chapter_of_code(code: str) -> int:
    siblings = registry.indicators.get(code.partition("@")[0])
    programme = registry.programmes.get(siblings[-1].programme) if siblings else None
    return chapter_of(programme.order).hundred if programme else 0
