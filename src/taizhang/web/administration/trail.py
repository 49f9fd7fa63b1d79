"""The audit trail: who read what, and who wrote what. Values never appear here: neither a person's nor a record's."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from taizhang.county import audit
from taizhang.county.changes import captured_models
from taizhang.county.models import AuditEntry, Change, Resident, Staff
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.administration.common import Desk, day_of, for_administrators, render
from taizhang.web.administration.wording import ACTIONS, OPERATIONS, table_names
from taizhang.web.registers.showing import PROCESSES

PAGE = 100
_NOBODY = Text("没有这个档案编号的居民。请核对17位编号。", "There is no resident with this record number. Check its 17 digits.")
# What of a line's detail is shown, and how it is called. Anything else stays where it is.
_DETAILS = {
    "by": Text("方式", "by"),
    "count": Text("条数", "count"),
    "purpose": Text("目的", "purpose"),
    "outcome": Text("结果", "outcome"),
    "indicator": Text("指标", "indicator"),
    "part": Text("部分", "part"),
    "period": Text("时段", "period"),
    "organisation": Text("机构", "organisation"),
    "account": Text("账号", "account"),
    "parameter": Text("参数", "parameter"),
    "since": Text("自", "from"),
    "start": Text("起", "from"),
    "end": Text("止", "to"),
    "reason": Text("原因", "reason"),
    "kind": Text("种类", "kind"),
    "register": Text("登记簿", "register"),
    "step": Text("步骤", "step"),
    "trail": Text("审计", "trail"),
}
# What is said in words, by what the line holds.
_WORDS = {
    ("outcome", "ok"): Text("成功", "done"),
    ("outcome", "refused"): Text("账号或密码不符", "wrong account or password"),
    ("outcome", "locked"): Text("暂停登录", "held off"),
    ("purpose", "view"): Text("查看", "view"),
    ("purpose", "write"): Text("录入", "write"),
    ("purpose", "search"): Text("检索", "search"),
    ("purpose", "identity"): Text("显示完整信息", "identity in full"),
    ("by", "name"): Text("姓名", "name"),
    ("by", "initials"): Text("拼音首字母", "initials"),
    ("by", "phone"): Text("电话", "telephone"),
    ("by", "identity_number"): Text("身份证号", "identity number"),
    ("by", "record_number"): Text("健康档案编号", "record number"),
    ("part", "numerator"): Text("分子", "numerator"),
    ("part", "denominator"): Text("分母", "denominator"),
    ("part", "gap"): Text("差额", "gap"),
    ("trail", "reads"): Text("查阅", "reads"),
    ("trail", "writes"): Text("改动", "writes"),
}
_LIST, _FILE = Text("名单", "list"), Text("文件", "file")
_LISTS = {
    "worklist": Text("待办", "worklist"),
    "duplicates": Text("疑似重复", "duplicates"),
    "merges": Text("合并记录", "merges"),
    "check": Text("疑点", "findings"),
    "settlement": Text("结算明细", "settled work"),
}
_FILES = {
    "route": Text("随访路线单", "route"),
    "board": Text("看板", "board"),
    "line": Text("一项业务", "line of work"),
    "courses": Text("变化曲线", "courses"),
    "paper": Text("表单", "form"),
    "settlement": Text("结算表", "settlement"),
    "assessment": Text("考核评分表", "assessment"),
    "clean": Text("清稿", "clean copy"),
    "review": Text("校核稿", "review copy"),
    "correction": Text("更正说明", "correction"),
    "rebound": Text("旧稿换数", "old text with new figures"),
}


@dataclass(frozen=True)
class Asked:
    """What the trail is searched for. notes: what of it cannot be used."""

    account: str
    action: str
    record_number: str
    resident: int | None
    start: date | None
    end: date | None
    before: int | None
    notes: tuple[Text, ...]

    @property
    def query(self) -> str:
        dates = {name: day.isoformat() for name, day in (("start", self.start), ("end", self.end)) if day}
        words = {"account": self.account, "action": self.action, "record_number": self.record_number}
        return urlencode({name: value for name, value in words.items() if value} | dates)

    def between(self) -> Q:
        """The lines of these days, as the clock on the wall counts them."""
        limits = Q()
        if self.start:
            limits &= Q(at__gte=timezone.make_aware(datetime.combine(self.start, time.min)))
        if self.end:
            limits &= Q(at__lt=timezone.make_aware(datetime.combine(self.end + timedelta(days=1), time.min)))
        return limits if self.before is None else limits & Q(pk__lt=self.before)


def _asked(request: HttpRequest) -> Asked:
    written = {name: request.GET.get(name, "").strip()[:60] for name in ("account", "action", "record_number", "start", "end", "before")}
    notes: list[Text] = []
    days: dict[str, date | None] = {}
    for name in ("start", "end"):
        day = day_of(written[name]) if written[name] else None
        if isinstance(day, Text):
            notes.append(day)
        days[name] = None if isinstance(day, Text) else day
    resident = None
    if written["record_number"]:
        resident = Resident.objects.filter(record_number=written["record_number"]).values_list("pk", flat=True).first()
        if resident is None:
            notes.append(_NOBODY)
    before = int(written["before"]) if written["before"].isdecimal() and len(written["before"]) < 18 else None
    return Asked(
        written["account"], written["action"], written["record_number"], resident, days["start"], days["end"], before, tuple(notes)
    )


@require_safe
@for_administrators
def reads(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who read, searched, exported, signed in."""
    asked = _asked(request)
    found = AuditEntry.objects.filter(asked.between())
    if asked.account:
        found = found.filter(staff__username=asked.account)
    if asked.action:
        found = found.filter(action=asked.action)
    if asked.record_number:
        found = found.filter(resident=asked.resident) if asked.resident else found.none()
    page = list(found.select_related("staff").order_by("-pk")[: PAGE + 1])
    numbers = dict(Resident.objects.filter(pk__in=[line.resident for line in page if line.resident]).values_list("pk", "record_number"))
    lines = [
        {
            "at": line.at,
            "staff": line.staff,
            "action": ACTIONS.get(line.action, Text(line.action, line.action)),
            "record_number": numbers.get(line.resident or 0, ""),
            "detail": _detail(line.detail, desk.language),
        }
        for line in page[:PAGE]
    ]
    facts = _facts(asked, page, {"lines": lines, "actions": list(ACTIONS.items())})
    _note_reading(desk.staff, asked, "reads", len(lines))
    return render(request, desk, "audit.html", facts)


def _detail(detail: dict[str, Any], language: str) -> list[tuple[Text, str]]:
    """The particulars of a line, in words where there are some. Of what a list was narrowed by, only which list and where."""
    found: list[tuple[Text, str]] = []
    if (named := _FILES.get(str(detail.get("file")))) is not None:
        found.append((_FILE, named.in_language(language)))
    asked = detail.get("filter")
    if isinstance(asked, dict):
        register = registry.registers.get(str(asked.get("register") or asked.get("day_sheet")))
        which = register.name if register else next((name for key, name in _LISTS.items() if key in asked), None)
        if which is not None:
            found.append((_LIST, which.in_language(language)))
        found += [(_DETAILS[name], _said(name, asked[name], language)) for name in ("indicator", "part", "organisation") if asked.get(name)]
    for name, value in detail.items():
        if name in _DETAILS and not isinstance(value, dict | list):
            found.append((_DETAILS[name], _said(name, value, language)))
    return found


def _said(name: str, value: Any, language: str) -> str:
    """A particular in words where there are some. An indicator by its name."""
    siblings = registry.indicators.get(str(value)) if name == "indicator" else None
    words = siblings[-1].name if siblings else _WORDS.get((name, str(value)))
    return words.in_language(language) if words else str(value)[:80]


@require_safe
@for_administrators
def writes(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who added, changed or deleted a row of what, and which fields; not their values."""
    asked = _asked(request)
    names = table_names()
    found: QuerySet[Change] = Change.objects.filter(asked.between())
    if asked.account:
        found = found.filter(actor=asked.account)
    if asked.action:
        found = found.filter(table=asked.action)
    if asked.record_number:
        found = found.filter(_rows_about(asked.resident)) if asked.resident else found.none()
    page = list(found.defer("old").order_by("-pk")[: PAGE + 1])
    lines = [
        {
            "at": line.at,
            "actor": PROCESSES[line.actor].in_language(desk.language) if line.actor in PROCESSES else line.actor,
            "table": names.get(line.table, Text(line.table, line.table)),
            "operation": OPERATIONS.get(line.operation, Text(line.operation, line.operation)),
            "row": line.key or line.row,
            "waiting": line.taken is None,
        }
        for line in page[:PAGE]
    ]
    captured = [(model._meta.db_table, names.get(model._meta.db_table)) for model in captured_models()]
    facts = _facts(asked, page, {"lines": lines, "tables": [(table, name) for table, name in captured if name is not None]})
    _note_reading(desk.staff, asked, "writes", len(lines))
    return render(request, desk, "audit_writes.html", facts)


def _rows_about(resident: int | None) -> Q:
    """Changes of the resident's own row, and of the rows that are about the resident and still there."""
    about = Q(table=Resident._meta.db_table, row=resident)
    for model in captured_models():
        try:
            model._meta.get_field("resident")
        except FieldDoesNotExist:
            continue
        about |= Q(table=model._meta.db_table, row__in=model._default_manager.filter(resident=resident).values("pk"))
    return about


def _facts(asked: Asked, page: list[Any], more: dict[str, Any]) -> dict[str, Any]:
    further = len(page) > PAGE
    next_query = f"{asked.query}&before={page[PAGE - 1].pk}".lstrip("&") if further else ""
    accounts = Staff.objects.order_by("username").values_list("username", "name")
    return {"asked": asked, "next_query": next_query, "accounts": accounts[:500], **more}


def _note_reading(staff: Staff, asked: Asked, trail: str, count: int) -> None:
    """Who reads the trail about a person, or about a colleague, stands in it too."""
    if asked.resident or asked.account:
        audit.record(
            staff,
            audit.READ_AUDIT,
            asked.resident,
            {"trail": trail, "count": count} | ({"account": asked.account} if asked.account else {}),
        )
