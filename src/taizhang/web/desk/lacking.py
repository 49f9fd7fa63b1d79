"""缺数清单: what a document lacks, whom to telephone, and what is done about each."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text
from taizhang.summaries.desk import missing
from taizhang.summaries.desk.errors import DeskError
from taizhang.summaries.desk.models import Choice
from taizhang.web.desk.draft import common
from taizhang.web.desk.made import made
from taizhang.web.desk.posting import done, field, said
from taizhang.web.desk.rights import Opened, opened
from taizhang.web.navigation import ENTRIES

CHOICES = {
    Choice.WAIT: Text("等待补报", "wait"),
    Choice.COVERAGE: Text("注明覆盖面", "print with coverage"),
    Choice.LEAVE_OUT: Text("不写", "leave out"),
}


KINDS = {
    "return": Text("报表", "return"),
    "register": Text("登记簿", "register"),
    "population": Text("人口数", "population"),
    "records": Text("业务记录", "records"),
}
_ALL_OPEN = 12  # figures; a list of no more than these needs no folding


@dataclass(frozen=True, slots=True)
class Shown:
    """A group on the page. url: where what is owed is entered or seen, where this reader has a door to it."""

    group: missing.Group
    kind: Text
    lacks: list[tuple[missing.Lack, list[tuple[str, Text, bool]]]]
    may: list[tuple[str, Text]]
    url: str
    opened: bool


def lacking(request: HttpRequest, number: int) -> HttpResponse:
    place = opened(request, number)
    if request.method != "POST":
        return _page(request, place)
    if not place.writes:
        raise Http404
    try:
        count = _decide(request, place)
    except Refusal as refusal:
        return _page(request, place, said(refusal, place.language), 422)
    key, code = field(request, "group", 120), field(request, "code", 120)
    if not key:
        done(request, Text(f"已处理{count}项。", f"Settled: {count}."))
        return redirect("desk-missing", number)
    # Back to where the button was: there it is said that it is done, not above a page that has scrolled.
    asked = urlencode({"open": key, "settled": code or key})
    return redirect(f"{reverse('desk-missing', args=[number])}?{asked}#{quote(_anchor(code) if code else key)}")


def _anchor(code: str) -> str:
    return f"lack-{code}"


def _decide(request: HttpRequest, place: Opened) -> int:
    """One figure (code and choice); of a group (group and each), or of all (all), every one that leaves the choice open."""
    every = field(request, "all", 10) or field(request, "each", 10)
    choice = every or field(request, "choice", 10)
    if choice not in Choice.values:
        raise DeskError(Text("请选择等待补报、注明覆盖面或不写。", "Choose to wait, to print with coverage or to leave out."))
    lacks = made(place.draft, place.language, place.ask.day).lacks
    if every:
        key = "" if request.POST.get("all") else field(request, "group", 120)
        chosen = [lack for lack in lacks if Choice(choice) in lack.may and (not key or lack.filled_by.key == key)]
    else:
        code = field(request, "code", 120)
        chosen = [lack for lack in lacks if lack.code == code]
        if not chosen:
            raise DeskError(Text(
                f"缺数清单里已没有“{code}”，可能刚刚补报。请看现在的清单。", f"{code} is on the list no more; it may just have come in."
            ))  # fmt: skip
    return missing.decide(place.draft, chosen, Choice(choice), by=place.staff)


def _page(request: HttpRequest, place: Opened, faults: Sequence[str] = (), status: int = 200) -> HttpResponse:
    document = made(place.draft, place.language, place.ask.day)
    wanted = request.POST.get("group") or request.GET.get("open", "")
    facts = {
        **common(place, "missing"),
        "made": document,
        "lacks": document.lacks,
        "groups": [_shown(group, place, wanted, len(document.lacks)) for group in missing.grouped(document.lacks)],
        "choices": [(c.value, label) for c, label in CHOICES.items()],
        "others": [item for item in document.document.missing if item.code not in {lack.code for lack in document.lacks}],
        "settled": request.GET.get("settled", ""),
        "faults": list(faults),
    }
    return render(request, "web/desk/missing.html", facts, status=status)


def _shown(group: missing.Group, place: Opened, wanted: str, count: int) -> Shown:
    return Shown(
        group,
        KINDS[group.source.kind],
        [(lack, [(c.value, CHOICES[c], c is lack.choice) for c in lack.may]) for lack in group.lacks],
        [(c.value, CHOICES[c]) for c in group.may],
        _door(group.source, place),
        count <= _ALL_OPEN or group.source.key == wanted,
    )


def _door(source: missing.Source, place: Opened) -> str:
    if source.kind == "return":
        return reverse("returns-year", args=[source.code, place.draft.organisation_id]) + f"?year={place.draft.period.year}"
    if source.kind == "register" and any(entry.address == "registers" and place.staff.role in entry.roles for entry in ENTRIES):
        return reverse("register", args=[source.code])
    return ""
