"""What a page is asked for: an organisation within the reader's scope, and a period."""

from calendar import month_abbr, month_name
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from taizhang.config import home
from taizhang.county.models import Staff
from taizhang.county.organisations import OrganisationTree, tree_on
from taizhang.county.scopes import organisations_for
from taizhang.kernel.periods import Period, PeriodError, month_end
from taizhang.kernel.text import Text

UNREADABLE = Text(
    "时段“{text}”无法识别，已改用{period}。可写 2026-06、2026Q2、2026H1、2026、2026-01..2026-10。",
    "“{text}” is no period; {period} is shown. Write 2026-06, 2026Q2, 2026H1, 2026 or 2026-01..2026-10.",
)
AHEAD = Text("{text}尚未开始，已改用{period}。", "{text} has not begun; {period} is shown.")
OUTSIDE = Text("截止日{text}不在时段之内，已忽略。", "The cut-off {text} lies outside the period and was left out.")
_QUARTERS = "一二三四"


def default_period(day: date) -> Period:
    """The complete months of this year so far; before the end of January, last year. Monthly returns tile whole months only."""
    months = day.month if day == month_end(day.year, day.month) else day.month - 1
    return Period.months(day.year, 1, months) if months else Period.of_year(day.year - 1)


@dataclass(frozen=True)
class Asked:
    """A reader, an organisation that the reader may view, a period. note: what was wrong with the period asked for, if anything."""

    staff: Staff
    day: date
    tree: OrganisationTree
    organisation: str
    period: Period
    language: str
    note: str = ""

    @cached_property
    def viewable(self) -> frozenset[str]:
        return frozenset(organisations_for(self.staff, "view", self.tree))

    @property
    def name(self) -> Text:
        return self.tree.name(self.organisation)

    @property
    def path(self) -> list[tuple[str, Text]]:
        """From the top of the reader's scope down to the organisation."""
        return [(code, self.tree.name(code)) for code in self.tree.path(self.organisation) if code in self.viewable]

    @property
    def query(self) -> str:
        return urlencode({"period": str(self.period)})


def asked(request: HttpRequest, organisation: str | None = None) -> Asked:
    """Raises Http404 for an organisation that is unknown or outside the reader's scope: the two are told apart to nobody."""
    staff = request.user
    assert isinstance(staff, Staff)
    day = home.current().working_day()
    tree = tree_on(day)
    viewable = organisations_for(staff, "view", tree)
    place = tree.present(organisation) if organisation is not None else _start(staff, tree, viewable)
    if place is None or place not in viewable:
        raise Http404
    language = request.language  # type: ignore[attr-defined]
    period, note = read_period(request, day, language)
    made = Asked(staff, day, tree, place, period, language, note)
    made.__dict__["viewable"] = frozenset(viewable)
    return made


def _start(staff: Staff, tree: OrganisationTree, viewable: tuple[str, ...]) -> str | None:
    """Where a reader begins: the county for those who may view it, else the own organisation."""
    return tree.root if tree.root in viewable else tree.present(staff.organisation_id)


def read_period(request: HttpRequest, day: date, language: str) -> tuple[Period, str]:
    """From ?period=, or from the chooser's ?year= and ?span=, and ?cutoff=."""
    fallback = default_period(day)
    written = request.GET.get("period", "").strip()[:40]
    if not written and request.GET.get("year") and request.GET.get("span"):
        written = span_text(request.GET["year"][:4], request.GET["span"][:6])
    if not written:
        return fallback, ""
    named = fallback.name.in_language(language)
    try:
        period = Period.parse(written)
        if not 1990 <= period.start.year <= period.end.year <= 2100:
            raise PeriodError(written)
    except PeriodError:
        return fallback, UNREADABLE.in_language(language).format(text=written, period=named)
    if period.start > day:
        return fallback, AHEAD.in_language(language).format(text=period.name.in_language(language), period=named)
    note = ""
    if cutoff := request.GET.get("cutoff", "").strip()[:10]:
        try:
            period = period.at(date.fromisoformat(cutoff))
        except ValueError:  # a PeriodError is one too
            note = OUTSIDE.in_language(language).format(text=cutoff)
    return period.known_on(day), note


def span_text(year: str, span: str) -> str:
    """The chooser's span as a period's text: Y, H1, Q2, M6, C10 (January to October)."""
    kind, number = span[:1], span[1:]
    if kind == "Y":
        return year
    if kind == "M":
        return f"{year}-{number}"
    return f"{year}-01..{year}-{number}" if kind == "C" else f"{year}{span}"


def span_of(period: Period) -> str:
    """Back: which choice of the chooser the period is; "" for any other days."""
    kind, month = period.kind, period.start.month
    if kind == "year":
        return "Y"
    if kind == "half":
        return "H1" if month == 1 else "H2"
    if kind == "quarter":
        return f"Q{(month + 2) // 3}"
    if kind == "month":
        return f"M{month}"
    return f"C{period.end.month}" if kind == "months" and month == 1 else ""


def spans(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The chooser's choices in groups."""
    groups = [
        (
            Text("年与半年", "Year and halves"),
            [("Y", Text("全年", "Whole year")), ("H1", Text("上半年", "First half")), ("H2", Text("下半年", "Second half"))],
        ),
        (Text("累计", "Cumulative"), [(f"C{n}", Text(f"1–{n}月", f"Jan–{month_abbr[n]}")) for n in (2, 4, 5, 7, 8, 9, 10, 11)]),
        (Text("季度", "Quarters"), [(f"Q{n}", Text(f"{_QUARTERS[n - 1]}季度", f"Quarter {n}")) for n in range(1, 5)]),
        (Text("月", "Months"), [(f"M{n}", Text(f"{n}月", month_name[n])) for n in range(1, 13)]),
    ]
    return [(label.in_language(language), [(code, name.in_language(language)) for code, name in choices]) for label, choices in groups]


def chooser(ask: Asked) -> dict[str, object]:
    """What the period chooser shows."""
    years = range(ask.day.year, ask.day.year - 4, -1)
    return {
        "years": sorted({*years, ask.period.start.year}, reverse=True),
        "year": ask.period.start.year,
        "spans": spans(ask.language),
        "span": span_of(ask.period),
        "cutoff": ask.period.cutoff.isoformat() if ask.period.cutoff not in (ask.period.end, ask.day) else "",
        "latest": min(ask.period.end, ask.day).isoformat(),
    }
