"""Commands that keep a home: backup, restore, migrate, the search for duplicate residents."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from taizhang.cli.common import HomeOption, Language, LanguageOption, name_home, out, progress, say, work_in

KeysOption = Annotated[
    Path | None,
    typer.Option("--keys", metavar="DIR", help=say("密钥目录，与数据分开保管", "folder of the keys, kept apart from the data")),
]


def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("空目录或尚不存在的目录", "an empty folder, or one not there yet"))],
    keys: KeysOption = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    chosen = work_in(home)
    from taizhang.upkeep.backup import backup as make

    with progress(say("备份", "backing up")) as bar:
        made = make(
            chosen, folder.absolute(), at=datetime.now().astimezone(), keys=keys.absolute() if keys else None,
            progress=lambda done, total: bar.update(bar.task_ids[0], completed=done, total=total),
        )  # fmt: skip
    size = f"{made.size / 1_000_000:.1f} MB"
    out.print(
        say(
            f"已备份到 {made.folder}：{made.files}个文件，{size}，台账第{made.ledger_version}版",
            f"Backed up to {made.folder}: {made.files} files, {size}, ledger version {made.ledger_version}",
        )
    )
    if keys is None:
        out.print(
            say(
                f"密钥不在备份里。请把 {chosen.keys} 另存一处，或用 --keys 目录 一并另存；没有密钥无法恢复。",
                f"The keys are not in it. Keep {chosen.keys} elsewhere, or use --keys DIR; without them nothing can be restored.",
            )
        )


def restore(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("taizhang backup 写的目录", "a folder made by taizhang backup"))],
    keys: KeysOption = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    chosen = name_home(home)
    work_in(home, new=True)
    from taizhang import ledger
    from taizhang.ledger.consumer import sync
    from taizhang.upkeep.backup import restore as put_back

    version = put_back(folder.absolute(), chosen, keys=keys.absolute() if keys else None)
    sync()
    report = ledger.verify() if version else None
    equal = say("，与数据库逐行一致", ", equal to the database row for row") if report and report.agrees else ""
    out.print(say(f"已恢复到 {chosen.path}，台账第{version}版{equal}", f"Restored to {chosen.path}, ledger version {version}{equal}"))
    if report is not None and not report.agrees:
        out.print(report.text.zh, markup=False)
        raise typer.Exit(1)


def migrate(
    check: Annotated[
        bool, typer.Option("--check", help=say("只比较，不改动；不同则退出码为1", "compare only; exit status 1 where they differ"))
    ] = False,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.county.tables import make_tables, standing

    found = standing()
    if check:
        for name in found.newer:
            out.print(say(f"更新版本的软件建立：{name}", f"made by later software: {name}"), markup=False)
        for name in found.missing:
            out.print(say(f"尚未建立：{name}", f"not there yet: {name}"), markup=False)
        if found.newer or found.missing:
            raise typer.Exit(1)
    elif found.newer or found.missing:
        make_tables()
        count = len(found.missing)
        out.print(say(f"数据库已升级到本版本，共{count}步", f"The database is at this version now, by {count} steps"))
        return
    out.print(say("数据库的表与本版本一致", "The database's tables are those of this version"))


def duplicates(home: HomeOption = None, lang: LanguageOption = Language.ZH) -> None:
    chosen = work_in(home)
    from taizhang.county.duplicates import scan

    count = scan(chosen.working_day())
    out.print(say(f"待核对的疑似重复{count}对，见网站“居民—疑似重复”", f"{count} pairs to look at, on the site under People, Duplicates"))
