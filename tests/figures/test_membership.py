"""Membership: trace, figure and why read the same; a later version is made from the changes alone and equals a whole one."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figures.conftest import EAST, EAST_1, EAST_2, NORTH_1, ROOT, WEST, WEST_1, MemoryLedger, Versions
from taizhang.figures import compute, sums
from taizhang.figures.compute import Board, figures
from taizhang.figures.membership import Membership, period_of, reading, settle
from taizhang.figures.model import FigureError
from taizhang.figures.residents import SUFFIX
from taizhang.figures.subscribe import forget, refresh
from taizhang.figures.trace import trace
from taizhang.figures.why import why
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry

H1 = Period.parse("2026H1")
DAY = date(2026, 6, 30)
CLINICS = (EAST_1, EAST_2, WEST_1, NORTH_1)


def contents(of: Membership) -> list[tuple[object, ...]]:
    with reading() as connection:
        return connection.execute(f"SELECT * FROM {of.relation} ORDER BY member").fetchall()


def memberships(ledger: MemoryLedger, period: Period = H1) -> list[Membership]:
    board = Board(period, version=ledger, day=DAY)
    return [board.now.membership(registry.populations[name]) for name in ("line_people", "line_visits")]


def forget_everything(ledger: MemoryLedger) -> None:
    shutil.rmtree(ledger.folder / "membership", ignore_errors=True)
    sums._cache.clear()
    compute._facts.clear()


# -- trace -------------------------------------------------------------------------------------------------------------


def test_trace_gives_the_members_of_each_part_as_the_figure_counts_them(ledger: Versions) -> None:
    for number, clinic in enumerate((WEST_1, EAST_2, EAST_1, EAST_1, EAST_2)):
        resident = ledger.resident(clinic, sex=str(1 + number % 2))
        if number % 2:
            ledger.visit(resident, clinic, date(2026, 2, 2), 150)
            ledger.visit(resident, WEST_1, date(2026, 3, 2), 50)
    now = ledger.publish()
    (seen,) = figures(H1, EAST, indicators=["line.seen"], version=now, with_categories=False, day=DAY)
    parts = {part: trace("line.seen", H1, EAST, part, version=now, day=DAY) for part in ("numerator", "denominator", "gap")}  # type: ignore[arg-type]
    assert (parts["numerator"].count, parts["denominator"].count) == (seen.numerator, seen.denominator) == (2, 4)
    assert [(m.organisation, m.resident) for m in parts["denominator"].members] == [(EAST_1, 3), (EAST_1, 4), (EAST_2, 2), (EAST_2, 5)]
    assert [m.resident for m in parts["gap"].members] == [3, 5]
    assert parts["gap"].members[0].categories == {"sex": "1"}
    first = trace("line.seen", H1, EAST, "denominator", limit=1, version=now, day=DAY)
    assert (first.count, len(first.members)) == (4, 1)
    assert trace("line.seen", H1, EAST, category="sex:2", version=now, day=DAY).count == 2
    cost = trace("line.cost", H1, ROOT, version=now, day=DAY)
    (figure,) = figures(H1, ROOT, indicators=["line.cost"], version=now, with_categories=False, day=DAY)
    assert (cost.count, cost.amount, figure.printed) == (4, figure.numerator, "4.00")


def test_trace_of_a_reported_figure_is_its_cells(ledger: Versions) -> None:
    january = (date(2026, 1, 1), date(2026, 1, 31))
    rest = (date(2026, 2, 1), date(2026, 6, 30))
    used = [ledger.cell("line_area", EAST, "seen", value, *span) for value, span in ((3, january), (4, rest))]
    used_below = ledger.cell("line_area", EAST, "all", 10, *rest)
    now = ledger.publish()
    found = trace("line.both", H1, ROOT, version=now, day=DAY)
    assert (found.source.value, found.count, found.amount) == ("reported", 2, 7)
    assert [c.id for c in found.cells] == used
    assert (found.cells[0].form.zh, found.cells[0].organisation, str(found.cells[0].value)) == ("辖区报表", EAST, "3")
    assert [c.id for c in trace("line.both", H1, ROOT, "denominator", version=now, day=DAY).cells] == [used_below]
    assert trace("line.both", H1, ROOT, "gap", version=now, day=DAY).amount == 3


def test_trace_refuses_parts_that_are_not_there(ledger: Versions) -> None:
    ledger.resident(EAST_1)
    now = ledger.publish()
    with pytest.raises(FigureError, match="没有分母"):
        trace("line.people", H1, ROOT, "denominator", version=now, day=DAY)
    with pytest.raises(FigureError, match="人口数"):
        trace("line.per_thousand", H1, ROOT, "gap", version=now, day=DAY)
    with pytest.raises(FigureError, match="这一部分"):
        trace("line.people", H1, ROOT, "all", version=now, day=DAY)  # type: ignore[arg-type]
    with pytest.raises(FigureError, match="没有分组"):
        trace("line.people", H1, ROOT, category="age:1", version=now, day=DAY)


def test_figure_trace_and_why_agree_on_everyone(ledger: Versions) -> None:
    born = (date(1940, 1, 1), date(1980, 1, 1), date(2026, 3, 1), date(2026, 6, 20))
    for number in range(16):
        resident = ledger.resident(CLINICS[number % 3], birth=born[number % 4], sex=str(1 + number % 2))
        for visit in range(number % 3):
            ledger.visit(resident, CLINICS[visit], date(2025 + number % 2, 6, 21 + visit), 100 * number)
    ledger.tables["resident"][5]["died_on"] = date(2026, 1, 1)
    ledger.tables["residency"][6]["ended_on"] = date(2026, 2, 1)
    now = ledger.publish()
    for code in ("people", "seen", "old_seen", "unseen", "per_thousand", "matured", "visits", "cost", "changed", "both"):
        (figure,) = figures(H1, ROOT, indicators=[f"line.{code}"], version=now, with_categories=False, day=DAY)
        counted = trace(f"line.{code}", H1, ROOT, version=now, day=DAY)
        assert counted.amount == figure.numerator
        answers = {n: why(f"line.{code}", n, H1, version=now, day=DAY) for n in range(1, 17)}
        assert {n for n, answer in answers.items() if answer.counted} == {m.resident for m in counted.members}
        if code in ("seen", "old_seen", "unseen", "matured", "changed", "both"):
            below = trace(f"line.{code}", H1, ROOT, "denominator", version=now, day=DAY)
            assert below.amount == figure.denominator
            assert {n for n, answer in answers.items() if answer.counted_in_denominator} == {m.resident for m in below.members}
            gap = trace(f"line.{code}", H1, ROOT, "gap", version=now, day=DAY)
            short = {n for n, answer in answers.items() if answer.counted_in_denominator and not answer.counted}
            assert short == {m.resident for m in gap.members}


def test_why_refuses_what_has_no_person_behind_it(ledger: Versions) -> None:
    ledger.resident(EAST_1)
    now = ledger.publish()
    with pytest.raises(FigureError, match="来自报表"):
        why("line.held", 1, H1, version=now, day=DAY)
    with pytest.raises(FigureError, match="没有这位居民"):
        why("line.seen", 99, H1, version=now, day=DAY)


# -- versions --------------------------------------------------------------------------------------------------------------

CHANGES = st.lists(
    st.tuples(st.sampled_from(["new", "move", "die", "visit", "unvisit", "revisit"]), st.integers(0, 11), st.integers(0, 3)),
    min_size=1,
    max_size=8,
)


def change(ledger: Versions, what: str, number: int, clinic: int) -> None:
    residents, visits = ledger.tables["resident"], ledger.tables.get("visit", [])
    day = date(2026, 1, 1) + timedelta(days=7 * number)
    if what == "new":
        ledger.resident(CLINICS[clinic], birth=date(1950 + 5 * number, 1, 1), sex=str(1 + number % 2), since=day)
    elif what == "move":
        ledger.move(residents[number % len(residents)]["resident"], CLINICS[clinic], day, day - timedelta(days=1))
    elif what == "die":
        residents[number % len(residents)]["died_on"] = day
    elif what == "visit":
        ledger.visit(residents[number % len(residents)]["resident"], CLINICS[clinic], day, number)
    elif visits and what == "unvisit":
        visits.pop(number % len(visits))
    elif visits:  # corrected: it was another's
        visits[number % len(visits)]["resident"] = residents[clinic % len(residents)]["resident"]


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=CHANGES, second=CHANGES)
def test_a_version_made_from_changes_alone_equals_one_made_whole(
    ledger: Versions, first: list[tuple[str, int, int]], second: list[tuple[str, int, int]]
) -> None:
    ledger = ledger.anew()  # versions of another example bear the same numbers
    for clinic in range(4):
        ledger.visit(ledger.resident(CLINICS[clinic]), CLINICS[clinic], date(2026, 2, 1 + clinic))
    memberships(ledger.publish())
    for changes in (first, second):
        for what, number, clinic in changes:
            change(ledger, what, number, clinic)
        now = ledger.publish()
        again = memberships(now)
        assert all(m.again is not None or m.whole.stat().st_nlink > 1 for m in again)  # evaluated in part, or not touched at all
        found = ([contents(m) for m in again], [sums.sums(m).rows for m in again])
        printed = figures(H1, ROOT, children=True, version=now, day=DAY)
        kept = ledger.folder / "membership"
        aside = kept.rename(kept.with_name("aside"))
        sums._cache.clear()
        whole = memberships(now)
        assert all(m.again is None for m in whole)
        assert found == ([contents(m) for m in whole], [sums.sums(m).rows for m in whole])
        assert printed == figures(H1, ROOT, children=True, version=now, day=DAY)
        shutil.rmtree(kept)
        aside.rename(kept)


def test_two_processes_that_link_a_version_at_once_both_find_it_whole(ledger: Versions, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one has linked the sums and not yet the membership itself."""
    ledger.visit(ledger.resident(EAST_1), EAST_1, date(2026, 1, 20))
    for of in memberships(ledger.publish()):
        sums.sums(of)
    real, met = os.link, []

    def link_after_the_other(source: Path, target: Path) -> None:
        if source.suffix == ".sums":
            real(source, target)
            met.append(target)
        real(source, target)

    monkeypatch.setattr(os, "link", link_after_the_other)
    second = ledger.publish()
    again = memberships(second)
    assert met
    assert all(m.whole.parent.name == str(second.number) and m.whole.exists() for m in again)
    assert [contents(m) for m in again][1]


def test_a_file_that_is_there_is_not_replaced_by_a_process_that_was_slower(tmp_path: Path) -> None:
    first, second, target = (tmp_path / name for name in ("first", "second", "target"))
    first.write_text("first", "utf-8")
    second.write_text("second", "utf-8")
    settle(first, target)
    settle(second, target)
    assert target.read_text("utf-8") == "first"


def test_a_pair_of_which_a_killed_process_left_half_is_made_whole(ledger: Versions) -> None:
    one, other = ledger.resident(EAST_1), ledger.resident(EAST_2)
    for resident in (one, other):
        ledger.visit(resident, EAST_1, date(2026, 1, 20))
    memberships(ledger.publish())
    ledger.visit(one, EAST_1, date(2026, 1, 21))
    second = ledger.publish()
    made = memberships(second)[1]
    right = contents(made)
    assert made.again is not None
    assert made.changed is not None
    made.again.unlink()
    with reading() as connection:  # it says that the other one was evaluated again
        connection.execute(f"COPY (SELECT {other}::BIGINT AS resident) TO '{made.changed}' (FORMAT parquet)")
    assert contents(memberships(second)[1]) == right


def test_what_a_version_did_not_touch_is_not_made_again(ledger: Versions) -> None:
    """Files of the earlier version stand under the later one; what is touched grows by the newly changed residents alone."""
    first_resident, second_resident = ledger.resident(EAST_1), ledger.resident(WEST_1)
    ledger.visit(first_resident, EAST_1, date(2026, 1, 20))
    asked = ["line.people", "line.visits"]

    def numbers() -> tuple[list[int | None], set[Path]]:
        now = ledger.publish()
        found = figures(H1, ROOT, indicators=asked, version=now, with_categories=False, day=DAY)
        return [figure.numerator for figure in found], set((ledger.folder / "membership" / str(now.number)).glob("*.parquet"))

    found, first = numbers()
    assert found == [2, 1]
    ledger.population(EAST_1, 5)
    found, second = numbers()
    assert found == [2, 1]
    assert all(file.samefile(file.parent.with_name("1") / file.name) for file in second)
    assert len(second) == len(first)
    ledger.visit(second_resident, WEST_1, date(2026, 3, 1))
    assert numbers()[0] == [2, 2]
    ledger.visit(first_resident, WEST_1, date(2026, 3, 2))
    found, fourth = numbers()
    assert found == [2, 3]
    assert all(".since-2." in file.name for file in fourth)
    ledger.tables["residency"][0]["ended_on"] = date(2026, 4, 1)
    assert numbers()[0] == [1, 3]
    del ledger.tables["visit"][0]
    assert numbers()[0] == [1, 2]


def test_an_older_version_keeps_its_figures(ledger: Versions) -> None:
    resident = ledger.resident(EAST_1)
    old = ledger.publish()
    before = figures(H1, ROOT, version=old, day=DAY)
    ledger.visit(resident, EAST_1, date(2026, 2, 2))
    now = figures(H1, ROOT, indicators=["line.seen"], version=ledger.publish(), day=DAY)
    assert now[0].printed == "100.00%"
    assert figures(H1, ROOT, version=old, day=DAY) == before
    forget_everything(old)
    assert figures(H1, ROOT, version=old, day=DAY) == before


def test_membership_files_bear_their_period_and_two_makers_leave_one_good_file(ledger: Versions) -> None:
    for clinic in CLINICS * 5:
        ledger.resident(clinic)
    now = ledger.publish()
    board = Board(H1, version=now, day=DAY)
    population = registry.populations["line_people"]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: board.now.membership(population), range(4)))
    assert len({m.whole for m in made}) == 1
    assert len(contents(made[0])) == 20
    assert not list((ledger.folder / "membership").glob("*/.*.tmp"))
    assert period_of(made[0].whole) == H1
    odd = Period.parse("2026-01-01..2026-06-20@2026-06-10")
    assert period_of(memberships(now, odd)[0].whole) == odd


def test_a_folder_left_by_another_ledger_with_the_same_numbers_is_not_believed(ledger: Versions, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.resident(EAST_1)
    now = ledger.publish()
    assert figures(H1, ROOT, indicators=["line.people"], version=now, day=DAY)[0].numerator == 1
    ledger.published.clear()
    ledger.resident(EAST_1)
    restored = ledger.publish()
    monkeypatch.setattr(MemoryLedger, "stamp", lambda self, number: f"restored {number}")
    assert figures(H1, ROOT, indicators=["line.people"], version=restored, day=DAY)[0].numerator == 2


def test_a_new_version_refreshes_what_people_look_at_and_lets_old_ones_go(ledger: Versions) -> None:
    ledger.resident(EAST_1)
    first = ledger.publish()
    running = Period.parse("2026")
    for period in (running, Period.parse("2025H1")):
        figures(period, ROOT, indicators=["line.people"], version=first, day=DAY)
    ledger.resident(WEST_1)
    second = ledger.publish()
    root = ledger.folder / "membership"
    assert refresh(second, DAY, ended=False) == 1  # people of the running year; what nobody looked at stays
    assert {str(period_of(f)) for f in (root / "2").glob("*.parquet")} == {"2026@2026-06-30"}
    # And those of last year's half, of what it is compared with, and of last year to the day.
    assert refresh(second, DAY, ended=True) == 4
    names = [f.name for f in (root / "2").glob("*.parquet")]
    assert len(names) == 10
    assert all(".since-1" in name for name in names)
    assert figures(running, WEST, indicators=["line.people"], version=second, day=DAY)[0].numerator == 1
    forget(root, 2)
    assert (root / "1").exists()  # the second leans on it
    gathered = root / "1" / f"residents-0{SUFFIX}"
    gathered.touch()
    forget(root, 51)
    assert (root / "1").exists()
    assert not gathered.exists()  # nothing is made from it any more
    forget(root, 200)
    assert not (root / "2").exists()
