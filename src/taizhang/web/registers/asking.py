"""What a page of a register is asked for: a register that the reader may open, as of the working day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse

from taizhang.config import home
from taizhang.county.fields import element_of
from taizhang.county.models import Staff
from taizhang.county.organisations import OrganisationTree, tree_on
from taizhang.county.reach import is_about_residents, may_open, model_of, places_for, records_for
from taizhang.county.recording import StoredRecord
from taizhang.county.scopes import Purpose
from taizhang.kernel.registers import Register
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.web.navigation import ENTRIES

_DOOR = next(entry for entry in ENTRIES if entry.address == "registers")


@dataclass(frozen=True)
class Opened:
    """A register, and who reads it on which day."""

    staff: Staff
    register: Register
    day: date
    tree: OrganisationTree
    language: str

    @cached_property
    def model(self) -> type[StoredRecord]:
        return model_of(self.register)

    @cached_property
    def about_residents(self) -> bool:
        return is_about_residents(self.register)

    @cached_property
    def viewable(self) -> tuple[str, ...]:
        return places_for(self.staff, self.register, "view", self.tree)

    @cached_property
    def writable(self) -> tuple[str, ...]:
        return places_for(self.staff, self.register, "write", self.tree)

    def rows(self, purpose: Purpose = "view", *, joined: bool = False) -> QuerySet[StoredRecord]:
        return records_for(self.staff, self.register, purpose, self.tree, self.day, joined=joined)

    @property
    def programme(self) -> Text:
        programme = registry.programmes.get(self.register.programme)
        return programme.name if programme else Text("其他", "Other")

    @cached_property
    def paper(self) -> bool:
        """Whether its records print in a national form."""
        return any(paper.register == self.register.code for paper in registry.papers.values())


def may_enter(staff: Staff) -> bool:
    """Whether the post of `staff` has this door at all."""
    return staff.is_active and staff.role in _DOOR.roles


def opened(staff: Staff, code: str, language: str, tree: OrganisationTree | None = None) -> Opened | None:
    """A register as a member of staff meets it; None for one that is unknown or not theirs: the two are told apart to nobody."""
    register = registry.registers.get(code)
    if register is None or not may_enter(staff) or not may_open(staff, register):
        return None
    day = home.current().working_day()
    return Opened(staff, register, day, tree or tree_on(day), language)


def asked_for(request: HttpRequest, code: str) -> Opened:
    """Raises Http404."""
    staff = request.user
    assert isinstance(staff, Staff)
    found = opened(staff, code, request.language)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def label_of(register: Register, model: type[StoredRecord], field: str) -> Text:
    """What a field of the register's records is called."""
    for column in register.columns:
        if column.field == field:
            return column.label
    stored: models.Field[Any, Any] = model._meta.get_field(field)  # type: ignore[assignment]
    if (element := element_of(stored)) is not None:
        return element.label
    ledger = next((c.label for c in model.CONTRACT.columns if c.source == stored.attname), None)
    return ledger or COMMON.get(field) or Text(str(stored.verbose_name), field.replace("_", " ").capitalize())


COMMON: Mapping[str, Text] = {
    "resident": Text("居民", "Resident"),
    "organisation": Text("机构", "Organisation"),
    "recorded_by": Text("录入人", "Recorded by"),
    "recorded_at": Text("录入时间", "Recorded at"),
    "late": Text("补录", "Late entry"),
    "carried": Text("沿用项", "Carried answers"),
}


def address_or_none(name: str, *arguments: object) -> str:
    """The address of a page, "" while no part of the site has it."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
