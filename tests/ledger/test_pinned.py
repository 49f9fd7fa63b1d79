"""What a published figure stands on is never touched, whatever upkeep comes over the ledger afterwards."""

import hashlib
import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from taizhang.county.models import Resident
from taizhang.ledger import consumer, layout, versions

from .conftest import latest, people, stored


def files_of(number: int) -> dict[str, str]:
    """Every file that a version names, with what is on the disk."""
    paths = [layout.folder() / file.path for file in versions.at(number).named_files()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.mark.parametrize("seed", [7, 11])
def test_folds_rebuilds_and_retention_leave_pinned_versions_byte_for_byte(
    ledger: None, rows: Callable[..., list[tuple[object, ...]]], seed: int
) -> None:
    drawn = random.Random(seed)
    consumer.sync()
    pinned: dict[int, tuple[dict[str, str], list[tuple[object, ...]]]] = {}
    steps = ["change"] * 6 + ["fold"] * 3 + ["rebuild", "retention", "retention"]
    drawn.shuffle(steps)
    for step in steps:
        if step == "change":
            people(3)
            gone = drawn.choice(list(Resident.objects.values_list("pk", flat=True)))
            Resident.objects.filter(pk=gone).delete()
            consumer.sync()
            if drawn.random() < 0.6 or not pinned:
                versions.pin(latest(), f"印发 {latest()}")
                pinned[latest()] = (files_of(latest()), stored())
        elif step == "fold":
            consumer.fold(force=True)
        elif step == "rebuild":
            consumer.rebuild()
        else:
            versions.retention(date.today() + timedelta(days=versions.KEPT_DAYS + 2))
    for _ in range(2):  # the first of the two folds is nobody's afterwards
        people(1)
        consumer.sync()
        consumer.fold(force=True)
    removed = versions.retention(date.today() + timedelta(days=versions.KEPT_DAYS + 2))
    assert removed > 0  # there was something to take away
    for number, (files, contents) in pinned.items():
        assert files_of(number) == files
        assert rows("resident", number) == contents
    assert rows("resident") == stored()
