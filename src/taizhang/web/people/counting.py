"""Whether a resident counts in each figure of a period, and what would still mend it, as one says it to a village doctor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Model

from taizhang.figures.why import why_now
from taizhang.kernel.explain import Judgement
from taizhang.kernel.indicators import Better, Indicator
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import Programme, registry
from taizhang.kernel.text import Text
from taizhang.web.addresses import address_ending
from taizhang.web.discretion import may_see_persons
from taizhang.web.people.asking import Reader


@dataclass(frozen=True, slots=True)
class Counted:
    """One figure. mend: what is still to be done; empty where it counts as it should, or nothing can be done.
    fewer: the fewer it counts, the better."""

    name: Text
    mend: list[Text]
    url: str
    fewer: bool = False


@dataclass(slots=True)
class Line:
    """A line of work: what is lacking, what is reached, what merely counts heads."""

    programme: Programme
    lacking: list[Counted] = field(default_factory=list)
    reached: list[Counted] = field(default_factory=list)
    others: list[Counted] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Counting:
    """By line of work, of the records as they stand now."""

    lines: list[Line]

    @property
    def lacking(self) -> list[tuple[list[Text], bool, list[Counted]]]:
        """What is still to be done, once each, whether it makes the figures fewer, and which they are; last those that nothing mends."""
        found: dict[tuple[tuple[Text, ...], bool], list[Counted]] = {}
        for line in self.lines:
            for each in line.lacking:
                found.setdefault((tuple(each.mend), each.fewer), []).append(each)
        return [(list(mend), fewer, figures) for (mend, fewer), figures in sorted(found.items(), key=lambda item: not item[0][0])]


def counting(
    asks: Reader, resident: int, organisation: str | None, period: Period, at_hand: Mapping[str, Sequence[Model]] | None = None
) -> Counting:
    """organisation: who manages the person, for the addresses of the explanations. at_hand: the person's records, as why_now has them."""
    asked = [i for i in registry.indicators_on(period.cutoff) if i.population is not None and may_see_persons(asks.staff, i)]
    explained = why_now(asked, resident, period, day=asks.day, at_hand=at_hand)
    lines: dict[str, Line] = {}
    for indicator in asked:
        if (found := explained.get(indicator.code)) is not None:
            line = lines.setdefault(indicator.programme, Line(registry.programmes[indicator.programme]))
            url = f"{address_ending('why', indicator.code, organisation, resident)}?period={period}" if organisation else ""
            _shelf(line, indicator, found).append(Counted(indicator.name, found.mend, url, indicator.better is Better.LOWER))
    return Counting(list(lines.values()))


def _shelf(line: Line, indicator: Indicator, found: Judgement) -> list[Counted]:
    if indicator.better is Better.NEITHER:
        return line.others
    good = found.counted if indicator.better is Better.HIGHER else not found.counted
    return line.reached if good else line.lacking
