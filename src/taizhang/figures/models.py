"""Stored beside the figures: yearly targets, who answers for them, and how they were changed. Figures themselves are never stored; they
are computed from membership."""

from django.db import models

from taizhang.county.models import Organisation


class TargetUnit(models.TextChoices):
    PERCENT = "percent", "率"
    COUNT = "count", "数"


class Target(models.Model):
    """任务: the planned value of an indicator for an organisation and a year, in the indicator's own unit (a rate's %, ‰; a count's
    人, 份 ...), and the document that sets it."""

    indicator = models.CharField("指标", max_length=80)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="机构")
    year = models.PositiveSmallIntegerField("年度")
    value = models.DecimalField("任务值", max_digits=16, decimal_places=4)
    unit = models.CharField("任务单位", max_length=10, choices=TargetUnit)
    source = models.CharField("依据文件", max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "organisation", "year"], name="one_target_a_year")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year} {self.indicator}"


class TargetDuty(models.Model):
    """责任分工: who answers for a task of the year: the bureau leader in charge, and the department that leads the work."""

    indicator = models.CharField("指标", max_length=80)
    year = models.PositiveSmallIntegerField("年度")
    leader = models.CharField("责任领导", max_length=40, blank=True)
    department = models.CharField("牵头科室", max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "year"], name="one_duty_a_year")]


class TargetRevision(models.Model):
    """任务调整: one change of a task, never changed itself. before: None for the first; reason: why it was changed."""

    indicator = models.CharField("指标", max_length=80)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="机构")
    year = models.PositiveSmallIntegerField("年度")
    before = models.DecimalField("原任务值", max_digits=16, decimal_places=4, null=True)
    after = models.DecimalField("任务值", max_digits=16, decimal_places=4)
    source = models.CharField("依据文件", max_length=200)
    reason = models.CharField("调整原因", max_length=200, blank=True)
    revised_on = models.DateField("日期")
    at = models.DateTimeField("时间", auto_now_add=True)
    actor = models.CharField("经办人", max_length=60)

    class Meta:
        indexes = [models.Index(fields=["indicator", "year"], name="target_revision_of")]


class FigurePackage(models.Model):
    """数字包: a county's figures of a period at a city or province: handed up by the county, or counted from its shared ledger. stamp: when
    the county's ledger version was made. Of each origin the latest is kept."""

    class Origin(models.TextChoices):
        RECEIVED = "received", "县里上报"
        COUNTED = "counted", "由共享台账计算"

    organisation = models.CharField("县（区）", max_length=24)
    period = models.CharField("时段", max_length=40)
    ledger_version = models.BigIntegerField("台账版本")
    stamp = models.CharField("版本时间", max_length=40)
    origin = models.CharField("来源", max_length=10, choices=Origin)
    content = models.BinaryField("内容")
    at = models.DateTimeField("时间", auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "period", "origin"], name="one_package_a_period")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.period} {self.ledger_version}"
