"""Several counties under one city and province: packages, their fingerprints, and one tree over all of them."""

import gzip
import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from figures.conftest import EAST, EAST_1, EAST_2, ROOT, WEST, WEST_1, Versions
from taizhang.config.home import Home
from taizhang.county.models import OrganisationKind
from taizhang.county.organisations import DivisionError, add_organisation
from taizhang.figures.compute import Board, facts_of
from taizhang.figures.counties import gathering
from taizhang.figures.counties.gathering import gather, receive
from taizhang.figures.counties.package import Package, PackageError, pack, read
from taizhang.figures.counties.rolling import board_over, counties_and_above
from taizhang.figures.model import FigureError
from taizhang.figures.placing import Trees
from taizhang.kernel.indicators import Status
from taizhang.kernel.periods import Period

H1, DAY = Period.parse("2026H1"), date(2026, 6, 30)
PROVINCE, CITY, OTHER_CITY, SECOND = "990000", "990100", "990200", "990201"


@pytest.fixture
def province(county: None, tmp_path: Path) -> Home:
    add_organisation(PROVINCE, "样例省卫生厅", OrganisationKind.BUREAU, parent=None, above_counties=True)
    home = Home(tmp_path / "province")
    home.create(kind="simulated", organisation=PROVINCE, working_day=DAY)
    return home


def work(ledger: Versions) -> None:
    one, two, three = (ledger.resident(place, birth=date(1950, 1, 1)) for place in (EAST_1, EAST_1, EAST_2))
    ledger.resident(WEST_1)
    for resident, day in ((one, date(2026, 2, 2)), (one, date(2026, 3, 3)), (two, date(2026, 4, 4)), (three, date(2025, 2, 2))):
        ledger.visit(resident, EAST_1, day, cost=1250)
    ledger.population(ROOT, 1000)
    ledger.cell("line_area", EAST, "seen", 7, date(2026, 1, 1), date(2026, 6, 30))


def packed(ledger: Versions) -> Package:
    published = ledger.publish()
    return pack(facts_of(published), Trees(ROOT), ROOT, "simulated", H1)


def moved(package: Package, code: str) -> bytes:
    """The package of a county like this one that bears another code."""
    page = json.loads(gzip.decompress(package.write()))
    return sealed(page["body"].replace(ROOT, code))


def sealed(body: str) -> bytes:
    page = {"taizhang_package": 1, "sha256": hashlib.sha256(body.encode()).hexdigest(), "body": body}
    return gzip.compress(json.dumps(page).encode())


def changed(content: bytes, **values: object) -> bytes:
    return sealed(json.dumps(json.loads(json.loads(gzip.decompress(content))["body"]) | values, ensure_ascii=False))


def value(board: Board, code: str, place: str) -> tuple[int | None, int | None, Status]:
    (indicator,) = board.definitions([code])
    figure = board.figure(indicator, place)
    return figure.numerator, figure.denominator, figure.status


def test_county_city_and_province_have_the_figures_of_their_packages(ledger: Versions, province: Home) -> None:
    work(ledger)
    first = packed(ledger)
    own = Board(H1, version=ledger.publish(), day=DAY, trees=Trees(ROOT))
    receive(province, first.write())
    receive(province, moved(first, SECOND))
    gathered = gather(province, H1, [])
    assert gathered.received == (ROOT, SECOND)
    board = board_over(PROVINCE, H1, gathered.packages, gathered.refused, DAY)
    assert counties_and_above(board, gathered.packages, gathered.refused) == [PROVINCE, CITY, ROOT, OTHER_CITY, SECOND]
    codes = [i.code for i in own.definitions(None)]
    for code in codes:
        assert value(board, code, ROOT) == value(own, code, ROOT), code
        assert value(board, code, EAST) == value(own, code, EAST), code
    numerator, denominator, status = value(own, "line.seen", ROOT)
    assert (numerator, denominator, status) == (2, 4, Status.OK)
    assert value(board, "line.seen", CITY) == value(board, "line.seen", OTHER_CITY) == (2, 4, Status.OK)
    assert value(board, "line.seen", PROVINCE) == (4, 8, Status.OK)
    assert value(board, "line.cost", PROVINCE)[0] == 2 * 3750
    assert value(board, "line.per_thousand", PROVINCE)[:2] == (4, 2000)
    figure = board.figures_of(board.definitions(["line.seen"])[0], PROVINCE, True)
    assert sum(f.numerator or 0 for f in figure[1:]) == figure[0].numerator == 4
    assert figure[0].last_year is not None
    assert figure[0].last_year.numerator == 2


def test_nobody_behind_a_rolled_up_figure_is_shown(ledger: Versions, province: Home) -> None:
    work(ledger)
    receive(province, packed(ledger).write())
    gathered = gather(province, H1, [])
    board = board_over(PROVINCE, H1, gathered.packages, (), DAY)
    with pytest.raises(FigureError, match="没有到人的明细"):
        board.now.laid(board.definitions(["line.seen"])[0].population).membership  # type: ignore[arg-type] # noqa: B018
    assert "resident" not in gzip.decompress(packed(ledger).write()).decode().replace("resident_population", "")


def test_a_county_that_has_handed_up_nothing_is_named(ledger: Versions, province: Home) -> None:
    add_organisation("990102", "邻县卫生健康局", OrganisationKind.BUREAU, parent=PROVINCE)
    work(ledger)
    receive(province, packed(ledger).write())
    gathered = gather(province, H1, [])
    board = board_over(PROVINCE, H1, gathered.packages, (), DAY)
    assert "990102" in counties_and_above(board, gathered.packages, ())
    (indicator,) = board.definitions(["line.seen"])
    whole, missing = board.figure(indicator, PROVINCE), board.figure(indicator, "990102")
    assert (whole.status, whole.numerator) == (Status.PARTIAL, 2)
    assert [(m.organisation, m.what.zh) for m in whole.missing] == [("990102", "未上报数字包")]
    assert (missing.status, missing.numerator) == (Status.NOT_REPORTED, None)
    assert board.figure(indicator, ROOT).status is Status.OK


def test_an_indicator_counted_by_another_definition_is_marked_and_left_out(ledger: Versions, province: Home) -> None:
    work(ledger)
    first = packed(ledger)
    other = json.loads(json.loads(gzip.decompress(moved(first, SECOND)))["body"])
    other["counted"]["2026H1"]["line_people"]["indicators"]["line.seen"] = "0" * 12
    receive(province, first.write())
    receive(province, sealed(json.dumps(other)))
    gathered = gather(province, H1, [])
    board = board_over(PROVINCE, H1, gathered.packages, (), DAY)
    assert value(board, "line.seen", PROVINCE) == (2, 4, Status.PARTIAL)
    assert value(board, "line.seen", SECOND) == (None, None, Status.NOT_REPORTED)
    assert value(board, "line.people", PROVINCE) == (8, None, Status.OK)  # another indicator of the same package
    figure = board.figure(board.definitions(["line.seen"])[0], PROVINCE)
    assert [(m.organisation, m.what.zh) for m in figure.missing] == [(SECOND, "口径与本级不同，未计入")]


def test_a_package_that_may_not_be_taken_is_refused_with_its_reason(ledger: Versions, province: Home) -> None:
    work(ledger)
    older = packed(ledger)
    content = older.write()
    with pytest.raises(PackageError, match="不是数字包"):
        receive(province, b"%PDF-1.7")
    with pytest.raises(PackageError, match="不是数字包"):
        receive(province, content[: len(content) // 2])
    page = json.loads(gzip.decompress(content))
    page["body"] = page["body"].replace('"value":1000', '"value":1001')
    with pytest.raises(PackageError, match="校验值不符"):
        receive(province, gzip.compress(json.dumps(page).encode()))
    with pytest.raises(PackageError, match="格式为9"):
        receive(province, gzip.compress(json.dumps({**page, "taizhang_package": 9}).encode()))
    with pytest.raises(PackageError, match="来自正式台账"):
        receive(province, changed(content, kind="service"))
    with pytest.raises(DivisionError, match="99"):
        receive(province, moved(older, "420683"))
    with pytest.raises(PackageError, match="没有一项口径与本级相同"):
        receive(province, changed(content, counted={}))
    receive(province, changed(content, stamp="2026-07-02T08:00:00+08:00", ledger_version=12))
    with pytest.raises(PackageError, match="较新的数字包（台账第12版），这一份是第1版"):
        receive(province, changed(content, stamp="2026-07-01T08:00:00+08:00"))
    assert gathering.FigurePackage.objects.get().ledger_version == 12


def test_a_package_reads_back_as_it_was(ledger: Versions) -> None:
    work(ledger)
    first = packed(ledger)
    again = read(first.write())
    assert again.write() == first.write()
    assert (again.cells, again.empty, again.series) == (first.cells, first.empty, first.series)
    assert set(again.counted) == {"2026H1", "2025H2", "2025H1"}


def test_sums_of_sensitive_lines_stand_at_townships_and_above(ledger: Versions, monkeypatch: pytest.MonkeyPatch) -> None:
    work(ledger)
    facts = facts_of(ledger.publish())
    people = facts.registry.populations["line_people"]
    hidden = replace(people, sensitive=True)
    everything = pack(facts, Trees(ROOT), ROOT, "simulated", H1).counted["2026H1"]["line_people"].sums
    for code, siblings in facts.registry.indicators.items():
        monkeypatch.setitem(
            facts.registry.indicators, code, tuple(replace(i, population=hidden) if i.population is people else i for i in siblings)
        )
    handed_up = pack(facts, Trees(ROOT), ROOT, "simulated", H1).counted["2026H1"]["line_people"].sums
    assert everything.organisations == [EAST_1, EAST_2, WEST_1]
    assert handed_up.organisations == [EAST, WEST]
    assert handed_up.over([EAST]) == everything.over([EAST_1, EAST_2])
