"""Stored returns: who reported which form for which days, its cells, and the steps it went through."""

from django.db import models

from taizhang.county.models import Organisation


class State(models.TextChoices):
    """Where a return stands. Only submitted and accepted ones count in figures."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已上报"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已审核"


class Return(models.Model):
    """报表: one form, reported by one organisation for the days from period_start to period_end, with what was known on as_of."""

    form = models.CharField("报表", max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="填报机构")
    period_start = models.DateField("起")
    period_end = models.DateField("止")
    as_of = models.DateField("截至")
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    submitted_by = models.CharField("上报人", max_length=40, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "organisation", "period_start", "period_end"], name="one_return_a_period"),
            models.CheckConstraint(condition=models.Q(period_start__lte=models.F("period_end")), name="return_period_in_order"),
            models.CheckConstraint(
                condition=models.Q(as_of__gte=models.F("period_start"), as_of__lte=models.F("period_end")), name="return_as_of_in_period"
            ),
        ]


class ReturnCell(models.Model):
    """One number of a return, a whole number of its element's last place. precision: the last place that was published, where the
    number was rounded (1000 for 89.2万), in the same scale. qualifier: the word printed with it (约, 余, 多).

    The columns from form to state repeat those of the return, so that the ledger's table stands on this one alone; they are
    written together (entry.py, states.py).
    """

    report = models.ForeignKey(Return, models.CASCADE, related_name="cells", verbose_name="报表")
    form = models.CharField("报表", max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="填报机构")
    period_start = models.DateField("起")
    period_end = models.DateField("止")
    as_of = models.DateField("截至")
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    element = models.CharField("指标项", max_length=40)
    category = models.CharField("分组", max_length=60, blank=True)
    value = models.BigIntegerField("数值")
    precision = models.BigIntegerField("公布精度", null=True, blank=True)
    qualifier = models.CharField("约数用语", max_length=4, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "element", "category"], name="one_cell_a_place"),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="return_cell_not_negative"),
        ]
        indexes = [models.Index(fields=["form", "organisation", "period_end"], name="return_cell_form")]


class Action(models.TextChoices):
    """What someone did with a return."""

    SUBMITTED = "submitted", "上报"
    RETURNED = "returned", "退回"
    ACCEPTED = "accepted", "审核通过"
    REOPENED = "reopened", "重新开放"


class ReturnStep(models.Model):
    """经办: one step in the life of a return, never changed afterwards. taken_on: the home's working day, which decides whether it came
    in time; at: the moment. reason: why it was returned or opened again."""

    report = models.ForeignKey(Return, models.CASCADE, related_name="steps", verbose_name="报表")
    action = models.CharField("操作", max_length=10, choices=Action)
    taken_on = models.DateField("日期")
    at = models.DateTimeField("时间", auto_now_add=True)
    actor = models.CharField("经办人", max_length=60)
    reason = models.CharField("原因", max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["report", "id"], name="return_step_report")]
