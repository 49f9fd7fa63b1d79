"""Excel files out: registers and returns in the form in which they can be imported again; an export brought back changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db.models import QuerySet

from taizhang.county import audit
from taizhang.county.identity import vault
from taizhang.county.models import Organisation, Resident, Staff
from taizhang.county.recording import Record
from taizhang.exchange.columns import Column
from taizhang.exchange.registers import NAME, columns_of
from taizhang.exchange.report import workbook
from taizhang.exchange.returns import NOTE, PRECISION, has_rows, sheet_name, wide_columns
from taizhang.exchange.run import NOTES_SHEET
from taizhang.kernel.elements import Element, ElementError, ElementType
from taizhang.kernel.forms import Form
from taizhang.kernel.parameters import as_decimal
from taizhang.kernel.periods import Period, PeriodError
from taizhang.kernel.registers import Register, RegisterColumn
from taizhang.returns.models import ReturnCell

_CHUNK = 2_000


def export_register(register: Register, rows: QuerySet[Any], path: Path, *, staff: Staff | None) -> int:
    """Write records of a register to a workbook; how many. rows: the records that `staff` may see, chosen by the caller through
    county.people. No rows: an empty form to fill. Leaves one audit line with the count."""
    columns = columns_of(register)
    by_field = {column.field: column for column in register.columns}
    people = rows.select_related(*(c.field for c in register.columns if c.kind in ("resident", "organisation"))).order_by("pk")
    count = 0
    with workbook(path) as book:
        sheet = book.add_worksheet(register.name.zh[:31])
        _head(book, sheet, columns)
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for record in people.iterator(chunk_size=_CHUNK):
            count += 1
            for place, column in enumerate(columns):
                _put(sheet, count, place, _value(record, by_field.get(column.field), column), days)
        _notes(book, register)
    audit.record(staff, audit.EXPORT, detail={"register": register.code, "count": count, "file": path.name})
    return count


def _value(record: Record, column: RegisterColumn | None, known: Column) -> Any:
    if known is NAME or column is None:
        return record.resident.name
    if column.kind == "resident":
        return number_of(record.resident)
    if column.kind == "organisation":
        return record.organisation_id
    value = getattr(record, column.field)
    return value if column.element is None or isinstance(value, date) else shown(column.element, value)


def number_of(resident: Resident) -> str:
    """The number a person is named by in a file: the health record number, else the document's."""
    if resident.record_number:
        return resident.record_number
    return vault().decrypt(resident.identity_cipher) if resident.identity_cipher else ""


def shown(element: Element, value: Any) -> Any:
    """A stored value as a file shows it: wordings where they read back to the same codes, else the codes themselves."""
    if value is None or value == "":
        return ""
    if element.type is ElementType.NUMBER:
        return as_decimal(value, element.places)
    text = element.show(value)
    try:
        return text if element.parse(text) == value else str(value)
    except ElementError:
        return str(value)


def _put(sheet: Any, line: int, place: int, value: Any, days: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(line, place, value, days)
    elif isinstance(value, (Decimal, int)) and not isinstance(value, bool) and len(str(value)) <= 15:
        sheet.write_number(line, place, value)
    else:
        sheet.write_string(line, place, str(value))


def _head(book: xlsxwriter.Workbook, sheet: Any, columns: Sequence[Column]) -> None:
    """Headings; what must be filled is bold. Whole columns are text, so that Excel keeps all digits of the numbers typed there."""
    bold, text = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "@"})
    thin = book.add_format({"text_wrap": True})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, 20 if place == 0 else 14, text if place < 2 else None)
        sheet.write_string(0, place, column.label.zh, bold if column.required else thin)
    sheet.freeze_panes(1, 0)


def _notes(book: xlsxwriter.Workbook, register: Register) -> None:
    """The sheet that says what may be written in each column."""
    sheet = book.add_worksheet(NOTES_SHEET)
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 3, 60)
    lines = [("列", "Column", "可填", "必填")]
    for column in register.columns:
        lines.append((column.label.zh, column.label.en, _allowed(column), "是" if column.required else ""))
    for line, cells in enumerate(lines):
        for place, value in enumerate(cells):
            sheet.write_string(line, place, value)


def _allowed(column: RegisterColumn) -> str:
    element = column.element
    if element is None:
        return {"resident": "17位健康档案编号或18位身份证号", "organisation": "机构代码或名称"}.get(column.kind, "")
    match element.type:
        case ElementType.NUMBER:
            return f"{element.low}–{element.high}{element.unit}，最多{element.places}位小数"
        case ElementType.DATE:
            return "日期，如2026-06-30"
        case ElementType.YES_NO:
            return "是、否"
        case ElementType.CODE | ElementType.CODES:
            listed = "；".join(f"{code} {label.zh}" for code, label in element.codes)
            return listed if element.type is ElementType.CODE else f"可填多项，以顿号隔开：{listed}"
    return "文字"


# -- returns -----------------------------------------------------------------------------------------------------------


def blank_returns(forms: Iterable[Form], organisations: Sequence[Organisation], period: Period, path: Path) -> None:
    """Empty forms to fill, one sheet a form, a line for each organisation (and each row of the form)."""
    with workbook(path) as book:
        for form in forms:
            categories = [c.code for c in form.categories] or [""]
            lines = [(o.code, period, category) for o in organisations for category in categories]
            _form_sheet(book, form, {o.code: o.name for o in organisations}, lines, {})


def export_returns(forms: Sequence[Form], cells: QuerySet[ReturnCell], path: Path, *, staff: Staff | None) -> int:
    """Write reported cells, one sheet a form; how many cells. cells: those that `staff` may see. A form without cells gets no sheet."""
    names = dict(Organisation.objects.values_list("code", "name"))
    count = 0
    with workbook(path) as book:
        for form in forms:
            table: dict[tuple[str, Period, str], dict[str, ReturnCell]] = {}
            for cell in cells.filter(form=form.code).order_by("organisation_id", "period_start", "period_end", "id"):
                period = Period(cell.period_start, cell.period_end, cell.as_of)
                table.setdefault((cell.organisation_id, period, cell.category), {})[cell.element] = cell
                count += 1
            if table:
                _form_sheet(book, form, names, list(table), table)
        if not count:
            book.add_worksheet(NOTES_SHEET).write_string(0, 0, "没有已上报的数。No figure has been reported.")
    audit.record(staff, audit.EXPORT, detail={"returns": [form.code for form in forms], "count": count, "file": path.name})
    return count


_Line = tuple[str, Period, str]


def _form_sheet(
    book: xlsxwriter.Workbook,
    form: Form,
    names: Mapping[str, str],
    lines: Sequence[_Line],
    table: Mapping[_Line, Mapping[str, ReturnCell]],
) -> None:
    held = [cell for row in table.values() for cell in row.values()]
    beside = {cell.element + PRECISION for cell in held if cell.precision is not None}
    beside |= {cell.element + NOTE for cell in held if cell.qualifier or cell.note}
    asked = {element.code for element in form.elements}
    lead = [column for column in wide_columns(form) if column.field.split("·")[0] not in asked]
    columns = [*lead, *(c for c in wide_columns(form) if c.field in asked or c.field in beside)]
    sheet = book.add_worksheet(sheet_name(form))
    _head(book, sheet, columns)
    rows = {category.code: category.name.zh for category in form.categories}
    for line, key in enumerate(lines, start=1):
        organisation, period, category = key
        said: dict[str, Any] = {"organisation_code": organisation, "organisation": names.get(organisation, ""), "period": written(period)}
        if has_rows(form):
            said["category"] = rows.get(category, category)
        for code, cell in table.get(key, {}).items():
            places = form.element(code).places
            said[code] = as_decimal(cell.value, places)
            said[code + PRECISION] = None if cell.precision is None else as_decimal(cell.precision, places)
            said[code + NOTE] = cell.qualifier or cell.note
        for place, column in enumerate(columns):
            _put(sheet, line, place, said.get(column.field), None)


def written(period: Period) -> str:
    """A period in Chinese words where they read back to the same days and cut-off, else in the short form."""
    words = period.name.zh
    try:
        return words if Period.parse(words) == period else str(period)
    except PeriodError:
        return str(period)
