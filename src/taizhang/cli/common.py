"""What every command shares: the home it works in, the language it speaks, and how a refusal reaches the user."""

import csv
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from taizhang.config.home import HOME_VARIABLE, Home, HomeError, current
from taizhang.config.starting import starting

LANGUAGE_VARIABLE = "TAIZHANG_LANG"


def _language() -> str:
    """Asked before typer reads the command line, because help is wanted in the same language."""
    arguments = sys.argv[1:]
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments):
            return arguments[position + 1]
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
    return os.environ.get(LANGUAGE_VARIABLE, "zh")


LANGUAGE = "en" if _language().startswith("en") else "zh"


def say(zh: str, en: str) -> str:
    """The wording in the language of this run."""
    return en if LANGUAGE == "en" else zh


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


HomeOption = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help=say("台账目录（也可用环境变量 TAIZHANG_HOME）", "the home folder (or TAIZHANG_HOME)")),
]
LetStandOption = Annotated[
    list[str] | None,
    typer.Option(
        "--let-stand",
        metavar="MARK=REASON",
        help=say(
            "放行一处不一致：标记见拒绝时的〔〕，等号后写照发的理由；可多次使用",
            "let a contradiction stand: its mark, as the refusal gives it, and why; may be given several times",
        ),
    ),
]
LanguageOption = Annotated[Language, typer.Option("--lang", help=say("输出语言", "language of the output"))]
FormatOption = Annotated[Format, typer.Option("--format", help=say("输出格式", "format of the output"))]
PeriodOption = Annotated[
    str,
    typer.Option(
        "--period",
        metavar="P",
        help=say(
            "时段：2026-06、2026Q2、2026H1、2026、2013-01..2013-10，可加 @日 为截至日",
            "period: 2026-06, 2026Q2, 2026H1, 2026, with @day as cut-off",
        ),
    ),
]
OrganisationOption = Annotated[
    str | None,
    typer.Option("--org", metavar="CODE", help=say("机构代码，缺省为本台账的根机构", "organisation code; the home's root by default")),
]

# A pipe has no width of its own; a table cut to eighty columns would say nothing there.
out = Console(highlight=False, width=None if sys.stdout.isatty() else 180)
err = Console(stderr=True, highlight=False)


def name_home(home: Path | None) -> Home:
    """The home of this run, put where settings look for it."""
    if home is not None:
        os.environ[HOME_VARIABLE] = str(home.absolute())
    return current()


def work_in(home: Path | None, *, new: bool = False) -> Home:
    """Start Django in the home. new: the command makes the home itself."""
    chosen = name_home(home)
    if not new and not chosen.exists:
        raise HomeError(
            say(
                f"{chosen.path} 不是台账目录。先运行 taizhang init --org 代码 --name 名称 或 taizhang demo，或用 --home 指明目录。",
                f"{chosen.path} is no home. Run taizhang init --org CODE --name NAME or taizhang demo first, or name it with --home.",
            )
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.config.settings")
    import django

    with starting():
        django.setup()
    return chosen


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """A progress bar on standard error, so that piped output stays clean."""
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=err, transient=True
    ) as bar:
        bar.add_task(what, total=None)
        yield bar


def write_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n")


def reasons_of(given: list[str] | None) -> dict[str, str]:
    """--let-stand MARK=REASON, each by its mark."""
    made = {}
    for one in given or ():
        mark, sign, reason = one.partition("=")
        if not sign or not reason.strip():
            raise typer.BadParameter(say(f"“{one}”应写作 标记=理由。", f"“{one}” ought to be MARK=REASON."), param_hint="--let-stand")
        made[mark.strip().strip("〔〕[]")] = reason.strip()
    return made


def write_csv(rows: list[dict[str, Any]]) -> None:
    if rows:
        writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
