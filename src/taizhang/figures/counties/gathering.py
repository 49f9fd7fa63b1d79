"""Gathering what the counties have: packages received are kept, shared ledgers counted; a county whose version is known is not counted
again."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from taizhang.config.home import Home
from taizhang.county.organisations import check_simulated
from taizhang.figures.compute import facts_of
from taizhang.figures.counties import package as packages
from taizhang.figures.counties.package import Package, PackageError
from taizhang.figures.counties.rolling import Refused, lacking
from taizhang.figures.counties.shared import SharedLedger
from taizhang.figures.models import FigurePackage
from taizhang.figures.placing import Trees
from taizhang.kernel.periods import Period
from taizhang.ledger.layout import LedgerError

_KINDS = {"simulated": "模拟台账", "service": "正式台账"}


@dataclass(frozen=True, slots=True)
class Gathered:
    """The packages of a period, and which counties were counted now, kept from before, received, or cannot be taken."""

    packages: tuple[Package, ...]
    counted: tuple[str, ...]
    kept: tuple[str, ...]
    received: tuple[str, ...]
    refused: tuple[Refused, ...]


def receive(home: Home, content: bytes) -> Package:
    """Take a county's package into the home; a later one of the same period replaces it. Raises PackageError for a damaged one, one older
    than what is there, one counted by no definition of this program, or a simulated county in a real home."""
    found = packages.read(content)
    if found.kind != home.kind:
        raise PackageError(f"{found.organisation} 的数字包来自{_KINDS[found.kind]}，本台账是{_KINDS[home.kind]}，不能收。")
    check_simulated(found.organisation, home.kind)
    period = Period.parse(found.period)
    if not any(_definitions(found, period, None)):
        raise PackageError(f"{found.organisation} 的数字包没有一项口径与本级相同。请该县升级到与本级相同的版本后重新上报。")
    with transaction.atomic():
        held = (
            FigurePackage.objects.select_for_update()
            .filter(organisation=found.organisation, period=found.period, origin=FigurePackage.Origin.RECEIVED)
            .first()
        )
        if held is not None and datetime.fromisoformat(held.stamp) > datetime.fromisoformat(found.stamp):
            raise PackageError(
                f"已收有 {found.organisation} 较新的数字包（台账第{held.ledger_version}版），这一份是第{found.ledger_version}版的，未收。"
            )
        _store(found, content, FigurePackage.Origin.RECEIVED)
    return found


def gather(home: Home, period: Period, folders: Sequence[Path], codes: Sequence[str] | None = None) -> Gathered:
    """All counties' packages of a period: those received, and those of the shared ledgers in `folders`, each counted unless its version was
    counted before by the same definitions. codes: only these indicators' populations. Raises LedgerError where a folder holds no shared
    ledger, or two hold the same county's."""
    found: dict[str, Package] = {}
    counted: list[str] = []
    kept: list[str] = []
    refused: list[Refused] = []
    with tempfile.TemporaryDirectory(prefix="taizhang-counties-") as working:
        for place, folder in enumerate(folders):
            ledger = SharedLedger.open(folder, _made(Path(working) / str(place)))
            county = ledger.organisation
            if county in found or county in {r.organisation for r in refused}:
                raise LedgerError(f"{folder} 与另一目录都是 {county} 的共享台账。每县只列一个目录。")
            check_simulated(county, home.kind)
            if ledger.fault is not None:
                refused.append(Refused(county, ledger.page["trees"], ledger.fault))
                continue
            if (known := _known(ledger, period, codes)) is not None:
                found[county] = known
                kept.append(county)
            else:
                found[county] = _count(ledger, period, codes)
                _store(found[county], found[county].write(), FigurePackage.Origin.COUNTED)
                counted.append(county)
    here = {*found, *(r.organisation for r in refused)}
    received = []
    for held in FigurePackage.objects.filter(period=str(period), origin=FigurePackage.Origin.RECEIVED).order_by("organisation"):
        if held.organisation not in here:
            found[held.organisation] = packages.read(bytes(held.content))
            received.append(held.organisation)
    return Gathered(tuple(found[c] for c in sorted(found)), tuple(counted), tuple(kept), tuple(received), tuple(refused))


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    return folder


def _known(ledger: SharedLedger, period: Period, codes: Sequence[str] | None) -> Package | None:
    """What was counted of this very version before, if it holds all that is asked, by the definitions of today."""
    held = FigurePackage.objects.filter(
        organisation=ledger.organisation, period=str(period), origin=FigurePackage.Origin.COUNTED, stamp=ledger.made,
        ledger_version=ledger.number,
    ).first()  # fmt: skip
    if held is None:
        return None
    found = packages.read(bytes(held.content))
    return found if all(_definitions(found, period, codes)) else None


def _definitions(found: Package, period: Period, codes: Sequence[str] | None) -> Iterator[bool]:
    """For each indicator, whether the package counted it by the definition of this program."""
    for each, populations in packages.wanted(period, codes).items():
        for indicators in populations.values():
            for indicator in indicators:
                yield lacking(found, indicator, each) is None


def _count(ledger: SharedLedger, period: Period, codes: Sequence[str] | None) -> Package:
    facts = facts_of(ledger)
    try:
        trees = Trees(ledger.organisation, ledger.page["trees"])
        return packages.pack(facts, trees, ledger.organisation, ledger.page["kind"], period, codes)
    finally:
        with suppress(LedgerError):
            facts.engine.forget(ledger)


def _store(found: Package, content: bytes, origin: str) -> None:
    FigurePackage.objects.update_or_create(
        organisation=found.organisation,
        period=found.period,
        origin=origin,
        defaults={"ledger_version": found.ledger_version, "stamp": found.stamp, "content": content},
    )
