"""What is owed to children: a certificate within a month of birth, and every dose of the schedule as it falls due, catch-up included;
and after an adverse event, its report."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from taizhang.kernel.duties import DueItem, Duty, History, Opening, Person, Repeated, Urgency
from taizhang.kernel.periods import add_months, day_zh
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.programmes.immunisation.following import MANAGED_MONTHS, restriction
from taizhang.programmes.immunisation.records import ADVERSE_EVENT, CERTIFICATE, HEALTH_STATE, VACCINATION
from taizhang.programmes.immunisation.schedule.plan import TO_BE_JUDGED, Given, Slot, plan_of
from taizhang.programmes.immunisation.vaccines import HPV, SERIES, VACCINES, dose_name

SERVED_TO = 17  # 18岁以下 catch up what they missed
_FREE = "1"  # 费用类别: 免疫规划（免费）


def _doses(person: Person, history: History, until: date) -> Iterator[DueItem]:
    rows = history[VACCINATION.table]
    limits = [restriction(row) for row in history[HEALTH_STATE.table]]
    plan = plan_of(person.birth_date, person.sex, [Given(row["vaccine"], row["given_on"]) for row in rows], limits)
    # What was given to older children without a card here is not known: they are not called for doses they may have had long ago.
    kept = history[CERTIFICATE.table] or any(row["vaccine"] != HPV for row in rows)
    known = bool(kept) or add_months(person.birth_date, MANAGED_MONTHS) > until
    for slot in plan.slots:
        if slot.can_on is None or slot.can_on > until or not (known or slot.series == "hpv"):
            continue
        due_on = slot.in_time_until if slot.in_time_until >= slot.due_on else slot.due_on
        if slot.exempt_until is not None and due_on < slot.can_on:
            due_on = add_months(slot.can_on, 1)
        yield DueItem(
            opens_on=min(slot.can_on, due_on), due_on=due_on, reason=_reason(slot, due_on), urgency=Urgency.WINDOW, item=item_of(slot)
        )


def item_of(slot: Slot) -> str:
    """dtap_3-05: the dose, and the vaccine it is given with as things stand."""
    return f"{slot.code}-{slot.vaccine}"


def _read(item: str) -> tuple[str, int, str] | None:
    """Series, number and vaccine of an item; None where it is none of ours."""
    dose, _, vaccine = item.partition("-")
    series, _, number = dose.rpartition("_")
    known = series in SERIES and vaccine in VACCINES and number in tuple("123456")
    return (series, int(number), vaccine) if known else None


def _named(item: str) -> Text:
    read = _read(item)
    return dose_name(read[0], read[1]) if read else Text("预防接种", "Vaccination")


def _presets(item: str) -> Mapping[str, str]:
    """The vaccine; and that it is free, as every vaccine of the schedule is."""
    read = _read(item)
    return {"vaccine": read[2], "fee": _FREE} if read else {}


def _reason(slot: Slot, due_on: date) -> Text:
    name, vaccine = dose_name(slot.series, slot.number), VACCINES[slot.vaccine].name
    first = slot.exempt == TO_BE_JUDGED
    zh, en = ("；接种前须先评估健康状况", "; judge the state of health first") if first else ("", "")
    if slot.exempt_until is not None:
        return Text(
            f"{name.zh}（{vaccine.zh}）因健康原因延期至{day_zh(slot.exempt_until)}，其后应尽快接种{zh}",
            f"{name.en} ({vaccine.en}): deferred until {slot.exempt_until}, to be given soon after{en}",
        )
    return Text(
        f"{name.zh}（{vaccine.zh}）{day_zh(slot.due_on)}起应种，应于{day_zh(due_on)}前完成{zh}",
        f"{name.en} ({vaccine.en}): due since {slot.due_on}, in time until {due_on}{en}",
    )


def _certificate(person: Person, history: History, until: date) -> Iterator[DueItem]:
    # Who is seven at the list's end gets a certificate when the school asks for it.
    if history[CERTIFICATE.table] or person.birth_date > until or add_months(person.birth_date, MANAGED_MONTHS) <= until:
        return
    months = next((value for _, value in registry.parameters["immunisation.certificate_months"].values if value is not None), None)
    if months is None:
        return
    moved_in = max((line["started_on"] for line in history["residency"]), default=person.birth_date)
    due_on = add_months(max(person.birth_date, moved_in), months)
    yield DueItem(
        opens_on=min(person.birth_date, due_on), due_on=due_on, urgency=Urgency.WINDOW,
        reason=Text(
            f"尚未建立预防接种证，应于{day_zh(due_on)}前建证（出生或迁入后1个月内）",
            f"No vaccination certificate yet; to be issued by {due_on}",
        ),
    )  # fmt: skip


def _report_due(person: Person, history: History, until: date) -> Iterator[DueItem]:
    """Every adverse event that was found and not reported: within the hours of its kind, counted in days as the form has no hour of
    finding."""
    for event in history[ADVERSE_EVENT.table]:
        found = event["found_on"]
        hours = registry.parameters["immunisation.urgent_report_hours" if event["urgent"] else "immunisation.report_hours"].at(found)
        if event["reported_on"] is not None or found > until or hours is None:
            continue
        due_on = found + timedelta(days=hours // 24)
        name = VACCINES[event["vaccine"]].name if event["vaccine"] in VACCINES else Text(event["vaccine"], event["vaccine"])
        yield DueItem(
            opens_on=found, due_on=due_on, item=f"{event['id']}", urgency=Urgency.DANGER if event["urgent"] else Urgency.EARLY,
            reason=Text(
                f"{day_zh(found)}发现接种{name.zh}后的疑似异常反应，{hours}小时内（{day_zh(due_on)}前）报告",
                f"Adverse event after {name.en}, found on {found}: report within {hours} hours, by {due_on}",
            ),
        )  # fmt: skip


def _report_opens(history: History, item: str) -> Opening:
    return Opening(record=next((event["id"] for event in history[ADVERSE_EVENT.table] if f"{event['id']}" == item), None))


DOSES = Duty(
    code="immunisation.dose",
    name=Text("预防接种", "Vaccination"),
    register="vaccinations",
    reads=(VACCINATION.table, HEALTH_STATE.table, CERTIFICATE.table),
    due=_doses,
    ages=(0, SERVED_TO),
    repeated=Repeated(
        name=_named,
        each=("vaccine", "lot", "expires_on", "maker", "trace_code", "way", "site", "volume", "fee", "given_elsewhere", "note"),
        presets=_presets,
    ),
)
CERTIFICATES = Duty(
    code="immunisation.certificate",
    name=Text("建立预防接种证", "Vaccination certificate"),
    register="vaccination_certificates",
    reads=(CERTIFICATE.table, "residency"),
    due=_certificate,
    ages=(0, 6),
)
ADVERSE_EVENT_REPORT = Duty(
    code="immunisation.adverse_event",
    name=Text("报告疑似预防接种异常反应", "Report of an adverse event after a vaccination"),
    register="vaccination_adverse_events",
    reads=(ADVERSE_EVENT.table,),
    due=_report_due,
    opening=_report_opens,
)
