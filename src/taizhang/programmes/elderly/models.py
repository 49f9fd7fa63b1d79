"""Stored assessments of the elderly: 老年人健康管理记录, one a year beside the health examination."""

from typing import Self

from django.db import models

from taizhang.county.fields import element_field, worded
from taizhang.county.recording import Record
from taizhang.kernel.registry import registry
from taizhang.programmes import laboratory as lab
from taizhang.programmes.elderly import elements as own
from taizhang.programmes.elderly import rules
from taizhang.programmes.elderly.records import ASSESSMENT, FEEDBACK


class Assessment(Record):
    """老年人生活方式和健康状况评估: self-care by five items, cognition and mood screens, lifestyle, guidance and feedback. The total
    score, the next due day with its reason, and the day that answered it are derived when it is saved."""

    CONTRACT = ASSESSMENT
    DAY = "assessed_on"
    BESIDE = ("elderly.Feedback",)

    examination = models.ForeignKey(
        "health_records.Examination", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="健康体检记录"
    )
    assessed_on = element_field(own.ASSESSED_ON, required=True)
    self_rated_health = element_field(own.SELF_RATED_HEALTH)

    eating = element_field(own.EATING)
    grooming = element_field(own.GROOMING)
    dressing = element_field(own.DRESSING)
    toileting = element_field(own.TOILETING)
    moving = element_field(own.MOVING)
    self_care_score = element_field(own.SELF_CARE_SCORE, editable=False)

    cognition_screen = element_field(own.COGNITION_SCREEN)
    cognition_score = element_field(own.COGNITION_SCORE)
    emotion_screen = element_field(own.EMOTION_SCREEN)
    depression_score = element_field(own.DEPRESSION_SCORE)

    exercise_frequency = element_field(lab.EXERCISE_FREQUENCY)
    diet = element_field(lab.DIET)
    smoking_status = element_field(lab.SMOKING_STATUS)
    drinking_frequency = element_field(lab.DRINKING_FREQUENCY)

    guidance_given = element_field(own.GUIDANCE_GIVEN, required=True, default=False)
    guidance_topics = element_field(own.GUIDANCE_TOPICS)
    feedback_on = element_field(own.FEEDBACK_ON)
    feedback_way = element_field(own.FEEDBACK_WAY)
    doctor = element_field(lab.EXAMINING_DOCTOR)
    note = element_field(own.ASSESSMENT_NOTE)

    next_due_on = worded(models.DateField("下次应评估日期", null=True, editable=False), own.NEXT_DUE_ON)
    due_reason = models.CharField(
        "下次评估缘由", max_length=20, blank=True, editable=False, choices=[(code, text.zh) for code, text in rules.DUE_REASONS.items()]
    )
    answered_on = models.DateField("下次评估实际日期", null=True, editable=False)
    told_on = worded(models.DateField("结果告知日期", null=True, editable=False), own.RESULT_TOLD_ON)

    class Meta:
        verbose_name = "老年人健康管理记录"
        constraints = [models.UniqueConstraint(fields=["resident", "assessed_on"], name="one_assessment_a_day")]
        indexes = [models.Index(fields=["-assessed_on", "-id"], name="assessments_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        interval = registry.parameters["elderly.interval_months"]
        for place, assessment in enumerate(history):
            assessment.self_care_score = rules.self_care_score([getattr(assessment, item) for item in rules.SCORES])
            due = rules.next_due(assessment.assessed_on, interval.at(assessment.assessed_on))
            assessment.next_due_on, assessment.due_reason = due.on, due.reason
            assessment.answered_on = history[place + 1].assessed_on if place + 1 < len(history) else None
            feedbacks = assessment.beside.get("elderly.Feedback", ())
            days = [each.told_on for each in feedbacks if isinstance(each, Feedback)]
            assessment.told_on = rules.told_on(assessment.assessed_on, assessment.feedback_on, days, assessment.answered_on)


class Feedback(Record):
    """体检结果反馈: the results of the yearly assessment and examination told to the person or the family after the day itself."""

    CONTRACT = FEEDBACK
    DAY = "told_on"

    told_on = element_field(own.TOLD_ON, required=True)
    way = element_field(own.TOLD_WAY, required=True)
    told_to = element_field(own.TOLD_TO, required=True, default="1")
    abnormal = element_field(own.TOLD_ABNORMAL, required=True)
    advice = element_field(own.TOLD_ADVICE)
    content = element_field(own.TOLD_CONTENT, max_length=500)
    doctor = element_field(own.TOLD_BY)

    class Meta:
        verbose_name = "老年人体检结果反馈"
        constraints = [models.UniqueConstraint(fields=["resident", "told_on"], name="elderly_one_feedback_a_day")]
        indexes = [models.Index(fields=["-told_on", "-id"], name="elderly_feedbacks_by_day")]
