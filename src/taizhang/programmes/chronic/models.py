"""The stored records that the chronic diseases share: a case (专档) and a follow-up, with the fields both paper forms ask for."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models

from taizhang.county.fields import element_field, worded
from taizhang.county.recording import Record
from taizhang.kernel.elements import Element, coded, day
from taizhang.kernel.registry import registry
from taizhang.programmes import elements as e
from taizhang.programmes.chronic.screening import DUE_REASON as SCREENING_DUE_REASON
from taizhang.programmes.chronic.screening import DUE_REASONS as SCREENING_DUE_REASONS
from taizhang.programmes.chronic.screening import NOT_MEASURED, RESULT, RESULTS, ScreeningRules
from taizhang.programmes.chronic.visits import DUE_REASONS, NOT_ASSESSED, VISIT_CLASSES, FollowUpRules

# What is derived, as pages and paper print it.
VISIT_CLASS = coded("visit_class", "此次随访分类", "Class of the visit", {c: (t.zh, t.en) for c, t in VISIT_CLASSES.items()})
NEXT_DUE_ON = day("next_due_on", "下次随访日期", "Next visit due")
SCREENING_NEXT_DUE_ON = day("screening_next_due_on", "下次应复测日期", "Due again on")
DUE_REASON = coded("due_reason", "下次随访缘由", "Why due", {c: (t.zh, t.en) for c, t in DUE_REASONS.items()})


class ChronicCase(Record):
    """专档: a patient under management from enrolment until the case is closed. closed_on is the first day without management."""

    DAY = "enrolled_on"

    diagnosed_on = element_field(e.DIAGNOSED_ON)
    diagnosed_by = element_field(e.DIAGNOSED_BY)
    found_by = element_field(e.FOUND_BY)
    enrolled_on = element_field(e.ENROLLED_ON, required=True)
    closed_on = element_field(e.CLOSED_ON)
    close_reason = element_field(e.CLOSE_REASON)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["resident", "enrolled_on"], name="%(app_label)s_one_case_a_day")]
        indexes = [models.Index(fields=["-enrolled_on", "-id"], name="%(app_label)s_cases_by_day")]  # a register's list begins there


class ChronicScreening(Record):
    """筛查: one measurement or questionnaire of somebody who is not under management. What follows from it is derived from all of the
    resident's screenings when one is saved; risk_reasons, of the disease's own list, is declared by the disease."""

    DAY = "screened_on"
    RULES: ClassVar[ScreeningRules]

    screened_on = element_field(e.SCREENED_ON, required=True)
    referral_result = element_field(e.REFERRAL_RESULT)
    doctor = element_field(e.SCREENING_DOCTOR)

    age_at_screening = models.IntegerField("筛查时年龄", null=True, editable=False)
    result = worded(
        models.CharField("筛查结果", max_length=1, editable=False, default=NOT_MEASURED, choices=[(c, t.zh) for c, t in RESULTS.items()]),
        RESULT,
    )
    next_due_on = worded(models.DateField("下次应复测日期", null=True, editable=False), SCREENING_NEXT_DUE_ON)
    due_reason = worded(
        models.CharField(
            "下次复测缘由", max_length=12, blank=True, editable=False, choices=[(c, t.zh) for c, t in SCREENING_DUE_REASONS.items()]
        ),
        SCREENING_DUE_REASON,
    )
    answered_on = models.DateField("下次实际日期", null=True, editable=False)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["resident", "screened_on"], name="%(app_label)s_one_screening_a_day")]
        indexes = [models.Index(fields=["-screened_on", "-id"], name="%(app_label)s_screened_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        """history: all of one resident's screenings in time order, each with its resident at hand."""
        if not history:
            return
        columns = [column.source for column in cls.CONTRACT.columns]
        person = history[0].resident
        derived = cls.RULES.derive(
            [{name: getattr(screening, name) for name in columns} for screening in history],
            birth_date=person.birth_date,
            sex=person.sex,
            parameters=registry.parameters,
        )
        for screening, values in zip(history, derived, strict=True):
            for name, value in values.items():
                setattr(screening, name, value)


def risk_reasons_field(element: Element) -> models.Field[Any, Any]:
    """The derived reasons of high risk, read as the disease's own list."""
    return worded(models.CharField("高危因素", max_length=60, null=True, blank=True, editable=False), element)


class MeasuresPressure(models.Model):
    """The boxes of a form that has a blood pressure."""

    systolic = element_field(e.SYSTOLIC)
    diastolic = element_field(e.DIASTOLIC)

    class Meta:
        abstract = True


class ChronicFollowUp(Record):
    """随访: one visit, as the paper form has it. The last eight fields are derived from the resident's visits when one is saved."""

    DAY = "visited_on"
    RULES: ClassVar[FollowUpRules]

    visited_on = element_field(e.VISITED_ON, required=True)
    way = element_field(e.WAY_OF_VISIT, required=True)
    outcome = element_field(e.VISIT_OUTCOME, required=True, default=e.REACHED)
    lost_reason = element_field(e.LOST_REASON)
    other_symptoms = element_field(e.OTHER_SYMPTOMS)

    weight = element_field(e.WEIGHT)
    target_weight = element_field(e.TARGET_WEIGHT)
    body_mass_index = element_field(e.BODY_MASS_INDEX)
    target_body_mass_index = element_field(e.TARGET_BODY_MASS_INDEX)
    other_signs = element_field(e.OTHER_SIGNS)

    smoking = element_field(e.SMOKING)
    target_smoking = element_field(e.TARGET_SMOKING)
    drinking = element_field(e.DRINKING)
    target_drinking = element_field(e.TARGET_DRINKING)
    exercise_times = element_field(e.EXERCISE_TIMES)
    exercise_minutes = element_field(e.EXERCISE_MINUTES)
    target_exercise_times = element_field(e.TARGET_EXERCISE_TIMES)
    target_exercise_minutes = element_field(e.TARGET_EXERCISE_MINUTES)
    psychological = element_field(e.PSYCHOLOGICAL)
    compliance = element_field(e.COMPLIANCE)
    other_tests = element_field(e.OTHER_TESTS)

    adherence = element_field(e.ADHERENCE)
    adverse_reaction = element_field(e.ADVERSE_REACTION)
    adverse_reaction_detail = element_field(e.ADVERSE_REACTION_DETAIL)
    new_complication = element_field(e.NEW_COMPLICATION)
    danger_signs = element_field(e.DANGER_SIGNS)

    medicine_1_name, medicine_1_times, medicine_1_dose = map(element_field, e.MEDICINES[0])
    medicine_2_name, medicine_2_times, medicine_2_dose = map(element_field, e.MEDICINES[1])
    medicine_3_name, medicine_3_times, medicine_3_dose = map(element_field, e.MEDICINES[2])
    other_medicines = element_field(e.OTHER_MEDICINES)

    referral_result = element_field(e.REFERRAL_RESULT)
    referral_reason = element_field(e.REFERRAL_REASON)
    referral_to = element_field(e.REFERRAL_TO)
    doctor = element_field(e.DOCTOR)

    age_at_visit = models.IntegerField("随访时年龄", null=True, editable=False)
    visit_class = worded(
        models.CharField(
            "此次随访分类", max_length=1, editable=False, default=NOT_ASSESSED, choices=[(c, t.zh) for c, t in VISIT_CLASSES.items()]
        ),
        VISIT_CLASS,
    )
    within_target = models.BooleanField("达到控制目标", null=True, editable=False)
    next_due_on = worded(models.DateField("下次随访日期", null=True, editable=False), NEXT_DUE_ON)
    due_reason = worded(
        models.CharField("下次随访缘由", max_length=24, blank=True, editable=False, choices=[(c, t.zh) for c, t in DUE_REASONS.items()]),
        DUE_REASON,
    )
    answered_on = models.DateField("下次随访实际日期", null=True, editable=False)
    referral_checked_on = models.DateField("转诊结果了解日期", null=True, editable=False)
    rule = models.CharField("规则指纹", max_length=12, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["resident", "visited_on"], name="%(app_label)s_one_visit_a_day")]
        indexes = [models.Index(fields=["-visited_on", "-id"], name="%(app_label)s_visits_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        """Class, next due date and its reason of every visit, from the visits up to it; and the day the next one took place.

        history: all of one resident's visits in time order, each with its resident at hand.
        """
        if not history:
            return
        columns = [column.source for column in cls.CONTRACT.columns]
        derived = cls.RULES.derive(
            [{"id": visit.pk, **{name: getattr(visit, name) for name in columns}} for visit in history],
            birth_date=history[0].resident.birth_date,
            parameters=registry.parameters,
        )
        for visit, values in zip(history, derived, strict=True):
            for name, value in values.items():
                setattr(visit, name, value)
