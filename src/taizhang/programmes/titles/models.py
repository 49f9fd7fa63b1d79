"""Stored applications for titles 创建评审."""

from typing import ClassVar

from django.db import models

from taizhang.county.fields import element_field
from taizhang.county.recording import UnitRecord
from taizhang.programmes.lines import LINE
from taizhang.programmes.titles import elements as e
from taizhang.programmes.titles.records import APPLICATION


class Application(UnitRecord):
    """One unit's way to one title, and the title while it holds it."""

    CONTRACT = APPLICATION
    DAY = "applied_on"

    line = element_field(LINE, required=True, max_length=40, choices=None)
    title = element_field(e.TITLE, required=True)
    level = element_field(e.LEVEL, required=True)
    applied_on = element_field(e.APPLIED_ON, required=True)
    stage = element_field(e.STAGE, required=True, default=e.APPLIED)
    stage_on = element_field(e.STAGE_ON, required=True)
    score = element_field(e.SCORE)
    named_on = element_field(e.NAMED_ON)
    certificate = element_field(e.CERTIFICATE)
    expires_on = element_field(e.EXPIRES_ON)
    reviewed_on = element_field(e.REVIEWED_ON)
    ended_on = element_field(e.ENDED_ON)
    ended_why = element_field(e.ENDED_WHY)

    class Meta:
        verbose_name = "创建评审"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "title", "applied_on"], name="titles_one_application_a_day")
        ]
