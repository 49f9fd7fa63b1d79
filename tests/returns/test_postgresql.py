"""Entering, correcting and returning, on PostgreSQL."""

import pytest

from taizhang.kernel.periods import Period
from taizhang.returns.checks import CellEntry
from taizhang.returns.entry import enter
from taizhang.returns.models import ReturnCell
from taizhang.returns.states import accept, send_back

from .forms import AREA, BUREAU, make_bureau


@pytest.mark.postgresql
def test_a_return_lives_the_same_life_on_postgresql(on_postgresql: None) -> None:
    make_bureau()
    half = Period.parse("2026H1")
    first = enter(AREA, BUREAU, half, [CellEntry("visits", 120), CellEntry("income", 305510, "inner")], "clerk")
    assert (first.added, first.refused) == (2, ())
    second = enter(AREA, BUREAU, half, [CellEntry("visits", 121), CellEntry("income", 305510, "inner")], "clerk", correct=True)
    assert (second.changed, second.unchanged) == (1, 1)
    assert second.report is not None
    accept(second.report, "reviewer")
    send_back(second.report, "reviewer", "请核对")
    cells = ReturnCell.objects.order_by("element").values_list("element", "value", "state")
    assert list(cells) == [("income", 305510, "returned"), ("visits", 121, "returned")]
