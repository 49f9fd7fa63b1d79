"""Stored records of hypertension patients: 专档 and 高血压患者随访服务记录表."""

from typing import ClassVar

from taizhang.county.fields import element_field
from taizhang.programmes import elements as e
from taizhang.programmes.chronic.models import ChronicCase, ChronicFollowUp
from taizhang.programmes.hypertension import elements as own
from taizhang.programmes.hypertension.records import CASE, FOLLOW_UP
from taizhang.programmes.hypertension.rules import RULES


class Case(ChronicCase):
    """高血压患者专档."""

    CONTRACT = CASE

    class Meta(ChronicCase.Meta):
        verbose_name = "高血压患者专档"


class FollowUp(ChronicFollowUp):
    """高血压患者随访服务记录表."""

    CONTRACT = FOLLOW_UP
    RULES: ClassVar = RULES

    symptoms = element_field(own.SYMPTOMS)
    heart_rate = element_field(e.HEART_RATE)
    salt = element_field(own.SALT)
    target_salt = element_field(own.TARGET_SALT)

    class Meta(ChronicFollowUp.Meta):
        verbose_name = "高血压患者随访"
