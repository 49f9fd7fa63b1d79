"""A deed's way 登记→审核→入稿, and the closing of a month. Each step says who took it and when."""

from datetime import date, timedelta

from django.db import transaction

from taizhang.county.changes import acting_as
from taizhang.county.models import Staff
from taizhang.county.organisations import tree_on
from taizhang.county.recording import save
from taizhang.kernel.periods import add_months
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registry import registry
from taizhang.programmes.deeds import rules
from taizhang.programmes.deeds.models import Closing, Deed


class StepRefused(Refusal, ValueError):
    """A step that a deed or a month cannot take; the message says why and what to do."""


def check(deed: Deed, *, actor: Staff | str, day: date) -> Deed:
    """审核: the host's office vouches for a deed. Raises StepRefused, and RecordRefused as saving does."""
    if deed.state != rules.REGISTERED:
        raise StepRefused(f"《{deed.title}》已于{deed.checked_on}审核，不需要再审。")
    deed.checked_on, deed.checked_by = day, _account(actor)
    return save(deed, actor=actor, day=day)


def send_back(deed: Deed, *, actor: Staff | str, day: date) -> Deed:
    """退回登记: a checked deed is taken back for correction. One that a summary has used stays as it was printed."""
    if deed.state == rules.USED:
        raise StepRefused(f"《{deed.title}》已于{deed.used_on}入稿，不能退回。请另作更正说明。")
    deed.checked_on, deed.checked_by = None, ""
    return save(deed, actor=actor, day=day)


def use(deed: Deed, *, actor: Staff | str, day: date) -> Deed:
    """入稿: a summary has taken the deed in. Says nothing new of the deed itself, so a closed month allows it. Raises StepRefused."""
    if deed.state == rules.REGISTERED:
        raise StepRefused(f"《{deed.title}》尚未审核，不能入稿。请先审核。")
    if deed.state == rules.USED:
        return deed
    deed.used_on, deed.used_by, deed.state = day, _account(actor), rules.USED
    with acting_as(actor), transaction.atomic():
        deed.save(update_fields=["used_on", "used_by", "state"])
    return deed


def closing_day(month: date) -> date | None:
    """The day by which a month (its first day) is to be closed; None where no rule is in force."""
    following = add_months(month, 1)
    number = registry.parameters["deeds.closing_day"].at(following)
    return None if number is None else following.replace(day=number)


def close_month(organisation: str, month: date, *, actor: Staff | str, day: date) -> Closing:
    """月结. month: its first day. Refuses a month that is not over, one closed before, and one with deeds nobody has checked."""
    last = add_months(month, 1) - timedelta(days=1)
    if day <= last:
        raise StepRefused(f"{month:%Y年%m月}还没有结束，不能结账。请在{last + timedelta(days=1)}之后再结。")
    with acting_as(actor), transaction.atomic():
        if closed := Closing.objects.filter(organisation_id=organisation, month=month).first():
            raise StepRefused(f"{month:%Y年%m月}已于{closed.closed_on}结账。")
        below = tree_on(day).descendants(organisation)
        open_ones = Deed.objects.filter(organisation_id__in=below, held_on__range=(month, last), state=rules.REGISTERED)
        if waiting := open_ones.count():
            raise StepRefused(f"{month:%Y年%m月}还有{waiting}条工作纪实未审核。请审核或删除后再结账。")
        return Closing.objects.create(organisation_id=organisation, month=month, closed_on=day, closed_by=_account(actor))


def _account(actor: Staff | str) -> str:
    return (actor if isinstance(actor, str) else actor.username)[:40]
