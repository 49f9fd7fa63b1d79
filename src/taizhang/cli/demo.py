"""`taizhang demo`: a synthetic county that ends today, its figures, its summary, and the site."""

import json
import shutil
from datetime import date
from typing import Annotated

import typer
from rich.table import Table

from taizhang.cli.common import LANGUAGE, HomeOption, Language, LanguageOption, name_home, out, progress, say, work_in
from taizhang.cli.working import build_county, free_port, run_site
from taizhang.config.home import Home
from taizhang.kernel.periods import Period
from taizhang.kernel.refusals import Refusal

NOTE = "demo.json"  # which county the home holds, and the password of its accounts
SHOWN = (
    "health_records.coverage",
    "hypertension.managed",
    "hypertension.standard_by_pace",
    "diabetes.controlled",
    "elderly.management_by_pace",
)


def demo(
    population: Annotated[int, typer.Option("--population", min=200, help=say("常住人口数", "residents"))] = 54_000,
    seed: Annotated[int, typer.Option("--seed", help=say("随机种子", "seed"))] = 1,
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help=say("只建县、算数字、写总结，不启动网站", "build, compute and write, without the site"))
    ] = False,
    port: Annotated[int, typer.Option("--port", help=say("端口；被占用时取下一个空闲端口", "port; the next free one when taken"))] = 8000,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    chosen = name_home(home)
    today = date.today()
    wanted = {"population": population, "seed": seed, "day": today.isoformat()}
    if not _holds(chosen, wanted):
        _clear(chosen)
        password = build_county(chosen, population=population, seed=seed, end=today)
        (chosen.path / NOTE).write_text(json.dumps(wanted | {"password": password}), encoding="utf-8")
    work_in(chosen.path)
    period = Period.complete_months(today)
    _show_figures(chosen, period)
    _write_summaries(chosen, period)
    _show_accounts(json.loads((chosen.path / NOTE).read_text(encoding="utf-8"))["password"])
    if not no_serve:
        run_site(chosen, free_port(port))


def _holds(home: Home, wanted: dict[str, object]) -> bool:
    """Whether the home holds just this county, built to its end today."""
    try:
        facts = json.loads((home.path / NOTE).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return False
    return all(facts.get(name) == value for name, value in wanted.items())


def _clear(home: Home) -> None:
    """Make room for a new county. Only a simulated home is ever removed."""
    if not home.path.exists() or not any(home.path.iterdir()):
        return
    if not home.exists or home.kind != "simulated":
        raise Refusal(
            say(
                f"{home.path} 里有别的内容，不是模拟县，未作改动。用 --home 指一个空目录。",
                f"{home.path} holds something other than a simulated county; nothing was touched. Name an empty folder with --home.",
            )
        )
    shutil.rmtree(home.path)


def _show_figures(home: Home, period: Period) -> None:
    from taizhang.figures.compute import figures

    with progress(say("计算指标", "computing figures")):
        found = {f.code: f for f in figures(period, home.organisation, indicators=list(SHOWN)) if f.is_total}
    table = Table(say("指标", "indicator"), say("数值", "value"), say("上年同期", "last year"), title=period.name.in_language(LANGUAGE))
    for code in SHOWN:
        figure = found[code]
        table.add_row(figure.indicator.name.in_language(LANGUAGE), figure.printed, figure.last_year.printed if figure.last_year else "")
    out.print(table)


def _write_summaries(home: Home, period: Period) -> None:
    from taizhang.summaries.build import build
    from taizhang.summaries.word import write

    folder = home.path / "summaries"
    folder.mkdir(exist_ok=True)
    with progress(say("起草工作总结", "drafting the summary")):
        document = build(period, home.organisation)
        for review, name in ((False, "清稿"), (True, "校核稿")):
            write(document, folder / f"{document.title.zh}（{name}）.docx", review=review)
    out.print(say("工作总结：", "Work summary: ") + str(folder))


def _show_accounts(password: str) -> None:
    from taizhang.simulation.load import sample_accounts

    table = Table(say("账号", "account"), say("密码", "password"), say("岗位", "role"), say("机构", "organisation"))
    for staff in sample_accounts():
        table.add_row(staff.username, password, staff.get_role_display(), staff.organisation.label.in_language(LANGUAGE))
    out.print(table)
