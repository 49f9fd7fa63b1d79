"""Settling: money paid in advance, what became of findings, the approval that freezes a reckoning, its reopening, and reversals."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import models, transaction
from django.db.models import Sum

from taizhang.config import home
from taizhang.county.changes import acting_as
from taizhang.county.models import Organisation
from taizhang.kernel.registry import registry
from taizhang.ledger import versions
from taizhang.settlement.errors import SettlementError
from taizhang.settlement.models import Advance, FindingReview, Reversal, ReviewState, SettledLine, SettledUnit, Settlement
from taizhang.settlement.work import PAID, Reckoning, UnitBill


def fen(written: str) -> int:
    """Yuan as written (1234.5, 1,234.50) in fen. Raises SettlementError."""
    try:
        value = Decimal(written.strip().replace(",", "").replace("，", ""))
        whole = value * 100
        if not value.is_finite() or whole != whole.to_integral_value() or abs(value) >= 10**12:
            raise InvalidOperation
    except InvalidOperation:
        raise SettlementError(f"金额“{written}”不是有效的元数。请写到分为止，如 1234.50。") from None
    return int(whole)


def yuan(amount: int) -> Decimal:
    """Fen as yuan with two decimals."""
    return Decimal(amount).scaleb(-2)


def _standing() -> models.QuerySet[SettledUnit]:
    """Units of settlements that were not reopened."""
    return SettledUnit.objects.filter(settlement__reopened_on__isnull=True)


def pay_advance(
    organisation: str, amount: int, *, paid_on: date, document: str, actor: str, year: int | None = None, day: date | None = None
) -> Advance:
    """Enter money paid ahead (or, below nought, paid back). Raises SettlementError."""
    unit = Organisation.objects.filter(pk=organisation).first()
    today = day or home.current().working_day()
    if unit is None or unit.kind not in PAID:
        raise SettlementError(f"“{organisation}”不是乡镇卫生院、村卫生室等结算单位，不能预拨。请核对机构代码。")
    if amount == 0:
        raise SettlementError("预拨金额不能为0。")
    if not document.strip():
        raise SettlementError("没有拨付文件。请填写文件名称和文号。")
    if paid_on > today:
        raise SettlementError(f"拨付日期 {paid_on} 还没有到。请在拨付以后登记。")
    values = {"organisation": unit, "paid_on": paid_on, "amount": amount, "document": document.strip()[:120]}
    with acting_as(actor), transaction.atomic():
        if Advance.objects.filter(**values).exists():
            raise SettlementError(f"{unit.name} {paid_on} 的这笔预拨（{yuan(amount)}元，{document.strip()}）已经登记，没有重复登记。")
        settled = _standing().filter(organisation=unit, settlement__year=year or paid_on.year, settlement__through__gte=paid_on)
        if settled.exists():
            raise SettlementError(
                f"{unit.name} 已结算到 {paid_on} 以后，不能补登以前的预拨。请以实际登记日期作为拨付日期，下次结算时扣回。"
            )
        return Advance.objects.create(year=year or paid_on.year, entered_by=actor[:60], **values)


def review(
    check: str, members: Collection[int], year: int, state: ReviewState | str, *, note: str, actor: str, day: date | None = None
) -> int:
    """Keep what a look at findings found; how many were decided. A later look replaces an earlier one (the change is kept)."""
    if check not in registry.checks:
        raise SettlementError(f"没有疑点核查项“{check}”。taizhang settlement findings 列出全部。")
    if state not in ReviewState.values:
        raise SettlementError(f"核实结果“{state}”应是 {'、'.join(ReviewState.values)} 之一。")
    if not note.strip():
        raise SettlementError("没有说明。请写明怎样核实的（电话、入户、查纸质记录）和结果。")
    with acting_as(actor), transaction.atomic():
        for member in sorted(set(members)):
            FindingReview.objects.update_or_create(
                check_code=check, year=year, member=member,
                defaults={
                    "state": state, "note": note.strip()[:200], "decided_on": day or home.current().working_day(), "decided_by": actor[:60],
                },
            )  # fmt: skip
    return len(set(members))


def reviews_of(check: str, year: int, members: Collection[int] | None = None) -> dict[int, FindingReview]:
    """What was decided, by member."""
    found = FindingReview.objects.filter(check_code=check, year=year)
    if members is not None:
        found = found.filter(member__in=members)
    return {each.member: each for each in found}


def faults_of(reckoning: Reckoning) -> list[str]:
    """What stands in the way of approving; each with its cure. Empty where nothing does."""
    found = []
    if not reckoning.bills:
        found.append("范围内没有可结算的工作和预拨。请核对机构和日期。")
    if reckoning.unverified:
        names = "、".join(p.label.zh for p in reckoning.unverified[:5])
        more = f"等{len(reckoning.unverified)}项" if len(reckoning.unverified) > 5 else ""
        found.append(f"{names}{more}还是未经核对的参考数，只能试算。请在“管理—参数”填写本县核定的数和文件。")
    later = (
        _standing()
        .filter(
            organisation_id__in=[b.unit for b in reckoning.bills],
            settlement__year=reckoning.year,
            settlement__through__gte=reckoning.through,
        )
        .select_related("settlement", "organisation")
    )
    if taken := later.order_by("-settlement__through").first():
        found.append(f"{taken.organisation.name}已结算到 {taken.settlement.through}，不能再结算到 {reckoning.through}。请选更晚的日期。")
    return found


def approve(reckoning: Reckoning, *, actor: str, day: date | None = None) -> Settlement:
    """Freeze a reckoning and keep its ledger version for good. Raises SettlementError with everything that stands in the way."""
    with acting_as(actor), transaction.atomic():
        if faults := faults_of(reckoning):
            raise SettlementError("不能审定：\n  " + "\n  ".join(faults))
        made: Settlement = Settlement.objects.create(
            organisation_id=reckoning.organisation, year=reckoning.year, through=reckoning.through,
            ledger_version=reckoning.ledger_version, approved_on=day or home.current().working_day(), approved_by=actor[:60],
        )  # fmt: skip
        for bill in reckoning.bills:
            unit = SettledUnit.objects.create(
                settlement=made, organisation_id=bill.unit, value=bill.value, deducted=bill.deducted, advanced=bill.advanced,
                paid_before=bill.paid_before, reversed=bill.reversed, balance=bill.balance,
            )  # fmt: skip
            SettledLine.objects.bulk_create(_lines(unit, bill))
        versions.pin(reckoning.ledger_version, f"结算：{reckoning.tree.name(reckoning.organisation).zh} 至{reckoning.through}"[:120])
    return made


def _lines(unit: SettledUnit, bill: UnitBill) -> list[SettledLine]:
    work = [
        SettledLine(
            unit=unit, service=line.service.code, quantity=line.quantity, price=line.price, amount=line.amount,
            source=line.service.price_parameter.source.document[:200],
        )
        for line in bill.work
    ]  # fmt: skip
    taken = [
        SettledLine(
            unit=unit, service=line.service.code, check_code=line.check.code, quantity=line.quantity, price=line.price,
            percent=line.percent, amount=line.amount, source=line.service.price_parameter.source.document[:200],
        )
        for line in bill.deductions
    ]  # fmt: skip
    return [*work, *taken]


# -- after the approval ----------------------------------------------------------------------------------------------------------------


def reopen(settlement: Settlement, *, reason: str, actor: str, day: date | None = None) -> Settlement:
    """重开: an approved settlement that is found wrong before it was paid out counts no more, so that its units can be settled anew.
    Its numbers stay as they were, with who reopened it and why. Raises SettlementError where a later settlement was reckoned upon it."""
    if not reason.strip():
        raise SettlementError("没有重开原因。请写明哪里有误、由谁决定重开。")
    with acting_as(actor), transaction.atomic():
        settlement = Settlement.objects.select_for_update().get(pk=settlement.pk)
        if settlement.reopened_on is not None:
            raise SettlementError(f"第{settlement.pk}号结算已于 {settlement.reopened_on} 重开，没有再次重开。")
        units = list(settlement.units.values_list("organisation_id", flat=True))
        overpaid = list(settlement.units.filter(balance__lt=0).values_list("organisation_id", flat=True))
        upon = _standing().filter(settlement__through__gt=settlement.through).filter(
            models.Q(organisation_id__in=units, settlement__year=settlement.year) | models.Q(organisation_id__in=overpaid)
        ).select_related("settlement")  # fmt: skip
        if after := upon.order_by("settlement__through").first():
            raise SettlementError(
                f"第{after.settlement_id}号结算（至 {after.settlement.through}）已按第{settlement.pk}号结算的已付数计算。"
                "请先重开后面的结算，或在下次结算中多退少补。"
            )
        if Reversal.objects.filter(line__unit__settlement=settlement).exists():
            raise SettlementError(f"第{settlement.pk}号结算已有冲销，不能重开。请在下次结算中多退少补。")
        settlement.reopened_on = day or home.current().working_day()
        settlement.reopened_by, settlement.reopened_reason = actor[:60], reason.strip()[:200]
        settlement.save(update_fields=["reopened_on", "reopened_by", "reopened_reason"])
    return settlement


def reversible(line: SettledLine) -> int:
    """How many of a line can still be reversed."""
    return line.quantity - (line.reversals.aggregate(n=Sum("quantity"))["n"] or 0)


def reverse(line: SettledLine, quantity: int, *, reason: str, actor: str, day: date | None = None) -> Reversal:
    """冲销 so many of a settled line of an earlier year: their price is taken off the unit's next settlement. Raises SettlementError.
    Within the running year nothing is reversed: the next settlement reckons from 1 January again and puts it right by itself."""
    today = day or home.current().working_day()
    if not reason.strip():
        raise SettlementError("没有冲销原因。请写明更正了哪些记录、依据是什么。")
    with acting_as(actor), transaction.atomic():
        line = SettledLine.objects.select_for_update().select_related("unit__settlement", "unit__organisation").get(pk=line.pk)
        settlement = line.unit.settlement
        if line.check_code:
            raise SettlementError("扣减行不能冲销。请冲销所涉服务的工作量。")
        if settlement.reopened_on is not None:
            raise SettlementError(f"第{settlement.pk}号结算已经重开，不计付，不必冲销。")
        if settlement.year >= today.year:
            raise SettlementError(f"{settlement.year}年还没有结束：更正记录后，下次结算从1月1日重新核算，自动多退少补，不必冲销。")
        later = _standing().filter(
            organisation_id=line.unit.organisation_id, settlement__year=settlement.year, settlement__through__gt=settlement.through
        )  # fmt: skip
        if last := later.order_by("-settlement__through").first():
            raise SettlementError(f"这一行已并入第{last.settlement_id}号结算（各次结算都从1月1日累计）。请在该年最后一次结算上冲销。")
        left = reversible(line)
        if not 0 < quantity <= left:
            raise SettlementError(f"冲销数量应在1至{left}之间，现为{quantity}。请核对。")
        return Reversal.objects.create(
            line=line, organisation_id=line.unit.organisation_id, quantity=quantity, amount=quantity * line.price,
            reason=reason.strip()[:200], decided_on=today, decided_by=actor[:60],
        )  # fmt: skip
