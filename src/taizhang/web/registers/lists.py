"""A register's list: filters in the address, pages by key, columns by choice; and the same rows as an Excel file, or as an empty form."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from taizhang.county import audit
from taizhang.exchange.exporting import export_register
from taizhang.kernel.registers import RegisterColumn
from taizhang.kernel.text import Text
from taizhang.web import errors
from taizhang.web.registers.asking import Opened, asked_for
from taizhang.web.registers.listing import COUNTED, Facet, FilterError, Wanted, columns, count_of, facets, gathered, narrowed, page_of
from taizhang.web.registers.showing import heading, is_number, lines

MOST_EXPORTED = 100_000
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOO_MANY = Text(
    f"超过{MOST_EXPORTED}条，一个文件装不下，打开也慢。请加筛选条件后再导出。",
    f"More than {MOST_EXPORTED} records: too many for one file. Narrow the list and export again.",
)


@require_GET
def register(request: HttpRequest, code: str) -> HttpResponse:
    asked = asked_for(request, code)
    wanted = narrowed(asked, request.GET)
    notes = list(wanted.notes)
    rows, count = gathered(asked, wanted)
    try:
        page = page_of(asked, rows, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    except FilterError as error:
        notes.append(error.text)
        page = page_of(asked, rows)
    shown = columns(asked, request.GET)
    tell_audit(asked, wanted, len(page.rows))
    kept = [("column", name) for name in dict.fromkeys(request.GET.getlist("column")) if name in {c.field for c in shown}]
    query = urlencode([*wanted.query, *kept])
    facts = {
        "asked": asked,
        "programme": asked.programme,
        "about_residents": asked.about_residents,
        "notes": notes,
        "facets": [_shown(facet, wanted) for facet in facets(asked)],
        "places": _places(asked, wanted),
        "resident": next(iter(wanted.values.get("resident", [])), ""),
        "narrowed_by": wanted.shown,
        "columns": [(c.field, heading(asked, c), is_number(c)) for c in shown if c.kind != "resident"],
        "choosable": [(c.field, c.label, c in shown) for c in _choosable(asked, shown) if c.kind != "resident"],
        "chosen_columns": kept,
        "lines": lines(asked, page.rows, shown),
        "count": min(count, COUNTED),
        "more": count > COUNTED,
        "query": query,
        "before": page.before,
        "after": page.after,
        "may_write": bool(asked.writable),
        "may_reassign": asked.about_residents and bool(asked.writable),
    }
    return render(request, "web/registers/list.html", facts)


def _choosable(asked: Opened, shown: Sequence[RegisterColumn]) -> list[RegisterColumn]:
    """The register's columns, and what the list shows of what was derived."""
    return [*asked.register.columns, *(column for column in shown if column.kind == "derived")]


def tell_audit(asked: Opened, wanted: Wanted, count: int) -> None:
    """A list of persons leaves one line, with filter and count; one about nobody tells of nobody."""
    if asked.about_residents:
        filters = {name: ",".join(values) for name, values in wanted.values.items()}
        audit.record(asked.staff, audit.LIST_PEOPLE, detail={"filter": {"register": asked.register.code, **filters}, "count": count})


def _shown(facet: Facet, wanted: Wanted) -> Mapping[str, Any]:
    chosen = wanted.values.get(facet.field, [])
    return {
        "facet": facet,
        "chosen": chosen,
        "choices": [(code, label, code in chosen) for code, label in facet.choices],
        "bounds": [(name, next(iter(wanted.values.get(name, [])), "")) for name in facet.names],
    }


def _places(asked: Opened, wanted: Wanted) -> list[tuple[str, Text, int, bool]]:
    """Organisations to choose from: the way down to the one chosen, and those directly below it; not a whole county's thousand at once."""
    chosen = next(iter(wanted.values.get("organisation", [])), "")
    viewable = set(asked.viewable)
    tops = [code for code in asked.viewable if (above := asked.tree.parent(code)) is None or above not in viewable]
    at = chosen or (tops[0] if len(tops) == 1 else "")
    above = [code for code in asked.tree.path(at) if code in viewable] if at else []
    below = [code for code in asked.tree.children(at) if code in viewable] if at else tops
    beside = [code for code in asked.tree.siblings(at) if code in viewable and code != at] if at and not below else []
    found = [(code, asked.tree.name(code), depth, code == chosen) for depth, code in enumerate(above)]
    return found + [(code, asked.tree.name(code), len(above) - bool(beside), code == chosen) for code in (below or beside)]


# -- as a file ---------------------------------------------------------------------------------------------------------


@require_GET
def export(request: HttpRequest, code: str) -> HttpResponseBase:
    """The rows of the list, all pages of it, as a workbook that can be imported again."""
    asked = asked_for(request, code)
    wanted = narrowed(asked, request.GET)
    if wanted.notes:
        return errors.told(request, wanted.notes[0].in_language(asked.language))
    rows, count = gathered(asked, wanted)
    if count > COUNTED and count_of(rows, MOST_EXPORTED) > MOST_EXPORTED:
        return errors.told(request, TOO_MANY.in_language(asked.language))
    return _file(asked, rows, f"{asked.register.name.in_language(asked.language)}_{asked.day:%Y%m%d}.xlsx")


@require_GET
def blank(request: HttpRequest, code: str) -> HttpResponseBase:
    """An empty form of the register to fill in."""
    asked = asked_for(request, code)
    end = Text("空表", "blank").in_language(asked.language)
    return _file(asked, asked.model._default_manager.none(), f"{asked.register.name.in_language(asked.language)}_{end}.xlsx")


def _file(asked: Opened, rows: Any, name: str) -> FileResponse:
    """Written to a nameless place and sent from there, so that a long file is never held in memory."""
    folder = tempfile.TemporaryDirectory(prefix="taizhang-export-")
    path = Path(folder.name) / name
    export_register(asked.register, rows, path, staff=asked.staff)
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=EXCEL)
    folder.cleanup()  # the open file lives on until it is sent
    return response


def back_to(code: str, query: str) -> str:
    return f"{reverse('register', args=[code])}{'?' + query if query else ''}"
