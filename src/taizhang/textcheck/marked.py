"""The text as read, cut into plain words and figures, each figure with its worst verdict: what a page colours."""

from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.textcheck.check import Checked
from taizhang.textcheck.model import Verdict

_WORST = (Verdict.UNTESTABLE, Verdict.CONSISTENT, Verdict.ROUNDING, Verdict.INCONSISTENT)


@dataclass(frozen=True, slots=True)
class Mark:
    """numbers: of the relations that the figure is tested in, counted from 0 in their order."""

    text: str
    is_figure: bool = False
    verdict: Verdict | None = None
    numbers: tuple[int, ...] = ()


def marked(checked: Checked) -> Iterator[Mark]:
    by: dict[int, list[int]] = {}
    for number, relation in enumerate(checked.relations):
        by.setdefault(relation.stated.start, []).append(number)
    at = 0
    for quantity in checked.reading.quantities:
        place = checked.place(quantity)
        if place.start < at:
            continue
        if place.start > at:
            yield Mark(checked.text[at : place.start])
        numbers = tuple(by.get(quantity.start, ()))
        verdict = max((checked.relations[n].verdict for n in numbers), key=_WORST.index, default=None)
        yield Mark(place.quote, True, verdict, numbers)
        at = place.end
    if at < len(checked.text):
        yield Mark(checked.text[at:])
