"""Stored of a publication: its row, its figures and its files. Nothing here is ever changed after publishing."""

from pathlib import Path

from django.conf import settings
from django.db import models

from taizhang.kernel.periods import Period


class Publication(models.Model):
    """印发件: a document as it went out. Organisations are kept by code and name, as they were: a later merger must not change what was
    published. ledger_version is pinned. manifest_sha256 proves the manifest, which proves every other file. unbound: typed numbers that
    nobody answers for, which the approver let stand."""

    draft = models.ForeignKey("desk.Draft", models.PROTECT, null=True, blank=True, related_name="publications", verbose_name="工作稿")
    organisation = models.CharField("单位", max_length=20)
    organisation_name = models.CharField("单位名称", max_length=120)
    title = models.CharField("标题", max_length=200)
    title_en = models.CharField("英文标题", max_length=300)
    language = models.CharField("文种语言", max_length=2)
    period_start = models.DateField("起")
    period_end = models.DateField("止")
    cutoff = models.DateField("截至")
    ledger_version = models.BigIntegerField("台账版本")
    figure_count = models.PositiveIntegerField("数字个数")
    unbound = models.PositiveIntegerField("未绑定的手填数")
    manifest_sha256 = models.CharField("清单校验值", max_length=64)
    published_by = models.CharField("印发人", max_length=60)
    published_on = models.DateField("印发日期")
    made_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end, self.cutoff)

    @property
    def folder(self) -> Path:
        """HOME/published/<id>."""
        home: Path = settings.HOME.path
        return home / "published" / str(self.pk)

    def __str__(self) -> str:
        return f"{self.title}（第{self.pk}号）"


class PublishedFigure(models.Model):
    """印发的数字. numerator and denominator are whole numbers of the last of `places` decimals. value: text, so that no digit is lost.
    more: names, comparisons, target, cells and units, as frozen.py writes them."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="figures", verbose_name="印发件")
    number = models.PositiveIntegerField("序号")
    code = models.CharField("指标", max_length=120)
    category = models.CharField("分组", max_length=120, blank=True)
    organisation = models.CharField("单位", max_length=20)
    period = models.CharField("时段", max_length=40)
    cutoff = models.DateField("截至")
    numerator = models.BigIntegerField("分子", null=True, blank=True)
    denominator = models.BigIntegerField("分母", null=True, blank=True)
    places = models.PositiveSmallIntegerField("小数位", default=0)
    value = models.CharField("值", max_length=40, blank=True)
    printed = models.CharField("印出", max_length=40)
    status = models.CharField("状态", max_length=20)
    source = models.CharField("来源", max_length=10)
    definition = models.CharField("定义指纹", max_length=12)
    parameters = models.JSONField("所用参数")
    qualifier = models.CharField("约数词", max_length=4, blank=True)
    more = models.JSONField("其他")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["publication", "number"], name="one_published_figure_a_number")]


class PublishedFile(models.Model):
    """印发件的文件. path: within the publication's folder."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="files", verbose_name="印发件")
    path = models.CharField("文件", max_length=200)
    size = models.BigIntegerField("字节")
    sha256 = models.CharField("校验值", max_length=64)

    class Meta:
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["publication", "path"], name="one_published_file_a_path")]
