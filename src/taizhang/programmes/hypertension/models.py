"""Stored records of hypertension patients: 专档 and 高血压患者随访服务记录表."""

from typing import ClassVar

from django.db import models

from taizhang.county.fields import element_field
from taizhang.programmes import elements as e
from taizhang.programmes.chronic_models import ChronicCase, ChronicFollowUp
from taizhang.programmes.hypertension.records import CASE, FOLLOW_UP
from taizhang.programmes.hypertension.rules import RULES


class Case(ChronicCase):
    """高血压患者专档."""

    CONTRACT = CASE

    class Meta:
        verbose_name = "高血压患者专档"
        constraints = [models.UniqueConstraint(fields=["resident", "enrolled_on"], name="hypertension_one_case_a_day")]


class FollowUp(ChronicFollowUp):
    """高血压患者随访服务记录表."""

    CONTRACT = FOLLOW_UP
    RULES: ClassVar = RULES

    symptoms = element_field(e.HYPERTENSION_SYMPTOMS)
    heart_rate = element_field(e.HEART_RATE)
    salt = element_field(e.SALT)
    target_salt = element_field(e.TARGET_SALT)

    class Meta:
        verbose_name = "高血压患者随访"
        constraints = [models.UniqueConstraint(fields=["resident", "visited_on"], name="hypertension_one_visit_a_day")]
