"""Stored records of patients with type 2 diabetes: 专档 and 2型糖尿病患者随访服务记录表."""

from typing import ClassVar

from taizhang.county.fields import element_field
from taizhang.programmes import elements as e
from taizhang.programmes.chronic.models import ChronicCase, ChronicFollowUp, ChronicScreening, MeasuresPressure, risk_reasons_field
from taizhang.programmes.diabetes import elements as own
from taizhang.programmes.diabetes.records import CASE, FOLLOW_UP, SCREENING
from taizhang.programmes.diabetes.rules import RISKS, RULES, SCREENING_RULES


class Case(ChronicCase):
    """2型糖尿病患者专档."""

    CONTRACT = CASE

    class Meta(ChronicCase.Meta):
        verbose_name = "2型糖尿病患者专档"


class FollowUp(MeasuresPressure, ChronicFollowUp):
    """2型糖尿病患者随访服务记录表."""

    CONTRACT = FOLLOW_UP
    RULES: ClassVar = RULES

    symptoms = element_field(own.SYMPTOMS)
    foot_pulse = element_field(own.FOOT_PULSE)
    staple_food = element_field(own.STAPLE_FOOD)
    target_staple_food = element_field(own.TARGET_STAPLE_FOOD)
    fasting_glucose = element_field(e.FASTING_GLUCOSE)
    random_glucose = element_field(e.RANDOM_GLUCOSE)
    glycated_haemoglobin = element_field(e.GLYCATED_HAEMOGLOBIN)
    glycated_tested_on = element_field(own.GLYCATED_TESTED_ON)
    hypoglycaemia = element_field(own.HYPOGLYCAEMIA)
    insulin_kind = element_field(own.INSULIN_KIND)
    insulin_dose = element_field(own.INSULIN_DOSE)

    class Meta(ChronicFollowUp.Meta):
        verbose_name = "2型糖尿病患者随访"


class Screening(ChronicScreening):
    """2型糖尿病高危人群筛查."""

    CONTRACT = SCREENING
    RULES: ClassVar = SCREENING_RULES

    fasting_glucose = element_field(e.FASTING_GLUCOSE)
    random_glucose = element_field(e.RANDOM_GLUCOSE)
    height = element_field(e.HEIGHT)
    weight = element_field(e.WEIGHT)
    waist = element_field(e.WAIST)
    family_diabetes = element_field(own.FAMILY_DIABETES)
    gestational_diabetes = element_field(own.GESTATIONAL_DIABETES)
    raised_pressure = element_field(own.RAISED_PRESSURE)
    raised_lipids = element_field(own.RAISED_LIPIDS)
    sedentary = element_field(own.SEDENTARY)
    risk_reasons = risk_reasons_field(RISKS)

    class Meta(ChronicScreening.Meta):
        verbose_name = "2型糖尿病高危人群筛查"
