"""Human text 人写段落: paragraphs people write, kept by section and period.

Figures are put in by name, {indicator.code} with the filters of the templates, and print as everywhere. A number typed all the same is
found and stands as 手填 until something answers for it: a figure takes its place, a deed or a file is named as its source, or somebody
signs for it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.apps import apps
from django.db import transaction

from taizhang.county.changes import acting_as
from taizhang.county.models import Staff
from taizhang.kernel.periods import Period
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.summaries import render, templates
from taizhang.summaries.desk.errors import DeskError
from taizhang.summaries.desk.models import Binding, BindingKind, Draft, DraftState, HumanText
from taizhang.summaries.desk.quantities import Quantity, QuantityError, Sort, find
from taizhang.summaries.desk.sections import checked, known_sections, who
from taizhang.summaries.document import MissingItem, Paragraph, Run, Sentence, Typed, Words
from taizhang.summaries.templates import Template, TemplateError, TemplateParagraph, TemplateSentence

_MARK = 0xE000  # private characters that hold a typed number's place while its sentence is read as a template
_MOST = 4000


class HumanTextError(TemplateError):
    """A paragraph with names that nobody knows, or braces that do not match: every fault, with its line."""

    def __init__(self, faults: list[str]) -> None:
        Refusal.__init__(self, "这一段没有保存，请改正后重试：\n  " + "\n  ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A typed number and what answers for it; None while nothing does."""

    quantity: Quantity
    binding: Binding | None

    @property
    def bound(self) -> Text | None:
        if self.binding is None:
            return None
        by = self.binding.by
        if self.binding.kind == BindingKind.SOURCE:
            return Text(f"来源：{self.binding.source}（{by}）", f"source: {self.binding.source} ({by})")
        return Text(f"{by}签字负责（{self.binding.at:%Y-%m-%d}）", f"signed by {by} ({self.binding.at:%Y-%m-%d})")


# -- writing -----------------------------------------------------------------------------------------------------------------------


def write(
    organisation: str,
    section: str,
    period: Period,
    text: str,
    *,
    by: Staff | str,
    head: Text | None = None,
    text_en: str = "",
    number: int = 1,
    leads: bool = True,
) -> HumanText:
    """Keep a paragraph; what stood there is replaced, and what answered for numbers that are still there stays. Refused with every
    unknown name (HumanTextError), and where the period's document is approved."""
    checked(section)
    _must_be_open(organisation, period)
    cleaned = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    if not cleaned:
        raise DeskError(Text("段落没有文字。不要这一段的，请删除它。", "The paragraph is empty. To be rid of it, delete it."))
    if len(cleaned) > _MOST:
        raise DeskError(Text(f"一段最多{_MOST}字，现有{len(cleaned)}字。请分成几段。", f"A paragraph has at most {_MOST} characters."))
    made = HumanText(
        organisation_id=organisation, section=section, period_start=period.start, period_end=period.end, number=number, leads=leads,
        head=head.zh if head else "", head_en=head.en if head else "", text=cleaned,
        text_en="\n".join(line.strip() for line in text_en.splitlines() if line.strip()), written_by=who(by),
    )  # fmt: skip
    _template(made, [])
    with acting_as(by), transaction.atomic():
        known = HumanText.objects.filter(
            organisation_id=organisation, section=section, period_start=period.start, period_end=period.end, number=number
        ).first()
        if known is not None:
            made.pk = known.pk
        made.save()
        made.bindings.exclude(key__in=[q.key for q in find(made.text)]).delete()
    return made


def remove(human: HumanText, *, by: Staff | str) -> None:
    _must_be_open(human.organisation_id, Period(human.period_start, human.period_end))
    with acting_as(by):
        human.delete()


def of_period(organisation: str, period: Period, section: str | None = None) -> list[HumanText]:
    """The paragraphs of a period, in order."""
    found = HumanText.objects.filter(organisation_id=organisation, period_start=period.start, period_end=period.end)
    return list((found.filter(section=section) if section else found).order_by("section", "number").prefetch_related("bindings"))


def beside(organisation: str, section: str, period: Period) -> tuple[list[HumanText], list[HumanText]]:
    """What a writer sees: this period's paragraphs of a section, and last year's of the same period."""
    return of_period(organisation, period, section), of_period(organisation, period.same_period_last_year(), section)


def _must_be_open(organisation: str, period: Period) -> None:
    closed = Draft.objects.filter(organisation_id=organisation, period_start=period.start, period_end=period.end).exclude(
        state=DraftState.DRAFTING
    )
    for draft in closed[:1]:
        raise DeskError(Text(
            f"《{draft}》{DraftState(draft.state).label}，这一时段的文字不能再改。需要修改的，先由审定人退回起草。",
            f"{draft} is {draft.state}; the text of this period cannot be changed. Take it back to drafting first.",
        ))  # fmt: skip


# -- numbers that were typed --------------------------------------------------------------------------------------------------------------


def typed(human: HumanText) -> list[TypedNumber]:
    """The numbers typed into a paragraph, in order."""
    bindings = {b.key: b for b in human.bindings.all()}
    return [TypedNumber(q, bindings.get(q.key)) for q in find(human.text)]


def _typed_number(human: HumanText, key: str) -> Quantity:
    found = find(human.text)
    matching = [q for q in found if q.key == key] or [q for q in found if q.text == key]
    if len(matching) == 1:
        return matching[0]
    shown = "、".join(q.key for q in matching or found) or "—"
    raise QuantityError(f"“{key}”在这一段里{'不止一处' if matching else '没有'}。段中的手填数有：{shown}。")


def bind_to_figure(human: HumanText, key: str, placeholder: str, *, by: Staff | str) -> HumanText:
    """Put a figure in the number's place: {code}, {code:filter}, {code@category}. The number's unit word stays."""
    quantity = _typed_number(human, key)
    asked = "{" + placeholder.strip().strip("{}") + "}"
    taken = quantity.text if asked.endswith(":reference}") else quantity.number
    at = quantity.start
    if asked.endswith(":reference}") and human.text[at - 1 : at] in "，,":
        at -= 1  # the phrase brings its own comma
        taken = human.text[at : quantity.end]
    text = human.text[:at] + asked + human.text[at + len(taken) :]
    english = human.text_en
    if english:
        bare = re.sub(r"[^\d.%‰]", "", taken)
        forms = [f for f in dict.fromkeys((bare, taken)) if f and english.count(f) == 1]
        if not forms:
            raise QuantityError(f"英文里找不到与“{taken}”对应的数。请先在英文中写上{asked}，再绑定。")
        english = english.replace(forms[0], asked)
    head = Text(human.head, human.head_en or human.head) if human.head else None
    period = Period(human.period_start, human.period_end)
    return write(
        human.organisation_id, human.section, period, text, by=by, head=head, text_en=english, number=human.number, leads=human.leads
    )


def bind_to_source(human: HumanText, key: str, source: str, *, by: Staff | str) -> Binding:
    """Name where a number comes from: a file, or a deed as deed:17."""
    if not source.strip():
        raise DeskError(Text("须写明来源：文件名称，或工作纪实编号（deed:编号）。", "Name the source: a file, or a deed as deed:number."))
    if match := re.fullmatch(r"deed:(\d+)", source.strip()):
        if not apps.is_installed("taizhang.programmes.deeds") or not apps.get_model("deeds", "Deed").objects.filter(pk=match[1]).exists():
            raise DeskError(Text(f"没有编号为{match[1]}的工作纪实。请核对编号。", f"No deed has the number {match[1]}."))
    return _bind(human, key, BindingKind.SOURCE, source.strip()[:200], by)


def sign(human: HumanText, key: str, *, by: Staff) -> Binding:
    """Take a number upon oneself. A process cannot sign."""
    return _bind(human, key, BindingKind.SIGNED, "", by)


def _bind(human: HumanText, key: str, kind: BindingKind, source: str, by: Staff | str) -> Binding:
    quantity = _typed_number(human, key)
    _must_be_open(human.organisation_id, Period(human.period_start, human.period_end))
    if quantity.sort is Sort.REFERENCE:
        raise DeskError(Text(
            f"“{quantity.text}”只能出自上级通报。请录入通报，再以{{指标代码:reference}}代替这几个字。",
            f"“{quantity.text}” can come from a bulletin only. Enter the bulletin and write {{code:reference}} instead.",
        ))  # fmt: skip
    with acting_as(by), transaction.atomic():
        binding, _ = Binding.objects.update_or_create(
            human=human, key=quantity.key, defaults={"printed": quantity.text[:40], "kind": kind, "source": source, "by": who(by)}
        )
    return binding


def unbound(texts: Iterable[HumanText]) -> list[tuple[HumanText, Quantity]]:
    return [(human, each.quantity) for human in texts for each in typed(human) if each.binding is None]


# -- as part of a document --------------------------------------------------------------------------------------------------------------


def paragraph(human: HumanText, context: render.Context) -> tuple[Paragraph | None, list[MissingItem]]:
    """The paragraph with its figures; a sentence whose figure is missing is left out and listed, as in a template."""
    numbers = typed(human)
    read = _template(human, [n.quantity for n in numbers])
    rendered = render.paragraph(read, read.paragraphs[0], context)
    missing = [replace(item, origin=_place(human)) for item in rendered.missing]
    if rendered.paragraph is None:
        return None, missing
    head = rendered.paragraph.head if human.head else None
    sentences = tuple(
        Sentence(_with_typed(s.zh, numbers), _with_typed(s.en, numbers), f"human: {human.pk}") for s in rendered.paragraph.sentences
    )
    return Paragraph(head, sentences), missing


def _with_typed(runs: Sequence[Run], numbers: Sequence[TypedNumber]) -> tuple[Run, ...]:
    """Marks become the numbers they hold the place of."""
    out: list[Run] = []
    for run in runs:
        if not isinstance(run, Words):
            out.append(run)
            continue
        for piece in re.split("([\ue000-\uf8ff])", run.text):
            if len(piece) == 1 and _MARK <= ord(piece) <= 0xF8FF:
                number = numbers[ord(piece) - _MARK]
                out.append(Typed(number.quantity.text, number.bound))
            elif piece:
                out.append(Words(piece))
    return tuple(out)


def _place(human: HumanText) -> str:
    name = known_sections().get(human.section)
    return f"“{name.zh if name else human.section}”第{human.number}段"


def _template(human: HumanText, numbers: Sequence[Quantity]) -> Template:
    """The paragraph as a template, its typed numbers as marks. Raises HumanTextError with every fault."""
    file, faults = _place(human), []
    marked = human.text
    for index in range(len(numbers) - 1, -1, -1):
        q = numbers[index]
        marked = marked[: q.start] + chr(_MARK + index) + marked[q.end :]
    chinese, english = marked.split("\n"), human.text_en.split("\n") if human.text_en else []
    if english and len(english) != len(chinese):
        faults.append(f"{file}：中文{len(chinese)}行，英文{len(english)}行。每行中文对应一行英文，或不写英文。")
        english = []
    sentences = []
    for line, text in enumerate(chinese, start=1):
        # Without a twin the Chinese stands in both, a sentence at a time, so that only the one that lacks a figure goes.
        pairs = [(text, english[line - 1])] if english else [(s, s) for s in re.findall(r"[^。]+。?", text)]
        for zh, en in pairs:
            pieces, twin = (templates.read_typed(file, side, line, faults) for side in (zh, en)) if en != zh else (None, None)
            if pieces is None or twin is None:
                pieces = twin = templates.read_typed(file, zh, line, faults)
            elif sorted(map(str, templates.placeholders_of(pieces))) != sorted(map(str, templates.placeholders_of(twin))):
                faults.append(f"{file} 第{line}行：英文与中文的数字不同。两种文字应写同样的{{指标}}。")
            sentences.append(TemplateSentence("", pieces, twin, line))
    head = Text(human.head or file, human.head_en or human.head or file)
    read = Template("", file, (TemplateParagraph(head, tuple(sentences), 1),))
    faults.extend(templates.unknown_names([read], registry))
    if faults:
        # A column would count within a sentence in which typed numbers are marks; the line and the name are what a writer looks for.
        raise HumanTextError(list(dict.fromkeys(re.sub(r"(第\d+行)第\d+列", r"\1", fault) for fault in faults)))
    return read
