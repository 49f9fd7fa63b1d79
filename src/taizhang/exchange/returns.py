"""Files of returns 报表, one cell a line or in the wide form: a sheet per form, a line per organisation, period and row, a column per
element. What is wrong with a cell sets that cell aside; what is wrong with a return as a whole, all of its cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.db import transaction

from taizhang.county.models import Staff
from taizhang.exchange.columns import Column, Heading, recognised
from taizhang.exchange.reading import FileRefused, Sheet, open_file
from taizhang.exchange.report import CellFault, ImportReport, Row
from taizhang.exchange.run import Run, empty_faults, formula_faults
from taizhang.exchange.values import Places, formula_message, is_formula
from taizhang.kernel.forms import Form, FormElement
from taizhang.kernel.periods import Period, PeriodError
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.returns.checks import CellEntry
from taizhang.returns.checks import CellFault as ReturnFault
from taizhang.returns.entry import enter, parse_cell
from taizhang.returns.filling import keep
from taizhang.returns.models import Return
from taizhang.returns.states import ReturnRefused, entries_of

RETURNS = Text("报表", "returns")
_NAMED = 6  # forms that a refusal names; there are dozens
_ORGANISATION = Column("organisation_code", Text("机构代码", "Organisation code"))
_ORGANISATION_NAME = Column("organisation", Text("机构", "Organisation"), names=("机构名称", "填报单位", "填报机构", "单位名称"))
_PERIOD = Column("period", Text("时段", "Period"), required=True, names=("报告期", "期间"))
_CATEGORY = Column("category", Text("分组", "Category"), names=("行", "项目"))
LONG = (
    _ORGANISATION,
    _ORGANISATION_NAME,
    _PERIOD,
    Column("form", Text("报表", "Form"), required=True, names=("报表名称",)),
    _CATEGORY,
    Column("element", Text("指标项", "Element"), required=True, names=("指标", "数据项")),
    Column("unit", Text("单位", "Unit"), names=("计量单位",)),
    Column("value", Text("数值", "Value"), required=True, names=("值", "数")),
    Column("precision", Text("公布精度", "Precision"), names=("精度",)),
    Column("note", Text("备注", "Note"), names=("说明",)),
)
# In the wide form an element may have two more columns: the last place it was published to, and the word or note beside it.
PRECISION, NOTE = "·精度", "·备注"


def wide_columns(form: Form) -> list[Column]:
    """The columns of a form's wide sheet."""
    lead = [_ORGANISATION, _ORGANISATION_NAME, _PERIOD, _CATEGORY] if has_rows(form) else [_ORGANISATION, _ORGANISATION_NAME, _PERIOD]
    columns = list(lead)
    for element in form.elements:
        columns.append(Column(element.code, heading_of(element), names=(element.name.zh, element.name.en), unit=element.unit))
        columns.append(Column(element.code + PRECISION, Text(element.name.zh + PRECISION, f"{element.name.en}: precision")))
        columns.append(Column(element.code + NOTE, Text(element.name.zh + NOTE, f"{element.name.en}: note")))
    return columns


def has_rows(form: Form) -> bool:
    return bool(form.categories) or form.open_categories


def heading_of(element: FormElement) -> Text:
    return Text(f"{element.name.zh}（{element.unit}）", f"{element.name.en} ({element.unit})")


def sheet_name(form: Form) -> str:
    """The form's name as a sheet can bear it: at most 31 characters, none that Excel forbids."""
    return re.sub(r"[\[\]:*?/\\]", "", form.name.zh)[:31]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A number of the file and where it stands. heading: the file's own column names, to point at them."""

    row: Row
    heading: Heading
    column: str  # the field whose column holds the number
    wide: bool
    written: str


@dataclass(slots=True)
class _Entry:
    cell: _Cell
    entry: CellEntry


class _Returns:
    """The cells of a file by the return they belong to."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.places = Places.read(run.actor, run.day)
        self.found: dict[tuple[str, str, Period], list[_Entry]] = {}
        self.periods: dict[str, Period | Text] = {}
        # Rows with a refused number, written out when the file is done; and every such number, by sheet, row and column.
        self.bad: dict[tuple[str, int], tuple[Row, list[CellFault]]] = {}
        self.refused: set[tuple[str, int, str]] = set()

    def refuse(self, cell: _Cell, faults: Sequence[CellFault]) -> None:
        place = (cell.row.sheet, cell.row.number)
        self.bad.setdefault(place, (cell.row, []))[1].extend(faults)
        self.refused.add((*place, cell.column))

    def take(self, cell: _Cell, form: Form, said: dict[str, str]) -> list[CellFault]:
        """One number: its organisation, period, place in the form and value; or what is wrong. said: by the names of the LONG columns."""
        faults: list[tuple[str, str, Text]] = []
        written = said["organisation_code"] or said["organisation"]
        missing = Text("机构未填。请填机构代码或名称。", "The organisation is missing. Give its code or name.")
        place = self.places.find(written) if written else missing
        if isinstance(place, Text):
            faults.append(("organisation_code" if said["organisation_code"] else "organisation", written, place))
        period = self._period(said["period"])
        if isinstance(period, Text):
            faults.append(("period", said["period"], period))
        elif period.start > self.run.day:
            ahead = Text(f"时段{period.name.zh}还没有开始。请核对。", f"{period.name.en} has not begun. Check the period.")
            faults.append(("period", said["period"], ahead))
        entry = parse_cell(
            form,
            element=said["element"],
            value=said["value"],
            category=said["category"],
            unit=said["unit"],
            precision=said["precision"],
            note=said["note"],
        )
        if isinstance(entry, ReturnFault):
            field = cell.column if cell.wide and entry.column != "category" else entry.column
            faults.append((field, entry.value, entry.message))
        if not faults and isinstance(place, str) and isinstance(period, Period) and isinstance(entry, CellEntry):
            self.found.setdefault((form.code, place, period), []).append(_Entry(cell, entry))
        return [CellFault(cell.heading.label(field) or field, value, message) for field, value, message in faults]

    def _period(self, written: str) -> Period | Text:
        if written not in self.periods:
            try:
                # Excel makes the 1st of the month of a 2026年6月 that is typed into it; no return is of a single day.
                month = re.fullmatch(r"(\d{4}-\d{2})-01", written)
                self.periods[written] = Period.parse(month[1] if month else written)
            except PeriodError as error:
                self.periods[written] = Text(
                    f"“{written}”不是时段。请填2026年上半年、2026年1-10月、2026年6月、2026H1、2026-06这样的时段。", str(error)
                )
        return self.periods[written]


def import_returns(run: Run) -> None:
    taken = _Returns(run)
    _read(run, taken)
    with transaction.atomic():
        for (form, organisation, period), entries in taken.found.items():
            _enter(run, taken, registry.forms[form], organisation, period, entries)
        if run.dry_run:
            transaction.set_rollback(True)
    _set_aside(run, taken)


def import_filled(path: Path, form: Form, organisation: str, period: Period, *, actor: Staff, seen: str, day: date) -> ImportReport:
    """A form that was filled in Excel, brought back to the page of one return: its numbers are kept in the draft, over those there;
    places the file leaves empty stay. What belongs to another form, unit or period is refused with the rest that is wrong.

    The caller has seen to it that the actor may fill the return. Raises FileRefused, ReturnRefused (StaleReturn among them).
    """
    run = Run(path, open_file(path), actor, day, dry_run=False, correct=True, progress=None, report=ImportReport())
    try:
        taken = _Returns(run)
        taken.places.writable = None
        _read(run, taken)
        own: list[_Entry] = []
        for (code, place, days), entries in taken.found.items():
            if (code, place, days.start, days.end) == (form.code, organisation, period.start, period.end):
                own = entries
                continue
            message = Text(
                f"本页只接收{period.name.zh}《{form.name.zh}》中本机构的数。其他报表、机构或时段请在其填报页导入。",
                f"This page takes only the unit's own numbers of {form.name.en} for {period.name.en}; import others on their own pages.",
            )
            for each in entries:
                taken.refuse(each.cell, [CellFault(each.cell.heading.label("period"), str(days), message)])
        _keep(run, taken, form, organisation, period, own, seen)
        _set_aside(run, taken)
    except BaseException:
        run.reasons.discard()
        raise
    run.reasons.close()
    return run.report


def _keep(run: Run, taken: _Returns, form: Form, organisation: str, period: Period, entries: Sequence[_Entry], seen: str) -> None:
    report = Return.objects.filter(
        form=form.code, organisation_id=organisation, period_start=period.start, period_end=period.end
    ).first()
    stored = {} if report is None else {entry.place: entry for entry in entries_of(report)}
    given: dict[tuple[str, str], CellEntry] = {}
    for each in entries:
        twin = given.get(each.entry.place)
        if twin is not None and twin.value != each.entry.value:
            twice = Text("在文件中出现两次且数值不同，请只保留一处。", "Given twice in the file with different values; keep one.")
            taken.refuse(each.cell, [CellFault(each.cell.heading.label(each.cell.column), each.cell.written, twice)])
            continue
        given[each.entry.place] = each.entry
    keep(form, organisation, period, list((stored | given).values()), run.actor, seen=seen, day=run.day)
    for place, entry in given.items():
        before = stored.get(place)
        run.report.accepted += before is None
        run.report.unchanged += before == entry
        run.report.corrected += before is not None and before != entry


def _read(run: Run, taken: _Returns) -> None:
    sheets = run.data_sheets()
    if len(sheets) == 1 and {"form", "element"} <= recognised(sheets[0], LONG):
        _read_long(run, taken)
        return
    run.report.counted = Text("个数", "numbers")
    for sheet, form in _forms(run, sheets):
        _read_wide(run, taken, sheet, form)


def _set_aside(run: Run, taken: _Returns) -> None:
    """Write the refused rows, once each, and count the refused numbers."""
    before = run.report.refused
    for _, (row, faults) in sorted(taken.bad.items(), key=lambda item: item[0]):
        run.refuse(row, faults)
    run.report.refused = before + len(taken.refused)


def _forms(run: Run, sheets: Sequence[Sheet]) -> Iterator[tuple[Sheet, Form]]:
    """The form of each sheet of the wide form, by its name (of a CSV: the file's name)."""
    by_sheet = {sheet_name(form): form for form in registry.forms.values()}
    named = [(sheet, registry.form_named(sheet.name) or by_sheet.get(sheet.name.strip())) for sheet in sheets]
    if unknown := [sheet.name for sheet, form in named if form is None]:
        known = [form.name.zh for form in registry.forms.values()]
        names = "、".join(known[:_NAMED]) + (f"等{len(known)}张" if len(known) > _NAMED else "")
        raise FileRefused(
            Text(
                f"{run.path.name} 既不是一行一数的报表（列：机构代码、时段、报表、分组、指标项、单位、数值、公布精度、备注），"
                f"工作表“{'”“'.join(unknown)}”也不是报表名，没有写入任何数。已有的报表：{names}。",
                f"{run.path.name} is not one cell a line, and no form is called {', '.join(map(repr, unknown))}; nothing was written.",
            )
        )
    return iter([(sheet, form) for sheet, form in named if form is not None])


def _read_long(run: Run, taken: _Returns) -> None:
    heading, rows = run.table(LONG, RETURNS)
    for row in rows:
        run.report.read += 1
        said = {column.field: heading.value(row.cells, column.field) for column in LONG}
        cell = _Cell(row, heading, "value", False, said["value"])
        faults = [*formula_faults(heading, row), *empty_faults(heading, row, LONG)]
        form = registry.form_named(said["form"])
        if not faults and form is None:
            names = "、".join(known.name.zh for known in registry.forms.values())
            message = Text(f"没有“{said['form']}”这张报表。已有的报表：{names}。", f"There is no form {said['form']!r}.")
            faults.append(CellFault(heading.label("form"), said["form"], message))
        if form is not None and not faults:
            faults = taken.take(cell, form, said)
        if faults:
            run.refuse(row, faults)


def _read_wide(run: Run, taken: _Returns, sheet: Sheet, form: Form) -> None:
    columns = wide_columns(form)
    heading, rows = run.sheet(sheet, columns, form.name)
    if "organisation_code" not in heading.places and "organisation" not in heading.places:
        raise FileRefused(
            Text(f"“{sheet.name}”缺少列“机构代码”，没有写入任何数。请补上。", f"{sheet.name!r} lacks the column of organisations.")
        )
    for row in rows:
        said: dict[str, str] = dict.fromkeys(("organisation_code", "organisation", "category", "unit", "form"), "")
        said |= {name: heading.value(row.cells, name) for name in ("organisation_code", "organisation", "period", "category")}
        for element in form.elements:
            written = heading.value(row.cells, element.code)
            if not written:  # not reported; a zero is written as 0
                continue
            run.report.read += 1
            cell = _Cell(row, heading, element.code, True, written)
            own = {
                "element": element.code, "value": written, "precision": heading.value(row.cells, element.code + PRECISION),
                "note": heading.value(row.cells, element.code + NOTE),
            }  # fmt: skip
            if formulas := [value for value in (*own.values(), *said.values()) if is_formula(value)]:
                taken.refuse(cell, [CellFault(heading.label(element.code), formulas[0], formula_message(formulas[0]))])
            elif faults := taken.take(cell, form, said | own):
                taken.refuse(cell, faults)


def _enter(run: Run, taken: _Returns, form: Form, organisation: str, period: Period, entries: Sequence[_Entry]) -> None:
    try:
        with transaction.atomic():
            result = enter(
                form, organisation, period, [each.entry for each in entries], run.actor,
                correct=run.correct, dry_run=run.dry_run, day=run.day,
            )  # fmt: skip
    except ReturnRefused as refusal:
        for each in entries:
            taken.refuse(each.cell, [CellFault(each.cell.heading.label("period"), str(period), refusal.message)])
        return
    run.report.accepted += result.added
    run.report.corrected += result.changed
    run.report.unchanged += result.unchanged
    blamed: set[int] = set()
    for fault in result.refused:
        there = [e for e in entries if e.entry.place == fault.place and id(e) not in blamed]
        # Of two lines for one place the later contradicts the earlier, or a stored number: the one whose value the fault names.
        named = [e for e in there if _number(e.cell.written) == _number(fault.value)]
        if chosen := (named or there)[-1:]:
            blamed.add(id(chosen[0]))
            cell = chosen[0].cell
            taken.refuse(cell, [CellFault(cell.heading.label(cell.column), cell.written, fault.message)])


def _number(written: str) -> Decimal | str:
    try:
        return Decimal(written)
    except InvalidOperation:
        return written
