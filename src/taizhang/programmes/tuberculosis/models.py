"""Stored records of tuberculosis: referral of who has suspicious symptoms, case (专档), first home visit, follow-ups."""

from fractions import Fraction
from typing import ClassVar, Self

from django.db import models

from taizhang.county.fields import element_field, worded
from taizhang.county.recording import Record
from taizhang.kernel.arithmetic import round_half_away
from taizhang.kernel.elements import coded, day
from taizhang.kernel.registry import registry
from taizhang.programmes import elements as e
from taizhang.programmes.tuberculosis import elements as own
from taizhang.programmes.tuberculosis import records
from taizhang.programmes.tuberculosis.rules import AFTER_FIRST_VISIT, AFTER_FOLLOW_UP
from taizhang.programmes.tuberculosis.visits import DUE_REASONS, DueRule

_NEXT_DUE_ON = day("tb_next_due_on", "下次随访时间", "Next visit due")
_DUE_REASON = coded("tb_due_reason", "下次随访缘由", "Why due", {c: (t.zh, t.en) for c, t in DUE_REASONS.items()})


class Referral(Record):
    """推介转诊: somebody with suspicious symptoms sent to the designated hospital, and whether they got there."""

    CONTRACT = records.REFERRAL
    DAY = "referred_on"

    referred_on = element_field(own.REFERRED_ON, required=True)
    suspicious = element_field(own.SUSPICIOUS, required=True)
    referred_to = element_field(own.REFERRED_TO)
    traced_on = element_field(own.TRACED_ON)
    traced_by = element_field(own.TRACED_BY)
    arrived_on = element_field(own.ARRIVED_ON)
    not_arrived_reason = element_field(own.NOT_ARRIVED_REASON)
    result = element_field(own.RESULT)
    doctor = element_field(e.DOCTOR)

    class Meta:
        verbose_name = "肺结核可疑症状者推介转诊"
        constraints: ClassVar = [models.UniqueConstraint(fields=["resident", "referred_on"], name="tuberculosis_one_referral_a_day")]


class Case(Record):
    """专档: a patient of whom the primary level was notified, until treatment stops (结案). The share of doses taken is derived."""

    CONTRACT = records.CASE
    DAY = "notified_on"

    notified_on = element_field(own.NOTIFIED_ON, required=True)
    notified_by = element_field(own.NOTIFIED_BY)
    diagnosed_on = element_field(e.DIAGNOSED_ON)
    diagnosed_by = element_field(e.DIAGNOSED_BY)
    patient_type = element_field(own.PATIENT_TYPE, required=True)
    sputum = element_field(own.SPUTUM)
    resistance = element_field(own.RESISTANCE)
    regimen = element_field(own.REGIMEN)
    treatment_started_on = element_field(own.TREATMENT_STARTED_ON)

    stopped_on = element_field(own.STOPPED_ON)
    stop_reason = element_field(own.STOP_REASON)
    visits_due = element_field(own.VISITS_DUE)
    visits_made = element_field(own.VISITS_MADE)
    doses_due = element_field(own.DOSES_DUE)
    doses_taken = element_field(own.DOSES_TAKEN)
    assessed_by = element_field(own.ASSESSED_BY)

    adherence_percent = worded(models.IntegerField("服药率", null=True, editable=False), own.ADHERENCE_PERCENT)

    class Meta:
        verbose_name = "肺结核患者专档"
        constraints: ClassVar = [models.UniqueConstraint(fields=["resident", "notified_on"], name="tuberculosis_one_case_a_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for case in history:
            case.adherence_percent = None
            if case.doses_due and case.doses_taken is not None:
                case.adherence_percent = int(round_half_away(Fraction(case.doses_taken * 1000, case.doses_due), 0))


class _Visit(Record):
    """What both visit forms have: the visit, the treatment, symptoms, way of life, and the derived day of the next visit."""

    DAY = "visited_on"
    DUE: ClassVar[DueRule]

    visited_on = element_field(e.VISITED_ON, required=True)
    way = element_field(e.WAY_OF_VISIT, required=True)
    outcome = element_field(e.VISIT_OUTCOME, required=True, default=e.REACHED)
    lost_reason = element_field(e.LOST_REASON)
    supervisor = element_field(own.SUPERVISOR)
    symptoms = element_field(own.SYMPTOMS)
    other_symptoms = element_field(own.OTHER_SYMPTOMS)
    smoking = element_field(e.SMOKING)
    target_smoking = element_field(e.TARGET_SMOKING)
    drinking = element_field(e.DRINKING)
    target_drinking = element_field(e.TARGET_DRINKING)
    regimen = element_field(own.REGIMEN)
    usage = element_field(own.USAGE)
    drug_form = element_field(own.DRUG_FORM)
    doctor = element_field(e.DOCTOR)

    next_due_on = worded(models.DateField("下次随访时间", null=True, editable=False), _NEXT_DUE_ON)
    due_reason = worded(
        models.CharField("下次随访缘由", max_length=24, blank=True, editable=False, choices=[(c, t.zh) for c, t in DUE_REASONS.items()]),
        _DUE_REASON,
    )

    class Meta:
        abstract = True

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        """When the next visit is due and why, from the visits up to each; history in time order."""
        columns = [column.source for column in cls.CONTRACT.columns]
        rows = [{name: getattr(visit, name) for name in columns} for visit in history]
        for visit, (due_on, reason) in zip(history, cls.DUE.derive(rows, registry.parameters), strict=True):
            visit.next_due_on, visit.due_reason = due_on, reason


class FirstVisit(_Visit):
    """第一次入户随访记录表. A visit in vain is one too, with its outcome; failed_attempts counts those running, and is derived."""

    CONTRACT = records.FIRST_VISIT
    DUE = AFTER_FIRST_VISIT

    told_above_on = element_field(own.TOLD_ABOVE_ON)
    patient_type = element_field(own.PATIENT_TYPE)
    sputum = element_field(own.SPUTUM)
    resistance = element_field(own.RESISTANCE)
    own_room = element_field(own.OWN_ROOM)
    ventilation = element_field(own.VENTILATION)
    collection_place = element_field(own.COLLECTION_PLACE)
    collection_on = element_field(own.COLLECTION_ON)
    lesson_card = element_field(own.LESSON_CARD)
    lesson_storage = element_field(own.LESSON_STORAGE)
    lesson_course = element_field(own.LESSON_COURSE)
    lesson_irregular = element_field(own.LESSON_IRREGULAR)
    lesson_reactions = element_field(own.LESSON_REACTIONS)
    lesson_sputum = element_field(own.LESSON_SPUTUM)
    lesson_travel = element_field(own.LESSON_TRAVEL)
    lesson_habits = element_field(own.LESSON_HABITS)
    lesson_contacts = element_field(own.LESSON_CONTACTS)

    failed_attempts = models.IntegerField("连续未访到次数", default=0, editable=False)

    class Meta:
        verbose_name = "肺结核患者第一次入户随访"
        constraints: ClassVar = [models.UniqueConstraint(fields=["resident", "visited_on"], name="tuberculosis_one_first_visit_a_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        super().derive(history)
        running = 0
        for visit in history:
            running = running + 1 if visit.outcome == e.NOT_REACHED else 0
            visit.failed_attempts = running


class FollowUp(_Visit):
    """肺结核患者随访服务记录表: one visit during treatment."""

    CONTRACT = records.FOLLOW_UP
    DUE = AFTER_FOLLOW_UP

    treatment_month = element_field(own.TREATMENT_MONTH)
    phase = element_field(own.PHASE)
    doses_missed = element_field(own.DOSES_MISSED)
    adverse_reaction = element_field(own.ADVERSE_REACTION)
    adverse_reaction_detail = element_field(own.ADVERSE_REACTION_DETAIL)
    complication = element_field(own.COMPLICATION)
    complication_detail = element_field(own.COMPLICATION_DETAIL)
    referral_to = element_field(own.REFERRAL_TO)
    referral_reason = element_field(own.REFERRAL_REASON)
    two_week_result = element_field(own.TWO_WEEK_RESULT)
    handling = element_field(own.HANDLING)

    class Meta:
        verbose_name = "肺结核患者随访"
        constraints: ClassVar = [models.UniqueConstraint(fields=["resident", "visited_on"], name="tuberculosis_one_visit_a_day")]
