"""`taizhang check`: the figures of a text tested, against each other and against the ledger."""

import html
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from taizhang.cli.common import LANGUAGE, HomeOption, Language, LanguageOption, err, out, say, work_in
from taizhang.kernel.periods import Period
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text
from taizhang.textcheck.check import Checked, check
from taizhang.textcheck.files import LARGEST, Source, read_bytes, read_file
from taizhang.textcheck.marked import Mark, marked
from taizhang.textcheck.model import Relation, Verdict
from taizhang.textcheck.word import with_comments

FOUND = 1


class Form(StrEnum):
    TEXT = "text"
    JSON = "json"
    HTML = "html"


class CheckError(Refusal, ValueError):
    """Options that do not go together."""


def run(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help=say("文本、.docx、带文字的PDF；- 为标准输入", "text, .docx, PDF with text; - for standard input")
        ),
    ],
    format: Annotated[Form, typer.Option("--format", help=say("输出格式", "format of the output"))] = Form.TEXT,
    org: Annotated[
        str | None, typer.Option("--org", metavar="CODE", help=say("与哪个机构的台账比对", "whose ledger to compare with"))
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", metavar="P", help=say("比对的时段，如 2013-01..2013-10", "the period to compare with"))
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE.docx", help=say("写成带批注的Word文件", "write a Word file with comments")),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help=say("也列出一致的和无法核对的", "list what agrees and what cannot be tested too"))
    ] = False,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    if (org is None) != (period is None):
        raise CheckError(say("与台账比对要同时写 --org 和 --period。", "To compare with the ledger give both --org and --period."))
    content = sys.stdin.buffer.read(LARGEST + 1) if file == "-" else None
    source = read_bytes(content) if content is not None else read_file(Path(file))
    checked = check(source.text)
    ledger = _ledger(checked, file, org, period, home) if org is not None and period is not None else None
    if output is not None:
        content = content if content is not None else Path(file).read_bytes()
        output.write_bytes(with_comments(content, source, checked, language=LANGUAGE))
    if format is Form.JSON:
        answer = checked.as_json(LANGUAGE) | ({"ledger": ledger["figures"], "frozen": ledger["frozen"]} if ledger else {})
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
    elif format is Form.HTML:
        sys.stdout.write(_page(source, checked, ledger))
    else:
        _told(checked, ledger, everything)
    differs = ledger is not None and (any(not f["agrees"] for f in ledger["figures"]) or bool(ledger["frozen"]))
    if not checked.is_consistent or differs:
        raise typer.Exit(FOUND)


def _ledger(checked: Checked, file: str, org: str, period: str, home: Path | None) -> dict[str, Any]:
    """Our figures beside those of the text; for an edited Word file of ours, what was changed since it went out."""
    wanted = Period.parse(period)
    work_in(home)
    from taizhang.summaries.checking import against_ledger
    from taizhang.summaries.publishing.handback import against_published

    figures = []
    for match in against_ledger(checked, org, wanted):
        place = checked.place(match.quantity)
        figures.append({
            "text": place.quote, "start": place.start, "end": place.end, "indicator": match.figure.code, "category": match.figure.category,
            "name": match.name.in_language(LANGUAGE), "part": match.part, "ours": match.ours, "agrees": match.agrees,
            "message": match.message.in_language(LANGUAGE), "trace": match.trace,
        })  # fmt: skip
    frozen = []
    if file != "-" and (compared := against_published(Path(file), org, wanted)) is not None:
        frozen = [
            {
                "kind": c.kind.value,
                "what": c.kind.label.in_language(LANGUAGE),
                "published": c.our_number,
                "now": c.their_number,
                "sentence": c.sentence,
            }
            for c in compared.changes
        ]
    return {"figures": figures, "frozen": frozen}


# -- for people ----------------------------------------------------------------------------------------------------------------

_STYLES = {Verdict.INCONSISTENT: "red", Verdict.ROUNDING: "yellow", Verdict.CONSISTENT: "green", Verdict.UNTESTABLE: "dim"}


def _told(checked: Checked, ledger: dict[str, Any] | None, everything: bool) -> None:
    shown = [r for r in checked.relations if everything or r.verdict in (Verdict.INCONSISTENT, Verdict.ROUNDING)]
    if shown:
        table = Table(say("结论", "verdict"), say("关系", "relation"), say("原文", "words"), say("说明", "what was found"))
        for relation in shown:
            verdict = relation.verdict
            table.add_row(
                f"[{_STYLES[verdict]}]{verdict.label.in_language(LANGUAGE)}[/]", relation.kind.label.in_language(LANGUAGE),
                _plain(checked.place(relation.stated, words=True).quote), _plain(relation.message.in_language(LANGUAGE)),
            )  # fmt: skip
        out.print(table)
    counts = {v: len(checked.of(v)) for v in Verdict}
    out.print(
        say(
            f"读出数字{len(checked.reading.quantities)}个，关系{len(checked.relations)}处：一致{counts[Verdict.CONSISTENT]}，"
            f"舍入差{counts[Verdict.ROUNDING]}，不一致{counts[Verdict.INCONSISTENT]}，无法核对{counts[Verdict.UNTESTABLE]}。",
            f"{len(checked.reading.quantities)} figures, {len(checked.relations)} relations: {counts[Verdict.CONSISTENT]} consistent, "
            f"{counts[Verdict.ROUNDING]} rounding, {counts[Verdict.INCONSISTENT]} inconsistent, {counts[Verdict.UNTESTABLE]} untestable.",
        )
    )
    if ledger is None:
        return
    differing = [f for f in ledger["figures"] if not f["agrees"]]
    if differing or everything:
        table = Table(
            say("文中", "text"),
            say("台账", "ours"),
            say("指标", "indicator"),
            say("追溯", "trace"),
            title=say("与台账", "Against the ledger"),
        )
        for figure in ledger["figures"] if everything else differing:
            table.add_row(figure["text"], figure["ours"], figure["name"], figure["trace"])
        out.print(table)
    for change in ledger["frozen"]:
        err.print(f"{change['what']}：{change['published']} → {change['now']}　{change['sentence'][:60]}", markup=False)
    same = len(ledger["figures"]) - len(differing)
    out.print(
        say(
            f"与台账对上{len(ledger['figures'])}个数字：一致{same}，不同{len(differing)}。",
            f"{len(ledger['figures'])} figures matched: {same} agree, {len(differing)} differ.",
        )
    )


def _plain(words: str) -> str:
    return words.replace("[", "\\[").replace("\n", " ")


_HEAD = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
body{{font:17px/1.9 "Noto Serif CJK SC",SimSun,serif;margin:0 auto;max-width:46em;padding:24px;color:#1d2b36}}
h1,h2{{font-family:"Noto Sans CJK SC",sans-serif;font-size:20px}}pre{{white-space:pre-wrap;font:inherit}}
mark{{background:#e9eef2;padding:0 2px;border-radius:2px}}mark.inconsistent{{background:#f9d9d0}}
mark.rounding{{background:#fbeec5}}mark.consistent{{background:#dff0e4}}
ol{{font-family:"Noto Sans CJK SC",sans-serif;font-size:14.5px;line-height:1.6}}li{{margin-bottom:10px}}.sum{{color:#5b6b78;display:block}}
</style></head><body>"""


def _page(source: Source, checked: Checked, ledger: dict[str, Any] | None) -> str:
    """One file, without scripts, fonts or anything from elsewhere."""
    title = say("文稿核对", "Text check")
    made = [_HEAD.format(title=title), f"<h1>{title}</h1><ol>"]
    for relation in checked.relations:
        if relation.verdict in (Verdict.INCONSISTENT, Verdict.ROUNDING):
            made.append(_item(checked, relation))
    made.append("</ol>")
    if ledger is not None:
        made.append(f"<h2>{say('与台账不同', 'Different from the ledger')}</h2><ol>")
        made += [
            f"<li>{html.escape(f['message'])}<span class=sum>{html.escape(f['trace'])}</span></li>"
            for f in ledger["figures"]
            if not f["agrees"]
        ]
        made.append("</ol>")
    made.append("<pre>")
    made += [_marked(piece) for piece in marked(checked)]
    made.append("</pre></body></html>\n")
    return "".join(made)


def _item(checked: Checked, relation: Relation) -> str:
    quote = html.escape(checked.place(relation.stated, words=True).quote)
    words: Text = relation.message
    return (
        f'<li><mark class="{relation.verdict.value}">{quote}</mark> {html.escape(words.in_language(LANGUAGE))}'
        f"<span class=sum>{html.escape(relation.arithmetic)}</span></li>"
    )


def _marked(piece: Mark) -> str:
    text = html.escape(piece.text)
    return f'<mark class="{piece.verdict.value if piece.verdict else "figure"}">{text}</mark>' if piece.is_figure else text
