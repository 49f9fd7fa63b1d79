"""Stored records of COPD: 专档, 慢阻肺患者随访服务记录表 and 慢阻肺筛查问卷."""

from typing import ClassVar

from taizhang.county.fields import element_field
from taizhang.programmes import elements as e
from taizhang.programmes import laboratory as lab
from taizhang.programmes.chronic.models import ChronicCase, ChronicFollowUp, ChronicScreening, risk_reasons_field
from taizhang.programmes.copd import elements as own
from taizhang.programmes.copd.records import CASE, FOLLOW_UP, SCREENING
from taizhang.programmes.copd.rules import RISKS, RULES, SCREENING_RULES


class Case(ChronicCase):
    """慢阻肺患者专档, with the lung function that the diagnosis rests on."""

    CONTRACT = CASE

    fev1_fvc = element_field(own.RATIO)
    fev1_predicted = element_field(own.FEV1_PREDICTED)

    class Meta(ChronicCase.Meta):
        verbose_name = "慢阻肺患者专档"


class FollowUp(ChronicFollowUp):
    """慢阻肺患者随访服务记录表."""

    CONTRACT = FOLLOW_UP
    RULES: ClassVar = RULES

    symptoms = element_field(own.SYMPTOMS)
    symptom_change = element_field(own.SYMPTOM_CHANGE)
    mmrc = element_field(own.MMRC)
    cat = element_field(own.CAT)
    exacerbations_since = element_field(own.EXACERBATIONS_SINCE)
    exacerbations = element_field(own.EXACERBATIONS)
    admissions = element_field(own.ADMISSIONS)
    respiration = element_field(lab.RESPIRATION)
    heart_rate = element_field(e.HEART_RATE)
    oxygen_saturation = element_field(own.OXYGEN)
    fev1_fvc = element_field(own.RATIO)
    fev1_predicted = element_field(own.FEV1_PREDICTED)
    inhaler = element_field(own.INHALER)
    home_oxygen = element_field(own.HOME_OXYGEN)
    flu_vaccine = element_field(own.FLU_VACCINE)
    pneumonia_vaccine = element_field(own.PNEUMONIA_VACCINE)
    rehabilitation = element_field(own.REHABILITATION)

    class Meta(ChronicFollowUp.Meta):
        verbose_name = "慢阻肺患者随访"


class Screening(ChronicScreening):
    """慢阻肺筛查问卷. The score is derived."""

    CONTRACT = SCREENING
    RULES: ClassVar = SCREENING_RULES

    height = element_field(e.HEIGHT)
    weight = element_field(e.WEIGHT)
    smoking = element_field(e.SMOKING)
    smoking_years = element_field(own.SMOKING_YEARS)
    often_coughs = element_field(own.OFTEN_COUGHS)
    breathlessness = element_field(own.BREATHLESSNESS)
    smoky_fuel = element_field(own.SMOKY_FUEL)
    family_lungs = element_field(own.FAMILY_LUNGS)
    score = element_field(own.COPD_SCORE, editable=False)
    risk_reasons = risk_reasons_field(RISKS)

    class Meta(ChronicScreening.Meta):
        verbose_name = "慢阻肺筛查"
