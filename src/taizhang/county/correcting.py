"""Correcting what was written wrongly of a resident, or was not known yet (a newborn's identity number): the history keeps both."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.apps import apps
from django.db import IntegrityError, transaction

from taizhang.county import recording
from taizhang.county.changes import acting_as
from taizhang.county.identity import vault
from taizhang.county.models import Household, Organisation, Residency, Resident, Staff
from taizhang.county.people import (
    NewResident,
    NotAllowed,
    PersonRefused,
    allow_writing,
    examine,
    fault_at,
    household_at,
    is_known,
    new_row,
    registered_already,
)
from taizhang.county.recording import Fault
from taizhang.county.touched import touched
from taizhang.kernel.registry import registry

_STAYS = ("record_number", "died_on")  # given once; entered as a death


def correct_resident(resident: int, known: NewResident, address: str, *, actor: Staff | str, day: date) -> list[str]:
    """Bring a resident into line with what is `known`, all or nothing; the names of the fields that changed. An identity number left empty
    stays; known.organisation and known.household are not looked at, moved_in is the first day with the organisation that managed the person
    last. address: of the whole household; someone without one gets one there. Raises PersonRefused with every fault, NotAllowed."""
    with acting_as(actor), transaction.atomic():
        person = Resident.objects.select_for_update().get(pk=resident)
        lines = list(Residency.objects.filter(resident=person).order_by("-started_on")[:2])
        allow_writing(actor, lines[0].organisation_id if lines else None, day)
        if not lines:
            raise NotAllowed
        last, place = lines[0], Organisation.objects.get(pk=lines[0].organisation_id)
        number, kind = known.identity_number.strip(), known.identity_kind
        if not number and person.identity_cipher is not None:
            number, kind = vault().decrypt(bytes(person.identity_cipher)), person.identity_kind
        known = replace(known, organisation=place.pk, identity_number=number, identity_kind=kind, household=person.household)
        examined = examine(known, day, place)
        faults = [*examined.faults, *_order_faults(person, lines, known.moved_in, examined.birth)]
        digest = examined.digest(known)
        if digest and is_known("document", digest, but=person.pk):
            faults.append(registered_already())
        if faults:
            raise PersonRefused(*faults)
        row = new_row(known, examined)
        row.household = _household(person.household, address.strip(), place)
        names = [field.attname for field in Resident._meta.concrete_fields if not field.primary_key and field.name not in _STAYS]
        changed = [name for name in names if name != "identity_cipher" and getattr(row, name) != getattr(person, name)]
        if "identity_hash" in changed:
            changed.append("identity_cipher")  # never twice the same, so that it cannot be compared
        for name in changed:
            setattr(person, name, getattr(row, name))
        try:
            with transaction.atomic():
                person.save(update_fields=changed)
        except IntegrityError:  # registered by someone else between the check and the write
            raise PersonRefused(registered_already()) from None
        if known.moved_in != last.started_on:
            last.started_on = known.moved_in
            last.save(update_fields=["started_on"])
            changed.append("moved_in")
            touched([person.pk], "residency")
        if {"sex", "birth_date"} & set(changed):
            derive_from_birth([person.pk], actor=actor)
    return changed


def derive_from_birth(residents: Collection[int], *, actor: Staff | str) -> None:
    """Derive anew what was derived from birth date and sex, inside the transaction that corrected them."""
    for register in registry.registers.values():
        recording.derive_again(apps.get_model(register.model), residents, actor=actor)
    touched(residents, "resident")


def _household(stored: Household | None, address: str, place: Organisation) -> Household | None:
    if stored is None:
        return household_at("", address, place)
    if address and address != stored.address:
        stored.address = address
        stored.save(update_fields=["address"])
    return stored


def _order_faults(person: Resident, lines: list[Residency], moved_in: date, birth: date | None) -> list[Fault]:
    """Days out of order: born, moved away from elsewhere, moved in, left, died."""
    faults: list[Fault] = []
    last, before = lines[0], lines[1] if len(lines) > 1 else None
    died = person.died_on
    if died is not None and birth is not None and birth > died:
        faults.append(fault_at("birth_date", str(birth), f"出生日期{birth}晚于死亡日期{died}。请核对。", f"Born after the death ({died})."))
    if before is not None and moved_in <= (before.ended_on or before.started_on):
        zh = f"迁入日期{moved_in}不晚于上一次迁出日期{before.ended_on or before.started_on}。请核对。"
        faults.append(fault_at("moved_in", str(moved_in), zh, "Not after the day of leaving the place before."))
    if last.ended_on is not None and moved_in > last.ended_on:
        zh = f"迁入日期{moved_in}晚于迁出日期{last.ended_on}。请核对。"
        faults.append(fault_at("moved_in", str(moved_in), zh, f"After the day of leaving ({last.ended_on})."))
    if died is not None and moved_in > died:
        zh = f"迁入日期{moved_in}晚于死亡日期{died}。请核对。"
        faults.append(fault_at("moved_in", str(moved_in), zh, f"After the death ({died})."))
    return faults
