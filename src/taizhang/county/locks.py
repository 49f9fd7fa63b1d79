"""Period locks 时段锁定: days in which an organisation's records, and those of all below it, can be neither written nor changed."""

from datetime import date

from django.db import transaction

from taizhang.county import audit
from taizhang.county.models import Organisation, PeriodLock, Staff
from taizhang.kernel.refusals import Refusal


class LockRefused(Refusal, ValueError):
    """A lock that cannot be put on or taken off; the message says why."""


def lock_period(organisation: str, start: date, end: date, reason: str, actor: Staff) -> PeriodLock:
    """锁定: from `start` to `end`, both inclusive."""
    place = Organisation.objects.filter(pk=organisation).first()
    if place is None:
        raise LockRefused(f"没有代码为{organisation}的机构。请核对机构。")
    if end < start:
        raise LockRefused(f"止日{end}早于起日{start}。请核对日期。")
    if not reason.strip():
        raise LockRefused("锁定须写明原因，录入人员会看到它。")
    if len(reason.strip()) > 120:
        raise LockRefused("原因超过120字。请缩短。")
    if PeriodLock.objects.filter(organisation=organisation, start__lte=start, end__gte=end).exists():
        raise LockRefused(f"{place.name}的这一时段已经锁定，无须再锁。")
    return PeriodLock.objects.create(organisation=place, start=start, end=end, reason=reason.strip(), locked_by=actor)


def unlock_period(lock: PeriodLock, reason: str, actor: Staff) -> None:
    """解锁. The reason goes into the audit trail, with the days; the lock itself stays in the history of changes."""
    if not reason.strip():
        raise LockRefused("解锁须写明原因，它会留在审计记录里。")
    days = {"organisation": lock.organisation_id, "start": lock.start.isoformat(), "end": lock.end.isoformat()}
    with transaction.atomic():
        audit.record(actor, audit.UNLOCK, detail={**days, "reason": reason.strip()[:120]})
        lock.delete()
