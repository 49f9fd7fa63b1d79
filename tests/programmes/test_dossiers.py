"""Every indicator of a line of work carries its dossier, and cases that show what it counts."""

from pathlib import Path

import pytest

from taizhang import programmes
from taizhang.county.models import OrganisationKind
from taizhang.kernel.indicators import Indicator, TimeBase
from taizhang.kernel.query import nodes
from taizhang.kernel.registry import registry

from .cases import Situation, situations

PROGRAMMES = Path(programmes.__file__).parent
INDICATORS = [i for siblings in registry.indicators.values() for i in siblings]
FROM_RECORDS = [i for i in INDICATORS if i.population is not None]


@pytest.mark.parametrize("indicator", INDICATORS, ids=[i.code for i in INDICATORS])
def test_an_indicator_has_its_dossier(indicator: Indicator) -> None:
    assert indicator.programme in registry.programmes
    assert indicator.code.startswith(f"{indicator.programme}.")
    assert indicator.name.zh != indicator.name.en
    assert indicator.source.document
    assert len(indicator.why.zh) >= 6
    assert indicator.unit
    assert indicator.counting_unit
    if indicator.is_rate:
        reported = indicator.reported
        assert indicator.denominator is not None or (reported is not None and (reported.rate or reported.denominator) is not None)


@pytest.mark.parametrize("indicator", FROM_RECORDS, ids=[i.code for i in FROM_RECORDS])
def test_an_indicator_has_cases_of_every_kind(indicator: Indicator) -> None:
    about = [(situation, situation.expect[indicator.code]) for situation in situations() if indicator.code in situation.expect]
    outcomes = {outcome for _, outcome in about}
    assert "counted" in outcomes, "no case is counted"
    assert "outside" in outcomes, "no case is not eligible"
    if not _counts_every_member(indicator):
        assert "gap" in outcomes, "no case is eligible and not counted"
    assert _boundaries(about), "no case has a boundary on which the outcome turns: the day before, the day, the day after"


def _counts_every_member(indicator: Indicator) -> bool:
    return isinstance(indicator.numerator, nodes.Literal_) and not isinstance(indicator.denominator, nodes.Value)


def _boundaries(about: list[tuple[Situation, str]]) -> bool:
    """Whether three days of some case differ in outcome."""
    found: dict[tuple[str, str], set[str]] = {}
    for situation, outcome in about:
        if situation.boundary:
            found.setdefault((str(situation.file), situation.name.rpartition("（")[0]), set()).add(outcome)
    return any(len(outcomes) > 1 for outcomes in found.values())


@pytest.mark.parametrize("indicator", [i for i in FROM_RECORDS if i.time_base is TimeBase.ANNUAL], ids=lambda i: i.code)
def test_what_only_a_whole_year_has_is_also_said_of_a_part_of_it(indicator: Indicator) -> None:
    """A rate that is "not yet due" until December has a sibling by pace, which asks for what was due by the cut-off."""
    (by_pace, *_) = registry.indicators[f"{indicator.code}_by_pace"]
    assert by_pace.time_base is TimeBase.DUE_TO_DATE
    assert by_pace.programme == indicator.programme


def test_the_institutions_that_lead_a_line_of_work_are_kinds_that_there_are() -> None:
    assert {kind for programme in registry.programmes.values() for kind in programme.led_by} <= {kind.value for kind in OrganisationKind}


OWING = sorted({duty.programme for duty in (*registry.duties.values(), *registry.unit_duties.values())})


@pytest.mark.parametrize("programme", OWING)
def test_a_line_of_work_that_owes_something_is_whole(programme: str) -> None:
    """Cases on the boundary days, what is not yet due kept apart, its section in the summary, its life in the simulated county."""
    folder = PROGRAMMES / programme
    own = [indicator for indicator in FROM_RECORDS if indicator.programme == programme]
    assert any(situation.boundary for situation in situations() if folder in situation.file.parents), "no boundary case"
    annual = {indicator.code for indicator in own if indicator.time_base is TimeBase.ANNUAL}
    paced = {indicator.code for indicator in own if indicator.time_base in (TimeBase.DUE_TO_DATE, TimeBase.MATURED)}
    if programme != "health_records":  # its figures are stocks: an open record has no window that closes
        assert paced, "nothing tells what is not yet due"
    assert {f"{code}_by_pace" for code in annual} <= paced, "an annual rule without its part-year form"
    assert f"{{{programme}." in (folder / "summary.md").read_text(encoding="utf-8")
    assert (folder / "simulate.py").is_file()
