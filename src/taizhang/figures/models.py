"""Stored beside the figures: yearly targets. Figures themselves are never stored; they are computed from membership."""

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
