"""A file into a register: taken, checked without writing, shown, confirmed; what is sent back comes as a workbook with the reasons.

Between the steps the file lies in a folder of its own in the home, with a note of who brought it; it goes when it is imported, after a day,
or when its owner thinks better of it.
"""

import json
import re
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.config import home
from taizhang.exchange.importing import FileRefused, import_file
from taizhang.exchange.report import ImportReport
from taizhang.kernel.text import Text
from taizhang.web.registers.asking import Opened, asked_for
from taizhang.web.registers.lists import EXCEL

MOST_BYTES = 30 * 1024 * 1024
_KEPT_SECONDS = 24 * 3600
_NOTE = "note.json"
NO_FILE = Text("请选择要导入的文件。", "Choose the file to import.")
TOO_LARGE = Text(
    "文件超过30MB。请分成几个文件导入，或由管理员用命令导入。", "The file exceeds 30 MB. Split it, or have it imported by command."
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in. note: who brought it for which register, and what became of it."""

    folder: Path
    note: dict[str, Any]

    @property
    def file(self) -> Path:
        return self.folder / str(self.note["file"])

    def write(self) -> None:
        (self.folder / _NOTE).write_text(json.dumps(self.note, ensure_ascii=False), encoding="utf-8")


def _shelf() -> Path:
    folder = home.current().path / "imports" / "uploads"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _clear_out() -> None:
    """What nobody came back for within a day."""
    for folder in _shelf().iterdir():
        if time.time() - folder.stat().st_mtime > _KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _upload(asked: Opened, token: str) -> Upload:
    """Raises Http404 for one that is gone, or somebody else's."""
    folder = _shelf() / token
    try:
        note = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Http404 from None
    if (note["staff"], note["register"]) != (asked.staff.pk, asked.register.code):
        raise Http404
    return Upload(folder, note)


def _asked(request: HttpRequest, code: str) -> Opened:
    asked = asked_for(request, code)
    if not asked.writable:
        raise Http404
    return asked


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """The file is chosen, and checked without writing anything."""
    asked = _asked(request, code)
    fault: Text | None = None
    if request.method == "POST":
        given = request.FILES.get("file")
        if given is None:
            fault = NO_FILE
        elif (given.size or 0) > MOST_BYTES:
            fault = TOO_LARGE
        else:
            _clear_out()
            folder = _shelf() / secrets.token_urlsafe(16)
            folder.mkdir(mode=0o700)
            name = re.sub(r"[^\w.()（）-]", "_", given.name or "")[-80:].lstrip(".") or "file"
            note = {"staff": asked.staff.pk, "register": code, "file": name, "correct": request.POST.get("correct") == "1"}
            upload = Upload(folder, note)
            with upload.file.open("wb") as stored:
                for chunk in given.chunks():
                    stored.write(chunk)
            fault = _run(asked, upload, dry_run=True)
            if fault is None:
                return redirect("register-import-one", code, folder.name)
            shutil.rmtree(folder, ignore_errors=True)
    facts = {"asked": asked, "programme": asked.programme, "fault": fault}
    return render(request, "web/registers/import.html", facts, status=422 if fault else 200)


def _run(asked: Opened, upload: Upload, *, dry_run: bool) -> Text | None:
    """Check or import; why the file as a whole is refused, if it is. The outcome is noted beside the file."""
    try:
        report = import_file(
            asked.register.code, upload.file, actor=asked.staff, day=asked.day, dry_run=dry_run, correct=upload.note["correct"]
        )
    except FileRefused as refused:
        return refused.text
    if report.reasons_file is not None:
        shutil.move(report.reasons_file, upload.folder / "reasons.xlsx")
    else:
        (upload.folder / "reasons.xlsx").unlink(missing_ok=True)
    upload.note.update(_told(report), done=not dry_run)
    upload.write()
    return None


def _told(report: ImportReport) -> dict[str, Any]:
    return {
        "said": [report.text.zh, report.text.en],
        "counts": {name: getattr(report, name) for name in ("read", "accepted", "unchanged", "corrected", "refused")},
        "faults": [
            [row.number, fault.column, fault.value, fault.message.zh, fault.message.en]
            for row, faults in report.first_faults
            for fault in faults
        ],
    }


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """What the check found; on POST it is imported. Sent twice, it is imported once."""
    asked = _asked(request, code)
    upload = _upload(asked, token)
    fault: Text | None = None
    if request.method == "POST" and not upload.note["done"]:
        fault = _run(asked, upload, dry_run=False)
        if fault is None:
            upload.file.unlink(missing_ok=True)
            return redirect("register-import-one", code, token)
    note = upload.note
    facts = {
        "asked": asked,
        "programme": asked.programme,
        "token": token,
        "note": note,
        "said": Text(*note["said"]),
        "counts": note["counts"],
        "to_write": note["counts"]["accepted"] + note["counts"]["corrected"],
        "faults": [(row, column, value, Text(zh, en)) for row, column, value, zh, en in note["faults"]],
        "fault": fault,
    }
    return render(request, "web/registers/imported.html", facts, status=422 if fault else 200)


@require_POST
def discard(request: HttpRequest, code: str, token: str) -> HttpResponse:
    asked = _asked(request, code)
    shutil.rmtree(_upload(asked, token).folder, ignore_errors=True)
    return redirect("register-import", code)


@require_GET
def reasons(request: HttpRequest, code: str, token: str) -> HttpResponseBase:
    """The rows that were sent back, with the reason beside each."""
    asked = _asked(request, code)
    upload = _upload(asked, token)
    path = upload.folder / "reasons.xlsx"
    if not path.exists():
        raise Http404
    name = f"{Path(str(upload.note['file'])).stem}_退回.xlsx"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=EXCEL)
