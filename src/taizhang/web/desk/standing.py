"""What an organisation settles once for all its documents: the order of sections, and bulletins of a higher authority."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from taizhang.kernel.periods import Period
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.summaries.chapters import CHAPTERS, OTHER
from taizhang.summaries.desk import references as bulletins
from taizhang.summaries.desk import sections
from taizhang.summaries.desk.errors import DeskError
from taizhang.summaries.desk.models import Bulletin
from taizhang.summaries.phrases import plain
from taizhang.summaries.reference import LEVELS
from taizhang.web.asking import Asked
from taizhang.web.desk.draft import told
from taizhang.web.desk.posting import day_of, decimal_of, done, field, number_of, said
from taizhang.web.desk.rights import desk_asked, may_write_for

LARGEST_TABLE = 2 * 2**20
_SHOWN = 100


def order(request: HttpRequest, organisation: str) -> HttpResponse:
    """A place for each section, and its own heading where the bureau has one."""
    ask = desk_asked(request, organisation)
    if request.method != "POST":
        return _order_page(request, ask)
    if not may_write_for(ask.staff, ask.organisation):
        raise Http404
    try:
        if field(request, "do", 10) == "reset":
            sections.set_order(ask.organisation, [], by=ask.staff)
        else:
            chapters = [str(c.hundred) for c in (*CHAPTERS, OTHER)]
            placed = sorted(chapters, key=lambda c: (number_of(request, f"position-{c}") or 99, int(c)))
            named = [(c, field(request, f"heading-{c}", 60), field(request, f"english-{c}", 120)) for c in placed]
            sections.set_order(ask.organisation, named, by=ask.staff)
    except Refusal as refusal:
        return _order_page(request, ask, said(refusal, ask.language), 422)
    done(request, Text("章节次序已保存。", "The order is kept."))
    return redirect("desk-order", ask.organisation)


def _order_page(request: HttpRequest, ask: Asked, faults: Sequence[str] = (), status: int = 200) -> HttpResponse:
    own = sections.order_of(ask.organisation)
    rows = []
    for chapter in (*CHAPTERS, OTHER):
        code = str(chapter.hundred)
        place = own.get(code)
        heading = place.heading if place else None
        rows.append({
            "code": code,
            "usual": chapter.heading,
            "position": request.POST.get(f"position-{code}") or (place.position if place else len(rows) + 1),
            "heading": request.POST.get(f"heading-{code}", heading.zh if heading else ""),
            "english": request.POST.get(f"english-{code}", heading.en if heading and heading.en != heading.zh else ""),
        })  # fmt: skip
    rows.sort(key=lambda row: int(row["position"]) if str(row["position"]).isdigit() else 99)
    facts = {
        "ask": ask, "rows": rows, "own": bool(own), "faults": list(faults), "writes": may_write_for(ask.staff, ask.organisation),
    }  # fmt: skip
    return render(request, "web/desk/order.html", facts, status=status)


def references(request: HttpRequest, organisation: str) -> HttpResponse:
    """上级通报: what bulletins say, one by one or from a CSV."""
    ask = desk_asked(request, organisation)
    if request.method != "POST":
        return _references_page(request, ask)
    if not may_write_for(ask.staff, ask.organisation):
        raise Http404
    try:
        text = _entered(request, ask)
    except (Refusal, ValueError) as refusal:
        return _references_page(request, ask, told(refusal, ask.language), 422)
    done(request, text)
    return redirect("desk-references", ask.organisation)


def _entered(request: HttpRequest, ask: Asked) -> Text:
    if field(request, "do", 10) == "remove":
        Bulletin.objects.filter(pk=number_of(request, "bulletin"), organisation_id=ask.organisation).delete()
        return Text("通报条目已删除。", "The entry is deleted.")
    if "file" in request.FILES:
        given = request.FILES["file"]
        if given.size is None or given.size > LARGEST_TABLE:
            raise DeskError(Text("文件超过2 MB，不像一份通报。请核对。", "The file is over 2 MB; is it a bulletin?"))
        with TemporaryDirectory() as folder:
            path = Path(folder) / Path(given.name or "bulletin.csv").name
            path.write_bytes(given.read())
            try:
                count = bulletins.enter_table(ask.organisation, path, by=ask.staff)
            except UnicodeDecodeError:
                raise DeskError(
                    Text("文件不是UTF-8编码的CSV。请另存为“CSV UTF-8”后再交。", "The file is no UTF-8 CSV. Save it as one.")
                ) from None
        return Text(f"已录入{count}条。", f"Entered: {count}.")
    day = day_of(request, "day")
    if day is None:
        raise DeskError(Text("须填写通报日期。", "Give the bulletin's day."))
    made = bulletins.enter(
        ask.organisation, field(request, "indicator", 80), Period.parse(field(request, "period", 40)), field(request, "level", 10),
        document=field(request, "document", 200), number=field(request, "document_number", 60), day=day, by=ask.staff,
        rank=number_of(request, "rank"), of=number_of(request, "of"), value=decimal_of(request, "value"),
    )  # fmt: skip
    name = registry.indicators[made.indicator][-1].name
    return Text(f"已录入“{name.zh}”的通报。", f"The bulletin on {name.en} is entered.")


def _references_page(request: HttpRequest, ask: Asked, faults: Sequence[str] = (), status: int = 200) -> HttpResponse:
    rows = Bulletin.objects.filter(organisation_id=ask.organisation).order_by("-period_end", "indicator", "level")[:_SHOWN]
    facts = {
        "ask": ask,
        "rows": [
            (row, registry.indicators[row.indicator][-1] if row.indicator in registry.indicators else None,
             Period(row.period_start, row.period_end).name, LEVELS.get(row.level), plain(row.value) if row.value is not None else "")
            for row in rows
        ],
        "levels": LEVELS.items(),
        "columns": bulletins.COLUMNS,
        "indicators": sorted(((code, of[-1].name) for code, of in registry.indicators.items()), key=lambda pair: pair[0]),
        "faults": list(faults),
        "posted": request.POST,
        "writes": may_write_for(ask.staff, ask.organisation),
    }  # fmt: skip
    return render(request, "web/desk/references.html", facts, status=status)
