"""Commands that write: init, simulate, import, sync, verify, serve."""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from taizhang.cli.common import LANGUAGE, HomeOption, Language, LanguageOption, name_home, out, progress, say, work_in
from taizhang.config.home import HOME_VARIABLE, Home
from taizhang.kernel.refusals import Refusal

HOST = "127.0.0.1"
# As the service's unit has: one process computes on one core alone, and its threads wait for each other; a second one, so that a file being
# written holds up no page.
WORKERS, THREADS = str(min(3, 1 + (os.cpu_count() or 1))), "2"
SHOWN_FAULTS = 5  # refused rows whose reasons are shown at once; the workbook holds them all


def init(
    org: Annotated[
        str, typer.Option("--org", metavar="CODE", help=say("根机构代码：6位区划代码", "code of the root organisation: 6 digits"))
    ],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help=say("根机构名称", "its name"))],
    name_en: Annotated[str, typer.Option("--name-en", metavar="NAME", help=say("英文名称", "its English name"))] = "",
    above_counties: Annotated[
        bool, typer.Option("--above-counties", help=say("市、省，汇总所辖各县（代码如990100）", "a city or province, over its counties"))
    ] = False,
    simulated: Annotated[
        bool, typer.Option("--simulated", help=say("试用：汇总模拟县的市、省", "for trial: a city or province over simulated counties"))
    ] = False,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    chosen = name_home(home)
    kind = "simulated" if simulated else "service"
    chosen.must_be_new()
    work_in(home, new=True)
    from taizhang.county.setup import initialise

    first = initialise(chosen, org, name, name_en=name_en, kind=kind, above_counties=above_counties)
    out.print(say(f"已建立 {name}（{org}），目录 {chosen.path}", f"{name} ({org}) is ready in {chosen.path}"))
    out.print(
        say(f"管理员账号 {first.username}，首次密码 {first.password}", f"Administrator {first.username}, first password {first.password}")
    )


def simulate(
    population: Annotated[int, typer.Option("--population", min=200, help=say("常住人口数", "residents"))] = 54_000,
    seed: Annotated[int, typer.Option("--seed", help=say("随机种子：同一种子得到同一个县", "the same seed gives the same county"))] = 1,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DAY", help=say("历史的最后一天，缺省为今天", "last day of the history; today by default")),
    ] = None,
    ledger_only: Annotated[
        bool, typer.Option("--ledger-only", help=say("只写台账，不写数据库", "write the ledger directly, no records in the database"))
    ] = False,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    chosen = name_home(home)
    end = date.fromisoformat(until) if until else date.today()
    password = build_county(chosen, population=population, seed=seed, end=end, ledger_only=ledger_only)
    out.print(
        say(
            f"模拟县已建好：{chosen.path}，各账号密码 {password}",
            f"The simulated county is ready: {chosen.path}; every account's password is {password}",
        )
    )


def build_county(home: Home, *, population: int, seed: int, end: date, ledger_only: bool = False) -> str:
    """A simulated home: records in the database (or in the ledger alone), then the first ledger version. Returns its accounts' password."""
    from taizhang.simulation.places import COUNTY_CODE

    home.must_be_new()
    work_in(home.path, new=True)
    from django.conf import settings

    from taizhang import ledger
    from taizhang.county.setup import must_hold_no_county
    from taizhang.county.tables import make_tables
    from taizhang.simulation import load

    must_hold_no_county()
    home.create(kind="simulated", organisation=COUNTY_CODE, working_day=end)
    make_tables()
    lived = [*settings.PROGRAMMES, "taizhang.settlement"]
    load.state_parameters(lived, home.parameters)
    with progress(say("生成居民和记录", "people and records")) as bar:

        def step(done: int, total: int) -> None:
            bar.update(bar.task_ids[0], completed=done, total=total)

        build = load.simulate_ledger if ledger_only else load.simulate_database
        password = build(population=population, seed=seed, end=end, packages=lived, progress=step)
    if not ledger_only:
        from taizhang.worklist import listing

        with progress(say("列出待办", "the worklist")):
            listing.rebuild(end)
        with progress(say("写入台账", "writing the ledger")):
            ledger.rebuild()
    return password


def import_(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=say(
                "organisations、staff、residents、targets、returns 或登记簿代码",
                "organisations, staff, residents, targets, returns or a register",
            ),
        ),
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("CSV 或 Excel 文件", "a CSV or Excel file"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("只检查，不写入", "check only"))] = False,
    correct: Annotated[
        bool, typer.Option("--correct", help=say("更正已有记录", "correct records that are there with other values"))
    ] = False,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.exchange.importing import FileRefused, import_file

    try:
        with progress(say("检查并导入", "checking and importing")) as bar:
            report = import_file(
                kind, file, actor="command-line", day=work.working_day(), dry_run=dry_run, correct=correct,
                progress=lambda done, total: bar.update(bar.task_ids[0], completed=done, total=total),
            )  # fmt: skip
    except FileRefused as refusal:
        raise Refusal(refusal.text.in_language(LANGUAGE)) from None
    out.print(report.text.in_language(LANGUAGE))
    for row, faults in report.first_faults[:SHOWN_FAULTS]:
        for fault in faults:
            where = say(f"  第{row.number}行“{fault.column}”：", f"  row {row.number}, {fault.column}: ")
            out.print(where + fault.message.in_language(LANGUAGE), markup=False)
    if report.reasons_file:
        out.print(say(f"未通过的行及原因见 {report.reasons_file}", f"Refused rows with reasons: {report.reasons_file}"))
    if report.refused:
        raise typer.Exit(1)


def sync(
    rebuild: Annotated[bool, typer.Option("--rebuild", help=say("由数据库重建全部表", "make every table anew from the database"))] = False,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from django.db import connection

    from taizhang import ledger
    from taizhang.county.changes import install_triggers
    from taizhang.ledger.consumer import sync as bring_in

    with progress(say("写入台账", "bringing changes into the ledger")):
        version = None
        if rebuild:
            install_triggers(connection)
            version = ledger.rebuild()
        while (newer := bring_in()) is not None:
            version = newer
    if version is None:
        out.print(say("没有待写入的变更。", "No change is waiting."))
    else:
        out.print(say(f"台账版本 {version.number}", f"Ledger version {version.number}"))


def worklist(
    rebuild: Annotated[bool, typer.Option("--rebuild", help=say("全部重新列出", "make the whole list anew"))] = False,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.worklist import listing
    from taizhang.worklist.models import DueItem

    day = work.working_day()
    with progress(say("列出待办", "the worklist")):
        if rebuild:
            listing.rebuild(day)
        else:
            listing.roll(day)
    due = DueItem.objects.open_on(day).visits()
    people, late = due.values("resident").distinct().count(), due.filter(due_on__lt=day).values("resident").distinct().count()
    out.print(say(f"{day}：应随访 {people} 人，其中逾期 {late} 人", f"{day}: {people} people due a visit, {late} of them overdue"))


def verify(home: HomeOption = None, lang: LanguageOption = Language.ZH) -> None:
    work_in(home)
    from taizhang import ledger

    with progress(say("核对数据库与台账", "comparing database and ledger")):
        report = ledger.verify()
    table = Table(say("表", "table"), say("数据库行数", "database"), say("台账行数", "ledger"), say("结果", "result"))
    for line in report.tables:
        table.add_row(line.table, str(line.database_rows), str(line.ledger_rows), line.text.in_language(LANGUAGE))
    out.print(table)
    out.print(report.text.in_language(LANGUAGE), markup=False)
    if not report.agrees:
        raise typer.Exit(1)


def serve(
    port: Annotated[int, typer.Option("--port", help=say("端口；被占用时取下一个空闲端口", "port; the next free one when taken"))] = 8000,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    chosen = work_in(home)
    run_site(chosen, free_port(port))


def free_port(first: int) -> int:
    """`first`, or the next port that nobody listens on."""
    for port in range(first, first + 200):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) != 0:
                return port
    raise Refusal(
        say(
            f"端口 {first}–{first + 199} 都被占用。用 --port 另指一个。",
            f"Ports {first} to {first + 199} are taken. Name another with --port.",
        )
    )


def run_site(home: Home, port: int) -> None:
    """The site and the ledger's consumer as child processes, until interrupted; when one ends, the other is ended too."""
    from taizhang.ledger import process

    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", WORKERS,
        "--blocking-threads", THREADS, "--no-ws", "--log-level", "error", "taizhang.web.wsgi:application",
    ]  # fmt: skip
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    consumer = process.start()
    site = subprocess.Popen(command, env=os.environ | {HOME_VARIABLE: str(home.path)})
    try:
        if _answers(port, site):
            out.print(
                say(f"网站已启动：http://{HOST}:{port}/   按 Ctrl+C 停止", f"Serving http://{HOST}:{port}/   Ctrl+C stops"), style="bold"
            )
        while site.poll() is None and consumer.poll() is None:
            time.sleep(0.5)
        raise Refusal(
            say(
                "网站或台账进程意外退出，已全部停止；请看上面的错误信息。",
                "The site or the consumer ended; both are stopped. See the error above.",
            )
        )
    except KeyboardInterrupt:
        pass
    finally:
        site.terminate()
        process.stop(consumer)
        try:
            site.wait(timeout=10)
        except subprocess.TimeoutExpired:
            site.kill()


def _answers(port: int, site: "subprocess.Popen[bytes]") -> bool:
    """Wait until the site takes connections; False when it ended first."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return True
        if site.poll() is not None:
            return False
        time.sleep(0.1)
    return False
