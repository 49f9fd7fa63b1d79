"""Stored records of vaccination, and the doses due that follow from them."""

from typing import ClassVar, Self

from django.db import models

from taizhang.county.fields import element_field, worded
from taizhang.county.models import Resident
from taizhang.county.recording import Record, UnitRecord
from taizhang.programmes import elements as shared
from taizhang.programmes.immunisation import elements as e
from taizhang.programmes.immunisation import records, rules
from taizhang.programmes.immunisation.entry import entry_of
from taizhang.programmes.immunisation.schedule.plan import Given, Restriction, plan_of


class Vaccination(Record):
    """预防接种记录: one vaccine on one day. Which dose of the schedule it is and whether it counts is derived from all of the child's."""

    CONTRACT = records.VACCINATION
    DAY = "given_on"

    given_on = element_field(shared.VACCINATED_ON, required=True)
    vaccine = element_field(e.VACCINE, required=True)
    lot = element_field(e.LOT)
    expires_on = element_field(e.EXPIRES_ON)
    maker = element_field(e.MAKER)
    trace_code = element_field(e.TRACE_CODE)
    way = element_field(e.WAY)
    site = element_field(e.SITE)
    volume = element_field(e.VOLUME)
    fee = element_field(e.FEE)
    informed = element_field(e.INFORMED)
    checked = element_field(e.CHECKED_THREE_SEVEN)
    observed_minutes = element_field(e.OBSERVED_MINUTES)
    given_elsewhere = element_field(e.GIVEN_ELSEWHERE)
    vaccinator = element_field(e.VACCINATOR)
    note = element_field(e.VACCINATION_NOTE)

    dose_number = element_field(e.DOSE_NUMBER, editable=False)
    verdict = element_field(e.VERDICT, editable=False)

    class Meta:
        verbose_name = "预防接种记录"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["resident", "given_on", "vaccine", "lot"], name="immunisation_one_of_a_vaccine_a_day")
        ]
        indexes: ClassVar = [models.Index(fields=["-given_on", "-id"], name="vaccinations_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        if not history:
            return
        child = history[0].resident
        plan = plan_of(child.birth_date, child.sex, [Given(r.vaccine, r.given_on) for r in history])
        for record, (number, verdict) in zip(history, plan.judged, strict=True):
            record.dose_number, record.verdict = number, verdict


class Certificate(Record):
    """预防接种证（卡）: issued once, within a month of birth."""

    CONTRACT = records.CERTIFICATE
    DAY = "issued_on"

    issued_on = element_field(e.ISSUED_ON, required=True)
    number = element_field(e.CERTIFICATE_NUMBER)
    guardian = element_field(shared.GUARDIAN_NAME)
    guardian_relation = element_field(shared.GUARDIAN_RELATION)
    guardian_phone = element_field(shared.GUARDIAN_PHONE)
    living = element_field(e.LIVING)
    birth_hospital = element_field(e.BIRTH_HOSPITAL)
    birth_weight = element_field(shared.BIRTH_WEIGHT)
    mother_hbsag = element_field(shared.MOTHER_HBSAG)
    immunoglobulin_on = element_field(e.IMMUNOGLOBULIN_ON)
    reaction_history = element_field(e.REACTION_HISTORY)
    contraindications = element_field(e.CONTRAINDICATION_HISTORY)
    infections = element_field(e.INFECTION_HISTORY)
    moved_in_on = element_field(e.MOVED_IN_ON)
    moved_out_on = element_field(e.MOVED_OUT_ON)
    moved_out_why = element_field(e.MOVED_OUT_WHY)
    issued_by = element_field(e.ISSUED_BY)

    class Meta:
        verbose_name = "预防接种证（卡）"
        constraints: ClassVar = [models.UniqueConstraint(fields=["resident"], name="immunisation_one_certificate")]
        indexes: ClassVar = [models.Index(fields=["-issued_on", "-id"], name="vaccination_cards_by_day")]


class HealthState(Record):
    """接种禁忌与延期: a state of health from a day on, and what it holds back. The last three fields are derived."""

    CONTRACT = records.HEALTH_STATE
    DAY = "asked_on"

    asked_on = element_field(e.ASKED_ON, required=True)
    state = element_field(e.STATE, required=True)
    vaccines = element_field(e.STATE_VACCINES)
    conclusion = element_field(e.CONCLUSION)
    started_on = element_field(e.STATE_FROM, required=True)
    until = element_field(e.STATE_UNTIL)
    reason = element_field(e.STATE_REASON)
    judged_by = element_field(e.JUDGED_BY)

    concerned = models.CharField("禁忌或延期的疫苗", max_length=100, blank=True, editable=False)
    kind = worded(models.CharField("判定", max_length=4, blank=True, editable=False), e.CONCLUSION)
    ends_on = models.DateField("延期至", null=True, editable=False)

    class Meta:
        verbose_name = "接种禁忌与延期"

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for record in history:
            found = rules.restriction_of(record.state, record.started_on, record.until, record.vaccines, record.conclusion)
            record.concerned, record.kind, record.ends_on = ",".join(sorted(found.vaccines)), found.kind, found.until


class DoseDue(models.Model):
    """应种剂次: a dose of the schedule for a child, with when it is due and when it was given. Derived, never entered."""

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+", verbose_name="居民")
    slot = models.CharField("程序剂次", max_length=10)
    series = models.CharField("疫苗系列", max_length=8)
    due_on = models.DateField("应种日期")
    in_time_until = models.DateField("完成期限")
    counted_until = models.DateField("统计至")
    given_on = models.DateField("有效接种日期", null=True)
    exempt = models.CharField("禁忌或延期", max_length=1, blank=True)
    exempt_from = models.DateField("禁忌或延期起", null=True)
    exempt_until = models.DateField("禁忌或延期止", null=True)

    class Meta:
        verbose_name = "应种剂次"
        constraints: ClassVar = [models.UniqueConstraint(fields=["resident", "slot"], name="immunisation_one_line_a_dose")]


class AdverseEvent(Record):
    """疑似预防接种异常反应 (AEFI): what happened after which vaccine, and how it was reported, investigated and judged."""

    CONTRACT = records.ADVERSE_EVENT
    DAY = "happened_on"

    happened_on = element_field(e.HAPPENED_ON, required=True)
    dose_on = element_field(e.AFTER_DOSE_ON, required=True)
    vaccine = element_field(e.VACCINE, required=True)
    lot = element_field(e.LOT)
    maker = element_field(e.MAKER)
    symptoms = element_field(e.SYMPTOMS)
    fever = element_field(e.TEMPERATURE_OF_FEVER)
    swelling = element_field(e.SWELLING)
    severe = element_field(e.SEVERE, required=True, default=False)
    urgent = element_field(e.DIED, required=True, default=False)
    found_on = element_field(e.FOUND_ON, required=True)
    reported_on = element_field(e.REPORTED_ON)
    report_hours = element_field(e.REPORT_HOURS)
    reporter = element_field(e.REPORTER)
    investigated_on = element_field(e.INVESTIGATED_ON)
    case_form_on = element_field(e.CASE_FORM_ON)
    classification = element_field(e.CLASSIFICATION)
    outcome = element_field(e.OUTCOME)

    class Meta:
        verbose_name = "疑似预防接种异常反应"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["resident", "happened_on", "vaccine"], name="immunisation_one_adverse_event_a_day")
        ]


class StockMovement(UnitRecord):
    """疫苗出入库: received, given, passed on, discarded, counted. What is on hand by the books and any difference are derived."""

    CONTRACT = records.STOCK
    DAY = "moved_on"

    moved_on = element_field(e.MOVED_ON, required=True)
    vaccine = element_field(e.VACCINE, required=True)
    lot = element_field(e.LOT, required=True)
    maker = element_field(e.MAKER)
    expires_on = element_field(e.EXPIRES_ON)
    movement = element_field(e.MOVEMENT, required=True)
    doses = element_field(e.DOSES, required=True)
    counterpart = element_field(e.COUNTERPART)
    arrival_temperature = element_field(e.ARRIVAL_TEMPERATURE)
    transport_record = element_field(e.TRANSPORT_RECORD)
    waste_reason = element_field(e.WASTE_REASON)
    keeper = element_field(e.KEEPER)

    on_hand = models.IntegerField("账面结存", null=True, editable=False)
    difference = models.IntegerField("盘点差异", null=True, editable=False)

    class Meta:
        verbose_name = "疫苗出入库记录"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "moved_on", "vaccine", "lot", "movement"], name="immunisation_one_movement_a_day"
            )
        ]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        by_lot: dict[tuple[str, str], list[Self]] = {}
        for movement in history:
            by_lot.setdefault((movement.vaccine, movement.lot), []).append(movement)
        for movements in by_lot.values():
            for movement, (on_hand, difference) in zip(movements, rules.balances([(m.movement, m.doses) for m in movements]), strict=True):
                movement.on_hand, movement.difference = on_hand, difference


class ColdChainReading(UnitRecord):
    """冷链测温: a refrigerator's temperature, morning and afternoon."""

    CONTRACT = records.TEMPERATURE
    DAY = "read_on"

    read_on = element_field(e.READ_ON, required=True)
    read_at = element_field(e.READ_AT, required=True)
    equipment = element_field(e.EQUIPMENT, required=True)
    temperature = element_field(e.COLD_TEMPERATURE, required=True)
    out_minutes = element_field(e.OUT_MINUTES)
    action = element_field(e.COLD_ACTION)
    reader = element_field(e.READER)

    class Meta:
        verbose_name = "冷链测温记录"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "read_on", "read_at", "equipment"], name="immunisation_one_reading")
        ]


class SchoolCheck(UnitRecord):
    """入托入学预防接种证查验: one school in one term, as it reports to the vaccination unit."""

    CONTRACT = records.SCHOOL_CHECK
    DAY = "checked_on"

    checked_on = element_field(e.CHECKED_ON, required=True)
    school = element_field(e.SCHOOL, required=True)
    kind = element_field(e.SCHOOL_KIND)
    term_started_on = element_field(e.TERM_STARTED_ON, required=True)
    children_new = element_field(e.CHILDREN_NEW, required=True)
    children_checked = element_field(e.CHILDREN_CHECKED, required=True)
    without_certificate = element_field(e.WITHOUT_CERTIFICATE, required=True, default=0)
    certified_after = element_field(e.CERTIFIED_AFTER)
    to_catch_up = element_field(e.TO_CATCH_UP, required=True, default=0)
    caught_up = element_field(e.CAUGHT_UP, required=True, default=0)
    rechecked_on = element_field(e.RECHECKED_ON)
    checked_by = element_field(e.CHECKED_BY)

    class Meta:
        verbose_name = "入托入学接种证查验"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "school", "term_started_on"], name="immunisation_one_check_a_term")
        ]


class EntryCheck(Record):
    """入托入学查验 of one child by one school in one term. What it lacks is derived from its doses, and changes as it catches up."""

    CONTRACT = records.ENTRY_CHECK
    DAY = "checked_on"
    BESIDE = ("immunisation.Vaccination", "immunisation.HealthState")

    checked_on = element_field(e.CHECKED_ON, required=True)
    school = element_field(e.SCHOOL, required=True)
    kind = element_field(e.SCHOOL_KIND, required=True)
    term_started_on = element_field(e.TERM_STARTED_ON)
    certificate = element_field(e.CERTIFICATE_SHOWN, required=True)
    told_on = element_field(e.CATCH_UP_TOLD_ON)
    checked_by = element_field(e.CHECKED_BY)

    missing = element_field(e.DOSES_MISSING, editable=False, max_length=300)
    result = element_field(e.ENTRY_RESULT, editable=False)
    caught_up_on = element_field(e.CAUGHT_UP_ON, editable=False)

    class Meta:
        verbose_name = "入托入学查验（儿童）"
        constraints: ClassVar = [models.UniqueConstraint(fields=["resident", "checked_on"], name="immunisation_one_entry_check_a_day")]
        indexes: ClassVar = [models.Index(fields=["-checked_on", "-id"], name="entry_checks_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        if not history:
            return
        child, beside = history[0].resident, history[0].beside
        given = [Given(r.vaccine, r.given_on) for r in beside.get("immunisation.Vaccination", ())]  # type: ignore[attr-defined]
        limits = [
            Restriction(frozenset(filter(None, r.concerned.split(","))), r.kind, r.started_on, r.ends_on)  # type: ignore[attr-defined]
            for r in beside.get("immunisation.HealthState", ())
        ]
        plan = plan_of(child.birth_date, child.sex, given, limits)
        for record in history:
            found = entry_of(plan, record.checked_on)
            record.missing = ",".join(found.missing) or None
            record.result, record.caught_up_on = found.result, found.caught_up_on
