"""The assessment table and a reckoning as Excel files, in the shape in which counties hand them round."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from taizhang.county.models import OrganisationKind
from taizhang.figures.present import printed
from taizhang.kernel.text import Text
from taizhang.settlement.assessment import Assessment, Scored, grouped
from taizhang.settlement.services import Service
from taizhang.settlement.settle import yuan
from taizhang.settlement.work import PaidMember, Reckoning, UnitBill

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EXCEL_ROWS = 1_000_000
_SHORT = 20  # characters of a remark that one line of its column holds
_KEPT_BACK = Text("不公开", "withheld")
_SENSITIVE = Text("敏感业务服务（合计）", "Sensitive services (together)")
_BELOW_TOWNSHIP = (OrganisationKind.VILLAGE_CLINIC, OrganisationKind.COMMUNITY_STATION)


class Book:
    """A workbook being written. Texts in one language; text never becomes a formula or an address."""

    def __init__(self, book: xlsxwriter.Workbook, language: str) -> None:
        self.book = book
        self.language = language
        plain: dict[str, Any] = {"border": 1, "valign": "vcenter", "text_wrap": True, "font_size": 10}
        self.title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self.note = book.add_format({"font_size": 9, "text_wrap": True, "valign": "top"})
        self.head = book.add_format({**plain, "bold": True, "align": "center", "bg_color": "#EAF1F7"})
        self.text = book.add_format(plain)
        self.middle = book.add_format({**plain, "align": "center"})
        self.right = book.add_format({**plain, "align": "right"})
        self.strong = book.add_format({**plain, "bold": True})
        self.points = book.add_format({**plain, "bold": True, "align": "center"})
        self.whole = book.add_format({**plain, "num_format": "#,##0"})
        self.money = book.add_format({**plain, "num_format": "#,##0.00"})
        self.money_total = book.add_format({**plain, "num_format": "#,##0.00", "bold": True})
        self.day = book.add_format({**plain, "num_format": "yyyy-mm-dd"})

    def say(self, text: Text) -> str:
        return text.in_language(self.language)

    def sheet(self, name: Text, title: str, headings: Sequence[Text], widths: Sequence[int], *, across: bool = True) -> Any:
        sheet = self.book.add_worksheet(self.say(name)[:31])
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_row(0, 30)
        sheet.merge_range(0, 0, 0, len(headings) - 1, title, self.title)
        for column, heading in enumerate(headings):
            sheet.write_string(2, column, self.say(heading), self.head)
        sheet.freeze_panes(3, 0)
        sheet.set_paper(9)
        if across:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 2)
        return sheet


@contextmanager
def _written(language: str) -> Iterator[tuple[Book, BytesIO]]:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        yield Book(book, language), stream


# -- the assessment table --------------------------------------------------------------------------------------------------------

_ASSESSED = (
    Text("项目", "Package"), Text("指标", "Indicator"), Text("分值", "Points"), Text("目标值", "Target"), Text("计分办法", "Scoring"),
    Text("分子", "Numerator"), Text("分母", "Denominator"), Text("完成值", "Value"), Text("得分", "Score"), Text("备注", "Remarks"),
)  # fmt: skip


def assessment_book(assessment: Assessment, language: str = "zh", *, hidden: frozenset[str] = frozenset()) -> bytes:
    """The table filled: one sheet, packages merged, totals below. hidden: indicators whose numbers are kept back from the reader."""
    with _written(language) as (book, stream):
        say, period = book.say, assessment.period
        title = f"{period.year}{'年度' if language == 'zh' else ' '}{say(assessment.definition.name)}"
        sheet = book.sheet(Text("评分表", "Assessment"), title, _ASSESSED, (22, 30, 7, 10, 26, 11, 11, 10, 8, 34))
        said = Text(
            f"单位：{assessment.organisation_name.zh}    截至：{period.cutoff}    台账第{assessment.ledger_version}版",
            f"Unit: {assessment.organisation_name.en}    Cut-off: {period.cutoff}    Ledger version {assessment.ledger_version}",
        )
        sheet.merge_range(1, 0, 1, len(_ASSESSED) - 1, say(said), book.note)
        line = 3
        for package, rows in grouped(assessment.lines):
            if len(rows) > 1:
                sheet.merge_range(line, 0, line + len(rows) - 1, 0, say(package), book.strong)
            else:
                sheet.write_string(line, 0, say(package), book.strong)
            for row in rows:
                _assessed(sheet, book, line, row, row.figure.code in hidden)
                line += 1
        _totals(sheet, book, line, assessment)
    return stream.getvalue()


def _assessed(sheet: Any, book: Book, line: int, row: Scored, hidden: bool) -> None:
    figure, say = row.figure, book.say
    unit = figure.indicator.unit
    sheet.write_string(line, 1, say(figure.indicator.name), book.text)
    sheet.write_number(line, 2, row.item.points, book.middle)
    sheet.write_string(line, 3, f"{'≤' if figure.indicator.better == 'lower' else '≥'}{row.target.normalize():f}{unit}", book.middle)
    sheet.write_string(line, 4, say(row.rule), book.text)
    for column, count in ((5, figure.numerator), (6, figure.denominator)):
        if hidden or count is None or figure.status not in ("ok", "partial"):
            sheet.write_string(line, column, "—", book.right)
        else:
            sheet.write_number(line, column, Decimal(count).scaleb(-figure.places), book.whole)
    sheet.write_string(line, 7, say(_KEPT_BACK) if hidden else printed(figure.value, unit), book.right)
    if row.score is None or hidden:
        sheet.write_string(line, 8, "—", book.right)
    else:
        sheet.write_number(line, 8, row.score, book.money)
    remark = say(row.remark) if row.remark else ""
    sheet.write_string(line, 9, remark, book.text)
    sheet.set_row(line, 20 if len(remark) <= _SHORT else 34)  # a row does not grow by itself


def _totals(sheet: Any, book: Book, line: int, assessment: Assessment) -> None:
    say = book.say
    rows: list[tuple[Text, Decimal | None]] = [
        (Text("参评分值", "Points assessed"), assessment.assessable),
        (Text("得分合计", "Score"), assessment.score),
        (Text("折算得分（百分制）", "Out of a hundred"), assessment.converted),
    ]
    sheet.write_string(line, 0, say(Text("合计", "Total")), book.strong)
    sheet.write_string(line, 1, "", book.strong)
    sheet.write_number(line, 2, assessment.points, book.points)
    for offset, (label, value) in enumerate(rows):
        sheet.merge_range(line + offset, 3, line + offset, 7, say(label), book.strong)
        if value is None:
            sheet.write_string(line + offset, 8, "—", book.strong)
        else:
            sheet.write_number(line + offset, 8, value, book.money_total)
    source = assessment.definition.source
    note = Text(
        f"考核表依据：{source.document}{source.clause}{'' if source.verified else '（未经核对，以当年下发的考核方案为准）'}。"
        "得分由分子、分母直接计算，四舍五入到两位小数；本县另有年度任务的，以任务值为目标值。不参评的项目不计入参评分值。",
        f"By: {source.document}, {source.clause}{'' if source.verified else ' (not verified; this year’s scheme prevails)'}. "
        "Scores are worked out from numerator and denominator and rounded once, to two decimals; a yearly target of the county stands "
        "for the table's own. What is left out does not count among the points assessed.",
    )
    sheet.merge_range(line + 4, 0, line + 4, 9, say(note), book.note)
    sheet.set_row(line + 4, 42)


# -- a reckoning -------------------------------------------------------------------------------------------------------------------

_UNITS = (
    Text("单位代码", "Code"), Text("单位", "Unit"), Text("工作价值（元）", "Work (yuan)"), Text("质量扣减（元）", "Deductions"),
    Text("已预拨（元）", "Advances"),
    Text("以前结算已付（元）", "Paid before"), Text("冲销以前年度（元）", "Reversed"),
    Text("上年结转（元）", "Brought forward"), Text("本次应付（元）", "To pay"),
    Text("结转（元）", "Carried forward"),
)  # fmt: skip
_WORK = (
    Text("单位", "Unit"), Text("服务", "Service"), Text("数量", "Quantity"), Text("计量单位", "Of"), Text("单价（元）", "Price"),
    Text("金额（元）", "Amount"), Text("单价依据", "Laid down by"),
)  # fmt: skip
_TAKEN = (
    Text("单位", "Unit"), Text("服务", "Service"), Text("属实的疑点", "Confirmed finding"), Text("数量", "Quantity"),
    Text("单价（元）", "Price"), Text("扣减比例（%）", "Percent"), Text("扣减金额（元）", "Taken off"),
)  # fmt: skip
_MEMBERS = (
    Text("单位", "Unit"), Text("服务", "Service"), Text("记录序号", "Record"), Text("居民序号", "Resident"), Text("日期", "Day"),
    Text("数量", "Quantity"), Text("金额（元）", "Amount"),
)  # fmt: skip


def settlement_book(reckoning: Reckoning, language: str = "zh", *, details: bool = False, hidden: frozenset[str] = frozenset()) -> bytes:
    """Summary, work and deductions; with `details`, a line for each record that is paid for, by number and without names. hidden: sensitive
    services, which a reader sees of a village clinic only as one sum, and whose records are left out."""
    with _written(language) as (book, stream):
        say, name = book.say, reckoning.tree.name(reckoning.organisation)
        title = say(
            Text(
                f"{name.zh}{reckoning.year}年基本公共卫生服务工作量结算（至{reckoning.through}）",
                f"{name.en}: settlement of public-health work of {reckoning.year}, to {reckoning.through}",
            )
        )
        provisional = Text("试算：所用单价未经本县核定。", "Provisional: prices in use were not laid down by the county.")
        state = f"{say(Text(f'台账第{reckoning.ledger_version}版。', f'Ledger version {reckoning.ledger_version}.'))}"
        state += say(provisional) if reckoning.unverified else ""
        sheet = book.sheet(Text("结算汇总", "Summary"), title, _UNITS, (15, 28, 15, 15, 15, 17, 17, 15, 15, 15))
        sheet.merge_range(1, 0, 1, len(_UNITS) - 1, state, book.note)
        line = 3
        for bill in reckoning.bills:
            sheet.write_string(line, 0, bill.unit, book.text)
            sheet.write_string(line, 1, say(bill.name), book.text)
            money = _money(bill)
            for column, amount in enumerate(money, 2):
                sheet.write_number(line, column, yuan(amount), book.money)
            line += 1
        sheet.merge_range(line, 0, line, 1, say(Text("合计", "Total")), book.strong)
        totals = [sum(pick) for pick in zip(*(_money(bill) for bill in reckoning.bills), strict=True)] or [0] * 8
        for column, amount in enumerate(totals, 2):
            sheet.write_number(line, column, yuan(amount), book.money_total)
        _work_sheets(book, reckoning, title, hidden)
        if details:
            _details(book, reckoning, title, hidden)
    return stream.getvalue()


def _money(bill: UnitBill) -> tuple[int, ...]:
    return bill.value, bill.deducted, bill.advanced, bill.paid_before, bill.reversed, bill.carried, bill.payable, min(0, bill.balance)


def _work_sheets(book: Book, reckoning: Reckoning, title: str, hidden: frozenset[str]) -> None:
    say = book.say
    sheet = book.sheet(Text("工作量", "Work"), title, _WORK, (28, 34, 10, 9, 11, 14, 34))
    line = 3
    for bill in reckoning.bills:
        folded = 0
        for work in bill.work:
            if work.service.code in hidden and bill.kind in _BELOW_TOWNSHIP:
                folded += work.amount
                continue
            source = work.service.price_parameter.source
            unchecked = "" if source.verified else say(Text("（未核对）", " (not verified)"))
            for column, text in (
                (0, say(bill.name)),
                (1, say(work.service.name)),
                (3, work.service.unit),
                (6, source.document + unchecked),
            ):
                sheet.write_string(line, column, text, book.text)
            sheet.write_number(line, 2, work.quantity, book.whole)
            sheet.write_number(line, 4, yuan(work.price), book.money)
            sheet.write_number(line, 5, yuan(work.amount), book.money)
            line += 1
        if folded:
            for column, text in enumerate((say(bill.name), say(_SENSITIVE), say(_KEPT_BACK), "", say(_KEPT_BACK))):
                sheet.write_string(line, column, text, book.text)
            sheet.write_number(line, 5, yuan(folded), book.money)
            line += 1
    sheet = book.sheet(Text("质量扣减", "Deductions"), title, _TAKEN, (28, 34, 34, 10, 11, 13, 14))
    line = 3
    for bill in reckoning.bills:
        for taken in bill.deductions:
            if taken.service.code in hidden:
                continue
            for column, text in enumerate((say(bill.name), say(taken.service.name), say(taken.check.name))):
                sheet.write_string(line, column, text, book.text)
            sheet.write_number(line, 3, taken.quantity, book.whole)
            sheet.write_number(line, 4, yuan(taken.price), book.money)
            sheet.write_number(line, 5, taken.percent, book.whole)
            sheet.write_number(line, 6, yuan(taken.amount), book.money)
            line += 1


def _details(book: Book, reckoning: Reckoning, title: str, hidden: frozenset[str]) -> None:
    say, name = book.say, Text("付费明细", "Paid records")
    widths = (28, 34, 12, 12, 12, 8, 12)
    line, number = _EXCEL_ROWS, 0
    sheet: Any = None
    for bill, service, price, member in _paid(reckoning, hidden):
        if line >= _EXCEL_ROWS:
            number += 1
            numbered = name if number == 1 else Text(f"{name.zh}{number}", f"{name.en} {number}")
            sheet, line = book.sheet(numbered, title, _MEMBERS, widths), 3
        sheet.write_string(line, 0, bill, book.text)
        sheet.write_string(line, 1, say(service.name), book.text)
        sheet.write_number(line, 2, member.member, book.text)
        if member.resident is not None:
            sheet.write_number(line, 3, member.resident, book.text)
        if member.day is not None:
            sheet.write_datetime(line, 4, member.day, book.day)
        sheet.write_number(line, 5, member.quantity, book.whole)
        sheet.write_number(line, 6, yuan(member.quantity * price), book.money)
        line += 1


def _paid(reckoning: Reckoning, hidden: frozenset[str]) -> Iterator[tuple[str, Service, int, PaidMember]]:
    for bill in reckoning.bills:
        for work in (each for each in bill.work if each.service.code not in hidden):
            for member in reckoning.members(work.service, bill.unit):
                yield bill.name.zh, work.service, work.price, member
