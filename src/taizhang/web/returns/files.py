"""A return as an Excel file: the blank form out, the numbers out, and the filled form back with a workbook of what was refused."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from taizhang.config import home
from taizhang.county.models import Organisation
from taizhang.exchange.exporting import blank_returns, export_returns
from taizhang.exchange.reading import FileRefused
from taizhang.exchange.report import ImportReport
from taizhang.exchange.returns import import_filled
from taizhang.kernel.text import Text
from taizhang.returns.filling import stamp_of
from taizhang.returns.models import ReturnCell
from taizhang.returns.states import ReturnRefused, entries_of
from taizhang.web.returns.asked import Sheet, sheet

LARGEST = 5 * 2**20  # a form is a few kilobytes
_OWN = "return_reasons"  # in the session: which workbooks of reasons are this reader's
NO_FILE = Text("请先选择文件。", "Choose a file first.")
TOO_LARGE = Text("文件超过5MB，不像是一张报表。请核对后重新选择。", "The file exceeds 5 MB and can hardly be one form. Check it.")
READ = Text("{said}导入的数已存为草稿，请核对后上报。", "{said} The numbers are in the draft; check them and hand in.")


@require_GET
def blank(request: HttpRequest, form: str, organisation: str, period: str) -> HttpResponse:
    """The empty form of the unit and period."""
    of = sheet(request, form, organisation, period)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        blank_returns([of.form], list(Organisation.objects.filter(pk=of.organisation)), of.period, path)
        return _handed(path, f"{of.form.name.zh}_{of.ask.name.zh}_{of.period}_空表.xlsx")


@require_GET
def filled(request: HttpRequest, form: str, organisation: str, period: str) -> HttpResponse:
    """The numbers as stored; leaves an audit line."""
    of = sheet(request, form, organisation, period)
    if not of.readable or of.report is None:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{of.form.code}-{of.organisation}-{of.period}.xlsx"
        export_returns([of.form], ReturnCell.objects.filter(report=of.report), path, staff=of.ask.staff)
        return _handed(path, f"{of.form.name.zh}_{of.ask.name.zh}_{of.period}.xlsx")


def _handed(path: Path, name: str) -> HttpResponse:
    response = HttpResponse(path.read_bytes(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_POST
def upload(request: HttpRequest, form: str, organisation: str, period: str) -> HttpResponse:
    """The filled form: good numbers into the draft, the rest into a workbook with the reason beside each."""
    of = sheet(request, form, organisation, period)
    if not of.fills:
        raise Http404
    given = request.FILES.get("file")
    if given is None or (given.size or 0) > LARGEST:
        return _back(request, of, (NO_FILE if given is None else TOO_LARGE).in_language(of.language))
    try:
        report = _read(of, given)
    except FileRefused as refusal:
        return _back(request, of, refusal.text.in_language(of.language))
    except ReturnRefused as refusal:
        return _back(request, of, refusal.message.in_language(of.language))
    said = report.text.in_language(of.language)
    if report.reasons_file is not None:
        request.session[_OWN] = [*request.session.get(_OWN, [])[-9:], report.reasons_file.name]
        reasons = [fault.message.in_language(of.language) for _, faults in report.first_faults[:3] for fault in faults]
        messages.error(request, "\n".join([said, *reasons]), extra_tags=f"reasons:{report.reasons_file.name}")
    else:
        messages.success(request, READ.in_language(of.language).format(said=said))
    return redirect(f"{of.url()}?kept=1")


def _read(of: Sheet, given: UploadedFile) -> ImportReport:
    """Over the numbers as they stand now: a file names what it changes, the rest stays."""
    seen = stamp_of(of.state, entries_of(of.report) if of.report else ())
    with tempfile.TemporaryDirectory() as folder:
        # The name as it came only where it is a plain one: it names the workbook of reasons and a CSV's form.
        name = Path((given.name or "").replace("\\", "/")).name[-80:]
        path = Path(folder) / (name if name.strip(". ") and "\x00" not in name else "form.xlsx")
        with path.open("wb") as stream:
            for chunk in given.chunks():
                stream.write(chunk)
        return import_filled(path, of.form, of.organisation, of.period, actor=of.ask.staff, seen=seen, day=of.ask.day)


def _back(request: HttpRequest, of: Sheet, message: str) -> HttpResponse:
    messages.error(request, message)
    return redirect(of.url())


@require_GET
def reasons(request: HttpRequest, name: str) -> HttpResponse:
    """The workbook of refused numbers, for who brought the file."""
    path = home.current().path / "imports" / name
    if name not in request.session.get(_OWN, []) or not path.is_file():
        raise Http404
    return _handed(path, name)
