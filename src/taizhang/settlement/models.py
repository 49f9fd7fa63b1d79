"""Stored by settlement: what became of findings, money paid in advance, and settlements as they were approved. All money in fen. What was
approved is never changed: a later settlement of the year reckons from 1 January again and takes off what was paid. One that was not paid
out yet may be reopened, with its reason, and then counts no more; what an earlier year paid wrongly is reversed 冲销."""

from django.db import models

from taizhang.county.models import Organisation


class ReviewState(models.TextChoices):
    """核实结果."""

    CONFIRMED = "confirmed", "属实"
    DISMISSED = "dismissed", "排除"


class FindingReview(models.Model):
    """疑点核实: what a look at one finding of a year found. member: the record's id, or the resident's where the check looks at
    residents. A finding without a review is open 待核."""

    check_code = models.CharField("疑点", max_length=80)
    year = models.PositiveSmallIntegerField("年度")
    member = models.BigIntegerField("记录或居民")
    state = models.CharField("核实结果", max_length=10, choices=ReviewState)
    note = models.CharField("说明", max_length=200)
    decided_on = models.DateField("核实日期")
    decided_by = models.CharField("核实人", max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_code", "year", "member"], name="one_review_a_finding")]


class Advance(models.Model):
    """预拨: money paid to a unit ahead of the year's work, with the document it was paid by. amount in fen; one that was paid back
    is a line of its own below nought."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="机构")
    year = models.PositiveSmallIntegerField("年度")
    paid_on = models.DateField("拨付日期")
    amount = models.BigIntegerField("金额（分）")
    document = models.CharField("拨付文件", max_length=120)
    entered_by = models.CharField("经办人", max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "paid_on", "amount", "document"], name="one_advance_a_payment"),
        ]


class Settlement(models.Model):
    """结算: the work of a year up to a day, for an organisation and those below it, as it was approved. ledger_version is pinned, so that
    every line opens to the same members for good."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="结算范围")
    year = models.PositiveSmallIntegerField("年度")
    through = models.DateField("结算至")
    ledger_version = models.BigIntegerField("台账版本")
    approved_on = models.DateField("审定日期")
    approved_by = models.CharField("审定人", max_length=60)
    at = models.DateTimeField("时间", auto_now_add=True)
    reopened_on = models.DateField("重开日期", null=True)
    reopened_by = models.CharField("重开人", max_length=60, blank=True)
    reopened_reason = models.CharField("重开原因", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "through"], condition=models.Q(reopened_on__isnull=True), name="one_settlement_a_day"
            )
        ]


class SettledUnit(models.Model):
    """A unit in a settlement: value of its work from 1 January, taken off for confirmed findings, paid in advance, paid by earlier
    settlements of the year, reversed of earlier years, and the balance, less what earlier years paid too much (carried): above nought it is
    to be paid, below it is carried forward, into the next year too."""

    settlement = models.ForeignKey(Settlement, models.CASCADE, related_name="units")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="机构")
    value = models.BigIntegerField("工作价值（分）")
    deducted = models.BigIntegerField("质量扣减（分）")
    advanced = models.BigIntegerField("已预拨（分）")
    paid_before = models.BigIntegerField("以前结算已付（分）")
    reversed = models.BigIntegerField("冲销以前年度（分）", default=0)
    balance = models.BigIntegerField("结余（分）")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["settlement", "organisation"], name="one_bill_a_unit")]

    @property
    def payable(self) -> int:
        return max(0, self.balance)

    @property
    def carried(self) -> int:
        """上年结转: paid too much in earlier years and taken off here."""
        return self.value - self.deducted - self.advanced - self.paid_before - self.reversed - self.balance


class SettledLine(models.Model):
    """A line of a unit's bill: work (check_code empty) or a deduction. price in fen for one; percent of it that is taken off; amount
    in fen, never below nought."""

    unit = models.ForeignKey(SettledUnit, models.CASCADE, related_name="lines")
    service = models.CharField("服务", max_length=60)
    check_code = models.CharField("疑点", max_length=80, blank=True)
    quantity = models.BigIntegerField("数量")
    price = models.BigIntegerField("单价（分）")
    percent = models.PositiveIntegerField("扣减比例", default=100)
    amount = models.BigIntegerField("金额（分）")
    source = models.CharField("单价依据", max_length=200)


class Reversal(models.Model):
    """冲销: part of a line of work of an earlier year's settlement, taken back after its records were corrected. quantity of the line's
    service; amount in fen, its price each. It is taken off in the year in which it was decided."""

    line = models.ForeignKey(SettledLine, models.PROTECT, related_name="reversals")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="机构")
    quantity = models.BigIntegerField("冲销数量")
    amount = models.BigIntegerField("冲销金额（分）")
    reason = models.CharField("冲销原因", max_length=200)
    decided_on = models.DateField("冲销日期")
    decided_by = models.CharField("经办人", max_length=60)
