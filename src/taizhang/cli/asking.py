"""Commands that ask: figures, trace, why, summary."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from taizhang.cli.common import (
    LANGUAGE,
    Format,
    FormatOption,
    HomeOption,
    Language,
    LanguageOption,
    OrganisationOption,
    PeriodOption,
    out,
    progress,
    say,
    work_in,
    write_csv,
    write_json,
)
from taizhang.config.home import Home
from taizhang.kernel.parameters import as_decimal
from taizhang.kernel.periods import Period
from taizhang.kernel.refusals import Refusal

if TYPE_CHECKING:
    from taizhang.figures.model import Figure
    from taizhang.figures.trace import Trace


class Part(StrEnum):
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    GAP = "gap"


def figures(
    period: PeriodOption,
    org: OrganisationOption = None,
    children: Annotated[bool, typer.Option("--children", help=say("同时列出下级机构", "also the organisations one level down"))] = False,
    indicator: Annotated[
        list[str] | None,
        typer.Option("--indicator", metavar="CODE", help=say("只要这些指标（可重复）", "only these indicators (repeatable)")),
    ] = None,
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.figures.compute import figures as compute

    with progress(say("计算", "computing")):
        found = compute(period_of(period, work), org or work.organisation, children=children, indicators=indicator)
    show(found, format, every_category=bool(indicator))


def show(found: "list[Figure]", format: Format, *, every_category: bool) -> None:
    """Figures in the format asked for. A screen shows totals, unless every category is wanted; a file holds them all."""
    from taizhang.figures import present

    if format is Format.JSON:
        write_json([present.as_json(figure) for figure in found])
    elif format is Format.CSV:
        write_csv([present.as_json(figure) for figure in found])
    else:
        table = Table(
            say("指标", "indicator"), say("机构", "organisation"), say("分组", "category"),
            *_right(say("分子", "numerator"), say("分母", "denominator"), say("数值", "value")),
            *_right(say("上年同期", "last year"), say("任务", "target")),
            say("状态", "status"), say("来源", "source"),
        )  # fmt: skip
        for figure in (f for f in found if f.is_total or every_category):
            table.add_row(
                figure.indicator.name.in_language(LANGUAGE),
                figure.organisation_name.in_language(LANGUAGE),
                figure.category_name.in_language(LANGUAGE) if figure.category_name else "",
                _count(figure.numerator, figure.places),
                _count(figure.denominator, figure.places),
                figure.printed,
                figure.last_year.printed if figure.last_year else "",
                str(figure.target.value) if figure.target else "",
                figure.status.label.in_language(LANGUAGE),
                figure.source.label.in_language(LANGUAGE),
            )
        out.print(table)


def trace(
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help=say("指标代码", "indicator code"))],
    period: PeriodOption,
    org: OrganisationOption = None,
    part: Annotated[Part, typer.Option("--part", help="numerator | denominator | gap")] = Part.NUMERATOR,
    category: Annotated[
        str,
        typer.Option(
            "--category",
            metavar="CODE",
            help=say("只看一个分组，如 sex:1 或报表行代码", "one category: sex:1, or the code of a return's row"),
        ),
    ] = "",
    limit: Annotated[int | None, typer.Option("--limit", help=say("最多列出几条（缺省全部）", "at most so many (all by default)"))] = None,
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.figures.trace import trace as follow

    found = follow(indicator, period_of(period, work), org or work.organisation, part.value, limit=limit, category=category)
    rows = _traced(found)
    if format is Format.JSON:
        write_json(rows)
    elif format is Format.CSV:
        write_csv(rows)
    else:
        names = list(rows[0]) if rows else []
        table = Table(*names, title=say(f"共{found.count}条，列出{len(rows)}条", f"{found.count} in all, {len(rows)} listed"))
        for row in rows:
            table.add_row(*("" if value is None else str(value) for value in row.values()))
        out.print(table)


def _traced(found: "Trace") -> list[dict[str, Any]]:
    """Whom a part counts, by health-record number, never by name; and the cells of returns it rests on."""
    from taizhang.county.models import Resident

    residents = {member.resident for member in found.members}
    numbers: dict[int | None, str | None] = {}
    wanted = sorted(resident for resident in residents if resident is not None)
    for start in range(0, len(wanted), 5_000):
        some = wanted[start : start + 5_000]
        numbers.update(Resident.objects.filter(pk__in=some).values_list("pk", "record_number"))
    people = [
        {
            "resident": member.resident,
            "record_number": numbers.get(member.resident),
            "organisation": member.organisation,
            "organisation_name": member.organisation_name.in_language(LANGUAGE),
            "member": member.member,
            "value": member.value,
            **({"name": member.name} if member.name else {}),
            **member.categories,
        }
        for member in found.members
    ]
    cells = [
        {
            "form": cell.form.in_language(LANGUAGE),
            "element": cell.element.in_language(LANGUAGE),
            "category": cell.category,
            "organisation": cell.organisation,
            "organisation_name": cell.organisation_name.in_language(LANGUAGE),
            "period": str(Period(cell.period_start, cell.period_end)),
            "as_of": cell.as_of.isoformat(),
            "value": f"{cell.value:f}",
            "unit": cell.unit,
            "return": cell.report,
            "cell": cell.id,
        }
        for cell in found.cells
    ]
    return people or cells


def why(
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help=say("指标代码", "indicator code"))],
    period: PeriodOption,
    resident: Annotated[
        str, typer.Option("--resident", metavar="NUMBER", help=say("健康档案编号或身份证号", "health-record or identity number"))
    ],
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.county import audit, people
    from taizhang.figures.why import why as explain

    person = people.by_number(resident, work.working_day())
    if person is None:
        raise Refusal(say("没有这个编号的居民，请核对健康档案编号或身份证号。", "No resident has this number. Check it."))
    audit.record(None, audit.OPEN_PERSON, person, {"purpose": "why", "indicator": indicator, "period": period})
    explanation = explain(indicator, person.pk, period_of(period, work))
    requirements = [
        {"met": r.met, "part": r.part, "text": r.text.in_language(LANGUAGE), "source": str(r.source) if r.source else None}
        for r in explanation.sentences
    ]
    if format is Format.TABLE:
        out.print(explanation.conclusion.in_language(LANGUAGE), style="bold")
        for requirement in requirements:
            out.print(f"  {'✓' if requirement['met'] else '✗'} {requirement['text']}", markup=False)
            if requirement["source"]:
                out.print(f"      {requirement['source']}", style="dim", markup=False)
        for mend in explanation.mend:
            out.print(f"  → {mend.in_language(LANGUAGE)}", markup=False)
    elif format is Format.CSV:
        write_csv(requirements)
    else:
        write_json(
            {
                "indicator": indicator,
                "in_population": explanation.in_population,
                "eligible": explanation.counted_in_denominator,
                "counted": explanation.counted,
                "conclusion": explanation.conclusion.in_language(LANGUAGE),
                "requirements": requirements,
                "mend": [mend.in_language(LANGUAGE) for mend in explanation.mend],
            }
        )


def summary(
    period: PeriodOption,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.docx", help=say("写到哪个文件", "the file to write"))],
    org: OrganisationOption = None,
    review: Annotated[
        bool, typer.Option("--review", help=say("写校核稿（批注、数字附录和缺数清单）", "the review copy, with comments and annexes"))
    ] = False,
    tables: Annotated[
        Path | None,
        typer.Option("--tables", metavar="FILE.xlsx", help=say("附表另写成 Excel（分业务、分单位）", "the tables by place, as Excel")),
    ] = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.kernel.registry import registry
    from taizhang.summaries import tables as by_place
    from taizhang.summaries.build import build, gather
    from taizhang.summaries.word import write

    asked, whose = period_of(period, work), org or work.organisation
    with progress(say("起草", "drafting")):
        found = gather(asked, whose)
        write(build(asked, whose, gathered=found), output, review=review)
        if tables is not None:
            by_place.write(found.own, found.below, registry, tables)
    out.print(say(f"已写成 {output}", f"Written: {output}"))
    if tables is not None:
        out.print(say(f"附表已写成 {tables}", f"Tables written: {tables}"))


def period_of(text: str, work: Home) -> Period:
    """The period asked for. One that is still running, and names no cut-off, is known up to the home's working day."""
    period = Period.parse(text)
    return period if "@" in text else period.known_on(work.working_day())


def _count(number: int | None, places: int) -> str:
    return "" if number is None else f"{as_decimal(number, places):f}"


def _right(*names: str) -> list[Any]:
    from rich.table import Column

    return [Column(name, justify="right") for name in names]
