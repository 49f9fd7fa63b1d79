"""Stored records of hypertension patients: 专档 and 高血压患者随访服务记录表."""

from typing import ClassVar

from taizhang.county.fields import element_field
from taizhang.programmes import elements as e
from taizhang.programmes.chronic.models import ChronicCase, ChronicFollowUp, ChronicScreening, MeasuresPressure, risk_reasons_field
from taizhang.programmes.hypertension import elements as own
from taizhang.programmes.hypertension.records import CASE, FOLLOW_UP, SCREENING
from taizhang.programmes.hypertension.rules import RISKS, RULES, SCREENING_RULES


class Case(ChronicCase):
    """高血压患者专档."""

    CONTRACT = CASE

    class Meta(ChronicCase.Meta):
        verbose_name = "高血压患者专档"


class FollowUp(MeasuresPressure, ChronicFollowUp):
    """高血压患者随访服务记录表."""

    CONTRACT = FOLLOW_UP
    RULES: ClassVar = RULES

    symptoms = element_field(own.SYMPTOMS)
    heart_rate = element_field(e.HEART_RATE)
    salt = element_field(own.SALT)
    target_salt = element_field(own.TARGET_SALT)

    class Meta(ChronicFollowUp.Meta):
        verbose_name = "高血压患者随访"


class Screening(MeasuresPressure, ChronicScreening):
    """35岁以上居民首诊测压和高血压高危人群登记."""

    CONTRACT = SCREENING
    RULES: ClassVar = SCREENING_RULES

    height = element_field(e.HEIGHT)
    weight = element_field(e.WEIGHT)
    waist = element_field(e.WAIST)
    family_hypertension = element_field(own.FAMILY_HYPERTENSION)
    salt = element_field(own.SALT)
    drinking = element_field(e.DRINKING)
    risk_reasons = risk_reasons_field(RISKS)

    class Meta(ChronicScreening.Meta):
        verbose_name = "高血压筛查"
