"""Staff: the list, a file of new accounts, one account, first passwords on paper slips, disabling."""

import csv
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taizhang.config import home
from taizhang.county import passwords
from taizhang.county.models import FirstPassword, Role, ScopeGrant, Staff
from taizhang.county.passwords import ResetRefused
from taizhang.exchange.importing import FileRefused, ImportReport, import_file
from taizhang.exchange.reading import LARGEST_FILE, open_file
from taizhang.exchange.staff import COLUMNS
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.administration.common import Desk, choices, for_administrators, for_offices, organisation_of, render, typed
from taizhang.web.administration.loading import blank_book
from taizhang.web.context import ROLES

PAGE = 50
_STATES = {
    "active": Text("在用", "active"),
    "first": Text("首次密码未改", "first password unchanged"),
    "closed": Text("已停用", "disabled"),
}
_REFUSED_MARK = "_退回"


@dataclass(frozen=True, slots=True)
class Slip:
    """密码条: what is printed for one account, and shown this once."""

    username: str
    name: str
    organisation: str
    password: str


# -- the list ----------------------------------------------------------------------------------------------------------


@require_safe
@for_offices
def staff_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The accounts of the desk's organisations, narrowed by what is asked."""
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("q", "organisation", "role", "state")}
    found = _narrowed(desk, asked)
    count = found.count()
    number = int(request.GET["page"]) if request.GET.get("page", "").isdecimal() and len(request.GET["page"]) < 6 else 1
    number = min(max(number, 1), max(1, -(-count // PAGE)))
    page = list(found.select_related("organisation").order_by("organisation_id", "username")[(number - 1) * PAGE : number * PAGE])
    first = set(FirstPassword.objects.filter(staff__in=[s.pk for s in page]).values_list("staff", flat=True))
    facts = {
        "asked": asked,
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "lines": [{"staff": s, "role": ROLES[Role(s.role)], "first": s.pk in first, "resettable": desk.may_reset(s)} for s in page],
        "count": count,
        "page": number,
        "pages": max(1, -(-count // PAGE)),
        "from": (number - 1) * PAGE + 1 if count else 0,
        "to": min(number * PAGE, count),
        "roles": list(ROLES.items()),
        "states": list(_STATES.items()),
        "choices": [(code, desk.tree.name(code)) for code in desk.codes],
    }
    return render(request, desk, "staff.html", facts)


def _own(desk: Desk) -> QuerySet[Staff]:
    """The accounts a desk may see: all of them, or those of its organisations."""
    return Staff.objects.all() if desk.whole else Staff.objects.filter(organisation__in=desk.codes)


def _narrowed(desk: Desk, asked: dict[str, str]) -> QuerySet[Staff]:
    found = _own(desk)
    if asked["q"]:
        found = found.filter(Q(username__icontains=asked["q"]) | Q(name__contains=asked["q"]))
    if asked["organisation"]:
        code = organisation_of(asked["organisation"], desk.tree)
        found = found.filter(organisation__in=desk.tree.descendants(code)) if isinstance(code, str) else found.none()
    if asked["role"] in Role.values:
        found = found.filter(role=asked["role"])
    if asked["state"] == "first":
        return found.filter(is_active=True, pk__in=FirstPassword.objects.values("staff"))
    return found.filter(is_active=asked["state"] == "active") if asked["state"] in ("active", "closed") else found


def _member(desk: Desk, username: str) -> Staff:
    found = _own(desk).filter(username=username).select_related("organisation").first()
    if found is None:
        raise Http404
    return found


# -- first passwords ---------------------------------------------------------------------------------------------------


@require_POST
@for_offices
def reset(request: HttpRequest, desk: Desk) -> HttpResponse:
    """New first passwords for the accounts that are ticked, shown once."""
    named = request.POST.getlist("account")[:200]
    members = list(_own(desk).filter(username__in=named).select_related("organisation").order_by("organisation_id", "username"))
    if not members or len(members) != len(set(named)) or not all(desk.may_reset(member) or member == desk.staff for member in members):
        if named:
            raise Http404
        messages.error(request, Text("请先勾选要重置密码的账号。", "Tick the accounts first.").in_language(desk.language))
        return redirect("administration-staff")
    try:
        drawn = passwords.draw_anew(members, desk.staff)
    except ResetRefused as error:
        messages.error(request, str(error))
        return redirect("administration-staff")
    slips = [Slip(m.username, m.name, m.organisation.name, password) for m, password in drawn]
    return render(request, desk, "slips.html", {"slips": slips})


@require_POST
@for_administrators
def state(request: HttpRequest, desk: Desk, username: str) -> HttpResponse:
    """Disable an account, or enable it again. Its records and grants stay; every session of it ends."""
    member = _member(desk, username)
    active = request.POST.get("active") == "yes"
    if member.pk == desk.staff.pk:
        messages.error(request, Text("不能停用自己的账号。", "You cannot disable your own account.").in_language(desk.language))
    elif active and member.organisation_id not in desk.tree:
        told = Text("其机构已撤销。请先改到在办机构，再启用。", "Its organisation is closed. Move the account first, then enable it.")
        messages.error(request, told.in_language(desk.language))
    elif member.is_active != active:
        member.is_active = active
        member.save(update_fields=["is_active"])
        told = Text("账号已启用。", "The account is enabled.") if active else Text("账号已停用。", "The account is disabled.")
        messages.success(request, told.in_language(desk.language))
    return redirect("administration-person", username=username)


# -- one account -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_offices
def person(request: HttpRequest, desk: Desk, username: str) -> HttpResponse:
    """One account; an administrator changes it by the same rules as a file would."""
    member = _member(desk, username)
    values = {name: str(getattr(member, name)) for name in ("name", "role", "phone", "treats")} | {"organisation": member.organisation_id}
    faults: dict[str, str] = {}
    if request.method == "POST":
        if not desk.whole:
            raise Http404
        values = typed(request, "name", "organisation", "role", "phone") | {"treats": ",".join(request.POST.getlist("treats"))}
        if member.pk == desk.staff.pk and values["role"] != member.role:
            told = Text("不能改自己的岗位。请由另一位系统管理员修改。", "Another administrator must change your post.")
            faults = {"role": told.in_language(desk.language)}
        else:
            report = _one_row(desk, {"username": username, **values}, correct=True)
            faults = _faults_by_field(report, desk.language)
        if not faults:
            messages.success(request, Text("已保存。", "Saved.").in_language(desk.language))
            return redirect("administration-person", username=username)
    facts = {
        "member": member,
        "role": ROLES[Role(member.role)],
        "typed": values,
        "faults": faults,
        "first": FirstPassword.objects.filter(pk=member.pk).exists(),
        "resettable": desk.may_reset(member),
        "grants": ScopeGrant.objects.filter(staff=member).select_related("organisation").order_by("organisation_id"),
        **_form_facts(desk, values["treats"]),
    }
    return render(request, desk, "person.html", facts, 422 if faults else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def add(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One new account; its first password is shown once."""
    fields = ("username", "name", "organisation", "role", "phone")
    values: dict[str, str] = dict.fromkeys(fields, "") | {"treats": "", "organisation": request.GET.get("organisation", "")[:24]}
    faults: dict[str, str] = {}
    if request.method == "POST":
        values = typed(request, *fields) | {"treats": ",".join(request.POST.getlist("treats"))}
        if Staff.objects.filter(username=values["username"]).exists():
            faults["username"] = Text("该账号已有人使用。请另起一个。", "The account is taken. Choose another.").in_language(desk.language)
        else:
            report = _one_row(desk, values, correct=False)
            faults = _faults_by_field(report, desk.language)
        if not faults:
            return render(request, desk, "slips.html", {"slips": _slips(report)})
    return render(
        request, desk, "add_person.html", {"typed": values, "faults": faults, **_form_facts(desk, values["treats"])}, 422 if faults else 200
    )


def _form_facts(desk: Desk, treats: str) -> dict[str, Any]:
    ticked = treats.split(",")
    sensitive = [(p.code, p.name, p.code in ticked) for p in registry.programmes.values() if p.sensitive]
    return {"roles": list(ROLES.items()), "choices": choices(desk.tree), "sensitive": sensitive}


def _one_row(desk: Desk, values: dict[str, str], *, correct: bool) -> ImportReport:
    """The account as a file of one row, so that pages and files know the same rules."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "account.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, [column.field for column in COLUMNS])
            writer.writeheader()
            writer.writerow({column.field: values.get(column.field, "") for column in COLUMNS})
        report = import_file("staff", path, actor=desk.staff, day=desk.day, correct=correct)
    if report.reasons_file is not None:  # the page says it all
        report.reasons_file.unlink(missing_ok=True)
    return report


def _faults_by_field(report: ImportReport, language: str) -> dict[str, str]:
    return {fault.column: fault.message.in_language(language) for _, faults in report.first_faults for fault in faults}


# -- a file of accounts ------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def take_file(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Import a file of accounts: good rows in, refused rows in a workbook, first passwords on slips."""
    if request.method != "POST":
        return render(request, desk, "staff_import.html", {"columns": COLUMNS})
    sent = request.FILES.get("file")
    correct, dry_run = "correct" in request.POST, "dry_run" in request.POST
    try:
        report = _imported(desk, sent, correct=correct, dry_run=dry_run)
    except FileRefused as error:
        facts = {"columns": COLUMNS, "fault": error.text, "correct": correct, "dry_run": dry_run}
        return render(request, desk, "staff_import.html", facts, 422)
    slips = _slips(report)
    facts = {
        "columns": COLUMNS,
        "report": report,
        "told": report.text,
        "faults": [(row, faults) for row, faults in report.first_faults],
        "refused": report.reasons_file.name if report.reasons_file else "",
        "slips": slips,
        "correct": correct,
    }
    return render(request, desk, "staff_import.html", facts)


def _imported(desk: Desk, sent: UploadedFile | None, *, correct: bool, dry_run: bool) -> ImportReport:
    if sent is None or not sent.name:
        raise FileRefused(Text("请先选择文件。", "Choose a file first."))
    if (sent.size or 0) > LARGEST_FILE:
        raise FileRefused(Text("文件过大。请分成几个导入。", "The file is too large. Split it."))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PurePath(sent.name.replace("\\", "/")).name[-100:]
        with path.open("wb") as stream:
            for block in sent.chunks():
                stream.write(block)
        return import_file("staff", path, actor=desk.staff, day=desk.day, correct=correct, dry_run=dry_run)


def _slips(report: ImportReport) -> list[Slip]:
    """The first passwords an import drew. The file that held them is removed: they are shown on the page at hand, and nowhere again."""
    path = report.answer_file
    if path is None:
        return []
    rows = [cells for _, cells in open_file(path)[0].rows()][1:]
    path.unlink()
    report.answer_file = None
    names = dict(Staff.objects.filter(username__in=[row[0] for row in rows]).values_list("username", "organisation__name"))
    return [Slip(username, name, names.get(username, code), password) for username, name, code, password in rows]


@require_safe
@for_administrators
def refused_rows(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """The workbook of rows that an import refused."""
    path = home.current().path / "imports" / name
    if PurePath(name).name != name or _REFUSED_MARK not in name or path.suffix != ".xlsx" or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


@require_safe
@for_administrators
def blank(request: HttpRequest, desk: Desk) -> HttpResponse:
    """An empty workbook with the headings, and what belongs under each."""
    return FileResponse(blank_book("人员", COLUMNS, _NOTES), as_attachment=True, filename="人员导入表.xlsx")


_NOTES = (
    ("账号", "2至40个字母、数字、点、横线，字母开头；全县不重复。"),
    ("姓名", "本人姓名，不超过40字。"),
    ("机构", "机构代码或机构全称。"),
    ("岗位", "只填：" + "、".join(role.label for role in Role) + "。"),
    ("电话", "可不填；7至20位数字。"),
    ("诊疗的敏感业务", "可不填；只给亲自诊疗的人员填业务名称，多项用顿号隔开。"),
)
