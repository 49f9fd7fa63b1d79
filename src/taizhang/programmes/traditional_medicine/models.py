"""Stored services of Chinese medicine: the constitution of the elderly, and the guidance of small children."""

from typing import ClassVar, Self

from django.db import models

from taizhang.county.fields import element_field
from taizhang.county.recording import Record
from taizhang.kernel.periods import add_months
from taizhang.programmes import elements as e
from taizhang.programmes.traditional_medicine import elements as own
from taizhang.programmes.traditional_medicine import records, rules
from taizhang.programmes.traditional_medicine.questions import FIELDS, TYPES


class Constitution(Record):
    """老年人中医药健康管理服务记录表: 33 answers; the scores and verdicts of the nine constitutions are derived. The answers q1 to q33 and
    the derived pairs are added below, one field each, in the order of the form."""

    CONTRACT = records.CONSTITUTION
    DAY = "assessed_on"
    ANSWERS: ClassVar[tuple[str, ...]] = FIELDS

    assessed_on = element_field(own.ASSESSED_ON, required=True)
    for _place, _element in enumerate(own.ANSWERS, 1):
        locals()[f"q{_place}"] = element_field(_element)
    for _code in TYPES:
        locals()[f"{_code}_score"] = element_field(own.SCORES[_code], editable=False)
        locals()[_code] = element_field(own.VERDICTS[_code], editable=False)
    del _place, _element, _code
    main = element_field(own.CONSTITUTION, editable=False)
    complete = models.BooleanField("33题齐全", default=False, editable=False)
    guidance = element_field(own.GUIDANCE)
    guidance_other = element_field(own.GUIDANCE_OTHER)
    next_on = element_field(own.NEXT_ASSESSMENT_ON, editable=False)
    doctor = element_field(e.DOCTOR)

    class Meta:
        verbose_name = "老年人中医药健康管理服务记录"
        constraints = [models.UniqueConstraint(fields=["resident", "assessed_on"], name="one_constitution_a_day")]
        indexes = [models.Index(fields=["-assessed_on", "-id"], name="constitutions_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for assessment in history:
            for name, value in rules.judge(vars(assessment)).items():
                setattr(assessment, name, value)


class ChildGuidance(Record):
    """0～36个月儿童中医药健康管理服务记录表: what the parents were taught at an age."""

    CONTRACT = records.CHILD_GUIDANCE
    DAY = "visited_on"

    visited_on = element_field(e.VISITED_ON, required=True)
    stage = element_field(own.STAGE, editable=False)
    service = element_field(own.SERVICE, required=True)
    service_other = element_field(own.SERVICE_OTHER)
    next_on = element_field(own.NEXT_GUIDANCE_ON, editable=False)
    doctor = element_field(e.DOCTOR)

    class Meta:
        verbose_name = "儿童中医药健康管理服务记录"
        constraints = [models.UniqueConstraint(fields=["resident", "visited_on"], name="one_child_medicine_a_day")]
        indexes = [models.Index(fields=["-visited_on", "-id"], name="child_medicines_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for guidance in history:
            birth = guidance.resident.birth_date
            stage = rules.stage_on(birth, guidance.visited_on)
            guidance.stage = None if stage is None else str(stage)
            following = [months for months, opens, _, _ in rules.windows(birth) if opens > guidance.visited_on]
            guidance.next_on = add_months(birth, following[0]) if following else None
