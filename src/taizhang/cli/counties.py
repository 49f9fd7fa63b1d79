"""Commands between a county and the city or province above it: share a ledger, hand up a package, receive it, count all counties."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.cli.asking import period_of, show
from taizhang.cli.common import (
    LANGUAGE,
    Format,
    FormatOption,
    HomeOption,
    Language,
    LanguageOption,
    OrganisationOption,
    PeriodOption,
    err,
    out,
    progress,
    say,
    work_in,
)
from taizhang.kernel.refusals import Refusal

if TYPE_CHECKING:
    from taizhang.figures.counties.gathering import Gathered

app = typer.Typer(no_args_is_help=True)


@app.command(
    "share",
    help=say(
        "把最新一版台账放进共享存储上的目录（每县一个），供市、省计算。含去标识的个人记录。",
        "Lay the latest ledger version into a folder of shared storage (one a county), for city and province. Holds pseudonymous records.",
    ),
)
def share(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("本县在共享存储上的目录", "this county's folder on shared storage"))],
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.figures.counties.shared import share as lay

    with progress(say("放入共享存储", "copying")):
        done = lay(work, folder.absolute())
    out.print(
        say(
            f"台账第{done.version}版已放入 {folder}：{done.files}个文件，新放{done.copied}个",
            f"Ledger version {done.version} lies in {folder}: {done.files} files, {done.copied} of them new",
        )
    )


@app.command(
    "figures",
    help=say(
        "一次算出各县、各市和本级的数字。台账没有变化的县不再重算。",
        "The figures of every county, every city and this level in one run. A county whose ledger has not changed is not counted again.",
    ),
)
def figures(
    period: PeriodOption,
    ledgers: Annotated[
        list[Path] | None,
        typer.Option("--ledgers", metavar="DIR", help=say("一个县的共享台账（可重复）", "the shared ledger of a county (repeatable)")),
    ] = None,
    org: OrganisationOption = None,
    indicator: Annotated[
        list[str] | None,
        typer.Option("--indicator", metavar="CODE", help=say("只要这些指标（可重复）", "only these indicators (repeatable)")),
    ] = None,
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.figures.counties.gathering import gather
    from taizhang.figures.counties.rolling import board_over, counties_and_above

    day = work.working_day()
    asked = period_of(period, work).known_on(day)
    with progress(say("计算各县", "counting the counties")):
        gathered = gather(work, asked, ledgers or [], indicator)
        board = board_over(work.organisation, asked, gathered.packages, gathered.refused, day)
        places = [org] if org else counties_and_above(board, gathered.packages, gathered.refused)
        board.read_targets(places)
        found = [f for place in places for i in board.definitions(indicator) for f in board.figures_of(i, place, bool(indicator))]
    show(found, format, every_category=bool(indicator))
    _tell(gathered)
    if gathered.refused:
        raise typer.Exit(1)


def _tell(gathered: "Gathered") -> None:
    """On standard error, so that piped output stays clean."""
    for zh, en, codes in (
        ("本次计算", "counted now", gathered.counted),
        ("台账未变，沿用", "unchanged, kept", gathered.kept),
        ("数字包", "from packages", gathered.received),
    ):
        if codes:
            err.print(say(f"{zh}：{'、'.join(codes)}", f"{en}: {', '.join(codes)}"))
    for refused in gathered.refused:
        err.print(f"{refused.organisation}：{refused.why.in_language(LANGUAGE)}", style="red", markup=False)


def package(
    period: PeriodOption,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help=say("写到哪个文件", "the file to write"))],
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.figures.compute import facts_of
    from taizhang.figures.counties.package import pack
    from taizhang.figures.placing import Trees
    from taizhang.figures.source import ledger_at

    asked = period_of(period, work).known_on(work.working_day())
    with progress(say("计算并打包", "counting and packing")):
        facts = facts_of(ledger_at())
        made = pack(facts, Trees(work.organisation), work.organisation, work.kind, asked)
        content = made.write()
    output.write_bytes(content)
    size = f"{len(content) / 1_000_000:.1f} MB"
    out.print(
        say(
            f"已写成 {output}：{asked.name.zh}，台账第{made.ledger_version}版，{size}。请交市里用 taizhang receive 收下。",
            f"Written: {output}: {asked.name.en}, ledger version {made.ledger_version}, {size}. The city takes it with taizhang receive.",
        )
    )


def receive(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=say("县里上报的数字包", "packages handed up by counties"))],
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.figures.counties.gathering import receive as take

    refused = False
    for file in files:
        try:
            taken = take(work, file.read_bytes())
        except (OSError, Refusal) as reason:
            refused = True
            err.print(f"{file}：{reason}", style="red", markup=False)
            continue
        out.print(
            say(
                f"已收 {taken.organisation} {taken.period}，台账第{taken.ledger_version}版",
                f"Taken: {taken.organisation} {taken.period}, ledger version {taken.ledger_version}",
            )
        )
    if refused:
        raise typer.Exit(1)
