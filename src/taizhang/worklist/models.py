"""Stored worklist: what is due, how far ahead it has been worked out; the draft of a visit and the receipt of one that was saved."""

from datetime import date

from django.db import models

from taizhang.county.models import Organisation, Resident, Staff
from taizhang.kernel.duties import Urgency
from taizhang.kernel.text import Text


class DueItems(models.QuerySet["DueItem"]):
    """Items, as a day sees them."""

    def not_closed_on(self, day: date) -> "DueItems":
        """Without those whose last day has passed: they were missed, and are owed no more."""
        return self.filter(models.Q(closes_on__isnull=True) | models.Q(closes_on__gte=day))

    def open_on(self, day: date) -> "DueItems":
        """What can be done on `day`."""
        return self.not_closed_on(day).filter(opens_on__lte=day)

    def visits(self) -> "DueItems":
        """What one sets out for: neither the yearly examinations nor what is done in passing."""
        return self.filter(urgency__lte=Urgency.ROUTINE)

    def not_in_passing(self) -> "DueItems":
        """The visits and what is done once a year."""
        return self.filter(urgency__lte=Urgency.YEARLY)


class DueItem(models.Model):
    """待办: one thing owed to a resident, as the line of work's duty says it (kernel.duties.DueItem). organisation: who manages the
    resident. No row stands for somebody who has died or does not live here."""

    objects = DueItems.as_manager()

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    programme = models.CharField("业务", max_length=40)
    duty = models.CharField("应做事项", max_length=60)
    item = models.CharField("细目", max_length=40, blank=True)
    opens_on = models.DateField("可做起始日")
    due_on = models.DateField("应做截止日")
    closes_on = models.DateField("可做截止日", null=True)
    urgency = models.PositiveSmallIntegerField("紧急程度")
    reason_zh = models.CharField("缘由", max_length=200)
    reason_en = models.CharField("缘由（英文）", max_length=240)

    class Meta:
        indexes = [models.Index(fields=["organisation", "opens_on"], name="due_at_organisation")]

    @property
    def reason(self) -> Text:
        return Text(self.reason_zh, self.reason_en)


class Horizon(models.Model):
    """How far ahead the whole list has been worked out, and by which duties: one row."""

    day = models.DateField()  # the day of that pass
    until = models.DateField()  # what opens later stands in no row
    duties = models.CharField(max_length=64)  # a hash of their names and of the urgencies: one new or gone has the list made anew


class Draft(models.Model):
    """草稿: what a member of staff has typed of a visit and not saved. content: by the name of the input, each a list of texts."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    content = models.JSONField(default=dict)
    typed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "resident"], name="one_draft_a_visit")]


class Visit(models.Model):
    """一次随访的回执: the records that one form wrote. token: drawn with the form, so that a form sent twice writes once.
    records: pairs of register and key."""

    token = models.UUIDField(primary_key=True)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    day = models.DateField()
    records = models.JSONField(default=list)
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["staff", "saved_at"], name="visit_of_staff")]
