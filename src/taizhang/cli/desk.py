"""`taizhang desk`: working drafts on the command line."""

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from taizhang.cli.common import (
    LANGUAGE,
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
)
from taizhang.kernel.periods import Period
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text

if TYPE_CHECKING:
    from taizhang.county.models import Staff
    from taizhang.summaries.desk.assemble import Assembled
    from taizhang.summaries.desk.models import Draft, HumanText

app = typer.Typer(no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar="DRAFT", help=say("工作稿编号", "number of the draft"))]
By = Annotated[str, typer.Option("--by", metavar="ACCOUNT", help=say("经办人账号", "account of whoever does it"))]
Section = Annotated[
    str,
    typer.Argument(
        metavar="SECTION",
        help=say("章节：opening、problems、proposals、1—10 或业务代码", "opening, problems, proposals, 1-10 or a line of work"),
    ),
]
English = Annotated[str, typer.Option("--en", help=say("英文", "its English"))]


def _draft(number: int) -> "Draft":
    from taizhang.summaries.desk.models import Draft

    found = Draft.objects.filter(pk=number).first()
    if found is None:
        raise Refusal(
            say(f"没有编号为{number}的工作稿。taizhang desk list 列出全部。", f"No draft has the number {number}. See taizhang desk list.")
        )
    return found


def _staff(account: str) -> "Staff":
    from taizhang.county.models import Staff

    found = Staff.objects.filter(username=account, is_active=True).first()
    if found is None:
        raise Refusal(say(f"没有在用的账号“{account}”。请核对账号。", f"No account in use is called {account!r}."))
    return found


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal(say(f"“{text}”不是日期，应写作2026-06-30。", f"{text!r} is no day; write 2026-06-30.")) from None


def _human(draft: "Draft", section: str, number: int) -> "HumanText":
    from taizhang.summaries.desk import human

    found = next((t for t in human.of_period(draft.organisation_id, draft.period, section) if t.number == number), None)
    if found is None:
        raise Refusal(say(f"“{section}”没有第{number}段文字。", f"{section} has no paragraph {number}."))
    return found


def _assembled(draft: "Draft") -> "Assembled":
    from taizhang.summaries.desk.assemble import assemble

    with progress(say("起草", "drafting")):
        return assemble(draft)


def _text(text: Text) -> str:
    return text.in_language(LANGUAGE)


# -- drafts ----------------------------------------------------------------------------------------------------------------------


@app.command(help=say("建一份工作稿。", "Open a working draft."))
def new(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="month | quarter | half | months | year | special")],
    period: PeriodOption,
    by: By,
    org: OrganisationOption = None,
    layout: Annotated[str, typer.Option("--layout", help="nested | flat")] = "nested",
    programme: Annotated[
        str, typer.Option("--programme", metavar="CODE", help=say("专题报告的业务", "a special report's line of work"))
    ] = "",
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.summaries.desk.drafts import open_draft

    made = open_draft(org or work.organisation, kind, Period.parse(period), by=_staff(by), layout=layout, programme=programme)
    out.print(say(f"已建工作稿 {made.pk}：{made}", f"Draft {made.pk}: {made}"))


@app.command("list", help=say("列出工作稿。", "List the drafts."))
def list_(home: HomeOption = None, lang: LanguageOption = Language.ZH) -> None:
    work_in(home)
    from taizhang.summaries.desk.models import Draft, DraftState, KindCode

    table = Table(say("编号", "number"), say("单位", "organisation"), say("文种", "kind"), say("时段", "period"), say("状态", "state"))
    for draft in Draft.objects.select_related("organisation").order_by("pk"):
        table.add_row(str(draft.pk), draft.organisation.name, KindCode(draft.kind).label, str(draft.period), DraftState(draft.state).label)
    out.print(table)


@app.command(help=say("一份工作稿还缺什么：分工、缺数、手填数、矛盾、上期打算。", "What a draft still lacks."))
def show(number: Number, home: HomeOption = None, lang: LanguageOption = Language.ZH) -> None:
    work_in(home)
    from taizhang.summaries.desk.models import WorkState
    from taizhang.summaries.desk.sections import known_sections

    draft = _draft(number)
    made = _assembled(draft)
    out.print(_text(made.document.title), style="bold", markup=False)
    known = known_sections()
    for work in draft.work.select_related("owner"):
        owner = work.owner.name if work.owner else "—"
        out.print(f"  {_text(known[work.section])}  {owner}  {work.deadline or '—'}  {WorkState(work.state).label}", markup=False)
    figures, unbound, lacks, waiting = len(made.document.spans()), len(made.unbound), len(made.lacks), len(made.waiting)
    out.print(say(
        f"数字{figures}个；手填{made.typed}个，未绑定{unbound}个；缺数{lacks}项，等待{waiting}项",
        f"{figures} figures; {made.typed} typed ({unbound} unbound); {lacks} missing ({waiting} waited for)",
    ))  # fmt: skip
    for point in made.open_points():
        out.print(f"  ✗ {_text(point)}", markup=False)
    for result in made.results:
        out.print(f"  {result.item.number}. {result.item.head}：{_text(result.outcome.label)}", markup=False)


@app.command(help=say("写成 Word。", "Write it in Word."))
def write(
    number: Number,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.docx", help=say("写到哪个文件", "the file to write"))],
    review: Annotated[bool, typer.Option("--review", help=say("写校核稿", "the review copy"))] = False,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.summaries import word
    from taizhang.summaries.desk.assemble import assemble

    with progress(say("起草", "drafting")):
        word.write(assemble(_draft(number), language=LANGUAGE).document, output, review=review)
    out.print(say(f"已写成 {output}", f"Written: {output}"))


@app.command(help=say("审定：数字固定在当前台账版本。", "Approve: figures stay at this ledger version."))
def approve(
    number: Number,
    by: By,
    accept_unbound: Annotated[
        bool, typer.Option("--accept-unbound", help=say("放行没有来源的手填数", "let unanswered typed numbers stand"))
    ] = False,
    why: Annotated[
        str, typer.Option("--why", metavar="REASON", help=say("放行数字矛盾的理由，记入审计", "why contradictions stand; audited"))
    ] = "",
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.summaries.desk import drafts
    from taizhang.summaries.desk.errors import DeskError

    try:
        made = drafts.approve(_draft(number), _staff(by), accept_unbound=accept_unbound, why=why)
    except DeskError as refusal:
        raise Refusal("\n  ".join(_text(t) for t in (refusal.message, *refusal.reasons))) from None
    out.print(say(f"已审定，放行手填数{len(made.unbound)}个。", f"Approved; {len(made.unbound)} typed numbers let stand."))


@app.command(help=say("退回起草。", "Take an approved draft back."))
def reopen(
    number: Number,
    by: By,
    reason: Annotated[str, typer.Option("--reason", help=say("原因", "why"))],
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.summaries.desk import drafts

    drafts.reopen(_draft(number), _staff(by), reason)
    out.print(say("已退回起草。", "Back to drafting."))


@app.command(help=say("印发：打算成为下一期的核对项。", "Publish: its steps become the next document's check."))
def publish(number: Number, by: By, let_stand: LetStandOption = None, home: HomeOption = None, lang: LanguageOption = Language.ZH) -> None:
    work = work_in(home)
    from taizhang.summaries.desk import drafts

    drafts.publish(_draft(number), _staff(by), work.working_day(), reasons_of(let_stand))
    out.print(say("已印发。", "Published."))


# -- sections ---------------------------------------------------------------------------------------------------------------------


@app.command(help=say("分派章节。", "Assign a section."))
def assign(
    number: Number,
    section: Section,
    by: By,
    owner: Annotated[str | None, typer.Option("--owner", metavar="ACCOUNT", help=say("责任人账号", "account of its owner"))] = None,
    deadline: Annotated[str | None, typer.Option("--deadline", metavar="DAY", help=say("交稿期限", "by when"))] = None,
    cutoff: Annotated[str | None, typer.Option("--cutoff", metavar="DAY", help=say("本节自己的截至日", "a cut-off of its own"))] = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.summaries.desk import sections

    sections.assign(_draft(number), section, _staff(owner) if owner else None, by=_staff(by), deadline=_day(deadline), cutoff=_day(cutoff))
    out.print(say("已分派。", "Assigned."))


@app.command(help=say("章节交稿、退回或采用。", "Hand in, return or accept a section."))
def section(
    number: Number,
    section: Section,
    state: Annotated[str, typer.Argument(metavar="STATE", help="handed_in | returned | accepted")],
    by: By,
    reason: Annotated[str, typer.Option("--reason", help=say("退回的原因", "why it is returned"))] = "",
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.summaries.desk import sections
    from taizhang.summaries.desk.models import WorkState

    if state not in WorkState.values:
        raise Refusal(say(f"状态“{state}”应为 handed_in、returned 或 accepted。", f"{state!r} is none of handed_in, returned, accepted."))
    work = _draft(number).work.filter(section=section).select_related("owner").first()
    if work is None:
        raise Refusal(say(f"“{section}”没有分派给人。先用 taizhang desk assign。", f"{section} is assigned to nobody. Assign it first."))
    sections.step(work, WorkState(state), by=_staff(by), reason=reason)
    out.print(WorkState(state).label if LANGUAGE == "zh" else state)


@app.command(help=say("设定本单位章节的次序和标题：2=标题 3 1 …", "Set the order of sections: 2=HEADING 3 1 ..."))
def order(
    sections_: Annotated[list[str], typer.Argument(metavar="SECTION[=标题[|English]]")],
    by: By,
    org: OrganisationOption = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.summaries.desk import sections

    named = []
    for each in sections_:
        code, _, heading = each.partition("=")
        zh, _, en = heading.partition("|")
        named.append((code, zh, en))
    sections.set_order(org or work.organisation, named, by=_staff(by))
    out.print(say("已设定。", "Set."))


# -- human text ----------------------------------------------------------------------------------------------------------------------


@app.command(help=say("写入一段文字；不给 --file 时列出本期和去年同期的文字。", "Keep a paragraph, or show this period's and last year's."))
def text(
    number: Number,
    section: Section,
    by: By = "",
    file: Annotated[Path | None, typer.Option("--file", help=say("文本文件（UTF-8）", "a text file in UTF-8"))] = None,
    head: Annotated[str, typer.Option("--head", help=say("小标题：中文|English", "heading: Chinese|English"))] = "",
    paragraph: Annotated[int, typer.Option("--paragraph", help=say("第几段", "which paragraph"))] = 1,
    after: Annotated[bool, typer.Option("--after", help=say("置于数字段之后", "after the paragraphs made from figures"))] = False,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.summaries.desk import human

    draft = _draft(number)
    if file is not None:
        zh, _, en = head.partition("|")
        human.write(
            draft.organisation_id, section, draft.period, file.read_text(encoding="utf-8-sig"), by=_staff(by),
            head=Text(zh, en or zh) if zh else None, number=paragraph, leads=not after,
        )  # fmt: skip
    now, before = human.beside(draft.organisation_id, section, draft.period)
    for title, texts in ((say("本期", "this period"), now), (say("去年同期", "last year"), before)):
        out.print(title, style="bold")
        for each in texts:
            out.print(f"  {each.number}. {each.head}\n  {each.text}", markup=False)
            for typed in human.typed(each):
                bound = _text(typed.bound) if typed.bound else say("未绑定", "unbound")
                out.print(f"     {say('手填', 'typed')} {typed.quantity.key}  {bound}", markup=False)


@app.command(help=say("手填数的着落：绑定数字、注明来源或签字。", "Answer for a typed number: a figure, a source, or a signature."))
def bind(
    number: Number,
    section: Section,
    typed: Annotated[
        str, typer.Argument(metavar="NUMBER", help=say("数字，或 desk text 所列的位置", "the number, or its key from desk text"))
    ],
    by: By,
    figure: Annotated[str, typer.Option("--figure", metavar="CODE[:FILTER]", help=say("用指标代替", "put a figure in its place"))] = "",
    source: Annotated[str, typer.Option("--source", help=say("来源：文件名，或 deed:编号", "its source: a file, or deed:number"))] = "",
    sign: Annotated[bool, typer.Option("--sign", help=say("本人签字负责", "sign for it"))] = False,
    paragraph: Annotated[int, typer.Option("--paragraph", help=say("第几段", "which paragraph"))] = 1,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.summaries.desk import human

    written, who = _human(_draft(number), section, paragraph), _staff(by)
    if [bool(figure), bool(source), sign].count(True) != 1:
        raise Refusal(say("--figure、--source、--sign 须给且只给一项。", "Give one of --figure, --source, --sign."))
    if figure:
        human.bind_to_figure(written, typed, figure, by=who)
    elif source:
        human.bind_to_source(written, typed, source, by=who)
    else:
        human.sign(written, typed, by=who)
    out.print(say("已绑定。", "Bound."))


# -- missing figures ---------------------------------------------------------------------------------------------------------------------


@app.command(help=say("缺数清单和联系人。", "What is missing, and whom to telephone."))
def missing(number: Number, home: HomeOption = None, lang: LanguageOption = Language.ZH) -> None:
    work_in(home)
    made = _assembled(_draft(number))
    table = Table(say("指标", "figure"), say("状态", "status"), say("已报", "reported"), say("处理", "choice"), say("联系", "telephone"))
    for lack in made.lacks:
        calls = "；".join(_text(c.text) for c in lack.calls[:3]) + (f" …({len(lack.calls)})" if len(lack.calls) > 3 else "")
        chosen = lack.choice.label if LANGUAGE == "zh" else lack.choice.value
        table.add_row(
            f"{lack.code}\n{_text(lack.element)}", _text(lack.status.label), _text(lack.coverage) if lack.coverage else "", chosen, calls
        )
    out.print(table)


@app.command(
    help=say("缺数的处理：wait 等待，coverage 注明覆盖面，leave_out 不写。", "Settle missing figures: wait, coverage or leave_out.")
)
def decide(
    number: Number,
    choice: Annotated[str, typer.Argument(metavar="CHOICE", help="wait | coverage | leave_out")],
    by: By,
    codes: Annotated[
        list[str] | None,
        typer.Option("--code", metavar="CODE", help=say("这些指标；缺省为全部可以如此处理的", "these; by default all that may")),
    ] = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.summaries.desk import missing as lacking
    from taizhang.summaries.desk.models import Choice

    if choice not in Choice.values:
        raise Refusal(say(f"处理“{choice}”应为 wait、coverage 或 leave_out。", f"{choice!r} is none of wait, coverage, leave_out."))
    draft = _draft(number)
    found = _assembled(draft).lacks
    if unknown := sorted(set(codes or ()) - {lack.code for lack in found}):
        raise Refusal(say(f"缺数清单里没有{'、'.join(unknown)}。", f"Not missing: {', '.join(unknown)}."))
    chosen = [lack for lack in found if (lack.code in codes if codes else Choice(choice) in lack.may)]
    done = lacking.decide(draft, chosen, Choice(choice), by=_staff(by))
    out.print(say(f"已处理{done}项。", f"Settled: {done}."))


# -- next steps and bulletins ------------------------------------------------------------


@app.command(help=say("列出打算；--draft 按数字重新起草。", "List the next steps; --draft drafts them from figures."))
def plan(
    number: Number,
    by: By = "",
    draft_: Annotated[bool, typer.Option("--draft", help=say("按数字重新起草", "draft them anew"))] = False,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.summaries.desk import plan as steps

    draft = _draft(number)
    if draft_:
        steps.draft_items(draft, _assembled(draft).document, by=_staff(by))
    for item in draft.plan.all():
        aim = f"  {item.indicator} {item.get_goal_display()} {item.target.normalize():f}" if item.target is not None else ""
        out.print(f"{item.number}. {item.head}（{item.due_on}，{item.lead or '—'}）{item.measure}{aim}", markup=False)


@app.command(help=say("改一项打算，或不给编号增加一项。", "Change a step, or without --item add one."))
def step(
    number: Number,
    by: By,
    item: Annotated[int | None, typer.Option("--item", help=say("第几项", "which step"))] = None,
    head: Annotated[str, typer.Option("--head", help=say("小标题：中文|English", "heading"))] = "",
    measure: Annotated[str, typer.Option("--measure", help=say("措施：中文|English", "measure"))] = "",
    lead: Annotated[str | None, typer.Option("--lead", help=say("牵头科室", "lead department"))] = None,
    due: Annotated[str | None, typer.Option("--due", metavar="DAY", help=say("完成期限", "by when"))] = None,
    indicator: Annotated[str | None, typer.Option("--indicator", metavar="CODE", help=say("指标", "indicator"))] = None,
    target: Annotated[str | None, typer.Option("--target", help=say("目标值", "target"))] = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work_in(home)
    from taizhang.summaries.desk import plan as steps

    try:
        aim = Decimal(target) if target else None
    except InvalidOperation:
        raise Refusal(say(f"目标值“{target}”不是数。", f"{target!r} is no number.")) from None
    done = steps.set_item(
        _draft(number),
        item,
        by=_staff(by),
        head=_twin(head),
        measure=_twin(measure),
        lead=lead,
        due_on=_day(due),
        indicator=indicator,
        target=aim,
    )
    out.print(say(f"已记第{done.number}项。", f"Step {done.number} is set."))


def _twin(text: str) -> Text | None:
    zh, _, en = text.partition("|")
    return Text(zh, en or zh) if zh.strip() else None


@app.command(help=say("录入上级通报（CSV，一行一条）。", "Enter bulletins of a higher authority from a CSV."))
def references(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv")],
    by: By,
    org: OrganisationOption = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.ZH,
) -> None:
    work = work_in(home)
    from taizhang.summaries.desk import references as bulletins

    if not file.is_file():
        raise Refusal(say(f"没有文件 {file}。", f"There is no file {file}."))
    done = bulletins.enter_table(org or work.organisation, file, by=_staff(by))
    out.print(say(f"已录入{done}条。", f"Entered: {done}."))
