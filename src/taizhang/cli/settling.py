"""`taizhang settlement …` and `taizhang assessment`: work and its pay, findings looked at, the year's assessment table."""

from datetime import date
from pathlib import Path
from typing import Annotated

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
    out,
    progress,
    say,
    work_in,
    write_csv,
    write_json,
)
from taizhang.kernel.periods import PeriodError
from taizhang.kernel.text import Text

app = typer.Typer(no_args_is_help=True, add_completion=False)

ThroughOption = Annotated[
    str | None,
    typer.Option("--through", metavar="YYYY-MM-DD", help=say("结算到哪一天，缺省为今天", "the last day of the work; today by default")),
]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help=say("经办人", "who does it"))]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE.xlsx", help=say("写成Excel文件", "write an Excel file"))]


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise PeriodError(say(f"“{written}”不是日期。请写成 2026-06-30。", f"{written!r} is no day. Write 2026-06-30.")) from None


def _words(text: Text) -> str:
    return text.in_language(LANGUAGE)


@app.command(
    "show", help=say("核算一年到某日的工作量、扣减和应付。", "Reckon the work of a year up to a day, deductions and what is to be paid.")
)
def show(
    org: OrganisationOption = None,
    through: ThroughOption = None,
    output: OutputOption = None,
    details: Annotated[
        bool, typer.Option("--details", help=say("附上付费的每一条记录（不含姓名）", "with every record paid for (no names)"))
    ] = False,
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.settlement.excel import settlement_book
    from taizhang.settlement.settle import faults_of, yuan
    from taizhang.settlement.work import Reckoning

    with progress(say("核算", "reckoning")):
        reckoning = Reckoning(org or work.organisation, _day(through) if through else work.working_day())
        bills = reckoning.bills
    if output is not None:
        output.write_bytes(settlement_book(reckoning, LANGUAGE, details=details))
        out.print(say(f"已写成 {output}：{len(bills)}个单位", f"Written: {output}: {len(bills)} units"))
        return
    rows = [
        {
            "unit": bill.unit, "name": _words(bill.name), "value": yuan(bill.value), "deducted": yuan(bill.deducted),
            "advanced": yuan(bill.advanced), "paid_before": yuan(bill.paid_before), "reversed": yuan(bill.reversed),
            "carried": yuan(bill.carried), "balance": yuan(bill.balance), "payable": yuan(bill.payable),
        }
        for bill in bills
    ]  # fmt: skip
    if format is Format.JSON:
        write_json(
            {
                "organisation": reckoning.organisation,
                "through": reckoning.through,
                "ledger_version": reckoning.ledger_version,
                "units": rows,
            }
        )
    elif format is Format.CSV:
        write_csv(rows)
    else:
        table = Table(title=say(f"{reckoning.year}年至{reckoning.through}（元）", f"{reckoning.year} to {reckoning.through} (yuan)"))
        named = (("代码", "code"), ("单位", "unit"), ("工作价值", "work"), ("质量扣减", "taken off"), ("已预拨", "advances"))
        taken = (("以前已付", "paid before"), ("冲销", "reversed"), ("上年结转", "brought forward"))
        for words in (*named, *taken, ("结余", "balance"), ("本次应付", "to pay")):
            table.add_column(say(*words), justify="left" if words[1] in ("code", "unit") else "right")
        for row in rows:
            table.add_row(*(str(value) for value in row.values()))
        out.print(table)
        for fault in faults_of(reckoning):
            out.print(f"· {fault}", markup=False, soft_wrap=True)


@app.command("approve", help=say("审定：冻结这次结算和它的台账版本。", "Approve: freeze the settlement and its ledger version."))
def approve(
    by: ByOption, org: OrganisationOption = None, through: ThroughOption = None, home: HomeOption = None, lang: LanguageOption = Language.ZH
) -> None:
    work = work_in(home)
    from taizhang.settlement.settle import approve as freeze
    from taizhang.settlement.settle import yuan
    from taizhang.settlement.work import Reckoning

    with progress(say("核算", "reckoning")):
        reckoning = Reckoning(org or work.organisation, _day(through) if through else work.working_day())
        made = freeze(reckoning, actor=by)
    paid = yuan(sum(bill.payable for bill in reckoning.bills))
    out.print(
        say(
            f"已审定第{made.pk}号结算：{len(reckoning.bills)}个单位，本次应付{paid}元，台账第{made.ledger_version}版长期留存。",
            f"Settlement No. {made.pk} approved: {len(reckoning.bills)} units, {paid} yuan to pay; ledger version {made.ledger_version} "
            "is kept.",
        )
    )


@app.command("advance", help=say("登记预拨款。", "Enter money paid in advance."))
def advance(
    org: Annotated[str, typer.Option("--org", metavar="CODE", help=say("收款机构", "who received it"))],
    amount: Annotated[str, typer.Option("--amount", metavar="YUAN", help=say("金额（元）", "amount in yuan"))],
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help=say("拨付日期", "day it was paid"))],
    document: Annotated[str, typer.Option("--document", help=say("拨付文件", "the document"))],
    by: ByOption,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.settlement.settle import fen, pay_advance, yuan

    made = pay_advance(org, fen(amount), paid_on=_day(on), document=document, actor=by)
    out.print(
        say(f"已登记：{made.organisation.name} {made.paid_on} {yuan(made.amount)}元", f"Entered: {org} {on} {yuan(made.amount)} yuan")
    )


@app.command(
    "import-advances",
    help=say("从Excel或CSV导入预拨清单；有一行不对就全不导入。", "Enter a list of advances from Excel or CSV; all or none."),
)
def import_advances(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("Excel 或 CSV 文件", "an Excel or CSV file"))],
    by: ByOption,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.exchange.reading import open_file
    from taizhang.settlement.advances import enter_advances
    from taizhang.settlement.settle import yuan

    sheets = open_file(file)
    entered = enter_advances(sheets[0].rows() if sheets else (), actor=by)
    out.print(
        say(
            f"已登记{entered.made}笔，共{yuan(entered.amount)}元；{entered.unchanged}笔早已登记，没有变动",
            f"{entered.made} entered, {yuan(entered.amount)} yuan; {entered.unchanged} stood there already",
        )
    )


@app.command("reopen", help=say("重开一次还没有付款的结算。", "Reopen a settlement that was not paid out yet."))
def reopen(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help=say("结算号", "number of the settlement"))],
    reason: Annotated[str, typer.Option("--reason", help=say("重开原因", "why"))],
    by: ByOption,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.settlement.errors import SettlementError
    from taizhang.settlement.models import Settlement
    from taizhang.settlement.settle import reopen as undo

    found = Settlement.objects.filter(pk=number).first()
    if found is None:
        raise SettlementError(f"没有第{number}号结算。请核对结算号。")
    undo(found, reason=reason, actor=by)
    out.print(say(f"第{number}号结算已重开，可以重新核算审定。", f"Settlement No. {number} was reopened."))


@app.command("reverse", help=say("冲销以前年度一行已结算的工作量。", "Reverse part of a line settled in an earlier year."))
def reverse(
    line: Annotated[int, typer.Argument(metavar="LINE", help=say("结算行号", "number of the line"))],
    quantity: Annotated[int, typer.Option("--quantity", help=say("冲销数量", "how many"))],
    reason: Annotated[str, typer.Option("--reason", help=say("冲销原因", "why"))],
    by: ByOption,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.settlement.errors import SettlementError
    from taizhang.settlement.models import SettledLine
    from taizhang.settlement.settle import reverse as take_back
    from taizhang.settlement.settle import yuan

    found = SettledLine.objects.filter(pk=line).first()
    if found is None:
        raise SettlementError(f"没有第{line}号结算行。请核对。")
    made = take_back(found, quantity, reason=reason, actor=by)
    out.print(
        say(f"已冲销{yuan(made.amount)}元，在下次结算中扣回。", f"{yuan(made.amount)} yuan reversed; the next settlement takes it off.")
    )


@app.command("findings", help=say("列出疑点：每项多少，或一项的逐条。", "Findings: how many of each check, or those of one."))
def findings(
    check: Annotated[str | None, typer.Argument(metavar="CHECK", help=say("疑点代码", "a check's code"))] = None,
    org: OrganisationOption = None,
    through: ThroughOption = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.kernel.registry import registry
    from taizhang.settlement.errors import SettlementError
    from taizhang.settlement.settle import reviews_of
    from taizhang.settlement.work import Reckoning

    place = org or work.organisation
    reckoning = Reckoning(place, _day(through) if through else work.working_day())
    table = Table(title=say(f"疑点（{reckoning.year}年至{reckoning.through}）", f"Findings ({reckoning.year} to {reckoning.through})"))
    if check is None:
        for words in (("代码", "code"), ("疑点", "finding"), ("程度", "severity"), ("条数", "hits")):
            table.add_column(say(*words))
        for each in registry.checks.values():
            if count := reckoning.findings.count(each.code, place):
                table.add_row(each.code, _words(each.name), each.severity.value, str(count))
    else:
        if check not in registry.checks:
            raise SettlementError(f"没有疑点核查项“{check}”。不写代码即列出全部。")
        for words in (("序号", "member"), ("居民", "resident"), ("机构", "organisation"), ("核实", "review"), ("说明", "note")):
            table.add_column(say(*words))
        hits = reckoning.findings.members(check, place)
        decided = reviews_of(check, reckoning.year)
        for hit in hits:
            known = decided.get(hit.member)
            state = known.get_state_display() if known else say("待核", "open")
            table.add_row(str(hit.member), str(hit.resident or ""), _words(hit.organisation_name), str(state), known.note if known else "")
    out.print(table)


@app.command("review", help=say("记下疑点核实的结果。", "Keep what a look at findings found."))
def review(
    check: Annotated[str, typer.Argument(metavar="CHECK", help=say("疑点代码", "the check's code"))],
    members: Annotated[list[int], typer.Argument(metavar="MEMBER...", help=say("序号", "members"))],
    state: Annotated[str, typer.Option("--state", metavar="confirmed|dismissed", help=say("属实或排除", "what was found"))],
    note: Annotated[str, typer.Option("--note", help=say("怎样核实的", "how it was looked at"))],
    by: ByOption,
    year: Annotated[int | None, typer.Option("--year", help=say("年度，缺省为今年", "the year; this one by default"))] = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.settlement.settle import review as decide

    count = decide(check, members, year or work.working_day().year, state, note=note, actor=by)
    out.print(say(f"已记{count}条。", f"{count} kept."))


def assessment(
    year: Annotated[int | None, typer.Option("--year", help=say("年度，缺省为今年", "the year; this one by default"))] = None,
    org: OrganisationOption = None,
    output: OutputOption = None,
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.figures.present import printed
    from taizhang.settlement.assessment import assess
    from taizhang.settlement.excel import assessment_book

    with progress(say("评分", "scoring")):
        filled = assess(org or work.organisation, year or work.working_day().year)
    total = say(
        f"得分{filled.score}，参评分值{filled.assessable}，折算{filled.converted or '—'}",
        f"score {filled.score} of {filled.assessable} points assessed, {filled.converted or '—'} out of a hundred",
    )
    if output is not None:
        output.write_bytes(assessment_book(filled, LANGUAGE))
        out.print(say(f"已写成 {output}：{total}", f"Written: {output}: {total}"))
        return
    rows = [
        {
            "package": _words(line.item.package), "indicator": _words(line.figure.indicator.name), "points": line.item.points,
            "target": line.target, "numerator": line.figure.numerator, "denominator": line.figure.denominator,
            "value": printed(line.figure.value, line.figure.indicator.unit), "score": line.score,
            "remark": _words(line.remark) if line.remark else "",
        }
        for line in filled.lines
    ]  # fmt: skip
    if format is Format.JSON:
        write_json({"organisation": filled.organisation, "year": filled.period.year, "score": filled.score, "lines": rows})
    elif format is Format.CSV:
        write_csv(rows)
    else:
        table = Table(title=f"{_words(filled.definition.name)} {_words(filled.organisation_name)}")
        for words in (("项目", "package"), ("指标", "indicator"), ("分值", "points"), ("目标值", "target"), ("分子", "numerator")):
            table.add_column(say(*words))
        for words in (("分母", "denominator"), ("完成值", "value"), ("得分", "score"), ("备注", "remarks")):
            table.add_column(say(*words))
        for row in rows:
            table.add_row(*("—" if value is None else str(value) for value in row.values()))
        out.print(table)
        out.print(total)
