"""Following the ledger version by version: what stands after each is what a page would make, and nothing is kept past its time."""

import random
import shutil
from collections import OrderedDict
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from taizhang.config import home
from taizhang.county.models import Resident
from taizhang.figures import preparing, subscribe, sums
from taizhang.figures.compute import Board, figures
from taizhang.figures.course import course
from taizhang.figures.membership import Membership, reading
from taizhang.figures.source import CAUGHT_UP, READY, is_marked, ledger_at
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.ledger import consumer, few, layout, signals
from taizhang.ledger.consumer import sync
from taizhang.ledger.models import LedgerVersion
from taizhang.programmes.hypertension.models import Case, FollowUp

from .test_stored import CLINIC, EAST, ROOT, empty_ledger, patient, visit  # noqa: F401 - a fixture

CODES = ("hypertension.visits", "hypertension.controlled", "hypertension.managed", "health_record.coverage", "elderly.management_by_pace")


def contents(of: Membership) -> list[tuple[object, ...]]:
    with reading() as connection:
        return connection.execute(f"SELECT * FROM {of.relation} ORDER BY member").fetchall()


def every(period: Period, day: date) -> dict[str, Any]:
    """All memberships of a period and of the two that it is compared with, at the latest version, with their sums."""
    board = Board(period, version=ledger_at(), day=day)
    found = {}
    for counts in (board.now, board.before, board.last_year):
        for population in {i.population.name: i.population for i in board.definitions(codes()) if i.population}.values():
            of = counts.membership(population)
            found[f"{population.name} {counts.period}"] = (contents(of), sums.sums(of).rows)
    return found


def codes() -> list[str]:
    """Of populations that look at what is written below, and of one that does not."""
    return [code for code in CODES if code in registry.indicators]


def write(chance: random.Random, people: list[Resident]) -> None:
    """One write of some kind."""
    day = date(2025, 1, 1) + timedelta(days=chance.randrange(540))
    resident = chance.choice(people)
    kind = chance.randrange(6)
    if kind == 0:
        Resident.objects.filter(pk=resident.pk).update(sex=str(1 + chance.randrange(2)), died_on=day if chance.random() < 0.2 else None)
    elif kind == 1:
        Case.objects.filter(resident=resident).update(closed_on=day if chance.random() < 0.5 else None)
    elif kind == 2 and FollowUp.objects.exists():  # it was another's
        moved = FollowUp.objects.order_by("pk")[chance.randrange(FollowUp.objects.count())]
        if not FollowUp.objects.filter(resident=resident, visited_on=moved.visited_on).exists():
            FollowUp.objects.filter(pk=moved.pk).update(resident=resident)
    elif kind == 3 and FollowUp.objects.exists():
        FollowUp.objects.filter(pk=chance.choice(FollowUp.objects.values_list("pk", flat=True))).delete()
    elif not FollowUp.objects.filter(resident=resident, visited_on=day).exists():
        visit(resident, day)


def test_each_version_followed_equals_one_made_whole(empty_ledger: None, make_county: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    chance = random.Random(5)
    by_hand: list[str] = []
    monkeypatch.setattr(subscribe, "_following", {})
    county = make_county()
    people = [patient(county, f"样{number}") for number in range(8)]
    for resident in people[:5]:
        visit(resident, date(2026, 3, 3))
    sync()
    day = home.current().working_day()
    period = Period.parse(str(day.year))
    figures(period, ROOT, indicators=codes(), day=day)
    visit(people[0], date(2026, 3, 4))
    sync()
    monkeypatch.setattr("taizhang.figures.following.membership", lambda ledger, population, *rest: by_hand.append(population.name))
    monkeypatch.setattr(few, "MOST_HELD", 6)  # beyond it the files are read
    monkeypatch.setattr(few, "LARGE", 1)
    for number in range(8):
        visit(people[number], date(2026, 5, 1))
        for _ in range(1 + number % 3):
            write(chance, people)
        if number == 5:
            consumer.fold(force=True)
        taken = sync() if number in (2, 7) else consumer._take_all()  # as the running consumer
        assert taken is not None
        assert is_marked(ledger_at(), READY)
        assert is_marked(ledger_at(), CAUGHT_UP) == (number in (2, 7))
    assert by_hand == []
    folder = layout.folder() / "membership"
    followed = every(period, day)
    assert any(".since-" in file.name for file in (folder / str(ledger_at().number)).iterdir())
    assert (layout.folder() / "by-resident" / "hypertension_follow_up").is_dir()
    shutil.rmtree(folder)
    sums._cache.clear()
    whole = every(period, day)
    assert followed == whole
    assert any(rows for rows, _ in whole.values())


def test_a_parameter_that_changed_is_not_followed(empty_ledger: None, make_county: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(subscribe, "_following", {})
    county = make_county()
    one = patient(county, "样甲")
    sync()
    figures(Period.parse("2026H1"), CLINIC, indicators=["hypertension.visits"], day=date(2026, 6, 30))
    visit(one, date(2026, 2, 2))
    sync()
    first = subscribe._following.get(False)
    assert first is not None
    visit(one, date(2026, 3, 2))
    sync()
    assert subscribe._following[False] is first
    name, parameter = next(iter(registry.parameters.items()))
    assert isinstance(parameter, Parameter)
    monkeypatch.setitem(registry.parameters, name, type(parameter)(**{f: getattr(parameter, f) for f in parameter.__dataclass_fields__}))
    visit(one, date(2026, 4, 2))
    sync()
    assert subscribe._following[False] is not first
    (found,) = figures(Period.parse("2026H1"), EAST, indicators=["hypertension.visits"], day=date(2026, 6, 30), with_categories=False)
    assert found.numerator == 3


def test_a_late_entry_comes_into_an_ended_period_when_that_catches_up(empty_ledger: None, make_county: Any) -> None:  # noqa: F811
    county = make_county()
    one, day = patient(county, "样甲"), date(2026, 6, 30)
    visit(patient(county, "样乙"), date(2026, 1, 5))
    sync()
    ended, running = Period.parse("2026-02"), Period.parse("2026H1")

    def visits() -> list[tuple[int, int]]:
        boards = [Board(period, day=day) for period in (ended, running)]
        return [(b.ledger.number, b.figure(registry.indicators["hypertension.visits"][-1], ROOT).numerator or 0) for b in boards]

    first = visits()[0][0]
    visit(one, date(2026, 2, 2))
    consumer._take_all()
    assert visits() == [(first, 0), (first + 1, 2)]
    signals.catch_up(first + 1)
    assert visits() == [(first + 1, 1), (first + 1, 2)]
    visit(one, date(2026, 2, 9))
    consumer._take_all()
    LedgerVersion.objects.filter(number=first + 2).update(created_at=timezone.now() - timedelta(minutes=5, seconds=1))
    assert visits() == [(first + 2, 2), (first + 2, 3)]  # nobody brings it up: then a page does not wait any longer


def test_what_was_made_ahead_no_page_makes(empty_ledger: None, make_county: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    county = make_county()
    day = home.current().working_day()
    visit(patient(county, "样甲"), day.replace(day=1))
    sync()
    some = {registry.indicators[code][-1].population for code in codes()}
    every_one = preparing.in_force
    monkeypatch.setattr(preparing, "in_force", lambda p: {n: each for n, each in every_one(p).items() if each.population in some})
    monkeypatch.setattr(few, "LARGE", 1)
    assert signals.idle()
    assert preparing.prepare(day) > 50
    assert (layout.folder() / "by-resident" / "hypertension_follow_up").is_dir()
    monkeypatch.setattr("taizhang.figures.membership._made_whole", None)
    assert not all(signals.idle() for _ in range(200))  # nothing is left but to see that all is there
    for period in preparing.opened_today(day):
        board = Board(period, day=day)
        for indicator in board.definitions(codes()):
            board.figure(indicator, ROOT)
    for code in codes():
        for period in course(registry.indicators[code][-1].time_base, preparing.opened_today(day)[0]):
            if (known := registry.indicator(code, period.cutoff)) is not None:
                Board(period.known_on(day), day=day).now.of(known, ROOT)


def test_the_site_reads_ahead_what_is_there_and_makes_nothing(empty_ledger: None, make_county: Any, monkeypatch: Any) -> None:  # noqa: F811
    county, day = make_county(), home.current().working_day()
    period = Period.month(day.year, day.month)
    assert not preparing.read_ahead(period, day), "there is no ledger"
    visit(patient(county, "样甲"), day)
    sync()
    assert not preparing.read_ahead(period, day), "nobody has looked at anything"
    board = Board(period, day=day)
    shown = [board.figure(indicator, ROOT).value for indicator in board.definitions(None)]
    monkeypatch.setattr("taizhang.figures.membership._made_whole", None)
    monkeypatch.setattr("taizhang.figures.standing._boards", OrderedDict())
    assert preparing.read_ahead(period, day)
    assert [figure.value for figure in (Board(period, day=day).figure(i, ROOT) for i in board.definitions(None))] == shown
