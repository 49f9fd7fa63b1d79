"""The same over the real road: rows in the database, triggers, the consumer, the ledger's files."""

import shutil
from collections.abc import Iterator
from datetime import date

import pytest

from taizhang.county.models import Resident
from taizhang.figures.compute import figures
from taizhang.figures.membership import numbers_in
from taizhang.figures.subscribe import follow
from taizhang.figures.trace import trace
from taizhang.figures.why import why
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.ledger import layout, signals
from taizhang.ledger.consumer import sync
from taizhang.programmes.hypertension.models import Case, FollowUp

H1 = Period.parse("2026H1")
ROOT, EAST, CLINIC = "990101", "990101101", "990101101201"


@pytest.fixture
def empty_ledger(transactional_db: None) -> Iterator[None]:
    shutil.rmtree(layout.folder(), ignore_errors=True)
    yield
    shutil.rmtree(layout.folder(), ignore_errors=True)


def patient(county, name: str) -> Resident:  # type: ignore[no-untyped-def]
    resident = county.resident(name)
    day = date(2024, 5, 1)
    Case.objects.create(resident=resident, organisation_id=CLINIC, enrolled_on=day, diagnosed_on=day, recorded_by="tests")
    return resident


def visit(resident: Resident, day: date) -> None:
    FollowUp.objects.create(
        resident=resident, organisation_id=CLINIC, visited_on=day, way="1", outcome="1", systolic=130, diastolic=80, recorded_by="tests"
    )


def value(code: str, organisation: str = ROOT, version: int | None = None) -> int | None:
    return figures(H1, organisation, indicators=[code], version=version, with_categories=False)[0].numerator


def test_from_a_saved_visit_to_the_figure_its_members_and_the_reason(empty_ledger: None, make_county) -> None:  # type: ignore[no-untyped-def]
    county = make_county()
    one, two = patient(county, "样甲"), patient(county, "样乙")
    visit(one, date(2026, 3, 3))
    first = sync()
    assert first is not None
    every = figures(H1, ROOT, children=True)
    assert {f.code for f in every} == {i.code for i in registry.indicators_on(H1.cutoff)}
    assert (value("hypertension.managed"), value("hypertension.visits"), value("hypertension.controlled", EAST)) == (2, 1, 1)
    assert signals._subscribers  # figures follow the ledger from the moment Django is ready
    visit(two, date(2026, 4, 4))
    second = sync()
    assert second is not None
    made = [f.name for f in (layout.folder() / "membership" / str(second.number)).glob("hypertension_patients-*2026H1*.parquet")]
    assert len(made) == 2  # by the announcement: the changed resident alone, before anyone asked
    assert all(f".since-{first.number}" in name for name in made)
    assert (value("hypertension.controlled"), value("hypertension.controlled", version=first.number)) == (2, 1)
    members = trace("hypertension.controlled", H1, ROOT).members
    assert [m.resident for m in members] == [one.pk, two.pk]
    assert why("hypertension.controlled", two.pk, H1).counted
    assert not why("hypertension.controlled", two.pk, H1, version=first.number).counted
    assert numbers_in(layout.folder() / "membership") == [first.number, second.number]
    follow(signals.Announcement(second.number, first.number, [], set()))
