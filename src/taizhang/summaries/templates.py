"""The reader of programmes/<name>/summary.md: a programme's paragraphs, in which every number is the name of a figure.

    # 用好健康档案 | Health records put to use
    截至{cutoff}，{area}累计建立居民电子健康档案{health_records.total:wan}份，建档率{health_records.coverage}{health_records.coverage:points}。
    > By {cutoff}, {area} held {health_records.total:wan} records, a coverage of {health_records.coverage}{health_records.coverage:points}.
    **zero** {period}，{area}{emergency.events:none}突发公共卫生事件报告。
    > ...

A heading starts a paragraph: its run-in head in two languages. Each further line is one sentence; the line after it begins "> " and is
its English twin with the same figures. A sentence may begin with its kind in bold (KINDS). Placeholders: {code}, {code@category},
{code:filter} (FILTERS), {parameter:name}, {parameter:name|from_to} (由a提高到b, said in the year of a change), {name:programme}, and the
free ones (FREE). [ ... ] is a clause that vanishes alone when a figure in it is missing. No digit stands outside a placeholder: the year,
an age, a limit are figures, parameters or the period.

A yearly rule has a value on 31 December only; until then its form by pace is said (**pace**), from then on the rule itself (**annual**):
on that day the two are one figure, and it is said once.

A sentence of the kind **clauses** is nothing but such clauses. Each is said where its first figure is known and not nought; what is left is
joined with commas. A folder may also hold an each_chapter.md: its sentences open every chapter that has something to say, the category
@chapter standing for the chapter at hand (openings.py).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from taizhang.kernel.indicators import Indicator
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import Registry
from taizhang.kernel.text import Text

FREE = ("cutoff", "period", "area", "year", "organisation")
# What a filter prints instead of the value.
FILTERS = ("wan", "wanyuan", "numerator", "denominator", "none", "points", "growth", "month", "completion", "reference", "titles", "names")
PARAMETER_FILTERS = ("from_to",)
COMPARISONS = ("points", "growth", "month", "reference")
# A kind is a condition on the figures of the whole sentence; see phrases.CONDITIONS.
KINDS = ("zero", "nonzero", "full", "notfull", "parts", "pace", "annual", "clauses")
CHAPTER = "chapter"  # the breakdown whose categories are the chapters

_DIGIT = re.compile(r"\d")
_KIND = re.compile(r"\*\*([^*]*)\*\*\s*")


class TemplateError(Refusal, ValueError):
    """Templates that cannot be built from: every fault of every file, each with file, line and placeholder."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("总结模板不能使用，请改正后重试：\n  " + "\n  ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Placeholder:
    """kind: "figure", "free", "parameter" or "name". column counts from 1."""

    kind: str
    name: str
    category: str
    filter: str
    line: int
    column: int

    def __str__(self) -> str:
        if self.kind == "parameter":
            return "{parameter:" + self.name + (f"|{self.filter}" if self.filter else "") + "}"
        head = f"name:{self.name}" if self.kind == "name" else self.name
        return "{" + head + (f"@{self.category}" if self.category else "") + (f":{self.filter}" if self.filter else "") + "}"


@dataclass(frozen=True, slots=True)
class Optional:
    """A clause that vanishes alone."""

    pieces: tuple["Piece", ...]


Piece = str | Placeholder | Optional


@dataclass(frozen=True, slots=True)
class TemplateSentence:
    kind: str
    zh: tuple[Piece, ...]
    en: tuple[Piece, ...]
    line: int


@dataclass(frozen=True, slots=True)
class TemplateParagraph:
    head: Text
    sentences: tuple[TemplateSentence, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Template:
    """A programme's paragraphs. file: what faults and origins name it by, such as hypertension/summary.md. each_chapter: they are said in
    every chapter."""

    programme: str
    file: str
    paragraphs: tuple[TemplateParagraph, ...]
    each_chapter: bool = False

    def placeholders(self) -> Iterator[Placeholder]:
        for paragraph in self.paragraphs:
            for sentence in paragraph.sentences:
                yield from placeholders_of((*sentence.zh, *sentence.en))


def placeholders_of(pieces: Iterable[Piece], *, optional: bool = True) -> Iterator[Placeholder]:
    """The placeholders in order; without those in optional clauses unless `optional`."""
    for piece in pieces:
        if isinstance(piece, Placeholder):
            yield piece
        elif isinstance(piece, Optional) and optional:
            yield from placeholders_of(piece.pieces)


# -- reading ------------------------------------------------------------------------------------------------------------------


def read(programme: str, file: str, content: str) -> Template:
    """Parse one summary.md. Raises TemplateError with every fault of the file."""
    faults: list[str] = []
    paragraphs: list[TemplateParagraph] = []
    sentences: list[TemplateSentence] = []
    head: tuple[Text, int] | None = None
    open_line: tuple[str, int] | None = None

    def close_sentence(at: int) -> None:
        nonlocal open_line
        if open_line is not None:
            faults.append(f"{file} 第{open_line[1]}行：这一句没有英文。在下一行以“> ”写出它的英文。")
            open_line = None

    def close_paragraph(at: int) -> None:
        close_sentence(at)
        if head is not None:
            if not sentences:
                faults.append(f"{file} 第{head[1]}行：“{head[0].zh}”下面没有句子。写一句，或删去这个小标题。")
            paragraphs.append(TemplateParagraph(head[0], tuple(sentences), head[1]))
            sentences.clear()

    for number, raw in enumerate(content.splitlines(), start=1):
        line = raw.strip()
        if not line:
            continue
        if line.startswith("# "):
            close_paragraph(number)
            zh, bar, en = line[2:].partition("|")
            if not bar or not zh.strip() or not en.strip():
                faults.append(f"{file} 第{number}行：小标题应写作“# 中文 | English”。")
                head = (Text(zh.strip() or "—", en.strip() or "—"), number)
            else:
                head = (Text(zh.strip(), en.strip()), number)
            faults.extend(_digit_faults(file, number, line))
        elif line.startswith(">"):
            if open_line is None:
                faults.append(f"{file} 第{number}行：这行英文的上一行不是中文句子。英文紧跟在它的中文之后。")
                continue
            sentence = _sentence(file, open_line, (line[1:].strip(), number), faults)
            open_line = None
            if head is None:
                faults.append(f"{file} 第{sentence.line}行：句子前面没有小标题。先写一行“# 中文 | English”。")
            sentences.append(sentence)
        else:
            close_sentence(number)
            open_line = (line, number)
    close_paragraph(0)
    if faults:
        raise TemplateError(faults)
    return Template(programme, file, tuple(paragraphs))


def _sentence(file: str, zh: tuple[str, int], en: tuple[str, int], faults: list[str]) -> TemplateSentence:
    text, line = zh
    kind = ""
    if match := _KIND.match(text):
        kind = match[1]
        text = text[match.end() :]
        if kind not in KINDS:
            faults.append(f"{file} 第{line}行：没有“**{kind}**”这种句子，可用：{'、'.join(KINDS)}。")
    zh_pieces = _pieces(file, text, line, faults)
    en_pieces = _pieces(file, _KIND.sub("", en[0], count=1), en[1], faults)
    zh_names, en_names = (
        Counter(str(p) for p in placeholders_of(side) if p.kind in ("figure", "parameter")) for side in (zh_pieces, en_pieces)
    )
    for name in sorted((zh_names - en_names).keys()):
        faults.append(f"{file} 第{en[1]}行：英文缺{name}，中文有。两种文字的数字应相同。")
    for name in sorted((en_names - zh_names).keys()):
        faults.append(f"{file} 第{en[1]}行：英文多出{name}，中文没有。两种文字的数字应相同。")
    comparisons = [str(p) for p in placeholders_of(zh_pieces) if p.filter in COMPARISONS]
    if len(comparisons) > 1:
        faults.append(f"{file} 第{line}行：一个句子最多一处比较，现有{'、'.join(comparisons)}。拆成两句，或删去一处。")
    if kind != "zero" and any(p.filter == "none" for p in placeholders_of((*zh_pieces, *en_pieces))):
        faults.append(f"{file} 第{line}行：“:none”（无）只能用在“**zero**”的句子里，否则未报的也会说成没有。")
    if kind == "clauses":
        faults.extend(_clause_faults(file, line, zh_pieces, en_pieces))
    elif kind and not any(p.kind == "figure" for p in placeholders_of(zh_pieces, optional=False)):
        faults.append(f"{file} 第{line}行：“**{kind}**”的句子里应有它所依据的数字。")
    return TemplateSentence(kind, zh_pieces, en_pieces, line)


def _clause_faults(file: str, line: int, zh: tuple[Piece, ...], en: tuple[Piece, ...]) -> list[str]:
    """What keeps a sentence of clauses from being taken apart: words between them, or a clause without its twin."""
    faults = []
    if any(isinstance(piece, Placeholder) or (isinstance(piece, str) and piece.strip()) for piece in (*zh, *en)):
        faults.append(f"{file} 第{line}行：“**clauses**”的句子只由方括号里的分句组成，分句之外不写别的。")
    if [_names_in(clause) for clause in clauses_of(zh)] != [_names_in(clause) for clause in clauses_of(en)]:
        faults.append(f"{file} 第{line}行：中英文的分句应一一对应，每一句里的数字相同。")
    return faults


def clauses_of(pieces: Iterable[Piece]) -> list[Optional]:
    return [piece for piece in pieces if isinstance(piece, Optional)]


def _names_in(clause: Optional) -> set[str]:
    return {str(placeholder) for placeholder in placeholders_of(clause.pieces)}


def read_typed(file: str, text: str, line: int, faults: list[str]) -> tuple[Piece, ...]:
    """A sentence that people wrote: the same placeholders and clauses, but digits may stand in it; the desk finds them."""
    pieces = _pieces(file, text, line, faults, typed=True)
    comparisons = [str(p) for p in placeholders_of(pieces) if p.filter in COMPARISONS]
    if len(comparisons) > 1:
        faults.append(f"{file} 第{line}行：一个句子最多一处比较，现有{'、'.join(comparisons)}。拆成两句，或删去一处。")
    return pieces


def _pieces(file: str, text: str, line: int, faults: list[str], *, typed: bool = False) -> tuple[Piece, ...]:
    """Text, placeholders and optional clauses of one line."""
    outer: list[Piece] = []
    inner: list[Piece] | None = None
    written: list[str] = []
    at = 0

    def flush() -> None:
        if written:
            (outer if inner is None else inner).append("".join(written))
            if not typed:
                faults.extend(_digit_faults(file, line, "".join(written)))
            written.clear()

    while at < len(text):
        character = text[at]
        if character == "{":
            end = text.find("}", at)
            if end < 0:
                faults.append(f"{file} 第{line}行第{at + 1}列：“{{”没有配对的“}}”。")
                break
            flush()
            (outer if inner is None else inner).append(_placeholder(file, text[at + 1 : end], line, at + 1, faults))
            at = end + 1
            continue
        if character == "[" and inner is None:
            flush()
            inner = []
        elif character == "]" and inner is not None:
            flush()
            outer.append(Optional(tuple(inner)))
            if not list(placeholders_of(inner)):
                faults.append(f"{file} 第{line}行第{at + 1}列：方括号里没有数字，不会消失。去掉方括号。")
            inner = None
        elif character in "[]}":
            faults.append(f"{file} 第{line}行第{at + 1}列：“{character}”没有配对。")
        else:
            written.append(character)
        at += 1
    flush()
    if inner is not None:
        faults.append(f"{file} 第{line}行：“[”没有配对的“]”。")
        outer.append(Optional(tuple(inner)))
    return tuple(outer)


def _placeholder(file: str, body: str, line: int, column: int, faults: list[str]) -> Placeholder:
    body = body.strip()
    if body in FREE:
        return Placeholder("free", body, "", "", line, column)
    if body.startswith("name:"):
        return Placeholder("name", body.removeprefix("name:").strip(), "", "", line, column)
    if body.startswith("parameter:"):
        name, _, filter_ = (part.strip() for part in body.removeprefix("parameter:").partition("|"))
        if filter_ not in ("", *PARAMETER_FILTERS):
            faults.append(f"{file} 第{line}行第{column}列：{{{body}}} 的“{filter_}”不是已有的写法，可用：{'、'.join(PARAMETER_FILTERS)}。")
        return Placeholder("parameter", name, "", filter_, line, column)
    name, _, rest = body.partition("@")
    filter_ = ""
    if rest:
        # A category of a breakdown holds a colon itself (sex:1), so only a known filter ends it.
        category, _, last = rest.rpartition(":")
        if last in FILTERS:
            rest, filter_ = category, last
    else:
        name, _, filter_ = name.partition(":")
        if filter_ and filter_ not in FILTERS:
            faults.append(f"{file} 第{line}行第{column}列：{{{body}}} 的“{filter_}”不是已有的写法，可用：{'、'.join(FILTERS)}。")
    return Placeholder("figure", name.strip(), rest.strip(), filter_, line, column)


def _digit_faults(file: str, line: int, text: str) -> list[str]:
    if match := _DIGIT.search(text):
        near = text[max(0, match.start() - 8) : match.end() + 8]
        return [f"{file} 第{line}行：模板里写了数字“{match[0]}”（…{near}…）。数字应来自指标、参数或时段。"]
    return []


# -- checking -----------------------------------------------------------------------------------------------------------------


def load(registry: Registry) -> list[Template]:
    """The templates of all lines of work, in their order, checked. Raises TemplateError with every fault of every file."""
    found: list[Template] = []
    faults: list[str] = []
    for programme in sorted(registry.programmes.values(), key=lambda p: (p.order, p.code)):
        for name in ("summary.md", "each_chapter.md"):
            path: Path = programme.folder / name
            if not path.is_file():
                continue
            try:
                template = read(programme.code, f"{programme.code}/{name}", path.read_text(encoding="utf-8"))
                found.append(replace(template, each_chapter=name == "each_chapter.md"))
            except TemplateError as error:
                faults.extend(error.faults)
    faults.extend(unknown_names(found, registry))
    if faults:
        raise TemplateError(faults)
    return found


def unknown_names(templates: Iterable[Template], registry: Registry) -> list[str]:
    """Every placeholder of every template that names nothing, each with file, line and column."""
    faults = []
    for template in templates:
        for placeholder in template.placeholders():
            if reason := _unknown(placeholder, registry, template.each_chapter):
                faults.append(f"{template.file} 第{placeholder.line}行第{placeholder.column}列：{placeholder} {reason}")
    return faults


def _unknown(placeholder: Placeholder, registry: Registry, each_chapter: bool) -> str:
    if placeholder.kind == "free":
        return ""
    if placeholder.kind == "parameter":
        return "" if placeholder.name in registry.parameters else "没有这个参数。"
    if placeholder.kind == "name":
        return "" if placeholder.name in registry.programmes else "没有这项业务。"
    siblings = registry.indicators.get(placeholder.name)
    if siblings is None:
        return "没有这个指标。"
    if each_chapter and placeholder.category == CHAPTER:
        by_chapter = any(i.population is not None and any(b.name == CHAPTER for b in i.population.breakdowns) for i in siblings)
        return "" if by_chapter else "指标不按篇章分组。"
    if placeholder.category and not any(_has_category(i, placeholder.category, registry) for i in siblings):
        return f"指标没有“{placeholder.category}”这一分组。"
    return ""


def _has_category(indicator: Indicator, category: str, registry: Registry) -> bool:
    if indicator.population is not None:
        for breakdown in indicator.population.breakdowns:
            if category in {f"{breakdown.name}:{code}" for code, _ in breakdown.categories}:
                return True
    if indicator.reported is not None and indicator.reported.by_category:
        cell = indicator.reported.numerator or indicator.reported.rate
        form = registry.forms.get(cell.form) if cell is not None else None
        return form is not None and (form.open_categories or category in {c.code for c in form.categories})
    return False
