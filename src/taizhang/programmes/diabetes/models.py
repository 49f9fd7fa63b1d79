"""Stored records of patients with type 2 diabetes: 专档 and 2型糖尿病患者随访服务记录表."""

from typing import ClassVar

from django.db import models

from taizhang.county.fields import element_field
from taizhang.programmes import elements as e
from taizhang.programmes.chronic_models import ChronicCase, ChronicFollowUp
from taizhang.programmes.diabetes.records import CASE, FOLLOW_UP
from taizhang.programmes.diabetes.rules import RULES


class Case(ChronicCase):
    """2型糖尿病患者专档."""

    CONTRACT = CASE

    class Meta:
        verbose_name = "2型糖尿病患者专档"
        constraints = [models.UniqueConstraint(fields=["resident", "enrolled_on"], name="diabetes_one_case_a_day")]


class FollowUp(ChronicFollowUp):
    """2型糖尿病患者随访服务记录表."""

    CONTRACT = FOLLOW_UP
    RULES: ClassVar = RULES

    symptoms = element_field(e.DIABETES_SYMPTOMS)
    foot_pulse = element_field(e.FOOT_PULSE)
    staple_food = element_field(e.STAPLE_FOOD)
    target_staple_food = element_field(e.TARGET_STAPLE_FOOD)
    fasting_glucose = element_field(e.FASTING_GLUCOSE)
    random_glucose = element_field(e.RANDOM_GLUCOSE)
    glycated_haemoglobin = element_field(e.GLYCATED_HAEMOGLOBIN)
    glycated_tested_on = element_field(e.GLYCATED_TESTED_ON)
    hypoglycaemia = element_field(e.HYPOGLYCAEMIA)
    insulin_kind = element_field(e.INSULIN_KIND)
    insulin_dose = element_field(e.INSULIN_DOSE)

    class Meta:
        verbose_name = "2型糖尿病患者随访"
        constraints = [models.UniqueConstraint(fields=["resident", "visited_on"], name="diabetes_one_visit_a_day")]
