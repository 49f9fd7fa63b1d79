"""Stored register of infectious diseases, their report cards, the cards of public-health emergencies, and the checks for missed cases."""

from typing import Any, ClassVar, Self

from django.db import models

from taizhang.county.fields import element_field, worded
from taizhang.county.recording import Record, UnitRecord
from taizhang.programmes.infectious_disease import elements as e
from taizhang.programmes.infectious_disease import event_elements as v
from taizhang.programmes.infectious_disease import event_rules, records, rules

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
    resolves = element_field(e.RESOLVES, editable=False, required=True, default=False)

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


class EventReport(UnitRecord):
    """突发公共卫生事件相关信息报告卡: one report (first, in progress, closing) on one event; cards of an institution with one name are one
    event. A first report that is not sent yet is an event that was learnt of."""

    CONTRACT = records.EVENT_REPORT
    DAY = "filled_on"

    name = element_field(v.EVENT_NAME, required=True)
    stage = element_field(v.STAGE, required=True, default=v.INITIAL)
    number = element_field(v.NUMBER, required=True, default=1)
    category = element_field(v.CATEGORY, required=True)
    grade = element_field(v.GRADE, required=True)
    received_on = element_field(v.RECEIVED_ON, required=True)
    received_hour = element_field(v.RECEIVED_HOUR, required=True)
    received_minute = element_field(v.RECEIVED_MINUTE, required=True)
    occurred_on = element_field(v.OCCURRED_ON)
    confirmed_on = element_field(v.CONFIRMED_ON)
    diagnosis = element_field(v.DIAGNOSIS)
    final_diagnosis = element_field(v.FINAL_DIAGNOSIS)
    area = element_field(v.AREA)
    place = element_field(v.PLACE)
    setting = element_field(v.SETTING)
    school_kind = element_field(v.SCHOOL_KIND)
    information = element_field(v.INFORMATION)
    spread = element_field(v.SPREAD)
    exposed = element_field(v.EXPOSED)
    new_cases = element_field(v.NEW_CASES)
    new_deaths = element_field(v.NEW_DEATHS)
    excluded_cases = element_field(v.EXCLUDED_CASES)
    total_cases = element_field(v.TOTAL_CASES)
    total_deaths = element_field(v.TOTAL_DEATHS)
    first_onset_on = element_field(v.FIRST_ONSET)
    last_onset_on = element_field(v.LAST_ONSET)
    symptoms = element_field(v.SYMPTOMS)
    signs = element_field(v.SIGNS)
    measures = element_field(v.MEASURES, max_length=1000)
    trend = element_field(v.TREND, max_length=1000)
    ended_on = element_field(v.ENDED_ON)
    reporter = element_field(v.REPORTER)
    phone = element_field(v.PHONE)
    filled_on = element_field(v.FILLED_ON, required=True)
    reported_on = element_field(e.REPORTED_ON)
    reported_hour = element_field(e.REPORTED_HOUR)
    reported_minute = element_field(e.REPORTED_MINUTE)

    limit_minutes = element_field(v.LIMIT, editable=False)
    due_on = element_field(v.DUE_ON, editable=False)
    took_minutes = element_field(v.TOOK, editable=False)
    next_stage = element_field(v.NEXT_STAGE, editable=False)
    next_due_on = worded(models.DateField("下一报告截止日期", null=True, editable=False), v.NEXT_DUE_ON)
    answered_on = models.DateField("下一报告实际日期", null=True, editable=False)
    lacking = element_field(v.LACKING, editable=False)
    complete = models.BooleanField("填写完整", default=False, editable=False)

    class Meta:
        verbose_name = "突发公共卫生事件相关信息报告卡"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name", "stage", "number"], name="event_one_report_of_a_number")
        ]
        indexes: ClassVar = [models.Index(fields=["-filled_on", "-id"], name="event_reports_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for report, values in zip(history, event_rules.judge_event_reports([vars(report) for report in history]), strict=True):
            for name, value in values.items():
                setattr(report, name, value)


class MissedCheck(UnitRecord):
    """传染病漏报调查: the entries of one log looked through for cases that had to be reported. What was missed is derived."""

    CONTRACT = records.MISSED_CHECK
    DAY = "checked_on"

    checked_on = element_field(v.CHECKED_ON, required=True)
    check_kind = element_field(v.CHECK_KIND, required=True)
    looked_at = element_field(v.LOOKED_AT, required=True)
    covers_from = element_field(v.COVERS_FROM, required=True)
    covers_to = element_field(v.COVERS_TO, required=True)
    looked_through = element_field(v.LOOKED_THROUGH, required=True)
    found = element_field(v.FOUND, required=True)
    already = element_field(v.ALREADY, required=True)
    late_found = element_field(v.LATE_FOUND)
    unlike = element_field(v.UNLIKE)
    missed_diseases = element_field(v.MISSED_DISEASES)
    mended_on = element_field(v.MENDED_ON)
    checked_by = element_field(v.CHECKED_BY)

    missed = element_field(v.MISSED, editable=False)

    class Meta:
        verbose_name = "传染病漏报调查"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "checked_on", "looked_at", "check_kind"], name="missed_one_check_a_day")
        ]
        indexes: ClassVar = [models.Index(fields=["-checked_on", "-id"], name="missed_checks_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for check in history:
            check.missed = max(0, check.found - check.already)
