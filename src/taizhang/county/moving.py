"""A resident moves, or dies; each takes effect on a day and tells whoever follows."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from taizhang.county.changes import acting_as
from taizhang.county.models import Residency, Resident, Staff
from taizhang.county.people import PersonRefused, allow_writing, fault_at, place_faults
from taizhang.county.recording import Fault
from taizhang.county.touched import touched


def move(resident: Resident, organisation: str | None, moved_on: date, *, actor: Staff | str, day: date) -> Residency | None:
    """From `moved_on` the resident lives in the area of `organisation`; None: has left the county. The line before ends on the day before.
    Staff of either place may write it. Raises PersonRefused."""
    with acting_as(actor), transaction.atomic():
        person = Resident.objects.select_for_update().get(pk=resident.pk)
        last = Residency.objects.filter(resident=person).order_by("-started_on").first()
        allow_writing(actor, organisation, day, or_else=last.organisation_id if last else None)
        faults: list[Fault] = []
        shown = str(moved_on)
        if moved_on > day:
            faults.append(fault_at("moved_on", shown, f"迁移日期{moved_on}晚于今天（{day}）。请核对。", "The day of the move lies ahead."))
        if moved_on < person.birth_date:
            zh = f"迁移日期{moved_on}早于出生日期{person.birth_date}。请核对。"
            faults.append(fault_at("moved_on", shown, zh, "The move is dated before the birth."))
        if person.died_on is not None and moved_on > person.died_on:
            zh = f"迁移日期{moved_on}晚于死亡日期{person.died_on}。请核对。"
            faults.append(fault_at("moved_on", shown, zh, "The move is dated after the death."))
        if last is not None and moved_on <= last.started_on:
            zh = f"迁移日期{moved_on}不晚于上一次迁入日期{last.started_on}。请核对，或先更正上一次。"
            faults.append(fault_at("moved_on", shown, zh, f"The move is not after the last one ({last.started_on})."))
        if last is not None and last.ended_on is not None and moved_on <= last.ended_on:
            zh = f"迁移日期{moved_on}不晚于上一次迁出日期{last.ended_on}。请核对。"
            faults.append(fault_at("moved_on", shown, zh, f"The move is not after the day of leaving ({last.ended_on})."))
        if organisation is None and (last is None or last.ended_on is not None):
            faults.append(fault_at("organisation", "", "该居民现在不在本县管理，无需再登记迁出。", "The person has left already."))
        if organisation is not None:
            if last is not None and last.ended_on is None and last.organisation_id == organisation:
                zh = f"该居民现由{organisation}管理，迁入机构没有变化。请核对。"
                faults.append(fault_at("organisation", organisation, zh, "The person is managed there already."))
            faults += place_faults(organisation, moved_on)
        if faults:
            raise PersonRefused(*faults)
        if last is not None and last.ended_on is None:
            last.ended_on = moved_on - timedelta(days=1)
            last.save(update_fields=["ended_on"])
        moved = Residency.objects.create(resident=person, organisation_id=organisation, started_on=moved_on) if organisation else None
        touched([person.pk], "residency")
        return moved


def record_death(resident: Resident, died_on: date, *, actor: Staff | str, day: date) -> Resident:
    """Enter the day of death. The residency stays open: the dead remain with the organisation that managed them. Raises PersonRefused."""
    with acting_as(actor), transaction.atomic():
        person = Resident.objects.select_for_update().get(pk=resident.pk)
        last = Residency.objects.filter(resident=person).order_by("-started_on").first()
        allow_writing(actor, last.organisation_id if last else None, day)
        faults: list[Fault] = []
        if person.died_on is not None:
            zh = f"该居民已登记死亡（{person.died_on}）。如登记有误，请先更正。"
            faults.append(fault_at("died_on", str(died_on), zh, f"A death is entered already ({person.died_on})."))
        if died_on < person.birth_date:
            zh = f"死亡日期{died_on}早于出生日期{person.birth_date}。请核对。"
            faults.append(fault_at("died_on", str(died_on), zh, "The death is dated before the birth."))
        if died_on > day:
            faults.append(fault_at("died_on", str(died_on), f"死亡日期{died_on}晚于今天（{day}）。请核对。", "The death is dated ahead."))
        if last is not None and died_on < last.started_on:
            zh = f"死亡日期{died_on}早于迁入日期{last.started_on}。请核对。"
            faults.append(fault_at("died_on", str(died_on), zh, f"The death is dated before the last move ({last.started_on})."))
        if faults:
            raise PersonRefused(*faults)
        person.died_on = died_on
        person.save(update_fields=["died_on"])
        touched([person.pk], "resident")
    return person


def withdraw_death(resident: Resident, *, actor: Staff | str, day: date) -> Resident:
    """Take back a death that was entered by mistake; the history keeps both."""
    with acting_as(actor), transaction.atomic():
        person = Resident.objects.select_for_update().get(pk=resident.pk)
        last = Residency.objects.filter(resident=person).order_by("-started_on").first()
        allow_writing(actor, last.organisation_id if last else None, day)
        person.died_on = None
        person.save(update_fields=["died_on"])
        touched([person.pk], "resident")
    return person
