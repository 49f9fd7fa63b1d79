"""Stored register of infectious diseases, and their report cards."""

from typing import Any, ClassVar, Self

from django.db import models

from taizhang.county.fields import element_field
from taizhang.county.recording import Record
from taizhang.programmes.infectious_disease import elements as e
from taizhang.programmes.infectious_disease import records, rules

_WIDE: dict[str, Any] = {"max_length": e.DISEASE_WIDTH, "choices": None}  # the list of diseases changes; the element checks it


class Suspicion(Record):
    """传染病登记: a suspicion or diagnosis as the clinic's log has it, and whether a card answers it."""

    CONTRACT = records.SUSPICION
    DAY = "diagnosed_on"
    BESIDE = ("infectious_disease.ReportCard",)

    diagnosed_on = element_field(e.FOUND_ON, required=True)
    diagnosed_hour = element_field(e.FOUND_HOUR, required=True)
    diagnosed_minute = element_field(e.FOUND_MINUTE, required=True)
    onset_on = element_field(e.ONSET_ON)
    disease = element_field(e.DISEASE, required=True, **_WIDE)
    kind = element_field(e.KIND, **_WIDE)
    case_class = element_field(e.CASE_CLASS)
    place = element_field(e.PLACE)
    first_visit = element_field(e.FIRST_VISIT, required=True, default="1")
    symptoms = element_field(e.SYMPTOMS)
    exposure = element_field(e.EXPOSURE)
    handled = element_field(e.HANDLED)
    doctor = element_field(e.REGISTRAR)

    disease_class = element_field(e.DISEASE_CLASS, editable=False)
    limit_minutes = element_field(e.LIMIT, editable=False)
    due_on = element_field(e.DUE_ON, editable=False)
    owed = models.BooleanField("应报告", default=False, editable=False)
    card_on = element_field(e.CARD_ON, editable=False)
    took_minutes = element_field(e.TOOK, editable=False)
    outcome = element_field(e.OUTCOME, editable=False)

    class Meta:
        verbose_name = "传染病登记"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["resident", "diagnosed_on", "disease"], name="infection_one_suspicion_a_day")
        ]
        indexes: ClassVar = [models.Index(fields=["-diagnosed_on", "-id"], name="infection_suspicion_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for entry in history:
            cards = [vars(card) for card in entry.beside.get("infectious_disease.ReportCard", ())]
            for name, value in rules.judge_suspicion(vars(entry), cards).items():
                setattr(entry, name, value)


class ReportCard(Record):
    """中华人民共和国传染病报告卡. Name, identity number, sex and birth date stand with the resident. A correction is a card of its own: the
    first card keeps its time."""

    CONTRACT = records.CARD
    DAY = "diagnosed_on"

    card_number = element_field(e.CARD_NUMBER)
    card_kind = element_field(e.CARD_KIND, required=True, default=e.FIRST_CARD)
    parent = element_field(e.PARENT)
    workplace = element_field(e.WORKPLACE)
    phone = element_field(e.PHONE)
    belongs = element_field(e.BELONGS)
    address = element_field(e.ADDRESS)
    occupation = element_field(e.OCCUPATION)
    disease = element_field(e.DISEASE, required=True, **_WIDE)
    kind = element_field(e.KIND, **_WIDE)
    case_class = element_field(e.CASE_CLASS, required=True)
    acute = element_field(e.ACUTE)
    onset_on = element_field(e.ONSET_ON, required=True)
    diagnosed_on = element_field(e.FOUND_ON, required=True)
    diagnosed_hour = element_field(e.FOUND_HOUR, required=True)
    diagnosed_minute = element_field(e.FOUND_MINUTE, required=True)
    died_on = element_field(e.DIED_ON)
    outbreak = element_field(e.OUTBREAK, required=True, default=False)
    corrected = element_field(e.CORRECTED, **_WIDE)
    returned = element_field(e.RETURNED)
    reporter = element_field(e.REPORTER)
    filled_on = element_field(e.FILLED_ON, required=True)
    remark = element_field(e.REMARK)
    reported_on = element_field(e.REPORTED_ON)
    reported_hour = element_field(e.REPORTED_HOUR)
    reported_minute = element_field(e.REPORTED_MINUTE)
    reviewed_on = element_field(e.REVIEWED_ON)
    reviewed_hour = element_field(e.REVIEWED_HOUR)
    reviewed_minute = element_field(e.REVIEWED_MINUTE)
    reviewer = element_field(e.REVIEWER)
    void_on = element_field(e.VOID_ON)
    void_reason = element_field(e.VOID_REASON)

    disease_class = element_field(e.DISEASE_CLASS, editable=False)
    limit_minutes = element_field(e.LIMIT, editable=False)
    due_on = element_field(e.DUE_ON, editable=False)
    took_minutes = element_field(e.TOOK, editable=False)
    review_took = element_field(e.REVIEW_TOOK, editable=False)
    review_limit = models.IntegerField("审核时限", null=True, editable=False)
    review_due_on = models.DateField("审核截止日期", null=True, editable=False)
    lacking = element_field(e.LACKING, editable=False)
    complete = models.BooleanField("填写完整", default=False, editable=False)
    doubled = element_field(e.DOUBLED, editable=False, required=True, default=False)

    class Meta:
        verbose_name = "传染病报告卡"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["resident", "card_kind", "diagnosed_on", "disease", "card_number"], name="infection_one_card_a_diagnosis"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["-diagnosed_on", "-id"], name="infection_card_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        if not history:
            return
        judged = rules.judge_cards([vars(card) for card in history], history[0].resident.birth_date)
        for card, values in zip(history, judged, strict=True):
            for name, value in values.items():
                setattr(card, name, value)
