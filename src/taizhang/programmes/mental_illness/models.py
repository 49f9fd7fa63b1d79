"""Stored records of severe mental illness: 严重精神障碍患者个人信息补充表 and 严重精神障碍患者随访服务记录表."""

from typing import ClassVar, Self

from django.db import models

from taizhang.county.fields import element_field, worded
from taizhang.county.recording import Record
from taizhang.kernel.elements import coded, day
from taizhang.kernel.registry import registry
from taizhang.programmes import elements as e
from taizhang.programmes.mental_illness import elements as own
from taizhang.programmes.mental_illness.records import CASE, FOLLOW_UP
from taizhang.programmes.mental_illness.rules import RULES
from taizhang.programmes.mental_illness.visits import DUE_REASONS

_NEXT_DUE_ON = day("psychiatric_next_due_on", "下次随访日期", "Next visit due")
_DUE_REASON = coded("psychiatric_due_reason", "下次随访缘由", "Why due", {c: (t.zh, t.en) for c, t in DUE_REASONS.items()})


class Case(Record):
    """专档: a diagnosed patient who lives at home, from registration until the case is closed; closed_on is the first day without
    management. Who does not agree to be managed stays registered."""

    CONTRACT = CASE
    DAY = "enrolled_on"

    enrolled_on = element_field(e.ENROLLED_ON, required=True)
    guardian_name = element_field(e.GUARDIAN_NAME)
    guardian_relation = element_field(e.GUARDIAN_RELATION, verbose_name="监护人与患者关系")
    guardian_address = element_field(own.GUARDIAN_ADDRESS)
    guardian_phone = element_field(e.GUARDIAN_PHONE, verbose_name="监护人电话")
    village_contact = element_field(own.VILLAGE_CONTACT)
    household_kind = element_field(own.HOUSEHOLD_KIND)
    employment = element_field(own.EMPLOYMENT)
    consent = element_field(own.CONSENT, required=True)
    consented_by = element_field(own.CONSENTED_BY)
    consented_on = element_field(own.CONSENTED_ON)

    first_onset_on = element_field(own.FIRST_ONSET_ON)
    past_symptoms = element_field(own.PAST_SYMPTOMS)
    past_confinement = element_field(own.PAST_CONFINEMENT)
    past_outpatient = element_field(own.PAST_OUTPATIENT)
    first_treated_on = element_field(own.FIRST_TREATED_ON)
    past_admissions = element_field(own.PAST_ADMISSIONS)

    diagnosis = element_field(own.DIAGNOSIS, required=True)
    diagnosed_by = element_field(e.DIAGNOSED_BY)
    diagnosed_on = element_field(e.DIAGNOSED_ON)
    last_effect = element_field(own.LAST_EFFECT)

    past_minor = element_field(own.PAST_MINOR)
    past_trouble = element_field(own.PAST_TROUBLE)
    past_disaster = element_field(own.PAST_DISASTER)
    past_other_harm = element_field(own.PAST_OTHER_HARM)
    past_self_harm = element_field(own.PAST_SELF_HARM)
    past_suicide = element_field(own.PAST_SUICIDE)

    economy = element_field(own.ECONOMY)
    specialist_opinion = element_field(own.SPECIALIST_OPINION)
    doctor = element_field(e.DOCTOR)

    closed_on = element_field(e.CLOSED_ON)
    close_reason = element_field(e.CLOSE_REASON)

    class Meta:
        verbose_name = "严重精神障碍患者专档"
        constraints: ClassVar = [models.UniqueConstraint(fields=["resident", "enrolled_on"], name="mental_illness_one_case_a_day")]


class FollowUp(Record):
    """随访: one visit, as the paper form has it. The last four fields are derived from the resident's visits when one is saved."""

    CONTRACT = FOLLOW_UP
    DAY = "visited_on"

    visited_on = element_field(e.VISITED_ON, required=True)
    way = element_field(e.WAY_OF_VISIT, required=True)
    outcome = element_field(e.VISIT_OUTCOME, required=True, default=e.REACHED)
    lost_reason = element_field(own.LOST_REASON)
    died_on = element_field(own.DIED_ON)
    death_cause = element_field(own.DEATH_CAUSE)
    somatic_cause = element_field(own.SOMATIC_CAUSE)

    risk = element_field(own.RISK)
    symptoms = element_field(own.SYMPTOMS)
    symptom_level = element_field(own.SYMPTOM_LEVEL)
    other_symptoms = element_field(own.OTHER_SYMPTOMS)
    insight = element_field(own.INSIGHT)
    sleep = element_field(own.SLEEP)
    eating = element_field(own.EATING)

    self_care = element_field(own.SELF_CARE)
    housework = element_field(own.HOUSEWORK)
    productive_work = element_field(own.PRODUCTIVE_WORK)
    learning = element_field(own.LEARNING)
    social_contact = element_field(own.SOCIAL_CONTACT)

    incidents_minor = element_field(own.MINOR)
    incidents_trouble = element_field(own.TROUBLE)
    incidents_disaster = element_field(own.DISASTER)
    incidents_other = element_field(own.OTHER_HARM)
    incidents_self_harm = element_field(own.SELF_HARM)
    incidents_suicide = element_field(own.SUICIDE)

    confinement = element_field(own.CONFINEMENT)
    hospitalisation = element_field(own.HOSPITALISATION)
    last_discharged_on = element_field(own.LAST_DISCHARGED_ON)
    laboratory = element_field(own.LABORATORY)
    laboratory_detail = element_field(own.LABORATORY_DETAIL)

    adherence = element_field(own.ADHERENCE)
    adverse_reaction = element_field(own.ADVERSE_REACTION)
    adverse_reaction_detail = element_field(own.ADVERSE_REACTION_DETAIL)
    severe_reaction = element_field(own.SEVERE_REACTION)
    severe_somatic = element_field(own.SEVERE_SOMATIC)
    effect = element_field(own.EFFECT)
    referred = element_field(own.REFERRED)
    referral_reason = element_field(own.REFERRAL_REASON)
    referral_to = element_field(own.REFERRAL_TO)

    medicine_1_name, medicine_1_use, medicine_1_dose = map(element_field, own.MEDICINES[0])
    medicine_2_name, medicine_2_use, medicine_2_dose = map(element_field, own.MEDICINES[1])
    medicine_3_name, medicine_3_use, medicine_3_dose = map(element_field, own.MEDICINES[2])
    advised_1_name, advised_1_use, advised_1_dose = map(element_field, own.ADVISED[0])
    advised_2_name, advised_2_use, advised_2_dose = map(element_field, own.ADVISED[1])
    advised_3_name, advised_3_use, advised_3_dose = map(element_field, own.ADVISED[2])
    rehabilitation = element_field(own.REHABILITATION)

    doctor_class = element_field(own.DOCTOR_CLASS)
    override_reason = element_field(own.OVERRIDE_REASON)
    doctor = element_field(e.DOCTOR)

    visit_class = worded(
        models.CharField(
            "本次随访分类", max_length=1, editable=False, default=own.NOT_ASSESSED, choices=[(c, t.zh) for c, t in own.CLASSES.items()]
        ),
        own.VISIT_CLASS,
    )
    next_due_on = worded(models.DateField("下次随访日期", null=True, editable=False), _NEXT_DUE_ON)
    due_reason = worded(
        models.CharField("下次随访缘由", max_length=24, blank=True, editable=False, choices=[(c, t.zh) for c, t in DUE_REASONS.items()]),
        _DUE_REASON,
    )
    answered_on = models.DateField("下次随访实际日期", null=True, editable=False)

    class Meta:
        verbose_name = "严重精神障碍患者随访"
        constraints: ClassVar = [models.UniqueConstraint(fields=["resident", "visited_on"], name="mental_illness_one_visit_a_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        """Class, next due date and its reason of every visit; and the day the next one took place. history: in time order."""
        columns = [column.source for column in cls.CONTRACT.columns]
        rows = [{name: getattr(visit, name) for name in columns} for visit in history]
        for visit, values in zip(history, RULES.derive(rows, registry.parameters), strict=True):
            for name, value in values.items():
                setattr(visit, name, value)
