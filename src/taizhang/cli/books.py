"""`taizhang monthly-book`: the monthly ledger of a line of work, to be printed."""

from pathlib import Path
from typing import Annotated

import typer

from taizhang.cli.common import HomeOption, Language, LanguageOption, OrganisationOption, out, progress, say, work_in
from taizhang.kernel.periods import Period
from taizhang.kernel.refusals import Refusal


def monthly_book(
    month: Annotated[str, typer.Option("--month", metavar="YYYY-MM", help=say("月份：2026-06", "the month: 2026-06"))],
    programme: Annotated[
        str, typer.Option("--programme", metavar="CODE", help=say("业务代码或名称", "line of work, by code or Chinese name"))
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.xlsx", help=say("写到哪个文件", "the file to write"))],
    org: OrganisationOption = None,
    names: Annotated[
        bool, typer.Option("--names", help=say("印出姓名（须用 --by 写明有权限的经办人）", "print names, for whoever --by names"))
    ] = False,
    by: Annotated[str | None, typer.Option("--by", metavar="ACCOUNT", help=say("经办人账号", "account of whoever prints it"))] = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.county.models import Staff
    from taizhang.exchange.monthly_book import write_book

    reader = Staff.objects.filter(username=by, is_active=True).first() if by else None
    if by and reader is None:
        raise Refusal(say(f"没有在用的账号“{by}”。请核对账号。", f"No account in use is called {by!r}."))
    with progress(say("写台账", "writing the book")):
        book = write_book(
            programme, Period.parse(month), org or work.organisation, output, day=work.working_day(), reader=reader, names=names
        )
    closes = book.closing_day or say("未规定", "not laid down")
    out.print(
        say(
            f"已写成 {output}：记录和报表{book.rows}行，数字{book.figures}个，结账日 {closes}",
            f"Written: {output}: {book.rows} rows, {book.figures} figures, closing day {closes}",
        )
    )
