"""Stored deeds 工作纪实, and the months of them that are closed."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models

from taizhang.county.fields import element_field
from taizhang.county.models import Organisation, PeriodLock
from taizhang.county.recording import UnitRecord
from taizhang.kernel.periods import add_months
from taizhang.programmes.deeds import elements as e
from taizhang.programmes.deeds import rules
from taizhang.programmes.deeds.records import DEED
from taizhang.programmes.lines import LINE


class Deed(UnitRecord):
    """One thing done: a document issued, a meeting held. `organisation` is the host. The last two fields are derived."""

    CONTRACT = DEED
    DAY = "held_on"

    # Lines of work come and go with their folders; the element checks them, and a list of choices would ask for a migration each time.
    line = element_field(LINE, required=True, max_length=40, choices=None)
    kind = element_field(e.KIND, required=True)
    title = element_field(e.TITLE, required=True)
    document_number = element_field(e.DOCUMENT_NUMBER)
    held_on = element_field(e.HELD_ON, required=True)
    ended_on = element_field(e.ENDED_ON)
    department = element_field(e.DEPARTMENT)
    units = element_field(e.UNITS)
    units_of = element_field(e.UNITS_OF)
    persons = element_field(e.PERSONS)
    sessions = element_field(e.SESSIONS, required=True, default=1)
    quantity = element_field(e.QUANTITY)
    quantity_unit = element_field(e.QUANTITY_UNIT)
    result = element_field(e.RESULT)
    attachment = element_field(e.ATTACHMENT)
    registered_on = element_field(e.REGISTERED_ON, required=True)
    checked_on = element_field(e.CHECKED_ON)
    checked_by = element_field(e.CHECKED_BY)
    used_on = element_field(e.USED_ON)
    used_by = element_field(e.USED_BY)

    registered_in = models.IntegerField("登记用时（工作日）", editable=False, null=True)
    state = models.CharField("状态", max_length=1, editable=False, default=rules.REGISTERED)

    class Meta:
        verbose_name = "工作纪实"
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "held_on", "kind", "title"], name="deeds_one_title_a_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for deed in history:
            deed.registered_in = rules.working_days_between(deed.ended_on or deed.held_on, deed.registered_on)
            deed.state = rules.state_of(deed.checked_on, deed.used_on)

    @classmethod
    def locks(cls) -> list[PeriodLock]:
        """Locked periods, and closed months."""
        closed = [
            PeriodLock(
                organisation_id=closing.organisation_id, start=closing.month, end=add_months(closing.month, 1) - timedelta(days=1),
                reason=f"{closing.month:%Y年%m月}工作纪实已于{closing.closed_on}结账",
            )
            for closing in Closing.objects.all()
        ]
        return [*super().locks(), *closed]


class Closing(models.Model):
    """月结: an organisation's deeds of a month, and those of the units below it, are complete and may no longer change."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="单位")
    month = models.DateField("月份")  # its first day
    closed_on = models.DateField("结账日期")
    closed_by = models.CharField("结账人", max_length=40)

    class Meta:
        verbose_name = "工作纪实月结"
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "month"], name="deeds_one_closing_a_month")]
