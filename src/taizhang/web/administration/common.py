"""What the pages of administration share: who may open them, how an organisation and a day are read from a form, the tabs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as django_render
from django.urls import reverse

from taizhang.config import home
from taizhang.county.models import Role, Staff
from taizhang.county.organisations import OrganisationTree, tree_on
from taizhang.kernel.text import Text

View = Callable[..., HttpResponse]
_TABS = (
    ("administration", Text("概况", "Overview"), True),
    ("administration-organisations", Text("机构", "Organisations"), True),
    ("administration-staff", Text("人员", "Staff"), True),
    ("administration-scopes", Text("岗位与权限", "Posts and scopes"), False),
    ("administration-parameters", Text("参数", "Parameters"), False),
    ("administration-locks", Text("时段锁定", "Period locks"), False),
    ("administration-audit", Text("审计", "Audit"), False),
    ("administration-system", Text("系统", "System"), False),
)


@dataclass(frozen=True)
class Desk:
    """Who administers, and over what. whole: an administrator; a township office keeps to its own organisation and those below it."""

    staff: Staff
    day: date
    tree: OrganisationTree
    language: str

    @property
    def whole(self) -> bool:
        return self.staff.role == Role.ADMINISTRATOR

    @property
    def top(self) -> str:
        """Where the desk's organisations begin."""
        own = self.tree.root if self.whole else self.tree.present(self.staff.organisation_id)
        if own is None:
            raise Http404
        return own

    @property
    def codes(self) -> tuple[str, ...]:
        return self.tree.descendants(self.top)

    def may_reset(self, other: Staff) -> bool:
        """密码重置: the administrator for everybody, a township office for the village doctors of its own clinics; nobody for oneself."""
        if other.pk == self.staff.pk or not other.is_active:
            return False
        return self.whole or (other.role == Role.VILLAGE_DOCTOR and other.organisation_id in self.codes)


def desk_of(request: HttpRequest) -> Desk:
    staff = request.user
    assert isinstance(staff, Staff)
    if staff.role not in (Role.ADMINISTRATOR, Role.TOWNSHIP_OFFICE):
        raise Http404
    day = home.current().working_day()
    return Desk(staff, day, tree_on(day), request.language)  # type: ignore[attr-defined]


def for_administrators(view: View) -> View:
    """To everybody else there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        desk = desk_of(request)
        if not desk.whole:
            raise Http404
        return view(request, desk, *args, **kwargs)

    return guarded


def for_offices(view: View) -> View:
    """For administrators and township offices; the desk says how far."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, desk_of(request), *args, **kwargs)

    return guarded


def render(request: HttpRequest, desk: Desk, template: str, facts: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of administration with its tabs."""
    tabs = [(name, reverse(address), _is_at(request.path, address)) for address, name, offices in _TABS if desk.whole or offices]
    return django_render(request, f"web/administration/{template}", {"desk": desk, "tabs": tabs, **facts}, status=status)


def _is_at(path: str, address: str) -> bool:
    first = reverse(address)
    if address == "administration-organisations" and path.startswith(reverse("administration-import", args=["organisations"])):
        return True
    return path == first if address == "administration" else path.startswith(first)


# -- reading forms -----------------------------------------------------------------------------------------------------


def typed(request: HttpRequest, *fields: str) -> dict[str, str]:
    """What was typed into these fields, trimmed; it goes back into the form when something is wrong."""
    return {field: request.POST.get(field, "").strip()[:200] for field in fields}


def organisation_of(written: str, tree: OrganisationTree) -> str | Text:
    """The code of an open organisation written as a code, a name, or both; or what is wrong."""
    text = written.strip()
    for code in (text, text.split(" ")[0]):
        if code in tree:
            return code
    named = [code for code in tree.codes if text and text in (tree.name(code).zh, tree.name(code).en)]
    if len(named) == 1:
        return named[0]
    if named:
        return Text(f"名为“{text}”的机构有{len(named)}个，请填机构代码。", f"{len(named)} organisations have this name; enter the code.")
    if not text:
        return Text("请选择机构。", "Choose an organisation.")
    return Text(f"没有在办机构“{text}”。请从列表中选择。", f"There is no open organisation {text!r}. Choose from the list.")


def day_of(written: str) -> date | Text:
    """A day written 2026-07-01; or what is wrong."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return Text("日期未填或不存在。请填如2026-07-01的日期。", "The date is missing or does not exist. Write one such as 2026-07-01.")


def choices(tree: OrganisationTree) -> list[tuple[str, Text]]:
    """The open organisations for a list to choose from."""
    return [(code, tree.name(code)) for code in tree.codes]
