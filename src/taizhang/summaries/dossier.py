"""What stands behind a number, in words: the text of its comment in the review copy, and the rows of the annexes."""

from taizhang.figures.model import Figure
from taizhang.kernel.indicators import Cell, Indicator, Series
from taizhang.kernel.query.formula import formula
from taizhang.kernel.registry import Registry
from taizhang.kernel.text import Text
from taizhang.summaries import phrases, wording
from taizhang.summaries.document import FigureSpan, Typed

MOST_NAMED = 30  # figures of other units that one comment lists


def definition(indicator: Indicator, known: Registry) -> Text:
    """How the indicator is counted: from records, and the cells of the returns that hold it."""
    parts: list[Text] = []
    if indicator.population is not None:
        parts.append(formula(indicator))
    if (reported := indicator.reported) is not None:
        named = [_cell(c, known) for c in (reported.numerator, reported.denominator) if c is not None]
        if named:
            parts.append(Text(f"报表：{' ÷ '.join(n.zh for n in named)}", f"returns: {' / '.join(n.en for n in named)}"))
        if reported.rate is not None:
            rate = _cell(reported.rate, known)
            parts.append(Text(f"报表原率：{rate.zh}", f"rate as reported: {rate.en}"))
    return Text("；".join(p.zh for p in parts), "; ".join(p.en for p in parts))


def _cell(cell: Cell | Series, known: Registry) -> Text:
    if isinstance(cell, Series):
        return _SERIES.get(cell.name, Text(cell.name, cell.name))
    form = known.forms.get(cell.form)
    if form is None:
        return Text(f"{cell.form}.{cell.element}", f"{cell.form}.{cell.element}")
    element = form.element(cell.element)
    return Text(f"《{form.name.zh}》{element.name.zh}", f"{form.name.en}, {element.name.en}")


_SERIES = {
    "resident_population": Text("常住人口", "resident population"),
    "registered_population": Text("户籍人口", "registered population"),
}


def name(figure: Figure) -> Text:
    """The indicator's name with its category."""
    base = figure.indicator.name
    if figure.category_name is None:
        return base
    return Text(f"{base.zh}（{figure.category_name.zh}）", f"{base.en} ({figure.category_name.en})")


def count(scaled: int | None, figure: Figure, language: str = "zh") -> str:
    return "—" if scaled is None else phrases.count_text(scaled, figure.places)[0 if language == "zh" else 1]


def unit_of(figure: Figure) -> str:
    return "" if figure.indicator.unit in ("%", "‰") else figure.indicator.unit


def comment(span: FigureSpan, known: Registry, language: str = "zh") -> str:
    """The comment of a number: what it is, its definition, numerator, denominator, source, period and ledger version."""
    figure = span.figure
    zh = language == "zh"
    counted = definition(figure.indicator, known).in_language(language)
    when = wording.full_period(figure.period).in_language(language)
    lines = [
        ("指标", "Indicator", f"{name(figure).in_language(language)}（{figure.code}）" if zh else f"{name(figure).en} ({figure.code})"),
        ("本处数字", "This number", span.how.in_language(language) if span.how else ""),
        ("本期值", "Value", f"{figure.printed}{unit_of(figure) if zh and figure.indicator.unit not in figure.printed else ''}"),
        ("口径", "Definition", counted),
        ("分子", "Numerator", count(figure.numerator, figure, language) if figure.indicator.is_rate else ""),
        ("分母", "Denominator", count(figure.denominator, figure, language) if figure.indicator.is_rate else ""),
        ("去年同期", "Last year", figure.last_year.printed if figure.last_year and figure.last_year.value is not None else ""),
        ("时间口径", "Time base", figure.indicator.time_base.label.in_language(language)),
        ("时段", "Period", f"{when}，截至{figure.period.cutoff}" if zh else f"{when}, cut-off {figure.period.cutoff}"),
        ("单位", "Organisation", figure.organisation_name.in_language(language)),
        ("数据来源", "Source", _source(figure, language)),
        ("状态", "Status", figure.status.label.in_language(language)),
        ("依据", "Rule", str(figure.indicator.source)),
        (
            "台账版本",
            "Ledger version",
            f"{figure.ledger_version}；定义指纹 {figure.definition}" if zh else f"{figure.ledger_version}; {figure.definition}",
        ),
    ]
    if len(span.figures) > 1:
        lines.insert(2, ("所依据的数字", "Drawn from", _others(span, language)))
    colon = "：" if zh else ": "
    return "\n".join(f"{zh_label if zh else en_label}{colon}{text}" for zh_label, en_label, text in lines if text)


def typed_comment(typed: Typed, language: str = "zh") -> str:
    """The comment of a number that somebody typed: what answers for it, or that nothing does."""
    unbound = Text("尚无来源，请绑定数字、注明来源或由人签字", "nothing answers for it yet: bind it, name its source, or sign it")
    return Text(f"手填：{(typed.bound or unbound).zh}", f"Typed by hand: {(typed.bound or unbound).en}").in_language(language)


def _source(figure: Figure, language: str) -> str:
    label = figure.source.label.in_language(language)
    if figure.cells:
        shown = ", ".join(str(c) for c in figure.cells[:MOST_NAMED]) + (" …" if len(figure.cells) > MOST_NAMED else "")
        return f"{label}（报表单元格 {shown}）" if language == "zh" else f"{label} (return cells {shown})"
    return label


def _others(span: FigureSpan, language: str) -> str:
    """The figures a drawn number stands on: by unit where they are one indicator's, else by indicator."""
    same = len({f.code for f in span.figures}) == 1
    named = [f"{(f.organisation_name if same else name(f)).in_language(language)} {f.printed}" for f in span.figures[1 if same else 0 :]]
    more = f" …（共{len(named)}个）" if language == "zh" else f" … ({len(named)} in all)"
    joined = ("、" if language == "zh" else ", ").join(named[:MOST_NAMED])
    return joined + (more if len(named) > MOST_NAMED else "")
