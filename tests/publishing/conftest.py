"""A published half-year: the small county's own records and one return, over the real road to the ledger, and its summary."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from taizhang.county.models import Resident
from taizhang.figures.compute import figures
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.ledger import layout
from taizhang.ledger.consumer import sync
from taizhang.programmes.hypertension.models import Case, FollowUp
from taizhang.summaries.build import build, compose
from taizhang.summaries.document import Document
from taizhang.summaries.templates import load

H1 = Period.parse("2026H1")
CLINICS = ("990101101201", "990101101202", "990101102201")


@pytest.fixture
def empty_ledger(transactional_db: None) -> Iterator[None]:
    from django.conf import settings

    published = settings.HOME.path / "published"
    for folder in (layout.folder(), published):
        shutil.rmtree(folder, ignore_errors=True)
    yield
    for folder in (layout.folder(), published):
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Work:
    """The county at work: patients, visits, and a summary of what the ledger holds."""

    county: Any
    patients: list[Resident]

    def visit(self, number: int, day: date, systolic: int = 130) -> FollowUp:
        return FollowUp.objects.create(
            resident=self.patients[number], organisation_id=CLINICS[number % 3], recorded_by="tests", visited_on=day,
            way="1", outcome="1", systolic=systolic, diastolic=80,
        )

    def whole_document(self) -> Document:
        return build(H1, "990101")

    def document(self, programme: str = "hypertension") -> Document:
        """One line of work of it, which is as good for most questions and far quicker."""
        templates = [t for t in load(registry) if t.programme == programme]
        codes = [i.code for i in registry.indicators_on(H1.cutoff) if i.programme == programme]
        found = figures(H1, "990101", children=True, indicators=codes)
        own = [f for f in found if f.organisation == "990101"]
        return compose(own, [f for f in found if f.organisation != "990101"], templates, registry)


@pytest.fixture
def work(empty_ledger: None, make_county: Any) -> Work:
    county = make_county()
    patients = []
    for number in range(12):
        clinic = number % 3
        resident = county.resident(f"样{'甲乙丙丁戊己庚辛壬癸子丑'[number]}", clinic=clinic)
        day = date(2024, 5, 1)
        Case.objects.create(resident=resident, organisation_id=CLINICS[clinic], enrolled_on=day, diagnosed_on=day, recorded_by="tests")
        patients.append(resident)
    made = Work(county, patients)
    for number in range(8):
        made.visit(number, date(2026, 3, 3 + number))
    for number in range(5):
        made.visit(number, date(2025, 3, 3 + number))
    sync()
    return made
