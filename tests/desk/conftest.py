"""A small county that has reported, and its ledger, made once for all tests of a module. What a test writes is taken back."""

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from conftest import SmallCounty, make_small_county

ROOT, EAST, WEST = "990101", "990101101", "990101102"


def populate() -> SmallCounty:
    """Half a year of complaints (the western township has not reported June) and of health education. A yearly task of lectures."""
    from taizhang.county.models import Staff
    from taizhang.figures.targets import set_target
    from taizhang.kernel.periods import Period
    from taizhang.kernel.registry import registry
    from taizhang.ledger.consumer import sync
    from taizhang.returns.checks import CellEntry
    from taizhang.returns.entry import enter

    county = make_small_county()
    Staff.objects.filter(username="township2").update(phone="0000-0002")
    for month in range(1, 7):
        period = Period.month(2026, month)
        for organisation, lectures in ((ROOT, 1), (EAST, 4), (WEST, 2)):
            cells = {"lectures": lectures, "attended": lectures * 30, "materials": 100, "boards": 2}
            enter(registry.forms["health_education"], organisation, period, [CellEntry(*c) for c in cells.items()], "tests")
        for organisation, received, closed in ((ROOT, 2, 2), (EAST, 5, 4), *(((WEST, 1, 1),) if month < 6 else ())):
            counts = [CellEntry("received", received), CellEntry("closed", closed)]
            enter(registry.forms["complaints"], organisation, period, counts, "tests")
    set_target("health_education.lectures", ROOT, 2026, Decimal(100), "年度任务书", actor="tests")
    while sync() is not None:
        pass
    return county


def clear() -> None:
    from django.conf import settings

    from taizhang.ledger import layout

    shutil.rmtree(layout.folder(), ignore_errors=True)
    shutil.rmtree(settings.HOME.path / "published", ignore_errors=True)


@pytest.fixture(scope="module")
def _desk(django_db_setup: None, django_db_blocker: Any) -> Iterator[SmallCounty]:
    from django.core.management import call_command

    with django_db_blocker.unblock():
        clear()
        made = populate()
    yield made
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)
        clear()


@pytest.fixture
def office(_desk: SmallCounty, db: None) -> SmallCounty:
    return _desk


@pytest.fixture
def bureau(office: SmallCounty) -> Any:
    """The bureau's office clerk."""
    return office.staff("bureau")


@pytest.fixture
def day() -> date:
    return date(2026, 7, 6)
