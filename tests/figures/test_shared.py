"""A shared ledger: laid whole, taken up file by file, refused where it is not what it should be."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from taizhang.config.home import current
from taizhang.county.models import Resident
from taizhang.figures.compute import Board, facts_of
from taizhang.figures.counties.gathering import gather
from taizhang.figures.counties.rolling import board_over
from taizhang.figures.counties.shared import PAGE, SharedLedger, share
from taizhang.figures.placing import Trees
from taizhang.kernel.indicators import Status
from taizhang.kernel.periods import Period
from taizhang.ledger import layout
from taizhang.ledger.consumer import sync
from taizhang.ledger.layout import LedgerError
from taizhang.programmes.hypertension.models import Case

H1, DAY = Period.parse("2026H1"), date(2026, 6, 30)
ROOT, CLINIC, CODE = "990101", "990101101201", "hypertension.managed"


@pytest.fixture
def folder(transactional_db: None, tmp_path: Path) -> Iterator[Path]:
    shutil.rmtree(layout.folder(), ignore_errors=True)
    yield tmp_path / ROOT
    shutil.rmtree(layout.folder(), ignore_errors=True)


def enrol(resident: Resident) -> None:
    day = date(2024, 5, 1)
    Case.objects.create(resident=resident, organisation_id=CLINIC, enrolled_on=day, diagnosed_on=day, recorded_by="tests")


def patients(folder: Path, working: Path) -> int | None:
    working.mkdir(exist_ok=True)
    ledger = SharedLedger.open(folder, working)
    board = Board(H1, day=DAY, facts=facts_of(ledger), trees=Trees(ROOT, ledger.page["trees"]))
    return board.figure(board.definitions([CODE])[0], ROOT).numerator


def test_a_later_version_brings_only_its_new_files(folder: Path, make_county, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    county = make_county()
    enrol(county.resident("样甲"))
    sync()
    first = share(current(), folder)
    assert (first.copied, patients(folder, tmp_path / "one")) == (first.files, 1)
    enrol(county.resident("样乙"))
    sync()
    assert patients(folder, tmp_path / "one") == 1  # what was shared does not move with the county
    second = share(current(), folder)
    assert 0 < second.copied < second.files
    assert second.version > first.version
    assert patients(folder, tmp_path / "two") == 2
    share(current(), folder)  # of three versions the first is no longer named
    named = {e["path"] for t in json.loads((folder / PAGE).read_text())["tables"].values() for part in t.values() for e in part}
    assert {f.relative_to(folder).as_posix() for f in folder.glob("*/*/*.parquet")} == named


def test_a_folder_that_is_not_the_countys_shared_ledger_is_refused(folder: Path, make_county) -> None:  # type: ignore[no-untyped-def]
    enrol(make_county().resident("样甲"))
    sync()
    home = current()
    with pytest.raises(LedgerError, match="里没有共享台账"):
        gather(home, H1, [folder])
    share(home, folder)
    with pytest.raises(LedgerError, match="每县只列一个目录"):
        gather(home, H1, [folder, folder], [CODE])
    page = json.loads((folder / PAGE).read_text())
    (folder / PAGE).write_text(json.dumps(page | {"format": 9}))
    with pytest.raises(LedgerError, match="格式9，本机读1"):
        gather(home, H1, [folder])
    (folder / PAGE).write_text(json.dumps(page | {"organisation": "990102"}))
    with pytest.raises(LedgerError, match="990102 的共享台账，不能放入 990101 的"):
        share(home, folder)
    (folder / PAGE).write_text("{")
    with pytest.raises(LedgerError, match="已损坏"):
        gather(home, H1, [folder])


def test_tables_of_another_shape_are_named_and_not_counted(folder: Path, make_county) -> None:  # type: ignore[no-untyped-def]
    enrol(make_county().resident("样甲"))
    sync()
    share(current(), folder)
    assert gather(current(), H1, [folder], [CODE]).counted == (ROOT,)
    assert gather(current(), H1, [folder], [CODE]).kept == (ROOT,)
    page = json.loads((folder / PAGE).read_text())
    page["shapes"]["hypertension_case"] = "0" * 8
    (folder / PAGE).write_text(json.dumps(page))
    gathered = gather(current(), H1, [folder], [CODE])
    assert (gathered.packages, gathered.counted) == ((), ())
    board = board_over(ROOT, H1, gathered.packages, gathered.refused, DAY)
    figure = board.figure(board.definitions([CODE])[0], ROOT)
    assert figure.status is Status.NOT_REPORTED
    assert "表结构与本级不同（hypertension_case）" in figure.missing[0].what.zh
