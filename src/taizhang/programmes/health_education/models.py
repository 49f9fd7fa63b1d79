"""Stored activities of health education 健康教育活动, and what each institution plans for a year."""

from datetime import date
from typing import ClassVar, Self

from django.db import models

from taizhang.county.fields import element_field, worded
from taizhang.county.recording import UnitRecord
from taizhang.programmes.health_education import elements as e
from taizhang.programmes.health_education import rules
from taizhang.programmes.health_education.records import ACTIVITY, FOLLOWED, PLAN


class Activity(UnitRecord):
    """健康教育活动记录表: one activity of an institution. Whether its material is new in the year is derived."""

    CONTRACT = ACTIVITY
    DAY = "held_on"

    held_on = element_field(e.HELD_ON, required=True)
    place = element_field(e.PLACE, required=True)
    kind = element_field(e.KIND, required=True)
    theme = element_field(e.THEME, required=True)
    organiser = element_field(e.ORGANISER)
    speaker = element_field(e.SPEAKER)
    audience = element_field(e.AUDIENCE)
    attended = element_field(e.ATTENDED)
    materials = element_field(e.MATERIALS)
    minutes = element_field(e.MINUTES)
    board_number = element_field(e.BOARD_NUMBER)
    board_area = element_field(e.BOARD_AREA)
    content = element_field(e.CONTENT, max_length=1000)
    evaluation = element_field(e.EVALUATION, max_length=500)
    evidence = element_field(e.EVIDENCE)
    filled_by = element_field(e.FILLED_BY)
    principal = element_field(e.PRINCIPAL)
    filled_on = element_field(e.FILLED_ON)

    first_of_title = models.BooleanField("本年首次使用的资料", editable=False, default=True)

    class Meta:
        verbose_name = "健康教育活动"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "held_on", "kind", "theme", "place"], name="health_one_activity_a_place")
        ]
        indexes: ClassVar = [models.Index(fields=["-held_on", "-id"], name="health_activities_by_day")]

    @property
    def held(self) -> rules.Held:
        return rules.Held(self.kind, self.held_on, self.theme)

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for activity, first in zip(history, rules.firsts(a.held for a in history), strict=True):
            activity.first_of_title = first


class Plan(UnitRecord):
    """健康教育年度计划: what an institution plans of one kind of activity for a year. The days on which the first, second ... of it took
    place are derived from the activities."""

    CONTRACT = PLAN
    DAY = "made_on"
    BESIDE = ("health_education.Activity",)

    made_on = element_field(e.MADE_ON, required=True)
    year = element_field(e.PLAN_YEAR, required=True)
    tier = element_field(e.TIER, required=True)
    kind = element_field(e.KIND, required=True)
    planned = element_field(e.PLANNED, required=True)
    topics = element_field(e.PLAN_TOPICS)

    starts_on = models.DateField("计划年度首日", null=True, editable=False)
    counted_times = worded(models.IntegerField("本年已完成次数（种数）", default=0, editable=False), e.COUNTED_TIMES)
    done_1_on = models.DateField("第1次（种）完成日期", null=True, editable=False)
    done_2_on = models.DateField("第2次（种）完成日期", null=True, editable=False)
    done_3_on = models.DateField("第3次（种）完成日期", null=True, editable=False)
    done_4_on = models.DateField("第4次（种）完成日期", null=True, editable=False)
    done_5_on = models.DateField("第5次（种）完成日期", null=True, editable=False)
    done_6_on = models.DateField("第6次（种）完成日期", null=True, editable=False)
    done_7_on = models.DateField("第7次（种）完成日期", null=True, editable=False)
    done_8_on = models.DateField("第8次（种）完成日期", null=True, editable=False)
    done_9_on = models.DateField("第9次（种）完成日期", null=True, editable=False)
    done_10_on = models.DateField("第10次（种）完成日期", null=True, editable=False)
    done_11_on = models.DateField("第11次（种）完成日期", null=True, editable=False)
    done_12_on = models.DateField("第12次（种）完成日期", null=True, editable=False)

    class Meta:
        verbose_name = "健康教育年度计划"
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "year", "kind"], name="health_one_plan_a_year")]
        indexes: ClassVar = [models.Index(fields=["-made_on", "-id"], name="health_plans_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for plan in history:
            held = [a.held for a in plan.beside.get("health_education.Activity", ()) if isinstance(a, Activity)]
            days = rules.counted_days(plan.kind, plan.year, held)
            plan.starts_on = date(plan.year, 1, 1)
            plan.counted_times = len(days)
            for number in range(1, FOLLOWED + 1):
                setattr(plan, f"done_{number}_on", days[number - 1] if number <= len(days) else None)
