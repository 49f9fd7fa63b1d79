"""缺数清单: what a document lacks, whom to telephone, and what is done about each."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text
from taizhang.summaries.desk import missing
from taizhang.summaries.desk.errors import DeskError
from taizhang.summaries.desk.models import Choice
from taizhang.web.desk.draft import common
from taizhang.web.desk.made import made
from taizhang.web.desk.posting import done, field, said
from taizhang.web.desk.rights import Opened, opened

CHOICES = {
    Choice.WAIT: Text("等待补报", "wait"),
    Choice.COVERAGE: Text("注明覆盖面", "print with coverage"),
    Choice.LEAVE_OUT: Text("不写", "leave out"),
}


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
    done(request, Text(f"已处理{count}项。", f"Settled: {count}."))
    return redirect("desk-missing", number)


def _decide(request: HttpRequest, place: Opened) -> int:
    """One figure (code and choice), or all that leave the choice open (all)."""
    choice = field(request, "choice", 10) or field(request, "all", 10)
    if choice not in Choice.values:
        raise DeskError(Text("请选择等待补报、注明覆盖面或不写。", "Choose to wait, to print with coverage or to leave out."))
    lacks = made(place.draft, place.language, place.ask.day).lacks
    if field(request, "all", 10):
        chosen = [lack for lack in lacks if Choice(choice) in lack.may]
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
    facts = {
        **common(place, "missing"),
        "made": document,
        "lacks": [(lack, [(c.value, CHOICES[c], c is lack.choice) for c in lack.may]) for lack in document.lacks],
        "choices": [(c.value, label) for c, label in CHOICES.items()],
        "others": [item for item in document.document.missing if item.code not in {lack.code for lack in document.lacks}],
        "faults": list(faults),
    }
    return render(request, "web/desk/missing.html", facts, status=status)
