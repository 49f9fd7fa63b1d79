"""Figures count one person after a merge, and two again once it is taken back, over the real road."""

import shutil
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from taizhang import ledger
from taizhang.county.merging import merge, unmerge
from taizhang.figures.compute import figures
from taizhang.kernel.periods import Period
from taizhang.ledger import layout
from taizhang.ledger.consumer import sync
from taizhang.programmes.hypertension.models import Case

CODE, ROOT, CLINIC = "hypertension.managed", "990101", "990101101201"
H1, DAY = Period.parse("2026H1"), date(2026, 6, 30)


@pytest.fixture
def empty_ledger(transactional_db: None) -> Iterator[None]:
    shutil.rmtree(layout.folder(), ignore_errors=True)
    yield
    shutil.rmtree(layout.folder(), ignore_errors=True)


def managed() -> int | None:
    sync()
    return figures(H1, ROOT, indicators=[CODE], with_categories=False)[0].numerator


def test_figures_count_one_person_after_a_merge(empty_ledger: None, make_county: Any) -> None:
    county = make_county()
    both = [county.resident("王建国") for _ in range(2)]
    for person in both:
        Case.objects.create(resident=person, organisation_id=CLINIC, enrolled_on=date(2024, 5, 1), diagnosed_on=date(2024, 5, 1))
    assert managed() == 2
    made = merge(both[0].pk, both[1].pk, reason="核对户口簿", actor=county.staff("township"), day=DAY)
    assert managed() == 1
    unmerge(made.pk, reason="误并", actor=county.staff("township"), day=DAY)
    assert managed() == 2
    assert ledger.verify().agrees
