"""Which return a page is about: form, unit and period from its address, and what its reader may do there."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest
from django.urls import reverse

from taizhang.county.models import Staff
from taizhang.kernel.forms import Form
from taizhang.kernel.periods import Period, PeriodError
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.returns.duties import deadline
from taizhang.returns.filling import EDITABLE, find
from taizhang.returns.models import Return, State
from taizhang.returns.tiers import may_fill, may_read, may_review
from taizhang.web.asking import Asked, asked

STATES = {
    State.DRAFT: Text("草稿", "draft"),
    State.SUBMITTED: Text("已上报", "handed in"),
    State.RETURNED: Text("已退回", "sent back"),
    State.ACCEPTED: Text("已审核", "accepted"),
}
NEVER = Text("未填报", "not begun")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One return as its reader meets it. report: None while nobody has begun it."""

    ask: Asked
    form: Form
    report: Return | None
    deadline: date | None
    readable: bool
    fills: bool
    reviews: bool

    @property
    def period(self) -> Period:
        return self.ask.period

    @property
    def organisation(self) -> str:
        return self.ask.organisation

    @property
    def language(self) -> str:
        return self.ask.language

    @property
    def state(self) -> str:
        return self.report.state if self.report else ""

    @property
    def state_name(self) -> Text:
        return STATES[State(self.report.state)] if self.report else NEVER

    @property
    def editable(self) -> bool:
        return self.fills and (self.report is None or self.report.state in EDITABLE)

    @property
    def running(self) -> bool:
        """The period is not over, so that its numbers can only be those so far."""
        return self.editable and self.period.end > self.ask.day

    @property
    def overdue(self) -> bool:
        return self.deadline is not None and self.ask.day > self.deadline

    def url(self, name: str = "return") -> str:
        return reverse(name, args=[self.form.code, self.organisation, str(self.period)])


def ready(request: HttpRequest) -> Staff:
    """The reader, with scopes read once for all questions a page asks of them."""
    staff = request.user
    assert isinstance(staff, Staff)
    prefetch_related_objects([staff], "scopes")
    return staff


def sheet(request: HttpRequest, form: str, organisation: str, period: str) -> Sheet:
    """Raises Http404 for a form or period that is none, a period that has not begun, and a unit outside the reader's scope."""
    staff = ready(request)
    known = registry.forms.get(form)
    ask = asked(request, organisation)
    if known is None:
        raise Http404
    try:
        days = Period.parse(period[:40])
    except PeriodError:
        raise Http404 from None
    if days.start > ask.day or days.start.year < 1990:
        raise Http404
    ask = replace(ask, period=Period(days.start, days.end), note="")
    report = find(known, ask.organisation, ask.period)
    return Sheet(
        ask=ask,
        form=known,
        report=report,
        deadline=deadline(ask.period, registry.parameters),
        readable=may_read(staff, known, ask.organisation, ask.tree),
        fills=may_fill(staff, known, ask.organisation, ask.tree),
        reviews=may_review(staff, known, ask.organisation, ask.tree, submitted_by=report.submitted_by if report else ""),
    )
