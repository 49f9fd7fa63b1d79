"""Entering returns: one road for pages, files and the simulation.

The natural key of a cell is form, organisation, period, element and category. Equal values change nothing; other values are
refused unless the entry says that it corrects. Refused cells are handed back with their reasons; the rest is written, in one
transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction

from taizhang.county.changes import acting_as
from taizhang.county.models import Organisation, Staff
from taizhang.kernel.forms import Form, FormElement
from taizhang.kernel.parameters import as_decimal
from taizhang.kernel.periods import Period
from taizhang.kernel.text import Text
from taizhang.returns.checks import CellEntry, CellFault, check_days, cross_check, place_name
from taizhang.returns.models import Action, Return, ReturnCell, State
from taizhang.returns.states import ReturnRefused, account, entries_of, other_spans, refuse_locked, take_step

QUALIFIERS = ("约", "近", "余", "多")  # words a rounded number is published with
_LARGEST = 10**15  # keeps a slip of the keyboard out of a 64-bit column


@dataclass(frozen=True, slots=True)
class EntryResult:
    """What became of the cells of one entry. `report` is None where nothing was written and no return was there."""

    report: Return | None
    added: int
    changed: int
    unchanged: int
    refused: tuple[CellFault, ...]


def enter(
    form: Form, organisation: str, period: Period, cells: Iterable[CellEntry], actor: Staff | str, *,
    as_of: date | None = None, correct: bool = False, state: State = State.SUBMITTED, dry_run: bool = False, day: date | None = None,
) -> EntryResult:
    """Write cells of one return. as_of: the day the numbers were known on (the period's cut-off, unless said otherwise).

    state: SUBMITTED for a file that is handed in, DRAFT for a page that is still being filled. day: the working day, by default the
    home's. Raises ReturnRefused where the return as a whole cannot be written: its days are wrong or locked, or it has been accepted.
    """
    given = list(cells)
    if not Organisation.objects.filter(pk=organisation).exists():
        raise ReturnRefused(
            Text(
                f"没有代码为“{organisation}”的机构，请核对机构代码或先登记该机构。",
                f"There is no organisation {organisation!r}; check the code or register it.",
            )
        )
    known_on = as_of or period.cutoff
    report = Return.objects.filter(
        form=form.code, organisation_id=organisation, period_start=period.start, period_end=period.end
    ).first()
    fresh = report is None
    report = report or Return(
        form=form.code, organisation_id=organisation, period_start=period.start, period_end=period.end, as_of=known_on, state=State.DRAFT
    )
    if faults := check_days(form, period, known_on, other_spans(report)):
        raise ReturnRefused(faults[0].message, faults)
    if not fresh and report.as_of != known_on and not correct:
        raise ReturnRefused(
            Text(
                f"《{form.name.zh}》{period.name.zh}已按截至{report.as_of}上报，与本次的截至{known_on}不同；确为更正的，请选择“更正”后重新导入。",
                f"{form.name.en} for {period.name.en} was reported as of {report.as_of}, not {known_on}; enter it as a correction.",
            )
        )
    stored = {} if fresh else {entry.place: entry for entry in entries_of(report)}
    accepted, refused, unchanged = _sift(form, given, stored, correct)
    if (accepted or report.as_of != known_on) and report.state == State.ACCEPTED:
        raise ReturnRefused(
            Text(
                f"《{form.name.zh}》{period.name.zh}已审核，不能修改；请先由审核单位退回，再更正。",
                f"{form.name.en} for {period.name.en} has been accepted and cannot be changed; have it returned first.",
            )
        )
    added = sum(entry.place not in stored for entry in accepted)
    result = EntryResult(None if fresh else report, added, len(accepted) - added, unchanged, tuple(refused))
    steps_on = state is State.SUBMITTED and report.state in (State.DRAFT, State.RETURNED)
    writes = bool(accepted) or (not fresh and (steps_on or report.as_of != known_on))
    if writes:
        refuse_locked(organisation, period.start, period.end, day)
    if dry_run or not writes:
        return result
    with acting_as(actor), transaction.atomic():
        report.as_of = known_on
        if steps_on:
            report.state = State.SUBMITTED
            report.submitted_by = account(actor)[:40]
        report.save()
        write_cells(report, accepted, stored)
        if steps_on:
            take_step(report, Action.SUBMITTED, actor, day=day)
    return EntryResult(report, result.added, result.changed, unchanged, tuple(refused))


def parse_cell(
    form: Form, *, element: str, value: str, category: str = "", unit: str = "", precision: str = "", note: str = ""
) -> CellEntry | CellFault:
    """The cell a line of a file stands for, or what is wrong with it. Element and category by code or by name; a unit, where
    given, must be the element's; a note that is one of QUALIFIERS is the word the number was published with."""

    def fault(column: str, written: str, zh: str, en: str) -> CellFault:
        return CellFault(element, category, column, written, Text(f"《{form.name.zh}》{zh}", f"{form.name.en}: {en}"))

    column = form.find_element(element)
    if column is None:
        return fault(
            "element", element, f"没有“{element}”这一指标项，可填：{'、'.join(e.name.zh for e in form.elements)}。",
            f"there is no element {element!r}; it has {', '.join(e.name.en for e in form.elements)}.",
        )
    row = _row(form, category)
    if row is None:
        names = "、".join(c.name.zh for c in form.categories) or "（不分行）"
        english = ", ".join(c.name.en for c in form.categories) or "no rows"
        return fault("category", category, f"没有“{category}”这一行，可填：{names}。", f"there is no row {category!r}; it has {english}.")
    if unit.strip() and unit.strip() != column.unit:
        return fault(
            "unit", unit, f"{column.name.zh}的单位是“{column.unit}”，现为“{unit}”，请换算后重填。",
            f"{column.name.en} is counted in {column.unit}, not {unit}; convert it.",
        )
    stored = _number(value, column)
    if isinstance(stored, Text):
        return fault("value", value, f"{column.name.zh}{stored.zh}", f"{column.name.en} {stored.en}")
    place = _number(precision, column) if precision.strip() else None
    if isinstance(place, Text):
        return fault("precision", precision, f"{column.name.zh}的精度{place.zh}", f"the precision of {column.name.en} {place.en}")
    word = note.strip()
    return CellEntry(column.code, stored, row, place, word if word in QUALIFIERS else "", "" if word in QUALIFIERS else word[:200])


def _row(form: Form, written: str) -> str | None:
    if not written.strip():
        return ""
    category = form.find_category(written)
    if category is not None:
        return category.code
    return written.strip()[:60] if form.open_categories else None


def _number(written: str, element: FormElement) -> int | Text:
    try:
        number = Decimal(written.strip())
    except InvalidOperation:
        return Text(f"应填数字，现为“{written}”，请改正。", f"must be a number, not {written!r}.")
    if not number.is_finite() or abs(number) >= _LARGEST:
        return Text(f"的数值“{written}”过大或不是数，请核对。", f"is no usable number: {written!r}.")
    if number < 0:
        return Text(f"不能为负数，现为{written}，请核对。", f"cannot be negative: {written}.")
    scaled = number.scaleb(element.places)
    if scaled != scaled.to_integral_value():
        if not element.places:
            return Text(f"应填整数，现为{written}，请核对后重填。", f"takes a whole number, not {written}.")
        places = element.places
        return Text(f"最多保留{places}位小数，现为{written}，请四舍五入后重填。", f"takes at most {places} decimals, not {written}.")
    return int(scaled)


def _sift(
    form: Form, given: Sequence[CellEntry], stored: dict[tuple[str, str], CellEntry], correct: bool
) -> tuple[list[CellEntry], list[CellFault], int]:
    """Part the given cells into those to write, those refused, and the number that are there already."""
    wanted: dict[tuple[str, str], CellEntry] = {}
    refused: list[CellFault] = []
    unchanged = 0
    for entry in given:
        element = form.element(entry.element)
        before = stored.get(entry.place)
        twin = wanted.get(entry.place)
        if twin is not None and _facts(twin) != _facts(entry):
            refused.append(_conflict(form, element, entry, twin, _TWICE))
        elif twin is not None or (before is not None and _facts(before) == _facts(entry)):
            unchanged += 1
        elif before is not None and not correct:
            refused.append(_conflict(form, element, entry, before, _OTHER))
        else:
            wanted[entry.place] = entry
    # Cells that break a cross-check are set aside, and the rest is looked at again: without the part, its whole is in order.
    while faults := [f for f in cross_check(form, (stored | wanted).values()) if _blamed(form, f, wanted)]:
        for fault in faults:
            for place in _blamed(form, fault, wanted):
                wanted.pop(place)
            refused.append(fault)
    return list(wanted.values()), refused, unchanged


def _blamed(form: Form, fault: CellFault, wanted: dict[tuple[str, str], CellEntry]) -> list[tuple[str, str]]:
    """The new cell to set aside for a fault: the part or total itself, else a new whole or new rows beside an old one."""
    if fault.place in wanted:
        return [fault.place]
    wholes = [(c.whole, fault.category) for c in form.checks if c.part == fault.element]
    rows = [(fault.element, c.code) for c in form.categories] if fault.category == form.total and form.total else []
    return [place for place in (*wholes, *rows) if place in wanted]


def _facts(entry: CellEntry) -> tuple[int, int | None, str]:
    return entry.value, entry.precision, entry.qualifier


# What is wrong, and its cure, when a place already holds another number.
_TWICE = Text(
    "在本次填报中出现两次且数值不同（另一处为{old}），请只保留一处。",
    "is given twice with different values (also {old}); keep one.",
)
_OTHER = Text(
    "与已上报的{old}不同。确为更正的，请选择“更正”（--correct）后重新导入。",
    "differs from the reported {old}. If it corrects, enter it with --correct.",
)


def _conflict(form: Form, element: FormElement, entry: CellEntry, other: CellEntry, wording: Text) -> CellFault:
    where = place_name(form, entry.category)
    new, old = (f"{as_decimal(e.value, element.places)}{element.unit}" for e in (entry, other))
    message = Text(
        f"{where.zh}：{element.name.zh}{new}{wording.zh.format(old=old)}",
        f"{where.en}: {element.name.en} {new} {wording.en.format(old=old)}",
    )
    return CellFault(entry.element, entry.category, "value", str(as_decimal(entry.value, element.places)), message)


def write_cells(report: Return, accepted: Sequence[CellEntry], stored: dict[tuple[str, str], CellEntry]) -> None:
    """Add and change cells, then bring the columns repeated from the return into line."""
    repeated = {
        "form": report.form, "organisation_id": report.organisation_id, "period_start": report.period_start,
        "period_end": report.period_end, "as_of": report.as_of, "state": report.state,
    }
    new = [entry for entry in accepted if entry.place not in stored]
    ReturnCell.objects.bulk_create(ReturnCell(report=report, **repeated, **values_of(entry)) for entry in new)
    changed = {entry.place: entry for entry in accepted if entry.place in stored}
    if changed:
        rows = [row for row in report.cells.all() if (row.element, row.category) in changed]
        for row in rows:
            for name, value in values_of(changed[row.element, row.category]).items():
                setattr(row, name, value)
        ReturnCell.objects.bulk_update(rows, ["value", "precision", "qualifier", "note"])
    ReturnCell.objects.filter(report=report).exclude(as_of=report.as_of, state=report.state).update(as_of=report.as_of, state=report.state)


def values_of(entry: CellEntry) -> dict[str, int | str | None]:
    """The entry as columns of a cell."""
    return {field.name: getattr(entry, field.name) for field in fields(entry)}
