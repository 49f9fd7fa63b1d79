"""Laboratory results out of an Excel file into the day's records: columns by the element's name, rows by identity or record number.

Each row is saved by itself, as a row of the sheet is; empty cells leave what is there. Rows that cannot be taken come back as a workbook.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from taizhang.config import home
from taizhang.county import recording
from taizhang.county.models import Resident
from taizhang.county.people import residents_for
from taizhang.county.recording import RecordRefused
from taizhang.exchange.columns import Column, Heading, read_heading
from taizhang.exchange.reading import FileRefused, open_file
from taizhang.exchange.registers import NAME
from taizhang.exchange.report import CellFault, ImportReport, Reasons, Row
from taizhang.exchange.values import Known, People, formula_message, is_formula
from taizhang.kernel.text import Text
from taizhang.web.excel import Table, answer
from taizhang.web.people.daysheet import DaySheet
from taizhang.web.people.examining import address, opened
from taizhang.web.registers.importing import MOST_BYTES, NO_FILE, TOO_LARGE
from taizhang.web.registers.lists import EXCEL

_NUMBER = Column(
    "resident", Text("身份证号或健康档案编号", "Identity or record number"), True, ("身份证号", "证件号", "健康档案编号", "档案编号")
)
_MOST_ROWS = 5_000
TOO_MANY = Text("超过5000行。请按村分成几个文件。", "More than 5,000 rows. Split the file by village.")
OUTSIDE = Text("此人不由您的机构管理，或没有登记。", "The person is not registered, or not managed by your organisation.")


def _columns(made: DaySheet) -> list[Column]:
    """The number, the name beside it, and every element that is measured, whatever its heading."""
    found = [_NUMBER, NAME]
    for column in made.measured:
        unit = column.element.unit if column.element else ""
        label = Text(f"{column.label.zh}（{unit}）", f"{column.label.en} ({unit})") if unit else column.label
        found.append(Column(column.field, label, False, (column.label.zh,), unit))
    return found


@require_GET
def blank(request: HttpRequest, code: str) -> HttpResponse:
    """An empty file with the columns of the chosen heading, to be filled by the laboratory."""
    asks, made, _ = opened(request, code)
    shown = {column.field for column in made.columns}
    headings = [c.label.in_language(asks.language) for c in _columns(made) if c in (_NUMBER, NAME) or c.field in shown]
    name = f"{made.register.name.in_language(asks.language)} {made.sections[made.section].in_language(asks.language)}"
    return answer([Table(name, name, headings, [])], name, "results")


@require_http_methods(["GET", "POST"])
def results(request: HttpRequest, code: str) -> HttpResponse:
    asks, made, place = opened(request, code)
    fault: Text | None = None
    if request.method == "POST":
        given = request.FILES.get("file")
        if given is None:
            fault = NO_FILE
        elif (given.size or 0) > MOST_BYTES:
            fault = TOO_LARGE
        else:
            with tempfile.TemporaryDirectory() as folder:
                name = re.sub(r"[^\w.()（）-]", "_", given.name or "")[-80:].lstrip(".") or "results.xlsx"
                path = Path(folder) / name
                with path.open("wb") as stored:
                    for chunk in given.chunks():
                        stored.write(chunk)
                try:
                    report = take(made, path)
                except FileRefused as refused:
                    fault = refused.text
                else:
                    return redirect("day-sheet-told", code, _keep(made, report, address(made, place)))
    facts = {"asks": asks, "sheet": made, "back": address(made, place), "query": request.GET.urlencode(), "fault": fault}
    return render(request, "web/people/results.html", facts, status=422 if fault else 200)


def take(made: DaySheet, path: Path) -> ImportReport:
    """Save what the file says, a row at a time. Raises FileRefused."""
    asks = made.asks
    sheet = open_file(path)[0]
    heading, below = read_heading(sheet, _columns(made), what=Text("检验结果", "laboratory results"))
    rows = [Row(sheet.name, number, cells) for number, cells in below]
    if len(rows) > _MOST_ROWS:
        raise FileRefused(TOO_MANY)
    report = ImportReport(read=len(rows))
    reasons = Reasons(path, asks.day, {sheet.name: heading.cells}, report)
    written = {heading.value(row.cells, "resident") for row in rows}
    known = People(asks.staff, asks.day).find(text for text in written if text)
    keys = {found.id for found in known.values() if isinstance(found, Known)}
    people: dict[int, Resident] = {}
    for start in range(0, len(keys), 900):
        chunk = sorted(keys)[start : start + 900]
        people |= {person.pk: person for person in residents_for(asks.staff, "write", asks.day).filter(pk__in=chunk)}
    try:
        for row in rows:
            faults = _row(made, heading, row, known.get(heading.value(row.cells, "resident")), people, report)
            if faults:
                reasons.add(row, faults)
    finally:
        reasons.close()
    return report


def _row(
    made: DaySheet, heading: Heading, row: Row, found: Known | Text | None, people: dict[int, Resident], report: ImportReport
) -> list[CellFault]:
    number = heading.value(row.cells, "resident")
    if not isinstance(found, Known):
        return [CellFault(heading.label("resident"), number, found or Text("号码未填。请补填。", "The number is missing. Fill it in."))]
    person = people.get(found.id)
    if person is None:
        return [CellFault(heading.label("resident"), number, OUTSIDE)]
    name = heading.value(row.cells, NAME.field)
    if name and name != person.name:
        slipped = Text(
            "姓名与该号码的居民不符，可能串行。请核对。", "The name is not that of this number's resident; rows may have slipped."
        )
        return [CellFault(heading.label(NAME.field), name, slipped)]
    record = made.stored(person.pk)
    fresh = record is None
    record = record or made.new_record(person.pk)
    faults: list[CellFault] = []
    changed = False
    for column in made.measured:
        text = heading.value(row.cells, column.field)
        if not text:
            continue
        value: Any = formula_message(text) if is_formula(text) else made.value(column.field, text)
        if isinstance(value, Text):
            faults.append(CellFault(heading.label(column.field), text, value))
        elif getattr(record, column.field) != value:
            setattr(record, column.field, value)
            changed = True
    if faults:
        return faults
    if not changed:
        report.unchanged += 1
        return []
    try:
        recording.save(record, actor=made.asks.staff, day=made.asks.day)
    except RecordRefused as refused:
        labels = {column.field: column.label.zh for column in made.register.columns}
        return [CellFault(heading.label(f.field) or labels.get(f.field, f.field), f.value, f.message) for f in refused.faults]
    if fresh:
        report.accepted += 1
    else:
        report.corrected += 1
    return []


# -- what became of it -------------------------------------------------------------------------------------------------


def _shelf() -> Path:
    folder = home.current().path / "imports" / "results"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _keep(made: DaySheet, report: ImportReport, back: str) -> str:
    token = secrets.token_urlsafe(16)
    folder = _shelf() / token
    folder.mkdir(mode=0o700)
    if report.reasons_file is not None:
        shutil.move(report.reasons_file, folder / "reasons.xlsx")
    counts = {name: getattr(report, name) for name in ("read", "accepted", "corrected", "unchanged", "refused")}
    faults = [[row.number, f.column, f.value, f.message.zh, f.message.en] for row, many in report.first_faults for f in many]
    note = {"staff": made.asks.staff.pk, "register": made.register.code, "counts": counts, "faults": faults, "back": back}
    (folder / "note.json").write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
    return token


def _note(made: DaySheet, token: str) -> tuple[Path, dict[str, Any]]:
    """Raises Http404 for one that is gone, or somebody else's."""
    folder = _shelf() / token
    try:
        note: dict[str, Any] = json.loads((folder / "note.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Http404 from None
    if (note["staff"], note["register"]) != (made.asks.staff.pk, made.register.code):
        raise Http404
    return folder, note


@require_GET
def told(request: HttpRequest, code: str, token: str) -> HttpResponse:
    asks, made, _ = opened(request, code)
    folder, note = _note(made, token)
    faults = [(number, column, value, Text(zh, en)) for number, column, value, zh, en in note["faults"]]
    facts = {
        "asks": asks,
        "sheet": made,
        "counts": note["counts"],
        "faults": faults,
        "back": note["back"],
        "token": token,
        "reasons": (folder / "reasons.xlsx").exists(),
    }
    return render(request, "web/people/results_told.html", facts)


@require_GET
def reasons(request: HttpRequest, code: str, token: str) -> HttpResponseBase:
    """The rows that were sent back, with the reason beside each."""
    _, made, _ = opened(request, code)
    folder, _ = _note(made, token)
    path = folder / "reasons.xlsx"
    if not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename="检验结果_退回.xlsx", content_type=EXCEL)
