"""How the indicators of mothers and births are put together: counted from records, from a return as well, and only of those whose time is
over."""

from dataclasses import replace
from typing import Any

from taizhang.kernel.indicators import Indicator, Population, TimeBase
from taizhang.kernel.query.words import Expression, always
from taizhang.kernel.reporting import HIGHER, NEITHER, RATE_PLACES
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.maternal import populations as who
from taizhang.programmes.maternal.rules import SURVEY as YEARLY_REPORT


def also_counted(
    of: Indicator,
    population: Population,
    numerator: Expression,
    denominator: Expression | None = None,
    *,
    source: Source | None = None,
    unit: str = "",
) -> Indicator:
    """An indicator of a return that records count as well. unit: what its numerator counts, where the return has a rate alone."""
    return replace(
        of,
        population=population,
        numerator=numerator.node,
        denominator=denominator.node if denominator is not None else None,
        attribution=population.attribution,
        source=source or of.source,
        counting_unit=unit or of.counting_unit,
    )


def count(
    code: str,
    zh: str,
    en: str,
    why: tuple[str, str],
    population: Population,
    numerator: Expression = always,
    *,
    source: Source = YEARLY_REPORT,
    better: Any = NEITHER,
    base: TimeBase = TimeBase.FLOW,
    unit: str = "人",
) -> Indicator:
    return Indicator(
        code=f"maternal.{code}",
        name=Text(zh, en),
        unit=unit,
        counting_unit=unit,
        time_base=base,
        attribution=population.attribution,
        better=better,
        source=source,
        why=Text(*why),
        population=population,
        numerator=numerator.node,
    )


def rate_of(
    code: str,
    zh: str,
    en: str,
    why: tuple[str, str],
    population: Population,
    numerator: Expression,
    denominator: Expression = always,
    *,
    source: Source = YEARLY_REPORT,
    better: Any = HIGHER,
    base: TimeBase = TimeBase.FLOW,
    unit: str = "%",
) -> Indicator:
    counted = count(code, zh, en, why, population, numerator, source=source, better=better, base=base)
    return replace(counted, unit=unit, places=RATE_PLACES, denominator=denominator.node)


def matured(of: Indicator, over: Expression, *, per_live_birth: bool = True) -> Indicator:
    """The same rate of those only for whom the time is over: code and name say so."""
    assert of.population is not None
    assert of.numerator is not None
    return replace(
        of,
        code=f"{of.code}_matured",
        name=Text(f"{of.name.zh}（期限已满者）", f"{of.name.en} (time over)"),
        time_base=TimeBase.MATURED,
        numerator=(Expression(of.numerator) & over).node,
        denominator=(who.live_where(over) if per_live_birth else over).node,
        reported=None,
        why=Text("只看期限已满的，尚未到期的不算没做。", "Only those whose time is over: what is not yet due is not counted as missed."),
        attribution=of.population.attribution,
    )
