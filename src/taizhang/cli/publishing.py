"""Commands around the signature: publish, corrections, compare, rebind."""

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
    LetStandOption,
    OrganisationOption,
    PeriodOption,
    out,
    progress,
    reasons_of,
    say,
    work_in,
    write_csv,
    write_json,
)
from taizhang.kernel.periods import Period

if TYPE_CHECKING:
    from taizhang.summaries.publishing.correct import Corrections
    from taizhang.summaries.publishing.publish import Verified

FOUND = 1  # exit status: done, and something was found

NumberArgument = Annotated[int, typer.Argument(metavar="NUMBER", help=say("印发件的号", "number of the publication"))]


def publish(
    period: PeriodOption,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=say("印发人", "who publishes it"))],
    org: OrganisationOption = None,
    again: Annotated[
        bool, typer.Option("--again", help=say("同一时段已印发过，确需重新印发", "although it was published for this period before"))
    ] = False,
    let_stand: LetStandOption = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.summaries.build import build
    from taizhang.summaries.publishing.publish import publish as freeze

    asked = Period.parse(period)
    asked = asked if "@" in period else asked.known_on(work.working_day())
    with progress(say("冻结", "freezing")):
        publication = freeze(build(asked, org or work.organisation), by, again=again, reasons=reasons_of(let_stand))
    out.print(
        say(
            f"已印发《{publication.title}》，第{publication.pk}号：冻结{publication.figure_count}个数字，"
            f"台账第{publication.ledger_version}版长期留存。",
            f"Published as No. {publication.pk}: {publication.figure_count} figures are frozen, ledger version "
            f"{publication.ledger_version} is kept.",
        )
    )  # fmt: skip
    out.print(str(publication.folder))
    if publication.unbound:
        out.print(say(f"其中{publication.unbound}个手填数没有着落。", f"{publication.unbound} typed numbers are answered for by nobody."))


def corrections(
    number: NumberArgument,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE.docx", help=say("把更正说明写成Word文件", "write the note as a Word file")),
    ] = None,
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.summaries.publishing import paper
    from taizhang.summaries.publishing.correct import corrections as compute
    from taizhang.summaries.publishing.correct import note
    from taizhang.summaries.publishing.publish import publication_of, verify_publication

    publication = publication_of(number)
    with progress(say("核对", "checking")):
        verified = verify_publication(publication)
        found = compute(publication)
    _say_verified(verified)
    drafted = note(found)
    rows = _movements(found)
    if format is Format.TABLE:
        table = Table(
            *(say(*names) for names in (
                ("序号", "no."), ("指标", "indicator"), ("印发", "published"), ("现为", "now"), ("变化", "change"), ("见于", "stands in"),
                ("原因", "cause"),
            )),
            title=say(
                f"台账第{publication.ledger_version}版→第{found.version}版：{found.checked}个印发数字中{len(rows)}个有变，"
                f"其中{len(found.printed)}个见于正文或附表",
                f"ledger version {publication.ledger_version} → {found.version}: {len(rows)} of {found.checked} figures moved, "
                f"{len(found.printed)} of them printed",
            ),
        )  # fmt: skip
        for row in rows:
            table.add_row(*(str(row[k]) for k in ("number", "name", "published", "now", "difference", "stands_in", "cause")))
        out.print(table)
        if drafted is not None:
            out.print(drafted.title.in_language(LANGUAGE), style="bold", markup=False)
            for text in drafted.paragraphs:
                out.print(text.in_language(LANGUAGE), markup=False)
    elif format is Format.CSV:
        write_csv(rows)
    else:
        write_json(rows)
    if output is not None and drafted is not None:
        output.write_bytes(paper.note_bytes(drafted, LANGUAGE))
        out.print(say(f"更正说明已写成 {output}", f"The note is written: {output}"))
    elif output is not None:
        out.print(say("正文和附表的数字都没有变，不需要更正说明。", "No printed figure moved; there is nothing to correct."))
    if rows or not verified:
        raise typer.Exit(FOUND)


def _say_verified(verified: "Verified") -> None:
    from taizhang.cli.common import err

    for problem in verified.problems:
        err.print(problem.in_language(LANGUAGE), style="red", markup=False)
    if verified:
        err.print(
            say(
                f"印发件完好：{verified.files}个文件校验一致，{verified.figures}个数字重算一致。",
                f"The publication is whole: {verified.files} files by their hashes, {verified.figures} figures computed again.",
            ),
            style="dim",
        )


def _movements(found: "Corrections") -> list[dict[str, Any]]:
    rows = []
    for movement in found.movements:
        where = say(f"正文{len(movement.sentences)}句", f"{len(movement.sentences)} sentences") if movement.sentences else ""
        if movement.in_table:
            where = f"{where} {say('附表', 'table')}".strip()
        difference = movement.difference
        rows.append(
            {
                "number": movement.number,
                "indicator": movement.before.code,
                "name": movement.before.full_name.in_language(LANGUAGE),
                "organisation": movement.before.organisation,
                "published": movement.before.printed,
                "now": movement.now.printed if movement.now else "—",
                "numerator": movement.before.numerator,
                "numerator_now": movement.now.numerator if movement.now else None,
                "denominator": movement.before.denominator,
                "denominator_now": movement.now.denominator if movement.now else None,
                "difference": difference.in_language(LANGUAGE) if difference else "",
                "stands_in": where or say("仅校核附件", "review annex only"),
                "cause": say("；", "; ").join(c.in_language(LANGUAGE) for c in movement.causes),
            }
        )
    return rows


def compare(
    file: Annotated[Path, typer.Argument(metavar="FILE.docx", help=say("交回的Word文件", "the Word file handed back"))],
    number: NumberArgument,
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.summaries.publishing.handback import compare as held_against
    from taizhang.summaries.publishing.publish import publication_of

    found = held_against(file, publication_of(number))
    rows: list[dict[str, Any]] = [
        {
            "kind": change.kind.label.in_language(LANGUAGE),
            "ours": change.our_number,
            "theirs": change.their_number,
            "indicator": change.figure.full_name.in_language(LANGUAGE) if change.figure else "",
            "sentence": change.sentence or change.ours,
        }
        for change in found.changes
    ]
    for kind, sentences in ((say("句子被删", "sentence gone"), found.removed), (say("新增句子", "new sentence"), found.added)):
        rows += [{"kind": kind, "ours": "", "theirs": "", "indicator": "", "sentence": sentence} for sentence in sentences]
    if format is Format.TABLE:
        title = say(
            f"{len(found.changes)}处数字不同；删{len(found.removed)}句，增{len(found.added)}句，改写{len(found.rewritten)}句；"
            f"{found.unchanged}句未动",
            f"{len(found.changes)} numbers differ; {len(found.removed)} sentences gone, {len(found.added)} new, {len(found.rewritten)} "
            f"reworded; {found.unchanged} as published",
        )
        names = [("情形", "what"), ("印发", "published"), ("交回", "handed back"), ("指标", "indicator"), ("句子", "sentence")]
        table = Table(*(say(*n) for n in names), title=title)
        for row in rows:
            table.add_row(*(str(v) for v in row.values()))
        out.print(table)
    elif format is Format.CSV:
        write_csv(rows)
    else:
        write_json(rows)
    if not found.is_clean:
        raise typer.Exit(FOUND)


def rebind(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("旧稿：.docx 或纯文本", "the old document: .docx or plain text"))],
    old: Annotated[str, typer.Option("--from", metavar="P", help=say("旧稿的时段", "the old document's period"))],
    new: Annotated[str, typer.Option("--to", metavar="P", help=say("新的时段", "the new period"))],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.docx", help=say("写到哪个文件", "the file to write"))],
    org: OrganisationOption = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.summaries.publishing import paper
    from taizhang.summaries.publishing.rebind import State, read_old
    from taizhang.summaries.publishing.rebind import rebind as bound

    with progress(say("换数", "rebinding")):
        found = bound(read_old(file), Period.parse(old), Period.parse(new), org or work.organisation)
        output.write_bytes(paper.rebound_bytes(found, LANGUAGE))
    table = Table(say("状态", "state"), say("句子", "sentence"), say("原因", "reason"))
    for sentence in found.sentences():
        reasons = say("；", "; ").join(r.in_language(LANGUAGE) for r in sentence.reasons)
        table.add_row(sentence.state.label.in_language(LANGUAGE), sentence.text, reasons)
    out.print(table)
    out.print(
        say(
            f"已换数{found.count(State.BOUND)}句，待核{found.count(State.OPEN)}句，无数字{found.count(State.READ)}句。已写成 {output}",
            f"{found.count(State.BOUND)} sentences with new figures, {found.count(State.OPEN)} to be settled, "
            f"{found.count(State.READ)} without a number. Written: {output}",
        )
    )
    if found.count(State.OPEN):
        raise typer.Exit(FOUND)
