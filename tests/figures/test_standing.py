"""What a board keeps for the next: never a number that a fresh count would not give."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from taizhang.county.organisations import add_organisation, tree_on
from taizhang.figures.compute import Board
from taizhang.figures.placing import Trees
from taizhang.figures.targets import set_target
from taizhang.kernel.registry import registry
from taizhang.ledger import layout
from taizhang.ledger.consumer import sync
from taizhang.ledger.models import LedgerVersion

from .test_stored import CLINIC, EAST, H1, ROOT, empty_ledger, patient, visit  # noqa: F401 - a fixture

DAY = date(2026, 6, 30)


def every(board: Board) -> dict[tuple[str, str, str], Any]:
    """All figures of the county, a township and a clinic, with their categories."""
    board.read_targets([ROOT, EAST, CLINIC])
    found = [f for code in (ROOT, EAST, CLINIC) for i in board.definitions(None) for f in board.figures_of(i, code, True)]
    return {(f.code, f.organisation, f.category): f for f in found}


def test_a_board_after_a_visit_is_what_a_fresh_count_gives(empty_ledger: None, make_county: Any) -> None:  # noqa: F811
    county = make_county()
    one, two = patient(county, "样甲"), patient(county, "样乙")
    visit(one, date(2026, 3, 3))
    first = sync()
    assert first is not None
    before = every(Board(H1, day=DAY))
    again = Board(H1, day=DAY)
    assert every(again)["hypertension.visits", ROOT, ""] is before["hypertension.visits", ROOT, ""]  # nothing was counted twice
    visit(two, date(2026, 4, 4))
    second = sync()
    assert second is not None
    board = Board(H1, day=DAY)
    taken = set(board._standing.figures)
    assert "hypertension.visits" not in taken  # it looks at the table that was written
    assert "elderly.management_by_pace" in taken
    now = every(board)
    fresh = every(Board(H1, day=DAY, trees=Trees(ROOT)))
    assert now == fresh
    assert {f.ledger_version for f in now.values()} == {second.number}
    visits = "hypertension.visits", ROOT, ""
    assert (before[visits].numerator, now[visits].numerator) == (1, 2)
    assert every(Board(H1, version=first.number, day=DAY)) == before  # an earlier version stays what it was
    assert every(Board(H1, day=DAY)) == fresh


def test_a_task_set_meanwhile_and_a_new_organisation_are_seen_at_once(empty_ledger: None, make_county: Any) -> None:  # noqa: F811
    county = make_county()
    patient(county, "样甲")
    sync()
    code = "hypertension.managed", ROOT, ""
    assert every(Board(H1, day=DAY))[code].target is None
    set_target("hypertension.managed", ROOT, 2026, Decimal(4), "任务书（样）", actor="tests", day=DAY)
    assert every(Board(H1, day=DAY))[code].completion == 25
    assert "990101109" not in tree_on(DAY)
    add_organisation("990101109", "样新镇卫生院", "township_hospital", parent=ROOT, since=date(2026, 1, 1))
    assert "990101109" in tree_on(DAY)
    assert "990101109" in Board(H1, day=DAY).tree.children(ROOT)


def test_a_parameter_stated_anew_leaves_nothing_of_what_was_counted(empty_ledger: None, make_county: Any, monkeypatch: Any) -> None:  # noqa: F811
    county = make_county()
    patient(county, "样甲")
    sync()
    every(Board(H1, day=DAY))
    assert Board(H1, day=DAY)._standing.figures
    name = next(iter(registry.parameters))
    monkeypatch.setitem(registry.parameters, name, type(registry.parameters[name])(**_facts(registry.parameters[name])))
    assert not Board(H1, day=DAY)._standing.figures


def test_pages_wait_for_the_memberships_of_a_version_but_not_for_long(empty_ledger: None, make_county: Any) -> None:  # noqa: F811
    county = make_county()
    one = patient(county, "样甲")
    first = sync()
    visit(one, date(2026, 4, 4))
    second = sync()
    assert first is not None
    assert second is not None
    assert Board(H1, day=DAY).ledger.number == second.number
    (layout.folder() / "membership" / str(second.number) / "ready").unlink()  # as while the consumer is still at it
    assert Board(H1, day=DAY).ledger.number == first.number
    assert Board(H1, version=second.number, day=DAY).ledger.number == second.number
    LedgerVersion.objects.filter(number=second.number).update(created_at=timezone.now() - timedelta(seconds=61))
    assert Board(H1, day=DAY).ledger.number == second.number  # nobody makes them: then a page does


def _facts(parameter: Any) -> dict[str, Any]:
    from dataclasses import fields

    return {field.name: getattr(parameter, field.name) for field in fields(parameter) if field.init}
