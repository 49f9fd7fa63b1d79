"""A small county with patients, a return and a ledger, made once for all tests of pages; each module gets it as it was made."""

import os
import pickle
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import SmallCounty, make_small_county

ACCOUNTS = ("doctor", "township", "bureau", "leader", "cdc", "admin")
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
    from taizhang.figures import standing
    from taizhang.ledger import layout

    shutil.rmtree(layout.folder(), ignore_errors=True)
    standing._boards.clear()  # one of a higher version would never make room for the next module's


@dataclass(frozen=True)
class Kept:
    """A town put aside as it was made, for the modules that follow: tables.sqlite3 and ledger/, and in membership/ what modules have
    counted at its version, which none of them counts again."""

    folder: Path

    @property
    def tables(self) -> Path:
        return self.folder / "tables.sqlite3"

    def put_aside(self, town: Town, tables: sqlite3.Connection) -> None:
        from taizhang.ledger import layout

        (self.folder / "town").write_bytes(pickle.dumps(town))
        shutil.copytree(layout.folder(), self.folder / "ledger", ignore=shutil.ignore_patterns("membership"))
        with closing(sqlite3.connect(self.tables)) as aside:
            tables.backup(aside)

    def take_up(self, tables: sqlite3.Connection) -> Town:
        from taizhang.ledger import layout

        with closing(sqlite3.connect(self.tables)) as aside:
            aside.backup(tables)
        shutil.copytree(self.folder / "ledger", layout.folder())
        if (self.folder / "membership").exists():
            (self.folder / "membership").rename(layout.folder() / "membership")
        town: Town = pickle.loads((self.folder / "town").read_bytes())
        return town

    def keep_counted(self) -> None:
        """What was counted at the town's own version; not at one that a module's writing brought."""
        from taizhang.ledger import layout

        counted = layout.folder() / "membership"
        with closing(sqlite3.connect(self.tables)) as aside:
            last = aside.execute("select max(number) from ledger_ledgerversion").fetchone()[0]
        for folder in counted.glob("[0-9]*"):
            if int(folder.name) > last:
                shutil.rmtree(folder)
        if counted.exists():
            counted.rename(self.folder / "membership")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """No test here is about a machine that loses its current: what is written need not be waited for."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"


@pytest.fixture(autouse=True, scope="session")
def _pages_tell_what_they_were_given() -> Iterator[None]:
    """`answer.context` of the test client: Django fills it for its own template language only."""
    from django.template.backends.jinja2 import Template
    from django.test.signals import template_rendered

    fill_in = Template.render

    def told(self: Template, context: dict[str, Any] | None = None, request: Any = None) -> str:
        given = {} if context is None else context
        filled = fill_in(self, given, request)
        template_rendered.send(sender=self, template=self, context=given)
        return filled

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", told)
        yield


@pytest.fixture(scope="session")
def _kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="module")
def _town(django_db_setup: None, django_db_blocker: Any, _kept: Kept) -> Iterator[Town]:
    from django.core.management import call_command
    from django.db import connection

    with django_db_blocker.unblock():
        clear_ledger()
        connection.ensure_connection()
        tables = connection.connection if connection.vendor == "sqlite" else None  # PostgreSQL's are no file: the town is made anew
        if tables is not None and _kept.tables.exists():
            made = _kept.take_up(tables)
        else:
            made = populate()
            if tables is not None:
                _kept.put_aside(made, tables)
    yield made
    with django_db_blocker.unblock():
        if _kept.tables.exists():
            _kept.keep_counted()
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


@pytest.fixture(scope="module")
def site(_town: Town, django_db_blocker: Any) -> Iterator[tuple[Town, str]]:
    """The town, committed, behind a server: once for all tests of a module, for the server reads over connections of its own. ACCOUNTS
    sign in with PASSWORD."""
    from django.contrib.auth.hashers import make_password
    from pytest_django.live_server_helper import LiveServer

    from taizhang.county.models import Staff

    # Playwright keeps a loop running in this thread, in which Django would not be asked; nothing here is asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with django_db_blocker.unblock():
        Staff.objects.filter(username__in=ACCOUNTS).update(password=make_password(PASSWORD))
        server = LiveServer("localhost")
        yield _town, server.url
        server.stop()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    from .test_browser import ARGUMENTS, CHROMIUM, SHOTS

    SHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()
