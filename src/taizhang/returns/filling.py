"""Filling a return on a page: the whole table is kept as it was typed, as a draft, however often; checks decide only when it is handed in.

A page says which state of the return it was opened on (its stamp). If another has changed it since, nothing is written and the page is
told what is stored now, so that typed and stored can stand side by side.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import transaction

from taizhang.county.changes import acting_as
from taizhang.county.models import Organisation, Staff
from taizhang.kernel.forms import Form
from taizhang.kernel.periods import Period
from taizhang.kernel.text import Text
from taizhang.returns.checks import CellEntry, check_days
from taizhang.returns.entry import write_cells
from taizhang.returns.models import Return, ReturnCell, State
from taizhang.returns.states import ReturnRefused, entries_of, other_spans, refuse_locked

Place = tuple[str, str]
EDITABLE = (State.DRAFT, State.RETURNED)


class StaleReturn(ReturnRefused):
    """Another has changed the return since the page was opened. stored: its cells now; stamp: that of its present state."""

    def __init__(self, stored: Iterable[CellEntry], stamp: str) -> None:
        super().__init__(
            Text(
                "这张报表在您填写期间已被他人修改，本次没有写入。您填的数仍在表中，不同之处旁边标出已存的数；核对后再存即以您填的为准。",
                "Another has changed this return while you were filling it in; nothing was written. What you typed is still here, with the "
                "stored number beside each that differs. Check them; saving again keeps yours.",
            )
        )
        self.stored = {entry.place: entry for entry in stored}
        self.stamp = stamp


def find(form: Form, organisation: str, period: Period) -> Return | None:
    """The return of exactly these days."""
    return Return.objects.filter(form=form.code, organisation_id=organisation, period_start=period.start, period_end=period.end).first()


def stamp_of(state: str, cells: Iterable[CellEntry]) -> str:
    """What tells one state of a return from another: its standing and its cells."""
    lines = sorted(f"{c.element}\t{c.category}\t{c.value}\t{c.precision}\t{c.qualifier}\t{c.note}" for c in cells)
    return hashlib.sha256("\n".join([state, *lines]).encode()).hexdigest()[:24]


def keep(
    form: Form, organisation: str, period: Period, cells: Collection[CellEntry], actor: Staff | str, *, seen: str, day: date
) -> Return | None:
    """Keep the table as a draft: `cells` is all of it, and a place that is not among them is emptied. Equal values change nothing.

    seen: the stamp of the state the page was opened on. None where the table is empty and no return was there. Raises StaleReturn;
    ReturnRefused where the return is handed in or accepted, or its days are locked or overlap another's.
    """
    wanted = {cell.place: cell for cell in cells}
    with acting_as(actor), transaction.atomic():
        # The organisation's row is held: of two who make the same return at once the second waits, and then finds it.
        list(Organisation.objects.select_for_update().filter(pk=organisation).values_list("pk"))
        report = find(form, organisation, period)
        stored = {} if report is None else {entry.place: entry for entry in entries_of(report)}
        known_on = min(period.end, day)  # a period that is still running is reported as of today
        if wanted == stored and (report is None or report.state != State.DRAFT or report.as_of == known_on):
            return report  # a second press of the button, or nothing new
        if report is not None and report.state not in EDITABLE:
            raise ReturnRefused(not_editable(report))
        now = stamp_of(report.state if report else "", stored.values())
        if seen != now and wanted != stored:
            raise StaleReturn(stored.values(), now)
        report = report or Return(form=form.code, organisation_id=organisation, period_start=period.start, period_end=period.end)
        report.as_of = known_on
        if faults := check_days(form, Period(period.start, period.end), report.as_of, other_spans(report)):
            raise ReturnRefused(faults[0].message, faults)
        refuse_locked(organisation, period.start, period.end, day)
        report.save()
        gone = [place for place in stored if place not in wanted]
        if gone:
            rows = {(row.element, row.category): row.pk for row in report.cells.all()}
            ReturnCell.objects.filter(pk__in=[rows[place] for place in gone]).delete()
        write_cells(report, [cell for place, cell in wanted.items() if stored.get(place) != cell], stored)
    return report


def not_editable(report: Return) -> Text:
    """Why a return that was handed in cannot be changed, and who can open it again."""
    if report.state == State.ACCEPTED:
        return Text(
            "这张报表已审核并锁定，不能修改。确需更正的，请上级审核单位写明原因“重新开放”后再改。",
            "This return has been accepted and is locked. To correct it, ask the office above to open it again with a reason.",
        )
    return Text(
        "这张报表已上报，正在等待审核，不能修改。需要更正的，请上级审核单位退回后再改。",
        "This return has been handed in and waits for review. To change it, ask the office above to send it back.",
    )


def merged(typed: Mapping[Place, CellEntry], stored: Mapping[Place, CellEntry]) -> list[CellEntry]:
    """Typed cells, with the published precision and the words that a stored cell of the same number bears."""
    found = []
    for place, cell in typed.items():
        before = stored.get(place)
        found.append(before if before is not None and before.value == cell.value and cell.note in ("", before.note) else cell)
    return found
