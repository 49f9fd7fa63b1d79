"""Files that lay a county down: organisations and residents. Staff, whose first passwords go on slips, have a page of their own."""

import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import xlsxwriter
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from taizhang.config import home
from taizhang.county.models import OrganisationKind
from taizhang.exchange import organisations, residents
from taizhang.exchange.columns import Column
from taizhang.exchange.importing import FileRefused, ImportReport, import_file
from taizhang.exchange.reading import LARGEST_FILE
from taizhang.exchange.run import NOTES_SHEET
from taizhang.kernel.text import Text
from taizhang.web.administration.common import Desk, for_offices, render

_OWN = "own_refused_rows"  # in the session: the workbooks of refused rows that this reader's files made


@dataclass(frozen=True, slots=True)
class Loaded:
    """A kind of file. back: the page it belongs to. offices: whether a township office brings its own. notes: what belongs under each
    column."""

    title: Text
    sheet: str
    back: str
    offices: bool
    columns: Sequence[Column]
    hint: Text
    notes: tuple[tuple[str, str], ...]


KINDS = {
    "organisations": Loaded(
        Text("导入机构", "Import organisations"), "机构", "administration-organisations", False, organisations.COLUMNS,
        Text(
            "已有的机构不会被改动；改名、划转、撤销在机构页办理。",
            "What exists is not changed; renaming, moving and closing have pages of their own.",
        ),
        (
            ("代码", "服务一个区划的用区划代码：乡镇9位，村12位；县级机构用县代码加后缀，如420683-CDC。全县不重复。"),
            ("名称", "机构全称，不超过80字。"),
            ("类别", "只填：" + "、".join(kind.label for kind in OrganisationKind) + "。"),
            ("上级机构", "可不填：村卫生室归代码前9位的卫生院，其余归县局。要填时填代码或全称，可以是本文件里的机构。"),
            ("成立日期", "可不填；如2013-01-01。"),
            ("英文名称", "可不填：按拼音生成。"),
        ),
    ),
    "residents": Loaded(
        Text("导入居民", "Import residents"), "居民", "people", True, residents.COLUMNS,
        Text(
            "身份证号加密保存，不留在文件之外。性别、出生日期可由身份证号得出。",
            "Identity numbers are kept encrypted. Sex and date of birth follow from them.",
        ),
        (
            ("姓名", "本人姓名。"),
            ("身份证号", "18位，单元格设为“文本”格式；没有证件的可不填，但须填性别和出生日期。"),
            ("证件类型", "可不填：按居民身份证。"),
            ("性别", "有身份证号的可不填；填男、女。"),
            ("出生日期", "有身份证号的可不填；如1955-03-01。"),
            ("机构", "管理该居民的村卫生室或社区卫生服务站，填代码或全称。"),
            ("迁入日期", "何时起在该机构管理；长期居住的填建档日期或出生日期。"),
            ("户籍类型", "可不填；1户籍，2非户籍。"),
            ("电话", "可不填。"),
            ("户编号", "可不填；同一户的填同一编号。"),
            ("与户主关系", "可不填；按GB/T 4761代码，如01户主本人、10配偶、20子、30女。"),
            ("健康档案编号", "可不填；17位，已有纸质档案的照填。"),
        ),
    ),
}  # fmt: skip


def _loaded(desk: Desk, kind: str) -> Loaded:
    found = KINDS.get(kind)
    if found is None or not (desk.whole or found.offices):
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_offices
def load(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """Good rows go in, the others into a workbook with the reason beside each. Who brings the file writes within the own scope only."""
    loaded = _loaded(desk, kind)
    facts: dict[str, object] = {"kind": kind, "loaded": loaded}
    if request.method != "POST":
        return render(request, desk, "load.html", facts)
    facts |= {"correct": "correct" in request.POST, "dry_run": "dry_run" in request.POST}
    try:
        report = _imported(desk, kind, request.FILES.get("file"), correct=bool(facts["correct"]), dry_run=bool(facts["dry_run"]))
    except FileRefused as error:
        return render(request, desk, "load.html", facts | {"fault": error.text}, 422)
    if report.reasons_file is not None:
        request.session[_OWN] = [*request.session.get(_OWN, [])[-9:], report.reasons_file.name]
    facts |= {"report": report, "refused": report.reasons_file.name if report.reasons_file else ""}
    return render(request, desk, "load.html", facts)


def _imported(desk: Desk, kind: str, sent: UploadedFile | None, *, correct: bool, dry_run: bool) -> ImportReport:
    if sent is None or not sent.name:
        raise FileRefused(Text("请先选择文件。", "Choose a file first."))
    if (sent.size or 0) > LARGEST_FILE:
        raise FileRefused(Text("文件过大。请分成几个导入。", "The file is too large. Split it."))
    with tempfile.TemporaryDirectory() as folder:
        name = PurePath(sent.name.replace("\\", "/")).name[-100:]
        path = Path(folder) / (name if name.strip(". ") and "\x00" not in name else "file.xlsx")
        with path.open("wb") as stream:
            for block in sent.chunks():
                stream.write(block)
        return import_file(kind, path, actor=desk.staff, day=desk.day, correct=correct, dry_run=dry_run)


@require_safe
@for_offices
def refused(request: HttpRequest, desk: Desk, kind: str, name: str) -> HttpResponse:
    """The rows that were refused, for who brought the file."""
    _loaded(desk, kind)
    path = home.current().path / "imports" / name
    if name not in request.session.get(_OWN, []) or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


@require_safe
@for_offices
def blank(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """An empty workbook with the headings, and what belongs under each."""
    loaded = _loaded(desk, kind)
    return FileResponse(blank_book(loaded.sheet, loaded.columns, loaded.notes), as_attachment=True, filename=f"{loaded.sheet}导入表.xlsx")


def blank_book(sheet: str, columns: Sequence[Column], notes: Sequence[tuple[str, str]]) -> io.BytesIO:
    """Headings as text, so that Excel keeps long numbers whole; a second sheet says what belongs under each."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page, told = book.add_worksheet(sheet), book.add_worksheet(NOTES_SHEET)
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    page.set_column(0, len(columns) - 1, 18, text)
    page.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        page.write_string(0, place, column.label.zh + ("*" if column.required else ""), bold)
    told.set_column(0, 0, 18)
    told.set_column(1, 1, 80)
    for line, (label, meaning) in enumerate(notes):
        told.write_string(line, 0, label, bold)
        told.write_string(line, 1, meaning)
    book.close()
    stream.seek(0)
    return stream
