"""Everything that stands about one resident, read once for the whole page: by register, of every line of work that the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import connection, models

from taizhang.county.fields import element_of
from taizhang.county.models import Residency
from taizhang.county.reach import is_about_residents, may_open, model_of
from taizhang.county.recording import Record, StoredRecord
from taizhang.kernel.duties import Person
from taizhang.kernel.elements import Element, ElementType
from taizhang.kernel.paper import PaperForm
from taizhang.kernel.registers import Asking, Chart, Drawn, Register
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.addresses import address_ending
from taizhang.web.people.asking import Reader
from taizhang.web.registers.asking import Opened, label_of
from taizhang.web.registers.showing import Shown, worded
from taizhang.web.units import unit_in

PAGE = 25
_CHARTS, _IN_A_CHART, _COLUMNS = 4, 3, 6
_OFTEN = 3  # measurements, from which on one speaks of a course
_STILL = 100  # what moves by less than a hundredth of itself (a grown-up's height, the weight at birth) is no course to draw
_YES, _NO = Text("是", "Yes"), Text("否", "No")
MOVED_IN = Text("迁入", "Moved in")
MOVED_OUT = Text("迁出", "Moved out")
HOUSEHOLD = Text("居住", "Residence")


@dataclass(frozen=True, slots=True)
class Event:
    """Something done, on the timeline. facts: what a list of the register shows of it; outcome: what the rules made of it."""

    day: date
    programme: Text
    name: Text
    organisation: str
    facts: list[Shown]
    outcome: list[str]
    url: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the latest record of a register says of the person: the class, when the next is due."""

    name: Text
    day: date
    facts: list[Shown]


@dataclass(frozen=True, slots=True)
class Trend:
    """An element measured over time, oldest first."""

    element: Element
    points: list[tuple[date, int]]
    section: Text | None
    language: str

    @property
    def label(self) -> str:
        return self.element.label.in_language(self.language)

    @property
    def unit(self) -> str:
        return unit_in(self.element.unit, self.language) if self.element.unit else ""

    @property
    def moves(self) -> bool:
        values = [value for _, value in self.points]
        return (max(values) - min(values)) * _STILL > max(abs(value) for value in values)

    @property
    def shown(self) -> list[tuple[date, str]]:
        """The last few, printed."""
        return [(day, self.element.show(value)) for day, value in self.points[-_COLUMNS:]]

    @property
    def data(self) -> str:
        """For a chart: 2026-02-03=138;2026-05-04=142."""
        return ";".join(f"{day.isoformat()}={Decimal(value).scaleb(-self.element.places)}" for day, value in self.points)


@dataclass(frozen=True, slots=True)
class Plotted:
    """A declared chart of the person, as the page draws it and tells it in a table."""

    chart: Chart
    drawn: Drawn

    @property
    def curves(self) -> list[tuple[str, str]]:
        """By name, for a chart: 0=3.3;1=4.5."""
        return [(name, ";".join(f"{x}={value}" for x, value in line)) for name, line in self.drawn.curves.items()]

    @property
    def points(self) -> str:
        return ";".join(f"{x}={value}" for _, x, value in self.drawn.points)

    @property
    def until(self) -> int:
        """How far the axis goes: some months past the last point, in whole years."""
        return (int(max(x for _, x, _ in self.drawn.points)) // 12 + 1) * 12


def _tables_with(resident: int) -> set[str]:
    """The ledger tables in which something stands about the resident. Asked at once: of fifty a person stands in five."""
    places = {c.table: apps.get_model(c.model)._meta.db_table for c in registry.contracts.values() if c.about_residents}
    each = [
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(place)} WHERE resident_id = %s)"
        for table, place in places.items()
        if table != "resident"
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each), [resident] * len(each))
        return {table for (table,) in cursor.fetchall()}


@dataclass(frozen=True)
class History:
    """A resident's records by register, the latest first, of those registers that the reader may open. One query for where there are any,
    one for each of those, one for the places lived in. empty: the ledger tables in which nothing stands about the resident."""

    asks: Reader
    resident: int
    records: dict[str, list[StoredRecord]]
    residencies: list[Residency]
    empty: frozenset[str]

    @classmethod
    def read(cls, asks: Reader, resident: int) -> History:
        there = _tables_with(resident)
        found = {r.code: rows for r in registers_for(asks) if r.table in there and (rows := _records(model_of(r), resident))}
        residencies = list(Residency.objects.filter(resident=resident).order_by("-started_on"))
        return cls(asks, resident, found, residencies, frozenset(registry.contracts) - there - {"resident"})

    @property
    def by_table(self) -> dict[str, Sequence[models.Model]]:
        """What was read, by ledger table: all that stands there about the resident."""
        read: dict[str, Sequence[models.Model]] = {registry.registers[code].table: rows for code, rows in self.records.items()}
        return read | dict.fromkeys(self.empty, ()) | {"residency": self.residencies}

    @property
    def managed(self) -> str | None:
        """The organisation that manages the resident today."""
        day = self.asks.day
        current = (r for r in self.residencies if r.started_on <= day and (r.ended_on is None or r.ended_on >= day))
        return next((residency.organisation_id for residency in current), None)

    # -- the timeline --------------------------------------------------------------------------------------------------

    @cached_property
    def _order(self) -> list[tuple[date, int, Register | None, StoredRecord | tuple[Text, str]]]:
        everything: list[tuple[date, int, Register | None, StoredRecord | tuple[Text, str]]] = []
        for code, rows in self.records.items():
            register = registry.registers[code]
            everything += [(getattr(row, row.DAY), row.pk, register, row) for row in rows]
        for place in self.residencies:
            everything.append((place.started_on, 0, None, (MOVED_IN, place.organisation_id)))
            if place.ended_on is not None:
                everything.append((place.ended_on, 0, None, (MOVED_OUT, place.organisation_id)))
        return sorted(everything, key=lambda each: each[:2], reverse=True)

    @property
    def count(self) -> int:
        return len(self._order)

    def page(self, after: int) -> list[Event]:
        """The events from the one with this place on, newest first."""
        return [self._event(*each) for each in self._order[after : after + PAGE]]

    def _event(self, day: date, _: int, register: Register | None, row: StoredRecord | tuple[Text, str]) -> Event:
        if register is None or isinstance(row, tuple):
            assert isinstance(row, tuple)
            return Event(day, HOUSEHOLD, row[0], self.asks.name(row[1]), [], [])
        opened = self._opened(register)
        shown = [
            Shown(column.label, worded(opened, column.field, getattr(row, column.field)))
            for column in register.columns
            if column.in_list and column.element is not None and column.field != row.DAY
        ]
        outcome = [_class_of(row, n, self.asks.language) for n in register.outcome if _is_class(row, n)]
        programme = registry.programmes.get(register.programme)
        paper = paper_of(register)
        return Event(
            day,
            programme.name if programme else register.name,
            register.name,
            self.asks.name(row.organisation_id),
            [each for each in shown if each.text],
            [each for each in outcome if each],
            address_ending("register-record", register.code, row.pk),
            address_ending("paper", register.code, row.pk) if paper else "",
        )

    def _opened(self, register: Register) -> Opened:
        return Opened(self.asks.staff, register, self.asks.day, self.asks.tree, self.asks.language)

    # -- where the person stands ----------------------------------------------------------------------------------------

    @property
    def standing(self) -> list[Standing]:
        """By register, what the rules make of the latest record."""
        found = []
        for code, rows in self.records.items():
            register, latest = registry.registers[code], rows[0]
            if register.outcome:
                opened = self._opened(register)
                facts = [Shown(label_of(register, opened.model, n), worded(opened, n, getattr(latest, n))) for n in register.outcome]
                facts = [each for each in facts if each.text]
                if facts:
                    found.append(Standing(register.name, getattr(latest, latest.DAY), facts))
        return found

    # -- what prints ----------------------------------------------------------------------------------------------------

    @property
    def papers(self) -> list[tuple[Text, date, str]]:
        """The national forms of the latest records: name, day, address."""
        found = []
        for code, rows in self.records.items():
            paper = paper_of(registry.registers[code])
            if paper is not None:
                found.append((paper.name, getattr(rows[0], rows[0].DAY), address_ending("paper", code, rows[0].pk)))
        return found

    # -- trends ---------------------------------------------------------------------------------------------------------

    @cached_property
    def trends(self) -> list[Trend]:
        """Every number that some register measures at each visit and that stands here twice; the most often measured first."""
        points: dict[str, dict[date, int]] = {}
        elements: dict[str, tuple[Element, Text | None]] = {}
        for code, rows in self.records.items():
            for column in registry.registers[code].columns:
                element = column.element
                if element is None or element.type is not ElementType.NUMBER or column.asking is not Asking.MEASURED:
                    continue
                elements.setdefault(element.name, (element, column.section))
                for row in rows:
                    value = getattr(row, column.field)
                    if value is not None:
                        points.setdefault(element.name, {}).setdefault(getattr(row, row.DAY), value)
        found = [Trend(*_with(elements[name], points[name]), self.asks.language) for name in elements if len(points.get(name, ())) > 1]
        return sorted(found, key=lambda trend: -len(trend.points))

    def plotted(self, person: Person) -> list[Plotted]:
        """The charts that the registers declare, each drawn of all their records."""
        rows: dict[int, list[tuple[date, int, dict[str, Any]]]] = {}
        charts: dict[int, Chart] = {}
        for code, records in self.records.items():
            for chart in registry.registers[code].charts:
                charts[id(chart)] = chart
                own = ((getattr(r, r.DAY), r.pk, {f.name: getattr(r, f.attname) for f in r._meta.concrete_fields}) for r in records)
                rows.setdefault(id(chart), []).extend(own)
        found = []
        for key, chart in charts.items():
            ordered = [row for _, _, row in sorted(rows[key], key=lambda each: each[:2])]
            drawn = chart.draw(person, ordered)
            if drawn is not None and drawn.points:
                found.append(Plotted(chart, drawn))
        return found

    @property
    def followed(self) -> list[Trend]:
        """Those measured often enough to show a course."""
        return [trend for trend in self.trends if len(trend.points) >= _OFTEN]

    @property
    def widest(self) -> int:
        """How many values the longest row of the table has."""
        return max((len(trend.shown) for trend in self.followed), default=0)

    @property
    def seldom(self) -> list[Trend]:
        return [trend for trend in self.trends if len(trend.points) < _OFTEN]

    @property
    def charts(self) -> list[list[Trend]]:
        """What is drawn together: the same unit, measured about as often."""
        groups: list[list[Trend]] = []
        for trend in self.trends:
            if not trend.moves:
                continue
            near = next(
                (g for g in groups if g[0].element.unit == trend.element.unit and len(g) < _IN_A_CHART
                 and 2 * len(trend.points) >= len(g[0].points) and g[0].section == trend.section),
                None,
            )  # fmt: skip
            if near is not None:
                near.append(trend)
            elif len(trend.points) >= _OFTEN:
                groups.append([trend])
        return groups[:_CHARTS]


def _records(model: type[StoredRecord], resident: int) -> list[StoredRecord]:
    """The resident's records of a kind, the latest first. In words of our own: to put the question together takes Django longer than the
    database takes to answer it."""
    table = connection.ops.quote_name(model._meta.db_table)
    rows = model._default_manager.raw(f"SELECT * FROM {table} WHERE resident_id = %s", [resident])
    return sorted(rows, key=lambda row: (getattr(row, row.DAY), row.pk), reverse=True)


def _is_class(row: StoredRecord, name: str) -> bool:
    """Whether what the rules made of a record is a class out of a list; the first such is said beside its name."""
    stored: models.Field[Any, Any] = row._meta.get_field(name)  # type: ignore[assignment]
    element = element_of(stored)
    return element is not None and element.type is ElementType.CODE and not name.startswith("due_")


def _class_of(row: StoredRecord, name: str, language: str) -> str:
    """The class in a word. Of a question answered by yes or no (a constitution) only what it is: 阳虚质, 气虚质（倾向是）."""
    stored: models.Field[Any, Any] = row._meta.get_field(name)  # type: ignore[assignment]
    element, code = element_of(stored), getattr(row, name)
    if element is None or not code:
        return ""
    words, answers = element.show(code, language), dict(element.codes)
    if _NO not in answers.values():
        return words
    label = element.label.in_language(language)
    if answers[code] in (_YES, _NO):
        return label if answers[code] == _YES else ""
    return f"{label}（{words}）" if language == "zh" else f"{label} ({words})"


def _with(element: tuple[Element, Text | None], points: dict[date, int]) -> tuple[Element, list[tuple[date, int]], Text | None]:
    return element[0], sorted(points.items()), element[1]


def registers_for(asks: Reader) -> Sequence[Register]:
    """The registers about residents whose persons the reader may see, in the order of their lines of work."""
    found: Iterable[Register] = (r for r in registry.registers.values() if is_about_residents(r) and may_open(asks.staff, r))
    return sorted(found, key=_place)


def _place(register: Register) -> int:
    programme = registry.programmes.get(register.programme)
    return programme.order if programme else 9_999


def paper_of(register: Register) -> PaperForm | None:
    return next((paper for paper in registry.papers.values() if paper.register == register.code), None)


def record_of(register: Register, pk: int) -> Record | None:
    record = model_of(register)._default_manager.filter(pk=pk).first()
    return record if isinstance(record, Record) else None
