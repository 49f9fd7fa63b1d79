"""What returns say about a period: pure functions over cells, without Django and without a clock.

A flow over a period is the cell of exactly that period, else disjoint cells that tile it, else not reported. A stock is the
cell that ends where the period does. A rate without counts belongs to its exact period and organisation, and is never rolled
up. A plan is the year's. A zero that was reported is a zero; what nobody reported is none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Protocol

from taizhang.kernel.forms import Form, FormElement, Kind, Scope
from taizhang.kernel.indicators import Cell, Reported, Status
from taizhang.kernel.parameters import as_decimal
from taizhang.kernel.periods import Period
from taizhang.kernel.text import Text

COUNTED_STATES = ("submitted", "accepted")
_A_DAY = timedelta(days=1)
# A unit is expected to report what it reported for some time within a year before the period; longer silence has ended the duty.
_EXPECTATION = timedelta(days=366)


class Tree(Protocol):
    """What rolling up needs of the organisation tree."""

    def children(self, code: str) -> Collection[str]: ...
    def descendants(self, code: str) -> Collection[str]: ...


@dataclass(frozen=True, slots=True)
class ReportedCell:
    """A cell as the ledger has it. It covers the days from its period's start to the day it was known on."""

    id: int
    organisation: str
    category: str
    start: date
    end: date
    as_of: date
    value: int
    precision: int | None
    qualifier: str

    @property
    def span(self) -> tuple[date, date]:
        return self.start, min(self.end, self.as_of)


@dataclass(frozen=True, slots=True)
class Finding:
    """疑点: two reported numbers that cannot both be right. cells: the ids of the cells it speaks of."""

    code: str
    text: Text
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReportedValue:
    """What returns say. value: a whole number of the element's last place (`places`), None where nothing was reported.

    cells: ids of the cells used; reporters: who filed them; missing: units that were expected and have not reported. qualifier:
    the word a single cell was published with (约, 余, 多).
    """

    value: int | None
    status: Status
    places: int = 0
    cells: tuple[int, ...] = ()
    reporters: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    qualifier: str = ""

    @property
    def is_confirmed_zero(self) -> bool:
        """Every expected unit has reported, and the sum is 0. Only then may a text say 无."""
        return self.value == 0 and self.status is Status.OK


class CellIndex:
    """Counted cells of a ledger version, by form, element, category and organisation. Build it once for many questions."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """`rows`: dicts with the columns of the return_cell table; drafts and returned reports are passed over."""
        self._cells: dict[tuple[str, str, str, str], list[ReportedCell]] = defaultdict(list)
        self._categories: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._spans: dict[tuple[str, str], dict[str, list[tuple[date, date]]]] = defaultdict(lambda: defaultdict(list))
        self._reporters: dict[tuple[str, str, Period], frozenset[str]] = {}
        for row in rows:
            if row.get("state", "submitted") not in COUNTED_STATES:
                continue
            cell = ReportedCell(
                id=row["id"], organisation=row["organisation"], category=row.get("category") or "", start=row["period_start"],
                end=row["period_end"], as_of=row.get("as_of") or row["period_end"], value=row["value"], precision=row.get("precision"),
                qualifier=row.get("qualifier") or "",
            )
            self._cells[row["form"], row["element"], cell.category, cell.organisation].append(cell)
            self._categories[row["form"], row["element"]].add(cell.category)
            self._spans[row["form"], row["element"]][cell.organisation].append((cell.start, cell.end))

    def at(self, form: str, element: str, category: str, organisation: str) -> list[ReportedCell]:
        return self._cells.get((form, element, category, organisation), [])

    def categories(self, form: str, element: str) -> list[str]:
        """Rows in which anyone ever reported this element, the form's own row ("") apart, sorted."""
        return sorted(self._categories.get((form, element), set()) - {""})

    def reporters(self, form: str, element: str, period: Period) -> frozenset[str]:
        """Who is expected to report: whoever reported this element for days within the period or the year before it."""
        key = (form, element, period)
        if key not in self._reporters:
            since = period.start - _EXPECTATION
            spans = self._spans.get((form, element), {})
            found = frozenset(o for o, known in spans.items() if any(start <= period.end and end >= since for start, end in known))
            self._reporters[key] = found
        return self._reporters[key]


def reported_value(
    cells: CellIndex | Iterable[Mapping[str, Any]], cell: Cell, organisation: str, period: Period, form: Form, *,
    tree: Tree | None = None, expected: Collection[str] | None = None, sum_rows: bool = False,
) -> ReportedValue:
    """The value of `cell` for `organisation` and `period`.

    tree: without it only the organisation's own return counts. expected: the units that should have reported (by default
    those that did within the year before). sum_rows: for a cell without category, take the total row, else the sum of rows.
    """
    index = cells if isinstance(cells, CellIndex) else CellIndex(cells)
    element = form.element(cell.element)
    duty = index.reporters(form.code, element.code, period) if expected is None else frozenset(expected)
    question = _Question(index, form, element, cell.category, period, duty, sum_rows)
    if tree is None or element.kind is Kind.RATE:
        found = question.own(organisation) or _Answer(missing=(organisation,) if organisation in duty else ())
    else:
        found = question.area(organisation, tree) if form.scope is Scope.AREA else question.summed(tree.descendants(organisation))
    return found.as_value(element)


@dataclass(frozen=True, slots=True)
class ReportedParts:
    """Numerator and denominator of an indicator (or its rate without counts) as returns have them."""

    numerator: ReportedValue | None = None
    denominator: ReportedValue | None = None
    rate: ReportedValue | None = None

    @property
    def status(self) -> Status:
        """The weakest of its parts."""
        if self.rate is not None:
            return self.rate.status
        parts = [p.status for p in (self.numerator, self.denominator) if p is not None]
        order = (Status.NOT_REPORTED, Status.PARTIAL, Status.OK)
        return next(status for status in order if status in parts)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(f for p in (self.numerator, self.denominator, self.rate) if p is not None for f in p.findings)


def reported_parts(
    cells: CellIndex, reported: Reported, organisation: str, period: Period, forms: Mapping[str, Form], *,
    tree: Tree | None = None, category: str = "", expected: Collection[str] | None = None,
) -> ReportedParts:
    """What returns say of an indicator, for one category of it (empty: the total). A denominator that is a named population is
    left to the caller."""

    def read(cell: Cell) -> ReportedValue:
        asked = Cell(cell.form, cell.element, category or cell.category)
        sum_rows = reported.by_category and not category
        return reported_value(cells, asked, organisation, period, forms[cell.form], tree=tree, expected=expected, sum_rows=sum_rows)

    return ReportedParts(
        numerator=read(reported.numerator) if reported.numerator else None,
        denominator=read(reported.denominator) if isinstance(reported.denominator, Cell) else None,
        rate=read(reported.rate) if reported.rate else None,
    )


def categories_of(cells: CellIndex, reported: Reported, forms: Mapping[str, Form]) -> list[tuple[str, Text]]:
    """The categories an indicator is shown by: the form's rows without its total; for open rows, the names reported."""
    cell = reported.numerator
    if not reported.by_category or cell is None:
        return []
    form = forms[cell.form]
    if form.open_categories:
        return [(name, Text(name, name)) for name in cells.categories(form.code, cell.element) if name != form.total]
    seen = cells.categories(form.code, cell.element)
    return [(c.code, c.name) for c in form.categories if c.code != form.total and c.code in seen]


def tile(spans: Iterable[tuple[date, date]], start: date, end: date) -> list[tuple[date, date]] | None:
    """The fewest disjoint spans that cover start..end without gap or overlap, longest first among equals; None where none do."""
    best: dict[date, tuple[int, tuple[date, date]]] = {}  # first day -> pieces from there to the end, and the first of them
    for span in sorted({s for s in spans if start <= s[0] <= s[1] <= end}, reverse=True):
        first, last = span
        following = last + _A_DAY
        rest = 0 if last == end else best[following][0] if following in best else None
        if rest is not None and (first not in best or rest + 1 < best[first][0]):
            best[first] = (rest + 1, span)
    if start not in best:
        return None
    pieces = []
    day = start
    while day <= end:
        span = best[day][1]
        pieces.append(span)
        day = span[1] + _A_DAY
    return pieces


@dataclass(frozen=True, slots=True)
class _Answer:
    value: int | None = None
    cells: tuple[int, ...] = ()
    reporters: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    qualifier: str = ""
    partial: bool = False

    def as_value(self, element: FormElement) -> ReportedValue:
        if self.value is None:
            status = Status.NOT_REPORTED
        elif self.missing or self.partial:
            status = Status.PARTIAL
        else:
            status = Status.RATE_ONLY if element.kind is Kind.RATE else Status.OK
        return ReportedValue(
            self.value, status, element.places, tuple(sorted(set(self.cells))), self.reporters, tuple(sorted(set(self.missing))),
            self.findings, self.qualifier,
        )


_SILENCE = _Answer()  # nothing reported, and nobody expected to


def _sum(answers: Collection[_Answer], *, missing: tuple[str, ...] = (), findings: tuple[Finding, ...] = ()) -> _Answer:
    """The sum of what was reported; the qualifier stays only where one answer stands alone."""
    given = [a for a in answers if a.value is not None]
    return _Answer(
        value=sum(a.value for a in given if a.value is not None) if given else None,
        cells=tuple(c for a in given for c in a.cells),
        reporters=tuple(dict.fromkeys(r for a in given for r in a.reporters)),
        missing=(*missing, *(m for a in answers for m in a.missing)),
        findings=(*findings, *(f for a in answers for f in a.findings)),
        qualifier=given[0].qualifier if len(given) == 1 else "",
        partial=any(a.partial for a in given),
    )


@dataclass(frozen=True, slots=True)
class _Question:
    index: CellIndex
    form: Form
    element: FormElement
    category: str
    period: Period
    duty: frozenset[str]
    sum_rows: bool

    # -- one organisation ------------------------------------------------------------------------------------------

    def own(self, organisation: str) -> _Answer | None:
        """What the organisation's own returns say; None where they say nothing."""
        if self.category or not self.sum_rows:
            return self._cell(organisation, self.category)
        total = self._cell(organisation, self.form.total) if self.form.total else None
        total = total or self._cell(organisation, "")
        rows, unreported = self._rows(organisation)
        if total is None:
            if not rows:
                return None
            return replace(_sum(rows, findings=self._missing_rows(unreported)), partial=bool(unreported))
        summed = _sum(rows)
        if rows and not unreported and summed.value != total.value:
            finding = self._finding(
                "total_row", f"合计{self._show(total.value)}与各行之和{self._show(summed.value)}不等，请核对后更正其中一处。",
                f"the total {self._show(total.value)} differs from the sum of its rows {self._show(summed.value)}; correct one of them.",
                (*total.cells, *summed.cells),
            )
            return _sum([total], findings=(finding,))
        return total

    def _rows(self, organisation: str) -> tuple[list[_Answer], list[str]]:
        """The answers of the rows other than the total, and the declared rows that have none."""
        declared = [c.code for c in self.form.categories if c.code != self.form.total]
        seen = [c for c in self.index.categories(self.form.code, self.element.code) if c != self.form.total]
        used = seen if self.form.open_categories else [code for code in declared if code in seen]
        answers = {code: self._cell(organisation, code) for code in used}
        return [a for a in answers.values() if a is not None], [code for code, a in answers.items() if a is None and code in declared]

    def _missing_rows(self, unreported: list[str]) -> tuple[Finding, ...]:
        if not unreported:
            return ()
        names = [c.name for c in self.form.categories if c.code in unreported]
        return (
            self._finding(
                "missing_rows", f"合计未含未报的行：{'、'.join(n.zh for n in names)}，请补报。",
                f"the total lacks the rows not reported: {', '.join(n.en for n in names)}; report them.", (),
            ),
        )

    def _cell(self, organisation: str, category: str) -> _Answer | None:
        cells = self.index.at(self.form.code, self.element.code, category, organisation)
        if not cells:
            return None
        match self.element.kind:
            case Kind.FLOW:
                return self._flow(cells)
            case Kind.STOCK:
                cutoff = self.period.cutoff
                return self._latest([c for c in cells if c.as_of == cutoff or (c.end == self.period.end and c.as_of < cutoff)])
            case Kind.RATE:
                return self._latest([c for c in cells if c.span == (self.period.start, self.period.cutoff)])
            case Kind.PLAN:
                return self._latest([c for c in cells if (c.start, c.end) == (self.period.year_start, self.period.year_end)])

    def _flow(self, cells: list[ReportedCell]) -> _Answer | None:
        by_span: dict[tuple[date, date], list[ReportedCell]] = defaultdict(list)
        for cell in cells:
            span = cell.span
            if self.period.start <= span[0] and span[1] <= self.period.cutoff:
                by_span[span].append(cell)
        pieces = tile(by_span, self.period.start, self.period.cutoff)
        if pieces is None:
            return None
        answers = [answer for piece in pieces if (answer := self._latest(by_span[piece])) is not None]
        findings = tuple(f for piece in pieces for f in self._contradictions(by_span, piece))
        return _sum(answers, findings=findings)

    def _contradictions(self, by_span: dict[tuple[date, date], list[ReportedCell]], piece: tuple[date, date]) -> Iterator[Finding]:
        """Where a cell and the cells that tile its days are both reported and unequal; then the same within those."""
        within = {s: cells for s, cells in by_span.items() if s != piece and piece[0] <= s[0] and s[1] <= piece[1]}
        parts = tile(within, *piece) if within else None
        if parts is None:
            return
        whole = self._latest(by_span[piece])
        summed = _sum([a for part in parts if (a := self._latest(by_span[part])) is not None])
        if whole is not None and whole.value != summed.value:
            named = Period(*piece).name
            yield self._finding(
                "periods_differ",
                f"{named.zh}报{self._show(whole.value)}，其间分期报表合计{self._show(summed.value)}，请核对后更正其中一处。",
                f"{named.en} was reported as {self._show(whole.value)}, its parts sum to {self._show(summed.value)}; correct one of them.",
                (*whole.cells, *summed.cells),
            )
        for part in parts:
            yield from self._contradictions(within, part)

    def _latest(self, cells: list[ReportedCell]) -> _Answer | None:
        """One cell out of several for the same days: known latest, then of a period that has ended, then filed last."""
        if not cells:
            return None
        chosen = max(cells, key=lambda c: (c.as_of, (c.start, c.end) == (self.period.start, self.period.end), c.end == c.as_of, c.id))
        rivals = [c for c in cells if c.as_of == chosen.as_of and c.value != chosen.value]
        findings = tuple(
            self._finding(
                "same_days", f"同一截至日的两份报表分别为{self._show(chosen.value)}和{self._show(rival.value)}，请更正其中一份。",
                f"two returns as of the same day say {self._show(chosen.value)} and {self._show(rival.value)}; correct one of them.",
                (chosen.id, rival.id),
            )
            for rival in sorted(rivals, key=lambda c: c.id)
        )
        return _Answer(chosen.value, (chosen.id,), (chosen.organisation,), findings=findings, qualifier=chosen.qualifier)

    # -- over organisations ------------------------------------------------------------------------------------------

    def summed(self, organisations: Collection[str]) -> _Answer:
        """Own figures add up; who is expected and silent is named."""
        answers = {code: self.own(code) for code in organisations}
        missing = tuple(code for code, answer in answers.items() if answer is None and code in self.duty)
        return _sum([a for a in answers.values() if a is not None], missing=missing)

    def area(self, organisation: str, tree: Tree) -> _Answer:
        """The organisation's own report for its area; where it filed none, the sum of the areas below it. Where both are there and
        differ, the difference is listed."""
        own = self.own(organisation)
        answers = [answer for child in tree.children(organisation) if (answer := self.area(child, tree)) is not _SILENCE]
        if not answers and own is not None:
            return own
        if not answers and organisation not in self.duty:
            return _SILENCE  # most places below a county never file most forms
        below = _sum(answers)
        if own is None:
            return _sum([below], missing=(organisation,) if organisation in self.duty else ())
        if below.value is None or below.missing or below.partial or below.value == own.value:
            return own
        difference = self._show(abs((own.value or 0) - below.value))
        finding = self._finding(
            "area_differs", f"本级报{self._show(own.value)}，下级合计{self._show(below.value)}，相差{difference}，请核对。",
            f"its own report says {self._show(own.value)}, the units below sum to {self._show(below.value)}; check both.",
            (*own.cells, *below.cells),
        )
        return _sum([own], findings=(finding,))

    # -- wording -------------------------------------------------------------------------------------------------------

    def _show(self, value: int | None) -> str:
        return "" if value is None else f"{as_decimal(value, self.element.places)}{self.element.unit}"

    def _finding(self, code: str, zh: str, en: str, cells: tuple[int, ...]) -> Finding:
        where = Text(f"《{self.form.name.zh}》{self.element.name.zh}", f"{self.form.name.en}, {self.element.name.en}")
        return Finding(code, Text(f"{where.zh}：{zh}", f"{where.en}: {en}"), cells)
