"""A problem's way 发现→交办→整改中→已整改→复核→销号 or 退回. Who took a step stands in the change log, the day in the record."""

from collections.abc import Collection
from datetime import date

from taizhang.county.models import Staff
from taizhang.county.recording import save
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import registry
from taizhang.programmes.rectification import rules
from taizhang.programmes.rectification.models import Problem

# From which states each step may be taken.
STEPS: dict[str, tuple[str, ...]] = {
    rules.ASSIGNED: (rules.FOUND,),
    rules.MENDING: (rules.ASSIGNED, rules.RETURNED),
    rules.MENDED: (rules.ASSIGNED, rules.MENDING, rules.RETURNED),
    rules.VERIFIED: (rules.MENDED,),
    rules.CLOSED: (rules.VERIFIED,),
    rules.RETURNED: (rules.MENDED, rules.VERIFIED),
}


class StepRefused(Refusal, ValueError):
    """A step that a problem cannot take; the message says which it can."""


def move(problem: Problem, to: str, *, actor: Staff | str, day: date, note: str = "") -> Problem:
    """Take one step. note: the owner (交办), the measures (整改中), the evidence (已整改), who verified (复核). A problem is mended only
    with evidence. Raises StepRefused, and RecordRefused as saving does."""
    if problem.state not in STEPS.get(to, ()):
        allowed = "、".join(rules.STATES[step].zh for step, states in STEPS.items() if problem.state in states) or "无"
        now, wanted = rules.STATES[problem.state].zh, rules.STATES[to].zh if to in rules.STATES else to
        raise StepRefused(f"该问题现为“{now}”，不能转为“{wanted}”。可以的下一步：{allowed}。")
    if to == rules.MENDED and not (note or problem.evidence):
        raise StepRefused("没有整改佐证，不能报为已整改。请写明佐证材料后再报。")
    if to == rules.ASSIGNED:
        problem.assigned_on, problem.owner = day, note or problem.owner
    elif to == rules.MENDING:
        problem.started_on, problem.measures = day, note or problem.measures
        problem.returned_on = None
    elif to == rules.MENDED:
        problem.mended_on, problem.evidence = day, note or problem.evidence
    elif to == rules.VERIFIED:
        problem.verified_on, problem.verified_by = day, note
    elif to == rules.CLOSED:
        problem.closed_on = day
    else:
        problem.returned_on, problem.returned_times = day, problem.returned_times + 1
        problem.mended_on = problem.verified_on = None
    return save(problem, actor=actor, day=day)


def reminders(organisations: Collection[str], *, day: date) -> list[tuple[Problem, int]]:
    """Whom to remind on `day`: problems not yet mended, each with the days left; negative for an overdue one, which goes to the superior
    of its unit. Ordered by deadline."""
    parameters = (registry.parameters[f"rectification.{name}_reminder"].at(day) for name in ("first", "second"))
    days_before = {0, *(days for days in parameters if days is not None)}
    waiting = Problem.objects.filter(organisation_id__in=organisations, mended_on=None, closed_on=None, found_on__lte=day)
    told = ((problem, rules.reminder(problem.due_on, day, days_before)) for problem in waiting.order_by("due_on", "id"))
    return [(problem, left) for problem, left in told if left is not None]
