"""Drafts 工作稿: opened for an organisation, kind and period; approved when nothing is open; published."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from taizhang.county import audit
from taizhang.county.changes import acting_as
from taizhang.county.models import Organisation, Staff
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.summaries.desk import plan
from taizhang.summaries.desk.assemble import Assembled, assemble
from taizhang.summaries.desk.errors import DeskError
from taizhang.summaries.desk.kinds import Kind, kind_named
from taizhang.summaries.desk.models import Draft, DraftState, KindCode, Layout
from taizhang.summaries.desk.sections import must_be_drafting, who
from taizhang.summaries.publishing import publish as publishing
from taizhang.summaries.publishing.adding_up import SHORTEST_REASON
from taizhang.summaries.publishing.models import Publication


def open_draft(organisation: str, kind: str, period: Period, *, by: Staff | str, layout: str = Layout.NESTED, programme: str = "") -> Draft:
    """A new working draft. Refused where the kind does not take the period, or another draft of the kind covers some of its days."""
    of = kind_named(kind)
    if layout not in Layout.values:
        raise DeskError(
            Text(f"层次“{layout}”应为{'、'.join(Layout.values)}之一。", f"Layout {layout!r} is none of {', '.join(Layout.values)}.")
        )
    if not Organisation.objects.filter(pk=organisation).exists():
        raise DeskError(Text(f"没有代码为{organisation}的单位。请核对代码。", f"No organisation has the code {organisation}."))
    if not of.takes(period):
        raise DeskError(Text(
            f"{of.name.zh}的时段应是{of.periods.zh}，现为{period.name.zh}。请改时段，或改用别的文种。",
            f"A {of.name.en} is of {of.periods.en}, not {period}. Change the period or the kind.",
        ))  # fmt: skip
    if (of.code is KindCode.SPECIAL) != bool(programme):
        raise DeskError(Text("专题报告须指明一项业务，其他文种不指明。", "A special report names a line of work; no other kind does."))
    if programme and programme not in registry.programmes:
        raise DeskError(
            Text(f"没有业务“{programme}”。可用：{'、'.join(registry.programmes)}。", f"No line of work is called {programme!r}.")
        )
    _must_be_free(organisation, of, period, programme)
    with acting_as(by):
        return Draft.objects.create(
            organisation_id=organisation, kind=of.code, programme=programme, layout=layout, period_start=period.start,
            period_end=period.end, cutoff=period.cutoff, made_by=who(by),
        )  # fmt: skip


def _must_be_free(organisation: str, kind: Kind, period: Period, programme: str) -> None:
    others = Draft.objects.filter(
        organisation_id=organisation, kind=kind.code, programme=programme, period_start__lte=period.end, period_end__gte=period.start
    )
    for other in others:
        if (other.period_start, other.period_end) == (period.start, period.end):
            raise DeskError(Text(
                f"{period.name.zh}的{kind.name.zh}已有工作稿（编号{other.pk}）。请打开它，不要另建。",
                f"There is a {kind.name.en} draft of {period.name.en} already (number {other.pk}). Open that one.",
            ))  # fmt: skip
        if not kind.cumulative:
            raise DeskError(Text(
                f"{period.name.zh}与工作稿{other.pk}的时段{other.period.name.zh}重叠，同一件工作会写进两份文稿。请改时段，或先删去那一份。",
                f"{period.name.en} overlaps draft {other.pk} ({other.period.name.en}); one piece of work would stand in both.",
            ))  # fmt: skip


def approve(draft: Draft, by: Staff, *, accept_unbound: bool = False, why: str = "") -> Assembled:
    """审定: fix the document at its ledger version. Refused, with every reason, while a figure is waited for, a section is not in, numbers
    contradict each other, or typed numbers stand unanswered for. The last the approver may let stand; and contradictions, with `why` (a
    quoted figure of an upper level, say), which the audit trail keeps."""
    must_be_drafting(draft)
    made = assemble(draft)
    signed = [c.message for c in made.contradictions] if len(why.strip()) >= SHORTEST_REASON else []
    reasons = [point for point in made.open_points() if point not in signed]
    if made.unbound and not accept_unbound:
        reasons.append(made.unbound_point())
    if reasons:
        raise DeskError(Text(f"《{draft}》还不能审定：", f"{draft} cannot be approved yet:"), reasons)
    with acting_as(by), transaction.atomic():
        if not draft.plan.exists():
            plan.draft_items(draft, made.document, by=by)
        draft.state = DraftState.APPROVED
        draft.ledger_version = made.document.ledger_version
        draft.accepted_unbound = len(made.unbound)
        draft.approved_by, draft.approved_at = who(by), timezone.now()
        draft.returned_by = draft.returned_for = ""
        draft.save()
        if signed:
            audit.record(by, audit.LET_STAND, detail={"draft": draft.pk, "findings": [m.zh for m in signed], "reason": why.strip()})
    return made


def reopen(draft: Draft, by: Staff, reason: str) -> Draft:
    """退回起草: an approved draft, not a published one. The reason stands on the draft until it is approved again."""
    if draft.state != DraftState.APPROVED:
        raise DeskError(
            Text(
                f"《{draft}》{DraftState(draft.state).label}，只有已审定的才能退回起草。",
                f"{draft} is {draft.state}; only an approved one goes back.",
            )
        )
    if not reason.strip():
        raise DeskError(Text("退回起草须写明原因。", "Say why it goes back."))
    with acting_as(by):
        draft.state, draft.ledger_version, draft.approved_by, draft.approved_at = DraftState.DRAFTING, None, "", None
        draft.accepted_unbound = 0
        draft.returned_by, draft.returned_for = who(by), reason.strip()
        draft.save()
    return draft


def publish(draft: Draft, by: Staff, day: date, reasons: Mapping[str, str] | None = None) -> Publication:
    """印发: freeze the approved document. From now on its steps are what the next one opens with.

    reasons: signed by `by`, for what does not add up and goes out as it is (adding_up.py)."""
    if draft.state != DraftState.APPROVED:
        raise DeskError(
            Text(f"《{draft}》{DraftState(draft.state).label}，审定后才能印发。", f"{draft} is {draft.state}; it must be approved first.")
        )
    document = assemble(draft).document
    with acting_as(by):
        return publishing.publish(document, who(by), day=day, draft=draft, reasons=reasons, signer=by)


def discard(draft: Draft, by: Staff | str) -> None:
    """Delete a draft that was never approved. The paragraphs people wrote stay: they belong to the period."""
    must_be_drafting(draft)
    with acting_as(by):
        draft.delete()
