"""The registers by line of work, each with how much it holds for this reader."""

from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from taizhang.config import home
from taizhang.county.models import Staff
from taizhang.county.organisations import tree_on
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.registers.asking import Opened, may_enter, opened
from taizhang.web.registers.listing import count_of

_COUNTED = 200  # a dozen counts on one page, each through a county's records
_COUNTED_NEAR = 10_000  # where a few organisations are asked only
_FEW = 3


@dataclass(frozen=True, slots=True)
class Entry:
    asked: Opened
    count: int
    most: int

    @property
    def more(self) -> bool:
        return self.count > self.most

    @property
    def shown(self) -> int:
        return min(self.count, self.most)


def _entry(asked: Opened) -> Entry:
    most = _COUNTED_NEAR if len(asked.viewable) <= _FEW else _COUNTED
    return Entry(asked, count_of(asked.rows(), most), most)


def index(request: HttpRequest) -> HttpResponse:
    staff = request.user
    assert isinstance(staff, Staff)
    if not may_enter(staff):
        raise Http404
    tree = tree_on(home.current().working_day())
    language: str = request.language  # type: ignore[attr-defined]
    found = [asked for code in registry.registers if (asked := opened(staff, code, language, tree)) is not None]
    entries = [_entry(asked) for asked in found]
    entries.sort(key=lambda entry: _place(entry.asked.register.programme))
    groups: list[tuple[Text, list[Entry]]] = [
        (members[0].asked.programme, members)
        for members in (list(each) for _, each in groupby(entries, key=lambda entry: entry.asked.register.programme))
    ]
    return render(request, "web/registers/index.html", {"groups": groups})


def _place(programme: str) -> tuple[int, str]:
    known = registry.programmes.get(programme)
    return (known.order if known else 1_000, programme)
