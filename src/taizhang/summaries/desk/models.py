"""Stored by the desk. Sections are named by a code: "opening", "problems", "proposals", a chapter (Chapter.hundred: "2"), or a line of
work."""

from django.db import models

from taizhang.county.models import Organisation, Staff
from taizhang.kernel.periods import Period


class KindCode(models.TextChoices):
    MONTH = "month", "月度小结"
    QUARTER = "quarter", "季度小结"
    HALF = "half", "半年总结"
    MONTHS = "months", "1至N月总结"
    YEAR = "year", "年度总结"
    SPECIAL = "special", "专题报告"


class Layout(models.TextChoices):
    NESTED = "nested", "一、（一）一是"
    FLAT = "flat", "一、1."


class DraftState(models.TextChoices):
    DRAFTING = "drafting", "起草中"
    APPROVED = "approved", "已审定"
    PUBLISHED = "published", "已印发"


class Draft(models.Model):
    """工作稿: one document of one organisation and period in the making. programme: of a special report. ledger_version: fixed when the
    draft is approved; until then the latest. accepted_unbound: typed numbers that nobody answers for, which the approver let stand."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="单位")
    kind = models.CharField("文种", max_length=10, choices=KindCode)
    programme = models.CharField("专题业务", max_length=40, blank=True)
    layout = models.CharField("层次", max_length=10, choices=Layout, default=Layout.NESTED)
    period_start = models.DateField("起")
    period_end = models.DateField("止")
    cutoff = models.DateField("截至")
    state = models.CharField("状态", max_length=10, choices=DraftState, default=DraftState.DRAFTING)
    ledger_version = models.BigIntegerField("台账版本", null=True, blank=True)
    accepted_unbound = models.PositiveIntegerField("放行的未绑定手填数", default=0)
    made_by = models.CharField("建稿人", max_length=60)
    made_at = models.DateTimeField("建稿时间", auto_now_add=True)
    approved_by = models.CharField("审定人", max_length=60, blank=True)
    approved_at = models.DateTimeField("审定时间", null=True, blank=True)
    returned_by = models.CharField("退回人", max_length=60, blank=True)
    returned_for = models.CharField("退回原因", max_length=200, blank=True)  # until it is approved again
    published_by = models.CharField("印发人", max_length=60, blank=True)
    published_on = models.DateField("印发日期", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "programme", "period_start", "period_end"], name="one_draft_a_period")
        ]

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end, self.cutoff)

    def __str__(self) -> str:
        return f"{self.period.name.zh}{KindCode(self.kind).label}"


class ChapterOrder(models.Model):
    """章节次序: a bureau's own order of sections, and its own heading where it has one. Sections it does not name follow, in the order of
    the system."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name="单位")
    section = models.CharField("章节", max_length=40)
    position = models.PositiveSmallIntegerField("次序")
    heading = models.CharField("标题", max_length=60, blank=True)
    heading_en = models.CharField("英文标题", max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "section"], name="one_place_a_section")]


class WorkState(models.TextChoices):
    NOT_BEGUN = "not_begun", "未开始"
    HANDED_IN = "handed_in", "已交稿"
    RETURNED = "returned", "退回"
    ACCEPTED = "accepted", "已采用"


class SectionWork(models.Model):
    """分工: who writes a section of a draft, by when, and how far it is. cutoff: the section's own, where it differs from the draft's."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="work", verbose_name="工作稿")
    section = models.CharField("章节", max_length=40)
    owner = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任人")
    deadline = models.DateField("交稿期限", null=True, blank=True)
    cutoff = models.DateField("本节截至", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=WorkState, default=WorkState.NOT_BEGUN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "section"], name="one_work_a_section")]


class SectionStep(models.Model):
    """办理记录: a step of a section, who took it, when and why."""

    work = models.ForeignKey(SectionWork, models.CASCADE, related_name="steps", verbose_name="分工")
    state = models.CharField("状态", max_length=10, choices=WorkState)
    reason = models.CharField("原因", max_length=200, blank=True)
    by = models.CharField("办理人", max_length=60)
    at = models.DateTimeField("时间", auto_now_add=True)


class HumanText(models.Model):
    """人写段落: a paragraph of a section, kept by period. text: one sentence a line or running text, with figures as {code} placeholders;
    text_en: its twin, where somebody wrote one. leads: stands before the paragraphs that are made from figures, else after them."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="单位")
    section = models.CharField("章节", max_length=40)
    period_start = models.DateField("起")
    period_end = models.DateField("止")
    number = models.PositiveSmallIntegerField("段次", default=1)
    leads = models.BooleanField("置于数字段之前", default=True)
    head = models.CharField("小标题", max_length=60, blank=True)
    head_en = models.CharField("英文小标题", max_length=120, blank=True)
    text = models.TextField("正文")
    text_en = models.TextField("英文", blank=True)
    written_by = models.CharField("撰写人", max_length=60)
    written_at = models.DateTimeField("撰写时间", auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "section", "period_start", "period_end", "number"], name="one_human_text_a_place"
            )
        ]


class BindingKind(models.TextChoices):
    SOURCE = "source", "注明来源"
    SIGNED = "signed", "签字负责"


class Binding(models.Model):
    """手填数的着落: what answers for a typed number. key: the number with the words around it, so that an edit elsewhere keeps it. (A
    number bound to a figure is typed no more: a placeholder takes its place.)"""

    human = models.ForeignKey(HumanText, models.CASCADE, related_name="bindings", verbose_name="段落")
    key = models.CharField("位置", max_length=120)
    printed = models.CharField("数字", max_length=40)
    kind = models.CharField("方式", max_length=10, choices=BindingKind)
    source = models.CharField("来源", max_length=200, blank=True)
    by = models.CharField("办理人", max_length=60)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["human", "key"], name="one_binding_a_number")]


class Choice(models.TextChoices):
    WAIT = "wait", "等待补报"
    COVERAGE = "coverage", "注明覆盖面后写入"
    LEAVE_OUT = "leave_out", "不写"


class MissingDecision(models.Model):
    """缺数处理: what a draft does about a figure that is not complete. Without one, it waits. code: code or code@category."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="decisions", verbose_name="工作稿")
    code = models.CharField("指标", max_length=120)
    choice = models.CharField("处理", max_length=10, choices=Choice)
    by = models.CharField("办理人", max_length=60)
    at = models.DateTimeField("时间", auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "code"], name="one_decision_a_figure")]


class Goal(models.TextChoices):
    AT_LEAST = "at_least", "不低于"
    AT_MOST = "at_most", "不高于"


class PlanItem(models.Model):
    """打算: a numbered next step. With indicator and target it is checked on its day by itself; without, somebody says what became of
    it. origin: the kind of problem it was drafted from; empty when written by hand."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="plan", verbose_name="工作稿")
    number = models.PositiveSmallIntegerField("序号")
    head = models.CharField("小标题", max_length=80)
    head_en = models.CharField("英文小标题", max_length=160, blank=True)
    measure = models.CharField("措施", max_length=400)
    measure_en = models.CharField("英文措施", max_length=600, blank=True)
    lead = models.CharField("牵头科室", max_length=60, blank=True)
    due_on = models.DateField("完成期限")
    indicator = models.CharField("指标", max_length=80, blank=True)
    target = models.DecimalField("目标值", max_digits=16, decimal_places=4, null=True, blank=True)
    goal = models.CharField("方向", max_length=10, choices=Goal, default=Goal.AT_LEAST)
    origin = models.CharField("起草依据", max_length=20, blank=True)
    done = models.BooleanField("是否完成（无量化指标时由人填写）", null=True)
    note = models.CharField("完成情况", max_length=200, blank=True)
    noted_by = models.CharField("填写人", max_length=60, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="one_plan_item_a_number")]


class Bulletin(models.Model):
    """上级通报: what a higher authority's document says of an indicator in a period. rank (of how many) or value, the level's mean."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name="单位")
    indicator = models.CharField("指标", max_length=80)
    period_start = models.DateField("起")
    period_end = models.DateField("止")
    level = models.CharField("范围", max_length=10)
    rank = models.PositiveSmallIntegerField("位次", null=True, blank=True)
    of = models.PositiveSmallIntegerField("参评单位数", null=True, blank=True)
    value = models.DecimalField("平均水平", max_digits=16, decimal_places=4, null=True, blank=True)
    document = models.CharField("文件名称", max_length=200)
    document_number = models.CharField("文号", max_length=60, blank=True)
    document_day = models.DateField("文件日期")
    entered_by = models.CharField("录入人", max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "indicator", "period_start", "period_end", "level"], name="one_bulletin_a_level"
            )
        ]
