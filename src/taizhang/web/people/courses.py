"""What a person's charts draw, as an Excel file: every course of a measured value, and growth with the curves it is seen against."""

from __future__ import annotations

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from taizhang.county import audit
from taizhang.county.people import NotAllowed, open_person
from taizhang.kernel.duties import Person
from taizhang.kernel.text import Text
from taizhang.web.excel import Cell, Table, answer
from taizhang.web.people.asking import reader
from taizhang.web.people.history import History, Plotted, Trend

_DAY, _ITEM, _UNIT, _VALUE = Text("日期", "Day"), Text("项目", "Item"), Text("单位", "Unit"), Text("数值", "Value")
_COURSES, _MEASURED = Text("变化", "Over time"), Text("实测", "Measured")


@require_GET
def excel(request: HttpRequest, resident: int) -> HttpResponse:
    """One sheet of all courses, one a growth chart. The file names nobody; the audit has one line for the person, one for the file."""
    asks = reader(request)
    try:
        found = open_person(asks.staff, resident, day=asks.day)
    except NotAllowed:
        raise Http404 from None
    history = History.read(asks, found.pk)
    plotted = history.plotted(Person(found.pk, found.birth_date, found.sex, found.died_on))
    tables = [_growth(each, asks.language) for each in plotted]
    if history.trends:
        tables.append(_courses(history.trends, asks.language))
    if not tables:
        raise Http404
    audit.record(asks.staff, audit.EXPORT, found, {"file": "courses"})
    return answer(tables, _COURSES.in_language(asks.language), "courses")


def _courses(trends: list[Trend], language: str) -> Table:
    rows: list[list[Cell]] = []
    for trend in trends:
        for day, value in trend.points:
            rows.append([trend.label, trend.unit, day.isoformat(), Decimal(value).scaleb(-trend.element.places)])
    title = _COURSES.in_language(language)
    return Table(title, title, [words.in_language(language) for words in (_ITEM, _UNIT, _DAY, _VALUE)], rows)


def _growth(plotted: Plotted, language: str) -> Table:
    """The person's points, then the standard's: a column a curve."""
    chart, drawn = plotted.chart, plotted.drawn
    names = list(drawn.curves)
    title = f"{chart.name.in_language(language)} {chart.unit}"
    headings = [_DAY.in_language(language), chart.axis.in_language(language), _MEASURED.in_language(language), *names]
    rows: list[list[Cell]] = [[day.isoformat(), at, value] for day, at, value in drawn.points]
    curves = {name: dict(line) for name, line in drawn.curves.items()}
    for at in sorted({at for line in curves.values() for at in line}):
        rows.append([None, at, None, *(curves[name].get(at) for name in names)])
    return Table(chart.name.in_language(language), title, headings, rows)
