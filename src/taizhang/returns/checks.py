"""Cross-checks of one return: parts and wholes, total rows, the days it speaks for. Pure functions; every message says what is
wrong, where, and what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taizhang.kernel.forms import Form, FormElement, PartOf
from taizhang.kernel.parameters import as_decimal
from taizhang.kernel.periods import Period
from taizhang.kernel.text import Text


@dataclass(frozen=True, slots=True)
class CellEntry:
    """A number about to be written: a whole number of the element's last place; see models.ReturnCell."""

    element: str
    value: int
    category: str = ""
    precision: int | None = None
    qualifier: str = ""
    note: str = ""

    @property
    def place(self) -> tuple[str, str]:
        return self.element, self.category


@dataclass(frozen=True, slots=True)
class CellFault:
    """A refused cell. column: which column of a file the message is about (value, period, as_of ...)."""

    element: str
    category: str
    column: str
    value: str
    message: Text

    @property
    def place(self) -> tuple[str, str]:
        return self.element, self.category


def cross_check(form: Form, cells: Iterable[CellEntry]) -> list[CellFault]:
    """Faults among the cells of one return: each part against its whole in every row, each total row against its rows."""
    table = {cell.place: cell for cell in cells}
    rows = sorted({category for _, category in table})
    faults = [fault for check in form.checks for row in rows for fault in _part_fault(form, check, row, table)]
    if form.total:
        faults += [fault for element in form.elements for fault in _total_fault(form, element, table)]
    return faults


def check_days(form: Form, period: Period, as_of: date, others: Iterable[tuple[date, date]]) -> list[CellFault]:
    """Faults of a return's days: the as-of day outside its period; days that partly overlap another return of the same form and
    organisation (one inside the other is in order: a month within its half-year)."""
    faults = []
    if not period.start <= as_of <= period.end:
        faults.append(
            CellFault(
                "", "", "as_of", str(as_of),
                Text(
                    f"《{form.name.zh}》的截至日{as_of}不在报告期{period.start}至{period.end}内，请改为报告期内的日期。",
                    f"{form.name.en}: the as-of day {as_of} is outside the period {period.start} to {period.end}; give a day inside it.",
                ),
            )
        )
    for start, end in others:
        inside = (period.start <= start and end <= period.end) or (start <= period.start and period.end <= end)
        if start <= period.end and period.start <= end and not inside:
            other = Period(start, end).name
            faults.append(
                CellFault(
                    "", "", "period", str(period),
                    Text(
                        f"《{form.name.zh}》{period.name.zh}与已有的{other.zh}报表部分重叠，重叠的日子会计两次，请改用不重叠的报告期。",
                        f"{form.name.en}: {period.name.en} partly overlaps the return of {other.en}; "
                        "the common days would count twice. Choose a period that does not overlap.",
                    ),
                )
            )
    return faults


def place_name(form: Form, category: str) -> Text:
    """The form, and the row where there is one."""
    row = next((c.name for c in form.categories if c.code == category), Text(category, category) if category else None)
    return Text(f"《{form.name.zh}》“{row.zh}”行", f"{form.name.en}, row {row.en}") if row else Text(f"《{form.name.zh}》", form.name.en)


def _show(cell: CellEntry, element: FormElement) -> str:
    return f"{as_decimal(cell.value, element.places)}{element.unit}"


def _slack(cell: CellEntry, places: int) -> Decimal:
    """Half the last published place: as much as rounding can have moved the number."""
    return as_decimal(cell.precision or 0, places) / 2


def _part_fault(form: Form, check: PartOf, row: str, table: Mapping[tuple[str, str], CellEntry]) -> list[CellFault]:
    part, whole = table.get((check.part, row)), table.get((check.whole, row))
    if part is None or whole is None:
        return []
    part_element, whole_element = form.element(check.part), form.element(check.whole)
    least = as_decimal(part.value, part_element.places) - _slack(part, part_element.places)
    most = as_decimal(whole.value, whole_element.places) + _slack(whole, whole_element.places)
    if least <= most:
        return []
    where = place_name(form, row)
    shown, limit = _show(part, part_element), _show(whole, whole_element)
    message = Text(
        f"{where.zh}：{part_element.name.zh}{shown}大于{whole_element.name.zh}{limit}。部分不能大于整体，请核对这两格。",
        f"{where.en}: {part_element.name.en} {shown} is more than {whole_element.name.en} {limit}. "
        "A part cannot exceed its whole; check both cells.",
    )
    return [CellFault(part.element, row, "value", str(as_decimal(part.value, part_element.places)), message)]


def _total_fault(form: Form, element: FormElement, table: Mapping[tuple[str, str], CellEntry]) -> list[CellFault]:
    total = table.get((element.code, form.total))
    rows = [table.get((element.code, c.code)) for c in form.categories if c.code != form.total]
    given = [cell for cell in rows if cell is not None]
    if total is None or len(given) < len(rows):
        return []
    summed = sum(cell.value for cell in given)
    slack = sum((_slack(cell, element.places) for cell in (*given, total)), Decimal(0))
    if abs(as_decimal(total.value - summed, element.places)) <= slack:
        return []
    where = place_name(form, form.total)
    shown, sum_shown = _show(total, element), f"{as_decimal(summed, element.places)}{element.unit}"
    message = Text(
        f"{where.zh}：{element.name.zh}合计{shown}不等于各行之和{sum_shown}。请改正合计或漏填、错填的行。",
        f"{where.en}: the total of {element.name.en}, {shown}, is not the sum of its rows, {sum_shown}. Correct the total or the row.",
    )
    return [CellFault(element.code, form.total, "value", str(as_decimal(total.value, element.places)), message)]
