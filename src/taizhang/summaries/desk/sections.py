"""Sections 章节: what they are called, in which order a bureau takes them, and who writes them by when."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from taizhang.county.changes import acting_as
from taizhang.county.models import Staff
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.summaries.chapters import CHAPTERS, OTHER
from taizhang.summaries.desk.errors import DeskError
from taizhang.summaries.desk.models import ChapterOrder, Draft, DraftState, SectionStep, SectionWork, WorkState

OPENING, PROBLEMS, PROPOSALS = "opening", "problems", "proposals"
_FIXED = {
    OPENING: Text("开头", "Opening"),
    PROBLEMS: Text("存在的主要问题", "Main problems"),
    PROPOSALS: Text("工作建议", "What is proposed"),  # to those above; at the end, where people wrote any
}

# What may follow what.
STEPS = {
    WorkState.NOT_BEGUN: (WorkState.HANDED_IN,),
    WorkState.HANDED_IN: (WorkState.RETURNED, WorkState.ACCEPTED),
    WorkState.RETURNED: (WorkState.HANDED_IN,),
    WorkState.ACCEPTED: (WorkState.RETURNED,),
}


def known_sections() -> dict[str, Text]:
    """Every section by its code, with the system's heading."""
    chapters = {str(c.hundred): c.heading for c in (*CHAPTERS, OTHER)}
    return {**_FIXED, **chapters, **{p.code: p.name for p in registry.programmes.values()}}


def checked(section: str) -> str:
    """The code itself; refused where no section has it."""
    known = known_sections()
    if section not in known:
        chapters = "、".join(f"{code}（{heading.zh}）" for code, heading in known.items() if code.isdigit() or code in _FIXED)
        raise DeskError(Text(
            f"没有章节“{section}”。可用：{chapters}，或一项业务的代码。",
            f"No section is called {section!r}. There are {', '.join(known)}.",
        ))  # fmt: skip
    return section


# -- order and headings --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    position: int
    heading: Text | None


def order_of(organisation: str) -> dict[str, Place]:
    """A bureau's own order, by section; empty where it has set none."""
    return {
        o.section: Place(o.position, Text(o.heading, o.heading_en or o.heading) if o.heading else None)
        for o in ChapterOrder.objects.filter(organisation_id=organisation)
    }


def set_order(organisation: str, sections: list[tuple[str, str, str]], *, by: Staff | str) -> None:
    """Set the whole order: (section, own heading or "", its English or "") in turn. Refused where a section is named twice."""
    codes = [checked(code) for code, _, _ in sections]
    if twice := sorted({c for c in codes if codes.count(c) > 1}):
        raise DeskError(
            Text(f"章节{'、'.join(twice)}写了两次。每个章节只写一次。", f"Named twice: {', '.join(twice)}. Name each section once.")
        )
    with acting_as(by), transaction.atomic():
        ChapterOrder.objects.filter(organisation_id=organisation).delete()
        for position, (code, heading, english) in enumerate(sections, start=1):
            ChapterOrder.objects.create(
                organisation_id=organisation, section=code, position=position, heading=heading.strip(), heading_en=english.strip()
            )


# -- who writes what ---------------------------------------------------------------------------------------------------------------


def must_be_drafting(draft: Draft) -> None:
    if draft.state != DraftState.DRAFTING:
        raise DeskError(Text(
            f"《{draft}》{DraftState(draft.state).label}，不能再改。需要修改的，先由审定人退回起草。",
            f"{draft} is {draft.state} and cannot be changed. To change it, take it back to drafting first.",
        ))  # fmt: skip


def assign(
    draft: Draft, section: str, owner: Staff | None, *, by: Staff | str, deadline: date | None = None, cutoff: date | None = None
) -> SectionWork:
    """Give a section an owner, a deadline and, where it differs from the draft's, a cut-off of its own."""
    must_be_drafting(draft)
    checked(section)
    if owner is not None and not owner.is_active:
        raise DeskError(_gone(known_sections()[section], owner))
    if cutoff is not None:
        if section in _FIXED:
            raise DeskError(Text(f"“{_FIXED[section].zh}”没有自己的截至日。", f"{_FIXED[section].en} has no cut-off of its own."))
        draft.period.at(cutoff)  # refuses a day outside the period
    with acting_as(by), transaction.atomic():
        work, _ = SectionWork.objects.update_or_create(
            draft=draft,
            section=section,
            defaults={"owner": owner, "deadline": deadline, "cutoff": None if cutoff == draft.cutoff else cutoff},
        )
    return work


def step(work: SectionWork, to: WorkState, *, by: Staff | str, reason: str = "") -> SectionWork:
    """Hand in, return (with a reason) or accept a section."""
    must_be_drafting(work.draft)
    name, now = known_sections()[work.section], WorkState(work.state)
    if to not in STEPS[now]:
        allowed = STEPS[now]
        raise DeskError(Text(
            f"“{name.zh}”现为{now.label}，不能改为{to.label}；可改为：{'、'.join(a.label for a in allowed)}。",
            f"{name.en} is {now.value}; it can only become {' or '.join(a.value for a in allowed)}.",
        ))  # fmt: skip
    if to is WorkState.RETURNED and not reason.strip():
        raise DeskError(Text(f"退回“{name.zh}”须写明原因。", f"Say why {name.en} is returned."))
    if work.owner is not None and not work.owner.is_active:
        raise DeskError(_gone(name, work.owner))
    with acting_as(by), transaction.atomic():
        work.state = to
        work.save()
        SectionStep.objects.create(work=work, state=to, reason=reason.strip()[:200], by=who(by))
    return work


def who(by: Staff | str) -> str:
    return (by if isinstance(by, str) else by.username)[:60]


def _gone(section: Text, owner: Staff) -> Text:
    return Text(
        f"“{section.zh}”的责任人{owner.name}（{owner.username}）的账号已停用。请把这一节改派给在岗人员。",
        f"{owner.name} ({owner.username}), who is to write {section.en}, is no longer active. Assign the section to somebody else.",
    )


def not_ready(draft: Draft) -> list[Text]:
    """Why sections keep the draft from approval: owner gone, or not accepted, with whom to telephone."""
    known = known_sections()
    reasons = []
    for work in draft.work.select_related("owner__organisation").order_by("id"):
        name = known.get(work.section, Text(work.section, work.section))
        if work.owner is not None and not work.owner.is_active:
            reasons.append(_gone(name, work.owner))
        elif work.state != WorkState.ACCEPTED:
            state = WorkState(work.state)
            zh, en = "。请采用或取消分工。", ". Accept it, or take the assignment back."
            if work.owner is not None:
                phone = work.owner.phone
                zh = f"，请联系{work.owner.name}" + (f"（{phone}）。" if phone else f"（{work.owner.organisation}，未留电话）。")
                en = f"; ask {work.owner.name} ({phone or 'no telephone known'})."
            reasons.append(Text(f"“{name.zh}”{state.label}{zh}", f"{name.en} is {state.value.replace('_', ' ')}{en}"))
    return reasons
