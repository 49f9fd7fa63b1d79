"""The main navigation: where a post goes, in the order of its day."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from taizhang.county.models import Role, Staff
from taizhang.kernel.text import Text

# Who serves persons, and so has them on the worklist.
FIELD = frozenset({Role.VILLAGE_DOCTOR, Role.TOWNSHIP_OFFICE, Role.ADMINISTRATOR})
_PERSONS = frozenset({*FIELD, Role.LINE_OFFICE, Role.BUREAU_OFFICE})
_OFFICES = frozenset({Role.TOWNSHIP_OFFICE, Role.LINE_OFFICE, Role.BUREAU_OFFICE, Role.LEADER, Role.ADMINISTRATOR})
_PAYING = _OFFICES - {Role.LINE_OFFICE}
_EVERYBODY = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Entry:
    """A door of the site. address: the name of its first page; prefix: what the addresses of its pages begin with."""

    label: Text
    address: str
    prefixes: tuple[str, ...]
    roles: frozenset[Role]


ENTRIES = (
    Entry(Text("待办", "Worklist"), "worklist", ("/worklist/", "/visit/"), FIELD | {Role.LINE_OFFICE}),
    Entry(Text("居民", "People"), "people", ("/people/",), _PERSONS),
    Entry(Text("登记簿", "Registers"), "registers", ("/registers/",), _PERSONS),
    Entry(Text("报表", "Returns"), "returns", ("/returns/",), _EVERYBODY),
    Entry(Text("看板", "Board"), "board", ("/board/", "/figures/"), _EVERYBODY),
    Entry(Text("任务", "Targets"), "targets", ("/targets/",), _EVERYBODY),
    Entry(Text("结算", "Settlement"), "settlement", ("/settlement/",), _PAYING),
    Entry(Text("工作总结", "Summary"), "desk", ("/desk/", "/summary/"), _OFFICES),
    Entry(Text("文稿核对", "Check a text"), "check", ("/check/",), _OFFICES),
    Entry(Text("管理", "Administration"), "administration", ("/administration/",), frozenset({Role.TOWNSHIP_OFFICE, Role.ADMINISTRATOR})),
)


@dataclass(frozen=True, slots=True)
class Door:
    """An entry as a reader of a page meets it."""

    label: Text
    url: str
    current: bool


def doors(request: HttpRequest) -> list[Door]:
    """The entries of the reader's post, that of the page at hand marked."""
    staff = request.user
    if not isinstance(staff, Staff):
        return []
    found = []
    for entry in ENTRIES:
        if staff.role in entry.roles:
            try:
                url = reverse(entry.address)
            except NoReverseMatch:
                continue
            found.append(Door(entry.label, url, request.path == url or request.path.startswith(entry.prefixes)))
    return found


def help_page(path: str) -> str:
    """The manual's page about an address: it bears the name of the area's first page."""
    if path == "/":
        return "board"
    return next((entry.address for entry in ENTRIES if path.startswith(entry.prefixes)), "start")
