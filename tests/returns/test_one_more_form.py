"""Declaring one more form: two short files, and everything else follows."""

import sys
from pathlib import Path

import pytest

from taizhang.kernel.indicators import Status, TimeBase
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import Registry
from taizhang.returns.checks import CellEntry
from taizhang.returns.entry import parse_cell
from taizhang.returns.evaluate import CellIndex, reported_parts

from .forms import BUREAU, cell

PROGRAMME = '''
from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text
PROGRAMME = Programme(code="blood", name=Text("无偿献血", "Blood donation"), order=990, row=28)
'''
RETURNS = '''
from taizhang.kernel.reporting import flow, form, own_definition
FORM = form("blood", "无偿献血报表", "Blood donation", own_definition("无偿献血报表"),
            flow("donors", "献血人次", "Donations", "人次"), flow("units", "采血量", "Blood taken", "单位", places=1),
            rows={"street": ("街头", "Street"), "group": ("团体", "Group")})
'''
INDICATORS = '''
from taizhang.kernel.reporting import HIGHER, reported, reported_rate
from .returns import FORM
DONORS = reported(FORM, "donors", by_row=True, better=HIGHER, why=("反映无偿献血的参与情况。", "How many take part."))
MEAN = reported_rate(FORM, "units", "donors", code="mean", unit="单位/人次", by_row=True,
                     name=("平均每次献血量", "Mean donation"), why=("反映每次献血的量。", "How much one donation gives."))
'''


def _package(folder: Path, monkeypatch: pytest.MonkeyPatch, indicators: str) -> Registry:
    package = folder / "blood_of_the_test"
    package.mkdir()
    for name, content in (("__init__", PROGRAMME), ("returns", RETURNS), ("indicators", indicators)):
        (package / f"{name}.py").write_text(content, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    for name in [n for n in sys.modules if n.startswith("blood_of_the_test")]:
        monkeypatch.delitem(sys.modules, name)
    registry = Registry()
    registry.load(["blood_of_the_test"])
    return registry


def test_two_short_files_give_entry_figures_and_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = _package(tmp_path, monkeypatch, INDICATORS)
    form = registry.form_named("无偿献血报表")
    assert form is not None
    assert form.programme == "blood"
    entered = parse_cell(form, element="采血量", category="街头", value="1234.5", unit="单位")
    assert entered == CellEntry("units", 12345, "street")
    reported = {("donors", "street"): 40, ("donors", "group"): 10, ("units", "street"): 600, ("units", "group"): 150}
    rows = [
        cell(number, "2026Q1", value, element, form="blood", category=row)
        for number, ((element, row), value) in enumerate(reported.items())
    ]
    indicator = registry.indicators["blood.mean"][0]
    assert (indicator.programme, indicator.time_base, indicator.is_rate) == ("blood", TimeBase.FLOW, True)
    assert indicator.reported is not None
    total = reported_parts(CellIndex(rows), indicator.reported, BUREAU, Period.parse("2026Q1"), registry.forms)
    assert total.numerator is not None
    assert total.denominator is not None
    assert (total.numerator.value, total.numerator.places, total.denominator.value, total.status) == (750, 1, 50, Status.OK)


def test_an_indicator_of_an_element_that_is_not_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="Form blood has no element 'donor'; it has donors, units"):
        _package(tmp_path, monkeypatch, INDICATORS.replace('"donors", by_row', '"donor", by_row'))
