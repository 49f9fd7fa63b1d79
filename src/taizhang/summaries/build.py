"""The work summary of an organisation and a period, built from figures.

    document = build(Period.parse("2026H1"), "990101")

`compose` is the same without a database: it takes the figures. Equal figures give an equal document, in whatever order they come.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from taizhang.county.organisations import tree_on
from taizhang.figures import compute
from taizhang.figures.model import Figure, FigureError
from taizhang.figures.small_counts import is_small
from taizhang.figures.trace import Naming
from taizhang.kernel.indicators import DataSource, Status
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import Registry, registry
from taizhang.kernel.text import Text
from taizhang.summaries import drafting, render, wording
from taizhang.summaries.chapters import CHAPTERS, OTHER, Chapter, chapter_of
from taizhang.summaries.desk import references as bulletins
from taizhang.summaries.document import Document, MissingItem, Paragraph, Part, PlaceTable, Section
from taizhang.summaries.openers import varied
from taizhang.summaries.openings import opening, with_names
from taizhang.summaries.reference import NO_REFERENCES, References
from taizhang.summaries.templates import Template, TemplateSentence, load, placeholders_of

PLACE_COLUMNS = 5


def build(
    period: Period, organisation: str, *, lang: str = "zh", version: int | None = None, day: date | None = None,
    gathered: "Gathered | None" = None,
) -> Document:  # fmt: skip
    """The summary of `organisation`. version: a ledger version, by default the latest. day: the home's working day, on which a period
    still running is cut off. gathered: what `gather` read before, for the same. Raises TemplateError (all unknown names of all templates
    at once) and FigureError."""
    found = gathered or gather(period, organisation, version=version, day=day)
    said = bulletins.read(organisation, period)
    return varied(compose(found.own, found.below, found.templates, registry, language=lang, references=said))


@dataclass(frozen=True)
class Gathered:
    """What a document is composed of: the templates, the organisation's figures, and those of the units directly under it."""

    templates: list[Template]
    own: list[Figure]
    below: list[Figure]


def gather(period: Period, organisation: str, *, version: int | None = None, day: date | None = None) -> Gathered:
    """Read what `compose` takes. Raises as `build` does."""
    templates = load(registry)
    found = compute.figures(period, organisation, children=True, version=version, day=day)
    own = [f for f in found if f.organisation == organisation]
    if organisation != tree_on(period.cutoff).root:
        every = {f.code for f in own}
        own, silent = discreet(own)
        quiet = every - {f.code for f in own}
        templates = [silenced(t, quiet) for t in templates if t.programme not in silent]
    own = with_names(own, templates, Naming(period, version=version, day=day))
    return Gathered(templates, own, [f for f in found if f.organisation != organisation])


def discreet(own: Sequence[Figure]) -> tuple[list[Figure], set[str]]:
    """What a unit below the county says of itself, and the lines of work of which it says nothing: a paper goes from hand to hand, and a
    small sensitive count names people. Of an open line those figures alone are left out that are read from records kept for few, such as
    the mothers found with an infection."""
    told: list[Figure] = []
    silent: set[str] = set()
    for figure in own:
        programme = registry.programmes[figure.indicator.programme]
        if not (registry.rights_for(figure.indicator) and is_small(figure)):
            told.append(figure)
        elif programme.sensitive:
            silent.add(programme.code)
    return [f for f in told if f.indicator.programme not in silent], silent


def silenced(template: Template, quiet: Collection[str]) -> Template:
    """A template less the sentences that cannot do without one of these figures: they are left out, not missing."""

    def names(sentence: TemplateSentence) -> bool:
        return any(p.kind == "figure" and p.name in quiet for p in placeholders_of(sentence.zh, optional=False))

    kept = (replace(p, sentences=tuple(s for s in p.sentences if not names(s))) for p in template.paragraphs)
    return replace(template, paragraphs=tuple(paragraph for paragraph in kept if paragraph.sentences)) if quiet else template


def compose(
    figures: Iterable[Figure],
    below: Iterable[Figure],
    templates: Iterable[Template],
    known: Registry,
    *,
    language: str = "zh",
    references: References = NO_REFERENCES,
    words: Mapping[str, Text] | None = None,
) -> Document:
    """The document of one organisation's figures; `below` are those of the units directly under it. references: what a higher
    authority's bulletin says of indicators. words: free placeholders that are to read otherwise than the period has them."""
    order = _Order(known)
    own = sorted(figures, key=order.of)
    if not own:
        raise FigureError("没有任何指标，无从写总结。请检查各项业务的指标定义和所选时段。")
    first = own[0]
    children: dict[tuple[str, str], list[Figure]] = {}
    for figure in sorted(below, key=lambda f: (*order.of(f), f.organisation)):
        if not order.is_sensitive(figure):
            children.setdefault((figure.code, figure.category), []).append(figure)
    free = {**free_words(first), **(words or {})}
    context = render.Context(known, first.period.cutoff, {(f.code, f.category): f for f in own}, free, references)
    read = list(templates)
    sections, missing = _work(read, context, known)
    spoken = {(s.figure.code, s.figure.category) for sec in sections for p in sec.paragraphs for sent in p.sentences for s in sent.spans()}
    asked = {(p.name, p.category) for template in read for p in template.placeholders() if p.kind == "figure"}
    drafted = drafting.problems(own, children, spoken, asked, free)
    if not any(f.target is not None for f in own):
        missing.insert(0, drafting.NO_TARGETS)
    parts = [Part(Text("主要工作开展情况", "Work done"), sections=tuple(sections))]
    if drafted:
        parts.append(Part(Text("存在的主要问题", "Main problems"), paragraphs=tuple(p.problem for p in drafted)))
        parts.append(Part(wording.plan_heading(first.period), paragraphs=tuple(p.step for p in drafted)))
    return Document(
        title=wording.title(first.organisation_name, first.period),
        organisation=first.organisation,
        organisation_name=first.organisation_name,
        period=first.period,
        opening=drafting.opening(own, spoken, free),
        parts=tuple(parts),
        place_table=_place_table(own, children, spoken, first),
        figures=tuple(f for f in own if f.is_total or (f.code, f.category) in spoken or f.source is DataSource.REPORTED),
        missing=tuple(missing),
        ledger_version=first.ledger_version,
        language=language,
    )


def free_words(figure: Figure) -> Mapping[str, Text]:
    """The placeholders that are no figure, as the period and place of `figure` have them."""
    period = figure.period
    year = period.year
    return {
        "cutoff": wording.day_words(period.cutoff, year),
        "period": wording.period_words(period),
        "full_period": wording.full_period(period),
        "area": wording.area_words(figure.organisation_name.zh),
        "year": Text(f"{year}年", str(year)),
        "organisation": figure.organisation_name,
        "due": wording.day_words(wording.due_day(period), year),
    }


class _Order:
    """The one order of figures: lines of work, then as declared, then categories."""

    def __init__(self, known: Registry) -> None:
        self._known, self._programmes = known, known.programmes
        self._places = {code: place for place, code in enumerate(known.indicators)}

    def of(self, figure: Figure) -> tuple[int, str, int, str]:
        programme = self._programmes.get(figure.indicator.programme)
        return (
            programme.order if programme else 0,
            figure.indicator.programme,
            self._places.get(figure.code, len(self._places)),
            figure.category,
        )

    def is_sensitive(self, figure: Figure) -> bool:
        """Counts of sensitive lines are not compared unit by unit: a small cell names people."""
        return bool(self._known.rights_for(figure.indicator))


def _work(templates: Iterable[Template], context: render.Context, known: Registry) -> tuple[list[Section], list[MissingItem]]:
    """The sections of the first part, and all that they lack, in the order of the lines of work. A chapter opens with its deeds."""
    sections: list[Section] = []
    missing: list[MissingItem] = []
    by_chapter: dict[Chapter, list[Paragraph]] = {}
    in_order = sorted(templates, key=lambda t: (known.programmes[t.programme].order, t.programme))
    for template in (t for t in in_order if not t.each_chapter):
        for source in template.paragraphs:
            rendered = render.paragraph(template, source, context)
            missing.extend(rendered.missing)
            if rendered.paragraph is not None:
                by_chapter.setdefault(chapter_of(known.programmes[template.programme].order), []).append(
                    replace(rendered.paragraph, programme=template.programme)
                )
    said_in_each = [t for t in reversed(in_order) if t.each_chapter]  # what was done (general work stands last) before what was found
    for chapter in (*CHAPTERS, OTHER):
        paragraphs = by_chapter.get(chapter, [])
        opened = opening(said_in_each, chapter, context)
        if opened is not None and not paragraphs:
            sections.append(Section(chapter.heading, (replace(opened, head=None),), chapter=chapter.hundred))
            continue
        if opened is not None:
            paragraphs = [opened, *paragraphs]
        if not paragraphs:
            continue
        if len(paragraphs) == 1:
            sections.append(Section(paragraphs[0].head or chapter.heading, (replace(paragraphs[0], head=None),), chapter=chapter.hundred))
        else:
            sections.append(Section(chapter.heading, tuple(paragraphs), numbered=True, chapter=chapter.hundred))
    return sections, missing


def _place_table(own: Sequence[Figure], children: drafting.Children, spoken: set[tuple[str, str]], first: Figure) -> PlaceTable | None:
    """附表: the rates of the text by place; those with a target first. None where fewer than two places have figures."""
    rates = [
        f
        for f in own
        if f.is_total and f.indicator.unit in ("%", "‰") and (f.code, "") in spoken and len(children.get((f.code, ""), ())) > 1
    ]
    rates = [f for f in rates if sum(c.status is Status.OK for c in children[(f.code, "")]) > 1]
    nth: dict[str, int] = {}
    ranks = {}
    for rate in rates:  # a line of work's first rate before any other's second
        ranks[rate.code] = (rate.target is None, nth.setdefault(rate.indicator.programme, 0))
        nth[rate.indicator.programme] += 1
    chosen = set(sorted(ranks, key=lambda code: ranks[code])[:PLACE_COLUMNS])
    columns = [f for f in rates if f.code in chosen]
    if not columns:
        return None
    area = wording.area_words(first.organisation_name.zh)
    cells = {(c.organisation, c.code): c for f in columns for c in children[(f.code, "")]}
    names = {c.organisation: c.organisation_name for c in cells.values() if c.status is Status.OK}
    rows = [(area, tuple(columns))]
    rows.extend((names[code], tuple(cells.get((code, f.code)) for f in columns)) for code in sorted(names))
    when = wording.full_period(first.period)
    return PlaceTable(
        title=Text(f"{area.zh}{when.zh}主要指标分单位情况", f"Main figures by unit, {first.period.name.en}"),
        columns=tuple(f.indicator.name for f in columns),
        units=tuple(f.indicator.unit for f in columns),
        rows=tuple((name, cells_) for name, cells_ in rows),
    )
