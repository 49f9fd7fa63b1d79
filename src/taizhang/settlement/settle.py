"""Settling: money paid in advance, what became of findings, and the approval that freezes a reckoning."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction

from taizhang.config import home
from taizhang.county.changes import acting_as
from taizhang.county.models import Organisation
from taizhang.kernel.registry import registry
from taizhang.ledger import versions
from taizhang.settlement.errors import SettlementError
from taizhang.settlement.models import Advance, FindingReview, ReviewState, SettledLine, SettledUnit, Settlement
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
        settled = SettledUnit.objects.filter(organisation=unit, settlement__year=year or paid_on.year, settlement__through__gte=paid_on)
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
    later = SettledUnit.objects.filter(
        organisation_id__in=[b.unit for b in reckoning.bills], settlement__year=reckoning.year, settlement__through__gte=reckoning.through
    ).select_related("settlement", "organisation")
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
                paid_before=bill.paid_before, balance=bill.balance,
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
