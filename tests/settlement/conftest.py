"""A small county with records of two lines of work in the real ledger, and prices as a county lays them down."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from taizhang.kernel.registry import registry
from taizhang.kernel.sources import Source
from taizhang.ledger import layout
from taizhang.ledger.consumer import sync
from taizhang.programmes.hypertension.models import Case, FollowUp

CLINIC, OTHER, TOWNSHIP = "990101101201", "990101101202", "990101101"
OWN = Source("样例县基本公共卫生服务项目补助标准", "", True)


@pytest.fixture
def empty_ledger(transactional_db: None) -> Iterator[None]:
    shutil.rmtree(layout.folder(), ignore_errors=True)
    yield
    shutil.rmtree(layout.folder(), ignore_errors=True)


@pytest.fixture
def laid_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every price is the county's own: a visit to a patient with hypertension 12.00 yuan, a record opened 5.00; and the deductions."""
    own = {
        name: replace(parameter, source=OWN) if name.startswith("settlement.") else parameter
        for name, parameter in registry.parameters.items()
    }
    monkeypatch.setattr(registry, "parameters", own)


@dataclass
class Place:
    county: Any

    def patient(self, name: str, clinic: int = 0) -> Any:
        resident = self.county.resident(name, clinic=clinic)
        day = date(2024, 5, 1)
        Case.objects.create(
            resident=resident, organisation_id=self.county.clinics[clinic], enrolled_on=day, diagnosed_on=day, recorded_by="tests"
        )
        return resident

    def visit(self, resident: Any, day: date, organisation: str = CLINIC, **facts: Any) -> Any:
        values = {"way": "1", "outcome": "1", "systolic": 131, "diastolic": 81, **facts}
        return FollowUp.objects.create(resident=resident, organisation_id=organisation, visited_on=day, recorded_by="tests", **values)

    def sync(self) -> int:
        made = sync()
        assert made is not None
        return made.number


@pytest.fixture
def place(empty_ledger: None, make_county: Callable[[], Any]) -> Place:
    return Place(make_county())
