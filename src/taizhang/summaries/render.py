"""From a template sentence and figures to a sentence of words and figure spans, or to entries of the missing list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol, TypeVar

from taizhang.figures.model import Figure, Missing
from taizhang.kernel.indicators import Status
from taizhang.kernel.registry import Registry
from taizhang.kernel.text import Text
from taizhang.summaries import phrases
from taizhang.summaries.document import MissingItem, Paragraph, Run, Sentence, Words
from taizhang.summaries.reference import References, compared
from taizhang.summaries.templates import (
    Optional,
    Piece,
    Placeholder,
    Template,
    TemplateParagraph,
    TemplateSentence,
    clauses_of,
    placeholders_of,
)

# These vanish where they cannot be said; the others make their sentence go to the missing list.
_VANISHING = {"points": phrases.points, "growth": phrases.growth, "month": phrases.month, "completion": phrases.completion}
_VANISHES = {*_VANISHING, "reference"}
_USABLE = (Status.OK, Status.PARTIAL, Status.RATE_ONLY)


@dataclass(frozen=True)
class Context:
    """What sentences are filled from. figures: of the document's organisation, by (code, category). free: the placeholders that are
    no figure."""

    registry: Registry
    day: date
    figures: Mapping[tuple[str, str], Figure]
    free: Mapping[str, Text]
    references: References = field(default_factory=dict)

    def element(self, placeholder: Placeholder, part: str = "") -> Text:
        """The name of what a placeholder asks for, with its category, for the missing list."""
        siblings = self.registry.indicators.get(placeholder.name)
        name = siblings[-1].name if siblings else Text(placeholder.name, placeholder.name)
        figure = self.figures.get((placeholder.name, placeholder.category))
        if figure is not None and figure.category_name is not None:
            name = Text(f"{name.zh}（{figure.category_name.zh}）", f"{name.en} ({figure.category_name.en})")
        elif placeholder.category:
            row = self._row(placeholder)
            name = Text(f"{name.zh}（{row.zh}）", f"{name.en} ({row.en})")
        words = {"numerator": ("分子", "numerator"), "denominator": ("分母", "denominator")}.get(part)
        return Text(f"{name.zh}{words[0]}", f"{name.en}, {words[1]}") if words else name


    def _row(self, placeholder: Placeholder) -> Text:
        """The wording of a category of which nobody has reported anything yet: its form's row, else its code."""
        reported = self.registry.indicators[placeholder.name][-1].reported if placeholder.name in self.registry.indicators else None
        cell = (reported.numerator or reported.rate) if reported is not None else None
        row = self.registry.forms[cell.form].find_category(placeholder.category) if cell is not None else None
        return row.name if row is not None else Text(placeholder.category, placeholder.category)

    def status_of(self, placeholder: Placeholder) -> Status:
        """Why a placeholder has nothing to print. A category without a figure, of an indicator that has one, has not been reported."""
        figure = self.figures.get((placeholder.name, placeholder.category))
        if figure is not None:
            return figure.status
        return Status.NOT_REPORTED if (placeholder.name, "") in self.figures else Status.NO_RULE


@dataclass
class Rendered:
    """A paragraph's sentences and what it lacks."""

    paragraph: Paragraph | None
    missing: list[MissingItem] = field(default_factory=list)


def paragraph(template: Template, source: TemplateParagraph, context: Context) -> Rendered:
    """Fill a paragraph. No sentence left that tells a figure: no paragraph, only its missing list."""
    result = Rendered(None)
    said: list[Sentence] = []
    for sentence in source.sentences:
        if filled := _sentence(template, source, sentence, context, result.missing):
            said.append(filled)
    result.missing = _once(result.missing)
    # Parameters alone, such as a scheme's rates, are nobody's work; what people wrote (a template of no line of work) stands as it is.
    if any(sentence.spans() for sentence in said) or (said and not template.programme):
        result.paragraph = Paragraph(source.head, tuple(close(said)))
    return result


def _sentence(
    template: Template, paragraph_: TemplateParagraph, source: TemplateSentence, context: Context, missing: list[MissingItem]
) -> Sentence | None:
    origin = f"{template.file}:{source.line}"
    if source.kind == "clauses":
        if (said := _said_clauses(source, context)) is None:
            return None
        source = said

    def lack(element: Text, status: Status, owed_by: tuple[Missing, ...], code: str = "") -> None:
        missing.append(MissingItem(paragraph_.head, _as_written(source, context), element, status, owed_by, origin, code))

    if source.kind in ("pace", "annual") and (context.day == date(context.day.year, 12, 31)) is not (source.kind == "annual"):
        return None  # the other of the two says it, and lacks what is lacking
    lacking = [p for p in placeholders_of(source.zh, optional=False) if not _known(p, context)]
    if any(p.filter == "from_to" for p in lacking):
        return None  # nothing changed this year: there is nothing to say, and nobody owes anything
    if source.kind in ("full", "notfull") and lacking and all(_concerns_nobody(p, context) for p in lacking):
        return None  # all of none: neither 全部 nor a part, and nothing is missing
    for placeholder in lacking:
        figure = context.figures.get((placeholder.name, placeholder.category))
        if placeholder.kind == "parameter":
            label = context.registry.parameters[placeholder.name].label
            lack(label, Status.NO_RULE, ())
        else:
            status = context.status_of(placeholder)
            code = written_code(placeholder.name, placeholder.category)
            lack(context.element(placeholder, placeholder.filter), status, figure.missing if figure is not None else (), code)
    if lacking:
        return None
    figures = _figures_of(source.zh, context)
    if source.kind in ("", "parts") and figures and all(phrases.is_zero(f) for f in figures):
        for figure in _distinct(figures):
            zero = Text(f"{figure.indicator.name.zh}（本期为零，未写入正文）", f"{figure.indicator.name.en} (nought, not said)")
            lack(zero, figure.status, figure.missing)
        return None
    if source.kind:
        verdict = phrases.CONDITIONS[source.kind][1](figures)
        if verdict is phrases.Verdict.SKIP:
            return None
        if verdict is phrases.Verdict.MISSING:
            names = Text("、".join(f.indicator.name.zh for f in figures), ", ".join(f.indicator.name.en for f in figures))
            reason = phrases.CONDITIONS[source.kind][0]
            element = Text(f"{names.zh}（不能断定：{reason.zh}）", f"{names.en} (not certain that {reason.en})")
            lacking_one = next((f for f in figures if f.missing), figures[0])
            code = written_code(lacking_one.code, lacking_one.category)
            lack(element, lacking_one.status, tuple(m for f in figures for m in f.missing), code)
            return None
    zh, en = _fill(source.zh, 0, context), _fill(source.en, 1, context)
    incomplete = [f for f in figures if f.status is Status.PARTIAL]
    if incomplete:
        worst = max(incomplete, key=lambda f: len(f.missing))
        note = phrases.partial(worst)
        zh, en = before_stop(zh, note[0]), before_stop(en, note[1])
        for figure in _distinct(incomplete):
            lack(figure.indicator.name, figure.status, figure.missing, written_code(figure.code, figure.category))
    return Sentence(merge(zh), capitalised(merge(en)), origin)


def _said_clauses(source: TemplateSentence, context: Context) -> TemplateSentence | None:
    """The sentence of those clauses that have something to tell, as an ordinary one; None where none has."""
    pairs = [
        (zh.pieces, en.pieces)
        for zh, en in zip(clauses_of(source.zh), clauses_of(source.en), strict=True)
        if all(_known(p, context) for p in placeholders_of(zh.pieces))
        and (figures := _figures_of(zh.pieces, context))
        and not phrases.is_zero(figures[0])
    ]
    if not pairs:
        return None
    zh: list[Piece] = []
    en: list[Piece] = []
    for number, (one, other) in enumerate(pairs):
        zh += ["，", *one] if number else one
        en += ["; ", *other] if number else other
    return replace(source, kind="", zh=(*zh, "。"), en=(*en, "."))


def written_code(code: str, category: str) -> str:
    """An indicator as a template writes it: code, or code@category."""
    return f"{code}@{category}" if category else code


def _known(placeholder: Placeholder, context: Context) -> bool:
    """Whether the sentence can be said as far as this placeholder goes."""
    if placeholder.kind == "parameter":
        parameter = context.registry.parameters[placeholder.name]
        changes = placeholder.filter == "from_to"
        return phrases.from_to(parameter, context.day) is not None if changes else parameter.at(context.day) is not None
    if placeholder.kind != "figure" or placeholder.filter in _VANISHES:
        return True
    figure = context.figures.get((placeholder.name, placeholder.category))
    if figure is None or figure.status not in _USABLE or figure.value is None:
        return False
    if figure.status is Status.PARTIAL and phrases.is_zero(figure):
        return False  # a zero that not all have confirmed is no zero
    needed = {"numerator": figure.numerator, "denominator": figure.denominator, "wan": figure.numerator, "wanyuan": figure.numerator}
    return needed.get(placeholder.filter, 0) is not None


def _concerns_nobody(placeholder: Placeholder, context: Context) -> bool:
    figure = context.figures.get((placeholder.name, placeholder.category))
    return figure is not None and figure.status is Status.NOBODY_ELIGIBLE


def _fill(pieces: Iterable[Piece], language: int, context: Context) -> tuple[Run, ...]:
    runs: list[Run] = []
    for piece in pieces:
        if isinstance(piece, str):
            runs.append(Words(piece))
        elif isinstance(piece, Optional):
            if all(_known(p, context) for p in placeholders_of(piece.pieces)):
                runs.extend(_fill(piece.pieces, language, context))
        else:
            runs.extend(_fill_one(piece, language, context))
    return tuple(runs)


def _fill_one(placeholder: Placeholder, language: int, context: Context) -> tuple[Run, ...]:
    if placeholder.kind == "free":
        return (Words(context.free[placeholder.name].in_language(("zh", "en")[language])),)
    if placeholder.kind == "name":
        return (Words(context.registry.programmes[placeholder.name].name.in_language(("zh", "en")[language])),)
    if placeholder.kind == "parameter":
        parameter = context.registry.parameters[placeholder.name]
        if placeholder.filter == "from_to":
            changed = phrases.from_to(parameter, context.day)
            return changed[language] if changed else ()
        return (Words(str(parameter.at(context.day))),)
    figure = context.figures.get((placeholder.name, placeholder.category))
    if placeholder.filter == "reference":
        compared_ = compared(figure, context.references) if figure is not None else None
        return compared_[language] if compared_ else ()
    if placeholder.filter in _VANISHING:
        said = _VANISHING[placeholder.filter](figure) if figure is not None else None
        return said[language] if said else ()
    assert figure is not None
    if placeholder.filter in ("titles", "names"):
        listed = (phrases.titles if placeholder.filter == "titles" else phrases.names)(figure)
        return listed[language]
    if placeholder.filter == "none":
        return (phrases.none_of(figure)[language],)
    if placeholder.filter == "wan":
        return (phrases.in_wan(figure)[language],)
    if placeholder.filter == "wanyuan":
        return (phrases.in_wanyuan(figure)[language],)
    if placeholder.filter in ("numerator", "denominator"):
        scaled = figure.numerator if placeholder.filter == "numerator" else figure.denominator
        assert scaled is not None
        return (phrases.span(figure, placeholder.filter, *phrases.count_text(scaled, figure.places))[language],)
    return (phrases.value(figure)[language],)


def _figures_of(pieces: Iterable[Piece], context: Context) -> list[Figure]:
    """The figures a sentence stands on, in order: those outside optional clauses, and not its comparisons."""
    return [
        context.figures[(p.name, p.category)]
        for p in placeholders_of(pieces, optional=False)
        if p.kind == "figure" and p.filter not in _VANISHES
    ]


def _as_written(source: TemplateSentence, context: Context) -> Text:
    """The sentence with a blank for each number, as the missing list shows it."""

    def written(pieces: Iterable[Piece], language: int) -> str:
        parts = []
        for piece in pieces:
            if isinstance(piece, str):
                parts.append(piece)
            elif isinstance(piece, Placeholder):
                if piece.kind == "figure":
                    parts.append("" if piece.filter in _VANISHES else "＿＿")
                elif piece.kind == "parameter" and not _known(piece, context):
                    parts.append("＿＿")
                else:
                    parts.append(_fill_one(piece, language, context)[0].text)
        return "".join(parts)

    return Text(written(source.zh, 0), written(source.en, 1))


def _once(items: list[MissingItem]) -> list[MissingItem]:
    """One entry for an element in a paragraph: its zero and its non-zero sentence lack the same thing."""
    seen: set[tuple[str, Status]] = set()
    kept = []
    for item in items:
        if (item.element.zh, item.status) not in seen:
            seen.add((item.element.zh, item.status))
            kept.append(item)
    return kept


def _distinct(figures: Iterable[Figure]) -> list[Figure]:
    return list({(f.code, f.category): f for f in figures}.values())


# -- joining runs --------------------------------------------------------------------------------------------------------------


class _HasText(Protocol):
    @property
    def text(self) -> str: ...


_Piece = TypeVar("_Piece", bound=_HasText)


def merge(runs: Iterable[Words | _Piece]) -> tuple[Words | _Piece, ...]:
    """Neighbouring words become one run; empty ones go."""
    merged: list[Words | _Piece] = []
    for run in runs:
        if not run.text:
            continue
        if isinstance(run, Words) and merged and isinstance(merged[-1], Words):
            merged[-1] = Words(merged[-1].text + run.text)
        else:
            merged.append(run)
    return tuple(merged)


def capitalised(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """An English sentence begins with a capital, whatever word its first placeholder gave."""
    if not runs:
        return runs
    return (replace(runs[0], text=runs[0].text[0].upper() + runs[0].text[1:]), *runs[1:])


_STOPS = "。；，、.;,"


def before_stop(runs: tuple[Run, ...], note: tuple[Run, ...]) -> tuple[Run, ...]:
    """`note` set in before the sentence's closing mark."""
    if runs and isinstance(runs[-1], Words) and runs[-1].text[-1] in _STOPS:
        return (*runs[:-1], Words(runs[-1].text[:-1]), *note, Words(runs[-1].text[-1]))
    return (*runs, *note)


def close(sentences: list[Sentence]) -> list[Sentence]:
    """Sentences in a row: a semicolon stands where another follows, the last ends with a full stop, English sentences part with a
    space. What a template joined with a semicolon stays right when the next sentence was left out."""
    closed = []
    for index, sentence in enumerate(sentences):
        last = index == len(sentences) - 1
        zh, en = _ended(sentence.zh, "；，、", "。", last), _ended(sentence.en, ";,", ".", last)
        closed.append(Sentence(zh, en if last else merge((*en, Words(" "))), sentence.origin))
    return closed


def _ended(runs: tuple[Run, ...], soft: str, stop: str, last: bool) -> tuple[Run, ...]:
    if runs and isinstance(runs[-1], Words):
        text = runs[-1].text.rstrip()
        if text.endswith(stop) or (not last and text.endswith(tuple(soft))):
            return (*runs[:-1], Words(text))
        return (*runs[:-1], Words((text.rstrip(soft) if text[-1:] in soft else text) + stop))
    return (*runs, Words(stop))
