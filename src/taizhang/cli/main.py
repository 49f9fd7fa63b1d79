"""`taizhang`: the command line.

Exit status: 0 done; 1 done, and something was found (refused rows, a disagreement); 2 refused, with the reason and the cure.
"""

import os
import sys
from collections.abc import Callable

import typer

from taizhang.cli import asking, books, checking, counties, demo, desk, publishing, settling, upkeep, working
from taizhang.cli.common import err, say
from taizhang.kernel.refusals import Refusal

app = typer.Typer(
    name="taizhang",
    help=say(
        "台账：从村医写下的一条记录，到工作总结里的一个数字，并能回到记录。",
        "Taizhang: from the record a village doctor writes to the figure in the work summary, and back.",
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _command(name: str, run: Callable[..., None], zh: str, en: str, *examples: str) -> None:
    lines = "\n\n".join(f"  taizhang {example}" for example in examples)
    app.command(name, help=say(zh, en), epilog=say("例：", "Examples:") + "\n\n" + lines)(run)


_command(
    "demo", demo.demo,
    "建一个截至今天的模拟县，算数字、写总结、启动网站。", "A synthetic county that ends today: figures, summary, site.",
    "demo", "demo --population 9000 --no-serve --home /tmp/county",
)  # fmt: skip
_command(
    "init", working.init,
    "建一个空的县，随时可以开始工作。", "An empty county, ready for work.",
    "init --org 420683 --name 样例市卫生局 --home ./county",
)  # fmt: skip
_command(
    "simulate", working.simulate,
    "生成模拟县的居民和三年记录。", "Synthetic people and three years of records.",
    "simulate --population 1000000 --ledger-only --home /tmp/million",
)  # fmt: skip
_command(
    "import", working.import_,
    "导入 CSV 或 Excel；好的行入库，坏的行写进带原因的工作簿。", "Import CSV or Excel; good rows in, bad rows in a workbook with reasons.",
    "import returns returns.csv", "import hypertension_follow_ups visits.xlsx --dry-run",
)  # fmt: skip
_command("sync", working.sync, "把待写入的变更写进台账。", "Bring waiting changes into the ledger.", "sync")
_command(
    "figures", asking.figures,
    "一个时段的全部指标。", "All figures of a period.",
    "figures --period 2026H1", "figures --period 2026@2026-09-30 --children --indicator hypertension.controlled",
    "figures --period 2013-01..2013-10 --format json",
)  # fmt: skip
app.add_typer(
    counties.app,
    name="cluster",
    help=say("集群：各县共享台账，市、省一次算出各县和本级的数字。", "Counties share ledgers; a city or province counts them in one run."),
)
_command(
    "package", counties.package,
    "把本县一个时段的数字打成数字包上报，不含任何个人。", "This county's figures of a period as a package to hand up: no persons in it.",
    "package --period 2026H1 --output 990101-2026H1.tzpkg",
)  # fmt: skip
_command(
    "receive", counties.receive,
    "收下各县上报的数字包。", "Take the packages that counties hand up.",
    "receive 990101-2026H1.tzpkg 990102-2026H1.tzpkg --home ./city",
)  # fmt: skip
_command(
    "trace", asking.trace,
    "一个数字数到了谁。", "Whom a figure counts.",
    "trace hypertension.controlled --period 2026H1 --part gap --limit 20",
)  # fmt: skip
_command(
    "why", asking.why,
    "一个人为什么计入或没有计入，还差什么。", "Why one resident is counted or not, and what would mend it.",
    "why hypertension.controlled --resident 99010110120000001 --period 2026H1",
)  # fmt: skip
_command(
    "summary", asking.summary,
    "写工作总结（Word）。", "Write the work summary in Word.",
    "summary --period 2026H1 --org 990101 --output 总结.docx --review", "summary --period 2026 --output 总结.docx --tables 附表.xlsx",
)  # fmt: skip
_command(
    "monthly-book", books.monthly_book,
    "印一项业务的月度台账（Excel，A4横向）。", "A line of work's monthly ledger, to be printed (Excel, A4 across).",
    "monthly-book --month 2026-06 --programme hypertension --output 台账.xlsx",
    "monthly-book --month 2026-06 --programme hypertension --names --by township1 --output 台账.xlsx",
)  # fmt: skip
app.add_typer(
    desk.app,
    name="desk",
    help=say("起草台：工作稿、分工、手填数、缺数、打算、上级通报。", "The desk: drafts, sections, typed numbers, next steps, bulletins."),
)
_command(
    "publish", publishing.publish,
    "印发工作总结：冻结全部数字、人员名单和台账版本。", "Publish the summary: figures, member lists and ledger version are frozen.",
    "publish --period 2026H1 --by 办公室",
)  # fmt: skip
_command(
    "corrections", publishing.corrections,
    "印发后的更正动了哪些数字，为什么；起草更正说明。", "Which published figures later corrections moved, and why; drafts the note.",
    "corrections 1", "corrections 1 --output 更正说明.docx",
)  # fmt: skip
_command(
    "compare", publishing.compare,
    "交回的Word文件改了哪些数字。", "Which numbers an edited Word file changed.",
    "compare 改后.docx 1",
)  # fmt: skip
_command(
    "rebind", publishing.rebind,
    "旧稿换数：去年的总结换成今年的数字，其余标为待核。", "Last period's document with this period's figures; the rest is marked.",
    "rebind 去年总结.docx --from 2025H1 --to 2026H1 --output 初稿.docx",
)  # fmt: skip
app.add_typer(
    settling.app,
    name="settlement",
    help=say("结算：工作量、单价、质量扣减、预拨和应付。", "Settlement: work, prices, deductions, advances, what is to be paid."),
)
_command(
    "assessment", settling.assessment,
    "基本公共卫生服务年度考核评分表。", "The year's assessment table of the basic public-health services.",
    "assessment --org 990101101 --year 2026 --output 考核表.xlsx",
)  # fmt: skip
_command(
    "worklist", working.worklist,
    "列出各业务对每位居民的应做事项。", "Work out what every line of work owes every resident.",
    "worklist", "worklist --rebuild",
)  # fmt: skip
_command(
    "check", checking.run,
    "核对一份总结里的数字：文中互相核对，或与台账比对。", "Test the figures of a text, against each other and against the ledger.",
    "check 总结.docx", "check 总结.docx --output 批注.docx", "check 总结.txt --format json",
    "check 总结.docx --org 420683 --period 2013-01..2013-10",
)  # fmt: skip
_command("verify", working.verify, "证明数据库与台账逐行一致。", "Prove that database and ledger agree.", "verify")
_command(
    "backup", upkeep.backup,
    "在线备份：数据库、台账各版本、已印发文件；密钥另存。", "Back up while in use: database, ledger, publications; keys apart.",
    "backup /backup/2026-06-30 --keys /media/keys",
)  # fmt: skip
_command(
    "restore", upkeep.restore,
    "把备份恢复到一个空目录，并逐行核对。", "Restore a backup into an empty home, and verify it row for row.",
    "restore /backup/2026-06-30 --keys /media/keys --home ./county",
)  # fmt: skip
_command(
    "migrate", upkeep.migrate,
    "把数据库的表升级到本版本。", "Bring the database to the tables of this version.",
    "migrate", "migrate --check",
)  # fmt: skip
_command(
    "duplicates", upkeep.duplicates,
    "查找疑似重复的居民，供网站上核对。", "Look for residents entered twice, to be decided on the site.",
    "duplicates --home ./county",
)  # fmt: skip
_command("serve", working.serve, "启动网站和台账进程。", "Serve the site, with the ledger's consumer.", "serve --port 8080")


def run() -> None:
    """Entry point. Refusals a user can mend are one message on standard error and status 2; anything else is a fault and shows itself."""
    try:
        app()
    except Refusal as refusal:
        err.print(str(refusal), style="red", markup=False)
        sys.exit(2)
    except BrokenPipeError:
        # The reader (head, less) has what it wanted.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    run()
