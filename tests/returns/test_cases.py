"""Every reported figure of every line of work: taken from its own return, put together from quarters, and not reported."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from taizhang.kernel import arithmetic
from taizhang.kernel.indicators import Cell, Status
from taizhang.kernel.parameters import as_decimal, read_yaml
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.returns.checks import CellEntry, cross_check
from taizhang.returns.entry import parse_cell
from taizhang.returns.evaluate import CellIndex, ReportedParts, reported_parts

BUREAU = "990101"
FORM_ROW = "本表"  # how a case calls the form's own row


@dataclass(frozen=True)
class Expectation:
    file: Path
    name: str
    period: Period
    code: str
    category: str
    wanted: str

    def __str__(self) -> str:
        return f"{self.file.parent.parent.name}：{self.name}：{self.code}{'@' + self.category if self.category else ''}"


def _files() -> list[Path]:
    return [p for programme in registry.programmes.values() if (p := programme.folder / "cases" / "returns.yaml").exists()]


def _expectations() -> Iterator[Expectation]:
    for file in _files():
        for case in read_yaml(file)["cases"]:
            for name, wanted in case["expect"].items():
                code, _, category = name.partition("@")
                yield Expectation(file, case["name"], Period.parse(case["period"]), code, category, wanted)


@lru_cache(maxsize=64)
def _entries(file: Path) -> list[tuple[str, Period, list[CellEntry]]]:
    found = []
    for report in read_yaml(file)["returns"]:
        form = registry.form_named(report["form"])
        assert form is not None, report["form"]
        cells = []
        for row, elements in report["rows"].items():
            for element, written in elements.items():
                cell = parse_cell(form, element=element, value=written, category="" if row == FORM_ROW else row)
                assert isinstance(cell, CellEntry), cell
                cells.append(cell)
        found.append((form.code, Period.parse(report["period"]), cells))
    return found


@lru_cache(maxsize=64)
def _index(file: Path) -> CellIndex:
    rows: list[dict[str, Any]] = []
    for form, period, cells in _entries(file):
        for cell in cells:
            rows.append(
                {
                    "id": len(rows) + 1, "form": form, "organisation": BUREAU, "period_start": period.start, "period_end": period.end,
                    "as_of": period.end, "state": "accepted", "element": cell.element, "category": cell.category, "value": cell.value,
                }
            )
    return CellIndex(rows)


def _printed(parts: ReportedParts, code: str, period: Period) -> str:
    """What the figure says, or its status where it says nothing."""
    indicator = registry.indicator(code, period.cutoff)
    assert indicator is not None
    if parts.status is Status.NOT_REPORTED:
        return "not_reported"
    assert parts.findings == ()
    if parts.rate is not None:
        assert parts.rate.value is not None
        return str(as_decimal(parts.rate.value, parts.rate.places))
    assert parts.numerator is not None
    assert parts.numerator.value is not None
    if parts.denominator is None:
        return str(as_decimal(parts.numerator.value, parts.numerator.places))
    assert parts.denominator.value is not None
    above, below = (Fraction(part.value or 0, 10**part.places) for part in (parts.numerator, parts.denominator))
    value: Decimal | None = arithmetic.rate(above, below, indicator.unit, indicator.places)
    return str(value)


EXPECTATIONS = list(_expectations())
# Those that returns alone can answer; a named population is the county's.
REPORTED = [
    indicator
    for siblings in registry.indicators.values()
    for indicator in siblings
    if indicator.reported is not None
    and indicator.population is None
    and (indicator.reported.denominator is None or isinstance(indicator.reported.denominator, Cell))
]


@pytest.mark.parametrize("case", EXPECTATIONS, ids=str)
def test_a_figure_is_what_the_case_says(case: Expectation) -> None:
    indicator = registry.indicator(case.code, case.period.cutoff)
    assert indicator is not None
    assert indicator.reported is not None
    parts = reported_parts(_index(case.file), indicator.reported, BUREAU, case.period, registry.forms, category=case.category)
    assert _printed(parts, case.code, case.period) == case.wanted


@pytest.mark.parametrize("indicator", REPORTED, ids=[i.code for i in REPORTED])
def test_a_reported_figure_has_cases(indicator: Any) -> None:
    own = [case for case in EXPECTATIONS if case.code == indicator.code and not case.category]
    assert any(case.wanted != "not_reported" for case in own), "no case has a reported value"
    assert any(case.wanted == "not_reported" for case in own) or "任务" in indicator.name.zh, "no case is without a report"


@pytest.mark.parametrize("file", _files(), ids=lambda f: f.parent.parent.name)
def test_the_returns_of_the_cases_pass_their_cross_checks(file: Path) -> None:
    assert [fault for form, _, cells in _entries(file) for fault in cross_check(registry.forms[form], cells)] == []
