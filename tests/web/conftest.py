"""A small county with patients, a return and a ledger, made once for all tests of pages that only read."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from conftest import SmallCounty, make_small_county

PASSWORD = "a long enough phrase"
ROOT, TOWNSHIP, OTHER_TOWNSHIP = "990101", "990101101", "990101102"
CLINIC, SIBLING, FAR_CLINIC = "990101101201", "990101101202", "990101102201"
MANY = 60  # more than one page of members


@dataclass(frozen=True)
class Town(SmallCounty):
    """The small county with accounts leader, cdc, admin and treating (cares for HIV patients) beside its own; bureau and doctor may sign in
    with PASSWORD. patients: residents by clinic."""

    patients: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return [person.name for people in self.patients.values() for person in people]


def populate() -> Town:
    """Fill the database at hand and bring it into a ledger."""
    from taizhang.county.models import Role, ScopeGrant, Staff
    from taizhang.county.scopes import grant_role_scopes
    from taizhang.kernel.periods import Period
    from taizhang.kernel.registry import registry
    from taizhang.ledger.consumer import sync
    from taizhang.programmes.hypertension.models import Case, FollowUp
    from taizhang.returns.checks import CellEntry
    from taizhang.returns.entry import enter

    make_small_county()
    town = Town()
    for username, organisation, role in (
        ("leader", ROOT, Role.LEADER),
        ("cdc", "990101-CDC", Role.LINE_OFFICE),
        ("admin", ROOT, Role.ADMINISTRATOR),
        ("treating", "990101-CDC", Role.LINE_OFFICE),
    ):
        staff = Staff.objects.create(username=username, name=f"样员{username}", organisation_id=organisation, role=role, password="!")
        grant_role_scopes(staff, ROOT)
        ScopeGrant.objects.filter(staff=staff, organisation_id=ROOT).update(may_view=True)
    Staff.objects.filter(username="treating").update(treats="hiv")
    for username in ("bureau", "doctor"):
        staff = Staff.objects.get(username=username)
        staff.set_password(PASSWORD)
        staff.save()
    for place, (clinic, count) in enumerate(((CLINIC, 3), (SIBLING, MANY), (FAR_CLINIC, 1))):
        people = [town.resident(f"顾样{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{n // 10}", clinic=place) for n in range(count)]
        town.patients[clinic] = people
        day = date(2024, 5, 1)
        Case.objects.bulk_create(
            [Case(resident=p, organisation_id=clinic, enrolled_on=day, diagnosed_on=day, recorded_by="tests") for p in people]
        )
    for month in (2, 5):
        FollowUp.objects.create(
            resident=town.patients[CLINIC][0], organisation_id=CLINIC, visited_on=date(2026, month, 3), way="1", outcome="1",
            systolic=130, diastolic=80, recorded_by="tests",
        )  # fmt: skip
    for organisation, found in ((TOWNSHIP, 12), (OTHER_TOWNSHIP, 2), (ROOT, 14)):
        enter(registry.forms["hiv"], organisation, Period.parse("2026H1"), [CellEntry("found", found)], "tests")
    enter(registry.forms["maternal"], ROOT, Period.parse("2026H1"), [CellEntry("antenatal", 276)], "tests")
    while sync() is not None:
        pass
    return town


def clear_ledger() -> None:
    from taizhang.ledger import layout

    shutil.rmtree(layout.folder(), ignore_errors=True)


@pytest.fixture(scope="module")
def _town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    from django.core.management import call_command

    with django_db_blocker.unblock():
        clear_ledger()
        made = populate()
    yield made
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)
        clear_ledger()


@pytest.fixture
def town(_town: Town, db: None) -> Town:
    """Made once a module; what a test writes on top is taken back."""
    return _town


@pytest.fixture
def enter_as(client: Any, town: Town) -> Any:
    """The client, signed in as an account."""

    def sign_in(username: str) -> Any:
        client.force_login(town.staff(username))
        return client

    return sign_in


@pytest.fixture
def doctor(client: Any, county: SmallCounty) -> Any:
    """The client, signed in as the doctor of the first clinic."""
    client.force_login(county.staff("doctor"))
    return client
