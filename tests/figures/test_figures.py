"""Figures over the tree: roll-up, moves, mergers, categories, statuses, comparisons, ranks and targets."""

import json
from datetime import date
from decimal import Decimal

import pytest

from figures.conftest import CDC, EAST, EAST_1, EAST_2, NORTH, NORTH_1, ROOT, WEST, WEST_1, MemoryLedger, Versions
from taizhang.county.organisations import OrganisationError, merge_into
from taizhang.figures.compute import differences, figures
from taizhang.figures.model import Change, Figure, FigureError, Rank
from taizhang.figures.present import as_json, grouped, printed
from taizhang.figures.targets import read_targets, set_target
from taizhang.kernel.indicators import DataSource, Status
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import RegistryError

H1 = Period.parse("2026H1")
DAY = date(2026, 6, 30)


def figure(
    ledger: MemoryLedger, code: str, organisation: str = ROOT, period: str = "2026H1", *, category: str = "", day: date = DAY
) -> Figure:
    found = figures(Period.parse(period), organisation, indicators=[f"line.{code}"], version=ledger, day=day)
    return next(f for f in found if f.category == category)


def values(ledger: MemoryLedger, code: str, period: str = "2026H1", root: str = ROOT) -> dict[str, str]:
    found = figures(Period.parse(period), root, children=True, indicators=[f"line.{code}"], version=ledger, with_categories=False, day=DAY)
    return {f.organisation: f.printed for f in found}


# -- the tree ----------------------------------------------------------------------------------------------------------


def test_clinics_add_up_to_townships_and_townships_to_the_county(ledger: Versions) -> None:
    for clinic, count in ((EAST_1, 3), (EAST_2, 2), (WEST_1, 4)):
        for _ in range(count):
            ledger.resident(clinic)
    now = ledger.publish()
    assert values(now, "people") == {ROOT: "9", EAST: "5", WEST: "4", NORTH: "0", CDC: "0"}
    assert values(now, "people", root=EAST) == {EAST: "5", EAST_1: "3", EAST_2: "2"}


def test_someone_who_moved_counts_where_they_are_managed_on_the_cut_off_and_visits_where_they_took_place(ledger: Versions) -> None:
    moved = ledger.resident(EAST_1)
    ledger.visit(moved, EAST_1, date(2026, 1, 5))
    ledger.move(moved, WEST_1, date(2026, 3, 1), date(2026, 2, 28))
    now = ledger.publish()
    assert values(now, "people", "2026-02")[EAST] == "1"
    assert values(now, "people", "2026-03") == {ROOT: "1", EAST: "0", WEST: "1", NORTH: "0", CDC: "0"}
    assert values(now, "visits") == {ROOT: "1", EAST: "1", WEST: "0", NORTH: "0", CDC: "0"}
    assert values(now, "seen")[WEST] == "100.00%"


def test_last_year_of_a_township_that_took_in_another_is_the_sum_of_both(ledger: Versions) -> None:
    for clinic, count in ((WEST_1, 2), (NORTH_1, 3)):
        for _ in range(count):
            ledger.visit(ledger.resident(clinic), clinic, date(2025, 2, 2))
    ledger.visit(1, WEST, date(2026, 2, 2))
    ledger.visit(1, NORTH, date(2025, 2, 3))  # served by the township that was closed later
    ledger.population(WEST, 200, date(2024, 12, 31))
    ledger.population(NORTH, 300, date(2024, 12, 31))
    ledger.population(WEST, 510, date(2026, 3, 31))
    for organisation, value in ((WEST, 20), (NORTH, 30)):
        ledger.cell("line_return", organisation, "held", value, date(2025, 1, 1), date(2025, 6, 30), "old")
        ledger.cell("line_area", organisation, "seen", value, date(2025, 1, 1), date(2025, 6, 30))
        ledger.cell("line_area", organisation, "all", 100, date(2025, 1, 1), date(2025, 6, 30), as_of=date(2025, 6, 30))
    ledger.cell("line_return", WEST, "held", 60, date(2026, 1, 1), date(2026, 6, 30), "old")
    now = ledger.publish()
    merge_into(NORTH, WEST, date(2026, 1, 1))
    west = {f.code: f for f in figures(H1, WEST, version=now, day=DAY) if f.category == ""}
    assert west["line.people"].last_year.numerator == 5  # type: ignore[union-attr]
    assert west["line.visits"].last_year.numerator == 6  # type: ignore[union-attr]
    assert (west["line.per_thousand"].denominator, west["line.per_thousand"].last_year.denominator) == (510, 500)  # type: ignore[union-attr]
    assert (west["line.held"].numerator, west["line.held"].last_year.numerator) == (60, 50)  # type: ignore[union-attr]
    assert west["line.held"].status is Status.OK  # the closed township owes nothing this year
    assert values(now, "people") == {ROOT: "5", EAST: "0", WEST: "5", CDC: "0"}
    # Before the merger the tree is the one of that day.
    assert values(now, "people", "2025H1") == {ROOT: "5", EAST: "0", WEST: "2", NORTH: "3", CDC: "0"}
    assert figure(now, "held", ROOT, "2025H1").numerator == 50
    with pytest.raises(OrganisationError, match="已撤销"):
        figures(H1, NORTH, version=now, day=DAY)


def test_categories_add_up_to_the_total_and_someone_without_one_is_not_lost(ledger: Versions) -> None:
    for sex in ("1", "1", "2", None):
        ledger.visit(ledger.resident(EAST_1, sex=sex), EAST_1, date(2026, 2, 2))  # type: ignore[arg-type]
    ledger.resident(EAST_1, sex="2")
    found = figures(H1, EAST, indicators=["line.seen"], version=ledger.publish(), day=DAY)
    by_category = {f.category: (f.numerator, f.denominator) for f in found}
    assert by_category == {"": (4, 5), "sex:1": (2, 2), "sex:2": (1, 2), "sex:": (1, 1)}
    names = {f.category: f.category_name.en for f in found if f.category_name}
    assert names == {"sex:1": "Male", "sex:2": "Female", "sex:": "Sex: not given"}


# -- statuses ------------------------------------------------------------------------------------------------------------


def test_statuses_of_recorded_figures(ledger: Versions) -> None:
    ledger.resident(EAST_1)
    now = ledger.publish()
    assert figure(now, "seen").status is Status.OK
    assert figure(now, "old_seen").status is Status.NOBODY_ELIGIBLE
    assert figure(now, "matured").status is Status.NOT_YET_DUE
    assert figure(now, "matured", WEST).status is Status.NOBODY_ELIGIBLE
    assert figure(now, "annual").status is Status.NOT_YET_DUE
    assert figure(now, "annual", period="2025").status is Status.OK
    assert figure(now, "annual", period="2026").status is Status.NOT_YET_DUE
    assert figure(now, "ruled").status is Status.NO_RULE
    assert figure(now, "ruled", period="2025H1").status is Status.OK
    assert figure(now, "per_thousand").status is Status.NOT_REPORTED
    assert [m.what.zh for m in figure(now, "per_thousand").missing] == ["常住人口数"]
    assert {figure(now, code).printed for code in ("old_seen", "matured", "annual", "ruled", "per_thousand")} == {"—"}


def test_a_line_of_work_without_any_record_is_not_reported_rather_than_nought(ledger: Versions) -> None:
    resident = ledger.resident(EAST_1)
    visits = figure(ledger.publish(), "visits")
    assert (visits.value, visits.status, [m.what.zh for m in visits.missing]) == (None, Status.NOT_REPORTED, ["走访的记录"])
    ledger.visit(resident, EAST_1, date(2024, 2, 2))
    assert figure(ledger.publish(), "visits").printed == "0"


def test_a_running_period_is_cut_off_on_the_working_day(ledger: Versions) -> None:
    resident = ledger.resident(EAST_1)
    ledger.visit(resident, EAST_1, date(2026, 11, 1))
    now = ledger.publish()
    running = figure(now, "seen", period="2026", day=date(2026, 10, 31))
    assert (running.period.cutoff, running.printed) == (date(2026, 10, 31), "0.00%")
    assert figure(now, "seen", period="2026", day=date(2026, 12, 31)).printed == "100.00%"


def test_returns_partial_not_reported_and_rates_without_counts(ledger: Versions) -> None:
    half = (date(2026, 1, 1), date(2026, 6, 30))
    ledger.cell("line_return", EAST, "held", 5, *half, "old")
    ledger.cell("line_return", EAST, "held", 7, *half, "young")
    ledger.cell("line_return", WEST, "held", 5, date(2025, 7, 1), date(2025, 12, 31), "old")
    ledger.cell("line_return", EAST, "content", 9050, *half)
    now = ledger.publish()
    county = figure(now, "held")
    assert (county.numerator, county.status, county.source, county.reported_by) == (12, Status.PARTIAL, DataSource.REPORTED, (EAST,))
    assert [(m.organisation, m.name.zh) for m in county.missing] == [(WEST, "西乡卫生院")]
    assert figure(now, "held", category="young").numerator == 7
    assert figure(now, "held", EAST).status is Status.OK
    assert figure(now, "held", WEST).status is Status.NOT_REPORTED
    assert (figure(now, "content", EAST).printed, figure(now, "content", EAST).status) == ("90.50%", Status.RATE_ONLY)
    assert figure(now, "content").status is Status.NOT_REPORTED  # never rolled up
    assert figure(now, "content").missing[0].what.zh == "《走访报表》满意率"


def test_numbers_of_different_decimals_are_divided_exactly(ledger: Versions) -> None:
    half = (date(2026, 1, 1), date(2026, 6, 30))
    ledger.cell("line_return", EAST, "spent", 257350, *half)
    ledger.cell("line_return", EAST, "planned", 30551, *half)
    spending = figure(ledger.publish(), "spending")
    assert (spending.printed, spending.places, spending.denominator) == ("84.24%", 2, 305510)
    assert as_json(spending)["numerator"] == 2573.5


def test_a_population_without_a_count_of_its_own_is_the_sum_below_or_names_who_lacks_it(ledger: Versions) -> None:
    resident = ledger.resident(EAST_1)
    ledger.visit(resident, EAST_1, date(2026, 2, 2))
    ledger.population(EAST, 100)
    ledger.population(WEST, 150)
    lacking = figure(ledger.publish(), "per_thousand")
    assert (lacking.status, [m.organisation for m in lacking.missing]) == (Status.NOT_REPORTED, [NORTH])
    ledger.population(NORTH, 250)
    ledger.population(EAST, 900, date(2026, 7, 1))  # known only after the cut-off
    now = ledger.publish()
    assert (figure(now, "per_thousand").denominator, figure(now, "per_thousand").printed) == (500, "2.00‰")
    ledger.population(ROOT, 400)
    assert figure(ledger.publish(), "per_thousand").denominator == 400
    assert figure(now, "per_thousand").denominator == 500  # the older version still says what it said


# -- both sources ----------------------------------------------------------------------------------------------------------


def test_an_indicator_with_both_sources_says_which_it_used(ledger: Versions) -> None:
    half = (date(2026, 1, 1), date(2026, 6, 30))
    for organisation, seen, everyone in ((EAST, 30, 40), (NORTH, 6, 10)):
        ledger.cell("line_area", organisation, "seen", seen, *half)
        ledger.cell("line_area", organisation, "all", everyone, *half)
    only_returns = ledger.publish()
    reported = figure(only_returns, "both")
    assert (reported.numerator, reported.denominator, reported.source) == (36, 50, DataSource.REPORTED)
    resident = ledger.resident(EAST_1)
    ledger.visit(resident, EAST_1, date(2026, 2, 2))
    mixed = ledger.publish()
    assert figure(mixed, "both", EAST).source is DataSource.RECORDED
    county = figure(mixed, "both")
    assert (county.numerator, county.denominator, county.source, county.reported_by) == (7, 11, DataSource.MIXED, (NORTH,))
    assert figure(mixed, "both", WEST).status is Status.NOBODY_ELIGIBLE
    east = next(d for d in differences(H1, ROOT, version=mixed, day=DAY) if d.organisation == EAST)
    assert (east.recorded, east.reported) == (Decimal("100.00"), Decimal("75.00"))
    ledger.tables["return_cell"].clear()
    assert figure(ledger.publish(), "both").source is DataSource.RECORDED


def test_residents_alone_are_no_records_of_a_line_of_work(ledger: Versions) -> None:
    resident = ledger.resident(EAST_1)
    ledger.resident(NORTH_1)
    nothing = figure(ledger.publish(), "both")
    assert (nothing.value, nothing.status) == (None, Status.NOT_REPORTED)  # no 0 %: neither visits nor a return
    for organisation, seen, everybody in ((ROOT, 30, 40), (NORTH, 6, 10)):
        ledger.cell("line_area", organisation, "seen", seen, date(2026, 1, 1), date(2026, 6, 30))
        ledger.cell("line_area", organisation, "all", everybody, date(2026, 1, 1), date(2026, 6, 30))
    returned = figure(ledger.publish(), "both")
    assert (returned.numerator, returned.denominator, returned.source) == (30, 40, DataSource.REPORTED)
    ledger.visit(resident, EAST_1, date(2026, 2, 2))
    ledger.resident(WEST_1)
    mixed = ledger.publish()
    county = figure(mixed, "both")
    # One seen of the two who live where visits are written down or nobody reports, six of ten by the return of the north; the resident
    # there stands in the return.
    assert (county.numerator, county.denominator, county.source) == (7, 12, DataSource.MIXED)
    assert (figure(mixed, "both", NORTH).numerator, figure(mixed, "both", WEST).printed) == (6, "0.00%")


# -- comparisons ---------------------------------------------------------------------------------------------------------


def test_previous_and_last_year_with_their_own_definition(ledger: Versions) -> None:
    for year, visited in ((2025, 2), (2026, 3)):
        for number in range(visited):
            ledger.visit(number + 1, EAST_1, date(year, 2, 2))
    for birth in (date(1950, 1, 1), date(1963, 1, 1), date(1964, 1, 1), date(1990, 1, 1)):
        ledger.resident(EAST_1, birth=birth)
    now = ledger.publish()
    seen = figure(now, "seen")
    assert (seen.value, seen.last_year.value, seen.previous.value) == (Decimal("75.00"), Decimal("50.00"), Decimal("0.00"))  # type: ignore[union-attr]
    assert seen.change_last_year == Change(Decimal("25.00"), "个百分点")
    visits = figure(now, "visits")
    assert (visits.change_last_year, visits.change_previous) == (Change(Decimal("50.00"), "%"), None)  # nothing over a base of 0
    changed = figure(now, "changed")  # 60 and over since 2026, 65 and over before
    assert (changed.numerator, changed.last_year.numerator) == (3, 1)  # type: ignore[union-attr]
    assert changed.definition != figure(now, "changed", period="2025H1").definition
    assert figure(now, "ruled").last_year.value is not None  # type: ignore[union-attr]


def test_points_are_the_difference_of_the_printed_rates(ledger: Versions) -> None:
    for number in range(3):
        ledger.resident(EAST_1)
        if number < 2:
            ledger.visit(number + 1, EAST_1, date(2026, 2, 2))
    ledger.visit(1, EAST_1, date(2025, 2, 2))
    seen = figure(ledger.publish(), "seen")
    assert (seen.printed, seen.last_year.printed, seen.change_last_year.value) == ("66.67%", "33.33%", Decimal("33.34"))  # type: ignore[union-attr]


def test_rank_is_among_units_of_one_kind_ties_share_and_only_ok_counts(ledger: Versions) -> None:
    for clinic, seen, unseen in ((EAST_1, 1, 1), (WEST_1, 2, 2), (NORTH_1, 1, 0)):
        for number in range(seen + unseen):
            resident = ledger.resident(clinic)
            if number < seen:
                ledger.visit(resident, clinic, date(2026, 2, 2))
    now = ledger.publish()
    assert [figure(now, "seen", o).rank for o in (EAST, WEST, NORTH, CDC)] == [Rank(2, 3), Rank(2, 3), Rank(1, 3), None]
    assert [figure(now, "unseen", o).rank for o in (EAST, NORTH)] == [Rank(2, 3), Rank(1, 3)]
    assert figure(now, "people", CDC).rank is None
    assert figure(now, "seen", EAST_2).rank is None  # nobody eligible there
    assert figure(now, "seen").rank is None


def test_those_of_the_root_s_own_kind_below_it_are_ranked_among_each_other(ledger: Versions) -> None:
    """A city's bureau and the bureaux of its counties."""
    from taizhang.county.models import OrganisationKind
    from taizhang.county.organisations import add_organisation

    counties = ("990101-B1", "990101-B2")
    for number, code in enumerate(counties):
        add_organisation(code, f"样例{number}局", OrganisationKind.BUREAU, parent=ROOT, since=date(2000, 1, 1))
        for seen in range(2):
            resident = ledger.resident(code)
            if seen <= number:
                ledger.visit(resident, code, date(2026, 2, 2))
    found = figures(H1, ROOT, children=True, indicators=["line.seen"], version=ledger.publish(), with_categories=False, day=DAY)
    ranks = {f.organisation: f.rank for f in found}
    assert [ranks[code] for code in (ROOT, *counties)] == [None, Rank(2, 2), Rank(1, 2)]


# -- targets ---------------------------------------------------------------------------------------------------------------


def test_targets_completion_and_pace(ledger: Versions) -> None:
    for number in range(4):
        resident = ledger.resident(EAST_1)
        if number < 3:
            ledger.visit(resident, EAST_1, date(2026, 2, 2))
    now = ledger.publish()
    assert set_target("line.visits", EAST, 2026, Decimal(5), "样例文件", actor="office")
    assert not set_target("line.visits", EAST, 2026, Decimal("5.00"), "样例文件", actor="office")
    assert set_target("line.seen", EAST, 2026, Decimal(80), "样例文件", actor="office", unit="percent")
    visits = figure(now, "visits", EAST)
    assert (visits.completion, visits.pace, visits.on_pace) == (Decimal("60.00"), Decimal("10.00"), True)
    assert str(visits.target.value) == "5"  # type: ignore[union-attr]
    month = figure(now, "visits", EAST, "2026-02")
    assert (month.completion, month.pace, month.on_pace) == (None, None, None)  # a month is no part of the year from January on
    seen = figure(now, "seen", EAST)
    assert (seen.completion, seen.pace, seen.on_pace) == (Decimal("93.75"), None, False)
    assert figure(now, "visits").target is None
    assert len(read_targets([EAST, ROOT], 2026)) == 2
    assert read_targets([EAST], 2025) == {}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("line.nothing", Decimal(1), "文件", None), "没有指标"),
        (("line.seen", Decimal(1), "文件", "count"), "请改正单位"),
        (("line.seen", Decimal(-1), "文件", None), "小于0"),
        (("line.seen", Decimal("1.00001"), "文件", None), "4位小数"),
        (("line.seen", Decimal(1), " ", None), "依据文件"),
    ],
)
def test_targets_refused(ledger: Versions, arguments: tuple[str, Decimal, str, str | None], message: str) -> None:
    indicator, value, source, unit = arguments
    with pytest.raises(FigureError, match=message):
        set_target(indicator, EAST, 2026, value, source, actor="office", unit=unit)


# -- as written ------------------------------------------------------------------------------------------------------------


def test_json_has_the_promised_fields_and_survives_json(ledger: Versions) -> None:
    ledger.visit(ledger.resident(EAST_1), EAST_1, date(2026, 2, 2))
    now = ledger.publish()
    found = json.loads(json.dumps(as_json(figure(now, "seen"))))
    promised = {
        "indicator", "name", "name_en", "unit", "category", "organisation", "organisation_name", "period", "cutoff", "numerator",
        "denominator", "value", "status", "source", "previous", "last_year", "target", "ledger_version", "definition",
    }
    assert promised <= set(found)
    assert (found["value"], found["numerator"], found["period"], found["cutoff"]) == ("100.00", 1, "2026H1", "2026-06-30")
    assert (found["status"], found["source"], found["ledger_version"]) == ("ok", "recorded", now.number)
    assert found["last_year"]["period"] == "2025H1"


def test_printed_values() -> None:
    assert printed(Decimal("84.20"), "%") == "84.20%"
    assert printed(Decimal("24.91"), "人次/次") == "24.91"
    assert printed(None, "%") == "—"
    assert (grouped(Decimal(568306), "份", "zh"), grouped(Decimal(568306), "份", "en")) == ("568306", "568,306")


def test_order_is_stable_and_unknown_names_are_refused(ledger: Versions) -> None:
    ledger.resident(EAST_1)
    now = ledger.publish()
    once = figures(H1, ROOT, children=True, version=now, day=DAY)
    assert once == figures(H1, ROOT, children=True, version=now, day=DAY)
    assert list(dict.fromkeys(f.organisation for f in once)) == [ROOT, CDC, EAST, WEST, NORTH]
    with pytest.raises(RegistryError, match="没有指标"):
        figures(H1, ROOT, indicators=["line.nothing"], version=now, day=DAY)
    with pytest.raises(OrganisationError, match="没有代码"):
        figures(H1, "990199", version=now, day=DAY)
