"""One throw-away home for the whole run. Its day is fixed: tests have no clock."""

import atexit
import gc
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from servers import start_postgresql

_folder = Path(tempfile.mkdtemp(prefix="taizhang-test-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["TAIZHANG_HOME"] = str(_folder)

from taizhang.config.home import Home  # noqa: E402 - the home must be named before anything reads it
from taizhang.config.starting import starting  # noqa: E402

TODAY = date(2026, 6, 30)
ON_POSTGRESQL = bool(os.environ.get("TAIZHANG_TEST_POSTGRESQL"))  # set by scripts/rooms.py: the same tests, PostgreSQL below them


def _postgresql(database: str) -> dict[str, str]:
    """A PostgreSQL with `database` in it: where it is reached. In the one that scripts/rooms.py started, `database` is a copy of the
    migrated template; without it, an embedded one for this run, and the database has no tables yet."""
    shared = os.environ.get("TAIZHANG_TEST_SERVER")
    if not shared:
        server, reached = start_postgresql(f"create database {database}")
        atexit.register(server.cleanup)
        return reached
    import psycopg

    host, port = shared.split("|")
    with psycopg.connect(host=host, port=port, user="postgres", dbname="postgres", autocommit=True) as opened:
        opened.execute("select pg_advisory_lock(1)")  # a template that another room is copying cannot be copied
        opened.execute(f"create database {database} template taizhang_template")
    return {"HOST": host, "PORT": port}


if ON_POSTGRESQL:
    _own = f"room_{os.getpid()}"  # the tests' database; the settings name another, which no test uses, nor a child: servers.database_of
    _reached = _postgresql(_own)
    os.environ["TAIZHANG_DATABASE_URL"] = f"postgresql://postgres@/postgres?host={_reached['HOST']}&port={_reached['PORT']}"
Home(_folder).create(kind="simulated", organisation="990101", working_day=TODAY)

# Here and not in pyproject.toml: pytest-django would read the settings before this file has named the home.
os.environ["DJANGO_SETTINGS_MODULE"] = "taizhang.config.settings"
HAS_DJANGO = importlib.util.find_spec("django") is not None  # the kernel's tests also run without it
if HAS_DJANGO:
    import django
    from django.contrib.auth.hashers import Argon2PasswordHasher

    with starting():
        django.setup()
    # The hash of the settings, made quickly: that it takes half a second and 100 MB each time keeps out nobody here.
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1


def pytest_collection_finish() -> None:
    """What was collected stays until the end; see taizhang.config.starting."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks after SQLite's own file has no question to put to a run on PostgreSQL."""
    if ON_POSTGRESQL:
        left_out = [item for item in items if item.get_closest_marker("sqlite_file")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


# -- databases ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Where the tests' database is, and that it may be there already: copied from a migrated one instead of migrated."""
    from django.db import connection

    if ON_POSTGRESQL:
        connection.settings_dict["TEST"]["NAME"] = _own
    elif template := os.environ.get("TAIZHANG_TEST_TEMPLATE"):
        shutil.copyfile(template, connection.settings_dict["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """It is used as it stands; migrations that it lacks are applied. With the home, or the server, it is thrown away."""
    return True


@pytest.fixture(scope="session")
def postgresql_server() -> dict[str, Any]:
    """A PostgreSQL beside the run's own database; its settings as Django wants them."""
    name = f"beside_{os.getpid()}"
    return {"ENGINE": "django.db.backends.postgresql", "NAME": name, "USER": "postgres", **_postgresql(name)}


@pytest.fixture(scope="session")
def _postgresql_ready(postgresql_server: dict[str, Any], django_db_blocker: Any) -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import connections

    complete = {**connections["default"].settings_dict, **postgresql_server, "OPTIONS": {}}
    with django_db_blocker.unblock():
        swapped = _swap(complete)
        call_command("migrate", verbosity=0, interactive=False)
        _swap_back(swapped)
    return complete


def _swap(settings: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Make the default database another one, for this thread and those it starts."""
    from django.db import connections

    before = (connections["default"], connections.settings["default"])
    connections.settings["default"] = settings
    del connections["default"]
    return before


def _swap_back(before: tuple[Any, dict[str, Any]]) -> None:
    from django.db import connections

    connections["default"].close()
    connections["default"], connections.settings["default"] = before


@pytest.fixture
def on_postgresql(_postgresql_ready: dict[str, Any], django_db_blocker: Any) -> Iterator[None]:
    """The test's default database is PostgreSQL, migrated and empty. Transactions are real ones."""
    from django.db import connection

    with django_db_blocker.unblock():
        swapped = _swap(_postgresql_ready)
        try:
            yield
        finally:
            connection.rollback()
            tables = [name for name in connection.introspection.table_names() if name != "django_migrations"]
            with connection.cursor() as cursor:
                cursor.execute(f"truncate {', '.join(tables)} restart identity cascade")
            _swap_back(swapped)


@pytest.fixture(params=["postgresql"] if ON_POSTGRESQL else ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def either_database(request: pytest.FixtureRequest) -> str:
    """The test runs twice, on SQLite and on PostgreSQL; once where all tests run on PostgreSQL."""
    request.getfixturevalue("db" if ON_POSTGRESQL or request.param == "sqlite" else "on_postgresql")
    return str(request.param)


@pytest.fixture(autouse=True, scope="session")
def _changes_are_flushed_last() -> None:
    """Emptying a database between transactional tests deletes row by row, which the change triggers see. Forget those changes."""
    if not HAS_DJANGO:
        return
    from django.apps import apps
    from django.db.models.signals import post_migrate

    def forget(using: str, **kwargs: object) -> None:
        change = apps.get_model("county", "Change")
        if not apps.get_model("county", "Organisation").objects.using(using).exists():
            change.objects.using(using).all().delete()

    post_migrate.connect(forget, sender=apps.get_app_config("county"), weak=False, dispatch_uid="tests.forget")


# -- a small county ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SmallCounty:
    """Two townships, three clinics; staff by post. Codes: bureau 990101, CDC 990101-CDC, townships 990101101 青山镇 (clinics …201,
    …202) and 990101102 白水乡 (clinic …201). Accounts doctor (clinic 990101101201), neighbour (…202), township (990101101), township2
    (990101102), bureau (990101): nobody can sign in until given a password."""

    root: str = "990101"
    townships: tuple[str, str] = ("990101101", "990101102")
    clinics: tuple[str, str, str] = ("990101101201", "990101101202", "990101102201")
    day: date = TODAY

    def staff(self, username: str) -> Any:
        from taizhang.county.models import Staff

        return Staff.objects.get(username=username)

    def resident(
        self, name: str = "王试样", *, clinic: int = 0, birth: date = date(1955, 3, 1), moved_in: date = date(2020, 1, 1), **facts: Any
    ) -> Any:
        from taizhang.county.people import NewResident, register_resident

        new = NewResident(name=name, organisation=self.clinics[clinic], birth_date=birth, moved_in=moved_in, **{"sex": "1", **facts})
        return register_resident(new, actor="tests", day=self.day)


def make_small_county() -> SmallCounty:
    """The county in the database at hand."""
    from taizhang.county.models import Role, Staff
    from taizhang.county.organisations import add_organisation
    from taizhang.county.scopes import grant_role_scopes

    county = SmallCounty()
    add_organisation("990101", "样例县卫生健康局", "bureau", parent=None)
    add_organisation("990101-CDC", "样例县疾病预防控制中心", "cdc", parent="990101")
    for code, name in zip(county.townships, ("青山镇卫生院", "白水乡卫生院"), strict=True):
        add_organisation(code, name, "township_hospital", parent="990101")
    for code, name in zip(county.clinics, ("河湾村卫生室", "山口村卫生室", "石桥村卫生室"), strict=True):
        add_organisation(code, name, "village_clinic", parent=code[:9])
    posts = (
        ("doctor", "990101101201", Role.VILLAGE_DOCTOR),
        ("neighbour", "990101101202", Role.VILLAGE_DOCTOR),
        ("township", "990101101", Role.TOWNSHIP_OFFICE),
        ("township2", "990101102", Role.TOWNSHIP_OFFICE),
        ("bureau", "990101", Role.BUREAU_OFFICE),
    )
    for username, organisation, role in posts:
        staff = Staff.objects.create(username=username, name=f"样员{username}", organisation_id=organisation, role=role, password="!")
        grant_role_scopes(staff, "990101")
    return county


@pytest.fixture
def make_county() -> Callable[[], SmallCounty]:
    """Makes the small county in whichever database the test is on."""
    return make_small_county


@pytest.fixture
def county(db: None) -> SmallCounty:
    """A small county in the test's database."""
    return make_small_county()
